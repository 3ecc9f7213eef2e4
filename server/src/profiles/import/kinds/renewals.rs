//! Renewals: how licence terms ended. The amount is in the currency of the licence.

use chrono::NaiveDate;
use sea_orm::{DatabaseTransaction, DbErr};

use crate::profiles::import::columns::{Field, needed, optional};
use crate::profiles::import::kind::{Admitted, Context, Kept, Kind};
use crate::profiles::import::reading::{Complaint, Reading, Refusals};
use crate::profiles::import::sound;
use crate::store::licences;
use crate::store::renewals::{self, Arriving, Outcome};

/// Files of renewals.
pub(in crate::profiles::import) struct Renewals;

/// A renewal as its file has it.
pub(in crate::profiles::import) struct Row {
    licence: String,
    due_on: NaiveDate,
    outcome: Outcome,
    decided_on: Option<NaiveDate>,
    amount: Option<String>,
}

impl Kind for Renewals {
    type Row = Row;
    const FIELDS: &'static [Field] =
        &[needed("licence"), needed("due_on"), needed("outcome"), optional("decided_on"), optional("amount")];

    fn admit(read: &mut Reading<'_>, _: &Context) -> Result<Row, Refusals> {
        let licence = read.needed("licence", sound::reference);
        let due_on = read.needed("due_on", sound::date);
        let outcome = read.needed("outcome", outcome);
        let decided_on = read.optional("decided_on", sound::date);
        let amount = read.optional("amount", |cell| sound::money(cell, None).map(|_| cell.to_owned()));
        let (Some(licence), Some(due_on), Some(outcome)) = (licence, due_on, outcome) else {
            return Err(read.refusals());
        };
        Ok(Row { licence, due_on, outcome, decided_on, amount })
    }

    fn key(row: &Row) -> String {
        format!("{}|{}", row.licence, row.due_on)
    }

    async fn keep(
        txn: &DatabaseTransaction,
        context: &Context,
        leave: &[&str],
        rows: &[Admitted<Row>],
    ) -> Result<Kept, DbErr> {
        let names: Vec<_> = rows.iter().map(|admitted| admitted.row.licence.clone()).collect();
        let known = licences::known(txn, &names).await?;
        let mut kept = Kept::default();
        let (mut arriving, mut spared) = (Vec::new(), Vec::new());
        for (place, Admitted { number, row, unread, .. }) in rows.iter().enumerate() {
            let mut unread = unread.clone();
            let Some(licence) = known.get(&row.licence) else {
                let why = format!("there is no licence called `{}`", row.licence);
                kept.refused.push((place, Refusals::of("licence", why)));
                continue;
            };
            let currency = licence.currency.as_deref();
            let amount = row.amount.as_deref().and_then(|cell| match sound::money(cell, currency) {
                Ok(amount) => Some(amount),
                Err(error) => {
                    kept.warnings.push((*number, Complaint::not_taken("amount", &error)));
                    unread.push("amount");
                    None
                }
            });
            arriving.push(Arriving {
                account: licence.account,
                licence: licence.id,
                due_on: row.due_on,
                outcome: row.outcome,
                decided_on: row.decided_on,
                amount,
                currency: licence.currency.clone(),
            });
            spared.push(unread);
        }
        kept.merged = renewals::merge(txn, &arriving, leave, &spared, context.now).await?;
        Ok(kept)
    }
}

fn outcome(cell: &str) -> Result<Outcome, String> {
    let tidy = cell.to_lowercase();
    Outcome::ALL.into_iter().find(|outcome| outcome.as_str() == tidy).ok_or_else(|| {
        let words = Outcome::ALL.map(Outcome::as_str);
        let meant = segments::nearest(&tidy, words);
        let meant = meant.map(|word| format!(" (did you mean `{word}`?)")).unwrap_or_default();
        format!("there is no outcome called `{cell}`{meant}; it is one of {}", words.join(", "))
    })
}
