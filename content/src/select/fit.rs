//! How well an item fits a reader, in points.
//!
//! | what | points |
//! | --- | --- |
//! | the level is theirs / one away / two away | +20 / 0 / -20 |
//! | it is for starters, and nobody knows their level | +5 |
//! | it helps with something they asked for | +15 each, two at most |
//! | it suits how they like to learn | +15 |
//! | it is written for their trade / for other trades only | +15 / -60 |
//! | it is for a product they have / only for products they do not have | +10 / -10 |
//! | it is for businesses at their stage / at other stages only | +10 / -25 |
//!
//! What we do not know about a reader neither gives nor takes, with two
//! exceptions: starters' pieces suit most people, and a piece for certain trades
//! is taken to be for others until we know the trade.

use segments::Level;

use super::{
    choice::{FactUsed, ReasonStep},
    facts::{LEVEL, fact, level_words, likes, stage_words, trade_words, user_type_words},
    reader::Reader,
};
use crate::item::Item;

/// One thing that speaks for or against an item.
pub(super) struct Fit {
    pub step: ReasonStep,
    pub score: i32,
    /// For the marketer, a sentence.
    pub sentence: String,
    /// For the customer, part of a sentence, where it speaks for the item.
    pub clause: Option<String>,
    /// The fact it rests on.
    pub fact: Option<FactUsed>,
}

impl Fit {
    fn good(score: i32, sentence: String, clause: String, fact: FactUsed) -> Self {
        Self { step: ReasonStep::Fit, score, sentence, clause: Some(clause), fact: Some(fact) }
    }

    fn neutral(score: i32, sentence: String) -> Self {
        Self { step: ReasonStep::Fit, score, sentence, clause: None, fact: None }
    }
}

/// Everything that speaks for or against an item, strongest words to the customer first.
pub(super) fn fits(item: &Item, reader: Reader<'_>) -> Vec<Fit> {
    let mut fits: Vec<Fit> = needs(item, reader).collect();
    fits.extend([product(item, reader), trade(item, reader), level(item, reader)].into_iter().flatten());
    fits.extend([user_type(item, reader), stage(item, reader)].into_iter().flatten());
    fits
}

fn needs<'a>(item: &'a Item, reader: Reader<'a>) -> impl Iterator<Item = Fit> + 'a {
    let shared = item.needs.iter().filter(move |need| reader.needs(need));
    shared.take(2).map(move |need| {
        let sentence = format!("It helps with “{need}”, which they asked for.");
        Fit::good(15, sentence, format!("you asked for “{need}”"), fact("What you asked for", need))
    })
}

fn product(item: &Item, reader: Reader<'_>) -> Option<Fit> {
    if item.products.is_empty() {
        return None;
    }
    match item.products.iter().find(|code| reader.owns(code)) {
        Some(code) => {
            let sentence = format!("They have {code}.");
            Some(Fit::good(10, sentence, format!("you have {code}"), fact("What you have from us", code)))
        }
        None => Some(Fit::neutral(-10, format!("They do not have {}.", item.products.join(" or ")))),
    }
}

fn trade(item: &Item, reader: Reader<'_>) -> Option<Fit> {
    if item.trades.is_empty() {
        return None;
    }
    let trade = reader.trade();
    match trade.filter(|trade| item.trades.iter().any(|prefix| trade.starts_with(prefix.as_str()))) {
        Some(trade) => {
            let sentence = format!("It is written for their trade (NAICS {trade}).");
            Some(Fit::good(
                15,
                sentence,
                "it is written for your trade".to_owned(),
                fact("Your trade", trade_words(trade)),
            ))
        }
        None => Some(Fit::neutral(-60, "It is written for other trades.".to_owned())),
    }
}

fn level(item: &Item, reader: Reader<'_>) -> Option<Fit> {
    let Some(theirs) = reader.level() else {
        let sentence = "Nobody knows their level, and this is for starters.".to_owned();
        return (item.level == Level::Starter).then(|| Fit::neutral(5, sentence));
    };
    let words = level_words(theirs);
    match rank(theirs).abs_diff(rank(item.level)) {
        0 => {
            let sentence = format!("It expects {}, as they are.", item.level.as_str());
            Some(Fit::good(20, sentence, format!("you are {words}"), fact(LEVEL, words)))
        }
        1 => None,
        _ => Some(Fit::neutral(
            -20,
            format!("It expects {}, and they are {}.", item.level.as_str(), theirs.as_str()),
        )),
    }
}

fn rank(level: Level) -> u8 {
    match level {
        Level::Starter => 0,
        Level::GettingBy => 1,
        Level::Confident => 2,
    }
}

fn user_type(item: &Item, reader: Reader<'_>) -> Option<Fit> {
    let theirs = reader.user_type().filter(|theirs| item.user_types.contains(theirs))?;
    let words = user_type_words(theirs);
    let sentence = format!("It suits a {}.", theirs.as_str());
    let seems = if reader.only_seems() { "you seem to like" } else { "you like" };
    Some(Fit::good(15, sentence, format!("{seems} {words}"), likes(theirs, reader)))
}

fn stage(item: &Item, reader: Reader<'_>) -> Option<Fit> {
    if item.stages.is_empty() {
        return None;
    }
    let theirs = reader.stage()?;
    if !item.stages.contains(&theirs) {
        return Some(Fit::neutral(
            -25,
            format!("It is for businesses at another stage than {}.", theirs.as_str()),
        ));
    }
    let words = stage_words(theirs);
    let sentence = format!("It is for businesses that are {words}.");
    Some(Fit::good(10, sentence, format!("your business is {words}"), fact("Your business is", words)))
}
