//! How the report was worked out, in words, and how the lift came about over time.

use chrono::{Datelike, Days, NaiveDate};
use templates::{OverTime, TimePoint, Unit, WorkedOut, figures};

use super::Numbers;
use super::answer::{between, date, per_100};
use super::basis::{Basis, lift};
use super::compare::{ALPHA, rates};
use super::trust::tidy;
use crate::lift::looking::any_time_multiplier;
use crate::store::comparison::Design;
use crate::store::programs::Mode;

/// Who was counted, how groups were made, and what ranges are.
pub fn lines(basis: &Basis, numbers: Option<&Numbers>) -> Vec<WorkedOut> {
    let mut lines = vec![
        ("Who was counted", counted(basis)),
        ("What counts as renewed", renewed(basis)),
        ("How groups were made", made(basis)),
        ("Ranges", ranges(basis, numbers)),
    ];
    if let Some(numbers) = numbers {
        lines.push(("Those who joined because they were asked", joined(numbers)));
    }
    lines.into_iter().map(|(term, text)| WorkedOut { term: term.to_owned(), text }).collect()
}

fn counted(basis: &Basis) -> String {
    let everyone = basis.program.audience == segments::Predicate::everyone();
    let who = if everyone { String::new() } else { format!(" for whom holds: {}", basis.program.audience) };
    format!(
        "Every customer company (with its relatives, as one) that was put on a side{who}, and whose first licence \
         term due after that was final by {}: {} in all, counted on the side it was put on, whether or not anybody \
         took part.",
        date(basis.until),
        figures::count(basis.counted.len() as u64)
    )
}

fn renewed(basis: &Basis) -> String {
    format!(
        "Renewed, for more or for less, or won back, from {} days before to {} days after the renewal date. No word \
         by then counts as not renewed.",
        basis.program.early_days, basis.program.grace_days
    )
}

fn made(basis: &Basis) -> String {
    let share = tidy(basis.assigned.first().map_or(0.0, |one| 100.0 * one.share));
    match basis.design {
        None => "No comparison group has been drawn yet.".to_owned(),
        Some(Design::Invited) => format!(
            "At random by company, before anybody was asked to join; {share} in 100 were not asked. This measures \
             the whole program."
        ),
        Some(Design::Members) => format!(
            "At random by company, among those who had joined; {share} in 100 got no letters and no picks. This \
             measures the letters and picks."
        ),
    }
}

fn ranges(basis: &Basis, numbers: Option<&Numbers>) -> String {
    let made = match (basis.program.reading.mode, basis.early()) {
        (Mode::Planned, false) => "made for the one reading on the date set at the start",
        (Mode::YearBand, _) => "made for any number of looks within the year",
        (Mode::Planned | Mode::OpenEnded, _) => "made for any number of looks",
    };
    let rates = match numbers.map(|numbers| numbers.method) {
        Some("post_stratified") => {
            "customers drawn with different shares compared only among themselves (post_stratified)"
        }
        _ => "Newcombe’s for rates (diff_newcombe)",
    };
    let wide = numbers
        .map_or(String::new(), |numbers| format!(", {:.2} standard errors on each side", numbers.multiplier));
    format!(
        "95% ranges, {made}{wide}; {rates}, Welch’s for revenue. Active \
         use is called clear only where renewals are; groups are allowed for by Holm’s rule."
    )
}

fn joined(numbers: &Numbers) -> String {
    let effect = &numbers.joined_effect;
    match (effect.lift, effect.more_joined) {
        (Some(lift), Some(more)) => format!(
            "Asking made about {} more in 100 join. Of 100 who joined because they were asked, about {} {} renewed, \
             likely {}.",
            per_100(more),
            per_100(lift.estimate.abs()),
            if lift.estimate < 0.0 { "fewer" } else { "more" },
            between(lift)
        ),
        _ => effect.reason.clone(),
    }
}

/// The lift as it stood at the end of each month, with ranges for any number of looks.
pub fn over_time(basis: &Basis) -> Option<OverTime> {
    let first = basis.counted.iter().map(|family| family.closes).min()?;
    let mut days: Vec<_> = month_ends(first, basis.until).collect();
    days.push(basis.until);
    days.dedup();
    let year = basis.year() as f64;
    let point = |day: &NaiveDate| {
        let known = basis.counted.iter().filter(|family| family.closes <= *day);
        let sides = rates(known, |family| Some(family.end.renewed()));
        let n = sides.program().n + sides.comparison().n;
        let found = lift(&sides.difference(any_time_multiplier(n as f64, year, ALPHA).ok()?))?;
        // A range as wide as everything says nothing, and would flatten the rest.
        (found.high - found.low < 1.0)
            .then(|| TimePoint { label: day.format("%-d %b %Y").to_string(), lift: found })
    };
    let points: Vec<_> = days.iter().filter_map(point).collect();
    let (start, end) = (points.first()?.lift, points.last()?.lift);
    (points.len() > 1).then(|| OverTime {
        title: "How it came about".to_owned(),
        sentence: format!(
            "With ranges for any number of looks: first {}, now {}.",
            between(start),
            between(end)
        ),
        unit: Unit::Rate,
        points,
    })
}

fn month_ends(from: NaiveDate, to: NaiveDate) -> impl Iterator<Item = NaiveDate> {
    let last_of = |day: NaiveDate| {
        let next = day.with_day(1)?.checked_add_months(chrono::Months::new(1))?;
        next.checked_sub_days(Days::new(1))
    };
    let mut at = last_of(from);
    std::iter::from_fn(move || {
        let day = at.filter(|day| *day < to)?;
        at = day.succ_opt().and_then(last_of);
        Some(day)
    })
}
