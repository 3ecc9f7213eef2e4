//! How every licence term ends, without the program and with it. Both ends are drawn before anyone
//! is assigned; which of the two is seen depends on the side and on nothing else.

use chrono::{Days, NaiveDate};
use serde::Serialize;

use super::accounts::Account;
use super::chance::Chance;
use super::licences::Licence;
use super::parameters::Parameters;
use super::{Family, Side, World};
use crate::store::comparison::Design;

/// How a term ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Ending {
    /// Renewed for about the same money.
    Renewed,
    /// Renewed for more.
    Expanded,
    /// Renewed for less.
    Contracted,
    /// Not renewed.
    Lapsed,
    /// Came back after the due date.
    Recovered,
}

/// One end of one term.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TermEnd {
    /// How it ended.
    pub ending: Ending,
    /// The day this became known; rows appear in this order.
    pub decided_on: NaiveDate,
    /// What was booked, in cents; 0 when it lapsed.
    pub amount: i64,
    /// Whether the feed says so at all: a few lapse without a row.
    pub reported: bool,
}

/// Both ends of one term.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Term {
    pub(super) without: TermEnd,
    pub(super) with: TermEnd,
}

/// What a report counts for one due family.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outcome {
    /// Whether its first term due was renewed, from 90 days before it was due to the end of grace.
    pub renewed: bool,
    /// What all its licences brought in that window, in cents.
    pub revenue: i64,
}

/// A renewal counts from so many days before the due date.
const EARLY_DAYS: u64 = 90;

impl World {
    /// How the term of a licence ends when its family is on this side. The program changes nothing
    /// for families that do not join, or join only when the matter is decided; among members, nothing
    /// for those who get no letters and picks.
    pub fn term_end(&self, licence: usize, side: Side) -> TermEnd {
        let term = &self.terms[licence];
        let family = &self.families[self.family_of[self.licences[licence].account]];
        let decided_on = term.without.decided_on.min(term.with.decided_on);
        let first = match self.parameters.design {
            Design::Invited => family.joins(side).first(),
            Design::Members => family.joins(Side::Program).first().filter(|_| side == Side::Program),
        };
        match first {
            Some(join) if join.at.date_naive() < decided_on => term.with,
            _ => term.without,
        }
    }

    /// What a report counts for a family on this side; `None` when its first term is not due yet, or when it is on no
    /// side because nobody of it joined.
    pub fn outcome(&self, family: &Family, side: Side) -> Option<Outcome> {
        let first = self.due(family)?;
        let due_on = self.licences[first].renews_on;
        let opens = due_on - Days::new(EARLY_DAYS);
        let closes = due_on + Days::new(self.parameters.grace_days);
        let in_window = |end: &TermEnd| (opens..=closes).contains(&end.decided_on);
        let end = self.term_end(first, side);
        let ends = family.licences.iter().map(|licence| self.term_end(*licence, side));
        Some(Outcome {
            renewed: end.ending != Ending::Lapsed && in_window(&end),
            revenue: ends.filter(in_window).map(|end| end.amount).sum(),
        })
    }

    /// The licence whose term counts for this family, the first that ends after it was drawn, if it is due: renewal
    /// date plus grace does not lie after the day of the reading.
    pub fn due(&self, family: &Family) -> Option<usize> {
        let first = match self.parameters.design {
            Design::Invited => family.first_term?,
            Design::Members => {
                let drawn_on = family.joins(Side::Program).first()?.at.date_naive();
                first_term(&self.licences, &family.licences, drawn_on)?
            }
        };
        let closes = self.licences[first].renews_on + Days::new(self.parameters.grace_days);
        (closes <= self.parameters.read_on()).then_some(first)
    }
}

/// The first of these licences to fall due after the draw (ties: larger amount, then external id).
pub(super) fn first_term(licences: &[Licence], own: &[usize], start: NaiveDate) -> Option<usize> {
    let later = own.iter().copied().filter(|number| licences[*number].renews_on > start);
    later.min_by(|one, other| {
        let (one, other) = (&licences[*one], &licences[*other]);
        let by_date = one.renews_on.cmp(&other.renews_on);
        by_date.then(other.amount.cmp(&one.amount)).then_with(|| one.external_id.cmp(&other.external_id))
    })
}

