//! What came back: opens and clicks, each kept with who it was before it is answered.
//!
//! A hit on the same link within the same second is one hit. A click is judged again when more clicks show what
//! company it came in. Who took back the consent to tracking is not watched, whatever links their old letters hold.

use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use sea_orm::{DatabaseTransaction, DbErr};
use segments::EventKind;
use uuid::Uuid;

use super::verdict::{AgentFamily, Burst, Click, Evidence, Kind, Method, NetworkClass, RULES, bursts, judge};
use crate::app::App;
use crate::ids;
use crate::store::events::{self, NewEvent};
use crate::store::responses::{self, Letter};

/// Clicks longer ago than this cannot change a verdict any more.
const MEMORY: TimeDelta = TimeDelta::minutes(10);

/// How somebody asked for a pixel or a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asked {
    /// The method.
    pub method: Method,
    /// Whether the request said that nobody asked for it yet.
    pub prefetch: bool,
    /// Which kind of program asked.
    pub agent: AgentFamily,
    /// From which kind of network.
    pub network: NetworkClass,
}

/// Keeps an open of this letter.
pub async fn opened(app: &App, message: Uuid, asked: Asked) -> Result<(), DbErr> {
    let Some(letter) = responses::letter(app.db.read(), message).await? else { return Ok(()) };
    keep(app, letter, asked, None).await
}

/// Keeps a click on a link of this letter, and says where the link leads.
///
/// Nothing when there is no such link. When the click could not be kept, the reader still gets where they wanted:
/// the second half says what went wrong.
pub async fn clicked(
    app: &App,
    message: Uuid,
    number: u16,
    asked: Asked,
) -> Result<Option<(String, Result<(), DbErr>)>, DbErr> {
    let Some(letter) = responses::letter(app.db.read(), message).await? else { return Ok(None) };
    let Some(link) = letter.links.iter().find(|link| link.number == number).cloned() else {
        return Ok(None);
    };
    let kept = keep(app, letter, asked, Some(link.clone())).await;
    Ok(Some((link.url, kept)))
}

async fn keep(app: &App, letter: Letter, asked: Asked, link: Option<responses::Link>) -> Result<(), DbErr> {
    let now = app.clock.now();
    app.db
        .group()
        .commit(move |txn| {
            let (letter, link) = (letter.clone(), link.clone());
            Box::pin(async move { write(txn, &letter, asked, link, now).await })
        })
        .await
}

async fn write(
    txn: &DatabaseTransaction,
    letter: &Letter,
    asked: Asked,
    link: Option<responses::Link>,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    if !responses::allows_tracking(txn, letter).await? {
        return Ok(());
    }
    let kind = if link.is_some() { Kind::Click } else { Kind::Open };
    let evidence = Evidence {
        method: asked.method,
        prefetch: asked.prefetch,
        agent: asked.agent,
        network: asked.network,
        seconds: letter.handed_over_at.map(|at| (now - at).num_seconds()),
        burst: Burst::default(),
    };
    let kept = match kind {
        Kind::Open => EventKind::Opened,
        Kind::Click => EventKind::Clicked,
    };
    let second = now.trunc_subsecs(0);
    let number = link.as_ref().map(|link| i32::from(link.number));
    let name = format!("{kept}|{}|{}", number.unwrap_or_default(), second.timestamp());
    let hit = NewEvent {
        contact: Some(letter.contact_id.into()),
        message: Some(letter.id),
        item: link.as_ref().and_then(|link| link.item.clone()),
        link: number,
        value: link.as_ref().and_then(|link| link.choice).map(|choice| choice.hyphenated().to_string()),
        verdict: Some((judge(kind, &evidence), RULES)),
        evidence: Some(json(&evidence)?),
        recorded_at: now,
        ..NewEvent::of(ids::named(letter.id, "hit", &name), letter.account_id.into(), kept, second)
    };
    events::record(txn, &[hit]).await?;
    if kind == Kind::Click { judge_together(txn, letter, now).await } else { Ok(()) }
}

/// Judges the recent clicks on a letter in each other's company, and keeps what changed.
async fn judge_together(txn: &DatabaseTransaction, letter: &Letter, now: DateTime<Utc>) -> Result<(), DbErr> {
    let clicks = responses::clicks(txn, letter.id, now - MEMORY).await?;
    let times: Vec<_> =
        clicks.iter().map(|click| Click { at: click.recorded_at, link: click.link }).collect();
    for (mut click, burst) in clicks.into_iter().zip(bursts(&times, letter.links.len())) {
        let Ok(known) = serde_json::from_value::<Evidence>(click.evidence.clone()) else { continue };
        let evidence = Evidence { burst, ..known.clone() };
        if evidence == known {
            continue;
        }
        judge(Kind::Click, &evidence).as_str().clone_into(&mut click.verdict);
        click.evidence = json(&evidence)?;
        responses::rejudge(txn, letter, &click, RULES).await?;
    }
    Ok(())
}

fn json(evidence: &Evidence) -> Result<serde_json::Value, DbErr> {
    serde_json::to_value(evidence).map_err(|error| DbErr::Json(error.to_string()))
}
