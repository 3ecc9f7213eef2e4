//! A program whose letters pause: who sees it, who decides, and what the pages say then.

use segments::Predicate;
use uuid::Uuid;

use super::world::{self, House};
use crate::store::doors::Role;
use crate::store::holds::{self, Decision, Hold};
use crate::store::journeys::{self, State};
use crate::store::programs::{self, Program};
use crate::testing::noon;

const REPORT: &str = "/reports/renewal-2026";
const DECISION: &str = "/reports/renewal-2026/decision";
const CAMPAIGN: &str = "/console/campaigns/first-win";

/// A started program with a campaign that runs, and a hold on its letters.
async fn held(house: &House) -> (Uuid, Uuid) {
    let program = Program::parse(
        r#"
        schema = "rapport.program/1"
        name = "renewal-2026"
        title = "Renewal 2026"
        audience = { all = [] }
        outcome = "renewal"
        worthwhile_gain = 3.0
        [decision]
        extend_if_at_least = 3.0
        stop_if_under = 1.0
        otherwise = "carry on"
        [reading]
        mode = "open-ended"
        on = "2026-12-01"
        "#,
    );
    let journey = journeys::Journey {
        schema: journeys::Schema::One,
        name: "first-win".to_owned(),
        title: "First win".to_owned(),
        program: "renewal-2026".to_owned(),
        entry: journeys::Entry::Launch { segment: Predicate::parse("user type is learner").unwrap() },
        steps: vec![journeys::Step::Email {
            id: "letter".to_owned(),
            name: None,
            email: "first-win".to_owned(),
        }],
    };
    let (app, hold) = (&house.app, house.app.ids.next());
    let txn = app.db.begin().await.unwrap();
    programs::save(&txn, app.namespace, &program.unwrap(), noon()).await.unwrap();
    let program = programs::find(&txn, "renewal-2026").await.unwrap().unwrap().id;
    programs::start(&txn, program, noon()).await.unwrap();
    journeys::save(&txn, app.namespace, &journey, noon()).await.unwrap();
    let kept = journeys::find(&txn, "first-win").await.unwrap().unwrap();
    journeys::turn(&txn, kept.id, &[State::Draft], State::Running).await.unwrap();
    assert!(holds::open(&txn, hold, program, noon(), "Fewer renew <here>.").await.unwrap());
    txn.commit().await.unwrap();
    (program, hold)
}

async fn newest(house: &House, program: Uuid) -> Hold {
    holds::of(house.app.db.read(), program).await.unwrap().remove(0)
}

#[tokio::test]
async fn those_who_read_see_that_letters_pause_and_only_a_lead_or_an_admin_decides() {
    for house in world::open().await {
        let (program, hold) = held(&house).await;
        for role in [Role::Marketer, Role::Operator, Role::ProgramLead, Role::Admin] {
            let member = house.staff(role).await;
            let page = member.get(REPORT).await.text().await.unwrap();
            let sentence = "Letters of this program have paused since 3 March 2026. A lead decides.";
            assert!(page.contains(sentence) && page.contains("Fewer renew &lt;here&gt;."), "{role}: {page}");
            let decides = matches!(role, Role::ProgramLead | Role::Admin);
            assert_eq!(page.contains(DECISION), decides, "{role} on {}", house.on);
        }
        let hold = hold.to_string();
        for role in [Role::Marketer, Role::Operator, Role::Moderator, Role::Expert, Role::Partner] {
            let form = [("hold", hold.as_str()), ("decision", "go-on"), ("because", "I say so")];
            let answer = house.staff(role).await.post(DECISION).form(&form).send().await.unwrap();
            assert_eq!(answer.status(), 403, "{role} on {}", house.on);
        }
        assert_eq!(newest(&house, program).await.decided, None, "on {}", house.on);
    }
}

