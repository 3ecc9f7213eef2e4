//! The customer's resource center.

use templates::center::{Around, Place, PlaceKind};
use templates::{Face, Frame};

use super::forms;
use super::frame::{self, Visit};
use super::visitor::Reader;
use crate::app::App;

pub(crate) mod accessibility;
pub(crate) mod answers;
pub(crate) mod ask;
pub(crate) mod asking;
mod choosing;
pub(crate) mod feedback;
pub(crate) mod finish;
pub(crate) mod fix;
pub(crate) mod heard;
pub(crate) mod home;
pub(crate) mod items;
pub(crate) mod join;
mod keeping;
pub(crate) mod kept;
pub(crate) mod learn;
pub(crate) mod lesson;
pub(crate) mod links;
pub(crate) mod me;
pub(crate) mod mine;
pub(crate) mod offline;
pub(crate) mod one_shelf;
pub(crate) mod pictures;
pub(crate) mod put_off;
pub(crate) mod question;
pub(crate) mod read;
pub(crate) mod receipt;
pub(crate) mod remind;
pub(crate) mod save;
pub(crate) mod saved;
pub(crate) mod search;
pub(crate) mod sessions;
pub(crate) mod shared;
mod shown;
pub(crate) mod sign_in;
mod standing;
pub(crate) mod team;
pub(super) mod times;
pub(crate) mod useful;
mod ways;
pub(crate) mod welcome;
pub(crate) mod why;

/// What surrounds a page of the center.
pub(super) fn around(app: &App, reader: Option<&Reader>, here: Option<PlaceKind>) -> Around {
    let place = |kind, href: &str| Place { kind, href: href.to_owned(), here: here == Some(kind) };
    Around {
        places: vec![
            place(PlaceKind::ForYou, "/"),
            place(PlaceKind::Learn, "/learn"),
            place(PlaceKind::Fix, "/fix"),
            place(PlaceKind::Ask, ask::ASK),
            place(PlaceKind::Saved, "/saved"),
        ],
        phone: Some(app.settings.vendor.phone.clone()).filter(|phone| !phone.is_empty()),
        search_action: Some(search::SEARCH.to_owned()),
        search_suggest: Some(search::SUGGEST.to_owned()),
        choices_href: reader.map(|_| "/me/email".to_owned()),
        me_href: reader.map(|_| "/me".to_owned()),
        heard_href: Some("/heard".to_owned()),
        accessibility_href: Some(accessibility::ACCESSIBILITY.to_owned()),
        sign_in_href: reader.is_none().then(|| "/sign-in".to_owned()),
        sign_out_action: reader.map(|_| "/sign-out".to_owned()),
        form_token: reader.map_or(String::new(), |reader| forms::token(&app.keys, &reader.session)),
    }
}

/// The frame of a page of the center, in the reader's own language where we know it and speak it.
pub(super) fn frame(app: &App, visit: &Visit, reader: Option<&Reader>) -> Frame {
    let own = reader.and_then(|reader| reader.customer.language.clone());
    let languages = own.into_iter().chain(visit.languages.iter().cloned()).collect();
    frame::of(app, &Visit { languages, ..visit.clone() }, Face::Center, reader.map(called))
}

/// What a reader is called in the corner.
fn called(reader: &Reader) -> &str {
    reader.customer.first_name.as_deref().unwrap_or(&reader.customer.email)
}
