//! Both outcomes of every family, and the truth that follows from them.

use super::*;

#[test]
fn the_truth_is_what_counting_all_renewal_rows_twice_gives() {
    for seed in 1..=3 {
        let world = world(seed, 1_500);
        let truth = world.truth();
        let (program, comparison) = (recount(&world, Side::Program), recount(&world, Side::Comparison));
        assert_eq!(truth.due_families, program.len());
        let rate = |counted: &[(bool, i64)]| share(counted.iter().filter(|one| one.0).count(), counted.len());
        let mean = |counted: &[(bool, i64)]| {
            counted.iter().map(|one| one.1).sum::<i64>() as f64 / counted.len() as f64
        };
        assert!((truth.renewal_difference - (rate(&program) - rate(&comparison))).abs() < 1e-12);
        assert!((truth.revenue_difference - (mean(&program) - mean(&comparison))).abs() < 1e-6);
        let ratio = truth.revenue_ratio.expect("something was booked");
        assert!((ratio - mean(&program) / mean(&comparison)).abs() < 1e-9);
    }
}

/// What a report would count for each due family, from the renewal rows alone.
fn recount(world: &World, side: Side) -> Vec<(bool, i64)> {
    let (start, grace) = (world.parameters.start, Days::new(60));
    let mut counted = Vec::new();
    for (number, family) in world.families.iter().enumerate() {
        let mut terms: Vec<_> = family.licences.iter().map(|licence| &world.licences[*licence]).collect();
        terms.retain(|licence| licence.renews_on > start);
        terms.sort_by(|one, other| {
            let later = one.renews_on.cmp(&other.renews_on).then(other.amount.cmp(&one.amount));
            later.then(one.external_id.cmp(&other.external_id))
        });
        let first = terms[0];
        let (opens, closes) = (first.renews_on - Days::new(90), first.renews_on + grace);
        if closes > world.parameters.read_on() {
            continue;
        }
        let rows = world.renewals_for(number, side);
        let booked: Vec<_> = rows
            .iter()
            .filter(|row| {
                row.outcome != Ending::Lapsed && row.decided_on >= opens && row.decided_on <= closes
            })
            .collect();
        let renewed = booked.iter().any(|row| row.licence == first.external_id);
        counted.push((renewed, booked.iter().map(|row| row.amount).sum()));
    }
    counted
}

#[test]
fn the_planted_effect_is_near_what_the_parameters_say() {
    let (mut gained, mut expected, mut base, mut worlds) = (0.0, 0.0, 0.0, 0.0);
    for seed in 1..=8 {
        let world = world(seed, 3_000);
        let truth = world.truth();
        let joiners = truth.joined_if_asked - truth.joined_unasked;
        gained += truth.renewal_difference;
        expected += 0.08 * share(joiners, truth.due_families);
        base += truth.renewal_comparison;
        worlds += 1.0;
        assert!((0.64..0.72).contains(&share(truth.joined_if_asked, truth.due_families)));
        assert!((0.03..0.07).contains(&share(truth.joined_unasked, truth.due_families)));
    }
    // A little below: some renewals are decided before the family joins.
    let kept = gained / expected;
    assert!((0.78..1.04).contains(&kept), "{kept} of the effect among joiners");
    assert!((0.67..0.73).contains(&(base / worlds)), "base rate {}", base / worlds);
}

#[test]
fn joining_harms_nobody_unless_a_parameter_says_so() {
    let kind = world(4, 2_000);
    let worse = |world: &World| {
        let both = |family: &&Family| {
            let side = |side| world.outcome(family, side).map(|outcome| (outcome.renewed, outcome.revenue));
            side(Side::Program).zip(side(Side::Comparison))
        };
        let pairs: Vec<_> = world.families.iter().filter_map(|family| both(&family)).collect();
        pairs.iter().filter(|(with, without)| (without.0 && !with.0) || with.1 < without.1).count()
    };
    assert_eq!(worse(&kind), 0);

    let cruel = Parameters { effect_renewal_points: -8.0, ..Parameters::default_for(4, 2_000) };
    assert!(worse(&World::build(&cruel)) > 20);
    let idle = Parameters {
        effect_renewal_points: 0.0,
        effect_revenue_ratio: 1.0,
        ..Parameters::default_for(4, 2_000)
    };
    let truth = World::build(&idle).truth();
    assert_eq!((truth.renewal_difference.to_bits(), truth.revenue_difference.to_bits()), (0, 0));
}

