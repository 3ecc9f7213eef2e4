//! One made-up filling of every page of the center, in each of its states.
//!
//! People, companies and numbers are invented. The tests draw them all.

use super::{
    AnswerPage, Around, Author, AuthorKind, Choice, ChoicesPage, DonePage, Door, DoorKind, Exchange,
    FeedbackStrip, Finish, FixLine, HomePage, ItemPage, Join, Link, NextWin, PickCard, PickKind, Place,
    PlaceKind, Progress, Saved, SignInExpiredPage, SignInPage, Step, StepLink, StopPage, Why,
};
use crate::emails::Purpose;
use crate::{Brand, Face, Frame, RenderError, Templates, Theme};

/// Draws every sample, each with its name.
pub fn draw_all(templates: &Templates, theme: Theme) -> Result<Vec<(&'static str, String)>, RenderError> {
    let maria = frame(theme, Some("Maria Alvarez"));
    let anybody = frame(theme, None);
    Ok(vec![
        ("home", templates.center_home(&maria, &home())?),
        ("home-signed-out", templates.center_home(&anybody, &home_signed_out())?),
        ("home-bare", templates.center_home(&anybody, &home_bare())?),
        ("lesson", templates.center_item(&maria, &lesson())?),
        ("fix", templates.center_item(&anybody, &fix())?),
        ("article-done", templates.center_item(&maria, &article())?),
        ("question", templates.center_item(&maria, &question())?),
        ("choices", templates.center_choices(&anybody, &choices())?),
        ("choices-saved", templates.center_choices(&anybody, &choices_saved())?),
        ("stop", templates.center_stop(&anybody, &stop())?),
        (
            "stopped",
            templates
                .center_done(&anybody, &DonePage::stopped(from_letter(), Some("/p/sample".to_owned())))?,
        ),
        ("answer-no", templates.center_answer(&anybody, &answer(false))?),
        ("answer-yes", templates.center_answer(&anybody, &answer(true))?),
        ("answered", templates.center_done(&anybody, &DonePage::answered(from_letter()))?),
        ("sign-in", templates.center_sign_in(&anybody, &sign_in())?),
        ("sign-in-expired", templates.center_sign_in_expired(&anybody, &sign_in_expired())?),
    ])
}

/// A frame of the center as the server makes one.
pub fn frame(theme: Theme, signed_in_as: Option<&str>) -> Frame {
    Frame {
        nonce: "bm9uY2U".to_owned(),
        base_url: "https://help.lakeshore.example".to_owned(),
        signed_in_as: signed_in_as.map(str::to_owned),
        face: Face::Center,
        theme,
        brand: Brand { name: "Lakeshore".to_owned(), line: "Help and learning".to_owned() },
    }
}

