//! What we know about Maria, and what her practice pays for.

use super::signed_in_reader;
use crate::center::{
    Around, Changed, FactAnswer, FactChoice, FactGroup, FactPage, FarewellPage, KnownFact, Link, MePage,
    MinePage, OwnLicence, OwnPage, Problem,
};

fn around() -> Around {
    Around {
        me_href: Some("/me".to_owned()),
        choices_href: Some("/me/email".to_owned()),
        ..signed_in_reader()
    }
}

fn fact(name: &str, value: Option<&str>, from: &str) -> KnownFact {
    KnownFact {
        name: name.to_owned(),
        value: value.map(str::to_owned),
        from: from.to_owned(),
        ..KnownFact::default()
    }
}

fn own(word: &str, fact: KnownFact) -> KnownFact {
    let remove_action = fact.value.is_some().then(|| format!("/me/facts/{word}/remove"));
    KnownFact { change_href: Some(format!("/me/facts/{word}")), remove_action, ..fact }
}

pub(super) fn me() -> MePage {
    let told = "You told us on 3 March 2026";
    let records = "Lakeshore’s records, as of 1 March 2026";
    let page = |icon, label: &str, hint: &str, href: &str| OwnPage {
        icon,
        label: label.to_owned(),
        hint: hint.to_owned(),
        href: href.to_owned(),
    };
    MePage {
        around: around(),
        changed: None,
        groups: vec![
            FactGroup {
                id: "about-you",
                title: "You".to_owned(),
                lead: Some("To change your e-mail address, call us: then we know that it is you.".to_owned()),
                facts: vec![
                    own("first-name", fact("First name", Some("Maria"), told)),
                    fact("E-mail address", Some("maria.alvarez@lakeside-dental.example"), records),
                    own("role", fact("What you do", None, "Nobody told us")),
                    own("level", fact("How you are with all this", Some("I get by"), told)),
                    own(
                        "user-type",
                        fact(
                            "When something is new",
                            Some("Be shown"),
                            "We think so from what you open here",
                        ),
                    ),
                ],
            },
            FactGroup {
                id: "business",
                title: "Your business".to_owned(),
                lead: None,
                facts: vec![
                    fact("Name", Some("Lakeside Dental"), records),
                    KnownFact {
                        change_href: Some("/me/facts/employees".to_owned()),
                        ..fact("How many of you", Some("12 people"), "You told us: 5 to 9")
                    },
                ],
            },
        ],
        pages: vec![
            page(
                "mail",
                "E-mail choices",
                "What we may send you, a break of 30 days, stop everything",
                "/me/email",
            ),
            page("layers", "Your business", "What you pay for, and when it renews", "/mine"),
            page("shield", "Where you are signed in", "Each browser", "/me/sessions"),
        ],
        downloads: ["/me/data.json".to_owned(), "/me/data.txt".to_owned()],
        leave_href: "/me/leave".to_owned(),
        erase_href: "/me/erase".to_owned(),
    }
}

pub(super) fn changed() -> MePage {
    let changed = Changed {
        words: "Saved. It holds from now on.".to_owned(),
        holds: true,
        undo_action: Some("/me/facts/role/undo".to_owned()),
    };
    MePage { changed: Some(changed), ..me() }
}

pub(super) fn stays() -> MePage {
    let changed = Changed {
        words: "A colleague of yours has changed this since. It stays as they said.".to_owned(),
        holds: false,
        undo_action: None,
    };
    MePage { changed: Some(changed), ..me() }
}

fn choice(value: &str, label: &str, on: bool) -> FactChoice {
    FactChoice { value: value.to_owned(), label: label.to_owned(), on }
}

fn asking(word: &str, question: &str, answer: FactAnswer) -> FactPage {
    FactPage {
        around: around(),
        question: question.to_owned(),
        hint: "It decides what stands first on your page.".to_owned(),
        action: format!("/me/facts/{word}"),
        answer,
        problems: Vec::new(),
        back_href: "/me".to_owned(),
    }
}

