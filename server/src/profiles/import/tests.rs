//! Imports on real databases.

mod asks;
mod slips;

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Cursor};

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, Statement};
use segments::Purpose;

use super::*;
use crate::clock::Clock;
use crate::config::Settings;
use crate::ids::Ids;
use crate::keys::Keys;
use crate::store::entities::{account, consent, contact, contact_account};
use crate::store::suppression::{self, Reason, Scope, Suppression};
use crate::testing;

fn noon() -> DateTime<Utc> {
    "2026-11-24T12:00:00Z".parse().unwrap()
}

async fn app(url: &str) -> App {
    let settings = Settings { database_url: url.to_owned().into(), ..Settings::default() };
    App::open_with(settings, Keys::from_root([7; 32]), Clock::moved(noon()), Ids::seeded(7)).await.unwrap()
}

/// Remembers what it was told.
#[derive(Debug, Default)]
struct Notes {
    refused: Vec<(u64, String)>,
    warned: Vec<(u64, String)>,
    stop_after: Option<u64>,
}

impl Witness for Notes {
    fn refused(&mut self, line: u64, _: &[String], why: &Refusals) -> io::Result<()> {
        self.refused.push((line, why.to_string()));
        Ok(())
    }

    fn warned(&mut self, line: u64, what: &Complaint) -> io::Result<()> {
        self.warned.push((line, what.to_string()));
        Ok(())
    }

    fn settles(&mut self) -> io::Result<()> {
        match &mut self.stop_after {
            Some(0) => Err(io::Error::other("killed")),
            Some(left) => {
                *left -= 1;
                Ok(())
            }
            None => Ok(()),
        }
    }
}

async fn take_in(app: &App, kind: RowKind, text: &str) -> (Counts, Notes) {
    let mut notes = Notes::default();
    let file = Cursor::new(text.as_bytes().to_vec());
    let summary = import_csv(app, kind, file, &Options::default(), &mut notes).await.unwrap();
    (summary.counts, notes)
}

async fn text_of(app: &App, sql: &str) -> String {
    let backend = app.db.backend();
    let rows = app.db.read().query_all_raw(Statement::from_string(backend, sql)).await.unwrap();
    let cells = rows
        .iter()
        .map(|row| row.try_get_by_index::<Option<String>>(0).unwrap().unwrap_or_else(|| "-".to_owned()));
    cells.collect::<Vec<_>>().join(" ")
}

const ACCOUNTS: &str = "\
external_id,name,domain,employees,industry,billing,Plan
A1,Acme Plumbing,acme.example,12,238220,vendor,gold
A2,Bell Cafe,bell.example,4,Full-Service Restaurants,partner,
A3,Cole Books,cole.example,x,4512,,silver
,Nameless,,,,,
";

#[tokio::test]
async fn accounts_come_in_wrong_rows_are_named_and_a_second_time_changes_nothing() {
    for place in testing::databases().await {
        let app = app(&place.url).await;
        let (counts, notes) = take_in(&app, RowKind::Accounts, ACCOUNTS).await;
        assert_eq!((counts.rows, counts.added, counts.refused), (4, 3, 1), "{counts:?} on {}", place.name);
        assert_eq!(notes.refused, [(5, "external_id: is empty, and every row needs it".to_owned())]);
        assert!(notes.warned[0].0 == 4 && notes.warned[0].1.starts_with("employees: `x` is no count"));
        assert!(notes.warned[1].0 == 4 && notes.warned[1].1.starts_with("industry: "), "{notes:?}");
        let traits = "SELECT value FROM account_traits ORDER BY value";
        assert_eq!(text_of(&app, traits).await, "gold silver", "on {}", place.name);

        let (again, _) = take_in(&app, RowKind::Accounts, ACCOUNTS).await;
        assert_eq!((again.added, again.changed, again.same), (0, 0, 3), "on {}", place.name);

        let changed = ACCOUNTS.replace("gold", "").replace("Bell Cafe", "Bell's Cafe");
        let (changed, _) = take_in(&app, RowKind::Accounts, &changed).await;
        assert_eq!((changed.added, changed.changed, changed.same), (0, 2, 1), "on {}", place.name);
        assert_eq!(text_of(&app, traits).await, "silver", "on {}", place.name);
    }
}

