//! Without an outside mail server, letters go to the built-in mailbox, over real SMTP all the same.

use sea_orm::EntityTrait;
use server::store::entities::outbox_mail;

use crate::harness::{Campaign, JOURNEY, Node, Town, everywhere};

#[tokio::test]
async fn letters_rest_in_the_mailbox_of_the_house_when_no_server_is_named() {
    for house in everywhere().await {
        let town = Town::that_joined(3, 2);
        Campaign::import(&house, &town);
        house.run(&["comparison", "begin", "--share", "20"]);
        let node = Node::wake(&house, None).await;
        Campaign::save(&node).await;
        house.run(&["journey", "launch", JOURNEY, "--expect-people", "6"]);

        let mut mails = outbox_mail::Entity::find().all(node.app.db.read()).await.unwrap();
        mails.sort_by(|one, other| one.recipient.cmp(&other.recipient));
        let recipients: Vec<_> = mails.iter().map(|mail| mail.recipient.as_str()).collect();
        let mut expected: Vec<_> = town.people.iter().map(|person| person.email.as_str()).collect();
        expected.sort_unstable();
        assert_eq!(recipients, expected, "{}", house.name);
        for row in node.rows().await {
            assert_eq!(row.state, "sent", "{}", house.name);
            let name = format!("{}@bayside.example", row.id);
            assert!(mails.iter().any(|mail| mail.message_id.as_ref() == Some(&name)), "{}", house.name);
        }
    }
}
