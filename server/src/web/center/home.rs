//! `/`: one useful thing in the first ten seconds, a different one next time.

use std::collections::BTreeSet;

use axum::extract::State;
use axum::response::Html;
use chrono::{DateTime, Timelike, Utc};
use chrono_tz::Tz;
use content::{HOME, Item, Kind, Slot};
use segments::{Profile, UserType};
use templates::Words;
use templates::center::{
    Around, Door, DoorKind, Exchange, FeedbackStrip, FixLine, HomePage, HomeShelves, Join, Link, NextWin,
    PickCard, PickKind, PlaceKind, Progress, Why,
};

use super::standing::{self, Standing};
use super::{around, ask, choosing, frame, keeping, learn, shown, ways};
use crate::app::App;
use crate::shelf::Shelf;
use crate::store::choices::Kept;
use crate::store::comparison::{self, Design};
use crate::store::progress;
use crate::web::error::PageError;
use crate::web::frame::Visit;
use crate::web::visitor::Reader;

/// Shows a customer what we would like them to see today, and a visitor what helps most.
pub async fn show(
    State(app): State<App>,
    shelf: Shelf,
    visit: Visit,
    reader: Option<Reader>,
) -> Result<Html<String>, PageError> {
    let reader = reader.as_ref();
    let now = app.clock.now();
    let frame = frame(&app, &visit, reader);
    let words = app.templates.words(&frame.language);
    let page = match standing::of(&app, reader).await? {
        Standing::Chosen(profile) => {
            let page = chosen(&app, words, &shelf, reader, &profile, now).await?;
            HomePage { shelves: shelves(&app, words, &shelf, reader).await?, ..page }
        }
        Standing::Member => {
            let asking = ask::latest(&app, words, None).await?;
            let page = standard(&app, words, &shelf, reader, now);
            HomePage { shelves: shelves(&app, words, &shelf, reader).await?, asking, ..page }
        }
        Standing::Visitor => {
            let join = Some(Join { words: how_to_join(&app, words).await?, href: Some("/join".to_owned()) });
            let asking = ask::latest(&app, words, None).await?;
            HomePage { join, asking, ..standard(&app, words, &shelf, reader, now) }
        }
    };
    Ok(Html(app.templates.center_home(&frame, &page)?))
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
            progress: how_far(app, reader, item).await?,
            ..win
        });
    }
    let company = &profile.account.name;
    Ok(HomePage {
        around: Around { search_action: None, ..around(app, reader, Some(PlaceKind::ForYou)) },
        greeting: greeting(words, now, profile.timezone.as_deref(), profile.first_name.as_deref()),
        line: words.say_with("home-line-for", &[("company", company.into())]),
        search_action: Some(super::search::SEARCH.to_owned()),
        search_suggest: Some(super::search::SUGGEST.to_owned()),
        next_win: next,
        doors: doors(words, shelf, ways::most_used(app, profile).await?, now),
        asking: ask::latest(app, words, Some(profile)).await?,
        fixes: of(Slot::Fix).filter_map(|kept| Some(fix_line(item(kept)?))).collect(),
        picks_title: words.say_with("home-picks-for", &[("company", company.into())]),
        picks: of(Slot::Picks).filter_map(|kept| Some(choosing::pick(item(kept)?, kept))).collect(),
        all_picks: Some(all_lessons(words)),
        exchange: reader.map(|_| Exchange {
            told: told(words, profile),
            get: words.say("home-get-words"),
            change_href: Some("/me".to_owned()),
            stop_href: Some("/me/email".to_owned()),
        }),
        feedback: reader
            .map(|_| FeedbackStrip { question: words.say("home-feedback"), action: "/feedback".to_owned() }),
        ..HomePage::default()
    })
}

/// The page in its standard order: the same for everybody, nothing chosen by rules.
fn standard(
    app: &App,
    words: &Words,
    shelf: &Shelf,
    reader: Option<&Reader>,
    now: DateTime<Utc>,
) -> HomePage {
    let items = in_standard_order(shelf, now);
    let common = || Why { because: words.say("home-because-common"), ..Why::default() };
    let of = |kind: Kind| items.iter().copied().filter(move |item| item.kind == kind);
    let next = of(Kind::Training).find(|item| item.is_quick_training());
    let fixes: Vec<_> = of(Kind::Support).take(4).collect();
    let shown: BTreeSet<&str> =
        next.iter().copied().chain(fixes.iter().copied()).map(|item| item.slug.as_str()).collect();
    let picks = items.iter().copied().filter(|item| item.kind == Kind::Training);
    let picks = picks.filter(|item| !shown.contains(item.slug.as_str())).take(3);
    HomePage {
        around: Around { search_action: None, ..around(app, reader, Some(PlaceKind::ForYou)) },
        greeting: greeting(words, now, None, None),
        line: words.say("home-line"),
        search_action: Some(super::search::SEARCH.to_owned()),
        search_suggest: Some(super::search::SUGGEST.to_owned()),
        next_win: next.map(|item| next_win(words, item, common())),
        doors: doors(words, shelf, None, now),
        fixes: fixes.into_iter().map(fix_line).collect(),
        picks_title: words.say("home-picks-common"),
        picks: picks.map(|item| pick(item, item.path(), common())).collect(),
        all_picks: Some(all_lessons(words)),
        ..HomePage::default()
    }
}

