//! People, one for each address, with links to further accounts.

use std::collections::{BTreeSet, HashMap, HashSet};

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Expr, Value};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, ExprTrait, QueryFilter,
    QueryOrder, QuerySelect,
};
use segments::{Level, TypeSource, UserType};
use uuid::Uuid;

use super::entities::{contact, contact_account, contact_need};
use super::staging::{Kind, Rows, Spared, Target, ids, key, once, stage, stamp, value};
use super::traits;
use crate::ids::named;

/// One person with sound values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arriving {
    /// Identifier.
    pub id: Uuid,
    /// Home account; kept when the person is known.
    pub account: Uuid,
    /// Identifier in the files of the vendor.
    pub external_id: String,
    /// Address as it was typed.
    pub email: String,
    /// Normalised address.
    pub email_key: String,
    /// First name.
    pub first_name: Option<String>,
    /// Last name.
    pub last_name: Option<String>,
    /// What they do in the company.
    pub role: Option<String>,
    /// BCP 47 tag.
    pub language: Option<String>,
    /// IANA name.
    pub timezone: Option<String>,
    /// How they like to learn.
    pub user_type: Option<UserType>,
    /// How sure of themselves they are.
    pub level: Option<Level>,
    /// What they said they want; nothing when the file does not say.
    pub needs: Option<BTreeSet<String>>,
    /// Extra columns; an empty one takes the trait away.
    pub traits: Vec<(String, String)>,
}

/// A person as an import finds them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// Identifier.
    pub id: Uuid,
    /// Home account.
    pub account: Uuid,
    /// Identifier in the files of the vendor.
    pub external_id: String,
    /// Normalised address.
    pub email_key: String,
}

const CONTACTS: Target = Target {
    name: "contacts",
    columns: &[
        key("id", Kind::Uuid),
        once("account_id", Kind::Uuid),
        once("external_id", Kind::Text),
        value("email", Kind::Text),
        value("email_key", Kind::Text),
        value("first_name", Kind::Text),
        value("last_name", Kind::Text),
        value("role", Kind::Text),
        value("language", Kind::Text),
        value("timezone", Kind::Text),
        value("user_type", Kind::Text),
        value("user_type_source", Kind::Text),
        value("level", Kind::Text),
        once("created_at", Kind::Time),
        stamp("updated_at", Kind::Time),
    ],
};

const NEEDS: Target = Target {
    name: "contact_needs",
    columns: &[key("contact_id", Kind::Uuid), key("account_id", Kind::Uuid), key("need", Kind::Text)],
};

const LINKS: Target = Target {
    name: "contact_accounts",
    columns: &[key("contact_id", Kind::Uuid), key("account_id", Kind::Uuid), once("created_at", Kind::Time)],
};

/// The identifier of the person with this external id.
pub fn id(namespace: Uuid, external_id: &str) -> Uuid {
    named(namespace, "contact", external_id)
}

/// The people with these addresses.
pub async fn with_addresses(db: &impl ConnectionTrait, email_keys: &[String]) -> Result<Vec<Known>, DbErr> {
    known(db, contact::Column::EmailKey, email_keys).await
}

/// The people with these external ids.
pub async fn with_external_ids(
    db: &impl ConnectionTrait,
    external_ids: &[String],
) -> Result<Vec<Known>, DbErr> {
    known(db, contact::Column::ExternalId, external_ids).await
}

async fn known(
    db: &impl ConnectionTrait,
    column: contact::Column,
    values: &[String],
) -> Result<Vec<Known>, DbErr> {
    let mut found = Vec::with_capacity(values.len());
    for some in values.chunks(1_000) {
        let rows = contact::Entity::find().filter(column.is_in(some.to_vec())).all(db).await?;
        found.extend(rows.into_iter().map(|row| Known {
            id: row.id,
            account: row.account_id,
            external_id: row.external_id,
            email_key: row.email_key,
        }));
    }
    Ok(found)
}

