//! The list of lessons, a step of one, its end, and an article.

use super::home::{home, picks};
use super::item::{other, step, vendor};
use super::{around_a_letter, signed_in, strip, why};
use crate::center::{
    ArticlePage, Author, AuthorKind, CarryOn, Check, CheckAnswer, Explained, Field, FilterBy, FilterChoice,
    FilterRow, Finish, FinishPage, FollowUp, Job, Keep, LearnPage, LessonCard, LessonPage, LessonStep, Link,
    NextTime, Nothing, OthersAsked, PickKind, PlaceKind, Progress, Remind, RemindDay, SayThis, SheetStep,
    StepMark, Stuck, Task, WhyPanel,
};

pub(super) fn learn() -> LearnPage {
    let begun = Progress { done: 2, of: 5, minutes_left: 3 };
    LearnPage {
        around: signed_in(PlaceKind::Learn),
        carry_on: vec![CarryOn {
            title: "Greet callers after hours".to_owned(),
            href: "/learn/greet-callers-after-hours/put-it-in-place".to_owned(),
            progress: begun,
        }],
        filters: filters(false),
        order: Some("The shelves for your trade come first.".to_owned()),
        all_href: None,
        jobs: vec![
            Job {
                title: "Fewer missed calls".to_owned(),
                lessons: vec![
                    LessonCard { progress: Some(begun), ..card("Greet callers after hours", 6) },
                    LessonCard {
                        worth: Some("worth the time for 9 in 10 people, as of 3 March 2026".to_owned()),
                        ..card("Send each call to the right person", 6)
                    },
                ],
            },
            Job {
                title: "Keep files safe".to_owned(),
                lessons: vec![LessonCard { done: true, ..card("Test your backup in 10 minutes", 10) }],
            },
        ],
        nothing: None,
    }
}

pub(super) fn learn_nothing() -> LearnPage {
    LearnPage {
        around: around_a_letter(),
        filters: filters(true),
        all_href: Some("/learn".to_owned()),
        nothing: Some(Nothing {
            nearest: vec![card("Lock your work email", 8)],
            action: Some("/learn/wanted".to_owned()),
            asked: vec![
                Field { name: "minutes".to_owned(), value: "5".to_owned() },
                Field { name: "product".to_owned(), value: "backup".to_owned() },
            ],
            noted: false,
        }),
        ..LearnPage::default()
    }
}

fn filters(on: bool) -> Vec<FilterRow> {
    let choice =
        |label: &str, on| FilterChoice { label: label.to_owned(), href: "/learn?minutes=5".to_owned(), on };
    vec![
        FilterRow {
            by: FilterBy::Minutes,
            choices: vec![choice("Up to 5 min", on), choice("Up to 10 min", false)],
        },
        FilterRow {
            by: FilterBy::Level,
            choices: vec![choice("starter", false), choice("getting by", false)],
        },
        FilterRow { by: FilterBy::Product, choices: vec![choice("Phones", false), choice("Backup", on)] },
        FilterRow { by: FilterBy::Shelf, choices: vec![choice("New people <start>", false)] },
    ]
}

fn card(title: &str, minutes: u32) -> LessonCard {
    LessonCard {
        title: title.to_owned(),
        summary: "Set it up once, and hear it yourself in one test call.".to_owned(),
        href: "/learn/greet-callers-after-hours".to_owned(),
        minutes,
        level: "starter".to_owned(),
        done: false,
        progress: None,
        worth: None,
    }
}

