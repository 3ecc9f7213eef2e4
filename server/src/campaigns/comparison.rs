//! The comparison group: families drawn at random, once per installation, before any ask or message.
//!
//! Every program reads this one draw. A family's side is a pure function of the salt, its identifier and its place in
//! its stratum, is written to an append-only ledger, and is never drawn again.

use std::collections::BTreeMap;

use anyhow::bail;
use chrono::{Datelike, NaiveDate};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::app::App;
use crate::store::comparison::{self as ledger, Design, Draw, Placed, Stratum, Unassigned};
use crate::store::staging::{Lock, lock};

/// Strata with fewer families than this, when the draw begins, are placed in blocks.
const SMALL_STRATUM: usize = 200;
/// Families in a block at most.
const LARGEST_BLOCK: u32 = 20;

/// How the draw is made. Fixed when it begins.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Terms {
    /// What the comparison side is kept out of.
    pub design: Design,
    /// Share kept out, above 0 and at most a half.
    pub share: f64,
    /// Longest time a family is kept out, in days.
    pub limit_days: i32,
}

impl Default for Terms {
    fn default() -> Self {
        Self { design: Design::Invited, share: 0.1, limit_days: 365 }
    }
}

/// What assigning did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Assigned {
    /// Families newly on the program side.
    pub program: usize,
    /// Families newly on the comparison side.
    pub comparison: usize,
    /// Families kept out for as long as the draw allows, and drawn into the program now.
    pub graduated: usize,
}

/// Begins the draw on these terms; when it has begun, the terms must be the same.
pub async fn begin(app: &App, terms: Terms) -> anyhow::Result<()> {
    if !(terms.share > 0.0 && terms.share <= 0.5) {
        bail!("the share kept out should be above 0 and at most 50 %; it is {} %", terms.share * 100.0);
    }
    let txn = app.db.begin().await?;
    let draw = Draw {
        salt: app.ids.random().to_vec(),
        salt_id: app.ids.next(),
        design: terms.design,
        share: terms.share,
        limit_days: terms.limit_days,
        drawn_at: app.clock.now(),
    };
    ledger::begin(&txn, &draw).await?;
    let kept = ledger::draw(&txn).await?.expect("it was begun above, or before");
    txn.commit().await?;
    if kept.design != terms.design
        || (kept.share - terms.share).abs() > 1e-9
        || kept.limit_days != terms.limit_days
    {
        bail!(
            "the comparison group was drawn on {} as {:?} with {} % kept out for {} days; there is one draw for an installation",
            kept.drawn_at.date_naive(),
            kept.design,
            kept.share * 100.0,
            kept.limit_days
        );
    }
    Ok(())
}

/// Puts every family that is on no side yet on one, lets those go whose time is over, and refreshes who is held out of
/// sends.
pub async fn assign_new(app: &App) -> anyhow::Result<Assigned> {
    let now = app.clock.now();
    let txn = app.db.begin().await?;
    // No import joins families meanwhile, and no other node draws.
    lock(&txn, Lock::Imports).await?;
    let Some(draw) = ledger::draw(&txn).await? else {
        bail!(
            "the comparison group has not been drawn yet; begin it with: rapport comparison begin --share 10"
        );
    };
    let mut strata: BTreeMap<String, Stratum> =
        ledger::strata(&txn).await?.into_iter().map(|one| (one.name.clone(), one)).collect();
    let families = ledger::unassigned(&txn, draw.design, now.date_naive()).await?;
    let first = strata.is_empty();
    let placed = place(&draw, &mut strata, &families, first);
    ledger::append(&txn, &app.keys, &draw, &placed, now).await?;
    ledger::save_strata(&txn, &strata.into_values().collect::<Vec<_>>()).await?;
    let graduated = ledger::graduate(&txn, &app.keys, &draw, now).await?;
    ledger::refresh_held(&txn, draw.design, now).await?;
    txn.commit().await?;
    let comparison = placed.iter().filter(|one| one.comparison).count();
    Ok(Assigned { program: placed.len() - comparison, comparison, graduated })
}

/// Lets families go whose time is over and, in the members design, puts those on a side that have joined since.
///
/// The clockwork calls this on every node. In the invited design new families wait for the next launch or `comparison
/// assign`: a file of licences may still be on its way, and their stratum rests on it. Answers how many were drawn.
pub async fn tick(app: &App) -> anyhow::Result<u64> {
    let (db, now) = (app.db.read(), app.clock.now());
    let Some(draw) = ledger::draw(db).await? else { return Ok(0) };
    let joined = draw.design == Design::Members
        && !ledger::unassigned(db, draw.design, now.date_naive()).await?.is_empty();
    if !joined && ledger::over(db, &draw, now).await?.is_empty() {
        return Ok(0);
    }
    let done = assign_new(app).await?;
    Ok((done.program + done.comparison + done.graduated) as u64)
}

