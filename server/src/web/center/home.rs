//! `/`: one useful thing in the first ten seconds, a different one next time.

use std::collections::{BTreeMap, BTreeSet};

use axum::extract::{Query, State};
use axum::response::Html;
use chrono::{DateTime, Timelike, Utc};
use chrono_tz::Tz;
use content::{Format, HOME, Item, Kind, Slot};
use segments::Profile;
use serde::Deserialize;
use templates::Words;
use templates::center::{
    Around, Exchange, ExpertCard, HomePage, Join, Link, NextWin, PickKind, PlaceKind, Progress, Why,
};

use super::standing::{self, Standing};
use super::{around, ask, choosing, frame, learn, put_off, shown, ways};
use crate::app::App;
use crate::shelf::Shelf;
use crate::store::choices::Kept;
use crate::store::comparison::{self, Design};
use crate::store::progress;
use crate::web::browser::Browser;
use crate::web::error::PageError;
use crate::web::frame::Visit;
use crate::web::visitor::Reader;

mod cards;
mod doors;
mod saving;

pub(super) use cards::{badge, pick};
use cards::{fixes, next_win};
use doors::{doors, in_standard_order};

/// What the address of the page brings along.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
pub struct Asks {
    /// The choice that was just put off.
    put_off: String,
}

/// Shows a customer what we would like them to see today, and a visitor what helps most.
pub async fn show(
    State(app): State<App>,
    shelf: Shelf,
    visit: Visit,
    browser: Browser,
    Query(asks): Query<Asks>,
    reader: Option<Reader>,
) -> Result<Html<String>, PageError> {
    let reader = reader.as_ref();
    let now = app.clock.now();
    let frame = frame(&app, &visit, reader);
    let words = app.templates.words(&frame.language);
    let (mut page, profile) = match standing::of(&app, reader).await? {
        Standing::Chosen(profile) => {
            let page = chosen(&app, words, &shelf, reader, &profile, now).await?;
            let put_off = put_off::noted(&app, words, &shelf, &profile, &asks.put_off).await;
            (HomePage { put_off: alone("put off", put_off), ..page }, Some(profile))
        }
        Standing::Member => (standard(&app, words, &shelf, reader, now).await?, None),
        Standing::Visitor => {
            let join = Some(Join { words: how_to_join(&app, words).await?, href: Some("/join".to_owned()) });
            (HomePage { join, ..standard(&app, words, &shelf, reader, now).await? }, None)
        }
    };
    page.asking = alone("questions", ask::latest(&app, words, &shelf, profile.as_deref()).await);
    page.draft = alone("begun question", ask::draft(&app, &browser).await);
    page.expert = Some(expert(&app, words));
    // Who has not joined sees what any visitor sees.
    if let Some(reader) = reader.filter(|_| page.join.is_none()) {
        alone("shelves", saving::add(&app, words, &shelf, reader, &mut page).await);
    }
    Ok(Html(app.templates.center_home(&frame, &page)?))
}

/// Each block fails by itself: it is left out, and the rest of the page stands.
fn alone<T: Default>(block: &str, read: Result<T, impl std::error::Error>) -> T {
    read.unwrap_or_else(|error| {
        tracing::error!(block, error = %error, "a block of the first page could not be read");
        T::default()
    })
}

/// Where the first quick win of this reader opens: the one their first page would show.
pub(super) async fn first_win(
    app: &App,
    shelf: &Shelf,
    reader: &Reader,
) -> Result<Option<String>, PageError> {
    let now = app.clock.now();
    if let Standing::Chosen(profile) = standing::of(app, Some(reader)).await? {
        let choices = shelf.choose(&profile, &HOME, now);
        let win = choices.iter().find(|choice| choice.slot == Slot::NextWin);
        return Ok(win.and_then(|choice| shelf.catalogue.get(choice.item.as_str())).map(Item::path));
    }
    let items = in_standard_order(shelf, now);
    Ok(items.into_iter().find(|item| item.is_quick_training()).map(Item::path))
}

