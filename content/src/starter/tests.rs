use super::*;
use crate::{
    lint,
    names::{Format, Kind},
};

#[test]
fn a_folder_is_read_by_its_rooms_and_what_is_unsound_is_named() {
    let folder = tempfile::tempdir().unwrap();
    for room in ["library", "rules", "segments"] {
        fs::create_dir(folder.path().join(room)).unwrap();
    }
    let write = |file: &str, text: &[u8]| fs::write(folder.path().join(file), text).unwrap();
    write(
        "segments/small.toml",
        b"name = \"small\"\ntitle = \"Small\"\nmeaning = \"M.\"\nquestion = \"class is small\"\n",
    );
    write("segments/broken.toml", b"name = \"x\"\n");
    write("rules/latin.toml", b"\xff\xfe");
    write("library/notes.txt", b"not ours");

    let library = Library::load(folder.path()).unwrap();
    assert_eq!(library.segments.len(), 1);
    assert_eq!(library.segments[0].slug.as_str(), "small");
    let mut files: Vec<&str> = library.findings.iter().map(|finding| finding.file.as_str()).collect();
    files.dedup();
    assert_eq!(files, ["segments/broken.toml", "rules/latin.toml"]);
}

#[test]
fn a_folder_without_rooms_is_an_empty_library() {
    let library = Library::load(tempfile::tempdir().unwrap().path()).unwrap();
    assert!(library.catalogue.is_empty() && library.rules.is_empty() && library.findings.is_empty());
}

/// What Lakeshore, the vendor of the starter library, sells.
const PRODUCTS: [&str; 6] = ["phones", "internet", "backup", "bookings", "payments", "website"];

#[test]
fn the_embedded_library_parses_and_lints_clean() {
    let library = Library::embedded();
    assert!(!library.catalogue.is_empty() && !library.rules.is_empty() && !library.segments.is_empty());
    // The day after the last check, so that the answer does not change as time goes by.
    let checked = library.catalogue.iter().map(|item| item.checked_on).max().expect("there are items");
    let findings = lint(&library, Some(&PRODUCTS.map(ToOwned::to_owned)), checked.succ_opt().unwrap());
    let told: Vec<String> = findings.iter().map(ToString::to_string).collect();
    assert!(told.is_empty(), "{}", told.join("\n"));
}

#[test]
fn the_starter_library_has_something_for_everyone() {
    let library = Library::embedded();
    let items: Vec<&Item> = library.catalogue.iter().collect();
    let count = |holds: &dyn Fn(&Item) -> bool| items.iter().filter(|item| holds(item)).count();
    assert!(items.len() >= 52 && library.rules.len() >= 60);

    for trade in ["23", "722", "8121", "621", "44", "5411", "5412", "8111", "5617", "6244", "7139"] {
        assert!(count(&|item| item.trades.iter().any(|one| one == trade)) >= 2, "{trade}");
    }
    for product in PRODUCTS {
        assert!(count(&|item| item.products.contains(&product.to_owned())) >= 5, "{product}");
        let fixes = count(&|item| item.kind == Kind::Support && item.products.contains(&product.to_owned()));
        assert!(fixes >= 2, "{product}");
    }
    for user_type in segments::UserType::ALL {
        assert!(count(&|item| item.user_types.contains(user_type)) >= 15, "{user_type}");
    }
    for level in segments::Level::ALL {
        assert!(count(&|item| item.level == *level) >= 8, "{level}");
    }
    for stage in segments::Stage::ALL {
        assert!(count(&|item| item.stages.contains(stage)) >= 10, "{stage}");
    }
    for format in Format::ALL {
        assert!(count(&|item| item.format == *format) >= 5, "{format}");
    }
    assert!(count(&|item| item.stages == [segments::Stage::StartingUp]) >= 6);
    assert!(count(&|item| item.steps.iter().any(|step| step.check.is_some())) >= 12);
    assert!(count(&|item| item.by_independent_expert()) >= 5);
    assert!(count(&|item| item.steps.iter().any(|step| step.drawing.is_some())) >= 4);
}

#[test]
fn the_starter_library_says_who_wrote_it_and_claims_no_more() {
    for item in Library::embedded().catalogue.iter() {
        assert_eq!(item.review, "starter library, not reviewed by an expert", "{}", item.slug);
        let (author, ours) = (&item.author, item.author.kind == crate::AuthorKind::Vendor);
        assert!(ours || author.name.ends_with("(invented for the demo)"), "{}", item.slug);
        assert!(!author.independent || (!ours && !author.paid), "{}", item.slug);
        assert!(!author.independent || item.body.contains("is invented for this demo"), "{}", item.slug);
        let fields = item.follow_up.is_some() || item.format == Format::Question;
        assert!(fields, "{} leads to nothing", item.slug);
    }
}

#[test]
fn there_are_shelves_for_ten_trades_and_for_everyone() {
    let library = Library::embedded();
    let made: Vec<bool> = library.shelves.iter().map(|shelf| !shelf.trades.is_empty()).collect();
    assert!(made.iter().filter(|made| **made).count() >= 10);
    assert!(made.iter().filter(|made| !**made).count() >= 3);
    let offered = crate::shelves_for(&library.shelves, Some("811111"));
    assert_eq!(offered[0].slug.as_str(), "garages");
    assert!(offered.len() > 3);
}

#[test]
fn the_folder_on_disk_and_the_embedded_library_are_the_same() {
    let disk = Library::load(Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap();
    let embedded = Library::embedded();
    assert!(disk.catalogue.iter().eq(embedded.catalogue.iter()));
    assert_eq!(disk.rules, embedded.rules);
    assert_eq!(disk.segments, embedded.segments);
    assert_eq!(disk.shelves, embedded.shelves);
    assert_eq!(disk.words, embedded.words);
    assert_eq!(disk.drawings, embedded.drawings);
}

#[test]
fn the_commented_examples_are_sound_and_show_every_part_of_a_step() {
    let examples = Library::load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("examples")).unwrap();
    assert!(examples.findings.is_empty(), "{:?}", examples.findings);
    let item = examples.catalogue.get("example-item").expect("the example is there");
    let fix = examples.catalogue.get("example-fix").expect("so is that of a fix");
    assert!(fix.group.is_some() && fix.symptom.is_some());
    let step = &item.steps[0];
    assert_eq!(step.do_it_now.len(), 2);
    assert_eq!(step.say_this.len(), 1);
    assert_eq!(step.drawing.as_ref().map(crate::Slug::as_str), Some("example-drawing"));
    assert_eq!(step.check.as_ref().map(|check| check.answers.len()), Some(3));
    assert!(!item.outcomes.is_empty() && !item.glossary.is_empty());
    let day = item.checked_on.succ_opt().unwrap();
    assert!(lint(&examples, Some(&PRODUCTS.map(ToOwned::to_owned)), day).is_empty());
}
