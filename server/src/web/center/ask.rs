//! `/ask`: questions of customers, what is nearest to the reader first, and ours as a beginning.

use axum::extract::{Query, State};
use axum::response::Html;
use chrono::TimeDelta;
use segments::{Level, Profile, SizeBand};
use serde::Deserialize;
use templates::Words;
use templates::center::{AskPage, AskTab, AskWay, Field, Link, PlaceKind, QuestionRow, Turn};

use super::learn::in_an_address;
use super::standing::{self as meeting, Standing};
use super::{around, frame, times};
use crate::app::App;
use crate::community::figures::{self, DAYS, Half};
use crate::shelf::Shelf;
use crate::store::following;
use crate::store::questions::{self, Filter, Listed, PAGE, Tab, Wanted};
use crate::web::browser::Browser;
use crate::web::error::PageError;
use crate::web::frame::Visit;
use crate::web::visitor::Reader;

mod choosing;
mod library;
mod order;
pub(super) mod others;
mod row;

pub(super) use choosing::{named, trade};
use order::likeness;
pub(in crate::web) use row::who;
pub(super) use row::{initial, standing};

/// Where it is.
pub const ASK: &str = "/ask";
/// The last page that is turned to.
const LAST_PAGE: u64 = 50;
/// Questions of the library that stand where there is nothing else.
const SEEDS: usize = 5;
/// Questions that stand on another page.
const A_FEW: usize = 3;

/// What is asked for, as it stands in the address.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Asks {
    tab: String,
    trade: String,
    size: String,
    place: String,
    product: String,
    problem: String,
    level: String,
    page: String,
}

impl Asks {
    /// What a question has to have, and of each only what there can be.
    fn filter(&self) -> Filter {
        let text = |value: &str| Some(value.to_owned()).filter(|value| !value.is_empty());
        let figures = |value: &String| value.len() <= 6 && value.bytes().all(|byte| byte.is_ascii_digit());
        let (country, region) = self.place.split_once('-').unwrap_or((&self.place, ""));
        Filter {
            trade: text(&self.trade).filter(figures),
            size: SizeBand::ALL.iter().copied().find(|size| size.as_str() == self.size),
            place: text(country).map(|country| (country, text(region))),
            product: text(&self.product),
            problem: text(&self.problem),
            level: Level::ALL.iter().copied().find(|level| level.as_str() == self.level),
        }
    }

