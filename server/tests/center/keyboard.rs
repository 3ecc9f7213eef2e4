//! A page gone through with keys alone: everything that can be used is reached in its order, is seen to be, and is not
//! hidden behind a bar that sticks.

use std::collections::BTreeSet;

use anyhow::{Result, ensure};
use serde::Deserialize;
use thirtyfour::Key;

use crate::browser::Browser;

/// Numbers everything in the main part that keys should reach; of the radio buttons of one question, one is enough.
const NUMBERED: &str = "let number = 0; const asked = new Set(); \
    for (const one of document.querySelectorAll('main a[href], main button, main input:not([type=hidden]), main select, main textarea, main summary')) { \
        if (!one.checkVisibility() || one.disabled) continue; \
        if (one.type === 'radio') { if (asked.has(one.name)) continue; asked.add(one.name); \
            (document.querySelector(`main input[name='${one.name}']:checked`) ?? one).dataset.stop = number++; continue; } \
        one.dataset.stop = number++; \
    } \
    document.activeElement.blur(); return number";

/// Where the focus is: its number, whether a ring or an edge shows it, and whether it is what one sees at its place.
const FOCUSED: &str = "const at = document.activeElement, box = at.getBoundingClientRect(), style = getComputedStyle(at); \
    const around = at.closest('.search') ? getComputedStyle(at.closest('.search')) : style; \
    const x = Math.max(box.left, 0) + Math.min(box.width, 8) / 2, y = box.top + Math.min(box.height, 8) / 2; \
    const seen = document.elementFromPoint(x, y); \
    return { stop: at.dataset.stop === undefined ? null : +at.dataset.stop, main: !!at.closest('main'), what: at.outerHTML.slice(0, 90), \
        shown: at.matches(':focus-visible') && [style, around].some(one => one.outlineStyle !== 'none' && parseFloat(one.outlineWidth) >= 2), \
        uncovered: !!seen && (at.contains(seen) || seen.contains(at) || !!seen.closest('label')) }";

#[derive(Debug, Deserialize)]
struct Focused {
    stop: Option<usize>,
    main: bool,
    what: String,
    shown: bool,
    uncovered: bool,
}

/// Presses Tab from the top of the page that stands there until everything was reached.
pub async fn walk(browser: &Browser) -> Result<()> {
    let place = browser.path().await?;
    let stops: usize = browser.ask(NUMBERED).await?;
    ensure!(stops > 0, "{place} has nothing to use");
    let (mut reached, mut last) = (BTreeSet::new(), None);
    for _ in 0..stops + 60 {
        browser.press_key(Key::Tab).await?;
        let at: Focused = browser.ask(FOCUSED).await?;
        if !at.main {
            if reached.len() == stops {
                break;
            }
            continue;
        }
        let Some(stop) = at.stop else { continue };
        ensure!(at.shown, "{place}: nothing shows that the focus is on {}", at.what);
        ensure!(at.uncovered, "{place}: something hides {}", at.what);
        ensure!(last.is_none_or(|before| before < stop), "{place}: {} comes out of its order", at.what);
        last = Some(stop);
        reached.insert(stop);
    }
    ensure!(reached.len() == stops, "{place}: keys reach {} of {stops}: {reached:?}", reached.len());
    Ok(())
}
