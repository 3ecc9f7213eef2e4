//! Tests of the person, and of what they said.

use chrono::{DateTime, Utc};
use sea_query::{Condition, Expr, ExprTrait, SelectStatement};

use super::{acts, among, any, begins, leaf, moments, one_of, rows};
use crate::{
    Purpose,
    predicate::{Fact, Known, When},
};

/// The condition of a fact about the person; none when the fact is about the account.
pub(super) fn condition(fact: &Fact, now: DateTime<Utc>) -> Option<Condition> {
    Some(match fact {
        Fact::UserType(list) => one_of(&column("user_type"), list),
        Fact::Level(list) => one_of(&column("level"), list),
        Fact::Role(list) => among(&column("role"), list),
        Fact::Language(list) => language(list),
        Fact::Needs(need) => {
            let said = own_rows("contact_needs")
                .and_where(Expr::col(("contact_needs", "need")).eq(need.as_str()))
                .take();
            leaf(Expr::exists(said))
        }
        Fact::Consents(purpose) => consents(*purpose, now),
        Fact::Joined { when } => {
            let joined = column("opted_in_at");
            let in_time = moments(&joined, When::moments(*when, now));
            Condition::all().add(joined.is_not_null()).add(in_time)
        }
        Fact::Did(act) => acts::did(act, now),
        Fact::DidNot(unseen) => acts::did_not(unseen, now),
        Fact::InJourney(name) => in_journey(name),
        Fact::Trait { name, is } => any(traits(name).map(|(value, mut rows)| {
            let one = rows.and_where(value.is_in(is.iter().map(String::as_str))).take();
            leaf(Expr::exists(one))
        })),
        Fact::TraitExists(name) => any(traits(name).map(|(_, mut rows)| leaf(Expr::exists(rows.take())))),
        Fact::Exists(known) => leaf(column(exists(*known)?).is_not_null()),
        _ => return None,
    })
}

fn column(name: &'static str) -> Expr {
    Expr::col(("contacts", name))
}

/// Rows of this table that are about the person.
pub(super) fn own_rows(table: &'static str) -> SelectStatement {
    rows(table)
        .and_where(Expr::col((table, "account_id")).equals(("contacts", "account_id")))
        .and_where(Expr::col((table, "contact_id")).equals(("contacts", "id")))
        .take()
}

fn language(list: &[String]) -> Condition {
    let tag = column("language");
    let speaks = list.iter().map(|language| {
        let dialect = begins(&tag, &format!("{language}-"));
        Condition::any().add(tag.clone().eq(language.as_str())).add(dialect)
    });
    Condition::all().add(tag.clone().is_not_null()).add(any(speaks))
}

/// A consent in force.
pub(super) fn consents(purpose: Purpose, now: DateTime<Utc>) -> Condition {
    let consent = |name: &'static str| Expr::col(("consents", name));
    let given = own_rows("consents")
        .and_where(consent("purpose").eq(purpose.as_str()))
        .and_where(consent("granted").eq(true))
        .and_where(consent("at").lte(now))
        .take();
    leaf(Expr::exists(given))
}

fn in_journey(name: &str) -> Condition {
    let by_name = rows("journeys")
        .and_where(Expr::col(("journeys", "id")).equals(("enrolments", "journey_id")))
        .and_where(Expr::col(("journeys", "name")).eq(name))
        .take();
    let active = own_rows("enrolments")
        .and_where(Expr::col(("enrolments", "state")).eq("active"))
        .and_where(Expr::exists(by_name))
        .take();
    leaf(Expr::exists(active))
}

/// Rows of this extra column, of the person and of the account, each with its value.
fn traits(name: &str) -> impl Iterator<Item = (Expr, SelectStatement)> {
    let mut person = own_rows("contact_traits");
    let mut account = rows("account_traits")
        .and_where(Expr::col(("account_traits", "account_id")).equals(("contacts", "account_id")))
        .take();
    person.and_where(Expr::col(("contact_traits", "name")).eq(name));
    account.and_where(Expr::col(("account_traits", "name")).eq(name));
    [(Expr::col(("contact_traits", "value")), person), (Expr::col(("account_traits", "value")), account)]
        .into_iter()
}

const fn exists(known: Known) -> Option<&'static str> {
    Some(match known {
        Known::UserType => "user_type",
        Known::Level => "level",
        Known::Role => "role",
        Known::Language => "language",
        Known::Timezone => "timezone",
        _ => return None,
    })
}
