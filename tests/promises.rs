//! What is promised about who gets letters, and when.

use std::time::Duration;

use sea_orm::{ConnectionTrait, EntityTrait};
use server::campaigns::comparison::Terms;
use server::store::comparison::Design;
use server::store::entities::{account, deviation};

use crate::harness::{Campaign, House, JOURNEY, MailServer, Node, Town, everywhere};

async fn houses() -> Vec<(House, MailServer)> {
    let mut houses = Vec::new();
    for mut house in everywhere().await {
        let server = MailServer::open().await;
        house.writes_through(&server);
        houses.push((house, server));
    }
    houses
}

async fn drawn_for_comparison(node: &Node) -> Vec<String> {
    let accounts = account::Entity::find().all(node.app.db.read()).await.unwrap();
    let drawn = accounts.into_iter().filter(|account| account.side.as_deref() == Some("comparison"));
    drawn.map(|account| account.external_id).collect()
}

#[tokio::test]
async fn nobody_gets_a_letter_without_consent_for_its_purpose() {
    for (house, server) in houses().await {
        let mut town = Town::of(4, 1);
        town.let_join("training", |person| person.account == "acme-0");
        town.let_join("support;offers;tracking", |person| person.account == "acme-1");
        let node = Campaign::launched(&house, &town).await;
        node.tick().await;
        let written_to: Vec<_> = server.mails().into_iter().map(|mail| mail.to).collect();
        assert_eq!(written_to, ["p0@acme-0.example"], "{}", house.name);
        assert_eq!(node.status().await.skipped.values().sum::<u64>(), 3, "{}", house.name);
    }
}

#[tokio::test]
async fn a_member_of_a_comparison_family_gets_no_letter_and_no_colleague_of_theirs_does() {
    for (house, server) in houses().await {
        let terms = Terms { design: Design::Members, share: 0.5, ..Terms::default() };
        let node = Campaign::saved(&house, &Town::that_joined(20, 3), terms, None).await;
        let drawn = drawn_for_comparison(&node).await;
        assert!(!drawn.is_empty() && drawn.len() < 20, "{}: both sides have members", house.name);
        node.launch(node.entering().await).await.unwrap();
        while node.tick().await.claimed > 0 {}
        assert_eq!(server.kept(), (20 - drawn.len()) * 3, "{}", house.name);
        let wrongly =
            drawn.iter().any(|one| server.mails().iter().any(|mail| mail.to.contains(&format!("@{one}."))));
        assert!(!wrongly, "{}", house.name);
        assert_eq!(node.status().await.skipped["comparison"], drawn.len() as u64 * 3, "{}", house.name);
    }
}

#[tokio::test]
async fn a_comparison_family_that_joins_by_itself_is_served_and_counted() {
    for (house, server) in houses().await {
        let terms = Terms { share: 0.5, ..Terms::default() };
        let mut town = Town::of(20, 2);
        let node = Campaign::saved(&house, &town, terms, None).await;
        let drawn = drawn_for_comparison(&node).await;
        let crossing = drawn[0].clone();
        town.let_join("training", |person| person.account == crossing && person.email.starts_with("p0"));
        node.take_in(&town).await;
        assert_eq!(node.entering().await, 1, "{}: the one who joined, and not their colleague", house.name);
        node.launch(1).await.unwrap();
        assert_eq!(node.tick().await.sent, 1, "{}", house.name);
        assert_eq!(server.mails()[0].to, format!("p0@{crossing}.example"), "{}", house.name);

        let kept_out = drawn.len() as u64 - 1;
        assert_eq!(node.status().await.skipped["comparison"], kept_out * 2, "{}", house.name);
        let crossed = deviation::Entity::find().all(node.app.db.read()).await.unwrap();
        assert_eq!(crossed.len(), 1, "{}: it is counted, once", house.name);
        assert_eq!(crossed[0].kind, "joined-unasked", "{}", house.name);
        let stays = drawn_for_comparison(&node).await.contains(&crossing);
        assert!(stays, "{}: it stays on its side in every count", house.name);
    }
}

