//! The promises of the engine, each against a template written for the test.

use super::*;

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
    for name in ["page.html", "letter.mjml", "odd", "chart.svg"] {
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
