//! Emptying the list: a part of one table to a transaction, until nothing is left. It may stop anywhere and go on later.

use chrono::{DateTime, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Alias, Condition, Expr, ExprTrait, OnConflict, Query};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use super::{Fate, TRACES, Trace, Whose, col};
use crate::store::entities::{erasure, message};
use crate::store::questions;

/// Rows of a growing table in one transaction.
const AT_ONCE: u64 = 500;

/// An erasure under way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    /// Home account.
    pub account: Uuid,
    /// Who asked for it.
    pub contact: Uuid,
    /// Stands in their place from now on.
    pub stranger: Uuid,
    /// Normalised address.
    pub email_key: String,
    /// When they asked, in real time.
    pub asked_at: DateTime<Utc>,
}

impl Order {
    fn whose(&self) -> Whose<'_> {
        Whose { account: self.account, contact: self.contact, email_key: &self.email_key }
    }
}

/// Keeps that somebody asked, once, and takes back what is planned to be sent to them.
pub async fn order(db: &impl ConnectionTrait, order: &Order, now: DateTime<Utc>) -> Result<(), DbErr> {
    let row = erasure::ActiveModel {
        contact_id: Set(order.contact),
        account_id: Set(order.account),
        stranger_id: Set(order.stranger),
        email_key: Set(order.email_key.clone()),
        asked_at: Set(order.asked_at),
    };
    let once = OnConflict::column(erasure::Column::ContactId).do_nothing().to_owned();
    erasure::Entity::insert(row).on_conflict(once).exec_without_returning(db).await?;
    message::Entity::update_many()
        .col_expr(message::Column::State, Expr::value("skipped"))
        .col_expr(message::Column::Reason, Expr::value("suppressed"))
        .col_expr(message::Column::SettledAt, Expr::value(now))
        .filter(message::Column::AccountId.eq(order.account))
        .filter(message::Column::ContactId.eq(order.contact))
        .filter(message::Column::State.eq("planned"))
        .exec(db)
        .await?;
    Ok(())
}

/// Erasures under way, the oldest first.
pub async fn open_orders(db: &impl ConnectionTrait) -> Result<Vec<Order>, DbErr> {
    let rows = erasure::Entity::find().order_by_asc(erasure::Column::AskedAt).all(db).await?;
    let order = |row: erasure::Model| Order {
        account: row.account_id,
        contact: row.contact_id,
        stranger: row.stranger_id,
        email_key: row.email_key,
        asked_at: row.asked_at,
    };
    Ok(rows.into_iter().map(order).collect())
}

/// Does the next part, and answers whether there was one. What others have of their questions goes first, while it can
/// be found.
pub async fn step(db: &impl ConnectionTrait, order: &Order, now: DateTime<Utc>) -> Result<bool, DbErr> {
    if questions::forget_addresses(db, order.account, order.contact, now).await? > 0 {
        return Ok(true);
    }
    for trace in TRACES {
        if trace.empty(db, order).await? > 0 {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Forgets that there was an erasure, once no letter to this person is on the wire. Answers whether it is over.
pub async fn finish(db: &impl ConnectionTrait, order: &Order) -> Result<bool, DbErr> {
    let on_the_wire = message::Entity::find()
        .filter(message::Column::AccountId.eq(order.account))
        .filter(message::Column::ContactId.eq(order.contact))
        .count(db)
        .await?;
    if on_the_wire > 0 {
        return Ok(false);
    }
    erasure::Entity::delete_by_id(order.contact).exec(db).await?;
    Ok(true)
}

impl Trace {
    /// Empties a part of the table, and answers how many rows that were.
    async fn empty(&self, db: &impl ConnectionTrait, order: &Order) -> Result<u64, DbErr> {
        let table = Alias::new(self.table);
        let part = self.part(order);
        let done = match self.fate {
            Fate::Stays(_) => return Ok(0),
            Fate::Goes => db.execute(&Query::delete().from_table(table).cond_where(part).to_owned()).await?,
            Fate::Nameless(set) => {
                let mut change = Query::update();
                change.table(table).cond_where(part);
                if let Some(column) = self.column() {
                    change.value(Alias::new(column), order.stranger);
                }
                for (column, expression) in set {
                    change.value(Alias::new(*column), Expr::cust(*expression));
                }
                db.execute(&change).await?
            }
        };
        Ok(done.rows_affected())
    }

    /// The rows that are taken at once. A letter on the wire keeps its name until its answer is written.
    fn part(&self, order: &Order) -> Condition {
        let mut theirs = self.theirs(order.whose());
        if self.table == "messages" {
            theirs = theirs.add(col("state").is_not_in(["claimed", "handing_over"]));
        }
        if self.parts.is_empty() {
            return theirs;
        }
        let key = || self.parts.iter().map(|name| Alias::new(*name));
        let mut some = Query::select();
        some.columns(key()).from(Alias::new(self.table)).cond_where(theirs).limit(AT_ONCE);
        let key = Expr::tuple(key().map(Expr::col));
        Condition::all().add(key.in_subquery(some))
    }
}
