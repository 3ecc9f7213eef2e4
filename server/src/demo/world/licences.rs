//! What the companies hold: products, seats, money, and the day each term ends.

use chrono::{Days, Months, NaiveDate};

use super::accounts::Account;
use super::chance::Chance;
use super::parameters::Parameters;

/// One product of Lakeshore.
pub struct Product {
    /// The code used everywhere.
    pub code: &'static str,
    /// What customers call it.
    pub name: &'static str,
    /// What it belongs to.
    pub family: &'static str,
    /// A seat not used for so many days is not active.
    pub active_window_days: u32,
}

/// Everything Lakeshore sells.
pub const PRODUCTS: &[Product] = &[
    product("phones", "Lakeshore Phones", "connect", 14),
    product("internet", "Lakeshore Internet", "connect", 7),
    product("backup", "Lakeshore Backup", "protect", 30),
    product("bookings", "Lakeshore Bookings", "sell", 30),
    product("payments", "Lakeshore Payments", "sell", 30),
    product("website", "Lakeshore Website", "sell", 60),
];

/// One product held by one account for one year.
pub struct Licence {
    /// `L000001-phones` and so on.
    pub external_id: String,
    /// Number of the account.
    pub account: usize,
    /// Product code.
    pub product: &'static str,
    /// Seats paid for.
    pub seats: u32,
    /// First day of the term.
    pub starts_on: NaiveDate,
    /// The day the term ends: in the year after the world's start.
    pub renews_on: NaiveDate,
    /// The year's price, in cents.
    pub amount: i64,
    /// Who bills it: `vendor`, `partner` or `distributor`.
    pub billed_by: &'static str,
    /// How much of it the customer uses without the program, from 0 to 1.
    pub(super) adoption: f64,
}

/// Draws the licences of every account, in the order of the accounts and of [`PRODUCTS`].
pub(super) fn draw(parameters: &Parameters, accounts: &[Account]) -> Vec<Licence> {
    let mut licences = Vec::with_capacity(accounts.len() * 5 / 2);
    for (number, account) in accounts.iter().enumerate() {
        let mut chance = Chance::of(parameters.seed, "licences", number);
        let anchor = a_day_of_the_year(&mut chance, parameters.start);
        let main = *chance.pick(&["phones", "internet"]);
        for product in PRODUCTS {
            let mut own = Chance::of(parameters.seed, product.code, number);
            if own.happens(likelihood(account, product.code)) || product.code == main {
                licences.push(one(&mut own, account, number, product, anchor, parameters.start));
            }
        }
    }
    licences
}

/// How likely an account is to hold a product besides its first.
fn likelihood(account: &Account, code: &str) -> f64 {
    let size = (f64::from(account.employees).ln() * 0.05).min(0.25);
    match code {
        "phones" => 0.22 + size,
        "internet" => 0.20 + size,
        "backup" => 0.18 + size,
        "bookings" if account.trade.by_appointment() => 0.50,
        "payments" if account.trade.over_the_counter() => 0.55,
        "website" => 0.26,
        _ => 0.05 + size / 2.0,
    }
}

fn one(
    chance: &mut Chance,
    account: &Account,
    number: usize,
    product: &Product,
    anchor: NaiveDate,
    start: NaiveDate,
) -> Licence {
    let people = f64::from(account.employees);
    // What share of the people gets a seat, and what a seat costs a year, in cents.
    let (seats, price) = match product.code {
        "phones" => (people * (0.5 + 0.5 * chance.unit()), 22_800.0),
        "internet" => (1.0 + people / 60.0, 94_800.0),
        "backup" => (people * (0.4 + 0.6 * chance.unit()), 9_600.0),
        "bookings" => (people * (0.3 + 0.4 * chance.unit()), 18_000.0),
        "payments" => (1.0 + people / 8.0, 24_000.0 * (0.5 * chance.normal()).exp()),
        _ => (1.0, 26_400.0),
    };
    let seats = seats.round().clamp(1.0, 500.0);
    let discount = 1.0 - 0.06 * seats.ln().min(4.0);
    let amount = seats * price * discount * (0.30 * chance.normal()).exp();
    let renews_on = if chance.happens(0.75) { anchor } else { a_day_of_the_year(chance, start) };
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "seats 1 to 500, cents below 2^53"
    )]
    let (seats, amount) = (seats as u32, amount.round() as i64);
    Licence {
        external_id: format!("L{:06}-{}", number + 1, product.code),
        account: number,
        product: product.code,
        seats,
        starts_on: renews_on - Months::new(12),
        renews_on,
        amount,
        billed_by: account.billing,
        adoption: (0.62 + 0.25 * chance.normal()).clamp(0.0, 1.0),
    }
}

/// Any day from the one after the start to the same day a year later.
fn a_day_of_the_year(chance: &mut Chance, start: NaiveDate) -> NaiveDate {
    start + Days::new(chance.between(1, 365).unsigned_abs())
}

const fn product(
    code: &'static str,
    name: &'static str,
    family: &'static str,
    active_window_days: u32,
) -> Product {
    Product { code, name, family, active_window_days }
}
