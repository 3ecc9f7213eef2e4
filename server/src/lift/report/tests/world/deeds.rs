//! What the people of the small world are told, and what they do.

use sea_orm::ActiveModelTrait;
use sea_orm::ActiveValue::Set;
use sea_orm::EntityTrait;
use segments::Purpose;
use uuid::Uuid;

use super::{JOURNEY, World, id, noon};
use crate::store;
use crate::store::comparison::{self, Design};
use crate::store::consent::GivenOrTaken;
use crate::store::entities::{ask, consent, contact, event, message};

impl World {
    /// Somebody of an account is asked to join.
    pub async fn asks(&self, account: &str, at: &str) {
        let row = ask::ActiveModel {
            id: Set(id("ask", account)),
            account_id: Set(id("account", account)),
            contact_id: Set(None),
            family_id: Set(id("family", account)),
            channel: Set("service-mail".to_owned()),
            wording: Set(None),
            asked_at: Set(noon(at)),
        };
        let txn = self.app.db.begin().await.unwrap();
        ask::Entity::insert(row).exec_without_returning(&txn).await.unwrap();
        txn.commit().await.unwrap();
    }

    /// Who crossed over by joining is written down.
    pub async fn crossings_are_kept(&self, at: &str) {
        let txn = self.app.db.begin().await.unwrap();
        comparison::refresh_held(&txn, Design::Invited, noon(at)).await.unwrap();
        txn.commit().await.unwrap();
    }

    /// Somebody of an account joins, asked or not.
    pub async fn joins(&self, account: &str, at: &str) {
        let txn = self.app.db.begin().await.unwrap();
        let row = contact::ActiveModel {
            id: Set(id("contact", account)),
            opted_in_at: Set(Some(noon(at))),
            ..Default::default()
        };
        row.update(&txn).await.unwrap();
        let row = consent::ActiveModel {
            account_id: Set(id("account", account)),
            contact_id: Set(id("contact", account)),
            purpose: Set("tracking".to_owned()),
            granted: Set(true),
            at: Set(noon(at)),
            entry_id: Set(Uuid::nil()),
        };
        consent::Entity::insert(row).exec_without_returning(&txn).await.unwrap();
        txn.commit().await.unwrap();
    }

    /// Somebody of an account said yes to letters on a day, and takes that back on another.
    pub async fn takes_back(&self, account: &str, granted: &str, taken: &str) {
        let said = [(granted, true), (taken, false)].map(|(at, granted)| GivenOrTaken {
            account: id("account", account).into(),
            contact: id("contact", account).into(),
            email_key: format!("{account}@{account}.example"),
            purpose: Purpose::Training,
            granted,
            at: noon(at),
            source: "test".to_owned(),
            wording: Some("Yes, write to me.".to_owned()),
            recorded_at: noon(at),
        });
        let txn = self.app.db.begin().await.unwrap();
        store::consent::record(&txn, &self.app.keys, &said).await.unwrap();
        txn.commit().await.unwrap();
    }

    /// Somebody of an account gets one of the program's letters.
    pub async fn letter(&self, account: &str, at: &str) -> Uuid {
        let row = message::ActiveModel {
            id: Set(id("message", account)),
            account_id: Set(id("account", account)),
            contact_id: Set(id("contact", account)),
            journey_id: Set(JOURNEY),
            version: Set(1),
            step: Set("letter".to_owned()),
            occurrence: Set(1),
            purpose: Set("training".to_owned()),
            state: Set("sent".to_owned()),
            attempts: Set(1),
            planned_at: Set(noon(at)),
            due_at: Set(noon(at)),
            handing_over_at: Set(Some(noon(at))),
            settled_at: Set(Some(noon(at))),
            ..Default::default()
        };
        let txn = self.app.db.begin().await.unwrap();
        message::Entity::insert(row).exec_without_returning(&txn).await.unwrap();
        txn.commit().await.unwrap();
        id("message", account)
    }

    /// Something that somebody of an account, or their mail program, did.
    pub async fn did(&self, account: &str, kind: &str, at: &str, about: Option<(Uuid, &str)>) {
        let row = event::ActiveModel {
            id: Set(id("event", &format!("{account}{kind}{at}"))),
            account_id: Set(id("account", account)),
            contact_id: Set(Some(id("contact", account))),
            kind: Set(kind.to_owned()),
            at: Set(noon(at)),
            message_id: Set(about.map(|(letter, _)| letter)),
            verdict: Set(about.map(|(_, verdict)| verdict.to_owned())),
            recorded_at: Set(noon(at)),
            ..Default::default()
        };
        let txn = self.app.db.begin().await.unwrap();
        event::Entity::insert(row).exec_without_returning(&txn).await.unwrap();
        txn.commit().await.unwrap();
    }
}
