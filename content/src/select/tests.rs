//! People and items to choose for and from; each story is told in a file of its own.

mod fit;
mod forty;
mod history;
mod properties;
mod rules;
mod sight;
mod variety;
mod why;

use chrono::{NaiveDate, TimeDelta};
use segments::{AccountId, Billing, ContactId, EventKind, Level, Licence, Predicate, Purpose, UserType};
use uuid::Uuid;

use super::*;
use crate::{
    names::{AuthorKind, Format, Kind},
    slug::Slug,
};

fn now() -> DateTime<Utc> {
    "2026-06-15T12:00:00Z".parse().unwrap()
}

fn days_ago(days: i64) -> DateTime<Utc> {
    now() - TimeDelta::days(days)
}

fn slug(name: &str) -> Slug {
    Slug::parse(name).unwrap()
}

/// A quick training for everyone, changed as the case wants it.
fn piece(name: &str, change: impl FnOnce(&mut Item)) -> Item {
    let source = "---\ntitle: T\nkind: training\nformat: quick\nsummary: S.\nminutes: 5\nlevel: starter\n\
                  language: en\nauthor: {name: A, kind: vendor, independent: false, paid: true}\n\
                  checked_on: 2026-06-01\nreview: none\nwords: [w]\n---\nText.\n\n## Step\n\n**Do it now:** go.\n";
    let mut item = Item::parse(&format!("library/{name}.md"), source).unwrap();
    item.title = format!("The {name}");
    change(&mut item);
    item
}

fn plain(name: &str) -> Item {
    piece(name, |_| {})
}

fn lesson(name: &str) -> Item {
    piece(name, |item| (item.format, item.minutes) = (Format::Lesson, 25))
}

fn fix(name: &str, product: &str) -> Item {
    piece(name, |item| {
        (item.kind, item.format, item.products) = (Kind::Support, Format::Fix, vec![product.to_owned()]);
    })
}

fn shelf(items: impl IntoIterator<Item = Item>) -> Catalogue {
    Catalogue::new(items).unwrap()
}

fn person(change: impl FnOnce(&mut Profile)) -> Profile {
    let mut profile = Profile::blank(
        ContactId::from(Uuid::from_u128(7)),
        AccountId::from(Uuid::from_u128(8)),
        "maria@dental.example",
    );
    change(&mut profile);
    profile
}

fn anyone() -> Profile {
    person(|_| {})
}

fn own(profile: &mut Profile, product: &str) {
    profile.account.licences.push(Licence {
        product: product.to_owned(),
        seats: None,
        starts_on: None,
        renews_on: NaiveDate::from_ymd_opt(2027, 1, 1).unwrap(),
        amount: None,
        currency: None,
        billed_by: Billing::Vendor,
        lapsed: false,
    });
}

fn rule(name: &str, slot: Slot, effect: Effect, items: &[&str]) -> Rule {
    Rule {
        slug: slug(name),
        name: format!("Rule {name}"),
        slot,
        when: Predicate::everyone(),
        effect,
        items: items.iter().map(|item| slug(item)).collect(),
        filter: None,
        weight: 50,
        reason: "We say so.".to_owned(),
        because: format!("Because of {name}."),
        file: format!("rules/{name}.toml"),
        source: String::new(),
    }
}

fn past(item: &str, act: Act, at: DateTime<Utc>) -> Past {
    Past { item: slug(item), act, at }
}

fn want(slot: Slot, count: usize) -> [Wanted; 1] {
    [Wanted { slot, count }]
}

fn names(choices: &[Choice]) -> Vec<&str> {
    choices.iter().map(|choice| choice.item.as_str()).collect()
}
