//! The question at the end of every page, what staff decide about the answers, and what customers hear of it.

use chrono::TimeDelta;
use sea_orm::{EntityTrait, PaginatorTrait, QueryOrder};
use uuid::Uuid;

use super::center::{page, signed_in};
use super::world::{self, House, Visitor, form_token};
use crate::store::doors::Role;
use crate::store::entities::{contact, event, feedback, feedback_decision, notice};
use crate::store::feedback::{self as kept_feedback, About, Said};
use crate::store::unanswered;
use crate::testing::noon;
use crate::tokens::Token;

fn location(answer: &reqwest::Response) -> String {
    assert_eq!(answer.status(), 303);
    answer.headers()["location"].to_str().unwrap().to_owned()
}

async fn kept(house: &House) -> Vec<feedback::Model> {
    feedback::Entity::find().order_by_asc(feedback::Column::Page).all(house.app.db.read()).await.unwrap()
}

/// Taps an answer at the end of a page.
async fn tap(who: &Visitor, page: &str, token: &str, answer: &str) -> reqwest::Response {
    let form = [("page", page), ("answer", answer), ("form_token", token)];
    who.post("/feedback").form(&form).send().await.unwrap()
}

#[tokio::test]
async fn every_page_ends_with_the_question_and_names_itself_but_no_token() {
    for house in world::open().await {
        let maria = signed_in(&house).await;
        for path in ["/", "/learn", "/fix", "/heard", "/search", "/me/sessions", "/join"] {
            let html = page(&maria, path).await;
            assert_eq!(html.matches("action=\"/feedback\"").count(), 1, "{path} on {}", house.on);
            assert!(html.contains(&format!("name=\"page\" value=\"{path}\"")), "{path} on {}", house.on);
        }
        let contact = contact::Entity::find().one(house.app.db.read()).await.unwrap().unwrap().id;
        let token = Token::Choices { contact, message: Uuid::nil() };
        let choices = token.write(&house.app.keys);
        let html = page(&maria, &format!("/p/{choices}")).await;
        assert!(html.contains("name=\"page\" value=\"/p/{token}\""), "on {}", house.on);
        let odd = tap(&house.visitor(), &format!("/p/{choices}"), "", "yes").await;
        assert_eq!(odd.status(), 422, "a token is never kept, on {}", house.on);
    }
}

#[tokio::test]
async fn a_visitor_taps_no_says_what_would_be_better_and_nobody_else_can_add_to_it() {
    for house in world::open().await {
        let visitor = house.visitor();
        let thanks = location(&tap(&visitor, "/fix", "", "no").await);
        let html = page(&visitor, &thanks).await;
        assert!(html.contains("What would be better?") && html.contains("href=\"tel:555-0142\""));
        assert!(!html.contains("Tell me what came of it"), "we do not know whom to tell, on {}", house.on);
        let form = [("words", "more\u{7} about <b>fax</b>"), ("note", "yes")];
        let to = location(&visitor.post(&thanks).form(&form).send().await.unwrap());
        assert_eq!(to, format!("{thanks}?kept=yes"));
        let html = page(&visitor, &to).await;
        assert!(html.contains("Kept. Somebody reads it.") && html.contains("href=\"/fix\""));
        let rows = kept(&house).await;
        assert_eq!(rows.len(), 1, "on {}", house.on);
        assert_eq!((rows[0].answer.as_str(), rows[0].words.as_str()), ("no", "more about <b>fax</b>"));
        assert!(!rows[0].note_wanted && rows[0].contact_id.is_none(), "on {}", house.on);
        assert_eq!(event::Entity::find().count(house.app.db.read()).await.unwrap(), 0, "on {}", house.on);

        assert_eq!(visitor.get(&format!("/feedback/{}", Uuid::from_u128(7))).await.status(), 404);
        house.app.clock.advance(TimeDelta::days(2));
        assert_eq!(visitor.get(&thanks).await.status(), 404, "it closes after a day, on {}", house.on);
        for wrong in ["/nowhere", "//evil.example", "/console", "learn", ""] {
            assert_eq!(tap(&visitor, wrong, "", "yes").await.status(), 422, "{wrong} on {}", house.on);
        }
        assert_eq!(tap(&visitor, "/fix", "", "perhaps").await.status(), 422);
    }
}

