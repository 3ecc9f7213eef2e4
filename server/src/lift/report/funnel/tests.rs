//! What is counted where, and when it is not counted yet.

use content::{Catalogue, Library};
use uuid::Uuid;

use super::*;
use crate::store::funnel::{Act, Asked, Customer, Form, Member};

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn now() -> DateTime<Utc> {
    at("2026-06-01T00:00:00Z")
}

fn customer(number: u128) -> Customer {
    Customer { id: Uuid::from_u128(number), ..Customer::default() }
}

fn ask(number: u128, channel: &str, on: &str) -> Asked {
    Asked { account_id: Uuid::from_u128(number), channel: channel.to_owned(), asked_at: at(on) }
}

fn form(number: u128, sent: &str, confirmed: Option<&str>) -> Form {
    Form {
        account_id: Uuid::from_u128(number),
        contact_id: confirmed.map(|_| Uuid::from_u128(1_000 + number)),
        channel: None,
        source: None,
        side: None,
        created_at: at(sent),
        confirmed_at: confirmed.map(at),
    }
}

fn act(number: u128, kind: &str, on: &str) -> Act {
    Act { contact_id: Uuid::from_u128(1_000 + number), kind: kind.to_owned(), at: at(on), item: None }
}

fn read(facts: &Facts) -> Reading {
    Reading::of(facts, &Catalogue::default(), now())
}

fn counts(step: Step) -> (u64, u64) {
    (step.count, step.of)
}

fn named<'a>(reading: &'a Reading, heading: &str, name: &str) -> &'a Row {
    let heading = reading.headings.iter().find(|one| one.name == heading).expect("a heading");
    heading.rows.iter().find(|row| row.name == name).unwrap_or_else(|| panic!("{name} in {heading:?}"))
}

#[test]
fn before_the_first_ask_and_join_there_is_nothing_to_show() {
    let reading = read(&Facts { customers: vec![customer(1)], ..Facts::default() });
    assert!(reading.is_empty() && reading.headings.is_empty());
    assert!(reading.page().everyone.is_none());
    let mut said = Vec::new();
    reading.write_words(&mut said).unwrap();
    assert!(String::from_utf8(said).unwrap().starts_with("Nobody has been asked to join"));
}

#[test]
fn a_customer_counts_once_under_the_last_way_before_it_joined() {
    let facts = Facts {
        customers: (1..=4).map(customer).collect(),
        asks: vec![
            ask(1, "call", "2026-01-01T00:00:00Z"),
            ask(3, "paper", "2026-01-01T00:00:00Z"),
            ask(1, "event", "2026-02-01T00:00:00Z"),
            ask(1, "partner", "2026-04-01T00:00:00Z"),
            ask(2, "partner", "2026-04-01T00:00:00Z"),
        ],
        forms: vec![
            form(1, "2026-03-01T00:00:00Z", None),
            form(1, "2026-03-02T00:00:00Z", Some("2026-03-02T01:00:00Z")),
            form(2, "2026-03-01T00:00:00Z", None),
            Form { channel: Some("activation".to_owned()), ..form(4, "2026-03-01T00:00:00Z", None) },
        ],
        ..Facts::default()
    };
    let reading = read(&facts);
    let all = &reading.everyone;
    // The second joined before anybody asked; the fourth came by the address of an ask that nobody wrote down.
    assert_eq!((all.asked, counts(all.joined), all.unasked), (3, (2, 3), 1));
    assert_eq!(counts(all.confirmed), (1, 3));
    let by = |name| named(&reading, "How they were asked", name);
    assert_eq!(counts(by("An event").joined), (1, 1));
    assert_eq!((by("A form on paper").asked, counts(by("A form on paper").joined)), (1, (0, 1)));
    assert_eq!((by("Nobody asked them").unasked, by("Nobody asked them").asked), (1, 0));
    assert_eq!(counts(by("The screen after activation").joined), (1, 1));
    let heading = &reading.headings[0];
    assert_eq!(heading.rows.iter().map(|row| row.asked + row.unasked).sum::<u64>(), 4, "{heading:?}");
}

#[test]
fn training_and_coming_back_have_their_time_and_are_not_counted_before_it() {
    let joined = |number, when| form(number, when, Some(when));
    let facts = Facts {
        customers: (1..=6).map(customer).collect(),
        forms: vec![
            joined(1, "2026-03-01T10:00:00Z"),
            joined(2, "2026-03-01T10:00:00Z"),
            joined(3, "2026-03-01T10:00:00Z"),
            joined(4, "2026-05-31T12:00:00Z"),
            joined(5, "2026-05-28T12:00:00Z"),
            joined(6, "2026-05-20T12:00:00Z"),
        ],
        acts: vec![
            act(1, "viewed", "2026-03-01T23:00:00Z"),
            act(1, "completed", "2026-03-02T10:00:00Z"),
            act(2, "completed", "2026-03-02T10:00:01Z"),
            act(2, "signed-in", "2026-03-31T10:00:01Z"),
            act(3, "completed", "2026-02-28T10:00:00Z"),
            act(3, "viewed", "2026-03-01T22:00:00Z"),
            act(3, "completed", "2026-03-08T10:00:01Z"),
            act(4, "completed", "2026-05-31T13:00:00Z"),
            act(6, "completed", "2026-05-20T13:00:00Z"),
        ],
        ..Facts::default()
    };
    let all = read(&facts).everyone;
    assert_eq!(counts(all.confirmed), (6, 6));
    // To the second: 24 hours is in, a second more is not. The fourth has not had its day, though it trained already.
    assert_eq!(counts(all.trained_in_a_day), (2, 5));
    assert_eq!(counts(all.trained_in_a_week), (3, 4));
    // The second trained the day after; the sixth has not had its 30 days.
    assert_eq!(counts(all.came_back), (3, 3));
    let quiet = Facts { acts: facts.acts[..1].to_vec(), ..facts };
    assert_eq!(counts(read(&quiet).everyone.came_back), (0, 3), "the same day is no coming back");
}