/// Merges these people; fields in `leave` stay as they are, and in each row what is `spared`.
pub(crate) async fn merge(
    txn: &DatabaseTransaction,
    arriving: &[Arriving],
    leave: &[&str],
    spared: &[Spared],
    now: DateTime<Utc>,
) -> Result<Rows, DbErr> {
    let values = arriving.iter().map(|one| {
        let text = |value: &Option<String>| value.clone().into();
        let said = one.user_type.map(|_| TypeSource::Said.as_str().to_owned());
        vec![
            one.id.into(),
            one.account.into(),
            one.external_id.clone().into(),
            one.email.clone().into(),
            one.email_key.clone().into(),
            text(&one.first_name),
            text(&one.last_name),
            text(&one.role),
            text(&one.language),
            text(&one.timezone),
            one.user_type.map(|known| known.as_str().to_owned()).into(),
            said.into(),
            one.level.map(|level| level.as_str().to_owned()).into(),
            now.into(),
            now.into(),
        ]
    });
    let with_source = |fields: &Spared| {
        let source = fields.contains(&"user_type").then_some("user_type_source");
        fields.iter().copied().chain(source).collect()
    };
    let spared: Vec<Spared> = spared.iter().map(with_source).collect();
    CONTACTS.stage_sparing(txn, values.collect(), &spared).await?;
    let mut leave = leave.to_vec();
    if leave.contains(&"user_type") {
        leave.push("user_type_source");
    }
    let mut rows = CONTACTS.merge_by_row(txn, &leave).await?;
    let mut extra = Vec::new();
    for one in arriving {
        extra.extend(
            one.traits.iter().map(|(name, value)| (one.id, one.account, name.as_str(), value.as_str())),
        );
    }
    rows.written.extend(traits::merge_of_contacts(txn, &extra, &rows.there).await?);
    rows.written.extend(need(txn, arriving, &rows.there).await?);
    Ok(rows)
}

/// Frees the addresses of these people, who are about to get others: what stands there meanwhile is no address.
pub(crate) async fn set_address_aside(
    txn: &DatabaseTransaction,
    people: impl Iterator<Item = Uuid>,
) -> Result<(), DbErr> {
    let people: Vec<_> = people.collect();
    for some in people.chunks(1_000) {
        contact::Entity::update_many()
            .col_expr(contact::Column::EmailKey, Expr::cust("'moving ' || external_id"))
            .filter(contact::Column::Id.is_in(some.to_vec()))
            .exec(txn)
            .await?;
    }
    Ok(())
}

/// Links people (first) to further accounts (second), and says which people have a link they did not have.
pub(crate) async fn link(
    txn: &DatabaseTransaction,
    links: &HashSet<(Uuid, Uuid)>,
    now: DateTime<Utc>,
) -> Result<HashSet<Uuid>, DbErr> {
    if links.is_empty() {
        return Ok(HashSet::new());
    }
    let rows = links.iter().map(|(person, account)| vec![(*person).into(), (*account).into(), now.into()]);
    LINKS.stage(txn, rows.collect()).await?;
    Ok(LINKS.merge_by_row(txn, &[]).await?.written)
}

/// Makes these the needs of these people, and says whose needs differ now.
async fn need(
    txn: &DatabaseTransaction,
    arriving: &[Arriving],
    there: &HashSet<Uuid>,
) -> Result<HashSet<Uuid>, DbErr> {
    use contact_need::{Column, Entity};
    let saying: Vec<_> = arriving.iter().filter_map(|one| Some((one, one.needs.as_ref()?))).collect();
    let mut had: HashMap<Uuid, BTreeSet<String>> = HashMap::new();
    let known: Vec<_> = saying.iter().filter(|(one, _)| there.contains(&one.id)).collect();
    for some in known.chunks(500) {
        let accounts = some.iter().map(|(one, _)| one.account);
        let people = some.iter().map(|(one, _)| one.id);
        let theirs = Column::AccountId.is_in(accounts).and(Column::ContactId.is_in(people));
        for row in Entity::find().filter(theirs).all(txn).await? {
            had.entry(row.contact_id).or_default().insert(row.need);
        }
    }
    let none = BTreeSet::new();
    let (mut new, mut gone, mut changed) = (Vec::new(), Vec::new(), HashSet::new());
    for (one, needs) in saying {
        let had = had.get(&one.id).unwrap_or(&none);
        let row =
            |need: &String| -> Vec<Value> { vec![one.id.into(), one.account.into(), need.clone().into()] };
        new.extend(needs.difference(had).map(row));
        gone.extend(had.difference(needs).map(row));
        if had != needs {
            changed.insert(one.id);
        }
    }
    NEEDS.put(txn, new, &[]).await?;
    if !gone.is_empty() {
        stage(txn, "contact_needs_gone", NEEDS.columns, gone).await?;
        let names = "account_id, contact_id, need";
        let sql = format!(
            "DELETE FROM contact_needs WHERE ({names}) IN (SELECT {names} FROM staged_contact_needs_gone) \
             RETURNING contact_id AS id"
        );
        ids(txn, &sql).await?;
    }
    Ok(changed)
}