#[tokio::test]
async fn a_member_answers_once_a_day_from_our_own_page_only() {
    for house in world::open().await {
        let maria = signed_in(&house).await;
        assert_eq!(tap(&maria, "/learn", "", "yes").await.status(), 422, "without a token, on {}", house.on);
        let token = form_token(&page(&maria, "/learn").await);
        let first = location(&tap(&maria, "/learn", &token, "yes").await);
        assert_eq!(location(&tap(&maria, "/learn", &token, "no").await), first);
        let rows = kept(&house).await;
        assert_eq!((rows.len(), rows[0].answer.as_str()), (1, "no"), "on {}", house.on);
        assert!(page(&maria, &first).await.contains("Tell me what came of it"), "on {}", house.on);
        assert_eq!(house.visitor().get(&first).await.status(), 404, "it is hers, on {}", house.on);
        let events = event::Entity::find().all(house.app.db.read()).await.unwrap();
        assert!(events.iter().any(|event| event.kind == "form"), "a response, on {}", house.on);
    }
}

#[tokio::test]
async fn one_taps_are_so_many_an_hour_and_words_after_one_are_never_refused() {
    for house in world::open().await {
        let visitor = house.visitor();
        let mut thanks = String::new();
        for _ in 0..60 {
            thanks = location(&tap(&visitor, "/fix", "", "no").await);
        }
        assert_eq!(tap(&visitor, "/fix", "", "no").await.status(), 429, "on {}", house.on);
        let form = [("words", "I need help with my phone")];
        assert_eq!(visitor.post(&thanks).form(&form).send().await.unwrap().status(), 303, "on {}", house.on);
        assert_eq!(kept(&house).await.len(), 60, "on {}", house.on);
    }
}

#[tokio::test]
async fn after_a_call_and_an_answer_it_is_asked_too_and_looking_keeps_nothing() {
    for house in world::open().await {
        let visitor = house.visitor();
        for (name, question) in [("call", "Did the call help?"), ("answer", "Did the answer help?")] {
            let address = format!("/useful/{name}?page=/fix/no-internet-at-all");
            let html = page(&visitor, &address).await;
            assert!(html.contains(question), "{name} on {}", house.on);
            assert!(kept(&house).await.iter().all(|row| row.about != name), "on {}", house.on);
            let form = [("answer", "no"), ("words", "nobody came")];
            assert_eq!(visitor.post(&address).form(&form).send().await.unwrap().status(), 200);
        }
        let rows = kept(&house).await;
        let told: Vec<_> = rows.iter().map(|row| (row.about.as_str(), row.page.as_str())).collect();
        let page = "/fix/no-internet-at-all";
        assert_eq!(told.len(), 2, "on {}", house.on);
        assert!(told.contains(&("call", page)) && told.contains(&("answer", page)), "{told:?}");
        assert!(rows.iter().all(|row| row.item.as_deref() == Some("no-internet-at-all")));
    }
}

/// Maria finds a step unclear and wants to hear what came of it.
async fn unclear(house: &House) -> Visitor {
    let maria = signed_in(house).await;
    let step = "/learn/greet-callers-after-hours/write-your-greeting";
    let token = form_token(&page(&maria, step).await);
    let form = [("form_token", token.as_str()), ("answer", "no")];
    let thanks = location(&maria.post(&format!("{step}/clear")).form(&form).send().await.unwrap());
    let form = [("form_token", token.as_str()), ("words", "Say how <i>long</i>"), ("note", "yes")];
    assert_eq!(maria.post(&thanks).form(&form).send().await.unwrap().status(), 303);
    maria
}

