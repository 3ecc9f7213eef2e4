//! Who counts, and as what.

use templates::{AnswerState, MeasureVerdict};

use super::world::{self, World, day, for_those, id, noon, read_as};
use crate::lift::report::Report;
use crate::store::programs::Mode;

/// Renewed and counted, both sides.
fn renewed(report: &Report) -> [(f64, u64); 2] {
    let main = report.numbers.as_ref().expect("a number").main();
    [main.program, main.comparison].map(|side| (side.total, side.families))
}

#[tokio::test]
async fn eight_of_ten_against_five_of_ten_is_thirty_more_in_a_hundred() {
    for world in world::worlds().await {
        world.eight_of_ten_against_five().await;
        let report = world.report().await;
        assert_eq!(renewed(&report), [(8.0, 10), (5.0, 10)], "on {}", world.on);
        let numbers = report.numbers.as_ref().unwrap();
        assert_eq!(numbers.method, "diff_newcombe");
        let lift = numbers.main().lift.unwrap();
        // Newcombe's method 10 for 8 of 10 and 5 of 10, worked out apart from this program.
        assert!((lift.estimate - 0.3).abs() < 1e-12);
        assert!((lift.low - -0.106_672).abs() < 1e-6 && (lift.high - 0.599_872).abs() < 1e-6, "{lift:?}");
        // Eight thousand dollars from ten families, five thousand from ten.
        let revenue = &numbers.measures[1];
        assert_eq!((revenue.program.value, revenue.comparison.value), (Some(80_000.0), Some(50_000.0)));
        assert!((revenue.lift.unwrap().estimate - 30_000.0).abs() < 1e-9);
        assert_eq!(revenue.verdict, MeasureVerdict::DontLeanOnIt);
        // Three more renewals on the program side, for 3,000 dollars: 1,000 each.
        assert!((numbers.extra_renewals.estimate - 3.0).abs() < 1e-12);
        let cost = numbers.cost_per_extra.unwrap();
        assert!((cost.estimate - 100_000.0).abs() < 1e-6 && cost.high.is_none());
        assert_eq!(report.answer.state, AnswerState::CannotTell);
    }
}

/// One family a side, and one more that is told apart by what happens to it.
async fn with_one_more(world: &World) {
    world.assign(&["p", "x"], false, 0.5).await;
    world.assign(&["c", "y"], true, 0.5).await;
    for name in ["p", "c", "y"] {
        world.settled(name, "renewed", 100_000).await;
    }
}

#[tokio::test]
async fn too_late_and_too_early_do_not_count_as_renewed() {
    let cases = [
        // (decided on, renewed) for a term due on 1 June: from 3 March to 31 July.
        ("2026-03-02", false),
        ("2026-03-03", true),
        ("2026-07-31", true),
        ("2026-08-01", false),
    ];
    for (decided, counts) in cases {
        for world in world::worlds().await {
            with_one_more(&world).await;
            world.licence("x", "x", "2026-06-01", 100_000, "USD").await;
            world.ended(("x", "x"), "2026-06-01", ("recovered", decided, 100_000, "USD")).await;
            let report = world.report().await;
            let expected = if counts { 2.0 } else { 1.0 };
            assert_eq!(renewed(&report), [(expected, 2), (2.0, 2)], "{decided} on {}", world.on);
            // What is booked outside the window is no revenue of it either.
            let revenue = report.numbers.unwrap().measures[1].program.total;
            assert!((revenue - expected * 100_000.0).abs() < 1e-6, "{decided}: {revenue}");
        }
    }
}

#[tokio::test]
async fn no_word_after_grace_is_not_renewed_and_before_it_is_not_counted() {
    for world in world::worlds().await {
        with_one_more(&world).await;
        world.licence("x", "x", "2026-10-02", 100_000, "USD").await;
        let kept = world.started(&world::program()).await;
        // 2 October and 60 days is 1 December.
        let before = Report::read(&world.app, &kept, day("2026-11-30")).await.unwrap();
        assert_eq!(renewed(&before), [(1.0, 1), (2.0, 2)], "on {}", world.on);
        let after = Report::read(&world.app, &kept, day("2026-12-01")).await.unwrap();
        assert_eq!(renewed(&after), [(1.0, 2), (2.0, 2)]);
        let data = after.trust.iter().find(|line| line.line == "The data is complete").unwrap();
        assert!(data.finding.contains("no word on 50.0% of the program side and 0.0%"), "{}", data.finding);
    }
}

