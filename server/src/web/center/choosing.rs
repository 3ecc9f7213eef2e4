//! Keeping what was chosen for a page, and leading to it so that the page can say why.

use chrono::{DateTime, SubsecRound, Timelike, Utc};
use content::{Choice, Item};
use segments::Profile;
use templates::Words;
use templates::center::{PickCard, Why};

use super::home;
use crate::app::App;
use crate::store::choices::{self as kept, Kept, Shown};
use crate::web::error::PageError;
use crate::{ids, router};

/// Keeps what was chosen. The same choice within the hour is one.
pub(super) async fn keep(
    app: &App,
    profile: &Profile,
    choices: Vec<Choice>,
    now: DateTime<Utc>,
) -> Result<Vec<Kept>, PageError> {
    let hour = now.trunc_subsecs(0);
    let hour = hour.with_minute(0).and_then(|hour| hour.with_second(0)).unwrap_or(hour);
    let person = profile.id.uuid();
    let all: Vec<Kept> = choices
        .into_iter()
        .map(|choice| {
            let name = format!("{}|{}|{}|{}", hour.timestamp(), choice.slot, choice.position, choice.item);
            Kept { id: ids::named(person, "choice", &name), choice }
        })
        .collect();
    let shown =
        Shown { account_id: profile.account.id.uuid(), contact_id: person, at: hour, message_id: None };
    let rows = all.clone();
    app.db
        .group()
        .commit(move |txn| {
            let rows = rows.clone();
            Box::pin(async move { kept::keep(txn, shown, &rows).await })
        })
        .await?;
    Ok(all)
}

/// Where a chosen item opens: the page there knows by which choice its reader came.
pub(super) fn href(item: &Item, kept: &Kept) -> String {
    format!("{}?why={}", item.path(), kept.id)
}

/// Why something was chosen, in the reader's words.
pub(super) fn why(choice: &Choice) -> Why {
    Why {
        because: choice.because.clone(),
        facts: choice.facts.iter().map(|fact| format!("{}: {}", fact.label, fact.value)).collect(),
        change_href: router::leads_to("/me").then(|| "/me".to_owned()),
    }
}

/// A chosen item as a card.
pub(super) fn pick(app: &App, words: &Words, item: &Item, kept: &Kept) -> PickCard {
    home::pick(app, words, item, href(item, kept), why(&kept.choice))
}
