//! The whole house in a real browser: the program itself, a demo world, and the three faces as their people use them.
//!
//! It needs Chromium and its driver on the path. Without them it says so and is skipped; with CI=true it fails.

#[path = "faces_in_a_browser/browser.rs"]
mod browser;
#[path = "faces_in_a_browser/house.rs"]
mod house;

use std::collections::BTreeSet;

use anyhow::Result;
use browser::{Browser, Driver};
use house::House;
use serde::Deserialize;
use thirtyfour::Key;

/// Every line of a campaign's table as [name, number, class of the line].
const STATES: &str = "return [...document.querySelectorAll('table.sum tr')].map(row => \
    [row.querySelector('th').firstChild.textContent.trim(), row.querySelector('td').textContent.trim(), row.className])";
/// The purposes for which letters are allowed, as the choices page shows them.
const ALLOWED: &str =
    "return [...document.querySelectorAll('fieldset:first-of-type input:checked')].map(box => box.value)";
/// What answers behind a link, asked for as this browser would ask.
const FETCHED: &str = "const done = arguments[1]; fetch(arguments[0]).then(async answer => done({ status: answer.status, \
    kind: answer.headers.get('content-type'), policy: answer.headers.get('content-security-policy'), text: await answer.text() }))";

#[derive(Debug, Deserialize)]
struct Fetched {
    status: u16,
    kind: String,
    policy: String,
    text: String,
}

#[tokio::test]
async fn the_three_faces_work_in_a_real_browser() -> Result<()> {
    let Some(driver) = Driver::start() else { return Ok(()) };
    let house = House::open();
    let browser = Browser::open(&driver).await?;
    a_refusal_would_be_seen(&browser, &house).await?;
    a_member_is_greeted_and_finishes_what_is_offered(&browser, &house).await?;
    a_lesson_works_with_scripts_and_without(&browser, &house).await?;
    suggestions_are_reached_and_left_with_keys(&browser, &house).await?;
    a_search_works_without_scripts(&browser, &house).await?;
    an_admin_finds_and_reads_letters(&browser, &house).await?;
    the_counts_of_a_campaign_add_up(&browser, &house).await?;
    looking_at_a_stop_link_changes_nothing_and_pressing_stops(&browser, &house).await?;
    a_program_lead_reads_the_answer(&browser, &house).await
}

/// What the pages are trusted for below: the browser says so when a page asks for what its policy forbids.
async fn a_refusal_would_be_seen(browser: &Browser, house: &House) -> Result<()> {
    browser.go(&house.page("/")).await?;
    assert_eq!(browser.complaints().await?, Vec::<String>::new());
    browser.run("new Image().src = 'http://127.0.0.1:9/elsewhere.png'").await?;
    let complaints = browser.complaints().await?;
    assert!(complaints.iter().any(|line| line.contains("Content Security Policy")), "{complaints:?}");
    Ok(())
}

async fn a_member_is_greeted_and_finishes_what_is_offered(browser: &Browser, house: &House) -> Result<()> {
    browser.go(&house.member).await?;
    browser.looks_right().await?;
    let welcome = browser.text("h1").await?;
    let name = welcome.rsplit(", ").next().unwrap_or_default();
    browser.press("Sign in").await?;
    assert_eq!(browser.path().await?, "/");
    browser.looks_right().await?;
    let greeting = browser.text("h1").await?;
    assert!(!name.is_empty() && greeting.contains(name), "{greeting} does not greet {name}");

    assert_eq!(browser.text(".next .because").await?, "", "the reason waits until it is asked for");
    browser.open_up(".next summary").await?;
    assert!(browser.text(".next .because").await?.len() > 10, "there is no reason");

    let offered = browser.text(".next h2").await?;
    browser.follow(".next a.btn").await?;
    assert_eq!(browser.text("h1").await?, offered);
    go_through_the_lesson(browser).await?;
    assert!(browser.text("main").await?.contains("It is kept"));

    browser.go(&house.page("/")).await?;
    assert_ne!(browser.text(".next h2").await?, offered, "what is finished is offered again");
    Ok(())
}

/// Goes on from step to step, and finishes.
async fn go_through_the_lesson(browser: &Browser) -> Result<()> {
    let mut seen = BTreeSet::new();
    while !browser.path().await?.ends_with("/finished") {
        assert!(seen.insert(browser.path().await?), "the lesson does not go on: {seen:?}");
        browser.looks_right().await?;
        browser.follow(".pn .pri").await?;
    }
    browser.looks_right().await
}

