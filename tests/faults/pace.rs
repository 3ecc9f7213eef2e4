//! How often people want letters, with two campaigns that write to the same people.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use server::campaigns::plan;
use server::cli::journey;
use server::shelf::Shelf;
use server::store::journeys::{self, Journey};
use server::store::messages::Status;

use crate::harness::{Campaign, Deed, Gate, House, JOURNEY, MailServer, Node, Stage, Town, everywhere};

const SECOND: &str = "second";
const SECOND_JOURNEY: &str = r#"{
  "schema": "rapport.journey/1", "name": "second", "title": "And another one", "program": "start-well",
  "entry": { "on": "launch", "segment": "class is small" },
  "steps": [{ "id": "s1", "type": "email", "email": "welcome" }]
}"#;

fn noon() -> DateTime<Utc> {
    "2026-03-03T12:00:00Z".parse().unwrap()
}

/// A house with one campaign launched and a second one saved, whose people all want letters this often.
async fn town_at(house: &House, people: usize, pace: &str) -> Node {
    let node = Campaign::launched_at(house, &Town::that_joined(people, 1), noon()).await;
    let second = Journey::parse(SECOND_JOURNEY).unwrap();
    let (app, now) = (&node.app, node.app.clock.now());
    let txn = app.db.begin().await.unwrap();
    journeys::save(&txn, app.namespace, &second, now).await.unwrap();
    txn.commit().await.unwrap();
    node.edit(&format!("UPDATE contacts SET pace = '{pace}'")).await;
    node
}

/// Who would get the second letter now, and why others would not.
async fn audience(node: &Node) -> (usize, BTreeMap<String, u64>) {
    let shelf = Shelf::load(&node.app).await.unwrap();
    let found = plan::preview(&node.app, &shelf, SECOND).await.unwrap();
    (found.entering.len(), found.left_out)
}

async fn launch_second(node: &Node, people: u64) {
    let shelf = Shelf::load(&node.app).await.unwrap();
    journey::launch(&node.app, &shelf, SECOND, people, "test").await.unwrap();
}

async fn second(node: &Node) -> Status {
    plan::status(&node.app, SECOND).await.unwrap().1
}

fn because(reason: &str, people: u64) -> BTreeMap<String, u64> {
    [(reason.to_owned(), people)].into()
}

#[tokio::test]
async fn of_two_letters_on_two_nodes_at_once_a_person_who_wants_one_a_week_gets_one() {
    for mut house in everywhere().await {
        const PEOPLE: usize = 8;
        let server = MailServer::open().await;
        house.writes_through(&server);
        house.mail.batch = PEOPLE as u64;
        let one = town_at(&house, PEOPLE, "weekly").await;
        launch_second(&one, PEOPLE as u64).await;
        let other = Node::wake(&house, Some(noon())).await;
        let gate = Gate::shut();
        server.times(2 * PEOPLE, Stage::Data, Deed::Hold(gate.clone()));
        let sending = [one.tick_apart(), other.tick_apart()];
        gate.holds(2 * PEOPLE).await;
        gate.open();
        let mut sent = 0;
        for round in sending {
            sent += tokio::time::timeout(Duration::from_secs(30), round).await.unwrap().unwrap().sent;
        }
        let people: BTreeSet<_> = server.mails().into_iter().map(|mail| mail.to).collect();
        assert!(sent > 0 && server.kept() == people.len(), "{}: {sent}", house.name);

        // A letter that met another one on its way asks again later.
        for _ in 0..3 {
            one.app.clock.advance(TimeDelta::minutes(5));
            one.tick().await;
        }
        let people: BTreeSet<_> = server.mails().into_iter().map(|mail| mail.to).collect();
        assert_eq!((server.kept(), people.len()), (PEOPLE, PEOPLE), "{}", house.name);
        let (first, second) = (one.status().await, second(&one).await);
        assert_eq!((first.pending(), second.pending()), (0, 0), "{}", house.name);
        let too_soon = |status: &Status| status.skipped.get("too-soon").copied().unwrap_or_default();
        assert_eq!(too_soon(&first) + too_soon(&second), PEOPLE as u64, "{}", house.name);
    }
}

#[tokio::test]
async fn the_next_letter_comes_when_the_time_is_over_and_not_a_second_sooner() {
    for mut house in everywhere().await {
        let server = MailServer::open().await;
        house.writes_through(&server);
        let node = town_at(&house, 3, "as-it-happens").await;
        for (pace, person) in [("weekly", "p0@acme-1.example"), ("monthly", "p0@acme-2.example")] {
            node.edit(&format!("UPDATE contacts SET pace = '{pace}' WHERE email_key = '{person}'")).await;
        }
        assert_eq!(audience(&node).await, (3, BTreeMap::new()), "{}: nothing came yet", house.name);
        assert_eq!(node.tick().await.sent, 3, "{}", house.name);

        let (second, day) = (TimeDelta::seconds(1), TimeDelta::days(1));
        let waits =
            [(TimeDelta::zero(), 1), (day * 7 - second, 1), (second, 2), (day * 23 - second, 2), (second, 3)];
        for (wait, enter) in waits {
            node.app.clock.advance(wait);
            let left_out = if enter < 3 { because("too-soon", 3 - enter) } else { BTreeMap::new() };
            let right = (usize::try_from(enter).unwrap(), left_out);
            assert_eq!(audience(&node).await, right, "{} after {wait}", house.name);
        }
        launch_second(&node, 3).await;
        assert_eq!((node.tick().await.sent, server.kept()), (3, 6), "{}", house.name);
    }
}

#[tokio::test]
async fn what_may_have_come_counts_and_what_was_refused_does_not() {
    for mut house in everywhere().await {
        let server = MailServer::open().await;
        house.writes_through(&server);
        let node = town_at(&house, 1, "monthly").await;
        assert_eq!(node.tick().await.sent, 1, "{}", house.name);
        node.app.clock.advance(TimeDelta::days(8));
        for (state, too_soon) in [("unknown", true), ("handing_over", true), ("failed", false)] {
            node.edit(&format!("UPDATE messages SET state = '{state}'")).await;
            let right = if too_soon { (0, because("too-soon", 1)) } else { (1, BTreeMap::new()) };
            assert_eq!(audience(&node).await, right, "{}: {state}", house.name);
        }
    }
}

#[tokio::test]
async fn who_wants_none_is_in_no_head_count_and_the_words_say_why() {
    for mut house in everywhere().await {
        let server = MailServer::open().await;
        house.writes_through(&server);
        let node = town_at(&house, 2, "none").await;
        assert_eq!(node.tick().await.sent, 0, "{}: launched before they said so", house.name);
        assert_eq!(node.status().await.skipped, because("wants-none", 2), "{}", house.name);
        assert_eq!(audience(&node).await, (0, because("wants-none", 2)), "{}", house.name);
        assert_eq!(Campaign::status(&house)["skipped"]["wants-none"], 2, "{}", house.name);
        let printed = house.run(&["journey", "status", JOURNEY]);
        assert!(printed.contains("wants no letters for now, and stays a member: 2"), "{printed}");
    }
}
