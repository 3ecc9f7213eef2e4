//! Questions of the library among those of customers.

use content::{Format, Item, Kind};

use crate::app::App;
use crate::shelf::Shelf;
use crate::store::questions::{Filter, Likeness, Wanted};
use crate::web::center::shown;

/// Those that have what is asked for, what is nearest to the reader first. They tell no size and no place.
pub(super) fn fitting<'a>(app: &App, shelf: &'a Shelf, wanted: &Wanted) -> Vec<&'a Item> {
    let questions = shelf.catalogue.iter().filter(|item| item.kind == Kind::Community);
    let questions = questions.filter(|item| item.format == Format::Question && shown::is_shown(app, item));
    let mut fitting: Vec<&Item> = questions.filter(|item| fits(item, &wanted.filter)).collect();
    let near = wanted.near.as_ref();
    fitting.sort_by_key(|item| {
        let near = near.map_or(0, |near| nearness(item, near));
        (std::cmp::Reverse(near), item.slug.clone())
    });
    fitting
}

fn fits(item: &Item, filter: &Filter) -> bool {
    let trade =
        |trade: &String| item.trades.iter().any(|own| own.starts_with(trade) || trade.starts_with(own));
    let Filter { trade: wanted, size, place, product, problem, level } = filter;
    wanted.as_ref().is_none_or(trade)
        && size.is_none()
        && place.is_none()
        && product.as_ref().is_none_or(|product| item.products.contains(product))
        && problem.as_ref().is_none_or(|problem| item.related.iter().any(|slug| slug.as_str() == problem))
        && level.is_none_or(|level| item.level == level)
}

fn nearness(item: &Item, near: &Likeness) -> usize {
    let trade =
        near.sector.as_ref().is_some_and(|sector| item.trades.iter().any(|own| own.starts_with(sector)));
    let product = item.products.iter().any(|product| near.products.contains(product));
    4 * usize::from(trade) + 2 * usize::from(product) + usize::from(near.level == Some(item.level))
}
