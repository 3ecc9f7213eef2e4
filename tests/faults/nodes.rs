//! Nodes that die, sleep, and work at the same time: each letter goes out once.

use std::collections::BTreeSet;

use crate::harness::{Campaign, Deed, Gate, House, MailServer, Node, Stage, Town, everywhere, row_of};

const SOMEBODY: &str = "p0@acme-0.example";

/// Every house with a server of its own.
async fn houses() -> Vec<(House, MailServer)> {
    let mut houses = Vec::new();
    for mut house in everywhere().await {
        let server = MailServer::open().await;
        house.writes_through(&server);
        houses.push((house, server));
    }
    houses
}

#[tokio::test]
async fn two_nodes_at_work_at_once_send_each_letter_once() {
    for (mut house, server) in houses().await {
        house.mail.batch = 7;
        let one = Campaign::launched(&house, &Town::that_joined(30, 2)).await;
        let other = Node::wake(&house, None).await;
        let work = async |node: &Node| {
            let mut sent = 0;
            loop {
                let round = node.tick().await;
                sent += round.sent;
                if round.claimed == 0 && node.status().await.pending() == 0 {
                    return sent;
                }
            }
        };
        let (first, second) = tokio::join!(work(&one), work(&other));
        assert_eq!(first + second, 60, "{}", house.name);
        assert!(first > 0 && second > 0, "{}: both had work, {first} and {second}", house.name);
        let people: BTreeSet<_> = server.mails().into_iter().map(|mail| mail.to).collect();
        assert_eq!((people.len(), server.kept()), (60, 60), "{}", house.name);
    }
}

#[tokio::test]
async fn a_node_that_dies_before_the_letter_leaves_it_to_the_next_one() {
    for (house, server) in houses().await {
        let node = Campaign::launched(&house, &Town::that_joined(1, 1)).await;
        let gate = Gate::shut();
        server.times(1, Stage::Data, Deed::Hold(gate.clone()));
        let dying = node.tick_apart();
        gate.holds(1).await;
        dying.abort();

        let next = Node::wake(&house, None).await;
        assert_eq!(next.tick().await.claimed, 0, "{}: the lease still runs", house.name);
        next.age_leases().await;
        assert_eq!(next.tick().await.sent, 1, "{}", house.name);
        assert_eq!(server.kept(), 1, "{}", house.name);
    }
}

#[tokio::test]
async fn a_node_that_dies_behind_the_fence_leaves_one_unknown_and_nobody_sends_it_again() {
    for (house, server) in houses().await {
        for (stage, kept) in [(Stage::Dot, 0), (Stage::Kept, 1)] {
            let mails_before = server.kept();
            let node = if stage == Stage::Dot {
                Campaign::launched(&house, &Town::that_joined(1, 1)).await
            } else {
                let node = Node::wake(&house, None).await;
                node.take_in(&Town::that_joined(2, 1)).await;
                node.edit("UPDATE journeys SET state = 'done'").await;
                node.launch(1).await.unwrap();
                node
            };
            server.behave();
            let gate = Gate::shut();
            server.times(1, stage, Deed::Hold(gate.clone()));
            let dying = node.tick_apart();
            gate.holds(1).await;
            dying.abort();

            let next = Node::wake(&house, None).await;
            assert_eq!(next.tick().await.claimed, 0, "{}", house.name);
            next.age_leases().await;
            assert_eq!(next.tick().await.claimed, 0, "{}", house.name);
            assert_eq!(next.status().await.pending(), 0, "{}", house.name);
            assert_eq!(server.kept() - mails_before, kept, "{}: {stage:?}", house.name);
        }
        let states = Node::wake(&house, None).await.states().await;
        assert_eq!(states, [("unknown".to_owned(), 2)].into(), "{}", house.name);
    }
}

