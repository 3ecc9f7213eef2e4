//! What must hold for any numbers at all.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::super::estimate::METHODS;
use super::super::{Estimate, Moments, Proportion, fisher, many, means, proportions, score};

fn side() -> impl Strategy<Value = Proportion> {
    (1_u64..400).prop_flat_map(|n| (0..=n, Just(n))).prop_map(|(events, n)| Proportion { events, n })
}

fn amounts() -> impl Strategy<Value = Vec<f64>> {
    prop::collection::vec(prop_oneof![3 => Just(0.0), 1 => 0.0..5_000.0], 2..60)
}

fn other(side: Proportion) -> Proportion {
    Proportion { events: side.n - side.events, ..side }
}

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9 * (1.0 + a.abs())
}

/// The limits, where both are there.
fn limits(found: &Estimate) -> (f64, f64) {
    (found.ci[0].unwrap(), found.ci[1].unwrap())
}

/// Amounts of every kind a file may hold, far too large ones included.
fn any_amounts() -> impl Strategy<Value = Vec<f64>> {
    let amount = prop_oneof![4 => Just(0.0), 3 => Just(1.0), 2 => -9.0..9.0, 1 => Just(1e308), 1 => Just(1e-308), 1 => Just(-1e200)];
    prop::collection::vec(amount, 0..9)
}

/// Inputs that are sound in form and anything in content.
fn any_inputs() -> impl Strategy<Value = Value> {
    let number =
        || prop_oneof![Just(0.0), Just(1.0), Just(0.05), Just(-3.0), Just(1e300), 0.0..1.0, 1.0..500.0];
    let rows = prop::collection::vec((0_u8..3, prop::bool::ANY, any_amounts()), 0..14);
    (any_amounts(), any_amounts(), prop::collection::vec(number(), 8), rows, prop::bool::ANY).prop_map(
        |(t, c, numbers, rows, by_rows)| {
            let row = |(group, treated, values): &(u8, bool, Vec<f64>)| {
                let at = |place: usize| values.get(place).copied().unwrap_or(0.0);
                json!([format!("g{group}{treated}"), group, if *treated { "T" } else { "C" }, at(0), at(1)])
            };
            let mut inputs = json!({
                "alpha": numbers[0], "n_star": numbers[1], "power": numbers[2], "ratio": numbers[3], "q": numbers[4],
                "p_treatment": numbers[4], "p_control": numbers[5], "n_treatment": numbers[6], "n_control": numbers[7],
                "difference": numbers[1], "se": numbers[2], "se_star": numbers[3], "sd": numbers[4],
                "p": numbers, "information": numbers[..2], "weights": numbers[..2], "counts": [t.len(), c.len()],
                "batches": [[t.len(), c.len()]], "concentration": numbers[5], "estimates": t, "variances": t,
                "columns": ["account", "stratum", "arm", "y", "x"], "rows": rows.iter().map(row).collect::<Vec<_>>(),
                "segment_columns": ["stratum"], "score": "x", "arm": "T", "p_method": "welch",
            });
            if !by_rows {
                inputs["treatment"] = json!({ "values": t });
                inputs["control"] = json!({ "values": c });
            }
            inputs
        },
    )
}

