//! The road of one customer, from the first look to the last, as they walk it in a browser.

use std::collections::BTreeSet;

use anyhow::{Context, Result, ensure};

use crate::browser::Browser;
use crate::guest::form_token;
use crate::house::{House, MARIA};

/// Somebody who works at a company that is a customer, and has never been here.
pub struct Newcomer<'a> {
    /// Their browser.
    pub browser: &'a Browser,
    /// Where they go.
    pub house: &'a House,
    /// Their address.
    pub email: &'a str,
    /// What they are called.
    pub first_name: &'a str,
}

/// What is ticked among the purposes of letters.
const TICKED: &str = "return [...document.querySelectorAll('.choices fieldset:first-of-type input:checked')].map(box => box.value)";

impl Newcomer<'_> {
    /// All of it.
    pub async fn walk(&self) -> Result<()> {
        self.joins().await.context("joining")?;
        let lesson = self.says_who_they_are().await.context("the welcome")?;
        self.finishes(&lesson).await.context("the first lesson")?;
        self.asks_and_accepts().await.context("asking")?;
        self.shares_a_shelf().await.context("a shelf")?;
        self.changes_their_choices().await.context("the choices")?;
        self.downloads().await.context("the download")?;
        self.leaves().await.context("leaving")
    }

    async fn go(&self, path: &str) -> Result<()> {
        self.browser.go(&format!("{}{path}", self.house.url)).await
    }

    /// From the card of the first page to the button behind the link in the letter.
    async fn joins(&self) -> Result<()> {
        let browser = self.browser;
        self.go("/").await?;
        browser.follow("main a[href='/join']").await?;
        browser.press("Send me the link to join").await?;
        ensure!(
            browser.text("[role=alert]").await?.contains("There is a problem"),
            "an empty form is refused"
        );
        browser.keys("#email", self.email).await?;
        browser.keys("#first_name", self.first_name).await?;
        browser.open_up("#yes").await?;
        browser.press("Send me the link to join").await?;
        ensure!(browser.path().await? == "/join/sent");

        let letter = self.house.newest_mail(self.email).await?;
        browser.go(&letter.link(self.house, "/join/confirm/")?).await?;
        browser.press("Yes, that is right").await
    }

    /// Five questions, one tap each; they end at the first step of a lesson.
    async fn says_who_they_are(&self) -> Result<String> {
        let browser = self.browser;
        ensure!(browser.text("main").await?.contains(self.first_name), "they are greeted by their name");
        for answer in ["Just starting", "Health or dental", "5 to 9", "I’m new to this", "Be shown"] {
            browser.press(answer).await?;
        }
        let path = browser.path().await?;
        ensure!(path.starts_with("/learn/"), "the welcome ends at {path}");
        browser.text("h1").await
    }

    /// Through every step of the lesson that stands open, to what comes after it.
    async fn finishes(&self, lesson: &str) -> Result<()> {
        let browser = self.browser;
        let mut seen = BTreeSet::new();
        while !browser.path().await?.ends_with("/finished") {
            ensure!(seen.insert(browser.path().await?), "the lesson does not go on: {seen:?}");
            browser.follow(".pn .pri").await?;
        }
        let page = browser.text("main").await?;
        ensure!(page.contains(lesson) && page.contains("It is kept"), "{page}");
        // One follow-up, or for a random tenth the picks of any other day.
        let offered = browser.texts(".nxt a.btn, .finish .pick a").await?;
        ensure!(!offered.is_empty(), "nothing is offered after {lesson}");
        browser.follow(".nxt a.btn, .finish .pick a").await?;
        let next = browser.text("h1").await?;
        ensure!(next != lesson, "{next} is offered again");

        self.go("/").await?;
        ensure!(browser.text(".next h2").await? != lesson, "what is finished is offered again");
        self.go("/learn").await?;
        ensure!(
            browser.texts(".is-done h3").await?.contains(&lesson.to_owned()),
            "{lesson} is not marked as done"
        );
        Ok(())
    }

    /// A question; a colleague's reply; that it solved it.
    async fn asks_and_accepts(&self) -> Result<()> {
        let browser = self.browser;
        let question = format!("How does {} stop no-shows on Mondays?", self.first_name);
        self.go("/ask/new").await?;
        browser.keys("#q", &question).await?;
        browser.press("Check for answers").await?;
        browser.keys("#details", "We call the day before, and they still forget.").await?;
        browser.press("Look at it first").await?;
        browser.press("Post my question").await?;
        ensure!(browser.text("h1").await? == question);
        let path = browser.path().await?;

        let colleague = self.house.member(&MARIA).await?;
        let token = form_token(&colleague.page(&path).await?)?.to_owned();
        let reply = [("form_token", token.as_str()), ("body", "We send two reminders, and that did it.")];
        let answer = colleague.post(&format!("{path}/replies"), &reply).await?;
        ensure!(answer.status == 303, "the reply is not taken: {answer:?}");

        self.go(&path).await?;
        ensure!(browser.text("main").await?.contains("two reminders"), "the reply is not there");
        browser.press("This solved it").await?;
        self.go(&path).await?;
        ensure!(
            browser.text(".reply.solved").await?.contains("two reminders"),
            "it is not marked as the answer"
        );
        Ok(())
    }

    /// A lesson goes on a new shelf, and the shelf out by a link that names who shares it, until it is ended.
    async fn shares_a_shelf(&self) -> Result<()> {
        let browser = self.browser;
        self.go("/learn/greet-callers-after-hours/set-your-hours").await?;
        browser.open_up(".save-box summary").await?;
        browser.keys("#title", "Front desk").await?;
        browser.press("Save it").await?;
        ensure!(
            browser.text("#save [role=status]").await?.contains("Front desk"),
            "it is not said where it is"
        );
        browser.follow("#save a[href^='/saved/']").await?;
        let shelf = browser.path().await?;
        ensure!(browser.texts(".pieces h2").await?.len() == 1, "the lesson is not on the shelf");
        browser.press("Make a link").await?;
        let link: String = browser.ask("return document.querySelector('input.url').value").await?;
        browser.go(&link).await?;
        let shared = browser.text("main").await?;
        ensure!(
            shared.contains(&format!("{} at ", self.first_name)) && shared.contains("Front desk"),
            "{shared}"
        );
        browser.go(&format!("{}{shelf}", self.house.url)).await?;
        browser.follow(".links .card form button").await?;
        ensure!(browser.text("main").await?.contains("No link of yours is open"), "the link is open still");
        browser.go(&link).await?;
        ensure!(browser.text("h1").await? == "This link does not open any more");
        browser.complaints().await?; // that an ended link is not found
        Ok(())
    }

    /// Fewer letters, from the foot of any page; and the same again on the next visit.
    async fn changes_their_choices(&self) -> Result<()> {
        let browser = self.browser;
        self.go("/").await?;
        browser.follow("footer a[href^='/p/'], footer a[href^='/me/email']").await?;
        let before: Vec<String> = browser.ask(TICKED).await?;
        ensure!(before.iter().any(|one| one == "training"), "joining allows lessons: {before:?}");
        browser.open_up("input[name=purpose][value=community]").await?;
        browser.press("Save my choices").await?;
        ensure!(browser.text("main [role=status]").await?.contains("Saved."));
        let after: Vec<String> = browser.ask(TICKED).await?;
        let fewer: Vec<_> = before.iter().filter(|one| *one != "community").cloned().collect();
        ensure!(after == fewer, "{before:?} became {after:?}");
        Ok(())
    }

    /// Everything about them in two files.
    async fn downloads(&self) -> Result<()> {
        let browser = self.browser;
        self.go("/me").await?;
        ensure!(browser.text("main").await?.contains(self.first_name));
        let files: Vec<String> = browser
            .ask("return [...document.querySelectorAll('a[download]')].map(link => link.href)")
            .await?;
        ensure!(files.len() == 2, "{files:?}");
        for file in files {
            let text: String = browser
                .ask_later("fetch(arguments[0]).then(answer => answer.text()).then(arguments[1])", &file)
                .await?;
            for known in [self.email, self.first_name, "no-shows on Mondays", "Front desk"] {
                ensure!(text.contains(known), "{file} does not hold {known}");
            }
        }
        Ok(())
    }

    /// Out everywhere, and no letter is allowed any more.
    async fn leaves(&self) -> Result<()> {
        let browser = self.browser;
        self.go("/me").await?;
        browser.follow("a[href='/me/leave']").await?;
        browser.press("Leave").await?;
        ensure!(browser.path().await? == "/me/left");
        self.go("/").await?;
        ensure!(browser.text(".hd .who-here").await? == "Sign in", "they are greeted still");
        self.go("/me").await?;
        ensure!(browser.path().await? == "/sign-in", "they are still signed in");
        Ok(())
    }
}
