//! Can this be trusted? Each check in a plain line; some of them stop the number.
//!
//! A line that stops the number never tells an outcome, and while one does, no other line does either.

use std::collections::{BTreeMap, HashSet};

use templates::TrustKind::{Neutral, Note, StopsTheNumber};
use templates::{TrustLine, figures};

use super::answer::{date, per_100};
use super::basis::{Basis, LATE_DAYS, lift};
use super::compare::rates;
use super::families::{End, Family, later};
use crate::lift::many::holm;
use crate::lift::power::mde_at;
use crate::lift::split::{BROKEN_UNDER, srm_chi2};
use crate::store::comparison::Design;

mod kept_apart;

/// Every check. Those that could tell an outcome are left out while one stops the number.
pub fn checks(basis: &Basis) -> Vec<TrustLine> {
    let mut lines =
        vec![split(basis), data(basis), kept_apart::written_to(basis), ledger(basis), audience(basis)];
    let stops = stopped(&lines).is_some();
    lines.insert(1, enough(basis, stops));
    lines.insert(2, looks(basis));
    if !stops {
        lines.insert(3, before(basis));
    }
    lines.extend(kept_apart::asked(basis));
    lines.extend([kept_apart::crossed(basis), named(basis)]);
    lines.extend(earlier_terms(basis));
    lines.push(currency(basis));
    if !stops {
        lines.extend(unpriced(basis));
    }
    lines.extend(without_letter(basis));
    lines
}

/// The first check that stops the number: its few words, and what was found.
pub fn stopped(lines: &[TrustLine]) -> Option<(String, String)> {
    let broken = lines.iter().find(|line| !line.ok && line.kind == StopsTheNumber)?;
    let reason = match broken.line.as_str() {
        SPLIT => "The groups were not split as planned.",
        DATA => "What renewed is not fully known.",
        WRITTEN_TO => "Somebody who was to be left out got our letters.",
        LEDGER => "The list of who was put where was changed.",
        _ => "Who is counted depends on the program itself.",
    };
    Some((reason.to_owned(), format!("{} {}", broken.finding, broken.to_do)))
}

const SPLIT: &str = "Groups were split fairly";
const DATA: &str = "The data is complete";
const WRITTEN_TO: &str = "Nobody left out was written to";
const LEDGER: &str = "The list of who was put where is untouched";

fn line(line: &str, kind: templates::TrustKind, ok: bool, finding: String, to_do: &str) -> TrustLine {
    let to_do = if ok { String::new() } else { to_do.to_owned() };
    TrustLine { line: line.to_owned(), finding, to_do, kind, ok }
}

/// The split of everyone ever assigned, and of those who are counted, against the shares kept with them.
fn split(basis: &Basis) -> TrustLine {
    let mut by_share: BTreeMap<u64, [[u64; 2]; 2]> = BTreeMap::new();
    let assigned = basis.assigned.iter().map(|one| (one.share, one.comparison, 0));
    let counted = basis.counted.iter().map(|one| (one.share, one.comparison, 1));
    for (share, comparison, among) in assigned.chain(counted) {
        by_share.entry(share.to_bits()).or_default()[among][usize::from(comparison)] += 1;
    }
    let p: Vec<f64> = by_share
        .iter()
        .flat_map(|(share, both)| both.iter().map(|counts| (f64::from_bits(*share), counts)))
        .filter_map(|(share, counts)| srm_chi2(counts, &[1.0 - share, share]).ok())
        .collect();
    let smallest = holm(&p).unwrap_or_default().into_iter().fold(1.0_f64, f64::min);
    let ok = smallest >= BROKEN_UNDER;
    let got = |[program, comparison]: [u64; 2]| {
        let share = 100.0 * comparison as f64 / (program + comparison).max(1) as f64;
        format!("{:.1} to {share:.1}", 100.0 - share)
    };
    let parts: Vec<_> = by_share
        .iter()
        .map(|(share, [assigned, counted])| {
            let planned = 100.0 * f64::from_bits(*share);
            let among_counted = match counted.iter().sum::<u64>() {
                0 => String::new(),
                _ => format!(" (of those counted, {})", got(*counted)),
            };
            let (program, comparison) = (tidy(100.0 - planned), tidy(planned));
            format!("planned {program} to {comparison}, got {}{among_counted}", got(*assigned))
        })
        .collect();
    let finding = match (parts.is_empty(), ok) {
        (true, _) => "Nobody has been put on a side yet.".to_owned(),
        (false, true) => format!("{}. Chance alone does this.", capital(&parts.join("; "))),
        (false, false) => {
            format!("{}. Chance does this less than once in 1,000 times.", capital(&parts.join("; ")))
        }
    };
    line(
        SPLIT,
        StopsTheNumber,
        ok,
        finding,
        "Look for customers that were put on a side by hand, or whose renewals one side lacks, then read again.",
    )
}

