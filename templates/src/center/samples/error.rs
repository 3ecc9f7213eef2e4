//! When something is not as it should be.

use super::signed_in;
use crate::center::{Around, CenterErrorPage, Door, DoorKind, ErrorKind, PlaceKind};

fn page(kind: ErrorKind, status: u16) -> CenterErrorPage {
    CenterErrorPage {
        around: Around { search_action: None, ..signed_in(PlaceKind::ForYou) },
        kind,
        status,
        problems: Vec::new(),
        search_action: None,
        search_suggest: None,
        doors: Vec::new(),
        reference: None,
    }
}

pub(super) fn missing() -> CenterErrorPage {
    let door = |kind, href: &str| Door { kind, line: String::new(), href: href.to_owned() };
    CenterErrorPage {
        search_action: Some("/search".to_owned()),
        search_suggest: Some("/search/suggest".to_owned()),
        doors: vec![
            door(DoorKind::Learn, "/learn"),
            door(DoorKind::Ask, "/ask"),
            door(DoorKind::Together, "/saved"),
        ],
        ..page(ErrorKind::Missing, 404)
    }
}

pub(super) fn refused() -> CenterErrorPage {
    let problems = vec!["This page was open for too long. Open it again, then press the button.".to_owned()];
    CenterErrorPage { problems, ..page(ErrorKind::Refused, 422) }
}

pub(super) fn broken() -> CenterErrorPage {
    CenterErrorPage {
        search_action: Some("/search".to_owned()),
        reference: Some("0190f6".to_owned()),
        ..page(ErrorKind::Broken, 500)
    }
}

pub(super) fn closed() -> CenterErrorPage {
    CenterErrorPage { search_action: Some("/search".to_owned()), ..page(ErrorKind::Closed, 403) }
}
