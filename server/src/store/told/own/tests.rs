//! Changes that can be undone, and that no file undoes.

use std::io::Cursor;

use chrono::{DateTime, Utc};
use sea_orm::EntityTrait;

use super::*;
use crate::app::App;
use crate::profiles::import::{Options, RowKind, Unwatched, import_csv};
use crate::store::entities::account;
use crate::testing::{self, noon};

const FILE: &str = "external_id,account,email,first_name,role,user_type,level,needs\n\
                    C1,A1,jo@bell.example,Joanna,owner,learner,starter,get paid faster\n";

async fn take_in(app: &App, kind: RowKind, rows: &str) {
    let file = Cursor::new(rows.as_bytes().to_vec());
    import_csv(app, kind, file, &Options::default(), &mut Unwatched).await.unwrap();
}

/// Somebody of a file, who then says things about themselves.
async fn jo(app: &App) -> (Uuid, Uuid) {
    take_in(app, RowKind::Accounts, "external_id,name\nA1,Bell Dental\n").await;
    take_in(app, RowKind::Contacts, FILE).await;
    let account = account::Entity::find().one(app.db.read()).await.unwrap().unwrap().id;
    (account, them(app).await.id)
}

async fn them(app: &App) -> contact::Model {
    contact::Entity::find().one(app.db.read()).await.unwrap().unwrap()
}

async fn needs_now(app: &App) -> Vec<String> {
    let mut rows = contact_need::Entity::find().all(app.db.read()).await.unwrap();
    rows.sort_by(|a, b| a.need.cmp(&b.need));
    rows.into_iter().map(|row| row.need).collect()
}

fn said(app: &App, (account, contact): (Uuid, Uuid), minute: i64) -> Said<'static> {
    let at: DateTime<Utc> = noon() + TimeDelta::minutes(minute);
    Said { id: app.ids.next(), account, contact, at, source: "me" }
}

async fn say(app: &App, who: (Uuid, Uuid), minute: i64, own: Own, value: &str) {
    let txn = app.db.begin().await.unwrap();
    correct(&txn, said(app, who, minute), own, value).await.unwrap();
    txn.commit().await.unwrap();
}

async fn take_back(app: &App, who: (Uuid, Uuid), minute: i64, own: Own) -> bool {
    let txn = app.db.begin().await.unwrap();
    let undone = undo(&txn, said(app, who, minute), own).await.unwrap();
    txn.commit().await.unwrap();
    undone
}

#[tokio::test]
async fn a_change_is_written_where_questions_read_it_and_undone_to_what_stood_there() {
    for (place, app) in testing::houses().await {
        let who = jo(&app).await;
        assert!(!take_back(&app, who, 0, Own::FirstName).await, "nothing was said, on {}", place.name);
        say(&app, who, 1, Own::FirstName, "Jo").await;
        say(&app, who, 2, Own::UserType, "connector").await;
        say(&app, who, 3, Own::Needs, &needs(["steady internet".to_owned(), "a rest".to_owned()])).await;
        let now = them(&app).await;
        let told = (now.first_name.as_deref(), now.user_type.as_deref(), now.user_type_source.as_deref());
        assert_eq!(told, (Some("Jo"), Some("connector"), Some("said")), "on {}", place.name);
        assert_eq!(needs_now(&app).await, ["a rest", "steady internet"], "on {}", place.name);

        for (minute, own) in [(4, Own::FirstName), (5, Own::UserType), (6, Own::Needs)] {
            assert!(take_back(&app, who, minute, own).await, "{own:?} on {}", place.name);
        }
        let now = them(&app).await;
        let told = (now.first_name.as_deref(), now.user_type.as_deref());
        assert_eq!(told, (Some("Joanna"), Some("learner")), "on {}", place.name);
        assert_eq!(needs_now(&app).await, ["get paid faster"], "on {}", place.name);

        assert!(take_back(&app, who, 7, Own::FirstName).await, "an undo can be undone");
        assert_eq!(them(&app).await.first_name.as_deref(), Some("Jo"), "on {}", place.name);
    }
}

#[tokio::test]
async fn a_guess_that_was_put_back_is_a_guess_again() {
    for (place, app) in testing::houses().await {
        let who = jo(&app).await;
        let txn = app.db.begin().await.unwrap();
        contact::Entity::update_many()
            .col_expr(contact::Column::UserTypeSource, Expr::value("inferred"))
            .exec(&txn)
            .await
            .unwrap();
        txn.commit().await.unwrap();
        say(&app, who, 1, Own::UserType, "").await;
        let now = them(&app).await;
        assert_eq!((now.user_type, now.user_type_source), (None, None), "on {}", place.name);
        assert!(take_back(&app, who, 2, Own::UserType).await);
        let now = them(&app).await;
        let again = (now.user_type.as_deref(), now.user_type_source.as_deref());
        assert_eq!(again, (Some("learner"), Some("inferred")), "on {}", place.name);
    }
}

#[tokio::test]
async fn a_file_never_wins_over_what_people_said_of_themselves() {
    for (place, app) in testing::houses().await {
        let who = jo(&app).await;
        say(&app, who, 1, Own::FirstName, "Jo").await;
        say(&app, who, 2, Own::Level, "").await;
        say(&app, who, 3, Own::Needs, "a rest").await;
        say(&app, who, 4, Own::UserType, "connector").await;
        take_back(&app, who, 5, Own::UserType).await;
        let newer = FILE.replace("owner", "partner").replace("learner", "collaborator");
        take_in(&app, RowKind::Contacts, &newer).await;
        let now = them(&app).await;
        assert_eq!(now.first_name.as_deref(), Some("Jo"), "on {}", place.name);
        assert_eq!(now.level, None, "what was taken away stays away, on {}", place.name);
        assert_eq!(now.role.as_deref(), Some("partner"), "what nobody said comes from the file");
        assert_eq!(now.user_type.as_deref(), Some("collaborator"), "what was undone was not said");
        assert_eq!(needs_now(&app).await, ["a rest"], "on {}", place.name);
    }
}
