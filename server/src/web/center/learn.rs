//! `/learn`: every lesson by what it is good for, and by what a reader asked for.

use std::collections::{BTreeMap, BTreeSet};

use axum::extract::{Query, State};
use axum::response::Html;
use content::{Format, Item};
use segments::Level;
use serde::{Deserialize, Serialize};
use templates::Words;
use templates::center::{
    CarryOn, Field, FilterBy, FilterChoice, FilterRow, Job, LearnPage, LessonCard, Nothing, PlaceKind,
};

use super::shown::{self, learner};
use super::{around, frame};
use crate::app::App;
use crate::shelf::Shelf;
use crate::store::feedback::{self, Worth};
use crate::store::progress::{self, Way};
use crate::store::{finishes, products};
use crate::web::error::PageError;
use crate::web::frame::Visit;
use crate::web::visitor::Reader;

mod shelves;

use shelves::Choosable;

/// How long a lesson may take, to choose from.
const MINUTES: [u16; 3] = [5, 10, 20];
/// So many near lessons are shown when none fits.
const NEAREST: usize = 3;

/// What lessons a reader asks for; empty where they did not say.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Wish {
    minutes: String,
    level: String,
    product: String,
    shelf: String,
    #[serde(skip_serializing)]
    asked: String,
    /// What stands on the shelf.
    #[serde(skip)]
    on_shelf: BTreeSet<String>,
}

impl Wish {
    /// What of it there is to ask for, with these shelves to choose by.
    pub(super) fn sound(&self, shelf: &Shelf, shelves: &[Choosable]) -> Self {
        let known = |value: &str, known: bool| if known { value.to_owned() } else { String::new() };
        let chosen = shelves.iter().find(|one| one.value == self.shelf);
        let product = || lessons(shelf).any(|item| item.products.contains(&self.product));
        Self {
            minutes: known(&self.minutes, self.minutes().is_some()),
            level: known(&self.level, self.level().is_some()),
            product: known(&self.product, product()),
            shelf: known(&self.shelf, chosen.is_some()),
            asked: self.asked.clone(),
            on_shelf: chosen.map(|one| one.items.clone()).unwrap_or_default(),
        }
    }

    fn minutes(&self) -> Option<u16> {
        self.minutes.parse().ok().filter(|minutes| MINUTES.contains(minutes))
    }

    fn level(&self) -> Option<Level> {
        Level::ALL.iter().copied().find(|level| level.as_str() == self.level)
    }

