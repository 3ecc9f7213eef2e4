//! One test of one fact. What each fact means is written here, and nowhere else.

use serde::{Deserialize, Serialize};

use super::{Act, Amount, MAX_LIST, Numbers, Object, Predicate, Unseen, When};
use crate::{Billing, Class, Level, Purpose, SizeBand, Stage, UserType};

/// One test of one fact. Where the value is missing, it fails.
///
/// "In force" is said of licences that were not reported as lapsed at the end of their present term. Today is the
/// day of `now` in UTC. Lists hold when one of their values does. Text is compared letter by letter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Fact {
    /// Head count of the home account.
    Size(Numbers<i64>),
    /// Band of that head count.
    SizeBand(Vec<SizeBand>),
    /// Class of that head count.
    Class(Vec<Class>),
    /// Stage as somebody said it; else starting up when founded under two years (24 months) ago; else unknown.
    Stage(Vec<Stage>),
    /// The day the account was founded. `within 90 days` looks back.
    Founded(When),
    /// Industry code is, or lies under, one of these.
    Industry(Vec<Industry>),
    /// Country of the account, upper-case ISO 3166 code.
    Country(Vec<String>),
    /// State or region of the account.
    Region(Vec<String>),
    /// City of the account.
    City(Vec<String>),
    /// External id of the partner that serves the account.
    Partner(Vec<String>),
    /// Who bills the account.
    Billing(Vec<Billing>),
    /// Has a licence in force for this product.
    Owns(String),
    /// Seats of the product, added up over the licences in force that say a number; unknown when none does.
    Seats {
        /// Code of the product.
        of: String,
        /// The test.
        is: Numbers<i64>,
    },
    /// Seats in use on the last day, today at the latest, that has a count; the largest when it has several.
    ActiveSeats {
        /// Code of the product.
        of: String,
        /// The test.
        is: Numbers<i64>,
    },
    /// Seats less active seats, unknown when either is; below zero when more are used than sold.
    UnusedSeats {
        /// Code of the product.
        of: String,
        /// The test.
        is: Numbers<i64>,
    },
    /// Reached this milestone of any product, today at the latest. `within 90 days` looks back.
    Milestone {
        /// Its name.
        name: String,
        /// When; ever, where nothing is said.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        when: Option<When>,
    },
    /// Next renewal: the earliest end, today or later, of a licence in force. `within 90 days` looks ahead.
    Renews(When),
    /// Amounts of the licences in force, added up, in whole currency units. Licences without amount or currency
    /// are left out; unknown when none remains or when they are in more than one currency.
    Amount(Numbers<Amount>),
    /// Class that sales planned with.
    TargetedClass(Vec<Class>),
    /// Size band that sales planned with.
    TargetedBand(Vec<SizeBand>),
    /// Whether the band and class that sales planned with are the actual ones. Fails when the head count is unknown
    /// or nothing was planned with.
    Targeted(Agreement),
    /// How the person likes to learn.
    UserType(Vec<UserType>),
    /// How sure of themselves the person is.
    Level(Vec<Level>),
    /// What the person does in the company.
    Role(Vec<String>),
    /// Language tag is one of these, or begins with one and a hyphen: "en" takes in "en-GB".
    Language(Vec<String>),
    /// Said they want this, in these words; letter case makes no difference.
    Needs(String),
    /// Consent for this purpose is in force, given now or earlier.
    Consents(Purpose),
    /// Joined, now or earlier. `within 30 days` looks back.
    Joined {
        /// When; ever, where nothing is said.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        when: Option<When>,
    },
    /// Did this, so often, in that time and never after now.
    ///
    /// Received: letters sent or delivered, each letter once. Opened and clicked: only those with the verdict
    /// "human", of people who allow tracking now; for everyone else unknown, so that "fewer than" fails too.
    /// Replied, viewed, completed, asked, answered: each event, of everyone. A named item or kind means, for
    /// received, opened and replied, a letter that is about it or carried it; for the rest, the item acted on. Kinds
    /// and formats are those the catalogue has now.
    Did(Act),
    /// Was sent a letter in that time (one with that item or kind, where one is named) and was not seen to open,
    /// click or reply in that time. For opens and clicks the person must allow tracking now.
    DidNot(Unseen),
    /// The saved question of this name holds. Before it is resolved, it fails.
    InSegment(Segment),
    /// Is in this journey now: an enrolment that is neither done nor left.
    InJourney(String),
    /// An extra column of the import, of the person or of the account, has one of these values.
    Trait {
        /// Column name.
        name: String,
        /// Values.
        is: Vec<String>,
    },
    /// Something is known.
    Exists(Known),
    /// There is an extra column of this name, of the person or of the account.
    TraitExists(String),
}

words! {
    /// Whether what sales planned with is what the data says.
    Agreement, "answer":
    /// It is.
    Actual = "actual",
    /// It is not.
    NotActual = "not-actual",
}

