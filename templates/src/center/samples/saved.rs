//! Shelves, what is shared by a link, and what colleagues give each other.

use super::item::vendor;
use super::{around_a_letter, signed_in, signed_in_reader};
use crate::center::{
    Around, Choosable, Deleted, Given, HomeShelves, Link, Noted, PickKind, PieceRow, PlaceKind, Problem,
    Received, SaveBox, SavePage, SavedPage, SharedItem, SharedLink, SharedPage, SharedPiece, ShelfCard,
    ShelfChoice, ShelfEdit, ShelfPage, ShelfRow, StarterOffer, Step, TeamPage,
};

const LESSON: &str = "/learn/greet-callers-after-hours";

pub(super) fn home_shelves() -> HomeShelves {
    HomeShelves {
        shelves: vec![
            card("Front desk", "7 saved", 0),
            card("New hires", "4 saved · your company sees it", 0),
            card("Security", "3 saved", 1),
        ],
        given: vec![Link {
            label: "Ana gave you: Lock your work e-mail".to_owned(),
            href: "/learn/lock-your-work-email".to_owned(),
        }],
    }
}

fn card(title: &str, line: &str, fresh: usize) -> ShelfCard {
    ShelfCard { title: title.to_owned(), href: "/saved/one".to_owned(), line: line.to_owned(), fresh }
}

pub(super) fn save_box() -> SaveBox {
    SaveBox {
        action: "/saved/keep".to_owned(),
        share_action: "/saved/links".to_owned(),
        give_href: Some("/team?item=greet-callers-after-hours".to_owned()),
        item: "greet-callers-after-hours".to_owned(),
        back: LESSON.to_owned(),
        shelves: vec![
            ShelfChoice { value: "one".to_owned(), title: "Front desk".to_owned() },
            ShelfChoice { value: "two".to_owned(), title: "New hires".to_owned() },
        ],
        on: vec![Link { label: "Front desk".to_owned(), href: "/saved/one".to_owned() }],
    }
}

fn link(anchor: &str, title: &str, new: bool) -> SharedLink {
    SharedLink {
        anchor: anchor.to_owned(),
        title: title.to_owned(),
        url: "help.lakeshore.example/s/4Q2vX1c8b0mZk3dTn7yRqA".to_owned(),
        until: super::moment("Until 2 April 2026"),
        end_action: format!("/saved/links/{anchor}/end"),
        new,
    }
}

pub(super) fn saved() -> SavedPage {
    let row = |anchor: &str, title: &str, line: &str, fresh| ShelfRow {
        anchor: anchor.to_owned(),
        title: title.to_owned(),
        href: format!("/saved/{anchor}"),
        line: line.to_owned(),
        fresh,
        move_action: format!("/saved/{anchor}/move"),
    };
    SavedPage {
        around: signed_in(PlaceKind::Saved),
        signed_in: true,
        shelves: vec![
            row("one", "Front desk", "7 saved", 0),
            row("two", "New hires", "4 saved · your company sees it", 0),
            row("three", "Security", "3 saved", 1),
        ],
        colleagues: vec![card("Month end", "5 saved · From Ana", 0)],
        links: vec![link("l1", "Front desk", true), link("l2", "Test your backup in 10 minutes", false)],
        deleted: vec![Deleted {
            title: "Old phones".to_owned(),
            until: super::moment("Until 2 April 2026"),
            action: "/saved/four/restore".to_owned(),
        }],
        note: Some(Noted {
            words: "“Old phones” is deleted. You can bring it back for 30 days.".to_owned(),
            undo_action: Some("/saved/four/restore".to_owned()),
        }),
        team_href: Some("/team".to_owned()),
        ..SavedPage::default()
    }
}

pub(super) fn saved_empty() -> SavedPage {
    let starter = |title: &str, holds: &[&str]| StarterOffer {
        title: title.to_owned(),
        holds: holds.iter().map(|one| (*one).to_owned()).collect(),
        action: "/saved/starters/one".to_owned(),
    };
    SavedPage {
        around: signed_in(PlaceKind::Saved),
        signed_in: true,
        starters: vec![
            starter("For the practice", &["Fewer missed appointments", "Greet callers after hours"]),
            starter("New people", &["First day, last day", "Lock your work e-mail"]),
            starter("Ready for trouble", &["Test your backup in 10 minutes"]),
        ],
        typed: "Front desk".to_owned(),
        problems: vec![Problem {
            field: "title",
            words: "You have a shelf of this name. Write another one".to_owned(),
        }],
        ..SavedPage::default()
    }
}

pub(super) fn saved_visitor() -> SavedPage {
    SavedPage {
        around: Around { sign_in_href: Some("/sign-in".to_owned()), ..around_a_letter() },
        ..SavedPage::default()
    }
}

fn piece(anchor: &str, title: &str, fresh: bool, done: bool) -> PieceRow {
    PieceRow {
        anchor: anchor.to_owned(),
        kind: PickKind::Lesson,
        title: title.to_owned(),
        summary: "Set it up once, and hear it yourself in one test call.".to_owned(),
        href: LESSON.to_owned(),
        minutes: 6,
        fresh,
        done,
        move_action: Some(format!("/saved/one/pieces/{anchor}/move")),
        remove_action: Some(format!("/saved/one/pieces/{anchor}/remove")),
    }
}

