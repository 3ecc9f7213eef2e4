//! What people did, or were not seen to do: rows of `events`.

use chrono::{DateTime, Utc};
use sea_query::{Condition, Expr, ExprTrait, Func, SelectStatement};

use super::{certain, leaf, moments, person, rows};
use crate::{
    ItemWord, Verdict,
    predicate::{Act, Object, Times, Unseen, Verb, When},
};

pub(super) fn did(act: &Act, now: DateTime<Utc>) -> Condition {
    let mut events = events(act.verb, &act.of, act.when, now);
    if let Some(times) = act.times {
        let count = times_counted(act.verb);
        let enough = match times {
            Times::More(than) => count.gt(i64::from(than)),
            Times::Fewer(than) => count.lt(i64::from(than)),
        };
        events.clear_selects().expr(Func::count(event("id"))).and_having(enough);
    }
    watched(act.verb, now).add(Expr::exists(events))
}

pub(super) fn did_not(unseen: &Unseen, now: DateTime<Utc>) -> Condition {
    let events = |verb| Expr::exists(events(verb, &unseen.of, unseen.when, now));
    watched(unseen.verb, now).add(events(Verb::Received)).add(events(unseen.verb).not())
}

/// People of whom it can be known whether they did this.
fn watched(verb: Verb, now: DateTime<Utc>) -> Condition {
    let known = verb.watched_under().map(|purpose| person::consents(purpose, now));
    Condition::all().add(known.unwrap_or_else(|| certain(true)))
}

fn event(name: &'static str) -> Expr {
    Expr::col(("events", name))
}

fn events(verb: Verb, of: &Object, when: Option<When>, now: DateTime<Utc>) -> SelectStatement {
    let human = verb.needs_verdict().then(|| event("verdict").eq(Verdict::Human.as_str()));
    person::own_rows("events")
        .and_where(event("kind").is_in(verb.kinds().iter().map(|kind| kind.as_str())))
        .cond_where(moments(&event("at"), When::moments(when, now)))
        .and_where_option(human)
        .cond_where(about(of, verb.is_about_the_letter()))
        .take()
}

/// Events counted; a letter that was both sent and delivered is one letter.
fn times_counted(verb: Verb) -> Expr {
    let events = Expr::from(Func::count(event("id")));
    if verb != Verb::Received {
        return events;
    }
    let message = || event("message_id");
    let letters = Expr::from(Func::count_distinct(message()));
    letters.add(events).sub(Expr::from(Func::count(message())))
}

fn about(of: &Object, in_letter: bool) -> Condition {
    let acted_on = match of {
        Object::Any => return certain(true),
        Object::Item(item) => event("item").eq(item.as_str()),
        Object::Kind(word) => in_catalogue(event("item"), *word),
    };
    let chosen = Expr::col(("choices", "item"));
    let carried = in_letter.then(|| {
        let choices = person::own_rows("choices")
            .and_where(Expr::col(("choices", "message_id")).equals(("events", "message_id")))
            .and_where(match of {
                Object::Kind(word) => in_catalogue(chosen, *word),
                Object::Item(item) => chosen.eq(item.as_str()),
                Object::Any => chosen.is_not_null(),
            })
            .take();
        leaf(Expr::exists(choices))
    });
    Condition::any().add(acted_on).add_option(carried)
}

/// An item of this kind or format, as the catalogue has it.
fn in_catalogue(item: Expr, word: ItemWord) -> Expr {
    let field = if word.is_kind() { "items.document ->> 'kind'" } else { "items.document ->> 'format'" };
    let items = rows("items")
        .and_where(Expr::col(("items", "name")).eq(item))
        .and_where(Expr::cust(field).eq(word.as_str()))
        .take();
    Expr::exists(items)
}
