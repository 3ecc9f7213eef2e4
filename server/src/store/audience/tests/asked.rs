//! Random questions, over the same few words as the people they are put to.

use chrono::{Days, NaiveDate};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use segments::{
    Act, Agreement, Amount, Billing, Class, Fact, Industry, ItemWord, Known, Level, Numbers, Object,
    Predicate, Purpose, SizeBand, Stage, Times, Unseen, UserType, Verb, When, naics,
};

use super::people::{self, words};

/// A question of up to a few levels.
pub(super) fn question() -> impl Strategy<Value = Predicate> {
    let fact = fact().prop_map(Predicate::Fact);
    fact.prop_recursive(4, 14, 3, |part| {
        prop_oneof![
            2 => vec(part.clone(), 2..4).prop_map(Predicate::All),
            2 => vec(part.clone(), 2..4).prop_map(Predicate::Any),
            2 => part.prop_map(|part| Predicate::Not(Box::new(part))),
            1 => Just(Predicate::All(Vec::new())),
            1 => Just(Predicate::Any(Vec::new())),
        ]
    })
}

/// One test, of any kind.
pub(super) fn fact() -> impl Strategy<Value = Fact> {
    prop_oneof![account(), account(), holdings(), holdings(), person(), person(), acts(), acts()]
}

fn account() -> BoxedStrategy<Fact> {
    prop_oneof![
        numbers(0..600).prop_map(Fact::Size),
        list(SizeBand::ALL).prop_map(Fact::SizeBand),
        list(Class::ALL).prop_map(Fact::Class),
        list(Stage::ALL).prop_map(Fact::Stage),
        when().prop_map(Fact::Founded),
        vec(select(words::INDUSTRIES_ASKED), 1..3)
            .prop_map(|codes| Fact::Industry(codes.into_iter().map(industry).collect())),
        texts(words::COUNTRIES).prop_map(Fact::Country),
        texts(words::PLACES).prop_map(Fact::Region),
        texts(words::PLACES).prop_map(Fact::City),
        texts(words::PARTNERS).prop_map(Fact::Partner),
        list(Billing::ALL).prop_map(Fact::Billing),
        list(Class::ALL).prop_map(Fact::TargetedClass),
        list(SizeBand::ALL).prop_map(Fact::TargetedBand),
        select(Agreement::ALL).prop_map(Fact::Targeted),
    ]
    .boxed()
}

fn holdings() -> BoxedStrategy<Fact> {
    let product = || select(words::PRODUCTS).prop_map(str::to_owned);
    prop_oneof![
        product().prop_map(Fact::Owns),
        (product(), numbers(0..20)).prop_map(|(of, is)| Fact::Seats { of, is }),
        (product(), numbers(0..20)).prop_map(|(of, is)| Fact::ActiveSeats { of, is }),
        (product(), numbers(0..20)).prop_map(|(of, is)| Fact::UnusedSeats { of, is }),
        (select(words::MILESTONES), option::of(when()))
            .prop_map(|(name, when)| Fact::Milestone { name: name.to_owned(), when }),
        when().prop_map(Fact::Renews),
        amounts().prop_map(Fact::Amount),
    ]
    .boxed()
}

fn person() -> BoxedStrategy<Fact> {
    prop_oneof![
        list(UserType::ALL).prop_map(Fact::UserType),
        list(Level::ALL).prop_map(Fact::Level),
        texts(words::ROLES).prop_map(Fact::Role),
        texts(words::LANGUAGES).prop_map(Fact::Language),
        select(words::NEEDS).prop_map(|need| Fact::Needs(need.to_owned())),
        select(Purpose::ALL).prop_map(Fact::Consents),
        option::of(when()).prop_map(|when| Fact::Joined { when }),
        select(words::JOURNEYS).prop_map(|name| Fact::InJourney(name.to_owned())),
        (select(words::TRAITS), texts(words::TRAIT_VALUES))
            .prop_map(|(name, is)| Fact::Trait { name: name.to_owned(), is }),
        select(words::TRAITS).prop_map(|name| Fact::TraitExists(name.to_owned())),
        select(Known::ALL).prop_map(Fact::Exists),
    ]
    .boxed()
}