/// Places families, in order. Pure: the same families in the same order fall the same way.
///
/// `first` is true when the draw begins: only then is a stratum large enough for the hash by its own families. One that
/// turns up later starts small, and so in blocks.
fn place(
    draw: &Draw,
    strata: &mut BTreeMap<String, Stratum>,
    families: &[Unassigned],
    first: bool,
) -> Vec<Placed> {
    let names: Vec<String> = families.iter().map(stratum_name).collect();
    let mut sizes: BTreeMap<&str, usize> = BTreeMap::new();
    for name in &names {
        *sizes.entry(name).or_default() += 1;
    }
    let mut placed = Vec::with_capacity(families.len());
    for (family, name) in families.iter().zip(&names) {
        let stratum = strata.entry(name.clone()).or_insert_with(|| Stratum {
            name: name.clone(),
            block: if first && sizes[name.as_str()] >= SMALL_STRATUM { None } else { block_size(draw.share) },
            share: draw.share,
            next_position: 0,
        });
        let position = stratum.next_position;
        stratum.next_position += 1;
        let (comparison, block) = match stratum.block {
            None => (unit(&draw.salt, family.family) < stratum.share, None),
            Some(size) => {
                let (block, place) = (position / i64::from(size), position % i64::from(size));
                let place = i32::try_from(place).expect("a place in a block is under 20");
                (
                    out_of_block(&draw.salt, name, block, size, stratum.share).contains(&place),
                    Some((block, place)),
                )
            }
        };
        placed.push(Placed {
            family: family.family,
            comparison,
            share: stratum.share,
            stratum: name.clone(),
            block,
        });
    }
    placed
}

/// u of MEASUREMENT section 1: the first 53 bits of SHA-256(salt, `|`, lower-case hyphenated family id), over 2^53.
pub fn unit(salt: &[u8], family: Uuid) -> f64 {
    let mut hash = Sha256::new();
    hash.update(salt);
    hash.update(b"|");
    hash.update(family.hyphenated().to_string().as_bytes());
    let bytes: [u8; 8] = hash.finalize()[..8].try_into().expect("a SHA-256 hash has 32 bytes");
    (u64::from_be_bytes(bytes) >> 11) as f64 / (1u64 << 53) as f64
}

/// The smallest block of at most 20 families in which the share is a whole number of families; else none.
fn block_size(share: f64) -> Option<u32> {
    (2..=LARGEST_BLOCK).find(|size| {
        let out = f64::from(*size) * share;
        out >= 0.5 && (out - out.round()).abs() < 1e-9
    })
}

/// The places of one block that are kept out: a permutation seeded by salt, stratum and block.
fn out_of_block(salt: &[u8], stratum: &str, block: i64, size: u32, share: f64) -> Vec<i32> {
    let rank = |place: u32| {
        let mut hash = Sha256::new();
        hash.update(salt);
        hash.update(format!("|{stratum}|{block}|{place}").as_bytes());
        <[u8; 32]>::from(hash.finalize())
    };
    let mut places: Vec<u32> = (0..size).collect();
    places.sort_by_key(|place| rank(*place));
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share of at most 20")]
    let out = (f64::from(size) * share).round() as usize;
    places.into_iter().take(out).map(|place| i32::try_from(place).expect("at most 20")).collect()
}

/// Size band of its largest account and quarter of its first renewal.
fn stratum_name(family: &Unassigned) -> String {
    let band = family
        .employees
        .and_then(segments::SizeBand::of)
        .map_or_else(|| "size unknown".to_owned(), |band| band.to_string());
    let quarter = family.renews_on.map_or_else(|| "no renewal known".to_owned(), quarter);
    format!("{band} / {quarter}")
}

