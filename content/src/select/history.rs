//! What the reader has already seen, begun and finished.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use segments::{Event, EventKind, Profile};
use serde::{Deserialize, Serialize};

use super::{choice::ReasonStep, fit::Fit};
use crate::{
    catalogue::Catalogue,
    item::Item,
    names::{Format, Kind, Slot},
    slug::Slug,
};

/// What somebody did with an item, or we did with it for them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Act {
    /// It was on a page or in a letter of theirs.
    Shown,
    /// They said "not now" to it.
    PutOff,
    /// They began it.
    Started,
    /// They finished it.
    Completed,
}

/// One thing that happened between a reader and an item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Past {
    /// The item.
    pub item: Slug,
    /// What happened.
    pub act: Act,
    /// When.
    pub at: DateTime<Utc>,
}

impl Past {
    /// For so many days a showing counts against an item, and "not now" keeps it away; a profile holds what was shown in
    /// them.
    pub const SHOWN_DAYS: i64 = 14;

    /// What a profile tells: what was on its pages and in its letters was shown, what was looked at was begun, what
    /// was completed is finished, what they put off is put off.
    pub fn of(profile: &Profile) -> Vec<Self> {
        let told = |event: &Event| {
            let act = match event.kind {
                EventKind::Viewed => Act::Started,
                EventKind::Completed => Act::Completed,
                _ => return None,
            };
            Some(Self { item: Slug::parse(event.item.as_deref()?).ok()?, act, at: event.at })
        };
        let of = |act: Act| {
            move |(item, at): &(String, DateTime<Utc>)| {
                Some(Self { item: Slug::parse(item).ok()?, act, at: *at })
            }
        };
        let shown = profile.shown.iter().filter_map(of(Act::Shown));
        let put_off = profile.put_off.iter().filter_map(of(Act::PutOff));
        profile.events.iter().filter_map(told).chain(shown).chain(put_off).collect()
    }
}

/// Whose turn it is, the later the stronger.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Turn {
    /// Nobody's in particular.
    Any,
    /// It was begun and not finished.
    CarryOn,
    /// It follows what was finished last: the title of that.
    FollowUp(String),
}

/// The history of one reader, looked up by item.
pub(super) struct Memory<'a> {
    last: BTreeMap<(&'a str, Act), DateTime<Utc>>,
    newcomer: bool,
    /// The item finished last, where it names a follow-up.
    finished: Option<&'a Item>,
    now: DateTime<Utc>,
}

impl<'a> Memory<'a> {
    /// Remembers what happened up to `now`; what lies later has not happened yet.
    pub fn of(history: &'a [Past], catalogue: &'a Catalogue, now: DateTime<Utc>) -> Self {
        let mut last = BTreeMap::new();
        for past in history.iter().filter(|past| past.at <= now) {
            let at = last.entry((past.item.as_str(), past.act)).or_insert(past.at);
            *at = past.at.max(*at);
        }
        let done = || last.iter().filter(|((_, act), _)| *act == Act::Completed);
        let training = |slug: &str| catalogue.get(slug).is_none_or(|item| item.kind == Kind::Training);
        let newcomer = !done().any(|((slug, _), _)| training(slug));
        let latest = done().max_by_key(|((slug, _), at)| (**at, *slug)).map(|((slug, _), _)| *slug);
        let finished = latest.and_then(|slug| catalogue.get(slug)).filter(|item| item.follow_up.is_some());
        Self { last, newcomer, finished, now }
    }

    fn when(&self, item: &Item, act: Act) -> Option<DateTime<Utc>> {
        self.last.get(&(item.slug.as_str(), act)).copied()
    }

    fn begun(&self, item: &Item) -> bool {
        item.format != Format::Question
            && item.kind != Kind::Support
            && self.when(item, Act::Started).is_some()
    }

    /// Why this item is not offered to somebody with this history, if so.
    pub fn hides(&self, item: &Item, slot: Slot) -> Option<String> {
        if let Some(at) = self.when(item, Act::Completed).filter(|_| item.kind != Kind::Support) {
            return Some(format!("It was finished on {}.", at.date_naive()));
        }
        let lasts = TimeDelta::days(Past::SHOWN_DAYS);
        if let Some(at) =
            self.when(item, Act::PutOff).filter(|at| slot != Slot::Fix && self.now - *at < lasts)
        {
            return Some(format!("They said \"not now\" on {}.", at.date_naive()));
        }
        let too_long =
            slot == Slot::NextWin && self.newcomer && !item.is_quick_training() && !self.begun(item);
        too_long.then(|| "A newcomer starts with a training of 10 minutes at most.".to_owned())
    }

    /// Whether it is this item's turn.
    pub fn turn(&self, item: &Item, slot: Slot) -> Turn {
        match self.finished.filter(|finished| finished.follow_up.as_ref() == Some(&item.slug)) {
            Some(finished) if matches!(slot, Slot::NextWin | Slot::Letter) => {
                Turn::FollowUp(finished.title.clone())
            }
            _ if slot == Slot::NextWin && self.begun(item) => Turn::CarryOn,
            _ => Turn::Any,
        }
    }

    /// What a showing within 14 days costs: two points for each of those days still to run.
    ///
    /// A showing on the same day costs nothing, so that a page looked at twice
    /// stays the same. Common problems keep their place: help does not move about.
    pub fn recently(&self, item: &Item, slot: Slot) -> Option<Fit> {
        let shown = self.when(item, Act::Shown).filter(|_| slot != Slot::Fix && !self.begun(item))?;
        let days = (self.now.date_naive() - shown.date_naive()).num_days();
        let score = 2 * (Past::SHOWN_DAYS - days);
        let counts = days >= 1 && self.now - shown < TimeDelta::days(Past::SHOWN_DAYS) && score > 0;
        counts.then(|| Fit {
            step: ReasonStep::Again,
            score: -i32::try_from(score).expect("twice 13 at most"),
            sentence: format!("It was shown on {}.", shown.date_naive()),
            clause: None,
            fact: None,
        })
    }
}
