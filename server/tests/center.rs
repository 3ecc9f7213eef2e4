//! The resource center as its visitors and members come to it: every route, over HTTP and in a real browser.
//!
//! The browser needs Chromium and its driver on the path. Without them its tests say so and are skipped; with CI=true
//! they fail.

#[path = "center/axe.rs"]
mod axe;
#[path = "faces_in_a_browser/browser.rs"]
#[expect(dead_code, reason = "the three faces ask more of a browser than the walk does")]
mod browser;
#[path = "center/differing.rs"]
mod differing;
#[path = "center/disguise.rs"]
mod disguise;
#[path = "center/guest.rs"]
mod guest;
#[path = "center/house.rs"]
mod house;
#[path = "center/keyboard.rs"]
mod keyboard;
#[path = "center/ledger.rs"]
mod ledger;
#[path = "center/line.rs"]
mod line;
#[path = "center/pages.rs"]
mod pages;
#[path = "center/places.rs"]
mod places;
#[path = "center/road.rs"]
mod road;
#[path = "center/scanner.rs"]
mod scanner;
#[path = "center/typing.rs"]
mod typing;

use anyhow::{Context, Result};
use axe::Axe;
use browser::{Browser, Driver};
use differing::DIFFERENCES;
use disguise::Library;
use house::{House, MARIA};
use ledger::Ledger;
use line::Line;
use pages::Seen;
use places::{Place, Shows};
use road::Newcomer;
use thirtyfour::Key;

#[tokio::test]
async fn every_route_of_the_center_can_be_seen_and_shows_what_it_should() -> Result<()> {
    let house = House::on_sqlite().await?;
    let places = places::all(&house).await?;
    places::forgotten(&places).map_err(anyhow::Error::msg)?;
    let (maria, visitor) = (house.member(&MARIA).await?, house.visitor());
    let mut largest = (0, 0);
    for place in &places {
        let at = format!("{} ({})", place.path, place.route);
        if place.members {
            assert_eq!(visitor.get(&place.path).await?.status, 303, "{at} is for members");
        }
        for guest in [Some(&maria), (!place.members).then_some(&visitor)].into_iter().flatten() {
            match place.shows {
                Shows::Page => {
                    let (packed, scripts) = places::is_small(guest, place, &house).await?;
                    largest = (largest.0.max(packed), largest.1.max(scripts));
                }
                Shows::Way => assert!(guest.get(&place.path).await?.leads_to.is_some(), "{at} leads on"),
                Shows::File => {
                    let file = guest.get(&place.path).await?;
                    assert!(file.status == 200 && file.kind != "text/html", "{at}: {file:?}");
                }
            }
        }
    }
    eprintln!(
        "{} addresses; the largest page is {} bytes packed, {} of scripts",
        places.len(),
        largest.0,
        largest.1
    );
    Ok(())
}

#[tokio::test]
async fn every_page_of_the_center_reads_well_for_everybody_at_every_width_by_day_and_by_night() -> Result<()>
{
    let Some(driver) = Driver::start() else { return Ok(()) };
    let axe = Axe::find();
    let house = House::on_sqlite().await?;
    let places = places::all(&house).await?;
    let browser = Browser::open(&driver).await?;
    let mut wrong = Vec::new();
    let mut slowest = (0.0, String::new());
    for signed_in in [false, true] {
        if signed_in {
            browser.go(&house.key_of(&MARIA).await?).await?;
            browser.press("Sign in").await?;
        }
        let seen = |place: &&Place| place.shows == Shows::Page && (signed_in || !place.members);
        for place in places.iter().filter(seen) {
            match axe::looks_right(&browser, axe.as_ref(), &house.url, &place.path).await {
                Ok(painted) if painted > slowest.0 => slowest = (painted, place.path.clone()),
                Ok(_) => {}
                Err(error) => wrong.push(format!("signed in: {signed_in}, {error:#}")),
            }
        }
    }
    eprintln!("the slowest largest paint: {:.0} ms, {}", slowest.0, slowest.1);
    assert!(wrong.is_empty(), "{} pages:\n{}", wrong.len(), wrong.join("\n"));
    Ok(())
}

#[tokio::test]
async fn what_goes_wrong_reads_well_for_everybody_too() -> Result<()> {
    let Some(driver) = Driver::start() else { return Ok(()) };
    let axe = Axe::find();
    let house = House::on_sqlite().await?;
    house.welcome(&[MARIA]).await?;
    let browser = Browser::open(&driver).await?;
    browser.screen(1280, "light").await?;
    for form in ["/join", "/sign-in"] {
        browser.go(&format!("{}{form}", house.url)).await?;
        browser.run("document.querySelector('main form[method=post]').noValidate = true").await?;
        browser.follow("main form[method=post] button.pri").await?;
        assert!(browser.text("[role=alert]").await?.contains("There is a problem"), "{form}");
        // The refusal itself is what the browser would complain of.
        browser.complaints().await?;
        axe::in_every_light(&browser, axe.as_ref(), &house.url, &format!("{form}, sent empty")).await?;
    }
    browser.go(&format!("{}/nothing/here", house.url)).await?;
    browser.complaints().await?;
    axe::in_every_light(&browser, axe.as_ref(), &house.url, "a page that is not there").await
}

