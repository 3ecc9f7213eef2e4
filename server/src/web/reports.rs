//! The leader's pages: what each program changed. `.csv` and `.json` behind the name give the same reading.

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{Html, IntoResponse, Response};
use chrono::NaiveDate;
use serde::Deserialize;
use templates::{Face, ReportsIndexPage};

use super::error::PageError;
use super::frame::{self, Visit};
use super::visitor::Staff;
use crate::app::App;
use crate::lift::report::{Report, ReportError};
use crate::store::programs;

/// The day of the reading, which lives in the address.
#[derive(Debug, Deserialize)]
pub struct Day {
    #[serde(rename = "as-of")]
    as_of: Option<NaiveDate>,
}

impl Day {
    fn or_today(&self, app: &App) -> NaiveDate {
        self.as_of.unwrap_or_else(|| app.clock.now().date_naive())
    }
}

/// Shows every program with its answer.
pub async fn list(
    State(app): State<App>,
    visit: Visit,
    staff: Staff,
    Query(day): Query<Day>,
) -> Result<Html<String>, PageError> {
    let mut programs = Vec::new();
    for kept in programs::all(app.db.read()).await? {
        programs.push(Report::read(&app, &kept, day.or_today(&app)).await?.row());
    }
    let frame = frame::of(&app, &visit, Face::Reports, Some(&staff.member.email));
    Ok(Html(app.templates.reports_index(&frame, &ReportsIndexPage { programs })?))
}

/// Shows one program's report: as a page, or as a table or JSON when the address ends so.
pub async fn show(
    State(app): State<App>,
    visit: Visit,
    staff: Staff,
    Path(name): Path<String>,
    Query(day): Query<Day>,
) -> Result<Response, PageError> {
    let (program, form) = name.rsplit_once('.').unwrap_or((&name, ""));
    let kept = programs::find(app.db.read(), program).await?.ok_or(PageError::NotFound)?;
    if !matches!(form, "" | "csv" | "json") {
        return Err(PageError::NotFound);
    }
    let report = Report::read(&app, &kept, day.or_today(&app)).await?;
    Ok(match form {
        "csv" => {
            let file = format!("attachment; filename=\"{}-{}.csv\"", report.program, report.reading.as_of);
            let kind = "text/csv; charset=utf-8".to_owned();
            ([(CONTENT_TYPE, kind), (CONTENT_DISPOSITION, file)], report.csv()).into_response()
        }
        "json" => Json(report).into_response(),
        _ => {
            let frame = frame::of(&app, &visit, Face::Reports, Some(&staff.member.email));
            Html(app.templates.report(&frame, &report.page())?).into_response()
        }
    })
}

impl From<ReportError> for PageError {
    fn from(error: ReportError) -> Self {
        Self::Broken(error.into())
    }
}
