use super::*;
use crate::starter::Library;

fn library() -> SearchIndex {
    let library = Library::embedded();
    let index = SearchIndex::new(&library.words).unwrap();
    index.follow(library.catalogue.iter().map(Document::from)).unwrap();
    index
}

fn document(path: &str, title: &str, body: &str) -> Document {
    Document {
        kind: SearchKind::Fix,
        path: path.to_owned(),
        title: title.to_owned(),
        summary: String::new(),
        body: body.to_owned(),
        words: Vec::new(),
        symptom: None,
        language: "en".to_owned(),
        minutes: None,
    }
}

fn index(documents: impl IntoIterator<Item = Document>) -> SearchIndex {
    let index = SearchIndex::new(&Words::default()).unwrap();
    index.follow(documents).unwrap();
    index
}

fn asked(text: &str) -> Asked {
    Asked { text: text.to_owned(), language: "en".to_owned(), ..Asked::default() }
}

fn paths(found: &Found) -> Vec<&str> {
    found.hits.iter().map(|hit| hit.path.as_str()).collect()
}

fn text(pieces: &[Piece]) -> String {
    pieces
        .iter()
        .map(|piece| if piece.marked { format!("[{}]", piece.text) } else { piece.text.clone() })
        .collect()
}

#[test]
fn people_find_in_their_words_what_we_say_in_ours() {
    let index = library();
    let cases = [
        ("voicemail", "/fix/calls-go-straight-to-voicemail"),
        ("my phone doesn't ring", "/fix/calls-go-straight-to-voicemail"),
        ("wifi slow", "/fix/wifi-is-slow-or-keeps-dropping"),
        ("why is my internet down?", "/fix/no-internet-at-all"),
        ("junk mail", "/fix/our-email-lands-in-junk"),
        ("double booked", "/fix/two-people-booked-the-same-time"),
        ("robocalls", "/fix/too-many-spam-calls"),
        ("card reader does not connect", "/fix/card-machine-will-not-connect"),
    ];
    for (words, path) in cases {
        let found = index.find(&asked(words)).unwrap();
        let first: Vec<_> = paths(&found).into_iter().take(3).collect();
        assert!(first.contains(&path), "{words}: {path} is not among {first:?}");
    }
}

#[test]
fn every_item_is_found_first_by_its_title() {
    let index = library();
    for item in Library::embedded().catalogue.iter() {
        let found = index.find(&asked(&item.title)).unwrap();
        let first: Vec<_> = paths(&found).into_iter().take(2).collect();
        assert!(first.contains(&item.path().as_str()), "{}: {first:?}", item.title);
    }
}

#[test]
fn any_form_of_a_word_finds_every_other() {
    let index = index([document("/fix/a", "Callers hear nothing", "")]);
    for form in ["caller", "CALLERS", "hearing nothing", "hears"] {
        assert_eq!(index.find(&asked(form)).unwrap().total, 1, "{form}");
    }
}

#[test]
fn a_title_counts_more_than_words_and_these_more_than_the_text() {
    let other = |path: &str| document(path, "Something else", "");
    let words = Document { words: vec!["router".to_owned()], ..other("/fix/words") };
    let summary = Document { summary: "About a router".to_owned(), ..other("/fix/summary") };
    let body = Document { body: "There is a router.".to_owned(), ..other("/fix/body") };
    let index = index([body, summary, words, document("/fix/title", "The router", "")]);
    let found = index.find(&asked("router")).unwrap();
    assert_eq!(paths(&found), ["/fix/title", "/fix/words", "/fix/summary", "/fix/body"]);
}