/// With scripts, ticks and answers need no new page; without them, the same buttons do the same.
async fn a_lesson_works_with_scripts_and_without(browser: &Browser, house: &House) -> Result<()> {
    let step = house.page("/learn/greet-callers-after-hours/write-your-greeting");
    let ticked = "return document.querySelectorAll('.do input:checked').length";
    for scripts in [true, false] {
        browser.scripts(scripts).await?;
        browser.go(&house.page("/learn")).await?;
        browser.looks_right().await?;
        browser.go(&step).await?;
        let before: usize = browser.ask(ticked).await?;
        browser.open_up(".do input").await?;
        if scripts {
            browser.wait_for("[data-kept]", "Kept.").await?;
        } else {
            browser.press("Keep my ticks").await?;
        }
        browser.go(&step).await?;
        assert_ne!(browser.ask::<usize>(ticked).await?, before, "the tick is gone, scripts: {scripts}");

        assert_eq!(browser.text(".verdict").await?, "", "nothing is answered yet");
        browser.open_up(".opt:nth-of-type(1) input").await?;
        if scripts {
            browser.open_up("[data-check] button").await?;
        } else {
            browser.press("See the answer").await?;
        }
        let verdict = browser.text(".verdict").await?;
        assert!(verdict.contains("Not quite") && verdict.len() > 60, "{verdict}, scripts: {scripts}");
        browser.looks_right().await?;
        go_through_the_lesson(browser).await?;
    }
    browser.scripts(true).await
}

/// The state of the field as a screen reader is told it: whether its list is open, what is pointed at, how many there are.
const FIELD: &str = "const field = document.querySelector('#q'); \
    const at = document.getElementById(field.getAttribute('aria-activedescendant')); \
    return [field.getAttribute('role'), field.getAttribute('aria-expanded'), at ? at.textContent : '', \
        at ? at.getAttribute('aria-selected') : '']";

async fn suggestions_are_reached_and_left_with_keys(browser: &Browser, house: &House) -> Result<()> {
    let told = async || browser.ask::<[String; 4]>(FIELD).await;
    browser.go(&house.page("/")).await?;
    browser.keys("#q", "voicem").await?;
    browser
        .wait_until("return document.querySelectorAll('#q-list:not([hidden]) [role=option]').length > 0")
        .await?;
    let options = browser.texts("#q-list [role=option]").await?;
    assert!(options.len() <= 6, "{options:?}");
    assert_eq!(told().await?, ["combobox", "true", "", ""]);
    browser.looks_right().await?;

    browser.keys("#q", Key::Down + Key::Down + Key::Up).await?;
    assert_eq!(told().await?, ["combobox", "true", options[0].as_str(), "true"]);
    browser.press_key(Key::Up).await?;
    assert_eq!(told().await?[2], "", "above the first stands the field itself");
    browser.keys("#q", Key::Down + Key::Escape).await?;
    assert_eq!(told().await?, ["combobox", "false", "", ""]);
    assert_eq!(browser.path().await?, "/", "Esc closes the list and no more");

    browser.keys("#q", "a").await?;
    browser
        .wait_until("return document.querySelectorAll('#q-list:not([hidden]) [role=option]').length > 0")
        .await?;
    browser.leave_by_keys("#q", Key::Down + Key::Enter).await?;
    assert_ne!(browser.path().await?, "/", "Enter takes what is pointed at");
    browser.looks_right().await
}

async fn a_search_works_without_scripts(browser: &Browser, house: &House) -> Result<()> {
    browser.scripts(false).await?;
    browser.go(&house.page("/learn")).await?;
    browser.leave_by_keys("#qh", "voicemial" + Key::Enter).await?;
    assert_eq!(browser.path().await?, "/search");
    let page = browser.text("main").await?;
    assert!(page.contains("Showing results for voicemail."), "{page}");
    browser.looks_right().await?;
    browser.follow(".results a").await?;
    browser.looks_right().await?;

    browser.go(&house.page("/search?q=quarkslibber")).await?;
    let page = browser.text("main").await?;
    assert!(page.contains("quarkslibber"), "{page}");
    browser.looks_right().await?;
    browser.scripts(true).await
}

async fn an_admin_finds_and_reads_letters(browser: &Browser, house: &House) -> Result<()> {
    browser.go(&house.admin).await?;
    browser.looks_right().await?;
    browser.press("Sign in").await?;
    assert_eq!(browser.path().await?, "/console");
    browser.looks_right().await?;

    browser.go(&house.page("/console/outbox")).await?;
    browser.looks_right().await?;
    let readers = browser.texts("tbody th").await?;
    assert_eq!(readers.len(), 50, "a page of the outbox");
    let reader = readers.last().expect("there are letters");
    browser.search(reader).await?;
    let found = browser.texts("tbody th").await?;
    assert!(!found.is_empty() && found.iter().all(|to| to == reader), "{reader}: {found:?}");
    browser.looks_right().await?;

    browser.follow("tbody td a").await?;
    browser.looks_right().await?;
    let frame: (String, bool, String) = browser
        .ask("const f = document.querySelector('iframe.letter'); return [f.getAttribute('sandbox'), f.contentDocument === null, f.src]")
        .await?;
    assert_eq!((frame.0.as_str(), frame.1), ("", true), "the letter is shut in, and out of reach");
    let letter: Fetched = browser.ask_later(FETCHED, &frame.2).await?;
    assert_eq!((letter.status, letter.policy.starts_with("sandbox;")), (200, true), "{}", letter.policy);
    let subject = browser.text("h1").await?;
    assert!(!subject.is_empty() && browser.text_in_frame("iframe.letter").await?.contains("Hello"));

    browser.go(&house.page("/console/outbox")).await?;
    browser.search("nobody@nowhere.example").await?;
    assert!(browser.text("main").await?.contains("No letter to “nobody@nowhere.example”"));
    browser.looks_right().await
}

