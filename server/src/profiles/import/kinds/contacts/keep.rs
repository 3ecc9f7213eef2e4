//! Keeping people: who is known by address, who by external id, who is linked to what, and what they allowed.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{DatabaseTransaction, DbErr};
use segments::{AccountId, ContactId, Purpose};
use uuid::Uuid;

use super::Row;
use crate::profiles::families;
use crate::profiles::import::kind::{Admitted, Context, Kept};
use crate::profiles::import::reading::{Complaint, Refusals};
use crate::store::consent::{self, GivenOrTaken, Outcome};
use crate::store::contacts::{self, Arriving, Known};
use crate::store::staging::Spared;
use crate::store::told::own;
use crate::store::{accounts, suppression};

/// What a row turned out to be.
#[derive(Debug, Clone, Copy)]
enum Place {
    /// The person themselves.
    Person(Uuid),
    /// A person who is known already, at a further account.
    Link(Uuid),
}

pub(super) async fn keep(
    txn: &DatabaseTransaction,
    context: &Context,
    leave: &[&str],
    rows: &[Admitted<Row>],
) -> Result<Kept, DbErr> {
    let mut kept = Kept::default();
    let mut people = People::find(txn, rows).await?;
    let account = |row: &Row| accounts::id(context.namespace, &row.account);
    let ids: Vec<_> = rows.iter().map(|admitted| account(&admitted.row)).collect();
    let known = accounts::known(txn, &ids).await?;
    let addresses = rows.iter().map(|admitted| admitted.row.email.key());
    let erased = suppression::erased(txn, &context.keys, addresses).await?;
    let (mut arriving, mut links, mut moved) = (BTreeMap::new(), HashSet::new(), BTreeMap::new());
    let mut places = Vec::with_capacity(rows.len());
    for (at, Admitted { number, row, unread, .. }) in rows.iter().enumerate() {
        let at_account = account(row);
        if erased.contains(row.email.key()) {
            let why = "belongs to somebody who asked to be erased; nothing is kept about them".to_owned();
            kept.refused.push((at, Refusals::of("email", why)));
            continue;
        }
        if !known.contains(&at_account) {
            let why = format!("there is no account called `{}`", row.account);
            kept.refused.push((at, Refusals::of("account", why)));
            continue;
        }
        match people.place(context, row, at_account) {
            Err(why) => kept.refused.push((at, why)),
            Ok(place) => {
                let (Place::Person(id) | Place::Link(id)) = place;
                let home = people.home(id);
                if home != at_account {
                    links.insert((id, at_account));
                }
                match place {
                    Place::Link(_) if home == at_account => {
                        kept.warnings.push((*number, people.is_known_as(id, row)));
                    }
                    Place::Link(_) => {}
                    Place::Person(_) => {
                        if let Some(before) = people.readdress(id, row.email.key()) {
                            moved.entry(id).or_insert(before);
                        }
                        if home == at_account {
                            arriving.insert(id, (as_arriving(id, home, row), unread.clone()));
                        } else if moved.contains_key(&id) {
                            // A line for a further account links; of the person themselves it only has the address.
                            let (known, _) = arriving
                                .entry(id)
                                .or_insert_with(|| (only_reached(id, home, row), OPTIONAL.to_vec()));
                            row.email.typed().clone_into(&mut known.email);
                            row.email.key().clone_into(&mut known.email_key);
                        }
                    }
                }
                places.push((at, place));
            }
        }
    }
    moved.retain(|id, before| people.known[id].email_key != before.email_key);
    // Somebody else may take the address over in the same step.
    contacts::set_address_aside(txn, moved.keys().copied()).await?;
    let (mut arriving, mut spared): (Vec<_>, Vec<_>) = arriving.into_values().unzip();
    leave_own_words(txn, &mut arriving, &mut spared).await?;
    let mut done = contacts::merge(txn, &arriving, leave, &spared, context.now).await?;
    let linked = contacts::link(txn, &links, context.now).await?;
    let joined: Vec<_> = links.iter().map(|(person, _)| *person).filter(|id| linked.contains(id)).collect();
    families::join_people(txn, context.namespace, &joined, context.now).await?;
    take_back(txn, context, &moved, &proofs(rows, &places, &people)).await?;
    let allowed = allow(txn, context, rows, &places, &people, &mut kept).await?;
    done.written.extend(allowed);

    let mut new: HashSet<Uuid> = HashSet::new();
    for (at, place) in places {
        let merged = &mut kept.merged;
        match place {
            Place::Person(id) if !done.there.contains(&id) && new.insert(id) => merged.added += 1,
            Place::Link(id) if linked.contains(&id) && links.contains(&(id, ids[at])) => merged.added += 1,
            Place::Person(id) | Place::Link(id) if done.written.contains(&id) => merged.changed += 1,
            Place::Person(id) if linked.contains(&id) => merged.changed += 1,
            _ => merged.same += 1,
        }
    }
    Ok(kept)
}

