//! Joining on real databases.

use std::io::Cursor;

use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use segments::Pace;

use super::*;
use crate::profiles::import::{Options, RowKind, Unwatched, import_csv};
use crate::store::comparison::{Design, Draw, Placed};
use crate::store::entities::{account, contact, deviation, event, joining as joining_row, notice, session};
use crate::store::suppression::{self, Reason, Scope, Suppression};
use crate::store::{accounts, comparison, families};
use crate::testing::{self, noon};

async fn take_in(app: &App, kind: RowKind, rows: &str) {
    let file = Cursor::new(rows.as_bytes().to_vec());
    import_csv(app, kind, file, &Options::default(), &mut Unwatched).await.unwrap();
}

async fn bell(app: &App) {
    take_in(
        app,
        RowKind::Accounts,
        "external_id,name,domain\nA1,Bell Dental,bell.example\nA2,Kim Law,kim.example\n",
    )
    .await;
}

fn form(email: &str) -> Form {
    Form {
        email: Email::parse(email).unwrap(),
        first_name: "Lee".to_owned(),
        wording: "Yes, about 2 a month.".to_owned(),
        tracking: false,
        tracking_wording: "You may see what I open.".to_owned(),
        language: "en".to_owned(),
        from: CameFrom { channel: "call".parse().ok(), source: Some("spring".to_owned()) },
        way_back: String::new(),
    }
}

/// Sends the form in, and answers with the token of the letter.
async fn asked(app: &App, form: &Form) -> Secret {
    let company = company_of(app, &form.email, None).await.unwrap().unwrap();
    ask(app, form, &company, &Secret::new()).await.unwrap();
    let last = joining_row::Entity::find().all(app.db.read()).await.unwrap();
    let last = last.into_iter().max_by_key(|row| row.id).unwrap();
    Secret::received(&tokens::of_notice(&app.keys, last.id))
}

async fn keep_out(app: &App, names: &[&str]) {
    let ids: Vec<_> = names.iter().map(|name| accounts::id(app.namespace, name)).collect();
    let txn = app.db.begin().await.unwrap();
    let draw = Draw {
        salt: vec![1],
        salt_id: Uuid::nil(),
        design: Design::Invited,
        share: 0.1,
        limit_days: 365,
        drawn_at: noon(),
    };
    comparison::begin(&txn, &draw).await.unwrap();
    let families = families::of_accounts(&txn, &ids).await.unwrap();
    let placed = families.values().map(|family| Placed {
        family: *family,
        comparison: true,
        share: 0.1,
        stratum: "all".to_owned(),
        block: None,
    });
    comparison::append(&txn, &app.keys, &draw, &placed.collect::<Vec<_>>(), noon()).await.unwrap();
    comparison::refresh_held(&txn, Design::Invited, noon()).await.unwrap();
    txn.commit().await.unwrap();
}

#[tokio::test]
async fn nobody_has_joined_before_they_confirm_and_then_with_receipts_in_the_words_they_saw() {
    for (place, app) in testing::houses().await {
        bell(&app).await;
        let token = asked(&app, &form("Lee@bell.example")).await;
        assert_eq!(contact::Entity::find().count(app.db.read()).await.unwrap(), 0, "on {}", place.name);
        let Confirmed::In(session) = confirm(&app, &token, Some("Firefox|Linux")).await.unwrap() else {
            panic!("it was not confirmed on {}", place.name)
        };
        let who = doors::who(&app, Audience::Customer, &session).await.unwrap().unwrap();
        let lee = contact::Entity::find().one(app.db.read()).await.unwrap().unwrap();
        assert_eq!((who, lee.email.as_str()), (lee.id, "Lee@bell.example"), "on {}", place.name);
        assert_eq!(lee.account_id, accounts::id(app.namespace, "A1"));
        assert_eq!(lee.opted_in_at, Some(noon()), "on {}", place.name);
        let receipts = consent::receipts(app.db.read(), lee.id).await.unwrap();
        let said: Vec<_> =
            receipts.iter().map(|one| (one.purpose.as_str(), one.wording.as_deref())).collect();
        let words = Some("Yes, about 2 a month.");
        let all = [("training", words), ("support", words), ("community", words)];
        assert_eq!(said, all, "on {}", place.name);
        assert!(receipts.iter().all(|one| one.granted && one.source == SOURCE && one.at == noon()));
        assert_eq!(consent::verify(app.db.read(), &app.keys).await.unwrap(), Ok(3), "on {}", place.name);
        let kinds: Vec<_> = event::Entity::find().all(app.db.read()).await.unwrap();
        let mut kinds: Vec<_> = kinds.into_iter().map(|one| one.kind).collect();
        kinds.sort_unstable();
        assert_eq!(kinds, ["form", "signed-in"], "on {}", place.name);
        let kept = joining_row::Entity::find().one(app.db.read()).await.unwrap().unwrap();
        assert_eq!((kept.contact_id, kept.channel.as_deref()), (Some(lee.id), Some("call")));
        assert_eq!(kept.source.as_deref(), Some("spring"), "on {}", place.name);
    }
}

