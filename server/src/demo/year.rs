//! The virtual year: asks, joins, letters, renewals and use, each through the door it comes through in earnest.

use std::collections::HashMap;
use std::io::Cursor;

use anyhow::{Context, ensure};
use chrono::{DateTime, Days, NaiveDate, Utc};
use futures_util::TryStreamExt;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
use segments::EventKind;
use serde::Serialize;
use uuid::Uuid;

use super::mail;
use super::place::{Place, morning};
use super::world::{Join, Kind, SEEN_EVERY, Side, Truth, World, write_rows};
use crate::app::App;
use crate::campaigns::comparison::{self, Terms};
use crate::campaigns::dispatch::Post;
use crate::ids;
use crate::profiles::import::{Options, RowKind, Unwatched, import_csv};
use crate::shelf::Shelves;
use crate::store::asks::{self, Ask};
use crate::store::entities::{contact, family};
use crate::store::events::{self, NewEvent};
use crate::store::journeys::{self, Journey};
use crate::store::programs::{self, Program};

/// Share of families kept out.
const SHARE: f64 = 0.2;

/// The name of its program.
pub const PROGRAM: &str = "renewal-2026";

/// The letters of the year: the journey, and the day of the year it goes out on.
const LETTERS: [(&str, &str, u64); 3] = [
    ("welcome", include_str!("files/welcome.json"), 50),
    ("first-win", include_str!("files/first-win.json"), 120),
    ("renewal-hello", include_str!("files/renewal-hello.json"), 190),
];

/// Told about each stage of the year.
pub trait Stages {
    /// A stage of so many parts begins.
    fn begin(&mut self, name: &str, total: u64);
    /// So many parts are done.
    fn at(&mut self, done: u64);
    /// The stage is done.
    fn end(&mut self, what: &str);
}

/// A demo that has lived its year.
#[derive(Debug)]
pub struct Demo {
    /// Its house, on the day of the reading.
    pub app: App,
    /// The truth that was planted.
    pub truth: Truth,
    /// A member to sign in as.
    pub member: Option<Uuid>,
}

/// Lives the whole year.
pub async fn live(place: Place, world: &World, stages: &mut dyn Stages) -> anyhow::Result<Demo> {
    let app = place.app;
    let truth = world.truth();
    std::fs::write(&place.truth, serde_json::to_string_pretty(&Planted::of(&truth))?)
        .with_context(|| format!("writing {}", place.truth.display()))?;

    comparison::begin(&app, Terms { share: SHARE, ..Terms::default() }).await?;
    take_in(&app, world, stages).await?;
    keep_program(&app).await?;
    let assigned = comparison::assign_new(&app).await?;
    stages.begin("Sides drawn", 1);
    stages.end(&format!("{} families in the program, {} kept out", assigned.program, assigned.comparison));

    let mut year = Year::begin(&app, world).await?;
    let shelves = Shelves::default();
    let shelf = shelves.current(&app).await?;
    let post = Post::open(&app, &shelves).await?;
    for (number, (name, _, day)) in LETTERS.iter().enumerate() {
        year.until(&app, world.parameters.start + Days::new(*day), stages).await?;
        let letter = u32::try_from(number)?;
        mail::send(&app, &post, &shelf, name, stages).await?;
        mail::replay(&app, world, &year.people, name, letter, stages).await?;
    }
    year.until(&app, world.parameters.read_on(), stages).await?;
    let used = world.usage_on(world.parameters.read_on() - Days::new(1), |family| year.sides[family]);
    import(&app, RowKind::Usage, used).await?;
    let member = year.member();
    Ok(Demo { app, truth, member })
}

/// The planted truth, in the words of the report's panel.
#[derive(Serialize)]
struct Planted {
    renewal_difference: f64,
    revenue_difference: f64,
    revenue_ratio: Option<f64>,
    due_families: usize,
}

impl Planted {
    fn of(truth: &Truth) -> Self {
        Self {
            renewal_difference: truth.renewal_difference,
            revenue_difference: truth.revenue_difference,
            revenue_ratio: truth.revenue_ratio,
            due_families: truth.due_families,
        }
    }
}

