//! A campaign whose program is killed with `kill -9` again and again, and told to go on each time.

use std::collections::BTreeSet;
use std::process::Child;
use std::time::{Duration, Instant};

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use sea_orm::EntityTrait;
use server::store::entities::account;

use crate::harness::{Campaign, Deed, House, JOURNEY, MailServer, Node, Person, Stage, Town, everywhere};

const KILLS: usize = 10;
const CONNECTIONS: usize = 4;
const COMPANIES: usize = 220;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_campaign_killed_ten_times_writes_to_nobody_twice_and_accounts_for_everybody() {
    for (house, seed) in everywhere().await.into_iter().zip([20_260_301, 20_260_302]) {
        campaign_killed_ten_times(house, seed).await;
    }
}

async fn campaign_killed_ten_times(mut house: House, seed: u64) {
    let server = MailServer::open().await;
    server.always(Stage::Data, Deed::Wait(Duration::from_millis(4)));
    server.always(Stage::Kept, Deed::Wait(Duration::from_millis(6)));
    house.mail.connections = CONNECTIONS;
    house.mail.batch = 24;
    house.mail.lease_seconds = 2;
    house.mail.answer_seconds = 2;
    house.writes_through(&server);

    let (town, kept_out) = settle(&house).await;
    let entering = people_entering(&house);
    let consenting: BTreeSet<&str> =
        town.people.iter().filter(|one| !one.consent.is_empty()).map(|one| one.email.as_str()).collect();
    assert_eq!(entering, consenting.len(), "{}", house.name);

    kill_again_and_again(&house, &server, entering, seed);
    house.run(&["journey", "resume", JOURNEY]);

    let status = Campaign::status(&house);
    let count = |part: &str| status[part].as_u64().unwrap_or_else(|| panic!("{part} in {status}"));
    let skipped: u64 = status["skipped"].as_object().unwrap().values().map(|n| n.as_u64().unwrap()).sum();
    assert_eq!(count("planned") + count("claimed") + count("handing_over"), 0, "{}: {status}", house.name);
    assert_eq!(status["state"], "done", "{}: {status}", house.name);
    assert_eq!(count("total"), count("sent") + count("failed") + count("unknown") + skipped);
    assert_eq!(count("total"), town.people.len() as u64, "{}: everybody is accounted for", house.name);
    assert_eq!(count("failed"), 0, "{}: {status}", house.name);
    assert!(count("unknown") <= (CONNECTIONS * KILLS) as u64, "{}: {status}", house.name);
    assert_eq!(status["skipped"]["comparison"], people_of(&town, &kept_out) as u64, "{}", house.name);

    let mails = server.mails();
    let written_to: BTreeSet<&str> = mails.iter().map(|mail| mail.to.as_str()).collect();
    assert_eq!(written_to.len(), mails.len(), "{}: nobody was written to twice", house.name);
    assert!(written_to.is_subset(&consenting), "{}: all of them said yes", house.name);
    let wrongly = town.people.iter().filter(|one| kept_out.contains(&one.account));
    assert_eq!(wrongly.filter(|one| written_to.contains(one.email.as_str())).count(), 0, "{}", house.name);
    let (kept, sent) = (mails.len() as u64, count("sent"));
    assert!(sent <= kept && kept <= sent + count("unknown"), "{}: {kept} came, {status}", house.name);
    let unknown = count("unknown");
    eprintln!(
        "{}: seed {seed}, {KILLS} kills, {entering} entered: {sent} sent, {unknown} unknown, {kept} letters came",
        house.name
    );
}

/// Imports a town, draws who is kept out, lets people join on both sides, and saves the campaign. Answers the
/// companies that are kept out: drawn for comparison, and nobody of theirs joined by themselves.
async fn settle(house: &House) -> (Town, BTreeSet<String>) {
    let mut town = Town::of(COMPANIES, 2);
    Campaign::import(house, &town);
    house.run(&["comparison", "begin", "--share", "20"]);
    let node = Node::wake(house, None).await;
    let accounts = account::Entity::find().all(node.app.db.read()).await.unwrap();
    let drawn: BTreeSet<String> = accounts
        .into_iter()
        .filter(|account| account.side.as_deref() == Some("comparison"))
        .map(|account| account.external_id)
        .collect();
    assert!((30..60).contains(&drawn.len()), "{}: about a fifth, and it is {}", house.name, drawn.len());
    let crossing: BTreeSet<&String> = drawn.iter().step_by(4).collect();
    let kept_out: BTreeSet<String> = drawn.iter().filter(|one| !crossing.contains(one)).cloned().collect();
    let first = |person: &Person| person.email.starts_with("p0@");
    let lazy = |person: &Person| person.account.ends_with('7');
    town.let_join("training", |person| {
        if drawn.contains(&person.account) {
            first(person) && crossing.contains(&person.account)
        } else {
            first(person) || !lazy(person)
        }
    });
    Campaign::import_people(house, &town);
    Campaign::save(&node).await;
    (town, kept_out)
}

fn people_of(town: &Town, companies: &BTreeSet<String>) -> usize {
    town.people.iter().filter(|person| companies.contains(&person.account)).count()
}

/// What `journey check` says.
fn people_entering(house: &House) -> usize {
    let printed = house.run(&["journey", "check", JOURNEY, "--json"]);
    let check: serde_json::Value = serde_json::from_str(&printed).unwrap();
    usize::try_from(check["people"].as_u64().unwrap()).unwrap()
}

/// Kills it after so many further letters and so many milliseconds, drawn anew each time.
fn kill_again_and_again(house: &House, server: &MailServer, entering: usize, seed: u64) {
    let mut moments = ChaCha8Rng::seed_from_u64(seed);
    let people = entering.to_string();
    for kill in 1..=KILLS {
        let mut command = match kill {
            1 => house.command(&["journey", "launch", JOURNEY, "--expect-people", &people]),
            _ => house.command(&["journey", "resume", JOURNEY]),
        };
        let mut child = command.spawn().expect("the program starts");
        let letters = server.kept() + moments.random_range(1..16);
        let after = Duration::from_millis(moments.random_range(0..15));
        let what = format!("{}: kill {kill} of seed {seed}, after letter {letters}", house.name);
        wait_for(&mut child, &what, || server.kept() >= letters);
        std::thread::sleep(after);
        child.kill().expect("it can be killed");
        let ended = child.wait().expect("it has ended");
        assert!(!ended.success(), "{what}: it was done before it could be killed");
    }
}

fn wait_for(child: &mut Child, what: &str, reached: impl Fn() -> bool) {
    let begun = Instant::now();
    while !reached() {
        assert!(begun.elapsed() < Duration::from_secs(30), "{what}: nothing came for 30 seconds");
        let ended = child.try_wait().expect("it can be asked");
        assert!(ended.is_none(), "{what}: it ended by itself, {ended:?}");
        std::thread::sleep(Duration::from_millis(1));
    }
}
