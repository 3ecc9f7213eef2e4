//! The answer sentence, picked by rule. Pure: what is known goes in, the state and the words come out.

use chrono::NaiveDate;
use templates::{Answer, AnswerState, Lift, figures};

use crate::store::comparison::Design;

/// What the answer rests on.
#[derive(Debug, Clone, PartialEq)]
pub struct Grounds {
    /// Why the number is stopped: a few words, and a sentence more.
    pub stopped: Option<(String, String)>,
    /// Families counted, both sides.
    pub counted: u64,
    /// The next day, from the reading on, on which an outcome will be final.
    pub next_final: Option<NaiveDate>,
    /// Why there is no number, where waiting alone does not bring one.
    pub no_number: Option<String>,
    /// Whether the reading lies before its date.
    pub early: bool,
    /// The date fixed before the start.
    pub planned_on: NaiveDate,
    /// Families whose outcome will be final on that date.
    pub planned: u64,
    /// The range of this look in the open-ended mode.
    pub open_ended: Option<Lift>,
    /// The difference and its range in the program's own mode.
    pub lift: Option<Lift>,
    /// The smallest gain that is worth it, between 0 and 1.
    pub worthwhile: f64,
    /// Families still needed to see that gain; nothing when that cannot be said.
    pub needed: Option<u64>,
    /// What the comparison side was kept out of.
    pub design: Design,
}

/// Picks the answer. The order of the cases is the rule.
pub fn answer(on: &Grounds) -> Answer {
    if let Some((reason, more)) = &on.stopped {
        return said(
            AnswerState::Stopped,
            format!("Don’t use these numbers yet. {reason}"),
            more.clone(),
            None,
        );
    }
    let Some(lift) = on.lift.filter(|_| on.counted > 0) else {
        if let Some(reason) = &on.no_number {
            let detail = "As soon as there is something to compare this page fills: the answer in one sentence, how \
                          sure we are, and whether it can be trusted.";
            let sentence = format!("Nothing to compare yet. {reason}");
            return said(AnswerState::Empty, sentence, detail.to_owned(), None);
        }
        let when = on.next_final.map_or_else(
            || "No renewal is in sight yet.".to_owned(),
            |day| format!("The first outcomes are final on {}.", date(day)),
        );
        let detail = "From then on this page fills: the answer in one sentence, how sure we are, and whether it can \
                      be trusted.";
        return said(AnswerState::Empty, format!("Nothing to compare yet. {when}"), detail.to_owned(), None);
    };
    let detail = compared(on.design);
    if let Some(wide) = on.open_ended.filter(|wide| wide.high < 0.0) {
        let detail = format!(
            "{detail} However often one looks, a range like this one is below zero by chance in at most 1 of 20 programs. A lead decides whether the letters go on."
        );
        return said(
            AnswerState::StopAndLook,
            "Stop and look: fewer seem to renew.".to_owned(),
            detail,
            Some(between(wide)),
        );
    }
    if on.early {
        let sentence = format!("Too early to say. The planned reading is on {}.", date(on.planned_on));
        let detail = format!(
            "{} of about {} customers have had their renewal so far.",
            figures::count(on.counted),
            figures::count(on.planned.max(on.counted))
        );
        return said(AnswerState::TooEarly, sentence, detail, Some(from_to(lift)));
    }
    let gain = |count: f64, word: &str| {
        format!("Out of every 100 customers, about {} {word} renewed.", figures::about_out_of_100(count))
    };
    let (state, sentence) = if lift.low > 0.0 {
        (AnswerState::Works, format!("Yes, it works. {}", gain(lift.estimate, "more")))
    } else if lift.high < 0.0 {
        (AnswerState::Worse, format!("No. {}", gain(-lift.estimate, "fewer")))
    } else if lift.high < on.worthwhile {
        let most = format!("At most about {} more in 100 could still be.", per_100(lift.high));
        (AnswerState::LittleDifference, format!("It makes little or no difference. {most}"))
    } else {
        let gain = format!("a gain of {} in 100", per_100(on.worthwhile));
        let more = match on.needed {
            Some(0) => format!(
                "There are enough customers to see {gain} four times in five, and this time it is open."
            ),
            Some(1) => format!("About 1 more customer is needed to see {gain}."),
            Some(needed) => format!("About {} more customers are needed to see {gain}.", rounded(needed)),
            None => format!("How many customers it takes to see {gain} cannot be said yet."),
        };
        (AnswerState::CannotTell, format!("We can’t tell yet. {more}"))
    };
    said(state, sentence, detail.to_owned(), Some(between(lift)))
}

fn said(state: AnswerState, sentence: String, detail: String, likely: Option<String>) -> Answer {
    Answer { state, sentence, detail, likely }
}

fn compared(design: Design) -> &'static str {
    match design {
        Design::Invited => {
            "Customers of the program side, asked to join whether or not they did, beside similar customers, picked at \
             random, who were not asked."
        }
        Design::Members => {
            "Members who get our letters and picks, beside members, picked at random, who get neither."
        }
    }
}

/// "between 2 and 8 per 100", "between 2 fewer and 6 more per 100", "between 1 and 6 fewer per 100".
pub fn between(lift: Lift) -> String {
    let (low, high) = (per_100(lift.low.abs()), per_100(lift.high.abs()));
    match (lift.low < 0.0, lift.high < 0.0) {
        (false, _) => format!("between {low} and {high} per 100"),
        (true, true) => format!("between {high} and {low} fewer per 100"),
        (true, false) => format!("between {low} fewer and {high} more per 100"),
    }
}

fn from_to(lift: Lift) -> String {
    let one = |value: f64| format!("{} {}", per_100(value.abs()), if value < 0.0 { "fewer" } else { "more" });
    format!("from {} to {} per 100", one(lift.low), one(lift.high))
}

/// A share as a number out of 100: whole, or with one place when it is small.
pub fn per_100(share: f64) -> String {
    let number = share * 100.0;
    if number.abs() < 1.95 && (number - number.round()).abs() > 0.05 {
        return format!("{number:.1}");
    }
    format!("{number:.0}")
}

/// Two leading digits: more would pretend to know.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a small positive count")]
fn rounded(count: u64) -> String {
    let step = 10_f64.powf((count.max(1) as f64).log10().floor() - 1.0).max(1.0);
    figures::count(((count as f64 / step).round() * step) as u64)
}

/// "31 March 2026".
pub fn date(day: NaiveDate) -> String {
    day.format("%-d %B %Y").to_string()
}
