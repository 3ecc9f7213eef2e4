//! One step of an item, and the parts that a page draws by themselves.
//!
//! An author marks the parts in plain Markdown: a quotation (`>`) is words to
//! copy, **Do it now:** is something to do, a picture from `../drawings/` is a
//! drawing of ours, and `### Quick check: …` with a list of answers is a question
//! to think about. What is none of these is the text.

use serde::{Deserialize, Serialize};

use super::{
    blocks,
    check::{self, QuickCheck},
};
use crate::slug::Slug;

/// One step: a `## ` heading and what stands under it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// The heading.
    pub title: String,
    /// The Markdown under the heading, whole but for drawing and quick check.
    pub body: String,
    /// The running text alone: the body without words to copy and things to do.
    pub text: String,
    /// What to do before going on, one thing each, as Markdown that begins with a capital.
    pub do_it_now: Vec<String>,
    /// Words to copy, as Markdown: one entry for each quotation.
    pub say_this: Vec<String>,
    /// The drawing that goes with it.
    pub drawing: Option<Slug>,
    /// A question to see whether it is understood.
    pub check: Option<QuickCheck>,
    /// The line of the file its heading stands on.
    pub line: usize,
}

/// What is wrong in a step, and where.
pub(super) struct Wrong {
    pub line: usize,
    pub sentence: String,
    pub right: &'static str,
}

const DO_IT_NOW: &str = "**Do it now:**";

/// Reads the lines under a heading, each with its number in the file.
pub(super) fn read(title: String, line: usize, lines: &[(usize, &str)], wrong: &mut Vec<Wrong>) -> Step {
    let end = check::begins(lines).unwrap_or(lines.len());
    let check = check::read(&lines[end..], wrong);
    let (drawings, body): (Vec<&str>, Vec<&str>) =
        lines[..end].iter().map(|(_, line)| *line).partition(|line| drawing(line).is_some());
    let drawing = drawings.first().and_then(|line| drawing(line));

    let (mut text, mut do_it_now, mut say_this) = (Vec::new(), Vec::new(), Vec::new());
    let mut blocks = blocks::of(&body).into_iter().peekable();
    while let Some(block) = blocks.next() {
        if block[0].starts_with('>') {
            say_this.push(unquoted(&block));
        } else if let Some(first) = after_do_it_now(block[0]) {
            let list = first.is_empty() && block.len() == 1;
            let more = if list { blocks.next_if(|next| is_entry(next[0])) } else { None };
            do_it_now.extend(tasks(first, &block[1..], &more.unwrap_or_default()));
        } else {
            text.push(block.join("\n"));
        }
    }
    let body = body.join("\n").trim().to_owned();
    Step { title, body, text: text.join("\n\n").trim().to_owned(), do_it_now, say_this, drawing, check, line }
}

/// Whether a line begins a part that does not belong to the paragraph before it.
pub(super) fn begins_a_part(line: &str) -> bool {
    line.starts_with('>') || after_do_it_now(line).is_some()
}

/// What stands behind **Do it now:**, whatever its letter case.
fn after_do_it_now(line: &str) -> Option<&str> {
    let (mark, rest) = line.split_at_checked(DO_IT_NOW.len())?;
    mark.eq_ignore_ascii_case(DO_IT_NOW).then(|| rest.trim())
}

/// The drawing that a line is, such as `![Two networks](../drawings/guests-apart.svg)`.
fn drawing(line: &str) -> Option<Slug> {
    let (_, place) = line.trim().strip_prefix("![")?.split_once("](../drawings/")?;
    Slug::parse(place.strip_suffix(".svg)")?).ok()
}

fn unquoted(block: &[&str]) -> String {
    let plain = |line: &&str| {
        let line = line.strip_prefix('>').unwrap_or(line);
        line.strip_prefix(' ').unwrap_or(line).to_owned()
    };
    block.iter().map(plain).collect::<Vec<_>>().join("\n").trim().to_owned()
}

/// One task for a sentence behind the mark, or one for each entry of a list under it.
fn tasks(first: &str, under: &[&str], list: &[&str]) -> Vec<String> {
    let mut tasks = Vec::<String>::new();
    tasks.extend((!first.is_empty()).then(|| first.to_owned()));
    for line in under.iter().chain(list) {
        match (blocks::entry(line), tasks.last_mut()) {
            (Some(entry), _) => tasks.push(entry.to_owned()),
            (None, Some(task)) => {
                task.push(' ');
                task.push_str(line.trim());
            }
            (None, None) => tasks.push(line.trim().to_owned()),
        }
    }
    tasks.into_iter().map(|task| with_a_capital(&task)).collect()
}

fn is_entry(line: &str) -> bool {
    blocks::entry(line).is_some()
}

fn with_a_capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
