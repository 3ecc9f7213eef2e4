//! `/fix`: common problems by what does not work, and whether anything is out of order now.

use std::collections::{BTreeMap, BTreeSet};

use axum::extract::State;
use axum::response::Html;
use content::{Format, Item, Trouble};
use templates::Words;
use templates::center::{Around, FixGroup, FixListPage, FixRow, PlaceKind};

use super::status;
use crate::app::App;
use crate::shelf::Shelf;
use crate::store::fixes::{self, WorkedFor};
use crate::store::incidents::Incident;
use crate::store::licences;
use crate::web::center::learn::{names, with_a_capital};
use crate::web::center::search::{SEARCH, SUGGEST};
use crate::web::center::{around, frame, shown, times};
use crate::web::error::PageError;
use crate::web::frame::Visit;
use crate::web::visitor::Reader;

/// Shows common problems: of the reader's products first, then all others.
pub async fn list(
    State(app): State<App>,
    shelf: Shelf,
    visit: Visit,
    reader: Option<Reader>,
) -> Result<Html<String>, PageError> {
    let reader = reader.as_ref();
    let frame = frame(&app, &visit, reader);
    let words = app.templates.words(&frame.language);
    let now = app.clock.now();
    let all: Vec<&Item> = shelf
        .catalogue
        .iter()
        .filter(|item| item.format == Format::Fix && shown::is_shown(&app, item))
        .collect();
    let own = match reader {
        Some(reader) => licences::products_of(app.db.read(), reader.customer.account).await?,
        None => Vec::new(),
    };
    let names = names(&app).await?;
    let name = |code: &str| names.get(code).cloned().unwrap_or_else(|| with_a_capital(code));
    let slugs: Vec<&str> = all.iter().map(|item| item.slug.as_str()).collect();
    let worked = fixes::worked_for_each(app.db.read(), &slugs, now).await?;
    let zone = times::zone(reader);
    let open = status::near(&app, reader).await?;
    let is_down = |code: &str| open.iter().any(|one| one.is_about(code));
    let row = |item: &Item| FixRow {
        title: item.title.clone(),
        symptom: item.symptom.clone(),
        href: item.path(),
        minutes: item.minutes.into(),
        worked_for: worked.get(item.slug.as_str()).and_then(|worked| worked_for(words, worked)),
        own: is_own(item, &own),
        down: item.products.iter().any(|code| is_down(code)),
    };
    let group = |(trouble, items): (Option<Trouble>, Vec<&Item>)| FixGroup {
        title: match trouble {
            Some(trouble) => words.say(&format!("fix-group-{trouble}")),
            None => words.say("fix-others"),
        },
        fixes: items.into_iter().map(row).collect(),
    };
    // Whoever has something from us is told of that, whoever has nothing of everything.
    let told = products(&all, &own);
    let some_own = told.iter().any(|code| has(&own, code));
    let told = told.into_iter().filter(|code| has(&own, code) || !some_own);
    let fine: Vec<String> = told.filter(|code| !is_down(code)).map(&name).collect();
    let fine = fine.join(", ");
    let line = |one: &Incident| status::line(words, one.product.as_deref().map(&name), one, zone, now);
    let page = FixListPage {
        around: Around { search_action: None, ..around(&app, reader, Some(PlaceKind::Fix)) },
        order: all.iter().any(|item| is_own(item, &own)).then(|| words.say("fix-own-first")),
        search_action: Some(SEARCH.to_owned()),
        search_suggest: Some(SUGGEST.to_owned()),
        incidents: open.iter().map(line).collect(),
        fine: (!fine.is_empty()).then(|| {
            let key = if some_own { "fix-fine-own" } else { "fix-fine" };
            words.say_with(key, &[("products", fine.into())])
        }),
        groups: by_trouble(&all, &own).into_iter().map(group).collect(),
    };
    Ok(Html(app.templates.center_fix_list(&frame, &page)?))
}

