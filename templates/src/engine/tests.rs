//! The promises of the engine, each against a template written for the test.

use std::cell::RefCell;
use std::collections::BTreeSet;

use super::*;
use crate::{Theme, center, samples};

thread_local! {
    /// The templates this thread has drawn by name.
    static DRAWN: RefCell<BTreeSet<String>> = const { RefCell::new(BTreeSet::new()) };
}

/// Called by the engine at each drawing, in tests only.
pub(super) fn note(template: &str) {
    DRAWN.with_borrow_mut(|drawn| drawn.insert(template.to_owned()));
}

fn draw(name: &str, text: &str) -> Result<String, tera::Error> {
    let mut tera = bare();
    tera.autoescape_on([""]);
    tera.add_raw_template(name, text)?;
    let mut context = Context::new();
    context.insert("name", "<b>Ann & Co</b>");
    tera.render(name, &context)
}

#[test]
fn a_value_is_escaped_whatever_the_file_is_called() {
    for name in ["page.html", "page.htm", "odd", "chart.svg"] {
        assert_eq!(draw(name, "{{ name }}").unwrap(), "&lt;b&gt;Ann &amp; Co&lt;/b&gt;", "{name}");
    }
}

#[test]
fn a_name_that_nobody_filled_is_an_error() {
    assert!(draw("page.html", "{{ nme }}").is_err());
    assert!(draw("page.html", "{{ name.first }}").is_err());
}

#[test]
fn a_filter_or_function_that_does_not_exist_is_an_error_at_the_start() {
    assert!(draw("page.html", "{{ name | env }}").is_err());
    assert!(draw("page.html", "{{ get_env(name=\"HOME\") }}").is_err());
}

#[test]
fn an_asset_has_an_address_that_changes_with_its_bytes() {
    let found = asset("rapport.css").unwrap();
    assert_eq!(found.mime, "text/css");
    assert_eq!(found.version.len(), 12);
    assert!(draw("page.html", "{{ asset(name=\"rapport.css\") }}").unwrap().ends_with(&found.version));
    assert!(draw("page.html", "{{ asset(name=\"other.css\") }}").is_err());
    assert!(asset("../Cargo.toml").is_none());
}

#[test]
fn every_template_is_drawn_by_some_sample() {
    let templates = Templates::new().unwrap();
    for sample in samples::pages() {
        (sample.draw)(&templates, Theme::System).unwrap();
    }
    center::samples::draw_all(&templates, Theme::System).unwrap();
    let texts = sources().unwrap();
    let mut reached = DRAWN.take();
    // A drawn template brings those it extends, includes or takes a piece from.
    loop {
        let leans: Vec<_> = texts
            .iter()
            .filter(|(name, _)| reached.contains(name))
            .flat_map(|(_, text)| leans_on(text, &texts))
            .filter(|name| !reached.contains(name))
            .collect();
        if leans.is_empty() {
            break;
        }
        reached.extend(leans);
    }
    let never: Vec<_> = texts.iter().map(|(name, _)| name).filter(|name| !reached.contains(*name)).collect();
    assert!(never.is_empty(), "no sample draws these: {never:?}");
}

/// The files behind a template's `extends`, `include` and components.
fn leans_on(text: &str, all: &[(String, String)]) -> Vec<String> {
    let after = |start: &str, end: fn(char) -> bool| -> Vec<String> {
        text.split(start).skip(1).filter_map(|rest| rest.split(end).next()).map(str::to_owned).collect()
    };
    let mut files = after("{% extends \"", |letter| letter == '"');
    files.extend(after("{% include \"", |letter| letter == '"'));
    let named = |letter: char| !(letter.is_alphanumeric() || letter == '_');
    let pieces = [after("{{ <", named), after("{% <", named)].concat();
    let home = |piece: &String| {
        all.iter()
            .find(|(_, text)| text.contains(&format!("{{% component {piece}(")))
            .map(|(name, _)| name.clone())
    };
    files.extend(pieces.iter().filter_map(home));
    files
}

#[test]
fn a_printed_report_has_a_margin_on_paper_of_any_size() {
    let css = String::from_utf8(asset("report.css").unwrap().bytes.to_vec()).unwrap();
    let page = css.split_once("@page{").expect("the report says how it lies on a page").1;
    let page = page.split_once('}').unwrap().0;
    assert!(!page.contains("size"), "A4 here, Letter there: {page}");
    let margins: Vec<f64> = page
        .trim_start_matches("margin:")
        .split(' ')
        .map(|margin| margin.strip_suffix("mm").and_then(|margin| margin.parse().ok()).expect(page))
        .collect();
    assert!(!margins.is_empty() && margins.iter().all(|margin| (10.0..=25.0).contains(margin)), "{page}");
}
