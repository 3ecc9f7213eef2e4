//! Light or dark by the visitor's own choice, the mark of a vendor, and what somebody sees who is lost.

use reqwest::header::{LOCATION, REFERER};

use super::center::page;
use super::world::{self, cookie};

#[tokio::test]
async fn a_visitor_chooses_the_light_and_is_led_back_to_where_they_stood() {
    for house in world::open().await {
        let anybody = house.visitor();
        assert!(!page(&anybody, "/learn").await.contains("data-theme"), "on {}", house.on);
        let stood = format!("{}/learn?level=starter", house.url);
        let answer =
            anybody.post("/look").header(REFERER, stood).form(&[("look", "dark")]).send().await.unwrap();
        assert_eq!(
            (answer.status().as_u16(), &answer.headers()[LOCATION]),
            (303, &"/learn?level=starter".parse().unwrap())
        );
        let in_the_dark = anybody.with_cookie(&cookie(&answer));
        assert!(page(&in_the_dark, "/learn").await.contains("data-theme=\"dark\""), "on {}", house.on);

        let answer = in_the_dark.post("/look").form(&[("look", "system")]).send().await.unwrap();
        let forgotten = answer.headers()["set-cookie"].to_str().unwrap().to_owned();
        assert!(forgotten.contains("Max-Age=0"), "{forgotten}, on {}", house.on);
        let odd = anybody.with_cookie("rapport-look=\"><script>");
        assert!(!page(&odd, "/learn").await.contains("data-theme"), "on {}", house.on);
    }
}

#[tokio::test]
async fn there_is_no_mark_but_the_vendors_own() {
    for house in world::open().await {
        assert_eq!(house.visitor().get("/mark").await.status(), 404, "on {}", house.on);
    }
}

#[tokio::test]
async fn who_is_lost_finds_the_search_the_doors_and_a_person() {
    for house in world::open().await {
        let answer = house.visitor().get("/nowhere").await;
        assert_eq!(answer.status(), 404, "on {}", house.on);
        let html = answer.text().await.unwrap();
        for way in [
            "There is nothing here",
            "action=\"/search\"",
            "class=\"door \" href=\"/learn\"",
            "href=\"tel:555-0142\"",
        ] {
            assert!(html.contains(way), "no {way} on {}: {html}", house.on);
        }
        let refused = house.visitor().post("/look").body(vec![b'x'; 3_000_000]).send().await.unwrap();
        let html = refused.text().await.unwrap();
        assert!(
            html.contains("<title>Error: ") && !html.contains("action=\"/search\""),
            "on {}: {html}",
            house.on
        );
    }
}