    /// Each thing one can choose by, with its value.
    fn parts(&self) -> [(&'static str, &str); 6] {
        [
            ("trade", &self.trade),
            ("size", &self.size),
            ("place", &self.place),
            ("product", &self.product),
            ("problem", &self.problem),
            ("level", &self.level),
        ]
    }

    /// The page with all of this.
    fn href(&self) -> String {
        let all = std::iter::once(("tab", self.tab.as_str())).chain(self.parts());
        let all = all.chain(std::iter::once(("page", self.page.as_str())));
        let said: Vec<_> = all
            .filter(|(_, value)| !value.is_empty())
            .map(|(name, value)| format!("{name}={}", in_an_address(value)))
            .collect();
        if said.is_empty() { ASK.to_owned() } else { format!("{ASK}?{}", said.join("&")) }
    }

    /// The same without one of the things chosen.
    fn without(&self, name: &str) -> Self {
        let mut less = Self { page: String::new(), ..self.clone() };
        match name {
            "trade" => less.trade.clear(),
            "size" => less.size.clear(),
            "place" => less.place.clear(),
            "product" => less.product.clear(),
            "problem" => less.problem.clear(),
            _ => less.level.clear(),
        }
        less
    }
}

/// Shows one of the lists.
pub async fn list(
    State(app): State<App>,
    shelf: Shelf,
    visit: Visit,
    browser: Browser,
    Query(asks): Query<Asks>,
    reader: Option<Reader>,
) -> Result<Html<String>, PageError> {
    let (reader, db) = (reader.as_ref(), app.db.read());
    let frame = frame(&app, &visit, reader);
    let words = app.templates.words(&frame.language);
    let near = match meeting::of(&app, reader).await? {
        Standing::Chosen(profile) => Some(likeness(&profile)),
        Standing::Member | Standing::Visitor => None,
    };
    let wanted = Wanted {
        tab: tab(&asks, reader),
        filter: asks.filter(),
        near,
        page: asks.page.parse().unwrap_or(1).clamp(1, LAST_PAGE),
    };
    let listed = questions::list(db, &wanted).await?;
    let in_use = questions::in_use(db).await?;
    let seeds = library::fitting(&app, &shelf, &wanted);
    let is_last = wanted.page * PAGE >= listed.total;
    let library = match wanted.tab {
        Tab::ForMe | Tab::Solved if is_last => seeds,
        _ if listed.total == 0 => seeds.into_iter().take(SEEDS).collect(),
        _ => Vec::new(),
    };
    let products = named(&app).await?;
    let filters = choosing::filters(words, &shelf, &asks, &in_use, &products);
    let page = AskPage {
        around: around(&app, reader, Some(PlaceKind::Ask)),
        figure: figure(&app, words).await?,
        duty: app
            .settings
            .community
            .on_duty
            .until(app.clock.now())
            .map(|time| words.say_with("ask-duty", &[("time", time.into())])),
        draft: draft(&app, &browser).await?,
        ways: ways(),
        tabs: tabs(words, &asks, reader.is_some()),
        chosen: choosing::chosen(words, &shelf, &asks, &products),
        carried: Some(asks.tab.clone())
            .filter(|tab| !tab.is_empty())
            .map(|value| Field { name: "tab".to_owned(), value })
            .into_iter()
            .collect(),
        filters,
        nothing: (listed.total == 0).then(|| words.say(nothing(&wanted))),
        turn: turn(&asks, &wanted, &listed),
        order: order::sentence(words, &wanted),
        rows: row::rows(&app, words, times::zone(reader), &listed.questions).await?,
        library: library.into_iter().map(|item| row::of_library(words, item)).collect(),
    };
    Ok(Html(app.templates.center_ask(&frame, &page)?))
}

/// A few questions for another page: what is nearest to this person, or the newest; ours where customers asked less.
pub(super) async fn latest(
    app: &App,
    words: &Words,
    shelf: &Shelf,
    profile: Option<&Profile>,
) -> Result<Vec<QuestionRow>, PageError> {
    let (near, filter) = (profile.map(likeness), Filter::default());
    let zone = times::known(profile.and_then(|profile| profile.timezone.as_deref()));
    let wanted = Wanted { tab: Tab::ForMe, filter, near, page: 1 };
    let listed = questions::list(app.db.read(), &wanted).await?;
    let few: Vec<_> = listed.questions.into_iter().take(A_FEW).collect();
    let mut rows = row::rows(app, words, zone, &few).await?;
    let ours = library::fitting(app, shelf, &wanted).into_iter();
    rows.extend(ours.take(A_FEW - few.len()).map(|item| row::of_library(words, item)));
    Ok(rows)
}

fn tab(asks: &Asks, reader: Option<&Reader>) -> Tab {
    match (asks.tab.as_str(), reader) {
        ("unanswered", reader) => Tab::Help(reader.map(|reader| reader.customer.id)),
        ("solved", _) => Tab::Solved,
        ("mine", Some(reader)) => Tab::Mine(reader.customer.account, reader.customer.id),
        _ => Tab::ForMe,
    }
}

fn ways() -> Vec<AskWay> {
    vec![
        AskWay { level: "starter", href: format!("{ASK}?level=starter") },
        AskWay { level: "getting-by", href: format!("{ASK}?level=getting-by") },
        AskWay { level: "confident", href: format!("{ASK}?tab=unanswered") },
    ]
}

fn tabs(words: &Words, asks: &Asks, signed_in: bool) -> Vec<AskTab> {
    let here = |tab: &str| {
        asks.tab == tab || (tab.is_empty() && !["unanswered", "solved", "mine"].contains(&asks.tab.as_str()))
    };
    let tab = |tab: &str, key: &str| AskTab {
        label: words.say(key),
        href: Asks { tab: tab.to_owned(), page: String::new(), ..asks.clone() }.href(),
        here: here(tab),
    };
    if signed_in {
        vec![
            tab("", "ask-tab-for-me"),
            tab("unanswered", "ask-tab-help"),
            tab("solved", "ask-tab-solved"),
            tab("mine", "ask-tab-mine"),
        ]
    } else {
        vec![tab("", "ask-tab-all"), tab("unanswered", "ask-tab-unanswered"), tab("solved", "ask-tab-solved")]
    }
}

fn nothing(wanted: &Wanted) -> &'static str {
    match wanted.tab {
        Tab::Mine(..) if wanted.filter == Filter::default() => "ask-nothing-mine",
        Tab::Help(_) if wanted.filter == Filter::default() => "ask-nothing-help",
        _ if wanted.filter == Filter::default() => "ask-nothing",
        _ => "ask-nothing-chosen",
    }
}

