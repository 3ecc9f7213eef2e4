//! Lessons, as members and visitors go through them.

use std::collections::BTreeSet;

use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder};
use serde_json::{Value, json};

use super::center::{items, page, signed_in};
use super::letters::maria;
use super::world::{self, House, Visitor, form_token};
use crate::store::entities::{event, feedback, finish, notice, progress};
use crate::store::finishes::{self, Arm, Finish};
use crate::store::progress::Learner;
use crate::testing::noon;

const LESSON: &str = "/learn/greet-callers-after-hours";
/// The step of it that has words to copy and a quick check.
const CHECKED: &str = "/learn/greet-callers-after-hours/write-your-greeting";

/// Where an answer leads.
fn location(answer: &reqwest::Response) -> String {
    assert_eq!(answer.status(), 303);
    answer.headers()["location"].to_str().unwrap().to_owned()
}

async fn begin(who: &Visitor) -> String {
    location(&who.get(LESSON).await)
}

/// The names of the ticks on a page, and which of them are on.
fn ticks(html: &str) -> Vec<(String, bool)> {
    let boxes = html.split("<input type=\"checkbox\"").skip(1).map(|rest| rest.split('>').next().unwrap());
    boxes
        .map(|tag| {
            let name = tag.split("name=\"").nth(1).unwrap().split('"').next().unwrap();
            (name.to_owned(), tag.contains("checked"))
        })
        .collect()
}

/// Presses a button of a step's form.
async fn press(who: &Visitor, step: &str, address: &str, also: &[(&str, &str)]) -> reqwest::Response {
    let token = form_token(&page(who, step).await);
    let name = step.rsplit('/').next().unwrap();
    let form = [[("form_token", token.as_str()), ("step", name)].as_slice(), also].concat();
    who.post(address).form(&form).send().await.unwrap()
}

/// What was kept of this kind, with its item and what it says.
async fn kept(house: &House, kind: &str) -> Vec<(Option<String>, Value)> {
    let rows =
        event::Entity::find().filter(event::Column::Kind.eq(kind)).all(house.app.db.read()).await.unwrap();
    let said =
        |value: Option<String>| value.map_or(Value::Null, |value| serde_json::from_str(&value).unwrap());
    rows.into_iter().map(|row| (row.item, said(row.value))).collect()
}

#[tokio::test]
async fn a_lesson_carries_on_at_the_first_step_that_is_not_done_and_ticks_stay() {
    for house in world::open().await {
        let maria = signed_in(&house).await;
        let first = begin(&maria).await;
        let before = ticks(&page(&maria, &first).await);
        assert!(!before.is_empty() && before.iter().all(|(_, on)| !on), "{before:?} on {}", house.on);

        let ticked = [("go", "next"), (before[0].0.as_str(), "1"), ("t-not-there", "1")];
        let second = location(&press(&maria, &first, &format!("{first}/ticks"), &ticked).await);
        assert!(second.starts_with(LESSON) && second != first);
        assert_eq!(begin(&maria).await, second, "it carries on, on {}", house.on);
        assert!(ticks(&page(&maria, &first).await)[0].1, "the tick stays, on {}", house.on);
        assert!(page(&maria, &second).await.contains("class=\"ok\""), "the step is marked as done");
        assert!(page(&maria, "/learn").await.contains("1 of 4 steps done"), "on {}", house.on);

        // Taking the tick away does not undo the step.
        press(&maria, &first, &format!("{first}/ticks"), &[]).await;
        assert_eq!(begin(&maria).await, second, "on {}", house.on);
        let steps: Vec<_> = kept(&house, "form").await;
        assert_eq!(steps.len(), 1, "a step that is done is an event, once: {steps:?} on {}", house.on);
        assert_eq!(steps[0].1["about"], "step-done");
    }
}

#[tokio::test]
async fn a_script_keeps_ticks_without_a_page_and_ticking_everything_does_the_step() {
    for house in world::open().await {
        let maria = signed_in(&house).await;
        let first = begin(&maria).await;
        let all = ticks(&page(&maria, &first).await);
        let ticked: Vec<_> =
            all.iter().map(|(name, _)| (name.as_str(), "1")).chain([("quietly", "yes")]).collect();
        let answer = press(&maria, &first, &format!("{first}/ticks"), &ticked).await;
        assert_eq!(answer.status(), 204, "on {}", house.on);
        assert_ne!(begin(&maria).await, first, "on {}", house.on);
        let forged = maria.post(&format!("{first}/ticks")).form(&ticked).send().await.unwrap();
        assert_eq!(forged.status(), 422, "a form without its token, on {}", house.on);
    }
}

