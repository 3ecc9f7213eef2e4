//! A lesson, a fix, an article and a question.

use super::{signed_in, why};
use crate::center::{Author, AuthorKind, Finish, ItemPage, PickKind, PlaceKind, Step, StepLink};

/// A lesson in steps.
pub fn lesson() -> ItemPage {
    ItemPage {
        around: signed_in(PlaceKind::Learn),
        kind: PickKind::Lesson,
        language: crate::ENGLISH.to_owned(),
        title: "Greet callers after hours".to_owned(),
        summary: "Record one greeting and choose when it plays, so that nobody hears it ring out.".to_owned(),
        symptom: None,
        author: vendor(),
        minutes: 5,
        level: "starter".to_owned(),
        checked_on: Some("19 November 2026".to_owned()),
        review: "starter library, not reviewed by an expert".to_owned(),
        body_html: "<p>At the end, callers hear when you open and can leave a message.</p>".to_owned(),
        steps: vec![
            step(
                "Set your hours",
                "<p>Open <strong>Phones</strong>, then <strong>Hours</strong>.</p><p><strong>Do it now:</strong> set the hours for one normal week and save.</p>",
            ),
            step(
                "Write your greeting",
                "<p>Say three things: who you are, when you open, and what to do if it cannot wait.</p><blockquote><p>Thanks for calling Harbor Cycles. We open at 9 tomorrow.</p></blockquote>",
            ),
            step(
                "Make one test call",
                "<ol><li>Set today to closed.</li><li>Call from another phone.</li><li>Set today back to normal.</li></ol>",
            ),
        ],
        follow_up: Some(other(
            "Send each call to the right person",
            "/learn/send-each-call-to-the-right-person",
            6,
        )),
        related: vec![
            other("Calls go straight to voicemail", "/fix/calls-go-straight-to-voicemail", 4),
            other("When did you get a work number?", "/ask/when-did-you-get-a-work-number", 3),
        ],
        finish: Some(Finish { action: "/learn/greet-callers-after-hours/finished".to_owned(), done: false }),
        save: Some(super::saved::save_box()),
        why: Some(why("You have Lakeshore phones and told us you are new to them.")),
    }
}

pub(super) fn article() -> ItemPage {
    ItemPage {
        kind: PickKind::Expert,
        language: crate::ENGLISH.to_owned(),
        title: "What to ask before you sign for a year".to_owned(),
        summary: "Six questions, and what a good answer sounds like.".to_owned(),
        author: Author {
            name: "Ade Whitfield (invented)".to_owned(),
            kind: AuthorKind::Expert,
            independent: true,
            paid: false,
        },
        steps: Vec::new(),
        body_html: "<h2>Before you call</h2><ul><li>Count the people who will use it.</li><li>Write down what annoys you now.</li></ul><table><tr><th>Ask</th><th>Good answer</th></tr><tr><td>What if we shrink?</td><td>Seats can go down at each renewal.</td></tr></table>".to_owned(),
        finish: Some(Finish { action: "/read/what-to-ask/finished".to_owned(), done: true }),
        why: None,
        ..lesson()
    }
}

pub(super) fn question() -> ItemPage {
    ItemPage {
        kind: PickKind::Question,
        language: crate::ENGLISH.to_owned(),
        title: "How often do you test your backups?".to_owned(),
        summary: "An accountant of 20 people asks; two others tell what they do.".to_owned(),
        author: Author { name: "Ravi K.".to_owned(), kind: AuthorKind::Peer, independent: true, paid: false },
        steps: Vec::new(),
        body_html: "<p>We back up every night. I have never tried to get anything back. Do you?</p><h2>Answer</h2><p>First Monday of the month, one file, ten minutes.</p>".to_owned(),
        finish: None,
        ..lesson()
    }
}

pub(super) fn vendor() -> Author {
    Author { name: "Lakeshore team".to_owned(), kind: AuthorKind::Vendor, independent: false, paid: true }
}

pub(super) fn step(title: &str, body_html: &str) -> Step {
    Step { title: title.to_owned(), body_html: body_html.to_owned() }
}

pub(super) fn other(title: &str, href: &str, minutes: u32) -> StepLink {
    StepLink { title: title.to_owned(), href: href.to_owned(), minutes }
}
