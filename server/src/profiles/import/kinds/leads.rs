//! Leads, as each team reports them. A lead without a known account is kept, with a warning.

use sea_orm::{DatabaseTransaction, DbErr};

use crate::profiles::import::columns::{Field, needed, optional};
use crate::profiles::import::kind::{Admitted, Context, Kept, Kind};
use crate::profiles::import::reading::{Complaint, Reading, Refusals};
use crate::profiles::import::sound;
use crate::store::accounts;
use crate::store::leads::{self, Arriving};

/// Files of leads.
pub(in crate::profiles::import) struct Leads;

impl Kind for Leads {
    type Row = Arriving;
    const FIELDS: &'static [Field] = &[
        needed("external_id"),
        optional("account"),
        needed("source"),
        optional("campaign"),
        optional("team"),
        optional("product"),
        optional("country"),
        needed("created_at"),
        optional("routed_at"),
        optional("accepted_at"),
        optional("closed_at"),
        needed("stage"),
        optional("amount"),
        optional("cost"),
        optional("targeted_class"),
    ];

    fn admit(read: &mut Reading<'_>, context: &Context) -> Result<Arriving, Refusals> {
        let external_id = read.needed("external_id", sound::reference);
        let account_reference = read.optional("account", sound::reference);
        let source = read.needed("source", sound::words);
        let campaign = read.optional("campaign", sound::words);
        let team = read.optional("team", sound::words);
        let product = read.optional("product", sound::words);
        let country = read.optional("country", sound::country);
        let created_at = read.needed("created_at", sound::time);
        let routed_at = read.optional("routed_at", sound::time);
        let accepted_at = read.optional("accepted_at", sound::time);
        let closed_at = read.optional("closed_at", sound::time);
        let stage = read.needed("stage", sound::words);
        let amount = read.optional("amount", |cell| sound::money(cell, None));
        let cost = read.optional("cost", |cell| sound::money(cell, None));
        let targeted_class = read.optional("targeted_class", str::parse);
        if account_reference.is_none() {
            read.warn("account", "is empty; the lead counts for no account");
        }
        if let Some(Err(error)) = product.as_deref().map(|product| sound::product_or_name(product, context)) {
            read.warn("product", format!("{error}; kept as written"));
        }
        let (Some(external_id), Some(source), Some(created_at), Some(stage)) =
            (external_id, source, created_at, stage)
        else {
            return Err(read.refusals());
        };
        let account = account_reference.as_deref().map(|name| accounts::id(context.namespace, name));
        Ok(Arriving {
            external_id,
            account,
            account_reference,
            source,
            campaign,
            team,
            product,
            country,
            created_at,
            routed_at,
            accepted_at,
            closed_at,
            stage,
            amount,
            cost,
            targeted_class,
        })
    }

    fn key(row: &Arriving) -> String {
        row.external_id.clone()
    }

    async fn keep(
        txn: &DatabaseTransaction,
        context: &Context,
        leave: &[&str],
        rows: &[Admitted<Arriving>],
    ) -> Result<Kept, DbErr> {
        let ids: Vec<_> = rows.iter().filter_map(|admitted| admitted.row.account).collect();
        let known = accounts::known(txn, &ids).await?;
        let (mut arriving, mut warnings) = (Vec::with_capacity(rows.len()), Vec::new());
        for admitted in rows {
            let mut lead = admitted.row.clone();
            if lead.account.is_some_and(|account| !known.contains(&account)) {
                lead.account = None;
                let name = lead.account_reference.as_deref().unwrap_or_default();
                let reason = format!("there is no account called `{name}`; the lead counts for none");
                warnings.push((admitted.number, Complaint { field: "account", reason }));
            }
            arriving.push(lead);
        }
        let spared: Vec<_> = rows.iter().map(|admitted| admitted.unread.clone()).collect();
        let mut leave = leave.to_vec();
        if leave.contains(&"account") {
            leave.extend(["account_id", "account_reference"]);
        }
        let merged = leads::merge(txn, context.namespace, &arriving, &leave, &spared, context.now).await?;
        Ok(Kept { merged, refused: Vec::new(), warnings })
    }
}
