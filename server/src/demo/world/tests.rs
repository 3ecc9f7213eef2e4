use std::collections::{HashMap, HashSet};

use chrono::Days;

use super::*;

fn world(seed: u64, accounts: usize) -> World {
    World::build(&Parameters::default_for(seed, accounts))
}

fn file(world: &World, kind: Kind) -> String {
    let mut bytes = Vec::new();
    world.write_csv(kind, &mut bytes).expect("memory takes every row");
    String::from_utf8(bytes).expect("names are plain text")
}

fn rows(world: &World, kind: Kind) -> Vec<HashMap<String, String>> {
    let text = file(world, kind);
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    reader.deserialize().map(|row| row.expect("every row has every column")).collect()
}

/// The value below which this share of the numbers lies.
fn quantile(numbers: impl Iterator<Item = i64>, share: f64) -> i64 {
    let mut numbers: Vec<i64> = numbers.collect();
    numbers.sort_unstable();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a place in the list")]
    let place = ((numbers.len() - 1) as f64 * share) as usize;
    numbers[place]
}

fn share(of: usize, all: usize) -> f64 {
    of as f64 / all as f64
}

#[test]
fn the_same_seed_makes_the_same_world_and_another_seed_another() {
    let (first, again, other) = (world(7, 300), world(7, 300), world(8, 300));
    for kind in Kind::ALL {
        assert_eq!(file(&first, kind), file(&again, kind));
    }
    assert_eq!(first.truth(), again.truth());
    for contact in 0..first.contacts.len() {
        assert_eq!(first.reactions(contact, 2), again.reactions(contact, 2));
    }
    assert_ne!(file(&first, Kind::Accounts), file(&other, Kind::Accounts));
    assert_ne!(first.truth(), other.truth());
}

#[test]
fn a_firm_is_the_same_in_a_small_world_and_in_a_large_one() {
    let (small, large) = (world(3, 100), world(3, 1_000));
    for (one, other) in small.accounts.iter().zip(&large.accounts) {
        assert_eq!(
            (&one.name, one.employees, one.founded_on),
            (&other.name, other.employees, other.founded_on)
        );
    }
    for (one, other) in small.licence_rows().zip(large.licence_rows()) {
        assert_eq!(one, other);
    }
    for licence in 0..small.licences.len() {
        assert_eq!(small.terms[licence], large.terms[licence]);
    }
}

#[test]
fn firms_have_the_shapes_of_real_small_firms() {
    for seed in 1..=3 {
        let world = world(seed, 5_000);
        let people = || world.accounts.iter().map(|account| i64::from(account.employees));
        assert!((3..=4).contains(&quantile(people(), 0.5)), "median {}", quantile(people(), 0.5));
        assert!((14..=19).contains(&quantile(people(), 0.9)), "p90 {}", quantile(people(), 0.9));
        assert!((55..=80).contains(&quantile(people(), 0.99)), "p99 {}", quantile(people(), 0.99));
        assert!(people().all(|count| (1..=500).contains(&count)));

        let amounts = || world.licences.iter().map(|licence| licence.amount);
        let mean = amounts().sum::<i64>() / i64::try_from(world.licences.len()).expect("a count");
        assert!(mean > quantile(amounts(), 0.5) * 13 / 10, "money has a heavy tail");
        assert!(quantile(amounts(), 0.99) > quantile(amounts(), 0.5) * 8, "money has a heavy tail");

        let contacts = share(world.contacts.len(), 5_000);
        assert!((2.2..2.6).contains(&contacts), "{contacts} contacts an account");
        let looked_after = world.accounts.iter().filter(|account| account.partner.is_some()).count();
        assert!((0.10..0.14).contains(&share(looked_after, 5_000)), "{looked_after} have a partner");
        let off = world.account_rows().zip(&world.accounts).filter(|(row, account)| {
            row.targeted_band.is_some_and(|planned| planned != band(account.employees))
        });
        assert!((0.08..0.30).contains(&share(off.count(), 5_000)), "some were planned in another band");
    }
}

fn band(employees: u32) -> &'static str {
    accounts::BANDS.iter().find(|(most, _)| employees <= *most).expect("at most 500").1
}

