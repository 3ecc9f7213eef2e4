//! `/mine`: what the reader's business pays for, how much of it is in use, when it renews and who bills it.

use axum::extract::{Path, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{Html, IntoResponse};
use chrono::{Days, NaiveDate};
use segments::Billing;
use templates::center::{MinePage, OwnLicence};
use templates::{Words, figures};

use super::learn::in_an_address;
use super::{around, asking, frame};
use crate::app::App;
use crate::router;
use crate::store::mine::{self, Business, Held};
use crate::web::error::PageError;
use crate::web::frame::Visit;
use crate::web::visitor::Reader;

mod calendar;

/// Days without use after which a seat is idle, where the product says nothing of it.
const IDLE_DAYS: i32 = 30;

/// Shows everything that is paid for.
pub async fn show(State(app): State<App>, visit: Visit, reader: Reader) -> Result<Html<String>, PageError> {
    let frame = frame(&app, &visit, Some(&reader));
    let words = app.templates.words(&frame.language);
    let today = app.clock.now().date_naive();
    let business = mine::of_account(app.db.read(), reader.customer.account, today).await?;
    let business = business.ok_or(PageError::NotFound)?;
    let licence = |held: &Held| drawn(&app, words, &business, held, today);
    let page = MinePage {
        around: around(&app, Some(&reader), None),
        company: business.name.clone(),
        licences: business.licences.iter().map(licence).collect(),
        ask_href: router::leads_to(asking::NEW).then(|| {
            let asks = in_an_address(&words.say("mine-asks"));
            // What a business pays is nobody's but theirs: only an expert is asked.
            format!("{}?asked_of=expert&q={asks}", asking::NEW)
        }),
    };
    Ok(Html(app.templates.center_mine(&frame, &page)?))
}

/// Hands over the days on which a product renews, as a calendar takes them in.
pub async fn days(
    State(app): State<App>,
    visit: Visit,
    Path(file): Path<String>,
    reader: Reader,
) -> Result<impl IntoResponse, PageError> {
    let product = file.strip_suffix(".ics").ok_or(PageError::NotFound)?;
    let now = app.clock.now();
    let business = mine::of_account(app.db.read(), reader.customer.account, now.date_naive()).await?;
    let held: Vec<_> = business.into_iter().flat_map(|business| business.licences).collect();
    let frame = frame(&app, &visit, Some(&reader));
    let words = app.templates.words(&frame.language);
    let vendor = &app.settings.vendor.name;
    let day = |held: &Held| {
        let values = [("product", (&held.name).into()), ("vendor", vendor.into())];
        calendar::Day {
            id: held.id,
            on: held.renews_on,
            summary: words.say_with("mine-event", &values),
            description: words.say_with("mine-event-words", &values),
        }
    };
    let days: Vec<_> = held.iter().filter(|held| held.product == product).map(day).collect();
    if days.is_empty() {
        return Err(PageError::NotFound);
    }
    let name: String = product.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
    let headers = [
        (CONTENT_TYPE, "text/calendar; charset=utf-8".to_owned()),
        (CONTENT_DISPOSITION, format!("attachment; filename=\"{name}.ics\"")),
    ];
    Ok((headers, calendar::file(&days, now)))
}

fn drawn(app: &App, words: &Words, business: &Business, held: &Held, today: NaiveDate) -> OwnLicence {
    let vendor = &app.settings.vendor.name;
    let billed_by = match (held.billed_by, &business.partner) {
        (Billing::Vendor, _) => words.say_with("mine-billed-vendor", &[("vendor", vendor.into())]),
        (Billing::Partner, Some(name)) => words.say_with("mine-billed-partner", &[("name", name.into())]),
        (Billing::Partner, None) => words.say("mine-billed-partner-nameless"),
        (Billing::Distributor, _) => words.say("mine-billed-distributor"),
    };
    let renews = words.day(held.renews_on);
    let left = (held.renews_on - today).num_days();
    let mut seats = None;
    let mut width = None;
    if let Some(sold) = held.seats.filter(|sold| *sold > 0) {
        seats = Some(match held.counts.last() {
            Some((on, used)) => {
                width = u32::try_from(used.clamp(&0, &sold) * 100 / sold).ok();
                let values =
                    [("used", (*used).into()), ("sold", sold.into()), ("day", words.day(*on).into())];
                words.say_with("mine-seats", &values)
            }
            None => words.say_with("mine-seats-sold", &[("sold", sold.into())]),
        });
    }
    OwnLicence {
        product: held.name.clone(),
        seats,
        width,
        unused: unused(held, today).map(|(count, since)| {
            let since = words.day(since);
            let values = [("count", count.into()), ("since", since.into()), ("renews", (&renews).into())];
            let key = if left > 0 { "mine-unused" } else { "mine-unused-only" };
            words.say_with(key, &values)
        }),
        renews: match left {
            0.. => words.say_with("mine-renews-soon", &[("day", (&renews).into()), ("days", left.into())]),
            _ => renews.clone(),
        },
        // What a partner asks for is between the business and the partner.
        price: held
            .price
            .as_ref()
            .filter(|_| held.billed_by == Billing::Vendor)
            .map(|(minor, currency)| money(*minor, currency)),
        billed_by,
        calendar_href: (left >= 0).then(|| format!("/mine/{}.ics", held.product)),
    }
}

#[expect(clippy::cast_precision_loss, reason = "a price in cents is far below 2^53")]
fn money(minor: i64, currency: &str) -> String {
    figures::money(minor as f64, currency)
}

/// How many seats nobody used for long enough, and since which count. A dip of a few days is none.
fn unused(held: &Held, today: NaiveDate) -> Option<(i32, NaiveDate)> {
    let idle = Days::new(u64::try_from(held.window_days.unwrap_or(IDLE_DAYS)).ok()?);
    let (sold, (last, _)) = (held.seats?, held.counts.last()?);
    let window = last.checked_sub_days(idle)?;
    let most = held.counts.iter().filter(|(on, _)| *on >= window).map(|(_, used)| *used).max()?;
    let run = held.counts.iter().rev().take_while(|(_, used)| *used <= most);
    let since = run.last().map(|(on, _)| *on)?;
    (most < sold && since <= today.checked_sub_days(idle)?).then_some((sold - most, since))
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn seats_are_unused_when_nobody_used_them_for_as_long_as_the_product_says() {
        let found = |counts: &[(&str, i32)], window_days| {
            let held = Held {
                id: Uuid::nil(),
                product: "phones".to_owned(),
                name: "Phones".to_owned(),
                seats: Some(10),
                renews_on: day("2026-06-12"),
                price: None,
                billed_by: Billing::Vendor,
                counts: counts.iter().map(|(on, used)| (day(on), *used)).collect(),
                window_days,
            };
            unused(&held, day("2026-03-03"))
        };
        let since = |count, on: &str| Some((count, day(on)));
        let year = [("2025-11-01", 9), ("2025-12-04", 7), ("2026-01-15", 6), ("2026-02-20", 7)];
        assert_eq!(found(&year, None), since(3, "2025-12-04"));
        let dip = [("2025-12-04", 9), ("2026-02-20", 9), ("2026-03-01", 2)];
        assert_eq!(found(&dip, None), since(1, "2025-12-04"), "a dip of a few days is none");
        assert_eq!(found(&[("2026-02-20", 2)], None), None, "nor is what was counted lately only");
        assert_eq!(found(&[("2026-02-20", 2)], Some(7)), since(8, "2026-02-20"));
        assert_eq!(found(&[("2025-12-04", 10)], None), None);
        assert_eq!(found(&[], None), None);
    }
}
