//! A reader clicks one link, looks, comes back. A scanner takes them all at once.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

/// Clicks with less than this between them belong together.
const GAP: TimeDelta = TimeDelta::seconds(10);
/// Three different links within this are a machine's.
const HASTE: TimeDelta = TimeDelta::seconds(2);
/// How many different links within [`HASTE`] are too many.
const HASTY_LINKS: usize = 3;

/// One click on a letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Click {
    /// When.
    pub at: DateTime<Utc>,
    /// The link's number.
    pub link: i32,
}

/// The company a click came in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Burst {
    /// Its place among the clicks that belong together, from 1; 0 for an open.
    pub position: u32,
    /// How many different links they are.
    pub links: u32,
    /// Whether they are all the links of the letter, and at least two.
    pub all: bool,
    /// Whether three different links lie within two seconds around it.
    pub hasty: bool,
}

impl Burst {
    /// Whether this is how a scanner clicks.
    pub(super) fn is_machine(self) -> bool {
        self.all || self.hasty
    }
}

/// The company each of these clicks came in; `clicks` are all of one letter's, in order of time.
pub fn bursts(clicks: &[Click], links_in_letter: usize) -> Vec<Burst> {
    let mut found = Vec::with_capacity(clicks.len());
    for together in clicks.chunk_by(|one, next| next.at - one.at < GAP) {
        let different = links(together);
        let all = links_in_letter >= 2 && different == links_in_letter;
        for (place, click) in together.iter().enumerate() {
            found.push(Burst {
                position: u32::try_from(place + 1).unwrap_or(u32::MAX),
                links: u32::try_from(different).unwrap_or(u32::MAX),
                all,
                hasty: is_hasty(together, *click),
            });
        }
    }
    found
}

/// Whether some two seconds that hold this click hold three different links.
fn is_hasty(together: &[Click], click: Click) -> bool {
    together.iter().enumerate().any(|(from, first)| {
        let held = together[from..].iter().take_while(|one| one.at - first.at <= HASTE).count();
        let window = &together[from..from + held];
        first.at <= click.at && click.at - first.at <= HASTE && links(window) >= HASTY_LINKS
    })
}

fn links(clicks: &[Click]) -> usize {
    clicks.iter().map(|click| click.link).collect::<BTreeSet<_>>().len()
}