words! {
    /// What `exists …` may ask for.
    Known, "fact to ask for":
    /// A head count.
    Size = "size",
    /// A stage, said or derived.
    Stage = "stage",
    /// A founding day.
    Founded = "founded",
    /// An industry.
    Industry = "industry",
    /// A country.
    Country = "country",
    /// A region.
    Region = "region",
    /// A city.
    City = "city",
    /// A partner.
    Partner = "partner",
    /// A next renewal.
    Renewal = "renewal",
    /// A targeted class.
    TargetedClass = "targeted-class",
    /// A targeted band.
    TargetedBand = "targeted-band",
    /// A user type.
    UserType = "user-type",
    /// A level.
    Level = "level",
    /// A role.
    Role = "role",
    /// A language.
    Language = "language",
    /// A time zone.
    Timezone = "timezone",
}

/// A saved question by name, and the question itself once it was looked up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Segment {
    /// Its name.
    pub name: String,
    #[serde(skip)]
    pub(crate) question: Option<Box<Predicate>>,
}

impl Segment {
    /// A name, not yet looked up.
    pub const fn named(name: String) -> Self {
        Self { name, question: None }
    }

    /// The saved question, once it was looked up.
    pub fn question(&self) -> Option<&Predicate> {
        self.question.as_deref()
    }
}

/// A part of the NAICS tree: a code of two to six digits, or a range of sectors such as 31-33.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Industry(pub(crate) String);

impl Industry {
    /// The code.
    pub fn code(&self) -> &str {
        &self.0
    }

    /// The beginnings of the codes that lie under it: 31, 32 and 33 for 31-33.
    pub(crate) fn prefixes(&self) -> Vec<String> {
        let range =
            self.0.split_once('-').and_then(|(from, to)| Some((from.parse().ok()?, to.parse().ok()?)));
        match range {
            Some((from, to)) => (from..=to).map(|sector: u32| sector.to_string()).collect(),
            None => vec![self.0.clone()],
        }
    }
}

impl Fact {
    /// Refuses a test that cannot be sound, in words for the person who wrote it.
    pub(crate) fn check(&self) -> Result<(), String> {
        match self {
            // More may be used than sold: `< 0` is the one test that asks for it.
            Self::UnusedSeats { is: Numbers::Fewer(0), .. } => {}
            Self::Size(is)
            | Self::Seats { is, .. }
            | Self::ActiveSeats { is, .. }
            | Self::UnusedSeats { is, .. } => is.check()?,
            Self::Amount(is) => is.check()?,
            Self::Founded(when) | Self::Renews(when) => when.check()?,
            Self::Milestone { when, .. } | Self::Joined { when } => when.map_or(Ok(()), When::check)?,
            Self::Did(act) => {
                act.when.map_or(Ok(()), When::check)?;
                act.times.map_or(Ok(()), super::Times::check)?;
            }
            Self::DidNot(unseen) => {
                unseen.when.map_or(Ok(()), When::check)?;
                if unseen.verb.bare().is_none() {
                    return Err(format!(
                        "a letter does not ask for `{0}`; write `not {0} …`, or did not open, click or reply",
                        unseen.verb
                    ));
                }
            }
            _ => {}
        }
        self.lists().into_iter().try_for_each(|length| match length {
            0 => Err("the list is empty".to_owned()),
            n if n > MAX_LIST => Err(format!("the list has {n} values; at most {MAX_LIST} fit")),
            _ => Ok(()),
        })?;
        self.texts().into_iter().try_for_each(check_text)
    }

    fn lists(&self) -> Option<usize> {
        Some(match self {
            Self::SizeBand(list) | Self::TargetedBand(list) => list.len(),
            Self::Class(list) | Self::TargetedClass(list) => list.len(),
            Self::Stage(list) => list.len(),
            Self::Industry(list) => list.len(),
            Self::Country(list)
            | Self::Region(list)
            | Self::City(list)
            | Self::Partner(list)
            | Self::Role(list)
            | Self::Language(list)
            | Self::Trait { is: list, .. } => list.len(),
            Self::Billing(list) => list.len(),
            Self::UserType(list) => list.len(),
            Self::Level(list) => list.len(),
            _ => return None,
        })
    }

    fn texts(&self) -> Vec<&str> {
        match self {
            Self::Country(list)
            | Self::Region(list)
            | Self::City(list)
            | Self::Partner(list)
            | Self::Role(list)
            | Self::Language(list) => list.iter().map(String::as_str).collect(),
            Self::Trait { name, is } => std::iter::once(name).chain(is).map(String::as_str).collect(),
            Self::Owns(text)
            | Self::Seats { of: text, .. }
            | Self::ActiveSeats { of: text, .. }
            | Self::UnusedSeats { of: text, .. }
            | Self::Milestone { name: text, .. }
            | Self::Needs(text)
            | Self::InJourney(text)
            | Self::InSegment(Segment { name: text, .. })
            | Self::TraitExists(text)
            | Self::Did(Act { of: Object::Item(text), .. })
            | Self::DidNot(Unseen { of: Object::Item(text), .. }) => vec![text],
            _ => Vec::new(),
        }
    }
}

fn check_text(text: &str) -> Result<(), String> {
    match text {
        "" => Err("a name or value is empty".to_owned()),
        _ if text.len() > 1000 => Err("a name or value is longer than 1000 bytes".to_owned()),
        _ if text.contains('\0') => Err("a name or value holds a NUL character".to_owned()),
        _ => Ok(()),
    }
}
