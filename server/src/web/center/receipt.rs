//! `/me/receipt`: everything a reader has allowed and taken back, with the words that were shown, to keep.

use axum::extract::State;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::IntoResponse;
use chrono::SecondsFormat;

use super::frame;
use crate::app::App;
use crate::store::consent::{self, Receipt};
use crate::web::error::PageError;
use crate::web::frame::Visit;
use crate::web::visitor::Reader;

/// Hands over the receipts as plain text.
pub async fn show(
    State(app): State<App>,
    visit: Visit,
    reader: Reader,
) -> Result<impl IntoResponse, PageError> {
    let frame = frame(&app, &visit, Some(&reader));
    let words = app.templates.words(&frame.language);
    let vendor = &app.settings.vendor.name;
    let receipts = consent::receipts(app.db.read(), reader.customer.id).await?;
    let mut lines =
        vec![words.say_with("receipt-title", &[("vendor", vendor.into())]), reader.customer.email.clone()];
    if receipts.is_empty() {
        lines.push(words.say("receipt-none"));
    }
    let (place, shown) = (words.say("receipt-where"), words.say("receipt-words"));
    for Receipt { purpose, granted, at, source, wording } in receipts {
        let said = words.say(if granted { "receipt-given" } else { "receipt-taken" });
        let at = at.to_rfc3339_opts(SecondsFormat::Secs, true);
        lines.push(String::new());
        lines.push(format!("{at}  {said} {purpose}"));
        lines.push(format!("  {place}: {source}"));
        lines.extend(wording.map(|wording| format!("  {shown}: {wording}")));
    }
    let text = lines.join("\n") + "\n";
    let headers = [
        (CONTENT_TYPE, "text/plain; charset=utf-8"),
        (CONTENT_DISPOSITION, "attachment; filename=\"receipt.txt\""),
    ];
    Ok((headers, text))
}
