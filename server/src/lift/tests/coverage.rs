//! How often a range holds the truth, worked out over every table there can be.

use super::super::Proportion;
use super::super::proportions::diff_newcombe;
use super::super::score::diff_miettinen_nurminen;
use super::super::{Estimate, Undefined};

type Method = fn(Proportion, Proportion, f64) -> Result<Estimate, Undefined>;

/// The chance of each count among `n` rows with rate `p`.
fn binomial(n: u64, p: f64) -> Vec<f64> {
    let mut chances = vec![(1.0 - p).powf(n as f64)];
    for k in 0..n {
        let last = chances[chances.len() - 1];
        chances.push(last * (n - k) as f64 / (k + 1) as f64 * p / (1.0 - p));
    }
    chances
}

/// The exact chance that the 95 % range holds the true difference.
fn coverage(method: Method, (n, p): (u64, f64), (m, q): (u64, f64)) -> f64 {
    let (treatment, control) = (binomial(n, p), binomial(m, q));
    let mut held = 0.0;
    for (x, chance_x) in (0..).zip(&treatment) {
        for (y, chance_y) in (0..).zip(&control) {
            let found = method(Proportion { events: x, n }, Proportion { events: y, n: m }, 0.05).unwrap();
            if found.ci[0].unwrap() <= p - q && p - q <= found.ci[1].unwrap() {
                held += chance_x * chance_y;
            }
        }
    }
    held
}

#[test]
fn the_headline_range_holds_the_truth_even_with_ten_families_kept_out() {
    for (p, q) in [(0.70, 0.62), (0.62, 0.62), (0.96, 0.90), (0.90, 0.90), (0.5, 0.5), (0.3, 0.2)] {
        let held = coverage(diff_newcombe, (90, p), (10, q));
        assert!(held >= 0.948, "{p} against {q}: {held}");
    }
}

#[test]
fn the_score_range_holds_the_truth_about_as_often_as_it_says() {
    for (p, q) in [(0.70, 0.62), (0.62, 0.62), (0.5, 0.5)] {
        let held = coverage(diff_miettinen_nurminen, (45, p), (15, q));
        assert!((0.93..=0.975).contains(&held), "{p} against {q}: {held}");
    }
}
