//! Which filters a template may use, checked on its text before Tera sees it.
//!
//! Tera brings some forty filters and cannot be built without them, so the
//! list is kept here. `safe`, which turns escaping off, may only follow a value
//! whose name says that it is finished HTML: `body` of a component, or `…_html`.

/// Every filter a template may name.
const ALLOWED: [&str; 18] = [
    "capitalize",
    "count",
    "default",
    "escape_html",
    "first",
    "join",
    "last",
    "length",
    "lower",
    "moment",
    "newlines_to_br",
    "round",
    "safe",
    "size",
    "str",
    "trim",
    "upper",
    "urlencode",
];

/// What is wrong with a filter, in words for whoever wrote the template.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Misuse {
    /// A filter that is not on the list.
    #[error("the filter `{0}` is not one of those a template may use: {list}", list = ALLOWED.join(", "))]
    Unknown(String),
    /// `safe` on a value that may hold anything.
    #[error("`safe` may only follow `body` or a name that ends in `_html`, not `{0}`")]
    Unsafe(String),
}

/// Looks at every tag of a template; answers with the line of the first misuse.
pub(super) fn check(text: &str) -> Result<(), (usize, Misuse)> {
    let mut rest = text;
    while let Some(start) = rest.find("{{").into_iter().chain(rest.find("{%")).min() {
        let closing = if rest[start..].starts_with("{{") { "}}" } else { "%}" };
        let tag = &rest[start + 2..];
        let end = tag.find(closing).unwrap_or(tag.len());
        let line = 1 + text[..text.len() - tag.len()].matches('\n').count();
        check_tag(&tag[..end]).map_err(|misuse| (line, misuse))?;
        rest = &tag[end..];
    }
    Ok(())
}

fn check_tag(tag: &str) -> Result<(), Misuse> {
    let spoken = without_strings(tag);
    let block = spoken.trim_start_matches('-').trim_start().strip_prefix("filter ");
    if let Some(name) = block.map(first_word) {
        return allow(name, "");
    }
    let mut parts = spoken.split('|');
    let mut before = parts.next().unwrap_or_default();
    for part in parts {
        allow(first_word(part.trim_start()), before.trim_end())?;
        before = part;
    }
    Ok(())
}

fn allow(filter: &str, before: &str) -> Result<(), Misuse> {
    if !ALLOWED.contains(&filter) {
        return Err(Misuse::Unknown(filter.to_owned()));
    }
    let value = before.rsplit(|letter: char| !is_name(letter)).next().unwrap_or_default();
    if filter == "safe" && value != "body" && !value.ends_with("_html") {
        return Err(Misuse::Unsafe(value.to_owned()));
    }
    Ok(())
}

/// The tag with the inside of its strings left out, so that a `|` in a sentence is not a filter.
fn without_strings(tag: &str) -> String {
    let mut open = None;
    let keep = |letter: &char| match open {
        Some(quote) if quote == *letter => {
            open = None;
            true
        }
        Some(_) => false,
        None => {
            open = Some(*letter).filter(|letter| matches!(letter, '"' | '\'' | '`'));
            true
        }
    };
    tag.chars().filter(keep).collect()
}

fn first_word(text: &str) -> &str {
    text.split(|letter: char| !is_name(letter)).next().unwrap_or_default()
}

fn is_name(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_on_the_list_passes_and_another_is_named_with_its_line() {
        assert_eq!(check("{{ name | upper | trim }} a | b {{ \"x | y\" ~ name }}"), Ok(()));
        assert_eq!(check("one\n{{ a | lower | get(key=\"b\") }}"), Err((2, Misuse::Unknown("get".into()))));
        assert_eq!(check("{% filter indent %}"), Err((1, Misuse::Unknown("indent".into()))));
        assert_eq!(check("{% if rows | reverse %}"), Err((1, Misuse::Unknown("reverse".into()))));
    }

    #[test]
    fn safe_follows_only_what_is_named_as_finished_html() {
        assert_eq!(check("{{ body | safe }}{{ page.text_html|safe }}"), Ok(()));
        assert_eq!(check("{{ page.name | safe }}"), Err((1, Misuse::Unsafe("name".into()))));
        assert_eq!(check("{{ page.text_html | upper | safe }}"), Err((1, Misuse::Unsafe("upper".into()))));
    }
}
