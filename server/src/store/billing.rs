//! Whom a partner bills, and which letters sell: the two never meet.

use sea_orm::sea_query::{Alias, Condition, Expr, ExprTrait, Query, SelectStatement, SimpleExpr};
use sea_orm::{ColumnTrait, JoinType};

use super::entities::{account, licence, renewal};

/// Whether a letter under this consent sells. The vendor sends none to a customer of a partner.
pub fn sells(purpose: &str) -> bool {
    matches!(purpose, "offers" | "product-news")
}

/// Finds this account when somebody else than the vendor bills it: by the word of the account itself, or for any
/// licence that it still holds.
pub(super) fn billed_by_others(account: impl Into<SimpleExpr>) -> SelectStatement {
    let biller = Alias::new("biller");
    let lapsed = Condition::all()
        .add(
            Expr::col((renewal::Entity, renewal::Column::LicenceId))
                .equals((licence::Entity, licence::Column::Id)),
        )
        .add(
            Expr::col((renewal::Entity, renewal::Column::AccountId))
                .equals((licence::Entity, licence::Column::AccountId)),
        )
        .add(
            Expr::col((renewal::Entity, renewal::Column::DueOn))
                .equals((licence::Entity, licence::Column::RenewsOn)),
        )
        .add(renewal::Column::Outcome.eq("lapsed"));
    let held = Query::select()
        .expr(Expr::val(1))
        .from(licence::Entity)
        .join(JoinType::LeftJoin, renewal::Entity, lapsed)
        .and_where(
            Expr::col((licence::Entity, licence::Column::AccountId))
                .equals((biller.clone(), account::Column::Id)),
        )
        .and_where(licence::Column::BilledBy.ne("vendor"))
        .and_where(Expr::col((renewal::Entity, renewal::Column::LicenceId)).is_null())
        .to_owned();
    Query::select()
        .expr(Expr::val(1))
        .from_as(account::Entity, biller.clone())
        .and_where(Expr::col((biller.clone(), account::Column::Id)).eq(account))
        .cond_where(
            Condition::any()
                .add(Expr::col((biller, account::Column::Billing)).ne("vendor"))
                .add(Expr::exists(held)),
        )
        .to_owned()
}
