//! What stops the number, and that there is none anywhere then; and that every form tells the same.

use sea_orm::ConnectionTrait;
use templates::{AnswerState, Brand, Face, Frame, Theme, TrustKind, TrustLine};

use super::world::{self, World, day, for_those, read_as};
use crate::lift::looking::any_time_multiplier;
use crate::lift::report::Report;
use crate::store::programs::{self, Mode};

/// Refuses a report in which any outcome can be read.
pub(super) fn silent(world: &World, report: &Report, reason: &str) {
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

/// A line of the trust list.
pub(super) fn line<'a>(report: &'a Report, name: &str) -> &'a TrustLine {
    report.trust.iter().find(|line| line.line == name).unwrap_or_else(|| panic!("no line {name}"))
}

/// Page, CSV, JSON and words of one report.
fn forms(world: &World, report: &Report) -> [String; 4] {
    let frame = Frame {
        nonce: "n".to_owned(),
        base_url: "https://help.example".to_owned(),
        signed_in_as: None,
        face: Face::Reports,
        path: String::new(),
        way_back: String::new(),
        language: templates::ENGLISH.to_owned(),
        theme: Theme::System,
        brand: Brand { name: "Rapport".to_owned(), ..Brand::default() },
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
async fn a_split_that_is_fair_in_the_ledger_and_not_among_those_counted_stops_the_number() {
    for world in world::worlds().await {
        let names: Vec<String> = (0..40).map(|number| format!("f{number}")).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        world.assign(&names[..20], false, 0.5).await;
        world.assign(&names[20..], true, 0.5).await;
        for name in names[..20].iter().chain(&names[38..]) {
            world.settled(name, "renewed", 100_000).await;
        }
        silent(&world, &world.report().await, "The groups were not split as planned.");
    }
}

#[tokio::test]
async fn the_planned_look_waits_until_what_renewed_is_known_up_to_its_date() {
    for world in world::worlds().await {
        world.eight_of_ten_against_five().await;
        world.changed("UPDATE imports SET finished_at = '2026-11-25 12:00:00+00:00'").await;
        let kept = world.started(&world::program()).await;
        let report = Report::read(&world.app, &kept, day("2026-12-02")).await.unwrap();
        assert_eq!(report.answer.state, AnswerState::TooEarly, "on {}", world.on);
        assert!(report.numbers.as_ref().unwrap().multiplier > 2.9, "wide enough for any number of looks");
        let looks = line(&report, "Not stopped early");
        let finding = "The date set at the start was 1 December 2026, but renewals are known up to 25 November 2026 only: \
                       this is still an early look.";
        assert_eq!((looks.finding.as_str(), looks.ok), (finding, false));
        assert_eq!(report.row().next_reading, "Once renewals are known up to 1 December 2026");
        // A file of which nothing could be kept brings the date no nearer; one of which something was kept does.
        world.file("2026-12-01", 0).await;
        let same = Report::read(&world.app, &kept, day("2026-12-02")).await.unwrap();
        assert_eq!(same.answer.state, AnswerState::TooEarly);
        world.file("2026-12-02", 1).await;
        let last = Report::read(&world.app, &kept, day("2026-12-03")).await.unwrap();
        assert!(!last.reading.early && line(&last, "Not stopped early").ok, "on {}", world.on);
        assert_eq!(last.row().next_reading, "");
    }
}

#[tokio::test]
async fn a_feed_in_which_nothing_was_decided_any_more_is_told() {
    for world in world::worlds().await {
        world.eight_of_ten_against_five().await;
        let whole = world.again().await;
        assert!(line(&whole, "The data is complete").ok, "nothing has come due since, on {}", world.on);
        world.licence("later", "p0", "2027-06-01", 100_000, "USD").await;
        world.assign(&["x"], false, 0.5).await;
        world.licence("x", "x", "2026-09-01", 100_000, "USD").await;
        let torn = world.again().await;
        let data = line(&torn, "The data is complete");
        assert_eq!((data.ok, data.kind), (false, TrustKind::Note), "{data:?}");
        let [page, ..] = forms(&world, &torn);
        assert!(page.contains("check that the last file was whole"), "the page says what to do");
    }
}

#[tokio::test]
async fn an_open_ended_range_does_not_grow_narrower_by_looking_longer_than_was_planned() {
    for world in world::worlds().await {
        world.eight_of_ten_against_five().await;
        world.assign(&["x0", "x1"], false, 0.5).await;
        world.assign(&["y0", "y1"], true, 0.5).await;
        for name in ["x0", "x1", "y0", "y1"] {
            world.licence(name, name, "2026-12-15", 100_000, "USD").await;
            world.ended((name, name), "2026-12-15", ("renewed", "2026-12-15", 100_000, "USD")).await;
        }
        world.file("2027-02-20", 1).await;
        let report = world.report_of(&read_as(Mode::OpenEnded), "2027-02-20").await;
        let numbers = report.numbers.as_ref().unwrap();
        assert_eq!(numbers.main().program.families + numbers.main().comparison.families, 24);
        // Of these 24, 20 come due by the date fixed at the start.
        let fixed = any_time_multiplier(24.0, 20.0, 0.05).unwrap();
        assert!((numbers.multiplier - fixed).abs() < 1e-12, "{} on {}", numbers.multiplier, world.on);
        assert_eq!(report.row().next_reading, "Any day");
    }
}

/// Forty families on each side, of which a half renews, read in this mode on each database.
async fn forty_against_forty(mode: Mode) -> Vec<Report> {
    let names: Vec<String> = (0..80).map(|number| format!("f{number}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let mut reports = Vec::new();
    for world in world::worlds().await {
        world.assign(&names[..40], false, 0.5).await;
        world.assign(&names[40..], true, 0.5).await;
        for (place, name) in names.iter().enumerate() {
            world.settled(name, if place % 2 == 0 { "renewed" } else { "lapsed" }, 0).await;
        }
        reports.push(world.report_of(&read_as(mode), "2026-12-01").await);
    }
    reports
}

#[tokio::test]
async fn what_can_be_spotted_follows_from_the_ranges_of_the_mode() {
    let spot = |report: &Report| line(report, "Enough customers").finding.clone();
    let needed = |report: &Report| {
        let words = report.answer.sentence.split_whitespace().collect::<Vec<_>>();
        let about = words.iter().position(|word| *word == "About").unwrap();
        words[about + 1].replace(',', "").parse::<u64>().unwrap()
    };
    let (planned, band) =
        (forty_against_forty(Mode::Planned).await, forty_against_forty(Mode::YearBand).await);
    for (planned, band) in planned.iter().zip(&band) {
        assert_eq!(spot(planned), "80 in all. Can spot gaps of about 29 per 100 or more.");
        assert_eq!(spot(band), "80 in all. Can spot gaps of about 31 per 100 or more.");
        assert!(needed(band) > needed(planned), "{} {}", band.answer.sentence, planned.answer.sentence);
    }
}

#[tokio::test]
async fn what_came_due_before_the_program_started_is_told() {
    for world in world::worlds().await {
        world.eight_of_ten_against_five().await;
        let report = world.again().await;
        assert!(line(&report, "Outcomes came after the start").ok);
        world.changed("UPDATE programs SET started_at = '2026-06-02 12:00:00+00:00'").await;
        let report = world.again().await;
        let early = line(&report, "Outcomes came after the start");
        let finding = "20 of 20 renewals counted came due before the start on 2 June 2026: the whole relationship is read, \
                       not this program alone.";
        assert_eq!((early.finding.as_str(), early.ok), (finding, false), "on {}", world.on);
    }
}

#[tokio::test]
async fn where_waiting_brings_no_number_the_reason_is_said_and_never_a_day_that_is_past() {
    for world in world::worlds().await {
        let nobody = world.report().await;
        assert_eq!(nobody.answer.sentence, "Nothing to compare yet. No customer has been put on a side yet.");
        world.assign(&["p"], false, 0.5).await;
        world.assign(&["c"], true, 0.5).await;
        for name in ["p", "c"] {
            world.licence(name, name, "2026-12-15", 100_000, "USD").await;
        }
        world.file("2027-06-01", 1).await;
        let waiting = world.again().await;
        assert_eq!(
            waiting.answer.sentence,
            "Nothing to compare yet. The first outcomes are final on 13 February 2027."
        );
        // The planned date is past, and whatever comes due now comes too late for it.
        let kept = programs::find(world.app.db.read(), "renewal").await.unwrap().unwrap();
        let over = Report::read(&world.app, &kept, day("2027-06-01")).await.unwrap();
        assert_eq!(
            over.answer.sentence, "Nothing to compare yet. No outcome was final by 1 December 2026.",
            "on {}",
            world.on
        );
    }
}

#[tokio::test]
async fn what_cannot_be_asked_has_no_mark_for_or_against() {
    for world in world::worlds().await {
        world.eight_of_ten_against_five().await;
        world.letter("p0", "2026-02-01").await;
        let report = world.report().await;
        assert_eq!(line(&report, "Groups were alike before").kind, TrustKind::Neutral, "on {}", world.on);
        let without = line(&report, "Program side without a letter");
        let finding = "9 of 10 counted program customers got no letter, most because nobody of them joined. They count where they \
             were put.";
        assert_eq!((without.finding.as_str(), without.kind), (finding, TrustKind::Neutral));
        let [_, csv, _, words] = forms(&world, &report);
        assert!(csv.contains("\"trust, told\",Groups were alike before"), "{csv}");
        assert!(
            words.contains("      Groups were alike before") && !words.contains("ok    Groups were alike"),
            "{words}"
        );
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
    for world in world::worlds().await {
        world.measures_members().await;
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
        assert!(!line(&early, "Not stopped early").ok && line(&planned, "Not stopped early").ok);
        let [page, _, json, words] = forms(&world, &early);
        assert!(page.contains("Too early") && words.contains("Too early") && json.contains("too_early"));
        assert!(!words.contains("Not clear yet") && !json.contains("not_clear_yet"), "{words}");
        // Long after its date, a planned reading is what it was on its date.
        let after = Report::read(&world.app, &kept, day("2027-09-01")).await.unwrap();
        assert_eq!(after.lift(), planned.lift());
    }
}
