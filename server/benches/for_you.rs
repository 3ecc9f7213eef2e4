//! What the page "For you" costs among ten thousand companies, and where its time goes.
//!
//! `cargo bench -p server --bench for_you` prints the CPU time of whole pages, and of their parts measured singly: what is
//! read, choosing, writing down what was chosen, drawing. When the parts make up less than 0.7 of the page, something else
//! costs more than it should; when they make up much more, a page is not what was measured. It fails under 0.7.
//!
//! No page is kept: every one of them is another person's, and every one writes its choices.

use std::fmt::Write;
use std::io::Cursor;
use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use chrono::{DateTime, SubsecRound, Utc};
use content::HOME;
use sea_orm::{EntityTrait, PaginatorTrait, QueryOrder, QuerySelect};
use segments::Profile;
use server::app::App;
use server::clock::Clock;
use server::config::Settings;
use server::doors::{self, Secret};
use server::ids::{self, Ids};
use server::keys::Keys;
use server::profiles::import::{Options, RowKind, Unwatched, import_csv};
use server::router;
use server::shelf::{Shelf, Shelves};
use server::store::choices::{self, Kept, Shown};
use server::store::doors::Audience;
use server::store::entities::{choice, contact};
use server::store::progress::{self, Learner};
use server::store::questions::{self, Filter, Tab, Wanted};
use server::store::{audience, comparison, documents, doors as kept_doors, finishes, gifts, shelves};
use templates::Theme;
use templates::center::samples;
use tower::ServiceExt;
use uuid::Uuid;

const COMPANIES: usize = 10_000;
/// People whose pages are asked for, spread over all of them.
const PAGES: usize = 1_000;
const LEAST_SHARE: f64 = 0.7;
const MOST_MEMORY_MB: u64 = 150;

const TRADES: [&str; 6] = ["238220", "445110", "722511", "621210", "541211", "811111"];
const STAGES: [&str; 4] = ["starting-up", "established", "growing", "handing-on"];
const LEVELS: [&str; 3] = ["starter", "getting-by", "confident"];
const TYPES: [&str; 3] = ["learner", "connector", "collaborator"];
const PRODUCTS: [&str; 6] = ["phones", "internet", "backup", "bookings", "payments", "website"];

#[tokio::main]
async fn main() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let settings = Settings {
        database_url: format!("sqlite://{}", folder.path().join("house.db").display()).into(),
        data_dir: folder.path().to_owned(),
        ..Settings::default()
    };
    let noon: DateTime<Utc> = "2026-03-03T12:00:00Z".parse()?;
    let app =
        App::open_with(settings, Keys::from_root([9; 32]), Clock::moved(noon), Ids::of_the_machine()).await?;
    let began = Instant::now();
    fill(&app).await?;
    println!("{COMPANIES} companies taken in within {:.0?}", began.elapsed());

    let people = people(&app).await?;
    let keys = keys(&app, &people).await?;
    let shelf = Shelf::load(&app).await?;
    let house = router::house(&app, &Shelves::default());
    whole_pages(&house, &keys[..20]).await?; // what is loaded once is loaded
    let before = choice::Entity::find().count(app.db.read()).await?;

    let page = measured(async || whole_pages(&house, &keys).await).await?;
    let peak = peak_memory_mb(); // the house alone: what is measured below keeps much of its own
    let written = choice::Entity::find().count(app.db.read()).await? - before;
    ensure!(written > 4 * (PAGES as u64 - 20), "{written} choices were written for {PAGES} pages");

    app.clock.advance(chrono::TimeDelta::hours(2)); // the same choice within an hour is written once
    let read = measured(async || reads(&app, &people, &keys).await).await?;
    let profiles = audience::load_profiles(app.db.read(), &people, app.clock.now()).await?;
    let chosen = measured(async || Ok(choose(&shelf, &profiles, app.clock.now()))).await?;
    let all: Vec<_> = profiles.iter().map(|profile| kept(&shelf, profile, app.clock.now())).collect();
    let wrote = measured(async || write_down(&app, &profiles, &all).await).await?;
    let drawn = measured(async || draw(&app)).await?;

    let parts = [("reads", read), ("select", chosen), ("choice writes", wrote), ("drawing", drawn)];
    println!("a page: {:.2?} of CPU, over {PAGES} pages, each with its choices written", each(page));
    for (name, took) in parts {
        println!("  {name}: {:.2?}", each(took));
    }
    let share = parts.iter().map(|(_, took)| took.as_secs_f64()).sum::<f64>() / page.as_secs_f64();
    println!("the parts make up {share:.2} of the page; {LEAST_SHARE} at least");
    println!("memory at its peak, taking everybody in included: {peak} MB; {MOST_MEMORY_MB} at most");
    ensure!(share >= LEAST_SHARE, "the parts make up {share:.2} of the page");
    ensure!(peak < MOST_MEMORY_MB, "{peak} MB of memory");
    Ok(())
}

