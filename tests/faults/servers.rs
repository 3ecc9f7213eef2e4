//! Mail servers that refuse, put off, hang up, babble and lie.

use chrono::TimeDelta;

use crate::harness::{Campaign, Deed, House, MailServer, Stage, Town, everywhere, row_of};

const FIRST: &str = "p0@acme-0.example";

async fn houses() -> Vec<(House, MailServer)> {
    let mut houses = Vec::new();
    for mut house in everywhere().await {
        let server = MailServer::open().await;
        house.mail.connections = 1;
        house.writes_through(&server);
        houses.push((house, server));
    }
    houses
}

fn noon() -> chrono::DateTime<chrono::Utc> {
    "2026-06-02T12:00:00Z".parse().expect("this is a time")
}

#[tokio::test]
async fn a_no_for_good_fails_that_letter_with_what_was_said_and_the_others_go_out() {
    for stage in [Stage::Recipient, Stage::Data, Stage::Dot] {
        for (house, server) in houses().await {
            let node = Campaign::launched(&house, &Town::that_joined(3, 1)).await;
            server.always_for(FIRST, stage, Deed::Say(550));
            assert_eq!(node.tick().await.sent, 2, "{} {stage:?}", house.name);
            let row = row_of(&node, FIRST).await;
            assert_eq!((row.state.as_str(), row.reason.as_deref()), ("failed", Some("refused")));
            assert!(row.reply.is_some_and(|reply| reply.contains("550")), "{} {stage:?}", house.name);
            assert_eq!(node.tick().await.claimed, 0, "{} {stage:?}", house.name);
            assert!(server.mails_to(FIRST).is_empty());
        }
    }
}

#[tokio::test]
async fn a_no_for_now_is_tried_again_later_and_then_sent_once() {
    for stage in [Stage::Recipient, Stage::Data, Stage::Dot] {
        for (house, server) in houses().await {
            let node = Campaign::launched_at(&house, &Town::that_joined(2, 1), noon()).await;
            server.always_for(FIRST, stage, Deed::Say(451));
            assert_eq!(node.tick().await.sent, 1, "{} {stage:?}", house.name);
            let first_try = row_of(&node, FIRST).await;
            assert_eq!(first_try.state, "planned", "{} {stage:?}", house.name);
            assert_eq!(first_try.due_at, noon() + TimeDelta::minutes(5), "{} {stage:?}", house.name);
            assert!(first_try.reply.is_some_and(|reply| reply.contains("451")));

            assert_eq!(node.tick().await.claimed, 0, "{} {stage:?}: not before it is due", house.name);
            node.app.clock.advance(TimeDelta::minutes(5));
            assert_eq!(node.tick().await.sent, 0, "{} {stage:?}", house.name);
            let second_try = row_of(&node, FIRST).await;
            assert_eq!(second_try.due_at, noon() + TimeDelta::minutes(15), "each wait is longer");

            server.behave();
            node.app.clock.advance(TimeDelta::minutes(10));
            assert_eq!(node.tick().await.sent, 1, "{} {stage:?}", house.name);
            assert_eq!(server.mails_to(FIRST).len(), 1, "{} {stage:?}", house.name);
            assert_eq!(row_of(&node, FIRST).await.attempts, 3);
        }
    }
}

#[tokio::test]
async fn a_server_that_always_puts_off_is_given_up_after_the_last_try() {
    for (mut house, server) in houses().await {
        house.mail.attempts = 3;
        let node = Campaign::launched_at(&house, &Town::that_joined(1, 1), noon()).await;
        server.always(Stage::Recipient, Deed::Say(451));
        for _ in 0..3 {
            assert_eq!(node.tick().await.claimed, 1, "{}", house.name);
            node.app.clock.advance(TimeDelta::hours(6));
        }
        let row = row_of(&node, FIRST).await;
        assert_eq!((row.state.as_str(), row.reason.as_deref()), ("failed", Some("expired")));
        assert_eq!(server.kept(), 0);
    }
}

#[tokio::test]
async fn no_answer_after_the_dot_is_unknown_and_never_sent_again() {
    let deeds = [
        (Stage::Dot, Deed::HangUp, 0),
        (Stage::Kept, Deed::HangUp, 1),
        (Stage::Dot, Deed::Reset, 0),
        (Stage::Kept, Deed::Reset, 1),
        (Stage::Dot, Deed::Babble, 0),
        (Stage::Kept, Deed::Babble, 1),
    ];
    for (stage, deed, kept) in deeds {
        for (house, server) in houses().await {
            let node = Campaign::launched_at(&house, &Town::that_joined(3, 1), noon()).await;
            server.always_for(FIRST, stage, deed.clone());
            assert_eq!(node.tick().await.sent, 2, "{} {stage:?} {deed:?}", house.name);
            let row = row_of(&node, FIRST).await;
            assert_eq!(row.state, "unknown", "{} {stage:?} {deed:?}", house.name);
            server.behave();
            node.app.clock.advance(TimeDelta::days(3));
            node.age_leases().await;
            assert_eq!(node.tick().await.claimed, 0, "{} {stage:?} {deed:?}", house.name);
            assert_eq!(server.mails_to(FIRST).len(), kept, "{} {stage:?} {deed:?}", house.name);
        }
    }
}

