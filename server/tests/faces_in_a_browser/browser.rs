//! Chromium behind its driver, and what we ask of every page that it shows.

use std::collections::BTreeSet;
use std::io::{ErrorKind, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::json;
use tempfile::TempDir;
use thirtyfour::error::WebDriverResult;
use thirtyfour::{
    By, ChromiumLikeCapabilities, DesiredCapabilities, Key, LoggingPrefsLogLevel, TypingData, WebDriver,
    WebElement,
};
use tokio::time::sleep;

/// A desk and a hand.
const WIDTHS: [u32; 2] = [390, 1280];

/// How long the driver may take to start, and a page to follow a click.
const PATIENCE: Duration = Duration::from_secs(20);

const FLAGS: [&str; 8] = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
];

/// The driver's process. Dropped, it closes the browsers that it opened, and ends.
#[derive(Debug)]
pub struct Driver {
    port: u16,
    process: Child,
    profile: TempDir,
}

impl Driver {
    /// Starts it on a free port, or says that it is not there.
    pub fn start() -> Option<Self> {
        let free = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr());
        let port = free.expect("a free port").port();
        let profile = tempfile::tempdir().expect("a temporary folder");
        let mut command = Command::new("chromedriver");
        command.arg(format!("--port={port}")).stdout(Stdio::null()).stderr(Stdio::null());
        match command.spawn() {
            Ok(process) => {
                let driver = Self { port, process, profile };
                driver.wait_until_it_answers();
                Some(driver)
            }
            Err(error) if error.kind() == ErrorKind::NotFound => {
                let ci = std::env::var("CI").is_ok_and(|ci| ci == "true");
                assert!(!ci, "there is no chromedriver on the path: in CI that is a failure");
                eprintln!("SKIPPED: the faces in a real browser. There is no chromedriver on the path.");
                None
            }
            Err(error) => panic!("chromedriver does not start: {error}"),
        }
    }

    fn wait_until_it_answers(&self) {
        let start = Instant::now();
        while TcpStream::connect(("127.0.0.1", self.port)).is_err() {
            assert!(start.elapsed() < PATIENCE, "chromedriver does not answer");
            thread::sleep(Duration::from_millis(50));
        }
    }

    /// Asks it to close every browser and to end.
    fn shut_down(&self) -> std::io::Result<()> {
        let mut line = TcpStream::connect(("127.0.0.1", self.port))?;
        line.set_read_timeout(Some(Duration::from_secs(5)))?;
        write!(line, "GET /shutdown HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nConnection: close\r\n\r\n", self.port)?;
        line.read_to_end(&mut Vec::new())?;
        Ok(())
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        self.shut_down().ok();
        self.process.kill().ok();
        self.process.wait().ok();
    }
}

/// One window.
#[derive(Debug)]
pub struct Browser {
    window: WebDriver,
}

#[derive(Debug, Deserialize)]
struct Seen {
    needs: u32,
    has: u32,
    headings: usize,
    night: bool,
    ground: String,
}

impl Browser {
    /// Opens a window that nobody used before. It closes with its driver.
    pub async fn open(driver: &Driver) -> Result<Self> {
        rustls::crypto::ring::default_provider().install_default().ok();
        let mut wanted = DesiredCapabilities::chrome();
        for flag in FLAGS {
            wanted.add_arg(flag)?;
        }
        wanted.add_arg(&format!("--user-data-dir={}", driver.profile.path().display()))?;
        wanted.set_browser_log_level(LoggingPrefsLogLevel::All)?;
        let window = WebDriver::new(format!("http://127.0.0.1:{}", driver.port), wanted)
            .await
            .context("opening Chromium")?;
        window.clone().leak()?; // the driver closes it, also when a test ends in the middle
        Ok(Self { window })
    }

    /// Goes to an address.
    pub async fn go(&self, address: &str) -> Result<()> {
        Ok(self.window.goto(address).await?)
    }

    /// Where we are.
    pub async fn path(&self) -> Result<String> {
        Ok(self.window.current_url().await?.path().to_owned())
    }

    async fn find(&self, css: &str) -> Result<WebElement> {
        let place = self.path().await?;
        self.window.find(By::Css(css)).await.with_context(|| format!("{place} has no {css}"))
    }

    /// The words that a reader sees there.
    pub async fn text(&self, css: &str) -> Result<String> {
        let text = self.find(css).await?.text().await?;
        Ok(text.split_whitespace().collect::<Vec<_>>().join(" "))
    }

    /// The same of every place of this kind.
    pub async fn texts(&self, css: &str) -> Result<Vec<String>> {
        let mut texts = Vec::new();
        for one in self.window.find_all(By::Css(css)).await? {
            texts.push(one.text().await?);
        }
        Ok(texts)
    }

    /// The words inside a frame.
    pub async fn text_in_frame(&self, css: &str) -> Result<String> {
        self.find(css).await?.enter_frame().await?;
        let text = self.text("body").await;
        self.window.enter_default_frame().await?;
        text
    }

    /// Lets pages run scripts from the next one on, or not. What a test asks runs all the same.
    pub async fn scripts(&self, run: bool) -> Result<()> {
        let wanted = json!({ "value": !run });
        self.window.cdp().send_raw("Emulation.setScriptExecutionDisabled", wanted).await?;
        Ok(())
    }

    /// Waits until these words stand there.
    pub async fn wait_for(&self, css: &str, words: &str) -> Result<()> {
        let start = Instant::now();
        while self.text(css).await? != words {
            ensure!(start.elapsed() < PATIENCE, "{css} does not say {words}");
            sleep(Duration::from_millis(20)).await;
        }
        Ok(())
    }

