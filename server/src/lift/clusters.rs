//! People of one account resemble each other: rates and amounts per person, with the account as the unit.

use super::arms::{Estimate, Undefined, checked_alpha};
use super::means::{from_t, welch_df};

/// One account: its people and the sum of their outcomes.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Account {
    /// People in the account.
    pub people: f64,
    /// Their outcomes, added up.
    pub sum: f64,
    /// Their squared outcomes, added up.
    pub squares: f64,
}

impl Account {
    /// Takes in one more person.
    pub fn push(&mut self, outcome: f64) {
        self.people += 1.0;
        self.sum += outcome;
        self.squares += outcome * outcome;
    }
}

/// The difference of two rates per person when accounts were drawn, by the delta method.
pub fn cluster_delta(treatment: &[Account], control: &[Account], alpha: f64) -> Result<Estimate, Undefined> {
    let alpha = checked_alpha(alpha)?;
    let ((mean_t, v_t), (mean_c, v_c)) = (ratio(treatment, "treatment")?, ratio(control, "control")?);
    let Some((v_t, v_c)) = v_t.zip(v_c) else {
        return Ok(
            Estimate::point(mean_t - mean_c).because("a side has a single account, so its spread is unknown")
        );
    };
    let df = welch_df((v_t, (treatment.len() - 1) as f64), (v_c, (control.len() - 1) as f64));
    Ok(from_t(mean_t - mean_c, (v_t + v_c).sqrt(), df, alpha))
}

/// The same by leaving out one account at a time: for few accounts, or one that is very large.
pub fn cluster_cr3(treatment: &[Account], control: &[Account], alpha: f64) -> Result<Estimate, Undefined> {
    let alpha = checked_alpha(alpha)?;
    let difference = ratio(treatment, "treatment")?.0 - ratio(control, "control")?.0;
    if treatment.len() < 2 || control.len() < 2 {
        return Ok(
            Estimate::point(difference).because("a side has a single account, so none can be left out")
        );
    }
    let accounts = (treatment.len() + control.len()) as f64;
    let apart: f64 = left_out(treatment).chain(left_out(control)).map(|moved| moved * moved).sum();
    Ok(from_t(difference, ((accounts - 1.0) / accounts * apart).sqrt(), accounts - 1.0, alpha))
}

/// How alike the people of an account are, and what that costs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Likeness {
    /// The intracluster correlation: 1 when all of an account do the same.
    pub icc: f64,
    /// How many times more people are needed than if they were unrelated.
    pub design_effect: f64,
}

/// The intracluster correlation by one-way analysis of variance.
pub fn icc_anova(accounts: &[Account]) -> Result<Likeness, Undefined> {
    let (k, n) = (accounts.len() as f64, people(accounts));
    if accounts.len() < 2 || n <= k {
        return Err("likeness needs two accounts or more, and one with several people".into());
    }
    let mean = accounts.iter().map(|account| account.sum).sum::<f64>() / n;
    let mean_of = |account: &Account| account.sum / account.people;
    let between =
        accounts.iter().map(|account| account.people * (mean_of(account) - mean).powi(2)).sum::<f64>()
            / (k - 1.0);
    let inside = |account: &Account| (account.squares - account.sum * mean_of(account)).max(0.0);
    let within = accounts.iter().map(inside).sum::<f64>() / (n - k);
    let squares: f64 = accounts.iter().map(|account| account.people.powi(2)).sum();
    let m0 = (n - squares / n) / (k - 1.0);
    let whole = between + (m0 - 1.0) * within;
    if whole <= 0.0 {
        return Err("all people have the same outcome, so there is no likeness to measure".into());
    }
    let icc = (between - within) / whole;
    let size = n / k;
    let cv2 = (squares / k - size * size) / (size * size);
    Ok(Likeness { icc, design_effect: 1.0 + ((1.0 + cv2) * size - 1.0) * icc })
}

fn people(accounts: &[Account]) -> f64 {
    accounts.iter().map(|account| account.people).sum()
}

/// The rate per person and its variance; no variance with a single account.
fn ratio(accounts: &[Account], side: &str) -> Result<(f64, Option<f64>), Undefined> {
    let n = people(accounts);
    if n == 0.0 {
        return Err(format!("the {side} side has no people").into());
    }
    let rate = accounts.iter().map(|account| account.sum).sum::<f64>() / n;
    // s_y² - 2 r s_ym + r² s_m² is the spread of y - r m, whose mean is 0.
    let spread: f64 = accounts.iter().map(|account| (account.sum - rate * account.people).powi(2)).sum();
    let (k, size) = (accounts.len() as f64, n / accounts.len() as f64);
    Ok((rate, (k > 1.0).then(|| spread / (k - 1.0) / (size * size * k))))
}

/// By how much the side's rate moves when each account in turn is left out.
fn left_out(accounts: &[Account]) -> impl Iterator<Item = f64> {
    let (n, sum) = (people(accounts), accounts.iter().map(|account| account.sum).sum::<f64>());
    accounts.iter().map(move |account| (sum - account.sum) / (n - account.people) - sum / n)
}