pub(super) fn shelf() -> ShelfPage {
    ShelfPage {
        around: signed_in(PlaceKind::Saved),
        title: "Front desk".to_owned(),
        pieces: vec![
            piece("p1", "Greet callers after hours, so no patient is missed", false, true),
            piece("p2", "Send each call to the right person", true, false),
            piece("p3", "Two reminders, so patients remember", false, false),
        ],
        edit: Some(ShelfEdit {
            shelf: "one".to_owned(),
            rename_action: "/saved/one/rename".to_owned(),
            typed: "Front desk".to_owned(),
            company_action: "/saved/one/company".to_owned(),
            company: false,
            share_action: "/saved/links".to_owned(),
            give_href: Some("/team?shelf=one".to_owned()),
            delete_action: "/saved/one/delete".to_owned(),
        }),
        links: vec![link("l1", "Front desk", false)],
        note: Some(Noted {
            words: "“Lock your work e-mail” is off the shelf.".to_owned(),
            undo_action: Some("/saved/one/pieces/lock-your-work-email/restore".to_owned()),
        }),
        ..ShelfPage::default()
    }
}

pub(super) fn shelf_of_a_colleague() -> ShelfPage {
    let read_only = |piece: PieceRow| PieceRow { move_action: None, remove_action: None, ..piece };
    let shelf = shelf();
    ShelfPage {
        by: Some("From Ana".to_owned()),
        pieces: shelf.pieces.into_iter().map(read_only).collect(),
        edit: None,
        links: Vec::new(),
        note: None,
        ..shelf
    }
}

pub(super) fn shelf_empty() -> ShelfPage {
    ShelfPage {
        pieces: Vec::new(),
        edit: shelf().edit.map(|edit| ShelfEdit { typed: String::new(), company: true, ..edit }),
        links: Vec::new(),
        note: None,
        problems: vec![Problem {
            field: "title",
            words: "Write a name for the shelf, such as Front desk".to_owned(),
        }],
        ..shelf()
    }
}

pub(super) fn save() -> SavePage {
    SavePage {
        around: signed_in_reader(),
        title: "Greet callers after hours".to_owned(),
        form: SaveBox { on: Vec::new(), ..save_box() },
        typed: String::new(),
        problems: vec![Problem {
            field: "title",
            words: "Write a name for the shelf, such as Front desk".to_owned(),
        }],
    }
}

fn shared() -> SharedPage {
    SharedPage {
        around: Around { sign_in_href: Some("/sign-in".to_owned()), ..around_a_letter() },
        by: "Maria at Dental Erie shares this with you.".to_owned(),
        until: super::moment("You can read it here until 2 April 2026."),
        title: "Front desk".to_owned(),
        pieces: Vec::new(),
        item: None,
        join_href: Some("/join?src=shared".to_owned()),
    }
}

pub(super) fn shared_shelf() -> SharedPage {
    let piece = |title: &str| SharedPiece {
        kind: PickKind::Lesson,
        title: title.to_owned(),
        summary: "Set it up once, and hear it yourself in one test call.".to_owned(),
        href: LESSON.to_owned(),
        minutes: 6,
    };
    SharedPage {
        pieces: vec![piece("Greet callers after hours"), piece("Send each call to the right person")],
        ..shared()
    }
}

pub(super) fn shared_item() -> SharedPage {
    let step = |title: &str| Step {
        title: title.to_owned(),
        body_html: "<p>Open <strong>Call handling</strong> and choose <em>Hours</em>.</p>".to_owned(),
    };
    SharedPage {
        title: "Greet callers after hours".to_owned(),
        item: Some(SharedItem {
            kind: PickKind::Lesson,
            summary: "Record one greeting and choose when it plays, so that nobody hears it ring out."
                .to_owned(),
            author: vendor(),
            checked_on: "3 March 2026".to_owned(),
            review: "starter library, not reviewed by an expert".to_owned(),
            minutes: 5,
            level: "starter".to_owned(),
            intro_html: "<p>One greeting, four steps.</p>".to_owned(),
            steps: vec![step("Set your hours"), step("Write your greeting")],
            href: LESSON.to_owned(),
        }),
        ..shared()
    }
}

pub(super) fn team() -> TeamPage {
    let choosable = |value: &str, label: &str, chosen| Choosable {
        value: value.to_owned(),
        label: label.to_owned(),
        chosen,
    };
    let given = |title: &str, state: &str, done| Given {
        title: title.to_owned(),
        line: super::moment("To Ben, on 3 March 2026"),
        state: state.to_owned(),
        done,
        end_action: "/team/g1/end".to_owned(),
    };
    TeamPage {
        around: signed_in(PlaceKind::Saved),
        received: vec![Received {
            title: "Lock your work e-mail".to_owned(),
            href: "/learn/lock-your-work-email".to_owned(),
            line: super::moment("From Ana, on 3 March 2026"),
            done: true,
            agreed: true,
            agree_action: "/team/g0/agree".to_owned(),
        }],
        given: vec![
            given("Greet callers after hours", "Done.", true),
            given("Front desk", "They keep it to themselves.", false),
        ],
        things: vec![
            choosable("shelf:one", "Front desk", false),
            choosable("item:greet-callers-after-hours", "Greet callers after hours", true),
        ],
        colleagues: vec![choosable("ana", "Ana Ruiz", false), choosable("ben", "Ben Cole", true)],
        domain: Some("dental.example".to_owned()),
        typed: "ben@<mail>.example".to_owned(),
        problems: vec![Problem {
            field: "email",
            words: "Write an address at dental.example, such as name@dental.example".to_owned(),
        }],
        link: Some(link("l3", "Greet callers after hours", true)),
        note: None,
    }
}

pub(super) fn team_empty() -> TeamPage {
    TeamPage { around: signed_in(PlaceKind::Saved), ..TeamPage::default() }
}