#[test]
fn only_training_is_a_first_training() {
    let catalogue = Library::embedded().catalogue;
    let fix = catalogue.iter().find(|item| item.kind == content::Kind::Support).expect("there is a fix");
    let lesson =
        catalogue.iter().find(|item| item.kind == content::Kind::Training).expect("there is a lesson");
    let facts = |item: &str| Facts {
        customers: vec![customer(1)],
        forms: vec![form(1, "2026-03-01T10:00:00Z", Some("2026-03-01T10:00:00Z"))],
        acts: vec![Act { item: Some(item.to_owned()), ..act(1, "completed", "2026-03-01T11:00:00Z") }],
        ..Facts::default()
    };
    let trained = |item: &str| Reading::of(&facts(item), &catalogue, now()).everyone.trained_in_a_day.count;
    assert_eq!((trained(fix.slug.as_str()), trained(lesson.slug.as_str())), (0, 1));
}

#[test]
fn who_joined_elsewhere_counts_and_the_side_is_the_one_of_that_moment() {
    let facts = Facts {
        customers: vec![
            Customer { side: Some("program".to_owned()), employees: Some(12), ..customer(1) },
            Customer { side: Some("program".to_owned()), industry: Some("238220".to_owned()), ..customer(2) },
        ],
        forms: vec![Form { side: Some("comparison".to_owned()), ..form(1, "2026-03-01T10:00:00Z", None) }],
        members: vec![Member {
            id: Uuid::from_u128(7),
            account_id: Uuid::from_u128(2),
            opted_in_at: at("2026-03-01T10:00:00Z"),
        }],
        ..Facts::default()
    };
    let reading = read(&facts);
    assert_eq!((reading.everyone.unasked, counts(reading.everyone.confirmed)), (2, (1, 2)));
    assert_eq!(named(&reading, "Side", "Comparison side").unasked, 1);
    assert_eq!(counts(named(&reading, "Side", "Program side").confirmed), (1, 1));
    assert_eq!(named(&reading, "Size", "10 to 24 people").unasked, 1);
    assert_eq!(named(&reading, "Size", "Size not known").unasked, 1);
    assert_eq!(named(&reading, "Kind of business", "Construction").unasked, 1);
}

#[test]
fn small_counts_have_no_percentage_and_say_so() {
    let asked = |count: u128| Facts {
        customers: (1..=count).map(customer).collect(),
        asks: (1..=count).map(|number| ask(number, "call", "2026-03-01T10:00:00Z")).collect(),
        forms: vec![form(1, "2026-03-02T10:00:00Z", None)],
        ..Facts::default()
    };
    let few = read(&asked(19));
    assert_eq!((few.everyone.joined.share, counts(few.everyone.joined)), (None, (1, 19)));
    assert!(
        few.csv().contains("Everyone,Everyone,Joined when asked,1,19,,too few for a percentage"),
        "{}",
        few.csv()
    );
    let enough = read(&asked(20));
    assert_eq!(enough.everyone.joined.share, Some(0.05));
    assert!(enough.csv().contains("Everyone,Everyone,Joined when asked,1,20,0.05,\n"), "{}", enough.csv());
    let mut said = Vec::new();
    enough.write_words(&mut said).unwrap();
    let said = String::from_utf8(said).unwrap();
    assert!(said.contains("1 of 20 (5.0%)") && said.contains("Of fewer than 20"), "{said}");
}

#[test]
fn sources_that_few_came_from_share_one_row_and_no_cell_runs_in_a_spreadsheet() {
    let facts = Facts {
        customers: (1..=40).map(customer).collect(),
        forms: (1..=40)
            .map(|number| Form {
                source: Some(if number <= 20 { "=fair".to_owned() } else { format!("poster-{number}") }),
                ..form(number, "2026-03-01T10:00:00Z", None)
            })
            .collect(),
        ..Facts::default()
    };
    let reading = read(&facts);
    let sources = reading.headings.iter().find(|one| one.name == "Where they came from").unwrap();
    assert_eq!(sources.rows.len(), 13, "{sources:?}");
    assert_eq!((sources.rows[0].name.as_str(), sources.rows[0].unasked), ("=fair", 20));
    assert_eq!((sources.rows[12].name.as_str(), sources.rows[12].unasked), ("Other sources", 9));
    assert!(reading.csv().contains("Where they came from,'=fair,Joined unasked,20"), "{}", reading.csv());
}
