//! Tests of the home account, and of what it holds and uses.

use chrono::NaiveDate;
use sea_query::{CaseStatement, Condition, Expr, ExprTrait, Func, Order, Query, SelectStatement};

use super::{all, among, any, begins, days, known, leaf, number, one_of, passes, rows, value_of};
use crate::{
    Class, SizeBand, Stage, money,
    predicate::{Agreement, Amount, Fact, Known, Numbers, When},
};

/// The condition of a fact about the account; none when the fact is about the person.
pub(super) fn condition(fact: &Fact, today: NaiveDate) -> Option<Condition> {
    let employees = column("employees");
    Some(match fact {
        Fact::Size(is) => known(&employees, number(employees.clone(), *is)),
        Fact::SizeBand(list) => any(list.iter().map(|band| between(band.bounds()))),
        Fact::Class(list) => any(list.iter().map(|class| between(class.bounds()))),
        Fact::Stage(list) => stage(list, today),
        Fact::Founded(when) => {
            let founded = column("founded_on");
            Condition::all().add(founded.clone().is_not_null()).add(days(&founded, when.days_back(today)))
        }
        Fact::Industry(list) => {
            let industry = column("industry");
            let prefixes = list.iter().flat_map(crate::Industry::prefixes);
            let under = any(prefixes.map(|prefix| leaf(begins(&industry, &prefix))));
            Condition::all().add(industry.is_not_null()).add(under)
        }
        Fact::Country(list) => among(&column("country"), list),
        Fact::Region(list) => among(&column("region"), list),
        Fact::City(list) => among(&column("city"), list),
        Fact::Partner(list) => {
            let external_id = Expr::col(("partners", "external_id"));
            leaf(Expr::exists(partner().and_where(external_id.is_in(list.iter().map(String::as_str))).take()))
        }
        Fact::Billing(list) => one_of(&column("billing"), list),
        Fact::Owns(product) => leaf(Expr::exists(licences(Some(product)))),
        Fact::Seats { of, is } => passes(number(seats(of), *is)),
        Fact::ActiveSeats { of, is } => passes(number(active_seats(of, today), *is)),
        Fact::UnusedSeats { of, is } => passes(number(seats(of).sub(active_seats(of, today)), *is)),
        Fact::Milestone { name, when } => milestone(name, *when, today),
        Fact::Renews(when) => renews(*when, today),
        Fact::Amount(is) => amount(is.map(Amount::thousandths)),
        Fact::TargetedClass(list) => one_of(&column("targeted_class"), list),
        Fact::TargetedBand(list) => one_of(&column("targeted_band"), list),
        Fact::Targeted(agreement) => targeted(*agreement),
        Fact::Exists(fact) => return exists(*fact, today),
        _ => return None,
    })
}

fn column(name: &'static str) -> Expr {
    Expr::col(("accounts", name))
}

fn between((from, to): (i32, Option<i32>)) -> Condition {
    let employees = column("employees");
    // Bound as `i64` like every number here: statements are kept by their text, and one text must have one type.
    let least = known(&employees, employees.clone().gte(i64::from(from)));
    least.add_option(to.map(|to| employees.lte(i64::from(to))))
}

fn stage(list: &[Stage], today: NaiveDate) -> Condition {
    let (stage, founded) = (column("stage"), column("founded_on"));
    let derived = list.contains(&Stage::StartingUp).then(|| {
        known(&founded, founded.clone().gt(Stage::starting_up_after(today))).add(stage.clone().is_null())
    });
    Condition::any().add(one_of(&stage, list)).add_option(derived)
}

fn partner() -> SelectStatement {
    let mine = Expr::col(("partners", "id")).equals(("accounts", "partner_id"));
    rows("partners").and_where(mine).take()
}

/// Licences of the account that are in force.
fn licences(product: Option<&str>) -> SelectStatement {
    let licence = |name: &'static str| Expr::col(("licences", name));
    let renewal = |name: &'static str| Expr::col(("renewals", name));
    let lapsed = rows("renewals")
        .and_where(renewal("account_id").equals(("licences", "account_id")))
        .and_where(renewal("licence_id").equals(("licences", "id")))
        .and_where(renewal("due_on").equals(("licences", "renews_on")))
        .and_where(renewal("outcome").eq("lapsed"))
        .take();
    rows("licences")
        .and_where(licence("account_id").equals(("contacts", "account_id")))
        .and_where_option(product.map(|product| licence("product_code").eq(product)))
        .and_where(Expr::exists(lapsed).not())
        .take()
}

fn seats(product: &str) -> Expr {
    let sum = Func::sum(Expr::col(("licences", "seats")));
    value_of(licences(Some(product)).clear_selects().expr(sum).take())
}

