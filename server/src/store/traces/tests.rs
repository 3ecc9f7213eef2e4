//! The list against the schema of both databases: whoever adds a table or a column says here whose it is.

use std::collections::{BTreeMap, BTreeSet};

use templates::{ENGLISH, Templates};

use super::*;
use crate::testing;

/// Identifiers that name no person.
const NOT_PEOPLE: &[&str] = &[
    "id",
    "accepted_reply",
    "account_id",
    "author_account_id",
    "entry_id",
    "family_id",
    "incident_id",
    "journey_id",
    "licence_id",
    "merged_into",
    "message_id",
    "partner_id",
    "program_id",
    "question_id",
    "reply_id",
    "salt_id",
    "shelf_id",
    "namespace",
];

/// Tables in which nothing is about a person, each with the reason.
const NOBODY: &[(&str, &str)] = &[
    ("account_traits", "columns of the vendor's files about a business"),
    ("accounts", "a business, not a person"),
    ("assignments", "the ledger of sides: families, by number"),
    ("community_acts", "what staff did with questions, and why, in their words"),
    ("comparison_draws", "how families are drawn"),
    ("deviations", "families, by number, in our words"),
    ("emails", "letters as the vendor wrote them, before anybody's name is in them"),
    ("erasures", "the order itself, which goes with the last trace"),
    ("feedback_decisions", "what staff decided about pages, steps and searches"),
    ("families", "businesses that belong together, named by the first one"),
    ("heard", "what staff wrote up of what many said, without who said it"),
    ("feedback_decisions", "what staff made of what was said"),
    ("heard", "what staff published, with words of customers and no names"),
    ("holds", "what staff decided about a program"),
    ("imports", "files, by their hash"),
    ("incident_acts", "what staff said of what is out of order, and who of them"),
    ("incidents", "what is out of order, in our words"),
    ("incidents", "what is down, as staff wrote it"),
    ("installation", "this house"),
    ("items", "lessons and other pieces, as their authors wrote them"),
    ("journey_versions", "journeys as the vendor launched them"),
    ("journeys", "journeys as the vendor wrote them"),
    ("leads", "what was asked of sales, by a business"),
    ("licences", "what a business pays for"),
    ("limits", "keyed hashes, forgotten after a day"),
    ("partner_products", "what partners may sell"),
    ("partners", "businesses that sell for the vendor"),
    ("products", "what is sold"),
    (
        "question_drafts",
        "words of somebody whom we do not know, under the hash of their browser's secret, for a week",
    ),
    ("programs", "programs as the vendor wrote them"),
    ("renewals", "how terms of a business ended"),
    ("rules", "rules as the vendor wrote them"),
    ("searches_without_result", "words that found nothing, kept without who typed them"),
    ("segments", "questions as the vendor wrote them"),
    ("staff", "whoever works here"),
    ("strata", "how families are drawn"),
    ("suppressions", "keyed hashes, which outlive the people on purpose"),
    ("usage", "seats in use in a business"),
];

/// Columns with room for words that stay in rows which stay, each with the reason.
const STAYS: &[(&str, &str)] = &[
    ("asks.channel", "a word of ours"),
    ("asks.wording", "what the vendor asked, the same for many"),
    ("enrolments.state", "a word of ours"),
    ("enrolments.step", "a step of a journey"),
    ("events.evidence", "kinds of programs and networks, never an address"),
    ("events.item", "an item"),
    ("events.kind", "a word of ours"),
    ("events.product", "a product"),
    ("events.verdict", "a word of ours"),
    ("feedback.about", "a word of ours"),
    ("feedback.answer", "yes or no"),
    ("feedback.item", "an item"),
    ("feedback.page", "an address of ours, without what opens it"),
    ("feedback.step", "a step of an item"),
    ("feedback.about", "a word of ours"),
    ("feedback.answer", "a word of ours"),
    ("feedback.item", "an item"),
    ("feedback.page", "a page; a question's address goes with it"),
    ("feedback.step", "a step"),
    ("fix_answers.item", "an item"),
    ("fix_answers.step", "a step"),
    ("finishes.arm", "a word of ours"),
    ("finishes.follow_up", "an item"),
    ("finishes.item", "an item"),
    ("fix_answers.item", "an item"),
    ("fix_answers.step", "a step of an item"),
    ("joinings.channel", "a word of ours"),
    ("joinings.language", "a language"),
    ("joinings.side", "the side of a family"),
    ("joinings.source", "a word of the vendor's in the address of the form"),
    ("joinings.token_hash", "the hash of a key that opens nothing any more"),
    ("joinings.tracking_wording", "what the form said, the same for all"),
    ("joinings.wording", "what the form said, the same for all"),
    ("messages.links", "where the links of a letter led"),
    ("messages.owner", "a node"),
    ("messages.purpose", "a word of ours"),
    ("messages.reason", "a word of ours"),
    ("messages.state", "a word of ours"),
    ("messages.step", "a step of a journey"),
    ("questions.asked_of", "a word of ours"),
    ("questions.country", "where the business is"),
    ("questions.held", "a word of ours"),
    ("questions.language", "a language"),
    ("questions.level", "a word of ours"),
    ("questions.merged_into", "the address of another question, until that is erased"),
    ("questions.problem", "an item"),
    ("questions.product", "a product"),
    ("questions.region", "where the business is"),
    ("questions.size", "the size of the business"),
    ("questions.trade", "the trade of the business"),
    ("replies.author", "customer or staff"),
    ("replies.badge", "a word of ours"),
    ("replies.held", "a word of ours"),
    ("replies.size", "the size of the business"),
    ("replies.trade", "the trade of the business"),
];