#[test]
fn every_row_keeps_the_rules_of_its_columns() {
    let world = world(11, 2_000);
    let ids = |kind, column: &str| -> HashSet<String> {
        let rows = rows(&world, kind);
        let ids: HashSet<String> = rows.iter().map(|row| row[column].clone()).collect();
        assert_eq!(ids.len(), rows.len(), "{column} names one row of {kind:?}");
        ids
    };
    let products = ids(Kind::Products, "code");
    let partners = ids(Kind::Partners, "external_id");
    let accounts = ids(Kind::Accounts, "external_id");
    ids(Kind::Contacts, "external_id");
    ids(Kind::Licences, "external_id");
    let one_of = |value: &str, allowed: &[&str]| assert!(allowed.contains(&value), "{value}");
    let date = |value: &str| value.parse::<chrono::NaiveDate>().expect("a date");

    let mut earlier = HashSet::new();
    for row in rows(&world, Kind::Accounts) {
        assert!(row["domain"].is_empty() || row["domain"].ends_with(".example"));
        assert!(row["employees"].is_empty() || row["employees"].parse::<u32>().is_ok());
        assert!(date(&row["founded_on"]) < world.parameters.start);
        one_of(&row["stage"], &["starting-up", "established", "growing", "handing-on"]);
        one_of(&row["billing"], &["vendor", "partner", "distributor"]);
        one_of(&row["targeted_class"], &["", "small", "midmarket"]);
        assert!(row["industry"].is_empty() || row["industry"].len() == 6);
        assert_eq!((row["country"].as_str(), row["region"].len(), row["postal_code"].len()), ("US", 2, 5));
        assert!(row["parent"].is_empty() || earlier.contains(&row["parent"]), "parents come first");
        assert!(row["partner"].is_empty() || partners.contains(&row["partner"]));
        earlier.insert(row["external_id"].clone());
    }
    for row in rows(&world, Kind::Contacts) {
        assert!(accounts.contains(&row["account"]));
        let (local, domain) = row["email"].split_once('@').expect("an address");
        assert!(!local.is_empty() && domain.ends_with(".example") && local.is_ascii());
        assert!(
            row["email"]
                .chars()
                .all(|letter| letter.is_ascii_lowercase() || ".-@0123456789".contains(letter))
        );
        assert!(row["timezone"].parse::<chrono_tz::Tz>().is_ok(), "{}", row["timezone"]);
        one_of(&row["user_type"], &["", "learner", "connector", "collaborator"]);
        one_of(&row["level"], &["", "starter", "getting-by", "confident"]);
        for column in ["consent", "consent_at", "consent_source", "consent_wording"] {
            assert_eq!(row[column], "", "consent comes with joining");
        }
    }
    for row in rows(&world, Kind::Licences) {
        assert!(accounts.contains(&row["account"]) && products.contains(&row["product"]));
        let (starts_on, renews_on) = (date(&row["starts_on"]), date(&row["renews_on"]));
        assert!(starts_on <= world.parameters.start && renews_on > world.parameters.start);
        assert!(renews_on <= world.parameters.start + Days::new(365));
        assert!(row["seats"].parse::<u32>().expect("a count") > 0);
        assert!(row["amount"].parse::<f64>().expect("money") > 0.0);
        one_of(&row["billed_by"], &["vendor", "partner", "distributor"]);
    }
    for row in rows(&world, Kind::Usage) {
        assert!(accounts.contains(&row["account"]) && products.contains(&row["product"]));
        assert!(date(&row["on"]) < world.parameters.start);
    }
}

#[test]
fn every_industry_is_in_the_naics_2022_list() {
    let list = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data/naics-2022.csv");
    let Ok(list) = std::fs::read_to_string(&list) else {
        eprintln!("skipped: ../shared/data/naics-2022.csv is not there");
        return;
    };
    let known: HashSet<&str> = list.lines().filter_map(|line| line.split(',').next()).collect();
    for trade in trades::TRADES {
        assert!(known.contains(trade.code), "{} is no NAICS 2022 code", trade.code);
    }
}

