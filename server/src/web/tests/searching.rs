//! Searching, as anybody does it.

use sea_orm::EntityTrait;
use sea_orm::PaginatorTrait;

use super::world::{self, Visitor};
use crate::store::entities::event;
use crate::store::unanswered;
use crate::testing::noon;

async fn page(who: &Visitor, path: &str) -> String {
    let answer = who.get(path).await;
    assert_eq!(answer.status(), 200, "{path}");
    answer.text().await.unwrap()
}

#[tokio::test]
async fn anybody_finds_in_their_own_words() {
    for house in world::open().await {
        let anybody = house.visitor();
        let home = page(&anybody, "/").await;
        assert!(home.contains("action=\"/search\""), "on {}", house.on);
        let found = page(&anybody, "/search?q=my+phone+doesn%27t+ring").await;
        assert!(found.contains("href=\"/fix/calls-go-straight-to-voicemail\""), "on {}", house.on);
        assert!(found.contains("<mark>") && found.contains("kind=fix"), "on {}", house.on);
        let fixes = page(&anybody, "/search?q=phone&kind=fix").await;
        let list = fixes.split("class=\"results\"").nth(1).expect("a list");
        assert!(!list.contains("href=\"/learn/"), "on {}", house.on);
        let seen = event::Entity::find().count(house.app.db.read()).await.unwrap();
        assert_eq!(seen, 0, "searching is not watched, on {}", house.on);
    }
}

#[tokio::test]
async fn a_mistyped_word_is_put_right_and_can_be_had_as_typed() {
    for house in world::open().await {
        let anybody = house.visitor();
        let found = page(&anybody, "/search?q=voicemial").await;
        assert!(
            found.contains("<b>voicemail</b>") && found.contains("q=voicemial&amp;typed=yes"),
            "on {}",
            house.on
        );
        let as_typed = page(&anybody, "/search?q=voicemial&typed=yes").await;
        assert!(as_typed.contains("Nothing fits these words"), "on {}", house.on);
    }
}

#[tokio::test]
async fn words_that_find_nothing_are_kept_without_who_said_them() {
    for house in world::open().await {
        let anybody = house.visitor();
        let found = page(&anybody, "/search?q=Trombone+voicemail").await;
        assert!(found.contains("This comes nearest"), "on {}", house.on);
        page(&anybody, "/search?q=zzgqx").await;
        page(&anybody, "/search?q=zzgqx").await;
        page(&anybody, "/search?q=trombone+zzgqx%40xxqq.example").await;
        page(&anybody, "/search?q=voicemail").await;
        page(&anybody, "/search").await;
        let kept = unanswered::since(house.app.db.read(), noon().date_naive(), 10).await.unwrap();
        let kept: Vec<_> = kept.iter().map(|one| (one.words.as_str(), one.count)).collect();
        assert_eq!(
            kept,
            [("zzgqx", 2), ("trombone (address)", 1), ("trombone voicemail", 1)],
            "on {}",
            house.on
        );
    }
}

#[tokio::test]
async fn a_few_letters_bring_six_suggestions_at_most() {
    for house in world::open().await {
        let anybody = house.visitor();
        let suggested: serde_json::Value =
            serde_json::from_str(&page(&anybody, "/search/suggest?q=voicem").await).unwrap();
        let suggested = suggested.as_array().unwrap();
        assert!((1..=6).contains(&suggested.len()), "on {}", house.on);
        assert!(
            suggested.iter().any(|one| one["href"] == "/fix/calls-go-straight-to-voicemail"),
            "on {}",
            house.on
        );
        assert_eq!(page(&anybody, "/search/suggest?q=v").await, "[]", "on {}", house.on);
    }
}

#[tokio::test]
async fn odd_questions_are_answered_too() {
    for house in world::open().await {
        let long = "a".repeat(5_000);
        for query in [
            "q=",
            "q=%3Cscript%3E&kind=film&page=-1",
            "page=99999999",
            "q=%F0%9F%92%A5",
            &format!("q={long}"),
        ] {
            let html = page(&house.visitor(), &format!("/search?{query}")).await;
            assert!(!html.contains("<script>"), "{query}, on {}", house.on);
        }
    }
}