pub(super) fn role() -> FactPage {
    let words = "Write it in up to 100 letters, or go back and press Remove".to_owned();
    FactPage {
        problems: vec![Problem { field: "value", words }],
        ..asking(
            "role",
            "What do you do in your business?",
            FactAnswer::Words { value: String::new(), autocomplete: "organization-title", longest: 100 },
        )
    }
}

pub(super) fn level() -> FactPage {
    let choices = vec![
        choice("starter", "I’m new to this", false),
        choice("getting-by", "I get by", true),
        choice("confident", "People ask me", false),
    ];
    asking("level", "How are you with all this?", FactAnswer::One { choices })
}

pub(super) fn timezone() -> FactPage {
    let groups = vec![
        (
            "America".to_owned(),
            vec![choice("America/Chicago", "Chicago", false), choice("America/New_York", "New York", true)],
        ),
        ("Europe".to_owned(), vec![choice("Europe/London", "London", false)]),
    ];
    asking("timezone", "What time is it where you are?", FactAnswer::List { groups })
}

pub(super) fn needs() -> FactPage {
    let choices = vec![
        choice("fewer missed calls", "fewer missed calls", true),
        choice("get paid faster", "get paid faster", false),
    ];
    let other = "a quieter reception".to_owned();
    asking("needs", "What do you want to get done?", FactAnswer::Many { choices, other })
}

fn farewell(word: &str, title: &str, button: &str) -> FarewellPage {
    let lines = |lines: &[&str]| lines.iter().map(|line| (*line).to_owned()).collect();
    FarewellPage {
        around: around(),
        title: title.to_owned(),
        lead: "One press, and you are out.".to_owned(),
        goes: lines(&["All letters, from this moment", "Every sign-in, in this browser and elsewhere"]),
        stays: lines(&["What you told us and what you finished", "What your business has from Lakeshore"]),
        action: format!("/me/{word}"),
        button: button.to_owned(),
        sure: None,
        problems: Vec::new(),
        instead: vec![Link { label: "Choose what we send you".to_owned(), href: "/me/email".to_owned() }],
    }
}

pub(super) fn leave() -> FarewellPage {
    farewell("leave", "Leave?", "Leave")
}

pub(super) fn erase() -> FarewellPage {
    let words = "Tick the box if you are sure, or go back".to_owned();
    FarewellPage {
        sure: Some("Yes, erase everything about me. I know that it cannot be undone.".to_owned()),
        problems: vec![Problem { field: "sure", words }],
        ..farewell("erase", "Erase everything about you?", "Erase me")
    }
}

pub(super) fn mine() -> MinePage {
    MinePage {
        around: around(),
        company: "Lakeside Dental".to_owned(),
        licences: vec![
            OwnLicence {
                product: "Phones".to_owned(),
                seats: Some("7 of 10 seats in use, counted on 1 March 2026".to_owned()),
                width: Some(70),
                unused: Some(
                    "3 seats nobody used since 4 December 2025: set them up, or give them back before 12 June 2026."
                        .to_owned(),
                ),
                renews: "12 June 2026, in 101 days".to_owned(),
                price: Some("$1,200".to_owned()),
                billed_by: "Lakeshore bills you".to_owned(),
                calendar_href: Some("/mine/phones.ics".to_owned()),
            },
            OwnLicence {
                product: "Backup".to_owned(),
                renews: "1 September 2026, in 182 days".to_owned(),
                billed_by: "Billed by Harbor Office Supply, your partner".to_owned(),
                calendar_href: Some("/mine/backup.ics".to_owned()),
                ..OwnLicence::default()
            },
        ],
        ask_href: Some("/ask/new?asked_of=expert&q=Something%20is%20not%20right".to_owned()),
    }
}

pub(super) fn mine_nothing() -> MinePage {
    MinePage { licences: Vec::new(), ..mine() }
}