#[tokio::test]
async fn only_the_first_term_after_the_draw_counts_and_the_larger_of_two_on_one_day() {
    for world in world::worlds().await {
        with_one_more(&world).await;
        // Due on the day of the draw: not after it. Then two on one day, of which the larger lapsed. Then a later one.
        world.licence("old", "x", "2026-01-01", 900_000, "USD").await;
        world.licence("small", "x", "2026-05-01", 50_000, "USD").await;
        world.licence("large", "x", "2026-05-01", 80_000, "USD").await;
        world.licence("later", "x", "2026-05-20", 900_000, "USD").await;
        world.ended(("old", "x"), "2026-01-01", ("renewed", "2026-01-01", 900_000, "USD")).await;
        world.ended(("small", "x"), "2026-05-01", ("renewed", "2026-05-01", 50_000, "USD")).await;
        world.ended(("large", "x"), "2026-05-01", ("lapsed", "2026-05-01", 0, "USD")).await;
        world.ended(("later", "x"), "2026-05-20", ("renewed", "2026-06-20", 7_000, "USD")).await;
        let report = world.report().await;
        assert_eq!(renewed(&report), [(1.0, 2), (2.0, 2)], "on {}", world.on);
        // All licences of the family in the one window: 50,000 and 7,000, beside p's 100,000.
        let revenue = &report.numbers.as_ref().unwrap().measures[1];
        assert!((revenue.program.total - 157_000.0).abs() < 1e-6, "{}", revenue.program.total);
    }
}

#[tokio::test]
async fn a_term_that_moved_on_after_it_was_renewed_is_still_the_one_that_counts() {
    for world in world::worlds().await {
        with_one_more(&world).await;
        world.licence("x", "x", "2027-06-01", 100_000, "USD").await;
        world.ended(("x", "x"), "2026-06-01", ("lapsed", "2026-06-01", 0, "USD")).await;
        assert_eq!(renewed(&world.report().await), [(1.0, 2), (2.0, 2)], "on {}", world.on);
    }
}

#[tokio::test]
async fn refunds_are_taken_off_and_another_currency_is_left_out_by_name() {
    for world in world::worlds().await {
        with_one_more(&world).await;
        world.licence("x", "x", "2026-06-01", 100_000, "EUR").await;
        world.ended(("x", "x"), "2026-06-01", ("renewed", "2026-06-01", 77_000, "EUR")).await;
        world.licence("refund", "p", "2026-06-20", 30_000, "USD").await;
        world.ended(("refund", "p"), "2026-06-20", ("contracted", "2026-06-20", -30_000, "USD")).await;
        let report = world.report().await;
        // The renewal counts whatever the currency; the revenue row has p alone: 100,000 less 30,000.
        assert_eq!(renewed(&report), [(2.0, 2), (2.0, 2)], "on {}", world.on);
        let revenue = &report.numbers.as_ref().unwrap().measures[1];
        assert_eq!(revenue.program.families, 1);
        assert!((revenue.program.total - 70_000.0).abs() < 1e-6);
        let line = report.trust.iter().find(|line| line.line == "One currency").unwrap();
        assert!(!line.ok && line.finding == "Revenue counts USD only; left out: EUR.", "{line:?}");
    }
}

#[tokio::test]
async fn a_merged_family_stays_where_each_part_was_assigned() {
    use sea_orm::sea_query::Expr;
    use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

    use crate::store::entities::family::{Column, Entity};
    for world in world::worlds().await {
        world.eight_of_ten_against_five().await;
        let txn = world.app.db.begin().await.unwrap();
        Entity::update_many()
            .col_expr(Column::MergedInto, Expr::value(id("family", "p0")))
            .col_expr(Column::MergedAt, Expr::value(noon("2026-02-01")))
            .filter(Column::Id.eq(id("family", "c9")))
            .exec(&txn)
            .await
            .unwrap();
        txn.commit().await.unwrap();
        assert_eq!(renewed(&world.report().await), [(8.0, 10), (5.0, 10)], "on {}", world.on);
    }
}

#[tokio::test]
async fn families_of_unlike_shares_are_compared_among_themselves_only() {
    for world in world::worlds().await {
        // A tenth kept out: 9 of 9 against 4 of 5... and a half kept out: 2 of 5 against 1 of 5.
        let names: Vec<String> = (0..29).map(|number| format!("f{number}")).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let parts =
            [(0..9, false, 0.1, 9), (9..14, true, 0.1, 4), (14..24, false, 0.5, 4), (24..29, true, 0.5, 1)];
        for (range, comparison, share, renewed) in parts {
            world.assign(&names[range.clone()], comparison, share).await;
            for (place, name) in names[range].iter().enumerate() {
                world.settled(name, if place < renewed { "renewed" } else { "lapsed" }, 0).await;
            }
        }
        let kept = world.started(&read_as(Mode::Planned)).await;
        let report = Report::read(&world.app, &kept, day("2026-12-01")).await.unwrap();
        let numbers = report.numbers.expect("a number");
        assert_eq!(numbers.method, "post_stratified");
        // (1 - 0.8) in 14 of 29 families, (0.4 - 0.2) in 15 of 29: 0.2. Pooled it would be 13/19 - 5/10.
        assert!((numbers.main().lift.unwrap().estimate - 0.2).abs() < 1e-12);
    }
}