/// A step of a lesson, for a reader who is signed in.
pub fn lesson_step() -> LessonPage {
    let path = "/learn/greet-callers-after-hours";
    let mark = |title: &str, name: &str, done, here| StepMark {
        title: title.to_owned(),
        href: format!("{path}/{name}"),
        done,
        here,
    };
    LessonPage {
        around: signed_in(PlaceKind::Learn),
        title: "Greet callers after hours, so no patient is missed".to_owned(),
        author: Author {
            name: "Dana Okafor (invented)".to_owned(),
            kind: AuthorKind::Expert,
            independent: true,
            paid: false,
        },
        checked_on: "3 March 2026".to_owned(),
        review: "starter library, not reviewed by an expert".to_owned(),
        minutes: 6,
        level: "starter".to_owned(),
        steps: vec![
            mark("Set your hours", "set-your-hours", true, false),
            mark("Write your greeting", "write-your-greeting", false, true),
            mark("Put it in place", "put-it-in-place", false, false),
            mark("Make one test call", "make-one-test-call", false, false),
        ],
        intro_html: String::new(),
        step: LessonStep {
            title: "Write your greeting".to_owned(),
            number: 2,
            of: 4,
            point_html: "<p>Say three things: <strong>who you are</strong>, <strong>when you open</strong> and what to do if it cannot wait.</p>".to_owned(),
            drawing_html: Some("<svg viewBox=\"0 0 8 4\" role=\"img\" aria-labelledby=\"dr-t\" fill=\"none\" stroke=\"currentColor\"><title id=\"dr-t\">A phone that rings</title><path d=\"M1 2h6\"/></svg>".to_owned()),
            read_html: "<p>Stop there. A long greeting makes people hang up.</p>".to_owned(),
            tasks: vec![
                Task {
                    name: "t-copy".to_owned(),
                    task_html: "Copy the words below and put in your own name and times".to_owned(),
                    ticked: true,
                },
                Task {
                    name: "t-read".to_owned(),
                    task_html: "Read it aloud once, with a clock".to_owned(),
                    ticked: false,
                },
            ],
            say: vec![SayThis {
                words_html: "<p>Thanks for calling Harbor Cycles. We open at 9 tomorrow.</p>".to_owned(),
            }],
            check: Some(check(None)),
        },
        sheet: sheet(),
        keep: Some(Keep {
            action: format!("{path}/write-your-greeting/ticks"),
            finish_action: format!("{path}/finish"),
            step: "write-your-greeting".to_owned(),
        }),
        back_href: Some(format!("{path}/set-your-hours")),
        next: Some(Link { label: "Put it in place".to_owned(), href: format!("{path}/put-it-in-place") }),
        finish_href: format!("{path}/finished"),
        stuck: Stuck {
            fix: Some(other("Calls go straight to voicemail", "/fix/calls-go-straight-to-voicemail", 4)),
            peers_href: Some("/ask/new?q=Greet%20callers%2C%20step%202&product=phones&asked_of=peers".to_owned()),
            expert_href: Some(
                "/ask/new?q=Greet%20callers%2C%20step%202&product=phones&asked_of=expert".to_owned(),
            ),
        },
        clear: strip("Did this step make sense?"),
        answered: false,
        next_time: Some(NextTime {
            next: Some(other(
                "Send each call to the right person",
                "/learn/send-each-call-to-the-right-person",
                6,
            )),
            remind: Some(Remind {
                action: format!("{path}/write-your-greeting/remind"),
                days: vec![
                    RemindDay { value: "2026-03-05".to_owned(), label: "Thursday, 5 March".to_owned() },
                    RemindDay { value: "2026-03-06".to_owned(), label: "Friday, 6 March".to_owned() },
                ],
                chosen: None,
            }),
        }),
        asked: super::asking::others(),
        outcomes: ["greet callers when you are closed", "check that it works, in one test call"]
            .map(str::to_owned)
            .to_vec(),
        glossary: glossary(),
        save: Some(super::saved::save_box()),
        why: Some(WhyPanel {
            why: why("You have Lakeshore phones and told us you are new to them."),
            not_me_action: Some("/why/sample/not-me".to_owned()),
            noted: None,
        }),
    }
}

/// Two of the steps, as they stand on paper.
fn sheet() -> Vec<SheetStep> {
    let task = |task: &str, ticked| Task { name: String::new(), task_html: task.to_owned(), ticked };
    vec![
        SheetStep {
            title: "Set your hours".to_owned(),
            tasks: vec![task("Open <strong>Phones</strong>, then <strong>Hours</strong>", true)],
            say: Vec::new(),
        },
        SheetStep {
            title: "Write your greeting".to_owned(),
            tasks: vec![
                task("Copy the words below and put in your own name and times", true),
                task("Read it aloud once, with a clock", false),
            ],
            say: vec![SayThis {
                words_html: "<p>Thanks for calling Harbor Cycles. We open at 9 tomorrow.</p>".to_owned(),
            }],
        },
    ]
}

