//! Which MJML and HTML a letter's words may use.
//!
//! A letter is text, a few headings and tables. What could run, load or imitate something (scripts, forms,
//! fonts, frames, pictures from elsewhere) is refused when it is saved, with the line. Addresses stand in the
//! letter's `[links]`, never in its words: so each can be counted for readers who agreed, is plain for those
//! who did not, and is the same in both bodies.

use super::fault::{Fault, File};

const ELEMENTS: [&str; 31] = [
    "mj-section",
    "mj-column",
    "mj-group",
    "mj-wrapper",
    "mj-text",
    "mj-raw",
    "mj-divider",
    "mj-spacer",
    "mj-table",
    "a",
    "b",
    "strong",
    "em",
    "i",
    "u",
    "br",
    "p",
    "span",
    "div",
    "h1",
    "h2",
    "h3",
    "ul",
    "ol",
    "li",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
];
const VOID: [&str; 1] = ["br"];
const DEPTH_LIMIT: usize = 50;

/// Sees that a body holds only known elements, well closed, and no address of its own.
pub(super) fn check(file: File<'_>) -> Vec<Fault> {
    let mut faults = addresses(file);
    let mut open: Vec<(&str, usize)> = Vec::new();
    let mut at = 0;
    while let Some(start) = file.text[at..].find('<').map(|step| at + step) {
        let Some(end) = end_of_element(file.text, start) else {
            faults.push(
                file.fault_at(start, "this `<` opens an element that never ends; write &lt; for the sign"),
            );
            return faults;
        };
        at = end;
        let inside = &file.text[start + 1..end - 1];
        if let Some(name) = inside.strip_prefix('/') {
            match open.pop() {
                Some((opened, _)) if opened == name.trim() => (),
                Some((opened, _)) => {
                    faults.push(file.fault_at(start, format!("</{}> closes <{opened}>", name.trim())));
                    return faults;
                }
                None => faults.push(file.fault_at(start, format!("</{}> closes nothing", name.trim()))),
            }
            continue;
        }
        let name = inside.trim_end_matches('/').split(|c: char| c.is_whitespace()).next().unwrap_or_default();
        faults.extend(complaint(name, inside).map(|words| file.fault_at(start, words)));
        if !inside.ends_with('/') && !VOID.contains(&name) {
            open.push((name, start));
        }
        if open.len() > DEPTH_LIMIT {
            faults.push(file.fault_at(start, format!("elements lie more than {DEPTH_LIMIT} deep here")));
            return faults;
        }
    }
    faults
        .extend(open.first().map(|(name, start)| file.fault_at(*start, format!("<{name}> is never closed"))));
    faults
}

/// Finds web addresses written into the words of a subject or a body.
pub(super) fn addresses(file: File<'_>) -> Vec<Fault> {
    let lower = file.text.to_ascii_lowercase();
    ["https://", "http://", "javascript:", "data:", "//www."]
        .into_iter()
        .flat_map(|start| {
            lower.match_indices(start).map(|(at, found)| (at, found.to_owned())).collect::<Vec<_>>()
        })
        .map(|(at, found)| {
            let words = "put the address under [links] in email.toml and write {{ links.NAME }} here";
            file.fault_at(at, format!("`{found}` stands in the words; {words}"))
        })
        .collect()
}

/// The end of the element that begins at `start`, minding quotes and marks.
fn end_of_element(text: &str, start: usize) -> Option<usize> {
    let mut quote = None;
    for (step, letter) in text[start + 1..].char_indices() {
        match (quote, letter) {
            (Some(open), _) if open == letter => quote = None,
            (None, '"' | '\'') => quote = Some(letter),
            (None, '>') => return Some(start + 1 + step + 1),
            (None, '<') => return None,
            _ => (),
        }
    }
    None
}

fn complaint(name: &str, inside: &str) -> Option<String> {
    if !ELEMENTS.contains(&name) {
        return Some(if name.starts_with('!') {
            "write notes as {# … #}; they do not travel with the letter".to_owned()
        } else {
            format!("<{name}> is not for letters; use {}", ELEMENTS.join(", "))
        });
    }
    let lower = inside.to_ascii_lowercase();
    if lower.contains("url(") || lower.contains("expression(") || lower.contains("@import") {
        return Some(format!("<{name}> loads something by its style; a letter loads nothing"));
    }
    for (attribute, value) in attributes(&lower) {
        if attribute.starts_with("on") {
            return Some(format!("`{attribute}` runs something; a letter runs nothing"));
        }
        let is_address = ["href", "src", "background", "background-url", "action"].contains(&attribute);
        let is_link = value.starts_with("{{") && value.ends_with("}}");
        if is_address
            && !(attribute == "href"
                && (is_link || value.starts_with("tel:") || value.starts_with("mailto:")))
        {
            return Some(format!(
                "`{attribute}` may hold only a link field such as {{{{ links.NAME }}}}, tel: or mailto:"
            ));
        }
    }
    None
}

fn attributes(inside: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut rest = inside;
    std::iter::from_fn(move || {
        let equals = rest.find('=')?;
        let name = rest[..equals].trim_end().rsplit(char::is_whitespace).next().unwrap_or_default();
        let after = rest[equals + 1..].trim_start();
        let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''));
        let (value, left) = match quote {
            Some(quote) => after[1..].split_once(quote).unwrap_or((&after[1..], "")),
            None => after.split_once(char::is_whitespace).unwrap_or((after, "")),
        };
        rest = left;
        Some((name, value.trim()))
    })
}
