//! Who is kept out of every send now: the families drawn out, and those merged with them, until they cross over by
//! joining or their time is over.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Alias, Condition, Expr, ExprTrait, IntoIden, OnConflict, Query, SelectStatement};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::{Design, Draw, Placed};
use crate::store::asks;
use crate::store::entities::{account, assignment, contact, deviation, family};

/// The kinds of deviation of a comparison family that joined: by itself, or after it was asked by mistake.
pub const CROSSED: [&str; 2] = ["joined-unasked", "joined-asked"];

/// Holds every family with a comparison member out of sends, and lets those go that crossed over by joining.
///
/// In the invited design a family that joined unasked is served in full, stays on its side in every count, and is
/// kept as a deviation, once.
pub async fn refresh_held(
    db: &impl ConnectionTrait,
    design: Design,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    hold(db, design, Condition::all()).await?;
    if design == Design::Invited {
        record_crossings(db, now).await?;
    }
    Ok(())
}

/// The same for these families and those they took in only, as after a merge.
pub async fn refresh_held_of(
    db: &impl ConnectionTrait,
    design: Design,
    survivors: &[Uuid],
) -> Result<(), DbErr> {
    for some in survivors.chunks(500) {
        let among =
            family::Column::Id.is_in(some.to_vec()).or(family::Column::MergedInto.is_in(some.to_vec()));
        hold(db, design, Condition::all().add(among)).await?;
    }
    Ok(())
}

/// The one rule of who is kept out, for `among` the families.
async fn hold(db: &impl ConnectionTrait, design: Design, among: Condition) -> Result<(), DbErr> {
    let held = Expr::exists(kept_out_member(design));
    family::Entity::update_many()
        .col_expr(family::Column::Held, held.clone())
        .filter(among.clone())
        .filter(Expr::col((family::Entity, family::Column::Held)).ne(held))
        .exec(db)
        .await?;
    let of_family = |held: bool| {
        Query::select()
            .column(family::Column::Id)
            .from(family::Entity)
            .and_where(family::Column::Held.eq(held))
            .cond_where(among.clone())
            .to_owned()
    };
    for held in [true, false] {
        account::Entity::update_many()
            .col_expr(account::Column::Held, Expr::value(held))
            .filter(account::Column::Held.ne(held))
            .filter(account::Column::FamilyId.in_subquery(of_family(held)))
            .exec(db)
            .await?;
    }
    Ok(())
}

/// Families kept out for as long as the draw allows, each as the line that draws it into the program.
pub async fn over(db: &impl ConnectionTrait, draw: &Draw, now: DateTime<Utc>) -> Result<Vec<Placed>, DbErr> {
    let begun = now - TimeDelta::days(draw.limit_days.into());
    let rows = assignment::Entity::find()
        .filter(assignment::Column::Side.eq("comparison"))
        .filter(assignment::Column::AssignedAt.lte(begun))
        .filter(Expr::exists(later_draw()).not())
        .order_by_asc(assignment::Column::Seq)
        .all(db)
        .await?;
    let into_the_program = |row: assignment::Model| Placed {
        family: row.family_id,
        comparison: false,
        share: 0.0,
        stratum: row.stratum,
        block: None,
    };
    Ok(rows.into_iter().map(into_the_program).collect())
}

/// Whether the center keeps its standard order for members of this account: in the members design, as long as its
/// family is kept out, or is on no side yet.
pub async fn keeps_standard_order(
    db: &impl ConnectionTrait,
    account: &segments::Account,
) -> Result<bool, DbErr> {
    let among_members = super::draw(db).await?.is_some_and(|draw| draw.design == Design::Members);
    Ok(among_members && (account.held || account.side.is_none()))
}

