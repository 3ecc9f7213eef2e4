//! A quick check: one question at the end of a step, answered for oneself.
//!
//! ```markdown
//! ### Quick check: What should come first in your greeting?
//!
//! - [ ] Your opening hours
//! - [x] Who the caller has reached
//! - [ ] Your website address
//!
//! People hang up when they are not sure they rang the right place.
//! ```

use serde::{Deserialize, Serialize};

use super::{
    blocks::{self, Fence},
    step::Wrong,
};

/// One question, its answers, and why the right one is right.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuickCheck {
    /// The question.
    pub question: String,
    /// Two to four answers in the order they are shown; one of them is right.
    pub answers: Vec<Answer>,
    /// Why that one is right, as Markdown. It is shown whatever was answered.
    pub explanation: String,
}

/// One answer to choose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// What it says.
    pub text: String,
    /// Whether it is the right one.
    pub right: bool,
}

impl QuickCheck {
    /// The answer that is right.
    pub fn right(&self) -> &Answer {
        self.answers.iter().find(|answer| answer.right).expect("one answer of a quick check is right")
    }
}

const HEADING: &str = "### quick check";
const FORM: &str = "Write `### Quick check: QUESTION`, two to four lines `- [ ] ANSWER` with `[x]` in the right one, and under them why it is right.";

/// Which of these lines begins the quick check, if there is one.
pub(super) fn begins(lines: &[(usize, &str)]) -> Option<usize> {
    let mut fence = Fence::default();
    lines.iter().position(|(_, line)| !fence.holds(line) && is_heading(line))
}

fn is_heading(line: &str) -> bool {
    line.get(..HEADING.len()).is_some_and(|start| start.eq_ignore_ascii_case(HEADING))
}

/// Reads the lines from the heading on; nothing stands after a quick check.
pub(super) fn read(lines: &[(usize, &str)], wrong: &mut Vec<Wrong>) -> Option<QuickCheck> {
    let ((line, heading), rest) = lines.split_first()?;
    let question = heading[HEADING.len()..].trim_start_matches(':').trim().to_owned();
    let (mut answers, mut explanation) = (Vec::new(), Vec::new());
    for (_, line) in rest {
        match blocks::entry(line).and_then(answer).filter(|_| explanation.is_empty()) {
            Some(answer) => answers.push(answer),
            None if explanation.is_empty() && line.trim().is_empty() => {}
            None => explanation.push(*line),
        }
    }
    let explanation = explanation.join("\n").trim().to_owned();
    let right = answers.iter().filter(|answer| answer.right).count();
    let sentence = if question.is_empty() {
        "The quick check asks nothing.".to_owned()
    } else if !(2..=4).contains(&answers.len()) {
        format!("The quick check has {} answers.", answers.len())
    } else if right != 1 {
        format!("The quick check has {right} right answers.")
    } else if explanation.is_empty() {
        "The quick check does not say why.".to_owned()
    } else if explanation.to_lowercase().contains("**do it now") || explanation.contains("\n### ") {
        "Something stands after the quick check.".to_owned()
    } else {
        return Some(QuickCheck { question, answers, explanation });
    };
    wrong.push(Wrong { line: *line, sentence, right: FORM });
    None
}

fn answer(entry: &str) -> Option<Answer> {
    let right = entry.get(..3).and_then(|mark| match mark {
        "[ ]" => Some(false),
        "[x]" | "[X]" => Some(true),
        _ => None,
    })?;
    Some(Answer { text: entry[3..].trim().to_owned(), right })
}
