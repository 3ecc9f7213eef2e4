//! A question means the same in memory, on SQLite and on PostgreSQL.

mod asked;
mod meaning;
mod people;

use std::collections::BTreeSet;

use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use segments::{Predicate, Profile};
use uuid::Uuid;

use crate::store::{Db, audience};
use crate::testing;

/// Random questions put to every database.
const QUESTIONS: usize = 2_000;

#[tokio::test]
async fn memory_and_both_databases_agree_on_thousands_of_random_questions() {
    let now = people::now();
    for (place, app) in testing::houses().await {
        let everyone = people::settle(&app).await;
        let db = &app.db;
        let profiles = audience::load_profiles(db.read(), &everyone, now).await.unwrap();
        assert_eq!(profiles.len(), everyone.len());

        let mut runner = runner();
        let mut answers = BTreeSet::new();
        for number in 0..QUESTIONS {
            let question = asked::question().new_tree(&mut runner).expect("a question can be made").current();
            agree(db, place.name, &question, &profiles).await;
            if number % 4 == 0 {
                agree(db, place.name, &Predicate::Not(Box::new(question.clone())), &profiles).await;
            }
            answers.insert(in_memory(&question, &profiles).len());
        }
        assert!(answers.len() > 50, "the questions tell people apart: {answers:?}");
        eprintln!("{}: {QUESTIONS} questions over {} people agree", place.name, profiles.len());
    }
}

#[tokio::test]
async fn every_single_test_and_its_complement_split_everyone() {
    let now = people::now();
    for (place, app) in testing::houses().await {
        let everyone = people::settle(&app).await;
        let db = &app.db;
        let profiles = audience::load_profiles(db.read(), &everyone, now).await.unwrap();
        let mut runner = runner();
        for _ in 0..400 {
            let fact =
                Predicate::Fact(asked::fact().new_tree(&mut runner).expect("a test can be made").current());
            let not = Predicate::Not(Box::new(fact.clone()));
            let holds = audience::count(db.read(), &fact, now).await.unwrap();
            let fails = audience::count(db.read(), &not, now).await.unwrap();
            assert_eq!(
                holds + fails,
                everyone.len() as u64,
                "{fact} is NULL for somebody, on {}",
                place.name
            );
            assert_eq!(holds, in_memory(&fact, &profiles).len() as u64, "{fact}, on {}", place.name);
        }
    }
}

#[test]
fn every_random_question_reads_back_from_text_and_from_json() {
    let mut runner = runner();
    for _ in 0..QUESTIONS {
        let question = asked::question().new_tree(&mut runner).expect("a question can be made").current();
        let text = question.to_string();
        let read = Predicate::parse(&text).unwrap_or_else(|error| panic!("{text}\n{error}"));
        assert_eq!(read, question, "{text}");
        let json = serde_json::to_value(&question).unwrap();
        assert_eq!(serde_json::from_value::<Predicate>(json.clone()).unwrap(), question, "{json}");
    }
}

/// The same questions at every run, so that a failure can be looked at again.
fn runner() -> TestRunner {
    TestRunner::new_with_rng(Config::default(), TestRng::deterministic_rng(RngAlgorithm::ChaCha))
}

async fn agree(db: &Db, place: &str, question: &Predicate, profiles: &[Profile]) {
    let found = audience::list(db.read(), question, people::now(), None, 1_000_000).await;
    let found = found.unwrap_or_else(|error| panic!("{question}\n{error}, on {place}"));
    let expected = in_memory(question, profiles);
    let missing: Vec<_> = expected.iter().filter(|id| !found.contains(id)).collect();
    let extra: Vec<_> = found.iter().filter(|id| !expected.contains(id)).collect();
    let one = missing.first().or(extra.first()).and_then(|id| profiles.iter().find(|p| p.id.uuid() == **id));
    assert!(
        missing.is_empty() && extra.is_empty(),
        "{question}\nmissing {missing:?}, extra {extra:?}, on {place}: {one:#?}"
    );
}

fn in_memory(question: &Predicate, profiles: &[Profile]) -> BTreeSet<Uuid> {
    let matching = profiles.iter().filter(|profile| question.matches(profile, people::now()));
    matching.map(|profile| profile.id.uuid()).collect()
}
