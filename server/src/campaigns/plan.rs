//! Launches a campaign: freezes who gets it, checks the number that was told back, and owes each of them one letter.
//!
//! Saving never sends. A launch names the head count and must be told the same number back; what it freezes only ever
//! shrinks afterwards.

use std::collections::BTreeMap;

use anyhow::{Context, bail};
use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, DbErr};
use segments::Predicate;

use super::comparison;
use crate::app::App;
use crate::shelf::Shelf;
use crate::store::holds::{self, Hold};
use crate::store::journeys::{self, State, Version};
use crate::store::messages::{self, Status};
use crate::store::recipients::{self, Letter, Standing};
use crate::store::{audience, billing, programs};

/// People looked at in one go.
const PAGE: u64 = 1_000;

/// Who would enter a campaign now, and who would not.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Audience {
    /// Those who would get the letter.
    pub entering: Vec<Standing>,
    /// Those who would not, counted by reason.
    pub left_out: BTreeMap<String, u64>,
}

/// A campaign with what it needs to be launched.
#[derive(Debug, Clone, PartialEq)]
struct Campaign {
    journey: journeys::Kept,
    program: programs::Kept,
    purpose: String,
    sells: bool,
}

impl Campaign {
    async fn find(db: &impl ConnectionTrait, shelf: &Shelf, name: &str) -> anyhow::Result<Self> {
        let Some(journey) = journeys::find(db, name).await? else {
            let names: Vec<String> = journeys::all(db).await?.into_iter().map(|one| one.draft.name).collect();
            bail!("there is no journey {name}; there {}", listing(&names));
        };
        let Some(program) = programs::find(db, &journey.draft.program).await? else {
            bail!("the journey {name} belongs to the program {}, which is not there", journey.draft.program);
        };
        let letter = journey.draft.letter().1;
        let email = shelf
            .emails
            .get(letter)
            .with_context(|| format!("the journey {name} sends the letter {letter}, which is not there"))?;
        let purpose = email.meta().purpose.as_str().to_owned();
        let sells = billing::sells(&purpose);
        Ok(Self { journey, program, purpose, sells })
    }

    fn letter(&self) -> Letter<'_> {
        Letter {
            journey: self.journey.id,
            step: self.journey.draft.letter().0,
            purpose: &self.purpose,
            sells: self.sells,
        }
    }

    fn question(&self) -> Predicate {
        let journeys::Entry::Launch { segment } = &self.journey.draft.entry;
        Predicate::All(vec![self.program.program.audience.clone(), segment.clone()])
    }
}

fn listing(names: &[String]) -> String {
    if names.is_empty() { "are none".to_owned() } else { format!("are: {}", names.join(", ")) }
}

/// Who would enter now. Puts new families on their side first, as a launch would.
pub async fn preview(app: &App, shelf: &Shelf, name: &str) -> anyhow::Result<Audience> {
    comparison::assign_new(app).await?;
    let campaign = Campaign::find(app.db.read(), shelf, name).await?;
    gather(app, app.db.read(), &campaign, app.clock.now()).await
}

/// Launches the campaign, when `expect` is the number who would enter now. Starts its program if it has not started.
///
/// Everybody is looked at twice: while others may write, so that a wrong number costs nobody a wait, and once more under
/// the lock, so that those who are owed a letter are as many as were agreed to. Whatever takes one of them out later,
/// the fence asks for again.
pub async fn launch(app: &App, shelf: &Shelf, name: &str, expect: u64, by: &str) -> anyhow::Result<Version> {
    comparison::assign_new(app).await?;
    let now = app.clock.now();
    let campaign = Campaign::find(app.db.read(), shelf, name).await?;
    if !matches!(campaign.journey.state, State::Draft | State::Done) {
        bail!(
            "the journey {name} is {}; only one that is a draft or done can be launched",
            journeys::word(campaign.journey.state)
        );
    }
    refuse_held(app.db.read(), &campaign.program.program.name).await?;
    refuse_other_than(expect, &gather(app, app.db.read(), &campaign, now).await?)?;
    let txn = app.db.begin().await?;
    let unchanged = Campaign::find(&txn, shelf, name).await? == campaign
        && journeys::turn(&txn, campaign.journey.id, &[State::Draft, State::Done], State::Running).await?;
    if !unchanged {
        bail!("the journey {name} was changed or launched meanwhile; look again");
    }
    // Whoever joined or left since then makes it another audience than the one that was agreed to.
    refuse_held(&txn, &campaign.program.program.name).await?;
    let audience = gather(app, &txn, &campaign, now).await?;
    let people = refuse_other_than(expect, &audience)?;
    let earlier = journeys::versions(&txn, campaign.journey.id).await?;
    let version = Version {
        journey_id: campaign.journey.id,
        version: earlier.last().map_or(1, |last| last.version + 1),
        journey: campaign.journey.draft.clone(),
        people: i64::try_from(people)?,
        skipped: audience.left_out,
        launched_at: now,
        letter: shelf.pin(campaign.journey.draft.letter().1),
    };
    programs::start(&txn, campaign.program.id, now).await?;
    journeys::launch(&txn, &version, by).await?;
    recipients::owe(&txn, &app.ids, campaign.letter(), version.version, &audience.entering, now).await?;
    txn.commit().await?;
    Ok(version)
}

