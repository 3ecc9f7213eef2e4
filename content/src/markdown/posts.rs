//! Markdown of people we do not know: short, without pictures and headings, and no link of theirs is vouched for.

use std::{collections::HashSet, sync::LazyLock};

use pulldown_cmark::{Event, Tag, TagEnd};

use super::{MarkdownError, events};

/// The longest post, in letters.
pub const LONGEST_POST: usize = 5_000;

/// Draws a post as clean HTML. A heading becomes a line that stands out, a picture the words that describe it, and
/// every end of a line stays one.
pub fn post_to_html(markdown: &str) -> Result<String, MarkdownError> {
    if markdown.chars().count() > LONGEST_POST {
        return Err(MarkdownError::PostTooLong);
    }
    let plain = events(markdown)?.into_iter().flat_map(|(event, _)| match event {
        Event::Start(Tag::Heading { .. }) => vec![Event::Start(Tag::Paragraph), Event::Start(Tag::Strong)],
        Event::End(TagEnd::Heading(_)) => vec![Event::End(TagEnd::Strong), Event::End(TagEnd::Paragraph)],
        Event::Start(Tag::Image { .. }) | Event::End(TagEnd::Image) => Vec::new(),
        Event::Html(text) | Event::InlineHtml(text) => vec![Event::Text(text)],
        Event::SoftBreak => vec![Event::HardBreak],
        other => vec![other],
    });
    let mut html = String::with_capacity(markdown.len() * 3 / 2);
    pulldown_cmark::html::push_html(&mut html, plain);
    Ok(CLEANER.clean(&html).to_string())
}

static CLEANER: LazyLock<ammonia::Builder<'static>> = LazyLock::new(|| {
    let tags = [
        "p",
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
    ];
    let mut cleaner = ammonia::Builder::default();
    cleaner
        .tags(HashSet::from(tags))
        .tag_attributes([("a", HashSet::from(["href"]))].into())
        .generic_attributes(HashSet::new())
        .url_schemes(HashSet::from(["https", "http", "mailto", "tel"]))
        .link_rel(Some("nofollow ugc noopener noreferrer"));
    cleaner
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_post_runs_loads_or_is_vouched_for() {
        let cases = [
            "<script>alert(1)</script>",
            "<img src=x onerror=alert(1)>",
            "[a](javascript:alert(1))",
            "[a](JaVaScRiPt:alert(1))",
            "[a](data:text/html,<script>alert(1)</script>)",
            "![a](https://example.com/a.png)",
            "<svg onload=alert(1)>",
            "<a href=\"https://example.com\" onclick=\"x()\">a</a>",
            "<style>body{display:none}</style>",
            "<iframe src=\"https://example.com\"></iframe>",
            "[a]: javascript:alert(1)\n\n[a]",
            "```html\n<script>alert(1)</script>\n```",
        ];
        for case in cases {
            let html = post_to_html(case).unwrap();
            for bad in ["<script", "<img", "<svg", "<style", "<iframe", "href=\"javascript", "href=\"data"] {
                assert!(!html.to_lowercase().contains(bad), "{case}: {html}");
            }
        }
        let html = post_to_html("[a](https://example.com)").unwrap();
        assert!(html.contains("rel=\"nofollow ugc noopener noreferrer\""), "{html}");
    }

    #[test]
    fn a_heading_stands_out_a_picture_is_its_words_and_lines_stay() {
        assert_eq!(
            post_to_html("# One\n\ntwo\nthree").unwrap(),
            "<p><strong>One</strong></p>\n<p>two<br>\nthree</p>\n"
        );
        assert_eq!(post_to_html("![the box](https://example.com/a.png)").unwrap(), "<p>the box</p>\n");
    }

    #[test]
    fn long_and_deep_posts_are_refused() {
        assert_eq!(post_to_html(&"ä".repeat(LONGEST_POST + 1)), Err(MarkdownError::PostTooLong));
        assert!(post_to_html(&"ä".repeat(LONGEST_POST)).is_ok());
        assert_eq!(post_to_html(&"> ".repeat(1_000)), Err(MarkdownError::TooDeep));
    }

    proptest::proptest! {
        #[test]
        fn no_post_becomes_anything_but_text_and_links(text in "[\\PC\n<>#\"'`*_\\[\\]()!:/&= -]{0,200}") {
            if let Ok(html) = post_to_html(&text) {
                let tags = html.split('<').skip(1).map(|rest| {
                    rest.trim_start_matches('/').split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default()
                });
                for tag in tags {
                    let known = ["p", "ul", "ol", "li", "a", "em", "strong", "code", "pre", "blockquote", "table",
                        "thead", "tbody", "tr", "th", "td", "hr", "br"];
                    proptest::prop_assert!(known.contains(&tag), "{tag}: {html}");
                }
                proptest::prop_assert!(!html.contains("href=\"javascript"), "{html}");
            }
        }
    }
}