#[test]
fn what_was_mistyped_is_put_right_and_said() {
    let index = library();
    for (typed, meant) in [("voicemial", "voicemail"), ("forwrding", "forwarding"), ("pasword", "password")] {
        let found = index.find(&asked(typed)).unwrap();
        assert_eq!(found.instead.as_deref(), Some(meant));
        assert!(found.total > 0, "{typed}");
        let as_typed = index.find(&Asked { as_typed: true, ..asked(typed) }).unwrap();
        assert_eq!((as_typed.instead, as_typed.total), (None, 0), "{typed}");
    }
    let found = index.find(&asked("Reset my voicemial NOW, please")).unwrap();
    assert!(found.instead.unwrap().contains("my voicemail NOW, please"));
}

#[test]
fn a_word_that_is_known_stays_as_it_is() {
    let index = index([document("/fix/a", "A plan for calls", ""), document("/fix/b", "Plane tickets", "")]);
    for (typed, instead) in [
        ("plan", None),
        ("plans", None),
        ("pla", None),
        ("plam", Some("plan")),
        ("calk", None),
        ("cals", Some("calls")),
    ] {
        assert_eq!(index.find(&asked(typed)).unwrap().instead.as_deref(), instead, "{typed}");
    }
}

#[test]
fn a_word_of_the_customers_is_not_mistyped() {
    let words = Words::parse("words/phones.toml", "\"answerphone\" = [\"voicemail\"]").unwrap();
    let index = SearchIndex::new(&words).unwrap();
    index.follow([document("/fix/a", "Voicemail is full", "")]).unwrap();
    let found = index.find(&asked("answerphone")).unwrap();
    assert_eq!((paths(&found), found.instead.as_deref()), (vec!["/fix/a"], None));
    for typed in ["anserphone", "answerfone"] {
        let found = index.find(&asked(typed)).unwrap();
        assert_eq!((paths(&found), found.instead.as_deref()), (vec!["/fix/a"], Some("answerphone")));
    }
}

#[test]
fn kinds_are_counted_whatever_kind_is_looked_at() {
    let index = library();
    let all = index.find(&asked("phone")).unwrap();
    assert_eq!(all.counts.iter().map(|(_, count)| count).sum::<usize>(), all.total);
    for (kind, count) in &all.counts {
        let found = index.find(&Asked { kind: Some(*kind), ..asked("phone") }).unwrap();
        assert_eq!((found.total, &found.counts), (*count, &all.counts));
        assert!(found.hits.iter().all(|hit| hit.kind == *kind));
    }
}

#[test]
fn pages_follow_each_other_without_a_gap() {
    let index = index((0..45).map(|number| document(&format!("/fix/{number:02}"), "The same router", "")));
    let page = |page: usize| index.find(&Asked { page, ..asked("router") }).unwrap();
    let mut seen: Vec<String> =
        [1, 2, 3].into_iter().flat_map(|at| page(at).hits).map(|hit| hit.path).collect();
    assert_eq!(
        (page(1).hits.len(), page(2).hits.len(), page(3).hits.len(), page(4).hits.len()),
        (20, 20, 5, 0)
    );
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), 45);
    assert_eq!(page(0), page(1));
}

#[test]
fn when_nothing_is_found_the_nearest_three_are_offered() {
    let index = library();
    let found = index.find(&asked("trombone voicemail")).unwrap();
    assert_eq!((found.total, found.hits.len(), found.nearest.len()), (0, 0, 3));
    let found = index.find(&asked("zzgqx")).unwrap();
    assert_eq!((found.total, found.nearest.len()), (0, 0));
}

#[test]
fn the_passage_that_fits_is_shown_with_its_words_marked() {
    let body = "First the cable.\nIf the router blinks, wait.\nLast the <b>lamp</b>.";
    let index = index([document("/fix/a", "Nothing works", body)]);
    let shown = |words: &str| text(&index.find(&asked(words)).unwrap().hits[0].snippet);
    assert_eq!(shown("blinking routers"), "If the [router] [blinks], wait.");
    assert_eq!(shown("lamp"), "Last the <b>[lamp]</b>.", "a page escapes every piece");
}

