//! Who joins, when and how, on either side: decided by the world before anybody is assigned.

use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeDelta, Utc};
use segments::AskChannel;

use super::chance::Chance;
use super::contacts::Contact;
use super::parameters::Parameters;
use super::{Family, Side};

/// How a customer is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Channel {
    /// A line at the foot of a service mail.
    ServiceMailLine,
    /// The screen after a product is switched on.
    ActivationScreen,
}

impl Channel {
    /// The channel as asks are kept.
    pub fn kept_as(self) -> AskChannel {
        match self {
            Self::ServiceMailLine => AskChannel::ServiceMail,
            Self::ActivationScreen => AskChannel::Activation,
        }
    }

    /// What the customer read when asked.
    pub fn wording(self) -> &'static str {
        match self {
            Self::ServiceMailLine => "Want short lessons for your Lakeshore products? Join in 40 seconds.",
            Self::ActivationScreen => {
                "You are set up. Shall we show you the first three things to do? Join here."
            }
        }
    }
}

/// How the program side asks one family.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ask {
    /// Number of the contact who is asked.
    pub contact: usize,
    /// By which door.
    pub channel: Channel,
    /// When.
    pub at: DateTime<Utc>,
}

/// One person joining.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Join {
    /// Number of the contact.
    pub contact: usize,
    /// When they pressed the button.
    pub at: DateTime<Utc>,
    /// The ask they followed; `None` for who came by themselves.
    pub channel: Option<Channel>,
    /// When they finish a first lesson, if they do.
    pub lesson_at: Option<DateTime<Utc>>,
}

/// What is written down when somebody joins: the consent columns of a contact row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConsentFields {
    /// Purposes with semicolons between.
    pub consent: &'static str,
    /// When it was given.
    pub consent_at: DateTime<Utc>,
    /// Where it was given.
    pub consent_source: &'static str,
    /// The words beside the box.
    pub consent_wording: &'static str,
}

/// What joining people agree to, and the words beside the box.
const WORDING: &str = "Send me short lessons, fixes, answers from other customers and news about Lakeshore products, \
    about 2 emails a month. I can stop at any time.";
const WORDING_WITH_TRACKING: &str = "Send me short lessons, fixes, answers from other customers and news about \
    Lakeshore products, about 2 emails a month. I can stop at any time. You may see which of these emails I open and \
    which links I follow, to choose better ones.";

/// The receipt of one person's joining.
pub(super) fn consent(contact: &Contact, channel: Option<Channel>, at: DateTime<Utc>) -> ConsentFields {
    let (consent, consent_wording) = if contact.allows_tracking {
        ("training;support;community;product-news;tracking", WORDING_WITH_TRACKING)
    } else {
        ("training;support;community;product-news", WORDING)
    };
    let consent_source = match channel {
        Some(Channel::ServiceMailLine) => "join page, from a line in a service mail",
        Some(Channel::ActivationScreen) => "join page, from the activation screen",
        None => "join page, came without being asked",
    };
    ConsentFields { consent, consent_at: at, consent_source, consent_wording }
}

/// How one family would be asked, and who of it would join on either side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct JoinPlan {
    pub(super) ask: Ask,
    pub(super) when_asked: Vec<Join>,
    pub(super) unasked: Vec<Join>,
}

/// Decides for one family. `first` is the number of its first account.
pub(super) fn draw(parameters: &Parameters, first: usize, people: &[usize]) -> JoinPlan {
    let mut chance = Chance::of(parameters.seed, "joining", first);
    let channel = if chance.happens(0.7) { Channel::ServiceMailLine } else { Channel::ActivationScreen };
    let asked_on = chance.between(1, 14).unsigned_abs();
    let ask = Ask { contact: people[0], channel, at: daytime(&mut chance, parameters.start, asked_on) };

    // One draw decides both, so that who joins unasked also joins when asked.
    let readiness = chance.unit();
    let alone_after = chance.between(5, 240).unsigned_abs();
    let by_itself = daytime(&mut chance, parameters.start, alone_after);
    let answered = ask.at + days(chance.wait(8.0).min(45.0)) + TimeDelta::minutes(2);

    let unasked = readiness < parameters.unasked_join_rate;
    let when_asked = unasked || readiness < parameters.ask_join_rate;
    let first_unasked = unasked.then_some((by_itself, None));
    let first_when_asked = when_asked.then(|| match first_unasked {
        Some(earlier) if earlier.0 < answered => earlier,
        _ => (answered, Some(channel)),
    });
    let joins = |first_join: Option<(DateTime<Utc>, Option<Channel>)>| {
        first_join.map(|(at, channel)| company(parameters, people, at, channel)).unwrap_or_default()
    };
    JoinPlan { when_asked: joins(first_when_asked), unasked: joins(first_unasked), ask }
}

impl Family {
    /// How the program side asks this family. Nobody asks on the comparison side.
    pub fn ask(&self) -> &Ask {
        &self.plan.ask
    }

    /// Who of this family joins when it is on this side, the first one first.
    pub fn joins(&self, side: Side) -> &[Join] {
        match side {
            Side::Program => &self.plan.when_asked,
            Side::Comparison => &self.plan.unasked,
        }
    }
}

/// The first person joins at `first`; each of the others follows or does not.
fn company(
    parameters: &Parameters,
    people: &[usize],
    first: DateTime<Utc>,
    channel: Option<Channel>,
) -> Vec<Join> {
    let mut joins = Vec::new();
    for &contact in people {
        let mut chance = Chance::of(parameters.seed, "follows", contact);
        let follows = chance.happens(parameters.colleague_join_rate);
        let at = first + days(chance.wait(20.0).min(120.0)) + TimeDelta::minutes(1);
        let learns = chance.happens(parameters.lesson_rate);
        let after = TimeDelta::minutes(chance.between(12, 90)) + days(chance.wait(6.0).min(60.0));
        let at = if contact == people[0] { first } else { at };
        if contact == people[0] || follows {
            joins.push(Join { contact, at, channel, lesson_at: learns.then(|| at + after) });
        }
    }
    joins.sort_by_key(|join| (join.at, join.contact));
    joins
}

/// A moment of the American working day, so many days after the start.
fn daytime(chance: &mut Chance, start: NaiveDate, after: u64) -> DateTime<Utc> {
    let minute = TimeDelta::minutes(chance.between(14 * 60, 23 * 60));
    (start + Days::new(after)).and_time(NaiveTime::MIN).and_utc() + minute
}

/// A length of time in whole seconds.
fn days(days: f64) -> TimeDelta {
    #[expect(clippy::cast_possible_truncation, reason = "a few months in seconds")]
    let seconds = (days * 86_400.0).round() as i64;
    TimeDelta::seconds(seconds)
}
