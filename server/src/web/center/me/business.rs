//! What is known about the reader's business: what the records say, what the reader told us, and what a colleague did.

use segments::SizeBand;
use templates::center::{FactGroup, KnownFact};

use super::Speaker;
use crate::store::told::business::Topic;

/// What the records hold on a matter that people are asked about.
struct Held<'a> {
    /// What the reader's answers are about.
    topic: Topic,
    /// The message with its name.
    name: &'static str,
    /// As an answer would say it.
    answer: Option<&'a str>,
    /// As the records say it.
    value: Option<String>,
}

impl Speaker<'_> {
    pub(super) fn business(&self) -> FactGroup {
        let account = &self.known.profile.account;
        let place: Vec<_> =
            [&account.city, &account.region, &account.country].into_iter().flatten().collect();
        let place =
            (!place.is_empty()).then(|| place.into_iter().map(String::as_str).collect::<Vec<_>>().join(", "));
        let stage = account.said_stage.map(|stage| stage.as_str().to_owned());
        let life = |value: &str| self.words.say(&format!("welcome-life-{value}"));
        let trade = |value: &str| match value {
            "" => self.words.say("welcome-trade-other"),
            code => self.words.say(&format!("welcome-trade-{code}")),
        };
        let by_code = account.industry.as_deref().and_then(|code| segments::naics::by_code(code).ok());
        let people = account.employees.and_then(|count| u64::try_from(count).ok());
        let band = account.employees.and_then(SizeBand::of).map(|band| band.as_str().to_owned());
        let size = |value: &str| self.words.say(&format!("welcome-size-{value}"));
        let colleagues = [("count", self.known.colleagues.into())];
        let life_held = Held {
            topic: Topic::Stage,
            name: "me-life",
            answer: stage.as_deref(),
            value: stage.as_deref().map(life),
        };
        let trade_held = Held {
            topic: Topic::Trade,
            name: "me-trade",
            answer: account.industry.as_deref(),
            value: by_code.map(|entry| entry.title.clone()),
        };
        let count = |count: u64| self.words.say_with("me-size-count", &[("count", count.into())]);
        let size_held =
            Held { topic: Topic::Size, name: "me-size", answer: band.as_deref(), value: people.map(count) };
        let facts = vec![
            self.plain("me-company", Some(account.name.clone())),
            self.of_company(life_held, &life),
            self.of_company(trade_held, &trade),
            self.of_company(size_held, &size),
            self.plain("me-place", place),
            KnownFact {
                name: self.words.say("me-colleagues"),
                value: Some(self.words.say_with("me-colleagues-count", &colleagues)),
                from: self.words.say("me-colleagues-from"),
                ..KnownFact::default()
            },
        ];
        self.group("business", "me-business", Some("me-business-lead"), facts)
    }

    /// A fact of the vendor's records.
    fn plain(&self, name: &str, value: Option<String>) -> KnownFact {
        let from = match value {
            Some(_) => self.on("me-from-records", self.known.as_of.company),
            None => self.words.say("me-from-nowhere"),
        };
        KnownFact { name: self.words.say(name), from, value, ..KnownFact::default() }
    }

    /// A fact about the business, beside what the reader told us of it.
    fn of_company(&self, held: Held<'_>, say: &dyn Fn(&str) -> String) -> KnownFact {
        let word = held.topic.word();
        let answer = held.answer;
        let fact =
            KnownFact { change_href: Some(format!("/me/facts/{word}")), ..self.plain(held.name, held.value) };
        let told = self.known.told(word);
        if let Some(told) = told.filter(|told| answer == Some(told.value.as_str())) {
            let from = self.on("me-from-told", told.at);
            return KnownFact { value: Some(say(&told.value)), from, ..fact };
        }
        let mut by_colleagues = self.known.colleagues_told.iter();
        let fact = match by_colleagues.find(|kept| kept.fact == word && answer == Some(kept.value.as_str())) {
            Some(kept) => {
                let from = self.on("me-from-colleague", kept.at);
                KnownFact { value: Some(say(&kept.value)), from, ..fact }
            }
            None => fact,
        };
        let Some(told) = told else { return fact };
        let value = say(&told.value);
        let instead = self.words.say_with("me-told-instead", &[("value", value.into())]);
        KnownFact { from: format!("{} · {instead}", fact.from), ..fact }
    }

    /// What the business has, and what the reader says is not right about it.
    pub(super) fn products(&self) -> Option<FactGroup> {
        let named = |code: &str| {
            let known = self.known.products.iter().find(|product| product.code == code);
            known.map_or_else(|| code.to_owned(), |product| product.name.clone())
        };
        let mut facts = Vec::new();
        for licence in self.known.profile.account.in_force() {
            let name = named(&licence.product);
            if facts.iter().any(|fact: &KnownFact| fact.name == name) {
                continue;
            }
            let seats = licence.seats.and_then(|seats| u64::try_from(seats).ok());
            let day = self.words.day(licence.renews_on);
            let values = [("day", day.into()), ("vendor", self.vendor().into())];
            facts.push(KnownFact {
                value: Some(match seats {
                    Some(seats) => self.words.say_with("me-seats", &[("count", seats.into())]),
                    None => self.words.say("me-yes-have"),
                }),
                name,
                from: self.words.say_with("me-product-from", &values),
                ..KnownFact::default()
            });
        }
        let note = self.note_on_products();
        if facts.is_empty() && note.value.is_none() {
            return None;
        }
        facts.push(note);
        Some(self.group("have", "me-have", Some("me-have-lead"), facts))
    }

    /// A note for staff, which changes nothing by itself.
    fn note_on_products(&self) -> KnownFact {
        let word = Topic::Products.word();
        let told = self.known.told(word);
        let note = told.filter(|told| !told.value.is_empty());
        KnownFact {
            name: self.words.say("me-products"),
            value: note.map(|note| note.value.clone()),
            from: match told {
                Some(told) if told.value.is_empty() => self.on("me-from-removed", told.at),
                Some(told) => self.on("me-from-told", told.at),
                None => self.words.say("me-products-from-nowhere"),
            },
            change_href: Some(format!("/me/facts/{word}")),
            remove_action: note.map(|_| format!("/me/facts/{word}/remove")),
        }
    }
}
