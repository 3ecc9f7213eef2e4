//! From the ask to the habit: what was kept is what page, table and JSON count.

use std::io::Cursor;

use chrono::TimeDelta;
use segments::AskChannel;

use super::world::{self, House};
use crate::profiles::import::{Options, RowKind, Unwatched, import_csv};
use crate::store::accounts;
use crate::store::contacts;
use crate::store::doors::Role;
use crate::store::joinings::{self, CameFrom, Joining};
use crate::testing::noon;

const ACCOUNTS: &str = "external_id,name,domain,employees,industry\n\
    A1,One,one.example,12,238220\nA2,Two,two.example,60,621210\nA3,Three,three.example,3,\n";
const CONTACTS: &str = "external_id,account,email,consent,consent_at,consent_source,consent_wording\n\
    C1,A1,jo@one.example,,,,\nC2,A2,lee@two.example,training,2026-02-20T10:00:00Z,paper form,Yes\n";
const ASKS: &str = "account,channel,asked_at\nA1,call,2026-02-01\nA2,paper,2026-02-02\nA3,event,2026-02-03\n";

async fn take_in(house: &House, kind: RowKind, rows: &str) {
    let file = Cursor::new(rows.as_bytes().to_vec());
    let summary = import_csv(&house.app, kind, file, &Options::default(), &mut Unwatched).await.unwrap();
    assert_eq!(summary.counts.refused, 0, "{rows} on {}", house.on);
}

/// Jo fills in the form at the fair, and confirms it an hour later.
async fn jo_joins(house: &House) {
    let app = &house.app;
    let sent = noon() - TimeDelta::days(2);
    let joining = Joining {
        id: app.ids.next(),
        token_hash: vec![1],
        account: accounts::id(app.namespace, "A1"),
        email: "jo@one.example".to_owned(),
        email_key: "jo@one.example".to_owned(),
        first_name: "Jo".to_owned(),
        language: "en".to_owned(),
        wording: "Yes".to_owned(),
        tracking: false,
        tracking_wording: String::new(),
        from: CameFrom { channel: Some(AskChannel::Event), source: Some("<fair>".to_owned()) },
        side: Some("program".to_owned()),
        created_at: sent,
        expires_at: noon() + TimeDelta::days(5),
        confirmed_at: None,
    };
    let txn = app.db.begin().await.unwrap();
    joinings::keep(&txn, &joining).await.unwrap();
    assert!(joinings::confirm(&txn, joining.id, sent + TimeDelta::hours(1)).await.unwrap());
    joinings::belongs_to(&txn, joining.id, contacts::id(app.namespace, "C1")).await.unwrap();
    txn.commit().await.unwrap();
}

#[tokio::test]
async fn page_table_and_json_count_the_same_customers() {
    for house in world::open().await {
        take_in(&house, RowKind::Accounts, ACCOUNTS).await;
        take_in(&house, RowKind::Contacts, CONTACTS).await;
        take_in(&house, RowKind::Asks, ASKS).await;
        jo_joins(&house).await;
        let lead = house.staff(Role::ProgramLead).await;
        let json: serde_json::Value = lead.get("/reports/funnel.json").await.json().await.unwrap();
        let everyone = &json["everyone"];
        assert_eq!((&everyone["asked"], &everyone["unasked"]), (&3.into(), &0.into()), "{json}");
        assert_eq!((&everyone["joined"]["count"], &everyone["confirmed"]["count"]), (&2.into(), &2.into()));
        assert_eq!((&everyone["came_back"]["of"], &everyone["joined"]["share"]), (&0.into(), &().into()));
        let channels: Vec<_> = json["headings"][0]["rows"].as_array().unwrap().iter().collect();
        let of = |name: &str| channels.iter().find(|row| row["name"] == name).expect("a row");
        // The address of Jo's form said the fair, which is later than the call; nobody of the third joined.
        assert_eq!(of("An event")["asked"], 2, "{json}");
        assert_eq!(of("A form on paper")["confirmed"]["count"], 1, "{json}");

        let csv = lead.get("/reports/funnel.csv").await;
        assert!(csv.headers()["content-disposition"].to_str().unwrap().contains("funnel-2026-03-03.csv"));
        let csv = csv.text().await.unwrap();
        assert!(csv.contains("Everyone,Everyone,Joined when asked,2,3,,too few for a percentage"), "{csv}");
        assert!(csv.contains("Where they came from,<fair>,Confirmed,1,1,"), "{csv}");
        let page = lead.get("/reports/funnel").await.text().await.unwrap();
        for said in [
            "An event",
            "&lt;fair&gt;",
            "2 of 3",
            "too few for a percentage",
            "Construction",
            "50 to 99 people",
        ] {
            assert!(page.contains(said), "{said} on {}: {page}", house.on);
        }
        assert!(lead.get("/reports").await.text().await.unwrap().contains("href=\"/reports/funnel\""));
    }
}

#[tokio::test]
async fn before_anybody_is_asked_the_page_says_what_will_stand_there() {
    for house in world::open().await {
        let lead = house.staff(Role::ProgramLead).await;
        let page = lead.get("/reports/funnel").await.text().await.unwrap();
        assert!(page.contains("Nobody has been asked yet") && !page.contains("0%"), "{page}");
        for path in ["/reports/funnel", "/reports/funnel.csv", "/reports/funnel.json"] {
            assert_eq!(house.staff(Role::Moderator).await.get(path).await.status(), 403, "{path}");
            assert_eq!(house.visitor().get(path).await.status(), 303, "{path}");
        }
    }
}
