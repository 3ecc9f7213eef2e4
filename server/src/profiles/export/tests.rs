//! Exports come back as they were.

use std::io::Cursor;

use chrono::{DateTime, Utc};

use super::*;
use crate::app::App;
use crate::clock::Clock;
use crate::config::Settings;
use crate::ids::Ids;
use crate::keys::Keys;
use crate::profiles::import::{Options, Unwatched, import_csv};
use crate::store::audience;
use crate::testing;

async fn app(url: &str, seed: u64) -> App {
    let settings = Settings { database_url: url.to_owned().into(), ..Settings::default() };
    let noon: DateTime<Utc> = "2026-11-24T12:00:00Z".parse().unwrap();
    App::open_with(settings, Keys::from_root([7; 32]), Clock::moved(noon), Ids::seeded(seed)).await.unwrap()
}

async fn take_in(app: &App, kind: RowKind, text: &[u8]) -> (u64, u64, u64) {
    let file = Cursor::new(text.to_vec());
    let counts = import_csv(app, kind, file, &Options::default(), &mut Unwatched).await.unwrap().counts;
    (counts.added, counts.changed, counts.refused)
}

async fn give_back(app: &App, kind: RowKind) -> Vec<u8> {
    let mut out = Vec::new();
    let from = From { db: app.db.read(), only: None, mail_domain: "lakeshore.example" };
    export(from, ExportKind::Rows(kind), &mut out).await.unwrap();
    out
}

const FILES: [(RowKind, &str); 10] = [
    (RowKind::Products, "code,name,active_window_days\nphones,=Phones,30\nbackup,Backup,\n"),
    (RowKind::Partners, "external_id,name,qualified\nP1,Erie Partners,phones;backup\n"),
    (
        RowKind::Accounts,
        "external_id,name,domain,employees,founded_on,stage,industry,country,partner,billing,Plan,=Note\n\
         A1,Acme,acme.example,12,2001-02-03,growing,238220,US,P1,partner,gold,-5 %\n\
         A2,\"Bell, Cafe\",,,,,,,,,,\"two\nlines\"\nA3,+Cole,acme.example,4,,,,,,distributor,,\n",
    ),
    (
        RowKind::Contacts,
        "external_id,account,email,first_name,timezone,user_type,needs,consent,consent_at,consent_source,consent_wording,Shoe\n\
         C1,A1,Pat@acme.example,Pat,America/New_York,learner,b;a,training;tracking,2026-01-05T10:00:00.5Z,form,\"Yes, do\",42\n\
         C1,A1,Pat@acme.example,Pat,America/New_York,learner,b;a,offers,2026-02-05,paper,Yes,42\n\
         C1,A2,Pat@acme.example,,,,,,,,,\nC2,A2,lee@bell.example,,,,,,,,,\n",
    ),
    (
        RowKind::Licences,
        "external_id,account,product,seats,starts_on,renews_on,amount,currency,billed_by\n\
         L1,A1,phones,5,2026-01-31,2027-01-31,1200.5,USD,partner\nL2,A2,backup,,,2027-03-01,4000,JPY,\n",
    ),
    (
        RowKind::Renewals,
        "licence,due_on,outcome,decided_on,amount\nL1,2026-01-31,expanded,2026-01-02,1200\nL2,2026-03-01,lapsed,,-5\n",
    ),
    (
        RowKind::Usage,
        "account,product,on,active_seats,milestone\nA1,phones,2026-10-01,3,\nA1,phones,2026-10-01,,first-call\n",
    ),
    (
        RowKind::Leads,
        "external_id,account,source,product,created_at,stage,amount\nD1,A1,fair,phones,2026-02-01,won,10.25\n\
         D2,A9,call,,2026-02-01T01:02:03.000004+01:00,lost,\n",
    ),
    (
        RowKind::Asks,
        "account,contact,channel,wording,asked_at\nA3,,call,,2026-02-03\n,lee@bell.example,paper,\"=Join, please\",2026-02-02\n\
         A2,C1,service-mail,Join,2026-02-01T10:00:00.5Z\nA2,C2,service-mail,Join,2026-02-01T10:00:00.5Z\n",
    ),
    (
        RowKind::Events,
        "{\"id\":\"E1\",\"type\":\"completed\",\"at\":\"2026-03-01T10:00:00Z\",\"contact\":\"C1\",\"item\":\"x\"}\n\
         {\"id\":\"E2\",\"type\":\"form\",\"at\":\"2026-03-01T10:00:00Z\",\"account\":\"A2\",\"value\":\"=1\",\"link\":2}\n\
         {\"id\":\"E3\",\"type\":\"clicked\",\"at\":\"2026-03-02T10:00:00Z\",\"contact\":\"C1\",\"verdict\":\"human\"}\n\
         {\"id\":\"E4\",\"type\":\"form\",\"at\":\"2026-03-03T10:00:00Z\",\"value\":\"nobody was signed in\"}\n",
    ),
];

