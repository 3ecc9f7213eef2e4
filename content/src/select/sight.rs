//! Who may see an item at all. Nothing later can make up for this: no rule, no score.

use super::reader::Reader;
use crate::{
    item::Item,
    names::{Format, Kind, Slot},
};

/// Why this reader does not get this item in this slot; `None` when they may.
pub(super) fn hidden(item: &Item, slot: Slot, reader: Reader<'_>) -> Option<String> {
    if let Some(wrong) = out_of_place(item, slot) {
        return Some(wrong.to_owned());
    }
    let language = reader.language();
    if !same_language(&item.language, language) {
        return Some(format!(
            "It is written in \"{}\", and this person reads \"{language}\".",
            item.language
        ));
    }
    let to_read = item.kind == Kind::Community || item.format == Format::Article;
    let may_go_without = to_read && matches!(slot, Slot::Picks | Slot::Letter);
    if !item.products.is_empty() && !may_go_without && !item.products.iter().any(|code| reader.owns(code)) {
        return Some(format!("It needs {}, which this customer does not have.", item.products.join(" or ")));
    }
    if slot == Slot::Letter && !reader.consents(item.kind) {
        return Some(format!("This person has not agreed to letters about {}.", item.kind));
    }
    if item.expired(reader.now.date_naive()) {
        return Some("Its last day has passed.".to_owned());
    }
    None
}

/// Whether a slot is for items of this kind and format at all, whoever reads.
pub(crate) fn may_stand_in(item: &Item, slot: Slot) -> bool {
    out_of_place(item, slot).is_none()
}

/// What a slot is not for.
fn out_of_place(item: &Item, slot: Slot) -> Option<&'static str> {
    let learnt = item.kind == Kind::Training && item.format != Format::Article;
    match slot {
        Slot::NextWin if !learnt => Some("The next quick win is a training."),
        Slot::Fix if item.kind != Kind::Support => Some("Fix it fast holds support only."),
        Slot::Picks if item.format == Format::Fix => Some("Fixes have a place of their own."),
        _ => None,
    }
}

/// "en" and "en-US" are one language here.
fn same_language(one: &str, other: &str) -> bool {
    let main = |tag: &str| tag.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
    main(one) == main(other)
}
