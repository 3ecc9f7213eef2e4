//! Every address of the house, one to a line, each with who may come. What is not here does not exist.

use std::sync::LazyLock;

use axum::{Extension, Router};

use crate::app::App;
use crate::finding::Finder;
use crate::shelf::Shelves;
use crate::store::doors::Role;
use crate::store::doors::Role::{Admin, Expert, Marketer, Moderator, Operator, Partner, ProgramLead};
use crate::web::Policy::{Customer, Everyone, Staff, Token};
use crate::web::center::{
    accessibility, answers, ask, asking, feedback, finish, fix, heard, home, items, join, kept, learn,
    lesson, links, me, mine, offline, one_shelf, pictures, put_off, question, read, receipt, remind, save,
    saved, search, sessions, shared, sign_in, team, useful, welcome, why,
};
use crate::web::console::feedback::deciding;
use crate::web::console::{self, campaigns, community, outbox};
use crate::web::{self, Addresses, Listed, assets, health, look, reports, staff, track, wishes};

/// Everyone who works here.
const ANY_STAFF: &[Role] = &[Admin, Marketer, Moderator, Expert, ProgramLead, Operator, Partner];

/// Who sees how things stand.
const ONLOOKERS: &[Role] = &[Admin, Marketer, Moderator, Operator];
/// Who reads what the programs changed.
const LEADERS: &[Role] = &[Admin, Marketer, ProgramLead, Operator];
/// Who looks after questions among customers.
const HELPERS: &[Role] = &[Admin, Moderator, Expert];
/// Who decides when a program's letters pause.
const DECIDERS: &[Role] = &[Admin, ProgramLead];
/// Who reads what people say, and decides about it.
const KEEPERS: &[Role] = &[Admin, Marketer, Moderator];
/// Who tells customers what is out of order.
const ANNOUNCERS: &[Role] = &[Admin, Marketer, Moderator, Operator];
/// Who may hold a campaign, and who may read letters that carry the keys of their readers.
const SENDERS: &[Role] = &[Admin, Marketer, Operator];

/// The house with its layers, ready to be served.
pub fn house(app: &App, shelves: &Shelves) -> Router {
    let pages = web::layers::same_origin(pages().into_router(), app);
    let all = pages
        .merge(letters().into_router())
        .layer(Extension(shelves.clone()))
        .layer(Extension(Finder::default()));
    web::layers::around(all, app)
}

/// The list of addresses, for people and for tests.
pub fn routes() -> Vec<Listed> {
    [pages().list(), letters().list()].concat()
}

/// Pages: whatever changes something must come from our own page.
fn pages() -> Addresses {
    workplace(questions(own_pages(center(Addresses::new()))))
}

