//! What is written as JSON lines: events, letters, ledgers and choices.

use std::io::Write;

use sea_orm::ConnectionTrait;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::{ExportError, From, time};
use crate::store::audit::Happened;
use crate::store::{accounts, audit, contacts};

/// Accounts whose rows are read at once.
const PAGE: u64 = 100;

/// A JSON object without what is not there.
fn line(out: &mut impl Write, value: Value) -> Result<(), ExportError> {
    let Value::Object(object) = value else { unreachable!("lines are written as objects below") };
    let object: Map<_, _> = object.into_iter().filter(|(_, value)| !value.is_null()).collect();
    serde_json::to_writer(&mut *out, &object).map_err(std::io::Error::from)?;
    out.write_all(b"\n")?;
    Ok(())
}

/// Goes through accounts by page and hands each page to `write`, which says how many lines it wrote.
macro_rules! by_accounts {
    ($from:ident, $out:ident, |$names:ident, $ids:ident| $write:expr) => {{
        let (mut after, mut lines) = (String::new(), 0);
        loop {
            let page = accounts::page($from.db, &after, PAGE).await?;
            let Some((_, last)) = page.last() else { break };
            after.clone_from(&last.external_id);
            let $ids: Vec<_> = page.iter().map(|(id, _)| *id).filter(|id| $from.has_account(*id)).collect();
            let $names: std::collections::HashMap<_, _> =
                page.into_iter().map(|(id, account)| (id, account.external_id)).collect();
            lines += $write;
        }
        $out.flush()?;
        Ok(lines)
    }};
}

pub(super) async fn events<C: ConnectionTrait, W: Write>(
    from: From<'_, C>,
    mut out: W,
) -> Result<u64, ExportError> {
    let of_accounts: Result<u64, ExportError> = by_accounts!(from, out, |names, ids| {
        let events = audit::events(from.db, &ids).await?;
        let people = contacts::external_ids(from.db, events.iter().filter_map(|one| one.contact)).await?;
        let mut lines = 0;
        for one in events.iter().filter(|one| one.contact.is_none_or(|person| from.has_contact(person))) {
            let contact = one.contact.and_then(|person| people.get(&person));
            let account = if contact.is_none() { names.get(&one.account) } else { None };
            event(&mut out, one, contact, account)?;
            lines += 1;
        }
        lines
    });
    let mut lines = of_accounts?;
    // Answers of people who were not signed in belong to no account, and to nobody's selection.
    if from.only.is_none() {
        for one in audit::events(from.db, &[Uuid::nil()]).await? {
            event(&mut out, &one, None, None)?;
            lines += 1;
        }
        out.flush()?;
    }
    Ok(lines)
}

fn event(
    out: &mut impl Write,
    one: &Happened,
    contact: Option<&String>,
    account: Option<&String>,
) -> Result<(), ExportError> {
    line(
        out,
        json!({
            "id": one.id, "type": one.kind, "at": time(one.at), "contact": contact, "account": account,
            "message": one.message, "item": one.item, "product": one.product, "link": one.link,
            "value": one.value, "verdict": one.verdict,
        }),
    )
}

pub(super) async fn messages<C: ConnectionTrait, W: Write>(
    from: From<'_, C>,
    mut out: W,
) -> Result<u64, ExportError> {
    let journeys = audit::journey_names(from.db).await?;
    by_accounts!(from, out, |names, ids| {
        let messages = audit::messages(from.db, &ids).await?;
        let mut lines = 0;
        for one in messages.iter().filter(|one| from.has_contact(one.contact)) {
            line(
                &mut out,
                json!({
                    "id": one.id, "message_id": format!("<{}@{}>", one.id, from.mail_domain),
                    "account": names.get(&one.account), "contact": one.contact_name, "email": one.email,
                    "journey": journeys.get(&one.journey), "version": one.version, "step": one.step,
                    "occurrence": one.occurrence, "state": one.state, "reason": one.reason,
                    "attempts": one.attempts, "planned_at": time(one.planned_at),
                    "sent_at": one.sent_at.map(time),
                }),
            )?;
            lines += 1;
        }
        lines
    })
}

pub(super) async fn choices<C: ConnectionTrait, W: Write>(
    from: From<'_, C>,
    mut out: W,
) -> Result<u64, ExportError> {
    by_accounts!(from, out, |names, ids| {
        let choices = audit::choices(from.db, &ids).await?;
        let people = contacts::external_ids(from.db, choices.iter().map(|one| one.contact)).await?;
        let mut lines = 0;
        for one in choices.iter().filter(|one| from.has_contact(one.contact)) {
            line(
                &mut out,
                json!({
                    "id": one.id, "account": names.get(&one.account), "contact": people.get(&one.contact),
                    "at": time(one.at), "slot": one.slot, "position": one.position, "item": one.item,
                    "channel": one.channel, "message": one.message, "explanation": one.explanation,
                }),
            )?;
            lines += 1;
        }
        lines
    })
}

pub(super) async fn assignments<C: ConnectionTrait, W: Write>(
    from: From<'_, C>,
    mut out: W,
) -> Result<u64, ExportError> {
    let (mut after, mut lines) = (0, 0);
    loop {
        let page = audit::assignments(from.db, after).await?;
        let Some(last) = page.last() else { break };
        after = last.0;
        for (_, value) in page {
            line(&mut out, value)?;
            lines += 1;
        }
    }
    out.flush()?;
    Ok(lines)
}

pub(super) async fn consents<C: ConnectionTrait, W: Write>(
    from: From<'_, C>,
    mut out: W,
) -> Result<u64, ExportError> {
    let (mut after, mut lines) = (0, 0);
    loop {
        let page = audit::consents(from.db, after).await?;
        let Some(last) = page.last() else { break };
        after = last.seq;
        let homes = accounts::external_ids(from.db, page.iter().map(|one| one.account)).await?;
        let people = contacts::external_ids(from.db, page.iter().map(|one| one.contact)).await?;
        for one in page.into_iter().filter(|one| from.has_contact(one.contact)) {
            line(
                &mut out,
                json!({
                    "seq": one.seq, "id": one.id, "account": homes.get(&one.account),
                    "contact": people.get(&one.contact), "purpose": one.purpose, "granted": one.granted,
                    "at": time(one.at), "source": one.source, "wording": one.wording,
                    "recorded_at": time(one.recorded_at), "address_hash": one.address_hash, "hash": one.hash,
                }),
            )?;
            lines += 1;
        }
    }
    out.flush()?;
    Ok(lines)
}
