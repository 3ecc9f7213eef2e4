//! `/me/data.json` and `/me/data.txt`: everything we keep about a reader, as files.

use axum::Json;
use axum::extract::State;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::IntoResponse;
use chrono::SecondsFormat;
use sea_orm::DbErr;
use serde_json::{Map, Value, json};

use super::super::frame;
use crate::app::App;
use crate::store::audience;
use crate::store::traces::{self, Row, Whose};
use crate::store::wishes;
use crate::web::error::PageError;
use crate::web::frame::Visit;
use crate::web::visitor::Reader;

/// Tables of pictures, each of which has an address of its own.
const PICTURES: &[&str] = &["picture_drafts", "question_pictures"];

/// Everything, table by table.
struct Kept {
    company: Row,
    tables: Vec<(&'static str, Vec<Row>)>,
}

/// For another program.
pub async fn json(State(app): State<App>, reader: Reader) -> Result<impl IntoResponse, PageError> {
    let kept = read(&app, &reader).await?;
    let records: Map<String, Value> =
        kept.tables.into_iter().map(|(table, rows)| (table.to_owned(), json!(rows))).collect();
    let all = json!({
        "made_at": app.clock.now().to_rfc3339_opts(SecondsFormat::Secs, true),
        "made_by": app.settings.vendor.name,
        "about": reader.customer.email,
        "company": kept.company,
        "records": records,
    });
    Ok(([(CONTENT_DISPOSITION, "attachment; filename=\"my-data.json\"")], Json(all)))
}

/// For people.
pub async fn text(
    State(app): State<App>,
    visit: Visit,
    reader: Reader,
) -> Result<impl IntoResponse, PageError> {
    let frame = frame(&app, &visit, Some(&reader));
    let words = app.templates.words(&frame.language);
    let kept = read(&app, &reader).await?;
    let (vendor, day) = (&app.settings.vendor.name, words.day(app.clock.now().date_naive()));
    let made = [("day", day.into()), ("address", (&reader.customer.email).into())];
    let mut lines =
        vec![words.say_with("data-title", &[("vendor", vendor.into())]), words.say_with("data-made", &made)];
    section(&mut lines, &words.say("data-company"), &[kept.company], "");
    let none = words.say("data-none");
    for (table, rows) in &kept.tables {
        section(&mut lines, &words.say(&format!("data-{table}")), rows, &none);
    }
    let headers = [
        (CONTENT_TYPE, "text/plain; charset=utf-8"),
        (CONTENT_DISPOSITION, "attachment; filename=\"my-data.txt\""),
    ];
    Ok((headers, lines.join("\n") + "\n"))
}

fn section(lines: &mut Vec<String>, title: &str, rows: &[Row], none: &str) {
    lines.extend([String::new(), title.to_owned(), "-".repeat(title.chars().count())]);
    if rows.is_empty() {
        lines.push(none.to_owned());
    }
    for (at, row) in rows.iter().enumerate() {
        if at > 0 {
            lines.push(String::new());
        }
        let full = row.iter().filter(|(_, value)| !value.is_null());
        lines.extend(full.map(|(name, value)| match value {
            Value::String(text) => format!("{name}: {text}"),
            other => format!("{name}: {other}"),
        }));
    }
}

async fn read(app: &App, reader: &Reader) -> Result<Kept, PageError> {
    let (db, id) = (app.db.read(), reader.customer.id);
    let person = wishes::person(db, id).await?.ok_or(PageError::NotFound)?;
    let whose = Whose { account: person.account, contact: id, email_key: &person.email_key };
    let mut tables = traces::of_person(db, whose).await?;
    for (_, rows) in tables.iter_mut().filter(|(table, _)| PICTURES.contains(table)) {
        for row in rows {
            let id = row.get("id").and_then(Value::as_str).unwrap_or_default();
            let address = format!("{}/ask/pictures/{id}", app.settings.base_url);
            row.insert("address".to_owned(), Value::from(address));
        }
    }
    let company = company(app, id).await?;
    Ok(Kept { company, tables })
}

/// What is known about the business, which is not about the person alone.
async fn company(app: &App, contact: uuid::Uuid) -> Result<Row, DbErr> {
    let profiles = audience::load_profiles(app.db.read(), &[contact], app.clock.now()).await?;
    let Some(account) = profiles.into_iter().next().map(|profile| profile.account) else {
        return Ok(Row::new());
    };
    let company = json!({
        "name": account.name,
        "employees": account.employees,
        "stage": account.said_stage.map(segments::Stage::as_str),
        "industry": account.industry,
        "country": account.country,
        "region": account.region,
        "city": account.city,
    });
    Ok(company.as_object().cloned().unwrap_or_default())
}