/// What a column has room for.
#[derive(Debug, PartialEq, Eq)]
enum Room {
    Person,
    Words,
    Neither,
}

fn room(column: &str, declared: &str) -> Room {
    let is = |words: &[&str]| words.iter().any(|word| declared.contains(word));
    if is(&["uuid"]) {
        if NOT_PEOPLE.contains(&column) { Room::Neither } else { Room::Person }
    } else if is(&["json", "blob", "bytea"]) {
        Room::Words
    } else if is(&["time", "date", "bool"]) || !is(&["text", "char"]) {
        Room::Neither
    } else {
        Room::Words
    }
}

/// Whether an erasure leaves nothing of a person in this column.
fn is_emptied(table: &str, column: &str) -> bool {
    let mut traces = TRACES.iter().filter(|trace| trace.table == table);
    traces.any(|trace| match trace.fate {
        Fate::Goes | Fate::Stays(_) => true,
        Fate::Nameless(set) => {
            trace.column() == Some(column) || set.iter().any(|(emptied, _)| *emptied == column)
        }
    })
}

#[tokio::test]
async fn every_column_with_room_for_a_person_or_for_words_is_emptied_or_stays_for_a_reason() {
    for place in testing::databases().await {
        let db = crate::store::Db::open(&place.url).await.unwrap();
        let mut forgotten = Vec::new();
        for (table, column, declared) in testing::schema(&db).await {
            let name = format!("{table}.{column}");
            let listed = TRACES.iter().any(|trace| trace.table == table);
            let named = TRACES.iter().any(|trace| trace.table == table && trace.column() == Some(&column));
            let nobodys = NOBODY.iter().any(|(nobody, _)| *nobody == table);
            let stays = STAYS.iter().any(|(stays, _)| *stays == name);
            assert!(!(listed && nobodys), "{table} is about people, or it is not");
            let right = match room(&column, &declared) {
                Room::Neither => listed || nobodys,
                Room::Person => named || nobodys,
                Room::Words => nobodys || stays || is_emptied(&table, &column),
            };
            if !right {
                forgotten.push(name);
            }
        }
        assert!(
            forgotten.is_empty(),
            "on {}: say in store/traces.rs what an erasure does with these, or here why they stay: {forgotten:#?}",
            place.name
        );
    }
}

#[tokio::test]
async fn whatever_is_named_here_is_there() {
    for place in testing::databases().await {
        let db = crate::store::Db::open(&place.url).await.unwrap();
        let mut columns: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for (table, column, _) in testing::schema(&db).await {
            columns.entry(table).or_default().insert(column);
        }
        for (table, why) in NOBODY {
            assert!(columns.contains_key(*table) && !why.is_empty(), "{table} on {}", place.name);
        }
        for (name, why) in STAYS {
            let (table, column) = name.split_once('.').unwrap();
            assert!(columns[table].contains(column) && !why.is_empty(), "{name} on {}", place.name);
            assert!(!is_emptied(table, column), "{name} is emptied and needs no reason to stay");
        }
        for trace in TRACES {
            let set = match trace.fate {
                Fate::Nameless(set) => set,
                Fate::Goes | Fate::Stays(_) => &[],
            };
            let of_trace =
                trace.parts.iter().copied().chain(trace.column()).chain(set.iter().map(|one| one.0));
            for column in of_trace {
                assert!(columns[trace.table].contains(column), "{}.{column} on {}", trace.table, place.name);
            }
            assert!(trace.stays().is_none_or(|why| !why.is_empty()));
        }
    }
}

#[test]
fn every_table_with_traces_has_a_heading_in_the_file_that_people_take_with_them() {
    let templates = Templates::new().unwrap();
    for trace in TRACES {
        let key = format!("data-{}", trace.table);
        assert!(templates.words(ENGLISH).has(&key), "`{key}` stands in no file of templates/words/en");
    }
}
