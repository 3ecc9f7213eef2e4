//! What people and marketers say while a letter is on its way: it holds before the next word of any letter.

use std::time::Duration;

use segments::{Pace, Purpose};
use server::campaigns::wishes::{self, Wishes};
use server::store::consent::{self, GivenOrTaken};

use crate::harness::{Campaign, Deed, Gate, MailServer, Node, Stage, Town, everywhere, row_of};

const SOMEBODY: &str = "p0@acme-0.example";

/// Lets `meanwhile` happen after the node has said DATA and before it may say the letter; answers the node.
async fn while_it_waits(
    house: &mut crate::harness::House,
    meanwhile: impl AsyncFn(&Node),
) -> (Node, MailServer) {
    let server = MailServer::open().await;
    house.writes_through(&server);
    let node = Campaign::launched(house, &Town::that_joined(1, 1)).await;
    let gate = Gate::shut();
    server.times(1, Stage::Data, Deed::Hold(gate.clone()));
    let sending = node.tick_apart();
    gate.holds(1).await;
    meanwhile(&node).await;
    gate.open();
    let round = tokio::time::timeout(Duration::from_secs(20), sending).await;
    assert_eq!(round.expect("it hangs up at once").unwrap().sent, 0, "{}", house.name);
    assert_eq!(server.kept(), 0, "{}: not a word of the letter was said", house.name);
    (node, server)
}

#[tokio::test]
async fn a_stop_between_claim_and_letter_holds() {
    for mut house in everywhere().await {
        let (node, _) = while_it_waits(&mut house, async |node| {
            let row = row_of(node, SOMEBODY).await;
            wishes::stop(&node.app, row.contact_id, row.id, "stop link").await.unwrap();
        })
        .await;
        let row = row_of(&node, SOMEBODY).await;
        assert_eq!((row.state.as_str(), row.reason.as_deref()), ("skipped", Some("suppressed")));
    }
}

#[tokio::test]
async fn a_consent_taken_back_between_claim_and_letter_holds() {
    for mut house in everywhere().await {
        let (node, _) = while_it_waits(&mut house, async |node| {
            let person = node.person(SOMEBODY).await;
            let now = node.app.clock.now();
            let taken = GivenOrTaken {
                account: person.account_id.into(),
                contact: person.id.into(),
                email_key: person.email_key,
                purpose: Purpose::Training,
                granted: false,
                at: now,
                source: "call".to_owned(),
                wording: None,
                recorded_at: now,
            };
            let txn = node.app.db.begin().await.unwrap();
            consent::record(&txn, &node.app.keys, &[taken]).await.unwrap();
            txn.commit().await.unwrap();
        })
        .await;
        let row = row_of(&node, SOMEBODY).await;
        assert_eq!((row.state.as_str(), row.reason.as_deref()), ("skipped", Some("no-consent")));
    }
}

#[tokio::test]
async fn a_break_that_somebody_takes_between_claim_and_letter_holds() {
    for mut house in everywhere().await {
        let (node, _) = while_it_waits(&mut house, async |node| {
            let row = row_of(node, SOMEBODY).await;
            let before = wishes::current(&node.app, row.contact_id).await.unwrap().unwrap();
            let wanted = before.with_a_break(node.app.clock.now());
            wishes::save(&node.app, row.contact_id, row.id, &wanted, |_| String::new()).await.unwrap();
        })
        .await;
        let row = row_of(&node, SOMEBODY).await;
        assert_eq!((row.state.as_str(), row.reason.as_deref()), ("skipped", Some("paused")));
    }
}

#[tokio::test]
async fn no_letters_at_all_chosen_between_claim_and_letter_holds_and_the_consent_stays() {
    for mut house in everywhere().await {
        let (node, _) = while_it_waits(&mut house, async |node| {
            let row = row_of(node, SOMEBODY).await;
            let before = wishes::current(&node.app, row.contact_id).await.unwrap().unwrap();
            let wanted = Wishes { pace: Pace::Never, ..before };
            wishes::save(&node.app, row.contact_id, row.id, &wanted, |_| String::new()).await.unwrap();
        })
        .await;
        let row = row_of(&node, SOMEBODY).await;
        assert_eq!((row.state.as_str(), row.reason.as_deref()), ("skipped", Some("wants-none")));
        let allowed = consent::in_force(node.app.db.read(), row.contact_id).await.unwrap();
        assert_eq!(allowed, [Purpose::Training], "{}", house.name);
    }
}

#[tokio::test]
async fn a_family_that_turns_out_to_be_kept_out_between_claim_and_letter_gets_none() {
    for mut house in everywhere().await {
        let (node, _) =
            while_it_waits(&mut house, async |node| node.edit("UPDATE accounts SET held = true").await).await;
        let row = row_of(&node, SOMEBODY).await;
        assert_eq!((row.state.as_str(), row.reason.as_deref()), ("skipped", Some("comparison")));
    }
}

#[tokio::test]
async fn a_campaign_paused_between_claim_and_letter_waits_and_then_goes_on() {
    for mut house in everywhere().await {
        let (node, server) = while_it_waits(&mut house, async |node| {
            node.edit("UPDATE journeys SET state = 'paused'").await;
        })
        .await;
        let row = row_of(&node, SOMEBODY).await;
        assert_eq!((row.state.as_str(), row.attempts), ("planned", 0), "{}", house.name);
        assert_eq!(node.tick().await.claimed, 0, "{}: it stays paused", house.name);
        node.edit("UPDATE journeys SET state = 'running'").await;
        assert_eq!(node.tick().await.sent, 1, "{}", house.name);
        assert_eq!(server.kept(), 1, "{}", house.name);
    }
}
