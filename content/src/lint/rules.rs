//! Holds rules against the items: names that are not there, rules that can never do anything.

use chrono::NaiveDate;

use super::{items::line_of, links::nearest_item};
use crate::{finding::Finding, item::Item, rule::Rule, select::may_stand_in, starter::Library};

pub(super) fn lint(
    rule: &Rule,
    library: &Library,
    products: Option<&[String]>,
    today: NaiveDate,
    found: &mut Vec<Finding>,
) {
    let catalogue = &library.catalogue;
    for slug in rule.items.iter().filter(|slug| catalogue.get(slug.as_str()).is_none()) {
        let right = nearest_item(slug.as_str(), catalogue);
        let sentence = format!("It names \"{slug}\", and there is no such item.");
        found.push(Finding::error(&rule.file, line_of(&rule.source, "items"), sentence, right));
    }
    let sold = |item: &Item| {
        products.is_none_or(|sold| {
            item.products.is_empty() || item.products.iter().any(|code| sold.contains(code))
        })
    };
    let can_stand = |item: &&Item| may_stand_in(item, rule.slot) && !item.expired(today) && sold(item);
    let meant: Vec<&Item> = catalogue.iter().filter(|item| rule.means(item)).collect();
    if meant.is_empty() {
        found.push(Finding::error(
            &rule.file,
            line_of(&rule.source, "items"),
            "It can never do anything: no item fits it.",
            "Name items that are in the library, or widen the filter.",
        ));
    } else if !meant.iter().any(can_stand) {
        found.push(Finding::error(
            &rule.file,
            line_of(&rule.source, "slot"),
            format!("It can never do anything: none of its items can stand in {}.", rule.slot),
            "Choose the slot its items belong to, or items that belong to the slot.",
        ));
    }
}
