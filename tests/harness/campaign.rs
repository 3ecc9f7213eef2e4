//! One campaign, from files to its launch, on one house.

use chrono::{DateTime, Utc};
use serde_json::Value;
use server::campaigns::comparison::{self, Terms};
use server::store::journeys::{self, Journey};
use server::store::programs::{self, Program};

use super::house::House;
use super::node::Node;
use super::town::Town;

/// The name of the journey.
pub const JOURNEY: &str = "welcome";

const PROGRAM: &str = r#"
schema = "rapport.program/1"
name = "start-well"
title = "Start well"
audience = "class is small"
outcome = "renewal"
worthwhile_gain = 2.0

[decision]
extend_if_at_least = 2.0
stop_if_under = 0.0
otherwise = "ask again"

[reading]
mode = "planned"
on = "2027-01-01"
"#;

const LETTER: &str = r#"{
  "schema": "rapport.journey/1", "name": "welcome", "title": "Your first ten minutes", "program": "start-well",
  "entry": { "on": "launch", "segment": "class is small" },
  "steps": [{ "id": "s1", "type": "email", "email": "welcome" }]
}"#;

/// A campaign that is saved, and has not been launched.
pub struct Campaign;

impl Campaign {
    /// Imports the town by the program itself.
    pub fn import(house: &House, town: &Town) {
        let accounts = house.file("accounts.csv", &town.accounts());
        house.run(&["import", "accounts", accounts.to_str().expect("the path is UTF-8")]);
        Self::import_people(house, town);
    }

    /// Imports the people of the town as they stand now.
    pub fn import_people(house: &House, town: &Town) {
        let contacts = house.file("contacts.csv", &town.contacts());
        house.run(&["import", "contacts", contacts.to_str().expect("the path is UTF-8")]);
    }

    /// Saves the program and its journey.
    pub async fn save(node: &Node) {
        let program = Program::parse(PROGRAM).expect("the program is sound");
        let journey = Journey::parse(LETTER).expect("the journey is sound");
        let (app, now) = (&node.app, node.app.clock.now());
        let txn = app.db.begin().await.expect("the database takes a transaction");
        programs::save(&txn, app.namespace, &program, now).await.expect("the program is kept");
        journeys::save(&txn, app.namespace, &journey, now).await.expect("the journey is kept");
        txn.commit().await.expect("the database commits");
    }

    /// A node whose campaign to everybody in this town who consents is saved and launched. Nothing has been sent.
    pub async fn launched(house: &House, town: &Town) -> Node {
        let node = Self::saved(house, town, Terms::default(), None).await;
        let people = node.entering().await;
        node.launch(people).await.expect("the number is right");
        node
    }

    /// The same on a clock that stands at this time until it is moved.
    pub async fn launched_at(house: &House, town: &Town, time: DateTime<Utc>) -> Node {
        let node = Self::saved(house, town, Terms::default(), Some(time)).await;
        let people = node.entering().await;
        node.launch(people).await.expect("the number is right");
        node
    }

    /// A node on which the campaign is saved, after everybody was imported and put on a side.
    pub async fn saved(house: &House, town: &Town, terms: Terms, time: Option<DateTime<Utc>>) -> Node {
        let node = Node::wake(house, time).await;
        node.take_in(town).await;
        comparison::begin(&node.app, terms).await.expect("the terms are sound");
        comparison::assign_new(&node.app).await.expect("everybody gets a side");
        Self::save(&node).await;
        node
    }

    /// How it stands, as the program prints it.
    pub fn status(house: &House) -> Value {
        let printed = house.run(&["journey", "status", JOURNEY, "--json"]);
        serde_json::from_str(&printed).expect("the program prints JSON")
    }
}
