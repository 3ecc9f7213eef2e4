//! One test of one fact, as people write it.

use std::str::FromStr;

use super::{QuestionError, grammar::Reader, tokens::Token};
use crate::{
    UnknownWord, nearest,
    predicate::{
        Act, Agreement, Amount, Fact, Industry, Known, MAX_LIST, MAX_NUMBER, Numbers, Object, Segment, Times,
        Unseen, Verb, When,
    },
};

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

fn act(reader: &mut Reader<'_>, verb: Verb) -> Read<Act> {
    let of = object(reader)?;
    let (mut times, mut when) = (None, None);
    loop {
        if times.is_none()
            && let Some(found) = maybe_times(reader)?
        {
            times = Some(found);
        } else if when.is_none()
            && let Some(found) = maybe_when(reader)?
        {
            when = Some(found);
        } else {
            return Ok(Act { verb, of, times, when });
        }
    }
}

fn unseen(reader: &mut Reader<'_>) -> Read<Unseen> {
    let verbs = [Verb::Opened, Verb::Clicked, Verb::Replied];
    let verb = verbs.into_iter().find(|verb| verb.bare().is_some_and(|bare| reader.take_word(bare)));
    let Some(verb) = verb else {
        let expected = "`open`, `click` or `reply` (for what is done in the center, write `not completed …`)";
        return Err(reader.unexpected(expected, &["open", "click", "reply"]));
    };
    Ok(Unseen { verb, of: object(reader)?, when: maybe_when(reader)? })
}

fn object(reader: &mut Reader<'_>) -> Read<Object> {
    if let Some(Token::Text(_)) = reader.peek() {
        return Ok(Object::Item(reader.quoted("the name of an item")?));
    }
    if !reader.take_word("any") {
        return Ok(Object::Any);
    }
    match reader.peek_word() {
        None
        | Some("more" | "fewer" | "at" | "within" | "before" | "after" | "in" | "between" | "and" | "or") => {
            Ok(Object::Any)
        }
        Some(_) => Ok(Object::Kind(reader.listed("a kind or format of item")?)),
    }
}

fn maybe_times(reader: &mut Reader<'_>) -> Read<Option<Times>> {
    let make: fn(u32) -> Times = if reader.take_words(&["more", "than"]) {
        Times::More
    } else if reader.take_words(&["fewer", "than"]) {
        Times::Fewer
    } else if reader.take_words(&["at", "least"]) {
        |n| if n == 0 { Times::More(u32::MAX) } else { Times::More(n - 1) }
    } else if reader.take_words(&["at", "most"]) {
        |n| Times::Fewer(n.saturating_add(1))
    } else {
        return Ok(None);
    };
    let count = count(reader)?;
    if !reader.take_word("time") {
        reader.word("times")?;
    }
    Ok(Some(make(count)))
}

fn count(reader: &mut Reader<'_>) -> Read<u32> {
    let number = whole(reader)?;
    u32::try_from(number).map_err(|_| reader.wrong("that number is too large"))
}

fn whole(reader: &mut Reader<'_>) -> Read<i64> {
    let Some(Token::Number(written)) = reader.peek() else {
        return Err(reader.unexpected("a whole number", &[]));
    };
    let Some(number) = written.parse().ok().filter(|number| *number <= MAX_NUMBER) else {
        return Err(reader.wrong(&format!("`{written}` is not a usable whole number")));
    };
    reader.step();
    Ok(number)
}

fn money(reader: &mut Reader<'_>) -> Read<Amount> {
    let Some(Token::Number(written)) = reader.peek() else {
        return Err(reader.unexpected("an amount such as 1000 or 1000.50", &[]));
    };
    let amount = Amount::try_from(written.clone()).map_err(|message| reader.wrong(&message))?;
    reader.step();
    Ok(amount)
}

fn numbers<T>(reader: &mut Reader<'_>, one: fn(&mut Reader<'_>) -> Read<T>) -> Read<Numbers<T>> {
    Ok(if reader.take_word("in") {
        let from = one(reader)?;
        reader.sign("..")?;
        Numbers::In(from, one(reader)?)
    } else if reader.take_word("between") {
        let from = one(reader)?;
        reader.word("and")?;
        Numbers::In(from, one(reader)?)
    } else if reader.take_sign(">") || reader.take_words(&["more", "than"]) {
        Numbers::More(one(reader)?)
    } else if reader.take_sign("<") || reader.take_words(&["fewer", "than"]) {
        Numbers::Fewer(one(reader)?)
    } else if reader.take_sign(">=") || reader.take_words(&["at", "least"]) {
        Numbers::AtLeast(one(reader)?)
    } else if reader.take_sign("<=") || reader.take_words(&["at", "most"]) {
        Numbers::AtMost(one(reader)?)
    } else if reader.take_word("is") || reader.take_sign("=") {
        Numbers::Is(one(reader)?)
    } else {
        return Err(reader.unexpected("a test of a number: `in 10..49`, `> 20`, `< 20` or `is 20`", &[]));
    })
}

fn product_and_number(reader: &mut Reader<'_>) -> Read<(String, Numbers<i64>)> {
    Ok((reader.quoted("the code of a product")?, numbers(reader, whole)?))
}

fn maybe_when(reader: &mut Reader<'_>) -> Read<Option<When>> {
    Ok(Some(if reader.take_word("within") {
        let days = count(reader)?;
        if !reader.take_word("day") {
            reader.word("days")?;
        }
        When::Within(days)
    } else if reader.take_word("before") {
        When::Before(day(reader)?)
    } else if reader.take_word("after") {
        When::After(day(reader)?)
    } else if reader.take_word("in") {
        let from = day(reader)?;
        reader.sign("..")?;
        When::In(from, day(reader)?)
    } else if reader.take_word("between") {
        let from = day(reader)?;
        reader.word("and")?;
        When::In(from, day(reader)?)
    } else {
        return Ok(None);
    }))
}

fn when(reader: &mut Reader<'_>) -> Read<When> {
    let known = ["within", "before", "after", "between"];
    let expected = "`within 90 days`, `before 2026-01-31`, `after 2026-01-31` or `in 2026-01-01..2026-01-31`";
    maybe_when(reader)?.ok_or_else(|| reader.unexpected(expected, &known))
}

fn day(reader: &mut Reader<'_>) -> Read<chrono::NaiveDate> {
    let Some(Token::Day(day)) = reader.peek() else {
        return Err(reader.unexpected("a day such as 2026-01-31", &[]));
    };
    reader.step();
    Ok(*day)
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
