//! The kinds that are rows of cells.

use std::collections::{BTreeMap, HashMap};
use std::io::Write;

use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::{ExportError, From, Table, cell, money, time};
use crate::profiles::import::RowKind;
use crate::store::{
    accounts, asks, consent, contacts, leads, licences, partners, products, renewals, traits, usage,
};

/// Rows read at once.
const PAGE: u64 = 1_000;

/// Writes one kind.
pub(super) async fn export<C: ConnectionTrait, W: Write + Send>(
    from: From<'_, C>,
    kind: RowKind,
    out: W,
) -> Result<u64, ExportError> {
    let extra = match kind {
        RowKind::Accounts => traits::names_of_accounts(from.db).await?,
        RowKind::Contacts => traits::names_of_contacts(from.db).await?,
        _ => Vec::new(),
    };
    let fields = kind.fields().iter().map(|field| field.name.to_owned());
    let mut table = Table::new(out, fields.chain(extra.iter().cloned()))?;
    match kind {
        RowKind::Products => products(from, &mut table).await?,
        RowKind::Partners => partners(from, &mut table).await?,
        RowKind::Accounts => accounts(from, &mut table, &extra).await?,
        RowKind::Contacts => contacts(from, &mut table, &extra).await?,
        RowKind::Licences => licences(from, &mut table).await?,
        RowKind::Renewals => renewals(from, &mut table).await?,
        RowKind::Usage => usage(from, &mut table).await?,
        RowKind::Leads => leads(from, &mut table).await?,
        RowKind::Asks => asks(from, &mut table).await?,
        RowKind::Events => unreachable!("events are JSON lines"),
    }
    table.end()
}

async fn products<C: ConnectionTrait, W: Write>(
    from: From<'_, C>,
    table: &mut Table<W>,
) -> Result<(), ExportError> {
    for one in products::all(from.db).await? {
        table.row(&[one.code, one.name, cell(one.family), cell(one.active_window_days)])?;
    }
    Ok(())
}

async fn partners<C: ConnectionTrait, W: Write>(
    from: From<'_, C>,
    table: &mut Table<W>,
) -> Result<(), ExportError> {
    for (_, one) in partners::all(from.db).await? {
        let qualified = one.qualified.unwrap_or_default().into_iter().collect::<Vec<_>>().join(";");
        table.row(&[
            one.external_id,
            one.name,
            cell(one.territory),
            cell(one.tier),
            cell(one.email),
            cell(one.logo),
            qualified,
        ])?;
    }
    Ok(())
}

fn with_traits(mut row: Vec<String>, names: &[String], traits: Vec<(String, String)>) -> Vec<String> {
    let mut traits: HashMap<String, String> = traits.into_iter().collect();
    row.extend(names.iter().map(|name| traits.remove(name).unwrap_or_default()));
    row
}

async fn accounts<C: ConnectionTrait, W: Write>(
    from: From<'_, C>,
    table: &mut Table<W>,
    extra: &[String],
) -> Result<(), ExportError> {
    let partners: HashMap<Uuid, String> =
        partners::all(from.db).await?.into_iter().map(|(id, one)| (id, one.external_id)).collect();
    let mut after = String::new();
    loop {
        let page = accounts::page(from.db, &after, PAGE).await?;
        let Some((_, last)) = page.last() else { return Ok(()) };
        after.clone_from(&last.external_id);
        for (id, one) in page {
            if !from.has_account(id) {
                continue;
            }
            let row = vec![
                one.external_id,
                one.name,
                cell(one.domain),
                cell(one.employees),
                cell(one.founded_on),
                cell(one.stage),
                cell(one.industry),
                cell(one.country),
                cell(one.region),
                cell(one.city),
                cell(one.postal_code),
                cell(one.parent),
                cell(one.billing_id),
                cell(one.partner.and_then(|id| partners.get(&id))),
                cell(one.billing),
                cell(one.targeted_class),
                cell(one.targeted_band),
            ];
            table.row(&with_traits(row, extra, one.traits))?;
        }
    }
}

