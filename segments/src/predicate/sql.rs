//! The reader in SQL: answers for the whole table, on SQLite and on PostgreSQL with the same words.
//!
//! The condition stands in a query over `contacts` joined to its home account:
//! `… FROM contacts JOIN accounts ON accounts.id = contacts.account_id WHERE …`, both under their own names.
//! Every leaf is true or false, never NULL: a column is compared beside its `IS NOT NULL`, and everything in other
//! tables is an EXISTS. Otherwise NOT would mean one thing here and another in memory.

mod account;
mod acts;
mod person;

use chrono::{DateTime, Utc};
use sea_query::{Condition, Expr, ExprTrait, Func, Query, SelectStatement, SubQueryStatement, Value};

use super::{
    Fact, Numbers, Predicate,
    measure::{DaySpan, MomentSpan},
};

impl Predicate {
    /// Answers for a whole table of people. Agrees with [`Predicate::matches`].
    pub fn to_condition(&self, now: DateTime<Utc>) -> Condition {
        match self {
            Self::All(parts) if parts.is_empty() => certain(true),
            Self::Any(parts) if parts.is_empty() => certain(false),
            Self::All(parts) => all(parts.iter().map(|part| part.to_condition(now))),
            Self::Any(parts) => any(parts.iter().map(|part| part.to_condition(now))),
            Self::Not(part) => Condition::all().add(part.to_condition(now).not()),
            Self::Fact(fact) => fact.to_condition(now),
        }
    }
}

impl Fact {
    fn to_condition(&self, now: DateTime<Utc>) -> Condition {
        match self {
            Self::InSegment(segment) => {
                segment.question().map_or_else(|| certain(false), |question| question.to_condition(now))
            }
            fact => account::condition(fact, now.date_naive())
                .or_else(|| person::condition(fact, now))
                .unwrap_or_else(|| unreachable!("every fact is about the account or about the person")),
        }
    }
}

/// True or false for everyone.
fn certain(holds: bool) -> Condition {
    Condition::all().add(Expr::cust(if holds { "1 = 1" } else { "1 = 0" }))
}

fn all(parts: impl IntoIterator<Item = Condition>) -> Condition {
    parts.into_iter().fold(Condition::all(), Condition::add)
}

fn any(parts: impl IntoIterator<Item = Condition>) -> Condition {
    parts.into_iter().fold(Condition::any(), Condition::add)
}

fn leaf(test: Expr) -> Condition {
    Condition::all().add(test)
}

/// The test of a column that may be NULL: known, and passing.
fn known(column: &Expr, test: Expr) -> Condition {
    Condition::all().add(column.clone().is_not_null()).add(test)
}

/// One of the words of a closed list.
fn one_of<W: Into<&'static str> + Copy>(column: &Expr, list: &[W]) -> Condition {
    known(column, column.clone().is_in(list.iter().map(|word| -> &'static str { (*word).into() })))
}

/// One of these texts.
fn among(column: &Expr, list: &[String]) -> Condition {
    known(column, column.clone().is_in(list.iter().map(String::as_str)))
}

/// A text that begins with this one. LIKE would not do: it minds case on one database and not on the other.
fn begins(column: &Expr, prefix: &str) -> Expr {
    let length = i32::try_from(prefix.chars().count()).unwrap_or(i32::MAX);
    let beginning = Func::cust("substr").args([column.clone(), Expr::val(1), Expr::val(length)]);
    Expr::from(beginning).eq(prefix)
}

fn number<T: Into<Value>>(of: Expr, is: Numbers<T>) -> Expr {
    let bound = |bound: T| Expr::val(bound);
    match is {
        Numbers::In(from, to) => of.clone().gte(bound(from)).and(of.lte(bound(to))),
        Numbers::More(than) => of.gt(bound(than)),
        Numbers::Fewer(than) => of.lt(bound(than)),
        Numbers::AtLeast(least) => of.gte(bound(least)),
        Numbers::AtMost(most) => of.lte(bound(most)),
        Numbers::Is(exactly) => of.eq(bound(exactly)),
    }
}

/// A day in the span.
fn days(column: &Expr, (from, to): DaySpan) -> Condition {
    let from = from.map(|from| column.clone().gte(from));
    Condition::all().add_option(from).add_option(to.map(|to| column.clone().lte(to)))
}

/// A moment in the span.
fn moments(column: &Expr, (from, until): MomentSpan) -> Condition {
    let from = from.map(|from| column.clone().gte(from));
    Condition::all().add_option(from).add(column.clone().lt(until))
}

/// `(SELECT …)` as a value, which may be NULL.
fn value_of(query: SelectStatement) -> Expr {
    Expr::SubQuery(None, Box::new(SubQueryStatement::SelectStatement(query)))
}

/// Whether a test of values that may be NULL passes: NULL does not.
fn passes(test: Expr) -> Condition {
    leaf(Expr::exists(Query::select().expr(Expr::cust("1")).and_where(test).take()))
}

/// `SELECT 1 FROM table`, to be narrowed.
fn rows(table: &'static str) -> SelectStatement {
    Query::select().expr(Expr::cust("1")).from(table).take()
}
