//! What brings a question near to a reader, and how its list says so.

use segments::{Profile, SizeBand};
use templates::Words;

use crate::store::questions::{Likeness, Tab, Wanted};

/// What brings a question near to this person.
pub(super) fn likeness(profile: &Profile) -> Likeness {
    let account = &profile.account;
    let sector = account.industry.as_deref().and_then(|code| code.get(..2)).map(str::to_owned);
    let in_force = account.licences.iter().filter(|licence| !licence.lapsed);
    Likeness {
        sector: sector.filter(|sector| sector.bytes().all(|byte| byte.is_ascii_digit())),
        size: account.employees.and_then(SizeBand::of),
        products: in_force.map(|licence| licence.product.clone()).collect(),
        level: profile.level,
    }
}

/// Why a list stands as it does, for the reader whose it is; nothing where it stands so for everybody.
pub(super) fn sentence(words: &Words, wanted: &Wanted) -> Option<String> {
    let key = match wanted.tab {
        Tab::ForMe | Tab::Solved => "ask-near",
        Tab::Help(_) => "ask-near-help",
        Tab::Mine(..) => return None,
    };
    let near = wanted.near.as_ref()?;
    let facts = [
        near.sector.as_ref().map(|_| "ask-near-trade"),
        near.size.map(|_| "ask-near-size"),
        (!near.products.is_empty()).then_some("ask-near-products"),
        near.level.map(|_| "ask-near-level"),
    ];
    let facts: Vec<_> = facts.into_iter().flatten().map(|fact| words.say(fact)).collect();
    (!facts.is_empty()).then(|| words.say_with(key, &[("facts", facts.join(", ").into())]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::questions::Filter;

    #[test]
    fn a_list_says_only_what_it_goes_by_and_nothing_to_whom_it_is_as_to_everybody() {
        let templates = templates::Templates::new().unwrap();
        let words = templates.words(templates::ENGLISH);
        let said = |tab, near| sentence(words, &Wanted { tab, filter: Filter::default(), near, page: 1 });
        let near = || Likeness {
            sector: Some("62".to_owned()),
            size: None,
            products: vec!["phones".to_owned()],
            level: None,
        };
        let of_maria = said(Tab::ForMe, Some(near())).unwrap();
        assert_eq!(
            of_maria,
            "Questions of businesses like yours come first. We went by: your trade, what you have from us."
        );
        assert_eq!(said(Tab::Solved, Some(near())).unwrap(), of_maria);
        assert!(said(Tab::Help(None), Some(near())).unwrap().starts_with("First posts come first"));
        let unknown = Likeness { sector: None, products: Vec::new(), ..near() };
        assert_eq!(said(Tab::ForMe, Some(unknown)), None);
        assert_eq!(said(Tab::ForMe, None), None);
    }
}