/// The page for a member: every choice is made by the rules and kept with its reasons.
async fn chosen(
    app: &App,
    words: &Words,
    shelf: &Shelf,
    reader: Option<&Reader>,
    profile: &Profile,
    now: DateTime<Utc>,
) -> Result<HomePage, PageError> {
    let kept = choosing::keep(app, profile, shelf.choose(profile, &HOME, now), now).await?;
    let of = |slot: Slot| kept.iter().filter(move |kept| kept.choice.slot == slot);
    let item = |kept: &Kept| shelf.catalogue.get(kept.choice.item.as_str());
    let mut next = None;
    if let Some(kept) = of(Slot::NextWin).next()
        && let Some(item) = item(kept)
    {
        let win = next_win(words, item, choosing::why(&kept.choice));
        next = Some(NextWin {
            href: choosing::href(item, kept),
            progress: alone("progress", how_far(app, reader, item).await),
            not_now_action: Some(format!("/why/{}/not-now", kept.id)),
            ..win
        });
    }
    let company = &profile.account.name;
    let problems: Vec<_> =
        of(Slot::Fix).filter_map(|kept| Some((item(kept)?, choosing::href(item(kept)?, kept)))).collect();
    // Of whom nothing is known, the same is picked for as for everyone, and it says so.
    let fitted = of(Slot::Picks).any(|kept| !kept.choice.facts.is_empty());
    let products = alone("products", learn::names(app).await);
    Ok(HomePage {
        around: Around { search_action: None, ..around(app, reader, Some(PlaceKind::ForYou)) },
        greeting: greeting(words, now, profile.timezone.as_deref(), profile.first_name.as_deref()),
        line: words.say_with("home-line-for", &[("company", company.into())]),
        search_action: Some(super::search::SEARCH.to_owned()),
        search_suggest: Some(super::search::SUGGEST.to_owned()),
        next_win: next,
        doors: doors(words, shelf, reader, alone("doors", ways::most_used(app, profile).await), now),
        fixes: alone("fixes", fixes(app, words, problems).await),
        all_fixes: Some(all_fixes(words)),
        picks_title: if fitted {
            words.say_with("home-picks-for", &[("company", company.into())])
        } else {
            words.say("home-picks-common")
        },
        picks: of(Slot::Picks)
            .filter_map(|kept| Some((item(kept)?, kept)))
            .map(|(item, kept)| choosing::pick(app, words, item, kept))
            .collect(),
        all_picks: Some(all_lessons(words)),
        exchange: reader.map(|_| Exchange {
            told: told(words, profile, &products),
            get: words.say("home-get-words"),
            change_href: Some("/me".to_owned()),
            stop_href: Some("/me/email".to_owned()),
        }),
        ..HomePage::default()
    })
}

/// The page in its standard order: the same for everybody, nothing chosen by rules.
async fn standard(
    app: &App,
    words: &Words,
    shelf: &Shelf,
    reader: Option<&Reader>,
    now: DateTime<Utc>,
) -> Result<HomePage, PageError> {
    let items = in_standard_order(shelf, now);
    let common = || Why { because: words.say("home-because-common"), ..Why::default() };
    let of = |kind: Kind| items.iter().copied().filter(move |item| item.kind == kind);
    let next = of(Kind::Training).find(|item| item.is_quick_training());
    let four: Vec<_> = of(Kind::Support).take(4).collect();
    let shown: BTreeSet<&str> =
        next.iter().copied().chain(four.iter().copied()).map(|item| item.slug.as_str()).collect();
    let left = || items.iter().copied().filter(|item| !shown.contains(item.slug.as_str()));
    let picks = [
        left().find(|item| item.kind == Kind::Training),
        left().find(|item| badge(item) == PickKind::Expert),
        left().find(|item| item.format == Format::Article && badge(item) != PickKind::Expert),
    ];
    let picks = picks.into_iter().flatten();
    let problems = four.into_iter().map(|item| (item, item.path())).collect();
    Ok(HomePage {
        around: Around { search_action: None, ..around(app, reader, Some(PlaceKind::ForYou)) },
        greeting: greeting(words, now, None, None),
        line: words.say("home-line"),
        search_action: Some(super::search::SEARCH.to_owned()),
        search_suggest: Some(super::search::SUGGEST.to_owned()),
        next_win: next.map(|item| next_win(words, item, common())),
        doors: doors(words, shelf, reader, None, now),
        fixes: alone("fixes", fixes(app, words, problems).await),
        all_fixes: Some(all_fixes(words)),
        picks_title: words.say("home-picks-common"),
        picks: picks.map(|item| pick(app, words, item, item.path(), common())).collect(),
        all_picks: Some(all_lessons(words)),
        ..HomePage::default()
    })
}

