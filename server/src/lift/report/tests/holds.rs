//! When letters pause, when they do not, and that of several nodes one says so.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::world::{self, COMPARISON, PROGRAM, World, id, noon, read_as};
use crate::app::App;
use crate::lift::report::holds::{STANDS_DAYS, decide, notice, reason, tick};
use crate::store::entities::{message, program, renewal};
use crate::store::holds::{self, Decided, Decision, Hold};
use crate::store::imports::{self, Progress, Work};
use crate::store::programs::{Kept, Mode};

/// So many of the ten on each side renew; the clock stands on 1 December 2026.
async fn renewing(world: &World, program: usize, comparison: usize) -> Kept {
    world.assign(&PROGRAM, false, 0.5).await;
    world.assign(&COMPARISON, true, 0.5).await;
    for (names, renewed) in [(PROGRAM, program), (COMPARISON, comparison)] {
        for (place, name) in names.into_iter().enumerate() {
            world.settled(name, if place < renewed { "renewed" } else { "lapsed" }, 0).await;
        }
    }
    world.app.clock.set(noon("2026-12-01") + TimeDelta::hours(1));
    world.started(&read_as(Mode::OpenEnded)).await
}

async fn all(app: &App, program: &Kept) -> Vec<Hold> {
    holds::of(app.db.read(), program.id).await.unwrap()
}

fn decided(decision: Decision, at: DateTime<Utc>) -> Decided {
    Decided { decision, by: "dana@lakeshore.example".to_owned(), at, because: "We know why.".to_owned() }
}

#[tokio::test]
async fn letters_pause_once_when_fewer_renew_and_say_what_was_read() {
    for world in world::worlds().await {
        let kept = renewing(&world, 0, 10).await;
        assert_eq!(tick(&world.app).await.unwrap(), 1, "on {}", world.on);
        assert_eq!(tick(&world.app).await.unwrap(), 0, "the same day");
        world.app.clock.advance(TimeDelta::days(1));
        assert_eq!(tick(&world.app).await.unwrap(), 0, "the day after");
        let [hold] = &all(&world.app, &kept).await[..] else { panic!("one hold on {}", world.on) };
        assert_eq!((hold.since, &hold.decided), (noon("2026-12-01") + TimeDelta::hours(1), &None));
        let finding = "Stop and look: fewer seem to renew. Likely between 32 and 100 fewer per 100. \
                       Renewed: 0 of 10 and 10 of 10. Counted until 1 December 2026.";
        assert_eq!(hold.finding, finding);
        assert_eq!(
            notice(hold).sentence,
            "Letters of this program have paused since 1 December 2026. A lead decides."
        );
    }
}

#[tokio::test]
async fn nothing_pauses_without_the_finding_or_before_the_start() {
    for world in world::worlds().await {
        let kept = renewing(&world, 5, 6).await;
        assert_eq!(tick(&world.app).await.unwrap(), 0, "not clear, on {}", world.on);
        assert!(all(&world.app, &kept).await.is_empty());
    }
    for world in world::worlds().await {
        let kept = renewing(&world, 0, 10).await;
        world.undo_start().await;
        assert_eq!(tick(&world.app).await.unwrap(), 0, "not started, on {}", world.on);
        assert!(all(&world.app, &kept).await.is_empty());
    }
}

#[tokio::test]
async fn of_several_nodes_that_look_at_once_one_pauses_the_letters() {
    for world in world::worlds().await {
        let kept = renewing(&world, 0, 10).await;
        let nodes = (0..4).map(|_| tick(&world.app));
        let opened: Vec<_> = futures_util::future::join_all(nodes).await;
        let opened: u64 = opened.into_iter().map(Result::unwrap).sum();
        assert_eq!((opened, all(&world.app, &kept).await.len()), (1, 1), "on {}", world.on);
    }
}