#[tokio::test]
async fn a_line_cut_before_the_letter_is_tried_again() {
    for (stage, deed) in
        [(Stage::Recipient, Deed::HangUp), (Stage::Data, Deed::HangUp), (Stage::Recipient, Deed::Babble)]
    {
        for (house, server) in houses().await {
            let node = Campaign::launched_at(&house, &Town::that_joined(2, 1), noon()).await;
            server.always_for(FIRST, stage, deed.clone());
            assert_eq!(node.tick().await.sent, 1, "{} {stage:?} {deed:?}", house.name);
            assert_eq!(row_of(&node, FIRST).await.state, "planned", "{} {stage:?} {deed:?}", house.name);
            server.behave();
            node.app.clock.advance(TimeDelta::minutes(5));
            assert_eq!(node.tick().await.sent, 1, "{} {stage:?} {deed:?}", house.name);
            assert_eq!(server.mails_to(FIRST).len(), 1, "{} {stage:?} {deed:?}", house.name);
        }
    }
}

/// The cut races the dot here: it is either known in time, or nobody can know.
#[tokio::test]
async fn a_line_cut_within_the_letter_never_makes_two_of_it() {
    for deed in [Deed::HangUp, Deed::Reset] {
        for (house, server) in houses().await {
            let node = Campaign::launched_at(&house, &Town::that_joined(2, 1), noon()).await;
            server.always_for(FIRST, Stage::Body, deed.clone());
            assert_eq!(node.tick().await.sent, 1, "{} {deed:?}", house.name);
            let state = row_of(&node, FIRST).await.state;
            assert!(["planned", "unknown"].contains(&state.as_str()), "{}: {state}", house.name);
            server.behave();
            node.app.clock.advance(TimeDelta::minutes(5));
            let again = node.tick().await.sent;
            assert_eq!(u64::from(state == "planned"), again, "{} {deed:?}", house.name);
            assert_eq!(server.mails_to(FIRST).len() as u64, again, "{} {deed:?}", house.name);
        }
    }
}

#[tokio::test]
async fn a_word_of_thanks_before_the_letter_is_no_answer_to_it() {
    for (house, server) in houses().await {
        let node = Campaign::launched_at(&house, &Town::that_joined(2, 1), noon()).await;
        server.always_for(FIRST, Stage::Data, Deed::Add("250 kept it\r\n"));
        assert_eq!(node.tick().await.sent, 1, "{}", house.name);
        assert_eq!(row_of(&node, FIRST).await.state, "planned", "{}", house.name);
        assert_eq!(server.mails_to(FIRST).len(), 0, "{}", house.name);
    }
}

#[tokio::test]
async fn a_server_that_takes_nobody_in_costs_no_letter_a_try() {
    for (house, server) in houses().await {
        let node = Campaign::launched_at(&house, &Town::that_joined(3, 1), noon()).await;
        server.always(Stage::Greeting, Deed::Say(421));
        let round = node.tick().await;
        assert!(round.unreachable, "{}", house.name);
        let rows = node.rows().await;
        assert!(rows.iter().all(|row| row.state == "planned" && row.attempts == 0), "{}", house.name);
        server.behave();
        assert_eq!(node.tick().await.sent, 3, "{}: nobody has to wait", house.name);
    }
}

#[tokio::test]
async fn a_server_that_takes_some_letters_a_connection_gets_the_rest_over_new_ones() {
    for (house, server) in houses().await {
        let node = Campaign::launched_at(&house, &Town::that_joined(5, 1), noon()).await;
        server.always(Stage::Done, Deed::HangUp);
        assert_eq!(node.tick().await.sent, 5, "{}: nobody has to wait", house.name);
        assert_eq!(server.kept(), 5, "{}", house.name);
        let rows = node.rows().await;
        assert!(rows.iter().all(|row| row.state == "sent"), "{}", house.name);
    }
}

#[tokio::test]
async fn a_server_that_lies_makes_the_one_copy_that_nobody_can_prevent_and_it_is_recognised() {
    for (house, server) in houses().await {
        let node = Campaign::launched_at(&house, &Town::that_joined(1, 1), noon()).await;
        server.times(1, Stage::Kept, Deed::Say(451));
        assert_eq!(node.tick().await.sent, 0, "{}", house.name);
        node.app.clock.advance(TimeDelta::minutes(5));
        assert_eq!(node.tick().await.sent, 1, "{}", house.name);
        let ids: Vec<_> = server.mails_to(FIRST).iter().map(crate::harness::Mail::message_id).collect();
        assert_eq!(ids.len(), 2, "{}", house.name);
        assert_eq!(ids[0], ids[1], "{}: both bear one name", house.name);
    }
}

#[tokio::test]
async fn a_server_that_is_away_is_told_from_one_that_has_little_to_do() {
    for (mut house, server) in houses().await {
        house.mail.connections = 8;
        let node = Campaign::launched_at(&house, &Town::that_joined(2, 1), noon()).await;
        server.always(Stage::Greeting, Deed::Say(421));
        assert!(node.tick().await.unreachable, "{}", house.name);
        server.behave();
        let round = node.tick().await;
        assert_eq!((round.sent, round.unreachable), (2, false), "{}", house.name);
    }
}