/// Refuses an audience of another size than was agreed to, with both numbers.
fn refuse_other_than(expect: u64, audience: &Audience) -> anyhow::Result<u64> {
    let people = audience.entering.len() as u64;
    if people != expect {
        bail!(
            "{people} {} would enter now, and you expected {expect}; look again, then launch with --expect-people {people}",
            if people == 1 { "person" } else { "people" }
        );
    }
    Ok(people)
}

/// The hold that is in the way of this program's letters, if one is.
pub async fn held(db: &impl ConnectionTrait, program: &str) -> Result<Option<Hold>, DbErr> {
    match programs::find(db, program).await? {
        Some(program) => holds::in_the_way(db, program.id).await,
        None => Ok(None),
    }
}

/// Refuses while a hold is in the way of this program's letters, and says what to do.
pub async fn refuse_held(db: &impl ConnectionTrait, program: &str) -> anyhow::Result<()> {
    match held(db, program).await? {
        Some(hold) => bail!(way_out(program, &hold)),
        None => Ok(()),
    }
}

/// What is in the way, and who can do what about it.
pub fn way_out(program: &str, hold: &Hold) -> String {
    match &hold.decided {
        None => format!(
            "letters of the program {program} have paused since {}: fewer seem to renew. A lead decides, at /reports/{program} or with: rapport program decide {program} --go-on|--end --because TEXT --by EMAIL",
            hold.since.format("%-d %B %Y")
        ),
        Some(ended) => format!(
            "{} ended the letters of the program {program} on {}: {}. Other letters need a program of their own",
            ended.by,
            ended.at.format("%-d %B %Y"),
            ended.because.trim_end_matches('.')
        ),
    }
}

async fn gather(
    app: &App,
    db: &impl ConnectionTrait,
    campaign: &Campaign,
    now: DateTime<Utc>,
) -> anyhow::Result<Audience> {
    let question = audience::resolve(db, &campaign.question()).await?;
    let mut found = Audience::default();
    let mut after = None;
    loop {
        let page = audience::list(db, &question, now, after, PAGE).await?;
        let Some(last) = page.last() else { break };
        after = Some(*last);
        for person in recipients::standing(db, &app.keys, campaign.letter(), &page, now).await? {
            match person.left_out {
                None => found.entering.push(person),
                Some(reason) => *found.left_out.entry(reason.to_owned()).or_default() += 1,
            }
        }
    }
    Ok(found)
}

/// How the campaign with this name stands.
pub async fn status(app: &App, name: &str) -> anyhow::Result<(journeys::Kept, Status)> {
    let db = app.db.read();
    let journey = journeys::find(db, name).await?.with_context(|| format!("there is no journey {name}"))?;
    let status = count(db, &journey).await?;
    Ok((journey, status))
}

/// Its messages, and those who were left out of its last launch.
pub async fn count(db: &impl ConnectionTrait, journey: &journeys::Kept) -> Result<Status, DbErr> {
    let mut status = messages::status(db, journey.id).await?;
    if let Some(last) = journeys::versions(db, journey.id).await?.last() {
        for (reason, people) in last.skipped.iter().filter(|(reason, _)| *reason != "already-in") {
            status.skip(reason, *people);
        }
    }
    Ok(status)
}

/// Calls a campaign done when nothing of it is pending.
pub async fn finish(app: &App, name: &str) -> anyhow::Result<bool> {
    let journey =
        journeys::find(app.db.read(), name).await?.with_context(|| format!("there is no journey {name}"))?;
    let txn = app.db.begin().await?;
    let done = journeys::finish(&txn, journey.id).await?;
    txn.commit().await?;
    Ok(done)
}

/// Calls every running campaign done of which nothing is pending. Answers how many.
pub async fn tick(app: &App) -> anyhow::Result<u64> {
    let mut done = 0;
    for journey in journeys::all(app.db.read()).await? {
        if journey.state == State::Running {
            done += u64::from(finish(app, &journey.draft.name).await?);
        }
    }
    Ok(done)
}
