//! "Remind me to go on", from a step of a lesson.

use axum::extract::{Path, State};
use axum::response::Redirect;
use chrono::NaiveDate;
use segments::Email;
use serde::Deserialize;
use serde_json::json;
use templates::ENGLISH;

use super::shown::{self, learner};
use super::times;
use crate::app::App;
use crate::learning::reminders::{self, Wish};
use crate::learning::steps;
use crate::shelf::Shelf;
use crate::web::error::PageError;
use crate::web::forms::Checked;
use crate::web::visitor::Reader;

/// The day that was chosen.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Chosen {
    day: String,
}

/// Queues one reminder of this lesson, on the day that the reader chose.
pub async fn create(
    State(app): State<App>,
    shelf: Shelf,
    Path((slug, step)): Path<(String, String)>,
    reader: Reader,
    Checked(form): Checked<Chosen>,
) -> Result<Redirect, PageError> {
    let item = shown::find(&app, &shelf, "learn", &slug)?;
    if !steps::names(item).contains(&step) {
        return Err(PageError::NotFound);
    }
    let zone = times::zone(Some(&reader));
    let day: Option<NaiveDate> = form.day.parse().ok();
    let day = day.filter(|day| reminders::days(app.clock.now(), zone).contains(day));
    let day = day.ok_or(PageError::Unreadable)?;
    let customer = &reader.customer;
    let language = customer.language.as_deref().unwrap_or(ENGLISH);
    let words = app.templates.words(language);
    let address = Email::parse(&customer.email).map_err(anyhow::Error::from)?;
    let wish = Wish {
        item: slug.clone(),
        day,
        zone,
        address: address.key().to_owned(),
        data: json!({
            "language": language,
            "first_name": customer.first_name,
            "title": item.title,
            "words": words.say_with("lesson-reminder-words", &[("minutes", item.minutes.into())]),
            "path": item.path(),
        }),
    };
    reminders::ask(&app, learner(&reader), wish).await?;
    Ok(Redirect::to(&format!("/learn/{slug}/{step}#nn")))
}