/// One line for the person, one more for each further proof of consent, and one for each further account.
async fn contacts<C: ConnectionTrait, W: Write>(
    from: From<'_, C>,
    table: &mut Table<W>,
    extra: &[String],
) -> Result<(), ExportError> {
    let mut after = String::new();
    loop {
        let page = contacts::page(from.db, &after, PAGE).await?;
        let Some(last) = page.last() else { return Ok(()) };
        after.clone_from(&last.person.external_id);
        let people: Vec<_> = page.iter().map(|one| one.person.id).collect();
        let mut proofs: HashMap<Uuid, BTreeMap<_, Vec<String>>> = HashMap::new();
        for one in consent::proved(from.db, &people).await? {
            let proof = (one.at, one.source, one.wording);
            let purposes = proofs.entry(one.contact).or_default().entry(proof).or_default();
            purposes.push(one.purpose.as_str().to_owned());
        }
        let homes = page.iter().map(|one| one.person.account);
        let linked = page.iter().flat_map(|one| one.links.iter().copied());
        let names = accounts::external_ids(from.db, homes.chain(linked)).await?;
        let name = |id: &Uuid| names.get(id).cloned().unwrap_or_default();
        for contacts::Leaving { person: one, links } in page {
            if !from.has_contact(one.id) {
                continue;
            }
            let row = |account: String, consent: [String; 4]| {
                let needs = one.needs.iter().flatten().cloned().collect::<Vec<_>>().join(";");
                let mut row = vec![
                    one.external_id.clone(),
                    account,
                    one.email.clone(),
                    cell(one.first_name.clone()),
                    cell(one.last_name.clone()),
                    cell(one.role.clone()),
                    cell(one.language.clone()),
                    cell(one.timezone.clone()),
                    cell(one.user_type),
                    cell(one.level),
                    needs,
                ];
                row.extend(consent);
                with_traits(row, extra, one.traits.clone())
            };
            let proofs = proofs.remove(&one.id).unwrap_or_default();
            if proofs.is_empty() {
                table.row(&row(name(&one.account), Default::default()))?;
            }
            for ((at, source, wording), mut purposes) in proofs {
                purposes.sort();
                table.row(&row(name(&one.account), [purposes.join(";"), time(at), source, wording]))?;
            }
            let mut links: Vec<_> = links.iter().map(name).collect();
            links.sort();
            for account in links {
                table.row(&row(account, Default::default()))?;
            }
        }
    }
}

async fn licences<C: ConnectionTrait, W: Write>(
    from: From<'_, C>,
    table: &mut Table<W>,
) -> Result<(), ExportError> {
    let mut after = String::new();
    loop {
        let page = licences::page(from.db, &after, PAGE).await?;
        let Some((_, last)) = page.last() else { return Ok(()) };
        after.clone_from(&last.external_id);
        let names = accounts::external_ids(from.db, page.iter().map(|(_, one)| one.account)).await?;
        for (_, one) in page.into_iter().filter(|(_, one)| from.has_account(one.account)) {
            let amount = money(one.amount, one.currency.as_deref());
            table.row(&[
                one.external_id,
                cell(names.get(&one.account)),
                one.product,
                cell(one.seats),
                cell(one.starts_on),
                one.renews_on.to_string(),
                amount,
                cell(one.currency),
                cell(one.billed_by),
            ])?;
        }
    }
}

async fn renewals<C: ConnectionTrait, W: Write>(
    from: From<'_, C>,
    table: &mut Table<W>,
) -> Result<(), ExportError> {
    let mut after = String::new();
    loop {
        let page = licences::page(from.db, &after, PAGE).await?;
        let Some((_, last)) = page.last() else { return Ok(()) };
        after.clone_from(&last.external_id);
        let ids: Vec<_> = page.iter().map(|(id, _)| *id).collect();
        let accounts = page.iter().map(|(_, one)| one.account);
        let mut by_licence: HashMap<Uuid, Vec<_>> = HashMap::new();
        for one in renewals::of_licences(from.db, accounts, &ids).await? {
            by_licence.entry(one.licence).or_default().push(one);
        }
        for (id, licence) in page.iter().filter(|(_, one)| from.has_account(one.account)) {
            for one in by_licence.remove(id).unwrap_or_default() {
                table.row(&[
                    licence.external_id.clone(),
                    one.due_on.to_string(),
                    one.outcome.as_str().to_owned(),
                    cell(one.decided_on),
                    money(one.amount, one.currency.as_deref()),
                ])?;
            }
        }
    }
}

