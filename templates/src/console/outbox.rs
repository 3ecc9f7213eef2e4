//! The built-in mailbox: what was handed over, and each mail as it arrived.

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::Rail;
use crate::{Frame, RenderError, Templates};

/// The mails, newest first.
#[derive(Debug, Clone, Serialize)]
pub struct OutboxListPage {
    /// The rail.
    pub rail: Rail,
    /// What was searched for, shown again in its field; empty for everything.
    pub search: String,
    /// The mails of this page.
    pub mails: Vec<OutboxRow>,
    /// Which part of the whole this is.
    pub pager: Pager,
}

/// One mail in the list.
#[derive(Debug, Clone, Serialize)]
pub struct OutboxRow {
    /// Where the mail is shown.
    pub href: String,
    /// The address it was handed over for.
    pub to: String,
    /// Its subject, decoded; may be empty.
    pub subject: String,
    /// When it arrived.
    pub at: DateTime<Utc>,
    /// How large it is, in bytes.
    pub bytes: u64,
}

/// A part of a long list.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Pager {
    /// The number of the first row shown, from 1; 0 when there is none.
    pub first: u64,
    /// The number of the last row shown.
    pub last: u64,
    /// How many there are in all.
    pub total: u64,
    /// The address of the part before.
    pub previous_href: Option<String>,
    /// The address of the part after.
    pub next_href: Option<String>,
}

/// One mail.
#[derive(Debug, Clone, Serialize)]
pub struct OutboxMailPage {
    /// The rail.
    pub rail: Rail,
    /// Its subject, decoded; may be empty.
    pub subject: String,
    /// Whom it was handed over for.
    pub to: String,
    /// Who signs it.
    pub from: String,
    /// When it arrived.
    pub at: DateTime<Utc>,
    /// How large it is, in bytes.
    pub bytes: u64,
    /// Every header, in its order.
    pub headers: Vec<MailHeader>,
    /// The plain-text part; empty when there is none.
    pub text: String,
    /// The HTML part's own address, shown in a frame that may do nothing; `None` when there is none.
    pub html_href: Option<String>,
    /// The mail as it came over the wire; `None` when it is not offered.
    pub raw_href: Option<String>,
    /// The names of the files that came with it.
    pub attachments: Vec<String>,
}

/// One header line.
#[derive(Debug, Clone, Serialize)]
pub struct MailHeader {
    /// `List-Unsubscribe`.
    pub name: String,
    /// Its value, unfolded.
    pub value: String,
}

impl Templates {
    /// Draws the list of mails.
    pub fn outbox_list(&self, frame: &Frame, page: &OutboxListPage) -> Result<String, RenderError> {
        self.page("pages/console/outbox/list.html", frame, page)
    }

    /// Draws one mail.
    pub fn outbox_mail(&self, frame: &Frame, page: &OutboxMailPage) -> Result<String, RenderError> {
        self.page("pages/console/outbox/show.html", frame, page)
    }
}