#[tokio::test]
async fn the_audience_is_asked_without_regard_to_the_side() {
    for world in world::worlds().await {
        world.eight_of_ten_against_five().await;
        let none = world.report_of(&for_those("size < 5"), "2026-12-01").await;
        assert_eq!(none.answer.state, AnswerState::Empty, "on {}", world.on);
    }
    for world in world::worlds().await {
        world.eight_of_ten_against_five().await;
        let all = world.report_of(&for_those("size in 10..49"), "2026-12-01").await;
        assert_eq!(renewed(&all), [(8.0, 10), (5.0, 10)], "on {}", world.on);
    }
}

#[tokio::test]
async fn whom_the_program_brings_in_brings_no_family_into_the_count() {
    for world in world::worlds().await {
        world.eight_of_ten_against_five().await;
        // Before the draw a program and a comparison family have somebody who reads French; later a program family gets one.
        let french = |name: &str| format!("UPDATE contacts SET language = 'fr' WHERE external_id = '{name}'");
        for name in ["p0", "c0"] {
            world.changed(&french(name)).await;
        }
        world.changed(&format!("{} AND 1 = 1", french("p1"))).await;
        world
            .changed("UPDATE contacts SET created_at = '2026-03-01 12:00:00+00:00' WHERE external_id = 'p1'")
            .await;
        let report = world.report_of(&for_those(r#"language is "fr""#), "2026-12-01").await;
        assert_eq!(renewed(&report), [(1.0, 1), (1.0, 1)], "on {}", world.on);
    }
}

#[tokio::test]
async fn active_use_is_seen_after_the_draw_among_seats_then_held() {
    let active = |report: &Report| {
        let numbers = report.numbers.as_ref().unwrap();
        let row = numbers.measures.iter().find(|one| one.name == "In active use").cloned();
        row.map(|row| [row.program, row.comparison].map(|side| (side.total, side.families)))
    };
    for world in world::worlds().await {
        world.assign(&["p", "x"], false, 0.5).await;
        world.assign(&["c", "y"], true, 0.5).await;
        for name in ["p", "x", "c", "y"] {
            // Due soon after the draw of 1 January.
            world.licence(name, name, "2026-01-10", 100_000, "USD").await;
            world.ended((name, name), "2026-01-10", ("renewed", "2026-01-10", 100_000, "USD")).await;
            world.uses(name, "2026-01-01", 10).await;
        }
        assert_eq!(active(&world.again().await), None, "seen before the draw only, on {}", world.on);
        for name in ["p", "x", "c"] {
            world.uses(name, "2026-01-09", 0).await;
        }
        assert_eq!(
            active(&world.again().await),
            Some([(0.0, 2), (0.0, 1)]),
            "nobody is active, which is known"
        );
        // Ten seats of another licence that had lapsed by then are not sold any more.
        world.licence("gone", "p", "2025-06-01", 100_000, "USD").await;
        world.ended(("gone", "p"), "2025-06-01", ("lapsed", "2025-06-01", 0, "USD")).await;
        world.changed("UPDATE usage SET active_seats = 5 WHERE on_date = '2026-01-09'").await;
        assert_eq!(active(&world.again().await), Some([(2.0, 2), (1.0, 1)]), "on {}", world.on);
    }
}

#[tokio::test]
async fn active_use_is_called_clear_only_where_renewals_are() {
    for world in world::worlds().await {
        world.eight_of_ten_against_five().await;
        for name in world::PROGRAM {
            world.uses(name, "2026-05-20", 10).await;
        }
        for name in world::COMPARISON {
            world.uses(name, "2026-05-20", 0).await;
        }
        let numbers = world.report().await.numbers.unwrap();
        let [renewed, active] = [0, 1].map(|place| &numbers.measures[place]);
        assert_eq!(active.name, "In active use");
        assert!(active.lift.unwrap().low > 0.5, "all against none, on {}", world.on);
        assert_eq!(
            (renewed.verdict, active.verdict),
            (MeasureVerdict::NotClearYet, MeasureVerdict::NotClearYet)
        );
    }
}

#[tokio::test]
async fn a_lapse_brings_nothing_in_and_a_renewal_without_an_amount_is_told() {
    for world in world::worlds().await {
        with_one_more(&world).await;
        world.licence("x", "x", "2026-06-01", 100_000, "USD").await;
        world.ended(("x", "x"), "2026-06-01", ("lapsed", "2026-06-01", 55_000, "USD")).await;
        world.changed("UPDATE renewals SET amount = NULL WHERE outcome = 'renewed' AND account_id IN (SELECT id FROM accounts WHERE external_id = 'y')").await;
        let report = world.report().await;
        let revenue = &report.numbers.as_ref().unwrap().measures[1];
        assert!(
            (revenue.program.total - 100_000.0).abs() < 1e-6,
            "{} on {}",
            revenue.program.total,
            world.on
        );
        let line = report.trust.iter().find(|line| line.line == "Amounts are known").unwrap();
        let finding = "No amount came with a renewal of 0.0% customers of the program side and 50.0% of the comparison \
                       side; each counts as 0.";
        assert_eq!((line.finding.as_str(), line.ok), (finding, false));
    }
}

#[tokio::test]
async fn who_stops_after_a_letter_of_the_program_counts_against_it_and_who_had_stopped_before_does_not() {
    for world in world::worlds().await {
        world.eight_of_ten_against_five().await;
        for (name, stopped) in [("p0", "2026-01-20"), ("p1", "2026-02-20")] {
            world.joins(name, "2026-01-10").await;
            world.letter(name, "2026-02-01").await;
            world.takes_back(name, "2026-01-10", stopped).await;
        }
        let report = world.report().await;
        let stops = report.guardrails.iter().find(|one| one.name == "Stopped letters").unwrap();
        assert_eq!(stops.finding, "1 of 2 readers (50.0%); our limit is 2.0%", "on {}", world.on);
        assert!(!stops.ok);
    }
}

#[tokio::test]
async fn letters_are_counted_by_person_among_those_who_let_us_see() {
    for world in world::worlds().await {
        world.eight_of_ten_against_five().await;
        for name in ["p0", "p1", "p2", "p3"] {
            world.asks(name, "2026-01-09").await;
            world.joins(name, "2026-01-10").await;
            let letter = world.letter(name, "2026-02-01").await;
            match name {
                "p0" => {
                    world.did(name, "opened", "2026-02-02", Some((letter, "machine"))).await;
                    world.did(name, "clicked", "2026-02-03", Some((letter, "human"))).await;
                    world.did(name, "completed", "2026-02-04", None).await;
                    world.did(name, "viewed", "2026-02-20", None).await;
                }
                "p1" => world.did(name, "opened", "2026-02-02", Some((letter, "human"))).await,
                "p2" => world.did(name, "clicked", "2026-02-02", Some((letter, "machine"))).await,
                _ => world.did(name, "completed", "2026-01-20", None).await,
            }
        }
        // Had joined before anybody asked: no yes to the ask.
        world.joins("p4", "2026-01-05").await;
        world.asks("p4", "2026-01-09").await;
        // Two who may not be watched: one replies, one only says that the letters should stop.
        for (name, value) in [("p5", None), ("p6", Some("stop")), ("p7", Some("choices"))] {
            let letter = world.letter(name, "2026-02-01").await;
            match value {
                None => world.did(name, "replied", "2026-02-02", Some((letter, "human"))).await,
                Some(value) => {
                    world.did(name, "form", "2026-02-02", None).await;
                    world
                        .changed(&format!(
                            "UPDATE events SET value = '{value}' WHERE kind = 'form' AND value IS NULL"
                        ))
                        .await;
                }
            }
            world.did(name, "clicked", "2026-02-03", Some((letter, "human"))).await;
        }
        let report = world.report().await;
        let letters = report.letters.unwrap();
        let rows: Vec<_> = letters.rows.iter().map(|row| (row.people, row.of)).collect();
        // Responded: p0 and p5, of all who got a letter. By a person: p1. By machines: p0, of those who let us see. The
        // lesson of p3 came before the letter.
        assert_eq!(rows, [(2, 7), (1, 4), (1, 4), (0, 4)], "on {}", world.on);
        // Three of four who were asked trained or came back, though long after; p4 had joined before anybody asked.
        let steps = report.funnel.unwrap().steps;
        let counts: Vec<_> = steps.iter().map(|step| (step.customers.count, step.customers.of)).collect();
        assert_eq!(counts, [(4, 4), (4, 4), (5, 5), (0, 5), (0, 5), (2, 5)], "on {}", world.on);
    }
}
