//! What was decided about a comment, an unclear step or a search that found nothing: by whom, and why. The latest holds.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use super::entities::feedback_decision::{ActiveModel, Column, Entity};

/// What a decision is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum About {
    /// Somebody's words.
    Comment,
    /// A step that people found unclear.
    Step,
    /// Words that a search did not find.
    Search,
}

impl About {
    /// Everything that is decided about.
    pub const ALL: [Self; 3] = [Self::Comment, Self::Step, Self::Search];

    /// Its word in the store and in addresses.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Comment => "comment",
            Self::Step => "step",
            Self::Search => "search",
        }
    }
}

/// What is to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// Their words mean ours.
    Map,
    /// Something is to be written or changed.
    Write,
    /// Nothing.
    Ignore,
}

impl What {
    /// Everything that can be done.
    pub const ALL: [Self; 3] = [Self::Map, Self::Write, Self::Ignore];

    /// Its word in the store and in forms.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Map => "map",
            Self::Write => "write",
            Self::Ignore => "ignore",
        }
    }
}

/// A decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// Identifier.
    pub id: Uuid,
    /// What it is about.
    pub about: About,
    /// The comment's identifier, `item/step`, or the words that were searched for.
    pub subject: String,
    /// What is to be done.
    pub what: What,
    /// Our words for theirs.
    pub target: Option<String>,
    /// Why, or what is to be written.
    pub because: String,
    /// Who decided.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// Keeps a decision.
pub async fn keep(db: &impl ConnectionTrait, decision: &Decision) -> Result<(), DbErr> {
    let row = ActiveModel {
        id: Set(decision.id),
        about: Set(decision.about.word().to_owned()),
        subject: Set(decision.subject.clone()),
        kind: Set(decision.what.word().to_owned()),
        target: Set(decision.target.clone()),
        because: Set(decision.because.clone()),
        decided_by: Set(decision.by.clone()),
        at: Set(decision.at),
    };
    Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

/// The decision that holds about each thing.
pub async fn latest(db: &impl ConnectionTrait) -> Result<BTreeMap<(About, String), Decision>, DbErr> {
    let rows = Entity::find().order_by_asc(Column::At).order_by_asc(Column::Id).all(db).await?;
    let mut latest = BTreeMap::new();
    for row in rows {
        let about = About::ALL.into_iter().find(|about| about.word() == row.about);
        let what = What::ALL.into_iter().find(|what| what.word() == row.kind);
        let (Some(about), Some(what)) = (about, what) else {
            return Err(DbErr::Type(format!("nobody decides `{}` about a `{}`", row.kind, row.about)));
        };
        let decision = Decision {
            id: row.id,
            about,
            subject: row.subject,
            what,
            target: row.target,
            because: row.because,
            by: row.decided_by,
            at: row.at,
        };
        latest.insert((about, decision.subject.clone()), decision);
    }
    Ok(latest)
}

/// What customers search for and what we call it, as it was decided.
pub async fn mapped(db: &impl ConnectionTrait) -> Result<Vec<(String, Vec<String>)>, DbErr> {
    let rows = Entity::find()
        .filter(Column::About.eq(About::Search.word()))
        .order_by_asc(Column::At)
        .order_by_asc(Column::Id)
        .all(db)
        .await?;
    let mut mapped = BTreeMap::new();
    for row in rows {
        match row.target.filter(|_| row.kind == What::Map.word()) {
            Some(ours) => {
                let ours = ours.split(',').map(|one| one.trim().to_owned()).filter(|one| !one.is_empty());
                mapped.insert(row.subject, ours.collect::<Vec<_>>());
            }
            None => {
                mapped.remove(&row.subject);
            }
        }
    }
    Ok(mapped.into_iter().collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{self, noon};

    #[tokio::test]
    async fn the_last_decision_holds_and_every_one_is_kept() {
        for (place, app) in testing::houses().await {
            let first = Decision {
                id: Uuid::from_u128(1),
                about: About::Search,
                subject: "fax".to_owned(),
                what: What::Ignore,
                target: None,
                because: "We sell none.".to_owned(),
                by: "ann@lakeshore.example".to_owned(),
                at: noon(),
            };
            let later = noon() + chrono::TimeDelta::days(1);
            let second = Decision { id: Uuid::from_u128(2), what: What::Write, at: later, ..first.clone() };
            let txn = app.db.begin().await.unwrap();
            keep(&txn, &second).await.unwrap();
            keep(&txn, &first).await.unwrap();
            txn.commit().await.unwrap();
            let all = latest(app.db.read()).await.unwrap();
            assert_eq!(all.into_values().collect::<Vec<_>>(), [second], "on {}", place.name);
            assert_eq!(Entity::find().all(app.db.read()).await.unwrap().len(), 2, "on {}", place.name);
        }
    }

    #[tokio::test]
    async fn words_mean_ours_until_it_is_decided_otherwise() {
        for (place, app) in testing::houses().await {
            let map = Decision {
                id: Uuid::from_u128(1),
                about: About::Search,
                subject: "blinky box".to_owned(),
                what: What::Map,
                target: Some("Wi-Fi box, router".to_owned()),
                because: "They mean the box.".to_owned(),
                by: "ann@lakeshore.example".to_owned(),
                at: noon(),
            };
            let txn = app.db.begin().await.unwrap();
            keep(&txn, &map).await.unwrap();
            let ours = vec!["Wi-Fi box".to_owned(), "router".to_owned()];
            assert_eq!(mapped(&txn).await.unwrap(), [("blinky box".to_owned(), ours)], "on {}", place.name);
            let at = noon() + chrono::TimeDelta::days(1);
            let other = Decision { id: Uuid::from_u128(2), what: What::Ignore, target: None, at, ..map };
            keep(&txn, &other).await.unwrap();
            assert!(mapped(&txn).await.unwrap().is_empty(), "on {}", place.name);
            txn.commit().await.unwrap();
        }
    }
}
