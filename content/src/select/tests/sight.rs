//! Who may see an item at all.

use super::*;

#[test]
fn only_those_who_may_see_an_item_get_it() {
    type Case = (&'static str, fn(&mut Item), fn(&mut Profile), Slot, bool);
    let needs_phones: fn(&mut Item) = |item| item.products = vec!["phones".to_owned()];
    let agreed: fn(&mut Profile) = |profile| {
        profile.consents.insert(Purpose::Training, days_ago(1));
    };
    let cases: &[Case] = &[
        ("for everyone", |_| {}, |_| {}, Slot::NextWin, true),
        (
            "in their language",
            |item| item.language = "es".to_owned(),
            |person| person.language = Some("es-MX".to_owned()),
            Slot::NextWin,
            true,
        ),
        ("in another language", |item| item.language = "es".to_owned(), |_| {}, Slot::NextWin, false),
        ("for what they have", needs_phones, |person| own(person, "phones"), Slot::NextWin, true),
        ("for what they do not have", needs_phones, |_| {}, Slot::NextWin, false),
        ("for what they do not have, to do", needs_phones, |_| {}, Slot::Picks, false),
        (
            "for what they do not have, to read",
            |item| (item.format, item.products) = (Format::Article, vec!["phones".to_owned()]),
            |_| {},
            Slot::Picks,
            true,
        ),
        (
            "for what they no longer have",
            needs_phones,
            |person| {
                own(person, "phones");
                person.account.licences[0].lapsed = true;
            },
            Slot::NextWin,
            false,
        ),
        ("a letter they agreed to", |_| {}, agreed, Slot::Letter, true),
        ("a letter nobody agreed to", |_| {}, |_| {}, Slot::Letter, false),
        (
            "a letter about something else",
            |item| (item.kind, item.format) = (Kind::Community, Format::Question),
            agreed,
            Slot::Letter,
            false,
        ),
        (
            "on its last day",
            |item| item.expires_on = NaiveDate::from_ymd_opt(2026, 6, 15),
            |_| {},
            Slot::NextWin,
            true,
        ),
        (
            "after its last day",
            |item| item.expires_on = NaiveDate::from_ymd_opt(2026, 6, 14),
            |_| {},
            Slot::NextWin,
            false,
        ),
        (
            "something to read, as a quick win",
            |item| item.format = Format::Article,
            |_| {},
            Slot::NextWin,
            false,
        ),
        ("a training, as a fix", |_| {}, |_| {}, Slot::Fix, false),
    ];
    for (what, change, who, slot, shown) in cases {
        let catalogue = shelf([piece("a", change)]);
        let profile = person(who);
        let selection = explain(&profile, &catalogue, &[], &[], &want(*slot, 1), now());
        assert_eq!(names(&selection.choices), if *shown { vec!["a"] } else { vec![] }, "{what}");
        assert_eq!(selection.considered.len(), usize::from(!shown), "{what}: why not is told");
    }
}