/// What a member keeps, in any order of the page.
async fn shelves(
    app: &App,
    words: &Words,
    shelf: &Shelf,
    reader: Option<&Reader>,
) -> Result<Option<HomeShelves>, PageError> {
    let Some(reader) = reader else { return Ok(None) };
    Ok(Some(keeping::on_home(app, words, shelf, reader).await?))
}

/// How far the reader came in this item, when it is a lesson they began.
async fn how_far(app: &App, reader: Option<&Reader>, item: &Item) -> Result<Option<Progress>, PageError> {
    let Some(reader) = reader else { return Ok(None) };
    let way = progress::of_item(app.db.read(), shown::learner(reader), item.slug.as_str()).await?;
    Ok(shown::progress(item, Some(&way)))
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

/// Starters first, then the short ones; products that not everybody has come last.
fn in_standard_order(shelf: &Shelf, now: DateTime<Utc>) -> Vec<&Item> {
    let today = now.date_naive();
    let open = shelf.catalogue.iter().filter(|item| !item.expired(today) && item.trades.is_empty());
    let mut items: Vec<_> = open.collect();
    items.sort_by_key(|item| (item.level, !item.products.is_empty(), item.minutes, item.slug.clone()));
    items
}

/// A door for each kind of user, the one used most first; each leads to something that is there.
fn doors(words: &Words, shelf: &Shelf, most_used: Option<UserType>, now: DateTime<Utc>) -> Vec<Door> {
    let items = in_standard_order(shelf, now);
    let shelves = (words.say("home-door-shelves"), "/saved".to_owned());
    let all = [
        (DoorKind::Learn, UserType::Learner, lessons(words, &items)),
        (DoorKind::Ask, UserType::Connector, Some((words.say("home-door-ask-line"), ask::ASK.to_owned()))),
        (DoorKind::Together, UserType::Collaborator, Some(shelves)),
    ];
    let mut doors: Vec<_> = all
        .into_iter()
        .filter_map(|(kind, of, leads)| leads.map(|(line, href)| (of, Door { kind, line, href })))
        .collect();
    doors.sort_by_key(|(of, _)| Some(*of) != most_used);
    doors.into_iter().map(|(_, door)| door).collect()
}

/// "Lessons of 3 to 8 minutes", and where they are.
fn lessons(words: &Words, items: &[&Item]) -> Option<(String, String)> {
    let minutes = || items.iter().filter(|item| learn::is_lesson(item)).map(|item| item.minutes);
    let (shortest, longest) = (minutes().min()?, minutes().max()?);
    let line = if shortest == longest {
        words.say_with("home-door-lessons-all", &[("minutes", shortest.into())])
    } else {
        let both = [("shortest", shortest.into()), ("longest", longest.into())];
        words.say_with("home-door-lessons", &both)
    };
    Some((line, "/learn".to_owned()))
}

fn next_win(words: &Words, item: &Item, why: Why) -> NextWin {
    NextWin {
        title: item.title.clone(),
        summary: item.summary.clone(),
        href: item.path(),
        minutes: item.minutes.into(),
        level: shown::level(words, item),
        progress: None,
        why,
    }
}

fn fix_line(item: &Item) -> FixLine {
    FixLine {
        title: item.symptom.clone().unwrap_or_else(|| item.title.clone()),
        href: item.path(),
        minutes: item.minutes.into(),
        worked_for: None,
    }
}

/// An item as a card that leads there.
pub(super) fn pick(item: &Item, href: String, why: Why) -> PickCard {
    PickCard {
        kind: badge(item),
        title: item.title.clone(),
        summary: item.summary.clone(),
        href,
        minutes: item.minutes.into(),
        why,
    }
}

/// Which badge an item carries.
pub(super) fn badge(item: &Item) -> PickKind {
    use content::Format;
    match item.format {
        _ if item.by_independent_expert() && !item.author.paid => PickKind::Expert,
        _ if !item.trades.is_empty() => PickKind::Industry,
        Format::Quick | Format::Lesson => PickKind::Lesson,
        Format::Fix => PickKind::Fix,
        Format::Article => PickKind::Reading,
        Format::Question => PickKind::Question,
    }
}

/// What we use, as the reader would say it.
fn told(words: &Words, profile: &Profile) -> String {
    let mut facts = Vec::new();
    if let Some(industry) = profile.account.industry.as_deref()
        && let Ok(entry) = segments::naics::by_code(industry)
    {
        facts.push(entry.title.clone());
    }
    if let Some(people) = profile.account.employees.filter(|people| *people > 0) {
        facts.push(words.say_with("home-people", &[("count", people.into())]));
    }
    let products: BTreeSet<_> =
        profile.account.licences.iter().map(|licence| licence.product.as_str()).collect();
    if !products.is_empty() {
        facts.push(products.into_iter().collect::<Vec<_>>().join(", "));
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
