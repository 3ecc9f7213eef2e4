//! Asking, answering and looking after it, on real databases.

use chrono::TimeDelta;
use content::Item;
use sea_orm::{EntityTrait, PaginatorTrait, QueryOrder};
use segments::Level;

use super::answering::{accept, reply};
use super::asking::{Words, ask};
use super::drafting;
use super::moderating::{self, Because};
use super::*;
use crate::store::doors::{Member, Role};
use crate::store::entities::{event, notice};
use crate::store::moderation::Act;
use crate::store::questions::{self, AskedOf, Asker, Question, State};
use crate::store::replies;
use crate::testing;

fn words(title: &str) -> Words {
    Words {
        title: title.to_owned(),
        details: "We tried **the menu**.".to_owned(),
        product: Some("phones".to_owned()),
        problem: None,
        level: Some(Level::Starter),
        asked_of: AskedOf::Both,
        follow: true,
        language: "en".to_owned(),
        picture: None,
    }
}

async fn asked(app: &App, by: &Asker, title: &str) -> Question {
    let (_, slug) = ask(app, by, &words(title), b"net").await.unwrap();
    now(app, &slug).await
}

async fn now(app: &App, slug: &str) -> Question {
    questions::find(app.db.read(), slug).await.unwrap().expect("it was asked")
}

fn expert() -> Member {
    Member { id: Uuid::from_u128(0xE), email: "dana.okafor@lakeshore.example".to_owned(), role: Role::Expert }
}

fn because(why: &str) -> Because {
    Because { staff: expert().id, why: why.to_owned() }
}

async fn kinds(app: &App) -> Vec<String> {
    let rows = event::Entity::find().order_by_asc(event::Column::Kind).all(app.db.read()).await.unwrap();
    rows.into_iter().map(|row| row.kind).collect()
}

#[tokio::test]
async fn a_question_and_a_reply_are_kept_once_with_their_events_and_who_is_new() {
    for (place, app) in testing::houses().await {
        let (jo, sam) = (testing::person(&app, 1).await, testing::person(&app, 2).await);
        let question = asked(&app, &jo, "Can the front desk move a call?").await;
        let again = asked(&app, &jo, "Can the front desk move a call?").await;
        assert_eq!(question, again, "on {}", place.name);
        assert!(
            question.first_post && question.is_public() && question.slug.starts_with("can-the-front-desk")
        );
        assert_eq!((question.trade.as_deref(), question.state), (Some("621210"), State::Open));
        assert!(!asked(&app, &jo, "And a second question, later?").await.first_post, "on {}", place.name);

        for _ in 0..2 {
            reply(&app, &question, &sam, "Press Transfer.", b"net").await.unwrap();
        }
        let question = now(&app, &question.slug).await;
        assert_eq!((question.replies, question.state), (1, State::Answered), "on {}", place.name);
        assert!(replies::of(app.db.read(), &question).await.unwrap()[0].first_post);
        assert_eq!(kinds(&app).await, ["answered", "asked", "asked"], "on {}", place.name);
    }
}

#[tokio::test]
async fn nobody_is_kept_from_asking_and_what_comes_too_thick_waits_for_a_person() {
    for (place, app) in testing::houses().await {
        let jo = testing::person(&app, 1).await;
        let mut held = Vec::new();
        for number in 0..A_DAY_OF_ONE + 3 {
            let question = asked(&app, &jo, &format!("Question number {number}")).await;
            held.push(question.held);
            assert_eq!(question.is_public(), question.held.is_none());
        }
        let shown = usize::try_from(A_DAY_OF_ONE).unwrap();
        assert!(held[..shown].iter().all(Option::is_none), "{held:?} on {}", place.name);
        assert!(held[shown..].iter().all(|held| *held == Some(Held::Many)), "{held:?} on {}", place.name);
        let waiting = questions::held(app.db.read(), 100).await.unwrap();
        assert_eq!(waiting.len(), 3, "every one of them is in the queue, on {}", place.name);

        let done =
            moderating::act(&app, &waiting[0], None, Act::Publish, &because("It is fine")).await.unwrap();
        assert!(done && now(&app, &waiting[0].slug).await.is_public(), "on {}", place.name);
    }
}

#[tokio::test]
async fn a_crowd_behind_one_network_still_gets_through() {
    for (place, app) in testing::houses().await {
        let mut held = 0;
        for number in 0..u128::try_from(AN_HOUR_FROM_A_NETWORK + 2).unwrap() {
            let one = testing::person(&app, number).await;
            let question = asked(&app, &one, "Is the internet down for everybody?").await;
            held += usize::from(question.held.is_some());
        }
        assert_eq!(held, 2, "on {}", place.name);
    }
}

