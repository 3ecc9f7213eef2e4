//! Words typed into a form that could not be taken.

use super::{around_a_letter, signed_in_reader};
use crate::center::{Around, Field, KeptField, KeptPage, KeptWhy};

pub(super) fn stale() -> KeptPage {
    let field = |name: &str, label: &str, value: &str, long| KeptField {
        name: name.to_owned(),
        label: label.to_owned(),
        value: value.to_owned(),
        long,
    };
    KeptPage {
        around: Around { form_token: "fresh".to_owned(), ..around_a_letter() },
        why: KeptWhy::Stale,
        action: "/ask/new".to_owned(),
        fields: vec![
            field("title", "Title", "Can two <phones> ring at once?", false),
            field("details", "In more words", "One at the desk,\none at home.", true),
        ],
        carried: vec![Field { name: "go".to_owned(), value: "post".to_owned() }],
    }
}

pub(super) fn back() -> KeptPage {
    KeptPage { around: signed_in_reader(), why: KeptWhy::Back, ..stale() }
}

pub(super) fn lost() -> KeptPage {
    KeptPage { around: around_a_letter(), why: KeptWhy::Lost, ..stale() }
}
