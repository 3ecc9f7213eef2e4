//! What stands beside a lesson, an article, a fix and the end of a lesson: others who asked, help, paper, colleagues.

use uuid::Uuid;

use super::asking::{ask, other};
use super::center::{page, signed_in};
use super::world;
use crate::store::feedback::{self, About, Said};
use crate::testing::noon;

const LESSON: &str = "/learn/greet-callers-after-hours";
const STEP: &str = "/learn/greet-callers-after-hours/write-your-greeting";
const FIX: &str = "/fix/calls-go-straight-to-voicemail";
/// Not about phones, and related to no fix of theirs.
const ELSEWHERE: &str = "/read/who-can-open-what";

/// The block of the page that others asked in; nothing where it has none.
fn others(html: &str) -> &str {
    html.split("<section class=\"others").nth(1).map_or("", |rest| rest.split("</section>").next().unwrap())
}

#[tokio::test]
async fn what_others_asked_stands_on_lessons_articles_and_fixes_and_nothing_private_does() {
    for house in world::open().await {
        let (maria, sam) = (signed_in(&house).await, other(&house, 1).await);
        let phones = ("product", "phones");
        let problem = ("problem", "calls-go-straight-to-voicemail");
        let open = ask(&maria, "Does the greeting play on holidays too?", &[phones]).await;
        let same = ask(&sam, "My calls never ring on Mondays, why?", &[problem]).await;
        let private =
            ask(&sam, "Is our line set up as it should be?", &[problem, ("asked_of", "expert")]).await;
        let slow = ("problem", "wifi-is-slow-or-keeps-dropping");
        let wifi = ask(&sam, "Does a second box in the shop help?", &[slow]).await;

        for who in [&maria, &sam, &house.visitor()] {
            let lesson = page(who, STEP).await;
            let (asked, on) = (others(&lesson), house.on);
            assert!(asked.contains("What others asked about this"), "on {on}");
            let (first, then) =
                (asked.find(&same).expect("its problem"), asked.find(&open).expect("its product"));
            assert!(first < then && !asked.contains(&private) && !asked.contains(&wifi), "on {on}");
            assert!(!others(&page(who, ELSEWHERE).await).contains("/ask/does-"), "on {on}");

            let fix = page(who, FIX).await;
            let asked = others(&fix);
            assert!(asked.contains("Asked by others with this problem") && asked.contains(&same), "on {on}");
            assert!(!asked.contains(&open) && !asked.contains(&private), "on {on}");
            assert!(asked.contains("/ask/how-do-you-answer-with-your-hands-full"), "our library, on {on}");
            assert!(fix.find("class=\"others").unwrap() < fix.find("class=\"near").unwrap_or(usize::MAX));

            let article = page(who, "/read/how-much-internet-do-you-need").await;
            assert!(others(&article).contains(&wifi) && !others(&article).contains(&open), "on {on}");
        }
    }
}

#[tokio::test]
async fn three_questions_stand_there_and_more_are_behind_a_link() {
    for house in world::open().await {
        let sam = other(&house, 1).await;
        let problem = [("problem", "calls-go-straight-to-voicemail")];
        let all = "href=\"/ask?problem=calls-go-straight-to-voicemail\"";
        for (number, title) in
            ["The first of four", "The second of four", "The third of four", "The fourth"].iter().enumerate()
        {
            ask(&sam, &format!("{title} about voicemail"), &problem).await;
            let html = page(&house.visitor(), FIX).await;
            let asked = others(&html);
            assert_eq!(asked.matches("about voicemail</a>").count(), (number + 1).min(3), "on {}", house.on);
            assert_eq!(asked.contains(all), number == 3, "on {}", house.on);
        }
    }
}

