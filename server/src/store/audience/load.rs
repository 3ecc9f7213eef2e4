//! Loads people with everything a question may ask about, by a fixed number of queries for a batch.

use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, TimeDelta, Utc};
use content::Past;
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QuerySelect};
use segments::{Account, Carried, Event, ItemWord, Profile};
use uuid::Uuid;

use super::rows::{self, word};
use crate::store::entities::{
    account, account_trait, choice, consent, contact, contact_need, contact_trait, enrolment, event, item,
    journey, licence, partner, renewal, usage,
};

/// Item words of every item that somebody acted on or was sent.
type Words = HashMap<String, Vec<ItemWord>>;

/// Profiles of these people, in this order.
pub(super) async fn batch(
    db: &impl ConnectionTrait,
    contacts: &[Uuid],
    now: DateTime<Utc>,
) -> Result<Vec<Profile>, DbErr> {
    let rows =
        contact::Entity::find().filter(contact::Column::Id.is_in(contacts.iter().copied())).all(db).await?;
    let homes: HashMap<Uuid, Uuid> = rows.iter().map(|row| (row.id, row.account_id)).collect();
    let accounts = accounts(db, &homes, now).await?;
    let mut people = HashMap::new();
    for row in rows {
        let account = accounts.get(&row.account_id);
        let account =
            account.ok_or_else(|| DbErr::RecordNotFound(format!("the home account of {}", row.id)))?;
        people.insert(row.id, rows::profile(row, account.clone())?);
    }
    let scope = Scope { homes: &homes, now };
    said(db, &scope, &mut people).await?;
    happened(db, &scope, &mut people).await?;
    Ok(contacts.iter().filter_map(|id| people.remove(id)).collect())
}

/// Whose rows are wanted: those of a person at their home account, up to now.
struct Scope<'a> {
    homes: &'a HashMap<Uuid, Uuid>,
    now: DateTime<Utc>,
}

impl Scope<'_> {
    fn accounts(&self) -> BTreeSet<Uuid> {
        self.homes.values().copied().collect()
    }

    fn people(&self) -> impl Iterator<Item = Uuid> {
        self.homes.keys().copied()
    }

    fn person<'p>(
        &self,
        people: &'p mut HashMap<Uuid, Profile>,
        account: Uuid,
        contact: Uuid,
    ) -> Option<&'p mut Profile> {
        people.get_mut(&contact).filter(|_| self.homes.get(&contact) == Some(&account))
    }
}

async fn accounts(
    db: &impl ConnectionTrait,
    homes: &HashMap<Uuid, Uuid>,
    now: DateTime<Utc>,
) -> Result<HashMap<Uuid, Account>, DbErr> {
    let ids: BTreeSet<Uuid> = homes.values().copied().collect();
    let ids = || ids.iter().copied();
    let today = now.date_naive();
    let rows = account::Entity::find().filter(account::Column::Id.is_in(ids())).all(db).await?;
    let partners: BTreeSet<Uuid> = rows.iter().filter_map(|row| row.partner_id).collect();
    let partners: HashMap<Uuid, String> = partner::Entity::find()
        .select_only()
        .columns([partner::Column::Id, partner::Column::ExternalId])
        .filter(partner::Column::Id.is_in(partners))
        .into_tuple::<(Uuid, String)>()
        .all(db)
        .await?
        .into_iter()
        .collect();
    let mut accounts = HashMap::new();
    for row in rows {
        let partner = row.partner_id.and_then(|id| partners.get(&id)).cloned();
        accounts.insert(row.id, rows::account(row, partner)?);
    }

    let traits =
        account_trait::Entity::find().filter(account_trait::Column::AccountId.is_in(ids())).all(db).await?;
    for row in traits {
        if let Some(account) = accounts.get_mut(&row.account_id) {
            account.traits.insert(row.name, row.value);
        }
    }
    let lapsed = renewal::Entity::find()
        .select_only()
        .columns([renewal::Column::LicenceId, renewal::Column::DueOn])
        .filter(renewal::Column::AccountId.is_in(ids()))
        .filter(renewal::Column::Outcome.eq("lapsed"))
        .into_tuple::<(Uuid, chrono::NaiveDate)>()
        .all(db)
        .await?;
    let lapsed: BTreeSet<_> = lapsed.into_iter().collect();
    for row in licence::Entity::find().filter(licence::Column::AccountId.is_in(ids())).all(db).await? {
        if let Some(account) = accounts.get_mut(&row.account_id) {
            let lapsed = lapsed.contains(&(row.id, row.renews_on));
            account.licences.push(rows::licence(row, lapsed)?);
        }
    }
    let used = usage::Entity::find()
        .filter(usage::Column::AccountId.is_in(ids()))
        .filter(usage::Column::OnDate.lte(today));
    for row in used.filter(rows::milestone_or_latest_count(today)).all(db).await? {
        if let Some(account) = accounts.get_mut(&row.account_id) {
            rows::take_usage(account, row);
        }
    }
    Ok(accounts)
}