async fn take_in(app: &App, world: &World, stages: &mut dyn Stages) -> anyhow::Result<()> {
    stages.begin("Importing the world", Kind::ALL.len() as u64);
    let mut rows = 0;
    for (number, kind) in Kind::ALL.into_iter().enumerate() {
        let mut file = Vec::new();
        world.write_csv(kind, &mut file)?;
        let kind: RowKind =
            kind.code().parse().ok().context("a kind of the world that import does not know")?;
        rows += take_in_file(app, kind, file).await?;
        stages.at(number as u64 + 1);
    }
    stages.end(&format!("{rows} rows"));
    Ok(())
}

async fn import<R: Serialize>(app: &App, kind: RowKind, rows: Vec<R>) -> anyhow::Result<u64> {
    if rows.is_empty() {
        return Ok(0);
    }
    let mut file = Vec::new();
    write_rows(rows, &mut file)?;
    take_in_file(app, kind, file).await
}

async fn take_in_file(app: &App, kind: RowKind, file: Vec<u8>) -> anyhow::Result<u64> {
    let summary = import_csv(app, kind, Cursor::new(file), &Options::default(), &mut Unwatched).await?;
    ensure!(summary.counts.refused == 0, "{} rows of {} were refused", summary.counts.refused, kind.as_str());
    Ok(summary.counts.rows)
}

async fn keep_program(app: &App) -> anyhow::Result<()> {
    let program = Program::parse(include_str!("files/program.toml")).map_err(anyhow::Error::msg)?;
    let now = app.clock.now();
    let txn = app.db.begin().await?;
    programs::save(&txn, app.namespace, &program, now).await?;
    for (_, text, _) in LETTERS {
        let journey = Journey::parse(text).map_err(anyhow::Error::msg)?;
        journeys::save(&txn, app.namespace, &journey, now).await?;
    }
    let kept = programs::find(&txn, &program.name).await?.context("the program was kept above")?;
    programs::start(&txn, kept.id, now).await?;
    txn.commit().await?;
    Ok(())
}

/// A person as the database knows them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Person {
    pub contact: Uuid,
    pub account: Uuid,
}

/// How far the year has come.
struct Year<'a> {
    world: &'a World,
    sides: Vec<Side>,
    people: HashMap<String, Person>,
    joined: Vec<usize>,
    from: DateTime<Utc>,
}

impl<'a> Year<'a> {
    async fn begin(app: &App, world: &'a World) -> anyhow::Result<Self> {
        let known: HashMap<Uuid, Side> = family::Entity::find()
            .select_only()
            .columns([family::Column::Id, family::Column::Side])
            .filter(family::Column::MergedInto.is_null())
            .into_tuple::<(Uuid, Option<String>)>()
            .stream(app.db.read())
            .await?
            .map_ok(|(id, side)| {
                (id, if side.as_deref() == Some("comparison") { Side::Comparison } else { Side::Program })
            })
            .try_collect()
            .await?;
        ensure!(
            known.len() == world.families.len(),
            "the house found {} families in a world of {}",
            known.len(),
            world.families.len()
        );
        let side = |key: &str| {
            let id = ids::named(app.namespace, "family", key);
            known.get(&id).copied().with_context(|| format!("the house does not know the family {key}"))
        };
        let sides = world.families.iter().map(|family| side(&family.key)).collect::<anyhow::Result<_>>()?;
        let people = contact::Entity::find()
            .select_only()
            .columns([contact::Column::Id, contact::Column::AccountId, contact::Column::EmailKey])
            .into_tuple::<(Uuid, Uuid, String)>()
            .stream(app.db.read())
            .await?
            .map_ok(|(contact, account, key)| (key, Person { contact, account }))
            .try_collect()
            .await?;
        Ok(Self { world, sides, people, joined: Vec::new(), from: app.clock.now() })
    }

