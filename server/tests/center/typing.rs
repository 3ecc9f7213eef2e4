//! What scripts add for those who type and copy: pages that may answer a question already, and a button beside a link.

use anyhow::{Result, ensure};
use thirtyfour::Key;

use super::browser::Browser;
use super::guest::form_token;
use super::house::{House, MARIA};

const QUESTION: &str = "Why do calls go to voicemail";
const FOCUS_IS_THERE: &str = "return document.activeElement.id";
const OFFERED: &str = "return !document.querySelector('[data-similar]').hidden";

/// Types a question: what may answer it comes by itself and is said, the focus stays, and whoever looked at one of them
/// finds their words again.
pub async fn asks(browser: &Browser, house: &House) -> Result<()> {
    for (page, field) in [("/ask/new", "q"), ("/ask/new?details=The+light+is+red", "title")] {
        let css = format!("#{field}");
        browser.go(&format!("{}{page}", house.url)).await?;
        ensure!(!browser.ask::<bool>(OFFERED).await?, "{page} offers something before a word is typed");
        browser.keys(&css, QUESTION).await?;
        browser.wait_until(OFFERED).await?;
        let said = browser
            .ask::<String>("return document.querySelector('[data-similar] + [role=status]').textContent");
        ensure!(said.await?.contains("may answer it already"), "{page} does not say what it offers");
        ensure!(browser.ask::<String>(FOCUS_IS_THERE).await? == field, "{page} takes the focus away");
        let links = browser.texts("[data-similar] a").await?;
        ensure!((1..=5).contains(&links.len()), "{links:?}");
        if field == "title" {
            browser.keys("#details", " today").await?;
            browser.open_up("input[name=asked_of][value=expert]").await?;
        }
        browser.follow("[data-similar] a").await?;
        ensure!(!browser.path().await?.starts_with("/ask/new"), "the link leads nowhere");
        browser.run("history.back()").await?;
        browser
            .wait_until("return location.pathname === '/ask/new' && document.readyState === 'complete'")
            .await?;
        let kept = format!("return document.querySelector('{css}').value === '{QUESTION}'");
        browser.wait_until(&kept).await?;
        if field == "title" {
            let rest = "return document.querySelector('#details').value === 'The light is red today' \
                && document.querySelector('[name=asked_of]:checked').value === 'expert'";
            browser.wait_until(rest).await?;
        }
    }
    let complaints = browser.complaints().await?;
    ensure!(complaints.is_empty(), "{complaints:?}");
    Ok(())
}

/// Copies a link that Maria made, and puts it into a field.
pub async fn copies(browser: &Browser, house: &House) -> Result<()> {
    let maria = house.member(&MARIA).await?;
    let token = form_token(&maria.page("/saved").await?)?.to_owned();
    let item = [("form_token", token.as_str()), ("item", "greet-callers-after-hours"), ("days", "30")];
    maria.post("/saved/links", &item).await?;
    browser.go(&house.key_of(&MARIA).await?).await?;
    browser.press("Sign in").await?;
    browser.go(&format!("{}/saved", house.url)).await?;
    browser.open_up("[data-copy]").await?;
    browser.wait_for(".copies [role=status]", "Copied").await?;
    browser.keys("#title", Key::Control + "v").await?;
    let same = "return document.querySelector('#title').value === document.querySelector('input.url').value.slice(0, 80)";
    browser.wait_until(same).await?;
    let complaints = browser.complaints().await?;
    ensure!(complaints.is_empty(), "{complaints:?}");
    Ok(())
}
