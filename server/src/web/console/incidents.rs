//! `/console/incidents`: saying what is out of order, where and until when, and that it is over.

use axum::Extension;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use chrono::{DateTime, NaiveDateTime, Utc};
use serde::Deserialize;
use templates::{
    FieldProblem, IncidentDone, IncidentForm, IncidentListPage, IncidentPage, IncidentRow, IncidentTyped,
};
use uuid::Uuid;

use super::{framed, rail};
use crate::app::App;
use crate::store::incidents::places::{self, Place};
use crate::store::incidents::{self, By, Done, Incident};
use crate::store::products::{self, Product};
use crate::web::error::{PageError, Plain};
use crate::web::forms::{Button, Checked};
use crate::web::frame::Visit;
use crate::web::visitor::Staff;

/// Where this page is.
pub const INCIDENTS: &str = "/console/incidents";
/// Incidents on the page.
const SHOWN: u64 = 100;
/// The longest sentence.
const LONGEST: usize = 300;
/// As a browser writes a moment.
const MOMENT: &str = "%Y-%m-%dT%H:%M";

/// The form, as typed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Saying {
    product: String,
    places: String,
    place: String,
    words: String,
    fix_by: String,
}

/// Shows what is and was out of order, and the form for more of it.
pub async fn list(State(app): State<App>, visit: Visit, staff: Staff) -> Result<Html<String>, PageError> {
    let page = list_page(&app, &staff, Saying::default(), Vec::new()).await?;
    Ok(Html(app.templates.incident_list(&framed(&app, &visit, &staff), &page)?))
}

/// Tells customers of something, or says what is wrong with the form.
pub async fn create(
    State(app): State<App>,
    visit: Visit,
    staff: Staff,
    Checked(form): Checked<Saying>,
) -> Result<Response, PageError> {
    let desk = Desk::read(&app).await?;
    let now = app.clock.now();
    let begun = Incident {
        id: app.ids.next(),
        product: None,
        places: Vec::new(),
        place: None,
        words: String::new(),
        since: now,
        fix_by: None,
        ended_at: None,
    };
    match desk.sound(&form, &begun) {
        Ok(one) => {
            let txn = app.db.begin().await?;
            incidents::open(&txn, &one, by(&app, &staff)).await?;
            txn.commit().await?;
            Ok(Redirect::to(INCIDENTS).into_response())
        }
        Err(problems) => {
            let page = list_page(&app, &staff, form, problems).await?;
            let html = app.templates.incident_list(&framed(&app, &visit, &staff), &page)?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, Extension(Plain), Html(html)).into_response())
        }
    }
}

/// Shows one of them, to be changed.
pub async fn edit(
    State(app): State<App>,
    visit: Visit,
    staff: Staff,
    Path(id): Path<Uuid>,
) -> Result<Html<String>, PageError> {
    let one = incidents::find(app.db.read(), id).await?.ok_or(PageError::NotFound)?;
    let form = Saying {
        product: one.product.clone().unwrap_or_default(),
        places: one.places.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "),
        place: one.place.clone().unwrap_or_default(),
        words: one.words.clone(),
        fix_by: one.fix_by.map(|by| by.format(MOMENT).to_string()).unwrap_or_default(),
    };
    let page = one_page(&app, &staff, &one, form, Vec::new()).await?;
    Ok(Html(app.templates.incident(&framed(&app, &visit, &staff), &page)?))
}

/// Says it otherwise, or what is wrong with the form.
pub async fn update(
    State(app): State<App>,
    visit: Visit,
    staff: Staff,
    Path(id): Path<Uuid>,
    Checked(form): Checked<Saying>,
) -> Result<Response, PageError> {
    let one = incidents::find(app.db.read(), id).await?.ok_or(PageError::NotFound)?;
    match Desk::read(&app).await?.sound(&form, &one) {
        Ok(one) => {
            let txn = app.db.begin().await?;
            incidents::change(&txn, &one, by(&app, &staff)).await?;
            txn.commit().await?;
            Ok(Redirect::to(&address(id)).into_response())
        }
        Err(problems) => {
            let page = one_page(&app, &staff, &one, form, problems).await?;
            let html = app.templates.incident(&framed(&app, &visit, &staff), &page)?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, Extension(Plain), Html(html)).into_response())
        }
    }
}

/// Says that it is over.
pub async fn close(
    State(app): State<App>,
    staff: Staff,
    Path(id): Path<Uuid>,
    Checked(Button {}): Checked<Button>,
) -> Result<Redirect, PageError> {
    let txn = app.db.begin().await?;
    incidents::close(&txn, id, by(&app, &staff)).await?;
    txn.commit().await?;
    Ok(Redirect::to(&address(id)))
}

/// Says that it is not over after all.
pub async fn reopen(
    State(app): State<App>,
    staff: Staff,
    Path(id): Path<Uuid>,
    Checked(Button {}): Checked<Button>,
) -> Result<Redirect, PageError> {
    let txn = app.db.begin().await?;
    incidents::reopen(&txn, id, by(&app, &staff)).await?;
    txn.commit().await?;
    Ok(Redirect::to(&address(id)))
}

