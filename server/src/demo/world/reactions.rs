//! What a person, and the machines between, do with the n-th letter. It depends on the seed, the
//! person and the number of the letter; never on when, or in which order, letters are sent.

use chrono::TimeDelta;

use super::World;
use super::chance::Chance;

/// One thing that happens after a letter is delivered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reaction {
    /// How long after delivery.
    pub after: TimeDelta,
    /// What happens.
    pub kind: ReactionKind,
}

/// What can happen after a letter. Opens and clicks reach nobody when the person does not allow
/// tracking ([`super::Contact::allows_tracking`]): such letters carry no pixel and no personal links.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReactionKind {
    /// The pixel is fetched.
    Open(Hand),
    /// A link is followed, by its number in the letter from 1; numbers past the last are left out.
    Click {
        /// Which link.
        link: u8,
        /// Who follows it.
        hand: Hand,
    },
    /// The person finishes the lesson of the letter.
    Lesson,
    /// The person answers the letter.
    Reply,
    /// The person presses stop.
    Stop,
}

/// Who it was, which a report has to find out by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Hand {
    /// A person, reading.
    Person,
    /// A mail program that fetches pictures in advance, with the bare agent `Mozilla/5.0`.
    Prefetch,
    /// A mail gateway that follows every link within seconds, before the person sees the letter.
    Scanner,
}

impl Hand {
    /// Whether no person did it.
    pub fn is_machine(self) -> bool {
        self != Self::Person
    }
}

/// So many links a scanner follows at most.
const SCANNED_LINKS: u8 = 6;

impl World {
    /// What happens after letter `letter` (0, 1, 2 …) to this contact, in order of time.
    pub fn reactions(&self, contact: usize, letter: u32) -> Vec<Reaction> {
        let person = &self.contacts[contact];
        let account = &self.accounts[person.account];
        let stream = usize::try_from(letter).expect("a letter number") << 40 | contact;
        let mut chance = Chance::of(self.parameters.seed, "letter", stream);
        let mut reactions = Vec::new();
        let mut add = |after: TimeDelta, kind| reactions.push(Reaction { after, kind });

        if account.scans_links && chance.happens(0.9) {
            let first = TimeDelta::milliseconds(chance.between(300, 2_500));
            add(first, ReactionKind::Open(Hand::Scanner));
            for link in 1..=SCANNED_LINKS {
                let after = first + TimeDelta::milliseconds(i64::from(link) * 120);
                add(after, ReactionKind::Click { link, hand: Hand::Scanner });
            }
        }
        if person.prefetches {
            add(TimeDelta::seconds(chance.between(20, 5_400)), ReactionKind::Open(Hand::Prefetch));
        }
        let reads_at = TimeDelta::seconds(chance.between(120, 3_600)) + hours(&mut chance, 14.0);
        // Interest wears off a little with every letter.
        let interest = person.interest * 0.96_f64.powi(i32::try_from(letter).unwrap_or(i32::MAX));
        if chance.happens(0.12 + 0.45 * interest) {
            add(reads_at, ReactionKind::Open(Hand::Person));
            self.after_reading(&mut chance, interest, reads_at, &mut add);
        } else if chance.happens(self.parameters.stop_rate / 2.0) {
            add(reads_at, ReactionKind::Stop);
        }
        reactions.sort_by_key(|reaction| reaction.after);
        reactions
    }

    fn after_reading(
        &self,
        chance: &mut Chance,
        interest: f64,
        reads_at: TimeDelta,
        add: &mut impl FnMut(TimeDelta, ReactionKind),
    ) {
        if chance.happens(0.08 + 0.35 * interest) {
            let clicks_at = reads_at + TimeDelta::seconds(chance.between(8, 240));
            let link = if chance.happens(0.75) { 1 } else { 2 };
            add(clicks_at, ReactionKind::Click { link, hand: Hand::Person });
            if chance.happens(0.45) {
                add(clicks_at + TimeDelta::seconds(chance.between(240, 1_500)), ReactionKind::Lesson);
            }
        }
        if chance.happens(0.012) {
            add(reads_at + TimeDelta::seconds(chance.between(90, 1_200)), ReactionKind::Reply);
        }
        if chance.happens(1.5 * self.parameters.stop_rate) {
            add(reads_at + TimeDelta::seconds(chance.between(5, 90)), ReactionKind::Stop);
        }
    }
}

fn hours(chance: &mut Chance, mean: f64) -> TimeDelta {
    #[expect(clippy::cast_possible_truncation, reason = "at most ten days in seconds")]
    let seconds = (chance.wait(mean).min(240.0) * 3_600.0) as i64;
    TimeDelta::seconds(seconds)
}
