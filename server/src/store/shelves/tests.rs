use chrono::TimeDelta;
use sea_orm::PaginatorTrait;

use super::*;
use crate::store::gifts::{self, Gift};
use crate::store::pieces::{self, NewPiece};
use crate::store::shares::{self, Share};
use crate::testing::{self, noon};

const MARIA: Learner = Learner { account: Uuid::from_u128(1), contact: Uuid::from_u128(2) };
const ANA: Learner = Learner { account: Uuid::from_u128(1), contact: Uuid::from_u128(3) };
const STRANGER: Learner = Learner { account: Uuid::from_u128(9), contact: Uuid::from_u128(8) };

const DESK: Uuid = Uuid::from_u128(0xD1);
const HIRES: Uuid = Uuid::from_u128(0xD2);
const MONTH: Uuid = Uuid::from_u128(0xD3);

fn piece(item: &str) -> NewPiece {
    NewPiece { item: item.to_owned(), version: "1".to_owned() }
}

/// Two shelves of Maria's with two pieces each, and one of Ana's.
async fn fill(db: &impl ConnectionTrait) {
    for (who, id, title) in [(MARIA, DESK, "Desk"), (MARIA, HIRES, "Hires"), (ANA, MONTH, "Month end")] {
        create(db, who, id, title, noon()).await.unwrap();
        for item in ["greet", "backup"] {
            pieces::put(db, who, id, &piece(item), noon()).await.unwrap();
        }
    }
}

async fn titles(db: &impl ConnectionTrait, who: Learner) -> Vec<String> {
    of_person(db, who).await.unwrap().into_iter().map(|shelf| shelf.title).collect()
}

async fn items(db: &impl ConnectionTrait, who: Learner, shelf: Uuid) -> Vec<String> {
    pieces::on_shelf(db, who, shelf).await.unwrap().into_iter().map(|piece| piece.item).collect()
}

#[tokio::test]
async fn shelves_and_pieces_move_one_place_and_stop_at_the_ends() {
    for (place, app) in testing::houses().await {
        let txn = app.db.begin().await.unwrap();
        fill(&txn).await;
        for (way, order) in [
            (Way::Up, ["Hires", "Desk"]),
            (Way::Up, ["Hires", "Desk"]),
            (Way::Down, ["Desk", "Hires"]),
            (Way::Down, ["Desk", "Hires"]),
        ] {
            assert!(step(&txn, MARIA, HIRES, way, noon()).await.unwrap());
            assert_eq!(titles(&txn, MARIA).await, order, "{way:?} on {}", place.name);
        }
        assert!(pieces::step(&txn, MARIA, DESK, "backup", Way::Up).await.unwrap());
        assert_eq!(items(&txn, MARIA, DESK).await, ["backup", "greet"], "on {}", place.name);
        assert_eq!(items(&txn, MARIA, HIRES).await, ["greet", "backup"], "on {}", place.name);
        for stranger in [ANA, STRANGER] {
            assert!(!step(&txn, stranger, DESK, Way::Up, noon()).await.unwrap(), "on {}", place.name);
            assert!(!pieces::step(&txn, stranger, DESK, "greet", Way::Down).await.unwrap());
        }
        txn.commit().await.unwrap();
    }
}

#[tokio::test]
async fn what_is_taken_off_comes_back_to_its_place_and_saving_twice_is_once() {
    for (place, app) in testing::houses().await {
        let txn = app.db.begin().await.unwrap();
        fill(&txn).await;
        assert!(pieces::set_removed(&txn, MARIA, DESK, "greet", Some(noon())).await.unwrap());
        assert_eq!(items(&txn, MARIA, DESK).await, ["backup"], "on {}", place.name);
        assert!(pieces::set_removed(&txn, MARIA, DESK, "greet", None).await.unwrap());
        pieces::put(&txn, MARIA, DESK, &piece("backup"), noon()).await.unwrap();
        assert_eq!(items(&txn, MARIA, DESK).await, ["greet", "backup"], "on {}", place.name);
        assert!(!pieces::set_removed(&txn, ANA, DESK, "greet", Some(noon())).await.unwrap());
        assert!(!pieces::set_removed(&txn, MARIA, DESK, "nothing", None).await.unwrap());
        txn.commit().await.unwrap();
    }
}

#[tokio::test]
async fn a_new_name_and_the_old_one_change_places_when_it_is_undone() {
    for (place, app) in testing::houses().await {
        let txn = app.db.begin().await.unwrap();
        fill(&txn).await;
        assert!(!unname(&txn, MARIA, DESK, noon()).await.unwrap(), "it had no other name");
        assert!(rename(&txn, MARIA, DESK, "Front desk", noon()).await.unwrap());
        assert_eq!(titles(&txn, MARIA).await, ["Front desk", "Hires"], "on {}", place.name);
        assert!(unname(&txn, MARIA, DESK, noon()).await.unwrap());
        assert_eq!(titles(&txn, MARIA).await, ["Desk", "Hires"], "on {}", place.name);
        assert!(!rename(&txn, STRANGER, DESK, "Mine", noon()).await.unwrap(), "on {}", place.name);
        txn.commit().await.unwrap();
    }
}