#[tokio::test]
async fn saving_never_sends() {
    for (house, server) in houses().await {
        let node = Campaign::saved(&house, &Town::that_joined(3, 1), Terms::default(), None).await;
        Campaign::save(&node).await;
        assert_eq!(node.entering().await, 3, "{}", house.name);
        assert_eq!(node.tick().await.claimed, 0, "{}", house.name);
        assert_eq!((node.rows().await.len(), server.kept()), (0, 0), "{}", house.name);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_launch_that_is_told_another_number_is_refused_with_both_and_plans_nothing() {
    for (house, server) in houses().await {
        let node = Campaign::saved(&house, &Town::that_joined(5, 1), Terms::default(), None).await;
        for wrong in ["4", "6"] {
            let said = house.refusal(&["journey", "launch", JOURNEY, "--expect-people", wrong]);
            assert!(said.contains("5 people") && said.contains(&format!("expected {wrong}")), "{said}");
            assert_eq!((node.rows().await.len(), server.kept()), (0, 0), "{}", house.name);
        }
        house.run(&["journey", "launch", JOURNEY, "--expect-people", "5"]);
        assert_eq!(server.kept(), 5, "{}", house.name);
        house.refusal(&["journey", "launch", JOURNEY, "--expect-people", "5"]);
        assert_eq!(server.kept(), 5, "{}: a second launch reaches nobody again", house.name);
    }
}

/// On SQLite the whole launch waits for the other writer, on PostgreSQL only what it writes.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_audience_that_changes_while_a_launch_is_under_way_is_refused_with_both_numbers() {
    for (house, server) in houses().await {
        let node = Campaign::saved(&house, &Town::that_joined(5, 1), Terms::default(), None).await;
        let other = Node::wake(&house, None).await;
        let txn = other.app.db.begin().await.unwrap();
        txn.execute_unprepared("UPDATE journeys SET updated_at = updated_at").await.unwrap();
        let launching = tokio::spawn({
            let node = node.clone();
            async move { node.launch(5).await }
        });
        tokio::time::sleep(Duration::from_secs(1)).await;
        assert!(!launching.is_finished(), "{}: it waits", house.name);
        let one_leaves = "UPDATE consents SET granted = FALSE WHERE contact_id = \
                          (SELECT id FROM contacts WHERE email_key = 'p0@acme-0.example')";
        txn.execute_unprepared(one_leaves).await.unwrap();
        txn.commit().await.unwrap();
        let said = launching.await.unwrap().expect_err("it is refused").to_string();
        assert!(said.contains("4 people would enter now, and you expected 5"), "{}: {said}", house.name);
        assert_eq!((node.rows().await.len(), server.kept()), (0, 0), "{}", house.name);
        node.launch(4).await.expect("the number is right now");
        assert_eq!(node.rows().await.len(), 4, "{}", house.name);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_paused_campaign_sends_nothing_until_it_is_resumed() {
    for (mut house, server) in houses().await {
        house.mail.batch = 4;
        let node = Campaign::launched(&house, &Town::that_joined(12, 1)).await;
        assert_eq!(node.tick().await.sent, 4, "{}", house.name);
        house.run(&["journey", "pause", JOURNEY]);
        for _ in 0..3 {
            assert_eq!(node.tick().await.claimed, 0, "{}", house.name);
        }
        assert_eq!((server.kept(), node.status().await.planned), (4, 8), "{}", house.name);
        house.run(&["journey", "resume", JOURNEY]);
        assert_eq!((server.kept(), node.status().await.sent), (12, 12), "{}", house.name);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_campaign_paused_in_the_middle_of_a_batch_gives_it_back() {
    use crate::harness::{Deed, Gate, Stage};
    for (mut house, server) in houses().await {
        house.mail.connections = 2;
        let node = Campaign::launched(&house, &Town::that_joined(12, 1)).await;
        let gate = Gate::shut();
        server.times(2, Stage::Data, Deed::Hold(gate.clone()));
        let sending = node.tick_apart();
        gate.holds(2).await;
        house.run(&["journey", "pause", JOURNEY]);
        gate.open();
        assert_eq!(sending.await.unwrap().sent, 0, "{}", house.name);
        let rows = node.rows().await;
        assert!(rows.iter().all(|row| row.state == "planned" && row.attempts == 0), "{}", house.name);
        assert_eq!(server.kept(), 0, "{}", house.name);
    }
}