/// Families once more, the slow way: spread the smallest number along every shared mark until it rests.
fn families_by_spreading(world: &World) -> Vec<usize> {
    let mut label: Vec<usize> = (0..world.accounts.len()).collect();
    let mut marks: HashMap<String, Vec<usize>> = HashMap::new();
    for (number, row) in world.account_rows().enumerate() {
        let marks_of = [
            row.domain.map(|domain| format!("domain {domain}")),
            row.billing_id.map(|id| format!("billing {id}")),
            row.parent.map(|id| format!("account {id}")),
            Some(format!("account {}", row.external_id)),
        ];
        for mark in marks_of.into_iter().flatten() {
            marks.entry(mark).or_default().push(number);
        }
    }
    for contact in &world.contacts {
        marks.entry(format!("address {}", contact.email)).or_default().push(contact.account);
    }
    loop {
        let before = label.clone();
        for members in marks.values() {
            let least = members.iter().map(|member| label[*member]).min().expect("a mark has a member");
            for member in members {
                label[*member] = least;
            }
        }
        if label == before {
            return label;
        }
    }
}

#[test]
fn families_are_the_connected_accounts_and_some_have_two_three_and_four() {
    let world = world(5, 3_000);
    let label = families_by_spreading(&world);
    let mut sizes = HashMap::new();
    for family in &world.families {
        let labels: HashSet<usize> = family.accounts.iter().map(|account| label[*account]).collect();
        assert_eq!(labels.len(), 1);
        assert_eq!(family.key, world.accounts[family.accounts[0]].external_id);
        *sizes.entry(family.accounts.len()).or_insert(0) += 1;
    }
    assert_eq!(world.families.len(), label.iter().collect::<HashSet<_>>().len());
    assert!(sizes[&1] > 2_500 && sizes[&2] > 80 && sizes[&3] > 2, "{sizes:?}");
    assert!(sizes.keys().all(|size| *size <= 4), "{sizes:?}");
    for tie in
        [ties::Tie::Parent(0), ties::Tie::Domain(0), ties::Tie::SharedAddress(0), ties::Tie::BillingId(0)]
    {
        let kind = std::mem::discriminant(&tie);
        let drawn = ties::draw(&world.parameters);
        assert!(drawn.iter().flatten().any(|tie| std::mem::discriminant(tie) == kind), "no {tie:?}");
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
        if closes >= world.parameters.read_on() {
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
        pairs.iter().filter(|(with, without)| with.0 < without.0 || with.1 < without.1).count()
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
        let sides = world.sides(salt, 0.2, |key| family_id("test", key));
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
fn who_joins_unasked_also_joins_when_asked_and_no_later() {
    let world = world(2, 3_000);
    let mut unasked = 0;
    for family in &world.families {
        if let Some(alone) = family.joins(Side::Comparison).first() {
            let asked = family.joins(Side::Program).first().expect("an asked family joins, too");
            assert!(alone.channel.is_none());
            unasked += 1;
            assert!(asked.at <= alone.at || asked.channel.is_some());
        }
        let people: Vec<&str> = family
            .joins(Side::Program)
            .iter()
            .map(|join| world.contacts[join.contact].email.as_str())
            .collect();
        assert_eq!(people.len(), people.iter().collect::<HashSet<_>>().len(), "one person joins once");
    }
    assert!(unasked > 80, "{unasked}");
}

#[test]
fn a_receipt_names_purposes_wording_and_source_and_tracking_only_where_it_is_allowed() {
    let world = world(2, 2_000);
    let joins = world.families.iter().flat_map(|family| family.joins(Side::Program));
    let (mut tracked, mut all) = (0, 0);
    for join in joins {
        let receipt = world.join_consent(join.contact, join.channel, join.at);
        let row = world.contact_row(join.contact, Some(&receipt));
        assert!(row.consent.starts_with("training;support;community;product-news"));
        assert_eq!(row.consent.ends_with(";tracking"), world.contacts[join.contact].allows_tracking);
        assert_eq!(row.consent.ends_with(";tracking"), row.consent_wording.contains("which links I follow"));
        assert!(!row.consent_source.is_empty() && row.consent_at == Some(join.at));
        tracked += usize::from(world.contacts[join.contact].allows_tracking);
        all += 1;
    }
    assert!((0.68..0.76).contains(&share(tracked, all)), "{tracked} of {all} allow tracking");
}

#[test]
fn people_and_machines_react_and_a_machine_is_never_taken_for_a_person() {
    let world = world(1, 2_000);
    let mut seen = HashMap::new();
    for contact in 0..world.contacts.len() {
        let reactions = world.reactions(contact, 0);
        assert!(reactions.is_sorted_by_key(|reaction| reaction.after));
        for reaction in reactions {
            let name = match reaction.kind {
                ReactionKind::Click { link, hand } => {
                    assert!(link >= 1);
                    let quick = reaction.after < chrono::TimeDelta::seconds(5);
                    assert_eq!(quick, hand.is_machine(), "scanners click within seconds, people do not");
                    if hand.is_machine() { "scanner click" } else { "click" }
                }
                ReactionKind::Open(hand) if hand.is_machine() => "machine open",
                ReactionKind::Open(_) => "open",
                ReactionKind::Lesson => "lesson",
                ReactionKind::Reply => "reply",
                ReactionKind::Stop => "stop",
            };
            seen.entry(name).or_insert_with(HashSet::new).insert(contact);
        }
    }
    let rate = |name| share(seen[name].len(), world.contacts.len());
    assert!((0.30..0.50).contains(&rate("open")), "{}", rate("open"));
    assert!((0.08..0.18).contains(&rate("click")), "{}", rate("click"));
    assert!((0.08..0.15).contains(&rate("scanner click")), "{}", rate("scanner click"));
    assert!((0.02..0.09).contains(&rate("lesson")), "{}", rate("lesson"));
    assert!((0.001..0.02).contains(&rate("stop")) && (0.001..0.02).contains(&rate("reply")));
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

#[test]
fn the_draw_takes_the_first_53_bits_of_the_digest() {
    let family = uuid::Uuid::from_bytes([0xAB; 16]);
    // SHA-256 of "salt|abababab-abab-abab-abab-abababababab", worked out apart.
    let expected = 5_058_427_039_932_583_u64 as f64 / (1_u64 << 53) as f64;
    assert_eq!(draw_of(b"salt", family).to_bits(), expected.to_bits());
    assert_eq!(family_id("demo", "A000001").get_version_num(), 8);
    assert_eq!(family_id("demo", "A000001"), family_id("demo", "A000001"));
    assert_ne!(family_id("demo", "A000001"), family_id("other", "A000001"));
}

/// Newcombe's range for a difference of two shares, as a plain estimator to be measured.
fn newcombe(sample: &Sample) -> Option<Estimate> {
    let wilson = |outcomes: &[Outcome]| {
        let n = outcomes.len() as f64;
        let rate = outcomes.iter().filter(|outcome| outcome.renewed).count() as f64 / n;
        let z = 1.959_963_984_540_054_f64;
        let middle = (rate + z * z / (2.0 * n)) / (1.0 + z * z / n);
        let half = z / (1.0 + z * z / n) * (rate * (1.0 - rate) / n + z * z / (4.0 * n * n)).sqrt();
        (rate, middle - half, middle + half)
    };
    if sample.program.is_empty() || sample.comparison.is_empty() {
        return None;
    }
    let ((p, p_low, p_high), (c, c_low, c_high)) = (wilson(&sample.program), wilson(&sample.comparison));
    let estimate = p - c;
    let low = estimate - ((p - p_low).powi(2) + (c_high - c).powi(2)).sqrt();
    let high = estimate + ((p_high - p).powi(2) + (c - c_low).powi(2)).sqrt();
    Some(Estimate { estimate, low, high })
}

#[test]
fn a_sound_estimator_finds_the_truth_and_a_biased_one_is_found_out() {
    let small = |seed| Parameters::default_for(seed, 250);
    let sound = calibrate(1..=120, small, 0.2, newcombe, |truth| truth.renewal_difference);
    assert_eq!((sound.estimated, sound.undefined), (120, 0));
    assert!(sound.coverage >= 0.89, "covered {}", sound.coverage);
    assert!(sound.mean_error.abs() <= 3.0 * sound.standard_error, "{sound:?}");

    let biased = |sample: &Sample| {
        newcombe(sample).map(|range| Estimate {
            estimate: range.estimate + 0.08,
            low: range.low + 0.08,
            high: range.high + 0.08,
        })
    };
    let biased = calibrate(1..=120, small, 0.2, biased, |truth| truth.renewal_difference);
    assert!(
        biased.mean_error > 3.0 * biased.standard_error && biased.coverage < sound.coverage,
        "{biased:?}"
    );
}

#[test]
fn no_estimate_is_counted_as_undefined_and_not_as_a_miss() {
    let none = calibrate(
        1..=3,
        |seed| Parameters::default_for(seed, 20),
        0.0,
        newcombe,
        |truth| truth.renewal_difference,
    );
    assert_eq!((none.estimated, none.undefined, none.covered), (0, 3, 0));
}