#[tokio::test]
async fn a_node_that_wakes_after_its_lease_says_no_word_of_the_letter() {
    for (house, server) in houses().await {
        let sleeper = Campaign::launched(&house, &Town::that_joined(1, 1)).await;
        let gate = Gate::shut();
        server.times(1, Stage::Data, Deed::Hold(gate.clone()));
        let asleep = sleeper.tick_apart();
        gate.holds(1).await;

        let other = Node::wake(&house, None).await;
        other.age_leases().await;
        assert_eq!(other.tick().await.sent, 1, "{}", house.name);
        gate.open();
        let woken = tokio::time::timeout(std::time::Duration::from_secs(20), asleep).await;
        assert_eq!(woken.expect("it hangs up at once").unwrap().sent, 0, "{}", house.name);
        assert_eq!(server.kept(), 1, "{}", house.name);
        let row = row_of(&other, SOMEBODY).await;
        assert_eq!((row.state.as_str(), row.attempts), ("sent", 2), "{}", house.name);
    }
}

#[tokio::test]
async fn a_node_asleep_before_its_fence_says_nothing_even_when_nobody_took_over() {
    for (house, server) in houses().await {
        let node = Campaign::launched(&house, &Town::that_joined(1, 1)).await;
        let gate = Gate::shut();
        server.times(1, Stage::Data, Deed::Hold(gate.clone()));
        let asleep = node.tick_apart();
        gate.holds(1).await;
        node.age_leases().await;
        gate.open();
        let woken = tokio::time::timeout(std::time::Duration::from_secs(20), asleep).await;
        assert_eq!(woken.expect("it hangs up at once").unwrap().sent, 0, "{}", house.name);
        assert_eq!(server.kept(), 0, "{}", house.name);
        assert_eq!(node.tick().await.sent, 1, "{}", house.name);
    }
}

#[tokio::test]
async fn an_answer_that_comes_after_the_lease_still_counts() {
    for (house, server) in houses().await {
        let slow = Campaign::launched(&house, &Town::that_joined(1, 1)).await;
        let gate = Gate::shut();
        server.times(1, Stage::Kept, Deed::Hold(gate.clone()));
        let waiting = slow.tick_apart();
        gate.holds(1).await;

        let other = Node::wake(&house, None).await;
        other.age_leases().await;
        assert_eq!(other.tick().await.claimed, 0, "{}", house.name);
        assert_eq!(row_of(&other, SOMEBODY).await.state, "unknown", "{}", house.name);
        gate.open();
        assert_eq!(waiting.await.unwrap().sent, 1, "{}", house.name);
        assert_eq!(row_of(&other, SOMEBODY).await.state, "sent", "{}", house.name);
        assert_eq!(server.kept(), 1, "{}", house.name);
    }
}

#[tokio::test]
async fn a_node_told_to_stop_finishes_what_is_on_the_wire_and_gives_back_the_rest() {
    for (mut house, server) in houses().await {
        house.mail.connections = 2;
        let node = Campaign::launched(&house, &Town::that_joined(12, 1)).await;
        let gate = Gate::shut();
        server.times(2, Stage::Data, Deed::Hold(gate.clone()));
        let sending = node.tick_apart();
        gate.holds(2).await;
        node.stop();
        gate.open();
        assert_eq!(sending.await.unwrap().sent, 2, "{}", house.name);
        let rows = node.rows().await;
        let back = rows.iter().filter(|row| row.state == "planned" && row.attempts == 0).count();
        assert_eq!((back, server.kept()), (10, 2), "{}", house.name);
        assert_eq!(node.tick().await.claimed, 0, "{}: it begins nothing more", house.name);
        assert_eq!(Node::wake(&house, None).await.tick().await.sent, 10, "{}", house.name);
    }
}

#[tokio::test]
async fn a_letter_is_held_for_as_long_as_its_fence_its_dot_and_its_answer_may_take() {
    for (house, server) in houses().await {
        let slow = Campaign::launched(&house, &Town::that_joined(1, 1)).await;
        let gate = Gate::shut();
        server.times(1, Stage::Kept, Deed::Hold(gate.clone()));
        let waiting = slow.tick_apart();
        gate.holds(1).await;
        let until = row_of(&slow, SOMEBODY).await.lease_until.unwrap();
        let left =
            until / 1_000 - chrono::DateTime::<chrono::Utc>::from(std::time::SystemTime::now()).timestamp();
        // A minute, three, ten, and a tenth of that.
        assert!((840..=900).contains(&left), "{}: {left} seconds", house.name);
        gate.open();
        assert_eq!(waiting.await.unwrap().sent, 1, "{}", house.name);
    }
}
