//! The words of the center, by language: every sentence a customer reads that is not content.
//!
//! A language is a folder in `templates/words/` whose files are read as one ([Fluent] messages: plurals and word order
//! are theirs). A second language is one more folder with one file in it; a message it lacks is said in English.
//! A template says one with `{{ say(key="home-title", company=page.company) }}`, the rest of the house with
//! [`Words::say`].
//!
//! [Fluent]: https://projectfluent.org

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::sync::Arc;

use chrono::{Locale, NaiveDate, NaiveTime};
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::types::FluentNumber;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use rust_embed::RustEmbed;
use unic_langid::LanguageIdentifier;

use crate::figures;

mod pseudo;
#[cfg(test)]
mod tests;

/// The language every message exists in.
pub const ENGLISH: &str = "en";
/// A made-up language for tests: English in letters that show which words never went through here.
pub const PSEUDO: &str = "en-XA";

/// Why the words could not be read.
#[derive(Debug, thiserror::Error)]
pub enum WordsError {
    /// A folder is not named by a language.
    #[error("`{0}` is no language: a folder of words is named like `en` or `es-MX`")]
    Language(String),
    /// A file is not UTF-8 or not Fluent.
    #[error("the words in {file} could not be read: {problem}")]
    File {
        /// The file.
        file: String,
        /// What is wrong with it.
        problem: String,
    },
    /// A message stands twice, or a folder has nothing to format dates with.
    #[error("the words of {language}: {problem}")]
    Message {
        /// The language.
        language: String,
        /// What is wrong.
        problem: String,
    },
}

/// All words of one language.
pub struct Words {
    language: String,
    bundle: FluentBundle<FluentResource>,
    english: Option<Arc<Words>>,
    dates: Locale,
}

impl std::fmt::Debug for Words {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Words").field("language", &self.language).finish_non_exhaustive()
    }
}

impl Words {
    /// The language, as a page names it: `en`.
    pub fn language(&self) -> &str {
        &self.language
    }

    /// Says a message without any values.
    pub fn say(&self, key: &str) -> String {
        self.say_with(key, &[])
    }

    /// Says a message with values in it. A key that nobody wrote is said as it is, so that a page never fails for a
    /// word; a test finds it first.
    pub fn say_with(&self, key: &str, values: &[(&str, Value<'_>)]) -> String {
        let mut args = FluentArgs::with_capacity(values.len());
        for (name, value) in values {
            args.set((*name).to_owned(), value.to_fluent());
        }
        self.find(key, &args).unwrap_or_else(|| key.to_owned())
    }

    /// Whether there is such a message.
    pub fn has(&self, key: &str) -> bool {
        self.bundle.has_message(key) || self.english.as_ref().is_some_and(|english| english.has(key))
    }

    /// A day as people of this language write it: `3 March 2026`.
    pub fn day(&self, day: NaiveDate) -> String {
        day.format_localized(&self.pattern("format-day"), self.dates).to_string()
    }

    /// A day without its year: `3 March`.
    pub fn short_day(&self, day: NaiveDate) -> String {
        day.format_localized(&self.pattern("format-short-day"), self.dates).to_string()
    }

    /// A time of day as people of this language write it: `3:00 pm`.
    pub fn time(&self, time: NaiveTime) -> String {
        time.format(&self.pattern("format-time")).to_string()
    }

    /// A message that we read ourselves, out of any disguise.
    fn pattern(&self, key: &str) -> String {
        self.say(key).chars().map(pseudo::plain).collect()
    }

    pub(crate) fn find(&self, key: &str, args: &FluentArgs<'_>) -> Option<String> {
        let Some(pattern) = self.bundle.get_message(key).and_then(|message| message.value()) else {
            return self.english.as_ref()?.find(key, args);
        };
        let mut errors = Vec::new();
        let said = self.bundle.format_pattern(pattern, Some(args), &mut errors);
        debug_assert!(errors.is_empty(), "the message {key} of {}: {errors:?}", self.language);
        Some(said.into_owned())
    }
}

/// A value in a message.
#[derive(Debug, Clone)]
pub enum Value<'a> {
    /// Words.
    Text(Cow<'a, str>),
    /// A whole number; the message may differ by it.
    Count(i64),
}

impl Value<'_> {
    fn to_fluent(&self) -> FluentValue<'_> {
        match self {
            Self::Text(text) => FluentValue::from(text.as_ref()),
            Self::Count(number) => FluentValue::from(*number),
        }
    }
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text.into())
    }
}

impl<'a> From<&'a String> for Value<'a> {
    fn from(text: &'a String) -> Self {
        Self::Text(text.into())
    }
}

impl From<String> for Value<'_> {
    fn from(text: String) -> Self {
        Self::Text(text.into())
    }
}

macro_rules! counts {
    ($($number:ty),*) => {$(
        impl From<$number> for Value<'_> {
            fn from(number: $number) -> Self {
                Self::Count(i64::try_from(number).unwrap_or(i64::MAX))
            }
        }
    )*};
}
counts!(i32, i64, u16, u32, u64, usize);

