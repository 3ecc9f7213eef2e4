//! Products: what is sold.

use sea_orm::{DatabaseTransaction, DbErr};

use crate::profiles::import::columns::{Field, needed, optional};
use crate::profiles::import::kind::{Admitted, Context, Kept, Kind};
use crate::profiles::import::reading::{Reading, Refusals};
use crate::profiles::import::sound;
use crate::store::products::{self, Product};

/// Files of products.
pub(in crate::profiles::import) struct Products;

impl Kind for Products {
    type Row = Product;
    const FIELDS: &'static [Field] =
        &[needed("code"), needed("name"), optional("family"), optional("active_window_days")];

    fn admit(read: &mut Reading<'_>, _: &Context) -> Result<Product, Refusals> {
        let code = read.needed("code", sound::reference);
        let name = read.needed("name", sound::words);
        let family = read.optional("family", sound::words);
        let active_window_days = read.optional("active_window_days", sound::count);
        let (Some(code), Some(name)) = (code, name) else { return Err(read.refusals()) };
        Ok(Product { code, name, family, active_window_days })
    }

    fn key(row: &Product) -> String {
        row.code.clone()
    }

    async fn keep(
        txn: &DatabaseTransaction,
        context: &Context,
        leave: &[&str],
        rows: &[Admitted<Product>],
    ) -> Result<Kept, DbErr> {
        let arriving: Vec<_> = rows.iter().map(|admitted| admitted.row.clone()).collect();
        let spared: Vec<_> = rows.iter().map(|admitted| admitted.unread.clone()).collect();
        let merged = products::merge(txn, &arriving, leave, &spared, context.now).await?;
        Ok(Kept { merged, ..Kept::default() })
    }
}
