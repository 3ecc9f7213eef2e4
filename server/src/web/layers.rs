//! What stands around every address, from the inside out: time and size are bounded, panics are caught, refusals get a
//! page, the answer is hardened, packed and traced. The trace names the route, never an address, a token or a name.

use std::any::Any;
use std::time::Duration;

use axum::Extension;
use axum::Router;
use axum::extract::{DefaultBodyLimit, MatchedPath, Request};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse, Response};
use axum::routing::MethodRouter;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::csrf::CsrfLayer;
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::request_id::{MakeRequestId, PropagateRequestIdLayer, RequestId, SetRequestIdLayer};
use tower_http::timeout::{RequestBodyDeadlineLayer, TimeoutLayer};
use tower_http::trace::TraceLayer;

use super::{error, headers};
use crate::app::App;
use crate::ids::Ids;

/// How much a request may bring, and how long it may take.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bounds {
    bytes: usize,
    arrives: Duration,
    answered: Duration,
}

impl Bounds {
    /// A form is a few kilobytes; nothing larger is taken but where a file may come with it.
    pub(super) const FORM: Self =
        Self { bytes: 64 * 1024, arrives: Duration::from_secs(15), answered: Duration::from_secs(30) };
    /// A form with a file, over a slow line. A file that is larger than we take is read to its end up to here, so that
    /// the words beside it are not lost.
    pub(super) const FILE: Self =
        Self { bytes: 24 * 1024 * 1024, arrives: Duration::from_mins(2), answered: Duration::from_secs(150) };

    /// Lays the bounds around one address.
    pub(super) fn around(self, address: MethodRouter<App>) -> MethodRouter<App> {
        address
            .route_layer(DefaultBodyLimit::max(self.bytes))
            .route_layer(RequestBodyLimitLayer::new(self.bytes))
            .route_layer(RequestBodyDeadlineLayer::new(self.arrives))
            .route_layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, self.answered))
    }
}

/// Refuses what another site made a visitor's browser send.
pub(crate) fn same_origin(pages: Router<App>, app: &App) -> Router<App> {
    let layer = CsrfLayer::new();
    let layer = layer.clone().add_trusted_origin(&app.settings.base_url).unwrap_or(layer);
    pages.layer(layer)
}

/// Puts everything else around all of it.
pub(crate) fn around(all: Router<App>, app: &App) -> Router {
    let id = HeaderName::from_static("x-request-id");
    all.fallback(|| async { StatusCode::NOT_FOUND })
        .method_not_allowed_fallback(|| async { StatusCode::METHOD_NOT_ALLOWED })
        .layer(CatchPanicLayer::custom(caught))
        .layer(from_fn_with_state(app.clone(), error::dress))
        .layer(from_fn_with_state(app.clone(), headers::harden))
        .layer(CompressionLayer::new())
        .layer(
            TraceLayer::new_for_http()
                .make_span_with(|request: &Request| {
                    let route = request.extensions().get::<MatchedPath>().map_or("none", MatchedPath::as_str);
                    let id = request.headers().get("x-request-id").and_then(|id| id.to_str().ok());
                    tracing::info_span!("request", method = %request.method(), route, request.id = id)
                })
                .on_request(())
                .on_failure(())
                .on_eos(())
                .on_response(|response: &Response, took: Duration, span: &tracing::Span| {
                    tracing::debug!(
                        parent: span,
                        status = response.status().as_u16(),
                        duration_ms = u64::try_from(took.as_millis()).unwrap_or(u64::MAX),
                        "answered"
                    );
                }),
        )
        .layer(PropagateRequestIdLayer::new(id.clone()))
        .layer(SetRequestIdLayer::new(id, Numbered))
        .layer(Extension(app.clone()))
        .with_state(app.clone())
}

/// Numbers requests. What a stranger sends as a number is not taken over.
#[derive(Debug, Clone, Copy)]
struct Numbered;

impl MakeRequestId for Numbered {
    fn make_request_id<B>(&mut self, _: &axum::http::Request<B>) -> Option<RequestId> {
        let id = Ids::of_the_machine().next().simple().to_string();
        HeaderValue::from_str(&id).ok().map(RequestId::new)
    }
}

#[expect(clippy::needless_pass_by_value, reason = "the layer hands over what was thrown")]
fn caught(thrown: Box<dyn Any + Send>) -> Response {
    let text = thrown.downcast_ref::<String>().map(String::as_str);
    let text = text.or_else(|| thrown.downcast_ref::<&str>().copied()).unwrap_or("without words");
    tracing::error!(panic = text, "a page panicked");
    StatusCode::INTERNAL_SERVER_ERROR.into_response()
}

#[cfg(test)]
mod tests {
    use axum::body::{Body, to_bytes};
    use axum::routing::get;
    use tower::ServiceExt;

    use super::*;
    use crate::testing;

    #[tokio::test]
    async fn a_page_that_panics_becomes_an_error_page_with_a_number_and_no_words_of_the_panic() {
        let (_place, app) = testing::houses().await.remove(0);
        let broken = Router::new().route("/", get(async || -> &'static str { panic!("the inner words") }));
        let request = Request::get("/").header("x-request-id", "forged").body(Body::empty()).unwrap();
        let answer = around(broken, &app).oneshot(request).await.unwrap();
        assert_eq!(answer.status(), StatusCode::INTERNAL_SERVER_ERROR);
        let number = answer.headers()["x-request-id"].to_str().unwrap().to_owned();
        let page = String::from_utf8(to_bytes(answer.into_body(), 1 << 20).await.unwrap().to_vec()).unwrap();
        assert!(page.contains("Something broke on our side"), "{page}");
        assert!(!page.contains("the inner words"), "{page}");
        assert!(page.contains(&number), "the reader can tell us the number {number}");
    }
}
