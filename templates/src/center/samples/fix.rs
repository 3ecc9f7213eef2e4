//! Problems and their ways out, what comes after a one-tap answer, and what was heard.

use super::item::{other, step, vendor};
use super::{around_a_letter, signed_in, signed_in_reader};
use crate::center::{
    FeedbackPage, FixGroup, FixListPage, FixMark, FixPage, FixPerson, FixRow, FixStep, HeardEntry, HeardPage,
    IncidentLine, Link, Note, OthersAsked, PlaceKind,
};

pub(super) const PATH: &str = "/fix/wifi-is-slow-or-keeps-dropping";
const STEPS: [&str; 4] = [
    "Move closer (30 seconds)",
    "Give the box a better place (2 minutes)",
    "Restart in the right order (4 minutes)",
    "Try it with a cable (2 minutes)",
];

pub(super) fn list() -> FixListPage {
    let row = |title: &str, symptom: &str, href: &str, minutes, worked_for: Option<&str>| FixRow {
        title: title.to_owned(),
        symptom: Some(symptom.to_owned()),
        href: href.to_owned(),
        minutes,
        worked_for: worked_for.map(str::to_owned),
        own: false,
        down: false,
    };
    let own = |row: FixRow| FixRow { own: true, ..row };
    let down = |row: FixRow| FixRow { down: true, ..row };
    FixListPage {
        around: signed_in(PlaceKind::Fix),
        search_action: Some("/search".to_owned()),
        search_suggest: Some("/search/suggest".to_owned()),
        order: Some("What you have from us comes first.".to_owned()),
        incidents: vec![incident()],
        fine: Some("Internet, Backup: all fine.".to_owned()),
        groups: vec![
            FixGroup {
                title: "No internet, or slow internet".to_owned(),
                fixes: vec![
                    own(row(
                        "Wi-Fi is slow or keeps dropping",
                        "Pages load slowly, calls break up, or the Wi-Fi drops several times a day.",
                        PATH,
                        9,
                        Some("worked for 9 in 10 people, as of 3 March 2026"),
                    )),
                    own(row(
                        "No internet at all",
                        "Nothing loads on any computer or phone, and the light on the box is red or off.",
                        "/fix/no-internet-at-all",
                        6,
                        None,
                    )),
                ],
            },
            FixGroup {
                title: "Calls".to_owned(),
                fixes: vec![down(row(
                    "Calls go straight to voicemail",
                    "My phone does not ring. Callers say they get the voicemail at once.",
                    "/fix/calls-go-straight-to-voicemail",
                    5,
                    None,
                ))],
            },
        ],
    }
}

pub(super) fn list_empty() -> FixListPage {
    FixListPage { around: around_a_letter(), ..FixListPage::default() }
}

fn incident() -> IncidentLine {
    IncidentLine {
        product: Some("Phones".to_owned()),
        place: Some("Ohio".to_owned()),
        words: "Calls may drop after a few minutes.".to_owned(),
        since: "Since 9:00 am EST.".to_owned(),
        fix_by: Some("We expect to fix it by 3:00 pm EST.".to_owned()),
    }
}

fn marks(tried: usize) -> Vec<FixMark> {
    let mark = |(at, title): (usize, &&str)| FixMark {
        title: (*title).to_owned(),
        href: format!("{PATH}?tried={at}#step"),
        tried: at < tried,
        here: at == tried,
    };
    STEPS.iter().enumerate().map(mark).collect()
}

fn at(tried: usize) -> Option<FixStep> {
    let number = |place: usize| u32::try_from(place).expect("there are four steps");
    STEPS.get(tried).map(|title| FixStep {
        title: (*title).to_owned(),
        name: format!("step-{}", tried + 1),
        number: number(tried + 1),
        of: number(STEPS.len()),
        intro_html: String::new(),
        body_html: "<p>Stand next to the box and open a page on your phone. If it is fast there, the distance is the problem.</p>".to_owned(),
        action: format!("{PATH}/answer"),
    })
}

