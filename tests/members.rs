//! The *members* design, the whole road: families are drawn after they have joined, and what is measured is letters and
//! picks.

use chrono::TimeDelta;
use sea_orm::EntityTrait;
use server::campaigns::{comparison, plan};
use server::shelf::Shelf;
use server::store::entities::{assignment, choice, deviation};

use self::road::{COMPANIES, JOINED, Road, first_of, first_of_each};
use crate::harness::{Campaign, JOURNEY, Node, Pages};

mod road;

/// The addresses of items on a page, in order.
fn items(page: &str) -> Vec<&str> {
    let links = page.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
    links
        .filter(|link| ["/learn/", "/fix/", "/read/", "/ask/"].iter().any(|room| link.starts_with(room)))
        .collect()
}

async fn choices(node: &Node) -> usize {
    choice::Entity::find().all(node.app.db.read()).await.unwrap().len()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn families_are_drawn_when_they_have_joined_and_not_before() {
    for mut road in Road::begun("365").await {
        let name = road.house.name;
        assert_eq!(comparison::tick(&road.node.app).await.unwrap(), 0, "{name}: nobody has joined");
        assert_eq!(road.node.entering().await, 0, "{name}");
        assert_eq!(road.sides().await.keys().collect::<Vec<_>>(), [&None], "{name}: nobody is on a side");

        road.join(0..JOINED).await;
        assert_eq!(comparison::tick(&road.node.app).await.unwrap(), JOINED as u64, "{name}");
        assert_eq!(comparison::tick(&road.node.app).await.unwrap(), 0, "{name}: once each");
        let sides = road.sides().await;
        assert_eq!(sides[&None].len(), COMPANIES - JOINED, "{name}: who has not joined is on no side");
        assert!((13..=17).contains(&sides[&Some("comparison".to_owned())].len()), "{name}: {sides:?}");

        road.join(JOINED..JOINED + 4).await;
        assert_eq!(road.node.entering().await, road.on("program").await.len() as u64, "{name}");
        assert_eq!(road.sides().await[&None].len(), 6, "{name}: a look at a launch draws who joined since");
        road.join(JOINED + 4..JOINED + 6).await;
        let said = road.house.run(&["comparison", "assign"]);
        assert!(!said.starts_with("0 families newly on the program side, 0 kept out"), "{name}: {said}");
        assert_eq!(road.sides().await[&None].len(), 4, "{name}");
        let whole = road.house.run(&["comparison", "verify"]);
        assert!(whole.contains("36 lines"), "{name}: {whole}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn members_drawn_out_never_enter_a_journey_although_they_joined() {
    for road in Road::drawn("365").await {
        let (name, program) = (road.house.name, road.on("program").await);
        assert_eq!(road.launch().await, program.len() as u64, "{name}");
        assert_eq!(road.wrote_to(), first_of_each(&program), "{name}");
        let status = Campaign::status(&road.house);
        assert_eq!(
            status["skipped"]["comparison"],
            2 * road.on("comparison").await.len(),
            "{name}: {status}"
        );
        let deviations = deviation::Entity::find().all(road.node.app.db.read()).await.unwrap();
        assert!(deviations.is_empty(), "{name}: joining is no crossing over here: {deviations:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_center_chooses_for_the_program_side_and_keeps_its_order_and_all_help_for_the_other() {
    for mut road in Road::drawn("365").await {
        let name = road.house.name;
        road.join(JOINED..JOINED + 1).await;
        let pages = Pages::of(&road.node).await;
        let anybody = pages.visitor().page("/").await;
        assert!(anybody.contains("a small share of members, picked at random, gets fewer of them"), "{name}");

        let (drawn_out, drawn_in) =
            (road.on("comparison").await.remove(0), road.on("program").await.remove(0));
        let on_no_side = format!("acme-{JOINED}");
        for company in [&drawn_out, &on_no_side] {
            let home = pages.customer(&first_of(company)).await.page("/").await;
            assert_eq!(items(&home), items(&anybody), "{name}: {company} sees the standard order");
            assert!(!home.contains("Picked for") && !home.contains("picked at random"), "{name}: {company}");
            assert_eq!(choices(&road.node).await, 0, "{name}: nothing is chosen for {company}");
        }
        let reader = pages.customer(&first_of(&drawn_out)).await;
        for item in Shelf::starter().unwrap().catalogue.iter() {
            let page = reader.page(&item.path()).await;
            let ways = ["/done\"", "/answer\"", "/ticks\"", "/finish\"", "/remind\""];
            let can_be_done = ways.iter().any(|way| page.contains(way));
            assert!(can_be_done, "{name}: {} is open, and can be finished", item.slug);
        }

        let home = pages.customer(&first_of(&drawn_in)).await.page("/").await;
        assert!(
            home.contains(&format!("Picked for The {drawn_in} Company")) && home.contains("Why"),
            "{name}"
        );
        assert!(choices(&road.node).await > 0, "{name}: what was chosen is kept");

        for (company, told) in [(&drawn_out, true), (&on_no_side, true), (&drawn_in, false)] {
            let output = road.house.command(&["choose", "--contact", &first_of(company)]).output().unwrap();
            let said = String::from_utf8_lossy(&output.stderr);
            assert_eq!(said.contains("keeps its standard order for them"), told, "{name}: {company}: {said}");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_report_names_its_design_and_counts_the_members_who_were_drawn_and_are_due() {
    for road in Road::drawn("365").await {
        let name = road.house.name;
        let (program, comparison) = (road.on("program").await, road.on("comparison").await);
        assert!(road.report("").contains("measures the letters and picks"), "{name}: before any outcome too");
        road.launch().await;
        road.year_ends().await;

        let reading = road.reading();
        assert_eq!(reading["design"], "members", "{name}");
        let main = &reading["numbers"]["measures"][0];
        let families = |side: &str| main[side]["families"].as_u64().unwrap();
        assert_eq!(
            (families("program"), families("comparison")),
            (program.len() as u64, comparison.len() as u64),
            "{name}"
        );
        for (side, renewed) in
            [("program", program.len() - program.len() / 5), ("comparison", comparison.len().div_ceil(2))]
        {
            assert_eq!(main[side]["total"].as_f64(), Some(renewed as f64), "{name}");
        }
        assert!(reading["numbers"]["joined_effect"]["lift"].is_null(), "{name}: nobody joined because asked");
        let numbers_say = reading["decision"]["numbers_say"].as_str().unwrap();
        assert!(!numbers_say.is_empty() && numbers_say != "nothing yet", "{name}: {numbers_say}");
        let steps: Vec<_> = reading["funnel"]["steps"].as_array().unwrap().iter().collect();
        assert_eq!(
            (steps[0]["label"].as_str(), steps[0]["customers"]["count"].as_u64()),
            (Some("Joined"), Some(program.len() as u64)),
            "{name}"
        );

        let page =
            Pages::of(&road.node).await.leader().await.page("/reports/start-well?as-of=2027-01-01").await;
        let forms = [road.report(""), road.report("--csv"), road.report("--json"), page];
        let measured = "drawn among members, so this measures the letters and picks";
        for (place, form) in forms.iter().enumerate() {
            for words in [
                "No comparison customer got a letter before its time was over.",
                "Everyone had joined before the draw.",
                "beside members, picked at random, who get neither",
            ] {
                assert!(form.contains(words), "{name}: form {place} does not say: {words}");
            }
            for words in ["joined by themselves", "without having joined", "measures the whole program"] {
                assert!(!form.contains(words), "{name}: form {place} says: {words}");
            }
            assert!(place == 2 || form.contains(measured), "{name}: form {place} names no design");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn after_its_time_a_family_is_written_to_and_chosen_for_and_counts_where_it_was_put() {
    for road in Road::drawn("30").await {
        let name = road.house.name;
        let (program, comparison) = (road.on("program").await, road.on("comparison").await);
        let first = road.launch().await;
        assert!(road.wrote_to().is_disjoint(&first_of_each(&comparison)), "{name}");
        plan::finish(&road.node.app, JOURNEY).await.unwrap();

        road.node.app.clock.advance(TimeDelta::days(29));
        assert_eq!(comparison::tick(&road.node.app).await.unwrap(), 0, "{name}: not before its time is over");
        road.node.app.clock.advance(TimeDelta::days(1));
        assert_eq!(comparison::tick(&road.node.app).await.unwrap(), comparison.len() as u64, "{name}");
        road.tie(&program[0], &comparison[0]).await;
        let home = Pages::of(&road.node).await.customer(&first_of(&comparison[0])).await.page("/").await;
        assert!(home.contains(&format!("Picked for The {} Company", comparison[0])), "{name}");
        assert_eq!(road.launch().await, comparison.len() as u64, "{name}");
        assert!(road.wrote_to().is_superset(&first_of_each(&comparison)), "{name}");
        assert_eq!(road.server.kept() as u64, first + comparison.len() as u64, "{name}: one letter each");

        road.year_ends().await;
        let reading = road.reading();
        let counted = &reading["numbers"]["measures"][0]["comparison"];
        assert_eq!(
            counted["families"].as_u64(),
            Some(comparison.len() as u64),
            "{name}: {}",
            reading["answer"]
        );
        let served =
            format!("{0} of {0} compared customers got letters once their time was over.", comparison.len());
        assert!(road.report("").contains(&served), "{name}");
        assert!(road.house.run(&["comparison", "verify"]).contains("whole"), "{name}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn merged_members_are_kept_out_together_and_each_counts_where_it_was_put() {
    for road in Road::drawn("365").await {
        let name = road.house.name;
        let (program, comparison) = (road.on("program").await, road.on("comparison").await);
        let (inside, outside) = (&program[0], &comparison[0]);
        road.tie(inside, outside).await;
        assert_eq!(road.launch().await, program.len() as u64 - 1, "{name}");
        assert_eq!(
            road.wrote_to(),
            first_of_each(&program[1..]),
            "{name}: one comparison member keeps all out"
        );
        let pages = Pages::of(&road.node).await;
        let anybody = pages.visitor().page("/").await;
        for company in [inside, outside] {
            let home = pages.customer(&first_of(company)).await.page("/").await;
            assert_eq!(items(&home), items(&anybody), "{name}: {company} keeps the standard order");
        }
        let kinds: Vec<_> = deviation::Entity::find().all(road.node.app.db.read()).await.unwrap();
        assert_eq!(kinds.iter().map(|one| one.kind.as_str()).collect::<Vec<_>>(), ["merged"], "{name}");
        let lines = assignment::Entity::find().all(road.node.app.db.read()).await.unwrap().len();
        assert_eq!(lines, JOINED, "{name}: nobody is drawn again");

        road.year_ends().await;
        let main = &road.reading()["numbers"]["measures"][0];
        let families = |side: &str| main[side]["families"].as_u64().unwrap();
        assert_eq!(
            (families("program"), families("comparison")),
            (program.len() as u64, comparison.len() as u64),
            "{name}"
        );
    }
}