/// The person with this normalised address.
pub async fn by_email(db: &impl ConnectionTrait, email_key: &str) -> Result<Option<Uuid>, DbErr> {
    contact::Entity::find()
        .select_only()
        .column(contact::Column::Id)
        .filter(contact::Column::EmailKey.eq(email_key))
        .into_tuple()
        .one(db)
        .await
}

/// A person as an export has them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leaving {
    /// The person.
    pub person: Arriving,
    /// Further accounts.
    pub links: Vec<Uuid>,
}

/// The next people after this external id, at most `limit`.
pub async fn page(db: &impl ConnectionTrait, after: &str, limit: u64) -> Result<Vec<Leaving>, DbErr> {
    let rows = contact::Entity::find()
        .filter(contact::Column::ExternalId.gt(after))
        .order_by_asc(contact::Column::ExternalId)
        .limit(limit)
        .all(db)
        .await?;
    let people: Vec<_> = rows.iter().map(|row| row.id).collect();
    let homes: Vec<_> = rows.iter().map(|row| row.account_id).collect();
    let mut traits = traits::of_contacts(db, &homes, &people).await?;
    let mut needs: HashMap<Uuid, BTreeSet<String>> = HashMap::new();
    let theirs = contact_need::Column::AccountId
        .is_in(homes.iter().copied().collect::<HashSet<_>>())
        .and(contact_need::Column::ContactId.is_in(people.clone()));
    for row in contact_need::Entity::find().filter(theirs).all(db).await? {
        needs.entry(row.contact_id).or_default().insert(row.need);
    }
    let mut links: HashMap<Uuid, Vec<Uuid>> = HashMap::new();
    let theirs = contact_account::Column::ContactId.is_in(people);
    for row in contact_account::Entity::find().filter(theirs).all(db).await? {
        links.entry(row.contact_id).or_default().push(row.account_id);
    }
    Ok(rows
        .into_iter()
        .map(|row| Leaving {
            links: links.remove(&row.id).unwrap_or_default(),
            person: Arriving {
                needs: Some(needs.remove(&row.id).unwrap_or_default()),
                traits: traits.remove(&row.id).unwrap_or_default(),
                id: row.id,
                account: row.account_id,
                external_id: row.external_id,
                email: row.email,
                email_key: row.email_key,
                first_name: row.first_name,
                last_name: row.last_name,
                role: row.role,
                language: row.language,
                timezone: row.timezone,
                user_type: row.user_type.and_then(|word| word.parse().ok()),
                level: row.level.and_then(|word| word.parse().ok()),
            },
        })
        .collect())
}

/// External ids of these people.
pub async fn external_ids(
    db: &impl ConnectionTrait,
    ids: impl IntoIterator<Item = Uuid>,
) -> Result<HashMap<Uuid, String>, DbErr> {
    let ids: Vec<_> = ids.into_iter().collect::<HashSet<_>>().into_iter().collect();
    let mut found = HashMap::with_capacity(ids.len());
    for some in ids.chunks(1_000) {
        let rows: Vec<(Uuid, String)> = contact::Entity::find()
            .select_only()
            .columns([contact::Column::Id, contact::Column::ExternalId])
            .filter(contact::Column::Id.is_in(some.to_vec()))
            .into_tuple()
            .all(db)
            .await?;
        found.extend(rows);
    }
    Ok(found)
}
