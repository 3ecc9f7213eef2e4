//! Asks: who was asked to join without a program letter, how and when.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sea_orm::{DatabaseTransaction, DbErr};
use segments::AskChannel;
use uuid::Uuid;

use crate::profiles::import::columns::{Field, needed, optional};
use crate::profiles::import::kind::{Admitted, Context, Kept, Kind};
use crate::profiles::import::person::{People, Person};
use crate::profiles::import::reading::{Complaint, Reading, Refusals};
use crate::profiles::import::sound;
use crate::store::asks::{self, Ask};
use crate::store::{accounts, families};

/// Files of asks.
pub(in crate::profiles::import) struct Asks;

/// An ask as its file has it.
pub(in crate::profiles::import) struct Row {
    account: Option<String>,
    contact: Option<Person>,
    channel: AskChannel,
    wording: Option<String>,
    asked_at: DateTime<Utc>,
}

impl Kind for Asks {
    type Row = Row;
    const FIELDS: &'static [Field] = &[
        optional("account"),
        optional("contact"),
        needed("channel"),
        optional("wording"),
        needed("asked_at"),
    ];

    fn admit(read: &mut Reading<'_>, context: &Context) -> Result<Row, Refusals> {
        let account = read.cell("account").map(str::to_owned);
        let contact = read.cell("contact").map(Person::named);
        let channel = read.needed("channel", str::parse::<AskChannel>);
        let wording = read.optional("wording", sound::text);
        let asked_at =
            read.needed("asked_at", |cell| sound::time(cell).and_then(|at| sound::past(at, context.now)));
        if account.is_none() && contact.is_none() {
            read.refuse("account", "is empty, and so is contact: one of them says who was asked");
        }
        let (Some(channel), Some(asked_at), true) = (channel, asked_at, read.is_sound()) else {
            return Err(read.refusals());
        };
        Ok(Row { account, contact, channel, wording, asked_at })
    }

    fn key(row: &Row) -> String {
        let account = row.account.as_deref().unwrap_or_default();
        let contact = row.contact.as_ref().map(Person::as_str).unwrap_or_default();
        format!("{account}|{contact}|{}|{}", row.channel, row.asked_at.timestamp_micros())
    }

    async fn keep(
        txn: &DatabaseTransaction,
        context: &Context,
        leave: &[&str],
        rows: &[Admitted<Row>],
    ) -> Result<Kept, DbErr> {
        let known = Reached::find(txn, context, rows).await?;
        let mut kept = Kept::default();
        let (mut asks, mut lines, mut first) = (Vec::new(), Vec::new(), HashMap::new());
        for (place, Admitted { number, row, .. }) in rows.iter().enumerate() {
            let (account, contact) = match known.whom(row) {
                Ok(whom) => whom,
                Err(why) => {
                    kept.refused.push((place, why));
                    continue;
                }
            };
            let (channel, wording, asked_at) = (row.channel, row.wording.clone(), row.asked_at);
            let ask = Ask { account, contact, channel, wording, asked_at };
            // A person may stand here once by address and once by external id.
            if let Some(line) = first.insert(ask.id(), *number) {
                first.insert(ask.id(), line);
                kept.refused.push((place, Refusals::of("contact", format!("says what line {line} says"))));
                continue;
            }
            asks.push(ask);
            lines.push(*number);
        }
        let recorded = asks::merge(txn, &asks, leave).await?;
        kept.merged = recorded.merged;
        kept.warnings.extend(recorded.wrongly.into_iter().map(|place| {
            let reason = "this family is in the comparison group and should not be asked".to_owned();
            (lines[place], Complaint { field: "", reason })
        }));
        Ok(kept)
    }
}

/// The accounts and people whom a batch of asks names.
struct Reached {
    namespace: Uuid,
    people: People,
    /// Family by account, homes of the people included.
    families: HashMap<Uuid, Uuid>,
}

impl Reached {
    async fn find(
        txn: &DatabaseTransaction,
        context: &Context,
        rows: &[Admitted<Row>],
    ) -> Result<Self, DbErr> {
        let rows = || rows.iter().map(|admitted| &admitted.row);
        let people = People::find(txn, rows().filter_map(|row| row.contact.as_ref())).await?;
        let named = rows().filter_map(|row| row.account.as_deref());
        let mut reached: Vec<_> = named.map(|name| accounts::id(context.namespace, name)).collect();
        reached.extend(people.all().map(|known| known.account));
        let families = families::of_accounts(txn, &reached).await?;
        Ok(Self { namespace: context.namespace, people, families })
    }

    /// The account and the person that were asked; a person counts for the home account unless another is named.
    fn whom(&self, row: &Row) -> Result<(Uuid, Option<Uuid>), Refusals> {
        let account = match &row.account {
            Some(name) => {
                let id = accounts::id(self.namespace, name);
                let unknown = || Refusals::of("account", format!("there is no account called `{name}`"));
                Some((id, self.families.get(&id).ok_or_else(unknown)?, name))
            }
            None => None,
        };
        let person = match &row.contact {
            Some(person) => {
                Some(self.people.get(person).ok_or_else(|| Refusals::of("contact", "is nobody we know"))?)
            }
            None => None,
        };
        match (account, person) {
            (Some((id, family, name)), Some(person)) => {
                if self.families.get(&person.account) == Some(family) {
                    return Ok((id, Some(person.id)));
                }
                let why = format!("does not belong to the account `{name}`; leave one of the two empty");
                Err(Refusals::of("contact", why))
            }
            (Some((id, ..)), None) => Ok((id, None)),
            (None, Some(person)) => Ok((person.account, Some(person.id))),
            (None, None) => unreachable!("a row that names nobody is not admitted"),
        }
    }
}
