//! Records that cannot be written while a letter is on its way: no dot without the fence.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend};
use server::campaigns::dispatch::Round;
use server::config::MailSettings;
use tokio::task::JoinHandle;

use crate::harness::{
    Authority, Campaign, Deed, Gate, House, MailServer, Node, Stage, Tls, Town, everywhere,
};

/// A house whose node has said DATA for its only letter, and what keeps it from going on.
struct Held {
    house: House,
    server: MailServer,
    node: Node,
    gate: Gate,
    sending: JoinHandle<Round>,
}

async fn held() -> Vec<Held> {
    held_over(|_| Tls::None, "smtp").await
}

async fn held_over(tls: impl Fn(&Authority) -> Tls, scheme: &str) -> Vec<Held> {
    held_with(MailSettings::default(), tls, scheme).await
}

async fn held_with(mail: MailSettings, tls: impl Fn(&Authority) -> Tls, scheme: &str) -> Vec<Held> {
    let authority = Authority::unheard_of();
    let mut all = Vec::new();
    for mut house in everywhere().await {
        house.mail = mail;
        let server = MailServer::open_with(tls(&authority)).await;
        house.trusts(&authority);
        house.writes_to(server.url_with(scheme));
        let node = Campaign::launched_at(&house, &Town::that_joined(1, 1), noon()).await;
        let gate = Gate::shut();
        server.times(1, Stage::Data, Deed::Hold(gate.clone()));
        let sending = node.tick_apart();
        gate.holds(1).await;
        all.push(Held { house, server, node, gate, sending });
    }
    all
}

/// A write that keeps every fence waiting.
async fn long_write(node: &Node) -> DatabaseTransaction {
    let txn = node.app.db.begin().await.unwrap();
    if txn.get_database_backend() == DbBackend::Postgres {
        txn.execute_unprepared("LOCK TABLE messages IN EXCLUSIVE MODE").await.unwrap();
    }
    txn
}

fn noon() -> DateTime<Utc> {
    "2026-06-02T12:00:00Z".parse().expect("this is a time")
}

#[tokio::test]
async fn a_fence_that_cannot_be_written_leaves_the_dot_unsaid_and_the_letter_goes_out_later() {
    for Held { house, server, node, gate, sending } in held().await {
        node.edit("ALTER TABLE messages RENAME TO elsewhere").await;
        gate.open();
        assert_eq!(sending.await.unwrap().sent, 0, "{}", house.name);
        assert_eq!(server.kept(), 0, "{}", house.name);
        node.edit("ALTER TABLE elsewhere RENAME TO messages").await;
        node.age_leases().await;
        assert_eq!(node.tick().await.sent, 1, "{}", house.name);
        assert_eq!(server.kept(), 1, "{}", house.name);
    }
}

#[tokio::test]
async fn the_dot_waits_for_a_fence_that_waits_for_somebody_elses_long_write() {
    for Held { house, server, node, gate, sending } in held().await {
        let other = Node::wake(&house, Some(noon())).await;
        let txn = long_write(&other).await;
        gate.open();
        tokio::time::sleep(Duration::from_millis(500)).await;
        assert!(!sending.is_finished() && server.kept() == 0, "{}: no dot yet", house.name);
        txn.commit().await.unwrap();
        assert_eq!(sending.await.unwrap().sent, 1, "{}", house.name);
        assert_eq!((server.kept(), node.status().await.sent), (1, 1), "{}", house.name);
    }
}

/// A lease runs since before its fence was written: had that taken long, it could end before the answer.
#[tokio::test]
async fn a_fence_that_was_written_too_late_leaves_the_dot_unsaid_and_the_letter_goes_out_once() {
    let mail = MailSettings { answer_seconds: 1, ..MailSettings::default() };
    for Held { house, server, node, gate, sending } in held_with(mail, |_| Tls::None, "smtp").await {
        let other = Node::wake(&house, Some(noon())).await;
        let txn = long_write(&other).await;
        gate.open();
        tokio::time::sleep(Duration::from_secs(2)).await;
        txn.commit().await.unwrap();
        assert_eq!(sending.await.unwrap().sent, 0, "{}", house.name);
        assert_eq!(server.kept(), 0, "{}: no dot", house.name);
        assert_eq!(node.states().await, [("planned".to_owned(), 1)].into(), "{}", house.name);
        node.app.clock.advance(TimeDelta::minutes(5));
        assert_eq!((node.tick().await.sent, server.kept()), (1, 1), "{}", house.name);
    }
}

/// The fence is kept waiting, so that the cut has arrived when it is written: the dot is never said.
#[tokio::test]
async fn a_line_cut_within_the_letter_is_tried_again_and_makes_one_of_it() {
    let deeds = [Deed::HangUp, Deed::Reset, Deed::Babble, Deed::Say(421), Deed::Say(250)];
    for (deed, wrapped) in deeds.iter().flat_map(|deed| [(deed, false), (deed, true)]) {
        let houses =
            if wrapped { held_over(|by| Tls::Wrapped(by.certify()), "smtps").await } else { held().await };
        for Held { house, server, node, gate, sending } in houses {
            server.times(1, Stage::Body, deed.clone());
            let other = Node::wake(&house, Some(noon())).await;
            let txn = long_write(&other).await;
            gate.open();
            tokio::time::sleep(Duration::from_millis(300)).await;
            txn.commit().await.unwrap();
            assert_eq!(sending.await.unwrap().sent, 0, "{} {deed:?}", house.name);
            assert_eq!(node.states().await, [("planned".to_owned(), 1)].into(), "{} {deed:?}", house.name);
            node.app.clock.advance(TimeDelta::minutes(5));
            assert_eq!(node.tick().await.sent, 1, "{} {deed:?}", house.name);
            assert_eq!(server.kept(), 1, "{} {deed:?}", house.name);
        }
    }
}

#[tokio::test]
async fn a_database_that_drops_every_connection_costs_no_letter_and_makes_no_second_one() {
    for Held { house, server, node, gate, sending } in held().await {
        let other = Node::wake(&house, Some(noon())).await;
        if other.app.db.read().get_database_backend() != DbBackend::Postgres {
            continue; // SQLite is no server
        }
        let end = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
                   WHERE datname = current_database() AND pid <> pg_backend_pid()";
        other.app.db.read().execute_unprepared(end).await.expect("somebody may end connections");
        gate.open();
        let sent = tokio::time::timeout(Duration::from_secs(30), sending).await.unwrap().unwrap().sent;
        node.age_leases().await;
        let later = node.tick().await.sent;
        assert_eq!((sent + later, server.kept()), (1, 1), "{}", house.name);
    }
}

#[tokio::test]
async fn a_node_whose_clock_is_hours_ahead_takes_no_lease_that_still_runs() {
    for Held { house, server, node: _node, gate, sending } in held().await {
        let ahead = Node::wake(&house, Some(noon() + TimeDelta::hours(6))).await;
        assert_eq!(ahead.tick().await.claimed, 0, "{}", house.name);
        gate.open();
        assert_eq!(sending.await.unwrap().sent, 1, "{}", house.name);
        assert_eq!((ahead.tick().await.claimed, server.kept()), (0, 1), "{}", house.name);
    }
}
