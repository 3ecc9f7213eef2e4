//! A rule: when its question holds for a reader, it moves items in one slot.
//!
//! A rule is a TOML file, parsed once at the door, its question included. It
//! always carries two reasons: one for the marketer, one plain sentence for
//! the customer.

use segments::Predicate;
use serde::{Deserialize, Serialize};

use crate::{
    fields::Fields,
    finding::Refused,
    item::Item,
    names::{Effect, Format, Kind, Slot, either},
    slug::Slug,
    toml_file,
};

/// When → prefer, require, exclude or pin items in a slot.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Rule {
    /// The file's short name.
    pub slug: Slug,
    /// What the marketer calls it.
    pub name: String,
    /// Where it works.
    pub slot: Slot,
    /// For whom it works.
    pub when: Predicate,
    /// What it does with its items.
    pub effect: Effect,
    /// The items it names.
    pub items: Vec<Slug>,
    /// The items it means without naming them.
    pub filter: Option<Filter>,
    /// How strongly it prefers, or which of two pins stands first: 1 to 100.
    pub weight: i32,
    /// Why it exists, for the marketer.
    pub reason: String,
    /// Why this, in one plain sentence to the customer.
    pub because: String,
    /// The file as it was named to us.
    pub file: String,
    /// The file's text, so that an export gives the same form back.
    #[serde(skip)]
    pub source: String,
}

/// Which items a rule means: those that fit every line that is given.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Filter {
    /// Of one of these kinds; empty means any.
    pub kind: Vec<Kind>,
    /// Of one of these formats; empty means any.
    pub format: Vec<Format>,
    /// For one of these levels; empty means any.
    pub level: Vec<segments::Level>,
    /// Naming one of these products; empty means any.
    pub products: Vec<String>,
    /// Written for one of these trades; empty means any.
    pub trades: Vec<String>,
}

const A_WEIGHT: &str = "Write a whole number from 1 to 100.";

impl Rule {
    /// Admits one file, or says everything that is wrong with it.
    pub fn parse(file: &str, source: &str) -> Result<Self, Refused> {
        let (slug, values) = toml_file::open(file, source)?;
        let mut fields = Fields::new(file, source, values);
        let rule = read(&mut fields, slug, file, source);
        match rule {
            Some(rule) if fields.findings.is_empty() => Ok(rule),
            _ => Err(Refused(fields.findings)),
        }
    }

    /// Whether the rule speaks of this item: it names it, or its filter fits.
    pub fn means(&self, item: &Item) -> bool {
        self.items.contains(&item.slug) || self.filter.as_ref().is_some_and(|filter| filter.fits(item))
    }
}

impl Filter {
    /// Whether an item fits every line that is given.
    pub fn fits(&self, item: &Item) -> bool {
        let trade = |prefix: &String| item.trades.iter().any(|trade| trade.starts_with(prefix.as_str()));
        (self.kind.is_empty() || self.kind.contains(&item.kind))
            && (self.format.is_empty() || self.format.contains(&item.format))
            && (self.level.is_empty() || self.level.contains(&item.level))
            && (self.products.is_empty() || self.products.iter().any(|code| item.products.contains(code)))
            && (self.trades.is_empty() || self.trades.iter().any(trade))
    }

    fn is_empty(&self) -> bool {
        self.kind.is_empty()
            && self.format.is_empty()
            && self.level.is_empty()
            && self.products.is_empty()
            && self.trades.is_empty()
    }
}

fn read(fields: &mut Fields<'_>, slug: Slug, file: &str, source: &str) -> Option<Rule> {
    fields.refuse_unknown(&[
        "name", "slot", "when", "effect", "items", "filter", "weight", "reason", "because",
    ]);
    let name = fields.needed_text("name", "Write what you call the rule.");
    let slot = fields.needed::<Slot>("slot", &one_of(Slot::ALL.iter().map(|slot| slot.as_str())));
    let when = question(fields, "when");
    let effect = fields.needed::<Effect>("effect", &one_of(Effect::ALL.iter().map(|effect| effect.as_str())));
    let items = fields
        .list::<Slug>("items", "Write a list of short names of items, such as [\"answer-after-hours\"].");
    let filter = filter(fields);
    let weight = match effect {
        Some(Effect::Require | Effect::Exclude) if !fields.is_given("weight") => Some(1),
        _ => fields.whole("weight", 1..=100, A_WEIGHT),
    };
    let reason = fields.needed_text("reason", "Write for your colleagues why the rule exists.");
    let because = fields.needed_text("because", "Write one plain sentence to the customer: why this.");
    if items.is_empty() && filter.as_ref().is_none_or(Filter::is_empty) && !fields.is_given("items") {
        fields.refuse(
            "items",
            "is missing, and so is a filter",
            "Name items, or describe them in a [filter] table.",
        );
    }
    Some(Rule {
        slug,
        name: name?,
        slot: slot?,
        when: when?,
        effect: effect?,
        items,
        filter: filter.filter(|filter| !filter.is_empty()),
        weight: i32::try_from(weight?).ok()?,
        reason: reason?,
        because: because?,
        file: file.to_owned(),
        source: source.to_owned(),
    })
}

fn filter(fields: &mut Fields<'_>) -> Option<Filter> {
    let mut inside =
        fields.table("filter", "Write a [filter] table with kind, format, level, products or trades.")?;
    inside.refuse_unknown(&["kind", "format", "level", "products", "trades"]);
    let filter = Filter {
        kind: inside.list("kind", &one_of(Kind::ALL.iter().map(|kind| kind.as_str()))),
        format: inside.list("format", &one_of(Format::ALL.iter().map(|format| format.as_str()))),
        level: inside.list("level", &one_of(segments::Level::ALL.iter().map(|level| level.as_str()))),
        products: inside.list("products", "Write a list of product codes, such as [\"phones\"]."),
        trades: inside.list("trades", "Write a list of NAICS prefixes, such as [\"23\"]."),
    };
    fields.findings.append(&mut inside.findings);
    Some(filter)
}

/// Reads a question in text form; what is wrong with it is told with its caret.
pub(crate) fn question(fields: &mut Fields<'_>, field: &str) -> Option<Predicate> {
    let text =
        fields.needed_text(field, "Write a question such as \"owns phones and user type is learner\".")?;
    match Predicate::parse(&text) {
        Ok(question) => Some(question),
        Err(wrong) => {
            fields.refuse(
                field,
                &format!("holds a question we cannot read: {wrong}"),
                "Put the question right there.",
            );
            None
        }
    }
}

fn one_of(words: impl Iterator<Item = &'static str>) -> String {
    format!("Write {}.", either(&words.collect::<Vec<_>>()))
}

#[cfg(test)]
mod tests;