#[tokio::test]
async fn a_lesson_is_finished_once_and_offers_one_thing_with_its_reason() {
    for house in world::open().await {
        let maria = signed_in(&house).await;
        let first = begin(&maria).await;
        for _ in 0..2 {
            let answer = press(&maria, &first, &format!("{LESSON}/finish"), &[]).await;
            assert_eq!(location(&answer), format!("{LESSON}/finished"));
        }
        let finishes = finish::Entity::find().all(house.app.db.read()).await.unwrap();
        assert_eq!((finishes.len(), kept(&house, "completed").await.len()), (1, 1), "on {}", house.on);
        let html = page(&maria, &format!("{LESSON}/finished")).await;
        assert!(html.contains("It is kept") && html.contains("You can now"), "on {}", house.on);
        let next = finishes[0].follow_up.as_deref().expect("something follows");
        assert_ne!(next, "greet-callers-after-hours");
        match finishes[0].arm.as_deref() {
            Some("follow-up") => {
                assert_eq!(items(&html).iter().filter(|link| link.contains(next)).count(), 1);
                assert!(html.contains("Why this?"), "on {}", house.on);
            }
            drawn => assert_eq!(drawn, Some("picks")),
        }
        assert!(page(&maria, "/learn").await.contains("Done"), "on {}", house.on);
    }
}

#[tokio::test]
async fn who_was_drawn_for_picks_sees_picks_and_no_follow_up() {
    for house in world::open().await {
        let visitor = signed_in(&house).await;
        let who = Learner { account: uuid::Uuid::from_u128(0xA), contact: uuid::Uuid::from_u128(0xC) };
        for (arm, follow_up, picks) in [(Arm::Picks, false, true), (Arm::FollowUp, true, false)] {
            let item = if arm == Arm::Picks { "lock-your-work-email" } else { "greet-callers-after-hours" };
            let finish = Finish {
                item: item.to_owned(),
                at: noon(),
                arm: Some(arm),
                follow_up: Some("test-your-backup-in-10-minutes".to_owned()),
            };
            let txn = house.app.db.begin().await.unwrap();
            finishes::finish(&txn, who, &finish).await.unwrap();
            txn.commit().await.unwrap();
            let html = page(&visitor, &format!("/learn/{item}/finished")).await;
            assert_eq!(html.contains("One thing that goes well"), follow_up, "{arm:?} on {}", house.on);
            assert_eq!(html.contains("Picked for you"), picks, "{arm:?} on {}", house.on);
        }
    }
}

#[tokio::test]
async fn a_visitor_reads_every_step_and_nothing_is_kept_and_the_page_says_so() {
    for house in world::open().await {
        maria(&house.app).await;
        let visitor = house.visitor();
        let mut step = begin(&visitor).await;
        let mut seen = BTreeSet::new();
        while seen.insert(step.clone()) {
            let html = page(&visitor, &step).await;
            assert!(
                html.contains("You are not signed in") && ticks(&html).is_empty(),
                "{step} on {}",
                house.on
            );
            let next = html.split("class=\"btn pri big\" href=\"").nth(1).expect("a way on");
            next.split('"').next().unwrap().clone_into(&mut step);
            if step.ends_with("/finished") {
                break;
            }
        }
        assert_eq!(seen.len(), 4);
        assert!(page(&visitor, &step).await.contains("so this is not kept"), "on {}", house.on);

        let wrong = page(&visitor, &format!("{CHECKED}?answer=1")).await;
        assert!(
            shows(&wrong, "data-when=\"wrong\"") && shows(&wrong, "data-when=\"any\""),
            "on {}",
            house.on
        );
        let right = page(&visitor, &format!("{CHECKED}?answer=2")).await;
        assert!(shows(&right, "data-when=\"right\"") && !shows(&right, "data-when=\"wrong\""));
        for nothing in ["", "?answer=0", "?answer=9", "?answer=x", "?why=x"] {
            let html = page(&visitor, &format!("{CHECKED}{nothing}")).await;
            assert!(!shows(&html, "data-when=\"any\""), "{nothing} on {}", house.on);
        }
        let posted = visitor.post(&format!("{CHECKED}/ticks")).form(&[("go", "next")]).send().await.unwrap();
        assert_eq!(location(&posted), "/sign-in", "on {}", house.on);
        let db = house.app.db.read();
        assert_eq!(event::Entity::find().count(db).await.unwrap(), 0, "on {}", house.on);
        assert_eq!(progress::Entity::find().count(db).await.unwrap(), 0, "on {}", house.on);
    }
}

/// Whether the element with this attribute is not hidden.
fn shows(html: &str, attribute: &str) -> bool {
    let after = html.split(attribute).nth(1).expect("it is on the page");
    !after.split('>').next().unwrap().contains("hidden")
}