/// Draws both ends of one term.
pub(super) fn draw(parameters: &Parameters, account: &Account, licence: &Licence, number: usize) -> Term {
    let mut chance = Chance::of(parameters.seed, licence.product, number_of_term(number));
    let base = (parameters.base_renewal_rate + leaning(account, licence)).clamp(0.02, 0.98);
    let aided = (base + parameters.effect_renewal_points / 100.0).clamp(0.0, 1.0);
    let luck = chance.unit();
    let dates = Dates::draw(&mut chance, licence.renews_on, parameters);
    let (usual, better) = prices(&mut chance, parameters.effect_revenue_ratio);
    let end = |renews: bool, factor: f64| dates.end(renews, factor, licence.amount);
    Term { without: end(luck < base, usual), with: end(luck < aided, better) }
}

/// Terms have streams of their own, far from those of the licences.
fn number_of_term(number: usize) -> usize {
    number + (1 << 40)
}

/// How much more or less than the average a term tends to be renewed. The parts are centred, so
/// that the base rate stays the average.
fn leaning(account: &Account, licence: &Licence) -> f64 {
    let size = 0.03 * (f64::from(account.employees).ln() - 1.3).clamp(-1.3, 2.0);
    let stage = match account.stage {
        "starting-up" => -0.08,
        "handing-on" => -0.06,
        "growing" => 0.05,
        _ => 0.0,
    };
    let partner = if account.partner.is_some() { 0.03 } else { -0.004 };
    let use_of_it = 0.15 * (licence.adoption - 0.61);
    account.loyalty + size + stage + partner + use_of_it
}

/// When each possible decision would fall.
struct Dates {
    renewal: NaiveDate,
    lapse: NaiveDate,
    /// Set for the few who renew only after the due date.
    recovery: Option<NaiveDate>,
    /// Set for the few who come back when it no longer counts.
    too_late: Option<NaiveDate>,
    reported: bool,
}

impl Dates {
    fn draw(chance: &mut Chance, due_on: NaiveDate, parameters: &Parameters) -> Self {
        // Most decide in the last weeks; nobody before the day after the draw.
        let longest = (due_on - parameters.start).num_days().min(61) - 1;
        let lead = chance.between(-20, longest).min(chance.between(-20, longest));
        let after = |days: i64| due_on + chrono::TimeDelta::days(days);
        let grace = i64::try_from(parameters.grace_days).expect("grace is some weeks");
        Self {
            renewal: after(-lead),
            lapse: after(chance.between(0, 30)),
            recovery: chance.happens(0.06).then_some(chance.between(5, 50)).map(after),
            too_late: chance.happens(0.03).then_some(grace + chance.between(5, 40)).map(after),
            reported: !chance.happens(0.06),
        }
    }

    fn end(&self, renews: bool, factor: f64, amount: i64) -> TermEnd {
        #[expect(clippy::cast_possible_truncation, reason = "cents of one licence, far below 2^53")]
        let booked = (amount as f64 * factor).round() as i64;
        let (ending, decided_on) = match (renews, self.recovery, self.too_late) {
            (true, Some(recovery), _) => (Ending::Recovered, recovery),
            (false, _, Some(too_late)) => (Ending::Recovered, too_late),
            (false, _, None) => (Ending::Lapsed, self.lapse),
            (true, None, _) if booked > amount => (Ending::Expanded, self.renewal),
            (true, None, _) if booked < amount => (Ending::Contracted, self.renewal),
            (true, None, _) => (Ending::Renewed, self.renewal),
        };
        let amount = if ending == Ending::Lapsed { 0 } else { booked };
        TermEnd { ending, decided_on, amount, reported: ending != Ending::Lapsed || self.reported }
    }
}

/// What a renewal pays over the last year's price, without the program and with it. On average the
/// second is `ratio` times the first: some customers take a step up (or, under 1, a step down).
fn prices(chance: &mut Chance, ratio: f64) -> (f64, f64) {
    let usual = match chance.unit() {
        low if low < 0.12 => 0.60 + 0.35 * chance.unit(),
        high if high > 0.82 => 1.05 + 0.60 * chance.unit(),
        _ => 1.0,
    };
    let change = ratio - 1.0;
    let step = 0.30_f64.max(change.abs());
    let takes_it = chance.happens(change.abs() / step);
    (usual, if takes_it { usual * (1.0 + step * change.signum()) } else { usual })
}
