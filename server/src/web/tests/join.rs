//! Joining and signing in by mail, as browsers, scanners and those who misuse a form come to it.

use reqwest::header::{COOKIE, SET_COOKIE, USER_AGENT};
use reqwest::{Method, Response};
use sea_orm::{EntityTrait, PaginatorTrait, QueryOrder};

use super::letters::maria;
use super::world::{self, House, Visitor, cookie, form_token};
use crate::store::comparison::{self, Design, Draw};
use crate::store::entities::{account, consent_entry, contact, event, joining, notice, session, told};
use crate::testing::noon;
use crate::tokens;

const FIREFOX: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

/// Maria's company gets a domain.
pub(super) async fn at_home(house: &House) {
    maria(&house.app).await;
    let txn = house.app.db.begin().await.unwrap();
    account::Entity::update_many()
        .col_expr(account::Column::Domain, sea_orm::sea_query::Expr::value("dental.example"))
        .exec(&txn)
        .await
        .unwrap();
    txn.commit().await.unwrap();
}

pub(super) fn form(email: &str) -> Vec<(&str, &str)> {
    vec![("email", email), ("first_name", "Lee"), ("yes", "1"), ("from", "call"), ("src", "spring")]
}

async fn send(who: &Visitor, form: &[(&str, &str)]) -> Response {
    who.post("/join").form(form).send().await.unwrap()
}

/// The newest letter's link.
pub(super) async fn link(house: &House) -> (String, String) {
    let letters =
        notice::Entity::find().order_by_desc(notice::Column::Id).all(house.app.db.read()).await.unwrap();
    let id = letters[0].id;
    let door = if letters[0].kind == "sign-in" { "/sign-in" } else { "/join/confirm" };
    let keys = &house.app.keys;
    (format!("{door}/{}", tokens::of_notice(keys, id)), tokens::code_of_notice(keys, id))
}

async fn letters(house: &House) -> u64 {
    notice::Entity::find().count(house.app.db.read()).await.unwrap()
}

/// Everything about an answer that a stranger could see, with what is new in every answer left out.
async fn seen(answer: Response) -> (u16, Vec<String>, String) {
    let status = answer.status().as_u16();
    let mut headers: Vec<String> = answer
        .headers()
        .iter()
        .filter(|(name, _)| !["date", "x-request-id", "content-security-policy"].contains(&name.as_str()))
        .map(|(name, value)| {
            let value = value.to_str().unwrap();
            // The secret in the cookie differs, and has the same length.
            let value = if name == SET_COOKIE { value.len().to_string() } else { value.to_owned() };
            format!("{name}: {value}")
        })
        .collect();
    headers.sort_unstable();
    (status, headers, answer.text().await.unwrap())
}

#[tokio::test]
async fn known_and_unknown_addresses_are_answered_alike() {
    for house in world::open().await {
        at_home(&house).await;
        let visitor = house.visitor();
        let known = seen(send(&visitor, &form("maria@dental.example")).await).await;
        let unknown = seen(send(&visitor, &form("nobody@dental.example")).await).await;
        assert_eq!(known, unknown, "on {}", house.on);
        assert_eq!(known.0, 303);
        let ask = async |email: &str| {
            let answer = visitor.post("/sign-in").form(&[("email", email)]).send().await.unwrap();
            seen(answer).await
        };
        let known = ask("maria@dental.example").await;
        assert_eq!(known, ask("nobody@dental.example").await, "on {}", house.on);
        assert_eq!(known, ask("anybody@elsewhere.example").await, "on {}", house.on);
        let kinds = notice::Entity::find().all(house.app.db.read()).await.unwrap();
        let mut kinds: Vec<_> = kinds.iter().map(|one| (one.kind.as_str(), one.address.as_str())).collect();
        kinds.sort_unstable();
        let right = [
            ("confirm-joining", "nobody@dental.example"),
            ("sign-in", "maria@dental.example"),
            ("sign-in", "maria@dental.example"),
        ];
        assert_eq!(kinds, right, "on {}", house.on);
    }
}