/// The addresses that a browser keeps for when the line is down.
const KEPT: &str = "const done = arguments[1]; caches.keys().then(names => Promise.all(names.map(name => \
    caches.open(name).then(kept => kept.keys())))).then(all => done(all.flat().map(one => new URL(one.url).pathname)))";

#[tokio::test]
async fn a_browser_that_loses_the_line_shows_whom_to_call_and_has_kept_nothing_of_anybody() -> Result<()> {
    let Some(driver) = Driver::start() else { return Ok(()) };
    let axe = Axe::find();
    let house = House::on_sqlite().await?;
    house.welcome(&[MARIA]).await?;
    let line = Line::to(&house.url).await?;
    let (browser, url) = (Browser::open(&driver).await?, line.url.clone());
    browser.screen(1280, "light").await?;
    browser.go(&house.key_of(&MARIA).await?.replace(&house.url, &url)).await?;
    browser.press("Sign in").await?;
    browser.wait_until("return !!navigator.serviceWorker.controller").await?;
    browser.go(&format!("{url}/me")).await?;
    assert!(browser.text("main").await?.contains("First name"));
    let kept: Vec<String> = browser.ask_later(KEPT, "").await?;
    assert!(kept.iter().any(|path| path == "/offline"), "{kept:?}");
    assert!(kept.iter().all(|path| path == "/offline" || path.contains(".css")), "{kept:?}");
    assert!(browser.complaints().await?.is_empty());

    line.cut().await;
    browser.go(&format!("{url}/learn?level=starter")).await?;
    let note = browser.text("main").await?;
    assert!(note.contains("You are offline") && note.contains("555-0142"), "{note}");
    assert!(!browser.text("body").await?.contains("Signed in as") && !note.contains("Jo"), "{note}");
    assert_eq!(browser.path().await?, "/learn", "trying again asks for the page that was wanted");
    // That the line is down is what the browser would complain of.
    browser.complaints().await?;
    axe::in_every_light(&browser, axe.as_ref(), &url, "without a line").await
}

/// What is written although nobody pressed anything: that a letter was opened or its link followed, with the verdict
/// whether a person did it; how often a network asked; and words that found nothing, never with who searched for them.
const WRITTEN_BY_A_LOOK: [&str; 3] = ["events", "limits", "searches_without_result"];

#[tokio::test]
async fn a_scanner_that_follows_every_link_of_every_letter_and_page_changes_nothing() -> Result<()> {
    for house in House::everywhere().await? {
        let places = places::all(&house).await?;
        let start: Vec<String> = house.mails().await?.iter().flat_map(scanner::in_mail).collect();
        let open = places.into_iter().filter(|place| !place.members).map(|place| place.path);
        let guest = house.visitor();
        let before = Ledger::read(&house.app).await?;
        let trail = scanner::follow(&guest, &house.url, start.into_iter().chain(open)).await?;
        let changes = before.changes(&Ledger::read(&house.app).await?);

        // Addresses of forms answer a look with 405, what is for members with the way to sign in.
        let broken: Vec<_> = trail.broken.iter().filter(|line| !line.ends_with("405 to GET")).collect();
        assert!(
            broken.iter().all(|line| line.contains("/nothing") || line.contains("worn-out")),
            "{broken:#?}"
        );
        assert!(before.filled() > 20 && trail.seen.len() > 200, "{} addresses", trail.seen.len());
        assert!(trail.elsewhere.is_empty(), "{:?}", trail.elsewhere);
        for (table, change) in &changes {
            let by_a_look = WRITTEN_BY_A_LOOK.contains(&table.as_str());
            assert!(by_a_look, "a look changed {table} on {}: {change:#?}", house.on);
            assert!(table != "events" || change.gone.is_empty(), "{change:#?}");
        }
        if let Some(events) = changes.get("events") {
            let counted = |row: &String| row.contains("opened") || row.contains("clicked");
            assert!(events.added.iter().all(counted), "{events:#?}");
        }
        eprintln!("{}: {} addresses, changed: {:?}", house.on, trail.seen.len(), changes.keys());
        let answer = house.visitor().post(&house.key_of(&MARIA).await?, &[]).await?;
        assert_eq!(answer.status, 303);
    }
    Ok(())
}

