//! What one may choose questions by, and what is chosen.

use std::collections::{BTreeMap, BTreeSet};

use segments::{Level, SizeBand, naics};
use templates::Words;
use templates::center::{AskChoice, AskFilter, Link};

use super::Asks;
use crate::app::App;
use crate::shelf::Shelf;
use crate::store::products;
use crate::store::questions::InUse;
use crate::web::center::welcome::TRADES;
use crate::web::error::PageError;

/// Names of products as customers know them, by code.
pub async fn named(app: &App) -> Result<BTreeMap<String, String>, PageError> {
    let all = products::all(app.db.read()).await?;
    Ok(all.into_iter().map(|product| (product.code, product.name)).collect())
}

/// A trade in the words of the welcome page, or else in those of NAICS.
pub fn trade(words: &Words, code: &str) -> Option<String> {
    match broad(code) {
        Some(prefix) => Some(words.say(&format!("welcome-trade-{prefix}"))),
        None => naics::by_code(code).ok().map(|entry| entry.title.clone()),
    }
}

/// The trade of the welcome page that a code belongs to.
fn broad(code: &str) -> Option<&'static str> {
    TRADES.into_iter().find(|prefix| code.starts_with(prefix))
}

/// A country with its region, as it stands in an address.
fn place(country: &str, region: Option<&str>) -> String {
    region.map_or_else(|| country.to_owned(), |region| format!("{country}-{region}"))
}

/// What there is to choose from among what customers asked.
pub(super) fn filters(
    words: &Words,
    shelf: &Shelf,
    asks: &Asks,
    in_use: &InUse,
    products: &BTreeMap<String, String>,
) -> Vec<AskFilter> {
    let trades: BTreeSet<&str> =
        in_use.trades.iter().map(|code| broad(code).unwrap_or(code.as_str())).collect();
    let sizes = SizeBand::ALL.iter().filter(|size| in_use.sizes.iter().any(|used| used == size.as_str()));
    let places = in_use.places.iter().map(|(country, region)| place(country, region.as_deref()));
    let own = shelf.catalogue.iter().filter(|item| item.format == content::Format::Question);
    let codes: BTreeSet<&str> = own
        .flat_map(|item| item.products.iter().map(String::as_str))
        .chain(in_use.products.iter().map(String::as_str))
        .collect();
    let all: [(&'static str, &str, Vec<String>); 6] = [
        ("trade", "ask-by-trade", trades.into_iter().map(str::to_owned).collect()),
        ("size", "ask-by-size", sizes.map(|size| size.as_str().to_owned()).collect()),
        ("place", "ask-by-place", places.collect()),
        ("product", "ask-by-product", codes.into_iter().map(str::to_owned).collect()),
        ("problem", "ask-by-problem", in_use.problems.clone()),
        ("level", "ask-by-level", Level::ALL.iter().map(|level| level.as_str().to_owned()).collect()),
    ];
    let filter = |(name, key, values): (&'static str, &str, Vec<String>)| {
        let on = asks.parts().into_iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value);
        let choice = |value: String| {
            let label = label(words, shelf, name, &value, products)?;
            Some(AskChoice { on: value == on, label, value })
        };
        AskFilter { name, label: words.say(key), choices: values.into_iter().filter_map(choice).collect() }
    };
    all.map(filter).into_iter().filter(|filter| !filter.choices.is_empty()).collect()
}

/// What is chosen, each a link that takes it away.
pub(super) fn chosen(
    words: &Words,
    shelf: &Shelf,
    asks: &Asks,
    products: &BTreeMap<String, String>,
) -> Vec<Link> {
    let said = asks.parts().into_iter().filter(|(_, value)| !value.is_empty());
    let link = |(name, value): (&'static str, &str)| {
        let label = label(words, shelf, name, value, products).unwrap_or_else(|| value.to_owned());
        Link { label, href: asks.without(name).href() }
    };
    said.map(link).collect()
}

/// A value in words.
fn label(
    words: &Words,
    shelf: &Shelf,
    name: &str,
    value: &str,
    products: &BTreeMap<String, String>,
) -> Option<String> {
    match name {
        "trade" => trade(words, value),
        "size" => {
            let size = SizeBand::ALL.iter().find(|size| size.as_str() == value)?;
            Some(words.say(&format!("welcome-size-{}", size.as_str())))
        }
        "place" => {
            let (country, region) = value.split_once('-').unwrap_or((value, ""));
            Some(if region.is_empty() { country.to_owned() } else { format!("{region}, {country}") })
        }
        "product" => Some(products.get(value).cloned().unwrap_or_else(|| value.to_owned())),
        "problem" => {
            let item = shelf.catalogue.get(value)?;
            Some(item.symptom.clone().unwrap_or_else(|| item.title.clone()))
        }
        _ => {
            let level = Level::ALL.iter().find(|level| level.as_str() == value)?;
            Some(words.say(&format!("level-{}", level.as_str())))
        }
    }
}