#[test]
fn outcomes_do_not_depend_on_who_else_is_assigned_where() {
    let world = world(6, 800);
    let all = |side| -> Vec<_> { world.families.iter().map(|family| world.outcome(family, side)).collect() };
    let (program, comparison) = (all(Side::Program), all(Side::Comparison));
    for salt in [b"one".as_slice(), b"another"] {
        let sides = world.sides(salt, 0.2, |key| crate::ids::named(uuid::Uuid::nil(), "family", key));
        let mut expected = Sample::default();
        for (number, side) in sides.iter().enumerate() {
            match side {
                Side::Program => expected.program.extend(program[number]),
                Side::Comparison => expected.comparison.extend(comparison[number]),
            }
        }
        assert_eq!(world.sample(|family| sides[family]), expected);
        let kept_out = share(sides.iter().filter(|side| **side == Side::Comparison).count(), sides.len());
        assert!((0.15..0.25).contains(&kept_out), "{kept_out} kept out instead of a fifth");
    }
}

#[test]
fn renewal_rows_come_in_order_and_none_was_decided_before_the_draw() {
    let world = world(9, 1_000);
    let rows = world.renewal_rows(|_| Side::Program);
    assert!(rows.is_sorted_by_key(|row| row.decided_on));
    assert!(rows.iter().all(|row| row.decided_on > world.parameters.start));
    assert!(rows.iter().all(|row| (row.amount == 0) == (row.outcome == Ending::Lapsed)));
    for ending in [Ending::Renewed, Ending::Expanded, Ending::Contracted, Ending::Lapsed, Ending::Recovered] {
        assert!(rows.iter().any(|row| row.outcome == ending), "no {ending:?}");
    }
    let too_late = rows.iter().filter(|row| row.decided_on > row.due_on + Days::new(60)).count();
    assert!(too_late > 0, "some come back when it no longer counts");
    assert!(rows.len() < world.licences.len(), "some lapse without a row");
}

#[test]
fn the_seats_of_every_due_family_are_counted_once_in_the_month_before_its_renewal() {
    let world = world(3, 400);
    let (start, read_on) = (world.parameters.start, world.parameters.read_on());
    let counts = (0..).map(|count| start + Days::new(1 + count * SEEN_EVERY)).take_while(|on| *on <= read_on);
    let mut seen = std::collections::HashMap::new();
    for row in counts.flat_map(|on| world.usage_near_renewal(on, |_| Side::Program)) {
        seen.entry((row.account, row.product)).or_insert_with(Vec::new).push(row.on);
    }
    for licence in world.families.iter().filter_map(|family| world.due(family)) {
        let licence = &world.licences[licence];
        let days = &seen[&(world.accounts[licence.account].external_id.as_str(), licence.product)];
        assert_eq!(days.len(), 1);
        let before = (licence.renews_on - days[0]).num_days();
        assert!((0..30).contains(&before), "{before} days before");
    }
}

#[test]
fn those_who_join_use_more_and_the_lapsed_use_nothing() {
    let world = world(1, 1_500);
    let late = world.parameters.start + Days::new(360);
    let seats = |side| -> u32 { world.usage_on(late, |_| side).iter().map(|row| row.active_seats).sum() };
    assert!(seats(Side::Program) > seats(Side::Comparison));
    let lapsed = |licence: &usize| world.term_end(*licence, Side::Comparison).ending == Ending::Lapsed;
    let gone = (0..world.licences.len())
        .filter(lapsed)
        .filter(|licence| world.licences[*licence].renews_on < late)
        .count();
    assert!(gone > 100);
    let rows = world.usage_on(late, |_| Side::Comparison).len();
    assert!(rows <= world.licences.len() - gone);
}
