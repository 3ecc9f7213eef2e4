//! Accounts: customer companies. Extra columns become traits; families are joined as companies come in.

use sea_orm::{DatabaseTransaction, DbErr};

use crate::profiles::families;
use crate::profiles::import::columns::{Field, needed, optional};
use crate::profiles::import::kind::{Admitted, Context, Kept, Kind, counted};
use crate::profiles::import::reading::{Reading, Refusals};
use crate::profiles::import::sound;
use crate::store::accounts::{self, Arriving};
use crate::store::partners;

/// Files of accounts.
pub(in crate::profiles::import) struct Accounts;

impl Kind for Accounts {
    type Row = Arriving;
    const FIELDS: &'static [Field] = &[
        needed("external_id"),
        needed("name"),
        optional("domain"),
        optional("employees"),
        optional("founded_on"),
        optional("stage"),
        optional("industry"),
        optional("country"),
        optional("region"),
        optional("city"),
        optional("postal_code"),
        optional("parent"),
        optional("billing_id"),
        optional("partner"),
        optional("billing"),
        optional("targeted_class"),
        optional("targeted_band"),
    ];
    const KEEPS_TRAITS: bool = true;

    fn admit(read: &mut Reading<'_>, context: &Context) -> Result<Arriving, Refusals> {
        let external_id = read.needed("external_id", sound::reference);
        let name = read.needed("name", sound::words);
        let domain = read.optional("domain", sound::domain);
        let employees = read.optional("employees", sound::count);
        let founded_on = read.optional("founded_on", sound::founded);
        let stage = read.optional("stage", str::parse);
        let industry = read.optional("industry", sound::industry);
        let country = read.optional("country", sound::country);
        let region = read.optional("region", sound::words);
        let city = read.optional("city", sound::words);
        let postal_code = read.optional("postal_code", sound::words);
        let parent = read.optional("parent", sound::reference);
        let billing_id = read.optional("billing_id", sound::reference);
        let partner = read.optional("partner", |cell| sound::partner(cell, context));
        let billing = read.optional("billing", str::parse);
        // Who bills decides who may write selling letters: that is never taken from an empty cell.
        read.spare_when_empty("billing");
        let targeted_class = read.optional("targeted_class", str::parse);
        let targeted_band = read.optional("targeted_band", str::parse);
        let (Some(external_id), Some(name)) = (external_id, name) else { return Err(read.refusals()) };
        let partner = partner.map(|partner| partners::id(context.namespace, &partner));
        let traits = read.traits();
        Ok(Arriving {
            external_id,
            name,
            domain,
            employees,
            founded_on,
            stage,
            industry,
            country,
            region,
            city,
            postal_code,
            parent,
            billing_id,
            partner,
            billing,
            targeted_class,
            targeted_band,
            traits,
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
        let id = |row: &Arriving| accounts::id(context.namespace, &row.external_id);
        let ids: Vec<_> = rows.iter().map(|admitted| id(&admitted.row)).collect();
        let known = accounts::known(txn, &ids).await?;
        let (mut arriving, mut spared, mut refused) = (Vec::new(), Vec::new(), Vec::new());
        for (place, admitted) in rows.iter().enumerate() {
            let new = !known.contains(&ids[place]);
            if let Some(why) = admitted.unreadable("billing").filter(|_| new) {
                refused.push((place, why));
                continue;
            }
            arriving.push(admitted.row.clone());
            spared.push(admitted.unread.clone());
        }
        let done = accounts::merge(txn, context.namespace, &arriving, leave, &spared, context.now).await?;
        let touched: Vec<_> = done.written.iter().copied().collect();
        families::join_accounts(txn, context.namespace, &touched, context.now).await?;
        Ok(Kept { merged: counted(&done, arriving.iter().map(id)), refused, ..Kept::default() })
    }
}
