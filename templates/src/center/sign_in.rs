//! The door for customers: a link by e-mail, and no password.
//!
//! Opening the link changes nothing, since mail scanners open links too; the button on the page is what signs in.

use serde::Serialize;

use super::{Around, Link, Problem};
use crate::{Frame, RenderError, Templates};

/// What a sign-in link opens.
#[derive(Debug, Clone, Serialize)]
pub struct SignInPage {
    /// What surrounds the page.
    pub around: Around,
    /// Where the button posts to.
    pub action: String,
    /// Whose link it is, by first name; `None` greets nobody.
    pub first_name: Option<String>,
    /// How many minutes it is still good.
    pub minutes_left: i64,
}

/// What a link opens that was used before, or is too old, or never was.
#[derive(Debug, Clone, Serialize)]
pub struct SignInExpiredPage {
    /// What surrounds the page.
    pub around: Around,
    /// How to get a fresh link, in a sentence.
    pub how: String,
    /// Where to go meanwhile.
    pub next: Link,
}

/// Where somebody asks for a sign-in link.
#[derive(Debug, Clone, Default, Serialize)]
pub struct SignInAskPage {
    /// What surrounds the page.
    pub around: Around,
    /// What was typed.
    pub email: String,
    /// What is wrong with it.
    pub problems: Vec<Problem>,
    /// Where to join instead.
    pub join_href: Option<String>,
    /// Whether words that were typed wait for them.
    pub words_kept: bool,
}

/// What a link opens in a browser that did not ask for it: the code that stands in the letter is wanted.
#[derive(Debug, Clone, Serialize)]
pub struct SignInCodePage {
    /// What surrounds the page.
    pub around: Around,
    /// Where the code goes.
    pub action: String,
    /// What is wrong with it.
    pub problems: Vec<Problem>,
}

impl Templates {
    /// Draws the form that sends a sign-in link.
    pub fn center_sign_in_ask(&self, frame: &Frame, page: &SignInAskPage) -> Result<String, RenderError> {
        self.page("pages/center/sign_in_ask.html", frame, page)
    }

    /// Draws the form for the code of a sign-in link.
    pub fn center_sign_in_code(&self, frame: &Frame, page: &SignInCodePage) -> Result<String, RenderError> {
        self.page("pages/center/sign_in_code.html", frame, page)
    }

    /// Draws the page of a sign-in link that still works.
    pub fn center_sign_in(&self, frame: &Frame, page: &SignInPage) -> Result<String, RenderError> {
        self.page("pages/center/sign_in.html", frame, page)
    }

    /// Draws the page of a sign-in link that works no more.
    pub fn center_sign_in_expired(
        &self,
        frame: &Frame,
        page: &SignInExpiredPage,
    ) -> Result<String, RenderError> {
        self.page("pages/center/sign_in_expired.html", frame, page)
    }
}
