//! Every letter, drawn from its samples; and what a letter may not be.

use super::*;
use crate::Templates;

fn spoken() -> Templates {
    Templates::new().expect("the templates are sound")
}

/// The addresses a mail holds, without the schema names that MJML writes on `<html>`.
fn addresses(body: &str) -> Vec<String> {
    let ends = |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '<' | '>' | ')');
    let starts = body.match_indices("https://").chain(body.match_indices("http://"));
    let found = starts.map(|(at, _)| body[at..].split(ends).next().unwrap_or_default().replace("&amp;", "&"));
    let mut found: Vec<String> = found.filter(|url| !url.starts_with("http://www.w3.org/")).collect();
    found.sort();
    found.dedup();
    found
}

fn every_letter() -> Vec<(String, Letter, Rendered)> {
    let emails = Emails::starter().expect("the starter letters are sound");
    let templates = spoken();
    let names: Vec<String> = emails.list().map(|meta| meta.name.clone()).collect();
    let drawn = names.iter().flat_map(|name| {
        samples::all().map(|(kind, letter)| {
            let rendered = emails.letter(name, &letter, &templates).expect("a sample can be drawn");
            (format!("{name}-{kind}"), letter, rendered)
        })
    });
    drawn.collect()
}

#[test]
fn every_letter_looks_as_it_did() {
    for (name, _, mail) in every_letter() {
        let head = format!("From: {}\nSubject: {}\n\n", mail.from_name, mail.subject);
        insta::assert_snapshot!(format!("{name}.txt"), head + &mail.text);
        insta::assert_snapshot!(format!("{name}.html"), mail.html);
    }
}

#[test]
fn both_bodies_offer_the_same_links_and_no_stranger_is_among_them() {
    for (name, letter, mail) in every_letter() {
        let mut html = addresses(&mail.html);
        html.retain(|url| Some(url) != letter.pixel_url.as_ref());
        assert_eq!(html, addresses(&mail.text), "{name}");
        assert!(html.contains(&letter.stop_url) && html.contains(&letter.choices_url), "{name}");
        assert!(html.contains(&letter.yes_url) && html.contains(&letter.no_url), "{name}");
        assert!(
            html.iter().all(|url| url.starts_with("https://help.lakeshore.example/")),
            "{name}: {html:?}"
        );
    }
}

#[test]
fn without_consent_to_tracking_there_is_no_picture_and_no_counted_link() {
    for (name, letter, mail) in every_letter() {
        assert_eq!(mail.html.contains("<img"), letter.pixel_url.is_some(), "{name}");
        assert_eq!(mail.html.contains("/c/"), letter.pixel_url.is_some(), "{name}");
    }
}

