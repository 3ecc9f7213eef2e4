//! Writes one notice: the words of its kind, its one link, headers, bytes for the wire. The same notice is written the
//! same way again.

use anyhow::Context;
use chrono::{DateTime, Utc};
use lettre::message::header::{ContentType, Header, HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart, SinglePart};
use lettre::{Address, Message as Wire};
use templates::Words;
use templates::emails::{Notice, NoticeButton, NoticeQuestion, Rendered};

use crate::app::App;
use crate::mail::courier::Parcel;
use crate::store::notices::{Held, Kind};
use crate::tokens;

/// Draws the notice.
pub(super) fn compose(app: &App, notice: &Held, now: DateTime<Utc>) -> anyhow::Result<Parcel> {
    let language = notice.data["language"].as_str().unwrap_or_default();
    let words = app.templates.words(language);
    let drawn = letter(app, notice, words).draw()?;
    wire(app, notice, &drawn, now)
}

fn letter(app: &App, notice: &Held, words: &Words) -> Notice {
    let vendor = &app.settings.vendor;
    let told = |field: &str| notice.data[field].as_str().unwrap_or_default().to_owned();
    let say = |key: &str| words.say_with(key, &[("vendor", (&vendor.name).into())]);
    let greeting = match told("first_name") {
        name if name.is_empty() => say("notice-hello"),
        name => words.say_with("notice-hello-name", &[("name", name.into())]),
    };
    let secret = tokens::of_notice(&app.keys, notice.id);
    let back = told("way_back");
    let button = |label: &str, path: &str| {
        Some(NoticeButton { label: say(label), url: format!("{}{path}", app.settings.base_url) })
    };
    let blank = Notice {
        from_name: vendor.name.clone(),
        vendor: vendor.name.clone(),
        colors: vendor.brand.clone().unwrap_or_default(),
        postal_address: vendor.postal_address.clone(),
        ..Notice::default()
    };
    match notice.kind {
        Kind::ConfirmJoining => Notice {
            subject: say("notice-confirm-subject"),
            title: say("notice-confirm-title"),
            before: vec![greeting, say("notice-confirm-words")],
            button: button("notice-confirm-button", &format!("/join/confirm/{secret}{back}")),
            after: vec![say("notice-confirm-after")],
            why_line: say("notice-confirm-why"),
            ..blank
        },
        Kind::SignIn => Notice {
            subject: say("notice-sign-in-subject"),
            title: say("notice-sign-in-title"),
            before: vec![greeting, say("notice-sign-in-words")],
            button: button("notice-sign-in-button", &format!("/sign-in/{secret}{back}")),
            code: Some(tokens::code_of_notice(&app.keys, notice.id)),
            after: vec![say("notice-sign-in-code"), say("notice-sign-in-after")],
            why_line: say("notice-sign-in-why"),
            ..blank
        },
        Kind::Reminder | Kind::Answer | Kind::Note => {
            let (subject, label, why) = match notice.kind {
                Kind::Reminder => {
                    ("notice-reminder-subject", "notice-reminder-button", "notice-reminder-why")
                }
                Kind::Answer => ("notice-answer-subject", "notice-answer-button", "notice-answer-why"),
                _ => ("notice-note-subject", "notice-note-button", "notice-note-why"),
            };
            let title = told("title");
            let asks = Some(told("asks")).filter(|path| path.starts_with('/'));
            let answer = |key: &str, path: &str, answer: &str| NoticeButton {
                label: say(key),
                url: format!("{}{path}&answer={answer}", app.settings.base_url),
            };
            let paragraphs = [greeting, told("words")].into_iter().filter(|line| !line.is_empty());
            Notice {
                subject: words.say_with(subject, &[("title", (&title).into())]),
                before: paragraphs.collect(),
                button: Some(told("path"))
                    .filter(|path| path.starts_with('/'))
                    .and_then(|path| button(label, &path)),
                question: asks.map(|path| NoticeQuestion {
                    words: say("useful-answer"),
                    answers: vec![answer("yes", &path, "yes"), answer("not-really", &path, "no")],
                }),
                why_line: say(why),
                title,
                ..blank
            }
        }
    }
}

fn wire(app: &App, notice: &Held, drawn: &Rendered, now: DateTime<Utc>) -> anyhow::Result<Parcel> {
    let from: Address = app.settings.vendor.from_address.parse().context("vendor.from_address")?;
    let to: Address = notice.address.parse().context("an address that a mail server could not take")?;
    let bytes = Wire::builder()
        .from(Mailbox::new(Some(drawn.from_name.clone()), from.clone()))
        .to(Mailbox::new(None, to.clone()))
        .subject(drawn.subject.clone())
        .date(std::time::SystemTime::from(now))
        .message_id(Some(format!("<{}@{}>", notice.id, from.domain())))
        .header(AutoSubmitted)
        .multipart(
            MultiPart::alternative()
                .singlepart(SinglePart::builder().header(ContentType::TEXT_PLAIN).body(drawn.text.clone()))
                .singlepart(SinglePart::builder().header(ContentType::TEXT_HTML).body(drawn.html.clone())),
        )?
        .formatted();
    Ok(Parcel { from, to, bytes })
}

/// RFC 3834: a machine wrote it, so no machine needs to answer.
#[derive(Clone)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}