/// Whether a problem is one of the reader's own products.
fn is_own(item: &Item, own: &[String]) -> bool {
    item.products.iter().any(|code| own.contains(code))
}

/// Whether this product is one of the reader's own.
fn has(own: &[String], code: &str) -> bool {
    own.iter().any(|own| own == code)
}

/// The problems by what does not work. What the reader has comes first, group by group and in each; what stands in no
/// group comes last.
fn by_trouble<'a>(all: &[&'a Item], own: &[String]) -> Vec<(Option<Trouble>, Vec<&'a Item>)> {
    let mut groups: BTreeMap<Option<Trouble>, Vec<&Item>> = BTreeMap::new();
    for item in all {
        groups.entry(item.group).or_default().push(item);
    }
    for items in groups.values_mut() {
        items.sort_by_key(|item| (!is_own(item, own), item.minutes, &item.title));
    }
    let mut groups: Vec<_> = groups.into_iter().collect();
    groups.sort_by_key(|(trouble, items)| (trouble.is_none(), !items.iter().any(|item| is_own(item, own))));
    groups
}

/// The products that the problems are about, the reader's own first.
fn products<'a>(all: &[&'a Item], own: &[String]) -> Vec<&'a str> {
    let codes: BTreeSet<&str> =
        all.iter().flat_map(|item| item.products.iter().map(String::as_str)).collect();
    let mut codes: Vec<&str> = codes.into_iter().collect();
    codes.sort_by_key(|code| !has(own, code));
    codes
}

/// "worked for 9 in 10 people, as of 3 March 2026"; nothing about a fix that hardly ever works.
pub(in crate::web::center) fn worked_for(words: &Words, worked: &WorkedFor) -> Option<String> {
    let day = words.day(worked.until);
    let told = [("often", worked.of_ten.into()), ("day", day.into())];
    (worked.of_ten > 0).then(|| words.say_with("fix-worked-for", &told))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn problems_stand_by_what_does_not_work_and_those_of_ones_own_products_come_first() {
        let shelf = Shelf::starter().unwrap();
        let all: Vec<&Item> = shelf.catalogue.iter().filter(|item| item.format == Format::Fix).collect();
        let order = |own: &[&str]| {
            let own: Vec<String> = own.iter().map(|code| (*code).to_owned()).collect();
            let groups = by_trouble(&all, &own);
            assert_eq!(groups.iter().map(|(_, items)| items.len()).sum::<usize>(), all.len());
            groups.into_iter().map(|(trouble, _)| trouble).collect::<Vec<_>>()
        };
        let every: Vec<_> = Trouble::ALL.iter().copied().map(Some).collect();
        assert_eq!(order(&[]), every, "every problem of the library stands in a group");
        let own = order(&["payments", "website"]);
        assert_eq!(own[..3], [Trouble::Mail, Trouble::Money, Trouble::Website].map(Some));
        assert_eq!(own.len(), every.len());
    }

    #[test]
    fn within_a_group_ones_own_comes_first_and_what_has_no_group_comes_last() {
        let shelf = Shelf::starter().unwrap();
        let mut other = shelf.catalogue.get("i-cannot-sign-in").unwrap().clone();
        other.group = None;
        other.products = vec!["phones".to_owned()];
        let mut slow = shelf.catalogue.get("wifi-is-slow-or-keeps-dropping").unwrap().clone();
        slow.group = Some(Trouble::Files);
        let quick = shelf.catalogue.get("a-file-has-disappeared").unwrap();
        assert!(quick.minutes < slow.minutes);
        let own = ["internet".to_owned(), "phones".to_owned()];
        let all = [&other, quick, &slow];
        let groups = by_trouble(&all, &own);
        assert_eq!(groups, [(Some(Trouble::Files), vec![&slow, quick]), (None, vec![&other])]);
        assert_eq!(products(&all, &own), ["internet", "phones", "backup"]);
    }
}
