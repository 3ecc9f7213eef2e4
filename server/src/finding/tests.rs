use std::path::Path;

use content::search::Asked;

use super::*;
use crate::catalogue::FileKind;
use crate::catalogue::import::import;
use crate::shelf::Shelves;
use crate::testing;

/// The paths of what a node finds for these words.
async fn found(app: &App, shelves: &Shelves, finder: &Finder, text: &str) -> Vec<String> {
    let shelf = shelves.current(app).await.unwrap();
    let index = finder.of(app, &shelf).await.unwrap();
    let asked = Asked { text: text.to_owned(), language: "en".to_owned(), ..Asked::default() };
    index.find(&asked).unwrap().hits.into_iter().map(|hit| hit.path).collect()
}

#[tokio::test]
async fn what_one_node_imports_is_found_at_once_there_and_by_the_next_search_on_another() {
    for (place, app) in testing::houses().await {
        let other = testing::another(&place).await;
        let (here, there) =
            ((Shelves::default(), Finder::default()), (Shelves::default(), Finder::default()));
        for (node, (shelves, finder)) in [(&app, &here), (&other, &there)] {
            assert!(!found(node, shelves, finder, "voicemail").await.is_empty(), "on {}", place.name);
            assert!(found(node, shelves, finder, "xylophone").await.is_empty(), "on {}", place.name);
        }
        let library =
            Path::new(env!("CARGO_MANIFEST_DIR")).join("../content/library/greet-callers-after-hours.md");
        let text = std::fs::read_to_string(&library).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("greet-callers-after-hours.md");
        std::fs::write(&file, text.replacen("words: [", "words: [xylophone, ", 1)).unwrap();
        import(&app, FileKind::Items, &FileKind::Items.find(&file).unwrap(), false).await.unwrap();
        for (node, (shelves, finder)) in [(&app, &here), (&other, &there)] {
            let paths = found(node, shelves, finder, "xylophone").await;
            assert_eq!(paths, ["/learn/greet-callers-after-hours"], "on {}", place.name);
        }
    }
}

#[tokio::test]
async fn the_index_is_kept_until_something_changes() {
    let (_place, app) = testing::houses().await.remove(0);
    let (shelves, finder) = (Shelves::default(), Finder::default());
    let shelf = shelves.current(&app).await.unwrap();
    let first = finder.of(&app, &shelf).await.unwrap();
    assert!(Arc::ptr_eq(&first, &finder.of(&app, &shelf).await.unwrap()));
    let followed = first.follow(shelf.catalogue.iter().map(Document::from)).unwrap();
    assert_eq!((followed.written, followed.gone), (0, 0));
}
