//! `/fix`: common problems by what they are about, and whether anything is out of order now.

use std::collections::BTreeMap;

use axum::extract::State;
use axum::response::Html;
use content::{Format, Item};
use templates::Words;
use templates::center::{Around, FixGroup, FixListPage, FixRow, PlaceKind};

use super::status;
use crate::app::App;
use crate::shelf::Shelf;
use crate::store::fixes::{self, WorkedFor};
use crate::store::{incidents, licences};
use crate::web::center::learn::{names, with_a_capital};
use crate::web::center::search::{SEARCH, SUGGEST};
use crate::web::center::{around, frame, shown};
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
    let zone = status::zone(&app, reader).await?;
    let open = incidents::current(app.db.read(), now).await?;
    let row = |item: &Item| FixRow {
        title: item.title.clone(),
        symptom: item.symptom.clone(),
        href: item.path(),
        minutes: item.minutes.into(),
        worked_for: worked.get(item.slug.as_str()).and_then(|worked| worked_for(words, worked)),
    };
    let mut groups = Vec::new();
    let mut fine = Vec::new();
    for (code, items) in by_product(&all, &own) {
        let title = code.map_or_else(|| words.say("fix-others"), name);
        let down = code.is_some_and(|code| open.iter().any(|one| one.product == code));
        if code.is_some() && !down {
            fine.push(title.clone());
        }
        groups.push(FixGroup {
            title,
            own: code.is_some_and(|code| own.iter().any(|own| own == code)),
            down,
            fixes: items.into_iter().map(row).collect(),
        });
    }
    let fine = fine.join(", ");
    let page = FixListPage {
        around: Around { search_action: None, ..around(&app, reader, Some(PlaceKind::Fix)) },
        search_action: Some(SEARCH.to_owned()),
        search_suggest: Some(SUGGEST.to_owned()),
        incidents: open.iter().map(|one| status::line(words, name(&one.product), one, zone, now)).collect(),
        fine: (!fine.is_empty()).then(|| words.say_with("fix-fine", &[("products", fine.into())])),
        groups,
    };
    Ok(Html(app.templates.center_fix_list(&frame, &page)?))
}

/// The problems by the first product they are about: the reader's own first, those about none last.
fn by_product<'a>(all: &[&'a Item], own: &[String]) -> Vec<(Option<&'a str>, Vec<&'a Item>)> {
    let mut groups: BTreeMap<(bool, bool, Option<&str>), Vec<&Item>> = BTreeMap::new();
    for item in all {
        let mine = item.products.iter().find(|code| own.contains(code));
        let code = mine.or_else(|| item.products.first()).map(String::as_str);
        groups.entry((mine.is_none(), code.is_none(), code)).or_default().push(item);
    }
    let sorted = |mut items: Vec<&'a Item>| {
        items.sort_by_key(|item| (item.minutes, &item.title));
        items
    };
    groups.into_iter().map(|((_, _, code), items)| (code, sorted(items))).collect()
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
    fn the_problems_of_ones_own_products_come_first_and_every_problem_is_there_once() {
        let shelf = Shelf::starter().unwrap();
        let all: Vec<&Item> = shelf.catalogue.iter().filter(|item| item.format == Format::Fix).collect();
        let order = |own: &[&str]| {
            let own: Vec<String> = own.iter().map(|code| (*code).to_owned()).collect();
            let groups = by_product(&all, &own);
            assert_eq!(groups.iter().map(|(_, items)| items.len()).sum::<usize>(), all.len());
            groups.into_iter().map(|(code, _)| code.unwrap_or("none")).collect::<Vec<_>>()
        };
        let of_anybody = order(&[]);
        assert!(of_anybody.len() > 4 && of_anybody.last() == Some(&"none"), "{of_anybody:?}");
        assert_eq!(order(&["website"])[0], "website");
        assert_eq!(order(&["website"]).len(), of_anybody.len());
    }
}
