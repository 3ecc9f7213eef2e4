//! A small world, put into the store row by row.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveModelTrait, ConnectionTrait, EntityTrait, IntoActiveModel};
use segments::Predicate;
use serde_json::json;
use uuid::Uuid;

use crate::app::App;
use crate::lift::report::Report;
use crate::store::comparison::{self, Design, Draw, Placed};
use crate::store::entities::{account, contact, family, import, journey, licence, renewal, usage};
use crate::store::programs::{self, Kept, Mode, Program};
use crate::{ids, testing};

mod deeds;

/// The program's letters belong to this journey.
pub const JOURNEY: Uuid = Uuid::from_u128(0x10);

/// A day of the world.
pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Noon on a day of the world.
pub fn noon(text: &str) -> DateTime<Utc> {
    day(text).and_time(NaiveTime::from_hms_opt(12, 0, 0).unwrap()).and_utc()
}

/// Where everything is named.
pub fn id(kind: &str, name: &str) -> Uuid {
    ids::named(Uuid::nil(), kind, name)
}

/// A world under construction.
pub struct World {
    /// The house.
    pub app: App,
    /// Which database.
    pub on: &'static str,
    _place: testing::Place,
}

/// The renewals program: read on 1 December 2026, three in a hundred worthwhile.
pub fn program() -> Program {
    Program::parse(
        r#"
        schema = "rapport.program/1"
        name = "renewal"
        title = "Renewal program"
        audience = { all = [] }
        outcome = "renewal"
        worthwhile_gain = 3.0
        cost = 300000
        [decision]
        extend_if_at_least = 3.0
        stop_if_under = 1.0
        otherwise = "carry on for another year"
        [reading]
        mode = "planned"
        on = "2026-12-01"
        "#,
    )
    .unwrap()
}

/// An empty world on each database, in which a half is kept out from 1 January 2026 on.
pub async fn worlds() -> Vec<World> {
    let mut worlds = Vec::new();
    for (place, app) in testing::houses().await {
        let txn = app.db.begin().await.unwrap();
        let draw = Draw {
            salt: vec![1; 16],
            salt_id: Uuid::from_u128(1),
            design: Design::Invited,
            share: 0.5,
            limit_days: 365,
            drawn_at: noon("2026-01-01"),
        };
        comparison::begin(&txn, &draw).await.unwrap();
        txn.commit().await.unwrap();
        worlds.push(World { app, on: place.name, _place: place });
    }
    worlds
}

impl World {
    /// Draws the comparison group among members from now on.
    pub async fn measures_members(&self) {
        let txn = self.app.db.begin().await.unwrap();
        txn.execute_unprepared("UPDATE comparison_draws SET design = 'members'").await.unwrap();
        txn.commit().await.unwrap();
    }

    /// Lets the families go whose time on the comparison side is over after so many days, on this day.
    pub async fn lets_go(&self, limit_days: i32, at: &str) {
        let txn = self.app.db.begin().await.unwrap();
        let draw = comparison::draw(&txn).await.unwrap().unwrap();
        comparison::graduate(&txn, &self.app.keys, &Draw { limit_days, ..draw }, noon(at)).await.unwrap();
        txn.commit().await.unwrap();
    }

    /// Families named so, put on a side on 1 January 2026 with this share, each with an account of its own.
    pub async fn assign(&self, names: &[&str], comparison: bool, share: f64) {
        let txn = self.app.db.begin().await.unwrap();
        for name in names {
            let row = family::Model {
                id: id("family", name),
                founder: (*name).to_owned(),
                side: None,
                held: false,
                merged_into: None,
                merged_at: None,
                created_at: noon("2025-12-01"),
            };
            family::Entity::insert(row.into_active_model().reset_all())
                .exec_without_returning(&txn)
                .await
                .unwrap();
        }
        let draw = comparison::draw(&txn).await.unwrap().unwrap();
        let placed: Vec<_> = names
            .iter()
            .map(|name| Placed {
                family: id("family", name),
                comparison,
                share,
                stratum: "all".to_owned(),
                block: None,
            })
            .collect();
        comparison::append(&txn, &self.app.keys, &draw, &placed, noon("2026-01-01")).await.unwrap();
        txn.commit().await.unwrap();
        for name in names {
            self.account(name, name).await;
        }
    }