#[tokio::test]
async fn a_form_with_problems_names_each_and_keeps_what_was_typed() {
    for house in world::open().await {
        at_home(&house).await;
        let visitor = house.visitor();
        let answer =
            send(&visitor, &[("email", "lee at <dental>"), ("number", "17"), ("tracking", "1")]).await;
        assert_eq!(answer.status(), 422, "on {}", house.on);
        let html = answer.text().await.unwrap();
        assert!(html.contains("<title>Error: ") && html.contains("There is a problem"), "{html}");
        for field in ["email", "first_name", "yes"] {
            assert!(html.contains(&format!("href=\"#{field}\"")), "{field} on {}", house.on);
        }
        assert!(html.contains("value=\"lee at &lt;dental&gt;\"") && html.contains("value=\"17\""));
        for (email, number, key) in [
            ("lee@elsewhere.example", "", "Write your customer number"),
            ("lee@gmail.com", "", "Write your customer number"),
            ("lee@gmail.com", "A9", "no company with this customer number"),
        ] {
            let mut typed = form(email);
            typed.push(("number", number));
            let answer = send(&visitor, &typed).await;
            assert_eq!(answer.status(), 422, "{email} on {}", house.on);
            let html = answer.text().await.unwrap();
            assert!(html.contains(key) && html.contains("/join/not-yet"), "{email} on {}", house.on);
        }
        assert_eq!(letters(&house).await, 0, "on {}", house.on);
        let open = visitor.get("/join/not-yet").await.text().await.unwrap();
        assert!(open.contains("open to everyone"), "on {}", house.on);
        let mut by_number = form("lee@gmail.com");
        by_number.push(("number", "A1"));
        assert_eq!(send(&visitor, &by_number).await.status(), 303, "on {}", house.on);
        assert_eq!(letters(&house).await, 1, "on {}", house.on);
    }
}

#[tokio::test]
async fn no_mailbox_is_filled_by_the_form_and_it_stops_before_it_becomes_a_weapon() {
    for house in world::open().await {
        at_home(&house).await;
        let visitor = house.visitor();
        for _ in 0..6 {
            assert_eq!(send(&visitor, &form("lee@dental.example")).await.status(), 303, "on {}", house.on);
        }
        assert_eq!(letters(&house).await, 3, "three letters an hour to one address, on {}", house.on);
        for _ in 6..20 {
            send(&visitor, &form("lee@dental.example")).await;
        }
        let answer = send(&visitor, &form("other@dental.example")).await;
        assert_eq!(answer.status(), 429, "twenty forms an hour from one network, on {}", house.on);
        let html = answer.text().await.unwrap();
        assert!(html.contains("Too many at once") && html.contains("555-0142"), "on {}", house.on);
        assert_eq!(letters(&house).await, 3, "on {}", house.on);
    }
}

#[tokio::test]
async fn looking_at_every_page_and_link_joins_nobody_and_the_button_does_once() {
    for house in world::open().await {
        at_home(&house).await;
        let visitor = house.visitor();
        send(&visitor, &form("lee@dental.example")).await;
        let (path, _) = link(&house).await;
        for page in
            ["/join?from=call&src=x", "/join/sent", "/join/not-yet", "/sign-in", "/sign-in/sent", &path]
        {
            for method in [Method::GET, Method::HEAD] {
                let answer = visitor.ask(method, page).send().await.unwrap();
                assert_eq!(answer.status(), 200, "{page} on {}", house.on);
            }
        }
        let db = house.app.db.read();
        assert_eq!(contact::Entity::find().count(db).await.unwrap(), 1, "only Maria, on {}", house.on);
        assert_eq!(consent_entry::Entity::find().count(db).await.unwrap(), 0, "on {}", house.on);
        assert_eq!(session::Entity::find().count(db).await.unwrap(), 0, "on {}", house.on);

        let pressed = visitor.post(&path).header(USER_AGENT, FIREFOX).send().await.unwrap();
        assert_eq!(pressed.headers()["location"], "/welcome", "on {}", house.on);
        let lee = visitor.with_cookie(&cookie(&pressed));
        assert_eq!(lee.get("/welcome").await.status(), 303);
        let again = visitor.post(&path).send().await.unwrap();
        assert!(again.headers().get(SET_COOKIE).is_none(), "on {}", house.on);
        assert!(again.text().await.unwrap().contains("You have joined"), "on {}", house.on);
        let kept = joining::Entity::find().one(db).await.unwrap().unwrap();
        assert_eq!((kept.channel.as_deref(), kept.source.as_deref()), (Some("call"), Some("spring")));

        let receipt = lee.get("/me/receipt").await.text().await.unwrap();
        assert!(receipt.contains("join page") && receipt.contains("about 2 e-mails a month"), "{receipt}");
        let sessions = lee.get("/me/sessions").await.text().await.unwrap();
        assert!(
            sessions.contains("Firefox on Linux") && sessions.contains("This browser"),
            "on {}",
            house.on
        );
    }
}

