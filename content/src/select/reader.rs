//! What choosing asks of a profile: each fact is looked up here, and nowhere else.

use chrono::{DateTime, Utc};
use segments::{Level, Profile, Purpose, Stage, TypeSource, UserType, need};

use crate::{item::Item, names::Kind};

/// The language of a reader who never told us theirs.
const USUAL_LANGUAGE: &str = "en";

/// One reader at one moment.
#[derive(Clone, Copy)]
pub(super) struct Reader<'a> {
    pub profile: &'a Profile,
    pub now: DateTime<Utc>,
}

impl<'a> Reader<'a> {
    /// What the seeded hash is spread over.
    pub fn seed(self) -> String {
        self.profile.id.to_string()
    }

    /// The language they read.
    pub fn language(self) -> &'a str {
        self.profile.language.as_deref().unwrap_or(USUAL_LANGUAGE)
    }

    /// Whether their company has this product now.
    pub fn owns(self, code: &str) -> bool {
        self.profile.account.in_force().any(|licence| licence.product == code)
    }

    /// Whether they agreed to letters about this kind of item.
    pub fn consents(self, kind: Kind) -> bool {
        let purpose = match kind {
            Kind::Training => Purpose::Training,
            Kind::Support => Purpose::Support,
            Kind::Community => Purpose::Community,
        };
        self.profile.consents_to(purpose, self.now)
    }

    /// How sure of themselves they are.
    pub fn level(self) -> Option<Level> {
        self.profile.level
    }

    /// How they like to learn.
    pub fn user_type(self) -> Option<UserType> {
        self.profile.user_type
    }

    /// Whether we only gathered from their acts how they like to learn.
    pub fn only_seems(self) -> bool {
        self.profile.user_type_source == Some(TypeSource::Inferred)
    }

    /// Where their company is in its life.
    pub fn stage(self) -> Option<Stage> {
        self.profile.account.stage(self.now.date_naive())
    }

    /// The NAICS code of their company.
    pub fn trade(self) -> Option<&'a str> {
        self.profile.account.industry.as_deref()
    }

    /// Whether an item is for other trades only, or only for products they do not have.
    pub fn is_foreign_to(self, item: &Item) -> bool {
        let theirs = |prefix: &String| self.trade().is_some_and(|trade| trade.starts_with(prefix.as_str()));
        let other_trades = !item.trades.is_empty() && !item.trades.iter().any(theirs);
        let other_products = !item.products.is_empty() && !item.products.iter().any(|code| self.owns(code));
        other_trades || other_products
    }

    /// Whether they said they want this, in any letter case.
    pub fn needs(self, asked: &str) -> bool {
        let asked = need(asked);
        self.profile.needs.iter().any(|theirs| need(theirs) == asked)
    }
}