fn enough(basis: &Basis, stops: bool) -> TrustLine {
    let (program, comparison) = (basis.renewed.program(), basis.renewed.comparison());
    let counted = figures::count(program.n + comparison.n);
    let smallest = basis
        .multiplier()
        .filter(|_| !stops && comparison.n > 0)
        .and_then(|wide| mde_at(comparison.rate(), program.n as f64, comparison.n as f64, 0.8, wide).ok());
    let finding = match smallest {
        Some(gain) => format!("{counted} in all. Can spot gaps of about {} per 100 or more.", per_100(gain)),
        None if stops => format!("{counted} in all."),
        None => format!("{counted} in all. Too few to say what gap they can spot."),
    };
    let ok = smallest.is_some_and(|gain| gain <= basis.worthwhile());
    let wanted =
        "A worthwhile gain may go unseen: wait for more renewals, or keep a larger share out next time.";
    line("Enough customers", Note, ok || stops, finding, wanted)
}

/// An early look has wider ranges and decides nothing; that it is one is said as a note.
fn looks(basis: &Basis) -> TrustLine {
    let on = basis.program.reading.on;
    let planned = date(on);
    let finding = if basis.as_of < on {
        format!("The date set at the start is {planned}. This is an early look, so its range is wider.")
    } else if basis.early() {
        let known = basis.feed.map_or_else(
            || "no renewal is known yet".to_owned(),
            |feed| format!("renewals are known up to {} only", date(feed.reaches)),
        );
        format!("The date set at the start was {planned}, but {known}: this is still an early look.")
    } else if basis.is_the_planned_look() {
        format!("Read as of {planned}, the date set at the start.")
    } else {
        format!("The date set at the start was {planned}. Ranges are wide enough for any number of looks.")
    };
    line(
        "Not stopped early",
        Note,
        !basis.early(),
        finding,
        "Decide nothing yet: wait for the planned reading.",
    )
}

fn before(basis: &Basis) -> TrustLine {
    const LINE: &str = "Groups were alike before";
    let sides = rates(&basis.counted, |family| family.before);
    let (program, comparison) = (sides.program(), sides.comparison());
    if program.n == 0 || comparison.n == 0 {
        let finding = "No renewals from before the draw are known, so this cannot be told.".to_owned();
        return line(LINE, Neutral, true, finding, "");
    }
    let ok = lift(&sides.difference(1.96)).is_none_or(|found| found.low <= 0.0 && found.high >= 0.0);
    let finding = format!(
        "Renewals before the draw: {} and {} (of {} and {}).",
        figures::percent(program.rate()),
        figures::percent(comparison.rate()),
        figures::count(program.n),
        figures::count(comparison.n)
    );
    line(LINE, Note, ok, finding, "Chance does this once in 20 times. Read the lift with care.")
}

/// How far the feed reaches, and what is missing on each side.
fn data(basis: &Basis) -> TrustLine {
    let wanted = "Take in the newest renewals, then read again.";
    let any_due = basis.gathered.families.iter().any(|family| family.closes <= basis.as_of);
    let Some(feed) = basis.feed else {
        let finding = "No renewal was ever reported.".to_owned();
        return line(DATA, StopsTheNumber, !any_due, finding, wanted);
    };
    let reaches = date(feed.reaches);
    if any_due && basis.feed_is_late() {
        let finding = format!(
            "Renewals are known up to {reaches} only, more than {LATE_DAYS} days before the reading."
        );
        return line(DATA, StopsTheNumber, false, finding, wanted);
    }
    let (program, comparison) = (basis.renewed.program(), basis.renewed.comparison());
    let halves = [("program", program.n), ("comparison", comparison.n)];
    if let Some((side, _)) = halves.iter().find(|(_, n)| *n == 0).filter(|_| !basis.counted.is_empty()) {
        let finding =
            format!("No family of the {side} side has an outcome yet, so there is nothing to compare.");
        return line(DATA, StopsTheNumber, false, finding, "Wait until renewals of both sides are due.");
    }
    let missing = rates(&basis.counted, |family| Some(family.end == End::NoWord));
    let share = |side: crate::lift::Proportion| {
        if side.n == 0 { "–".to_owned() } else { figures::percent(side.rate()) }
    };
    // Nothing was decided any more although terms came due: the last file may hold a part of them only.
    let stale = feed.last_decided.is_some_and(|decided| {
        let due = |family: &Family| decided < family.due && later(family.due, LATE_DAYS) < feed.reaches;
        basis.gathered.families.iter().any(due)
    });
    let last = feed.last_decided.map_or(String::new(), |day| format!(", the last one of {}", date(day)));
    let finding = if basis.counted.is_empty() {
        format!("Renewals up to {reaches}{last}.")
    } else {
        format!(
            "Renewals up to {reaches}{last}; no word on {} of the program side and {} of the comparison side, \
             counted as not renewed.",
            share(missing.program()),
            share(missing.comparison())
        )
    };
    let kind = if stale { Note } else { StopsTheNumber };
    let to_do = "Terms have come due since, and nothing is known of any: check that the last file was whole.";
    line(DATA, kind, !stale, finding, to_do)
}