/// An assignment to the comparison side, still in force, of the family in hand or of one it was merged with, whose own
/// people have not crossed over by joining.
fn kept_out_member(design: Design) -> SelectStatement {
    let member = Alias::new("member");
    let mine = |column| Expr::col((member.clone(), column));
    let this = |column| (family::Entity, column);
    let mut select = Query::select()
        .expr(Expr::val(1))
        .from(assignment::Entity)
        .join_as(
            sea_orm::JoinType::InnerJoin,
            family::Entity,
            member.clone(),
            Expr::col((member.clone(), family::Column::Id))
                .equals((assignment::Entity, assignment::Column::FamilyId)),
        )
        .and_where(Expr::col((assignment::Entity, assignment::Column::Side)).eq("comparison"))
        .and_where(Expr::exists(later_draw()).not())
        .cond_where(
            Condition::any()
                .add(mine(family::Column::Id).equals(this(family::Column::Id)))
                .add(mine(family::Column::MergedInto).equals(this(family::Column::Id)))
                .add(mine(family::Column::Id).equals(this(family::Column::MergedInto)))
                .add(mine(family::Column::MergedInto).equals(this(family::Column::MergedInto))),
        )
        .to_owned();
    if design == Design::Invited {
        select.and_where(Expr::exists(joined_of(member)).not());
    }
    select
}

/// An assignment to the comparison side, still in force, of the family in hand itself.
fn in_force() -> SelectStatement {
    Query::select()
        .expr(Expr::val(1))
        .from(assignment::Entity)
        .and_where(
            Expr::col((assignment::Entity, assignment::Column::FamilyId))
                .equals((family::Entity, family::Column::Id)),
        )
        .and_where(Expr::col((assignment::Entity, assignment::Column::Side)).eq("comparison"))
        .and_where(Expr::exists(later_draw()).not())
        .to_owned()
}

async fn record_crossings(db: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<(), DbErr> {
    let known = Query::select()
        .column(deviation::Column::FamilyId)
        .from(deviation::Entity)
        .and_where(deviation::Column::Kind.is_in(CROSSED))
        .to_owned();
    let crossed: Vec<Uuid> = family::Entity::find()
        .select_only()
        .column(family::Column::Id)
        .filter(family::Column::Side.eq("comparison"))
        .filter(Expr::exists(in_force()))
        .filter(Expr::exists(joined()))
        .filter(family::Column::Id.not_in_subquery(known))
        .into_tuple()
        .all(db)
        .await?;
    let asked = asks::asked_first(db, &crossed).await?;
    for part in crossed.chunks(500) {
        let rows = part.iter().map(|family| {
            let (kind, detail) = if asked.contains(family) {
                (CROSSED[1], "somebody of it joined after it was asked, although it was to be left out")
            } else {
                (CROSSED[0], "somebody of it joined without being asked")
            };
            deviation::ActiveModel {
                id: Set(crate::ids::named(Uuid::nil(), kind, &family.to_string())),
                family_id: Set(*family),
                kind: Set(kind.to_owned()),
                at: Set(now),
                detail: Set(detail.to_owned()),
            }
        });
        deviation::Entity::insert_many(rows)
            .on_conflict(OnConflict::column(deviation::Column::Id).do_nothing().to_owned())
            .exec_without_returning(db)
            .await?;
    }
    Ok(())
}

/// Somebody of the family in hand has joined.
pub(super) fn joined() -> SelectStatement {
    joined_of(family::Entity)
}

/// Somebody of the family that goes by this name in the query has joined.
fn joined_of(name: impl IntoIden) -> SelectStatement {
    let home = Alias::new("member_account");
    Query::select()
        .expr(Expr::val(1))
        .from(contact::Entity)
        .join_as(
            sea_orm::JoinType::InnerJoin,
            account::Entity,
            home.clone(),
            Expr::col((home.clone(), account::Column::Id))
                .equals((contact::Entity, contact::Column::AccountId)),
        )
        .and_where(
            Expr::col((home, account::Column::FamilyId)).equals((name.into_iden(), family::Column::Id)),
        )
        .and_where(Expr::col((contact::Entity, contact::Column::OptedInAt)).is_not_null())
        .to_owned()
}

/// A later draw of the family in hand.
fn later_draw() -> SelectStatement {
    let later = Alias::new("later");
    Query::select()
        .expr(Expr::val(1))
        .from_as(assignment::Entity, later.clone())
        .and_where(
            Expr::col((later.clone(), assignment::Column::FamilyId))
                .equals((assignment::Entity, assignment::Column::FamilyId)),
        )
        .and_where(
            Expr::col((later, assignment::Column::Draw))
                .gt(Expr::col((assignment::Entity, assignment::Column::Draw))),
        )
        .to_owned()
}
