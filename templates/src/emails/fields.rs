//! The merge fields a letter's words may use, and the small language around them.
//!
//! `{{ field }}`, `{% if … %}` and `{% for pick in picks %}` are all there is. No functions, no includes, no
//! other loops: a letter can neither reach outside its reader's facts nor run long, and a misspelt field is
//! found when the letter is saved, not when it is sent.

use std::collections::{BTreeMap, BTreeSet};

use super::fault::{Fault, File};

/// Fields of every letter. `pick.…` lives inside `{% for pick in picks %}`; `first_pick` is the first of them.
const FIELDS: [&str; 25] = [
    "greeting",
    "first_name",
    "company",
    "vendor",
    "from_name",
    "phone",
    "picks",
    "first_pick",
    "first_pick.title",
    "first_pick.summary",
    "first_pick.minutes",
    "first_pick.because",
    "first_pick.url",
    "button.url",
    "button.label",
    "renewal",
    "renewal.product",
    "renewal.renews_on",
    "renewal.days_left",
    "renewal.seats",
    "renewal.seats_used",
    "renewal.seats_unused",
    "renewal.billed_by",
    "loop.index",
    "loop.last",
];
const PICK_FIELDS: [&str; 5] = ["pick.title", "pick.summary", "pick.minutes", "pick.because", "pick.url"];
const FILTERS: [&str; 3] = ["upper", "lower", "title"];
const WORDS: [&str; 3] = ["and", "or", "not"];
const MARK_LIMIT: usize = 200;

/// One `{{ … }}`, `{% … %}` or `{# … #}`, where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Mark<'a> {
    pub start: usize,
    pub end: usize,
    /// What stands between the braces, without the blanks and hyphens at either end.
    pub inside: &'a str,
    /// `{`, `%` or `#`.
    pub kind: char,
}

/// Every mark of a text, in order.
pub(super) fn marks(file: File<'_>) -> Result<Vec<Mark<'_>>, Fault> {
    let (text, mut found, mut at) = (file.text, Vec::new(), 0);
    while let Some(brace) = text[at..].find('{').map(|step| at + step) {
        let (kind, close) = match text.as_bytes().get(brace + 1) {
            Some(b'{') => ('{', "}}"),
            Some(b'%') => ('%', "%}"),
            Some(b'#') => ('#', "#}"),
            _ => {
                at = brace + 1;
                continue;
            }
        };
        let Some(length) = text[brace + 2..].find(close) else {
            return Err(file.fault_at(
                brace,
                format!("this `{}` is never closed by `{close}`", &text[brace..brace + 2]),
            ));
        };
        let end = brace + 2 + length + 2;
        let inside = text[brace + 2..end - 2].trim_matches('-').trim();
        found.push(Mark { start: brace, end, inside, kind });
        if found.len() > MARK_LIMIT {
            return Err(
                file.fault_at(brace, format!("a letter may hold at most {MARK_LIMIT} marks in braces"))
            );
        }
        at = end;
    }
    Ok(found)
}

/// Sees that every mark of a file is one a letter may use. `links` are the names in its `[links]`.
pub(super) fn check(file: File<'_>, links: &BTreeMap<String, String>) -> Vec<Fault> {
    let marks = match marks(file) {
        Ok(marks) => marks,
        Err(fault) => return vec![fault],
    };
    let mut inside_picks = false;
    let mut faults = Vec::new();
    for mark in marks {
        let known = Known { links, inside_picks };
        let verdict = match mark.kind {
            '{' => known.value(mark.inside),
            '%' => known.tag(mark.inside).map(|tag| match tag {
                Tag::For => inside_picks = true,
                Tag::EndFor => inside_picks = false,
                Tag::Other => (),
            }),
            _ => Ok(()),
        };
        faults.extend(verdict.err().map(|message| file.fault_at(mark.start, message)));
    }
    faults
}

/// The links among a file's fields: both bodies of a letter must hold the same ones.
pub(super) fn links_used(file: File<'_>) -> BTreeSet<String> {
    let marks = marks(file).unwrap_or_default();
    let is_link = |field: &&str| field.starts_with("links.") || field.split('.').next_back() == Some("url");
    marks
        .iter()
        .filter(|mark| mark.kind == '{')
        .map(|mark| mark.inside)
        .filter(is_link)
        .map(str::to_owned)
        .collect()
}

enum Tag {
    For,
    EndFor,
    Other,
}

struct Known<'a> {
    links: &'a BTreeMap<String, String>,
    inside_picks: bool,
}

impl Known<'_> {
    fn value(&self, inside: &str) -> Result<(), String> {
        let mut parts = inside.split('|').map(str::trim);
        self.field(parts.next().unwrap_or_default())?;
        for filter in parts {
            if !FILTERS.contains(&filter) {
                return Err(format!(
                    "there is no filter `{filter}`; a letter may use {}",
                    FILTERS.join(", ")
                ));
            }
        }
        Ok(())
    }

    fn tag(&self, inside: &str) -> Result<Tag, String> {
        let (word, rest) = inside.split_once(char::is_whitespace).unwrap_or((inside, ""));
        match word {
            "if" | "elif" => self.question(rest).map(|()| Tag::Other),
            "else" | "endif" if rest.is_empty() => Ok(Tag::Other),
            "endfor" if rest.is_empty() => Ok(Tag::EndFor),
            "for" if self.inside_picks => Err("a loop cannot stand inside another".to_owned()),
            "for" if rest.split_whitespace().eq(["pick", "in", "picks"]) => Ok(Tag::For),
            "for" => Err("the only loop is `{% for pick in picks %}`".to_owned()),
            _ => Err(format!(
                "`{word}` is not for letters; use if, elif, else, endif, for pick in picks, endfor"
            )),
        }
    }

    /// A condition: fields, whole numbers, comparisons, `and`, `or`, `not`.
    fn question(&self, text: &str) -> Result<(), String> {
        if text.trim().is_empty() {
            return Err("`if` asks nothing; write the field it depends on".to_owned());
        }
        let is_sign = |word: &str| ["==", "!=", "<", ">", "<=", ">="].contains(&word);
        let is_number = |word: &str| word.len() < 10 && word.chars().all(|c| c.is_ascii_digit());
        for word in text.split_whitespace() {
            if !is_sign(word) && !is_number(word) && !WORDS.contains(&word) {
                self.field(word)?;
            }
        }
        Ok(())
    }

    fn field(&self, name: &str) -> Result<(), String> {
        let is_link = name.strip_prefix("links.").is_some_and(|link| self.links.contains_key(link));
        let is_pick = self.inside_picks && PICK_FIELDS.contains(&name);
        let is_loop = !name.starts_with("loop.") || self.inside_picks;
        if is_link || is_pick || (FIELDS.contains(&name) && is_loop) {
            return Ok(());
        }
        if PICK_FIELDS.contains(&name) || FIELDS.contains(&name) {
            return Err(format!(
                "`{name}` has a meaning only between `{{% for pick in picks %}}` and `{{% endfor %}}`"
            ));
        }
        let own: Vec<String> = self.links.keys().map(|link| format!("links.{link}")).collect();
        let names = FIELDS.into_iter().chain(PICK_FIELDS).chain(own.iter().map(String::as_str));
        Err(match segments::nearest(name, names) {
            Some(known) => format!("there is no field `{name}`; the nearest is `{known}`"),
            None => format!("there is no field `{name}`; the fields are {}", FIELDS.join(", ")),
        })
    }
}