fn address(id: Uuid) -> String {
    format!("{INCIDENTS}/{id}")
}

fn by<'a>(app: &App, staff: &'a Staff) -> By<'a> {
    By { id: app.ids.next(), who: &staff.member.email, at: app.clock.now() }
}

/// What a form is held against.
struct Desk {
    products: Vec<Product>,
    places: Vec<Place>,
}

impl Desk {
    async fn read(app: &App) -> Result<Self, PageError> {
        let db = app.db.read();
        Ok(Self { products: products::all(db).await?, places: places::known(db).await? })
    }

    /// The incident as the form says it, or what is wrong with each field.
    fn sound(&self, form: &Saying, one: &Incident) -> Result<Incident, Vec<FieldProblem>> {
        let mut problems = Vec::new();
        let mut wrong = |field: &str, words: String| {
            problems.push(FieldProblem { field: field.to_owned(), words });
        };
        let product = Some(form.product.clone()).filter(|code| !code.is_empty());
        if product.as_ref().is_some_and(|code| self.products.iter().all(|known| known.code != *code)) {
            wrong("product", "Choose one of the products, or all of them.".to_owned());
        }
        let places = places::read(&form.places, &self.places).unwrap_or_else(|place| {
            let known = places::some(&self.places);
            wrong("places", format!("No customer is in {place}. Customers are in {known}."));
            Vec::new()
        });
        let words = sound_words(&form.words);
        if words.chars().count() < 5 {
            wrong("words", "Write what customers notice, in a sentence: Calls may drop.".to_owned());
        }
        let fix_by = form.fix_by.trim();
        let read = NaiveDateTime::parse_from_str(fix_by, MOMENT).map(|at| at.and_utc());
        let fix_by: Option<DateTime<Utc>> = match read {
            _ if fix_by.is_empty() => None,
            Ok(at) if at > one.since => Some(at),
            _ => {
                let since = one.since.format("%Y-%m-%d %H:%M");
                wrong("fix_by", format!("Write a time after its beginning, {since} UTC, or none."));
                None
            }
        };
        if problems.is_empty() {
            let place = places::in_words(&sound_words(&form.place), &places);
            Ok(Incident { product, places, place, words, fix_by, ..one.clone() })
        } else {
            Err(problems)
        }
    }

    fn form(&self, action: String, form: Saying, problems: Vec<FieldProblem>) -> IncidentForm {
        let Saying { product, places, place, words, fix_by } = form;
        IncidentForm {
            action,
            problems,
            typed: IncidentTyped { product, places, place, words, fix_by },
            products: self.products.iter().map(|one| (one.code.clone(), one.name.clone())).collect(),
            known_places: places::some(&self.places),
        }
    }

    fn row(&self, one: &Incident) -> IncidentRow {
        let name = |code: &String| {
            let known = self.products.iter().find(|known| known.code == *code);
            known.map_or_else(|| code.clone(), |known| known.name.clone())
        };
        let product = one.product.as_ref().map_or_else(|| "All products".to_owned(), name);
        IncidentRow {
            about: one.place.as_ref().map_or_else(|| product.clone(), |place| format!("{product}, {place}")),
            words: one.words.clone(),
            since: one.since,
            fix_by: one.fix_by,
            ended_at: one.ended_at,
            href: address(one.id),
        }
    }
}

fn sound_words(words: &str) -> String {
    words.trim().chars().filter(|letter| !letter.is_control()).take(LONGEST).collect()
}

async fn list_page(
    app: &App,
    staff: &Staff,
    form: Saying,
    problems: Vec<FieldProblem>,
) -> Result<IncidentListPage, PageError> {
    let desk = Desk::read(app).await?;
    let all = incidents::all(app.db.read(), SHOWN).await?;
    let (open, past): (Vec<_>, Vec<_>) = all.iter().partition(|one| one.ended_at.is_none());
    let rows = |some: Vec<&Incident>| some.into_iter().map(|one| desk.row(one)).collect();
    Ok(IncidentListPage {
        rail: rail(app, staff, INCIDENTS),
        form: desk.form(INCIDENTS.to_owned(), form, problems),
        open: rows(open),
        past: rows(past),
    })
}

async fn one_page(
    app: &App,
    staff: &Staff,
    one: &Incident,
    form: Saying,
    problems: Vec<FieldProblem>,
) -> Result<IncidentPage, PageError> {
    let desk = Desk::read(app).await?;
    let what = |act: &str| match act {
        "open" => "Said",
        "change" => "Said otherwise",
        "close" => "Over",
        _ => "Not over after all",
    };
    let done = |done: Done| IncidentDone { what: what(&done.act).to_owned(), who: done.who, at: done.at };
    let turn = if one.ended_at.is_some() { "reopen" } else { "close" };
    Ok(IncidentPage {
        rail: rail(app, staff, INCIDENTS),
        form: desk.form(address(one.id), form, problems),
        one: desk.row(one),
        turn_action: format!("{}/{turn}", address(one.id)),
        history: incidents::history(app.db.read(), one.id).await?.into_iter().map(done).collect(),
    })
}
