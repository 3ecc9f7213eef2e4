//! The answer in plain words, for a person at a terminal.

use std::io::{self, Write};

use super::Question;
use super::answer::{AmountSide, Analysis, Answer, Comparison, Found, Group, RateSide, Sharpened, Split};
use crate::lift::figures::{MISSING, amount, chance, count, range, signed, table};
use crate::lift::means::Grade;

/// Writes the whole answer: first whether the split can be trusted, then each outcome, then the groups.
pub fn write_words(
    analysis: &Analysis,
    file: &str,
    question: &Question,
    out: &mut impl Write,
) -> io::Result<()> {
    let counted =
        question.unit.as_ref().map_or_else(|| "rows".to_owned(), |unit| format!("units of \"{unit}\""));
    let units: u64 = analysis.split.arms.iter().map(|arm| arm.n).sum();
    write!(out, "{file}: {} rows", count(analysis.rows))?;
    if question.unit.is_some() {
        write!(out, ", {} {counted}", count(units))?;
    }
    writeln!(out, ". Every arm is compared with \"{}\".", question.control)?;
    split(&analysis.split, question, out)?;
    for outcome in &question.outcomes {
        let of_outcome = |comparison: &&Comparison| &comparison.outcome == outcome;
        let comparisons: Vec<&Comparison> = analysis.comparisons.iter().filter(of_outcome).collect();
        outcome_table(outcome, &comparisons, question, &counted, out)?;
    }
    if !analysis.groups.is_empty() {
        groups(&analysis.groups, out)?;
    }
    if let Some(reason) = &analysis.groups_reason {
        writeln!(out, "\nNo groups: {reason}.")?;
    }
    Ok(())
}

fn split(split: &Split, question: &Question, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "\nWas the draw fair?")?;
    let rows: Vec<Vec<String>> = split
        .arms
        .iter()
        .map(|arm| {
            let weight =
                if question.weights.is_empty() { String::new() } else { format!("weight {}", arm.weight) };
            let role = if arm.label == question.control { "comparison" } else { "" };
            vec![arm.label.clone(), count(arm.n), format!("{weight} {role}").trim().to_owned()]
        })
        .collect();
    table(out, 1, &rows)?;
    match split.p_value {
        None => writeln!(
            out,
            "  Cannot tell: {}.",
            split.reason.as_deref().unwrap_or("there is nothing to count")
        ),
        Some(p) if !split.usable => writeln!(
            out,
            "  Don't use these numbers yet, so none are shown. A split like this comes about by chance less than once in a thousand draws\n  \
             (p {}): rows were lost, doubled or not drawn as the weights say. Find out why first.",
            chance(Some(p))
        ),
        Some(p) => {
            writeln!(
                out,
                "  Yes: chance alone makes a split at least this uneven in {:.0} of 100 draws.",
                100.0 * p
            )
        }
    }
}

fn outcome_table(
    outcome: &str,
    comparisons: &[&Comparison],
    question: &Question,
    counted: &str,
    out: &mut impl Write,
) -> io::Result<()> {
    let Some(first) = comparisons.first() else { return Ok(()) };
    let control = match &first.found {
        Found::Rate { control, .. } => {
            writeln!(out, "\n{outcome}, per 100 {counted}")?;
            rate_cells(&question.control, control)
        }
        Found::Amount { control, .. } => {
            writeln!(out, "\n{outcome}, mean over all {counted}, zeros included")?;
            amount_cells(&question.control, control)
        }
    };
    let rate = matches!(first.found, Found::Rate { .. });
    let (with, level, apart) =
        if rate { ("with it", "per 100", "points") } else { ("above 0", "mean", "difference") };
    let header = ["arm", "all", with, level, apart, "likely between", "ratio", "likely between", "p"];
    let mut rows = vec![header.map(str::to_owned).to_vec()];
    rows.extend(comparisons.iter().map(|comparison| cells(&comparison.arm, &comparison.found)));
    rows.push(control);
    table(out, 1, &rows)?;
    for comparison in comparisons {
        for reason in reasons(&comparison.found) {
            writeln!(out, "  {}: {reason}.", comparison.arm)?;
        }
    }
    if let Some(covariate) = &question.covariate {
        for comparison in comparisons {
            sharpened(covariate, comparison, out)?;
        }
    }
    if let Some(strata) = &question.strata {
        writeln!(out, "  Differences are taken within each \"{strata}\" and weighted by its size.")?;
    }
    if let Found::Amount { control, grade, .. } = &first.found {
        writeln!(out, "  {}", grade_words(*grade, control.buyers))?;
        let by = if question.strata.is_some() { "within strata" } else { "by pooled variance" };
        writeln!(
            out,
            "  p is {by}; to claim a gain in amounts, the sides must also be drawn again, which is not done here."
        )?;
    }
    Ok(())
}

