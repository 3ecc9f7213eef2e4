//! Holds lay words against the items: a word that leads to nothing helps nobody.

use segments::nearest;

use crate::{catalogue::Catalogue, finding::Finding, item::Item, words::Words};

pub(super) fn lint(words: &Words, catalogue: &Catalogue, found: &mut Vec<Finding>) {
    if words.is_empty() {
        return;
    }
    let texts: Vec<String> = catalogue.iter().map(everything).collect();
    for phrase in words.phrases() {
        let leads_nowhere = |ours: &&String| !texts.iter().any(|text| text.contains(&ours.to_lowercase()));
        for ours in phrase.ours.iter().filter(leads_nowhere) {
            let known = catalogue.iter().flat_map(|item| item.words.iter().map(String::as_str));
            let right = nearest(ours, known).map_or_else(
                || "Use words that stand in an item.".to_owned(),
                |near| format!("Use words that stand in an item, such as \"{near}\"."),
            );
            let sentence = format!("“{}” leads to “{ours}”, and no item uses that.", phrase.lay);
            found.push(Finding::error(&phrase.file, phrase.line, sentence, right));
        }
    }
}

/// All that search reads of an item, in small letters.
fn everything(item: &Item) -> String {
    let symptom = item.symptom.as_deref().unwrap_or_default();
    [&item.title, &item.summary, symptom, &item.words.join("\n"), &item.body].join("\n").to_lowercase()
}
