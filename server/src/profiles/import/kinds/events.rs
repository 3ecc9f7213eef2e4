//! Events: what happened, once. JSON lines, or CSV with the same fields.

use chrono::{DateTime, SecondsFormat, Utc};
use sea_orm::{DatabaseTransaction, DbErr};
use segments::{AccountId, ContactId, EventKind, Verdict};
use uuid::Uuid;

use crate::ids::named;
use crate::profiles::import::columns::{Field, needed, optional};
use crate::profiles::import::kind::{Admitted, Context, Kept, Kind};
use crate::profiles::import::person::{People, Person};
use crate::profiles::import::reading::{Reading, Refusals};
use crate::profiles::import::sound;
use crate::store::accounts;
use crate::store::events::{self, NewEvent};

/// Files of events.
pub(in crate::profiles::import) struct Events;

/// An event as its file has it.
pub(in crate::profiles::import) struct Row {
    id: Uuid,
    kind: EventKind,
    at: DateTime<Utc>,
    contact: Option<Person>,
    account: Option<String>,
    message: Option<Uuid>,
    item: Option<String>,
    product: Option<String>,
    link: Option<i32>,
    value: Option<String>,
    verdict: Option<Verdict>,
}

/// The rule of a verdict that a file brings: none of ours.
const TOLD: i32 = 0;

impl Kind for Events {
    type Row = Row;
    const FIELDS: &'static [Field] = &[
        needed("id"),
        needed("type"),
        needed("at"),
        optional("contact"),
        optional("account"),
        optional("message"),
        optional("item"),
        optional("product"),
        optional("link"),
        optional("value"),
        optional("verdict"),
    ];
    const MAY_BE_JSON: bool = true;

    fn admit(read: &mut Reading<'_>, context: &Context) -> Result<Row, Refusals> {
        let id = read.needed("id", sound::reference);
        let kind = read.needed("type", str::parse::<EventKind>);
        let at = read.needed("at", |cell| sound::time(cell).and_then(|at| sound::past(at, context.now)));
        let contact = read.cell("contact").map(Person::named);
        let account = read.cell("account").map(str::to_owned);
        let message = read.optional("message", |cell| {
            Uuid::parse_str(cell).map_err(|_| format!("`{cell}` is no identifier of a message"))
        });
        let item = read.optional("item", sound::reference);
        let product = read.optional("product", sound::reference);
        let link = read.optional("link", sound::count);
        let value = read.optional("value", sound::text);
        let verdict = read.optional("verdict", str::parse::<Verdict>);
        // An answer of somebody who was not signed in is nobody's; whatever else happens, happens to someone.
        if contact.is_none() && account.is_none() && kind.is_some_and(|kind| kind != EventKind::Form) {
            read.refuse("contact", "is empty, and so is account: one of them says whose event it is");
        }
        let (Some(id), Some(kind), Some(at), true) = (id, kind, at, read.is_sound()) else {
            return Err(read.refusals());
        };
        // Exports write identifiers as they are kept; other files have names of their own.
        let id = Uuid::try_parse(&id).unwrap_or_else(|_| named(context.namespace, "event", &id));
        Ok(Row { id, kind, at, contact, account, message, item, product, link, value, verdict })
    }

    fn key(row: &Row) -> String {
        row.id.to_string()
    }

    async fn keep(
        txn: &DatabaseTransaction,
        context: &Context,
        _: &[&str],
        rows: &[Admitted<Row>],
    ) -> Result<Kept, DbErr> {
        let people = rows.iter().filter_map(|admitted| admitted.row.contact.as_ref());
        let people = People::find(txn, people).await?;
        let account = |name: &String| accounts::id(context.namespace, name);
        let named: Vec<_> = rows.iter().filter_map(|row| row.row.account.as_ref()).map(account).collect();
        let there = accounts::known(txn, &named).await?;
        let mut kept = Kept::default();
        let (mut new, mut places) = (Vec::new(), Vec::new());
        for (place, Admitted { row, .. }) in rows.iter().enumerate() {
            let (home, contact) = match (&row.contact, &row.account) {
                (Some(person), _) => {
                    let Some(known) = people.get(person) else {
                        kept.refused.push((place, Refusals::of("contact", "is nobody we know")));
                        continue;
                    };
                    (known.account, Some(ContactId::from(known.id)))
                }
                (None, Some(name)) if there.contains(&account(name)) => (account(name), None),
                (None, None) => (Uuid::nil(), None),
                (None, Some(name)) => {
                    let why = format!("there is no account called `{name}`");
                    kept.refused.push((place, Refusals::of("account", why)));
                    continue;
                }
            };
            places.push(place);
            new.push(NewEvent {
                contact,
                message: row.message,
                item: row.item.clone(),
                product: row.product.clone(),
                link: row.link,
                value: row.value.clone(),
                verdict: row.verdict.map(|verdict| (verdict, TOLD)),
                recorded_at: context.now,
                ..NewEvent::of(row.id, AccountId::from(home), row.kind, row.at)
            });
        }
        let when = events::when(txn, new.iter().map(|one| (one.account, one.id))).await?;
        let mut sound = Vec::with_capacity(new.len());
        for (one, place) in new.into_iter().zip(places) {
            match when.get(&one.id).filter(|known| **known != one.at) {
                Some(known) => {
                    let known = known.to_rfc3339_opts(SecondsFormat::AutoSi, true);
                    let why = format!(
                        "the same id is known at {known}, and an event never changes; write a new id"
                    );
                    kept.refused.push((place, Refusals::of("at", why)));
                }
                None => sound.push(one),
            }
        }
        kept.merged.added = events::record(txn, &sound).await?;
        kept.merged.same = sound.len() as u64 - kept.merged.added;
        Ok(kept)
    }
}