#[tokio::test]
async fn only_the_one_who_asked_says_what_solved_it_and_may_take_it_back() {
    for (place, app) in testing::houses().await {
        let (jo, sam) = (testing::person(&app, 1).await, testing::person(&app, 2).await);
        let question = asked(&app, &jo, "Can the front desk move a call?").await;
        let other = asked(&app, &jo, "What about another question?").await;
        let one = reply(&app, &question, &sam, "Press Transfer.", b"net").await.unwrap().id;
        let elsewhere = reply(&app, &other, &sam, "Press Hold.", b"net").await.unwrap().id;
        for (who, what) in [(sam.contact, one), (jo.contact, elsewhere), (jo.contact, Uuid::from_u128(7))] {
            assert!(!accept(&app, &question, who, Some(what)).await.unwrap(), "on {}", place.name);
        }
        assert!(accept(&app, &question, jo.contact, Some(one)).await.unwrap());
        let solved = now(&app, &question.slug).await;
        assert_eq!((solved.state, solved.accepted), (State::Solved, Some(one)), "on {}", place.name);
        assert!(accept(&app, &question, jo.contact, None).await.unwrap());
        assert_eq!(now(&app, &question.slug).await.state, State::Answered, "on {}", place.name);
    }
}

#[tokio::test]
async fn whoever_follows_gets_one_letter_a_day_and_nobody_one_about_their_own_words() {
    for (place, app) in testing::houses().await {
        let (jo, sam) = (testing::person(&app, 1).await, testing::person(&app, 2).await);
        let question = asked(&app, &jo, "Can the front desk move a call?").await;
        reply(&app, &question, &jo, "I tried one more thing.", b"net").await.unwrap();
        let letters = || notice::Entity::find().all(app.db.read());
        assert!(letters().await.unwrap().is_empty(), "on {}", place.name);
        for body in ["Press Transfer.", "Or press Hold."] {
            reply(&app, &question, &sam, body, b"net").await.unwrap();
        }
        let one = letters().await.unwrap();
        assert_eq!(one.len(), 1, "on {}", place.name);
        assert_eq!((one[0].contact_id, one[0].kind.as_str()), (Some(jo.contact), "answer"));
        assert_eq!(one[0].data["path"], question.path());
        app.clock.advance(TimeDelta::days(1));
        moderating::answer(&app, &question, &expert(), "Both work.").await.unwrap();
        assert_eq!(letters().await.unwrap().len(), 2, "the next day, on {}", place.name);
    }
}

#[tokio::test]
async fn whose_posts_are_looked_at_first_is_heard_by_nobody_before() {
    for (place, app) in testing::houses().await {
        let (jo, al) = (testing::person(&app, 1).await, testing::person(&app, 2).await);
        let question = asked(&app, &jo, "Can the front desk move a call?").await;
        let bad = reply(&app, &question, &al, "Buy my things.", b"net").await.unwrap();
        let found = replies::find(app.db.read(), &question, bad.id).await.unwrap().unwrap();
        moderating::act(&app, &question, Some(&found), Act::Ban, &because("It sells")).await.unwrap();
        moderating::act(&app, &question, Some(&found), Act::Hide, &because("It sells")).await.unwrap();
        let next = reply(&app, &question, &al, "Buy more of them.", b"net").await.unwrap();
        assert_eq!(next.held, Some(Held::Banned), "on {}", place.name);
        let asks = asked(&app, &al, "Why can nobody read me?").await;
        assert_eq!(asks.held, Some(Held::Banned), "asking for help is never refused, on {}", place.name);
        let stands = now(&app, &question.slug).await;
        assert_eq!((stands.replies, stands.state), (0, State::Open), "on {}", place.name);

        let waits = replies::held(app.db.read(), 10).await.unwrap();
        assert_eq!(waits.iter().map(|one| one.id).collect::<Vec<_>>(), [next.id], "on {}", place.name);
        moderating::act(&app, &question, Some(&waits[0]), Act::Publish, &because("This one is fine"))
            .await
            .unwrap();
        moderating::act(&app, &question, Some(&found), Act::Unban, &because("They are sorry")).await.unwrap();
        assert_eq!(now(&app, &question.slug).await.replies, 1, "on {}", place.name);
        assert_eq!(reply(&app, &question, &al, "Sorry.", b"net").await.unwrap().held, None);

        let log = moderation::lines(app.db.read(), &question).await.unwrap();
        let mut acts: Vec<_> = log.iter().map(|line| (line.act.as_str(), line.why.as_str())).collect();
        acts.sort_unstable();
        let expected = [
            ("ban", "It sells"),
            ("hide", "It sells"),
            ("publish", "This one is fine"),
            ("unban", "They are sorry"),
        ];
        assert_eq!(acts, expected, "on {}", place.name);
    }
}