#[tokio::test]
async fn a_link_to_join_that_is_too_old_says_so_and_sends_a_fresh_one_with_one_button() {
    for house in world::open().await {
        at_home(&house).await;
        let visitor = house.visitor();
        send(&visitor, &form("lee@dental.example")).await;
        let (path, _) = link(&house).await;
        house.app.clock.advance(chrono::TimeDelta::hours(25));
        let html = visitor.get(&path).await.text().await.unwrap();
        let again = path.replace("/join/confirm/", "/join/again/");
        assert!(html.contains("too old") && html.contains(&format!("action=\"{again}\"")), "on {}", house.on);
        for _ in 0..5 {
            assert_eq!(visitor.post(&again).send().await.unwrap().status(), 303, "on {}", house.on);
        }
        assert_eq!(letters(&house).await, 3, "three letters an hour, the first among them, on {}", house.on);
        let (fresh, _) = link(&house).await;
        assert_eq!(visitor.post(&fresh).send().await.unwrap().headers()["location"], "/welcome");
        assert_eq!(visitor.get("/join/confirm/nothing").await.status(), 200);
    }
}

#[tokio::test]
async fn where_members_are_compared_the_form_says_so_above_its_button() {
    for house in world::open().await {
        let visitor = house.visitor();
        assert!(!visitor.get("/join").await.text().await.unwrap().contains("picked at random"));
        let draw = Draw {
            salt: vec![1; 16],
            salt_id: house.app.ids.next(),
            design: Design::Members,
            share: 0.2,
            limit_days: 365,
            drawn_at: noon(),
        };
        let txn = house.app.db.begin().await.unwrap();
        comparison::begin(&txn, &draw).await.unwrap();
        txn.commit().await.unwrap();
        let html = visitor.get("/join").await.text().await.unwrap();
        let above = html.find("a small share of members, picked at random").unwrap();
        assert!(above < html.find("Send me the link to join").unwrap(), "on {}", house.on);
        assert!(!html.contains("name=\"yes\" value=\"1\" required checked") && !html.contains(" checked"));
    }
}

#[tokio::test]
async fn a_sign_in_link_opens_in_the_browser_that_asked_and_elsewhere_with_its_code_only() {
    for house in world::open().await {
        at_home(&house).await;
        let visitor = house.visitor();
        let ask = async || {
            let form = [("email", "maria@dental.example")];
            let answer = visitor.post("/sign-in").form(&form).send().await.unwrap();
            (cookie(&answer), link(&house).await)
        };
        let (browser, (path, _)) = ask().await;
        let page = visitor.ask(Method::GET, &path).header(COOKIE, &browser).send().await.unwrap();
        assert!(page.text().await.unwrap().contains("Welcome back, Maria"), "on {}", house.on);
        let pressed = visitor.post(&path).header(COOKIE, &browser).send().await.unwrap();
        assert_eq!((pressed.status().as_u16(), &pressed.headers()["location"]), (303, &"/".parse().unwrap()));

        let (_, (path, code)) = ask().await;
        let page = visitor.get(&path).await.text().await.unwrap();
        assert!(page.contains("name=\"code\"") && !page.contains("Maria"), "on {}", house.on);
        assert!(visitor.post(&path).send().await.unwrap().headers().get(SET_COOKIE).is_none());
        let wrong = if code == "000000" { "000001" } else { "000000" };
        let tried = visitor.post(&path).form(&[("code", wrong)]).send().await.unwrap();
        assert_eq!(tried.status(), 422, "on {}", house.on);
        let spaced = format!("{} {}", &code[..3], &code[3..]);
        let right = visitor.post(&path).form(&[("code", spaced)]).send().await.unwrap();
        assert_eq!(right.status(), 303, "on {}", house.on);

        let (browser, (path, code)) = ask().await;
        let wrong = if code == "000000" { "000001" } else { "000000" };
        for _ in 0..5 {
            visitor.post(&path).form(&[("code", wrong)]).send().await.unwrap();
        }
        let dead = visitor.post(&path).form(&[("code", &code)]).send().await.unwrap();
        assert!(dead.headers().get(SET_COOKIE).is_none(), "after five tries it is dead, on {}", house.on);
        let dead = visitor.post(&path).header(COOKIE, &browser).send().await.unwrap();
        assert!(dead.headers().get(SET_COOKIE).is_none(), "for everybody, on {}", house.on);
    }
}

