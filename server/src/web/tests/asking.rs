//! Questions among customers, as those who ask, those who help, visitors and staff see them.

use reqwest::Response;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};

use super::center::{page, signed_in};
use super::world::{self, House, Visitor, cookie, form_token};
use crate::doors;
use crate::store::doors::Role;
use crate::store::entities::{event, question, question_draft, question_report, useful_mark};
use crate::testing;

pub(super) const TITLE: &str = "Can the front desk move a call to a cell?";

pub(super) fn location(answer: &Response) -> String {
    assert_eq!(answer.status(), 303);
    answer.headers()["location"].to_str().unwrap().to_owned()
}

/// Presses the button of a form of this page.
pub(super) async fn press(who: &Visitor, from: &str, to: &str, form: &[(&str, &str)]) -> Response {
    let token = form_token(&page(who, from).await);
    let form = [[("form_token", token.as_str())].as_slice(), form].concat();
    who.post(to).form(&form).send().await.unwrap()
}

/// Somebody else, signed in.
pub(super) async fn other(house: &House, number: u128) -> Visitor {
    let person = testing::person(&house.app, number).await;
    let link = doors::customer_link(&house.app, person.contact).await.unwrap();
    house.visitor().signed_in(&link.url).await
}

/// Asks, and gives back where the question is.
pub(super) async fn ask(who: &Visitor, title: &str, more: &[(&str, &str)]) -> String {
    let form = [[("title", title), ("go", "post")].as_slice(), more].concat();
    let to = location(&press(who, "/ask/new?q=something", "/ask/new", &form).await);
    to.split('?').next().unwrap().to_owned()
}

/// The identifier of the first reply on a page.
fn reply_of(html: &str) -> String {
    let after = html.split("class=\"card reply").nth(1).expect("a reply");
    after.split("name=\"reply\" value=\"").nth(1).expect("its form").split('"').next().unwrap().to_owned()
}

async fn status(who: &Visitor, path: &str) -> u16 {
    who.get(path).await.status().as_u16()
}

#[tokio::test]
async fn a_question_is_asked_answered_and_solved() {
    for house in world::open().await {
        let (maria, sam) = (signed_in(&house).await, other(&house, 1).await);
        let first = page(&maria, "/ask/new").await;
        assert!(first.contains("Check for answers") && !first.contains("id=\"details\""), "one field first");
        let rest = page(&maria, "/ask/new?q=calls+go+to+voicemail").await;
        assert!(
            rest.contains("Does one of these answer it?")
                && rest.contains("/fix/calls-go-straight-to-voicemail")
        );

        let words = [
            ("title", TITLE),
            ("details", "We tried **the menu**."),
            ("level", "starter"),
            ("go", "preview"),
        ];
        let look = press(&maria, "/ask/new?q=x", "/ask/new", &words).await;
        assert_eq!(look.status(), 200);
        let look = look.text().await.unwrap();
        assert!(
            look.contains("<strong>the menu</strong>") && look.contains("Post my question"),
            "on {}",
            house.on
        );
        assert_eq!(question::Entity::find().count(house.app.db.read()).await.unwrap(), 0, "not posted yet");

        let path = ask(&maria, TITLE, &words[1..3]).await;
        assert_eq!(path, ask(&maria, TITLE, &words[1..3]).await, "twice is once");
        let list = page(&house.visitor(), "/ask").await;
        assert!(list.contains(&path) && list.contains("Maria · Health or dental · 10 to 24 people"));
        assert!(!list.contains("Dental Erie"), "never the company's name");

        let answer = press(&sam, &path, &format!("{path}/replies"), &[("body", "Press *Transfer*.")]).await;
        assert!(location(&answer).starts_with(&format!("{path}#r-")), "on {}", house.on);
        let html = page(&maria, &path).await;
        assert!(html.contains("Press <em>Transfer</em>") && html.contains("First post"), "on {}", house.on);
        let reply = reply_of(&html);
        let stranger = press(&sam, &path, &format!("{path}/accept"), &[("reply", &reply)]).await;
        assert_eq!(stranger.status(), 403, "only the one who asked, on {}", house.on);
        press(&maria, &path, &format!("{path}/accept"), &[("reply", &reply)]).await;
        let solved = page(&house.visitor(), &path).await;
        assert!(solved.contains("card reply solved") && solved.contains("Solved"), "on {}", house.on);
        assert!(page(&house.visitor(), "/ask?tab=solved").await.contains(&path), "on {}", house.on);

        for _ in 0..2 {
            press(&maria, &path, &format!("{path}/useful"), &[("reply", &reply)]).await;
        }
        let own = press(&maria, &path, &format!("{path}/useful"), &[]).await;
        assert_eq!(own.status(), 403, "not for one's own question, on {}", house.on);
        assert_eq!(
            useful_mark::Entity::find().count(house.app.db.read()).await.unwrap(),
            1,
            "on {}",
            house.on
        );
        let kinds = event::Entity::find().filter(event::Column::Kind.is_in(["asked", "answered"]));
        assert_eq!(kinds.count(house.app.db.read()).await.unwrap(), 2, "on {}", house.on);
    }
}