pub(super) fn begun() -> FixPage {
    FixPage {
        around: around_a_letter(),
        language: crate::ENGLISH.to_owned(),
        title: "Wi-Fi is slow or keeps dropping".to_owned(),
        symptom: "Pages load slowly, calls break up, or the Wi-Fi drops several times a day.".to_owned(),
        author: vendor(),
        checked_on: "19 November 2026".to_owned(),
        review: "starter library, not reviewed by an expert".to_owned(),
        minutes: 9,
        level: "starter".to_owned(),
        worked_for: Some("worked for 9 in 10 people, as of 3 March 2026".to_owned()),
        incidents: vec![IncidentLine {
            product: Some("Internet".to_owned()),
            place: None,
            fix_by: None,
            ..incident()
        }],
        is_this_you: Some(step(
            "Is this you?",
            "<ul><li>It is worse in one room.</li><li>It is fine close to the box.</li></ul>",
        )),
        before: vec![step("First, keep the call", "<p>Switch your phone to mobile data.</p>")],
        marks: marks(0),
        step: at(0),
        fixed: None,
        person: None,
        meanwhile: vec![step(
            "Keep working meanwhile",
            "<p>Use your phone as a hotspot for one computer.</p>",
        )],
        say: Some(step(
            "What to say if you call",
            "<blockquote><p>The Wi-Fi drops in the back office, on three computers, since Monday.</p></blockquote>",
        )),
        afterwards: Some(step("So it does not come back", "<p>Keep the box in the open, off the floor.</p>")),
        lesson: Some(other("Guest Wi-Fi apart from work", "/learn/guest-wifi-apart-from-work", 8)),
        asked: OthersAsked::default(),
        related: vec![other("How much internet do you need?", "/read/how-much-internet-do-you-need", 4)],
        call_href: format!("/useful/call?page={PATH}"),
        save: None,
        why: None,
    }
}

pub(super) fn two_tried() -> FixPage {
    FixPage {
        around: signed_in(PlaceKind::Fix),
        save: Some(super::saved::save_box()),
        asked: super::asking::others(),
        marks: marks(2),
        step: at(2),
        person: Some(FixPerson {
            tried: STEPS[..2].iter().map(|&title| title.to_owned()).collect(),
            all_tried: false,
            ask_href: Some("/ask/new?title=Wi-Fi&details=I%20tried".to_owned()),
        }),
        incidents: Vec::new(),
        before: Vec::new(),
        ..begun()
    }
}

pub(super) fn all_tried() -> FixPage {
    FixPage {
        marks: marks(4),
        step: None,
        person: Some(FixPerson {
            tried: STEPS.iter().map(|&title| title.to_owned()).collect(),
            all_tried: true,
            ask_href: None,
        }),
        ..begun()
    }
}

pub(super) fn fixed() -> FixPage {
    FixPage {
        around: signed_in(PlaceKind::Fix),
        step: None,
        fixed: Some(STEPS[1].to_owned()),
        worked_for: None,
        incidents: Vec::new(),
        ..begun()
    }
}

pub(super) fn feedback_no() -> FeedbackPage {
    FeedbackPage {
        around: signed_in_reader(),
        yes: false,
        words: "Too many <b>words</b>".to_owned(),
        note: Note::Offered,
        kept: false,
        action: "/feedback/00000000-0000-0000-0000-000000000001".to_owned(),
        back: Link { label: "Back to the page".to_owned(), href: PATH.to_owned() },
    }
}

pub(super) fn feedback_yes() -> FeedbackPage {
    FeedbackPage {
        around: around_a_letter(),
        yes: true,
        words: String::new(),
        note: Note::ToNobody,
        ..feedback_no()
    }
}

pub(super) fn feedback_kept() -> FeedbackPage {
    FeedbackPage { note: Note::Wanted, kept: true, ..feedback_no() }
}

pub(super) fn heard() -> HeardPage {
    let first = HeardEntry {
        heard: "The step about the greeting was hard to follow.".to_owned(),
        how_many: Some("Unclear to 31 in 100, of 64 people who answered.".to_owned()),
        quote: Some("I pressed record and did not know when to stop.".to_owned()),
        did: "We wrote the step again, with the words to say first.".to_owned(),
        did_on: "3 March 2026".to_owned(),
        item: Some(Link {
            label: "Greet callers after hours".to_owned(),
            href: "/learn/greet-callers-after-hours".to_owned(),
        }),
        measured: Some("Unclear to 31 in 100 before, to 9 in 100 since.".to_owned()),
        measured_of: Some(
            "Before: 64 people of 40 businesses, until 2 March 2026. Since: 33 people of 21 businesses, until 1 June 2026."
                .to_owned(),
        ),
        waits: false,
        next: Some("The same for the step about holidays.".to_owned()),
    };
    let second = HeardEntry {
        heard: "You looked for “fax” and found nothing.".to_owned(),
        how_many: None,
        quote: None,
        measured: None,
        measured_of: None,
        waits: true,
        item: None,
        next: None,
        ..first.clone()
    };
    HeardPage { around: signed_in_reader(), entries: vec![first, second] }
}

pub(super) fn heard_none() -> HeardPage {
    HeardPage { around: around_a_letter(), entries: Vec::new() }
}
