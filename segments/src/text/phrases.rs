//! One test of one fact, as people write it.

use std::str::FromStr;

use self::{
    acts::{act, unseen},
    measures::{maybe_when, money, numbers, product_and_number, when, whole},
};
use super::{QuestionError, grammar::Reader, tokens::Token};
use crate::{
    UnknownWord, nearest,
    predicate::{Agreement, Fact, Industry, Known, MAX_LIST, Segment, Verb},
};

mod acts;
mod measures;

type Read<T> = Result<T, QuestionError>;
/// A fact, and whether it is asked to hold; `is not` asks it to fail.
type Asked = (Fact, bool);

/// The words a test may begin with.
const BEGINNINGS: &[&str] = &[
    "size",
    "size band",
    "class",
    "stage",
    "founded",
    "industry",
    "country",
    "region",
    "city",
    "partner",
    "billing",
    "owns",
    "seats of",
    "active seats of",
    "unused seats of",
    "milestone",
    "renews",
    "amount",
    "targeted",
    "targeted class",
    "targeted band",
    "user type",
    "level",
    "role",
    "language",
    "needs",
    "consents to",
    "joined",
    "opted in",
    "received",
    "opened",
    "clicked",
    "replied",
    "viewed",
    "completed",
    "asked",
    "answered",
    "did not",
    "in segment",
    "in journey",
    "trait",
    "exists",
    "everyone",
    "no one",
    "not",
];

/// Reads one test.
pub(super) fn fact(reader: &mut Reader<'_>) -> Read<Asked> {
    if let Some(asked) = about_the_account(reader)? {
        return Ok(asked);
    }
    if let Some(asked) = about_the_person(reader)? {
        return Ok(asked);
    }
    let what = "the beginning of a test, such as `size`, `owns` or `completed`";
    let Some(word) = reader.peek_word() else { return Err(reader.unexpected(what, &[])) };
    let first_words = BEGINNINGS.iter().filter_map(|words| words.split(' ').next());
    let meant = nearest(word, BEGINNINGS.iter().copied()).or_else(|| nearest(word, first_words));
    Err(reader.wrong(&format!("there is no fact called `{word}`")).meaning(meant))
}

fn about_the_account(reader: &mut Reader<'_>) -> Read<Option<Asked>> {
    let start = |reader: &mut Reader<'_>, words: &[&str]| reader.take_words(words);
    let asked = if start(reader, &["size", "band"]) {
        words(reader, "a size band such as \"10-24\"", Fact::SizeBand)?
    } else if start(reader, &["size"]) {
        (Fact::Size(numbers(reader, whole)?), true)
    } else if start(reader, &["class"]) {
        words(reader, "a class: small, midmarket or not-smb", Fact::Class)?
    } else if start(reader, &["stage"]) {
        words(reader, "a stage", Fact::Stage)?
    } else if start(reader, &["founded"]) {
        (Fact::Founded(when(reader)?), true)
    } else if start(reader, &["industry"]) {
        industry(reader)?
    } else if start(reader, &["country"]) {
        texts(reader, "a country code", Fact::Country)?
    } else if start(reader, &["region"]) {
        texts(reader, "a region", Fact::Region)?
    } else if start(reader, &["city"]) {
        texts(reader, "a city", Fact::City)?
    } else if start(reader, &["partner"]) {
        texts(reader, "the id of a partner", Fact::Partner)?
    } else if start(reader, &["billing"]) {
        words(reader, "vendor, partner or distributor", Fact::Billing)?
    } else if start(reader, &["owns"]) {
        (Fact::Owns(reader.quoted("the code of a product")?), true)
    } else if start(reader, &["seats", "of"]) {
        let (of, is) = product_and_number(reader)?;
        (Fact::Seats { of, is }, true)
    } else if start(reader, &["active", "seats", "of"]) {
        let (of, is) = product_and_number(reader)?;
        (Fact::ActiveSeats { of, is }, true)
    } else if start(reader, &["unused", "seats", "of"]) {
        let (of, is) = product_and_number(reader)?;
        (Fact::UnusedSeats { of, is }, true)
    } else if start(reader, &["milestone"]) {
        let name = reader.quoted("the name of a milestone")?;
        reader.word("reached")?;
        (Fact::Milestone { name, when: maybe_when(reader)? }, true)
    } else if start(reader, &["renews"]) {
        (Fact::Renews(when(reader)?), true)
    } else if start(reader, &["amount"]) {
        (Fact::Amount(numbers(reader, money)?), true)
    } else if start(reader, &["targeted", "class"]) {
        words(reader, "a class: small, midmarket or not-smb", Fact::TargetedClass)?
    } else if start(reader, &["targeted", "band"]) {
        words(reader, "a size band such as \"10-24\"", Fact::TargetedBand)?
    } else if start(reader, &["targeted"]) {
        reader.word("is")?;
        let differs = reader.take_word("not");
        reader.word("actual")?;
        (Fact::Targeted(if differs { Agreement::NotActual } else { Agreement::Actual }), true)
    } else {
        return Ok(None);
    };
    Ok(Some(asked))
}

