//! A node of the house inside the test, for what must happen between two of its steps.

use std::collections::BTreeMap;
use std::io::Cursor;

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use server::app::App;
use server::campaigns::dispatch::{self, Post, Round};
use server::campaigns::plan;
use server::cli::journey;
use server::clock::Clock;
use server::ids::Ids;
use server::keys::Keys;
use server::profiles::import::{Options, RowKind, Unwatched, import_csv};
use server::shelf::{Shelf, Shelves};
use server::store::entities::{contact, message};
use server::store::messages::Status;

use super::campaign::JOURNEY;
use super::house::House;
use super::town::Town;

/// One node. Clones are the same node.
#[derive(Clone)]
pub struct Node {
    /// Its rooms.
    pub app: App,
    post: std::sync::Arc<Post>,
}

impl Node {
    /// Starts a node on the machine's clock, or on one that stands at `time`.
    pub async fn wake(house: &House, time: Option<DateTime<Utc>>) -> Self {
        let (settings, ids) = (house.settings(), Ids::of_the_machine());
        let keys = Keys::open(&settings.secret_path(), &ids).expect("the key file is sound");
        let clock = time.map_or(Clock::Real, Clock::moved);
        let app = App::open_with(settings, keys, clock, ids).await.expect("the house opens");
        let post = Post::open(&app, &Shelves::default()).await.expect("the mail settings are sound");
        Self { app, post: post.into() }
    }

    /// Imports a town.
    pub async fn take_in(&self, town: &Town) {
        for (kind, file) in [(RowKind::Accounts, town.accounts()), (RowKind::Contacts, town.contacts())] {
            self.take_in_file(kind, &file).await;
        }
    }

    /// Imports one file, of which no row may be refused.
    pub async fn take_in_file(&self, kind: RowKind, file: &str) {
        let file = Cursor::new(file.as_bytes().to_vec());
        let options = Options::default();
        let summary = import_csv(&self.app, kind, file, &options, &mut Unwatched).await;
        assert_eq!(summary.expect("the file is taken in").counts.refused, 0);
    }

    /// How many people would enter now.
    pub async fn entering(&self) -> u64 {
        let shelf = Shelf::load(&self.app).await.expect("the starter library is sound");
        plan::preview(&self.app, &shelf, JOURNEY).await.expect("the journey is there").entering.len() as u64
    }

    /// Launches the campaign, told this number.
    pub async fn launch(&self, people: u64) -> anyhow::Result<()> {
        let shelf = Shelf::load(&self.app).await?;
        journey::launch(&self.app, &shelf, JOURNEY, people, "test").await.map(drop)
    }

    /// One round of sending.
    pub async fn tick(&self) -> Round {
        dispatch::tick(&self.app, &self.post).await.expect("the database is there")
    }

    /// All the work of one minute, as the clockwork does it.
    pub async fn minute(&self) {
        server::clockwork::minute(&self.app, &self.post).await;
    }

    /// Tells this node to stop.
    pub fn stop(&self) {
        self.post.stop();
    }

    /// One round of sending, on its own; aborting it is this node's sudden death.
    pub fn tick_apart(&self) -> tokio::task::JoinHandle<Round> {
        let node = self.clone();
        tokio::spawn(async move { node.tick().await })
    }

    /// How the campaign stands.
    pub async fn status(&self) -> Status {
        plan::status(&self.app, JOURNEY).await.expect("the journey is there").1
    }

    /// How many messages stand where, and nothing that stands nowhere.
    pub async fn states(&self) -> BTreeMap<String, usize> {
        let mut states = BTreeMap::new();
        for row in self.rows().await {
            *states.entry(row.state).or_default() += 1;
        }
        states
    }

    /// Every message.
    pub async fn rows(&self) -> Vec<message::Model> {
        message::Entity::find().all(self.app.db.read()).await.expect("the database is there")
    }

    /// The person with this address.
    pub async fn person(&self, email: &str) -> contact::Model {
        let found = contact::Entity::find().filter(contact::Column::EmailKey.eq(email));
        found.one(self.app.db.read()).await.expect("the database is there").expect("the person is there")
    }

    /// Lets every lease be over, as if its time had passed.
    pub async fn age_leases(&self) {
        self.edit("UPDATE messages SET lease_until = 1 WHERE lease_until IS NOT NULL").await;
    }

    /// Changes rows by hand.
    pub async fn edit(&self, sql: &str) {
        let txn = self.app.db.begin().await.expect("the database takes a transaction");
        txn.execute_unprepared(sql).await.expect("the statement is sound");
        txn.commit().await.expect("the database commits");
    }
}

/// The message to this person.
pub async fn row_of(node: &Node, email: &str) -> message::Model {
    let person = node.person(email).await;
    let mut rows = node.rows().await;
    rows.retain(|row| row.contact_id == person.id);
    assert_eq!(rows.len(), 1, "one message for {email}");
    rows.remove(0)
}