#[tokio::test]
async fn tracking_is_allowed_only_where_its_own_box_was_ticked() {
    for (place, app) in testing::houses().await {
        bell(&app).await;
        let token = asked(&app, &Form { tracking: true, ..form("lee@bell.example") }).await;
        confirm(&app, &token, None).await.unwrap();
        let lee = contact::Entity::find().one(app.db.read()).await.unwrap().unwrap();
        let receipts = consent::receipts(app.db.read(), lee.id).await.unwrap();
        let tracking = receipts.iter().find(|one| one.purpose == "tracking").unwrap();
        assert_eq!(tracking.wording.as_deref(), Some("You may see what I open."), "on {}", place.name);
    }
}

#[tokio::test]
async fn of_two_presses_at_once_one_joins_and_the_other_is_told_that_it_is_done() {
    for (place, app) in testing::houses().await {
        bell(&app).await;
        let token = asked(&app, &form("lee@bell.example")).await;
        let (one, two) = tokio::join!(confirm(&app, &token, None), confirm(&app, &token, None));
        let (one, two) = (one.unwrap(), two.unwrap());
        let joined = [&one, &two].into_iter().filter(|one| matches!(one, Confirmed::In(_))).count();
        let done = [&one, &two].into_iter().filter(|one| **one == Confirmed::Already).count();
        assert_eq!((joined, done), (1, 1), "{one:?} {two:?} on {}", place.name);
        assert_eq!(session::Entity::find().count(app.db.read()).await.unwrap(), 1, "on {}", place.name);
    }
}

#[tokio::test]
async fn a_link_that_is_too_old_lets_nobody_in_and_a_fresh_one_does() {
    for (place, app) in testing::houses().await {
        bell(&app).await;
        let token = asked(&app, &form("lee@bell.example")).await;
        app.clock.advance(TimeDelta::hours(24));
        let Confirmed::Over(over) = confirm(&app, &token, None).await.unwrap() else {
            panic!("an old link was good on {}", place.name)
        };
        ask_again(&app, &over, "").await.unwrap();
        assert_eq!(contact::Entity::find().count(app.db.read()).await.unwrap(), 0, "on {}", place.name);
        let fresh = joining_row::Entity::find()
            .filter(joining_row::Column::Id.ne(over.id))
            .one(app.db.read())
            .await
            .unwrap()
            .unwrap();
        let fresh = Secret::received(&tokens::of_notice(&app.keys, fresh.id));
        assert!(matches!(confirm(&app, &fresh, None).await.unwrap(), Confirmed::In(_)), "on {}", place.name);
    }
}

#[tokio::test]
async fn a_comparison_family_that_joins_by_itself_has_crossed_over_and_its_neighbours_have_not() {
    for (place, app) in testing::houses().await {
        bell(&app).await;
        keep_out(&app, &["A1", "A2"]).await;
        let token = asked(&app, &form("lee@bell.example")).await;
        let side = joining_row::Entity::find().one(app.db.read()).await.unwrap().unwrap().side;
        assert_eq!(side.as_deref(), Some("comparison"), "on {}", place.name);
        confirm(&app, &token, None).await.unwrap();
        let rows = account::Entity::find().all(app.db.read()).await.unwrap();
        let of = |name: &str| rows.iter().find(|row| row.external_id == name).unwrap();
        assert_eq!(
            (of("A1").held, of("A1").side.as_deref()),
            (false, Some("comparison")),
            "on {}",
            place.name
        );
        assert!(of("A2").held, "on {}", place.name);
        let crossed = deviation::Entity::find().all(app.db.read()).await.unwrap();
        let crossed: Vec<_> = crossed.iter().map(|one| (one.kind.as_str(), one.family_id)).collect();
        assert_eq!(crossed, [("joined-unasked", of("A1").family_id)], "on {}", place.name);
    }
}

