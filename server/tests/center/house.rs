//! The house with a few customers in it, listening on this machine: on SQLite, and on PostgreSQL where there is one.

use std::fmt::Write;
use std::io::{Cursor, Read};
use std::sync::Arc;

use anyhow::{Context, Result, ensure};
use chrono::{DateTime, Utc};
use flate2::read::GzDecoder;
use mail_parser::MessageParser;
use sea_orm::{ColumnTrait, ConnectionTrait, Database, EntityTrait, QueryFilter, QueryOrder};
use server::app::App;
use server::campaigns::comparison::{self, Terms};
use server::campaigns::dispatch::{self, Post};
use server::campaigns::plan;
use server::clock::Clock;
use server::config::{Settings, Vendor};
use server::ids::Ids;
use server::keys::Keys;
use server::profiles::import::{Options, RowKind, Unwatched, import_csv};
use server::shelf::{Shelf, Shelves};
use server::store::entities::{contact, outbox_mail};
use server::store::journeys::{self, Journey};
use server::store::programs::{self, Program};
use server::web::listen;
use server::{doors, notices, router};
use tempfile::TempDir;
use templates::Templates;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use super::guest::Guest;

const PRODUCTS: &str = "code,name\nphones,Phones\ninternet,Internet\nbackup,Backup\nbookings,Bookings\n\
    payments,Payments\nwebsite,Website\n";
const MARK: &str =
    "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 8 8\"><path d=\"M1 1h6v6H1z\"/></svg>";
const PROGRAM: &str = include_str!("../../src/demo/files/program.toml");
/// Every letter that ships with the house, each sent by a journey of its own.
const LETTERS: [&str; 3] = ["welcome", "first-win", "renewal-hello"];

/// One customer: the company they are the only one of, and what we know of both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Customer {
    /// The part of their address before the `@`, and the name of their company.
    pub name: &'static str,
    /// People in the company.
    pub employees: &'static str,
    /// NAICS code.
    pub industry: &'static str,
    /// Products, `;` between.
    pub products: &'static str,
    /// How they like to learn.
    pub user_type: &'static str,
    /// How sure they are of themselves.
    pub level: &'static str,
    /// Where their company is in its life.
    pub stage: &'static str,
}

/// A dentist with eight people, phones and bookings, new to it.
pub const MARIA: Customer = Customer {
    name: "maria",
    employees: "8",
    industry: "621210",
    products: "phones;bookings;backup",
    user_type: "learner",
    level: "starter",
    stage: "established",
};

impl Customer {
    /// Their address.
    pub fn email(&self) -> String {
        format!("jo@{}.example", self.name)
    }
}

/// A house that listens until this is dropped.
pub struct House {
    /// Which database, for messages.
    pub on: &'static str,
    /// Its rooms.
    pub app: App,
    /// Where it listens.
    pub url: String,
    post: Post,
    serving: JoinHandle<()>,
    _folder: TempDir,
}

/// When the clocks of these houses begin: noon on a Tuesday.
fn noon() -> DateTime<Utc> {
    "2026-03-03T12:00:00Z".parse().expect("this is a time")
}

impl House {
    /// On SQLite.
    pub async fn on_sqlite() -> Result<Self> {
        let folder = tempfile::tempdir()?;
        let url = format!("sqlite://{}", folder.path().join("house.db").display());
        Self::open("SQLite", url, folder, Templates::new()?).await
    }

    /// On SQLite, with every word of ours in other letters.
    pub async fn disguised() -> Result<Self> {
        let folder = tempfile::tempdir()?;
        let url = format!("sqlite://{}", folder.path().join("house.db").display());
        Self::open("SQLite", url, folder, Templates::disguised()?).await
    }

