//! The measurers, measured.

use super::*;
use crate::lift::means::welch;
use crate::lift::proportions::diff_newcombe;
use crate::lift::{Estimate, Undefined};
use crate::store::comparison::Design;

#[test]
fn a_family_is_kept_out_when_its_draw_lies_below_the_share() {
    let family = uuid::Uuid::from_bytes([0xAB; 16]);
    // The digest of "salt|abababab-abab-abab-abab-abababababab", worked out apart.
    let drawn = 5_058_427_039_932_583_u64 as f64 / (1_u64 << 53) as f64;
    assert_eq!(side_by_hash(b"salt", family, drawn), Side::Program);
    assert_eq!(side_by_hash(b"salt", family, drawn + 1e-9), Side::Comparison);
}

fn newcombe(sample: &Sample) -> Result<Estimate, Undefined> {
    diff_newcombe(renewals(&sample.program), renewals(&sample.comparison), 0.05)
}

#[test]
fn a_sound_estimator_finds_the_truth_and_a_biased_one_is_found_out() {
    let small = |seed| Parameters::default_for(seed, 250);
    let sound = calibrate(1..=120, small, 0.2, newcombe, |truth| truth.renewal_difference);
    assert_eq!((sound.estimated, sound.undefined), (120, 0));
    assert!(sound.coverage >= 0.89, "covered {}", sound.coverage);
    assert!(sound.mean_error.abs() <= 3.0 * sound.standard_error, "{sound:?}");

    let biased = |sample: &Sample| {
        let mut answer = newcombe(sample)?;
        for number in answer.estimate.iter_mut().chain(answer.ci.iter_mut().flatten()) {
            *number += 0.08;
        }
        Ok(answer)
    };
    let biased = calibrate(1..=120, small, 0.2, biased, |truth| truth.renewal_difference);
    assert!(
        biased.mean_error > 3.0 * biased.standard_error && biased.coverage < sound.coverage,
        "{biased:?}"
    );
}

#[test]
fn among_members_the_truth_is_that_of_letters_and_picks_and_it_is_found() {
    let invited = |seed| Parameters::default_for(seed, 250);
    let members = |seed| Parameters { design: Design::Members, ..invited(seed) };
    let truth = |parameters| World::build(&parameters).truth();
    for seed in 1..=5 {
        let (all, joined) = (truth(invited(seed)), truth(members(seed)));
        assert_eq!(joined.joined_if_asked, joined.due_families, "everybody counted has joined");
        assert!(
            joined.due_families <= all.joined_if_asked,
            "a term that ends before the draw counts no more"
        );
        assert!(joined.due_families * 10 >= all.joined_if_asked * 8, "{joined:?} of {all:?}");
    }
    let found = calibrate(1..=120, members, 0.2, newcombe, |truth| truth.renewal_difference);
    let whole = calibrate(1..=120, invited, 0.2, newcombe, |truth| truth.renewal_difference);
    assert_eq!((found.estimated, found.undefined), (120, 0));
    assert!(found.coverage >= 0.89, "covered {}", found.coverage);
    assert!(found.mean_error.abs() <= 3.0 * found.standard_error, "{found:?}");
    assert!(found.mean_truth > whole.mean_truth, "nobody who never joined dilutes it");
}

#[test]
fn revenue_is_found_too() {
    let small = |seed| Parameters::default_for(seed, 250);
    let welch = |sample: &Sample| welch(revenue(&sample.program), revenue(&sample.comparison), 0.05);
    let found = calibrate(1..=120, small, 0.2, welch, |truth| truth.revenue_difference);
    assert!(found.coverage >= 0.85, "covered {}", found.coverage);
    assert!(found.mean_error.abs() <= 3.0 * found.standard_error, "{found:?}");
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