/// The center, but for what is about its reader.
fn center(addresses: Addresses) -> Addresses {
    addresses
        .get("/healthz", Everyone, health::alive)
        .get("/readyz", Everyone, health::ready)
        .get("/assets/{name}", Everyone, assets::show)
        .get(look::MARK, Everyone, look::mark)
        .get(offline::WORKER, Everyone, offline::worker)
        .get("/offline", Everyone, offline::show)
        .get(accessibility::ACCESSIBILITY, Everyone, accessibility::show)
        .post("/look", Everyone, look::choose)
        .get("/", Everyone, home::show)
        .get("/learn", Everyone, learn::list)
        .post("/learn", Everyone, useful::wanted)
        .get("/learn/{slug}", Everyone, lesson::begin)
        .get("/learn/{slug}/{step}", Everyone, lesson::show)
        .post("/learn/{slug}/{step}/ticks", Customer, lesson::keep)
        .post("/learn/{slug}/{step}/clear", Everyone, useful::step)
        .post("/learn/{slug}/{step}/remind", Customer, remind::create)
        .post("/learn/{slug}/finish", Customer, finish::create)
        .get("/learn/{slug}/finished", Everyone, finish::show)
        .post("/learn/{slug}/useful", Everyone, useful::lesson)
        .post("/why/{choice}/not-me", Customer, why::not_me)
        .post("/why/{choice}/not-now", Customer, put_off::create)
        .post("/why/{choice}/not-now/undo", Customer, put_off::undo)
        .get("/fix", Everyone, fix::list)
        .get("/fix/{slug}", Everyone, fix::show)
        .post("/fix/{slug}/answer", Everyone, fix::answer)
        .get("/read/{slug}", Everyone, read::show)
        .post("/read/{slug}/done", Customer, read::finish)
        .post("/read/{slug}/useful", Everyone, useful::article)
        .get(search::SEARCH, Everyone, search::show)
        .get(search::SUGGEST, Everyone, search::suggest)
        .get("/saved", Everyone, saved::list)
        .post("/saved", Customer, saved::create)
        .post("/saved/keep", Customer, save::create)
        .post("/saved/links", Customer, links::create)
        .post("/saved/links/{id}/end", Customer, links::end)
        .post("/saved/links/{id}/restore", Customer, links::restore)
        .post("/saved/starters/{slug}", Customer, saved::begin)
        .get("/saved/{shelf}", Customer, one_shelf::show)
        .post("/saved/{shelf}/move", Customer, saved::step)
        .post("/saved/{shelf}/delete", Customer, saved::delete)
        .post("/saved/{shelf}/restore", Customer, saved::undelete)
        .post("/saved/{shelf}/rename", Customer, one_shelf::rename)
        .post("/saved/{shelf}/rename/undo", Customer, one_shelf::unname)
        .post("/saved/{shelf}/company", Customer, one_shelf::company)
        .post("/saved/{shelf}/pieces/{item}/move", Customer, one_shelf::step)
        .post("/saved/{shelf}/pieces/{item}/remove", Customer, one_shelf::remove)
        .post("/saved/{shelf}/pieces/{item}/restore", Customer, one_shelf::put_back)
        .get("/s/{token}", Token, shared::show)
        .get("/team", Customer, team::show)
        .post("/team", Customer, team::create)
        .post("/team/restore", Customer, team::restore)
        .post("/team/{gift}/agree", Customer, team::agree)
        .post("/team/{gift}/end", Customer, team::end)
        .post("/feedback", Everyone, feedback::create)
        .get("/feedback/{id}", Everyone, feedback::show)
        .post("/feedback/{id}", Everyone, feedback::add)
        .get("/useful/{name}", Everyone, answers::show)
        .post("/useful/{name}", Everyone, answers::create)
        .get("/heard", Everyone, heard::show)
        .get(kept::KEPT, Customer, kept::show)
        .get("/join", Everyone, join::show)
        .post("/join", Everyone, join::create)
        .get("/join/sent", Everyone, join::sent)
        .get("/join/not-yet", Everyone, join::not_yet)
        .get("/join/confirm/{token}", Token, join::look)
        .post("/join/confirm/{token}", Token, join::confirm)
        .post("/join/again/{token}", Token, join::again)
        .get("/sign-in", Everyone, sign_in::ask)
        .post("/sign-in", Everyone, sign_in::send)
        .get("/sign-in/sent", Everyone, sign_in::sent)
        .get("/sign-in/{token}", Token, sign_in::show)
        .post("/sign-in/{token}", Token, sign_in::create)
        .post("/sign-out", Customer, sign_in::delete)
}