fn acts() -> BoxedStrategy<Fact> {
    let did = (select(Verb::ALL), object(), option::of(times()), option::of(when()));
    let did_not = (select(vec![Verb::Opened, Verb::Clicked, Verb::Replied]), object(), option::of(when()));
    prop_oneof![
        2 => did.prop_map(|(verb, of, times, when)| Fact::Did(Act { verb, of, times, when })),
        1 => did_not.prop_map(|(verb, of, when)| Fact::DidNot(Unseen { verb, of, when })),
    ]
    .boxed()
}

fn industry(code: &str) -> Industry {
    let entry = naics::find(code).expect("the words hold codes of the list");
    let json = serde_json::json!({"industry": [entry.code]});
    match serde_json::from_value(json).expect("a code is an industry") {
        Predicate::Fact(Fact::Industry(mut list)) => list.remove(0),
        other => unreachable!("an industry was asked for, not {other}"),
    }
}

fn numbers(range: std::ops::Range<i64>) -> impl Strategy<Value = Numbers<i64>> {
    (0_usize..6, range.clone(), range).prop_map(|(kind, a, b)| number(kind, a.min(b), a.max(b), a.max(1)))
}

fn amounts() -> impl Strategy<Value = Numbers<Amount>> {
    let amount = |thousandths: i64| Amount::from_thousandths(thousandths);
    (0_usize..6, 0_i64..3_000_000, 0_i64..3_000_000, 0_usize..3).prop_map(move |(kind, a, b, round)| {
        let unit = [1_i64, 1_000, 100_000][round];
        let (a, b) = (a / unit * unit, b / unit * unit);
        number(kind, amount(a.min(b)), amount(a.max(b)), amount(a.max(1)))
    })
}

fn number<T: Copy>(kind: usize, low: T, high: T, above_zero: T) -> Numbers<T> {
    match kind {
        0 => Numbers::In(low, high),
        1 => Numbers::More(low),
        2 => Numbers::Fewer(above_zero),
        3 => Numbers::AtLeast(high),
        4 => Numbers::AtMost(low),
        _ => Numbers::Is(low),
    }
}

fn times() -> impl Strategy<Value = Times> {
    prop_oneof![(0_u32..3).prop_map(Times::More), (1_u32..4).prop_map(Times::Fewer)]
}

fn when() -> impl Strategy<Value = When> {
    prop_oneof![
        2 => select(vec![1, 29, 30, 31, 90, 365, 731]).prop_map(When::Within),
        1 => day().prop_map(When::Before),
        1 => day().prop_map(When::After),
        1 => (day(), day()).prop_map(|(a, b)| When::In(a.min(b), a.max(b))),
    ]
}

fn day() -> impl Strategy<Value = NaiveDate> {
    (0_u64..1_200, select(people::DAYS)).prop_map(|(any, near)| {
        let today = people::now().date_naive();
        if any % 2 == 0 { people::shifted(near) } else { today + Days::new(300) - Days::new(any) }
    })
}

fn object() -> impl Strategy<Value = Object> {
    prop_oneof![
        2 => Just(Object::Any),
        2 => select(ItemWord::ALL).prop_map(Object::Kind),
        1 => select(words::ITEMS).prop_map(|item| Object::Item(item.to_owned())),
    ]
}

fn list<W: Copy + std::fmt::Debug + 'static>(all: &'static [W]) -> impl Strategy<Value = Vec<W>> {
    vec(select(all), 1..3)
}

fn texts(all: &'static [&'static str]) -> impl Strategy<Value = Vec<String>> {
    vec(select(all).prop_map(str::to_owned), 1..3)
}
