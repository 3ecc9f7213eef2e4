//! The pages that links in letters open.

use segments::{Pace, Purpose};

use super::around_a_letter;
use crate::Words;
use crate::center::{AnswerPage, Choice, ChoicesPage, Link, Saved, SignInExpiredPage, SignInPage, StopPage};

/// E-mail choices as a letter opens them.
pub fn choices(words: &Words) -> ChoicesPage {
    let on = |purpose| matches!(purpose, Purpose::Training | Purpose::Support);
    let all = [
        Purpose::Training,
        Purpose::Support,
        Purpose::Community,
        Purpose::ProductNews,
        Purpose::Offers,
        Purpose::Research,
    ];
    ChoicesPage {
        around: around_a_letter(),
        action: "/p/sample".to_owned(),
        choices: all.map(|purpose| Choice::new(words, purpose, on(purpose))).to_vec(),
        paces: paces(words, Pace::AsItHappens),
        tracking: Choice::new(words, Purpose::Tracking, false),
        paused_until: None,
        saved: None,
        stop_href: "/u/sample".to_owned(),
    }
}

fn paces(words: &Words, chosen: Pace) -> Vec<Choice> {
    Pace::ALL.iter().map(|pace| Choice::of_pace(words, *pace, *pace == chosen)).collect()
}

pub(super) fn choices_saved(words: &Words) -> ChoicesPage {
    ChoicesPage {
        paces: paces(words, Pace::Monthly),
        paused_until: Some(super::moment("All letters are paused until 24 December 2026.")),
        saved: Some(Saved {
            words: "You get 2 kinds of letters. Never two within 30 days.".to_owned(),
            undo_action: Some("/p/sample".to_owned()),
            undo_value: "training support;;as-it-happens".to_owned(),
        }),
        ..choices(words)
    }
}

pub(super) fn stop() -> StopPage {
    StopPage {
        around: around_a_letter(),
        action: "/u/sample".to_owned(),
        of_question: false,
        choices_href: Some("/p/sample".to_owned()),
    }
}

pub(super) fn stop_question() -> StopPage {
    StopPage { of_question: true, choices_href: None, ..stop() }
}

pub(super) fn answer(yes: bool) -> AnswerPage {
    AnswerPage {
        around: around_a_letter(),
        question: "Was this a good start?".to_owned(),
        yes,
        action: "/p/sample/answer".to_owned(),
    }
}

pub(super) fn sign_in() -> SignInPage {
    SignInPage {
        around: around_a_letter(),
        action: "/sign-in/sample".to_owned(),
        first_name: Some("Maria".to_owned()),
        minutes_left: 9,
    }
}

pub(super) fn sign_in_expired() -> SignInExpiredPage {
    SignInExpiredPage {
        around: around_a_letter(),
        how: "Open any letter from us and use its link, or call and we send you a new one.".to_owned(),
        next: Link { label: "Go to the resource center".to_owned(), href: "/".to_owned() },
    }
}