/// What is about the reader.
fn own_pages(addresses: Addresses) -> Addresses {
    addresses
        .get("/welcome", Customer, welcome::begin)
        .get("/welcome/first", Customer, welcome::first)
        .get("/welcome/{question}", Customer, welcome::show)
        .post("/welcome/products", Customer, welcome::correct)
        .post("/welcome/products/undo", Customer, welcome::take_back)
        .post("/welcome/{question}", Customer, welcome::answer)
        .get("/me", Customer, me::show)
        .get("/me/data.json", Customer, me::data::json)
        .get("/me/data.txt", Customer, me::data::text)
        .get("/me/email", Customer, wishes::show_own)
        .post("/me/email", Customer, wishes::save_own)
        .get("/me/erase", Customer, me::farewell::ask_to_erase)
        .post("/me/erase", Customer, me::farewell::erase)
        .get("/me/erased", Everyone, me::farewell::erased)
        .get("/me/facts/{fact}", Customer, me::facts::ask)
        .post("/me/facts/{fact}", Customer, me::facts::change)
        .post("/me/facts/{fact}/remove", Customer, me::facts::remove)
        .post("/me/facts/{fact}/undo", Customer, me::facts::undo)
        .get("/me/leave", Customer, me::farewell::ask_to_leave)
        .post("/me/leave", Customer, me::farewell::leave)
        .get("/me/left", Everyone, me::farewell::left)
        .get("/me/receipt", Customer, receipt::show)
        .get("/me/sessions", Customer, sessions::show)
        .post("/me/sessions/end", Customer, sessions::end)
        .get("/mine", Customer, mine::show)
        .get("/mine/{file}", Customer, mine::days)
        .get("/p/{token}", Token, wishes::show)
        .post("/p/{token}", Token, wishes::save)
}

/// Where staff work and leaders read.
fn workplace(addresses: Addresses) -> Addresses {
    addresses
        .get("/staff/sign-in", Everyone, staff::ask)
        .get("/staff/sign-in/{token}", Token, staff::show)
        .post("/staff/sign-in/{token}", Token, staff::create)
        .post("/console/sign-out", Staff(ANY_STAFF), staff::delete)
        .get("/console", Staff(ONLOOKERS), console::show)
        .get("/console/campaigns", Staff(ONLOOKERS), campaigns::list)
        .get("/console/campaigns/{name}", Staff(ONLOOKERS), campaigns::show)
        .post(campaigns::PAUSE, Staff(SENDERS), campaigns::pause)
        .post("/console/campaigns/{name}/resume", Staff(SENDERS), campaigns::resume)
        .get("/console/outbox", Staff(SENDERS), outbox::list)
        .get("/console/outbox/{id}", Staff(SENDERS), outbox::show)
        .get("/console/outbox/{id}/html", Staff(SENDERS), outbox::html)
        .get("/console/outbox/{id}/raw", Staff(SENDERS), outbox::raw)
        .get(console::feedback::FEEDBACK, Staff(KEEPERS), console::feedback::list)
        .get(console::feedback::DECIDE, Staff(KEEPERS), deciding::show)
        .post(console::feedback::DECIDE, Staff(KEEPERS), deciding::create)
        .get(console::heard::HEARD, Staff(KEEPERS), console::heard::list)
        .post(console::heard::HEARD, Staff(KEEPERS), console::heard::create)
        .post("/console/heard/{id}/down", Staff(KEEPERS), console::heard::down)
        .get(console::incidents::INCIDENTS, Staff(ANNOUNCERS), console::incidents::list)
        .post(console::incidents::INCIDENTS, Staff(ANNOUNCERS), console::incidents::create)
        .get("/console/incidents/{id}", Staff(ANNOUNCERS), console::incidents::edit)
        .post("/console/incidents/{id}", Staff(ANNOUNCERS), console::incidents::update)
        .post("/console/incidents/{id}/close", Staff(ANNOUNCERS), console::incidents::close)
        .post("/console/incidents/{id}/reopen", Staff(ANNOUNCERS), console::incidents::reopen)
        .get("/reports", Staff(LEADERS), reports::list)
        .get("/reports/funnel", Staff(LEADERS), reports::funnel::show)
        .get("/reports/funnel.csv", Staff(LEADERS), reports::funnel::csv)
        .get("/reports/funnel.json", Staff(LEADERS), reports::funnel::json)
        .get("/reports/{program}", Staff(LEADERS), reports::show)
        .post(reports::DECIDE, Staff(DECIDERS), reports::decide)
}