#[tokio::test]
async fn what_people_say_is_decided_about_with_a_reason_and_a_name_and_who_waits_hears_once() {
    for house in world::open().await {
        unclear(&house).await;
        let staff = house.staff(Role::Moderator).await;
        let html = page(&staff, "/console/feedback").await;
        assert!(html.contains("Write your greeting") && html.contains("100 %"), "on {}", house.on);
        assert!(html.contains("Say how &lt;i&gt;long") && html.contains("waits to hear"), "on {}", house.on);
        let subject = "greet-callers-after-hours/write-your-greeting";
        let address = format!("/console/feedback/decide?about=step&subject={}", subject.replace('/', "%2F"));
        let html = page(&staff, &address).await;
        assert!(html.contains("To those who asked to hear: 1"), "{html}");
        let token = form_token(&html);
        let decide = async |what: &str, because: &str, told: &str| {
            let form = [
                ("form_token", token.as_str()),
                ("about", "step"),
                ("subject", subject),
                ("what", what),
                ("because", because),
                ("told", told),
            ];
            staff.post("/console/feedback/decide").form(&form).send().await.unwrap()
        };
        let refused = decide("map", "", "We <b>wrote</b> it again.").await;
        assert_eq!(refused.status(), 422, "on {}", house.on);
        let html = refused.text().await.unwrap();
        assert!(html.contains("<title>Error: ") && html.contains("href=\"#because\""), "{html}");
        assert!(
            html.contains("We &lt;b&gt;wrote&lt;/b&gt; it again."),
            "what was typed stays, on {}",
            house.on
        );
        assert_eq!(feedback_decision::Entity::find().count(house.app.db.read()).await.unwrap(), 0);

        assert_eq!(decide("write", "Say the words to begin with.", "").await.status(), 303);
        let notes = async || notice::Entity::find().all(house.app.db.read()).await.unwrap();
        assert!(notes().await.is_empty(), "nothing was told yet, on {}", house.on);
        for _ in 0..2 {
            let answer = decide("ignore", "It is written now.", "We wrote it again.").await;
            assert_eq!(location(&answer), "/console/feedback#decided");
        }
        let notes = notes().await;
        assert_eq!(notes.len(), 1, "one note, on {}", house.on);
        assert_eq!((notes[0].kind.as_str(), notes[0].address.as_str()), ("note", "maria@dental.example"));
        assert_eq!(notes[0].data["words"], "We wrote it again.");
        let html = page(&staff, "/console/feedback").await;
        assert!(html.contains("Left as it is") && html.contains("moderator@lakeshore.example"));
        let nothing = "/console/feedback/decide?about=step&subject=no%2Fstep";
        assert_eq!(staff.get(nothing).await.status(), 404);
        assert_eq!(house.staff(Role::Partner).await.get("/console/feedback").await.status(), 403);
    }
}

#[tokio::test]
async fn a_search_that_found_nothing_is_decided_about() {
    for house in world::open().await {
        let txn = house.app.db.begin().await.unwrap();
        unanswered::count(&txn, "zither & co", noon()).await.unwrap();
        txn.commit().await.unwrap();
        let staff = house.staff(Role::Marketer).await;
        let html = page(&staff, "/console/feedback").await;
        let address = html.split("about=search").nth(1).expect("a way to decide");
        let address = address.split('"').next().unwrap().replace("&amp;", "&");
        let html = page(&staff, &format!("/console/feedback/decide?about=search{address}")).await;
        assert!(html.contains("Nobody finds “zither &amp; co”"), "on {}", house.on);
        let form = [
            ("form_token", form_token(&html)),
            ("about", "search".to_owned()),
            ("subject", "zither & co".to_owned()),
            ("what", "ignore".to_owned()),
            ("because", "We sell no instruments.".to_owned()),
        ];
        let answer = staff.post("/console/feedback/decide").form(&form).send().await.unwrap();
        assert_eq!(answer.status(), 303, "on {}", house.on);
        let html = page(&staff, "/console/feedback").await;
        let open = html.split("id=\"decided\"").next().unwrap();
        assert!(!open.contains("zither") && html.contains("We sell no instruments."), "on {}", house.on);
    }
}

