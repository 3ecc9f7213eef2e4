//! Letters pause when fewer seem to renew, and go out again only when a lead says so.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::io::Cursor;

use chrono::{DateTime, Utc};
use sea_orm::EntityTrait;
use server::campaigns::comparison::Terms;
use server::profiles::import::{Options, RowKind, Unwatched, import_csv};
use server::store::comparison::Design;
use server::store::entities::account;
use server::store::holds;
use server::store::journeys::{self, State};
use server::store::programs;

use crate::harness::{Campaign, Deed, Gate, House, JOURNEY, MailServer, Node, Stage, Town, everywhere};

const LEAD: &str = "dana@lakeshore.example";
const GO_ON: [&str; 7] =
    ["program", "decide", "start-well", "--go-on", "--because", "One reseller moved its customers.", "--by"];

fn at(time: &str) -> DateTime<Utc> {
    time.parse().expect("this is a time")
}

async fn houses() -> Vec<(House, MailServer)> {
    let mut houses = Vec::new();
    for mut house in everywhere().await {
        let server = MailServer::open().await;
        house.writes_through(&server);
        house.mail.batch = 5;
        houses.push((house, server));
    }
    houses
}

/// A campaign of which five letters are out, and a comparison side that then renews where the program side does not.
/// Nobody has looked at it yet.
async fn harmful(house: &House) -> (Node, usize) {
    let terms = Terms { design: Design::Members, share: 0.5, ..Terms::default() };
    let began = at("2026-01-10T09:00:00Z");
    let node = Campaign::saved(house, &Town::that_joined(60, 1), terms, Some(began)).await;
    let people = node.entering().await;
    node.launch(people).await.expect("the number is right");
    assert_eq!(node.tick().await.sent, 5, "{}", house.name);

    let accounts = account::Entity::find().all(node.app.db.read()).await.expect("the database is there");
    let mut licences = "external_id,account,product,renews_on\n".to_owned();
    let mut renewals = "licence,due_on,outcome,decided_on\n".to_owned();
    for account in accounts {
        let name = account.external_id;
        let outcome = if account.side.as_deref() == Some("comparison") { "renewed" } else { "lapsed" };
        writeln!(licences, "l-{name},{name},phones,2026-03-01").expect("a string takes everything");
        writeln!(renewals, "l-{name},2026-03-01,{outcome},2026-03-01").expect("a string takes everything");
    }
    node.app.clock.set(at("2026-05-02T09:00:00Z"));
    let products = "code,name\nphones,Phones\n".to_owned();
    let files = [(RowKind::Products, products), (RowKind::Licences, licences), (RowKind::Renewals, renewals)];
    for (kind, file) in files {
        let file = Cursor::new(file.into_bytes());
        let summary = import_csv(&node.app, kind, file, &Options::default(), &mut Unwatched).await;
        assert_eq!(summary.expect("the file is taken in").counts.refused, 0, "{}", house.name);
    }
    (node, usize::try_from(people).expect("a town is small"))
}