fn each(took: Duration) -> Duration {
    took / u32::try_from(PAGES).expect("there are not that many pages")
}

/// The CPU time of all threads that something takes.
async fn measured<T>(what: impl AsyncFnOnce() -> Result<T>) -> Result<Duration> {
    let before = cpu_time()?;
    std::hint::black_box(what().await?);
    Ok(cpu_time()?.saturating_sub(before))
}

/// Ten thousand companies with one member each, every one with other facts.
async fn fill(app: &App) -> Result<()> {
    let mut products = "code,name\n".to_owned();
    PRODUCTS.iter().try_for_each(|code| writeln!(products, "{code},{code}"))?;
    let mut accounts = "external_id,name,employees,industry,founded_on,stage,country\n".to_owned();
    let mut people = "external_id,account,email,first_name,user_type,level,language,consent,consent_at,\
        consent_source,consent_wording\n"
        .to_owned();
    let mut licences = "external_id,account,product,seats,starts_on,renews_on\n".to_owned();
    for one in 0..COMPANIES {
        let (trade, stage) = (TRADES[one % 6], STAGES[one / 6 % 4]);
        let (level, user_type) = (LEVELS[one / 24 % 3], TYPES[one / 72 % 3]);
        writeln!(accounts, "a{one},Company {one},{},{trade},2012-06-01,{stage},US", 1 + one * 7 % 90)?;
        writeln!(
            people,
            "p{one},a{one},p{one}@a{one}.example,Jo,{user_type},{level},en,training;support;community,\
             2026-01-05T09:00:00Z,join page,Yes to letters"
        )?;
        for product in (0..3).map(|step| PRODUCTS[(one + step * 2) % 6]) {
            writeln!(licences, "l{one}-{product},a{one},{product},5,2025-05-01,2026-05-01")?;
        }
    }
    for (kind, file) in [
        (RowKind::Products, products),
        (RowKind::Accounts, accounts),
        (RowKind::Contacts, people),
        (RowKind::Licences, licences),
    ] {
        let file = Cursor::new(file.into_bytes());
        let summary = import_csv(app, kind, file, &Options::default(), &mut Unwatched).await?;
        ensure!(summary.counts.refused == 0, "{kind:?} were refused: {summary:?}");
    }
    Ok(())
}

async fn people(app: &App) -> Result<Vec<Uuid>> {
    let all = contact::Entity::find().select_only().column(contact::Column::Id);
    let all: Vec<Uuid> = all.order_by_asc(contact::Column::Id).into_tuple().all(app.db.read()).await?;
    Ok(all.into_iter().step_by(COMPANIES / PAGES).collect())
}

/// A session for each of them.
async fn keys(app: &App, people: &[Uuid]) -> Result<Vec<Secret>> {
    let txn = app.db.begin().await?;
    let mut keys = Vec::with_capacity(people.len());
    for person in people {
        keys.push(doors::open(app, &txn, Audience::Customer, *person, None).await?);
    }
    txn.commit().await?;
    Ok(keys)
}