#[tokio::test]
async fn a_file_without_a_column_leaves_that_field_as_it_is() {
    for place in testing::databases().await {
        let app = app(&place.url).await;
        take_in(&app, RowKind::Accounts, ACCOUNTS).await;
        take_in(&app, RowKind::Accounts, "external_id,name\nA1,Acme\n").await;
        let kept = "SELECT name || ' ' || domain FROM accounts WHERE external_id = 'A1'";
        assert_eq!(text_of(&app, kept).await, "Acme acme.example", "on {}", place.name);
    }
}

const CONTACTS: &str = "\
external_id,account,email,needs,consent,consent_at,consent_source,consent_wording
C1,A1,pat@Acme.example,fewer missed calls;more reviews,training;tracking,2026-01-05T10:00:00Z,web form,\"Yes, write to me\"
C2,A2,lee@bell.example,,training,,,
C3,A2,kim@bell.example,,training,2027-01-01,call,Yes
C4,A9,joe@cole.example,,,,,
C5,A3,pat@acme.example,,,,,
";

#[tokio::test]
async fn consent_is_granted_with_its_proof_only_and_a_shared_address_links_accounts() {
    for place in testing::databases().await {
        let app = app(&place.url).await;
        take_in(&app, RowKind::Accounts, ACCOUNTS).await;
        let (counts, notes) = take_in(&app, RowKind::Contacts, CONTACTS).await;
        assert_eq!((counts.added, counts.refused), (4, 1), "{notes:?} on {}", place.name);
        assert_eq!(notes.refused[0], (5, "account: there is no account called `A9`".to_owned()));
        assert_eq!(notes.warned.iter().map(|warning| warning.0).collect::<Vec<_>>(), [3, 4], "{notes:?}");
        let granted = consent::Entity::find().all(app.db.read()).await.unwrap();
        let purposes: BTreeSet<_> = granted.iter().map(|row| row.purpose.as_str()).collect();
        assert_eq!(purposes, BTreeSet::from(["training", "tracking"]), "on {}", place.name);
        assert_eq!(contact::Entity::find().count(app.db.read()).await.unwrap(), 3, "on {}", place.name);
        assert_eq!(contact_account::Entity::find().count(app.db.read()).await.unwrap(), 1);
        let families = "SELECT founder FROM families f WHERE id IN \
                        (SELECT family_id FROM accounts WHERE external_id IN ('A1', 'A3'))";
        assert_eq!(text_of(&app, families).await, "A1", "one family, on {}", place.name);
        let whole = crate::store::consent::verify(app.db.read(), &app.keys).await.unwrap();
        assert_eq!(whole, Ok(2), "on {}", place.name);

        let (again, _) = take_in(&app, RowKind::Contacts, CONTACTS).await;
        assert_eq!((again.added, again.changed, again.same), (0, 0, 4), "on {}", place.name);
    }
}

#[tokio::test]
async fn an_import_never_wins_over_a_later_word_or_a_suppression() {
    use crate::store::consent::{GivenOrTaken, record};
    for place in testing::databases().await {
        let app = app(&place.url).await;
        take_in(&app, RowKind::Accounts, ACCOUNTS).await;
        take_in(&app, RowKind::Contacts, CONTACTS).await;
        let pat = contact::Entity::find().filter(contact::Column::ExternalId.eq("C1"));
        let person = pat.one(app.db.read()).await.unwrap().unwrap();
        let txn = app.db.begin().await.unwrap();
        let taken = GivenOrTaken {
            account: person.account_id.into(),
            contact: person.id.into(),
            email_key: person.email_key.clone(),
            purpose: Purpose::Training,
            granted: false,
            at: "2026-06-01T00:00:00Z".parse().unwrap(),
            source: "stop link".to_owned(),
            wording: None,
            recorded_at: noon(),
        };
        record(&txn, &app.keys, &[taken]).await.unwrap();
        let stop = Suppression {
            email_key: "lee@bell.example",
            scope: Scope::All,
            reason: Reason::Stop,
            source: "stop link",
            at: noon(),
        };
        suppression::add(&txn, &app.keys, &stop).await.unwrap();
        txn.commit().await.unwrap();

        let later = "external_id,account,email,consent,consent_at,consent_source,consent_wording\n\
                     C1,A1,pat@acme.example,training,2026-05-01,paper,Yes\n\
                     C2,A2,lee@bell.example,training,2026-07-01,paper,Yes\n";
        let (_, notes) = take_in(&app, RowKind::Contacts, later).await;
        let reasons: Vec<_> = notes.warned.iter().map(|warning| warning.1.as_str()).collect();
        assert!(reasons[0].contains("took it back later"), "{reasons:?} on {}", place.name);
        assert!(reasons[1].contains("must not be written to"), "{reasons:?} on {}", place.name);
        let again = "external_id,account,email,consent,consent_at,consent_source,consent_wording\n\
                     C1,A1,pat@acme.example,training,2026-08-01,paper,Yes\n";
        take_in(&app, RowKind::Contacts, again).await;
        let granted = crate::store::consent::in_force(app.db.read(), person.id).await.unwrap();
        assert!(granted.contains(&Purpose::Training), "said again later, on {}", place.name);
    }
}

