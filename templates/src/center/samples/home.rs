//! The first page: for a reader we know, for anybody, and in an empty house.

use super::{signed_in, why};
use crate::center::{
    Around, Door, DoorKind, Exchange, ExpertCard, FixLine, HomePage, Join, Link, NextWin, Noted, PickCard,
    PickKind, PlaceKind, Progress, SaveTo, Why,
};

/// The first page for a reader we know well.
pub fn home() -> HomePage {
    HomePage {
        around: signed_in(PlaceKind::ForYou),
        greeting: "Good morning, Maria.".to_owned(),
        line: "Short lessons and quick fixes, picked for a dental practice of 12.".to_owned(),
        draft: Some(Link {
            label: "Which card reader works outdoors?".to_owned(),
            href: "/ask/new".to_owned(),
        }),
        search_action: Some("/search".to_owned()),
        search_suggest: Some("/search/suggest".to_owned()),
        next_win: Some(NextWin {
            title: "Greet callers after hours, so no patient is missed".to_owned(),
            summary: "Record one greeting and choose when it plays.".to_owned(),
            href: "/learn/greet-callers-after-hours".to_owned(),
            minutes: 5,
            level: "starter".to_owned(),
            progress: Some(Progress { done: 2, of: 5, minutes_left: 2 }),
            not_now_action: Some("/why/one/not-now".to_owned()),
            why: why("You have Lakeshore phones and told us you are new to them."),
        }),
        doors: [
            (DoorKind::Learn, "Lessons of 3 to 8 minutes", "#learn"),
            (DoorKind::Ask, "What others in your trade did", "/ask/how-often-do-you-test-your-backups"),
            (DoorKind::Together, "A checklist for the whole front desk", "/learn/new-person-first-day-last-day"),
        ]
        .map(|(kind, line, href)| Door { kind, line: line.to_owned(), href: href.to_owned() })
        .to_vec(),
        fixes: fixes(),
        all_fixes: None,
        picks_title: "Picked for a dental practice of 12".to_owned(),
        picks: picks(),
        all_picks: None,
        shelves: Some(super::saved::home_shelves()),
        put_off: None,
        save: Some(SaveTo {
            action: "/saved/keep".to_owned(),
            shelf: "one".to_owned(),
            title: "Front desk".to_owned(),
        }),
        asking: super::asking::few(),
        expert: Some(ExpertCard {
            line: "Experts of Lakeshore answer. Nobody else reads what you ask them.".to_owned(),
            duty: Some("Somebody is here to answer until 17:00.".to_owned()),
            href: "/ask/new?asked_of=expert".to_owned(),
        }),
        exchange: Some(Exchange {
            told: "Dental · 12 people · phones, internet, backup · new to phones. We also use the pages you open here."
                .to_owned(),
            get: "Fewer, better e-mails, lessons at your level, and people in your trade.".to_owned(),
            change_href: None,
            stop_href: Some("/p/sample".to_owned()),
        }),
        join: None,
    }
}

/// The first page for anybody: no names, nothing picked for one person.
pub fn home_signed_out() -> HomePage {
    HomePage {
        around: Around { phone: Some("555-0142".to_owned()), ..Around::default() },
        greeting: "Good morning.".to_owned(),
        line: "Short lessons and quick fixes for small companies, in plain words.".to_owned(),
        draft: None,
        search_action: None,
        search_suggest: None,
        next_win: None,
        save: None,
        picks_title: "Most useful for everyone".to_owned(),
        shelves: None,
        exchange: None,
        join: Some(Join {
            words: "Your work e-mail and your first name are all it takes. You get a letter with one button, and no password."
                .to_owned(),
            href: Some("/join".to_owned()),
        }),
        ..home()
    }
}

/// The first page right after something was put off, with a pick that stands on a shelf.
pub fn home_put_off() -> HomePage {
    let mut page = home();
    page.put_off = Some(Noted {
        words: "Put off for 14 days: Two reminders, so patients remember".to_owned(),
        undo_action: Some("/why/two/not-now/undo".to_owned()),
    });
    page.picks[1].saved = Some(Link { label: "Front desk".to_owned(), href: "/saved/one".to_owned() });
    page
}

/// The first page of a house that is still empty.
pub fn home_bare() -> HomePage {
    HomePage {
        greeting: "Hello.".to_owned(),
        line: "Lessons and fixes will stand here soon.".to_owned(),
        ..HomePage::default()
    }
}

fn fixes() -> Vec<FixLine> {
    [
        (
            "Wi-Fi is slow or keeps dropping",
            "/fix/wifi-is-slow-or-keeps-dropping",
            6,
            Some("worked for 9 in 10 people"),
        ),
        ("Calls go straight to voicemail", "/fix/calls-go-straight-to-voicemail", 4, None),
        ("A file has disappeared. Can I get it back?", "/fix/a-file-has-disappeared", 8, None),
        ("Our e-mail lands in junk", "/fix/our-email-lands-in-junk", 8, None),
    ]
    .map(|(title, href, minutes, worked_for)| FixLine {
        title: title.to_owned(),
        href: href.to_owned(),
        minutes,
        worked_for: worked_for.map(str::to_owned),
    })
    .to_vec()
}

pub(super) fn picks() -> Vec<PickCard> {
    [
        (
            PickKind::Lesson,
            "Two reminders, so patients remember",
            "Set up two messages and pick who gets them.",
            "/learn/two-reminders-so-patients-remember",
            6,
            "You said that fewer missed appointments matter most.",
        ),
        (
            PickKind::Expert,
            "What to ask before you sign for a year",
            "Seven questions, and the answers that should worry you.",
            "/read/what-to-ask",
            5,
            "Your internet renews within 90 days.",
        ),
        (
            PickKind::Industry,
            "Test your backup in 10 minutes",
            "Insurers ask for it more and more. Here is a short one.",
            "/learn/test-your-backup-in-10-minutes",
            10,
            "You have Lakeshore Backup.",
        ),
    ]
    .map(|(kind, title, summary, href, minutes, because)| PickCard {
        slug: href.rsplit('/').next().unwrap_or_default().to_owned(),
        by: (kind == PickKind::Expert)
            .then(|| "By Ade Whitfield (invented). Not paid by Lakeshore.".to_owned()),
        saved: None,
        kind,
        title: title.to_owned(),
        summary: summary.to_owned(),
        href: href.to_owned(),
        minutes,
        why: Why { because: because.to_owned(), ..Why::default() },
    })
    .to_vec()
}
