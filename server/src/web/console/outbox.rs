//! The built-in mailbox, read as its readers would.

use std::io::Read;

use anyhow::Context;
use axum::extract::{Path, Query, State};
use axum::http::header::CONTENT_TYPE;
use axum::response::{Html, IntoResponse, Response};
use flate2::read::GzDecoder;
use mail_parser::{Message, MessageParser, MimeHeaders};
use serde::Deserialize;
use templates::{MailHeader, OutboxListPage, OutboxMailPage, OutboxRow, Pager};
use uuid::Uuid;

use super::{encoded, framed, rail};
use crate::app::App;
use crate::store::outbox::{self as mailbox, Arrival};
use crate::web::error::PageError;
use crate::web::frame::Visit;
use crate::web::headers;
use crate::web::visitor::Staff;

const HERE: &str = "/console/outbox";
/// Mails on one page.
const PAGE: u64 = 50;
/// A mail unpacks to no more than this.
const LARGEST: u64 = 32 * 1024 * 1024;

/// Which part of the list.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// What the recipient or the subject holds.
    q: String,
    /// Counts from 1.
    page: u64,
}

/// Shows the mails, newest first.
pub async fn list(
    State(app): State<App>,
    visit: Visit,
    staff: Staff,
    Query(asked): Query<Asked>,
) -> Result<Html<String>, PageError> {
    let search: String = asked.q.trim().chars().take(200).collect();
    let at = asked.page.clamp(1, 1_000_000) - 1;
    let (lines, total) = mailbox::list(app.db.read(), &search, at, PAGE).await?;
    let shown = lines.len() as u64;
    let href = |page: u64| format!("{HERE}?q={}&page={page}", encoded(&search));
    let mails = lines.into_iter().map(|line| OutboxRow {
        href: format!("{HERE}/{}", line.id),
        to: line.recipient,
        subject: line.subject,
        at: line.received_at,
        bytes: line.size.unsigned_abs(),
    });
    let page = OutboxListPage {
        rail: rail(&app, &staff, HERE),
        search: search.clone(),
        mails: mails.collect(),
        pager: Pager {
            first: if shown == 0 { 0 } else { at * PAGE + 1 },
            last: at * PAGE + shown,
            total,
            previous_href: (at > 0).then(|| href(at)),
            next_href: (at * PAGE + shown < total).then(|| href(at + 2)),
        },
    };
    Ok(Html(app.templates.outbox_list(&framed(&app, &visit, &staff), &page)?))
}

/// Shows one mail. Its HTML stands in a frame that may do nothing.
pub async fn show(
    State(app): State<App>,
    visit: Visit,
    staff: Staff,
    Path(id): Path<Uuid>,
) -> Result<Html<String>, PageError> {
    let mail = mailbox::find(app.db.read(), id).await?.ok_or(PageError::NotFound)?;
    let bytes = unpacked(&mail)?;
    let message = parsed(&bytes)?;
    let headers = message.headers_raw().map(|(name, value)| MailHeader {
        name: name.to_owned(),
        value: value.split_whitespace().collect::<Vec<_>>().join(" "),
    });
    let from = message.from().and_then(|from| from.first());
    let page = OutboxMailPage {
        rail: rail(&app, &staff, HERE),
        subject: mail.subject.clone(),
        to: mail.recipient.clone(),
        from: from.map_or(mail.envelope_from.clone(), |from| {
            let address = from.address().unwrap_or_default();
            from.name().map_or(address.to_owned(), |name| format!("{name} <{address}>"))
        }),
        at: mail.received_at,
        bytes: mail.size.unsigned_abs(),
        headers: headers.collect(),
        text: message.body_text(0).map(std::borrow::Cow::into_owned).unwrap_or_default(),
        html_href: (message.html_body_count() > 0).then(|| format!("{HERE}/{id}/html")),
        raw_href: Some(format!("{HERE}/{id}/raw")),
        attachments: message
            .attachments()
            .map(|part| part.attachment_name().unwrap_or("without a name").to_owned())
            .collect(),
    };
    Ok(Html(app.templates.outbox_mail(&framed(&app, &visit, &staff), &page)?))
}

/// The HTML of one mail, under headers that let it do nothing.
pub async fn html(State(app): State<App>, Path(id): Path<Uuid>) -> Result<Response, PageError> {
    let mail = mailbox::find(app.db.read(), id).await?.ok_or(PageError::NotFound)?;
    let bytes = unpacked(&mail)?;
    let html = parsed(&bytes)?.body_html(0).ok_or(PageError::NotFound)?.into_owned();
    Ok((headers::of_a_mail(), Html(html)).into_response())
}

/// One mail as it came over the wire.
pub async fn raw(State(app): State<App>, Path(id): Path<Uuid>) -> Result<Response, PageError> {
    let mail = mailbox::find(app.db.read(), id).await?.ok_or(PageError::NotFound)?;
    Ok(([(CONTENT_TYPE, "text/plain; charset=utf-8")], unpacked(&mail)?).into_response())
}

fn unpacked(mail: &Arrival) -> Result<Vec<u8>, PageError> {
    let mut bytes = Vec::new();
    let read = GzDecoder::new(mail.raw.as_slice()).take(LARGEST).read_to_end(&mut bytes);
    read.with_context(|| format!("unpacking the mail {}", mail.id))?;
    Ok(bytes)
}

fn parsed(bytes: &[u8]) -> Result<Message<'_>, PageError> {
    Ok(MessageParser::default().parse(bytes).context("reading a mail")?)
}
