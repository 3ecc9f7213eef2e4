//! What people did, as a question asks for it: of what, how often, and when.

use super::{
    Read,
    measures::{count, maybe_when},
};
use crate::predicate::{Act, Object, Times, Unseen, Verb};
use crate::text::{grammar::Reader, tokens::Token};

pub(super) fn act(reader: &mut Reader<'_>, verb: Verb) -> Read<Act> {
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

pub(super) fn unseen(reader: &mut Reader<'_>) -> Read<Unseen> {
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
