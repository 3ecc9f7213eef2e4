//! Questions among customers: asking, answering, looking after what stands there, and what is said of it in figures.
//!
//! Nobody is kept from asking for help. What comes too thick, or from somebody whose posts a person wants to see first,
//! waits unpublished in the same queue in which our experts look for questions.

pub mod answering;
pub mod asking;
pub mod drafting;
pub mod figures;
pub mod moderating;
pub mod picturing;
#[cfg(test)]
mod tests;

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ConnectionTrait, DbErr};
use uuid::Uuid;

use crate::app::App;
use crate::clock::Clock;
use crate::store::questions::Held;
use crate::store::{limits, moderation};

/// Posts of one person in a day that are shown at once.
const A_DAY_OF_ONE: i32 = 10;
/// Posts from one network in an hour that are shown at once.
const AN_HOUR_FROM_A_NETWORK: i32 = 40;

/// What came of a post.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Posted {
    /// What it is known by.
    pub id: Uuid,
    /// Why it is not shown yet.
    pub held: Option<Held>,
}

/// Whether a person looks at a post before it is shown, and why.
async fn held(
    app: &App,
    db: &impl ConnectionTrait,
    (account, contact): (Uuid, Uuid),
    network: &[u8],
) -> Result<Option<Held>, DbErr> {
    if moderation::is_banned(db, account, contact).await? {
        return Ok(Some(Held::Banned));
    }
    let now: DateTime<Utc> = Clock::Real.now();
    let key = |what: &[u8], who: &[u8]| app.keys.mac("limit", &[what, b"|", who].concat());
    let one = key(b"posts of", contact.as_bytes());
    let from = key(b"posts from", network);
    let day = limits::allow(db, &one, A_DAY_OF_ONE, TimeDelta::days(1), now).await?;
    let hour = limits::allow(db, &from, AN_HOUR_FROM_A_NETWORK, TimeDelta::hours(1), now).await?;
    Ok((!(day && hour)).then_some(Held::Many))
}

/// Words as somebody typed them, without what no keyboard types.
pub fn tidy(text: &str) -> String {
    let kept =
        text.replace("\r\n", "\n").chars().filter(|c| *c == '\n' || !c.is_control()).collect::<String>();
    kept.trim().to_owned()
}

/// Words that fit on one line.
pub fn one_line(text: &str) -> String {
    tidy(text).split_whitespace().collect::<Vec<_>>().join(" ")
}
