//! Forty typical customers of the starter library: what each gets, and that it makes sense.
//!
//! The table is to be read as well: `cargo test -p content forty -- --nocapture` prints it.

mod table;

use std::collections::BTreeSet;

use segments::{SeatCount, Stage};

use super::*;
use crate::starter::Library;
use table::{CUSTOMERS, Customer};

fn today() -> DateTime<Utc> {
    "2026-12-01T12:00:00Z".parse().unwrap()
}

/// The starter library, its rules with their saved questions put in.
fn starters() -> (Catalogue, Vec<Rule>) {
    let library = Library::embedded();
    let saved = library.segments.iter().map(|one| (one.slug.to_string(), one.question.clone())).collect();
    let rules =
        library.rules.into_iter().map(|rule| Rule { when: rule.when.resolve(&saved).unwrap(), ..rule });
    (library.catalogue, rules.collect())
}

/// One customer as the house knows them.
fn profile(at: usize, customer: &Customer) -> Profile {
    let ago = |days| today() - TimeDelta::days(days);
    let mut profile = person(|person| {
        person.id = ContactId::from(Uuid::from_u128(1_000 + at as u128));
        person.level = customer.level.map(|level| level.parse().unwrap());
        person.user_type = customer.user_type.map(|user_type| user_type.parse().unwrap());
        person.needs = customer.needs.iter().map(ToString::to_string).collect();
        person.opted_in_at = Some(ago(customer.member_for));
        let agreed = [Purpose::Training, Purpose::Support, Purpose::Community];
        person.consents = agreed.map(|purpose| (purpose, ago(customer.member_for))).into();
        person.account.industry = Some(customer.trade.to_owned());
        person.account.employees = Some(customer.size);
        person.account.said_stage = Some(customer.stage.parse::<Stage>().unwrap());
        customer.products.iter().for_each(|product| own(person, product));
        person.account.licences.iter_mut().for_each(|licence| licence.seats = Some(customer.size));
    });
    profile.events.extend(customer.finished.iter().map(|item| segments::Event {
        item: Some((*item).to_owned()),
        item_words: vec![segments::ItemWord::Training],
        ..segments::Event::blank(EventKind::Completed, ago(20))
    }));
    let on = ago(9).date_naive();
    let unused =
        customer.unused.iter().map(|product| SeatCount { product: (*product).to_owned(), on, active: 1 });
    profile.account.seats.extend(unused);
    profile
}

/// What one customer gets on the first page.
struct Page<'a> {
    customer: &'static Customer,
    profile: Profile,
    choices: Vec<Choice>,
    catalogue: &'a Catalogue,
}

impl<'a> Page<'a> {
    fn all(catalogue: &'a Catalogue, rules: &[Rule]) -> Vec<Self> {
        let page = |(at, customer): (usize, &'static Customer)| {
            let profile = profile(at, customer);
            let choices = select(&profile, catalogue, rules, &Past::of(&profile), &HOME, today());
            Self { customer, profile, choices, catalogue }
        };
        CUSTOMERS.iter().enumerate().map(page).collect()
    }

    fn slot(&self, slot: Slot) -> Vec<&'a Item> {
        let here = self.choices.iter().filter(|choice| choice.slot == slot);
        here.map(|choice| self.catalogue.get(choice.item.as_str()).unwrap()).collect()
    }

    /// What was chosen for them, help aside: that is the same for whoever has the same product.
    fn picked(&self) -> BTreeSet<(Slot, &str)> {
        let free = self.choices.iter().filter(|choice| choice.slot != Slot::Fix);
        free.map(|choice| (choice.slot, choice.item.as_str())).collect()
    }

    fn print(&self) {
        eprintln!("{}", self.customer);
        for choice in &self.choices {
            eprintln!("  {:<9}{:<44}{}", choice.slot.as_str(), choice.item.as_str(), choice.because);
        }
    }
}

fn is_for(item: &Item, trade: &str) -> bool {
    item.trades.is_empty() || item.trades.iter().any(|prefix| trade.starts_with(prefix.as_str()))
}

#[test]
fn forty_customers_each_get_a_page_of_their_own() {
    let (catalogue, rules) = starters();
    let pages = Page::all(&catalogue, &rules);
    assert_eq!(pages.len(), 40);
    pages.iter().for_each(Page::print);
    for (at, one) in pages.iter().enumerate() {
        for other in &pages[..at] {
            assert_ne!(one.picked(), other.picked(), "{}\n{}", one.customer, other.customer);
        }
    }
}