    /// One more account of a family.
    pub async fn account(&self, name: &str, of: &str) {
        let txn = self.app.db.begin().await.unwrap();
        let family = family::Entity::find_by_id(id("family", of)).one(&txn).await.unwrap();
        let row = account::ActiveModel {
            side: Set(family.and_then(|family| family.side)),
            id: Set(id("account", name)),
            external_id: Set(name.to_owned()),
            name: Set(name.to_owned()),
            billing: Set("vendor".to_owned()),
            employees: Set(Some(12)),
            industry: Set(Some("621210".to_owned())),
            family_id: Set(id("family", of)),
            held: Set(false),
            created_at: Set(noon("2025-12-01")),
            updated_at: Set(noon("2025-12-01")),
            ..Default::default()
        };
        account::Entity::insert(row).exec_without_returning(&txn).await.unwrap();
        let row = contact::ActiveModel {
            id: Set(id("contact", name)),
            account_id: Set(id("account", name)),
            external_id: Set(name.to_owned()),
            email: Set(format!("{name}@{name}.example")),
            email_key: Set(format!("{name}@{name}.example")),
            created_at: Set(noon("2025-12-01")),
            updated_at: Set(noon("2025-12-01")),
            ..Default::default()
        };
        contact::Entity::insert(row).exec_without_returning(&txn).await.unwrap();
        txn.commit().await.unwrap();
    }

    /// A licence of an account, of 1,000 dollars unless said otherwise.
    pub async fn licence(&self, name: &str, account: &str, renews_on: &str, amount: i64, currency: &str) {
        let row = licence::ActiveModel {
            id: Set(id("licence", name)),
            account_id: Set(id("account", account)),
            external_id: Set(name.to_owned()),
            product_code: Set("phones".to_owned()),
            seats: Set(Some(10)),
            starts_on: Set(None),
            renews_on: Set(day(renews_on)),
            amount: Set(Some(amount)),
            currency: Set(Some(currency.to_owned())),
            billed_by: Set("vendor".to_owned()),
            updated_at: Set(noon("2025-12-01")),
        };
        let txn = self.app.db.begin().await.unwrap();
        licence::Entity::insert(row).exec_without_returning(&txn).await.unwrap();
        txn.commit().await.unwrap();
    }

    /// A file of renewals is taken in, of which so many rows are kept.
    pub async fn file(&self, at: &str, kept: u64) {
        let row = import::ActiveModel {
            id: Set(id("import", at)),
            kind: Set("renewals".to_owned()),
            file_hash: Set(at.as_bytes().to_vec()),
            mapping_hash: Set(Vec::new()),
            started_at: Set(noon(at)),
            finished_at: Set(Some(noon(at))),
            checkpoint: Set(1),
            counts: Set(json!({ "rows": 9, "added": kept, "changed": 0, "same": 0, "refused": 9 - kept })),
        };
        let txn = self.app.db.begin().await.unwrap();
        import::Entity::insert(row)
            .on_conflict(OnConflict::column(import::Column::Id).do_nothing().to_owned())
            .exec_without_returning(&txn)
            .await
            .unwrap();
        txn.commit().await.unwrap();
    }

    /// How a term of a licence ended, as a file taken in on 1 December 2026 says.
    pub async fn ended(&self, (licence, account): (&str, &str), due: &str, how: (&str, &str, i64, &str)) {
        let (outcome, decided, amount, currency) = how;
        let row = renewal::ActiveModel {
            account_id: Set(id("account", account)),
            licence_id: Set(id("licence", licence)),
            due_on: Set(day(due)),
            outcome: Set(outcome.to_owned()),
            decided_on: Set(Some(day(decided))),
            amount: Set(Some(amount)),
            currency: Set(Some(currency.to_owned())),
            updated_at: Set(noon("2026-12-01")),
        };
        let txn = self.app.db.begin().await.unwrap();
        renewal::Entity::insert(row).exec_without_returning(&txn).await.unwrap();
        txn.commit().await.unwrap();
        self.file("2026-12-01", 1).await;
    }