fn has_null(value: &Value) -> bool {
    match value {
        Value::Array(items) => items.iter().any(has_null),
        Value::Object(parts) => parts.values().any(has_null),
        other => other.is_null(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_method_panics_and_none_leaves_a_part_out_without_a_reason(inputs in any_inputs()) {
        for method in METHODS.iter().copied().flatten() {
            let answer = super::ask(method.name, &inputs);
            prop_assert!(answer.get("error").is_some() || !has_null(&answer["result"]) || answer["reason"].is_string(), "{}: {answer}", method.name);
        }
    }
}

proptest! {
    #[test]
    fn a_difference_lies_in_its_range_and_the_range_between_minus_1_and_1(t in side(), c in side(), alpha in 0.001..0.5) {
        for found in [proportions::diff_newcombe(t, c, alpha), score::diff_miettinen_nurminen(t, c, alpha)] {
            let found = found.unwrap();
            let (low, high) = limits(&found);
            let point = found.estimate.unwrap();
            prop_assert!((-1.0..=1.0).contains(&low) && (-1.0..=1.0).contains(&high));
            prop_assert!(low <= point + 1e-12 && point <= high + 1e-12, "{low} {point} {high}");
        }
    }

    #[test]
    fn swapping_sides_and_swapping_events_both_mirror_the_range(t in side(), c in side()) {
        for method in [proportions::diff_newcombe, score::diff_miettinen_nurminen] {
            let (low, high) = limits(&method(t, c, 0.05).unwrap());
            for (a, b) in [(c, t), (other(t), other(c))] {
                let (mirrored_low, mirrored_high) = limits(&method(a, b, 0.05).unwrap());
                prop_assert!(near(low, -mirrored_high) && near(high, -mirrored_low));
            }
        }
    }

    #[test]
    fn the_score_range_holds_0_exactly_when_its_p_value_says_so(t in side(), c in side()) {
        let found = score::diff_miettinen_nurminen(t, c, 0.05).unwrap();
        let (low, high) = limits(&found);
        let p = found.p_value.unwrap();
        prop_assume!((p - 0.05).abs() > 1e-6);
        prop_assert_eq!(low <= 0.0 && 0.0 <= high, p > 0.05);
    }

    #[test]
    fn a_ratio_turned_over_has_its_limits_turned_over(t in side(), c in side()) {
        prop_assume!(t.events > 0 && c.events > 0);
        let there = score::rr_miettinen_nurminen(t, c, 0.05).unwrap();
        let back = score::rr_miettinen_nurminen(c, t, 0.05).unwrap();
        let ((low, high), (back_low, back_high)) = (limits(&there), limits(&back));
        prop_assert!(near(low * back_high, 1.0) && near(high * back_low, 1.0));
        let point = there.estimate.unwrap();
        prop_assert!(low <= point * (1.0 + 1e-9) && point <= high * (1.0 + 1e-9));
    }

    #[test]
    fn ratio_and_difference_agree_about_no_effect(t in side(), c in side()) {
        let p = score::diff_miettinen_nurminen(t, c, 0.05).unwrap().p_value.unwrap();
        prop_assume!(t.events > 0 && c.events > 0 && (p - 0.05).abs() > 1e-6);
        let (low, high) = limits(&score::rr_miettinen_nurminen(t, c, 0.05).unwrap());
        prop_assert_eq!(low <= 1.0 && 1.0 <= high, p > 0.05);
    }

    #[test]
    fn fisher_is_a_chance_and_does_not_mind_the_order(t in side(), c in side()) {
        let p = fisher::p_fisher(t, c).unwrap();
        prop_assert!(p > 0.0 && p <= 1.0);
        prop_assert!((p - fisher::p_fisher(c, t).unwrap()).abs() < 1e-9);
        prop_assert!((p - fisher::p_fisher(other(t), other(c)).unwrap()).abs() < 1e-9);
    }

    #[test]
    fn welch_mirrors_and_covers_its_point(t in amounts(), c in amounts()) {
        let (t, c): (Moments, Moments) = (t.into_iter().collect(), c.into_iter().collect());
        let (there, back) = (means::welch(t, c, 0.05).unwrap(), means::welch(c, t, 0.05).unwrap());
        prop_assert_eq!(there.ci[0].is_some(), there.reason.is_none());
        if let [Some(low), Some(high)] = there.ci {
            prop_assert!(low <= there.estimate.unwrap() && there.estimate.unwrap() <= high);
            prop_assert!(near(low, -back.ci[1].unwrap()) && near(high, -back.ci[0].unwrap()));
        }
    }

    #[test]
    fn moments_gathered_in_two_parts_are_the_moments_of_all(left in amounts(), right in amounts()) {
        let all: Moments = left.iter().chain(&right).copied().collect();
        let parts = left.into_iter().collect::<Moments>().merged(right.into_iter().collect());
        prop_assert_eq!(parts.n(), all.n());
        prop_assert!(near(parts.mean(), all.mean()) && near(parts.variance().unwrap(), all.variance().unwrap()));
    }

    #[test]
    fn adjusted_p_values_are_never_smaller_and_keep_their_order(p in prop::collection::vec(0.0..=1.0, 1..30)) {
        let (holm, bh, bonferroni) = (many::holm(&p).unwrap(), many::bh(&p).unwrap(), many::bonferroni(&p).unwrap());
        for i in 0..p.len() {
            prop_assert!(p[i] <= bh[i] + 1e-15 && bh[i] <= holm[i] + 1e-15 && holm[i] <= bonferroni[i] + 1e-15);
            for j in 0..p.len() {
                prop_assert!(p[i] > p[j] || (holm[i] <= holm[j] && bh[i] <= bh[j]));
            }
        }
    }
}
