//! Where a person leaves traces: one list, which a download reads and an erasure empties.
//!
//! A row that is only about the person goes. A row that is counted (letters, events, finished lessons) stays, and a
//! number that stands for nobody takes the place of theirs: the same in every table, so that every count stays what it
//! was, and made by chance, so that nothing leads back. Ledgers are never touched: they hold identifiers and keyed
//! hashes, and with the last other row gone nothing joins to them.
//!
//! Tests walk the schema: a table or a column with room for words that is in no list here makes them fail.

use sea_orm::sea_query::{Alias, Condition, Expr, ExprTrait, Func, IntoIden, SimpleExpr};
use uuid::Uuid;

mod erase;
mod read;
#[cfg(test)]
mod tests;

pub use erase::{Order, finish, open_orders, order, step};
pub use read::{Row, of_person};

/// A table in which a person leaves traces.
#[derive(Debug, Clone, Copy)]
pub struct Trace {
    /// Its name.
    pub table: &'static str,
    /// How its rows name the person.
    by: By,
    /// The columns that tell its rows apart, where there may be so many that they are taken in parts.
    parts: &'static [&'static str],
    /// What an erasure does with them.
    fate: Fate,
}

/// How a row names a person.
#[derive(Debug, Clone, Copy)]
enum By {
    /// By their identifier in this column.
    Contact(&'static str),
    /// By their identifier in this column, in a table that begins with the account.
    AtAccount(&'static str),
    /// By their identifier, as one who comes in by the customers' door.
    Subject,
    /// By their identifier, or by their address in this column.
    ContactOrAddress(&'static str),
    /// By their address in this column, however it is spelt.
    Address(&'static str),
}

/// What becomes of a row.
#[derive(Debug, Clone, Copy)]
enum Fate {
    /// It goes.
    Goes,
    /// It stays for the count, nameless, with these columns as these expressions say.
    Nameless(&'static [(&'static str, &'static str)]),
    /// It stays as it is, for this reason.
    Stays(&'static str),
}

const fn goes(table: &'static str, by: By) -> Trace {
    Trace { table, by, parts: &[], fate: Fate::Goes }
}

const fn nameless(
    table: &'static str,
    by: By,
    parts: &'static [&'static str],
    set: &'static [(&'static str, &'static str)],
) -> Trace {
    Trace { table, by, parts, fate: Fate::Nameless(set) }
}

/// What a letter's purpose, a stop, a choice or a joining left in an event; everything else there may be words.
const NO_WORDS: &str = "CASE WHEN kind IN ('sent', 'clicked') OR value IN ('stop', 'choices') \
                        OR value LIKE '{\"about\":\"joined\"%' THEN value ELSE NULL END";

/// Every table with traces, in the order in which an erasure goes through them. The mailbox comes last: a letter may be
/// on its way there while the rest is emptied.
pub const TRACES: &[Trace] = &[
    goes("sessions", By::Subject),
    goes("sign_in_links", By::Subject),
    goes("contacts", By::Contact("id")),
    goes("contact_accounts", By::Contact("contact_id")),
    goes("contact_needs", By::Contact("contact_id")),
    goes("contact_traits", By::Contact("contact_id")),
    goes("consents", By::Contact("contact_id")),
    goes("told", By::AtAccount("contact_id")),
    goes("progress", By::AtAccount("contact_id")),
    goes("shelves", By::AtAccount("contact_id")),
    goes("shelf_items", By::AtAccount("contact_id")),
    goes("shares", By::AtAccount("contact_id")),
    goes("gifts", By::AtAccount("contact_id")),
    goes("gifts", By::AtAccount("giver_id")),
    nameless("feedback", By::AtAccount("contact_id"), &[], &[("words", "''"), ("note_wanted", "FALSE")]),
    nameless("fix_answers", By::AtAccount("contact_id"), &[], &[]),
    goes("notices", By::ContactOrAddress("address")),
    goes("useful_marks", By::Contact("contact_id")),
    goes("question_follows", By::Contact("contact_id")),
    goes("community_bans", By::AtAccount("contact_id")),
    goes("picture_drafts", By::Contact("contact_id")),
    goes("question_pictures", By::AtAccount("contact_id")),
    nameless(
        "questions",
        By::AtAccount("contact_id"),
        &[],
        &[
            ("title", "''"),
            ("details", "''"),
            ("slug", "'erased'"),
            ("state", "'hidden'"),
            ("hidden_why", "'erased'"),
        ],
    ),
    nameless(
        "replies",
        By::Contact("author_id"),
        &[],
        &[("body", "''"), ("author_name", "NULL"), ("hidden_why", "'erased'")],
    ),
    nameless("question_reports", By::Contact("contact_id"), &[], &[("why", "''")]),
    nameless("feedback", By::AtAccount("contact_id"), &[], &[("words", "''"), ("note_wanted", "FALSE")]),
    nameless("fix_answers", By::AtAccount("contact_id"), &[], &[]),
    nameless(
        "joinings",
        By::ContactOrAddress("email_key"),
        &[],
        &[("email", "''"), ("email_key", "''"), ("first_name", "''")],
    ),
    nameless("asks", By::Contact("contact_id"), &[], &[]),
    nameless("finishes", By::AtAccount("contact_id"), &["account_id", "contact_id", "item"], &[]),
    nameless("enrolments", By::AtAccount("contact_id"), &["account_id", "id"], &[]),
    nameless("messages", By::AtAccount("contact_id"), &["account_id", "id"], &[("reply", "NULL")]),
    Trace {
        table: "choices",
        by: By::AtAccount("contact_id"),
        parts: &["account_id", "at", "id"],
        fate: Fate::Goes,
    },
    nameless("events", By::AtAccount("contact_id"), &["account_id", "at", "id"], &[("value", NO_WORDS)]),
    goes("outbox_mails", By::Address("recipient")),
    Trace {
        table: "consent_ledger",
        by: By::AtAccount("contact_id"),
        parts: &[],
        fate: Fate::Stays("it proves what was allowed; it holds identifiers and a keyed hash of the address"),
    },
];

/// Whose traces.
#[derive(Debug, Clone, Copy)]
pub struct Whose<'a> {
    /// Home account.
    pub account: Uuid,
    /// The person.
    pub contact: Uuid,
    /// Normalised address.
    pub email_key: &'a str,
}

fn col(name: &str) -> SimpleExpr {
    Expr::col(Alias::new(name).into_iden())
}

impl Trace {
    /// Whether an erasure leaves its rows as they are, and why.
    pub fn stays(&self) -> Option<&'static str> {
        match self.fate {
            Fate::Stays(why) => Some(why),
            Fate::Goes | Fate::Nameless(_) => None,
        }
    }

    /// The column that holds the person's identifier, where there is one.
    fn column(&self) -> Option<&'static str> {
        match self.by {
            By::Contact(column) | By::AtAccount(column) => Some(column),
            By::Subject => Some("subject_id"),
            By::ContactOrAddress(_) => Some("contact_id"),
            By::Address(_) => None,
        }
    }

    /// The rows of this person.
    fn theirs(&self, whose: Whose<'_>) -> Condition {
        // SQLite knows small letters of English only, so an address is also compared as it is spelt.
        let address = |column: &str| {
            let small = Expr::expr(Func::lower(col(column))).eq(whose.email_key.to_ascii_lowercase());
            small.or(col(column).eq(whose.email_key))
        };
        match self.by {
            By::Contact(column) => Condition::all().add(col(column).eq(whose.contact)),
            By::AtAccount(column) => {
                Condition::all().add(col("account_id").eq(whose.account)).add(col(column).eq(whose.contact))
            }
            By::Subject => {
                Condition::all().add(col("subject_id").eq(whose.contact)).add(col("audience").eq("customer"))
            }
            By::ContactOrAddress(column) => {
                Condition::any().add(col("contact_id").eq(whose.contact)).add(address(column))
            }
            By::Address(column) => Condition::all().add(address(column)),
        }
    }
}
