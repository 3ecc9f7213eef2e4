//! Letters as they come out on the wire.

use std::collections::BTreeSet;
use std::net::Ipv4Addr;

use mail_parser::MessageParser;
use server::{router, shelf::Shelves, web::listen};

use crate::harness::{Campaign, House, Mail, MailServer, Node, Town, everywhere, row_of};

const WATCHED: &str = "p0@acme-0.example";
const UNWATCHED: &str = "p1@acme-0.example";

/// Two letters, one to somebody who allows tracking and one to a colleague who does not.
async fn two_letters() -> Vec<(House, Node, MailServer)> {
    let mut all = Vec::new();
    for mut house in everywhere().await {
        let server = MailServer::open().await;
        house.writes_through(&server);
        let mut town = Town::that_joined(1, 2);
        town.let_join("training;tracking", |person| person.email == WATCHED);
        let node = Campaign::launched(&house, &town).await;
        assert_eq!(node.tick().await.sent, 2, "{}", house.name);
        all.push((house, node, server));
    }
    all
}

fn only(server: &MailServer, recipient: &str) -> Mail {
    let mut mails = server.mails_to(recipient);
    assert_eq!(mails.len(), 1, "one letter to {recipient}");
    mails.remove(0)
}

/// Every address in a text that leads to this door of the house.
fn doors(text: &str, door: char) -> BTreeSet<String> {
    let start = format!("http://127.0.0.1:8080/{door}/");
    let mut found = BTreeSet::new();
    for (at, _) in text.match_indices(&start) {
        let rest = &text[at + start.len()..];
        let fits = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        found.insert(rest.chars().take_while(|c| fits(*c)).collect());
    }
    found
}

#[tokio::test]
async fn without_consent_to_tracking_a_letter_has_no_pixel_and_no_personal_link_but_stop_and_choices() {
    for (house, node, server) in two_letters().await {
        let (text, html) = only(&server, UNWATCHED).bodies();
        for body in [&text, &html] {
            assert!(doors(body, 'c').is_empty(), "{}: {body}", house.name);
            assert!(doors(body, 'o').is_empty(), "{}: {body}", house.name);
            assert_eq!((doors(body, 'u').len(), doors(body, 'p').len()), (1, 1), "{}: {body}", house.name);
            assert!(body.contains("http://127.0.0.1:8080/learn/"), "{}: plain links stay", house.name);
        }
        assert_eq!(row_of(&node, UNWATCHED).await.links, Some(serde_json::json!([])), "{}", house.name);
    }
}

#[tokio::test]
async fn with_consent_to_tracking_a_letter_has_one_pixel_and_its_links_lead_through_the_house() {
    for (house, node, server) in two_letters().await {
        let (text, html) = only(&server, WATCHED).bodies();
        assert_eq!(doors(&html, 'o').len(), 1, "{}: one pixel", house.name);
        assert!(doors(&text, 'o').is_empty(), "{}: text has none", house.name);
        let clicks = doors(&html, 'c');
        assert!(!clicks.is_empty() && doors(&text, 'c').is_subset(&clicks), "{}", house.name);
        assert!(!html.contains("http://127.0.0.1:8080/learn/"), "{}: no plain link is left", house.name);
        let kept = row_of(&node, WATCHED).await.links.expect("its links are kept");
        assert!(kept.as_array().unwrap().len() >= clicks.len(), "{}", house.name);

        let (_, other) = only(&server, UNWATCHED).bodies();
        for door in ['u', 'p'] {
            assert!(
                doors(&html, door).is_disjoint(&doors(&other, door)),
                "{}: each has their own",
                house.name
            );
        }
    }
}