    /// On each database there is.
    pub async fn everywhere() -> Result<Vec<Self>> {
        let mut houses = vec![Self::on_sqlite().await?];
        match std::env::var("RAPPORT_TEST_POSTGRES_URL") {
            Ok(server) => {
                let name = format!("center_{}", Ids::of_the_machine().next().simple());
                let db = Database::connect(&server).await?;
                db.execute_unprepared(&format!("CREATE DATABASE {name}")).await?;
                db.close().await?;
                let base = server.rsplit_once('/').context("the URL names a database at its end")?.0;
                let url = format!("{base}/{name}");
                houses.push(Self::open("PostgreSQL", url, tempfile::tempdir()?, Templates::new()?).await?);
            }
            Err(_) => eprintln!("SKIPPED on PostgreSQL: RAPPORT_TEST_POSTGRES_URL is not set"),
        }
        Ok(houses)
    }

    async fn open(on: &'static str, database: String, folder: TempDir, templates: Templates) -> Result<Self> {
        rustls::crypto::ring::default_provider().install_default().ok();
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let url = format!("http://{}", listener.local_addr()?);
        let mark = folder.path().join("mark.svg");
        std::fs::write(&mark, MARK)?;
        let settings = Settings {
            database_url: database.into(),
            base_url: url.clone(),
            data_dir: folder.path().to_owned(),
            vendor: Vendor { mark: Some(mark), ..Vendor::default() },
            ..Settings::default()
        };
        let (keys, clock) = (Keys::from_root([9; 32]), Clock::moved(noon()));
        // The same beginnings in each of them: the same name is the same customer, whichever house they live in.
        let app = App::open_with(settings, keys, clock, Ids::seeded(1)).await?;
        let app = App { ids: Ids::of_the_machine(), templates: Arc::new(templates), ..app };
        let shelves = Shelves::default();
        let post = Post::open(&app, &shelves).await?;
        let house = router::house(&app, &shelves);
        let serving = tokio::spawn(listen::serve(listener, house, std::future::pending()));
        let house = Self { on, app, url, post, serving, _folder: folder };
        house.take_in(RowKind::Products, PRODUCTS.to_owned()).await?;
        Ok(house)
    }

    /// Lets customers move in, who allow everything but selling letters.
    pub async fn welcome(&self, customers: &[Customer]) -> Result<()> {
        let mut accounts =
            "external_id,name,domain,employees,industry,founded_on,stage,country,region\n".to_owned();
        let mut people = "external_id,account,email,first_name,user_type,level,language,consent,consent_at,\
            consent_source,consent_wording\n"
            .to_owned();
        let mut licences =
            "external_id,account,product,seats,starts_on,renews_on,amount,currency\n".to_owned();
        for one in customers {
            let Customer { name, employees, industry, user_type, level, stage, .. } = one;
            writeln!(
                accounts,
                "{name},The {name} Company,{name}.example,{employees},{industry},2015-04-01,{stage},US,OH"
            )?;
            writeln!(
                people,
                "{name},{name},{},Jo,{user_type},{level},en,training;support;community;tracking,\
                 2026-01-05T09:00:00Z,join page,Yes to letters",
                one.email()
            )?;
            for product in one.products.split(';') {
                writeln!(licences, "{name}-{product},{name},{product},5,2025-05-01,2026-05-01,60000,USD")?;
            }
        }
        self.take_in(RowKind::Accounts, accounts).await?;
        self.take_in(RowKind::Contacts, people).await?;
        self.take_in(RowKind::Licences, licences).await
    }

    async fn take_in(&self, kind: RowKind, file: String) -> Result<()> {
        let file = Cursor::new(file.into_bytes());
        let summary = import_csv(&self.app, kind, file, &Options::default(), &mut Unwatched).await?;
        ensure!(summary.counts.refused == 0, "{kind:?} were refused: {summary:?}");
        Ok(())
    }

