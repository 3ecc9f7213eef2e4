//! Draws one letter for one person: facts, picks with their reasons, links, headers, bytes for the wire.
//!
//! Links lead through our door only for people who allow tracking; for everybody else they are plain addresses, the
//! same for all, and there is no pixel. Stop and choices links are always personal.

use std::collections::HashMap;

use anyhow::Context;
use chrono::{DateTime, NaiveDate, Utc};
use content::{Choice, Slot, Wanted};
use lettre::message::header::ContentType;
use lettre::message::{Mailbox, MultiPart, SinglePart};
use lettre::{Address, Message as Wire};
use segments::{Billing, Email, Event, EventKind, Profile};
use serde_json::json;
use templates::Words;
use templates::emails::{Compiled, LeadsTo, Letter, LetterError, PickLine, RenewalFacts};
use uuid::Uuid;

use crate::app::App;
use crate::ids;
use crate::mail::courier::Parcel;
use crate::mail::headers::{ListUnsubscribe, ListUnsubscribePost, clean};
use crate::shelf::Shelf;
use crate::store::choices::Kept;
use crate::store::messages::Message;
use crate::tokens::Token;

/// What letters are drawn from.
#[derive(Debug, Clone, Copy)]
pub struct Source<'a> {
    /// The letter, as it was when the campaign was launched.
    pub letter: &'a Compiled,
    /// Items and rules.
    pub shelf: &'a Shelf,
    /// Names of products as customers know them, by code.
    pub products: &'a HashMap<String, String>,
}

/// A letter ready to be handed over, with what must be kept about it.
#[derive(Debug)]
pub struct Composed {
    /// For the wire.
    pub parcel: Parcel,
    /// Where each numbered link leads.
    pub links: serde_json::Value,
    /// What was chosen for it.
    pub choices: Vec<Kept>,
}

/// Draws the letter for `profile`, or says in a word why this person is to be left out.
pub fn compose(
    app: &App,
    source: Source<'_>,
    message: &Message,
    profile: &Profile,
    now: DateTime<Utc>,
) -> anyhow::Result<Result<Composed, &'static str>> {
    let shelf = source.shelf;
    let meta = source.letter.meta();
    let name = &meta.name;
    let wanted = [Wanted { slot: Slot::Letter, count: usize::from(meta.picks) }];
    let choices = if meta.picks > 0 { shelf.choose(profile, &wanted, now) } else { Vec::new() };
    let choices: Vec<Kept> = choices.into_iter().map(|choice| kept(message.id, choice)).collect();

    if meta.picks > 0 && choices.is_empty() {
        return Ok(Err("nothing-fits"));
    }
    if let LeadsTo::Page(page) = &meta.button.leads_to
        && is_finished(shelf, profile, page)
    {
        return Ok(Err("already-finished"));
    }

    let mut links = Links::new(app, message.id, profile.allows_tracking(now));
    let picks: Vec<PickLine> = choices.iter().filter_map(|kept| pick(shelf, kept, &mut links)).collect();
    let button_url = match &meta.button.leads_to {
        LeadsTo::FirstPick if !picks.is_empty() => picks[0].url.clone(),
        LeadsTo::FirstPick | LeadsTo::Center => links.to("/", None, None),
        LeadsTo::Page(page) => links.to(page, None, None),
    };
    let tokens = (profile.id.uuid(), message.id);
    let personal =
        |token: Token, door: char| format!("{}/{door}/{}", app.settings.base_url, token.write(&app.keys));
    let stop_url = personal(Token::Stop { contact: tokens.0, message: tokens.1 }, 'u');
    let vendor = &app.settings.vendor;
    // A letter speaks one language from its first word to its foot.
    let words = app.templates.words(&meta.language);
    let purpose = words.say(&format!("purpose-{}", meta.purpose.as_str()));
    let letter = Letter {
        from_name: Some(vendor.from_name.clone()).filter(|name| !name.is_empty()),
        vendor: vendor.name.clone(),
        colors: vendor.brand.clone().unwrap_or_default(),
        first_name: profile.first_name.clone(),
        company: Some(profile.account.name.clone()),
        why_line: words
            .say_with("letter-why", &[("vendor", (&vendor.name).into()), ("purpose", purpose.into())]),
        postal_address: vendor.postal_address.clone(),
        phone: Some(vendor.phone.clone()),
        button_url,
        picks,
        renewal: renewal(profile, source.products, words, now.date_naive()),
        yes_url: links.to(&format!("/useful/{name}?answer=yes"), None, None),
        no_url: links.to(&format!("/useful/{name}?answer=no"), None, None),
        choices_url: personal(Token::Choices { contact: tokens.0, message: tokens.1 }, 'p'),
        search_url: format!("{}/search", app.settings.base_url),
        stop_url: stop_url.clone(),
        pixel_url: links.pixel(),
        links: meta.links.iter().map(|(name, url)| (name.clone(), links.outside(url))).collect(),
    };
    let drawn = match source.letter.draw(&letter, &app.templates) {
        Err(LetterError::Fill { .. }) => return Ok(Err("facts-missing")),
        drawn => drawn?,
    };
    let parcel = wire(app, message.id, profile, &drawn, meta.reply_to.as_deref(), &stop_url, now)?;
    Ok(Ok(Composed { parcel, links: links.table(), choices }))
}

