//! Whether the center chooses for this reader, or shows what anybody sees.

use sea_orm::DbErr;
use segments::Profile;

use crate::app::App;
use crate::store::{audience, comparison};
use crate::web::visitor::Reader;

/// How the center meets a reader.
pub enum Standing {
    /// A member for whom the rules choose.
    Chosen(Box<Profile>),
    /// A member who sees the standard order: where members are drawn after joining, one who is on the comparison side, or
    /// on no side yet.
    Member,
    /// Somebody who has not joined, signed in or not.
    Visitor,
}

/// How the center meets this reader. Who has not joined sees what any signed-out visitor sees.
pub async fn of(app: &App, reader: Option<&Reader>) -> Result<Standing, DbErr> {
    let Some(reader) = reader else { return Ok(Standing::Visitor) };
    let db = app.db.read();
    let profiles = audience::load_profiles(db, &[reader.customer.id], app.clock.now()).await?;
    let Some(profile) = profiles.into_iter().next().filter(|profile| profile.opted_in_at.is_some()) else {
        return Ok(Standing::Visitor);
    };
    if comparison::keeps_standard_order(db, &profile.account).await? {
        return Ok(Standing::Member);
    }
    Ok(Standing::Chosen(Box::new(profile)))
}
