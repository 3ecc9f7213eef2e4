//! Usage: seats in use, and milestones reached.

use sea_orm::{DatabaseTransaction, DbErr};

use crate::profiles::import::columns::{Field, needed, optional};
use crate::profiles::import::kind::{Admitted, Context, Kept, Kind};
use crate::profiles::import::reading::{Reading, Refusals};
use crate::profiles::import::sound;
use crate::store::accounts;
use crate::store::usage::{self, Arriving};

/// Files of usage.
pub(in crate::profiles::import) struct Usage;

/// Usage and what its file calls the account.
pub(in crate::profiles::import) struct Row {
    account: String,
    usage: Arriving,
}

impl Kind for Usage {
    type Row = Row;
    const FIELDS: &'static [Field] = &[
        needed("account"),
        needed("product"),
        needed("on"),
        optional("active_seats"),
        optional("milestone"),
    ];

    fn admit(read: &mut Reading<'_>, context: &Context) -> Result<Row, Refusals> {
        let account = read.needed("account", sound::reference);
        let product = read.needed("product", |cell| sound::product(cell, context));
        let on = read.needed("on", sound::date);
        let active_seats = read.optional("active_seats", sound::count);
        let milestone = read.optional("milestone", sound::words);
        let (Some(account), Some(product), Some(on)) = (account, product, on) else {
            return Err(read.refusals());
        };
        if active_seats.is_none() && milestone.is_none() {
            return Err(Refusals::of(
                "active_seats",
                "is empty, and so is milestone: one of them says something",
            ));
        }
        let id = accounts::id(context.namespace, &account);
        Ok(Row { account, usage: Arriving { account: id, product, on, active_seats, milestone } })
    }

    fn key(row: &Row) -> String {
        let Arriving { product, on, milestone, .. } = &row.usage;
        format!("{}|{product}|{on}|{}", row.account, milestone.as_deref().unwrap_or(""))
    }

    async fn keep(
        txn: &DatabaseTransaction,
        _: &Context,
        leave: &[&str],
        rows: &[Admitted<Row>],
    ) -> Result<Kept, DbErr> {
        let ids: Vec<_> = rows.iter().map(|admitted| admitted.row.usage.account).collect();
        let known = accounts::known(txn, &ids).await?;
        let mut kept = Kept::default();
        let (mut arriving, mut spared) = (Vec::new(), Vec::new());
        for (place, admitted) in rows.iter().enumerate() {
            let Row { account, usage } = &admitted.row;
            if known.contains(&usage.account) {
                arriving.push(usage.clone());
                spared.push(admitted.unread.clone());
            } else {
                let why = format!("there is no account called `{account}`");
                kept.refused.push((place, Refusals::of("account", why)));
            }
        }
        kept.merged = usage::merge(txn, &arriving, leave, &spared).await?;
        Ok(kept)
    }
}