/// The first page for a reader we know well.
pub fn home() -> HomePage {
    HomePage {
        around: signed_in(PlaceKind::ForYou),
        greeting: "Good morning, Maria.".to_owned(),
        line: "Short lessons and quick fixes, picked for a dental practice of 12.".to_owned(),
        search_action: Some("/search".to_owned()),
        next_win: Some(NextWin {
            title: "Greet callers after hours, so no patient is missed".to_owned(),
            summary: "Record one greeting and choose when it plays.".to_owned(),
            href: "/learn/greet-callers-after-hours".to_owned(),
            minutes: 5,
            level: "starter".to_owned(),
            progress: Some(Progress { done: 2, of: 5, minutes_left: 2 }),
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
        exchange: Some(Exchange {
            told: "Dental · 12 people · phones, internet, backup · new to phones. We also use the pages you open here."
                .to_owned(),
            get: "Fewer, better e-mails, lessons at your level, and people in your trade.".to_owned(),
            change_href: None,
            stop_href: Some("/p/sample".to_owned()),
        }),
        join: None,
        feedback: Some(strip("Was there something useful here today?")),
    }
}

/// The first page for anybody: no names, nothing picked for one person.
pub fn home_signed_out() -> HomePage {
    HomePage {
        around: Around { phone: Some("555-0142".to_owned()), ..Around::default() },
        greeting: "Good morning.".to_owned(),
        line: "Short lessons and quick fixes for small companies, in plain words.".to_owned(),
        search_action: None,
        next_win: None,
        picks_title: "Most useful for everyone".to_owned(),
        exchange: None,
        feedback: None,
        join: Some(Join {
            words: "Joining is by invitation for now. Say a word when you next talk to us, or reply to an invoice, \
                    and we send you a link: your work e-mail and your first name are all it takes."
                .to_owned(),
            href: None,
        }),
        ..home()
    }
}

/// The first page of a house that is still empty.
pub fn home_bare() -> HomePage {
    HomePage {
        greeting: "Hello.".to_owned(),
        line: "Lessons and fixes will stand here soon.".to_owned(),
        ..HomePage::default()
    }
}

/// A lesson in steps.
pub fn lesson() -> ItemPage {
    ItemPage {
        around: signed_in(PlaceKind::Learn),
        kind: PickKind::Lesson,
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
        why: Some(why("You have Lakeshore phones and told us you are new to them.")),
        feedback: Some(strip("Did this make sense?")),
    }
}

fn fix() -> ItemPage {
    ItemPage {
        around: Around { phone: Some("555-0142".to_owned()), ..Around::default() },
        kind: PickKind::Fix,
        title: "Wi-Fi is slow or keeps dropping".to_owned(),
        summary: "Three checks, the quickest first. No tools needed.".to_owned(),
        symptom: Some("Pages load slowly, or calls break up, and it is worse in one room.".to_owned()),
        steps: vec![
            step(
                "Stand next to the box (30 seconds)",
                "<p>If it is fast there, the distance is the problem.</p>",
            ),
            step("Turn it off and on (2 minutes)", "<p>Wait until all lights are steady.</p>"),
        ],
        body_html: String::new(),
        finish: Some(Finish {
            action: "/fix/wifi-is-slow-or-keeps-dropping/finished".to_owned(),
            done: false,
        }),
        follow_up: None,
        why: None,
        feedback: None,
        ..lesson()
    }
}

fn article() -> ItemPage {
    ItemPage {
        kind: PickKind::Expert,
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

fn question() -> ItemPage {
    ItemPage {
        kind: PickKind::Question,
        title: "How often do you test your backups?".to_owned(),
        summary: "An accountant of 20 people asks; two others tell what they do.".to_owned(),
        author: Author { name: "Ravi K.".to_owned(), kind: AuthorKind::Peer, independent: true, paid: false },
        steps: Vec::new(),
        body_html: "<p>We back up every night. I have never tried to get anything back. Do you?</p><h2>Answer</h2><p>First Monday of the month, one file, ten minutes.</p>".to_owned(),
        finish: None,
        ..lesson()
    }
}

/// E-mail choices as a letter opens them.
pub fn choices() -> ChoicesPage {
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
        around: from_letter(),
        action: "/p/sample".to_owned(),
        choices: all.map(|purpose| Choice::new(purpose, on(purpose))).to_vec(),
        tracking: false,
        paused_until: None,
        saved: None,
        stop_href: "/u/sample".to_owned(),
    }
}

fn choices_saved() -> ChoicesPage {
    ChoicesPage {
        paused_until: Some("24 December 2026".to_owned()),
        saved: Some(Saved {
            words: "You get lessons and help with what you have. Letters start again on 24 December 2026."
                .to_owned(),
            undo_action: Some("/p/sample/undo".to_owned()),
            undo_value: "41".to_owned(),
        }),
        ..choices()
    }
}

fn stop() -> StopPage {
    StopPage {
        around: from_letter(),
        action: "/u/sample".to_owned(),
        choices_href: Some("/p/sample".to_owned()),
    }
}

fn answer(yes: bool) -> AnswerPage {
    AnswerPage {
        around: from_letter(),
        question: "Was this a good start?".to_owned(),
        yes,
        action: "/p/sample/answer".to_owned(),
    }
}

fn sign_in() -> SignInPage {
    SignInPage {
        around: from_letter(),
        action: "/sign-in/sample".to_owned(),
        first_name: Some("Maria".to_owned()),
        good_for: "9 minutes".to_owned(),
    }
}

fn sign_in_expired() -> SignInExpiredPage {
    SignInExpiredPage {
        around: from_letter(),
        how: "Open any letter from us and use its link, or call and we send you a new one.".to_owned(),
        next: Link { label: "Go to the resource center".to_owned(), href: "/".to_owned() },
    }
}

fn signed_in(here: PlaceKind) -> Around {
    let place = |kind, href: &str| Place { kind, href: href.to_owned(), here: kind == here };
    Around {
        places: vec![
            place(PlaceKind::ForYou, "/"),
            place(PlaceKind::Learn, "/learn"),
            place(PlaceKind::Fix, "/fix"),
            place(PlaceKind::Ask, "/ask"),
            place(PlaceKind::Saved, "/saved"),
        ],
        phone: Some("555-0142".to_owned()),
        choices_href: Some("/p/sample".to_owned()),
        sign_out_action: Some("/sign-out".to_owned()),
        form_token: "t0ken".to_owned(),
    }
}

fn from_letter() -> Around {
    Around { phone: Some("555-0142".to_owned()), ..Around::default() }
}

fn vendor() -> Author {
    Author { name: "Lakeshore team".to_owned(), kind: AuthorKind::Vendor, independent: false, paid: true }
}

fn why(because: &str) -> Why {
    Why {
        because: because.to_owned(),
        facts: vec!["Products: phones".to_owned(), "Level: new to this, said on 3 March 2026".to_owned()],
        change_href: None,
    }
}

fn strip(question: &str) -> FeedbackStrip {
    FeedbackStrip { question: question.to_owned(), action: "/feedback".to_owned() }
}

fn step(title: &str, body_html: &str) -> Step {
    Step { title: title.to_owned(), body_html: body_html.to_owned() }
}

fn other(title: &str, href: &str, minutes: u32) -> StepLink {
    StepLink { title: title.to_owned(), href: href.to_owned(), minutes }
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

fn picks() -> Vec<PickCard> {
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
            "Ade Whitfield (invented), adviser. Not paid by Lakeshore.",
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
        kind,
        title: title.to_owned(),
        summary: summary.to_owned(),
        href: href.to_owned(),
        minutes,
        why: Why { because: because.to_owned(), ..Why::default() },
    })
    .to_vec()
}
