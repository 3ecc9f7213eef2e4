//! Rows become profiles here. A word that is in no list is a fault of whoever wrote it, and named.

use std::collections::BTreeSet;
use std::str::FromStr;

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::sea_query::{Alias, Expr, ExprTrait, Func, IntoIden, Query, SubQueryStatement};
use sea_orm::{ColumnTrait, Condition, DbErr, EntityTrait, QueryFilter, Select};
use segments::{Account, EventKind, ItemWord, Licence, Milestone, Profile, SeatCount, UnknownWord};
use uuid::Uuid;

use crate::store::entities::{account, contact, event, licence, usage};

/// A word from a closed list.
pub(super) fn word<W: FromStr<Err = UnknownWord>>(column: &str, written: &str) -> Result<W, DbErr> {
    written.parse().map_err(|error| DbErr::Type(format!("{column}: {error}")))
}

fn maybe<W: FromStr<Err = UnknownWord>>(column: &str, written: Option<&String>) -> Result<Option<W>, DbErr> {
    written.map(|written| word(column, written)).transpose()
}

pub(super) fn profile(row: contact::Model, account: Account) -> Result<Profile, DbErr> {
    let mut profile = Profile::blank(row.id.into(), row.account_id.into(), &row.email);
    profile.user_type = maybe("contacts.user_type", row.user_type.as_ref())?;
    profile.user_type_source = maybe("contacts.user_type_source", row.user_type_source.as_ref())?;
    profile.level = maybe("contacts.level", row.level.as_ref())?;
    profile.external_id = row.external_id;
    profile.first_name = row.first_name;
    profile.last_name = row.last_name;
    profile.role = row.role;
    profile.language = row.language;
    profile.timezone = row.timezone;
    profile.opted_in_at = row.opted_in_at;
    profile.paused_until = row.paused_until;
    profile.account = account;
    Ok(profile)
}

pub(super) fn account(row: account::Model, partner: Option<String>) -> Result<Account, DbErr> {
    let mut account = Account::blank(row.id.into());
    account.said_stage = maybe("accounts.stage", row.stage.as_ref())?;
    account.billing = word("accounts.billing", &row.billing)?;
    account.targeted_class = maybe("accounts.targeted_class", row.targeted_class.as_ref())?;
    account.targeted_band = maybe("accounts.targeted_band", row.targeted_band.as_ref())?;
    account.side = maybe("accounts.side", row.side.as_ref())?;
    account.external_id = row.external_id;
    account.name = row.name;
    account.domain = row.domain;
    account.employees = row.employees;
    account.founded_on = row.founded_on;
    account.industry = row.industry;
    account.country = row.country;
    account.region = row.region;
    account.city = row.city;
    account.postal_code = row.postal_code;
    account.partner = partner;
    account.held = row.held;
    Ok(account)
}

pub(super) fn licence(row: licence::Model, lapsed: bool) -> Result<Licence, DbErr> {
    Ok(Licence {
        billed_by: word("licences.billed_by", &row.billed_by)?,
        product: row.product_code,
        seats: row.seats,
        starts_on: row.starts_on,
        renews_on: row.renews_on,
        amount: row.amount,
        currency: row.currency,
        lapsed,
    })
}

/// Milestones, and of the counts only those of the last day that has one.
pub(super) fn milestone_or_latest_count(today: NaiveDate) -> Condition {
    let later = || Alias::new("later").into_iden();
    let latest = Query::select()
        .expr(Func::max(Expr::col((later(), usage::Column::OnDate))))
        .from_as(usage::Entity, later())
        .and_where(
            Expr::col((later(), usage::Column::AccountId)).equals((usage::Entity, usage::Column::AccountId)),
        )
        .and_where(
            Expr::col((later(), usage::Column::ProductCode))
                .equals((usage::Entity, usage::Column::ProductCode)),
        )
        .and_where(Expr::col((later(), usage::Column::ActiveSeats)).is_not_null())
        .and_where(Expr::col((later(), usage::Column::OnDate)).lte(today))
        .take();
    let latest = Expr::SubQuery(None, Box::new(SubQueryStatement::SelectStatement(latest)));
    let counted = Expr::col((usage::Entity, usage::Column::OnDate)).eq(latest);
    Condition::any()
        .add(usage::Column::Milestone.ne(""))
        .add(Condition::all().add(usage::Column::ActiveSeats.is_not_null()).add(counted))
}

/// Keeps the milestone and the count of a row. Of several counts on one day the largest stays.
pub(super) fn take_usage(account: &mut Account, row: usage::Model) {
    if let Some(active) = row.active_seats {
        let count = SeatCount { product: row.product_code.clone(), on: row.on_date, active };
        match account.seats.iter_mut().find(|earlier| earlier.product == count.product) {
            Some(earlier) if (earlier.on, earlier.active) < (count.on, count.active) => *earlier = count,
            Some(_) => {}
            None => account.seats.push(count),
        }
    }
    if !row.milestone.is_empty() {
        account.milestones.push(Milestone {
            product: row.product_code,
            name: row.milestone,
            on: row.on_date,
        });
    }
}

/// Events that questions know, up to now.
pub(super) fn events(
    accounts: BTreeSet<Uuid>,
    people: impl Iterator<Item = Uuid>,
    now: DateTime<Utc>,
) -> Select<event::Entity> {
    event::Entity::find()
        .filter(event::Column::AccountId.is_in(accounts))
        .filter(event::Column::ContactId.is_in(people))
        .filter(event::Column::Kind.is_in(EventKind::ALL.iter().map(|kind| kind.as_str())))
        .filter(event::Column::At.lte(now))
}

/// Kind and format of an item.
pub(super) fn words_of(document: &sea_orm::JsonValue) -> Vec<ItemWord> {
    let read = |field: &str| document.get(field)?.as_str()?.parse::<ItemWord>().ok();
    let kind = read("kind").filter(|word| word.is_kind());
    let format = read("format").filter(|word| !word.is_kind());
    kind.into_iter().chain(format).collect()
}
