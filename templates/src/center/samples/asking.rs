//! Questions among customers: lists, asking, and one question, each in its states.

use super::{around_a_letter, signed_in, signed_in_reader};
use crate::center::{
    Around, AskChoice, AskFilter, AskPage, AskTab, AskWay, AskingDoors, AskingPage, AskingPreview,
    AskingStep, Field, FollowButton, Link, Marked, OthersAsked, PickKind, PictureView, PlaceKind, Problem,
    QuestionPage, QuestionRow, ReplyView, Similar, StaffBadge, Standing, StepLink, Turn, UsefulButton,
};

const PATH: &str = "/ask/can-the-front-desk-move-a-call-456789abcdef";

/// What is nearest to a member, with a figure, somebody on duty and a draft.
pub(super) fn ask() -> AskPage {
    AskPage {
        around: signed_in(PlaceKind::Ask),
        figure: Some(
            "Of 34 questions in the 30 days to 3 March 2026, half got a reply within 2 hours.".to_owned(),
        ),
        duty: Some("Somebody is here to answer until 17:00 EST.".to_owned()),
        draft: Some(Link {
            label: "Which card reader works outdoors?".to_owned(),
            href: "/ask/new".to_owned(),
        }),
        tabs: ["For me", "Unanswered I could help with", "Solved", "My questions"]
            .map(|label| tab(label, "For me"))
            .into(),
        chosen: vec![Link { label: "Health or dental".to_owned(), href: "/ask?product=phones".to_owned() }],
        carried: vec![Field { name: "tab".to_owned(), value: "solved".to_owned() }],
        order: Some(
            "Questions of businesses like yours come first. We went by: your trade, what you have from us."
                .to_owned(),
        ),
        rows: vec![
            QuestionRow {
                useful: 14,
                replies: 3,
                expert: true,
                standing: Standing::Solved,
                ..row("Can the front desk move a call to a dentist’s cell without giving out the number?")
            },
            QuestionRow {
                initial: "S".to_owned(),
                who: "Sam · Car repair · 5 to 9 people".to_owned(),
                first_post: true,
                ..row("Which hold music does not annoy people who wait?")
            },
            QuestionRow {
                replies: 1,
                useful: 1,
                standing: Standing::Answered,
                ..row("<b>Two</b> cash desks, one card machine?")
            },
            QuestionRow { standing: Standing::Held, ..row("My question that waits") },
            QuestionRow { standing: Standing::Private, ..row("My question for experts") },
            QuestionRow { standing: Standing::Hidden, ..row("My question that was taken down") },
            QuestionRow { standing: Standing::Merged, ..row("My question that was asked before") },
        ],
        library: vec![of_the_library()],
        turn: Some(Turn {
            page: 2,
            of: 3,
            earlier: Some("/ask?page=1".to_owned()),
            later: Some("/ask?page=3".to_owned()),
        }),
        ..blank()
    }
}

/// A few questions for another page.
pub(super) fn few() -> Vec<QuestionRow> {
    ask().rows.into_iter().take(3).collect()
}

/// A few questions beside something else, with one of the library and the way to all.
pub(super) fn others() -> OthersAsked {
    let library = std::iter::once(of_the_library());
    OthersAsked {
        rows: few().into_iter().chain(library).collect(),
        all_href: Some("/ask?product=phones".to_owned()),
    }
}

/// A visitor, before anybody has asked.
pub(super) fn ask_empty() -> AskPage {
    AskPage {
        around: around_a_letter(),
        tabs: ["All questions", "Unanswered", "Solved"].map(|label| tab(label, "Unanswered")).into(),
        nothing: Some("Nobody has asked here yet. You may be the first.".to_owned()),
        library: vec![of_the_library(); 5],
        ..blank()
    }
}

fn blank() -> AskPage {
    AskPage {
        ways: ["starter", "getting-by", "confident"]
            .map(|level| AskWay { level, href: format!("/ask?level={level}") })
            .into(),
        filters: vec![
            AskFilter {
                name: "trade",
                label: "Trade".to_owned(),
                choices: vec![choice("621", "Health or dental", true), choice("8111", "Car repair", false)],
            },
            AskFilter {
                name: "size",
                label: "Size".to_owned(),
                choices: vec![choice("10-24", "10 to 24", false)],
            },
        ],
        ..AskPage::default()
    }
}

fn tab(label: &str, here: &str) -> AskTab {
    AskTab { label: label.to_owned(), href: "/ask?tab=solved".to_owned(), here: label == here }
}

fn choice(value: &str, label: &str, on: bool) -> AskChoice {
    AskChoice { value: value.to_owned(), label: label.to_owned(), on }
}

