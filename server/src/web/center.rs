//! The customer's resource center.

use templates::center::{Around, Place, PlaceKind};

use super::forms;
use super::visitor::Reader;
use crate::app::App;

pub(crate) mod sign_in;

/// What surrounds a page of the center.
pub(super) fn around(app: &App, reader: Option<&Reader>, here: Option<PlaceKind>) -> Around {
    let place = |kind, href: &str| Place { kind, href: href.to_owned(), here: here == Some(kind) };
    Around {
        places: vec![place(PlaceKind::ForYou, "/")],
        phone: Some(app.settings.vendor.phone.clone()).filter(|phone| !phone.is_empty()),
        choices_href: None,
        sign_out_action: reader.map(|_| "/sign-out".to_owned()),
        form_token: reader.map_or(String::new(), |reader| forms::token(&app.keys, &reader.session)),
    }
}
