//! Numbers, amounts and days, as a question measures them.

use super::Read;
use crate::predicate::{Amount, MAX_NUMBER, Numbers, When};
use crate::text::{grammar::Reader, tokens::Token};

pub(super) fn count(reader: &mut Reader<'_>) -> Read<u32> {
    let number = whole(reader)?;
    u32::try_from(number).map_err(|_| reader.wrong("that number is too large"))
}

pub(super) fn whole(reader: &mut Reader<'_>) -> Read<i64> {
    let Some(Token::Number(written)) = reader.peek() else {
        return Err(reader.unexpected("a whole number", &[]));
    };
    let Some(number) = written.parse().ok().filter(|number| *number <= MAX_NUMBER) else {
        return Err(reader.wrong(&format!("`{written}` is not a usable whole number")));
    };
    reader.step();
    Ok(number)
}

pub(super) fn money(reader: &mut Reader<'_>) -> Read<Amount> {
    let Some(Token::Number(written)) = reader.peek() else {
        return Err(reader.unexpected("an amount such as 1000 or 1000.50", &[]));
    };
    let amount = Amount::try_from(written.clone()).map_err(|message| reader.wrong(&message))?;
    reader.step();
    Ok(amount)
}

pub(super) fn numbers<T>(reader: &mut Reader<'_>, one: fn(&mut Reader<'_>) -> Read<T>) -> Read<Numbers<T>> {
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

pub(super) fn product_and_number(reader: &mut Reader<'_>) -> Read<(String, Numbers<i64>)> {
    Ok((reader.quoted("the code of a product")?, numbers(reader, whole)?))
}

pub(super) fn maybe_when(reader: &mut Reader<'_>) -> Read<Option<When>> {
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

pub(super) fn when(reader: &mut Reader<'_>) -> Read<When> {
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
