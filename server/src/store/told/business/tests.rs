//! Answers about a business: written, taken back to what stood there, and left alone where somebody else came after.

use chrono::TimeDelta;
use segments::{SizeBand, Stage};

use super::*;
use crate::app::App;
use crate::store::told::{Fact, latest, say};
use crate::testing::{self, noon};

/// The two people of these tests, of one business.
const JO: Uuid = Uuid::from_u128(1);
const KIM: Uuid = Uuid::from_u128(2);

struct Business<'a> {
    app: &'a App,
    account: Uuid,
}

impl Business<'_> {
    async fn of(app: &App) -> Business<'_> {
        let account = testing::person(app, 1).await.account;
        Business { app, account }
    }

    fn said(&self, contact: Uuid, minute: i64) -> Said<'static> {
        let at = noon() + TimeDelta::minutes(minute);
        Said { id: self.app.ids.next(), account: self.account, contact, at, source: "me" }
    }

    async fn say(&self, contact: Uuid, minute: i64, fact: Fact) {
        let txn = self.app.db.begin().await.unwrap();
        say(&txn, self.said(contact, minute), &fact).await.unwrap();
        txn.commit().await.unwrap();
    }

    async fn undo(&self, contact: Uuid, minute: i64, topic: Topic) -> Undone {
        let txn = self.app.db.begin().await.unwrap();
        let undone = undo(&txn, self.said(contact, minute), topic).await.unwrap();
        txn.commit().await.unwrap();
        undone
    }

    async fn file(&self, column: account::Column, value: Option<&str>) {
        let txn = self.app.db.begin().await.unwrap();
        account::Entity::update_many().col_expr(column, Expr::value(value)).exec(&txn).await.unwrap();
        txn.commit().await.unwrap();
    }

    async fn empty(&self) {
        self.file(account::Column::Industry, None).await;
        let txn = self.app.db.begin().await.unwrap();
        let nobody = Expr::value(None::<i32>);
        account::Entity::update_many().col_expr(account::Column::Employees, nobody).exec(&txn).await.unwrap();
        txn.commit().await.unwrap();
    }

    async fn row(&self) -> account::Model {
        account::Entity::find_by_id(self.account).one(self.app.db.read()).await.unwrap().unwrap()
    }

    async fn stage(&self) -> Option<String> {
        self.row().await.stage
    }

    async fn told(&self, contact: Uuid) -> Vec<Kept> {
        latest(self.app.db.read(), self.account, contact).await.unwrap()
    }
}

#[tokio::test]
async fn an_answer_that_was_taken_back_leaves_the_business_as_it_was_to_the_letter() {
    for (place, app) in testing::houses().await {
        let business = Business::of(&app).await;
        business.empty().await;
        business.file(account::Column::Stage, Some("handing-on")).await;
        let before = business.row().await;
        business.say(JO, 1, Fact::Stage(Stage::Growing)).await;
        business.say(JO, 2, Fact::Trade("722".to_owned())).await;
        business.say(JO, 3, Fact::Size(SizeBand::ALL[2])).await;
        business.say(JO, 4, Fact::Products("no phones".to_owned())).await;
        let after = business.row().await;
        assert_eq!(after.stage.as_deref(), Some("growing"), "on {}", place.name);
        assert_eq!(after.industry.as_deref(), Some("722"), "on {}", place.name);
        assert!(after.employees.is_some() && business.told(JO).await.len() == 4, "on {}", place.name);

        for topic in Topic::ALL {
            assert_eq!(business.undo(JO, 5, topic).await, Undone::Back, "{topic:?} on {}", place.name);
            assert_eq!(business.undo(JO, 6, topic).await, Undone::Nothing, "once, on {}", place.name);
        }
        assert_eq!(business.row().await, before, "on {}", place.name);
        assert!(business.told(JO).await.is_empty(), "on {}", place.name);
        assert_eq!(business.undo(KIM, 7, Topic::Stage).await, Undone::Nothing, "who said nothing");
    }
}

#[tokio::test]
async fn the_answer_before_stands_again_with_its_day_and_a_file_s_word_was_never_touched() {
    for (place, app) in testing::houses().await {
        let business = Business::of(&app).await;
        business.say(JO, 1, Fact::Stage(Stage::Established)).await;
        let before = business.told(JO).await;
        business.say(JO, 2, Fact::Stage(Stage::Growing)).await;
        assert_eq!(business.undo(JO, 3, Topic::Stage).await, Undone::Back, "on {}", place.name);
        assert_eq!(business.stage().await.as_deref(), Some("established"), "on {}", place.name);
        assert_eq!(business.told(JO).await, before, "with its source and its day, on {}", place.name);

        let records = business.row().await;
        business.say(JO, 4, Fact::Trade("722".to_owned())).await;
        assert_eq!(business.row().await, records, "the file knew the trade, on {}", place.name);
        assert_eq!(business.undo(JO, 5, Topic::Trade).await, Undone::Back, "on {}", place.name);
        assert_eq!((business.row().await, business.told(JO).await), (records, before), "on {}", place.name);
    }
}

#[tokio::test]
async fn whoever_answered_first_may_correct_what_no_file_said() {
    for (place, app) in testing::houses().await {
        let business = Business::of(&app).await;
        business.empty().await;
        business.say(JO, 1, Fact::Trade("23".to_owned())).await;
        business.say(JO, 2, Fact::Trade("722".to_owned())).await;
        assert_eq!(business.row().await.industry.as_deref(), Some("722"), "on {}", place.name);
        assert_eq!(business.undo(JO, 3, Topic::Trade).await, Undone::Back, "on {}", place.name);
        assert_eq!(business.row().await.industry.as_deref(), Some("23"), "on {}", place.name);
    }
}

#[tokio::test]
async fn what_a_colleague_or_a_file_said_since_stays() {
    for (place, app) in testing::houses().await {
        let business = Business::of(&app).await;
        business.say(JO, 1, Fact::Stage(Stage::Growing)).await;
        business.say(KIM, 2, Fact::Stage(Stage::Established)).await;
        assert_eq!(business.undo(JO, 3, Topic::Stage).await, Undone::ColleagueSince, "on {}", place.name);
        assert_eq!(business.stage().await.as_deref(), Some("established"), "on {}", place.name);
        let by_kim = of_colleagues(app.db.read(), business.account, JO).await.unwrap();
        assert_eq!(by_kim[0].value, "established", "on {}", place.name);
        assert_eq!(business.undo(KIM, 4, Topic::Stage).await, Undone::Back, "on {}", place.name);
        assert_eq!(business.stage().await.as_deref(), Some("growing"), "on {}", place.name);

        business.file(account::Column::Stage, Some("handing-on")).await;
        assert_eq!(business.undo(JO, 5, Topic::Stage).await, Undone::RecordsSince, "on {}", place.name);
        assert_eq!(business.stage().await.as_deref(), Some("handing-on"), "on {}", place.name);

        business.say(JO, 6, Fact::Size(SizeBand::ALL[2])).await;
        business.say(KIM, 7, Fact::Size(SizeBand::ALL[2])).await;
        let words = "an answer that a file kept from being written is one's own to take back";
        assert_eq!(business.undo(JO, 8, Topic::Size).await, Undone::Back, "{words}, on {}", place.name);
    }
}
