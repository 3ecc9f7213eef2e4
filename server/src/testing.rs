//! For tests in this crate: real databases, empty and of one's own.

pub mod pictures;

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, Database, DatabaseBackend, Statement};

use crate::app::App;
use crate::clock::Clock;
use crate::config::Settings;
use crate::ids::Ids;
use crate::keys::Keys;
use crate::store::Db;

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
        pace: "as-it-happens".to_owned(),
        pace_at: None,
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

/// The columns of every table, in order: table, column, declared type in small letters. Parts of tables are left out.
pub async fn schema(db: &Db) -> Vec<(String, String, String)> {
    let sql = match db.backend() {
        DatabaseBackend::Postgres => {
            "SELECT CAST(c.table_name AS text), CAST(c.column_name AS text), CAST(c.data_type AS text) \
             FROM information_schema.columns c JOIN pg_class k ON k.relname = c.table_name \
             AND k.relnamespace = CAST('public' AS regnamespace) \
             WHERE c.table_schema = 'public' AND NOT k.relispartition ORDER BY 1, c.ordinal_position"
        }
        _ => {
            "SELECT m.name, p.name, lower(p.type) FROM sqlite_master m JOIN pragma_table_info(m.name) p \
             WHERE m.type = 'table' ORDER BY m.name, p.cid"
        }
    };
    let rows = db.read().query_all_raw(Statement::from_string(db.backend(), sql)).await.unwrap();
    let columns = rows.iter().map(|row| {
        let text = |at| row.try_get_by_index::<String>(at).unwrap();
        (text(0), text(1), text(2))
    });
    let machinery = |table: &str| table.starts_with("sqlite_") || table == "seaql_migrations";
    columns.filter(|(table, ..)| !machinery(table)).collect()
}

/// Every row of every table as one line of text, in small letters, bytes as hexadecimal digits.
pub async fn everything(db: &Db) -> Vec<(String, String)> {
    let mut tables: std::collections::BTreeMap<String, Vec<String>> = std::collections::BTreeMap::new();
    for (table, column, _) in schema(db).await {
        tables.entry(table).or_default().push(column);
    }
    let mut lines = Vec::new();
    for (table, columns) in tables {
        let whole = if db.backend() == DatabaseBackend::Postgres {
            format!("CAST(to_jsonb(\"{table}\") AS text)")
        } else {
            let text = |name: &String| {
                format!(
                    "CASE typeof(\"{name}\") WHEN 'blob' THEN hex(\"{name}\") ELSE coalesce(\"{name}\", '') END"
                )
            };
            columns.iter().map(text).collect::<Vec<_>>().join(" || ' | ' || ")
        };
        let sql = format!("SELECT lower({whole}) FROM \"{table}\"");
        for row in db.read().query_all_raw(Statement::from_string(db.backend(), sql)).await.unwrap() {
            lines.push((table.clone(), row.try_get_by_index(0).unwrap()));
        }
    }
    lines
}
