//! `rapport plan`: before the start, what a comparison of this size will be able to show.

use std::io::{self, Write};

use serde::Serialize;

use super::arms::{Undefined, multiplier};
use super::figures::{count, table};
use super::looking::{any_time_multiplier, obf_band};
use super::power::{Design, mde_two_proportions, n_two_proportions, power_at};

/// Two-sided alpha of every reading.
const ALPHA: f64 = 0.05;
/// The power a plan should have.
const POWER: f64 = 0.8;
/// Shares kept out, for the table of families needed.
const SHARES: [f64; 5] = [0.05, 0.1, 0.2, 0.3, 0.5];
/// Days after the due date until an outcome counts as final.
const GRACE_DAYS: u32 = 60;

/// What is planned. Rates and shares are fractions of 1.
#[derive(Debug, Clone, Copy)]
pub struct Wish {
    /// The renewal rate without the program.
    pub base: f64,
    /// What the program is hoped to add.
    pub lift: f64,
    /// The share of families kept out.
    pub share: f64,
    /// Families whose licence falls due in the year, if known.
    pub families: Option<u64>,
    /// Families whose licence falls due in a month, if known.
    pub due_per_month: Option<f64>,
}

/// The answer, as `--json` prints it.
#[derive(Debug, Serialize)]
pub struct Plan {
    /// The renewal rate without the program.
    pub base: f64,
    /// The rate hoped for with it.
    pub with_program: f64,
    /// The share kept out.
    pub share: f64,
    /// Families needed, kept out and in all, for this share.
    pub needed: Families,
    /// The same for other shares.
    pub other_shares: Vec<Families>,
    /// Months of due renewals until there are enough families, and the grace days come on top.
    pub months: Option<f64>,
    /// Days after the last of them until their outcome is final.
    pub grace_days: u32,
    /// What the families at hand can show.
    pub at_hand: Option<AtHand>,
}

/// Families needed for 80 % power with some share kept out.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Families {
    /// The share kept out.
    pub share: f64,
    /// Families in all.
    pub families: u64,
    /// Of them kept out.
    pub kept_out: u64,
}

/// What a given number of families can show.
#[derive(Debug, Serialize)]
pub struct AtHand {
    /// Families in all.
    pub families: u64,
    /// Of them kept out.
    pub kept_out: u64,
    /// The chance to show the hoped-for lift, read once on a fixed date.
    pub power: f64,
    /// At least this, when the year band is read as often as one likes.
    pub power_year_band: f64,
    /// At least this, when read open-endedly.
    pub power_open_ended: f64,
    /// The smallest gain shown with 80 % power, read once.
    pub smallest_gain: Option<f64>,
    /// Why there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The smallest share of the table with 80 % power, where the planned share has less.
    pub better_share: Option<f64>,
}

/// Works the plan out.
pub fn plan(wish: &Wish) -> Result<Plan, Undefined> {
    let needed = families_needed(wish, wish.share)?;
    let others = SHARES.into_iter().filter(|share| (share - wish.share).abs() > 1e-9);
    let months = wish.due_per_month.map(|due| needed.families as f64 / due);
    Ok(Plan {
        base: wish.base,
        with_program: wish.base + wish.lift,
        share: wish.share,
        needed,
        other_shares: others.map(|share| families_needed(wish, share)).collect::<Result<_, _>>()?,
        months,
        grace_days: GRACE_DAYS,
        at_hand: wish.families.map(|families| at_hand(wish, families)).transpose()?,
    })
}

/// The comparison side decides: its families first, then as many in all as keep the share.
fn families_needed(wish: &Wish, share: f64) -> Result<Families, Undefined> {
    if !(share > 0.0 && share < 1.0) {
        return Err(
            format!("the share kept out is {} %; it must lie between 0 and 100", 100.0 * share).into()
        );
    }
    let needed =
        n_two_proportions(wish.base + wish.lift, wish.base, (1.0 - share) / share, POWER, ALPHA, 1.0)?;
    Ok(Families {
        share,
        families: whole((needed.control as f64 / share - 1e-9).ceil()),
        kept_out: needed.control,
    })
}