    fn parts(&self) -> [(&'static str, &str); 4] {
        let Self { minutes, level, product, shelf, .. } = self;
        [("minutes", minutes), ("level", level), ("product", product), ("shelf", shelf)]
    }

    /// The page with this wish.
    fn href(&self) -> String {
        self.with_word("")
    }

    /// The page with this wish and one more word in its address.
    pub(super) fn with_word(&self, word: &str) -> String {
        let said = self.parts().into_iter().filter(|(_, value)| !value.is_empty());
        let said = said.map(|(name, value)| format!("{name}={}", in_an_address(value)));
        let said: Vec<_> = said.chain((!word.is_empty()).then(|| word.to_owned())).collect();
        if said.is_empty() { "/learn".to_owned() } else { format!("/learn?{}", said.join("&")) }
    }

    /// How many of the things asked for a lesson has.
    fn met_by(&self, item: &Item) -> usize {
        let met = [
            self.minutes().is_some_and(|minutes| item.minutes <= minutes),
            self.level().is_some_and(|level| item.level == level),
            !self.product.is_empty() && item.products.contains(&self.product),
            self.on_shelf.contains(item.slug.as_str()),
        ];
        met.into_iter().filter(|met| *met).count()
    }

    fn is_met_by(&self, item: &Item) -> bool {
        self.met_by(item) == self.parts().into_iter().filter(|(_, value)| !value.is_empty()).count()
    }
}

/// A value as it stands in an address.
pub(super) fn in_an_address(value: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    value
        .bytes()
        .map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}

/// Whether an item is a lesson.
pub(super) fn is_lesson(item: &Item) -> bool {
    matches!(item.format, Format::Quick | Format::Lesson)
}

fn lessons(shelf: &Shelf) -> impl Iterator<Item = &Item> {
    shelf.catalogue.iter().filter(|item| is_lesson(item))
}

/// What is known of a reader's lessons; nothing of a visitor's.
#[derive(Debug, Default)]
struct Known {
    ways: BTreeMap<String, Way>,
    done: BTreeSet<String>,
}

/// Shows the lessons that fit, by what they are good for.
pub async fn list(
    State(app): State<App>,
    shelf: Shelf,
    visit: Visit,
    Query(asked): Query<Wish>,
    reader: Option<Reader>,
) -> Result<Html<String>, PageError> {
    let reader = reader.as_ref();
    let frame = frame(&app, &visit, reader);
    let words = app.templates.words(&frame.language);
    let known = match reader.map(learner) {
        Some(who) => Known {
            ways: progress::of_person(app.db.read(), who).await?,
            done: finishes::completed(app.db.read(), who).await?,
        },
        None => Known::default(),
    };
    let shelves = shelves::of(&app, &shelf, reader).await?;
    let wish = asked.sound(&shelf, &shelves);
    let mut all: Vec<&Item> = lessons(&shelf).filter(|item| shown::is_shown(&app, item)).collect();
    all.sort_by_key(|item| (item.level, item.minutes, &item.title));
    let fitting: Vec<&Item> = all.iter().copied().filter(|item| wish.is_met_by(item)).collect();
    let slugs: Vec<&str> = all.iter().map(|item| item.slug.as_str()).collect();
    let worth = feedback::worth_of_each(app.db.read(), &slugs, app.clock.now()).await?;
    let card = |item: &Item| LessonCard {
        worth: worth.get(item.slug.as_str()).and_then(|worth| worth_it(words, worth)),
        ..card(words, &known, item)
    };
    let page = LearnPage {
        around: around(&app, reader, Some(PlaceKind::Learn)),
        carry_on: carry_on(&known, &all),
        filters: filters(words, &wish, &all, &names(&app).await?, &shelves),
        order: shelves::of_a_trade(&shelf, &shelves).then(|| words.say("learn-trade-first")),
        all_href: (wish.href() != "/learn").then(|| "/learn".to_owned()),
        jobs: jobs(words, &fitting)
            .into_iter()
            .map(|(title, items)| Job { title, lessons: items.into_iter().map(card).collect() })
            .collect(),
        nothing: fitting.is_empty().then(|| Nothing {
            nearest: nearest(&wish, &all).into_iter().map(card).collect(),
            // What one's own shelf has none of need not be written: it may stand on another.
            action: (wish.asked != "yes" && wish.shelf.is_empty()).then(|| "/learn".to_owned()),
            asked: fields(&wish),
            noted: wish.asked == "yes",
        }),
    };
    Ok(Html(app.templates.center_learn(&frame, &page)?))
}

/// Names of products as customers know them, by code.
pub(super) async fn names(app: &App) -> Result<BTreeMap<String, String>, PageError> {
    let all = products::all(app.db.read()).await?;
    Ok(all.into_iter().map(|product| (product.code, product.name)).collect())
}

/// What was begun and not finished, the last one first.
fn carry_on(known: &Known, all: &[&Item]) -> Vec<CarryOn> {
    let begun = all.iter().filter(|item| !known.done.contains(item.slug.as_str()));
    let mut begun: Vec<_> =
        begun.filter_map(|item| Some((*item, known.ways.get(item.slug.as_str())?))).collect();
    begun.sort_by_key(|(_, way)| std::cmp::Reverse(way.last));
    let carry = |(item, way): (&Item, &Way)| {
        Some(CarryOn {
            title: item.title.clone(),
            href: item.path(),
            progress: shown::progress(item, Some(way))?,
        })
    };
    begun.into_iter().filter_map(carry).collect()
}

fn card(words: &Words, known: &Known, item: &Item) -> LessonCard {
    LessonCard {
        title: item.title.clone(),
        summary: item.summary.clone(),
        href: item.path(),
        minutes: item.minutes.into(),
        level: shown::level(words, item),
        done: known.done.contains(item.slug.as_str()),
        progress: shown::progress(item, known.ways.get(item.slug.as_str())),
        worth: None,
    }
}

/// "worth the time for 9 in 10 people, as of 3 March 2026"; nothing about a lesson that hardly anybody found so.
fn worth_it(words: &Words, worth: &Worth) -> Option<String> {
    let told = [("often", worth.of_ten.into()), ("day", words.day(worth.until).into())];
    (worth.of_ten > 0).then(|| words.say_with("learn-worth-it", &told))
}

/// The lessons by the first thing they are good for, each once.
fn jobs<'a>(words: &Words, items: &[&'a Item]) -> Vec<(String, Vec<&'a Item>)> {
    let mut jobs: BTreeMap<String, Vec<&Item>> = BTreeMap::new();
    let mut others = Vec::new();
    for item in items {
        match item.needs.first() {
            Some(need) => jobs.entry(with_a_capital(need)).or_default().push(item),
            None => others.push(*item),
        }
    }
    let others = (!others.is_empty()).then(|| (words.say("learn-more"), others));
    jobs.into_iter().chain(others).collect()
}

pub(super) fn with_a_capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The lessons that come nearest to a wish that none meets.
fn nearest<'a>(wish: &Wish, all: &[&'a Item]) -> Vec<&'a Item> {
    let mut near = all.to_vec();
    near.sort_by_key(|item| std::cmp::Reverse(wish.met_by(item)));
    near.truncate(NEAREST);
    near
}

fn fields(wish: &Wish) -> Vec<Field> {
    let said = wish.parts().into_iter().filter(|(_, value)| !value.is_empty());
    said.map(|(name, value)| Field { name: name.to_owned(), value: value.to_owned() }).collect()
}

