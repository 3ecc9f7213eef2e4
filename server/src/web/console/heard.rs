//! `/console/heard`: writing up what came of what customers said.

use axum::Extension;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use chrono::NaiveDate;
use content::Item;
use serde::Deserialize;
use templates::{ENGLISH, FieldProblem, HeardListPage, HeardRow, HeardTyped};
use uuid::Uuid;

use super::feedback::FEEDBACK;
use super::{framed, rail};
use crate::app::App;
use crate::learning::steps;
use crate::shelf::Shelf;
use crate::store::heard::{self, Heard};
use crate::web::error::{PageError, Plain};
use crate::web::forms::{Button, Checked};
use crate::web::frame::Visit;
use crate::web::visitor::Staff;

/// Where this page is.
pub const HEARD: &str = "/console/heard";
/// Entries on the page.
const SHOWN: u64 = 50;
/// The longest words of an entry.
const LONGEST: usize = 300;

/// The form, as typed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Writing {
    heard: String,
    quote: String,
    did: String,
    did_on: String,
    item: String,
    step: String,
    next: String,
}

/// Shows what is on the page, and the form for more of it.
pub async fn list(State(app): State<App>, visit: Visit, staff: Staff) -> Result<Html<String>, PageError> {
    let form = Writing { did_on: app.clock.now().date_naive().to_string(), ..Writing::default() };
    let page = page(&app, &staff, form, Vec::new()).await?;
    Ok(Html(app.templates.heard_list(&framed(&app, &visit, &staff), &page)?))
}

/// Puts an entry on the page, or says what is wrong with it.
pub async fn create(
    State(app): State<App>,
    visit: Visit,
    staff: Staff,
    shelf: Shelf,
    Checked(form): Checked<Writing>,
) -> Result<Response, PageError> {
    let one = match read(&app, &shelf, &staff, &form) {
        Ok(one) => one,
        Err(problems) => {
            let page = page(&app, &staff, form, problems).await?;
            let html = app.templates.heard_list(&framed(&app, &visit, &staff), &page)?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, Extension(Plain), Html(html)).into_response());
        }
    };
    let txn = app.db.begin().await?;
    heard::publish(&txn, &one).await?;
    txn.commit().await?;
    Ok(Redirect::to(&format!("{HEARD}#on")).into_response())
}

/// Takes an entry down. It stays in the records.
pub async fn down(
    State(app): State<App>,
    Path(id): Path<Uuid>,
    Checked(Button {}): Checked<Button>,
) -> Result<Redirect, PageError> {
    let txn = app.db.begin().await?;
    heard::take_down(&txn, id, app.clock.now()).await?;
    txn.commit().await?;
    Ok(Redirect::to(&format!("{HEARD}#on")))
}

fn read(app: &App, shelf: &Shelf, staff: &Staff, form: &Writing) -> Result<Heard, Vec<FieldProblem>> {
    let mut problems = Vec::new();
    let mut wrong = |field: &str, words: String| {
        problems.push(FieldProblem { field: field.to_owned(), words });
    };
    let now = app.clock.now();
    for (field, typed) in [("heard", &form.heard), ("did", &form.did)] {
        if sound(typed).chars().count() < 5 {
            let what = if field == "heard" { "what customers told us" } else { "what was done about it" };
            wrong(field, format!("Write {what}, in a sentence."));
        }
    }
    let did_on: Option<NaiveDate> = form.did_on.parse().ok().filter(|day| *day <= now.date_naive());
    if did_on.is_none() {
        wrong("did_on", "The day should be today or before, such as 2026-03-03.".to_owned());
    }
    let item = form.item.trim();
    let found: Option<&Item> = shelf.catalogue.get(item);
    if !item.is_empty() && found.is_none() {
        wrong("item", format!("There is no item called {item}. The name is the last part of its address."));
    }
    let step = form.step.trim();
    let known = found.is_some_and(|item| steps::names(item).iter().any(|name| name == step));
    if !step.is_empty() && !known {
        wrong(
            "step",
            format!("That item has no step called {step}. The name is the last part of its address."),
        );
    }
    let some = |text: String| (!text.is_empty()).then_some(text);
    match did_on {
        Some(did_on) if problems.is_empty() => Ok(Heard {
            id: app.ids.next(),
            words: sound(&form.heard),
            quote: some(sound(&form.quote)),
            did: sound(&form.did),
            item: some(item.to_owned()),
            step: some(step.to_owned()),
            did_on,
            next: some(sound(&form.next)),
            by: staff.member.email.clone(),
            at: now,
        }),
        _ => Err(problems),
    }
}

async fn page(
    app: &App,
    staff: &Staff,
    form: Writing,
    problems: Vec<FieldProblem>,
) -> Result<HeardListPage, PageError> {
    let words = app.templates.words(ENGLISH);
    let entries = heard::on_the_page(app.db.read(), SHOWN).await?;
    let row = |one: Heard| HeardRow {
        down_action: format!("{HEARD}/{}/down", one.id),
        heard: one.words,
        did: one.did,
        did_on: words.day(one.did_on),
        by: one.by,
    };
    let Writing { heard, quote, did, did_on, item, step, next } = form;
    Ok(HeardListPage {
        rail: rail(app, staff, FEEDBACK),
        action: HEARD.to_owned(),
        problems,
        typed: HeardTyped { heard, quote, did, did_on, item, step, next },
        entries: entries.into_iter().map(row).collect(),
    })
}

fn sound(words: &str) -> String {
    words.trim().chars().filter(|letter| !letter.is_control()).take(LONGEST).collect()
}
