//! Cuts a step's lines into blocks: what stands between blank lines.

use super::step::begins_a_part;

/// Remembers whether a line stands in a block of code.
#[derive(Default)]
pub(super) struct Fence<'a>(Option<&'a str>);

impl Fence<'_> {
    /// Whether this line is code, or opens or closes it.
    pub fn holds(&mut self, line: &str) -> bool {
        let start = line.trim_start();
        if let Some(mark) = self.0 {
            if start.starts_with(mark) {
                self.0 = None;
            }
            true
        } else {
            self.0 = ["```", "~~~"].into_iter().find(|mark| start.starts_with(mark));
            self.0.is_some()
        }
    }
}

/// The blocks of a text, none of them empty. Code is never cut.
pub(super) fn of<'a>(lines: &[&'a str]) -> Vec<Vec<&'a str>> {
    let (mut blocks, mut now, mut fence) = (Vec::new(), Vec::new(), Fence::default());
    for line in lines {
        let code = fence.holds(line);
        let blank = !code && line.trim().is_empty();
        let starts = !code && begins_a_part(line) && !(quoted(&now) && line.starts_with('>'));
        if blank || starts {
            blocks.extend((!now.is_empty()).then(|| std::mem::take(&mut now)));
        }
        if !blank {
            now.push(*line);
        }
    }
    blocks.extend((!now.is_empty()).then_some(now));
    blocks
}

fn quoted(block: &[&str]) -> bool {
    block.first().is_some_and(|line| line.starts_with('>'))
}

/// What a list's entry says: the text behind `- `, `* ` or `1. `.
pub(super) fn entry(line: &str) -> Option<&str> {
    let line = line.trim_start();
    let numbered = || {
        let rest = line.trim_start_matches(|letter: char| letter.is_ascii_digit());
        (rest.len() < line.len()).then(|| rest.strip_prefix(". ")).flatten()
    };
    line.strip_prefix("- ").or_else(|| line.strip_prefix("* ")).or_else(numbered).map(str::trim)
}
