//! Partners: who else sells.

use std::collections::BTreeSet;

use sea_orm::{DatabaseTransaction, DbErr};

use segments::Email;

use crate::profiles::import::columns::{Field, needed, optional};
use crate::profiles::import::kind::{Admitted, Context, Kept, Kind, counted};
use crate::profiles::import::reading::{Reading, Refusals};
use crate::profiles::import::sound;
use crate::store::partners::{self, Arriving};

/// Files of partners.
pub(in crate::profiles::import) struct Partners;

impl Kind for Partners {
    type Row = Arriving;
    const FIELDS: &'static [Field] = &[
        needed("external_id"),
        needed("name"),
        optional("territory"),
        optional("tier"),
        optional("email"),
        optional("logo"),
        optional("qualified"),
    ];

    fn admit(read: &mut Reading<'_>, context: &Context) -> Result<Arriving, Refusals> {
        let external_id = read.needed("external_id", sound::reference);
        let name = read.needed("name", sound::words);
        let territory = read.optional("territory", sound::words);
        let tier = read.optional("tier", sound::words);
        let email = read.optional("email", Email::parse).map(|email| email.typed().to_owned());
        let logo = read.optional("logo", sound::words);
        let mut qualified = read.has("qualified").then(BTreeSet::new);
        for code in sound::list(read.cell("qualified")) {
            match sound::product(code, context) {
                Ok(code) => drop(qualified.as_mut().map(|codes| codes.insert(code))),
                Err(error) => read.warn("qualified", format!("{error}; left out")),
            }
        }
        let (Some(external_id), Some(name)) = (external_id, name) else { return Err(read.refusals()) };
        Ok(Arriving { external_id, name, territory, tier, email, logo, qualified })
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
        let arriving: Vec<_> = rows.iter().map(|admitted| admitted.row.clone()).collect();
        let spared: Vec<_> = rows.iter().map(|admitted| admitted.unread.clone()).collect();
        let done = partners::merge(txn, context.namespace, &arriving, leave, &spared, context.now).await?;
        let ids = arriving.iter().map(|one| partners::id(context.namespace, &one.external_id));
        Ok(Kept { merged: counted(&done, ids), ..Kept::default() })
    }
}
