//! What stops the number, and that there is none anywhere then; and that every form tells the same.

use sea_orm::ConnectionTrait;
use templates::{AnswerState, Brand, Face, Frame, Theme};

use super::world::{self, World, day, for_those, read_as};
use crate::lift::report::Report;
use crate::store::programs::Mode;

/// Refuses a report in which any outcome can be read.
fn silent(world: &World, report: &Report, reason: &str) {
    assert_eq!(report.answer.state, AnswerState::Stopped, "{} on {}", report.answer.sentence, world.on);
    assert_eq!(report.answer.sentence, format!("Don’t use these numbers yet. {reason}"));
    assert!(report.numbers.is_none() && report.letters.is_none() && report.funnel.is_none());
    assert!(report.planted.is_none() && report.guardrails.is_empty());
    let [page, csv, json, words] = forms(world, report);
    for (form, text) in [("page", page), ("csv", csv), ("json", json), ("words", words)] {
        for number in ["+30.0", "0.3,", "80.0%", "50.0%", "8 of 10", "5 of 10", "$300"] {
            assert!(!text.contains(number), "the {form} tells {number}");
        }
        assert!(text.contains(reason), "the {form} does not say why");
    }
}

/// Page, CSV, JSON and words of one report.
fn forms(world: &World, report: &Report) -> [String; 4] {
    let frame = Frame {
        nonce: "n".to_owned(),
        base_url: "https://help.example".to_owned(),
        signed_in_as: None,
        face: Face::Reports,
        language: templates::ENGLISH.to_owned(),
        theme: Theme::System,
        brand: Brand { name: "Rapport".to_owned(), line: String::new() },
    };
    let page = world.app.templates.report(&frame, &report.page()).unwrap();
    let mut words = Vec::new();
    report.write_words(&mut words).unwrap();
    let json = serde_json::to_string(report).unwrap();
    [page, report.csv(), json, String::from_utf8(words).unwrap()]
}

#[tokio::test]
async fn page_csv_json_and_words_tell_the_same_numbers() {
    for world in world::worlds().await {
        world.eight_of_ten_against_five().await;
        let report = world.report().await;
        let lift = report.lift().unwrap();
        let [page, csv, json, words] = forms(&world, &report);
        for text in [&page, &words] {
            assert!(
                text.contains("80.0%") && text.contains("50.0%") && text.contains("+30.0 per 100"),
                "{text}"
            );
            assert!(text.contains("\u{2212}10.7") && text.contains("+60.0"));
            assert!(text.contains("$800") && text.contains("$500") && text.contains("+$300"));
            assert!(text.contains("Renewed: 8 of 10 and 5 of 10."));
        }
        let mut rows = csv::Reader::from_reader(csv.as_bytes());
        let heads = rows.headers().unwrap().clone();
        let row =
            rows.records().map(Result::unwrap).find(|row| &row[0] == "compared" && &row[1] == "Renewed");
        let row = row.unwrap();
        let number = |name: &str| row[heads.iter().position(|head| head == name).unwrap()].to_owned();
        assert_eq!(
            ["program", "program_of", "comparison", "comparison_of"].map(number),
            ["8.0", "10", "5.0", "10"].map(str::to_owned)
        );
        assert_eq!(
            ["difference", "low", "high"].map(number),
            [lift.estimate, lift.low, lift.high].map(|value| value.to_string())
        );
        let written = format!(
            r#""lift":{{"estimate":{},"low":{},"high":{}}},"p_value""#,
            lift.estimate, lift.low, lift.high
        );
        assert!(json.contains(&written), "{written} in {json}");
        for text in [&page, &csv, &words] {
            assert!(text.contains(&report.answer.sentence));
        }
        assert!(json.contains(&report.answer.sentence));
    }
}

#[tokio::test]
async fn a_broken_ledger_stops_the_number() {
    for world in world::worlds().await {
        world.eight_of_ten_against_five().await;
        let txn = world.app.db.begin().await.unwrap();
        let turned = "UPDATE assignments SET side = 'program' WHERE seq = 15";
        txn.execute_unprepared(turned).await.unwrap();
        txn.commit().await.unwrap();
        silent(&world, &world.report().await, "The list of who was put where was changed.");
    }
}

#[tokio::test]
async fn a_comparison_family_that_was_written_to_stops_the_number_unless_it_joined_by_itself() {
    for world in world::worlds().await {
        world.eight_of_ten_against_five().await;
        world.letter("c3", "2026-02-01").await;
        silent(&world, &world.report().await, "Somebody who was to be left out got our letters.");
    }
    for world in world::worlds().await {
        world.eight_of_ten_against_five().await;
        world.joins("c3", "2026-01-20").await;
        world.letter("c3", "2026-02-01").await;
        assert_eq!(world.report().await.answer.state, AnswerState::CannotTell, "on {}", world.on);
    }
}

#[tokio::test]
async fn an_unfair_split_stops_the_number() {
    for world in world::worlds().await {
        let names: Vec<String> = (0..20).map(|number| format!("f{number}")).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        world.assign(&names[..18], false, 0.5).await;
        world.assign(&names[18..], true, 0.5).await;
        for name in &names {
            world.settled(name, "renewed", 100_000).await;
        }
        silent(&world, &world.report().await, "The groups were not split as planned.");
    }
}

#[tokio::test]
async fn a_feed_that_does_not_reach_and_a_side_that_is_empty_stop_the_number() {
    for world in world::worlds().await {
        world.eight_of_ten_against_five().await;
        let late = world.report_of(&read_as(Mode::OpenEnded), "2027-03-01").await;
        silent(&world, &late, "What renewed is not fully known.");
    }
    for world in world::worlds().await {
        world.assign(&["p"], false, 0.5).await;
        world.assign(&["c"], true, 0.5).await;
        world.settled("p", "renewed", 100_000).await;
        silent(&world, &world.report().await, "What renewed is not fully known.");
    }
}

#[tokio::test]
async fn an_audience_that_the_program_itself_changes_stops_the_number() {
    for world in world::worlds().await {
        world.eight_of_ten_against_five().await;
        let report = world.report_of(&for_those("consents to training"), "2026-12-01").await;
        silent(&world, &report, "Who is counted depends on the program itself.");
    }
}

#[tokio::test]
async fn before_the_date_it_is_too_early_and_the_range_is_the_open_ended_one() {
    for world in world::worlds().await {
        world.eight_of_ten_against_five().await;
        let kept = world.started(&world::program()).await;
        let early = Report::read(&world.app, &kept, day("2026-09-01")).await.unwrap();
        assert_eq!(early.answer.state, AnswerState::TooEarly, "on {}", world.on);
        assert_eq!(early.answer.sentence, "Too early to say. The planned reading is on 1 December 2026.");
        let numbers = early.numbers.as_ref().unwrap();
        let planned = Report::read(&world.app, &kept, day("2026-12-01")).await.unwrap();
        let (wide, plain) = (early.lift().unwrap(), planned.lift().unwrap());
        assert!(wide.low < plain.low && wide.high > plain.high, "{wide:?} {plain:?}");
        // All 20 of 20 are due: the multiplier is at its narrowest, and still wider than 1.96.
        assert!((numbers.multiplier - 3.0).abs() < 0.1, "{}", numbers.multiplier);
        assert_eq!(early.decision.numbers_say, "nothing yet");
        // Long after its date, a planned reading is what it was on its date.
        let after = Report::read(&world.app, &kept, day("2027-09-01")).await.unwrap();
        assert_eq!(after.lift(), planned.lift());
    }
}