    /// Sends every letter there is to whoever may get it.
    pub async fn send_letters(&self) -> Result<()> {
        let (app, now) = (&self.app, self.app.clock.now());
        comparison::begin(app, Terms::default()).await?;
        comparison::assign_new(app).await?;
        let shelf = Shelf::load(app).await?;
        let program = Program::parse(PROGRAM).map_err(anyhow::Error::msg)?;
        for letter in LETTERS {
            let journey = serde_json::json!({
                "schema": "rapport.journey/1", "name": letter, "title": letter, "program": program.name,
                "entry": { "on": "launch", "segment": "everyone" },
                "steps": [{ "id": "s1", "type": "email", "email": letter }],
            });
            let journey = Journey::parse(&journey.to_string()).map_err(anyhow::Error::msg)?;
            let txn = app.db.begin().await?;
            programs::save(&txn, app.namespace, &program, now).await?;
            journeys::save(&txn, app.namespace, &journey, now).await?;
            txn.commit().await?;
            let people = plan::preview(app, &shelf, letter).await?.entering.len() as u64;
            ensure!(people > 0, "nobody would get the letter {letter}");
            plan::launch(app, &shelf, letter, people, "test").await?;
        }
        while dispatch::tick(app, &self.post).await?.claimed > 0 {}
        Ok(())
    }

    /// Sends what waits to be sent to whoever asked for it, and answers the newest letter to this address.
    pub async fn newest_mail(&self, to: &str) -> Result<Mail> {
        notices::tick(&self.app, self.post.relay()).await?;
        let found = outbox_mail::Entity::find().filter(outbox_mail::Column::Recipient.eq(to));
        let newest = found.order_by_desc(outbox_mail::Column::Id).one(self.app.db.read()).await?;
        Mail::read(&newest.with_context(|| format!("no letter came to {to}"))?.raw)
    }

    /// Every letter in the built-in mailbox.
    pub async fn mails(&self) -> Result<Vec<Mail>> {
        let kept = outbox_mail::Entity::find().all(self.app.db.read()).await?;
        kept.iter().map(|one| Mail::read(&one.raw)).collect()
    }

    /// A link that signs this customer in.
    pub async fn key_of(&self, customer: &Customer) -> Result<String> {
        let found = contact::Entity::find().filter(contact::Column::EmailKey.eq(customer.email()));
        let person = found.one(self.app.db.read()).await?.context("they live here")?;
        Ok(doors::customer_link(&self.app, person.id).await?.url)
    }

    /// Somebody who is not signed in.
    pub fn visitor(&self) -> Guest {
        Guest::at(&self.url)
    }

    /// This customer, signed in.
    pub async fn member(&self, customer: &Customer) -> Result<Guest> {
        let guest = self.visitor();
        let answer = guest.post(&self.key_of(customer).await?, &[]).await?;
        ensure!(answer.status == 303, "the link signs nobody in: {answer:?}");
        Ok(guest)
    }
}

impl Drop for House {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

/// A letter as its reader has it.
#[derive(Debug)]
pub struct Mail {
    /// Its text.
    pub text: String,
    /// Its HTML.
    pub html: String,
    /// The address that its stop button posts to, in a letter that can be stopped.
    pub stop: Option<String>,
}

impl Mail {
    fn read(packed: &[u8]) -> Result<Self> {
        let mut raw = Vec::new();
        GzDecoder::new(packed).read_to_end(&mut raw)?;
        let mail = MessageParser::new().parse(&raw).context("what is kept is a mail")?;
        let stop = mail.header_raw("List-Unsubscribe");
        Ok(Self {
            text: mail.body_text(0).context("a letter has a text")?.into_owned(),
            html: mail.body_html(0).context("a letter has HTML")?.into_owned(),
            stop: stop.map(|stop| stop.trim().trim_matches(['<', '>']).to_owned()),
        })
    }

    /// The first link of its text that leads to this place of the house.
    pub fn link(&self, house: &House, place: &str) -> Result<String> {
        let start = format!("{}{place}", house.url);
        let found = self.text.split_whitespace().find(|word| word.starts_with(&start));
        Ok(found.with_context(|| format!("no link to {place} in: {}", self.text))?.to_owned())
    }
}