/// What people said of themselves stands, whatever a file says.
async fn leave_own_words(
    txn: &DatabaseTransaction,
    arriving: &mut [Arriving],
    spared: &mut [Spared],
) -> Result<(), DbErr> {
    let people: Vec<_> = arriving.iter().map(|one| (one.account, one.id)).collect();
    let said = own::said_fields(txn, &people).await?;
    for (one, spared) in arriving.iter_mut().zip(spared) {
        let Some(fields) = said.get(&one.id) else { continue };
        for field in fields {
            if *field == "needs" {
                one.needs = None;
            } else if !spared.contains(field) {
                spared.push(field);
            }
        }
    }
    Ok(())
}

/// Everything that a person may or may not have.
const OPTIONAL: &[&str] = &["first_name", "last_name", "role", "language", "timezone", "user_type", "level"];

/// A person of whom a row says the address, and nothing else.
fn only_reached(id: Uuid, home: Uuid, row: &Row) -> Arriving {
    let (first_name, last_name, role, language, timezone) = (None, None, None, None, None);
    Arriving {
        first_name,
        last_name,
        role,
        language,
        timezone,
        user_type: None,
        level: None,
        needs: None,
        traits: Vec::new(),
        ..as_arriving(id, home, row)
    }
}

fn as_arriving(id: Uuid, home: Uuid, row: &Row) -> Arriving {
    Arriving {
        id,
        account: home,
        external_id: row.external_id.clone(),
        email: row.email.typed().to_owned(),
        email_key: row.email.key().to_owned(),
        first_name: row.first_name.clone(),
        last_name: row.last_name.clone(),
        role: row.role.clone(),
        language: row.language.clone(),
        timezone: row.timezone.clone(),
        user_type: row.user_type,
        level: row.level,
        needs: row.needs.clone(),
        traits: row.traits.clone(),
    }
}

/// Who is known, by what; rows of the batch are added as they come.
#[derive(Debug, Default)]
struct People {
    known: HashMap<Uuid, Known>,
    of_address: HashMap<String, Uuid>,
    of_external_id: HashMap<String, Uuid>,
}

impl People {
    async fn find(txn: &DatabaseTransaction, rows: &[Admitted<Row>]) -> Result<Self, DbErr> {
        let addresses: Vec<_> = rows.iter().map(|admitted| admitted.row.email.key().to_owned()).collect();
        let names: Vec<_> = rows.iter().map(|admitted| admitted.row.external_id.clone()).collect();
        let mut people = Self::default();
        for known in contacts::with_addresses(txn, &addresses).await? {
            people.add(known);
        }
        for known in contacts::with_external_ids(txn, &names).await? {
            people.add(known);
        }
        Ok(people)
    }

    fn add(&mut self, known: Known) {
        self.of_address.insert(known.email_key.clone(), known.id);
        self.of_external_id.insert(known.external_id.clone(), known.id);
        self.known.insert(known.id, known);
    }

    /// Who this row is about. A person who was not known is added.
    fn place(&mut self, context: &Context, row: &Row, account: Uuid) -> Result<Place, Refusals> {
        let of_address = self.of_address.get(row.email.key()).copied();
        let of_external_id = self.of_external_id.get(&row.external_id).copied();
        match (of_address, of_external_id) {
            (Some(a), Some(b)) if a == b => Ok(Place::Person(a)),
            (Some(other), Some(_)) => {
                let name = &self.known[&other].external_id;
                Err(Refusals::of("email", format!("belongs to the contact `{name}` already")))
            }
            (Some(other), None) => Ok(Place::Link(other)),
            (None, Some(person)) => Ok(Place::Person(person)),
            (None, None) => {
                let id = contacts::id(context.namespace, &row.external_id);
                let (external_id, email_key) = (row.external_id.clone(), row.email.key().to_owned());
                self.add(Known { id, account, external_id, email_key });
                Ok(Place::Person(id))
            }
        }
    }

    /// What is said of a row with a name of its own for somebody who is known at that account by another.
    fn is_known_as(&self, id: Uuid, row: &Row) -> Complaint {
        let (name, other) = (&self.known[&id].external_id, &row.external_id);
        let reason =
            format!("is the address of the contact `{name}` at this account; no contact `{other}` is made");
        Complaint { field: "email", reason }
    }

    fn home(&self, id: Uuid) -> Uuid {
        self.known[&id].account
    }

