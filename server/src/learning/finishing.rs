//! Going through a lesson and finishing it: what is kept, and what a reader is offered next.

use chrono::{DateTime, SubsecRound, Utc};
use sea_orm::DbErr;
use segments::EventKind;
use serde_json::json;
use uuid::Uuid;

use super::reminders;
use crate::app::App;
use crate::ids;
use crate::store::events::{self, NewEvent};
use crate::store::finishes::{self, Arm, Finish};
use crate::store::progress::{self, Learner, Said};

/// One in so many sees what they would see on any other day, in place of the follow-up.
const SEES_PICKS: u64 = 10;

/// What this person is offered after this item: drawn once and for all, by a hash of both.
pub fn arm(person: Uuid, item: &str) -> Arm {
    let drawn = ids::named(person, "follow-up", item);
    let (number, _) = drawn.as_u64_pair();
    // The lowest bits of the first half hold the version of the identifier; these are above it.
    if (number >> 16).is_multiple_of(SEES_PICKS) { Arm::Picks } else { Arm::FollowUp }
}

/// Keeps what a reader said about a step. A step that is newly done is a milestone, and an event.
pub async fn keep(app: &App, who: Learner, said: Said) -> Result<(), DbErr> {
    let now = app.clock.now();
    app.db
        .group()
        .commit(move |txn| {
            let said = said.clone();
            Box::pin(async move {
                if progress::keep(txn, who, &said, now).await? {
                    events::record(txn, &[milestone(who, &said, now)]).await?;
                }
                Ok(())
            })
        })
        .await
}

/// Keeps that a reader finished an item, with its last step, and what was drawn for them. Twice is once.
pub async fn finish(
    app: &App,
    who: Learner,
    item: &str,
    last: Option<Said>,
    drawn: Option<(Arm, String)>,
) -> Result<(), DbErr> {
    let now = app.clock.now();
    let at = now.trunc_subsecs(0);
    let (arm, follow_up) = drawn.unzip();
    let done = Finish { item: item.to_owned(), at, arm, follow_up };
    app.db
        .group()
        .commit(move |txn| {
            let (done, last) = (done.clone(), last.clone());
            Box::pin(async move {
                if let Some(said) = last
                    && progress::keep(txn, who, &said, now).await?
                {
                    events::record(txn, &[milestone(who, &said, now)]).await?;
                }
                reminders::take_back(txn, who, &done.item, "finished", now).await?;
                if finishes::finish(txn, who, &done).await? {
                    events::record(txn, &[completed(who, &done, now)]).await?;
                }
                Ok(())
            })
        })
        .await
}

fn milestone(who: Learner, said: &Said, now: DateTime<Utc>) -> NewEvent {
    let name = format!("step|{}|{}", said.item, said.step);
    NewEvent {
        contact: Some(who.contact.into()),
        item: Some(said.item.clone()),
        value: Some(json!({ "about": "step-done", "step": said.step }).to_string()),
        recorded_at: now,
        ..NewEvent::of(
            ids::named(who.contact, "act", &name),
            who.account.into(),
            EventKind::Form,
            now.trunc_subsecs(0),
        )
    }
}

fn completed(who: Learner, done: &Finish, now: DateTime<Utc>) -> NewEvent {
    NewEvent {
        contact: Some(who.contact.into()),
        item: Some(done.item.clone()),
        recorded_at: now,
        ..NewEvent::of(
            ids::named(who.contact, "act", &format!("completed|{}", done.item)),
            who.account.into(),
            EventKind::Completed,
            done.at,
        )
    }
}

#[cfg(test)]
mod tests {
    use sea_orm::EntityTrait;

    use super::*;
    use crate::store::entities::event;
    use crate::testing;

    #[test]
    fn a_tenth_sees_picks_and_each_person_always_the_same() {
        let person = |number: u128| ids::named(Uuid::nil(), "person", &number.to_string());
        let picks = (0..10_000).filter(|number| arm(person(*number), "greet") == Arm::Picks).count();
        assert!((900..1_100).contains(&picks), "{picks} of 10,000");
        assert!((0..100).all(|number| arm(person(number), "greet") == arm(person(number), "greet")));
        let differs = (0..100).any(|number| arm(person(number), "greet") != arm(person(number), "backup"));
        assert!(differs, "it is drawn for each item anew");
    }

    #[tokio::test]
    async fn finishing_twice_is_finishing_once_and_its_last_step_is_done() {
        for (place, app) in testing::houses().await {
            let who = Learner { account: Uuid::from_u128(1), contact: Uuid::from_u128(2) };
            let last = Said {
                item: "greet".to_owned(),
                step: "test".to_owned(),
                shown: [].into(),
                ticked: [].into(),
                done: true,
            };
            let press = || {
                let (app, last) = (app.clone(), last.clone());
                let drawn = Some((Arm::FollowUp, "next".to_owned()));
                async move { finish(&app, who, "greet", Some(last), drawn).await }
            };
            let (one, two) = tokio::join!(press(), press());
            one.unwrap();
            two.unwrap();
            app.clock.advance(chrono::TimeDelta::days(40));
            press().await.unwrap();

            let mut kinds: Vec<_> = event::Entity::find().all(app.db.read()).await.unwrap();
            kinds.sort_by(|one, other| one.kind.cmp(&other.kind));
            let kinds: Vec<_> = kinds.iter().map(|event| event.kind.as_str()).collect();
            assert_eq!(kinds, ["completed", "form"], "on {}", place.name);
            let way = progress::of_item(app.db.read(), who, "greet").await.unwrap();
            assert!(way.steps["test"].done, "on {}", place.name);
        }
    }
}
