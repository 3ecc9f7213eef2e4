//! A campaign goes out as it was launched, from nodes that were at work long before.

use std::path::Path;

use sea_orm::EntityTrait;
use server::campaigns::comparison::Terms;
use server::store::entities::journey_version;

use crate::harness::{Campaign, House, JOURNEY, MailServer, Node, Town, everywhere};

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

/// As it is with a version that was launched before letters were kept.
async fn forget_the_letter(node: &Node) {
    node.edit("UPDATE journey_versions SET letter = NULL").await;
    let versions = journey_version::Entity::find().all(node.app.db.read()).await.unwrap();
    assert!(versions.iter().all(|version| version.letter.is_none()));
}
