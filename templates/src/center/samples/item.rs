//! A question of the library, and pieces that samples of items share.

use super::{signed_in, why};
use crate::center::{
    Around, Author, AuthorKind, Finish, LibraryAnswer, LibraryQuestionPage, PlaceKind, Step, StepLink,
};

/// A question with two answers.
pub fn library_question() -> LibraryQuestionPage {
    LibraryQuestionPage {
        around: signed_in(PlaceKind::Ask),
        language: crate::ENGLISH.to_owned(),
        title: "How often do you test your backups?".to_owned(),
        author: Author { name: "Ravi K.".to_owned(), kind: AuthorKind::Peer, independent: true, paid: false },
        minutes: 3,
        level: "getting by".to_owned(),
        checked_on: "19 November 2026".to_owned(),
        review: "starter library, not reviewed by an expert".to_owned(),
        body_html: "<p>We back up every night. I have never tried to get anything back. Do you?</p>".to_owned(),
        answers: [
            "<p>From <strong>Ines, clinic</strong></p><p>First Monday of the month, one file, ten minutes.</p>",
            "<p>From <strong>Cole, print shop</strong></p><p>Twice a year, and after each new computer.</p>",
        ]
        .map(|body| LibraryAnswer { body_html: body.to_owned() })
        .to_vec(),
        finish: Some(Finish { action: "/ask/how-often/done".to_owned(), done: false }),
        ask_href: "/ask/new".to_owned(),
        why: Some(why("You have Lakeshore Backup.")),
        save: Some(super::saved::save_box()),
        near: vec![other("A file has disappeared", "/fix/a-file-has-disappeared", 8)],
    }
}

/// The same for a visitor, without what only a member can do.
pub(super) fn library_question_visitor() -> LibraryQuestionPage {
    LibraryQuestionPage {
        around: Around { phone: Some("555-0142".to_owned()), ..Around::default() },
        finish: None,
        why: None,
        save: None,
        near: Vec::new(),
        ..library_question()
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
