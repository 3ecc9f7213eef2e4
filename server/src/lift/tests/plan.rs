//! The planner against the table that the design promises.

use super::super::plan::{Wish, plan, write_words};

fn wish(base: f64, lift: f64, share: f64) -> Wish {
    Wish { base, lift, share, families: None, due_per_month: None }
}

#[test]
fn families_needed_are_those_of_the_published_table() {
    let table = [
        (0.05, 6_060, 303, 4_020),
        (0.1, 3_180, 318, 2_060),
        (0.2, 1_770, 354, 1_090),
        (0.3, 1_334, 400, 777),
        (0.5, 1_094, 547, 560),
    ];
    for (share, families, kept_out, families_at_90) in table {
        let needed = plan(&wish(0.62, 0.08, share)).unwrap().needed;
        assert_eq!((needed.families, needed.kept_out), (families, kept_out), "{share}");
        assert_eq!(plan(&wish(0.9, 0.06, share)).unwrap().needed.families, families_at_90, "{share}");
    }
}

#[test]
fn the_needed_families_have_the_power_they_were_needed_for() {
    let needed = plan(&wish(0.62, 0.08, 0.1)).unwrap().needed;
    let at_hand = |families| {
        plan(&Wish { families: Some(families), ..wish(0.62, 0.08, 0.1) }).unwrap().at_hand.unwrap()
    };
    assert!(at_hand(needed.families).power >= 0.8);
    assert!(at_hand(needed.families - 20).power < 0.8);
    let gain = at_hand(needed.families).smallest_gain.unwrap();
    assert!(0.079 < gain && gain <= 0.08, "{gain}");
}

#[test]
fn a_weak_plan_is_told_a_larger_share() {
    let weak = plan(&Wish { families: Some(2_000), ..wish(0.62, 0.08, 0.1) }).unwrap().at_hand.unwrap();
    assert_eq!(weak.better_share, Some(0.2));
    assert!(weak.power_open_ended < weak.power_year_band && weak.power_year_band < weak.power);
    let hopeless = plan(&Wish { families: Some(100), ..wish(0.62, 0.08, 0.1) }).unwrap().at_hand.unwrap();
    assert_eq!(hopeless.better_share, None);
}

#[test]
fn impossible_plans_are_refused_with_a_reason() {
    assert!(plan(&wish(0.62, 0.0, 0.1)).unwrap_err().to_string().contains("equal"));
    assert!(plan(&wish(0.95, 0.1, 0.1)).unwrap_err().to_string().contains("a rate lies between 0 and 1"));
    assert!(plan(&wish(0.62, 0.08, 0.0)).unwrap_err().to_string().contains("between 0 and 100"));
    let tiny = Wish { families: Some(3), ..wish(0.62, 0.08, 0.1) };
    assert!(plan(&tiny).unwrap_err().to_string().contains("leave a side empty"));
}

#[test]
fn the_time_an_answer_takes_is_said_or_asked_for() {
    let said = |due_per_month| {
        let mut out = Vec::new();
        write_words(&plan(&Wish { due_per_month, ..wish(0.62, 0.08, 0.1) }).unwrap(), &mut out).unwrap();
        String::from_utf8(out).unwrap()
    };
    assert!(said(Some(318.0)).contains("3,180 families after 10.0 months"));
    assert!(said(None).contains("give --due-per-month"));
}
