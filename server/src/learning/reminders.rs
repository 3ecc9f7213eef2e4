//! "Remind me": one letter on one day, about a lesson that was begun. Finishing it takes the letter back.

use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeZone, Utc};
use chrono_tz::Tz;
use sea_orm::{ConnectionTrait, DbErr};
use serde_json::Value;
use uuid::Uuid;

use crate::app::App;
use crate::ids;
use crate::store::notices::{self, Kind, Notice, Person};
use crate::store::progress::Learner;
use crate::store::reminders;

/// So many days ahead a reader may choose from.
const AHEAD: u64 = 7;
/// The hour at which a reminder goes out, by the reader's own clock.
const HOUR: u32 = 9;

/// The days a reader may choose from, the first of them tomorrow where they are.
pub fn days(now: DateTime<Utc>, zone: Tz) -> Vec<NaiveDate> {
    let today = now.with_timezone(&zone).date_naive();
    (1..=AHEAD).filter_map(|ahead| today.checked_add_days(Days::new(ahead))).collect()
}

/// The day on which this reader will be reminded of this item, if they asked for it.
pub async fn chosen(app: &App, who: Learner, item: &str) -> Result<Option<NaiveDate>, DbErr> {
    let days = around(app.clock.now());
    let ids: Vec<Uuid> = days.iter().map(|day| id(who, item, *day)).collect();
    let waiting = reminders::waiting(app.db.read(), &ids).await?;
    Ok(days.into_iter().zip(ids).find(|(_, id)| waiting.contains(id)).map(|(day, _)| day))
}

/// What a reminder is about, and where it goes.
#[derive(Debug, Clone)]
pub struct Wish {
    /// The item.
    pub item: String,
    /// The day that was chosen.
    pub day: NaiveDate,
    /// The reader's time zone.
    pub zone: Tz,
    /// The reader's address, as [`segments::Email::key`] has it.
    pub address: String,
    /// What the letter says; see [`Notice::data`].
    pub data: Value,
}

/// Queues the one reminder of this item; a reminder on another day is taken back.
pub async fn ask(app: &App, who: Learner, wish: Wish) -> Result<(), DbErr> {
    let now = app.clock.now();
    let morning = wish.day.and_time(NaiveTime::from_hms_opt(HOUR, 0, 0).expect("this is a time"));
    let due_at = wish.zone.from_local_datetime(&morning).earliest();
    let notice = Notice {
        id: id(who, &wish.item, wish.day),
        person: Some(Person { account: who.account, contact: who.contact }),
        kind: Kind::Reminder,
        address: wish.address,
        data: wish.data,
        due_at: due_at.map_or_else(|| morning.and_utc(), |at| at.with_timezone(&Utc)),
    };
    let item = wish.item;
    app.db
        .group()
        .commit(move |txn| {
            let (notice, item) = (notice.clone(), item.clone());
            Box::pin(async move {
                take_back(txn, who, &item, "another-day", now).await?;
                notices::queue(txn, &notice, now).await?;
                reminders::again(txn, notice.id).await
            })
        })
        .await
}

/// Takes back whatever reminder of this item has not gone out.
pub async fn take_back(
    db: &impl ConnectionTrait,
    who: Learner,
    item: &str,
    why: &'static str,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    for day in around(now) {
        notices::cancel(db, id(who, item, day), why, now).await?;
    }
    Ok(())
}

/// Today and the days one could have chosen, wherever on earth.
fn around(now: DateTime<Utc>) -> Vec<NaiveDate> {
    let earliest = now.date_naive().pred_opt();
    (0..AHEAD + 3).filter_map(|day| earliest?.checked_add_days(Days::new(day))).collect()
}

fn id(who: Learner, item: &str, day: NaiveDate) -> Uuid {
    ids::named(who.contact, "reminder", &format!("{item}|{day}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_day_to_choose_is_tomorrow_where_the_reader_is() {
        let evening = "2026-03-04T01:30:00Z".parse().unwrap();
        let first = |zone| days(evening, zone)[0].to_string();
        assert_eq!(first(Tz::America__New_York), "2026-03-04", "it is still the third there");
        assert_eq!(first(Tz::UTC), "2026-03-05");
        assert_eq!(first(Tz::Pacific__Kiritimati), "2026-03-05");
        for zone in [Tz::America__New_York, Tz::UTC, Tz::Pacific__Kiritimati, Tz::Pacific__Pago_Pago] {
            assert!(days(evening, zone).iter().all(|day| around(evening).contains(day)), "{zone}");
        }
    }
}