#[tokio::test]
async fn an_import_of_an_export_changes_nothing_here_and_gives_the_same_bytes_elsewhere() {
    let (first, second) = (testing::databases().await, testing::databases().await);
    for (here, there) in first.into_iter().zip(second) {
        let (here, name) = (app(&here.url, 1).await, here.name);
        let there = app(&there.url, 2).await;
        for (kind, text) in FILES {
            let (added, _, refused) = take_in(&here, kind, text.as_bytes()).await;
            assert!(added > 0 && refused == 0, "{kind:?} on {name}");
        }
        let people = String::from_utf8(give_back(&here, RowKind::Contacts).await).unwrap();
        for line in people.lines().filter(|line| line.starts_with("C1,")) {
            assert!(
                line.contains(",Pat,") && line.contains(",a;b,") && line.ends_with(",42"),
                "{people}, on {name}"
            );
        }
        for (kind, _) in FILES {
            let given = give_back(&here, kind).await;
            let text = String::from_utf8_lossy(&given).into_owned();
            assert_eq!(take_in(&here, kind, &given).await, (0, 0, 0), "{text}, on {name}");
            let (added, _, refused) = take_in(&there, kind, &given).await;
            assert!(added > 0 && refused == 0, "{text}, on {name}");
        }
        for (kind, _) in FILES {
            let (one, other) = (give_back(&here, kind).await, give_back(&there, kind).await);
            assert_eq!(String::from_utf8(one), String::from_utf8(other), "on {name}");
        }
        for app in [&here, &there] {
            let clicked = segments::Predicate::parse("clicked any").unwrap();
            let counted = audience::count(app.db.read(), &clicked, app.clock.now()).await.unwrap();
            assert_eq!(counted, 1, "a human click counts on both sides, on {name}");
        }
    }
}

#[tokio::test]
async fn a_cell_that_a_spreadsheet_would_run_is_defused() {
    for place in testing::databases().await {
        let app = app(&place.url, 1).await;
        take_in(&app, FILES[0].0, FILES[0].1.as_bytes()).await;
        let text = String::from_utf8(give_back(&app, RowKind::Products).await).unwrap();
        assert!(text.contains("phones,'=Phones,"), "{text}, on {}", place.name);
    }
}

#[tokio::test]
async fn ledgers_are_given_back_line_by_line() {
    for place in testing::databases().await {
        let app = app(&place.url, 1).await;
        for (kind, text) in FILES {
            take_in(&app, kind, text.as_bytes()).await;
        }
        let from = From { db: app.db.read(), only: None, mail_domain: "lakeshore.example" };
        let mut out = Vec::new();
        assert_eq!(export(from, ExportKind::Consents, &mut out).await.unwrap(), 3, "on {}", place.name);
        let first: serde_json::Value =
            serde_json::from_slice(out.split(|b| *b == b'\n').next().unwrap()).unwrap();
        assert_eq!((first["seq"].as_i64(), first["contact"].as_str()), (Some(1), Some("C1")), "{first}");
        for kind in [ExportKind::Messages, ExportKind::Assignments, ExportKind::Choices] {
            assert_eq!(export(from, kind, Vec::new()).await.unwrap(), 0, "{kind:?} on {}", place.name);
        }
    }
}