fn turn(asks: &Asks, wanted: &Wanted, listed: &Listed) -> Option<Turn> {
    let pages = listed.total.div_ceil(PAGE).min(LAST_PAGE);
    let to = |page: u64| {
        let href = || Asks { page: page.to_string(), ..asks.clone() }.href();
        (1..=pages).contains(&page).then(href)
    };
    (pages > 1).then(|| Turn {
        page: u32::try_from(wanted.page).unwrap_or(u32::MAX),
        of: u32::try_from(pages).unwrap_or(u32::MAX),
        earlier: to(wanted.page - 1),
        later: to(wanted.page + 1),
    })
}

/// "Half got a reply within …", when enough stands behind it.
async fn figure(app: &App, words: &Words) -> Result<Option<String>, PageError> {
    let now = app.clock.now();
    let asked = questions::timed(app.db.read(), now - TimeDelta::days(DAYS)).await?;
    Ok(figures::half(&asked, now).map(|half| sentence(words, &half)))
}

fn sentence(words: &Words, half: &Half) -> String {
    let up = |seconds: i64| (half.within.num_seconds() + seconds - 1) / seconds;
    let (key, count) = match half.within {
        within if within <= TimeDelta::minutes(90) => ("ask-minutes", up(60)),
        within if within <= TimeDelta::hours(48) => ("ask-hours", up(3_600)),
        _ => ("ask-days", up(86_400)),
    };
    let within = words.say_with(key, &[("count", count.into())]);
    let values = [
        ("questions", half.questions.into()),
        ("days", DAYS.into()),
        ("day", words.day(half.until.date_naive()).into()),
        ("within", within.into()),
    ];
    words.say_with("ask-half", &values)
}

/// The question that this browser keeps, not yet posted.
pub(super) async fn draft(app: &App, browser: &Browser) -> Result<Option<Link>, PageError> {
    let Some(secret) = &browser.secret else { return Ok(None) };
    let kept = following::draft(app.db.read(), &secret.hash()).await?;
    let title = kept.and_then(|kept| kept["title"].as_str().map(str::to_owned));
    Ok(title.map(|label| Link { label, href: super::asking::NEW.to_owned() }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_there_cannot_be_is_not_asked_for() {
        let asks = Asks {
            trade: "62%' or 1".to_owned(),
            size: "12".to_owned(),
            place: "US-PA".to_owned(),
            level: "expert".to_owned(),
            ..Asks::default()
        };
        let place = Some(("US".to_owned(), Some("PA".to_owned())));
        assert_eq!(asks.filter(), Filter { place, ..Filter::default() });
        assert_eq!(asks.without("place").filter(), Filter { ..Filter::default() });
    }

    #[test]
    fn an_address_carries_what_was_chosen_and_a_tab_begins_at_its_first_page() {
        let asks = Asks {
            tab: "solved".to_owned(),
            product: "a b&c".to_owned(),
            page: "3".to_owned(),
            ..Asks::default()
        };
        assert_eq!(asks.href(), "/ask?tab=solved&product=a%20b%26c&page=3");
        assert_eq!(asks.without("product").href(), "/ask?tab=solved");
        let templates = templates::Templates::new().unwrap();
        let tabs = tabs(templates.words(templates::ENGLISH), &asks, true);
        assert_eq!(tabs[1].href, "/ask?tab=unanswered&product=a%20b%26c");
        assert!(tabs[2].here && !tabs[0].here);
    }

    #[test]
    fn a_time_is_rounded_up_to_what_people_say() {
        let templates = templates::Templates::new().unwrap();
        let words = templates.words(templates::ENGLISH);
        let said = |within| {
            let until = "2026-03-03T12:00:00Z".parse().unwrap();
            sentence(words, &Half { questions: 34, within, until })
        };
        assert_eq!(
            said(TimeDelta::minutes(119)),
            "Of 34 questions in the 30 days to 3 March 2026, half got a reply within 2 hours."
        );
        assert!(said(TimeDelta::seconds(61)).ends_with("within 2 minutes."));
        assert!(said(TimeDelta::hours(49)).ends_with("within 3 days."));
    }
}
