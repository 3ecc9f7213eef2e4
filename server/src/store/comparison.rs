//! The installation's one draw, its strata, and the append-only ledger of who is on which side.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Alias, Expr, ExprTrait, LockType, OnConflict, Query};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseBackend, DbErr, EntityTrait, FromQueryResult, QueryFilter,
    QueryOrder, QuerySelect,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

mod held;

use held::joined;
pub use held::{CROSSED, keeps_standard_order, over, refresh_held, refresh_held_of};

use super::entities::{account, assignment, comparison_draw, family, licence, stratum};
use crate::keys::Keys;

/// What the comparison side is kept out of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Design {
    /// Families are drawn before anybody is asked to join; the comparison side is not asked. Measures the program.
    Invited,
    /// Families are drawn after joining; the comparison side gets no letters. Measures letters and picks.
    Members,
}

/// The installation's one draw.
#[derive(Debug, Clone, PartialEq)]
pub struct Draw {
    /// Salt, never shown.
    pub salt: Vec<u8>,
    /// Name of the salt in ledgers.
    pub salt_id: Uuid,
    /// What the comparison side is kept out of.
    pub design: Design,
    /// Share kept out.
    pub share: f64,
    /// Longest time a family is kept out, in days.
    pub limit_days: i32,
    /// When the draw began.
    pub drawn_at: DateTime<Utc>,
}

/// How families of one stratum are placed.
#[derive(Debug, Clone, PartialEq)]
pub struct Stratum {
    /// Size band and renewal quarter.
    pub name: String,
    /// Size of a block, or nothing for the hash.
    pub block: Option<u32>,
    /// Share kept out.
    pub share: f64,
    /// Families placed so far.
    pub next_position: i64,
}

/// A family that is on no side yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unassigned {
    /// The family.
    pub family: Uuid,
    /// Head count of its largest account.
    pub employees: Option<i32>,
    /// Its first licence term due.
    pub renews_on: Option<NaiveDate>,
}

/// One line for the ledger.
#[derive(Debug, Clone, PartialEq)]
pub struct Placed {
    /// The family.
    pub family: Uuid,
    /// True for the comparison side.
    pub comparison: bool,
    /// Share at that time.
    pub share: f64,
    /// Its stratum.
    pub stratum: String,
    /// Block and place in it, with the blocks method.
    pub block: Option<(i64, i32)>,
}

/// The draw, once it has begun.
pub async fn draw(db: &impl ConnectionTrait) -> Result<Option<Draw>, DbErr> {
    let row = comparison_draw::Entity::find_by_id(1).one(db).await?;
    row.map(|row| {
        Ok(Draw {
            salt: row.salt,
            salt_id: row.salt_id,
            design: if row.design == "members" { Design::Members } else { Design::Invited },
            share: row.share,
            limit_days: row.limit_days,
            drawn_at: row.drawn_at,
        })
    })
    .transpose()
}

/// Begins the draw; the first one stays.
pub async fn begin(db: &impl ConnectionTrait, draw: &Draw) -> Result<(), DbErr> {
    let design = match draw.design {
        Design::Invited => "invited",
        Design::Members => "members",
    };
    comparison_draw::Entity::insert(comparison_draw::ActiveModel {
        id: Set(1),
        salt: Set(draw.salt.clone()),
        salt_id: Set(draw.salt_id),
        design: Set(design.to_owned()),
        share: Set(draw.share),
        limit_days: Set(draw.limit_days),
        drawn_at: Set(draw.drawn_at),
    })
    .on_conflict(OnConflict::column(comparison_draw::Column::Id).do_nothing().to_owned())
    .exec_without_returning(db)
    .await?;
    Ok(())
}

