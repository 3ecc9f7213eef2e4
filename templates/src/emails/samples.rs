//! Made-up readers, for the console's previews and for the tests.

use super::{Letter, PickLine, RenewalFacts};

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
