//! Asking: the question, who hears of it, and the event that questions about people read.

use chrono::{DateTime, SubsecRound, Utc};
use sea_orm::DbErr;
use segments::{EventKind, Level};
use serde_json::json;
use uuid::Uuid;

use super::{Posted, held};
use crate::app::App;
use crate::ids;
use crate::store::events::{self, NewEvent};
use crate::store::following;
use crate::store::pictures;
use crate::store::questions::{self, AskedOf, Asker, Question, State};

/// Letters of a title that stand in the address.
const LONGEST_NAME: usize = 60;
/// How long words wait for their author to sign in: as long as their browser is known.
const WAITING_DAYS: i64 = 1;

/// What was typed, sound.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// The question.
    pub title: String,
    /// What else there is to say, as Markdown.
    pub details: String,
    /// Code of the product.
    pub product: Option<String>,
    /// Slug of the fix whose problem it is about.
    pub problem: Option<String>,
    /// How sure of themselves who asks is.
    pub level: Option<Level>,
    /// Who is asked.
    pub asked_of: AskedOf,
    /// Whether who asks hears of answers by mail.
    pub follow: bool,
    /// The language of the page.
    pub language: String,
    /// A picture that waits for the question, and what it shows.
    pub picture: Option<(Uuid, String)>,
}

/// Asks a question. The same words of the same person are the same question.
pub async fn ask(app: &App, asker: &Asker, words: &Words, network: &[u8]) -> Result<(Posted, String), DbErr> {
    let now = app.clock.now();
    let id = ids::named(asker.contact, "question", &format!("{}|{}", words.title, words.details));
    let one = Question {
        account: asker.account,
        id,
        contact: asker.contact,
        slug: name(&words.title, id),
        title: words.title.clone(),
        details: words.details.clone(),
        product: words.product.clone(),
        trade: asker.trade.clone(),
        size: asker.size,
        country: asker.country.clone(),
        region: asker.region.clone(),
        problem: words.problem.clone(),
        level: words.level.or(asker.level),
        language: words.language.clone(),
        asked_of: words.asked_of,
        state: State::Open,
        held: None,
        hidden_why: None,
        accepted: None,
        merged_into: None,
        first_post: false,
        replies: 0,
        first_reply_at: None,
        at: now,
        updated_at: now,
    };
    let (slug, follow, network, house) = (one.slug.clone(), words.follow, network.to_vec(), app.clone());
    let picture = words.picture.clone();
    let held = app
        .db
        .group()
        .commit(move |txn| {
            let (one, network, app) = (one.clone(), network.clone(), house.clone());
            let picture = picture.clone();
            Box::pin(async move {
                if let Some(before) = questions::of_account(txn, one.account, one.id).await? {
                    return Ok(before.held);
                }
                let held = held(&app, txn, (one.account, one.contact), &network).await?;
                let first_post = !questions::has_posted(txn, one.account, one.contact).await?;
                let one = Question { held, first_post, ..one };
                questions::keep(txn, &one).await?;
                if let Some((id, alt)) = &picture {
                    pictures::post(txn, &one, *id, alt, now).await?;
                }
                if follow {
                    following::follow(txn, &one, one.contact, now).await?;
                }
                events::record(txn, &[asked(&one, now)]).await?;
                Ok(held)
            })
        })
        .await?;
    Ok((Posted { id, held }, slug))
}

fn asked(one: &Question, now: DateTime<Utc>) -> NewEvent {
    NewEvent {
        contact: Some(one.contact.into()),
        // Not its address, which has words of the question in it: an event outlives them.
        value: Some(json!({ "about": "question", "id": one.id }).to_string()),
        product: one.product.clone(),
        recorded_at: now,
        ..NewEvent::of(
            ids::named(one.contact, "act", &format!("asked|{}", one.id)),
            one.account.into(),
            EventKind::Asked,
            now.trunc_subsecs(0),
        )
    }
}

/// The last part of a question's address: its first words, and figures that no other question has.
fn name(title: &str, id: Uuid) -> String {
    let mut name = String::new();
    for word in
        title.to_lowercase().split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty())
    {
        if name.len() + word.len() >= LONGEST_NAME {
            break;
        }
        name.push_str(word);
        name.push('-');
    }
    let figures = id.simple().to_string();
    let end = &figures[figures.len() - 12..];
    let name = if name.is_empty() { "q-".to_owned() } else { name };
    debug_assert!(content::Slug::parse(&format!("{name}{end}")).is_ok(), "{name}{end}");
    format!("{name}{end}")
}

/// Forgets words and pictures that nobody came back for.
pub async fn sweep(app: &App) -> Result<u64, DbErr> {
    let before = app.clock.now() - chrono::TimeDelta::days(WAITING_DAYS);
    let txn = app.db.begin().await?;
    let swept = following::sweep_drafts(&txn, before).await? + pictures::sweep_drafts(&txn, before).await?;
    txn.commit().await?;
    Ok(swept)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_the_first_words_and_figures_of_its_own() {
        let id = Uuid::from_u128(0x0123_4567_89ab_cdef_0123_4567_89ab_cdef);
        assert_eq!(
            name("Can the front desk move a call?", id),
            "can-the-front-desk-move-a-call-456789abcdef"
        );
        assert_eq!(name("¿Qué?!", id), "qu-456789abcdef");
        assert_eq!(name("??", id), "q-456789abcdef");
        assert!(name(&"word ".repeat(100), id).len() <= LONGEST_NAME + 13);
    }
}
