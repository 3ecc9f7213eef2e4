//! For tests in this crate: real databases, empty and of one's own.

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, Database};

use crate::app::App;
use crate::clock::Clock;
use crate::config::Settings;
use crate::ids::Ids;
use crate::keys::Keys;

/// An empty database.
pub struct Place {
    /// Which kind, for messages.
    pub name: &'static str,
    /// Where.
    pub url: String,
    _folder: Option<tempfile::TempDir>,
}

/// An empty SQLite database, and an empty PostgreSQL one where `RAPPORT_TEST_POSTGRES_URL` names a server.
pub async fn databases() -> Vec<Place> {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}", folder.path().join("test.db").display());
    let mut places = vec![Place { name: "SQLite", url, _folder: Some(folder) }];
    match std::env::var("RAPPORT_TEST_POSTGRES_URL") {
        Ok(server) => {
            let name = format!("test_{}", Ids::of_the_machine().next().simple());
            let db = Database::connect(&server).await.unwrap();
            db.execute_unprepared(&format!("CREATE DATABASE {name}")).await.unwrap();
            db.close().await.unwrap();
            let base = server.rsplit_once('/').expect("a URL with a database at its end").0;
            places.push(Place { name: "PostgreSQL", url: format!("{base}/{name}"), _folder: None });
        }
        Err(_) => eprintln!("SKIPPED on PostgreSQL: RAPPORT_TEST_POSTGRES_URL is not set"),
    }
    places
}

/// When the moved clocks of tests begin: noon on a Tuesday.
pub fn noon() -> DateTime<Utc> {
    "2026-03-03T12:00:00Z".parse().expect("this is a time")
}

/// A house on each of [`databases`], at [`noon`], with keys that are the same in every test.
pub async fn houses() -> Vec<(Place, App)> {
    let mut houses = Vec::new();
    for place in databases().await {
        let settings = Settings { database_url: place.url.clone().into(), ..Settings::default() };
        let (keys, clock) = (Keys::from_root([9; 32]), Clock::moved(noon()));
        let app = App::open_with(settings, keys, clock, Ids::of_the_machine()).await.unwrap();
        houses.push((place, app));
    }
    houses
}

/// One more node on a place, with the same keys and time.
pub async fn another(place: &Place) -> App {
    let settings = Settings { database_url: place.url.clone().into(), ..Settings::default() };
    App::open_with(settings, Keys::from_root([9; 32]), Clock::moved(noon()), Ids::of_the_machine())
        .await
        .unwrap()
}

/// A company and one person of it who has joined, both named by their number.
pub async fn person(app: &App, number: u128) -> crate::store::questions::Asker {
    use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};
    use uuid::Uuid;

    use crate::store::entities::{account, contact};

    let (home, id, at) = (Uuid::from_u128(0xA000 + number), Uuid::from_u128(0xC000 + number), noon());
    let company = account::Model {
        id: home,
        external_id: format!("company-{number}"),
        name: format!("Company {number}"),
        domain: None,
        employees: Some(12),
        founded_on: None,
        stage: None,
        industry: Some("621210".to_owned()),
        country: Some("US".to_owned()),
        region: Some("PA".to_owned()),
        city: None,
        postal_code: None,
        parent: None,
        billing_id: None,
        partner_id: None,
        billing: "vendor".to_owned(),
        targeted_class: None,
        targeted_band: None,
        family_id: home,
        side: None,
        held: false,
        created_at: at,
        updated_at: at,
    };
    let person = contact::Model {
        id,
        account_id: home,
        external_id: format!("person-{number}"),
        email: format!("person{number}@company{number}.example"),
        email_key: format!("person{number}@company{number}.example"),
        first_name: Some(format!("Person{number}")),
        last_name: None,
        role: None,
        language: Some("en".to_owned()),
        timezone: None,
        user_type: None,
        user_type_source: None,
        level: None,
        opted_in_at: Some(at),
        paused_until: None,
        created_at: at,
        updated_at: at,
    };
    let txn = app.db.begin().await.unwrap();
    account::Entity::insert(company.into_active_model().reset_all())
        .exec_without_returning(&txn)
        .await
        .unwrap();
    contact::Entity::insert(person.into_active_model().reset_all())
        .exec_without_returning(&txn)
        .await
        .unwrap();
    txn.commit().await.unwrap();
    crate::store::questions::asker(app.db.read(), id).await.unwrap().unwrap()
}