#[tokio::test]
async fn the_store_keeps_one_undecided_hold_and_the_first_decision() {
    for world in world::worlds().await {
        let (app, now) = (&world.app, world.app.clock.now());
        let kept = world.started(&world::program()).await;
        let txn = app.db.begin().await.unwrap();
        let (first, second) = (app.ids.next(), app.ids.next());
        assert!(holds::open(&txn, first, kept.id, now, "first").await.unwrap(), "on {}", world.on);
        assert!(!holds::open(&txn, second, kept.id, now, "second").await.unwrap(), "on {}", world.on);
        assert!(holds::decide(&txn, first, &decided(Decision::GoOn, now)).await.unwrap());
        assert!(!holds::decide(&txn, first, &decided(Decision::End, now)).await.unwrap());
        assert!(holds::open(&txn, second, kept.id, now, "second").await.unwrap());
        txn.commit().await.unwrap();
        let first = all(app, &kept).await.into_iter().find(|hold| hold.id == first).unwrap();
        assert_eq!(first.decided.unwrap().decision, Decision::GoOn, "on {}", world.on);
    }
}

#[tokio::test]
async fn a_decision_to_go_on_stands_for_its_days_and_then_the_letters_pause_again() {
    for world in world::worlds().await {
        let kept = renewing(&world, 0, 10).await;
        let app = &world.app;
        tick(app).await.unwrap();
        let hold = all(app, &kept).await.remove(0);
        let go_on = decided(Decision::GoOn, app.clock.now());
        assert!(decide(app, &hold, &go_on).await.unwrap(), "on {}", world.on);
        assert!(!decide(app, &hold, &go_on).await.unwrap(), "decided twice, on {}", world.on);
        assert_eq!(holds::in_the_way(app.db.read(), kept.id).await.unwrap(), None);
        for _ in 1..STANDS_DAYS {
            app.clock.advance(TimeDelta::days(1));
            world.renewals_taken_in().await;
            assert_eq!(tick(app).await.unwrap(), 0, "on {} of {}", app.clock.now(), world.on);
        }
        app.clock.advance(TimeDelta::days(1));
        assert_eq!(tick(app).await.unwrap(), 1, "on {}", world.on);
        assert_eq!(all(app, &kept).await.len(), 2);
    }
}

#[tokio::test]
async fn a_finding_that_a_lead_decided_on_is_not_laid_before_them_again() {
    for world in world::worlds().await {
        let kept = renewing(&world, 0, 10).await;
        let app = &world.app;
        tick(app).await.unwrap();
        let hold = all(app, &kept).await.remove(0);
        assert!(decide(app, &hold, &decided(Decision::GoOn, app.clock.now())).await.unwrap());
        app.clock.advance(TimeDelta::days(STANDS_DAYS + 1));
        assert_eq!(tick(app).await.unwrap(), 0, "no renewal came in since, on {}", world.on);
        world.renewals_taken_in().await;
        app.clock.advance(TimeDelta::days(1));
        assert_eq!(tick(app).await.unwrap(), 1, "on {}", world.on);
    }
}

#[tokio::test]
async fn renewals_taken_in_are_looked_at_the_same_day() {
    for world in world::worlds().await {
        let kept = renewing(&world, 10, 10).await;
        let app = &world.app;
        assert_eq!(tick(app).await.unwrap(), 0, "on {}", world.on);
        let looked = holds::looked_at(app.db.read(), kept.id).await.unwrap();
        app.clock.advance(TimeDelta::hours(1));
        world.all_of_the_program_side_lapsed().await;
        assert_eq!(tick(app).await.unwrap(), 0, "no file was finished, on {}", world.on);
        assert_eq!(holds::looked_at(app.db.read(), kept.id).await.unwrap(), looked);
        world.renewals_taken_in().await;
        assert_eq!(tick(app).await.unwrap(), 1, "on {}", world.on);
    }
}

