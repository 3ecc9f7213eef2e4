//! Those who were to be left out: written to, asked, joined by themselves, let go.

use sea_orm::EntityTrait;
use templates::{AnswerState, TrustKind};

use super::stops::{line, silent};
use super::world::{self, id};
use crate::store::entities::deviation;

#[tokio::test]
async fn a_comparison_family_that_was_written_to_stops_the_number_unless_it_joined_by_itself() {
    for world in world::worlds().await {
        world.eight_of_ten_against_five().await;
        world.letter("c3", "2026-02-01").await;
        silent(&world, &world.report().await, "Somebody who was to be left out got our letters.");
    }
    for world in world::worlds().await {
        world.eight_of_ten_against_five().await;
        world.joins("c3", "2026-01-20").await;
        world.letter("c3", "2026-02-01").await;
        assert_eq!(world.report().await.answer.state, AnswerState::CannotTell, "on {}", world.on);
    }
}

#[tokio::test]
async fn who_joins_after_a_letter_may_have_joined_because_of_it() {
    for world in world::worlds().await {
        world.eight_of_ten_against_five().await;
        world.letter("c3", "2026-02-01").await;
        world.joins("c3", "2026-03-01").await;
        world.crossings_are_kept("2026-03-02").await;
        silent(&world, &world.report().await, "Somebody who was to be left out got our letters.");
    }
}

#[tokio::test]
async fn comparison_families_that_were_asked_are_told_and_did_not_join_by_themselves() {
    for world in world::worlds().await {
        world.eight_of_ten_against_five().await;
        world.joins("c1", "2026-01-20").await;
        world.asks("c1", "2026-01-21").await;
        world.asks("c3", "2026-02-01").await;
        world.joins("c3", "2026-03-01").await;
        world.asks("c4", "2026-02-01").await;
        world.asks("p1", "2026-02-01").await;
        world.crossings_are_kept("2026-03-02").await;
        let report = world.report().await;
        assert_eq!(report.answer.state, AnswerState::CannotTell, "on {}", world.on);
        let asked = line(&report, "Nobody left out was asked to join");
        let finding = "2 of 10 comparison customers were asked to join before they had by themselves, and 1 of them joined \
                       then. If anything, this hides some of the gain.";
        assert_eq!((asked.finding.as_str(), asked.ok, asked.kind), (finding, false, TrustKind::Note));
        let crossed = line(&report, "Few crossed over");
        assert!(
            crossed.finding.starts_with("1 of 10 compared customers joined by themselves."),
            "{crossed:?}"
        );
        let kept = deviation::Entity::find().all(world.app.db.read()).await.unwrap();
        let mut kept: Vec<_> = kept.iter().map(|row| (row.family_id, row.kind.as_str())).collect();
        kept.sort_by_key(|(_, kind)| *kind);
        let family = |name| id("family", name);
        assert_eq!(kept, [(family("c3"), "joined-asked"), (family("c1"), "joined-unasked")]);
    }
}

#[tokio::test]
async fn who_joined_since_the_sides_were_last_looked_at_has_crossed_over_too() {
    for world in world::worlds().await {
        world.eight_of_ten_against_five().await;
        world.joins("c1", "2026-01-20").await;
        let report = world.report().await;
        let crossed = line(&report, "Few crossed over");
        assert!(
            crossed.finding.starts_with("1 of 10 compared customers joined by themselves."),
            "{crossed:?}"
        );
    }
}

#[tokio::test]
async fn among_members_any_letter_to_a_comparison_family_stops_the_number_until_its_time_is_over() {
    for world in world::worlds().await {
        world.measures_members().await;
        world.eight_of_ten_against_five().await;
        world.joins("c3", "2026-01-01").await;
        world.letter("c3", "2026-02-01").await;
        silent(&world, &world.report().await, "Somebody who was to be left out got our letters.");
    }
    for world in world::worlds().await {
        world.measures_members().await;
        world.eight_of_ten_against_five().await;
        world.joins("c3", "2026-01-01").await;
        world.lets_go(31, "2026-02-01").await;
        world.letter("c3", "2026-02-02").await;
        let report = world.report().await;
        assert_eq!(report.answer.state, AnswerState::CannotTell, "on {}", world.on);
        let counted = report.numbers.as_ref().unwrap().main().comparison;
        assert_eq!(
            (counted.families, counted.total),
            (10, 5.0),
            "it counts where it was put, on {}",
            world.on
        );
        let crossed = report.trust.iter().find(|line| line.line == "Few crossed over").unwrap();
        let finding = "1 of 10 compared customers got letters once their time was over. Everyone had joined before \
                       the draw. If anything, this hides some of the gain.";
        assert_eq!((crossed.finding.as_str(), crossed.ok), (finding, false), "on {}", world.on);
    }
}