#[test]
fn a_long_passage_is_cut_between_words() {
    let long = format!("{}router {}", "einige Wörter ".repeat(40), "danach ".repeat(60));
    let index = index([document("/fix/a", "Nothing works", &long)]);
    let shown = text(&index.find(&asked("router")).unwrap().hits[0].snippet);
    assert!(shown.starts_with("… ") && shown.ends_with(" …") && shown.contains("[router]"), "{shown}");
    assert!(shown.chars().count() < 200, "{shown}");
}

#[test]
fn a_change_is_found_at_once_and_what_is_gone_is_not() {
    let index = index([document("/fix/a", "Old title", ""), document("/fix/b", "Another", "")]);
    let same =
        index.follow([document("/fix/a", "Old title", ""), document("/fix/b", "Another", "")]).unwrap();
    assert_eq!(same, Followed::default());
    let followed = index.follow([document("/fix/a", "New title", "")]).unwrap();
    assert_eq!(followed, Followed { written: 1, gone: 1 });
    assert_eq!(index.find(&asked("new")).unwrap().total, 1);
    assert_eq!(index.find(&asked("old")).unwrap().total, 0);
    assert_eq!(index.find(&asked("another")).unwrap().total, 0);
    assert!(index.suggest("anot", "en").is_empty());
    assert_eq!(index.len(), 1);
}

#[test]
fn what_is_written_in_another_language_is_not_found() {
    let other = Document { language: "qps".to_owned(), ..document("/fix/b", "The router", "") };
    let index = index([document("/fix/a", "The router", ""), other]);
    assert_eq!(paths(&index.find(&asked("router")).unwrap()), ["/fix/a"]);
    assert_eq!(index.suggest("router", "en").len(), 1);
}

#[test]
fn no_text_however_odd_does_harm() {
    let index = library();
    let long = "voicemail ".repeat(1_000);
    for odd in [
        "",
        "   ",
        "?!",
        "\"",
        "title:router AND (",
        "-",
        "the of and",
        "日本語 …",
        "💥",
        &long,
        &"x".repeat(5_000),
    ] {
        index.find(&asked(odd)).unwrap();
        index.suggest(odd, "en");
    }
    assert_eq!(index.find(&asked("")).unwrap().counts.len(), 4);
    assert!(SearchIndex::new(&Words::default()).unwrap().find(&asked("router")).unwrap().hits.is_empty());
}

#[test]
fn small_words_count_only_when_there_is_nothing_else() {
    let index = index([document("/fix/a", "Who are we", ""), document("/fix/b", "Who has the router", "")]);
    assert_eq!(paths(&index.find(&asked("who has my router")).unwrap()), ["/fix/b"]);
    assert_eq!(index.find(&asked("who")).unwrap().total, 2);
}

#[test]
fn a_few_letters_suggest_titles_first_and_words_after() {
    let index = library();
    let suggested = index.suggest("voicem", "en");
    assert!(!suggested.is_empty() && suggested.len() <= SUGGESTIONS);
    assert!(suggested.iter().all(|one| one.text.to_lowercase().contains("voicem")));
    let title =
        suggested.iter().find(|one| one.text == "Calls go straight to voicemail").expect("it is suggested");
    let leads = (SearchKind::Fix, "/fix/calls-go-straight-to-voicemail".to_owned());
    assert_eq!(title.leads, Some(leads));
    assert!(index.suggest("v", "en").is_empty(), "one letter is too few");
    let begins = index.suggest("calls go", "en");
    assert_eq!(begins[0].text, "Calls go straight to voicemail");
}

#[test]
fn a_kind_is_read_as_it_is_written() {
    for kind in SearchKind::ALL {
        assert_eq!(kind.as_str().parse::<SearchKind>().unwrap(), kind);
    }
    let wrong = "film".parse::<SearchKind>().unwrap_err();
    assert_eq!(wrong.to_string(), "lesson, fix, reading or question");
}
