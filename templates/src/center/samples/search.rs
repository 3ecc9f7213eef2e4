//! Searching: results, words put right, nothing found, nothing asked.

use super::around_a_letter;
use crate::center::{Instead, Marked, PickKind, SearchKinds, SearchPage, SearchResult, Turn};

/// Two pages of results, after a mistyped word was put right.
pub fn search() -> SearchPage {
    SearchPage {
        typed: "voicemial after hours".to_owned(),
        instead: Some(Instead {
            words: "voicemail after hours".to_owned(),
            typed_href: "/search?q=voicemial+after+hours&typed=yes".to_owned(),
        }),
        total: 23,
        kinds: kinds(),
        results: vec![
            SearchResult {
                kind: PickKind::Fix,
                title: text("Calls go straight to |voicemail|"),
                snippet: text("My phone does not ring. Callers say they get the |voicemail| at once."),
                href: "/fix/calls-go-straight-to-voicemail".to_owned(),
                minutes: Some(5),
            },
            SearchResult {
                kind: PickKind::Lesson,
                title: text("Greet callers |after hours|, so no patient is missed"),
                snippet: text("… choose <Phones>, then the greeting that plays |after hours| …"),
                href: "/learn/greet-callers-after-hours".to_owned(),
                minutes: Some(5),
            },
            SearchResult {
                kind: PickKind::Question,
                title: text("Do you pick up |after| closing?"),
                snippet: text("Four owners say what they do."),
                href: "/ask/do-you-pick-up-after-closing".to_owned(),
                minutes: None,
            },
        ],
        turn: Some(Turn {
            page: 1,
            of: 2,
            earlier: None,
            later: Some("/search?q=voicemial+after+hours&page=2".to_owned()),
        }),
        ..empty()
    }
}

/// Nothing was found: what comes nearest, and a person.
pub fn search_nothing() -> SearchPage {
    SearchPage {
        typed: "trombone voicemail".to_owned(),
        nearest: search().results,
        ask_href: Some("/ask/new?q=trombone+voicemail".to_owned()),
        ..empty()
    }
}

/// Nothing was asked yet.
pub fn search_empty() -> SearchPage {
    empty()
}

fn empty() -> SearchPage {
    SearchPage {
        around: around_a_letter(),
        action: "/search".to_owned(),
        suggest: Some("/search/suggest".to_owned()),
        ..SearchPage::default()
    }
}

fn kinds() -> Vec<SearchKinds> {
    let kinds = [
        (None, 23, ""),
        (Some(PickKind::Lesson), 9, "&kind=lesson"),
        (Some(PickKind::Fix), 8, "&kind=fix"),
        (Some(PickKind::Reading), 4, "&kind=reading"),
        (Some(PickKind::Question), 2, "&kind=question"),
    ];
    let href = |part: &str| format!("/search?q=voicemial+after+hours{part}");
    let filter = |(kind, count, part): (Option<PickKind>, u32, &str)| SearchKinds {
        kind,
        count,
        href: href(part),
        here: kind.is_none(),
    };
    kinds.map(filter).into()
}

/// What stands between bars is marked.
fn text(words: &str) -> Vec<Marked> {
    let pieces = words.split('|').enumerate().filter(|(_, piece)| !piece.is_empty());
    pieces.map(|(at, piece)| Marked { text: piece.to_owned(), marked: at % 2 == 1 }).collect()
}