async fn state(node: &Node) -> State {
    let journey = journeys::find(node.app.db.read(), JOURNEY).await.expect("the database is there");
    journey.expect("the journey is there").state
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn letters_pause_when_fewer_renew_and_go_on_once_each_when_a_lead_says_so() {
    for (house, server) in houses().await {
        let (node, people) = harmful(&house).await;
        node.minute().await;
        assert_eq!(server.kept(), 5, "{}: the look came before the letters", house.name);

        // A restart, a second node, a day later.
        drop(node);
        let next_day = Some(at("2026-05-03T09:00:00Z"));
        let (one, other) = (Node::wake(&house, next_day).await, Node::wake(&house, next_day).await);
        tokio::join!(one.minute(), other.minute());
        assert_eq!((server.kept(), state(&one).await), (5, State::Running), "{}", house.name);
        let status = Campaign::status(&house);
        assert_eq!(status["held"], true, "{}", house.name);
        assert_eq!(status["planned"], people - 5, "{}", house.name);

        let said = house.run(&["report", "lift", "--program", "start-well"]);
        assert!(said.starts_with("Letters of this program have paused since 2 May 2026."), "{said}");
        let said = house.refusal(&["journey", "resume", JOURNEY]);
        assert!(
            said.contains("paused since 2 May 2026") && said.contains("rapport program decide"),
            "{said}"
        );
        one.edit("UPDATE journeys SET state = 'done'").await;
        let said = one.launch(0).await.expect_err("a launch is refused").to_string();
        assert!(said.contains("paused since 2 May 2026"), "{}: {said}", house.name);
        one.edit("UPDATE journeys SET state = 'running'").await;

        let decide = [&GO_ON[..], &[LEAD]].concat();
        let said = house.refusal(&decide);
        assert!(said.contains("is no program lead and no admin"), "{}: {said}", house.name);
        house.run(&["user", "add", LEAD, "--role", "marketer"]);
        house.refusal(&decide);
        house.run(&["user", "add", LEAD, "--role", "program_lead"]);
        let decided = house.run(&[&decide[..], &["--json"]].concat());
        let decided: serde_json::Value = serde_json::from_str(&decided).expect("the program prints JSON");
        assert_eq!(decided["program"], "start-well", "{}: {decided}", house.name);
        assert_eq!(decided["decided"]["decision"], "go-on", "{}: {decided}", house.name);
        assert_eq!(decided["decided"]["by"], LEAD, "{}: {decided}", house.name);
        let report = house.run(&["report", "lift", "--program", "start-well", "--json"]);
        let report: serde_json::Value = serde_json::from_str(&report).expect("the program prints JSON");
        assert_eq!(report["hold"]["decided"], decided["decided"], "{}: {report}", house.name);
        let said = house.refusal(&decide);
        assert!(said.contains("nothing to decide") && said.contains(LEAD), "{}: {said}", house.name);

        tokio::join!(one.minute(), other.minute());
        one.minute().await;
        let written_to: BTreeSet<_> = server.mails().into_iter().map(|mail| mail.to).collect();
        assert_eq!((written_to.len(), server.kept()), (people, people), "{}", house.name);
        assert_eq!(Campaign::status(&house)["held"], false, "{}", house.name);
        let kept = house.run(&["program", "holds", "start-well", "--json"]);
        let kept: serde_json::Value = serde_json::from_str(&kept).expect("the program prints JSON");
        assert_eq!(kept.as_array().map(Vec::len), Some(1), "{}: {kept}", house.name);
        assert_eq!(kept[0]["decided"]["decision"], "go-on", "{}", house.name);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_launch_looks_first_and_is_held_at_once_by_a_reading_that_nobody_had_looked_at() {
    for (house, server) in houses().await {
        let (node, _) = harmful(&house).await;
        node.edit("UPDATE journeys SET state = 'done'").await;
        let planned = node.rows().await.len();
        let people = node.entering().await;
        let said = node.launch(people).await.expect_err("it is refused").to_string();
        assert!(said.contains("paused since 2 May 2026") && said.contains("A lead decides"), "{said}");
        assert_eq!((node.rows().await.len(), server.kept()), (planned, 5), "{}", house.name);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn letters_that_a_lead_ended_are_never_sent_and_the_status_adds_up() {
    for (house, server) in houses().await {
        let (node, people) = harmful(&house).await;
        node.minute().await;
        house.run(&["user", "add", LEAD, "--role", "admin"]);
        house.run(&["program", "decide", "start-well", "--end", "--because", "It does harm.", "--by", LEAD]);
        node.minute().await;
        assert_eq!((server.kept(), state(&node).await), (5, State::Stopped), "{}", house.name);
        let status = node.status().await;
        assert_eq!((status.sent, status.pending()), (5, 0), "{}", house.name);
        assert_eq!(status.skipped["ended"], people as u64 - 5, "{}", house.name);
        let parts = status.sent + status.failed + status.unknown + status.skipped.values().sum::<u64>();
        assert_eq!(status.total, parts, "{}", house.name);
        node.edit("UPDATE journeys SET state = 'done'").await;
        let said = node.launch(0).await.expect_err("a launch is refused").to_string();
        assert!(said.contains("ended the letters") && said.contains(LEAD), "{}: {said}", house.name);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_hold_in_the_middle_of_a_batch_gives_it_back() {
    for (mut house, server) in houses().await {
        house.mail.connections = 2;
        let node = Campaign::launched(&house, &Town::that_joined(5, 1)).await;
        let gate = Gate::shut();
        server.times(2, Stage::Data, Deed::Hold(gate.clone()));
        let sending = node.tick_apart();
        gate.holds(2).await;
        let (app, now) = (&node.app, node.app.clock.now());
        let program = programs::find(app.db.read(), "start-well").await.unwrap().expect("it is there");
        let txn = app.db.begin().await.unwrap();
        holds::open(&txn, app.ids.next(), program.id, now, "Fewer renew.").await.unwrap();
        txn.commit().await.unwrap();
        gate.open();
        assert_eq!(sending.await.unwrap().sent, 0, "{}", house.name);
        let rows = node.rows().await;
        assert!(rows.iter().all(|row| row.state == "planned" && row.attempts == 0), "{}", house.name);
        assert_eq!((node.tick().await.claimed, server.kept()), (0, 0), "{}", house.name);
    }
}
