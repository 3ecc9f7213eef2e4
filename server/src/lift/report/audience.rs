//! Who a program is for, asked as of its start and without regard to the side.

use std::collections::{BTreeSet, HashSet};

use chrono::{DateTime, Utc};
use segments::{Fact, Predicate};
use uuid::Uuid;

use super::ReportError;
use crate::app::App;
use crate::store::comparison::Design;
use crate::store::outcomes::Assigned;
use crate::store::programs::Kept;
use crate::store::{audience, outcomes};

/// People asked for at once.
const PAGE: u64 = 5_000;

/// The families somebody of whom the program is for; nothing when it is for everyone.
///
/// Only people count who were there when their family was put on its side: those whom the program brought in later would
/// bring in families of one side only.
pub async fn families(
    app: &App,
    kept: &Kept,
    assigned: &[Assigned],
    now: DateTime<Utc>,
) -> Result<Option<HashSet<Uuid>>, ReportError> {
    let db = app.db.read();
    let question = audience::resolve(db, &kept.program.audience).await?;
    if question == Predicate::everyone() {
        return Ok(None);
    }
    let at = kept.started_at.unwrap_or(now);
    let (mut people, mut after) = (Vec::new(), None);
    loop {
        let page = audience::list(db, &question, at, after, PAGE).await?;
        after = page.last().copied();
        let last = (page.len() as u64) < PAGE;
        people.extend(page);
        if last {
            break;
        }
    }
    Ok(Some(outcomes::families_of(db, &people, assigned).await?))
}

/// What the audience asks for that the program, or the outcome itself, may change.
///
/// Such a question would put other families into the count on one side than on the other.
pub async fn moved(app: &App, kept: &Kept, design: Option<Design>) -> Result<Vec<String>, ReportError> {
    let question = audience::resolve(app.db.read(), &kept.program.audience).await?;
    let asked = question.facts().into_iter().filter(|fact| moves(fact, design));
    let words: BTreeSet<_> = asked.map(|fact| Predicate::from(fact.clone()).to_string()).collect();
    Ok(words.into_iter().collect())
}

fn moves(fact: &Fact, design: Option<Design>) -> bool {
    match fact {
        // Members are drawn after joining; what they take back later, letters may have made them take back.
        Fact::Joined { .. } => design != Some(Design::Members),
        Fact::Consents(_)
        | Fact::Owns(_)
        | Fact::Seats { .. }
        | Fact::ActiveSeats { .. }
        | Fact::UnusedSeats { .. }
        | Fact::Milestone { .. }
        | Fact::Renews(_)
        | Fact::Amount(_)
        | Fact::UserType(_)
        | Fact::Level(_)
        | Fact::Needs(_)
        | Fact::Did(_)
        | Fact::DidNot(_)
        | Fact::InJourney(_) => true,
        _ => false,
    }
}