/// Every language there is, with what a template calls.
pub(crate) fn read() -> Result<BTreeMap<String, Arc<Words>>, WordsError> {
    let english = Arc::new(of(ENGLISH, None, None)?);
    let mut all = BTreeMap::from([(ENGLISH.to_owned(), Arc::clone(&english))]);
    for language in Files::iter().filter_map(|file| file.split_once('/').map(|(folder, _)| folder.to_owned()))
    {
        if let Entry::Vacant(place) = all.entry(language) {
            let words = of(place.key(), Some(Arc::clone(&english)), None)?;
            place.insert(Arc::new(words));
        }
    }
    Ok(all)
}

/// English in other letters.
pub(crate) fn pseudo() -> Result<Words, WordsError> {
    Ok(Words { language: PSEUDO.to_owned(), ..of(ENGLISH, None, Some(pseudo::disguise))? })
}

fn of(
    language: &str,
    english: Option<Arc<Words>>,
    transform: Option<fn(&str) -> Cow<'_, str>>,
) -> Result<Words, WordsError> {
    let id: LanguageIdentifier = language.parse().map_err(|_| WordsError::Language(language.to_owned()))?;
    let mut bundle = FluentBundle::new_concurrent(vec![id]);
    bundle.set_use_isolating(false);
    bundle.set_transform(transform);
    for file in
        Files::iter().filter(|file| file.split_once('/').is_some_and(|(folder, _)| folder == language))
    {
        let bytes = Files::get(&file).map(|file| file.data.into_owned()).unwrap_or_default();
        let problem = |problem: String| WordsError::File { file: file.to_string(), problem };
        let text = String::from_utf8(bytes).map_err(|_| problem("it is not UTF-8".to_owned()))?;
        let resource = FluentResource::try_new(text)
            .map_err(|(_, errors)| problem(errors.first().map(ToString::to_string).unwrap_or_default()))?;
        bundle
            .add_resource(resource)
            .map_err(|errors| problem(errors.first().map(ToString::to_string).unwrap_or_default()))?;
    }
    let said = |key: &str| {
        let own = bundle.get_message(key).and_then(|message| message.value());
        own.map(|pattern| bundle.format_pattern(pattern, None, &mut Vec::new()).into_owned())
    };
    let wrong =
        |problem: &str| WordsError::Message { language: language.to_owned(), problem: problem.to_owned() };
    // These two are read by us and not shown, so they stand outside the disguise.
    let undisguised = |text: String| text.chars().map(pseudo::plain).collect::<String>();
    let dates = said("format-locale").ok_or_else(|| wrong("`format-locale` is missing, such as en_US"))?;
    let dates = Locale::try_from(undisguised(dates).as_str())
        .map_err(|_| wrong("`format-locale` is no locale, such as en_US"))?;
    let thousands = said("format-thousands").map(undisguised);
    let formatter = match thousands.as_deref() {
        Some("comma") => grouped_by_comma,
        Some("point") => grouped_by_point,
        Some("space") => grouped_by_space,
        _ => return Err(wrong("`format-thousands` is `comma`, `point` or `space`")),
    };
    bundle.set_formatter(Some(formatter));
    Ok(Words { language: language.to_owned(), bundle, english, dates })
}

type Memoizer = intl_memoizer::concurrent::IntlLangMemoizer;

fn grouped_by_comma(value: &FluentValue<'_>, _: &Memoizer) -> Option<String> {
    grouped(value)
}

fn grouped_by_point(value: &FluentValue<'_>, _: &Memoizer) -> Option<String> {
    grouped(value).map(|text| text.replace(',', "."))
}

fn grouped_by_space(value: &FluentValue<'_>, _: &Memoizer) -> Option<String> {
    grouped(value).map(|text| text.replace(',', "\u{202f}"))
}

fn grouped(value: &FluentValue<'_>) -> Option<String> {
    match value {
        FluentValue::Number(FluentNumber { value, .. }) if *value >= 0.0 && value.fract() == 0.0 => {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "whole and not negative"
            )]
            let whole = *value as u64;
            Some(figures::count(whole))
        }
        _ => None,
    }
}

/// The messages, one folder a language.
#[derive(RustEmbed)]
#[folder = "words/"]
struct Files;

/// `say(key=…)`, as templates of this language call it.
pub(crate) fn in_templates(
    words: Arc<Words>,
) -> impl Fn(tera::Kwargs, &tera::State) -> tera::TeraResult<String> + Send + Sync + 'static {
    move |named, _| {
        let key: String = named.must_get("key")?;
        let mut args = FluentArgs::new();
        for (name, value) in named.iter() {
            let Some(name) = name.as_str().filter(|name| *name != "key") else { continue };
            let value = match value.as_i128() {
                Some(number) if value.is_number() => {
                    FluentValue::from(i64::try_from(number).unwrap_or(i64::MAX))
                }
                _ => FluentValue::from(value.to_string()),
            };
            args.set(name.to_owned(), value);
        }
        words.find(&key, &args).ok_or_else(|| tera::Error::message(format!("nobody wrote the message {key}")))
    }
}
