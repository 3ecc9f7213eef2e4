//! The leader's pages: what each program changed. `.csv` and `.json` behind the name give the same reading.

pub mod funnel;

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{Html, IntoResponse, Redirect, Response};
use chrono::NaiveDate;
use serde::Deserialize;
use templates::{Face, HoldForm, HoldNotice, ReportPage, ReportsIndexPage};
use tokio::sync::Semaphore;
use uuid::Uuid;

use super::error::PageError;
use super::forms::{self, Checked};
use super::frame::{self, Visit};
use super::visitor::Staff;
use crate::app::App;
use crate::lift::report::{Report, ReportError, holds};
use crate::store::holds::{self as kept_holds, Decided, Decision};
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

/// A reading takes everybody who was assigned into memory: two at once, and whoever comes then waits.
static READINGS: Semaphore = Semaphore::const_new(2);

async fn read(app: &App, program: &programs::Kept, day: NaiveDate) -> Result<Report, PageError> {
    let _turn = READINGS.acquire().await.expect("nobody closes it");
    Ok(Report::read(app, program, day).await?)
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
        programs.push(read(&app, &kept, day.or_today(&app)).await?.row());
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
    let report = read(&app, &kept, day.or_today(&app)).await?;
    Ok(match form {
        "csv" => {
            let file = format!("attachment; filename=\"{}-{}.csv\"", report.program, report.reading.as_of);
            let kind = "text/csv; charset=utf-8".to_owned();
            ([(CONTENT_TYPE, kind), (CONTENT_DISPOSITION, file)], report.csv()).into_response()
        }
        "json" => Json(report).into_response(),
        _ => {
            let frame = frame::of(&app, &visit, Face::Reports, Some(&staff.member.email));
            let page = report.page();
            let hold = page.hold.map(|notice| HoldNotice { form: deciding(&app, &staff, &report), ..notice });
            let page = ReportPage { hold, ..page };
            Html(app.templates.report(&frame, &page)?).into_response()
        }
    })
}

/// The address whose policy says who decides when letters pause.
pub(crate) const DECIDE: &str = "/reports/{program}/decision";

/// A lead's decision.
#[derive(Debug, Deserialize)]
pub struct Deciding {
    hold: Uuid,
    decision: Decision,
    #[serde(default)]
    because: String,
}

/// Keeps what a lead decided. Of two who decide at once the first is kept, and the page says who that was.
pub async fn decide(
    State(app): State<App>,
    staff: Staff,
    Path(program): Path<String>,
    Checked(deciding): Checked<Deciding>,
) -> Result<Redirect, PageError> {
    let kept = programs::find(app.db.read(), &program).await?.ok_or(PageError::NotFound)?;
    let all = kept_holds::of(app.db.read(), kept.id).await?;
    let hold = all.iter().find(|hold| hold.id == deciding.hold).ok_or(PageError::NotFound)?;
    let because = holds::reason(&deciding.because).map_err(|wrong| PageError::Form(vec![wrong]))?;
    let (decision, by, at) = (deciding.decision, staff.member.email, app.clock.now());
    holds::decide(&app, hold, &Decided { decision, by, at, because }).await?;
    Ok(Redirect::to(&format!("/reports/{program}")))
}

/// The form for whoever may decide, while there is something to decide.
fn deciding(app: &App, staff: &Staff, report: &Report) -> Option<HoldForm> {
    let hold = report.hold.as_ref().filter(|hold| hold.decided.is_none())?;
    crate::router::opens(staff.member.role, DECIDE).then(|| HoldForm {
        action: DECIDE.replace("{program}", &report.program),
        form_token: forms::token(&app.keys, &staff.session),
        hold: hold.id.to_string(),
    })
}

impl From<ReportError> for PageError {
    fn from(error: ReportError) -> Self {
        Self::Broken(error.into())
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::store::programs::Program;
    use crate::testing;

    #[tokio::test]
    async fn a_third_reading_waits_until_one_of_two_is_done() {
        let (_place, app) = testing::houses().await.remove(0);
        let example = include_str!("../../../content/examples/programs/renewal-2026.toml");
        let kept = programs::Kept {
            id: uuid::Uuid::nil(),
            program: Program::parse(example).unwrap(),
            started_at: None,
        };
        let both = READINGS.acquire_many(2).await.unwrap();
        let day = app.clock.now().date_naive();
        let third = tokio::spawn(async move { read(&app, &kept, day).await.is_ok() });
        tokio::time::sleep(Duration::from_millis(300)).await;
        assert!(!third.is_finished());
        drop(both);
        third.await.unwrap();
    }
}