/// The way to an expert, and until when one is there today.
fn expert(app: &App, words: &Words) -> ExpertCard {
    let vendor = &app.settings.vendor.name;
    let on_duty = app.settings.community.on_duty.until(app.clock.now());
    ExpertCard {
        line: words.say_with("home-expert-line", &[("vendor", vendor.into())]),
        duty: on_duty.map(|time| words.say_with("ask-duty", &[("time", time.into())])),
        href: format!("{}?asked_of=expert", super::asking::NEW),
    }
}

/// How far the reader came in this item, when it is a lesson they began.
async fn how_far(app: &App, reader: Option<&Reader>, item: &Item) -> Result<Option<Progress>, PageError> {
    let Some(reader) = reader else { return Ok(None) };
    let way = progress::of_item(app.db.read(), shown::learner(reader), item.slug.as_str()).await?;
    Ok(shown::progress(item, Some(&way)))
}

/// Where every common problem is.
fn all_fixes(words: &Words) -> Link {
    Link { label: words.say("home-all-fixes"), href: "/fix".to_owned() }
}

/// Where every lesson is.
fn all_lessons(words: &Words) -> Link {
    Link { label: words.say("home-all-lessons"), href: "/learn".to_owned() }
}

/// What joining takes, and how members are measured where they are.
async fn how_to_join(app: &App, words: &Words) -> Result<String, PageError> {
    let drawn = comparison::draw(app.db.read()).await?;
    let members = drawn.is_some_and(|draw| draw.design == Design::Members);
    let takes = words.say("join-card-takes");
    Ok(if members { format!("{takes} {}", words.say("join-members")) } else { takes })
}

/// What we use, as the reader would say it.
fn told(words: &Words, profile: &Profile, products: &BTreeMap<String, String>) -> String {
    let mut facts = Vec::new();
    if let Some(industry) = profile.account.industry.as_deref()
        && let Ok(entry) = segments::naics::by_code(industry)
    {
        facts.push(entry.title.clone());
    }
    if let Some(people) = profile.account.employees.filter(|people| *people > 0) {
        facts.push(words.say_with("home-people", &[("count", people.into())]));
    }
    let name = |code: &String| products.get(code).unwrap_or(code).clone();
    let owned: BTreeSet<_> = profile.account.in_force().map(|licence| name(&licence.product)).collect();
    if !owned.is_empty() {
        facts.push(owned.into_iter().collect::<Vec<_>>().join(", "));
    }
    if let Some(level) = profile.level {
        facts.push(words.say(&format!("home-level-{}", level.as_str())));
    }
    let facts = if facts.is_empty() { String::new() } else { format!("{}. ", facts.join(" · ")) };
    format!("{facts}{}", words.say("home-told-pages"))
}

/// "Good morning, Maria.", by the reader's own clock.
fn greeting(words: &Words, now: DateTime<Utc>, timezone: Option<&str>, name: Option<&str>) -> String {
    let zone = timezone.and_then(|zone| zone.parse::<Tz>().ok());
    let hour = match zone.map(|zone| now.with_timezone(&zone).hour()) {
        Some(4..12) => "morning",
        Some(12..18) => "afternoon",
        Some(_) => "evening",
        None => "hello",
    };
    let name = name.unwrap_or_default();
    let named = if name.is_empty() { "nobody" } else { "named" };
    words.say_with("home-greeting", &[("hour", hour.into()), ("named", named.into()), ("name", name.into())])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_greeting_goes_by_the_clock_of_the_reader() {
        let now = "2026-03-03T12:00:00Z".parse().unwrap();
        let templates = templates::Templates::new().unwrap();
        let said = |zone, name| greeting(templates.words("en"), now, Some(zone), name);
        assert_eq!(said("America/New_York", Some("Maria")), "Good morning, Maria.");
        assert_eq!(said("Asia/Tokyo", None), "Good evening.");
        assert_eq!(said("Europe/London", Some("Ana")), "Good afternoon, Ana.");
        assert_eq!(said("nowhere", None), "Hello.");
    }
}
