//! Whether those who were to be left out were left out: not written to, not asked, and few of them there all the same.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use templates::TrustKind::{Note, StopsTheNumber};
use templates::{TrustLine, figures};
use uuid::Uuid;

use super::super::basis::Basis;
use super::{WRITTEN_TO, line, of_those};
use crate::store::comparison::Design;

/// Comparison families that got a letter before their time was over although nobody of them had joined; in the
/// members design, where all have, any letter before that. Who joined later may have joined because of the letter.
fn mailed(basis: &Basis) -> HashSet<Uuid> {
    let (sides, let_go, joined) = (basis.sides(), basis.let_go(), basis.first_joined());
    let members = basis.design == Some(Design::Members);
    let wrongly = basis.sent.iter().filter_map(|letter| {
        let family = *basis.family_of.get(&letter.account_id)?;
        let by_then = |at: Option<&DateTime<Utc>>| at.is_some_and(|at| *at <= letter.handing_over_at);
        let comparison = sides.get(&family).copied().unwrap_or(false);
        let over = by_then(let_go.get(&family));
        let by_itself = !members && (by_then(joined.get(&family)) || by_then(basis.crossed.get(&family)));
        (comparison && !over && !by_itself).then_some(family)
    });
    wrongly.collect()
}

pub(super) fn written_to(basis: &Basis) -> TrustLine {
    let (count, of) = (mailed(basis).len(), basis.assigned.iter().filter(|one| one.comparison).count());
    let members = basis.design == Some(Design::Members);
    let (of, got) = (of_those(of, "comparison"), figures::count(count as u64));
    let finding = match (count, members) {
        (0, false) => "No comparison customer got a letter without having joined by itself.".to_owned(),
        (0, true) => "No comparison customer got a letter before its time was over.".to_owned(),
        (_, false) => format!("{got} of {of} got a letter without having joined by themselves."),
        (_, true) => format!("{got} of {of} got a letter before their time was over."),
    };
    let to_do = "Find out who wrote to them and stop it; the program can no longer be told from none.";
    line(WRITTEN_TO, StopsTheNumber, count == 0, finding, to_do)
}

/// Comparison families that were asked to join before anybody of them had, and before their time was over.
fn asked_wrongly(basis: &Basis) -> HashSet<Uuid> {
    let (let_go, joined) = (basis.let_go(), basis.first_joined());
    let comparison = basis.assigned.iter().filter(|one| one.comparison).map(|one| one.family);
    let wrongly = comparison.filter(|family| {
        let later = |asked: &DateTime<Utc>, at: Option<&DateTime<Utc>>| at.is_none_or(|at| at > asked);
        let asked = basis.asked.get(family);
        asked.is_some_and(|asked| later(asked, joined.get(family)) && later(asked, let_go.get(family)))
    });
    wrongly.collect()
}

/// Where members are drawn everybody may be asked: they are drawn only after joining.
pub(super) fn asked(basis: &Basis) -> Option<TrustLine> {
    if basis.design != Some(Design::Invited) {
        return None;
    }
    let (wrongly, joined) = (asked_wrongly(basis), basis.first_joined());
    let of = basis.assigned.iter().filter(|one| one.comparison).count();
    let finding = match wrongly.len() {
        0 => "No comparison customer was asked before it joined by itself.".to_owned(),
        count => format!(
            "{} of {} asked to join before they had by themselves, and {} of them joined then. If anything, this \
             hides some of the gain.",
            figures::count(count as u64),
            match of {
                1 => "1 comparison customer was".to_owned(),
                _ => format!("{} were", of_those(of, "comparison")),
            },
            figures::count(wrongly.iter().filter(|family| joined.contains_key(family)).count() as u64)
        ),
    };
    let to_do = "Find out who asked them and on which channel, and stop it.";
    Some(line("Nobody left out was asked to join", Note, wrongly.is_empty(), finding, to_do))
}

pub(super) fn crossed(basis: &Basis) -> TrustLine {
    let of: HashSet<_> = basis.assigned.iter().filter(|one| one.comparison).map(|one| one.family).collect();
    if basis.design == Some(Design::Members) {
        return served_after_their_time(basis, &of);
    }
    let (asked, joined, let_go) = (asked_wrongly(basis), basis.first_joined(), basis.let_go());
    // The ledger of deviations is written when sides are; who joined since stands in the records only.
    let in_time = |family: &Uuid| {
        joined.get(family).is_some_and(|at| let_go.get(family).is_none_or(|let_go| at < let_go))
    };
    let by_itself =
        |family: &&Uuid| (basis.crossed.contains_key(family) || in_time(family)) && !asked.contains(family);
    let count = of.iter().filter(by_itself).count();
    let finding = format!(
        "{} of {} joined by themselves.{}",
        figures::count(count as u64),
        of_those(of.len(), "compared"),
        if count > 0 { " If anything, this hides some of the gain." } else { "" }
    );
    let ok = count * 20 <= of.len();
    line("Few crossed over", Note, ok, finding, "More than 1 in 20: find out how they heard of it.")
}

/// Among members joining is no crossing over: all had joined before the draw. Getting letters later is.
fn served_after_their_time(basis: &Basis, comparison: &HashSet<Uuid>) -> TrustLine {
    let let_go = basis.let_go();
    let later = basis.sent.iter().filter_map(|letter| {
        let family = basis.family_of.get(&letter.account_id)?;
        let_go.get(family).filter(|at| **at <= letter.handing_over_at).map(|_| *family)
    });
    let count = later.filter(|family| comparison.contains(family)).collect::<HashSet<_>>().len();
    let finding = format!(
        "{} of {} got letters once their time was over. Everyone had joined before the draw.{}",
        figures::count(count as u64),
        of_those(comparison.len(), "compared"),
        if count > 0 { " If anything, this hides some of the gain." } else { "" }
    );
    let ok = count * 20 <= comparison.len();
    line("Few crossed over", Note, ok, finding, "More than 1 in 20: keep them out longer next time.")
}