#[tokio::test]
async fn words_that_staff_map_to_ours_are_found_by_the_next_search_until_it_is_decided_otherwise() {
    for house in world::open().await {
        let (visitor, staff) = (house.visitor(), house.staff(Role::Moderator).await);
        let found = async || page(&visitor, "/search?q=zitherbox").await.contains("href=\"/fix/wifi-is-slow");
        assert!(!found().await, "on {}", house.on);
        let listed = page(&staff, "/console/feedback").await;
        assert!(listed.contains("zitherbox"), "the search was kept, on {}", house.on);
        let form = page(&staff, "/console/feedback/decide?about=search&subject=zitherbox").await;
        let token = form_token(&form);
        let decide = async |what: &str, target: &str| {
            let form = [
                ("form_token", token.as_str()),
                ("about", "search"),
                ("subject", "zitherbox"),
                ("what", what),
                ("target", target),
                ("because", "They mean the box."),
            ];
            staff.post("/console/feedback/decide").form(&form).send().await.unwrap().status().as_u16()
        };
        for wrong in ["", " , ", "ZitherBox"] {
            assert_eq!(decide("map", wrong).await, 422, "{wrong} on {}", house.on);
        }
        assert_eq!(decide("map", "Wi-Fi box, \"quoted\"").await, 303);
        assert!(found().await, "on {}", house.on);
        house.app.clock.advance(TimeDelta::seconds(1));
        assert_eq!(decide("ignore", "").await, 303);
        assert!(!found().await, "on {}", house.on);
    }
}

#[tokio::test]
async fn what_was_heard_is_written_up_and_measured_once_enough_answered_before_and_since() {
    for house in world::open().await {
        let visitor = house.visitor();
        assert!(page(&visitor, "/heard").await.contains("Nothing is written up yet"), "on {}", house.on);
        let staff = house.staff(Role::Admin).await;
        let token = form_token(&page(&staff, "/console/heard").await);
        let publish = async |did_on: &str, item: &str| {
            let form = [
                ("form_token", token.as_str()),
                ("heard", "The greeting was hard to write."),
                ("quote", "When do I stop?"),
                ("did", "We wrote the words to begin with."),
                ("did_on", did_on),
                ("item", item),
                ("step", "write-your-greeting"),
                ("next", "Holidays."),
            ];
            staff.post("/console/heard").form(&form).send().await.unwrap()
        };
        let refused = publish("2027-01-01", "greet").await;
        assert_eq!(refused.status(), 422);
        let html = refused.text().await.unwrap();
        for field in ["did_on", "item", "step"] {
            assert!(html.contains(&format!("href=\"#{field}\"")), "{field} on {}", house.on);
        }
        assert!(html.contains("When do I stop?"), "what was typed stays, on {}", house.on);
        assert_eq!(publish("2026-02-01", "greet-callers-after-hours").await.status(), 303);

        let answers = |people: u128, unclear: u128, days: i64| {
            (0..people).map(move |person| Said {
                id: Uuid::from_u128(person + 1_000 * u128::try_from(days).unwrap()),
                account: Uuid::from_u128(500 + person % 10),
                contact: Some(Uuid::from_u128(9_000 + person)),
                about: About::Step,
                page: "/learn/greet-callers-after-hours/write-your-greeting".to_owned(),
                item: Some("greet-callers-after-hours".to_owned()),
                step: Some("write-your-greeting".to_owned()),
                yes: person >= unclear,
                words: String::new(),
                at: noon() - TimeDelta::days(days),
            })
        };
        let say = async |all: Vec<Said>| {
            let txn = house.app.db.begin().await.unwrap();
            for one in &all {
                kept_feedback::keep(&txn, one).await.unwrap();
            }
            txn.commit().await.unwrap();
        };
        say(answers(20, 6, 60).chain(answers(19, 2, 3)).collect()).await;
        let html = page(&visitor, "/heard").await;
        assert!(html.contains("Unclear to 30 in 100, of 20 people") && html.contains("When do I stop?"));
        assert!(html.contains("Too few people have answered since"), "19 are too few, on {}", house.on);
        say(answers(20, 2, 2).collect()).await;
        let html = page(&visitor, "/heard").await;
        assert!(html.contains("Unclear to 30 in 100 before, to 10 in 100 since."), "on {}", house.on);
        assert!(html.contains("href=\"/learn/greet-callers-after-hours/write-your-greeting\""));

        let list = page(&staff, "/console/heard").await;
        let down = list.split("/console/heard/").nth(1).unwrap().split('"').next().unwrap();
        let form = [("form_token", token.as_str())];
        assert_eq!(
            location(&staff.post(&format!("/console/heard/{down}")).form(&form).send().await.unwrap()),
            "/console/heard#on"
        );
        assert!(page(&visitor, "/heard").await.contains("Nothing is written up yet"), "on {}", house.on);
    }
}