/// The last step, for a visitor who answered the quick check wrongly.
pub(super) fn lesson_visitor() -> LessonPage {
    let signed_in = lesson_step();
    LessonPage {
        around: around_a_letter(),
        author: vendor(),
        intro_html: "<p>You need your phone settings and one other phone.</p>".to_owned(),
        step: LessonStep { number: 4, check: Some(check(Some(0))), ..signed_in.step },
        keep: None,
        next: None,
        back_href: None,
        stuck: Stuck::default(),
        answered: true,
        next_time: None,
        asked: OthersAsked::default(),
        glossary: Vec::new(),
        save: None,
        why: None,
        ..signed_in
    }
}

fn check(chosen: Option<usize>) -> Check {
    let texts = ["Your opening hours", "Who the caller has reached", "Your website address"];
    let answer = |(place, text): (usize, &str)| CheckAnswer {
        text: text.to_owned(),
        right: place == 1,
        chosen: chosen == Some(place),
    };
    Check {
        action: "/learn/greet-callers-after-hours/write-your-greeting".to_owned(),
        question: "What should come first in your greeting?".to_owned(),
        answers: texts.into_iter().enumerate().map(answer).collect(),
        answered: chosen.is_some(),
        right: chosen == Some(1),
        right_answer: texts[1].to_owned(),
        explanation_html: "<p>People hang up when they are not sure that they rang the right place.</p>"
            .to_owned(),
    }
}

fn glossary() -> Vec<Explained> {
    let explained =
        |word: &str, meaning: &str| Explained { word: word.to_owned(), meaning: meaning.to_owned() };
    vec![
        explained("After hours", "Any time outside the hours you set."),
        explained("Greeting", "The message callers hear first."),
    ]
}

pub(super) fn finish() -> FinishPage {
    FinishPage {
        around: signed_in(PlaceKind::Learn),
        title: "Greet callers after hours".to_owned(),
        lesson_href: "/learn/greet-callers-after-hours".to_owned(),
        kept: true,
        outcomes: lesson_step().outcomes,
        follow_up: Some(FollowUp {
            title: "Send each call to the right person".to_owned(),
            summary: "One menu of three, and nobody is passed around.".to_owned(),
            href: "/learn/send-each-call-to-the-right-person".to_owned(),
            minutes: 6,
            why: Some(why("It follows what you just finished.")),
        }),
        picks: Vec::new(),
        save: Some(super::saved::save_box()),
        feedback: strip("Was this lesson worth your time?"),
        answered: false,
    }
}

pub(super) fn finish_picks() -> FinishPage {
    FinishPage { kept: false, follow_up: None, picks: picks(), save: None, answered: true, ..finish() }
}

pub(super) fn reading() -> ArticlePage {
    ArticlePage {
        around: home().around,
        kind: PickKind::Reading,
        title: "The one-page map".to_owned(),
        summary: "What someone else needs to keep things working, on one page.".to_owned(),
        author: vendor(),
        checked_on: "18 November 2026".to_owned(),
        review: "starter library, not reviewed by an expert".to_owned(),
        minutes: 6,
        level: "confident".to_owned(),
        short_html: "<p>In short:</p><ul><li>One page tells another person what you run.</li><li>It never holds the keys.</li></ul>".to_owned(),
        sections: vec![step("What goes on the page", "<p>Give each service one line.</p>")],
        do_now_html: "<p>Take ten minutes and write the lines for your phones.</p>".to_owned(),
        lesson: Some(other("New person: first day, last day", "/learn/new-person-first-day-last-day", 8)),
        asked: super::asking::others(),
        near: vec![other("Test your backup", "/learn/test-your-backup-in-10-minutes", 10)],
        glossary: glossary(),
        finish: Some(Finish { action: "/read/map/done".to_owned(), done: false }),
        save: Some(super::saved::save_box()),
        why: Some(WhyPanel {
            why: why("It is often read in businesses like yours."),
            not_me_action: None,
            noted: Some("Noted. We no longer go by that.".to_owned()),
        }),
        feedback: strip("Was this worth reading?"),
        answered: false,
    }
}
