//! A shelf that ships as a file: items that go together, in the order to do them.

use serde::Serialize;

use crate::{fields::Fields, finding::Refused, slug::Slug, toml_file};

/// A shelf to begin with, offered to people of certain trades or to everyone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StarterShelf {
    /// The file's short name.
    pub slug: Slug,
    /// What the marketer calls it.
    pub name: String,
    /// What stands on the shelf.
    pub title: String,
    /// NAICS prefixes of the trades it is for; empty means every trade.
    pub trades: Vec<String>,
    /// Its items, in the order to do them.
    pub items: Vec<Slug>,
    /// The file as it was named to us.
    pub file: String,
    /// The file's text, so that an export gives the same form back.
    #[serde(skip)]
    pub source: String,
}

impl StarterShelf {
    /// Admits one file, or says everything that is wrong with it.
    pub fn parse(file: &str, source: &str) -> Result<Self, Refused> {
        let (slug, values) = toml_file::open(file, source)?;
        let mut fields = Fields::new(file, source, values);
        fields.refuse_unknown(&["name", "title", "trades", "items"]);
        let name = fields.needed_text("name", "Write what you call the shelf.");
        let title = fields.needed_text("title", "Write what stands on the shelf.");
        let trades =
            fields.list::<String>("trades", "Write a list of NAICS prefixes, such as [\"23\", \"6212\"].");
        let items = fields.list::<Slug>("items", "Write a list of short names of items, in order.");
        fields.refuse_no_trades("trades", &trades);
        if items.is_empty() && fields.findings.is_empty() {
            fields.refuse("items", "names no item", "Name items, in the order to do them.");
        }
        let shelf = (|| {
            let (file, source) = (file.to_owned(), source.to_owned());
            Some(Self { slug, name: name?, title: title?, trades, items, file, source })
        })();
        shelf.filter(|_| fields.findings.is_empty()).ok_or(Refused(fields.findings))
    }

    /// Whether it is for this trade: one of its prefixes fits, or it is for every trade.
    pub fn suits(&self, trade: Option<&str>) -> bool {
        self.trades.is_empty() || self.is_made_for(trade)
    }

    fn is_made_for(&self, trade: Option<&str>) -> bool {
        trade.is_some_and(|trade| self.trades.iter().any(|prefix| trade.starts_with(prefix.as_str())))
    }
}

/// The shelves to offer to someone of this trade, those made for it first.
pub fn shelves_for<'a>(shelves: &'a [StarterShelf], trade: Option<&str>) -> Vec<&'a StarterShelf> {
    let mut offered: Vec<&StarterShelf> = shelves.iter().filter(|shelf| shelf.suits(trade)).collect();
    offered.sort_by_key(|shelf| !shelf.is_made_for(trade));
    offered
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHELF: &str =
        "name = \"garages\"\ntitle = \"For garages\"\ntrades = [\"8111\"]\nitems = [\"b\", \"a\"]\n";

    fn changed(from: &str, to: &str) -> Result<StarterShelf, Vec<String>> {
        assert!(SHELF.contains(from), "{from}");
        StarterShelf::parse("shelves/garages.toml", &SHELF.replacen(from, to, 1))
            .map_err(|Refused(findings)| findings.iter().map(|one| one.sentence.clone()).collect())
    }

    #[test]
    fn a_shelf_keeps_its_order() {
        let shelf = changed("8111", "8111").unwrap();
        assert_eq!(shelf.items.iter().map(Slug::as_str).collect::<Vec<_>>(), ["b", "a"]);
        assert!(shelf.suits(Some("811111")) && !shelf.suits(Some("812112")) && !shelf.suits(None));
    }

    #[test]
    fn what_is_wrong_is_named() {
        for (from, to, told) in [
            ("title", "titel", vec!["`titel` is not a field we know.", "`title` is missing."]),
            ("[\"b\", \"a\"]", "[]", vec!["`items` names no item."]),
            ("8111", "cars", vec!["`trades` holds something that is no NAICS prefix."]),
        ] {
            assert_eq!(changed(from, to).unwrap_err(), told, "{from} → {to}");
        }
    }

    #[test]
    fn the_shelves_of_their_trade_are_offered_before_those_for_everyone() {
        let all = changed("trades = [\"8111\"]\n", "").unwrap();
        let other = changed("8111", "23").unwrap();
        let shelves = [all.clone(), other, changed("8111", "8111").unwrap()];
        let offered =
            |trade| shelves_for(&shelves, trade).iter().map(|shelf| shelf.trades.len()).collect::<Vec<_>>();
        assert_eq!(offered(Some("811111")), [1, 0]);
        assert_eq!(offered(None), [0]);
    }
}
