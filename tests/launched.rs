//! A campaign goes out as it was launched, from nodes that were at work long before.

use std::path::Path;

use sea_orm::{EntityTrait, QueryOrder};
use server::campaigns::comparison::Terms;
use server::store::entities::{consent_entry, enrolment, journey_version};

use crate::harness::{Campaign, House, JOURNEY, MailServer, Node, Pages, Town, everywhere, row_of};

/// The letter `welcome` that ships with the house, changed, as files of this house.
fn changed_letter(house: &House, name: &str, changes: &[(&str, &str)], subject: &str) -> String {
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("../templates/emails/welcome");
    let folder = house.folder().join(name);
    std::fs::create_dir_all(&folder).unwrap();
    for file in ["email.toml", "body.txt", "body.mjml"] {
        let mut text = std::fs::read_to_string(shipped.join(file)).unwrap();
        for (from, to) in changes {
            text = text.replace(from, to);
        }
        std::fs::write(folder.join(file), text).unwrap();
    }
    std::fs::write(folder.join("subject.txt"), subject).unwrap();
    folder.to_str().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_letter_imported_and_launched_while_a_node_is_at_work_goes_out_from_that_node() {
    for mut house in everywhere().await {
        let server = MailServer::open().await;
        house.writes_through(&server);
        let town = Town::that_joined(3, 1);
        let node = Campaign::saved(&house, &town, Terms::default(), None).await;
        assert_eq!(node.tick().await.claimed, 0, "{}: it has looked at its shelf", house.name);

        let letter =
            changed_letter(&house, "hello", &[("name = \"welcome\"", "name = \"hello\"")], "Fresh words\n");
        house.run(&["import", "emails", &letter]);
        let journey = house
            .run(&["journey", "show", JOURNEY])
            .replace("\"email\": \"welcome\"", "\"email\": \"hello\"");
        let journey = house.file("journey.json", &journey);
        house.run(&["import", "journeys", journey.to_str().unwrap()]);
        house.run(&["journey", "launch", JOURNEY, "--expect-people", "3", "--detach"]);

        assert_eq!(node.tick().await.sent, 3, "{}", house.name);
        assert!(server.mails()[0].header("Subject").contains("Fresh words"), "{}", house.name);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_letter_goes_out_as_it_was_launched_whatever_is_imported_later() {
    for mut house in everywhere().await {
        let server = MailServer::open().await;
        house.writes_through(&server);
        let node = Campaign::launched(&house, &Town::that_joined(3, 1)).await;
        let offer = changed_letter(
            &house,
            "welcome",
            &[("purpose = \"training\"", "purpose = \"offers\"")],
            "Buy this\n",
        );
        house.run(&["import", "emails", &offer]);

        assert_eq!(node.tick().await.sent, 3, "{}", house.name);
        let subject = server.mails()[0].header("Subject");
        assert!(!subject.contains("Buy this"), "{}: {subject}", house.name);
    }
}

/// The reminder is a campaign of one letter about one lesson; who finishes the lesson first needs none.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn finishing_a_lesson_in_the_center_cancels_the_letter_that_reminds_of_it() {
    const LESSON: &str = "/learn/greet-callers-after-hours";
    for mut house in everywhere().await {
        let server = MailServer::open().await;
        house.writes_through(&server);
        let reminder = [("leads_to = \"first-pick\"", "leads_to = \"/learn/greet-callers-after-hours\"")];
        house.run(&["import", "emails", &changed_letter(&house, "welcome", &reminder, "Still open\n")]);
        let node = Campaign::launched(&house, &Town::that_joined(3, 1)).await;
        let (quick, other) = ("p0@acme-0.example", "p0@acme-1.example");
        let pages = Pages::of(&node).await;
        pages.customer(quick).await.press(LESSON, &format!("{LESSON}/finish")).await;
        // Another lesson is no reason.
        pages
            .customer(other)
            .await
            .press("/read/before-you-sign-a-plan", "/read/before-you-sign-a-plan/done")
            .await;

        assert_eq!((node.tick().await.sent, server.kept()), (2, 2), "{}", house.name);
        let row = row_of(&node, quick).await;
        assert_eq!((row.state.as_str(), row.reason.as_deref()), ("skipped", Some("already-finished")));
        assert!(server.mails_to(quick).is_empty() && server.mails_to(other).len() == 1, "{}", house.name);
        let said = house.run(&["journey", "status", JOURNEY]);
        assert!(
            said.contains("skipped, they finished what the letter is about: 1"),
            "{}: {said}",
            house.name
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_the_letter_it_was_launched_with_a_campaign_waits_and_nobody_is_failed() {
    for mut house in everywhere().await {
        let server = MailServer::open().await;
        house.writes_through(&server);
        let node = Campaign::launched(&house, &Town::that_joined(3, 1)).await;
        let offer = [("purpose = \"training\"", "purpose = \"offers\"")];
        house.run(&["import", "emails", &changed_letter(&house, "welcome", &offer, "Buy this\n")]);
        forget_the_letter(&node).await;

        assert_eq!(node.tick().await.sent, 0, "{}", house.name);
        let rows = node.rows().await;
        assert!(rows.iter().all(|row| row.state == "planned" && row.attempts == 0), "{}", house.name);
        assert_eq!((node.tick().await.claimed, server.kept()), (0, 0), "{}: not before a while", house.name);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_was_in_a_journey_does_not_enter_again_whatever_its_step_is_called() {
    for mut house in everywhere().await {
        let server = MailServer::open().await;
        house.writes_through(&server);
        let mut town = Town::that_joined(3, 1);
        let node = Campaign::launched(&house, &town).await;
        house.run(&["journey", "resume", JOURNEY]);
        let ways = enrolment::Entity::find().all(node.app.db.read()).await.unwrap();
        assert!(ways.len() == 3 && ways.iter().all(|way| way.state == "done"), "{}", house.name);

        town.people.extend(Town::that_joined(4, 1).people.split_off(3));
        node.take_in(&town).await;
        let journey = house.run(&["journey", "show", JOURNEY]).replace("\"s1\"", "\"s2\"");
        let journey = house.file("journey.json", &journey);
        house.run(&["import", "journeys", journey.to_str().unwrap()]);
        house.run(&["journey", "launch", JOURNEY, "--expect-people", "1"]);
        assert_eq!(server.kept(), 4, "{}: the newcomer, and nobody again", house.name);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_offer_stays_away_from_who_is_billed_by_a_partner_since_the_launch() {
    for mut house in everywhere().await {
        let server = MailServer::open().await;
        house.writes_through(&server);
        let mut town = Town::of(2, 1);
        town.let_join("training;offers", |_| true);
        let node = Campaign::saved(&house, &town, Terms::default(), None).await;
        let offer = [("purpose = \"training\"", "purpose = \"offers\"")];
        house.run(&["import", "emails", &changed_letter(&house, "welcome", &offer, "Buy this\n")]);
        node.launch(node.entering().await).await.unwrap();
        let billed = house.file("billed.csv", "external_id,name,billing\nacme-0,Acme,partner\n");
        house.run(&["import", "accounts", billed.to_str().unwrap()]);

        assert_eq!(node.tick().await.sent, 1, "{}", house.name);
        assert_eq!(server.mails()[0].to, "p0@acme-1.example", "{}", house.name);
        assert_eq!(node.status().await.skipped["billed-by-a-partner"], 1, "{}", house.name);
    }
}

/// As it is with a version that was launched before letters were kept.
async fn forget_the_letter(node: &Node) {
    node.edit("UPDATE journey_versions SET letter = NULL").await;
    let versions = journey_version::Entity::find().all(node.app.db.read()).await.unwrap();
    assert!(versions.iter().all(|version| version.letter.is_none()));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_receipt_changed_by_hand_is_found_even_when_the_chain_was_made_to_look_whole() {
    for house in everywhere().await {
        let node = Campaign::saved(&house, &Town::that_joined(3, 1), Terms::default(), None).await;
        assert!(house.run(&["consent", "verify"]).contains("3 lines"), "{}", house.name);
        let last = consent_entry::Entity::find().order_by_desc(consent_entry::Column::Seq);
        let last = last.one(node.app.db.read()).await.unwrap().unwrap();
        // Without the key nobody can work out what would follow.
        let stranger = server::keys::Keys::from_root([1; 32]);
        let forged = stranger.mac("ledger of consent", &last.previous_hash);
        let hex = forged.iter().fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"));
        let bytes = if house.name == "SQLite" { format!("x'{hex}'") } else { format!("'\\x{hex}'") };
        node.edit(&format!(
            "UPDATE consent_ledger SET wording = 'Anything', hash = {bytes} WHERE seq = {}",
            last.seq
        ))
        .await;
        assert!(house.refusal(&["consent", "verify"]).contains("line 3"), "{}", house.name);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_launches_at_once_one_is_refused_in_words_and_nobody_is_owed_two_letters() {
    for mut house in everywhere().await {
        let server = MailServer::open().await;
        house.writes_through(&server);
        let node = Campaign::saved(&house, &Town::that_joined(20, 1), Terms::default(), None).await;
        let other = Node::wake(&house, None).await;
        let (one, two) = tokio::join!(node.launch(20), other.launch(20));
        let refusals: Vec<String> =
            [one, two].into_iter().filter_map(Result::err).map(|error| format!("{error:#}")).collect();
        let [said] = refusals.as_slice() else { panic!("{}: {refusals:?}", house.name) };
        // The second one finds it running, launched meanwhile, or nobody left who would enter.
        let in_words = ["is running", "launched meanwhile", "0 people would enter"];
        assert!(in_words.iter().any(|words| said.contains(words)), "{}: {said}", house.name);
        assert_eq!(node.rows().await.len(), 20, "{}", house.name);
    }
}