#[tokio::test]
async fn an_unclear_step_is_kept_with_its_lesson_and_its_name_from_anybody() {
    for house in world::open().await {
        let maria = signed_in(&house).await;
        let visitor = house.visitor();
        let answer =
            visitor.post(&format!("{CHECKED}/clear")).form(&[("answer", "no")]).send().await.unwrap();
        assert!(location(&answer).starts_with("/feedback/"), "what would be better, on {}", house.on);
        assert!(page(&visitor, &format!("{CHECKED}?answered=yes")).await.contains("We rewrite the steps"));
        let answer = press(&maria, CHECKED, &format!("{CHECKED}/clear"), &[("answer", "yes")]).await;
        assert_eq!(location(&answer), format!("{CHECKED}?answered=yes#answered"));
        let value = json!({ "about": "step", "step": "write-your-greeting", "useful": "yes" });
        let hers = (Some("greet-callers-after-hours".to_owned()), value);
        assert_eq!(kept(&house, "form").await, [hers], "a response, on {}", house.on);
        let mut rows = feedback::Entity::find().all(house.app.db.read()).await.unwrap();
        rows.sort_by_key(|row| row.answer.clone());
        let told: Vec<_> = rows.iter().map(|row| (row.answer.as_str(), row.step.as_deref())).collect();
        let step = Some("write-your-greeting");
        assert_eq!(told, [("no", step), ("yes", step)], "on {}", house.on);
        let odd =
            visitor.post(&format!("{CHECKED}/clear")).form(&[("answer", "perhaps")]).send().await.unwrap();
        assert_eq!(odd.status(), 422);
        let gone =
            visitor.post(&format!("{LESSON}/gone/clear")).form(&[("answer", "no")]).send().await.unwrap();
        assert_eq!(gone.status(), 404);
    }
}

#[tokio::test]
async fn lessons_are_chosen_by_minutes_level_and_product_in_the_address() {
    for house in world::open().await {
        let visitor = house.visitor();
        let all = items(&page(&visitor, "/learn").await);
        let phones = page(&visitor, "/learn?product=phones&minutes=10").await;
        let some = items(&phones);
        assert!(
            !some.is_empty() && some.len() < all.len(),
            "{} of {} on {}",
            some.len(),
            all.len(),
            house.on
        );
        assert!(some.contains(&LESSON.to_owned()) && some.iter().all(|one| all.contains(one)));
        assert!(phones.contains("aria-current=\"true\"") && phones.contains("href=\"/learn?minutes=10\""));
        assert_eq!(items(&page(&visitor, "/learn?level=nonsense&minutes=7").await), all, "on {}", house.on);

        let none = "/learn?minutes=5&level=confident&product=phones";
        let html = page(&visitor, none).await;
        assert!(html.contains("No lesson fits") && !items(&html).is_empty(), "on {}", house.on);
        let form = [("minutes", "5"), ("level", "confident"), ("product", "phones"), ("level2", "x")];
        let asked = location(&visitor.post("/learn").form(&form).send().await.unwrap());
        assert!(page(&visitor, &asked).await.contains("Noted. We count who asks"), "on {}", house.on);
        let kept = feedback::Entity::find().one(house.app.db.read()).await.unwrap().unwrap();
        assert_eq!((kept.about.as_str(), kept.page.as_str()), ("lesson-wanted", none), "on {}", house.on);
    }
}

#[tokio::test]
async fn a_reader_is_reminded_once_on_the_day_they_chose_and_not_when_they_finished() {
    for house in world::open().await {
        let maria = signed_in(&house).await;
        let first = begin(&maria).await;
        let address = format!("{first}/remind");
        for wrong in ["2026-03-03", "2026-03-11", "soon"] {
            assert_eq!(press(&maria, &first, &address, &[("day", wrong)]).await.status(), 422, "{wrong}");
        }
        for day in ["2026-03-05", "2026-03-06", "2026-03-05"] {
            assert_eq!(press(&maria, &first, &address, &[("day", day)]).await.status(), 303);
        }
        assert!(
            page(&maria, &first).await.contains("We remind you once, on 5 March 2026."),
            "on {}",
            house.on
        );
        let all = || notice::Entity::find().order_by_asc(notice::Column::DueAt).all(house.app.db.read());
        let states = |rows: Vec<notice::Model>| rows.into_iter().map(|row| row.state).collect::<Vec<_>>();
        let rows = all().await.unwrap();
        assert_eq!(rows[0].due_at.to_rfc3339(), "2026-03-05T09:00:00+00:00", "on {}", house.on);
        assert_eq!(rows[0].data["path"], LESSON);
        assert_eq!(states(rows), ["queued", "gone"], "on {}", house.on);
        press(&maria, &first, &format!("{LESSON}/finish"), &[]).await;
        assert_eq!(states(all().await.unwrap()), ["gone", "gone"], "on {}", house.on);
    }
}

#[tokio::test]
async fn an_article_is_read_once_and_a_lost_step_leads_to_where_its_lesson_is() {
    for house in world::open().await {
        let maria = signed_in(&house).await;
        let article = "/read/map-your-business-on-one-page";
        let html = page(&maria, article).await;
        assert!(
            html.contains("In short") && html.contains("Do this now") && html.contains("I finished this")
        );
        for _ in 0..2 {
            let token = form_token(&html);
            let answer =
                maria.post(&format!("{article}/done")).form(&[("form_token", &token)]).send().await.unwrap();
            assert_eq!(location(&answer), article);
        }
        assert_eq!(kept(&house, "completed").await.len(), 1, "on {}", house.on);
        assert!(!page(&maria, article).await.contains("I finished this"), "on {}", house.on);
        let lost = maria.get(&format!("{LESSON}/a-step-of-last-year")).await;
        assert_eq!(location(&lost), LESSON);
        assert_eq!(maria.get("/learn/nothing/at-all").await.status(), 404);
    }
}