/// Families on no side yet, in order of identifier. In the members design only those somebody of whom has joined.
pub async fn unassigned(
    db: &impl ConnectionTrait,
    design: Design,
    today: NaiveDate,
) -> Result<Vec<Unassigned>, DbErr> {
    #[derive(FromQueryResult)]
    struct Row {
        id: Uuid,
        employees: Option<i32>,
        renews_on: Option<NaiveDate>,
    }
    let assigned = Query::select()
        .expr(Expr::val(1))
        .from(assignment::Entity)
        .and_where(
            Expr::col((assignment::Entity, assignment::Column::FamilyId))
                .equals((family::Entity, family::Column::Id)),
        )
        .to_owned();
    let other = Alias::new("other");
    let first_due = Query::select()
        .expr(Expr::col((licence::Entity, licence::Column::RenewsOn)).min())
        .from(licence::Entity)
        .join_as(
            sea_orm::JoinType::InnerJoin,
            account::Entity,
            other.clone(),
            Expr::col((other.clone(), account::Column::Id))
                .equals((licence::Entity, licence::Column::AccountId)),
        )
        .and_where(Expr::col((other, account::Column::FamilyId)).equals((family::Entity, family::Column::Id)))
        .and_where(Expr::col((licence::Entity, licence::Column::RenewsOn)).gte(today))
        .to_owned();
    let mut select = Query::select()
        .column((family::Entity, family::Column::Id))
        .expr_as(Expr::col((account::Entity, account::Column::Employees)).max(), "employees")
        .expr_as(Expr::SubQuery(None, Box::new(first_due.into())), "renews_on")
        .from(family::Entity)
        .inner_join(
            account::Entity,
            Expr::col((account::Entity, account::Column::FamilyId))
                .equals((family::Entity, family::Column::Id)),
        )
        .and_where(Expr::col((family::Entity, family::Column::MergedInto)).is_null())
        .and_where(Expr::exists(assigned).not())
        .group_by_col((family::Entity, family::Column::Id))
        .order_by((family::Entity, family::Column::Id), sea_orm::Order::Asc)
        .to_owned();
    if design == Design::Members {
        select.and_where(Expr::exists(joined()));
    }
    let rows = Row::find_by_statement(db.get_database_backend().build(&select)).all(db).await?;
    Ok(rows
        .into_iter()
        .map(|row| Unassigned { family: row.id, employees: row.employees, renews_on: row.renews_on })
        .collect())
}

/// The strata, each locked for this transaction where the database has row locks.
pub async fn strata(db: &impl ConnectionTrait) -> Result<Vec<Stratum>, DbErr> {
    let mut query = stratum::Entity::find().order_by_asc(stratum::Column::Name);
    if db.get_database_backend() == DatabaseBackend::Postgres {
        query = query.lock(LockType::Update);
    }
    let rows = query.all(db).await?;
    Ok(rows
        .into_iter()
        .map(|row| Stratum {
            name: row.name,
            block: u32::try_from(row.block_size).ok().filter(|size| *size > 0),
            share: row.share,
            next_position: row.next_position,
        })
        .collect())
}

/// Keeps strata: new ones as they are, known ones with their next position.
pub async fn save_strata(db: &impl ConnectionTrait, strata: &[Stratum]) -> Result<(), DbErr> {
    for part in strata.chunks(200) {
        let rows = part.iter().map(|one| stratum::ActiveModel {
            name: Set(one.name.clone()),
            method: Set(if one.block.is_some() { "blocks" } else { "hash" }.to_owned()),
            share: Set(one.share),
            block_size: Set(one.block.map_or(0, |size| i32::try_from(size).unwrap_or(0))),
            next_position: Set(one.next_position),
        });
        let known =
            OnConflict::column(stratum::Column::Name).update_column(stratum::Column::NextPosition).to_owned();
        stratum::Entity::insert_many(rows).on_conflict(known).exec_without_returning(db).await?;
    }
    Ok(())
}

/// Appends first draws to the ledger, and writes each family's side where queries read it.
pub async fn append(
    db: &impl ConnectionTrait,
    keys: &Keys,
    draw: &Draw,
    placed: &[Placed],
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    append_lines(db, keys, draw, 1, placed, now).await?;
    for comparison in [true, false] {
        let families: Vec<Uuid> =
            placed.iter().filter(|one| one.comparison == comparison).map(|one| one.family).collect();
        for part in families.chunks(500) {
            family::Entity::update_many()
                .col_expr(family::Column::Side, Expr::value(side(comparison)))
                .filter(family::Column::Id.is_in(part.iter().copied()))
                .exec(db)
                .await?;
            account::Entity::update_many()
                .col_expr(account::Column::Side, Expr::value(side(comparison)))
                .filter(account::Column::FamilyId.is_in(part.iter().copied()))
                .exec(db)
                .await?;
        }
    }
    Ok(())
}

