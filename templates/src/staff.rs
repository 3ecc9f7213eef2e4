//! The door for staff: a link that works once.
//!
//! Opening the link changes nothing, since mail scanners open links too; the
//! button on the page is what signs in.

use serde::Serialize;

use crate::{Frame, RenderError, Templates};

/// What a one-time link opens.
#[derive(Debug, Clone, Serialize)]
pub struct StaffSignInPage {
    /// Where the button posts to.
    pub action: String,
    /// Whose link it is, as they are called in the house.
    pub who: String,
    /// How long it is still good, in words: "9 minutes".
    pub good_for: String,
    /// The token the form carries; empty when the request's origin is proof enough.
    pub form_token: String,
}

/// What a link opens that was used before, or is too old, or never was.
#[derive(Debug, Clone, Serialize)]
pub struct StaffLinkExpiredPage {
    /// The command that makes a new link, shown for whoever runs the house: `rapport user link ann@shop.example`.
    pub command: String,
}

/// What stands there after signing out, and before any sign-in.
#[derive(Debug, Clone, Serialize)]
pub struct StaffSignedOutPage {
    /// Whether this visit just ended; else the visitor never was signed in.
    pub just_now: bool,
    /// The command that makes a sign-in link.
    pub command: String,
}

impl Templates {
    /// Draws the page of a link that still works.
    pub fn staff_sign_in(&self, frame: &Frame, page: &StaffSignInPage) -> Result<String, RenderError> {
        self.page("pages/staff/sign_in.html", frame, page)
    }

    /// Draws the page of a link that works no more.
    pub fn staff_link_expired(
        &self,
        frame: &Frame,
        page: &StaffLinkExpiredPage,
    ) -> Result<String, RenderError> {
        self.page("pages/staff/link_expired.html", frame, page)
    }

    /// Draws the page for staff who are not signed in.
    pub fn staff_signed_out(&self, frame: &Frame, page: &StaffSignedOutPage) -> Result<String, RenderError> {
        self.page("pages/staff/signed_out.html", frame, page)
    }
}