#[tokio::test]
async fn the_headers_of_a_letter_hold_on_the_wire() {
    for (house, _, server) in two_letters().await {
        let mut ids = BTreeSet::new();
        for mail in server.mails() {
            let head = mail.wire.windows(4).position(|four| four == b"\r\n\r\n").expect("headers end");
            let head = std::str::from_utf8(&mail.wire[..head]).unwrap();
            let names: Vec<String> = head
                .split("\r\n")
                .filter(|line| !line.starts_with([' ', '\t']))
                .map(|line| line.split(':').next().unwrap_or_default().to_ascii_lowercase())
                .collect();
            for name in [
                "from",
                "to",
                "date",
                "message-id",
                "subject",
                "mime-version",
                "content-type",
                "list-unsubscribe",
                "list-unsubscribe-post",
            ] {
                let count = names.iter().filter(|other| *other == name).count();
                assert_eq!(count, 1, "{}: one {name} in {head}", house.name);
            }
            for name in ["bcc", "cc", "auto-submitted"] {
                assert!(!names.iter().any(|other| other == name), "{}: no {name}", house.name);
            }
            let letter = mail.letter();
            let parsed = MessageParser::new().parse(&letter).unwrap();
            let to: Vec<_> = parsed.to().unwrap().iter().filter_map(|one| one.address()).collect();
            assert_eq!(to, [mail.to.as_str()], "{}", house.name);
            assert_eq!(parsed.from().unwrap().iter().count(), 1, "{}", house.name);
            assert!(parsed.date().is_some_and(mail_parser::DateTime::is_valid), "{}", house.name);
            assert_eq!((parsed.text_body_count(), parsed.html_body_count()), (1, 1), "{}", house.name);
            assert!(ids.insert(mail.message_id()), "{}: each letter has its own Message-ID", house.name);
            assert!(mail.message_id().ends_with("@bayside.example"), "{}", house.name);

            let (text, html) = mail.bodies();
            let stop = mail.header("List-Unsubscribe");
            let stop = stop.trim_matches(['<', '>']);
            assert!(
                text.contains(stop) && html.contains(stop),
                "{}: {stop} stands in both bodies",
                house.name
            );
            assert_eq!(mail.header("List-Unsubscribe-Post"), "List-Unsubscribe=One-Click", "{}", house.name);
        }
        assert_eq!(ids.len(), 2, "{}", house.name);
    }
}

#[tokio::test]
async fn a_letter_has_whole_short_lines_and_nothing_that_an_old_server_could_not_carry() {
    for (house, _, server) in two_letters().await {
        for mail in server.mails() {
            let mut rest: &[u8] = &mail.wire;
            while let Some(end) = rest.iter().position(|byte| *byte == b'\n') {
                let line = rest[..end].strip_suffix(b"\r");
                let line = line.unwrap_or_else(|| panic!("{}: a line ends in LF alone", house.name));
                assert!(line.len() <= 998, "{}: a line of {}", house.name, line.len());
                assert!(!line.contains(&b'\r') && !line.contains(&0), "{}: no stray CR or NUL", house.name);
                rest = &rest[end + 1..];
            }
            assert!(rest.is_empty() && mail.wire.is_ascii(), "{}", house.name);
        }
    }
}

#[tokio::test]
async fn a_stop_by_the_mail_programs_own_button_holds_before_the_next_letter() {
    rustls::crypto::ring::default_provider().install_default().ok();
    for mut house in everywhere().await {
        let server = MailServer::open().await;
        house.writes_through(&server);
        house.mail.batch = 1;
        let node = Campaign::launched(&house, &Town::that_joined(1, 1)).await;
        assert_eq!(node.tick().await.sent, 1, "{}", house.name);
        let letter = only(&server, WATCHED);
        let stop = letter.header("List-Unsubscribe");
        let path = stop.trim_matches(['<', '>']).trim_start_matches("http://127.0.0.1:8080").to_owned();

        let listener = tokio::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let here = format!("http://{}", listener.local_addr().unwrap());
        let pages = router::house(&node.app, &Shelves::default());
        let serving = tokio::spawn(listen::serve(listener, pages, std::future::pending()));
        let browser = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
        let looked = browser.get(format!("{here}{path}")).send().await.unwrap();
        assert_eq!(looked.status(), 200, "{}", house.name);
        relaunch(&node).await;
        assert_eq!(node.status().await.planned, 1, "{}: looking stops nothing", house.name);

        let pressed = browser
            .post(format!("{here}{path}"))
            .header("content-type", "application/x-www-form-urlencoded")
            .body("List-Unsubscribe=One-Click")
            .send()
            .await
            .unwrap();
        assert!(pressed.status().is_success(), "{}: {}", house.name, pressed.status());
        assert_eq!(node.tick().await.sent, 0, "{}", house.name);
        assert_eq!(server.kept(), 1, "{}: nothing after the stop", house.name);
        assert_eq!(node.status().await.skipped, [("suppressed".to_owned(), 1)].into(), "{}", house.name);
        serving.abort();
    }
}

/// Owes the same person another letter, as the next step of a longer journey would.
async fn relaunch(node: &Node) {
    node.edit("UPDATE messages SET step = 'earlier'").await;
    node.edit("DELETE FROM enrolments").await;
    node.edit("UPDATE journeys SET state = 'done'").await;
    node.launch(1).await.unwrap();
}
