//! Markdown to what a page may hold, within bounds.
//!
//! Authors write Markdown; pages take HTML. Between them stand two filters: HTML
//! inside the Markdown is shown as text and never obeyed, and what the writer
//! of the HTML made is cleaned once more. Pictures come from our own address
//! only: no page asks a stranger for anything.

use std::{borrow::Cow, collections::HashSet, sync::LazyLock};

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

mod posts;

pub use posts::{LONGEST_POST, post_to_html};

/// The longest text we draw.
pub const LONGEST: usize = 200_000;
/// The deepest nesting of quotes, lists and tables we draw.
pub const DEEPEST: usize = 24;

/// Why a text is not drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MarkdownError {
    /// The text is longer than [`LONGEST`].
    #[error("the text is over 200,000 bytes long")]
    TooLong,
    /// A post is longer than [`LONGEST_POST`].
    #[error("the post is over 5,000 letters long")]
    PostTooLong,
    /// Something is nested deeper than [`DEEPEST`].
    #[error("quotes or lists are nested more than 24 deep")]
    TooDeep,
}

/// Draws Markdown as clean HTML whose highest heading is an `h2`: the page keeps the one `h1`.
pub fn to_html(markdown: &str) -> Result<String, MarkdownError> {
    let events = events(markdown)?;
    let deeper = events
        .iter()
        .any(|(event, _)| matches!(event, Event::Start(Tag::Heading { level: HeadingLevel::H1, .. })));
    let demoted = events.into_iter().map(|(event, _)| match event {
        Event::Start(Tag::Heading { level, id, classes, attrs }) => {
            Event::Start(Tag::Heading { level: demote(level, deeper), id, classes, attrs })
        }
        Event::End(TagEnd::Heading(level)) => Event::End(TagEnd::Heading(demote(level, deeper))),
        Event::Html(text) | Event::InlineHtml(text) => Event::Text(text),
        other => other,
    });
    let mut html = String::with_capacity(markdown.len() * 3 / 2);
    pulldown_cmark::html::push_html(&mut html, demoted);
    Ok(CLEANER.clean(&html).to_string())
}

/// A link or picture in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Where it leads.
    pub target: String,
    /// The line of the text it stands on, counted from 1.
    pub line: usize,
}

/// Every link and picture of a text, in order.
pub fn links(markdown: &str) -> Result<Vec<Link>, MarkdownError> {
    let found = events(markdown)?.into_iter().filter_map(|(event, at)| match event {
        Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
            Some(Link { target: dest_url.into_string(), line: 1 + markdown[..at].matches('\n').count() })
        }
        _ => None,
    });
    Ok(found.collect())
}

/// The running text, one paragraph or list entry each, without headings, tables and code.
pub fn paragraphs(markdown: &str) -> Result<Vec<String>, MarkdownError> {
    let (mut paragraphs, mut now, mut aside) = (Vec::new(), String::new(), 0_usize);
    for (event, _) in events(markdown)? {
        match event {
            Event::Start(Tag::Heading { .. } | Tag::CodeBlock(_) | Tag::Table(_)) => aside += 1,
            Event::End(TagEnd::Heading(_) | TagEnd::CodeBlock | TagEnd::Table) => aside -= 1,
            Event::End(TagEnd::Paragraph | TagEnd::Item) | Event::Start(Tag::Item | Tag::List(_)) => {
                paragraphs.push(std::mem::take(&mut now));
            }
            Event::Text(text) | Event::Code(text) if aside == 0 => now.push_str(&text),
            Event::SoftBreak | Event::HardBreak => now.push(' '),
            _ => {}
        }
    }
    paragraphs.push(now);
    Ok(paragraphs.into_iter().map(|text| text.trim().to_owned()).filter(|text| !text.is_empty()).collect())
}

fn events(markdown: &str) -> Result<Vec<(Event<'_>, usize)>, MarkdownError> {
    if markdown.len() > LONGEST {
        return Err(MarkdownError::TooLong);
    }
    let mut depth = 0_usize;
    let mut events = Vec::new();
    for (event, range) in Parser::new_ext(markdown, Options::ENABLE_TABLES).into_offset_iter() {
        match &event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth -= 1,
            _ => {}
        }
        if depth > DEEPEST {
            return Err(MarkdownError::TooDeep);
        }
        events.push((event, range.start));
    }
    Ok(events)
}

