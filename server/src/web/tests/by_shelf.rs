//! Lessons by the shelf they stand on: the reader's own, and ours for who has none.

use super::asking::{location, press};
use super::center::{page, signed_in};
use super::world::{self, House, Visitor};

const LESSON: &str = "/learn/greet-callers-after-hours";

/// The chips under "Shelf": label by address.
fn shelves(html: &str) -> Vec<(String, String)> {
    let Some(row) = html.split("id=\"by-shelf\"").nth(1) else { return Vec::new() };
    let row = row.split("</ul>").next().unwrap();
    let chip = |chip: &str| {
        let href = chip.split('"').next().unwrap().replace("&amp;", "&");
        (href, chip.split('>').nth(1).unwrap_or_default().split('<').next().unwrap().to_owned())
    };
    row.split("href=\"").skip(1).map(chip).collect()
}

/// A shelf of one's own, and where it is.
async fn shelf(who: &Visitor, title: &str) -> String {
    let made = press(who, "/saved", "/saved", &[("title", title)]).await;
    location(&made).rsplit('/').next().unwrap().split('?').next().unwrap().to_owned()
}

/// How many lessons stand on a page in their places.
fn cards(html: &str) -> usize {
    html.split("<main").nth(1).unwrap().matches("href=\"/learn/").count()
}

async fn choose(house: &House) -> (Visitor, String, String) {
    let maria = signed_in(house).await;
    let (desk, empty) = (shelf(&maria, "Front <desk>").await, shelf(&maria, "Later").await);
    let item = ("item", "greet-callers-after-hours");
    press(&maria, "/saved", "/saved/keep", &[item, ("shelf", &desk)]).await;
    (maria, desk, empty)
}

#[tokio::test]
async fn lessons_are_chosen_by_a_shelf_of_ones_own_and_an_empty_one_shows_the_nearest() {
    for house in world::open().await {
        let (maria, desk, empty) = choose(&house).await;
        let chips = shelves(&page(&maria, "/learn").await);
        let titles: Vec<_> = chips.iter().map(|(_, title)| title.as_str()).collect();
        assert_eq!(titles, ["Front &lt;desk&gt;", "Later"], "on {}", house.on);
        assert_eq!(chips[0].0, format!("/learn?shelf={desk}"), "on {}", house.on);

        let html = page(&maria, &format!("/learn?shelf={desk}")).await;
        assert!(cards(&html) == 1 && html.contains(LESSON), "on {}", house.on);
        assert!(html.contains("aria-current=\"true\"") && html.contains("Show all lessons"));
        let with_more = shelves(&page(&maria, &format!("/learn?minutes=10&shelf={desk}")).await);
        assert_eq!(with_more[0].0, "/learn?minutes=10", "choosing it again takes it away, on {}", house.on);

        let html = page(&maria, &format!("/learn?shelf={empty}")).await;
        assert!(html.contains("The nearest we have") && cards(&html) == 3, "on {}", house.on);
        assert!(!html.contains("Ask for this lesson") && !html.contains("Noted."), "on {}", house.on);
    }
}

#[tokio::test]
async fn nobody_chooses_by_the_shelf_of_another_and_who_has_none_chooses_by_ours() {
    for house in world::open().await {
        let (_, desk, _) = choose(&house).await;
        let visitor = house.visitor();
        let all = page(&visitor, "/learn").await;
        let theirs = page(&visitor, &format!("/learn?shelf={desk}")).await;
        assert!(cards(&theirs) == cards(&all) && !theirs.contains("Front"), "on {}", house.on);

        let chips = shelves(&all);
        assert!(chips.len() > 2 && chips.iter().all(|(href, _)| href.starts_with("/learn?shelf=")));
        let (first, _) = &chips[0];
        let ours = page(&visitor, first).await;
        assert!((1..cards(&all)).contains(&cards(&ours)), "{first} on {}", house.on);
    }
}