/// What people said: needs, extra columns, consents.
async fn said(
    db: &impl ConnectionTrait,
    scope: &Scope<'_>,
    people: &mut HashMap<Uuid, Profile>,
) -> Result<(), DbErr> {
    let needs = contact_need::Entity::find()
        .filter(contact_need::Column::AccountId.is_in(scope.accounts()))
        .filter(contact_need::Column::ContactId.is_in(scope.people()));
    for row in needs.all(db).await? {
        if let Some(person) = scope.person(people, row.account_id, row.contact_id) {
            person.needs.insert(row.need);
        }
    }
    let traits = contact_trait::Entity::find()
        .filter(contact_trait::Column::AccountId.is_in(scope.accounts()))
        .filter(contact_trait::Column::ContactId.is_in(scope.people()));
    for row in traits.all(db).await? {
        if let Some(person) = scope.person(people, row.account_id, row.contact_id) {
            person.traits.insert(row.name, row.value);
        }
    }
    let consents = consent::Entity::find()
        .filter(consent::Column::AccountId.is_in(scope.accounts()))
        .filter(consent::Column::ContactId.is_in(scope.people()))
        .filter(consent::Column::Granted.eq(true));
    for row in consents.all(db).await? {
        if let Some(person) = scope.person(people, row.account_id, row.contact_id) {
            person.consents.insert(word("consents.purpose", &row.purpose)?, row.at);
        }
    }
    Ok(())
}

/// A choice of these days: whose, the item, when, and when it was put off.
type Lately = (Uuid, Uuid, String, DateTime<Utc>, Option<DateTime<Utc>>);

/// What happened to people: journeys they are in, events, and what their letters carried.
async fn happened(
    db: &impl ConnectionTrait,
    scope: &Scope<'_>,
    people: &mut HashMap<Uuid, Profile>,
) -> Result<(), DbErr> {
    let enrolled: Vec<(Uuid, Uuid, String)> = enrolment::Entity::find()
        .select_only()
        .columns([enrolment::Column::AccountId, enrolment::Column::ContactId])
        .column(journey::Column::Name)
        .join(
            sea_orm::JoinType::InnerJoin,
            enrolment::Entity::belongs_to(journey::Entity)
                .from(enrolment::Column::JourneyId)
                .to(journey::Column::Id)
                .into(),
        )
        .filter(enrolment::Column::AccountId.is_in(scope.accounts()))
        .filter(enrolment::Column::ContactId.is_in(scope.people()))
        .filter(enrolment::Column::State.eq("active"))
        .into_tuple()
        .all(db)
        .await?;
    for (account, contact, journey) in enrolled {
        if let Some(person) = scope.person(people, account, contact) {
            person.journeys.insert(journey);
        }
    }

    let events = rows::events(scope.accounts(), scope.people(), scope.now).all(db).await?;
    let chosen: Vec<(Uuid, Uuid, Uuid, String)> = choice::Entity::find()
        .select_only()
        .columns([choice::Column::AccountId, choice::Column::ContactId, choice::Column::MessageId])
        .column(choice::Column::Item)
        .filter(choice::Column::AccountId.is_in(scope.accounts()))
        .filter(choice::Column::ContactId.is_in(scope.people()))
        .filter(choice::Column::MessageId.is_not_null())
        .into_tuple()
        .all(db)
        .await?;
    let lately = choice::Entity::find()
        .select_only()
        .columns([choice::Column::AccountId, choice::Column::ContactId, choice::Column::Item])
        .columns([choice::Column::At, choice::Column::PutOffAt])
        .filter(choice::Column::AccountId.is_in(scope.accounts()))
        .filter(choice::Column::ContactId.is_in(scope.people()))
        .filter(choice::Column::At.gte(scope.now - TimeDelta::days(Past::SHOWN_DAYS)))
        .filter(choice::Column::At.lte(scope.now));
    for (account, contact, item, at, put_off_at) in lately.into_tuple::<Lately>().all(db).await? {
        if let Some(person) = scope.person(people, account, contact) {
            person.put_off.extend(put_off_at.map(|at| (item.clone(), at)));
            person.shown.push((item, at));
        }
    }
    let named = events.iter().filter_map(|row| row.item.as_ref()).chain(chosen.iter().map(|(.., item)| item));
    let words = item_words(db, named.cloned().collect()).await?;
    let carried = carried(chosen, &words);
    for row in events {
        let Some(person) = row.contact_id.and_then(|contact| scope.person(people, row.account_id, contact))
        else {
            continue;
        };
        let mut event = event_of(&row, &words)?;
        if let Some(items) = row.message_id.and_then(|message| carried.get(&(person.id.uuid(), message))) {
            event.carried.clone_from(items);
        }
        person.events.push(event);
    }
    Ok(())
}

fn event_of(row: &event::Model, words: &Words) -> Result<Event, DbErr> {
    let mut event = Event::blank(word("events.kind", &row.kind)?, row.at);
    event.message = row.message_id;
    event.item.clone_from(&row.item);
    event.item_words = row.item.as_ref().and_then(|item| words.get(item)).cloned().unwrap_or_default();
    event.verdict = row.verdict.as_deref().map(|verdict| word("events.verdict", verdict)).transpose()?;
    Ok(event)
}

/// Items by the person and the letter that carried them.
fn carried(chosen: Vec<(Uuid, Uuid, Uuid, String)>, words: &Words) -> HashMap<(Uuid, Uuid), Vec<Carried>> {
    let mut carried: HashMap<_, Vec<Carried>> = HashMap::new();
    for (_, contact, message, item) in chosen {
        let words = words.get(&item).cloned().unwrap_or_default();
        carried.entry((contact, message)).or_default().push(Carried { item, words });
    }
    carried
}

async fn item_words(db: &impl ConnectionTrait, items: BTreeSet<String>) -> Result<Words, DbErr> {
    let items: Vec<String> = items.into_iter().collect();
    let mut words = Words::new();
    for names in items.chunks(5_000) {
        let rows: Vec<(String, sea_orm::JsonValue)> = item::Entity::find()
            .select_only()
            .columns([item::Column::Name, item::Column::Document])
            .filter(item::Column::Name.is_in(names))
            .into_tuple()
            .all(db)
            .await?;
        words.extend(rows.into_iter().map(|(name, document)| (name, rows::words_of(&document))));
    }
    Ok(words)
}