    /// Some change, by hand, in the tables.
    pub async fn changed(&self, statement: &str) {
        let txn = self.app.db.begin().await.unwrap();
        txn.execute_unprepared(statement).await.unwrap();
        txn.commit().await.unwrap();
    }

    /// Seats of phones in use at an account on a day.
    pub async fn uses(&self, account: &str, on: &str, seats: i32) {
        let row = usage::ActiveModel {
            account_id: Set(id("account", account)),
            product_code: Set("phones".to_owned()),
            on_date: Set(day(on)),
            active_seats: Set(Some(seats)),
            milestone: Set(String::new()),
        };
        let txn = self.app.db.begin().await.unwrap();
        usage::Entity::insert(row).exec_without_returning(&txn).await.unwrap();
        txn.commit().await.unwrap();
    }

    /// A family whose one licence is due on 1 June 2026 and ends then.
    pub async fn settled(&self, name: &str, outcome: &str, amount: i64) {
        self.licence(name, name, "2026-06-01", 100_000, "USD").await;
        self.ended((name, name), "2026-06-01", (outcome, "2026-06-01", amount, "USD")).await;
    }

    /// Ten families on each side; 8 of the program and 5 of the comparison renew for 1,000 dollars.
    pub async fn eight_of_ten_against_five(&self) {
        self.assign(&PROGRAM, false, 0.5).await;
        self.assign(&COMPARISON, true, 0.5).await;
        for (place, name) in PROGRAM.into_iter().enumerate() {
            let renewed = place < 8;
            self.settled(name, if renewed { "renewed" } else { "lapsed" }, if renewed { 100_000 } else { 0 })
                .await;
        }
        for (place, name) in COMPARISON.into_iter().enumerate() {
            let renewed = place < 5;
            self.settled(name, if renewed { "renewed" } else { "lapsed" }, if renewed { 100_000 } else { 0 })
                .await;
        }
    }

    /// The program as it was kept and started on 2 January 2026, with one journey.
    pub async fn started(&self, program: &Program) -> Kept {
        let txn = self.app.db.begin().await.unwrap();
        programs::save(&txn, self.app.namespace, program, noon("2026-01-02")).await.unwrap();
        let kept = programs::find(&txn, &program.name).await.unwrap().unwrap();
        programs::start(&txn, kept.id, noon("2026-01-02")).await.unwrap();
        let row = journey::ActiveModel {
            id: Set(JOURNEY),
            name: Set("letter".to_owned()),
            title: Set("Letter".to_owned()),
            program_id: Set(kept.id),
            state: Set("running".to_owned()),
            draft: Set(serde_json::json!({})),
            live_version: Set(Some(1)),
            updated_at: Set(noon("2026-01-02")),
            paused_because: Set(None),
        };
        journey::Entity::insert(row).exec_without_returning(&txn).await.unwrap();
        txn.commit().await.unwrap();
        programs::find(self.app.db.read(), &program.name).await.unwrap().unwrap()
    }

    /// The report of the renewals program on its day.
    pub async fn report(&self) -> Report {
        self.report_of(&program(), "2026-12-01").await
    }

    /// The same report once more, after something has changed.
    pub async fn again(&self) -> Report {
        let kept = match programs::find(self.app.db.read(), "renewal").await.unwrap() {
            Some(kept) => kept,
            None => self.started(&program()).await,
        };
        Report::read(&self.app, &kept, day("2026-12-01")).await.unwrap()
    }

    /// The report of some program on some day.
    pub async fn report_of(&self, program: &Program, on: &str) -> Report {
        let kept = self.started(program).await;
        Report::read(&self.app, &kept, day(on)).await.unwrap()
    }
}

/// The same program, for these only.
pub fn for_those(question: &str) -> Program {
    Program { audience: Predicate::parse(question).unwrap(), ..program() }
}

/// The same program, read in another mode.
pub fn read_as(mode: Mode) -> Program {
    let mut program = program();
    program.reading.mode = mode;
    program
}

/// Ten families of the program side.
pub const PROGRAM: [&str; 10] = ["p0", "p1", "p2", "p3", "p4", "p5", "p6", "p7", "p8", "p9"];
/// Ten families of the comparison side.
pub const COMPARISON: [&str; 10] = ["c0", "c1", "c2", "c3", "c4", "c5", "c6", "c7", "c8", "c9"];