async fn the_counts_of_a_campaign_add_up(browser: &Browser, house: &House) -> Result<()> {
    browser.go(&house.page("/console/campaigns")).await?;
    browser.looks_right().await?;
    let campaigns: Vec<(String, String)> = browser
        .ask("return [...document.querySelectorAll('tbody tr')].map(row => [row.querySelector('a').href, row.querySelector('td:last-child').innerText])")
        .await?;
    assert_eq!(campaigns.len(), 3, "{campaigns:?}");
    for (href, progress) in campaigns {
        browser.go(&href).await?;
        browser.looks_right().await?;
        let lines: Vec<(String, usize, String)> = browser
            .ask::<Vec<(String, String, String)>>(STATES)
            .await?
            .into_iter()
            .map(|(name, number, class)| Ok((name, number.replace(',', "").parse()?, class)))
            .collect::<Result<_>>()?;
        let sum = |class: &str| lines.iter().filter(|line| line.2 == class).map(|line| line.1).sum::<usize>();
        let skipped = lines.iter().find(|line| line.0 == "Skipped").expect("a line for the skipped").1;
        let total = sum("total");
        assert!(total > 0 && sum("") == total && sum("sub") == skipped, "{href}: {lines:?}");
        assert!(progress.contains(&format!("of {total} ")), "{progress} beside {total} in all");
    }
    Ok(())
}

async fn looking_at_a_stop_link_changes_nothing_and_pressing_stops(
    browser: &Browser,
    house: &House,
) -> Result<()> {
    let (choices, stop) = links_of_somebody_who_gets_letters(browser, house).await?;
    browser.go(&choices).await?;
    browser.looks_right().await?;
    let before: Vec<String> = browser.ask(ALLOWED).await?;
    assert!(!before.is_empty());

    browser.go(&stop).await?;
    browser.looks_right().await?;
    browser.go(&choices).await?;
    assert_eq!(
        browser.ask::<Vec<String>>(ALLOWED).await?,
        before,
        "a look at the stop link changed something"
    );

    browser.go(&stop).await?;
    browser.press("Stop all e-mails").await?;
    browser.looks_right().await?;
    browser.go(&choices).await?;
    assert_eq!(browser.ask::<Vec<String>>(ALLOWED).await?, Vec::<String>::new(), "letters are still allowed");
    Ok(())
}

/// The links to choose and to stop, as they stand in the plain text of the newest letter whose reader allows more.
async fn links_of_somebody_who_gets_letters(browser: &Browser, house: &House) -> Result<(String, String)> {
    browser.go(&house.page("/console/outbox")).await?;
    let letters: Vec<String> =
        browser.ask("return [...document.querySelectorAll('tbody td a')].map(link => link.href)").await?;
    for letter in letters {
        browser.go(&letter).await?;
        let text = browser.text("pre.plain").await?;
        let link = |kind: &str| {
            let start = house.page(kind);
            text.split_whitespace().find(|word| word.starts_with(&start)).map(str::to_owned)
        };
        let both = (link("/p/").expect("a link to choose"), link("/u/").expect("a link to stop"));
        browser.go(&both.0).await?;
        if !browser.ask::<Vec<String>>(ALLOWED).await?.is_empty() {
            return Ok(both);
        }
    }
    panic!("nobody in the newest page of the outbox allows letters any more")
}

async fn a_program_lead_reads_the_answer(browser: &Browser, house: &House) -> Result<()> {
    browser.go(&house.lead).await?;
    browser.press("Sign in").await?;
    assert_eq!(browser.path().await?, "/reports");
    browser.looks_right().await?;

    browser.go(&house.page("/reports/renewal-2026")).await?;
    browser.looks_right().await?;
    let answer = browser.text("h1").await?;
    assert!(answer.len() > 20 && answer.ends_with('.'), "{answer} is no sentence");
    let csv: String = browser.ask("return document.querySelector('header a[href*=csv]').href").await?;
    let table: Fetched = browser.ask_later(FETCHED, &csv).await?;
    assert_eq!((table.status, table.kind.as_str()), (200, "text/csv; charset=utf-8"));
    let mut lines = table.text.lines();
    let columns = lines.next().unwrap_or_default().split(',').count();
    assert!(columns > 2 && lines.count() > 2, "{}", table.text);
    Ok(())
}