/// The page as a browser asks for it, packed.
async fn whole_pages(house: &Router, keys: &[Secret]) -> Result<()> {
    for key in keys {
        let request = Request::get("/").header("cookie", format!("rapport-customer={}", key.reveal()));
        let answer = house.clone().oneshot(request.body(Body::empty())?).await?;
        ensure!(answer.status() == StatusCode::OK, "{}", answer.status());
        let page = to_bytes(answer.into_body(), 1 << 20).await?;
        ensure!(page.windows(5).any(|part| part == b"?why="), "nothing was chosen for them");
    }
    Ok(())
}

/// What the page reads: who asks, everything about them, their side, how far they came, their shelves, what colleagues gave
/// them, and what others ask.
async fn reads(app: &App, people: &[Uuid], keys: &[Secret]) -> Result<()> {
    let db = app.db.read();
    for (person, key) in people.iter().zip(keys) {
        ensure!(doors::who(app, Audience::Customer, key).await? == Some(*person), "the session is theirs");
        let customer = kept_doors::customer(db, *person).await?;
        let profiles = audience::load_profiles(db, &[*person], app.clock.now()).await?;
        let kept_out = comparison::keeps_standard_order(db, &profiles[0].account).await?;
        let who = Learner { account: profiles[0].account.id.uuid(), contact: *person };
        let way = progress::of_item(db, who, "greet-callers-after-hours").await?;
        let in_force = documents::stamp(db).await?;
        let asked = questions::asked_of_experts(db, who.account, who.contact).await?;
        let near = Wanted { tab: Tab::ForMe, filter: Filter::default(), near: None, page: 1 };
        let others_ask = questions::list(db, &near).await?;
        let on_shelves = (
            shelves::of_person(db, who).await?,
            shelves::of_colleagues(db, who).await?,
            gifts::received(db, who).await?,
        );
        let finished = finishes::completed(db, who).await?;
        std::hint::black_box((customer, profiles, kept_out, way));
        std::hint::black_box((in_force, asked, others_ask, on_shelves, finished));
    }
    Ok(())
}

fn choose(shelf: &Shelf, profiles: &[Profile], now: DateTime<Utc>) -> usize {
    profiles.iter().map(|profile| std::hint::black_box(shelf.choose(profile, &HOME, now)).len()).sum()
}

fn kept(shelf: &Shelf, profile: &Profile, now: DateTime<Utc>) -> Vec<Kept> {
    let person = profile.id.uuid();
    let choices = shelf.choose(profile, &HOME, now).into_iter().enumerate();
    choices
        .map(|(place, choice)| Kept { id: ids::named(person, "bench", &place.to_string()), choice })
        .collect()
}

async fn write_down(app: &App, profiles: &[Profile], all: &[Vec<Kept>]) -> Result<()> {
    for (profile, rows) in profiles.iter().zip(all) {
        let shown = Shown {
            account_id: profile.account.id.uuid(),
            contact_id: profile.id.uuid(),
            at: app.clock.now().trunc_subsecs(0),
            message_id: None,
        };
        let rows = rows.clone();
        app.db
            .group()
            .commit(move |txn| {
                let rows = rows.clone();
                Box::pin(async move { choices::keep(txn, shown, &rows).await })
            })
            .await?;
    }
    Ok(())
}

fn draw(app: &App) -> Result<usize> {
    let (frame, page) = (samples::frame(Theme::System, Some("Jo")), samples::home());
    let mut letters = 0;
    for _ in 0..PAGES {
        letters += std::hint::black_box(app.templates.center_home(&frame, &page)?).len();
    }
    Ok(letters)
}

/// What this process used of all processors so far, in the kernel's ticks of a hundredth of a second.
fn cpu_time() -> Result<Duration> {
    let stat = std::fs::read_to_string("/proc/self/stat")?;
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    let ticks: u64 = fields[11].parse::<u64>()? + fields[12].parse::<u64>()?;
    Ok(Duration::from_millis(ticks * 10))
}

/// The most that this process ever held.
fn peak_memory_mb() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or_default();
    line.split_whitespace().next().and_then(|number| number.parse::<u64>().ok()).unwrap_or_default() / 1024
}