#[tokio::test]
async fn a_person_we_know_stays_who_and_where_they_are_and_their_own_stop_is_lifted() {
    for (place, app) in testing::houses().await {
        bell(&app).await;
        take_in(
            &app,
            RowKind::Contacts,
            "external_id,account,email,first_name\nC1,A2,lee@bell.example,Leona\n",
        )
        .await;
        let txn = app.db.begin().await.unwrap();
        let stop = Suppression {
            email_key: "lee@bell.example",
            scope: Scope::All,
            reason: Reason::Stop,
            source: "stop page",
            at: noon(),
        };
        suppression::add(&txn, &app.keys, &stop).await.unwrap();
        let lee = contact::Entity::find().one(&txn).await.unwrap().unwrap();
        wishes::set_pace(&txn, lee.id, Pace::Never, noon()).await.unwrap();
        txn.commit().await.unwrap();
        let token = asked(&app, &form("lee@bell.example")).await;
        confirm(&app, &token, None).await.unwrap();
        let people = contact::Entity::find().all(app.db.read()).await.unwrap();
        assert_eq!(people.len(), 1, "on {}", place.name);
        assert_eq!(people[0].pace, "as-it-happens", "they said yes to letters, on {}", place.name);
        assert_eq!(people[0].first_name.as_deref(), Some("Leona"), "on {}", place.name);
        assert_eq!(people[0].account_id, accounts::id(app.namespace, "A2"), "on {}", place.name);
        let hash = app.keys.address_hash("lee@bell.example");
        let stopped = suppression::of_everything(app.db.read(), &hash).await.unwrap();
        assert_eq!(stopped, None, "on {}", place.name);
    }
}

#[tokio::test]
async fn a_member_gets_a_link_to_sign_in_and_where_no_letter_may_go_none_goes() {
    for (place, app) in testing::houses().await {
        bell(&app).await;
        let token = asked(&app, &form("lee@bell.example")).await;
        confirm(&app, &token, None).await.unwrap();
        let company = company_of(&app, &form("lee@bell.example").email, None).await.unwrap().unwrap();
        ask(&app, &form("lee@bell.example"), &company, &Secret::new()).await.unwrap();
        let txn = app.db.begin().await.unwrap();
        for (address, reason) in [("b@bell.example", Reason::HardBounce), ("e@bell.example", Reason::Erased)]
        {
            let stop =
                Suppression { email_key: address, scope: Scope::All, reason, source: "test", at: noon() };
            suppression::add(&txn, &app.keys, &stop).await.unwrap();
        }
        txn.commit().await.unwrap();
        for address in ["b@bell.example", "e@bell.example"] {
            ask(&app, &form(address), &company, &Secret::new()).await.unwrap();
        }
        let letters = notice::Entity::find().all(app.db.read()).await.unwrap();
        let mut letters: Vec<_> =
            letters.iter().map(|one| (one.kind.as_str(), one.address.as_str())).collect();
        letters.sort_unstable();
        let right = [("confirm-joining", "lee@bell.example"), ("sign-in", "lee@bell.example")];
        assert_eq!(letters, right, "on {}", place.name);
    }
}

#[tokio::test]
async fn a_company_is_found_by_the_domain_or_by_its_number_and_never_by_who_is_known() {
    for (place, app) in testing::houses().await {
        take_in(&app, RowKind::Accounts, "external_id,name,domain\nA1,Bell,bell.example\nA2,Ann,gmail.com\n")
            .await;
        take_in(&app, RowKind::Contacts, "external_id,account,email\nC1,A1,known@gmail.com\n").await;
        let of = async |address: &str, number: Option<&str>| {
            let email = Email::parse(address).unwrap();
            let found = company_of(&app, &email, number).await.unwrap();
            found.map(|company| company.id)
        };
        let (bell, ann) = (accounts::id(app.namespace, "A1"), accounts::id(app.namespace, "A2"));
        assert_eq!(of("x@bell.example", None).await, Some(bell), "on {}", place.name);
        assert_eq!(of("known@gmail.com", None).await, None, "on {}", place.name);
        assert_eq!(of("known@gmail.com", Some("A2")).await, Some(ann), "on {}", place.name);
        assert_eq!(of("x@bell.example", Some("A9")).await, None, "on {}", place.name);
        assert_eq!(of("x@elsewhere.example", None).await, None, "on {}", place.name);
    }
}
