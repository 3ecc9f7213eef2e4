//! `/accessibility`: what we do so that everybody can use the center.

use axum::extract::State;
use axum::response::Html;
use templates::center::AccessibilityPage;

use super::{around, frame};
use crate::app::App;
use crate::web::error::PageError;
use crate::web::frame::Visit;
use crate::web::visitor::Reader;

/// Where it is.
pub const ACCESSIBILITY: &str = "/accessibility";

/// Shows it.
pub async fn show(
    State(app): State<App>,
    visit: Visit,
    reader: Option<Reader>,
) -> Result<Html<String>, PageError> {
    let frame = frame(&app, &visit, reader.as_ref());
    let page = AccessibilityPage { around: around(&app, reader.as_ref(), None) };
    Ok(Html(app.templates.center_accessibility(&frame, &page)?))
}