async fn usage<C: ConnectionTrait, W: Write>(
    from: From<'_, C>,
    table: &mut Table<W>,
) -> Result<(), ExportError> {
    let mut after = String::new();
    loop {
        let page = accounts::page(from.db, &after, PAGE / 10).await?;
        let Some((_, last)) = page.last() else { return Ok(()) };
        after.clone_from(&last.external_id);
        let ids: Vec<_> = page.iter().map(|(id, _)| *id).filter(|id| from.has_account(*id)).collect();
        let mut by_account: HashMap<Uuid, Vec<_>> = HashMap::new();
        for one in usage::of_accounts(from.db, &ids).await? {
            by_account.entry(one.account).or_default().push(one);
        }
        for (id, account) in page {
            for one in by_account.remove(&id).unwrap_or_default() {
                table.row(&[
                    account.external_id.clone(),
                    one.product,
                    one.on.to_string(),
                    cell(one.active_seats),
                    cell(one.milestone),
                ])?;
            }
        }
    }
}

async fn asks<C: ConnectionTrait, W: Write>(
    from: From<'_, C>,
    table: &mut Table<W>,
) -> Result<(), ExportError> {
    let mut after = String::new();
    loop {
        let page = accounts::page(from.db, &after, PAGE / 10).await?;
        let Some((_, last)) = page.last() else { return Ok(()) };
        after.clone_from(&last.external_id);
        let ids: Vec<_> = page.iter().map(|(id, _)| *id).filter(|id| from.has_account(*id)).collect();
        let asks = asks::of_accounts(from.db, &ids).await?;
        let people = contacts::external_ids(from.db, asks.iter().filter_map(|one| one.contact)).await?;
        let mut by_account: HashMap<Uuid, Vec<_>> = HashMap::new();
        for one in asks.into_iter().filter(|one| one.contact.is_none_or(|person| from.has_contact(person))) {
            by_account.entry(one.account).or_default().push(one);
        }
        for (id, account) in page {
            let mut asks = by_account.remove(&id).unwrap_or_default();
            asks.sort_by_key(|one| (one.asked_at, one.channel, one.contact.and_then(|id| people.get(&id))));
            for one in asks {
                table.row(&[
                    account.external_id.clone(),
                    cell(one.contact.and_then(|person| people.get(&person))),
                    one.channel.to_string(),
                    cell(one.wording),
                    time(one.asked_at),
                ])?;
            }
        }
    }
}

async fn leads<C: ConnectionTrait, W: Write>(
    from: From<'_, C>,
    table: &mut Table<W>,
) -> Result<(), ExportError> {
    let mut after = String::new();
    loop {
        let page = leads::page(from.db, &after, PAGE).await?;
        let Some(last) = page.last() else { return Ok(()) };
        after.clone_from(&last.external_id);
        for one in page {
            if from.only.is_some() && !one.account.is_some_and(|account| from.has_account(account)) {
                continue;
            }
            table.row(&[
                one.external_id,
                cell(one.account_reference),
                one.source,
                cell(one.campaign),
                cell(one.team),
                cell(one.product),
                cell(one.country),
                time(one.created_at),
                cell(one.routed_at.map(time)),
                cell(one.accepted_at.map(time)),
                cell(one.closed_at.map(time)),
                one.stage,
                money(one.amount, None),
                money(one.cost, None),
                cell(one.targeted_class),
            ])?;
        }
    }
}