#[tokio::test]
async fn who_is_stuck_asks_people_or_an_expert_with_the_step_filled_in() {
    for house in world::open().await {
        let maria = signed_in(&house).await;
        let html = page(&maria, STEP).await;
        let ways = html.split("class=\"ways-out\"").nth(1).unwrap().split("</section>").next().unwrap();
        assert!(ways.contains("href=\"/fix/calls-go-straight-to-voicemail\""), "the fix, on {}", house.on);
        let links: Vec<_> = ways.split("href=\"/ask/new").skip(1).collect();
        assert_eq!(links.len(), 2, "on {}", house.on);
        for (link, whom) in links.iter().zip(["peers", "expert"]) {
            let link = link.split('"').next().unwrap().replace("&amp;", "&");
            let form = page(&maria, &format!("/ask/new{link}")).await;
            let title = form.split("id=\"title\"").nth(1).unwrap().split("value=\"").nth(1).unwrap();
            let title = title.split('"').next().unwrap();
            assert!(title.starts_with("Greet callers after hours") && title.ends_with(", step 2"), "{title}");
            assert!(form.contains(&format!("value=\"{whom}\" checked")), "{whom} on {}", house.on);
            assert!(link.contains("&product=phones&"), "{link} on {}", house.on);
        }
    }
}

#[tokio::test]
async fn on_paper_a_lesson_has_every_step_with_a_box_for_each_thing_to_do() {
    for house in world::open().await {
        let html = page(&house.visitor(), STEP).await;
        let sheet =
            html.split("<ol class=\"sheet\">").nth(1).expect("a sheet").split("</ol>").next().unwrap();
        let shelf = crate::shelf::Shelf::starter().unwrap();
        let item = shelf.catalogue.get("greet-callers-after-hours").unwrap();
        assert_eq!(sheet.matches("<li><b>").count(), item.steps.len(), "on {}", house.on);
        let tasks: usize = item.steps.iter().map(|step| step.do_it_now.len()).sum();
        assert!(tasks > 1 && sheet.matches("class=\"box\"").count() == tasks, "on {}", house.on);
        let words: usize = item.steps.iter().map(|step| step.say_this.len()).sum();
        assert_eq!(sheet.matches("<blockquote>").count(), words, "on {}", house.on);
    }
}

#[tokio::test]
async fn the_end_of_a_lesson_is_saved_and_given_to_a_colleague_and_an_article_shares_before_it_saves() {
    for house in world::open().await {
        let maria = signed_in(&house).await;
        let end = format!("{LESSON}/finished");
        let html = page(&maria, &end).await;
        assert!(html.contains("href=\"/team?item=greet-callers-after-hours\""), "on {}", house.on);
        assert!(html.contains(&format!("name=\"back\" value=\"{end}\"")), "on {}", house.on);
        let places = |html: &str, marks: [&str; 3]| marks.map(|mark| html.find(mark).expect("it is there"));
        let [share, save, useful] =
            places(&html, ["action=\"/saved/links\"", "action=\"/saved/keep\"", "/useful\""]);
        assert!(share < save && save < useful, "on {}", house.on);
        assert!(!page(&house.visitor(), &end).await.contains("/saved/keep"), "a visitor has no shelf");

        let article = page(&maria, "/read/map-your-business-on-one-page").await;
        let [useful, share, save] =
            places(&article, ["/useful\"", "action=\"/saved/links\"", "action=\"/saved/keep\""]);
        assert!(useful < share && share < save, "on {}", house.on);
        let lesson = page(&maria, STEP).await;
        let [save, share, print] =
            places(&lesson, ["action=\"/saved/keep\"", "action=\"/saved/links\"", "data-print hidden"]);
        assert!(save < share && share < print, "on {}", house.on);
    }
}

#[tokio::test]
async fn a_card_says_for_how_many_a_lesson_was_worth_the_time_once_enough_said_so() {
    for house in world::open().await {
        let visitor = house.visitor();
        let told = "worth the time for 8 in 10 people, as of 3 March 2026";
        for (people, shown) in [(19, false), (20, true)] {
            let txn = house.app.db.begin().await.unwrap();
            for person in 0..people {
                let said = Said {
                    id: Uuid::from_u128(person + 1),
                    account: Uuid::from_u128(500 + person % 10),
                    contact: Some(Uuid::from_u128(1_000 + person)),
                    about: About::Lesson,
                    page: format!("{LESSON}/finished"),
                    item: Some("greet-callers-after-hours".to_owned()),
                    step: None,
                    yes: person > 2,
                    words: String::new(),
                    at: noon(),
                };
                feedback::keep(&txn, &said).await.unwrap();
            }
            txn.commit().await.unwrap();
            let html = page(&visitor, "/learn").await;
            assert_eq!(html.matches(told).count(), usize::from(shown), "{people} on {}", house.on);
        }
    }
}