#[tokio::test]
async fn a_hidden_question_and_a_hidden_reply_come_back_as_they_were() {
    for (place, app) in testing::houses().await {
        let (jo, sam) = (testing::person(&app, 1).await, testing::person(&app, 2).await);
        let question = asked(&app, &jo, "Can the front desk move a call?").await;
        let id = reply(&app, &question, &sam, "Press Transfer.", b"net").await.unwrap().id;
        accept(&app, &question, jo.contact, Some(id)).await.unwrap();
        let solved = now(&app, &question.slug).await;
        assert!(moderating::act(&app, &solved, None, Act::Hide, &because("A name in it")).await.unwrap());
        assert!(!moderating::act(&app, &solved, None, Act::Hide, &because("Once more")).await.unwrap());
        let hidden = now(&app, &question.slug).await;
        assert_eq!((hidden.state, hidden.hidden_why.as_deref()), (State::Hidden, Some("A name in it")));
        assert!(moderating::act(&app, &hidden, None, Act::Show, &because("It is gone")).await.unwrap());
        assert_eq!(now(&app, &question.slug).await.state, State::Solved, "on {}", place.name);

        let one = replies::find(app.db.read(), &question, id).await.unwrap().unwrap();
        moderating::act(&app, &now(&app, &question.slug).await, Some(&one), Act::Hide, &because("Wrong"))
            .await
            .unwrap();
        let open = now(&app, &question.slug).await;
        assert_eq!((open.state, open.accepted, open.replies), (State::Open, None, 0), "on {}", place.name);
        moderating::act(&app, &open, Some(&one), Act::Show, &because("Right after all")).await.unwrap();
        assert_eq!(now(&app, &question.slug).await.replies, 1, "on {}", place.name);
    }
}

#[tokio::test]
async fn who_followed_a_question_that_is_joined_to_another_follows_that_one() {
    for (place, app) in testing::houses().await {
        let (jo, sam, kim) =
            (testing::person(&app, 1).await, testing::person(&app, 2).await, testing::person(&app, 3).await);
        let first = asked(&app, &jo, "Can the front desk move a call?").await;
        let same = asked(&app, &sam, "How does the desk move calls?").await;
        assert!(!moderating::merge(&app, &same, &same, &because("Itself")).await.unwrap());
        assert!(moderating::merge(&app, &same, &first, &because("The same")).await.unwrap());
        let gone = now(&app, &same.slug).await;
        assert_eq!((gone.state, gone.merged_into.as_deref()), (State::Merged, Some(first.slug.as_str())));
        assert!(!moderating::merge(&app, &first, &gone, &because("Back")).await.unwrap(), "no circles");
        reply(&app, &first, &kim, "Press Transfer.", b"net").await.unwrap();
        assert_eq!(notice::Entity::find().count(app.db.read()).await.unwrap(), 2, "on {}", place.name);
    }
}

#[tokio::test]
async fn a_reply_becomes_the_draft_of_a_fix_that_the_library_can_read() {
    let (_place, app) = testing::houses().await.remove(0);
    let (jo, sam) = (testing::person(&app, 1).await, testing::person(&app, 2).await);
    let question = asked(&app, &jo, "Why does it say \"busy\": all day\\long? #1").await;
    let body = "# First\n\n---\n\n1. Press Transfer.\n2. Wait.\n\n- or not\n\n## And then\n\n> Done";
    let id = reply(&app, &question, &sam, body, b"net").await.unwrap().id;
    let one = replies::find(app.db.read(), &question, id).await.unwrap().unwrap();
    let today = testing::noon().date_naive();
    let draft = drafting::fix(&question, &one, "Lakeshore", today);
    let item =
        Item::parse(&draft.name, &draft.text).unwrap_or_else(|wrong| panic!("{wrong:?}\n{}", draft.text));
    assert_eq!(
        (item.title.as_str(), item.symptom.as_deref()),
        (question.title.as_str(), Some(question.title.as_str()))
    );
    assert_eq!(
        (item.steps.len(), item.products.as_slice(), item.author.paid),
        (1, ["phones".to_owned()].as_slice(), false)
    );
    assert_eq!((item.path(), item.checked_on), (format!("/fix/{}", item.slug), today));

    moderating::answer(&app, &question, &expert(), "Both work.").await.unwrap();
    let ours =
        replies::of(app.db.read(), &question).await.unwrap().into_iter().find(|one| one.id != id).unwrap();
    let item = Item::parse("x.md", &drafting::fix(&question, &ours, "Lakeshore", today).text).unwrap();
    assert_eq!((item.author.name.as_str(), item.author.paid), ("Dana", true));
}
