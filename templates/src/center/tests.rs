//! Every page of the center, drawn from its samples.

use super::samples::{draw_all, frame, home, home_signed_out, library_question};
use super::*;
use crate::{Brand, BrandColor, Templates, Theme};

fn every_page() -> Vec<(&'static str, String)> {
    let templates = Templates::new().expect("the templates of the house are sound");
    draw_all(&templates, Theme::System).expect("a sample can be drawn")
}

/// The page with the versions of its stylesheets left out: they change with every touch of the look.
fn without_versions(html: &str) -> String {
    let mut parts = html.split("?v=");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |page, part| page + part.trim_start_matches(|c: char| c.is_ascii_hexdigit()))
}

/// The values of one attribute, in order.
fn values<'a>(html: &'a str, attribute: &str) -> Vec<&'a str> {
    let start = format!(" {attribute}=\"");
    let after = html.split(start.as_str()).skip(1);
    after.map(|rest| rest.split('"').next().unwrap_or_default()).collect()
}

#[test]
fn every_page_looks_as_it_did() {
    for (name, html) in every_page() {
        insta::assert_snapshot!(name, without_versions(&html));
    }
}

#[test]
fn no_page_styles_by_attribute_runs_a_script_of_its_own_or_leaves_the_site() {
    for (name, html) in every_page() {
        assert!(!html.contains(" style=") && !html.contains("javascript:"), "{name}");
        for script in html.split("<script").skip(1) {
            let file = script.starts_with(" src=\"/assets/")
                && script.contains(" nonce=\"bm9uY2U\" defer></script>");
            assert!(file, "{name}: a script stands in a file of its own");
        }
        for attribute in ["href", "src", "action", "poster", "srcset"] {
            for address in values(&html, attribute) {
                let stays = (address.starts_with('/') && !address.starts_with("//"))
                    || address.starts_with('#')
                    || address.starts_with("tel:");
                assert!(stays, "{name}: {attribute} {address}");
            }
        }
        assert!(!html.contains("http://") && !html.contains("https://"), "{name}");
    }
}

#[test]
fn every_place_on_the_page_that_a_link_names_exists_and_no_name_stands_twice() {
    for (name, html) in every_page() {
        let ids = values(&html, "id");
        let mut once = ids.clone();
        once.sort_unstable();
        once.dedup();
        assert_eq!(once.len(), ids.len(), "{name}: {ids:?}");
        let named = values(&html, "href").into_iter().filter_map(|href| href.strip_prefix('#'));
        let labels = values(&html, "aria-labelledby").into_iter().flat_map(str::split_whitespace);
        let named = named.chain(values(&html, "for")).chain(labels);
        for id in named {
            assert!(ids.contains(&id), "{name}: nothing is called {id}");
        }
    }
}

#[test]
fn each_page_has_one_heading_at_most_one_filled_button_and_a_modest_size() {
    for (name, html) in every_page() {
        assert_eq!(html.matches("<h1").count(), 1, "{name}");
        let filled = html.matches("btn pri").count() - html.matches("class=\"search\" role").count();
        assert!(filled <= 1, "{name}: {filled} filled buttons");
        assert!(html.len() < 40_000, "{name}: {} bytes", html.len());
    }
}

#[test]
fn opening_a_page_from_a_letter_changes_nothing_and_its_button_posts() {
    for (name, html) in every_page() {
        let forms = html.split("<form ").skip(1).map(|form| form.split('>').next().unwrap_or_default());
        for form in forms {
            let asks = ["method=\"post\"", "method=\"get\"", "role=\"search\""];
            assert!(asks.iter().any(|one| form.contains(one)), "{name}: {form}");
        }
        if ["stop", "choices", "sign-in", "sign-in-code", "answer-no", "join", "join-confirm"].contains(&name)
        {
            assert!(html.contains("method=\"post\"") && html.contains("<button"), "{name}");
        }
    }
}

#[test]
fn a_phone_number_stands_on_every_page_that_was_given_one() {
    for (name, html) in every_page().into_iter().filter(|(name, _)| *name != "home-bare") {
        assert!(html.contains("href=\"tel:555-0142\""), "{name}");
    }
}

#[test]
fn a_visitor_sees_no_name_and_nothing_told_in_confidence() {
    let templates = Templates::new().unwrap();
    let html = templates.center_home(&frame(Theme::System, None), &home_signed_out()).unwrap();
    for secret in ["Maria", "What you told us", "Sign out", "E-mail choices"] {
        assert!(!html.contains(secret), "{secret}");
    }
    assert!(html.contains("Join, and this page fits you") && html.contains("Join in 40 seconds"));
}

