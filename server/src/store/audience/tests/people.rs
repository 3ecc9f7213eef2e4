//! A few hundred random people with missing values everywhere, written into the tables.

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use rand::{Rng, SeedableRng, seq::IndexedRandom};
use rand_chacha::ChaCha8Rng;
use sea_orm::{ActiveModelTrait, ConnectionTrait, EntityTrait, IntoActiveModel};
use serde_json::json;
use uuid::Uuid;

use crate::app::App;
use crate::catalogue::import::import;
use crate::catalogue::{File, FileKind};
use crate::store::entities::*;

/// Few words, so that questions hit; some with letters that a careless query would trip over.
pub(super) mod words {
    pub const COUNTRIES: &[&str] = &["US", "CA", "DE"];
    pub const PLACES: &[&str] = &["IN", "in", "Gary", "Köln", "O'Fallon", "50% \"off\""];
    pub const PARTNERS: &[&str] = &["P1", "P2", "P9"];
    pub const INDUSTRIES: &[&str] = &["23", "238220", "2382", "31-33", "311811", "441110", "722511", "722"];
    pub const INDUSTRIES_ASKED: &[&str] = &["23", "2382", "31-33", "44-45", "722", "311811", "54"];
    pub const PRODUCTS: &[&str] = &["phones", "backup", "website"];
    pub const MILESTONES: &[&str] = &["first-call", "First-call", "all-seats"];
    pub const ROLES: &[&str] = &["owner", "Owner", "office_manager"];
    pub const LANGUAGES: &[&str] = &["en", "en-GB", "de", "e", "pt_BR"];
    pub const NEEDS: &[&str] = &["fewer missed calls", "more reviews", "größer"];
    pub const JOURNEYS: &[&str] = &["welcome", "renewal"];
    pub const TRAITS: &[&str] = &["plan", "Plan", "shop type"];
    pub const TRAIT_VALUES: &[&str] = &["gold", "Gold", "g\\old", "100%"];
    /// Four that are imported, a starter that ships with the house, and one that is no more.
    pub const ITEMS: &[&str] =
        &["first-lesson", "quick-one", "fix-it", "ask-peers", "greet-callers-after-hours", "gone"];
    pub const EVENTS: &[&str] = &[
        "sent",
        "delivered",
        "bounced",
        "opened",
        "opened",
        "clicked",
        "clicked",
        "replied",
        "viewed",
        "completed",
        "completed",
        "asked",
        "answered",
        "signed-in",
        "something-new",
    ];
}

/// Days before and after today at which an answer may turn.
pub(super) const DAYS: &[i64] = &[
    -800, -732, -731, -730, -366, -365, -91, -90, -31, -30, -29, -2, -1, 0, 1, 2, 29, 30, 31, 90, 91, 365,
    731,
];

/// The moment at which everything is asked; not midnight, and with microseconds.
pub(super) fn now() -> DateTime<Utc> {
    "2026-11-24T09:30:15.250001Z".parse().expect("it is a moment")
}

/// A day so far from today.
pub(super) fn shifted(days: i64) -> NaiveDate {
    now().date_naive().checked_add_signed(TimeDelta::days(days)).expect("it is in the calendar")
}

/// Writes everybody and hands back their ids.
pub(super) async fn settle(app: &App) -> Vec<Uuid> {
    let formats =
        [("training", "lesson"), ("training", "quick"), ("support", "fix"), ("community", "question")];
    let files: Vec<File> =
        words::ITEMS.iter().zip(formats).map(|(name, (kind, format))| item(name, kind, format)).collect();
    let imported = import(app, FileKind::Items, &files, false).await.unwrap();
    assert_eq!(imported.added, files.len(), "{imported:?}");
    let mut world = World { chance: ChaCha8Rng::seed_from_u64(7), next: 0 };
    let txn = app.db.begin().await.unwrap();
    world.catalogue(&txn).await;
    let mut people = Vec::new();
    for _ in 0..110 {
        let account = world.account(&txn).await;
        for _ in 0..world.chance.random_range(0..4) {
            people.push(world.contact(&txn, account).await);
        }
    }
    txn.commit().await.unwrap();
    people
}

fn item(name: &str, kind: &str, format: &str) -> File {
    let text = format!(
        "---\ntitle: {name}\nkind: {kind}\nformat: {format}\nsummary: It helps.\nsymptom: It does not work.\nminutes: 5\n\
         level: starter\nlanguage: en\nauthor: {{name: Us, kind: vendor, independent: false, paid: true}}\n\
         checked_on: 2026-11-01\nreview: nobody\nwords: [help]\n---\nRead this.\n\n## Answer\n\nTry it.\n\n\
         **Do it now:** try it.\n"
    );
    File::Text { path: format!("library/{name}.md"), text }
}

struct World {
    chance: ChaCha8Rng,
    next: u128,
}

impl World {
    fn id(&mut self) -> Uuid {
        self.next += 1;
        // Ids are spread, so that their order says nothing about when they were made.
        Uuid::from_u128(self.next.wrapping_mul(0x9E37_79B9_7F4A_7C15_F39C_C060_5CED_C835))
    }