    /// Waits until this script returns true.
    pub async fn wait_until(&self, script: &str) -> Result<()> {
        let start = Instant::now();
        while !self.ask::<bool>(script).await? {
            ensure!(start.elapsed() < PATIENCE, "this does not come true: {script}");
            sleep(Duration::from_millis(20)).await;
        }
        Ok(())
    }

    /// Opens what opens on the page itself.
    pub async fn open_up(&self, css: &str) -> Result<()> {
        Ok(self.find(css).await?.click().await?)
    }

    /// Follows a link.
    pub async fn follow(&self, css: &str) -> Result<()> {
        self.leave_by(self.find(css).await?).await
    }

    /// Presses the button that says so, and sees what comes of it.
    pub async fn press(&self, words: &str) -> Result<()> {
        let button = By::XPath(format!("//main//button[normalize-space()='{words}']"));
        let place = self.path().await?;
        let button = self.window.find(button).await.with_context(|| format!("{place}: no “{words}”"))?;
        self.leave_by(button).await
    }

    /// Presses these keys where the field stands; keys without a letter are written as `Key::Down` and so on.
    pub async fn keys(&self, css: &str, keys: impl Into<TypingData>) -> Result<()> {
        Ok(self.find(css).await?.send_keys(keys).await?)
    }

    /// Presses one key where the focus is.
    pub async fn press_key(&self, key: Key) -> Result<()> {
        Ok(self.window.action_chain().send_keys(key).perform().await?)
    }

    /// Presses these keys where the field stands, and waits until another page stands there.
    pub async fn leave_by_keys(&self, css: &str, keys: impl Into<TypingData>) -> Result<()> {
        let field = self.find(css).await?;
        self.leave(async move { field.send_keys(keys).await }).await
    }

    /// Types into the search of the page, and sends it.
    pub async fn search(&self, words: &str) -> Result<()> {
        let field = self.find("main input[type=search]").await?;
        field.clear().await?;
        field.send_keys(words).await?;
        self.press("Find").await
    }

    /// Clicks, and waits until another page stands there, whole.
    async fn leave_by(&self, way: WebElement) -> Result<()> {
        self.leave(async move { way.click().await }).await
    }

    async fn leave(&self, way: impl Future<Output = WebDriverResult<()>>) -> Result<()> {
        let place = self.path().await?;
        self.run("window.notYetLeft = true").await?;
        way.await?;
        let start = Instant::now();
        let there = "return !window.notYetLeft && document.readyState === 'complete'";
        while !self.ask::<bool>(there).await.unwrap_or(false) {
            ensure!(start.elapsed() < PATIENCE, "{place} does not lead on");
            sleep(Duration::from_millis(20)).await;
        }
        Ok(())
    }

    /// Runs a script.
    pub async fn run(&self, script: &str) -> Result<()> {
        self.window.execute(script, Vec::new()).await?;
        Ok(())
    }

    /// What a script returns.
    pub async fn ask<T: DeserializeOwned>(&self, script: &str) -> Result<T> {
        Ok(self.window.execute(script, Vec::new()).await?.convert()?)
    }

    /// What a script hands to its last argument, given the first.
    pub async fn ask_later<T: DeserializeOwned>(&self, script: &str, given: &str) -> Result<T> {
        Ok(self.window.execute_async(script, vec![json!(given)]).await?.convert()?)
    }

    /// What the browser complained of since it was last asked.
    pub async fn complaints(&self) -> Result<Vec<String>> {
        Ok(self.window.browser_log().await?.into_iter().map(|entry| entry.message).collect())
    }

    /// Gives the screen this width, by day (`light`) or by night (`dark`).
    pub async fn screen(&self, width: u32, scheme: &str) -> Result<()> {
        let screen = self.window.cdp();
        let size = json!({"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": false});
        screen.send_raw("Emulation.setDeviceMetricsOverride", size).await?;
        let media = json!({"features": [{"name": "prefers-color-scheme", "value": scheme}]});
        screen.send_raw("Emulation.setEmulatedMedia", media).await?;
        Ok(())
    }

    /// Looks at the page on a desk and in a hand, by day and by night: nothing sticks out at the side, one heading
    /// says what it is, the night is dark, and nothing that it asks for was refused.
    pub async fn looks_right(&self) -> Result<()> {
        let place = self.path().await?;
        for width in WIDTHS {
            let mut grounds = BTreeSet::new();
            for scheme in ["dark", "light"] {
                self.screen(width, scheme).await?;
                let seen: Seen = self
                    .ask(
                        "const root = document.documentElement; return { needs: root.scrollWidth, has: innerWidth, \
                         headings: document.querySelectorAll('h1').length, \
                         night: matchMedia('(prefers-color-scheme: dark)').matches, \
                         ground: getComputedStyle(document.body).backgroundColor }",
                    )
                    .await?;
                let at = format!("{place} at {width}, {scheme}: {seen:?}");
                assert_eq!(
                    (seen.has, seen.night),
                    (width, scheme == "dark"),
                    "the screen is not as asked for: {at}"
                );
                assert!(seen.needs <= seen.has, "it scrolls sideways: {at}");
                assert_eq!(seen.headings, 1, "one page, one heading: {at}");
                grounds.insert(seen.ground);
            }
            assert_eq!(grounds.len(), 2, "{place} at {width} looks the same by day and by night");
        }
        let complaints = self.complaints().await?;
        assert!(complaints.is_empty(), "{place}: {complaints:?}");
        Ok(())
    }
}
