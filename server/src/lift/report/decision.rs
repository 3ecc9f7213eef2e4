//! The decision that was written first, and what the numbers say to it.

use templates::{AnswerState, Decision, Unit};

use super::Numbers;
use super::answer::date;
use super::basis::Basis;

/// What was said, when, and what follows.
pub fn decision(basis: &Basis, state: AnswerState, numbers: Option<&Numbers>) -> Decision {
    let said = &basis.program.decision;
    let written = basis.started_at.map_or_else(
        || "Not started yet, so it can still change.".to_owned(),
        |at| format!("Fixed on {}, when the program started.", date(at.date_naive())),
    );
    Decision {
        said: format!(
            "extend if at least {} more in 100 renew, stop if surely under {}, otherwise: {}",
            plain(said.extend_if_at_least),
            plain(said.stop_if_under),
            said.otherwise.trim_end_matches('.')
        ),
        written,
        numbers_say: numbers_say(basis, state, numbers),
        worth_its_cost: worth(basis, state, numbers),
    }
}

fn numbers_say(basis: &Basis, state: AnswerState, numbers: Option<&Numbers>) -> String {
    let said = &basis.program.decision;
    let Some(lift) = numbers.and_then(|numbers| numbers.main().lift) else { return "nothing yet".to_owned() };
    match state {
        AnswerState::Stopped | AnswerState::Empty | AnswerState::TooEarly => "nothing yet".to_owned(),
        AnswerState::StopAndLook => "stop and look".to_owned(),
        _ if lift.high * 100.0 < said.stop_if_under => "stop".to_owned(),
        _ if lift.low > 0.0 && lift.estimate * 100.0 >= said.extend_if_at_least => "extend".to_owned(),
        _ => said.otherwise.trim_end_matches('.').to_owned(),
    }
}

fn worth(basis: &Basis, state: AnswerState, numbers: Option<&Numbers>) -> String {
    if state == AnswerState::TooEarly {
        return "What an extra renewal costs is read with the answer.".to_owned();
    }
    let Some(numbers) = numbers else { return "What an extra renewal costs is not known yet.".to_owned() };
    if basis.program.cost.is_none() {
        return "What the program costs was not said, so what an extra renewal costs is not known."
            .to_owned();
    }
    let Some(cost) = numbers.cost_per_extra else {
        return "The cost of each extra renewal is not known: there is none.".to_owned();
    };
    let unit = Unit::Money(basis.program.currency.clone());
    let amounts = [Some(cost.estimate), Some(cost.low), cost.high].map(|amount| amount.map(f64::round));
    let beside = unit.beside(amounts.into_iter().flatten());
    let money = |minor: f64| beside.value(minor.round());
    match cost.high {
        Some(high) => format!(
            "Worth its cost: about {} for each extra renewal, likely between {} and {}.",
            money(cost.estimate),
            money(cost.low),
            money(high)
        ),
        None => format!(
            "Worth its cost: not known. If the best guess holds, each extra renewal cost about {}; likely {} or more, \
             with no upper end.",
            money(cost.estimate),
            money(cost.low)
        ),
    }
}

fn plain(number: f64) -> String {
    let text = format!("{number:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
