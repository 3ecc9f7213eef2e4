//! A page in a real browser, at three widths, by day and by night, looked at with axe-core.

use std::path::PathBuf;

use anyhow::{Context, Result};
use serde::Deserialize;

use crate::browser::Browser;

/// A desk, a hand, and a hand that needs large letters.
const WIDTHS: [u32; 3] = [1280, 390, 320];

/// Looks at the page with every rule that is no experiment, once colours have stopped changing, and says what is wrong in
/// a line each.
const LOOK: &str = "const done = arguments[1]; document.getAnimations().forEach(one => one.finish()); \
    axe.run(document, { rules: { 'target-size': { enabled: true } }, resultTypes: ['violations'] }).then(found => \
    done(found.violations.flatMap(one => one.nodes.map(node => \
    one.id + ' at ' + node.target.join(' ') + ': ' + node.failureSummary.replace(/\\s+/g, ' ')))), \
    error => done(['axe: ' + error]))";

const SIZES: &str = "const root = document.documentElement; const out = [...document.querySelectorAll('body *')]\
    .filter(one => one.getBoundingClientRect().right > root.clientWidth + 1).slice(0, 3).map(one => one.outerHTML.slice(0, 80)); \
    return { needs: root.scrollWidth, has: root.clientWidth, out, \
    asked: performance.getEntriesByType('resource').map(one => one.name) }";

/// When the largest thing on the page was painted, in milliseconds since it was asked for.
const PAINTED: &str = "const done = arguments[1]; let last = 0; new PerformanceObserver(list => \
    list.getEntries().forEach(one => last = one.startTime)).observe({ type: 'largest-contentful-paint', buffered: true }); \
    setTimeout(() => done(last), 30)";

#[derive(Debug, Deserialize)]
struct Sizes {
    needs: u32,
    has: u32,
    out: Vec<String>,
    asked: Vec<String>,
}

/// The script of axe-core.
pub struct Axe(String);

impl Axe {
    /// Reads it from where the test command laid it, or says that it is not there.
    pub fn find() -> Option<Self> {
        let Some(path) = std::env::var_os("RAPPORT_TEST_AXE").map(PathBuf::from) else {
            let ci = std::env::var("CI").is_ok_and(|ci| ci == "true");
            assert!(!ci, "RAPPORT_TEST_AXE names no axe-core: in CI that is a failure");
            eprintln!(
                "SKIPPED: axe-core on every page. RAPPORT_TEST_AXE names no script of it; .ci/test fetches one."
            );
            return None;
        };
        Some(Self(std::fs::read_to_string(&path).expect("RAPPORT_TEST_AXE names a file")))
    }
}

/// Goes there and looks at it in every light; says when its largest part stood there.
pub async fn looks_right(browser: &Browser, axe: Option<&Axe>, base: &str, address: &str) -> Result<f64> {
    browser.go(&format!("{base}{address}")).await?;
    let painted: f64 = browser.ask_later(PAINTED, "").await?;
    in_every_light(browser, axe, base, address).await?;
    Ok(painted)
}

/// Looks at the page that stands there.
pub async fn in_every_light(browser: &Browser, axe: Option<&Axe>, base: &str, at: &str) -> Result<()> {
    if let Some(Axe(script)) = axe {
        browser.run(script).await.with_context(|| format!("{at}: axe-core does not start"))?;
    }
    let mut wrong = Vec::new();
    for width in WIDTHS {
        for scheme in ["light", "dark"] {
            browser.screen(width, scheme).await?;
            let sizes: Sizes = browser.ask(SIZES).await?;
            if sizes.needs > sizes.has {
                wrong.push(format!(
                    "{width}, {scheme}: it scrolls sideways, {} of {}: {:?}",
                    sizes.needs, sizes.has, sizes.out
                ));
            }
            let elsewhere: Vec<_> = sizes.asked.iter().filter(|one| !one.starts_with(base)).collect();
            assert!(elsewhere.is_empty(), "{at} asks others: {elsewhere:?}");
            if axe.is_some() {
                let found: Vec<String> = browser.ask_later(LOOK, "").await?;
                wrong.extend(found.into_iter().map(|one| format!("{width}, {scheme}: {one}")));
            }
        }
    }
    for complaint in browser.complaints().await? {
        wrong.push(format!("the browser: {complaint}"));
    }
    anyhow::ensure!(wrong.is_empty(), "{at}:\n  {}", wrong.join("\n  "));
    Ok(())
}
