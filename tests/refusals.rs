//! A mail server that refuses us, not those we write to, and an address that it cannot be told.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use server::store::entities::message;

use crate::harness::{Campaign, Deed, House, JOURNEY, MailServer, Node, Stage, Town, everywhere, row_of};

async fn houses() -> Vec<(House, MailServer)> {
    let mut houses = Vec::new();
    for mut house in everywhere().await {
        let server = MailServer::open().await;
        house.writes_through(&server);
        houses.push((house, server));
    }
    houses
}

/// Nobody is lost, nobody waits for a later time, and no try was counted.
async fn all_wait(node: &Node, people: usize) {
    let waiting = message::Entity::find()
        .filter(message::Column::State.eq("planned"))
        .filter(message::Column::Attempts.eq(0))
        .filter(message::Column::DueAt.lte(node.app.clock.now()));
    let waiting = waiting.all(node.app.db.read()).await.expect("the database is there");
    assert_eq!(waiting.len(), people);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_refuses_our_sender_pauses_the_campaign_and_fails_nobody() {
    for connections in [1, 4] {
        for (mut house, server) in houses().await {
            house.mail.connections = connections;
            let node = Campaign::launched(&house, &Town::that_joined(9, 1)).await;
            server.always(Stage::Sender, Deed::Say(550));
            assert_eq!(node.tick().await.sent, 0, "{}", house.name);
            all_wait(&node, 9).await;
            assert_eq!(node.tick().await.claimed, 0, "{}: it pauses", house.name);

            let status = Campaign::status(&house);
            assert_eq!((&status["state"], &status["failed"]), (&"paused".into(), &0.into()), "{status}");
            let why = status["paused_because"].as_str().expect("there is a reason");
            assert!(
                why.starts_with("the mail server does not take letters from jo@bayside.example"),
                "{why}"
            );
            assert!(why.contains("550"), "{why}");
            let said = house.run(&["journey", "status", JOURNEY]);
            assert!(said.contains(why) && said.contains("rapport journey resume welcome"), "{said}");

            let said = house.refusal(&["journey", "resume", JOURNEY]);
            assert!(said.contains(why) && said.contains("9 letters wait"), "{}: {said}", house.name);
            server.behave();
            house.run(&["journey", "resume", JOURNEY]);
            assert_eq!(server.kept(), 9, "{}", house.name);
            let status = Campaign::status(&house);
            assert_eq!((&status["sent"], &status["paused_because"]), (&9.into(), &().into()), "{status}");
        }
    }
}

#[tokio::test]
async fn a_server_that_does_not_let_us_in_pauses_the_campaign_and_fails_nobody() {
    for (stage, code) in [(Stage::Greeting, 554), (Stage::Hello, 550), (Stage::SignIn, 535)] {
        for (mut house, server) in houses().await {
            if stage == Stage::SignIn {
                server.offer("AUTH PLAIN");
                house.writes_to(server.url().replace("smtp://", "smtp://us:secret@"));
            }
            let node = Campaign::launched(&house, &Town::that_joined(5, 1)).await;
            server.always(stage, Deed::Say(code));
            let round = node.tick().await;
            assert_eq!((round.sent, round.unreachable), (0, false), "{} {stage:?}", house.name);
            all_wait(&node, 5).await;
            let status = Campaign::status(&house);
            let why = status["paused_because"].as_str().expect("there is a reason");
            assert!(why.starts_with("the mail server does not let us in"), "{} {stage:?}: {why}", house.name);
            assert!(why.contains(&code.to_string()) && !why.contains("secret"), "{stage:?}: {why}");
        }
    }
}

#[tokio::test]
async fn two_refusals_of_our_sender_and_then_none_hurt_nobody() {
    for (mut house, server) in houses().await {
        house.mail.connections = 1;
        let node = Campaign::launched(&house, &Town::that_joined(4, 1)).await;
        server.times(2, Stage::Sender, Deed::Say(550));
        assert_eq!((node.tick().await.sent, server.kept()), (4, 4), "{}", house.name);
        assert_eq!(Campaign::status(&house)["state"], "running", "{}", house.name);
    }
}

const JOHN: &str = "jörg@acme-0.example";

fn with_john() -> Town {
    let mut town = Town::that_joined(2, 1);
    JOHN.clone_into(&mut town.people[0].email);
    town
}

#[tokio::test]
async fn an_address_that_the_server_cannot_be_told_fails_with_the_reason_before_anything_is_said() {
    for (house, server) in houses().await {
        let node = Campaign::launched(&house, &with_john()).await;
        assert_eq!(node.tick().await.sent, 1, "{}: the other one", house.name);
        let row = row_of(&node, JOHN).await;
        assert_eq!((row.state.as_str(), row.reason.as_deref()), ("failed", Some("needs-smtputf8")));
        assert!(server.mails().iter().all(|mail| mail.to.is_ascii()), "{}", house.name);
        let said = house.run(&["journey", "status", JOURNEY]);
        assert!(
            said.contains("letters beyond a to z before the @") && said.contains("SMTPUTF8): 1"),
            "{said}"
        );
        assert_eq!(Campaign::status(&house)["failed_because"]["needs-smtputf8"], 1, "{}", house.name);
    }
}

#[tokio::test]
async fn a_server_that_offers_it_is_told_the_address_as_it_is() {
    for (house, server) in houses().await {
        server.offer("SMTPUTF8");
        let node = Campaign::launched(&house, &with_john()).await;
        assert_eq!(node.tick().await.sent, 2, "{}", house.name);
        let mails = server.mails_to(JOHN);
        assert_eq!(mails.len(), 1, "{}", house.name);
        let letter = String::from_utf8(mails[0].letter()).expect("a letter to such an address is UTF-8");
        assert!(letter.contains(&format!("<{JOHN}>")), "{}: {letter}", house.name);
        assert_eq!(server.spoke_utf8(), 1, "{}: for the one who needs it", house.name);
    }
}
