//! The body of an item: what stands before the first step, and the steps.

use super::{
    blocks::Fence,
    step::{self, Step, Wrong},
};

/// Splits a body at its `## ` headings; those inside a code block are text.
pub(super) fn split(body: &str, first_line: usize, wrong: &mut Vec<Wrong>) -> (String, Vec<Step>) {
    let mut intro = Vec::new();
    let mut steps = Vec::<(String, usize, Vec<(usize, &str)>)>::new();
    let mut fence = Fence::default();
    for (at, line) in body.lines().enumerate() {
        let code = fence.holds(line);
        if let Some(title) = line.strip_prefix("## ").filter(|_| !code) {
            let title = title.trim().trim_end_matches('#').trim_end().to_owned();
            steps.push((title, first_line + at, Vec::new()));
        } else if let Some((_, _, lines)) = steps.last_mut() {
            lines.push((first_line + at, line));
        } else {
            intro.push(line);
        }
    }
    let steps =
        steps.into_iter().map(|(title, line, lines)| step::read(title, line, &lines, wrong)).collect();
    (intro.join("\n").trim().to_owned(), steps)
}