#[test]
fn each_of_the_forty_gets_what_fits() {
    let (catalogue, rules) = starters();
    for page in Page::all(&catalogue, &rules) {
        let Customer { trade, stage, level, products, .. } = page.customer;
        let who = page.customer.to_string();
        let (wins, fixes, picks) = (page.slot(Slot::NextWin), page.slot(Slot::Fix), page.slot(Slot::Picks));
        assert_eq!((wins.len(), picks.len()), (1, 3), "{who}");
        assert!((2..=4).contains(&fixes.len()), "{who}");
        for item in wins.iter().chain(&fixes).chain(&picks) {
            let what = format!("{} for {who}", item.slug);
            assert!(
                item.products.is_empty()
                    || item.products.iter().any(|code| products.contains(&code.as_str())),
                "{what}"
            );
            assert!(is_for(item, trade), "{what}");
            assert_eq!(item.language, page.profile.language.as_deref().unwrap_or("en"), "{what}");
            let begins = [item.stages.as_slice()] == [&[Stage::StartingUp][..]];
            assert!(!begins || *stage == "starting-up", "{what}");
            assert!(item.stages != [Stage::HandingOn] || *stage == "handing-on", "{what}");
            let basics = item.kind == Kind::Training && item.level == Level::Starter;
            assert!(*level != Some("confident") || !basics, "{what}");
        }
        if page.customer.finished.is_empty() {
            assert!(wins[0].is_quick_training(), "{who} begins with {}", wins[0].slug);
        }
        let lesson = |item: &&Item| matches!(item.format, Format::Quick | Format::Lesson);
        assert!(picks.iter().any(lesson), "{who}: no lesson");
        assert!(picks.iter().any(|item| item.by_independent_expert()), "{who}: no independent expert");
        let to_read = |item: &&Item| !item.trades.is_empty() || item.format == Format::Article;
        assert!(picks.iter().any(to_read), "{who}: nothing on the trade and nothing to read");
    }
}

#[test]
fn a_connector_hears_from_peers_and_a_collaborator_gets_work_for_a_team() {
    let (catalogue, rules) = starters();
    let pages = Page::all(&catalogue, &rules);
    let of = |user_type| pages.iter().filter(move |page| page.customer.user_type == Some(user_type));
    let share = |user_type, holds: fn(&Item) -> bool| {
        let with = of(user_type).filter(|page| {
            page.choices.iter().any(|choice| holds(catalogue.get(choice.item.as_str()).unwrap()))
        });
        with.count() as f64 / of(user_type).count() as f64
    };
    let peers: fn(&Item) -> bool = |item| item.format == Format::Question;
    let team: fn(&Item) -> bool =
        |item| item.kind != Kind::Support && item.user_types.contains(&UserType::Collaborator);
    assert!(share("connector", peers) > 0.8 && share("connector", peers) > share("learner", peers) + 0.3);
    assert!(share("collaborator", team) > 0.95);
}

/// People for whom an item was written, in each way that its fields allow, with and without another product.
fn readers_of(item: &Item) -> Vec<Profile> {
    let mut readers = Vec::new();
    let trades = if item.trades.is_empty() { vec!["4841".to_owned()] } else { item.trades.clone() };
    for (user_type, stage, trade, other) in ways_to_be(item, &trades) {
        readers.push(person(|person| {
            person.id = ContactId::from(Uuid::from_u128(readers.len() as u128));
            (person.user_type, person.level) = (Some(user_type), Some(item.level));
            person.needs = item.needs.iter().cloned().collect();
            person.account.said_stage = Some(stage);
            person.account.industry = Some(format!("{trade:0<6}"));
            person.account.employees = Some(14);
            person.consents = [(Purpose::Community, days_ago(3))].into();
            item.products.iter().map(String::as_str).chain(other).for_each(|product| own(person, product));
        }));
    }
    readers
}

/// Every user type, stage and trade an item is for, each with and without payments.
fn ways_to_be<'a>(
    item: &'a Item,
    trades: &'a [String],
) -> impl Iterator<Item = (UserType, Stage, &'a str, Option<&'static str>)> {
    let types =
        UserType::ALL.iter().filter(|one| item.user_types.is_empty() || item.user_types.contains(one));
    let stages = move || Stage::ALL.iter().filter(|one| item.stages.is_empty() || item.stages.contains(one));
    types
        .flat_map(move |user_type| stages().map(move |stage| (*user_type, *stage)))
        .flat_map(move |(user_type, stage)| {
            trades.iter().map(move |trade| (user_type, stage, trade.as_str()))
        })
        .flat_map(|(user_type, stage, trade)| {
            [None, Some("payments")].map(|other| (user_type, stage, trade, other))
        })
}

#[test]
fn every_item_reaches_someone() {
    let (catalogue, rules) = starters();
    let finished = past("lock-your-work-email", Act::Completed, today() - TimeDelta::days(40));
    let lonely: Vec<&str> = catalogue
        .iter()
        .filter(|item| {
            let chosen = |profile: &Profile, history: &[Past]| {
                let choices = select(profile, &catalogue, &rules, history, &HOME, today());
                choices.iter().any(|choice| choice.item == item.slug)
            };
            let histories = [vec![], vec![finished.clone()]];
            !readers_of(item).iter().any(|profile| histories.iter().any(|history| chosen(profile, history)))
        })
        .map(|item| item.slug.as_str())
        .collect();
    assert_eq!(lonely, Vec::<&str>::new(), "chosen for nobody they were written for");
}
