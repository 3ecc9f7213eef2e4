//! Stylesheets, the mark and the few scripts, out of the program itself; nothing is read from a folder.

use axum::extract::Path;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG};
use axum::response::{IntoResponse, Response};

use super::error::PageError;

/// Serves one file. Its address carries its version, so it may be kept for good.
pub async fn show(Path(name): Path<String>) -> Result<Response, PageError> {
    let asset = templates::asset(&name).ok_or(PageError::NotFound)?;
    let headers = [
        (CONTENT_TYPE, asset.mime),
        (CACHE_CONTROL, "public, max-age=31536000, immutable".to_owned()),
        (ETAG, format!("\"{}\"", asset.version)),
    ];
    Ok((headers, asset.bytes.into_owned()).into_response())
}
