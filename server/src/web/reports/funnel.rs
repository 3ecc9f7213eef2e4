//! From the ask to the habit: a page, and the same reading as a table or JSON.

use axum::extract::State;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{Html, IntoResponse};
use axum::{Extension, Json};
use templates::Face;

use super::READINGS;
use crate::app::App;
use crate::lift::report::funnel::Reading;
use crate::shelf::Shelves;
use crate::store::funnel;
use crate::web::error::PageError;
use crate::web::frame::{self, Visit};
use crate::web::visitor::Staff;

async fn read(app: &App, shelves: &Shelves) -> Result<Reading, PageError> {
    let _turn = READINGS.acquire().await.expect("nobody closes it");
    let now = app.clock.now();
    let shelf = shelves.current(app).await.map_err(PageError::Broken)?;
    Ok(Reading::of(&funnel::facts(app.db.read(), now).await?, &shelf.catalogue, now))
}

/// Shows the funnel.
pub async fn show(
    State(app): State<App>,
    Extension(shelves): Extension<Shelves>,
    visit: Visit,
    staff: Staff,
) -> Result<Html<String>, PageError> {
    let page = read(&app, &shelves).await?.page();
    let frame = frame::of(&app, &visit, Face::Reports, Some(&staff.member.email));
    Ok(Html(app.templates.funnel(&frame, &page)?))
}

/// The same reading as a table.
pub async fn csv(
    State(app): State<App>,
    Extension(shelves): Extension<Shelves>,
) -> Result<impl IntoResponse, PageError> {
    let reading = read(&app, &shelves).await?;
    let file = format!("attachment; filename=\"funnel-{}.csv\"", reading.as_of.date_naive());
    let kind = "text/csv; charset=utf-8".to_owned();
    Ok(([(CONTENT_TYPE, kind), (CONTENT_DISPOSITION, file)], reading.csv()))
}

/// The same reading for programs.
pub async fn json(
    State(app): State<App>,
    Extension(shelves): Extension<Shelves>,
) -> Result<Json<Reading>, PageError> {
    read(&app, &shelves).await.map(Json)
}
