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
                (1, [].as_slice()),
                "{kind:?} on {}",
                place.name
            );
            let again = import::import(&app, kind, &files, false).await.unwrap();
            assert_eq!((again.added, again.changed, again.same), (0, 0, 1), "{kind:?} on {}", place.name);

            let folder = tempfile::tempdir().unwrap();
            let given = export::export(app.db.read(), kind).await.unwrap();
            export::write(folder.path(), &given).unwrap();
            let found = kind.find(folder.path()).unwrap();
            if !matches!(kind, FileKind::Programs | FileKind::Journeys) {
                assert_eq!(found, files, "{kind:?} on {}", place.name);
            }
            let back = import::import(&app, kind, &found, false).await.unwrap();
            assert_eq!((back.changed, back.same), (0, 1), "{kind:?} on {}: {back:?}", place.name);
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

#[tokio::test]
async fn a_journey_needs_its_program() {
    let place = testing::databases().await.remove(0);
    let app = app(&place.url).await;
    let files = FileKind::Journeys.find(&examples()).unwrap();
    let summary = import::import(&app, FileKind::Journeys, &files, false).await.unwrap();
    assert!(summary.refused[0].contains("no program called `renewal-2026`"), "{summary:?}");
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
