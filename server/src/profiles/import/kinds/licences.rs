//! Licences: what accounts hold.

use sea_orm::{DatabaseTransaction, DbErr};
use uuid::Uuid;

use crate::profiles::import::columns::{Field, needed, optional};
use crate::profiles::import::kind::{Admitted, Context, Kept, Kind};
use crate::profiles::import::reading::{Reading, Refusals};
use crate::profiles::import::sound;
use crate::store::accounts;
use crate::store::licences::{self, Arriving};

/// Files of licences.
pub(in crate::profiles::import) struct Licences;

/// A licence and what its file calls the account.
pub(in crate::profiles::import) struct Row {
    account: String,
    licence: Arriving,
}

impl Kind for Licences {
    type Row = Row;
    const FIELDS: &'static [Field] = &[
        needed("external_id"),
        needed("account"),
        needed("product"),
        optional("seats"),
        optional("starts_on"),
        needed("renews_on"),
        optional("amount"),
        optional("currency"),
        optional("billed_by"),
    ];

    fn admit(read: &mut Reading<'_>, context: &Context) -> Result<Row, Refusals> {
        let external_id = read.needed("external_id", sound::reference);
        let account = read.needed("account", sound::reference);
        let product = read.needed("product", |cell| sound::product(cell, context));
        let seats = read.optional("seats", sound::count);
        let starts_on = read.optional("starts_on", sound::date);
        let renews_on = read.needed("renews_on", sound::date);
        let currency = read.optional("currency", sound::currency);
        let amount = if read.cell("currency").is_some() && currency.is_none() {
            // Without its currency nobody knows where the decimal point of an amount belongs.
            read.unreadable("amount", &"is in a currency that cannot be read");
            None
        } else {
            read.optional("amount", |cell| sound::money(cell, currency.as_deref()))
        };
        let billed_by = read.optional("billed_by", str::parse);
        read.spare_when_empty("billed_by");
        let (Some(external_id), Some(account), Some(product), Some(renews_on)) =
            (external_id, account, product, renews_on)
        else {
            return Err(read.refusals());
        };
        let account_id: Uuid = accounts::id(context.namespace, &account);
        let licence = Arriving {
            external_id,
            account: account_id,
            product,
            seats,
            starts_on,
            renews_on,
            amount,
            currency,
            billed_by,
        };
        Ok(Row { account, licence })
    }

    fn key(row: &Row) -> String {
        row.licence.external_id.clone()
    }

    async fn keep(
        txn: &DatabaseTransaction,
        context: &Context,
        leave: &[&str],
        rows: &[Admitted<Row>],
    ) -> Result<Kept, DbErr> {
        let ids: Vec<_> = rows.iter().map(|admitted| admitted.row.licence.account).collect();
        let known = accounts::known(txn, &ids).await?;
        let names: Vec<_> = rows.iter().map(|admitted| admitted.row.licence.external_id.clone()).collect();
        let held = licences::known(txn, &names).await?;
        let (mut arriving, mut spared, mut refused) = (Vec::new(), Vec::new(), Vec::new());
        for (place, admitted) in rows.iter().enumerate() {
            let Row { account, licence } = &admitted.row;
            let new = !held.contains_key(&licence.external_id);
            if !known.contains(&licence.account) {
                refused.push((
                    place,
                    Refusals::of("account", format!("there is no account called `{account}`")),
                ));
            } else if held.get(&licence.external_id).is_some_and(|held| held.account != licence.account) {
                let why =
                    "is held by another account; a licence does not change hands, it ends and another begins";
                refused.push((place, Refusals::of("external_id", why)));
            } else if let Some(why) = admitted.unreadable("billed_by").filter(|_| new) {
                refused.push((place, why));
            } else {
                arriving.push(licence.clone());
                spared.push(admitted.unread.clone());
            }
        }
        let merged = licences::merge(txn, context.namespace, &arriving, leave, &spared, context.now).await?;
        Ok(Kept { merged, refused, warnings: Vec::new() })
    }
}
