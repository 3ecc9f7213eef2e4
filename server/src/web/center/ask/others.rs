//! What others asked, on a page about something else: customers first, then our library.

use chrono_tz::Tz;
use content::{Format, Item};
use templates::Words;
use templates::center::OthersAsked;

use super::{A_FEW, ASK, row};
use crate::app::App;
use crate::shelf::Shelf;
use crate::store::questions::{self, Subject};
use crate::web::center::learn::in_an_address;
use crate::web::center::shown;
use crate::web::error::PageError;

/// What others asked about what an item is about: its products, the problems near it, and those with the same need.
pub(in crate::web::center) async fn about(
    app: &App,
    (words, zone): (&Words, Tz),
    shelf: &Shelf,
    item: &Item,
) -> Result<OthersAsked, PageError> {
    let fixes = || shelf.catalogue.iter().filter(|other| other.format == Format::Fix);
    let problems = fixes().filter(|fix| item.related.contains(&fix.slug));
    let akin = fixes().filter(|fix| fix.needs.iter().any(|need| item.needs.contains(need)));
    let problems: Vec<&str> = problems.map(|fix| fix.slug.as_str()).collect();
    let akin: Vec<&str> = akin.map(|fix| fix.slug.as_str()).collect();
    let all = item.products.first().map(|code| format!("{ASK}?product={}", in_an_address(code)));
    let subject = Subject { products: &item.products, problems: &problems, akin: &akin };
    others(app, (words, zone), shelf, item, subject, all).await
}

/// What others asked who had the problem of this fix.
pub(in crate::web::center) async fn with_problem(
    app: &App,
    (words, zone): (&Words, Tz),
    shelf: &Shelf,
    fix: &Item,
) -> Result<OthersAsked, PageError> {
    let subject = Subject { problems: &[fix.slug.as_str()], ..Subject::default() };
    others(app, (words, zone), shelf, fix, subject, Some(format!("{ASK}?problem={}", fix.slug))).await
}

async fn others(
    app: &App,
    (words, zone): (&Words, Tz),
    shelf: &Shelf,
    item: &Item,
    subject: Subject<'_>,
    all_href: Option<String>,
) -> Result<OthersAsked, PageError> {
    let few = u64::try_from(A_FEW).unwrap_or(u64::MAX);
    let asked = questions::about(app.db.read(), subject, few).await?;
    let library = item.related.iter().filter_map(|slug| shelf.catalogue.get(slug.as_str()));
    let library = library.filter(|other| other.format == Format::Question && shown::is_shown(app, other));
    let mut rows = row::rows(app, words, zone, &asked.questions).await?;
    rows.extend(library.map(|other| row::of_library(words, other)));
    Ok(OthersAsked { rows, all_href: all_href.filter(|_| asked.total > few) })
}