/// Whether the item at this address is one that the person finished: then they need no letter about it.
fn is_finished(shelf: &Shelf, profile: &Profile, page: &str) -> bool {
    let Some(item) = shelf.catalogue.iter().find(|item| item.path() == page) else { return false };
    let of_it = |event: &Event| event.item.as_deref() == Some(item.slug.as_str());
    profile.events.iter().any(|event| event.kind == EventKind::Completed && of_it(event))
}

/// A choice with the identifier that letter and center will both carry.
fn kept(message: Uuid, choice: Choice) -> Kept {
    Kept { id: ids::named(message, "choice", &choice.position.to_string()), choice }
}

fn pick(shelf: &Shelf, kept: &Kept, links: &mut Links<'_>) -> Option<PickLine> {
    let item = shelf.catalogue.get(kept.choice.item.as_str())?;
    Some(PickLine {
        title: item.title.clone(),
        summary: item.summary.clone(),
        minutes: item.minutes.into(),
        because: kept.choice.because.clone(),
        url: links.chosen(&item.path(), item.slug.as_str(), kept.id),
    })
}

/// The first licence due, when it is due within 90 days and somebody counted its seats.
fn renewal(
    profile: &Profile,
    products: &HashMap<String, String>,
    words: &Words,
    today: NaiveDate,
) -> Option<RenewalFacts> {
    let next = profile
        .account
        .licences
        .iter()
        .filter(|licence| !licence.lapsed && licence.renews_on >= today)
        .min_by_key(|licence| (licence.renews_on, licence.product.clone()))?;
    let days_left = u32::try_from((next.renews_on - today).num_days()).ok().filter(|days| *days <= 90)?;
    let seats = u32::try_from(next.seats?).ok()?;
    let counted = profile.account.seats.iter().find(|count| count.product == next.product)?;
    let seats_used = u32::try_from(counted.active).ok()?.min(seats);
    Some(RenewalFacts {
        product: products.get(&next.product).unwrap_or(&next.product).clone(),
        renews_on: words.day(next.renews_on),
        days_left,
        seats,
        seats_used,
        seats_unused: seats - seats_used,
        billed_by: (next.billed_by != Billing::Vendor).then(|| profile.account.partner.clone()).flatten(),
    })
}

/// The links of one letter, numbered in the order they are made.
struct Links<'a> {
    app: &'a App,
    message: Uuid,
    tracked: bool,
    rows: Vec<serde_json::Value>,
}

impl<'a> Links<'a> {
    fn new(app: &'a App, message: Uuid, tracked: bool) -> Self {
        Self { app, message, tracked, rows: Vec::new() }
    }

    /// A page of the center.
    fn to(&mut self, page: &str, item: Option<&str>, choice: Option<Uuid>) -> String {
        let url = format!("{}{page}", self.app.settings.base_url);
        self.numbered(&url, item, choice)
    }

    /// An item of the center. Whoever allows tracking comes with their choice, so that the page can say why.
    fn chosen(&mut self, page: &str, item: &str, choice: Uuid) -> String {
        let page = if self.tracked { format!("{page}?why={choice}") } else { page.to_owned() };
        self.to(&page, Some(item), Some(choice))
    }

    /// A page elsewhere.
    fn outside(&mut self, url: &str) -> String {
        self.numbered(url, None, None)
    }

    fn numbered(&mut self, url: &str, item: Option<&str>, choice: Option<Uuid>) -> String {
        if !self.tracked {
            return url.to_owned();
        }
        let link = u16::try_from(self.rows.len() + 1).expect("a letter has far fewer than 65,536 links");
        self.rows.push(json!({ "number": link, "url": url, "item": item, "choice": choice }));
        let token = Token::Click { message: self.message, link }.write(&self.app.keys);
        format!("{}/c/{token}", self.app.settings.base_url)
    }

    fn pixel(&self) -> Option<String> {
        let token = Token::Open { message: self.message };
        self.tracked.then(|| format!("{}/o/{}", self.app.settings.base_url, token.write(&self.app.keys)))
    }

    fn table(self) -> serde_json::Value {
        self.rows.into()
    }
}

fn wire(
    app: &App,
    message: Uuid,
    profile: &Profile,
    drawn: &templates::emails::Rendered,
    reply_to: Option<&str>,
    stop_url: &str,
    now: DateTime<Utc>,
) -> anyhow::Result<Parcel> {
    let from: Address = app.settings.vendor.from_address.parse().context("vendor.from_address")?;
    let email = Email::parse(&profile.email)?;
    let to: Address = email.key().parse().context("an address that a mail server could not take")?;
    let mut headers = Wire::builder();
    if let Some(answers) = reply_to {
        headers = headers.reply_to(answers.parse().context("reply_to of the letter")?);
    }
    let bytes = headers
        .from(Mailbox::new(Some(clean(&drawn.from_name)), from.clone()))
        .to(Mailbox::new(profile.first_name.as_deref().map(clean), to.clone()))
        .subject(clean(&drawn.subject))
        .date(std::time::SystemTime::from(now))
        .message_id(Some(format!("<{message}@{}>", from.domain())))
        .header(ListUnsubscribe::at(stop_url))
        .header(ListUnsubscribePost::one_click())
        .multipart(
            MultiPart::alternative()
                .singlepart(SinglePart::builder().header(ContentType::TEXT_PLAIN).body(drawn.text.clone()))
                .singlepart(SinglePart::builder().header(ContentType::TEXT_HTML).body(drawn.html.clone())),
        )?
        .formatted();
    Ok(Parcel { from, to, bytes })
}
