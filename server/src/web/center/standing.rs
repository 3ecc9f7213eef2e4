//! Whether the center chooses for this reader, or shows what anybody sees.

use sea_orm::DbErr;
use segments::{Profile, Side};

use crate::app::App;
use crate::store::audience;
use crate::store::comparison::{self, Design};
use crate::web::visitor::Reader;

/// The reader's profile, when the center may choose for them.
///
/// Who has not joined sees what any signed-out visitor sees. Where members are drawn after joining, the comparison
/// side keeps the standard order too.
pub async fn chosen_for(app: &App, reader: Option<&Reader>) -> Result<Option<Profile>, DbErr> {
    let Some(reader) = reader else { return Ok(None) };
    let profiles = audience::load_profiles(app.db.read(), &[reader.customer.id], app.clock.now()).await?;
    let Some(profile) = profiles.into_iter().next().filter(|profile| profile.opted_in_at.is_some()) else {
        return Ok(None);
    };
    let kept_out = profile.account.held || profile.account.side == Some(Side::Comparison);
    if kept_out {
        let draw = comparison::draw(app.db.read()).await?;
        if draw.is_some_and(|draw| draw.design == Design::Members) {
            return Ok(None);
        }
    }
    Ok(Some(profile))
}