/// What one may choose by. Every choice leads to a page of its own, and choosing it again leads back.
fn filters(
    words: &Words,
    wish: &Wish,
    all: &[&Item],
    names: &BTreeMap<String, String>,
    shelves: &[Choosable],
) -> Vec<FilterRow> {
    let choice = |label: String, on: bool, with: Wish| FilterChoice { label, href: with.href(), on };
    let either = |on: bool, value: &str| if on { String::new() } else { value.to_owned() };
    let minutes = MINUTES.map(|minutes| {
        let on = wish.minutes() == Some(minutes);
        let with = Wish { minutes: either(on, &minutes.to_string()), ..wish.clone() };
        choice(words.say_with("learn-up-to", &[("minutes", minutes.into())]), on, with)
    });
    let levels = Level::ALL.iter().map(|level| {
        let (on, level) = (wish.level() == Some(*level), level.as_str());
        let with = Wish { level: either(on, level), ..wish.clone() };
        choice(words.say(&format!("level-{level}")), on, with)
    });
    let products: BTreeSet<&str> =
        all.iter().flat_map(|item| item.products.iter().map(String::as_str)).collect();
    let products = products.into_iter().map(|code| {
        let on = wish.product == code;
        let with = Wish { product: either(on, code), ..wish.clone() };
        choice(names.get(code).cloned().unwrap_or_else(|| with_a_capital(code)), on, with)
    });
    let shelves = shelves.iter().map(|one| {
        let on = wish.shelf == one.value;
        let with = Wish { shelf: either(on, &one.value), ..wish.clone() };
        choice(one.title.clone(), on, with)
    });
    let row = |by, choices| FilterRow { by, choices };
    let rows = [
        row(FilterBy::Minutes, minutes.to_vec()),
        row(FilterBy::Level, levels.collect()),
        row(FilterBy::Product, products.collect()),
        row(FilterBy::Shelf, shelves.collect()),
    ];
    rows.into_iter().filter(|row| !row.choices.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wish(minutes: &str, level: &str, product: &str) -> Wish {
        Wish {
            minutes: minutes.to_owned(),
            level: level.to_owned(),
            product: product.to_owned(),
            ..Wish::default()
        }
    }

    #[test]
    fn what_nobody_can_ask_for_is_left_out_of_a_wish() {
        let shelf = Shelf::starter().unwrap();
        assert_eq!(
            wish("5", "starter", "phones").sound(&shelf, &[]).href(),
            "/learn?minutes=5&level=starter&product=phones"
        );
        assert_eq!(wish("6", "beginner", "<script>").sound(&shelf, &[]).href(), "/learn");
        assert_eq!(wish("", "", "a b&c").href(), "/learn?product=a%20b%26c");
    }

    #[test]
    fn the_nearest_lessons_meet_most_of_a_wish() {
        let shelf = Shelf::starter().unwrap();
        let all: Vec<_> = lessons(&shelf).collect();
        let wish = wish("10", "confident", "phones");
        let met: Vec<_> = nearest(&wish, &all).into_iter().map(|item| wish.met_by(item)).collect();
        assert_eq!(met.len(), NEAREST);
        assert_eq!(met[0], all.iter().map(|item| wish.met_by(item)).max().unwrap());
        assert!(met.is_sorted_by(|one, other| one >= other), "{met:?}");
    }

    #[test]
    fn a_shelf_is_asked_for_by_its_name_and_one_that_is_not_there_is_left_out() {
        let shelf = Shelf::starter().unwrap();
        let lesson = lessons(&shelf).next().unwrap();
        let mine = Choosable {
            value: "mine".to_owned(),
            title: "Mine".to_owned(),
            items: [lesson.slug.to_string()].into(),
        };
        let asked = |shelf: &str| Wish { shelf: shelf.to_owned(), ..Wish::default() };
        let wish = asked("mine").sound(&shelf, std::slice::from_ref(&mine));
        assert_eq!(wish.href(), "/learn?shelf=mine");
        let met: Vec<_> = lessons(&shelf).filter(|item| wish.is_met_by(item)).collect();
        assert_eq!(met, [lesson]);
        let none = asked("theirs").sound(&shelf, &[mine]);
        assert!(none.href() == "/learn" && lessons(&shelf).all(|item| none.is_met_by(item)));
    }

    #[test]
    fn every_lesson_stands_under_one_job_and_only_there() {
        let shelf = Shelf::starter().unwrap();
        let all: Vec<_> = lessons(&shelf).collect();
        let words = templates::Templates::new().unwrap();
        let jobs = jobs(words.words(templates::ENGLISH), &all);
        assert_eq!(jobs.iter().map(|(_, items)| items.len()).sum::<usize>(), all.len());
        assert!(jobs.len() > 2 && jobs.iter().all(|(title, _)| title.starts_with(char::is_uppercase)));
    }
}
