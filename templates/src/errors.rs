//! The page for when something is not as it should be, in plain words.

use serde::Serialize;

use crate::{Frame, RenderError, Templates};

/// What went wrong, and the one thing to do next.
#[derive(Debug, Clone, Serialize)]
pub struct ErrorPage {
    /// The HTTP status, which the page shows small.
    pub status: u16,
    /// The heading: what happened, in a few words.
    pub title: String,
    /// One or two sentences more.
    pub detail: String,
    /// What was wrong with each field, for a form that came back; else empty.
    pub problems: Vec<String>,
    /// The number to look for in the log, when we keep one.
    pub reference: Option<String>,
    /// Where the button leads.
    pub next_href: String,
    /// What the button says.
    pub next_label: String,
}

impl ErrorPage {
    /// 404: there is nothing here.
    pub fn not_found(home: &str) -> Self {
        Self::new(
            404,
            "There is nothing here",
            "The address may be mistyped, or the page may have moved.",
            home,
        )
    }

    /// 403: signed in, but not for this.
    pub fn forbidden(home: &str) -> Self {
        let detail = "Your sign-in does not open this page. Ask whoever looks after Rapport where you work.";
        Self::new(403, "This page is not open to you", detail, home)
    }

    /// 422: a form or a file that we could not take as it is.
    pub fn unprocessable(home: &str, problems: Vec<String>) -> Self {
        let detail = "Nothing was changed. Go back, put this right, and send it again.";
        Self { problems, ..Self::new(422, "There is a problem", detail, home) }
    }

    /// 500: our fault.
    pub fn broken(home: &str, reference: Option<String>) -> Self {
        let detail = "That is our fault, not yours. Nothing you had saved is lost. Try again in a minute.";
        Self { reference, ..Self::new(500, "Something broke on our side", detail, home) }
    }

    fn new(status: u16, title: &str, detail: &str, home: &str) -> Self {
        Self {
            status,
            title: title.to_owned(),
            detail: detail.to_owned(),
            problems: Vec::new(),
            reference: None,
            next_href: home.to_owned(),
            next_label: "Go to the start".to_owned(),
        }
    }
}

impl Templates {
    /// Draws an error page, in the frame of the face where it happened.
    pub fn error(&self, frame: &Frame, page: &ErrorPage) -> Result<String, RenderError> {
        self.page("pages/error.html", frame, page)
    }
}