fn about_the_person(reader: &mut Reader<'_>) -> Read<Option<Asked>> {
    let start = |reader: &mut Reader<'_>, words: &[&str]| reader.take_words(words);
    let asked = if start(reader, &["user", "type"]) {
        words(reader, "a user type: learner, connector or collaborator", Fact::UserType)?
    } else if start(reader, &["level"]) {
        words(reader, "a level: starter, getting-by or confident", Fact::Level)?
    } else if start(reader, &["role"]) {
        texts(reader, "a role", Fact::Role)?
    } else if start(reader, &["language"]) {
        texts(reader, "a language tag", Fact::Language)?
    } else if start(reader, &["needs"]) {
        (Fact::Needs(reader.quoted("a need")?), true)
    } else if start(reader, &["consents", "to"]) {
        (Fact::Consents(reader.listed("a purpose such as training")?), true)
    } else if start(reader, &["joined"]) {
        (Fact::Joined { when: maybe_when(reader)? }, true)
    } else if start(reader, &["opted", "in"]) {
        (Fact::Joined { when: Some(when(reader)?) }, true)
    } else if start(reader, &["in", "segment"]) {
        (Fact::InSegment(Segment::named(reader.quoted("the name of a segment")?)), true)
    } else if start(reader, &["in", "journey"]) {
        (Fact::InJourney(reader.quoted("the name of a journey")?), true)
    } else if start(reader, &["trait"]) {
        let name = reader.quoted("the name of an extra column")?;
        texts(reader, "a value", |is| Fact::Trait { name, is })?
    } else if start(reader, &["exists", "trait"]) {
        (Fact::TraitExists(reader.quoted("the name of an extra column")?), true)
    } else if start(reader, &["exists"]) {
        (Fact::Exists(known(reader)?), true)
    } else if start(reader, &["did", "not"]) {
        (Fact::DidNot(unseen(reader)?), true)
    } else if let Some(verb) = reader.peek_word().and_then(|word| word.parse::<Verb>().ok()) {
        reader.step();
        (Fact::Did(act(reader, verb)?), true)
    } else {
        return Ok(None);
    };
    Ok(Some(asked))
}

fn words<W: FromStr<Err = UnknownWord>>(
    reader: &mut Reader<'_>,
    what: &str,
    fact: impl FnOnce(Vec<W>) -> Fact,
) -> Read<Asked> {
    let (list, holds) = values(reader, |reader| reader.listed(what))?;
    Ok((fact(list), holds))
}

fn texts(reader: &mut Reader<'_>, what: &str, fact: impl FnOnce(Vec<String>) -> Fact) -> Read<Asked> {
    let (list, holds) = values(reader, |reader| reader.quoted(what))?;
    Ok((fact(list), holds))
}

fn industry(reader: &mut Reader<'_>) -> Read<Asked> {
    let one = |reader: &mut Reader<'_>| reader.quoted("a NAICS code or title").map(Industry);
    if reader.take_word("under") {
        let industries = if matches!(reader.peek(), Some(Token::Sign("("))) {
            list(reader, one)?
        } else {
            vec![one(reader)?]
        };
        return Ok((Fact::Industry(industries), true));
    }
    let (list, holds) = values(reader, one)?;
    Ok((Fact::Industry(list), holds))
}

/// `is A`, `is not A`, `in (A, B)` or `not in (A, B)`.
fn values<'a, T>(
    reader: &mut Reader<'a>,
    mut one: impl FnMut(&mut Reader<'a>) -> Read<T>,
) -> Read<(Vec<T>, bool)> {
    if reader.take_word("is") || reader.take_sign("=") {
        let holds = !reader.take_word("not");
        if holds || !reader.take_word("in") {
            return Ok((vec![one(reader)?], holds));
        }
        return Ok((list(reader, one)?, false));
    }
    let holds = !reader.take_word("not");
    if reader.take_word("in") {
        return Ok((list(reader, one)?, holds));
    }
    Err(reader.unexpected("`is`, `is not` or `in (…)`", &["is", "in"]))
}

fn list<'a, T>(reader: &mut Reader<'a>, mut one: impl FnMut(&mut Reader<'a>) -> Read<T>) -> Read<Vec<T>> {
    reader.sign("(")?;
    let mut list = vec![one(reader)?];
    while reader.take_sign(",") {
        if list.len() == MAX_LIST {
            return Err(reader.wrong(&format!("the list is too long; at most {MAX_LIST} values fit")));
        }
        list.push(one(reader)?);
    }
    reader.sign(")")?;
    Ok(list)
}

fn known(reader: &mut Reader<'_>) -> Read<Known> {
    for (phrase, known) in [
        (["user", "type"], Known::UserType),
        (["targeted", "class"], Known::TargetedClass),
        (["targeted", "band"], Known::TargetedBand),
        (["time", "zone"], Known::Timezone),
    ] {
        if reader.take_words(&phrase) {
            return Ok(known);
        }
    }
    reader.listed("a fact such as `region`")
}