#[tokio::test]
async fn two_customers_who_differ_in_one_fact_get_different_pages_and_a_rule_explains_it() -> Result<()> {
    let maria = Seen::everywhere(&MARIA).await?;
    assert_eq!(Seen::everywhere(&MARIA).await?, maria, "the same customer gets the same pages");
    for difference in DIFFERENCES {
        let others = Seen::everywhere(&difference.customer).await?;
        assert_eq!(others.len(), maria.len());
        for ((on, maria), (_, other)) in maria.iter().zip(&others) {
            let explained = difference.is_explained(maria, other);
            explained.with_context(|| format!("another {}, on {on}", difference.asked))?;
        }
    }
    Ok(())
}

#[tokio::test]
async fn a_customer_walks_the_whole_road_with_scripts_and_without() -> Result<()> {
    let Some(driver) = Driver::start() else { return Ok(()) };
    let browser = Browser::open(&driver).await?;
    browser.screen(1280, "light").await?;
    for house in House::everywhere().await? {
        house.welcome(&[MARIA]).await?;
        for (scripts, email, first_name) in
            [(true, "lee@maria.example", "Lee"), (false, "kim@maria.example", "Kim")]
        {
            browser.scripts(scripts).await?;
            let newcomer = Newcomer { browser: &browser, house: &house, email, first_name };
            newcomer.walk().await.with_context(|| format!("scripts: {scripts}, on {}", house.on))?;
        }
    }
    Ok(())
}

#[tokio::test]
async fn scripts_offer_answers_while_a_question_is_typed_and_copy_a_link() -> Result<()> {
    let Some(driver) = Driver::start() else { return Ok(()) };
    let browser = Browser::open(&driver).await?;
    browser.screen(1280, "light").await?;
    let house = House::on_sqlite().await?;
    house.welcome(&[MARIA]).await?;
    typing::asks(&browser, &house).await?;
    typing::copies(&browser, &house).await
}

/// A list of cities, as maps call them.
const OF_CITIES: &str = "/me/facts/timezone";

#[tokio::test]
async fn words_of_ours_come_from_the_files_of_words() -> Result<()> {
    let house = House::disguised().await?;
    let library = Library::read();
    let places = places::all(&house).await?;
    let (maria, visitor) = (house.member(&MARIA).await?, house.visitor());
    let mut written_by_hand = Vec::new();
    for place in places.iter().filter(|place| place.shows == Shows::Page && place.path != OF_CITIES) {
        for guest in [Some(&maria), (!place.members).then_some(&visitor)].into_iter().flatten() {
            let page = guest.page(&place.path).await?;
            let found = disguise::undisguised(&page, &library, &MARIA);
            written_by_hand.extend(found.into_iter().map(|words| format!("{}: {words}", place.path)));
        }
    }
    written_by_hand.dedup();
    assert!(written_by_hand.is_empty(), "{written_by_hand:#?}");
    Ok(())
}

/// Pages on which somebody has something to fill in or to choose.
const WITH_KEYS: [&str; 9] = [
    "/",
    "/learn/greet-callers-after-hours/write-your-greeting",
    "/fix/calls-go-straight-to-voicemail",
    "/ask/new",
    "/ask/new?q=calls+go+to+voicemail",
    "/saved",
    "/me",
    "/me/email",
    "/search?q=voicemial",
];

#[tokio::test]
async fn keys_alone_are_enough_to_join_to_learn_to_ask_and_to_choose() -> Result<()> {
    let Some(driver) = Driver::start() else { return Ok(()) };
    let browser = Browser::open(&driver).await?;
    let house = House::on_sqlite().await?;
    house.welcome(&[MARIA]).await?;
    for width in [1280, 390] {
        browser.screen(width, "light").await?;
        browser.go(&format!("{}/join", house.url)).await?;
        keyboard::walk(&browser).await?;
    }
    browser.go(&format!("{}/join", house.url)).await?;
    browser.keys("#email", "lee@maria.example").await?;
    browser.press_key(Key::Tab).await?;
    browser.keys("#first_name", "Lee").await?;
    browser.keys("#yes", " ").await?;
    browser.leave_by_keys("#first_name", Key::Enter + "").await?;
    assert_eq!(browser.path().await?, "/join/sent");
    browser.go(&house.newest_mail("lee@maria.example").await?.link(&house, "/join/confirm/")?).await?;
    browser.press("Yes, that is right").await?;
    for width in [1280, 390] {
        browser.screen(width, "light").await?;
        for page in WITH_KEYS {
            browser.go(&format!("{}{page}", house.url)).await?;
            keyboard::walk(&browser).await.with_context(|| format!("{width} wide"))?;
        }
    }
    Ok(())
}