#[tokio::test]
async fn an_import_that_stopped_goes_on_where_it_was() {
    let rows: Vec<_> = (0..2_000).map(|n| format!("A{n},Company {n},c{n}.example\n")).collect();
    let text = format!("external_id,name,domain\n{}", rows.concat());
    for place in testing::databases().await {
        let app = app(&place.url).await;
        let mut notes = Notes { stop_after: Some(2), ..Notes::default() };
        let file = Cursor::new(text.clone().into_bytes());
        let stopped =
            import_csv(&app, RowKind::Accounts, file, &Options::default(), &mut notes).await.unwrap_err();
        assert_eq!(stopped.to_string(), "killed");
        let kept = account::Entity::find().count(app.db.read()).await.unwrap();
        assert!(kept > 0 && kept < 2_000, "{kept} on {}", place.name);

        let file = Cursor::new(text.clone().into_bytes());
        let summary =
            import_csv(&app, RowKind::Accounts, file, &Options::default(), &mut Unwatched).await.unwrap();
        assert_eq!(summary.resumed_after, Some(kept + 1), "on {}", place.name);
        assert_eq!((summary.counts.rows, summary.counts.added), (2_000, 2_000), "on {}", place.name);
        assert_eq!(account::Entity::find().count(app.db.read()).await.unwrap(), 2_000);
    }
}

#[tokio::test]
async fn two_imports_at_once_are_safe() {
    let row = |n: usize| format!("A{n},Company {n},shared{}.example\n", n % 7);
    let rows = |from: usize| (from..from + 1_500).map(row).collect::<Vec<_>>().concat();
    for place in testing::databases().await {
        let app = app(&place.url).await;
        let (one, two) = (app.clone(), app.clone());
        let import = |app: App, text: String| async move {
            let file = Cursor::new(format!("external_id,name,domain\n{text}").into_bytes());
            import_csv(&app, RowKind::Accounts, file, &Options::default(), &mut Unwatched).await.unwrap()
        };
        let (a, b) = tokio::join!(import(one, rows(0)), import(two, rows(750)));
        assert_eq!(a.counts.added + b.counts.added, 2_250, "on {}", place.name);
        let families = "SELECT CAST(count(DISTINCT family_id) AS text) FROM accounts";
        assert_eq!(text_of(&app, families).await, "7", "on {}", place.name);
    }
}

#[tokio::test]
async fn a_dry_run_changes_nothing() {
    for place in testing::databases().await {
        let app = app(&place.url).await;
        let options = Options { dry_run: true, ..Options::default() };
        let file = Cursor::new(ACCOUNTS.as_bytes().to_vec());
        let summary = import_csv(&app, RowKind::Accounts, file, &options, &mut Unwatched).await.unwrap();
        assert_eq!(summary.counts.added, 3);
        let kept = account::Entity::find().count(app.db.read()).await.unwrap();
        let imports = "SELECT CAST(count(*) AS text) FROM imports";
        assert_eq!((kept, text_of(&app, imports).await.as_str()), (0, "0"), "on {}", place.name);
    }
}

#[tokio::test]
async fn names_and_values_of_a_file_may_differ_from_ours() {
    for place in testing::databases().await {
        let app = app(&place.url).await;
        let values = Values::parse("[sector]\n\"technolgy\" = \"334\"\n").unwrap();
        let map = [("external_id", "account"), ("name", "account"), ("industry", "sector")];
        let map = map.map(|(field, column)| (field.to_owned(), column.to_owned()));
        let options = Options { map: BTreeMap::from(map), values, dry_run: false };
        let file = Cursor::new(b"account,sector\nAcme,technolgy\n".to_vec());
        let summary = import_csv(&app, RowKind::Accounts, file, &options, &mut Unwatched).await.unwrap();
        assert_eq!((summary.counts.added, summary.counts.warnings), (1, 0), "on {}", place.name);
        assert_eq!(text_of(&app, "SELECT industry FROM accounts").await, "334", "on {}", place.name);
    }
}

