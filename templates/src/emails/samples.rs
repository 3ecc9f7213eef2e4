//! Made-up readers and service letters, for the tests and for looking at them.

use super::{
    Emails, Letter, LetterError, Notice, NoticeButton, NoticeQuestion, PickLine, Rendered, RenewalFacts,
    WaysOut,
};
use crate::{ENGLISH, Templates};

const HOUSE: &str = "https://help.lakeshore.example";

/// A reader about whom everything is known and who agreed to be watched.
pub fn full() -> Letter {
    Letter {
        from_name: None,
        vendor: "Lakeshore".to_owned(),
        colors: crate::BrandColor::default(),
        first_name: Some("Maria".to_owned()),
        company: Some("Alvarez Dental".to_owned()),
        why_line: "You get this because you asked Lakeshore for training letters on 3 March 2026.".to_owned(),
        postal_address: "12 Harbor Street, Duluth, MN 55802, USA".to_owned(),
        phone: Some("555-0142".to_owned()),
        button_url: counted("1"),
        picks: picks()
            .into_iter()
            .zip(1..)
            .map(|(pick, n)| PickLine { url: counted(&n.to_string()), ..pick })
            .collect(),
        renewal: Some(RenewalFacts {
            product: "Lakeshore Phones".to_owned(),
            renews_on: "12 June 2026".to_owned(),
            days_left: 61,
            seats: 12,
            seats_used: 9,
            seats_unused: 3,
            billed_by: Some("Northwind IT".to_owned()),
        }),
        yes_url: "https://help.lakeshore.example/c/sample-yes".to_owned(),
        no_url: "https://help.lakeshore.example/c/sample-no".to_owned(),
        choices_url: "https://help.lakeshore.example/p/sample".to_owned(),
        search_url: "https://help.lakeshore.example/search".to_owned(),
        stop_url: "https://help.lakeshore.example/u/sample".to_owned(),
        pixel_url: Some("https://help.lakeshore.example/o/sample".to_owned()),
        links: std::collections::BTreeMap::new(),
    }
}

/// The same reader without consent to tracking: plain addresses, no pixel.
pub fn untracked() -> Letter {
    Letter {
        button_url: "https://help.lakeshore.example/learn/greet-callers-after-hours".to_owned(),
        picks: picks(),
        yes_url: "https://help.lakeshore.example/useful/sample?answer=yes".to_owned(),
        no_url: "https://help.lakeshore.example/useful/sample?answer=no".to_owned(),
        pixel_url: None,
        ..full()
    }
}

/// A reader of whom we know the address and the renewal only.
pub fn nameless() -> Letter {
    let renewal = untracked().renewal.map(|facts| RenewalFacts {
        days_left: 1,
        seats: 4,
        seats_used: 4,
        seats_unused: 0,
        billed_by: None,
        ..facts
    });
    Letter { first_name: None, company: None, phone: None, renewal, ..untracked() }
}