fn active_seats(product: &str, today: NaiveDate) -> Expr {
    let usage = |name: &'static str| Expr::col(("usage", name));
    let latest = Query::select()
        .expr(usage("active_seats"))
        .from("usage")
        .and_where(usage("account_id").equals(("contacts", "account_id")))
        .and_where(usage("product_code").eq(product))
        .and_where(usage("active_seats").is_not_null())
        .and_where(usage("on_date").lte(today))
        .order_by(("usage", "on_date"), Order::Desc)
        .order_by(("usage", "active_seats"), Order::Desc)
        .limit(1)
        .take();
    value_of(latest)
}

fn milestone(name: &str, when: Option<When>, today: NaiveDate) -> Condition {
    let usage = |name: &'static str| Expr::col(("usage", name));
    let reached = rows("usage")
        .and_where(usage("account_id").equals(("contacts", "account_id")))
        .and_where(usage("milestone").eq(name))
        .and_where(usage("on_date").lte(today))
        .cond_where(when.map_or_else(Condition::all, |when| days(&usage("on_date"), when.days_back(today))))
        .take();
    leaf(Expr::exists(reached))
}

/// The earliest end, today or later, of a licence in force.
fn next_renewal(today: NaiveDate) -> SelectStatement {
    let renews_on = Expr::col(("licences", "renews_on"));
    licences(None).and_where(renews_on.gte(today)).take()
}

fn renews(when: When, today: NaiveDate) -> Condition {
    let renews_on = Expr::col(("licences", "renews_on"));
    let (from, to) = when.days_ahead(today);
    let inside = |span| leaf(Expr::exists(next_renewal(today).cond_where(days(&renews_on, span)).take()));
    // One lies inside, and none earlier: then the earliest does.
    let earlier = from.filter(|from| *from > today).and_then(|from| from.pred_opt());
    let none_earlier = earlier.map(|day| inside((None, Some(day))).not());
    all(std::iter::once(inside((from, to))).chain(none_earlier))
}

fn amount(is: Numbers<i64>) -> Condition {
    let licence = |name: &'static str| Expr::col(("licences", name));
    let codes = |codes: &'static [&'static str]| licence("currency").is_in(codes.iter().copied());
    let in_thousandths = CaseStatement::new()
        .case(codes(money::WITHOUT_MINOR), Expr::val(1000_i64))
        .case(codes(money::IN_THOUSANDTHS), Expr::val(1_i64))
        .finally(Expr::val(10_i64));
    let sum = Expr::from(Func::sum(licence("amount").mul(in_thousandths)));
    let priced = licences(None)
        .clear_selects()
        .expr(Func::count(licence("amount")))
        .and_where(licence("amount").is_not_null())
        .and_where(licence("currency").is_not_null())
        .and_having(Expr::from(Func::count_distinct(licence("currency"))).eq(1_i64))
        .and_having(number(sum, is))
        .take();
    leaf(Expr::exists(priced))
}

fn targeted(agreement: Agreement) -> Condition {
    let (band, class) = (column("targeted_band"), column("targeted_class"));
    let wrong = |column: &Expr, word: &'static str, bounds| {
        known(column, column.clone().eq(word)).add(between(bounds).not())
    };
    let bands = SizeBand::ALL.iter().map(|word| wrong(&band, word.as_str(), word.bounds()));
    let classes = Class::ALL.iter().map(|word| wrong(&class, word.as_str(), word.bounds()));
    let differs = any(bands.chain(classes));
    let planned = Condition::any().add(band.clone().is_not_null()).add(class.clone().is_not_null());
    let differs = if agreement == Agreement::NotActual { differs } else { differs.not() };
    Condition::all().add(between((1, None))).add(planned).add(differs)
}

fn exists(fact: Known, today: NaiveDate) -> Option<Condition> {
    let name = match fact {
        Known::Size => "employees",
        Known::Founded => "founded_on",
        Known::Industry => "industry",
        Known::Country => "country",
        Known::Region => "region",
        Known::City => "city",
        Known::TargetedClass => "targeted_class",
        Known::TargetedBand => "targeted_band",
        Known::Stage => {
            let said = leaf(column("stage").is_not_null());
            return Some(Condition::any().add(said).add(stage(&[Stage::StartingUp], today)));
        }
        Known::Partner => return Some(leaf(Expr::exists(partner()))),
        Known::Renewal => return Some(leaf(Expr::exists(next_renewal(today)))),
        Known::UserType | Known::Level | Known::Role | Known::Language | Known::Timezone => return None,
    };
    Some(leaf(column(name).is_not_null()))
}