#[test]
fn a_letter_is_small_safe_in_the_dark_and_loads_nothing() {
    for (name, _, mail) in every_letter() {
        assert!(mail.html.len() < 40_000, "{name}: {} bytes", mail.html.len());
        assert!(mail.html.contains(r#"<meta name="color-scheme" content="light dark" />"#), "{name}");
        for stranger in ["fonts.googleapis", "@import", "@font-face", "<script", "<link", "url("] {
            assert!(!mail.html.contains(stranger), "{name} holds {stranger}");
        }
        for token in ["qqmark", "{{", "{%", "[["] {
            assert!(!mail.html.contains(token) && !mail.text.contains(token), "{name} holds {token}");
        }
        let subject = mail.subject.chars().count();
        assert!((10..=50).contains(&subject), "{name}: a subject of {subject} letters");
        assert!(mail.text.lines().all(|line| line.len() <= 998), "{name}");
    }
}

#[test]
fn each_letter_has_one_button_who_writes_why_and_where_we_live() {
    for (name, letter, mail) in every_letter() {
        assert_eq!(mail.html.matches(r#"class="go""#).count(), 1, "{name}");
        for body in [&mail.text, &mail.html] {
            for words in [&letter.why_line, &letter.postal_address, &mail.from_name, &letter.search_url] {
                assert!(body.contains(words), "{name} lacks {words}");
            }
            let talk = body.contains("Rather talk?") && body.contains("555-0142");
            assert_eq!(talk, letter.phone.is_some(), "{name}: a person to talk to");
            for pick in letter.picks.iter().take(1) {
                assert!(body.contains(&pick.because), "{name} does not say why");
            }
        }
    }
}

#[test]
fn a_missing_name_leaves_no_hole() {
    for (name, _, mail) in every_letter().into_iter().filter(|(name, _, _)| name.ends_with("nameless")) {
        assert!(mail.text.contains("\nHello,\n"), "{name}");
        for hole in [" ,", " .", "  ", "None", "()"] {
            assert!(!mail.text.contains(hole), "{name} holds {hole:?}");
        }
    }
}

#[test]
fn names_and_titles_are_escaped_in_html_and_plain_in_text() {
    let emails = Emails::starter().unwrap();
    let mut letter = samples::untracked();
    letter.first_name = Some("<b onclick=\"x\">Ann</b>".to_owned());
    letter.picks[0].title = "Q&A <now>".to_owned();
    letter.company = Some("Evil\r\nBcc: everyone@example.org".to_owned());
    let mail = emails.letter("first-win", &letter, &spoken()).unwrap();
    assert!(mail.html.contains("&lt;b onclick=&quot;x&quot;&gt;Ann&lt;/b&gt;"));
    assert!(mail.html.contains("Q&amp;A &lt;now&gt;") && mail.text.contains("Q&A <now>"));
    assert!(!mail.subject.contains(['\r', '\n']), "{:?}", mail.subject);
}

#[test]
fn a_letter_is_never_half_filled() {
    let emails = Emails::starter().unwrap();
    let without_renewal = Letter { renewal: None, ..samples::full() };
    let refused = emails.letter("renewal-hello", &without_renewal, &spoken()).unwrap_err().to_string();
    assert!(refused.starts_with("the letter `renewal-hello` could not be filled in"), "{refused}");

    let homeless = Letter { postal_address: " ".to_owned(), ..samples::full() };
    let refused = emails.letter("welcome", &homeless, &spoken()).unwrap_err().to_string();
    assert_eq!(refused, "the letter `welcome` needs `postal_address`, and it is empty");

    let odd = Letter { stop_url: "javascript:alert(1)".to_owned(), ..samples::full() };
    assert!(matches!(
        emails.letter("welcome", &odd, &spoken()),
        Err(LetterError::NotAnAddress { field: "stop_url", .. })
    ));
    assert!(matches!(
        emails.letter("wellcome", &samples::full(), &spoken()),
        Err(LetterError::Unknown { .. })
    ));
}

/// The `welcome` letter with one file changed.
fn welcome_but(change: impl FnOnce(&mut Source)) -> Result<Compiled, Vec<String>> {
    let mut source = Source::starters().into_iter().find(|source| source.name == "welcome").unwrap();
    change(&mut source);
    Compiled::new(&source).map_err(|faults| faults.iter().map(ToString::to_string).collect())
}

fn faults(change: impl FnOnce(&mut Source)) -> String {
    welcome_but(change).map(|_| ()).unwrap_err().join("\n")
}

#[test]
fn an_unknown_field_is_refused_with_its_file_its_line_and_the_nearest_one() {
    assert_eq!(
        faults(|letter| letter.subject = "Hello {{ frist_name }}".to_owned()),
        "welcome/subject.txt line 1: there is no field `frist_name`; the nearest is `first_name`"
    );
    assert_eq!(
        faults(|letter| letter.mjml = letter.mjml.replace("at {{ company }}", "at {{ renewal.seat }}")),
        "welcome/body.mjml line 6: there is no field `renewal.seat`; the nearest is `renewal.seats`"
    );
    let found = faults(|letter| letter.meta = letter.meta.replace("Three short", "{{ vendr }}"));
    assert!(found.contains("the nearest is `vendor`"), "{found}");
    let found = faults(|letter| letter.text += "{{ pick.title }}");
    assert!(found.contains("`pick.title` has a meaning only between"), "{found}");
}

#[test]
fn a_letter_may_not_run_load_or_reach_for_anything() {
    for (words, said) in [
        ("<script>x</script>", "<script> is not for letters"),
        ("<mj-include path='/etc/passwd' />", "<mj-include> is not for letters"),
        ("<mj-image src='{{ button.url }}' />", "<mj-image> is not for letters"),
        ("<b onclick='x'>y</b>", "`onclick` runs something"),
        ("<p style='background:url(//x)'>y</p>", "loads something by its style"),
        ("<a href='/learn'>y</a>", "`href` may hold only a link field"),
        ("<a href='https://example.org'>y</a>", "put the address under [links]"),
        ("<!-- secret -->", "write notes as {# … #}"),
        ("<b>y", "</mj-text> closes <b>"),
        ("{{ get_env(name='HOME') }}", "there is no field"),
        ("{{ company | safe }}", "there is no filter `safe`"),
        ("{% for n in range(end=100000) %}{% endfor %}", "the only loop is"),
        ("{% include 'x' %}", "`include` is not for letters"),
        ("{{ company", "is never closed by `}}`"),
        ("2 < 3 {{ company }}", "write &lt; for the sign"),
    ] {
        let found = faults(|letter| {
            letter.mjml =
                format!("<mj-section><mj-column><mj-text>{words}</mj-text></mj-column></mj-section>");
        });
        assert!(found.contains(said), "{words}\n{found}");
    }
}

#[test]
fn a_letter_has_its_limits() {
    let found = faults(|letter| letter.text = "x".repeat(256 * 1024 + 1));
    assert!(found.contains("a letter's file holds at most 262144"), "{found}");
    let found = faults(|letter| letter.text = "{{ vendor }}".repeat(201));
    assert!(found.contains("at most 200 marks"), "{found}");
    let deep = format!("{}x{}", "<div>".repeat(3000), "</div>".repeat(3000));
    let found = faults(|letter| letter.mjml = deep);
    assert!(found.contains("more than 50 deep"), "{found}");
    let found = faults(|letter| letter.subject = "two\nlines".to_owned());
    assert!(found.contains("the subject must be one line"), "{found}");
}

#[test]
fn the_two_bodies_must_offer_the_same_links() {
    let found = faults(|letter| letter.text = letter.text.replace("[[ button ]]", ""));
    assert_eq!(
        found,
        "welcome/body.txt line 1: `{{ button.url }}` stands in body.mjml but not here; both bodies say the same"
    );
}

#[test]
fn a_letter_s_own_links_are_plain_unless_counted_ones_are_handed_in() {
    let letter = welcome_but(|letter| {
        letter.meta += "\n[links]\nguide = \"https://lakeshore.example/guide?a=1&b=2\"\n";
        letter.mjml = letter
            .mjml
            .replace("<p><b>Start", "<p><a href=\"{{ links.guide }}\">The guide</a></p><p><b>Start");
        letter.text += "\nThe guide: {{ links.guide }}\n";
    })
    .unwrap();
    let plain = letter.draw(&samples::untracked(), &spoken()).unwrap();
    assert!(plain.html.contains("href=\"https://lakeshore.example/guide?a=1&amp;b=2\""));
    assert!(plain.text.contains("The guide: https://lakeshore.example/guide?a=1&b=2\n"));

    let mut reader = samples::full();
    reader.links.insert("guide".to_owned(), "https://help.lakeshore.example/c/guide".to_owned());
    let counted = letter.draw(&reader, &spoken()).unwrap();
    assert!(counted.html.contains("/c/guide") && !counted.html.contains("lakeshore.example/guide"));
}

#[test]
fn email_toml_is_refused_by_line() {
    for (from, to, said) in [
        ("purpose = \"training\"", "purpose = \"fun\"", "line 14: there is no purpose called `fun`"),
        (
            "purpose = \"training\"",
            "purpose = \"tracking\"",
            "line 14: `tracking` is not something to write about",
        ),
        ("picks = 3", "picks = 3\nreply_to = \"dana\"", "line 33: \"dana\" is not an e-mail address"),
        ("picks = 3", "picks = 3\nlanguage = \"<b>\"", "line 33: `<b>` is no language tag"),
        ("picks = 3", "picks = 9", "line 32: a letter shows at most 6 picks, not 9"),
        ("leads_to = \"first-pick\"", "leads_to = \"//evil\"", "line 37: `//evil` leads nowhere"),
        ("picks = 3", "pics = 3", "line 32: unknown field `pics`"),
        ("name = \"welcome\"", "name = \"hello\"", "line 1: the letter calls itself `hello`"),
    ] {
        let found = faults(|letter| letter.meta = letter.meta.replacen(from, to, 1));
        assert!(found.contains(said), "{found}");
    }
}

#[test]
fn a_letter_says_the_language_it_is_written_in() {
    let spanish = |letter: &mut Source| {
        letter.meta = letter.meta.replacen("picks = 3", "picks = 3\nlanguage = \"es\"", 1);
    };
    let drawn = welcome_but(spanish).unwrap().draw(&samples::full(), &spoken()).unwrap();
    assert!(
        drawn.html.starts_with("<!doctype html><html lang=\"es\"") && !drawn.html.contains("lang=\"en\"")
    );
}

/// The words of a body that no file of words disguised.
fn undisguised(body: &str) -> Vec<&str> {
    let own = |word: &&str| {
        word.is_ascii()
            && word.chars().any(|c| c.is_ascii_alphabetic())
            && !word.contains("://")
            && !word.starts_with('&')
    };
    body.split_whitespace().filter(own).collect()
}

/// What is seen of a page: the text between its tags.
fn seen(html: &str) -> String {
    let body = html.split("<body").nth(1).expect("it has a body");
    let texts = body.split('<').filter_map(|part| part.split_once('>'));
    texts.map(|(_, text)| text).collect::<Vec<_>>().join(" ")
}

#[test]
fn what_the_frame_of_a_letter_says_comes_from_the_files_of_words() {
    let letter = welcome_but(|letter| {
        letter.subject = "Ý".to_owned();
        letter.text = "{{ greeting }}\n[[ picks ]]\n[[ button ]]\n".to_owned();
        letter.mjml = "<mj-section><mj-column><mj-text>{{ greeting }}</mj-text>[[ picks ]]\
                       [[ button ]]</mj-column></mj-section>"
            .to_owned();
        for line in [
            "Three short things that pay off this week, picked for you.",
            "Was this a good start?",
            "Start the first one",
        ] {
            letter.meta = letter.meta.replace(line, "Ý");
        }
    })
    .unwrap();
    let strange = || "Ý".to_owned();
    let pick = |pick: PickLine| PickLine { title: strange(), summary: strange(), because: strange(), ..pick };
    let full = samples::full();
    let reader = Letter {
        from_name: Some(strange()),
        first_name: Some(strange()),
        vendor: strange(),
        why_line: strange(),
        postal_address: strange(),
        picks: full.picks.into_iter().map(pick).collect(),
        ..samples::full()
    };
    let mail = letter.draw(&reader, &Templates::disguised().unwrap()).unwrap();
    for body in [&seen(&mail.html), &mail.text] {
        assert_eq!(undisguised(body), Vec::<&str>::new(), "{body}");
    }
    let english = letter.draw(&reader, &spoken()).unwrap();
    assert!(!undisguised(&english.text).is_empty() && !undisguised(&seen(&english.html)).is_empty());
}

#[test]
fn a_letter_is_read_from_a_folder_as_it_was_shipped() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("emails/welcome");
    let read = Source::from_folder(&folder).unwrap();
    assert_eq!(Source::starters().into_iter().find(|source| source.name == "welcome"), Some(read));
    let all = folder.parent().expect("it lies in emails");
    assert_eq!(Source::all_in(all).unwrap(), Source::starters());
    assert_eq!(Source::all_in(&folder).unwrap().len(), 1);
    let missing = Source::from_folder(&folder.join("nothing")).unwrap_err();
    assert!(missing.to_string().contains("email.toml"), "{missing}");
}

#[test]
fn a_mark_that_the_layout_would_lose_is_found() {
    let found = faults(|letter| {
        letter.mjml = letter.mjml.replacen("<mj-text>", "<mj-text tone=\"{{ company }}\">", 1);
    });
    assert!(found.contains("`{{ company }}` stands where the letter's layout loses or moves it"), "{found}");
}