    fn maybe<T>(&mut self, value: impl FnOnce(&mut Self) -> T) -> Option<T> {
        if self.chance.random_bool(0.6) { Some(value(self)) } else { None }
    }

    fn word(&mut self, words: &[&str]) -> String {
        (*words.choose(&mut self.chance).expect("there are words")).to_owned()
    }

    fn of<W: Copy + Into<&'static str>>(&mut self, words: &[W]) -> String {
        let word: &'static str = (*words.choose(&mut self.chance).expect("there are words")).into();
        word.to_owned()
    }

    fn day(&mut self) -> NaiveDate {
        if self.chance.random_bool(0.6) {
            shifted(*DAYS.choose(&mut self.chance).expect("there are days"))
        } else {
            shifted(self.chance.random_range(-900..300))
        }
    }

    fn moment(&mut self) -> DateTime<Utc> {
        let near = TimeDelta::microseconds(self.chance.random_range(-1..=1));
        match self.chance.random_range(0..4) {
            0 => {
                now() - TimeDelta::days(*[0, 1, 29, 30, 31, 90].choose(&mut self.chance).expect("days"))
                    + near
            }
            1 => self.day().and_hms_opt(0, 0, 0).expect("midnight").and_utc() + near,
            2 => now() - TimeDelta::seconds(self.chance.random_range(0..9_000_000)),
            _ => now() - TimeDelta::milliseconds(self.chance.random_range(-9_000_000..9_000_000)),
        }
    }

    async fn catalogue(&mut self, db: &impl ConnectionTrait) {
        for (number, name) in words::JOURNEYS.iter().enumerate() {
            let row = journey::Model {
                id: Uuid::from_u128(number as u128 + 1),
                name: (*name).to_owned(),
                title: (*name).to_owned(),
                program_id: Uuid::nil(),
                state: "running".to_owned(),
                draft: json!({}),
                live_version: None,
                updated_at: now(),
                paused_because: None,
            };
            insert(db, row).await;
        }
        for (number, name) in words::PARTNERS.iter().take(2).enumerate() {
            let row = partner::Model {
                id: Uuid::from_u128(number as u128 + 1),
                external_id: (*name).to_owned(),
                name: (*name).to_owned(),
                territory: None,
                tier: None,
                email: None,
                logo: None,
                updated_at: now(),
            };
            insert(db, row).await;
        }
    }

    async fn account(&mut self, db: &impl ConnectionTrait) -> Uuid {
        let id = self.id();
        let sizes = [0, 1, 4, 5, 9, 10, 24, 25, 49, 50, 99, 100, 249, 250, 500, 501, 9_000];
        let row = account::Model {
            id,
            external_id: id.to_string(),
            name: "Some firm".to_owned(),
            domain: None,
            employees: self.maybe(|world| *sizes.choose(&mut world.chance).expect("sizes")),
            founded_on: self.maybe(Self::day),
            stage: self.maybe(|world| world.of(segments::Stage::ALL)),
            industry: self.maybe(|world| world.word(words::INDUSTRIES)),
            country: self.maybe(|world| world.word(words::COUNTRIES)),
            region: self.maybe(|world| world.word(words::PLACES)),
            city: self.maybe(|world| world.word(words::PLACES)),
            postal_code: None,
            parent: None,
            billing_id: None,
            // The third partner is named by accounts and stands in no table.
            partner_id: self.maybe(|world| Uuid::from_u128(world.chance.random_range(1..4))),
            billing: self.of(segments::Billing::ALL),
            targeted_class: self.maybe(|world| world.of(segments::Class::ALL)),
            targeted_band: self.maybe(|world| world.of(segments::SizeBand::ALL)),
            family_id: id,
            side: self.maybe(|world| world.of(segments::Side::ALL)),
            held: false,
            created_at: now(),
            updated_at: now(),
        };
        insert(db, row).await;
        self.holdings(db, id).await;
        for name in words::TRAITS {
            if let Some(value) = self.maybe(|world| world.word(words::TRAIT_VALUES)) {
                insert(db, account_trait::Model { account_id: id, name: (*name).to_owned(), value }).await;
            }
        }
        id
    }

    async fn holdings(&mut self, db: &impl ConnectionTrait, account_id: Uuid) {
        let one_currency = self.chance.random_bool(0.7).then(|| self.word(&["USD", "JPY", "KWD"]));
        for _ in 0..self.chance.random_range(0..4) {
            let row = licence::Model {
                id: self.id(),
                account_id,
                external_id: self.next.to_string(),
                product_code: self.word(words::PRODUCTS),
                seats: self.maybe(|world| world.chance.random_range(0..12)),
                starts_on: None,
                renews_on: self.day(),
                amount: self.maybe(|world| world.chance.random_range(0..200_000)),
                currency: self
                    .maybe(|world| one_currency.clone().unwrap_or_else(|| world.word(&["USD", "EUR"]))),
                billed_by: "vendor".to_owned(),
                updated_at: now(),
            };
            if let Some(outcome) =
                self.maybe(|world| world.word(&["renewed", "lapsed", "lapsed", "recovered"]))
            {
                let earlier = row.renews_on - Days::new(365);
                let renewal = renewal::Model {
                    account_id,
                    licence_id: row.id,
                    due_on: if self.chance.random_bool(0.7) { row.renews_on } else { earlier },
                    outcome,
                    decided_on: None,
                    amount: None,
                    currency: None,
                    updated_at: now(),
                };
                insert(db, renewal).await;
            }
            insert(db, row).await;
        }
        for _ in 0..self.chance.random_range(0..8) {
            let row = usage::Model {
                account_id,
                product_code: self.word(words::PRODUCTS),
                on_date: self.day(),
                milestone: self.maybe(|world| world.word(words::MILESTONES)).unwrap_or_default(),
                active_seats: self.maybe(|world| world.chance.random_range(0..12)),
            };
            insert(db, row).await;
        }
    }

    async fn contact(&mut self, db: &impl ConnectionTrait, account_id: Uuid) -> Uuid {
        let id = self.id();
        let row = contact::Model {
            id,
            account_id,
            external_id: id.to_string(),
            email: format!("{id}@example.com"),
            email_key: format!("{id}@example.com"),
            first_name: None,
            last_name: None,
            role: self.maybe(|world| world.word(words::ROLES)),
            language: self.maybe(|world| world.word(words::LANGUAGES)),
            timezone: self.maybe(|_| "Europe/Berlin".to_owned()),
            user_type: self.maybe(|world| world.of(segments::UserType::ALL)),
            user_type_source: None,
            level: self.maybe(|world| world.of(segments::Level::ALL)),
            opted_in_at: self.maybe(Self::moment),
            paused_until: None,
            pace: "as-it-happens".to_owned(),
            pace_at: None,
            created_at: now(),
            updated_at: now(),
        };
        insert(db, row).await;
        self.said(db, account_id, id).await;
        self.happened(db, account_id, id).await;
        id
    }

    async fn said(&mut self, db: &impl ConnectionTrait, account_id: Uuid, contact_id: Uuid) {
        for need in words::NEEDS {
            if self.chance.random_bool(0.4) {
                insert(db, contact_need::Model { account_id, contact_id, need: (*need).to_owned() }).await;
            }
        }
        for name in words::TRAITS {
            if let Some(value) = self.maybe(|world| world.word(words::TRAIT_VALUES)) {
                insert(db, contact_trait::Model { account_id, contact_id, name: (*name).to_owned(), value })
                    .await;
            }
        }
        for purpose in segments::Purpose::ALL {
            let purpose = purpose.as_str().to_owned();
            let granted = self.chance.random_bool(0.8);
            if let Some(at) = self.maybe(Self::moment) {
                let row =
                    consent::Model { account_id, contact_id, purpose, granted, at, entry_id: Uuid::nil() };
                insert(db, row).await;
            }
        }
        for number in 0..self.chance.random_range(0..3) {
            let row = enrolment::Model {
                id: self.id(),
                account_id,
                contact_id,
                journey_id: Uuid::from_u128(self.chance.random_range(1..4)),
                version: 1,
                occurrence: number,
                state: self.word(&["active", "done", "left"]),
                step: "letter".to_owned(),
                entered_at: now(),
                due_at: None,
            };
            insert(db, row).await;
        }
    }

    async fn happened(&mut self, db: &impl ConnectionTrait, account_id: Uuid, contact_id: Uuid) {
        let letters: Vec<Uuid> = (0..3).map(|_| self.id()).collect();
        for letter in &letters {
            for position in 0..self.chance.random_range(0..3) {
                let row = choice::Model {
                    id: self.id(),
                    account_id,
                    contact_id,
                    at: now(),
                    slot: "letter".to_owned(),
                    position,
                    item: self.word(words::ITEMS),
                    channel: "email".to_owned(),
                    message_id: self.maybe(|_| *letter),
                    explanation: json!({}),
                    put_off_at: None,
                };
                insert(db, row).await;
            }
        }
        for _ in 0..self.chance.random_range(0..12) {
            let verdicts = segments::Verdict::ALL;
            let row = event::Model {
                id: self.id(),
                account_id,
                contact_id: if self.chance.random_bool(0.9) { Some(contact_id) } else { None },
                kind: self.word(words::EVENTS),
                at: self.moment(),
                message_id: self.maybe(|world| *letters.choose(&mut world.chance).expect("letters")),
                item: self.maybe(|world| world.word(words::ITEMS)),
                product: None,
                link: None,
                value: None,
                verdict: self.maybe(|world| world.of(verdicts)),
                verdict_rule: None,
                evidence: None,
                recorded_at: now(),
            };
            insert(db, row).await;
        }
    }
}

/// Writes a row; a second one with the same key is left out.
async fn insert<M>(db: &impl ConnectionTrait, row: M)
where
    M: sea_orm::ModelTrait + IntoActiveModel<<M::Entity as EntityTrait>::ActiveModel>,
    <M::Entity as EntityTrait>::ActiveModel: ActiveModelTrait<Entity = M::Entity> + Send,
{
    let row = row.into_active_model().reset_all();
    M::Entity::insert(row).on_conflict_do_nothing().exec_without_returning(db).await.unwrap();
}