/// What the covariate was worth, measured and not promised.
fn sharpened(covariate: &str, comparison: &Comparison, out: &mut impl Write) -> io::Result<()> {
    let Some(Sharpened { answer, variance_ratio }) = &comparison.sharpened else { return Ok(()) };
    let [difference, range] = difference_cells(&comparison.found, answer);
    write!(out, "  {}, less what \"{covariate}\" explains: {difference}, likely {range}", comparison.arm)?;
    match (variance_ratio, &answer.reason) {
        (Some(ratio), _) => writeln!(out, " ({:.1} % of the variance is left).", 100.0 * ratio),
        (None, Some(reason)) => writeln!(out, " ({reason})."),
        (None, None) => writeln!(out, "."),
    }
}

/// One arm's line: its own figures, then what sets it apart.
fn cells(arm: &str, found: &Found) -> Vec<String> {
    let (mut cells, difference, ratio) = match found {
        Found::Rate { treatment, difference, ratio, .. } => (rate_cells(arm, treatment), difference, ratio),
        Found::Amount { treatment, difference, ratio, .. } => {
            (amount_cells(arm, treatment), difference, ratio)
        }
    };
    cells.extend(difference_cells(found, difference));
    cells.push(shown(ratio.estimate, amount));
    cells.push(range(ratio.ci, amount));
    cells.push(chance(found.test().p_value));
    cells
}

/// A difference in points for rates, in the amount's own unit otherwise.
fn difference_cells(found: &Found, difference: &Answer) -> [String; 2] {
    let show = |value: f64| match found {
        Found::Rate { .. } => points(value),
        Found::Amount { .. } => amount(value),
    };
    [shown(difference.estimate, |value| signed(show(value))), range(difference.ci, show)]
}

fn rate_cells(arm: &str, rate: &RateSide) -> Vec<String> {
    vec![arm.to_owned(), count(rate.n), count(rate.events), shown(rate.rate, points)]
}

fn amount_cells(arm: &str, side: &AmountSide) -> Vec<String> {
    vec![arm.to_owned(), count(side.n), count(side.buyers), amount(side.mean)]
}

/// A share as so many in a hundred.
fn points(share: f64) -> String {
    format!("{:.2}", 100.0 * share)
}

fn shown(value: Option<f64>, show: impl Fn(f64) -> String) -> String {
    value.map_or_else(|| MISSING.to_owned(), show)
}

/// Why parts are missing, each reason once.
fn reasons(found: &Found) -> Vec<&str> {
    let (difference, ratio) = match found {
        Found::Rate { difference, ratio, .. } | Found::Amount { difference, ratio, .. } => {
            (difference, ratio)
        }
    };
    let mut reasons: Vec<&str> = Vec::new();
    for reason in [&difference.reason, &ratio.reason, &found.test().reason].into_iter().flatten() {
        if !reasons.contains(&reason.as_str()) {
            reasons.push(reason);
        }
    }
    reasons
}

fn grade_words(grade: Grade, buyers: u64) -> String {
    let buyers = count(buyers);
    match grade {
        Grade::A => format!("Grade A: {buyers} in the comparison are above 0, enough to lean on the ratio."),
        Grade::B => format!("Grade B: only {buyers} in the comparison are above 0; the ratio is rough."),
        Grade::C => {
            format!(
                "Grade C: only {buyers} in the comparison are above 0; take the ratio as a first estimate, claim nothing."
            )
        }
    }
}

fn groups(groups: &[Group], out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "\nGroups, each compared with the same group of the comparison")?;
    let header =
        ["outcome", "arm", "group", "all", "difference", "likely between", "p", "for claims", "for ideas"];
    let mut rows = vec![header.map(str::to_owned).to_vec()];
    for group in groups {
        let Comparison { arm, outcome, found, .. } = &group.comparison;
        let (all, difference) = match found {
            Found::Rate { treatment, control, difference, .. } => (treatment.n + control.n, difference),
            Found::Amount { treatment, control, difference, .. } => (treatment.n + control.n, difference),
        };
        let mut cells =
            vec![outcome.clone(), arm.clone(), format!("{}={}", group.column, group.value), count(all)];
        cells.extend(difference_cells(found, difference));
        cells.extend([found.test().p_value, group.holm, group.bh].map(chance));
        rows.push(cells);
    }
    table(out, 3, &rows)?;
    writeln!(
        out,
        "  Looking at {} finds something by chance alone. \"For claims\" is p after Holm, \"for ideas\" after\n  \
         Benjamini and Hochberg, over all of them; what stands out only in the second deserves a test of its own.",
        if groups.len() == 1 { "a group".to_owned() } else { format!("{} groups", groups.len()) }
    )
}