#[tokio::test]
async fn a_reader_ends_their_own_sessions_and_nobody_elses() {
    for house in world::open().await {
        let contact = maria(&house.app).await;
        let mut visitors = Vec::new();
        for _ in 0..3 {
            let link = crate::doors::customer_link(&house.app, contact).await.unwrap();
            visitors.push(house.visitor().signed_in(&link.url).await);
        }
        let open = async |who: &Visitor| who.get("/me/sessions").await.status() == 200;
        let html = visitors[0].get("/me/sessions").await.text().await.unwrap();
        let token = form_token(&html);
        let which: Vec<_> =
            html.split("name=\"which\" value=\"").skip(1).map(|rest| &rest[..64]).take(3).collect();
        assert_eq!(which.len(), 3, "on {}", house.on);
        let end = async |which: &str| {
            let form = [("form_token", token.as_str()), ("which", which)];
            visitors[0].post("/me/sessions/end").form(&form).send().await.unwrap().status().as_u16()
        };
        assert_eq!(end(&"ab".repeat(32)).await, 303, "what is not theirs is not touched, on {}", house.on);
        assert_eq!(session::Entity::find().count(house.app.db.read()).await.unwrap(), 3, "on {}", house.on);
        assert_eq!(end("all").await, 303, "on {}", house.on);
        for who in &visitors {
            assert!(!open(who).await, "on {}", house.on);
        }
    }
}

#[tokio::test]
async fn five_questions_take_one_tap_each_and_end_at_the_first_quick_win() {
    for house in world::open().await {
        let contact = maria(&house.app).await;
        let link = crate::doors::customer_link(&house.app, contact).await.unwrap();
        let maria = house.visitor().signed_in(&link.url).await;
        let mut path = maria.get("/welcome").await.headers()["location"].to_str().unwrap().to_owned();
        for (number, answer) in [(1, "growing"), (2, "722"), (3, "5-9"), (4, "confident"), (5, "connector")] {
            let html = maria.get(&path).await.text().await.unwrap();
            assert!(html.contains(&format!("{number} of 5")) && html.contains("Skip this one"), "{path}");
            let form = [("form_token", form_token(&html)), ("answer", answer.to_owned())];
            let went = maria.post(&path).form(&form).send().await.unwrap();
            assert_eq!(went.status(), 303, "{path} on {}", house.on);
            path = went.headers()["location"].to_str().unwrap().to_owned();
        }
        let first = maria.get(&path).await;
        let win = first.headers()["location"].to_str().unwrap();
        assert!(win.starts_with("/learn/"), "{win} on {}", house.on);
        let step = maria.get(win).await;
        assert_eq!(step.status(), 303, "a lesson opens at its step");
        let step = step.headers()["location"].to_str().unwrap();
        assert_eq!(maria.get(step).await.status(), 200);

        let db = house.app.db.read();
        let told = told::Entity::find().all(db).await.unwrap();
        assert_eq!(told.len(), 5, "on {}", house.on);
        let row = contact::Entity::find_by_id(contact).one(db).await.unwrap().unwrap();
        let said = (row.level.as_deref(), row.user_type.as_deref(), row.user_type_source.as_deref());
        assert_eq!(said, (Some("confident"), Some("connector"), Some("said")), "on {}", house.on);
        let company = account::Entity::find_by_id(row.account_id).one(db).await.unwrap().unwrap();
        assert_eq!(company.stage.as_deref(), Some("growing"), "on {}", house.on);
        let by_file = (company.employees, company.industry.as_deref());
        assert_eq!(by_file, (Some(12), Some("621210")), "what a file said stays, on {}", house.on);

        let wrong = [("form_token", form_token(&maria.get("/welcome/life").await.text().await.unwrap()))];
        let mut wrong = wrong.to_vec();
        wrong.push(("answer", "handing-on".to_owned()));
        assert_eq!(maria.post("/welcome/life").form(&wrong).send().await.unwrap().status(), 404);
        assert_eq!(event::Entity::find().count(db).await.unwrap(), 2, "a sign-in and a page looked at");
    }
}
