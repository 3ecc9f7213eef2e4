//! Files of every kind, taken in and given back.

use std::path::Path;

use chrono::{DateTime, Utc};

use super::*;
use crate::app::App;
use crate::clock::Clock;
use crate::config::Settings;
use crate::ids::Ids;
use crate::keys::Keys;
use crate::profiles::import::Values;
use crate::store::journeys::{self, Journey};
use crate::store::programs;
use crate::testing;

fn now() -> DateTime<Utc> {
    "2026-11-24T12:00:00Z".parse().unwrap()
}

fn examples() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../content/examples")
}

async fn app(url: &str) -> App {
    let settings = Settings { database_url: url.to_owned().into(), ..Settings::default() };
    App::open_with(settings, Keys::from_root([7; 32]), Clock::moved(now()), Ids::seeded(7)).await.unwrap()
}

#[tokio::test]
async fn every_example_is_taken_in_once_and_given_back_in_the_same_form() {
    for place in testing::databases().await {
        let app = app(&place.url).await;
        for kind in FileKind::ALL {
            let files = kind.find(&examples()).unwrap();
            let first = import::import(&app, kind, &files, false).await.unwrap();
            assert_eq!(
                (first.added, first.refused.as_slice()),
                (files.len(), [].as_slice()),
                "{kind:?} on {}",
                place.name
            );
            let again = import::import(&app, kind, &files, false).await.unwrap();
            assert_eq!(
                (again.added, again.changed, again.same),
                (0, 0, files.len()),
                "{kind:?} on {}",
                place.name
            );

            let folder = tempfile::tempdir().unwrap();
            let given = export::export(app.db.read(), kind).await.unwrap();
            export::write(folder.path(), &given).unwrap();
            let found = kind.find(folder.path()).unwrap();
            if !matches!(kind, FileKind::Programs | FileKind::Journeys) {
                assert_eq!(found, files, "{kind:?} on {}", place.name);
            }
            let back = import::import(&app, kind, &found, false).await.unwrap();
            assert_eq!((back.changed, back.same), (0, files.len()), "{kind:?} on {}: {back:?}", place.name);
        }
    }
}

#[tokio::test]
async fn what_ships_with_the_house_can_be_taken_in() {
    let place = testing::databases().await.remove(0);
    let app = app(&place.url).await;
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let folder = |kind| if kind == FileKind::Emails { "templates" } else { "content" };
    for kind in [FileKind::Items, FileKind::Rules, FileKind::Segments, FileKind::Emails] {
        let files = kind.find(&root.join(folder(kind))).unwrap();
        let summary = import::import(&app, kind, &files, false).await.unwrap();
        assert!(summary.added == files.len() && !files.is_empty(), "{kind:?}: {summary:?}");
    }
    let saved = crate::store::audience::saved(app.db.read()).await;
    assert!(saved.is_ok(), "the questions of saved segments can be read: {saved:?}");
}

#[tokio::test]
async fn a_wrong_file_is_refused_with_its_name_and_the_others_are_kept() {
    let place = testing::databases().await.remove(0);
    let app = app(&place.url).await;
    let mut files = FileKind::Segments.find(&examples()).unwrap();
    files.push(File::Text { path: "segments/bad.toml".to_owned(), text: "name = \"bad\"\n".to_owned() });
    let summary = import::import(&app, FileKind::Segments, &files, false).await.unwrap();
    assert_eq!(summary.added, 1);
    assert!(summary.refused.iter().all(|why| why.contains("segments/bad.toml")), "{summary:?}");
    assert!(!summary.refused.is_empty());
}

fn text(path: &str, text: impl Into<String>) -> File {
    File::Text { path: path.to_owned(), text: text.into() }
}

fn segment(name: &str, question: &str) -> File {
    let written = format!("name = \"{name}\"\ntitle = \"T\"\nmeaning = \"M\"\nquestion = '{question}'\n");
    text(&format!("segments/{name}.toml"), written)
}

fn rule(name: &str, when: &str, items: &str) -> File {
    let written = format!(
        "name = \"R\"\nslot = \"next-win\"\nwhen = '{when}'\neffect = \"require\"\nweight = 5\nreason = \"R\"\n\
         because = \"You are new to this.\"\n{items}\n"
    );
    text(&format!("rules/{name}.toml"), written)
}