fn quarter(day: NaiveDate) -> String {
    format!("{} Q{}", day.year(), day.month0() / 3 + 1)
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};

    use super::*;
    use crate::profiles::import::{Options, RowKind, Unwatched, import_csv};
    use crate::store::entities::account;
    use crate::store::outcomes;
    use crate::testing;

    fn draw(share: f64) -> Draw {
        Draw {
            salt: b"pepper".to_vec(),
            salt_id: Uuid::nil(),
            design: Design::Invited,
            share,
            limit_days: 365,
            drawn_at: chrono::DateTime::UNIX_EPOCH,
        }
    }

    fn families(count: u128) -> Vec<Unassigned> {
        (1..=count)
            .map(|n| Unassigned { family: Uuid::from_u128(n), employees: Some(12), renews_on: None })
            .collect()
    }

    #[test]
    fn the_unit_is_the_hash_that_the_method_names() {
        // The first 53 bits of SHA-256 over "s|00000000-0000-0000-0000-000000000001", worked out in Python.
        let u = unit(b"s", Uuid::from_u128(1));
        assert!((u - 8_410_292_528_652_090.0 / 9_007_199_254_740_992.0).abs() < 1e-16, "{u}");
        assert!((0.0..1.0).contains(&u));
    }

    #[test]
    fn a_small_stratum_is_split_exactly_in_every_block() {
        let placed = place(&draw(0.2), &mut BTreeMap::new(), &families(100), true);
        for block in placed.chunks(5) {
            assert_eq!(block.iter().filter(|one| one.comparison).count(), 1);
        }
    }

    #[test]
    fn a_large_stratum_is_split_by_the_hash_near_the_share() {
        let placed = place(&draw(0.2), &mut BTreeMap::new(), &families(5_000), true);
        let out = placed.iter().filter(|one| one.comparison).count();
        assert!(placed.iter().all(|one| one.block.is_none()));
        assert!((900..1_100).contains(&out), "{out}");
    }

    #[test]
    fn families_that_come_later_go_on_in_the_block_that_was_begun() {
        let mut strata = BTreeMap::new();
        let all = families(10);
        let first = place(&draw(0.2), &mut strata, &all[..3], true);
        let then = place(&draw(0.2), &mut strata, &all[3..], false);
        let whole = place(&draw(0.2), &mut BTreeMap::new(), &all, true);
        assert_eq!([first, then].concat(), whole);
    }

    #[tokio::test]
    async fn a_family_is_kept_out_no_longer_than_the_draw_allows_and_still_counts_where_it_was_put() {
        for (place, app) in testing::houses().await {
            begin(&app, Terms { share: 0.5, limit_days: 30, ..Terms::default() }).await.unwrap();
            let file = "external_id,name\nA,A\nB,B\n";
            let file = std::io::Cursor::new(file.as_bytes().to_vec());
            import_csv(&app, RowKind::Accounts, file, &Options::default(), &mut Unwatched).await.unwrap();

            let first = assign_new(&app).await.unwrap();
            assert_eq!((first.program, first.comparison, first.graduated), (1, 1, 0), "on {}", place.name);
            assert_eq!(held(&app).await, 1, "on {}", place.name);

            app.clock.advance(TimeDelta::days(30));
            let then = assign_new(&app).await.unwrap();
            assert_eq!((then.program, then.comparison, then.graduated), (0, 0, 1), "on {}", place.name);
            assert_eq!(held(&app).await, 0, "on {}", place.name);
            assert_eq!(assign_new(&app).await.unwrap(), Assigned::default(), "on {}", place.name);

            let (assigned, _) = outcomes::assigned(app.db.read()).await.unwrap();
            assert_eq!(assigned.iter().filter(|one| one.comparison).count(), 1, "on {}", place.name);
            assert_eq!(ledger::verify(app.db.read(), &app.keys).await.unwrap(), Ok(3), "on {}", place.name);
        }
    }

    async fn held(app: &App) -> u64 {
        let held = account::Entity::find().filter(account::Column::Held.eq(true));
        held.count(app.db.read()).await.unwrap()
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn two_nodes_that_draw_at_once_put_every_family_on_one_side() {
        for (place, app) in testing::houses().await {
            let rows: Vec<String> = (0..300).map(|number| format!("A{number},A{number}")).collect();
            let file = format!("external_id,name\n{}\n", rows.join("\n"));
            let file = std::io::Cursor::new(file.into_bytes());
            import_csv(&app, RowKind::Accounts, file, &Options::default(), &mut Unwatched).await.unwrap();
            begin(&app, Terms { share: 0.2, ..Terms::default() }).await.unwrap();
            let nodes = (0..4).map(|_| {
                let app = app.clone();
                tokio::spawn(async move { assign_new(&app).await })
            });
            let mut placed = 0;
            for node in nodes {
                let done = node.await.unwrap().unwrap();
                placed += done.program + done.comparison;
            }
            assert_eq!(placed, 300, "on {}", place.name);
            assert_eq!(ledger::verify(app.db.read(), &app.keys).await.unwrap(), Ok(300), "on {}", place.name);
        }
    }

    #[test]
    fn a_share_that_fits_no_block_is_left_to_the_hash() {
        assert_eq!(block_size(0.2), Some(5));
        assert_eq!(block_size(0.1), Some(10));
        assert_eq!(block_size(0.15), Some(20));
        assert_eq!(block_size(0.37), None);
    }
}