#[tokio::test]
async fn ending_stops_the_journeys_skips_what_waits_and_stands_for_good() {
    for world in world::worlds().await {
        let kept = renewing(&world, 0, 10).await;
        let app = &world.app;
        tick(app).await.unwrap();
        let waits = world.letter("p0", "2026-11-01").await;
        let in_hand = world.letter("p1", "2026-11-01").await;
        let sent = world.letter("p2", "2026-11-01").await;
        world.turn_letter(waits, "planned").await;
        world.turn_letter(in_hand, "handing_over").await;
        let hold = all(app, &kept).await.remove(0);
        assert!(decide(app, &hold, &decided(Decision::End, app.clock.now())).await.unwrap());
        let state = async |id| {
            let all = message::Entity::find().all(app.db.read()).await.unwrap();
            all.into_iter().find(|row| row.id == id).map(|row| (row.state, row.reason)).unwrap()
        };
        let ended = ("skipped".to_owned(), Some("ended".to_owned()));
        assert_eq!(state(waits).await, ended, "on {}", world.on);
        assert_eq!(state(in_hand).await.0, "handing_over", "a letter in hand finishes, on {}", world.on);
        assert_eq!(state(sent).await.0, "sent", "on {}", world.on);
        // The server did not take it: it came back to wait.
        world.turn_letter(in_hand, "planned").await;
        app.clock.advance(TimeDelta::days(STANDS_DAYS + 1));
        world.renewals_taken_in().await;
        assert_eq!(tick(app).await.unwrap(), 0, "on {}", world.on);
        assert_eq!(state(in_hand).await, ended, "on {}", world.on);
        let still = holds::in_the_way(app.db.read(), kept.id).await.unwrap();
        assert_eq!(still.map(|hold| hold.id), Some(hold.id), "on {}", world.on);
    }
}

#[test]
fn a_reason_is_a_sentence() {
    assert_eq!(reason("  It was\n one reseller. ").unwrap(), "It was one reseller.");
    assert!(reason(" \n ").is_err());
    assert!(reason(&"a".repeat(1_001)).unwrap_err().contains("1001"));
}

impl World {
    /// Lets a file of renewals, of which something was kept, be finished now.
    async fn renewals_taken_in(&self) {
        let (txn, now) = (self.app.db.begin().await.unwrap(), self.app.clock.now());
        let hash = now.timestamp().to_be_bytes().to_vec();
        let work = Work { kind: "renewals", file_hash: hash, mapping_hash: Vec::new() };
        let import = imports::begin(&txn, &work, self.app.ids.next(), now).await.unwrap();
        let kept = Progress { counts: serde_json::json!({ "changed": 1 }), ..import };
        imports::checkpoint(&txn, &kept).await.unwrap();
        imports::finish(&txn, kept.id, now).await.unwrap();
        txn.commit().await.unwrap();
    }

    /// Corrects how every term of the program side ended.
    async fn all_of_the_program_side_lapsed(&self) {
        let txn = self.app.db.begin().await.unwrap();
        renewal::Entity::update_many()
            .col_expr(renewal::Column::Outcome, Expr::value("lapsed"))
            .filter(renewal::Column::AccountId.is_in(PROGRAM.map(|name| id("account", name))))
            .exec(&txn)
            .await
            .unwrap();
        txn.commit().await.unwrap();
    }

    /// Takes back that any program started.
    async fn undo_start(&self) {
        let txn = self.app.db.begin().await.unwrap();
        let never = Expr::value(Option::<DateTime<Utc>>::None);
        let start = program::Column::StartedAt;
        program::Entity::update_many().col_expr(start, never).exec(&txn).await.unwrap();
        txn.commit().await.unwrap();
    }

    /// Puts a letter into another state.
    async fn turn_letter(&self, letter: Uuid, state: &str) {
        let txn = self.app.db.begin().await.unwrap();
        message::Entity::update_many()
            .col_expr(message::Column::State, Expr::value(state))
            .filter(message::Column::Id.eq(letter))
            .exec(&txn)
            .await
            .unwrap();
        txn.commit().await.unwrap();
    }
}