#[tokio::test]
async fn a_colleague_sees_what_is_shown_or_given_and_a_stranger_never() {
    for (place, app) in testing::houses().await {
        let txn = app.db.begin().await.unwrap();
        fill(&txn).await;
        let opens = async |who: Learner, shelf: Uuid| open_to(&txn, who, shelf).await.unwrap().is_some();
        assert!(opens(MARIA, DESK).await && !opens(ANA, DESK).await, "on {}", place.name);
        assert!(show_to_company(&txn, MARIA, DESK, true, noon()).await.unwrap());
        assert!(opens(ANA, DESK).await && !opens(STRANGER, DESK).await, "on {}", place.name);
        assert_eq!(of_colleagues(&txn, ANA).await.unwrap().len(), 1, "on {}", place.name);
        assert!(of_colleagues(&txn, MARIA).await.unwrap().is_empty(), "one's own is no colleague's");

        let gift = gift(MARIA, ANA, HIRES);
        assert!(gifts::give(&txn, &gift).await.unwrap() && !gifts::give(&txn, &gift).await.unwrap());
        assert!(opens(ANA, HIRES).await, "on {}", place.name);
        assert!(!gifts::take_back(&txn, ANA, gift.id).await.unwrap(), "only who gave takes back");
        assert!(gifts::take_back(&txn, MARIA, gift.id).await.unwrap());
        assert!(!opens(ANA, HIRES).await, "on {}", place.name);

        assert!(archive(&txn, MARIA, DESK, noon()).await.unwrap());
        assert!(!opens(ANA, DESK).await && !opens(MARIA, DESK).await, "on {}", place.name);
        txn.commit().await.unwrap();
    }
}

fn gift(from: Learner, to: Learner, shelf: Uuid) -> Gift {
    Gift {
        id: Uuid::from_u128(0x61),
        account: from.account,
        giver: from.contact,
        receiver: to.contact,
        thing: Thing::Shelf(shelf),
        at: noon(),
        agreed: false,
    }
}

async fn link(db: &impl ConnectionTrait, who: Learner, shelf: Uuid) {
    let share = Share {
        id: Uuid::from_u128(shelf.as_u128() + 0x100),
        owner: who,
        thing: Thing::Shelf(shelf),
        expires_at: noon() + TimeDelta::days(30),
    };
    shares::create(db, &share, vec![7; 32], noon()).await.unwrap();
}

/// Rows in each of the four tables.
async fn rows(db: &impl ConnectionTrait) -> [u64; 4] {
    [
        Entity::find().count(db).await.unwrap(),
        shelf_item::Entity::find().count(db).await.unwrap(),
        share::Entity::find().count(db).await.unwrap(),
        gift::Entity::find().count(db).await.unwrap(),
    ]
}

#[tokio::test]
async fn a_deleted_shelf_comes_back_within_its_days_and_is_forgotten_with_all_of_it_after() {
    for (place, app) in testing::houses().await {
        let txn = app.db.begin().await.unwrap();
        fill(&txn).await;
        link(&txn, MARIA, DESK).await;
        gifts::give(&txn, &gift(MARIA, ANA, DESK)).await.unwrap();
        assert!(archive(&txn, MARIA, DESK, noon()).await.unwrap());
        assert!(!archive(&txn, MARIA, DESK, noon()).await.unwrap(), "it is deleted once");
        assert_eq!(titles(&txn, MARIA).await, ["Hires"], "on {}", place.name);
        assert_eq!(deleted(&txn, MARIA).await.unwrap().len(), 1, "on {}", place.name);
        assert!(restore(&txn, MARIA, DESK, noon()).await.unwrap());
        assert_eq!(titles(&txn, MARIA).await, ["Desk", "Hires"], "on {}", place.name);
        assert_eq!(items(&txn, MARIA, DESK).await, ["greet", "backup"], "on {}", place.name);

        assert!(archive(&txn, MARIA, DESK, noon()).await.unwrap());
        assert_eq!(sweep(&txn, noon()).await.unwrap(), 0, "on {}", place.name);
        assert_eq!(sweep(&txn, noon() + TimeDelta::seconds(1)).await.unwrap(), 1, "on {}", place.name);
        assert_eq!(rows(&txn).await, [2, 4, 0, 0], "on {}", place.name);
        txn.commit().await.unwrap();
    }
}