fn ledger(basis: &Basis) -> TrustLine {
    let finding = match basis.ledger {
        Ok(lines) => format!("All {} lines follow from one another.", figures::count(lines.unsigned_abs())),
        Err(at) => format!("Line {at} does not follow from the line before it."),
    };
    let to_do = "Bring the list back from a backup that still holds together.";
    line(LEDGER, StopsTheNumber, basis.ledger.is_ok(), finding, to_do)
}

fn audience(basis: &Basis) -> TrustLine {
    let finding = match basis.moved_by_it.as_slice() {
        [] => "Who is counted was settled by things the program does not change.".to_owned(),
        asked => format!("The audience asks for what the program may change: {}.", asked.join("; ")),
    };
    let to_do = "Start a program whose audience asks for size, industry, place or the like; narrow the letters, not \
                 the program.";
    line("Both groups were chosen alike", StopsTheNumber, basis.moved_by_it.is_empty(), finding, to_do)
}

fn named(basis: &Basis) -> TrustLine {
    let first = basis.sent.iter().find(|letter| basis.journeys.contains(&letter.journey_id));
    let (ok, finding) = match (basis.started_at, first) {
        (None, _) => (false, "The program has not started, so nothing is fixed yet.".to_owned()),
        (Some(at), Some(letter)) if letter.handing_over_at < at => (
            false,
            format!(
                "Renewed, named on {}, after the first letter of {}.",
                date(at.date_naive()),
                date(letter.handing_over_at.date_naive())
            ),
        ),
        (Some(at), _) => (true, format!("Renewed, named on {}.", date(at.date_naive()))),
    };
    line("One main measure, named before the start", Note, ok, finding, "Read it as an idea, not as proof.")
}

/// The one draw is read whole, so a program that starts later also counts what came before it; that is said.
fn earlier_terms(basis: &Basis) -> Option<TrustLine> {
    let started = basis.started_at?.date_naive();
    let of = basis.counted.len();
    let earlier = basis.counted.iter().filter(|family| family.due < started).count();
    let finding = match earlier {
        0 => format!("Every renewal counted came due after the start on {}.", date(started)),
        _ => format!(
            "{} of {} counted came due before the start on {}: the whole relationship is read, not this program alone.",
            figures::count(earlier as u64),
            figures::counted(of as u64, "renewal", "renewals"),
            date(started)
        ),
    };
    let to_do = "Read it as what the whole relationship changed.";
    (of > 0).then(|| line("Outcomes came after the start", Note, earlier == 0, finding, to_do))
}

/// Renewals whose amount the feed left out count as 0 in the revenue.
fn unpriced(basis: &Basis) -> Option<TrustLine> {
    let missing = rates(&basis.counted, |family| Some(family.unpriced));
    let (program, comparison) = (missing.program(), missing.comparison());
    let finding = format!(
        "No amount came with a renewal of {} customers of the program side and {} of the comparison side; each counts \
         as 0.",
        figures::percent(program.rate()),
        figures::percent(comparison.rate())
    );
    let to_do = "Bring in the amounts before reading revenue.";
    (program.events + comparison.events > 0).then(|| line("Amounts are known", Note, false, finding, to_do))
}

/// Program families without a letter count where they were put: told, since it can neither pass nor fail.
fn without_letter(basis: &Basis) -> Option<TrustLine> {
    let ours = basis.sent.iter().filter(|letter| basis.journeys.contains(&letter.journey_id));
    let written: HashSet<_> = ours.filter_map(|letter| basis.family_of.get(&letter.account_id)).collect();
    let program = || basis.counted.iter().filter(|family| !family.comparison);
    let without = program().filter(|family| !written.contains(&family.id)).count();
    let why = match basis.design {
        Some(Design::Members) => "",
        _ => ", most because nobody of them joined",
    };
    let finding = format!(
        "{} of {} got no letter{why}. They count where they were put.",
        figures::count(without as u64),
        of_those(program().count(), "counted program")
    );
    (!written.is_empty() && program().next().is_some())
        .then(|| line("Program side without a letter", Neutral, true, finding, ""))
}

fn currency(basis: &Basis) -> TrustLine {
    let others: Vec<_> = basis.gathered.other_currencies.iter().map(String::as_str).collect();
    let finding = if others.is_empty() {
        format!("All amounts are in {}.", basis.program.currency)
    } else {
        format!("Revenue counts {} only; left out: {}.", basis.program.currency, others.join(", "))
    };
    line(
        "One currency",
        Note,
        others.is_empty(),
        finding,
        "Renewals still count everyone. Read revenue apart.",
    )
}

/// "1,148 comparison customers".
fn of_those(count: usize, which: &str) -> String {
    figures::counted(count as u64, &format!("{which} customer"), &format!("{which} customers"))
}

/// A percentage with no more places than it has.
pub fn tidy(percent: f64) -> String {
    let text = format!("{percent:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
