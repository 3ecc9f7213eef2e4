//! Writes one notice: the words of its kind, its links, headers, bytes for the wire. The same notice is written the same
//! way again.

use anyhow::Context;
use chrono::{DateTime, Utc};
use lettre::message::header::ContentType;
use lettre::message::{Mailbox, MultiPart, SinglePart};
use lettre::{Address, Message as Wire};
use templates::Words;
use templates::emails::{Notice, NoticeButton, NoticeQuestion, Rendered, WaysOut};

use crate::app::App;
use crate::mail::courier::Parcel;
use crate::mail::headers::{AutoSubmitted, ListUnsubscribe, ListUnsubscribePost, clean};
use crate::store::notices::{Held, Kind};
use crate::tokens::{self, Token};

/// Draws the notice.
pub(super) fn compose(app: &App, notice: &Held, now: DateTime<Utc>) -> anyhow::Result<Parcel> {
    let language = notice.data["language"].as_str().unwrap_or_default();
    let words = app.templates.words(language);
    let letter = letter(app, notice, words);
    let drawn = letter.draw(words)?;
    wire(app, notice, &drawn, letter.ways_out.as_ref(), now)
}

/// The message of the question at the end of these notices. The keys to the door ask nothing.
pub(super) const fn question(kind: Kind) -> Option<&'static str> {
    match kind {
        Kind::ConfirmJoining | Kind::SignIn => None,
        Kind::Reminder => Some("notice-reminder-question"),
        Kind::Answer => Some("notice-answer-question"),
        Kind::Note => Some("notice-note-question"),
    }
}

fn letter(app: &App, notice: &Held, words: &Words) -> Notice {
    let (vendor, base) = (&app.settings.vendor, &app.settings.base_url);
    let told = |field: &str| notice.data[field].as_str().unwrap_or_default().to_owned();
    let say = |key: &str| words.say_with(key, &[("vendor", (&vendor.name).into())]);
    let greeting = match told("first_name") {
        name if name.is_empty() => say("notice-hello"),
        name => words.say_with("notice-hello-name", &[("name", name.into())]),
    };
    let secret = tokens::of_notice(&app.keys, notice.id);
    let back = told("way_back");
    let button =
        |label: &str, path: &str| Some(NoticeButton { label: say(label), url: format!("{base}{path}") });
    let asked = |key| {
        // An answer of ours is asked about where answers are; everything else as a letter.
        let of_answer = Some(told("asks")).filter(|path| path.starts_with('/'));
        let (key, path) = match of_answer {
            Some(path) => ("useful-answer", format!("{path}&")),
            None => (key, format!("/useful/{}?", super::asked_as(notice.kind))),
        };
        let url = |answer: &str| format!("{base}{path}answer={answer}");
        NoticeQuestion { text: words.say(key), yes_url: url("yes"), no_url: url("no") }
    };
    let blank = Notice {
        signer: Some(vendor.from_name.clone()),
        vendor: vendor.name.clone(),
        colors: vendor.brand.clone().unwrap_or_default(),
        postal_address: vendor.postal_address.clone(),
        phone: Some(vendor.phone.clone()),
        search_url: format!("{base}/search"),
        question: question(notice.kind).map(asked),
        ways_out: ways_out(app, notice),
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
            let paragraphs = [greeting, told("words")].into_iter().filter(|line| !line.is_empty());
            Notice {
                subject: words.say_with(subject, &[("title", (&title).into())]),
                before: paragraphs.collect(),
                button: Some(told("path"))
                    .filter(|path| path.starts_with('/'))
                    .and_then(|path| button(label, &path)),
                why_line: say(why),
                title,
                ..blank
            }
        }
    }
}

/// How to stop, for whoever we know. The keys to the door come in any case.
fn ways_out(app: &App, notice: &Held) -> Option<WaysOut> {
    let contact = notice.person.filter(|_| notice.kind.stops_with_letters())?.contact;
    let at =
        |door: char, token: Token| format!("{}/{door}/{}", app.settings.base_url, token.write(&app.keys));
    let leave = |(account, question)| at('u', Token::Leave { contact, account, question });
    Some(WaysOut {
        choices_url: at('p', Token::Choices { contact, message: notice.id }),
        stop_url: at('u', Token::Stop { contact, message: notice.id }),
        leave_url: notice.question().map(leave),
    })
}

fn wire(
    app: &App,
    notice: &Held,
    drawn: &Rendered,
    out: Option<&WaysOut>,
    now: DateTime<Utc>,
) -> anyhow::Result<Parcel> {
    let from: Address = app.settings.vendor.from_address.parse().context("vendor.from_address")?;
    let to: Address = notice.address.parse().context("an address that a mail server could not take")?;
    let mut headers = Wire::builder();
    if let Some(out) = out {
        headers = headers.header(ListUnsubscribe::at(&out.stop_url)).header(ListUnsubscribePost::one_click());
    }
    let bytes = headers
        .from(Mailbox::new(Some(clean(&drawn.from_name)), from.clone()))
        .to(Mailbox::new(None, to.clone()))
        .subject(clean(&drawn.subject))
        .date(std::time::SystemTime::from(now))
        .message_id(Some(format!("<{}@{}>", notice.id, from.domain())))
        .header(AutoSubmitted::generated())
        .multipart(
            MultiPart::alternative()
                .singlepart(SinglePart::builder().header(ContentType::TEXT_PLAIN).body(drawn.text.clone()))
                .singlepart(SinglePart::builder().header(ContentType::TEXT_HTML).body(drawn.html.clone())),
        )?
        .formatted();
    Ok(Parcel { from, to, bytes })
}
