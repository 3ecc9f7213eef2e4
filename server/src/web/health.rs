//! Whether the process lives, and whether it can serve.

use axum::Extension;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use super::error::Plain;
use crate::app::App;

/// Says that the process lives, and nothing else.
pub async fn alive() -> &'static str {
    "alive\n"
}

/// Says whether the database can be reached and has the schema of this program.
pub async fn ready(State(app): State<App>) -> Response {
    match app.db.check().await {
        Ok(()) => "ready\n".into_response(),
        Err(error) => {
            tracing::warn!(error = format!("{error:#}"), "not ready to serve");
            (StatusCode::SERVICE_UNAVAILABLE, Extension(Plain), "not ready\n").into_response()
        }
    }
}