    /// Lets everything happen up to the morning of this day; on the day of the reading, what was decided that day too.
    async fn until(&mut self, app: &App, day: NaiveDate, stages: &mut dyn Stages) -> anyhow::Result<()> {
        let to = morning(day);
        let end = if day < self.world.parameters.read_on() { day } else { day + Days::new(1) };
        app.clock.set(to);
        stages.begin(&format!("Until {day}"), 3);
        let asked = self.ask(app, to).await?;
        stages.at(1);
        let joined = self.join(app, to).await?;
        stages.at(2);
        let decided = self.world.renewal_rows(|family| self.sides[family]);
        let in_time = |on: NaiveDate| self.from.date_naive() <= on && on < end;
        let decided: Vec<_> = decided.into_iter().filter(|row| in_time(row.decided_on)).collect();
        let renewals = import(app, RowKind::Renewals, decided).await?;
        // Seats are counted every 30 days from the day after the draw on, of those whose renewal is near.
        let first = self.world.parameters.start + Days::new(1);
        let counted = (0..).map(|count| first + Days::new(count * SEEN_EVERY)).take_while(|on| *on < end);
        for on in counted.filter(|on| in_time(*on)) {
            let used = self.world.usage_near_renewal(on, |family| self.sides[family]);
            import(app, RowKind::Usage, used).await?;
        }
        self.from = to;
        stages.end(&format!("{asked} asked, {joined} joined, {renewals} terms ended"));
        Ok(())
    }

    fn in_time(&self, at: DateTime<Utc>, to: DateTime<Utc>) -> bool {
        self.from <= at && at < to
    }

    fn person(&self, contact: usize) -> anyhow::Result<Person> {
        let email = &self.world.contacts[contact].email;
        self.people.get(email).copied().with_context(|| format!("the house does not know {email}"))
    }

    /// The program side is asked; the comparison side is not.
    async fn ask(&self, app: &App, to: DateTime<Utc>) -> anyhow::Result<usize> {
        let mut due = Vec::new();
        for (family, side) in self.world.families.iter().zip(&self.sides) {
            let ask = family.ask();
            if *side == Side::Program && self.in_time(ask.at, to) {
                let person = self.person(ask.contact)?;
                due.push(Ask {
                    account: person.account,
                    contact: Some(person.contact),
                    channel: ask.channel.kept_as(),
                    wording: Some(ask.channel.wording().to_owned()),
                    asked_at: ask.at,
                });
            }
        }
        let txn = app.db.begin().await?;
        let wrongly = asks::merge(&txn, &due, &[]).await?.wrongly.len();
        txn.commit().await?;
        ensure!(wrongly == 0, "{wrongly} comparison families were asked");
        Ok(due.len())
    }

    /// Whoever joins comes in as a contact row with the receipt of what was said; some finish a first lesson.
    async fn join(&mut self, app: &App, to: DateTime<Utc>) -> anyhow::Result<usize> {
        let all = || {
            let families = self.world.families.iter().zip(&self.sides);
            families.flat_map(|(family, side)| family.joins(*side))
        };
        let now: Vec<&Join> = all().filter(|join| self.in_time(join.at, to)).collect();
        let receipts: Vec<_> = now
            .iter()
            .map(|join| (join.contact, self.world.join_consent(join.contact, join.channel, join.at)))
            .collect();
        let rows = receipts.iter().map(|(contact, receipt)| self.world.contact_row(*contact, Some(receipt)));
        import(app, RowKind::Contacts, rows.collect::<Vec<_>>()).await?;

        let mut lessons = Vec::new();
        for (join, at) in all().filter_map(|join| Some((join, join.lesson_at?))) {
            if self.in_time(at, to) {
                lessons.push(self.lesson(join.contact, at, app)?);
            }
        }
        let txn = app.db.begin().await?;
        events::record(&txn, &lessons).await?;
        txn.commit().await?;
        let came: Vec<usize> = now.iter().map(|join| join.contact).collect();
        self.joined.extend(&came);
        Ok(came.len())
    }

    fn lesson(&self, contact: usize, at: DateTime<Utc>, app: &App) -> anyhow::Result<NewEvent> {
        let person = self.person(contact)?;
        let id = ids::named(app.namespace, "event", &format!("first lesson of {contact}"));
        let item = mail::FIRST_LESSONS[contact % mail::FIRST_LESSONS.len()];
        Ok(NewEvent {
            contact: Some(person.contact.into()),
            item: Some(item.to_owned()),
            recorded_at: at,
            ..NewEvent::of(id, person.account.into(), EventKind::Completed, at)
        })
    }

    /// The first member who allows tracking, to show the center with.
    fn member(&self) -> Option<Uuid> {
        let shows = |contact: &&usize| self.world.contacts[**contact].allows_tracking;
        let contact = self.joined.iter().find(shows)?;
        self.person(*contact).ok().map(|person| person.contact)
    }
}