#[test]
fn a_block_without_data_is_not_drawn() {
    let templates = Templates::new().unwrap();
    let page = HomePage { search_action: None, fixes: Vec::new(), exchange: None, ..home() };
    let html = templates.center_home(&frame(Theme::System, None), &page).unwrap();
    for block in ["role=\"search\"", "Fix it fast", "What you told us"] {
        assert!(!html.contains(block), "{block}");
    }
}

#[test]
fn words_are_escaped_and_a_body_is_drawn_as_it_was_handed_in() {
    let templates = Templates::new().unwrap();
    let page = LibraryQuestionPage {
        title: "<b>&\"".to_owned(),
        body_html: "<p>one</p>".to_owned(),
        ..library_question()
    };
    let html = templates.center_library_question(&frame(Theme::System, Some("<i>Ann</i>")), &page).unwrap();
    assert!(html.contains("&lt;b&gt;&amp;&quot;") && !html.contains("<i>Ann"));
    assert!(html.contains("<div class=\"prose\"><p>one</p></div>"));
}

#[test]
fn an_item_in_another_language_than_its_page_says_so() {
    let templates = Templates::new().unwrap();
    let drawn = |language: &str| {
        let page = LibraryQuestionPage { language: language.to_owned(), ..library_question() };
        templates.center_library_question(&frame(Theme::System, None), &page).unwrap()
    };
    assert!(drawn("es").contains("question-page\" lang=\"es\">"));
    assert!(drawn("en").contains("question-page\">"));
}

#[test]
fn an_author_is_never_called_independent_who_was_paid() {
    let templates = Templates::new().unwrap();
    let draw = |independent, paid| {
        let author = Author { name: "Ann".to_owned(), kind: AuthorKind::Expert, independent, paid };
        templates
            .center_library_question(
                &frame(Theme::System, None),
                &LibraryQuestionPage { author, ..library_question() },
            )
            .unwrap()
    };
    assert!(draw(true, false).contains("Independent, and not paid by Lakeshore."));
    assert!(!draw(true, true).contains("Independent") && draw(true, true).contains("Paid by Lakeshore."));
    assert!(!draw(false, false).contains("Independent"));
}

#[test]
fn a_form_that_was_refused_says_so_first_beside_the_field_and_in_the_title_and_keeps_what_was_typed() {
    let (_, html) = every_page().into_iter().find(|(name, _)| *name == "join-refused").unwrap();
    assert!(html.contains("<title>Error: Join"), "{html}");
    let (summary, form) = html.split_once("<form").unwrap();
    for field in ["email", "first_name", "number", "yes"] {
        assert!(
            summary.contains(&format!("href=\"#{field}\""))
                && form.contains(&format!("id=\"{field}-problem\""))
        );
        assert!(form.contains(&format!("id=\"{field}\"")), "{field}");
    }
    assert!(summary.contains("tabindex=\"-1\" autofocus"));
    assert!(form.contains("value=\"maria@&lt;mail&gt;.example\"") && form.contains("value=\"A-17\""));
    assert!(
        !form.contains("value=\"1\" required checked")
            && form.contains("name=\"tracking\" value=\"1\" checked")
    );
}

#[test]
fn every_page_searches_where_there_is_a_search_and_none_has_two_forms_for_it() {
    let templates = Templates::new().unwrap();
    let mut page = library_question();
    page.around.search_action = None;
    let forms = |html: &str| html.matches("role=\"search\"").count();
    let anybody = frame(Theme::System, None);
    assert_eq!(forms(&templates.center_library_question(&anybody, &page).unwrap()), 0);
    page.around.search_action = Some("/search".to_owned());
    assert_eq!(forms(&templates.center_library_question(&anybody, &page).unwrap()), 1);
    assert_eq!(forms(&templates.center_home(&anybody, &home()).unwrap()), 1);
}

#[test]
fn a_vendor_has_its_own_colour_and_mark_on_every_page_and_nobody_elses() {
    let templates = Templates::new().unwrap();
    let mut own = frame(Theme::Dark, None);
    let color: BrandColor = "#8A1538".parse().unwrap();
    own.brand = Brand { styles: Some(color.styles()), mark: Some("/mark?v=1".to_owned()), ..own.brand };
    let html = templates.center_home(&own, &home()).unwrap();
    assert!(html.contains(&format!("<style nonce=\"{}\">:root{{--brand:#8A1538;", own.nonce)), "{html}");
    assert!(
        html.contains("<link rel=\"icon\" href=\"/mark?v=1\">")
            && html.contains("<img src=\"/mark?v=1\" alt=\"\"")
    );
    assert!(!html.contains("class=\"mark-a\"") && html.contains("data-theme=\"dark\""));
    assert!(
        html.contains("value=\"dark\" aria-pressed=\"true\"")
            && html.contains("value=\"light\" aria-pressed=\"false\"")
    );
}