fn row(title: &str) -> QuestionRow {
    QuestionRow {
        title: title.to_owned(),
        href: PATH.to_owned(),
        initial: "J".to_owned(),
        who: "Jo · Health or dental · 5 to 9 people".to_owned(),
        day: super::moment("3 March 2026"),
        standing: Standing::Open,
        replies: 0,
        useful: 0,
        expert: false,
        first_post: false,
        library: false,
    }
}

fn of_the_library() -> QuestionRow {
    QuestionRow {
        href: "/ask/how-often-do-you-test-your-backups".to_owned(),
        initial: "R".to_owned(),
        who: "Ravi, accountant, 20 people (invented for the demo)".to_owned(),
        standing: Standing::Answered,
        replies: 3,
        library: true,
        ..row("How often do you really test your backups?")
    }
}

/// One field.
pub(super) fn asking() -> AskingPage {
    AskingPage { around: around_a_letter(), ..AskingPage::default() }
}

/// What there is already, and the rest, for words from before signing in.
pub(super) fn asking_rest() -> AskingPage {
    AskingPage {
        around: signed_in(PlaceKind::Ask),
        at: AskingStep::Rest,
        title: "Can the front desk move a call?".to_owned(),
        details: "What I tried:\n\n- the menu\n- calling <you>".to_owned(),
        products: vec![choice("phones", "Phones", true), choice("backup", "Backup", false)],
        fixes: vec![choice("calls-go-straight-to-voicemail", "Callers get the voicemail at once", false)],
        levels: vec![choice("starter", "I’m new to this", false), choice("getting-by", "I get by", true)],
        asked_of: vec![
            choice("both", "People like me and an expert", true),
            choice("peers", "People like me", false),
            choice("expert", "Only an expert (nobody else sees the question)", false),
        ],
        follow: true,
        similar: vec![
            Similar {
                kind: PickKind::Question,
                title: vec![
                    Marked { text: "How do you ".to_owned(), marked: false },
                    Marked { text: "move a call".to_owned(), marked: true },
                ],
                href: PATH.to_owned(),
            },
            Similar {
                kind: PickKind::Fix,
                title: vec![Marked { text: "Calls go straight to voicemail".to_owned(), marked: false }],
                href: "/fix/calls-go-straight-to-voicemail".to_owned(),
            },
        ],
        from_before: true,
        ..AskingPage::default()
    }
}

/// A screenshot.
fn picture() -> PictureView {
    PictureView {
        src: "/ask/pictures/8c9f7b1e-1d43-4b56-9a3c-6f1f0f0e2a11".to_owned(),
        alt: "The phone’s menu, with <Transfer> in grey".to_owned(),
        width: 900,
        height: 1600,
        note: None,
    }
}

/// With a picture of which nobody has said what it shows, and another that could not be taken.
pub(super) fn asking_picture() -> AskingPage {
    let problem = |field, words: &str| Problem { field, words: words.to_owned() };
    AskingPage {
        problems: vec![
            problem("picture_file", "This picture moves. Choose one that stands still"),
            problem("picture_alt", "Say in a few words what the picture shows"),
        ],
        picture: Some(PictureView { alt: String::new(), ..picture() }),
        picture_id: "8c9f7b1e-1d43-4b56-9a3c-6f1f0f0e2a11".to_owned(),
        similar: Vec::new(),
        from_before: false,
        ..asking_rest()
    }
}

/// The same, refused.
pub(super) fn asking_refused() -> AskingPage {
    let problem = |field, words: &str| Problem { field, words: words.to_owned() };
    AskingPage {
        around: Around { sign_in_href: Some("/sign-in".to_owned()), ..around_a_letter() },
        problems: vec![
            problem("title", "Write your question in a sentence of at least 10 letters"),
            problem("details", "Shorten this to 5,000 letters"),
        ],
        title: "<Help>".to_owned(),
        from_before: false,
        doors: Some(doors()),
        ..asking_rest()
    }
}

fn doors() -> AskingDoors {
    AskingDoors { sign_in_href: "/sign-in".to_owned(), join_href: "/join".to_owned() }
}

/// How it will look, for somebody who is signed in.
pub(super) fn asking_preview() -> AskingPage {
    AskingPage {
        around: signed_in(PlaceKind::Ask),
        at: AskingStep::Preview,
        title: "Can the front desk move a call?".to_owned(),
        preview: Some(AskingPreview {
            who: "Maria · Health or dental · 10 to 24 people".to_owned(),
            details_html: "<p>We tried <strong>the menu</strong>.</p>".to_owned(),
            chosen: vec!["Phones".to_owned(), "getting by".to_owned()],
            seen_by: "Only our experts and moderators can read it.".to_owned(),
        }),
        carried: vec![Field {
            name: "title".to_owned(),
            value: "Can the front desk move a call?".to_owned(),
        }],
        picture: Some(picture()),
        ..AskingPage::default()
    }
}