#[tokio::test]
async fn the_door_that_somebody_uses_most_stands_first_and_what_others_ask_stands_on_the_first_page() {
    for house in world::open().await {
        let (maria, sam) = (signed_in(&house).await, other(&house, 1).await);
        let first_door = async || {
            let home = page(&sam, "/").await;
            let doors = home.split("class=\"doors\"").nth(1).expect("doors").to_owned();
            doors.split("href=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
        };
        assert_eq!(first_door().await, "/learn", "on {}", house.on);
        let path = ask(&maria, TITLE, &[]).await;
        for body in ["Press Transfer.", "Or press Hold."] {
            press(&sam, &path, &format!("{path}/replies"), &[("body", body)]).await;
        }
        assert_eq!(first_door().await, "/ask", "on {}", house.on);
        for who in [&sam, &house.visitor()] {
            let home = page(who, "/").await;
            assert!(home.contains("What other customers ask") && home.contains(&path), "on {}", house.on);
        }
    }
}

#[tokio::test]
async fn the_words_of_a_visitor_wait_until_they_have_signed_in() {
    for house in world::open().await {
        let contact = super::letters::maria(&house.app).await;
        let visitor = house.visitor();
        let words = [("title", TITLE), ("details", "It is <urgent>"), ("asked_of", "expert"), ("go", "post")];
        let look = visitor.post("/ask/new").form(&words).send().await.unwrap();
        assert_eq!(look.status(), 200, "on {}", house.on);
        let browser = cookie(&look);
        assert!(look.text().await.unwrap().contains("Your words are kept here for a day"), "on {}", house.on);
        assert_eq!(question::Entity::find().count(house.app.db.read()).await.unwrap(), 0, "on {}", house.on);
        let visitor = visitor.with_cookie(&browser);
        assert!(
            page(&visitor, "/ask").await.contains("You have a question not yet posted"),
            "on {}",
            house.on
        );

        let link = doors::customer_link(&house.app, contact).await.unwrap();
        let door = format!("/{}", link.url.splitn(4, '/').nth(3).unwrap());
        let answer = visitor.post(&door).send().await.unwrap();
        assert_eq!(location(&answer), "/ask/new", "on {}", house.on);
        let maria = visitor.with_cookie(&format!("{browser}; {}", cookie(&answer)));
        let form = page(&maria, "/ask/new").await;
        assert!(form.contains("Here are your words from before") && form.contains(TITLE), "on {}", house.on);
        assert!(form.contains("It is &lt;urgent&gt;") && form.contains("value=\"expert\" checked"));
        ask(&maria, TITLE, &[]).await;
        assert_eq!(
            question_draft::Entity::find().count(house.app.db.read()).await.unwrap(),
            0,
            "on {}",
            house.on
        );
        assert!(!page(&maria, "/ask/new").await.contains(TITLE), "on {}", house.on);
    }
}

#[tokio::test]
async fn a_form_that_is_refused_keeps_what_was_typed() {
    for house in world::open().await {
        let maria = signed_in(&house).await;
        let long = "x".repeat(5_001);
        let deep = "> ".repeat(200);
        for (title, details, field) in
            [("Short", "", "title"), (TITLE, &long, "details"), (TITLE, &deep, "details")]
        {
            let form = [("title", title), ("details", details), ("go", "post")];
            let answer = press(&maria, "/ask/new?q=x", "/ask/new", &form).await;
            assert_eq!(answer.status(), 422, "{field} on {}", house.on);
            let html = answer.text().await.unwrap();
            assert!(html.contains("<title>Error: ") && html.contains(&format!("id=\"{field}-problem\"")));
            assert!(
                html.contains(title)
                    && (details.is_empty() || html.contains(&details[..50].replace('>', "&gt;")))
            );
        }
        let path = ask(&maria, TITLE, &[]).await;
        let answer = press(&maria, &path, &format!("{path}/replies"), &[("body", &long)]).await;
        assert_eq!(answer.status(), 422, "on {}", house.on);
        assert!(answer.text().await.unwrap().contains(&long), "on {}", house.on);
        let forged = maria.post("/ask/new").form(&[("title", TITLE), ("go", "post")]).send().await.unwrap();
        assert_eq!(forged.status(), 422, "a form without its token, on {}", house.on);
        assert_eq!(question::Entity::find().count(house.app.db.read()).await.unwrap(), 1, "on {}", house.on);
    }
}

#[tokio::test]
async fn no_post_runs_or_loads_anything() {
    for house in world::open().await {
        let (maria, sam) = (signed_in(&house).await, other(&house, 1).await);
        let evil = "[a](javascript:alert(1)) ![b](https://example.com/p.png)\n\n<img src=x onerror=alert(1)>\n\n<script>alert(1)</script>";
        let path = ask(&maria, "<script>alert(1)</script> in the title", &[("details", evil)]).await;
        press(&sam, &path, &format!("{path}/replies"), &[("body", evil)]).await;
        for html in [page(&sam, &path).await, page(&sam, "/ask").await] {
            let inside = html.split("<main").nth(1).unwrap();
            for bad in ["<script>", "<img", "href=\"javascript", "example.com"] {
                assert!(!inside.contains(bad), "{bad} on {}", house.on);
            }
        }
    }
}

#[tokio::test]
async fn what_is_hidden_held_or_for_experts_is_read_by_the_one_who_asked_and_by_staff() {
    for house in world::open().await {
        let (maria, sam) = (signed_in(&house).await, other(&house, 1).await);
        let moderator = house.staff(Role::Moderator).await;
        let private = ask(&maria, "Only an expert should see this", &[("asked_of", "expert")]).await;
        let hidden = ask(&maria, TITLE, &[]).await;
        let console = hidden.replace("/ask", "/console/community");
        press(&moderator, &console, &format!("{console}/hide"), &[("why", "A name stands in it")]).await;
        for path in [&private, &hidden] {
            assert_eq!(status(&house.visitor(), path).await, 404, "{path} on {}", house.on);
            assert_eq!(status(&sam, path).await, 404, "{path} on {}", house.on);
            assert_eq!(status(&maria, path).await, 200, "{path} on {}", house.on);
            assert!(!page(&sam, "/ask").await.contains(path.as_str()), "{path} on {}", house.on);
            assert!(page(&maria, "/ask?tab=mine").await.contains(path.as_str()), "{path} on {}", house.on);
            assert!(!page(&sam, "/search?q=expert+front+desk").await.contains(path.as_str()));
        }
        assert!(page(&maria, &hidden).await.contains("A name stands in it"), "on {}", house.on);
        assert_eq!(
            press(&sam, "/ask/new?q=x", &format!("{private}/replies"), &[("body", "Hi")]).await.status(),
            404
        );
        press(&moderator, &console, &format!("{console}/show"), &[("why", "It is gone now")]).await;
        assert_eq!(status(&house.visitor(), &hidden).await, 200, "on {}", house.on);
    }
}

#[tokio::test]
async fn a_joined_question_leads_to_the_other_and_a_search_finds_what_stands() {
    for house in world::open().await {
        let (maria, sam) = (signed_in(&house).await, other(&house, 1).await);
        let moderator = house.staff(Role::Moderator).await;
        let first = ask(&maria, "Does the zither ring after hours?", &[]).await;
        let second = ask(&sam, "Why does my zither not ring?", &[]).await;
        let found = page(&house.visitor(), "/search?q=zither").await;
        assert!(found.contains(&first) && found.contains(&second), "on {}", house.on);

        let console = second.replace("/ask", "/console/community");
        let merge = format!("{console}/merge");
        let nowhere = press(&moderator, &console, &merge, &[("into", "/ask/nothing"), ("why", "Same")]).await;
        assert_eq!(nowhere.status(), 422, "on {}", house.on);
        let without = press(&moderator, &console, &merge, &[("into", &first)]).await;
        assert_eq!(without.status(), 422, "a reason is wanted, on {}", house.on);
        press(&moderator, &console, &merge, &[("into", &first), ("why", "The same question")]).await;
        assert_eq!(location(&house.visitor().get(&second).await), first, "on {}", house.on);
        let found = page(&house.visitor(), "/search?q=zither").await;
        assert!(found.contains(&first) && !found.contains(&second), "on {}", house.on);
        assert!(page(&moderator, &console).await.contains("The same question"), "on {}", house.on);
    }
}

#[tokio::test]
async fn experts_and_moderators_look_after_questions_and_nobody_else_does() {
    for house in world::open().await {
        let maria = signed_in(&house).await;
        let path = ask(&maria, TITLE, &[]).await;
        let console = path.replace("/ask", "/console/community");
        for (role, may) in [
            (Role::Expert, true),
            (Role::Moderator, true),
            (Role::Admin, true),
            (Role::Marketer, false),
            (Role::Partner, false),
        ] {
            let staff = house.staff(role).await;
            assert_eq!(status(&staff, &console).await == 200, may, "{role} on {}", house.on);
        }
        assert_ne!(status(&maria, &console).await, 200, "on {}", house.on);

        let visitor = house.visitor();
        let reported =
            visitor.post(&format!("{path}/report")).form(&[("why", "It is rude")]).send().await.unwrap();
        assert_eq!(location(&reported), format!("{path}?noted=reported"), "on {}", house.on);
        assert_eq!(question_report::Entity::find().count(house.app.db.read()).await.unwrap(), 1);

        let expert = house.staff(Role::Expert).await;
        let list = page(&expert, "/console/community").await;
        assert!(
            list.contains(TITLE) && list.contains("It is rude") && list.contains("First post"),
            "on {}",
            house.on
        );
        let empty = press(&expert, &console, &format!("{console}/answers"), &[("body", " ")]).await;
        assert_eq!(empty.status(), 422, "on {}", house.on);
        press(&expert, &console, &format!("{console}/answers"), &[("body", "Press Transfer.")]).await;
        let html = page(&visitor, &path).await;
        assert!(
            html.contains("Paid by Lakeshore.") && html.contains("</svg>Expert</span>"),
            "on {}",
            house.on
        );
        press(&expert, &console, &format!("{console}/settle"), &[("reply", ""), ("why", "It is not rude")])
            .await;
        let list = page(&expert, "/console/community").await;
        assert!(
            !list.contains("It is rude") && list.contains("Every question has a reply."),
            "on {}",
            house.on
        );

        let shown = page(&expert, &console).await;
        let reply = shown.split("id=\"fix-").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let file =
            press(&expert, &console, &format!("{console}/fix"), &[("reply", &reply), ("why", "Asked often")])
                .await;
        assert_eq!(file.headers()["content-type"], "text/markdown; charset=utf-8");
        assert!(file.text().await.unwrap().contains("format: fix"), "on {}", house.on);
        assert!(page(&expert, &console).await.contains("Draft of a fix"), "on {}", house.on);
    }
}

#[tokio::test]
async fn the_lists_of_a_visitor_begin_with_ours_and_no_figure_stands_on_few() {
    for house in world::open().await {
        let visitor = house.visitor();
        let html = page(&visitor, "/ask").await;
        assert!(
            html.contains("From our library") && html.contains("/ask/how-often-do-you-test-your-backups")
        );
        assert!(html.contains("Nobody has asked here yet") && !html.contains("half got a reply"));
        assert_eq!(status(&visitor, "/ask/how-often-do-you-test-your-backups").await, 200, "on {}", house.on);
        assert_eq!(status(&visitor, "/ask/nothing-like-it").await, 404, "on {}", house.on);
        let phones = page(&visitor, "/ask?product=backup").await;
        assert!(
            phones.contains("/ask/how-often-do-you-test-your-backups")
                && !phones.contains("/ask/do-you-take-a-deposit")
        );
        assert_eq!(status(&visitor, "/ask?size=%27&place=-&page=99999&tab=mine&trade=%25").await, 200);
        let db = house.app.db.read();
        assert_eq!(
            event::Entity::find().count(db).await.unwrap(),
            0,
            "looking changes nothing, on {}",
            house.on
        );
    }
}