#[tokio::test]
async fn licences_renewals_usage_leads_and_events_find_their_account() {
    for place in testing::databases().await {
        let app = app(&place.url).await;
        take_in(&app, RowKind::Products, "code,name\nphones,Lakeshore Phones\n").await;
        take_in(&app, RowKind::Accounts, ACCOUNTS).await;
        take_in(&app, RowKind::Contacts, CONTACTS).await;
        let licences = "external_id,account,product,seats,renews_on,amount,currency\n\
                        L1,A1,phones,5,2027-01-31,1200.50,usd\n\
                        L2,A1,phnes,5,2027-01-31,,\n\
                        L3,A9,phones,5,2027-01-31,,\n";
        let (counts, notes) = take_in(&app, RowKind::Licences, licences).await;
        assert_eq!((counts.added, counts.refused), (1, 2), "{notes:?} on {}", place.name);
        assert!(notes.refused[0].1.contains("did you mean `phones`"), "{notes:?}");
        let renewals = "licence,due_on,outcome,amount\nL1,2026-01-31,Renewd,\nL1,2026-01-31,renewed,-10\n";
        let (counts, notes) = take_in(&app, RowKind::Renewals, renewals).await;
        assert_eq!((counts.added, counts.refused), (1, 1), "on {}", place.name);
        assert!(notes.refused[0].1.contains("did you mean `renewed`"), "{notes:?}");
        assert_eq!(text_of(&app, "SELECT CAST(amount AS text) FROM renewals").await, "-1000");
        let usage = "account,product,on,active_seats,milestone\nA1,phones,2026-10-01,3,\nA1,phones,2026-10-02,,first-call\n";
        assert_eq!(take_in(&app, RowKind::Usage, usage).await.0.added, 2, "on {}", place.name);
        let leads = "external_id,account,source,product,created_at,stage\n\
                     D1,A1,fair,phones,2026-02-01,won\nD2,,fair,phonez,2026-02-01,won\nD3,A9,fair,,2026-02-01,won\n";
        let (counts, notes) = take_in(&app, RowKind::Leads, leads).await;
        assert_eq!((counts.added, counts.refused, counts.warnings), (3, 0, 3), "{notes:?} on {}", place.name);
        let events = "{\"id\":\"E1\",\"type\":\"completed\",\"at\":\"2026-03-01T10:00:00Z\",\"contact\":\"C1\",\"item\":\"x\"}\n\
                      {\"id\":\"E2\",\"type\":\"vieved\",\"at\":\"2026-03-01T10:00:00Z\",\"contact\":\"pat@ACME.example\"}\n\
                      {\"id\":\"E3\",\"type\":\"viewed\",\"at\":\"2026-03-01T10:00:00Z\",\"contact\":\"pat@ACME.example\"}\n";
        let (counts, notes) = take_in(&app, RowKind::Events, events).await;
        assert_eq!((counts.added, counts.refused), (2, 1), "{notes:?} on {}", place.name);
        assert!(notes.refused[0].1.contains("did you mean `viewed`"), "{notes:?}");
        assert_eq!(take_in(&app, RowKind::Events, events).await.0.same, 2, "on {}", place.name);
    }
}

#[tokio::test]
async fn what_is_no_sound_row_is_refused_by_line() {
    let place = testing::databases().await.remove(0);
    let app = app(&place.url).await;
    let text = "external_id,name\nA1,\"Bell\u{7}\"\nA2\nA3,Fine\nA3,Twice\nA4,\u{0}\n";
    let (counts, notes) = take_in(&app, RowKind::Accounts, text).await;
    assert_eq!((counts.added, counts.refused), (1, 4), "{notes:?}");
    let lines: Vec<_> = notes.refused.iter().map(|refused| refused.0).collect();
    assert_eq!(lines, [2, 3, 5, 6], "{notes:?}");
    let open = format!("external_id,name\nA1,\"{}", "x".repeat(2_000_000));
    let file = Cursor::new(open.into_bytes());
    let error =
        import_csv(&app, RowKind::Accounts, file, &Options::default(), &mut Unwatched).await.unwrap_err();
    assert!(error.to_string().contains("is a quote left open"), "{error}");
}