/// The same for a visitor, whose words are kept.
pub(super) fn asking_visitor() -> AskingPage {
    AskingPage {
        around: around_a_letter(),
        doors: Some(doors()),
        kept: true,
        picture: None,
        ..asking_preview()
    }
}

/// A question that was solved, for the one who asked.
pub(super) fn question_solved() -> QuestionPage {
    QuestionPage {
        around: signed_in_reader(),
        language: "en".to_owned(),
        title: "Can the front desk move a call to a dentist’s cell without giving out the number?".to_owned(),
        initial: "J".to_owned(),
        who: "Jo · Health or dental · 5 to 9 people".to_owned(),
        day: super::moment("3 March 2026"),
        standing: Standing::Solved,
        first_post: false,
        note: Some("Your question is posted. Others and our experts see it now.".to_owned()),
        details_html: "<p>Patients call the desk. The dentist is often in the other house.</p>".to_owned(),
        picture: Some(picture()),
        chosen: vec!["Phones".to_owned(), "getting by".to_owned()],
        fix: Some(StepLink {
            title: "Calls go straight to voicemail".to_owned(),
            href: "/fix/calls-go-straight-to-voicemail".to_owned(),
            minutes: 4,
        }),
        accepted: Some(ReplyView {
            badge: Some(StaffBadge::Expert),
            who: "Dana".to_owned(),
            initial: "D".to_owned(),
            helped_action: Some(format!("{PATH}/answers/1/helped")),
            ..reply("1", 9)
        }),
        replies: vec![
            ReplyView { first_post: true, ..reply("2", 0) },
            of_ours(StaffBadge::Moderator, "Kim", "3"),
            ReplyView { thanked: true, ..of_ours(StaffBadge::Team, "Lee", "4") },
            ReplyView { held: true, ..reply("5", 0) },
        ],
        useful: UsefulButton { count: 14, ..UsefulButton::default() },
        follow: Some(FollowButton { action: format!("{PATH}/follow"), on: true }),
        share_url: Some(PATH.to_owned()),
        report_action: format!("{PATH}/report"),
        reported: false,
        reply_action: Some(format!("{PATH}/replies")),
        typed: String::new(),
        problems: Vec::new(),
    }
}

/// An answer of somebody who works here.
fn of_ours(badge: StaffBadge, who: &str, id: &str) -> ReplyView {
    ReplyView {
        badge: Some(badge),
        who: who.to_owned(),
        helped_action: Some(format!("{PATH}/answers/{id}/helped")),
        ..reply(id, 0)
    }
}

fn reply(id: &str, useful: u32) -> ReplyView {
    ReplyView {
        id: format!("r-{id}"),
        initial: "S".to_owned(),
        who: "Sam · Car repair · 10 to 24 people".to_owned(),
        badge: None,
        day: super::moment("4 March 2026"),
        body_html: "<p>Yes: press <strong>Transfer</strong>, then the short number you gave the cell.<br>\nThe caller sees the desk’s number.</p>".to_owned(),
        useful: UsefulButton {
            count: useful,
            action: Some(format!("{PATH}/useful")),
            reply: id.to_owned(),
            mine: useful == 9,
        },
        helped_action: None,
        thanked: false,
        accept_action: Some(format!("{PATH}/accept")),
        first_post: false,
        held: false,
    }
}

/// A question without a reply, for a visitor who has just reported it.
pub(super) fn question_open() -> QuestionPage {
    QuestionPage {
        around: Around { sign_in_href: Some("/sign-in".to_owned()), ..around_a_letter() },
        language: "es".to_owned(),
        standing: Standing::Open,
        first_post: true,
        note: None,
        picture: None,
        fix: None,
        accepted: None,
        replies: Vec::new(),
        useful: UsefulButton::default(),
        follow: None,
        share_url: None,
        reported: true,
        reply_action: None,
        ..question_solved()
    }
}

/// A reply that was refused.
pub(super) fn question_refused() -> QuestionPage {
    QuestionPage {
        standing: Standing::Open,
        note: None,
        picture: Some(PictureView {
            note: Some("Only you and our moderators see this picture.".to_owned()),
            ..picture()
        }),
        accepted: None,
        replies: Vec::new(),
        useful: UsefulButton { action: Some(format!("{PATH}/useful")), ..UsefulButton::default() },
        follow: Some(FollowButton { action: format!("{PATH}/follow"), on: false }),
        typed: "<a lot of text>".to_owned(),
        problems: vec![Problem {
            field: "body",
            words: "Write your reply, in 5,000 letters at most".to_owned(),
        }],
        ..question_solved()
    }
}
