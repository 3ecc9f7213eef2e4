//! A town on the road of the *members* design, from the draw's beginning to the end of its year.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use chrono::{DateTime, Utc};
use sea_orm::EntityTrait;
use serde_json::Value;
use server::campaigns::comparison;
use server::profiles::import::RowKind;
use server::store::entities::account;

use crate::harness::{Campaign, House, MailServer, Node, Town, everywhere};

/// Companies in the town.
pub const COMPANIES: usize = 40;
/// Those of which somebody joins first.
pub const JOINED: usize = 30;

fn noon(day: &str) -> DateTime<Utc> {
    format!("{day}T12:00:00Z").parse().expect("the day is one")
}

/// A town of forty companies of two people, of whom one joins in thirty of them, as the draw stands after that.
pub struct Road {
    /// The house.
    pub house: House,
    /// Where its letters go.
    pub server: MailServer,
    /// Its one node, on a clock of its own.
    pub node: Node,
    town: Town,
}

impl Road {
    /// The draw has begun, and nobody has joined.
    pub async fn begun(limit_days: &str) -> Vec<Self> {
        let mut roads = Vec::new();
        for mut house in everywhere().await {
            let server = MailServer::open().await;
            house.writes_through(&server);
            let town = Town::of(COMPANIES, 2);
            let node = Node::wake(&house, Some(noon("2026-01-12"))).await;
            node.take_in_file(RowKind::Products, "code,name\nphones,Phones\n").await;
            node.take_in(&town).await;
            node.take_in_file(RowKind::Licences, &licences()).await;
            let terms = ["--design", "members", "--share", "50", "--limit-days", limit_days];
            let said = house.run(&[&["comparison", "begin"][..], &terms[..]].concat());
            assert!(said.contains("0 families newly on the program side, 0 kept out"), "{said}");
            assert!(said.contains("when somebody of them has joined, and not before"), "{said}");
            Campaign::save(&node).await;
            roads.push(Self { house, server, node, town });
        }
        roads
    }

    /// Somebody of each of thirty companies has joined, and the clockwork has drawn them.
    pub async fn drawn(limit_days: &str) -> Vec<Self> {
        let mut roads = Self::begun(limit_days).await;
        for road in &mut roads {
            road.join(0..JOINED).await;
            assert_eq!(comparison::tick(&road.node.app).await.unwrap(), JOINED as u64, "{}", road.house.name);
        }
        roads
    }

    /// The first person of each of these companies joins.
    pub async fn join(&mut self, companies: std::ops::Range<usize>) {
        let joining: BTreeSet<_> = companies.map(|number| format!("p0@acme-{number}.example")).collect();
        self.town.let_join("training", |person| joining.contains(&person.email));
        self.node.take_in_file(RowKind::Contacts, &self.town.contacts()).await;
    }

    /// Companies by the side they are on.
    pub async fn sides(&self) -> BTreeMap<Option<String>, Vec<String>> {
        let mut sides: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for row in account::Entity::find().all(self.node.app.db.read()).await.unwrap() {
            sides.entry(row.side).or_default().push(row.external_id);
        }
        for companies in sides.values_mut() {
            companies.sort();
        }
        sides
    }

    /// Two companies turn out to be one family.
    pub async fn tie(&self, one: &str, other: &str) {
        let row = |company: &str| format!("{company},The {company} Company,B-7\n");
        let file = format!("external_id,name,billing_id\n{}{}", row(one), row(other));
        self.node.take_in_file(RowKind::Accounts, &file).await;
    }

    /// The companies on one side.
    pub async fn on(&self, side: &str) -> Vec<String> {
        self.sides().await.remove(&Some(side.to_owned())).unwrap_or_default()
    }

    /// Launches the campaign to whoever would enter now, and sends all of it.
    pub async fn launch(&self) -> u64 {
        let people = self.node.entering().await;
        self.node.launch(people).await.unwrap();
        while self.node.tick().await.claimed > 0 {}
        people
    }

    /// Everybody who got a letter.
    pub fn wrote_to(&self) -> BTreeSet<String> {
        self.server.mails().into_iter().map(|mail| mail.to).collect()
    }

    /// The renewals of the year: 4 of 5 on the program side, 1 of 2 on the comparison side, everybody else's too.
    pub async fn year_ends(&self) {
        self.node.app.clock.set(noon("2027-01-01"));
        let mut file = "licence,due_on,outcome,decided_on,amount\n".to_owned();
        for (side, companies) in self.sides().await {
            for (place, company) in companies.iter().enumerate() {
                let renewed = match side.as_deref() {
                    Some("program") => place % 5 != 4,
                    Some(_) => place % 2 == 0,
                    None => true,
                };
                let (outcome, amount) = if renewed { ("renewed", "1000.00") } else { ("lapsed", "0.00") };
                writeln!(file, "L-{company},2026-03-20,{outcome},2026-03-20,{amount}")
                    .expect("a string takes everything");
            }
        }
        self.node.take_in_file(RowKind::Renewals, &file).await;
    }

    /// The report on its day, in this form or in words.
    pub fn report(&self, form: &str) -> String {
        let asked = ["report", "lift", "--program", "start-well", "--as-of", "2027-01-01"];
        let form = if form.is_empty() { vec![] } else { vec![form] };
        self.house.run(&[&asked[..], &form[..]].concat())
    }

    /// The same as JSON.
    pub fn reading(&self) -> Value {
        serde_json::from_str(&self.report("--json")).expect("the program prints JSON")
    }
}

fn licences() -> String {
    let mut file = "external_id,account,product,seats,renews_on,amount,currency,billed_by\n".to_owned();
    for number in 0..COMPANIES {
        writeln!(file, "L-acme-{number},acme-{number},phones,5,2026-03-20,1000.00,USD,vendor")
            .expect("a string takes everything");
    }
    file
}

/// The address of the first person of a company.
pub fn first_of(company: &str) -> String {
    format!("p0@{company}.example")
}

/// The same for several.
pub fn first_of_each(companies: &[String]) -> BTreeSet<String> {
    companies.iter().map(|company| first_of(company)).collect()
}
