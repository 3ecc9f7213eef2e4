//! The rules as a table of cases.

use std::net::IpAddr;

use chrono::{DateTime, TimeDelta, Utc};

use super::*;

const CHROME: &str = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36";
const GMAIL: &str =
    "Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)";

fn evidence(agent: &str, seconds: i64) -> Evidence {
    Evidence {
        method: Method::Get,
        prefetch: false,
        agent: AgentFamily::of(Some(agent)),
        network: NetworkClass::Other,
        seconds: Some(seconds),
        burst: Burst { position: 1, links: 1, all: false, hasty: false },
    }
}

#[test]
fn each_rule_decides_its_case() {
    let base = || evidence(CHROME, 3_600);
    let cases = [
        ("a browser, an hour later", Kind::Click, base(), Verdict::Human),
        ("the same for the pixel", Kind::Open, base(), Verdict::Human),
        ("HEAD", Kind::Click, Evidence { method: Method::Head, ..base() }, Verdict::Machine),
        ("another method", Kind::Open, Evidence { method: Method::Other, ..base() }, Verdict::Machine),
        ("a prefetch", Kind::Click, Evidence { prefetch: true, ..base() }, Verdict::Machine),
        ("a click within 5 s", Kind::Click, evidence(CHROME, 4), Verdict::Machine),
        ("a click before the outcome was noted", Kind::Click, evidence(CHROME, -1), Verdict::Machine),
        ("a click after 5 s", Kind::Click, evidence(CHROME, 5), Verdict::Human),
        ("an open within 5 s in a browser", Kind::Open, evidence(CHROME, 2), Verdict::Human),
        ("hand-over not known", Kind::Click, Evidence { seconds: None, ..base() }, Verdict::Human),
        ("Apple's bare agent", Kind::Open, evidence("Mozilla/5.0", 900), Verdict::Machine),
        ("Apple's egress", Kind::Open, Evidence { network: NetworkClass::Apple, ..base() }, Verdict::Machine),
        (
            "a gateway's network",
            Kind::Click,
            Evidence { network: NetworkClass::Gateway, ..base() },
            Verdict::Machine,
        ),
        (
            "a gateway's agent",
            Kind::Click,
            evidence("Mozilla/5.0 (compatible; Barracuda Sentinel)", 900),
            Verdict::Machine,
        ),
        ("a library", Kind::Click, evidence("python-requests/2.32", 900), Verdict::Machine),
        ("Google's picture proxy, later", Kind::Open, evidence(GMAIL, 900), Verdict::Unclear),
        ("Google's picture proxy, at once", Kind::Open, evidence(GMAIL, 3), Verdict::Machine),
        (
            "Yahoo's picture proxy",
            Kind::Open,
            evidence("YahooMailProxy; https://help.yahoo.com", 900),
            Verdict::Unclear,
        ),
        (
            "a mail program",
            Kind::Open,
            evidence("Mozilla/5.0 Gecko/20100101 Thunderbird/128.0", 900),
            Verdict::Human,
        ),
        ("no agent at all", Kind::Click, evidence("", 900), Verdict::Unclear),
        ("an agent nobody knows", Kind::Open, evidence("SomethingElse 1", 900), Verdict::Unclear),
        (
            "three links in two seconds",
            Kind::Click,
            Evidence { burst: Burst { hasty: true, ..base().burst }, ..base() },
            Verdict::Machine,
        ),
        (
            "all links at once",
            Kind::Click,
            Evidence { burst: Burst { all: true, ..base().burst }, ..base() },
            Verdict::Machine,
        ),
    ];
    for (name, kind, evidence, expected) in cases {
        assert_eq!(judge(kind, &evidence), expected, "{name}");
    }
}

#[test]
fn an_address_is_known_by_its_range_and_nothing_more() {
    let of = |text: &str| NetworkClass::of(Some(text.parse::<IpAddr>().unwrap()));
    assert_eq!(of("17.58.97.3"), NetworkClass::Apple);
    assert_eq!(of("2620:149:ae0::17"), NetworkClass::Apple);
    assert_eq!(of("::ffff:17.58.97.3"), NetworkClass::Apple);
    assert_eq!(of("18.0.0.1"), NetworkClass::Other);
    assert_eq!(of("40.93.1.1"), NetworkClass::Gateway);
    assert_eq!(of("40.94.1.1"), NetworkClass::Other);
    assert_eq!(of("127.0.0.1"), NetworkClass::Local);
    assert_eq!(of("2001:db8::1"), NetworkClass::Other);
    assert_eq!(NetworkClass::of(None), NetworkClass::Unknown);
}

fn clicks(hits: &[(i64, i32)]) -> Vec<Click> {
    hits.iter()
        .map(|(ms, link)| Click {
            at: DateTime::<Utc>::UNIX_EPOCH + TimeDelta::milliseconds(*ms),
            link: *link,
        })
        .collect()
}

#[test]
fn a_scanner_is_known_by_the_company_its_clicks_come_in() {
    let machine = |hits: &[(i64, i32)], links| {
        bursts(&clicks(hits), links).into_iter().map(Burst::is_machine).collect::<Vec<_>>()
    };
    // Three different links in two seconds: all three, whichever came first.
    assert_eq!(machine(&[(0, 1), (900, 2), (2_000, 3)], 9), [true; 3]);
    // The same, a little slower.
    assert_eq!(machine(&[(0, 1), (1_100, 2), (2_100, 3)], 9), [false; 3]);
    // One link, pressed three times by an impatient finger.
    assert_eq!(machine(&[(0, 1), (300, 1), (600, 1)], 9), [false; 3]);
    // All links of the letter, one after the other.
    assert_eq!(machine(&[(0, 1), (4_000, 2), (9_000, 3)], 3), [true; 3]);
    // A letter of one link: a reader cannot but take all of them.
    assert_eq!(machine(&[(0, 1)], 1), [false]);
    // A reader who comes back a minute later.
    assert_eq!(machine(&[(0, 1), (60_000, 2)], 2), [false; 2]);
    // A scanner, and hours later the reader.
    assert_eq!(machine(&[(0, 1), (500, 2), (900, 3), (7_200_000, 2)], 3), [true, true, true, false]);
}

#[test]
fn positions_count_within_a_burst() {
    let found = bursts(&clicks(&[(0, 1), (3_000, 2), (60_000, 1)]), 5);
    assert_eq!(
        found.iter().map(|one| (one.position, one.links)).collect::<Vec<_>>(),
        [(1, 2), (2, 2), (1, 1)]
    );
}

#[test]
fn what_is_kept_holds_no_address_and_no_agent() {
    let text = serde_json::to_string(&evidence(CHROME, 12)).unwrap();
    assert_eq!(
        text,
        r#"{"method":"GET","prefetch":false,"agent":"browser","network":"other","seconds":12,"burst":{"position":1,"links":1,"all":false,"hasty":false}}"#
    );
}