    /// Whether this row has the address that the person has once all rows are read.
    fn reads(&self, id: Uuid, row: &Row) -> bool {
        self.known[&id].email_key == row.email.key()
    }

    /// Gives a person another address, and returns them as they were when that changed something.
    fn readdress(&mut self, id: Uuid, email_key: &str) -> Option<Known> {
        let known = self.known.get_mut(&id)?;
        if known.email_key == email_key {
            return None;
        }
        let before = known.clone();
        email_key.clone_into(&mut known.email_key);
        self.of_address.remove(&before.email_key);
        self.of_address.insert(email_key.to_owned(), id);
        Some(before)
    }
}

/// When a purpose was first agreed to for the address that a person has now, by person and purpose.
type Proofs = HashMap<(Uuid, Purpose), DateTime<Utc>>;

fn proofs(rows: &[Admitted<Row>], places: &[(usize, Place)], people: &People) -> Proofs {
    let mut proofs = Proofs::new();
    for (at, place) in places {
        let row = &rows[*at].row;
        let (Place::Person(id) | Place::Link(id)) = *place;
        let Some(proof) = row.consent.as_ref().filter(|_| people.reads(id, row)) else { continue };
        for purpose in &proof.purposes {
            let first = proofs.entry((id, *purpose)).or_insert(proof.at);
            *first = proof.at.min(*first);
        }
    }
    proofs
}

/// A consent was given for an address: with another one it has to be given again. Where it was, in this very file, it
/// is taken back just before that.
async fn take_back(
    txn: &DatabaseTransaction,
    context: &Context,
    moved: &BTreeMap<Uuid, Known>,
    proofs: &Proofs,
) -> Result<(), DbErr> {
    let mut taken = Vec::new();
    for known in moved.values() {
        for (purpose, since) in consent::in_force_since(txn, known.id).await? {
            let again = proofs.get(&(known.id, purpose)).map(|at| *at - TimeDelta::microseconds(1));
            taken.push(GivenOrTaken {
                account: AccountId::from(known.account),
                contact: ContactId::from(known.id),
                email_key: known.email_key.clone(),
                purpose,
                granted: false,
                at: again.unwrap_or(context.now).max(since),
                source: "import: the address changed".to_owned(),
                wording: None,
                recorded_at: context.now,
            });
        }
    }
    consent::record(txn, &context.keys, &taken).await?;
    Ok(())
}

/// Grants what is proved, and says whose consents differ now.
async fn allow(
    txn: &DatabaseTransaction,
    context: &Context,
    rows: &[Admitted<Row>],
    places: &[(usize, Place)],
    people: &People,
    kept: &mut Kept,
) -> Result<HashSet<Uuid>, DbErr> {
    let proved = |at: &usize| rows[*at].row.consent.is_some();
    let keys = places.iter().filter(|(at, _)| proved(at)).map(|(at, _)| rows[*at].row.email.key());
    let suppressed = suppression::of_many(txn, &context.keys, keys).await?;
    let (mut given, mut lines) = (Vec::new(), Vec::new());
    for (at, place) in places {
        let Admitted { number, row, .. } = &rows[*at];
        let Some(proof) = &row.consent else { continue };
        let (Place::Person(id) | Place::Link(id)) = *place;
        if !people.reads(id, row) {
            let reason =
                "is not granted: it was given for an address that the person no longer has".to_owned();
            kept.warnings.push((*number, Complaint { field: "consent", reason }));
            continue;
        }
        for purpose in proof.purposes.iter().copied() {
            if suppressed.blocks(&context.keys, row.email.key(), purpose) {
                let reason = format!("{purpose} is not granted: this address must not be written to");
                kept.warnings.push((*number, Complaint { field: "consent", reason }));
                continue;
            }
            given.push(GivenOrTaken {
                account: AccountId::from(people.home(id)),
                contact: ContactId::from(id),
                email_key: row.email.key().to_owned(),
                purpose,
                granted: true,
                at: proof.at,
                source: proof.source.clone(),
                wording: Some(proof.wording.clone()),
                recorded_at: context.now,
            });
            lines.push(*number);
        }
    }
    let outcomes = consent::record(txn, &context.keys, &given).await?;
    let mut written = HashSet::new();
    for ((one, number), outcome) in given.iter().zip(lines).zip(outcomes) {
        match outcome {
            Outcome::Written => drop(written.insert(one.contact.uuid())),
            Outcome::Known => (),
            Outcome::Outdated => {
                let reason = format!("{} is not granted: the person took it back later", one.purpose);
                kept.warnings.push((number, Complaint { field: "consent", reason }));
            }
        }
    }
    Ok(written)
}