fn at_hand(wish: &Wish, families: u64) -> Result<AtHand, Undefined> {
    let kept_out = whole((families as f64 * wish.share).round());
    let (n_treatment, n_control) = (families.saturating_sub(kept_out) as f64, kept_out as f64);
    if kept_out == 0 || n_treatment < 1.0 {
        return Err(format!(
            "{families} families leave a side empty at this share; more families are needed"
        )
        .into());
    }
    let design = Design { p_treatment: wish.base + wish.lift, p_control: wish.base, n_treatment, n_control };
    let all = families as f64;
    let power = power_at(design, multiplier(ALPHA)?)?;
    let mde = mde_two_proportions(wish.base, n_treatment, n_control, POWER, ALPHA);
    let enough = |share: &f64| families_needed(wish, *share).is_ok_and(|needed| needed.families <= families);
    Ok(AtHand {
        families,
        kept_out,
        power,
        power_year_band: power_at(design, obf_band(&[1.0], ALPHA)?.c)?,
        power_open_ended: power_at(design, any_time_multiplier(all, all, ALPHA)?)?,
        reason: mde.as_ref().err().map(ToString::to_string),
        smallest_gain: mde.ok(),
        better_share: SHARES.into_iter().filter(|share| power < POWER && *share > wish.share).find(enough),
    })
}

/// Says the plan in words.
pub fn write_words(plan: &Plan, out: &mut impl Write) -> io::Result<()> {
    let (base, with_program) = (100.0 * plan.base, 100.0 * plan.with_program);
    writeln!(
        out,
        "To show a renewal rate of {with_program:.1} % against {base:.1} %, with 80 % power, read once:"
    )?;
    let mut rows = vec![["kept out", "families", "of them kept out"].map(str::to_owned).to_vec()];
    let mut all = plan.other_shares.clone();
    all.push(plan.needed);
    all.sort_by(|a, b| a.share.total_cmp(&b.share));
    for needed in all {
        let mark = if (needed.share - plan.share).abs() < 1e-9 { "  <- planned" } else { "" };
        let share = format!("{} %", percent(needed.share));
        rows.push(vec![share, count(needed.families), count(needed.kept_out), mark.to_owned()]);
    }
    table(out, 0, &rows)?;
    if let Some(at_hand) = &plan.at_hand {
        at_hand_words(at_hand, plan, out)?;
    }
    match plan.months {
        Some(months) => writeln!(
            out,
            "At your rate of due renewals the planned comparison has its {} families after {:.1} months; \
             add {} days until the last outcome is final.",
            count(plan.needed.families),
            months,
            plan.grace_days
        ),
        None => writeln!(
            out,
            "When an answer is likely cannot be said: give --due-per-month, the families falling due in a month."
        ),
    }
}

fn at_hand_words(at_hand: &AtHand, plan: &Plan, out: &mut impl Write) -> io::Result<()> {
    let lift = 100.0 * (plan.with_program - plan.base);
    writeln!(
        out,
        "\nWith {} families, {} of them kept out, a true {lift:+.1} points shows with a chance of",
        count(at_hand.families),
        count(at_hand.kept_out)
    )?;
    let rows = [
        ("read once, on a date fixed before the start", "", at_hand.power),
        ("read as often as you like, planned for the year", "at least", at_hand.power_year_band),
        ("read as often as you like, open-ended", "at least", at_hand.power_open_ended),
    ];
    let rows = rows
        .map(|(how, least, power)| vec![how.to_owned(), least.to_owned(), format!("{:.1} %", 100.0 * power)]);
    table(out, 2, &rows)?;
    match (at_hand.smallest_gain, &at_hand.reason) {
        (Some(gain), _) => {
            writeln!(
                out,
                "The smallest gain it shows with 80 % power, read once: {:.1} points.",
                100.0 * gain
            )?;
        }
        (None, reason) => {
            writeln!(out, "No gain is shown with 80 % power: {}.", reason.as_deref().unwrap_or_default())?;
        }
    }
    match at_hand.better_share {
        Some(share) => writeln!(out, "That is under 80 %. Keeping {} % out would reach it.", percent(share)),
        None if at_hand.power < POWER => {
            writeln!(out, "That is under 80 %, and no larger share reaches it with so few families.")
        }
        None => Ok(()),
    }
}

/// A share in percent without needless decimals.
fn percent(share: f64) -> String {
    let text = format!("{:.2}", 100.0 * share);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "families, whole and never below 0"
)]
fn whole(families: f64) -> u64 {
    families as u64
}