#[tokio::test]
async fn the_files_behind_a_report_say_that_letters_pause_as_the_page_does() {
    for house in world::open().await {
        let (_, hold) = held(&house).await;
        let lead = house.staff(Role::ProgramLead).await;
        let sentence = "Letters of this program have paused since 3 March 2026. A lead decides.";
        let csv = lead.get(&format!("{REPORT}.csv")).await.text().await.unwrap();
        let row = |name: &str| csv.lines().find(|line| line.starts_with(&format!("letters pause,{name},")));
        assert!(row("sentence").is_some_and(|line| line.contains(sentence)), "{csv}");
        assert!(row("since").is_some_and(|line| line.contains("2026-03-03")), "{csv}");
        assert!(row("decision").is_some_and(|line| line.contains("none yet")), "{csv}");
        let json: serde_json::Value = lead.get(&format!("{REPORT}.json")).await.json().await.unwrap();
        assert_eq!(json["hold"]["id"], hold.to_string(), "{json}");
        assert_eq!((&json["hold"]["decided"], &json["hold"]["form"]), (&().into(), &().into()), "{json}");
    }
}

#[tokio::test]
async fn a_lead_decides_once_with_a_reason_and_the_page_says_who_did_what_and_when() {
    for house in world::open().await {
        let (program, hold) = held(&house).await;
        let lead = house.staff(Role::ProgramLead).await;
        let token = world::form_token(&lead.get(REPORT).await.text().await.unwrap());
        let hold = hold.to_string();
        let send = async |token: &str, hold: &str, decision: &str, because: &str| {
            let form = [("form_token", token), ("hold", hold), ("decision", decision), ("because", because)];
            lead.post(DECISION).form(&form).send().await.unwrap().status().as_u16()
        };
        assert_eq!(send("", &hold, "go-on", "why not").await, 422, "no token, on {}", house.on);
        assert_eq!(send(&token, &hold, "go-on", "  ").await, 422, "no reason, on {}", house.on);
        assert_eq!(send(&token, &hold, "perhaps", "why not").await, 422, "no decision, on {}", house.on);
        let another = Uuid::from_u128(7).to_string();
        assert_eq!(send(&token, &another, "end", "why not").await, 404, "no hold, on {}", house.on);
        assert_eq!(newest(&house, program).await.decided, None, "on {}", house.on);

        assert_eq!(send(&token, &hold, "go-on", "One <reseller> left.").await, 303, "on {}", house.on);
        assert_eq!(send(&token, &hold, "end", "No.").await, 303, "too late, on {}", house.on);
        let decided = newest(&house, program).await.decided.unwrap();
        assert_eq!(
            (decided.decision, decided.by.as_str()),
            (Decision::GoOn, "program_lead@lakeshore.example")
        );
        let page = lead.get(REPORT).await.text().await.unwrap();
        let sentence =
            "program_lead@lakeshore.example decided on 3 March 2026 to go on: One &lt;reseller&gt; left.";
        assert!(page.contains(sentence), "{page}");
        assert!(page.contains("stands until 2 April 2026") && !page.contains(DECISION), "{page}");
    }
}

#[tokio::test]
async fn a_campaign_on_hold_says_so_and_is_not_carried_on() {
    for house in world::open().await {
        held(&house).await;
        let marketer = house.staff(Role::Marketer).await;
        let list = marketer.get("/console/campaigns").await.text().await.unwrap();
        assert!(list.contains("Held"), "on {}", house.on);
        let home = marketer.get("/console").await.text().await.unwrap();
        assert!(home.contains("none of them sending now. 1 held until a lead decides."), "{home}");
        let page = marketer.get(CAMPAIGN).await.text().await.unwrap();
        assert!(page.contains("Held") && page.contains("A lead decides.") && page.contains(REPORT), "{page}");
        let moderator = house.staff(Role::Moderator).await;
        let theirs = moderator.get(CAMPAIGN).await.text().await.unwrap();
        assert!(theirs.contains("A lead decides.") && !theirs.contains(REPORT), "{theirs}");

        let token = world::form_token(&page);
        let press = async |what: &str| {
            let path = format!("{CAMPAIGN}/{what}");
            marketer.post(&path).form(&[("form_token", &token)]).send().await.unwrap()
        };
        assert_eq!(press("pause").await.status(), 303, "on {}", house.on);
        let page = marketer.get(CAMPAIGN).await.text().await.unwrap();
        assert!(!page.contains("/resume") && page.contains("A lead decides."), "{page}");
        let refused = press("resume").await;
        assert_eq!(refused.status(), 422, "on {}", house.on);
        assert!(refused.text().await.unwrap().contains("A lead decides."), "on {}", house.on);
        let kept = journeys::find(house.app.db.read(), "first-win").await.unwrap().unwrap();
        assert_eq!(kept.state, State::Paused, "on {}", house.on);
    }
}