#[tokio::test]
async fn files_that_would_stop_the_house_are_refused_and_the_others_kept() {
    for place in testing::databases().await {
        let app = app(&place.url).await;
        let files = [
            segment("tiny", "size in 1..9"),
            segment("one", "in segment \"other\""),
            segment("other", "joined and in segment \"one\""),
            segment("lost", "in segment \"nobody-saved-it\""),
            text(
                "segments/another-name.toml",
                "name = \"my firms\"\ntitle = \"T\"\nmeaning = \"M\"\nquestion = 'joined'\n",
            ),
        ];
        let summary = import::import(&app, FileKind::Segments, &files, false).await.unwrap();
        assert_eq!(summary.added, 1, "{summary:?} on {}", place.name);
        for (file, why) in [
            ("segments/one.toml", "circle"),
            ("segments/other.toml", "circle"),
            ("segments/lost.toml", "no segment called \"nobody-saved-it\""),
            ("segments/another-name.toml", "Call the file by the segment's name"),
        ] {
            let said = summary.refused.iter().any(|refused| refused.contains(file) && refused.contains(why));
            assert!(said, "{file}: {summary:?} on {}", place.name);
        }

        let trainings = "[filter]\nkind = [\"training\"]";
        let files = [
            rule("sound", "in segment \"tiny\"", trainings),
            rule("unknown", "in segment \"tinny\"", trainings),
            rule("blank", "joined", "items = []"),
        ];
        let summary = import::import(&app, FileKind::Rules, &files, false).await.unwrap();
        assert_eq!(summary.added, 1, "{summary:?} on {}", place.name);
        let refused = summary.refused.join("\n");
        assert!(refused.contains("rules/unknown.toml") && refused.contains("rules/blank.toml"), "{refused}");
        assert!(crate::shelf::Shelf::load(&app).await.is_ok(), "the house still starts, on {}", place.name);
    }
}

#[tokio::test]
async fn a_question_about_a_kind_holds_for_starters_and_for_what_was_imported() {
    use crate::profiles::import::{Options, RowKind, Unwatched, import_csv};
    use crate::store::audience;
    for place in testing::databases().await {
        let app = app(&place.url).await;
        let rows = async |kind, text: &str| {
            let file = std::io::Cursor::new(text.as_bytes().to_vec());
            import_csv(&app, kind, file, &Options::default(), &mut Unwatched).await.unwrap();
        };
        rows(RowKind::Accounts, "external_id,name\nA1,Acme\n").await;
        rows(RowKind::Contacts, "external_id,account,email\nC1,A1,a@acme.example\nC2,A1,b@acme.example\n")
            .await;
        let items = FileKind::Items.find(&examples()).unwrap();
        import::import(&app, FileKind::Items, &items, false).await.unwrap();
        rows(
            RowKind::Events,
            "id,type,at,contact,item\nE1,completed,2026-11-01,C1,greet-callers-after-hours\n\
             E2,completed,2026-11-01,C2,example-item\n",
        )
        .await;
        for (question, people) in
            [("completed any training", 2), ("completed any quick", 2), ("completed any support", 0)]
        {
            let question = segments::Predicate::parse(question).unwrap();
            let counted = audience::count(app.db.read(), &question, now()).await.unwrap();
            assert_eq!(counted, people, "{question} on {}", place.name);
        }
        let own = export::export(app.db.read(), FileKind::Items).await.unwrap();
        assert_eq!(own.len(), items.len(), "a starter is no file of theirs: {own:?}");
    }
}

#[tokio::test]
async fn a_journey_needs_its_program() {
    let place = testing::databases().await.remove(0);
    let app = app(&place.url).await;
    let files = FileKind::Journeys.find(&examples()).unwrap();
    let summary = import::import(&app, FileKind::Journeys, &files, false).await.unwrap();
    assert!(summary.refused[0].contains("no program called `renewal-2026`"), "{summary:?}");
}

#[tokio::test]
async fn a_journey_that_was_launched_stays_in_its_program() {
    for place in testing::databases().await {
        let app = app(&place.url).await;
        for kind in [FileKind::Programs, FileKind::Journeys] {
            import::import(&app, kind, &kind.find(&examples()).unwrap(), false).await.unwrap();
        }
        let mut program = programs::all(app.db.read()).await.unwrap().remove(0).program;
        program.name = "another".to_owned();
        let journey = journeys::all(app.db.read()).await.unwrap().remove(0);
        let moved = Journey { program: "another".to_owned(), ..journey.draft.clone() };
        let files = [File::Text { path: "moved.json".to_owned(), text: moved.write() }];
        let txn = app.db.begin().await.unwrap();
        programs::save(&txn, app.namespace, &program, now()).await.unwrap();
        let version = journeys::Version {
            journey_id: journey.id,
            version: 1,
            journey: journey.draft.clone(),
            people: 0,
            skipped: [].into(),
            launched_at: now(),
            letter: None,
        };
        journeys::launch(&txn, &version, "test").await.unwrap();
        txn.commit().await.unwrap();

        let summary = import::import(&app, FileKind::Journeys, &files, false).await.unwrap();
        assert!(summary.refused[0].contains("launched in another program"), "{summary:?} on {}", place.name);
        let kept = journeys::all(app.db.read()).await.unwrap().remove(0);
        assert_eq!(kept.draft, journey.draft, "on {}", place.name);
    }
}

#[test]
fn the_examples_and_what_ships_have_no_errors() {
    let today = now().date_naive();
    for folder in [None, Some(examples())] {
        let (files, findings) = check::check(folder.as_deref(), None, today).unwrap();
        let errors: Vec<_> =
            findings.iter().filter(|found| found.severity == content::Severity::Error).collect();
        assert!(files > 0 && errors.is_empty(), "{errors:#?}");
    }
}

#[test]
fn the_example_of_values_is_one() {
    let text = std::fs::read_to_string(examples().join("values.toml")).unwrap();
    assert!(Values::parse(&text).unwrap().canonical().contains("technolgy"));
}
