//! The body of an item: what stands before the first step, and the steps.

use serde::{Deserialize, Serialize};

/// One step: a `## ` heading and what stands under it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// The heading.
    pub title: String,
    /// The Markdown under the heading.
    pub body: String,
    /// The line of the file its heading stands on.
    pub line: usize,
}

/// Splits a body at its `## ` headings; those inside a code block are text.
pub(super) fn split(body: &str, first_line: usize) -> (String, Vec<Step>) {
    let (mut intro, mut steps, mut fence) = (String::new(), Vec::<Step>::new(), None::<&str>);
    for (at, line) in body.lines().enumerate() {
        let start = line.trim_start();
        match fence {
            Some(mark) if start.starts_with(mark) => fence = None,
            None => fence = ["```", "~~~"].into_iter().find(|mark| start.starts_with(mark)),
            Some(_) => {}
        }
        if let Some(title) = line.strip_prefix("## ").filter(|_| fence.is_none()) {
            let title = title.trim().trim_end_matches('#').trim_end().to_owned();
            steps.push(Step { title, body: String::new(), line: first_line + at });
            continue;
        }
        let text = steps.last_mut().map_or(&mut intro, |step| &mut step.body);
        text.push_str(line);
        text.push('\n');
    }
    let trimmed = |text: String| text.trim().to_owned();
    let steps = steps.into_iter().map(|step| Step { body: trimmed(step.body), ..step }).collect();
    (trimmed(intro), steps)
}
