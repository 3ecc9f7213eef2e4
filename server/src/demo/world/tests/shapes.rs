//! What the world looks like: the same from the same seed, with the shapes of real small firms.

use super::*;

#[test]
fn the_same_seed_makes_the_same_world_and_another_seed_another() {
    let (first, again, other) = (world(7, 300), world(7, 300), world(8, 300));
    for kind in Kind::ALL {
        assert_eq!(file(&first, kind), file(&again, kind));
    }
    assert_eq!(first.truth(), again.truth());
    for contact in 0..first.contacts.len() {
        assert_eq!(first.reactions(contact, 2), again.reactions(contact, 2));
    }
    assert_ne!(file(&first, Kind::Accounts), file(&other, Kind::Accounts));
    assert_ne!(first.truth(), other.truth());
}

#[test]
fn a_firm_is_the_same_in_a_small_world_and_in_a_large_one() {
    let (small, large) = (world(3, 100), world(3, 1_000));
    for (one, other) in small.accounts.iter().zip(&large.accounts) {
        assert_eq!(
            (&one.name, one.employees, one.founded_on),
            (&other.name, other.employees, other.founded_on)
        );
    }
    for (one, other) in small.licence_rows().zip(large.licence_rows()) {
        assert_eq!(one, other);
    }
    for licence in 0..small.licences.len() {
        assert_eq!(small.terms[licence], large.terms[licence]);
    }
}

#[test]
fn firms_have_the_shapes_of_real_small_firms() {
    for seed in 1..=3 {
        let world = world(seed, 5_000);
        let people = || world.accounts.iter().map(|account| i64::from(account.employees));
        assert!((3..=4).contains(&quantile(people(), 0.5)), "median {}", quantile(people(), 0.5));
        assert!((14..=19).contains(&quantile(people(), 0.9)), "p90 {}", quantile(people(), 0.9));
        assert!((55..=80).contains(&quantile(people(), 0.99)), "p99 {}", quantile(people(), 0.99));
        assert!(people().all(|count| (1..=500).contains(&count)));

        let amounts = || world.licences.iter().map(|licence| licence.amount);
        let mean = amounts().sum::<i64>() / i64::try_from(world.licences.len()).expect("a count");
        assert!(mean > quantile(amounts(), 0.5) * 13 / 10, "money has a heavy tail");
        assert!(quantile(amounts(), 0.99) > quantile(amounts(), 0.5) * 8, "money has a heavy tail");

        let contacts = share(world.contacts.len(), 5_000);
        assert!((2.2..2.6).contains(&contacts), "{contacts} contacts an account");
        let looked_after = world.accounts.iter().filter(|account| account.partner.is_some()).count();
        assert!((0.10..0.14).contains(&share(looked_after, 5_000)), "{looked_after} have a partner");
        let off = world.account_rows().zip(&world.accounts).filter(|(row, account)| {
            row.targeted_band.is_some_and(|planned| planned != band(account.employees))
        });
        assert!((0.08..0.30).contains(&share(off.count(), 5_000)), "some were planned in another band");
    }
}

fn band(employees: u32) -> &'static str {
    accounts::BANDS.iter().find(|(most, _)| employees <= *most).expect("at most 500").1
}

/// The value below which this share of the numbers lies.
fn quantile(numbers: impl Iterator<Item = i64>, share: f64) -> i64 {
    let mut numbers: Vec<i64> = numbers.collect();
    numbers.sort_unstable();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a place in the list")]
    let place = ((numbers.len() - 1) as f64 * share) as usize;
    numbers[place]
}