async fn append_lines(
    db: &impl ConnectionTrait,
    keys: &Keys,
    draw: &Draw,
    number: i32,
    placed: &[Placed],
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let last = assignment::Entity::find().order_by_desc(assignment::Column::Seq).one(db).await?;
    let (mut seq, mut hash) = last.map_or((0, Vec::new()), |row| (row.seq, row.hash));
    for part in placed.chunks(500) {
        let rows: Vec<_> = part
            .iter()
            .map(|one| {
                seq += 1;
                let previous = std::mem::take(&mut hash);
                hash = line_hash(keys, &previous, seq, number, one, draw.salt_id, now);
                assignment::ActiveModel {
                    seq: Set(seq),
                    family_id: Set(one.family),
                    draw: Set(number),
                    side: Set(side(one.comparison).to_owned()),
                    share: Set(one.share),
                    stratum: Set(one.stratum.clone()),
                    salt_id: Set(draw.salt_id),
                    method: Set(if one.block.is_some() { "blocks" } else { "hash" }.to_owned()),
                    block: Set(one.block.map(|(block, _)| block)),
                    position: Set(one.block.map(|(_, position)| position)),
                    assigned_at: Set(now),
                    previous_hash: Set(previous),
                    hash: Set(hash.clone()),
                }
            })
            .collect();
        assignment::Entity::insert_many(rows).exec_without_returning(db).await?;
    }
    Ok(())
}

/// Families that were kept out for as long as the draw allows are drawn again, into the program: they may be asked and
/// written to from now on. For lift each stays on the side it was first put on. Answers how many.
pub async fn graduate(
    db: &impl ConnectionTrait,
    keys: &Keys,
    draw: &Draw,
    now: DateTime<Utc>,
) -> Result<usize, DbErr> {
    let placed = over(db, draw, now).await?;
    append_lines(db, keys, draw, 2, &placed, now).await?;
    Ok(placed.len())
}

/// The word a side is kept as.
pub fn side(comparison: bool) -> &'static str {
    if comparison { "comparison" } else { "program" }
}

/// What is wrong with the ledger, if anything: the first line whose hash does not follow from the line before.
pub async fn verify(db: &impl ConnectionTrait, keys: &Keys) -> Result<Result<i64, i64>, DbErr> {
    let (mut seq, mut hash) = (0, Vec::new());
    loop {
        let rows = assignment::Entity::find()
            .filter(assignment::Column::Seq.gt(seq))
            .order_by_asc(assignment::Column::Seq)
            .limit(1_000)
            .all(db)
            .await?;
        if rows.is_empty() {
            return Ok(Ok(seq));
        }
        for row in rows {
            let placed = Placed {
                family: row.family_id,
                comparison: row.side == "comparison",
                share: row.share,
                stratum: row.stratum,
                block: row.block.zip(row.position),
            };
            let right = line_hash(keys, &hash, row.seq, row.draw, &placed, row.salt_id, row.assigned_at);
            if row.seq != seq + 1 || row.previous_hash != hash || row.hash != right {
                return Ok(Err(row.seq));
            }
            (seq, hash) = (row.seq, row.hash);
        }
    }
}

/// HMAC over the hash before and the line: whoever can write the table, and has not the key, cannot make it follow.
fn line_hash(
    keys: &Keys,
    previous: &[u8],
    seq: i64,
    draw: i32,
    placed: &Placed,
    salt_id: Uuid,
    at: DateTime<Utc>,
) -> Vec<u8> {
    let (block, position) = placed.block.map_or((-1, -1), |(block, position)| (block, position));
    let line = format!(
        "{seq}|{}|{draw}|{}|{}|{}|{salt_id}|{block}|{position}|{}",
        placed.family,
        side(placed.comparison),
        placed.share,
        placed.stratum,
        at.timestamp_micros()
    );
    keys.mac("ledger of sides", &[previous, line.as_bytes()].concat()).to_vec()
}