/// Questions among customers, and looking after them.
fn questions(addresses: Addresses) -> Addresses {
    addresses
        .get(ask::ASK, Everyone, ask::list)
        .get(asking::NEW, Everyone, asking::show)
        .post_with_file(asking::NEW, Everyone, asking::create)
        .get(asking::similar::SIMILAR, Everyone, asking::similar::show)
        .get("/ask/pictures/{id}", Everyone, pictures::show)
        .get("/ask/{slug}", Everyone, question::show)
        .post("/ask/{slug}/replies", Customer, question::reply)
        .post("/ask/{slug}/accept", Customer, question::accept)
        .post("/ask/{slug}/useful", Customer, question::useful)
        .post("/ask/{slug}/answers/{reply}/helped", Everyone, question::helped::create)
        .post("/ask/{slug}/follow", Customer, question::follow)
        .post("/ask/{slug}/report", Everyone, question::report)
        .post("/ask/{slug}/done", Customer, items::finish)
        .get(community::HERE, Staff(HELPERS), community::list)
        .get("/console/community/{slug}", Staff(HELPERS), community::show)
        .post("/console/community/{slug}/answers", Staff(HELPERS), community::answer)
        .post("/console/community/{slug}/hide", Staff(HELPERS), community::hide)
        .post("/console/community/{slug}/show", Staff(HELPERS), community::unhide)
        .post("/console/community/{slug}/publish", Staff(HELPERS), community::publish)
        .post("/console/community/{slug}/merge", Staff(HELPERS), community::merge)
        .post("/console/community/{slug}/ban", Staff(HELPERS), community::ban)
        .post("/console/community/{slug}/unban", Staff(HELPERS), community::unban)
        .post("/console/community/{slug}/settle", Staff(HELPERS), community::settle)
        .post("/console/community/{slug}/fix", Staff(HELPERS), community::fix)
        .get("/console/community/{slug}/picture", Staff(HELPERS), community::picture::show)
        .post("/console/community/{slug}/hide-picture", Staff(HELPERS), community::picture::hide)
        .post("/console/community/{slug}/show-picture", Staff(HELPERS), community::picture::put_back)
}

/// Addresses in letters: asked for by mail programs, from anywhere, without a cookie.
fn letters() -> Addresses {
    Addresses::new()
        .get("/o/{token}", Token, track::open)
        .get("/c/{token}", Token, track::click)
        .get("/u/{token}", Token, wishes::ask_to_stop)
        .post("/u/{token}", Token, wishes::stop)
}

static PAGES: LazyLock<Vec<Listed>> = LazyLock::new(|| pages().list().to_vec());

/// Whether there is a page at this address, as the list spells it.
pub fn leads_to(path: &str) -> bool {
    PAGES.iter().any(|one| one.path == path && one.method == "GET")
}

/// Whether a customer can be at this address, as a browser or the list spells it.
pub fn is_page(path: &str) -> bool {
    let parts = |path: &str| path.split('/').map(str::to_owned).collect::<Vec<_>>();
    let asked = parts(path);
    let fits = |one: &Listed| {
        let listed = parts(one.path);
        let same = |(listed, asked): (&String, &String)| {
            listed == asked || (listed.starts_with('{') && !asked.is_empty() && listed != "{token}")
        };
        listed.len() == asked.len() && listed.iter().zip(&asked).all(same)
    };
    let customers = |one: &&Listed| one.method == "GET" && !matches!(one.policy, Staff(_));
    path.len() <= 300 && PAGES.iter().filter(customers).any(fits)
}

/// Whether an address for staff is on the list and opens to this role.
pub fn opens(role: Role, path: &str) -> bool {
    let open = |one: &Listed| matches!(one.policy, Staff(roles) if roles.contains(&role));
    PAGES.iter().any(|one| one.path == path && open(one))
}

/// Where somebody with this role begins.
pub fn landing(role: Role) -> &'static str {
    ["/console", "/reports", community::HERE].into_iter().find(|path| opens(role, path)).unwrap_or("/")
}
