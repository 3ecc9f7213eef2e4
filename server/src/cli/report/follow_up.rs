//! `rapport report follow-up`: whether offering one follow-up brings people back more often than other picks do.

use std::io::Write;

use serde_json::json;

use crate::app::App;
use crate::lift::arms::Proportion;
use crate::lift::proportions::diff_newcombe;
use crate::store::finishes::{self, RETURN_DAYS, Returned};

/// Ranges made this way catch the truth 19 times in 20.
const ALPHA: f64 = 0.05;

/// Reads who came back, and says it.
pub async fn run(app: &App, json: bool, out: &mut impl Write) -> anyhow::Result<()> {
    let arms = finishes::returns(app.db.read(), app.clock.now()).await?;
    Ok(say(arms, json, out)?)
}

fn say(arms: [Returned; 2], json: bool, out: &mut impl Write) -> std::io::Result<()> {
    let [follow_up, picks] = arms;
    let side = |arm: Returned| Proportion { events: arm.came_back, n: arm.people };
    let difference = diff_newcombe(side(follow_up), side(picks), ALPHA);
    if json {
        let difference = match &difference {
            Ok(found) => json!({ "value": found.estimate, "low": found.ci[0], "high": found.ci[1] }),
            Err(reason) => json!({ "reason": reason.to_string() }),
        };
        let all = json!({
            "within_days": RETURN_DAYS, "follow_up": follow_up, "picks": picks, "difference": difference,
        });
        return writeln!(out, "{all:#}");
    }
    writeln!(out, "Came back within {RETURN_DAYS} days of the first lesson they finished:")?;
    for (name, arm) in [("offered one follow-up", follow_up), ("saw other picks instead", picks)] {
        writeln!(out, "  {name}: {} of {}", arm.came_back, arm.people)?;
    }
    match difference {
        Ok(found) => {
            let hundred = |share: Option<f64>| {
                share.map_or_else(|| "no number".to_owned(), |share| format!("{:+.1}", share * 100.0))
            };
            writeln!(
                out,
                "Out of 100: {} with the follow-up, likely between {} and {}.",
                hundred(found.estimate),
                hundred(found.ci[0]),
                hundred(found.ci[1])
            )
        }
        Err(reason) => writeln!(out, "No difference can be given: {reason}."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(arms: [(u64, u64); 2], json: bool) -> String {
        let mut out = Vec::new();
        let arms = arms.map(|(people, came_back)| Returned { people, came_back });
        say(arms, json, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn both_sides_and_their_difference_are_said() {
        let words = said([(90, 45), (10, 3)], false);
        assert!(words.contains("offered one follow-up: 45 of 90"), "{words}");
        assert!(
            words.contains("Out of 100: +20.0 with the follow-up, likely between -12.0 and +41.7."),
            "{words}"
        );
        let read: serde_json::Value = serde_json::from_str(&said([(90, 45), (10, 3)], true)).unwrap();
        assert_eq!((&read["picks"]["people"], &read["within_days"]), (&json!(10), &json!(14)));
    }

    #[test]
    fn without_people_on_a_side_there_is_a_reason_and_no_number() {
        assert!(said([(9, 4), (0, 0)], false).contains("No difference can be given: the"));
    }
}
