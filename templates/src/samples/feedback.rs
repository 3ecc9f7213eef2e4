//! What people said lately, deciding about it, and writing up what came of it.

use chrono::{DateTime, Utc};

use super::console::rail;
use super::{Sample, frame};
use crate::{
    CommentRow, DecideOption, DecidePage, DecidedRow, Face, FeedbackListPage, FieldProblem, HeardListPage,
    HeardRow, HeardTyped, PageAnswers, SearchRow, StepRow,
};

pub(super) fn samples() -> Vec<Sample> {
    vec![
        Sample {
            name: "feedback-list",
            draw: |to, theme| to.feedback_list(&frame(Face::Console, theme), &list()),
        },
        Sample {
            name: "feedback-list-empty",
            draw: |to, theme| {
                let page = FeedbackListPage {
                    rail: rail("Feedback"),
                    heard_href: "/console/heard".to_owned(),
                    ..FeedbackListPage::default()
                };
                to.feedback_list(&frame(Face::Console, theme), &page)
            },
        },
        Sample {
            name: "feedback-decide",
            draw: |to, theme| to.feedback_decide(&frame(Face::Console, theme), &decide()),
        },
        Sample {
            name: "feedback-decide-search-refused",
            draw: |to, theme| to.feedback_decide(&frame(Face::Console, theme), &refused()),
        },
        Sample {
            name: "heard-list",
            draw: |to, theme| to.heard_list(&frame(Face::Console, theme), &heard()),
        },
        Sample {
            name: "heard-list-refused",
            draw: |to, theme| to.heard_list(&frame(Face::Console, theme), &heard_refused()),
        },
    ]
}

fn at(hour: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_774_947_900 - hour * 3_600, 0).expect("a moment of the year 2026 exists")
}

fn list() -> FeedbackListPage {
    let decide =
        |about: &str, subject: &str| format!("/console/feedback/decide?about={about}&subject={subject}");
    FeedbackListPage {
        rail: rail("Feedback"),
        heard_href: "/console/heard".to_owned(),
        pages: vec![
            PageAnswers {
                page: "/fix".to_owned(),
                href: Some("/fix".to_owned()),
                answers: 1_204,
                yes: Some("81 %".to_owned()),
                before: "74 % of 990".to_owned(),
            },
            PageAnswers {
                page: "Letter: welcome".to_owned(),
                href: None,
                answers: 0,
                yes: None,
                before: "50 % of 2".to_owned(),
            },
        ],
        comments: vec![CommentRow {
            words: "I looked for the holiday hours\nand found <b>nothing</b>.".to_owned(),
            yes: false,
            page: "/learn/greet-callers-after-hours/set-your-hours".to_owned(),
            at: at(3),
            member: true,
            waits: true,
            decide_href: decide("comment", "00000000-0000-0000-0000-000000000001"),
        }],
        steps: vec![StepRow {
            item: "Greet callers after hours".to_owned(),
            step: "Write your greeting".to_owned(),
            href: Some("/learn/greet-callers-after-hours/write-your-greeting".to_owned()),
            share: "31 %".to_owned(),
            answers: 64,
            waiting: 2,
            decided: Some("To write: say the words to begin with. (ann@lakeshore.example)".to_owned()),
            decide_href: decide("step", "greet-callers-after-hours%2Fwrite-your-greeting"),
        }],
        searches: vec![SearchRow {
            words: "fax <machine>".to_owned(),
            count: 12,
            last_at: at(5),
            decide_href: decide("search", "fax"),
        }],
        decided: vec![DecidedRow {
            what: "To write".to_owned(),
            tone: "warn".to_owned(),
            subject: "the box blinks".to_owned(),
            because: "A page about the lights of the box.".to_owned(),
            by: "ann@lakeshore.example".to_owned(),
            at: at(30),
            decide_href: decide("search", "the%20box%20blinks"),
        }],
    }
}

fn option(value: &str, label: &str, hint: &str, chosen: bool) -> DecideOption {
    DecideOption { value: value.to_owned(), label: label.to_owned(), hint: hint.to_owned(), chosen }
}

fn decide() -> DecidePage {
    DecidePage {
        rail: rail("Feedback"),
        action: "/console/feedback/decide".to_owned(),
        about: "step".to_owned(),
        subject: "greet-callers-after-hours/write-your-greeting".to_owned(),
        title: "Write your greeting".to_owned(),
        lines: vec![
            "A step of Greet callers after hours. 20 of 64 found it unclear in the last 90 days.".to_owned(),
        ],
        href: Some("/learn/greet-callers-after-hours/write-your-greeting".to_owned()),
        options: vec![
            option("write", "Write it", "A task: what is to be written or changed.", false),
            option("ignore", "Leave it", "Nothing is done.", false),
        ],
        waiting: 2,
        ..DecidePage::default()
    }
}

fn refused() -> DecidePage {
    let problem =
        |field: &str, words: &str| FieldProblem { field: field.to_owned(), words: words.to_owned() };
    DecidePage {
        problems: vec![
            problem("target", "Write what it means in our words, such as Wi-Fi."),
            problem("because", "Write why, in a sentence."),
        ],
        about: "search".to_owned(),
        subject: "fax".to_owned(),
        title: "fax".to_owned(),
        lines: vec!["Searched for 12 times in the last 90 days.".to_owned()],
        href: None,
        options: vec![
            option("map", "Means something of ours", "Searches for these words find ours.", true),
            option("write", "Write it", "A task: what is to be written or changed.", false),
            option("ignore", "Leave it", "Nothing is done.", false),
        ],
        because: "x".to_owned(),
        waiting: 0,
        ..decide()
    }
}

fn heard() -> HeardListPage {
    HeardListPage {
        rail: rail("Feedback"),
        action: "/console/heard".to_owned(),
        problems: Vec::new(),
        typed: HeardTyped { did_on: "2026-03-03".to_owned(), ..HeardTyped::default() },
        entries: vec![HeardRow {
            heard: "The step about the greeting was hard to follow.".to_owned(),
            did: "We wrote it again, with the words to say first.".to_owned(),
            did_on: "3 March 2026".to_owned(),
            by: "ann@lakeshore.example".to_owned(),
            down_action: "/console/heard/00000000-0000-0000-0000-000000000001/down".to_owned(),
        }],
    }
}

fn heard_refused() -> HeardListPage {
    HeardListPage {
        problems: vec![FieldProblem {
            field: "item".to_owned(),
            words: "There is no item called greet; the nearest is greet-callers-after-hours.".to_owned(),
        }],
        typed: HeardTyped {
            heard: "Too <long>".to_owned(),
            did: "Made it shorter.".to_owned(),
            item: "greet".to_owned(),
            ..heard().typed
        },
        entries: Vec::new(),
        ..heard()
    }
}
