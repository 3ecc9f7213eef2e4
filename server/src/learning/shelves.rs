//! Saving, sharing and giving: what each leaves in tables, with the event that says that somebody did it.

use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use sea_orm::DbErr;
use segments::EventKind;
use serde_json::json;
use uuid::Uuid;

use crate::app::App;
use crate::clock::Clock;
use crate::doors::Secret;
use crate::store::events::{self, NewEvent};
use crate::store::gifts::{self, Gift};
use crate::store::pieces::{self, NewPiece};
use crate::store::progress::Learner;
use crate::store::shares::{self, Share};
use crate::store::shelves::{self, Thing};
use crate::{ids, tokens};

/// A deleted shelf can be brought back for so many days.
pub const BACK_DAYS: i64 = 30;
/// So many shelves one person may have.
pub const MOST: usize = 100;
/// For so many days a link may open.
pub const LINK_DAYS: [i64; 3] = [7, 30, 90];
/// A link that ended is forgotten after so many days.
const LINK_KEPT_DAYS: i64 = 90;

/// Makes a shelf with these pieces on it, in their order.
pub async fn make(app: &App, who: Learner, id: Uuid, title: &str, items: &[NewPiece]) -> Result<(), DbErr> {
    let now = app.clock.now();
    let txn = app.db.begin().await?;
    shelves::create(&txn, who, id, title, now).await?;
    for piece in items {
        pieces::put(&txn, who, id, piece, now).await?;
    }
    let saved: Vec<_> = items.iter().map(|piece| saved(who, id, &piece.item, now)).collect();
    events::record(&txn, &saved).await?;
    txn.commit().await
}

/// Puts an item on a shelf of this person; whether there is such a shelf.
pub async fn save(app: &App, who: Learner, shelf: Uuid, piece: &NewPiece) -> Result<bool, DbErr> {
    let now = app.clock.now();
    let txn = app.db.begin().await?;
    let there = shelves::own(&txn, who, shelf).await?.is_some();
    if there {
        pieces::put(&txn, who, shelf, piece, now).await?;
        events::record(&txn, &[saved(who, shelf, &piece.item, now)]).await?;
    }
    txn.commit().await?;
    Ok(there)
}

/// Makes a link that opens for so many days; gives its identifier.
pub async fn share(app: &App, who: Learner, thing: Thing, days: i64) -> Result<Uuid, DbErr> {
    let (id, now) = (app.ids.next(), Clock::Real.now());
    let event = did(who, "shared", &id.to_string(), &thing, app.clock.now());
    let share = Share { id, owner: who, thing, expires_at: now + TimeDelta::days(days) };
    let hash = Secret::received(&tokens::of_share(&app.keys, id)).hash();
    let txn = app.db.begin().await?;
    shares::create(&txn, &share, hash, now).await?;
    events::record(&txn, &[event]).await?;
    txn.commit().await?;
    Ok(id)
}

/// Gives something to a colleague of the same account. The same to the same person once more changes nothing. Gives the
/// identifier of the gift.
pub async fn give(app: &App, who: Learner, receiver: Uuid, thing: Thing) -> Result<Uuid, DbErr> {
    let now = app.clock.now();
    let event = did(who, "gave", &name_of(receiver, &thing), &thing, now);
    let gift = gift(who, receiver, thing, now);
    let txn = app.db.begin().await?;
    if gifts::give(&txn, &gift).await? {
        events::record(&txn, &[event]).await?;
    }
    txn.commit().await?;
    Ok(gift.id)
}

/// Gives it again after it was taken back: that somebody gave it was counted when they did.
pub async fn give_again(app: &App, who: Learner, receiver: Uuid, thing: Thing) -> Result<(), DbErr> {
    let txn = app.db.begin().await?;
    gifts::give(&txn, &gift(who, receiver, thing, app.clock.now())).await?;
    txn.commit().await
}

fn gift(who: Learner, receiver: Uuid, thing: Thing, now: DateTime<Utc>) -> Gift {
    Gift {
        id: ids::named(who.contact, "gift", &name_of(receiver, &thing)),
        account: who.account,
        giver: who.contact,
        receiver,
        thing,
        at: now,
        agreed: false,
    }
}

/// The same thing to the same person is the same gift.
fn name_of(receiver: Uuid, thing: &Thing) -> String {
    match thing {
        Thing::Item(item) => format!("{receiver}|item|{item}"),
        Thing::Shelf(shelf) => format!("{receiver}|shelf|{shelf}"),
    }
}

/// Forgets shelves that were deleted long ago and links that ended long ago. The clockwork calls this.
pub async fn tick(app: &App) -> Result<u64, DbErr> {
    let txn = app.db.begin().await?;
    let gone = shelves::sweep(&txn, app.clock.now() - TimeDelta::days(BACK_DAYS)).await?;
    shares::sweep(&txn, Clock::Real.now() - TimeDelta::days(LINK_KEPT_DAYS)).await?;
    txn.commit().await?;
    Ok(gone)
}

/// Saving the same on the same shelf within a second is one event.
fn saved(who: Learner, shelf: Uuid, item: &str, now: DateTime<Utc>) -> NewEvent {
    did(who, "saved", &format!("{shelf}|{item}"), &Thing::Item(item.to_owned()), now)
}

fn did(who: Learner, about: &str, name: &str, thing: &Thing, now: DateTime<Utc>) -> NewEvent {
    let (item, shelf) = match thing {
        Thing::Item(item) => (Some(item.clone()), None),
        Thing::Shelf(shelf) => (None, Some(*shelf)),
    };
    let at = now.trunc_subsecs(0);
    NewEvent {
        contact: Some(who.contact.into()),
        item,
        value: Some(json!({ "about": about, "shelf": shelf }).to_string()),
        recorded_at: now,
        ..NewEvent::of(
            ids::named(who.contact, "act", &format!("{about}|{name}|{}", at.timestamp())),
            who.account.into(),
            EventKind::Form,
            at,
        )
    }
}