fn demote(level: HeadingLevel, deeper: bool) -> HeadingLevel {
    let level = level as usize + usize::from(deeper);
    HeadingLevel::try_from(level.min(6)).expect("2 to 6 are heading levels")
}

static CLEANER: LazyLock<ammonia::Builder<'static>> = LazyLock::new(|| {
    let tags = [
        "p",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "ul",
        "ol",
        "li",
        "a",
        "em",
        "strong",
        "code",
        "pre",
        "blockquote",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "hr",
        "br",
        "img",
    ];
    let mut cleaner = ammonia::Builder::default();
    cleaner
        .tags(HashSet::from(tags))
        .url_schemes(HashSet::from(["https", "http", "mailto", "tel"]))
        .attribute_filter(|tag, attribute, value| {
            let ours = value.starts_with('/') && !value.starts_with("//") && !value.contains('\\');
            match (tag, attribute) {
                ("img", "src") if !ours => None,
                _ => Some(Cow::Borrowed(value)),
            }
        });
    cleaner
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_keeps_its_one_h1() {
        assert_eq!(to_html("# A\n\n## B").unwrap(), "<h2>A</h2>\n<h3>B</h3>\n");
        assert_eq!(to_html("## A\n\n### B").unwrap(), "<h2>A</h2>\n<h3>B</h3>\n");
        assert!(!to_html("<h1>A</h1>").unwrap().contains("<h1"));
    }

    #[test]
    fn html_in_a_text_is_shown_and_never_obeyed() {
        let html = to_html("Hi <b onclick=\"x()\">you</b>\n\n<script>alert(1)</script>").unwrap();
        assert!(!html.contains("<b") && !html.contains("<script"), "{html}");
        assert!(html.contains("&lt;script&gt;"), "{html}");
    }

    #[test]
    fn a_link_that_runs_something_leads_nowhere() {
        let html = to_html("[a](javascript:alert(1)) [b](/fix/wifi) [c](https://example.com)").unwrap();
        assert!(!html.contains("javascript"), "{html}");
        assert!(
            html.contains("href=\"/fix/wifi\"") && html.contains("href=\"https://example.com\""),
            "{html}"
        );
    }

    #[test]
    fn pictures_come_from_our_own_address_only() {
        let html =
            to_html("![a](https://example.com/a.png) ![b](//example.com/b.png) ![c](/a/c.png)").unwrap();
        assert!(!html.contains("example.com"), "{html}");
        assert!(html.contains("src=\"/a/c.png\""), "{html}");
    }

    #[test]
    fn long_and_deep_texts_are_refused() {
        assert_eq!(to_html(&"a".repeat(LONGEST + 1)), Err(MarkdownError::TooLong));
        assert_eq!(to_html(&"> ".repeat(1_000)), Err(MarkdownError::TooDeep));
        assert_eq!(to_html(&format!("{}a", "- ".repeat(30))), Err(MarkdownError::TooDeep));
    }

    #[test]
    fn links_know_their_line() {
        let found = links("one\n\ntwo [x](/learn/a)\n\n[y]: /read/b\n\n[y]\n").unwrap();
        let found: Vec<_> = found.iter().map(|link| (link.target.as_str(), link.line)).collect();
        assert_eq!(found, [("/learn/a", 3), ("/read/b", 7)]);
    }

    #[test]
    fn running_text_leaves_headings_tables_and_code_out() {
        let text =
            "# Head\n\nOne *two*.\nThree.\n\n- four\n- five\n\n```\ncode\n```\n\n| a |\n| - |\n| b |\n";
        assert_eq!(paragraphs(text).unwrap(), ["One two. Three.", "four", "five"]);
    }

    proptest::proptest! {
        #[test]
        fn no_text_becomes_a_script_or_a_second_h1(text in "[\\PC\n<>#\"'`*_\\[\\]()!:/& -]{0,200}") {
            if let Ok(html) = to_html(&text) {
                // What is shown as text is escaped, so that a bare "<" is always a tag of ours.
                for bad in ["<script", "<h1", "<iframe", "<style"] {
                    proptest::prop_assert!(!html.contains(bad), "{html}");
                }
                proptest::prop_assert!(!html.contains("href=\"javascript"), "{html}");
            }
            proptest::prop_assert!(links(&text).is_ok() == paragraphs(&text).is_ok());
        }
    }
}