/// Every sample, each with a word for what is special about it.
pub fn all() -> [(&'static str, Letter); 3] {
    [("full", full()), ("untracked", untracked()), ("nameless", nameless())]
}

/// Every letter of the house with every sample, and every service letter, each with its name.
pub fn draw_all(templates: &Templates) -> Result<Vec<(String, Rendered)>, LetterError> {
    let emails = Emails::starter().expect("a test compiles the letters of the house");
    let mut drawn = Vec::new();
    for meta in emails.list() {
        for (kind, letter) in all() {
            drawn.push((format!("{}-{kind}", meta.name), emails.letter(&meta.name, &letter, templates)?));
        }
    }
    for (name, notice) in [("reminder", reminder()), ("answered", answered()), ("sign-in", sign_in())] {
        drawn.push((format!("notice-{name}"), notice.draw(templates.words(ENGLISH))?));
    }
    Ok(drawn)
}

/// A reminder on the day that the reader chose.
pub fn reminder() -> Notice {
    Notice {
        subject: "You asked us to remind you: Greet callers after hours".to_owned(),
        title: "Greet callers after hours".to_owned(),
        before: vec!["Hello Maria,".to_owned(), "You stopped at step 2.".to_owned()],
        button: Some(NoticeButton {
            label: "Carry on".to_owned(),
            url: format!("{HOUSE}/learn/greet-callers-after-hours"),
        }),
        why_line: "You get this one letter because you chose this day for a reminder.".to_owned(),
        question: Some(NoticeQuestion {
            text: "Did this come at a good moment?".to_owned(),
            yes_url: format!("{HOUSE}/useful/notice.reminder?answer=yes"),
            no_url: format!("{HOUSE}/useful/notice.reminder?answer=no"),
        }),
        ways_out: Some(WaysOut {
            choices_url: format!("{HOUSE}/p/sample"),
            stop_url: format!("{HOUSE}/u/sample"),
            leave_url: None,
        }),
        ..blank()
    }
}

/// Somebody answered the reader's question.
pub fn answered() -> Notice {
    Notice {
        subject: "There is an answer: Who should hear the emergency line?".to_owned(),
        title: "Who should hear the emergency line?".to_owned(),
        before: vec!["Hello Maria,".to_owned(), "Somebody answered a question that you follow.".to_owned()],
        button: Some(NoticeButton {
            label: "Read the answer".to_owned(),
            url: format!("{HOUSE}/ask/sample"),
        }),
        why_line: "You get this one letter because you asked to hear of answers to this question.".to_owned(),
        question: Some(NoticeQuestion {
            text: "Is an e-mail a good way to hear of answers?".to_owned(),
            yes_url: format!("{HOUSE}/useful/notice.answer?answer=yes"),
            no_url: format!("{HOUSE}/useful/notice.answer?answer=no"),
        }),
        ways_out: reminder()
            .ways_out
            .map(|out| WaysOut { leave_url: Some(format!("{HOUSE}/u/leave")), ..out }),
        ..blank()
    }
}

/// The link and the code to sign in.
pub fn sign_in() -> Notice {
    Notice {
        subject: "Your link to sign in at Lakeshore".to_owned(),
        title: "Here is your link".to_owned(),
        before: vec!["Hello Maria,".to_owned(), "It works once, and for ten minutes.".to_owned()],
        button: Some(NoticeButton { label: "Sign in".to_owned(), url: format!("{HOUSE}/sign-in/sample") }),
        code: Some("012345".to_owned()),
        after: vec!["In another browser we ask for this code.".to_owned()],
        why_line: "You get this one letter because this address was typed in at our sign-in.".to_owned(),
        ..blank()
    }
}

fn blank() -> Notice {
    let Letter { vendor, postal_address, phone, search_url, .. } = full();
    Notice {
        signer: Some("Dana Okafor".to_owned()),
        vendor,
        postal_address,
        phone,
        search_url,
        ..Notice::default()
    }
}

fn counted(link: &str) -> String {
    format!("https://help.lakeshore.example/c/sample-{link}")
}

fn picks() -> Vec<PickLine> {
    let pick = |title: &str, summary: &str, minutes, because: &str, page: &str| PickLine {
        title: title.to_owned(),
        summary: summary.to_owned(),
        minutes,
        because: because.to_owned(),
        url: format!("https://help.lakeshore.example{page}"),
    };
    vec![
        pick(
            "Greet callers after hours",
            "Record one greeting and choose when it plays, so that nobody hears it ring out.",
            4,
            "You have Lakeshore phones and told us you are new to them.",
            "/learn/greet-callers-after-hours",
        ),
        pick(
            "Get one deleted file back",
            "Try it once on a file that does not matter, so that you can do it on one that does.",
            6,
            "You have Lakeshore Backup and nobody has restored a file yet.",
            "/learn/restore-one-file",
        ),
        pick(
            "Wi-Fi is slow or keeps dropping",
            "Three checks, the quickest first. No tools needed.",
            5,
            "You have Lakeshore Internet, and this is the quickest check to know by heart.",
            "/fix/wifi-slow",
        ),
    ]
}
