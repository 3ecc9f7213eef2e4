//! What one customer sees, with every reason: their first page piece by piece, and the lists beside it.

use std::collections::BTreeMap;

use anyhow::{Context, Result, ensure};
use content::{HOME, Past, Slot};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use server::shelf::Shelf;
use server::store::entities::contact;
use server::store::{audience, choices};

use super::guest::{Guest, attributes, form_token, plain};
use super::house::{Customer, House, MARIA};

/// The lists of the center.
const LISTS: [&str; 3] = ["/learn", "/fix", "/ask"];
/// Two others who ask something, so that there are questions from small companies and from larger ones.
const NEIGHBOURS: [(Customer, &str); 2] = [
    (
        Customer { name: "small", industry: "541110", employees: "7", ..MARIA },
        "Who waters the plants while you are away?",
    ),
    (
        Customer { name: "large", industry: "541110", employees: "70", ..MARIA },
        "Where does your lunch table stand?",
    ),
];

/// The pages of one customer.
#[derive(Debug, PartialEq, Eq)]
pub struct Seen {
    /// What stands on the first page, by its name.
    pub pieces: BTreeMap<String, Piece>,
    /// Why anything else does not stand there, by slot and name.
    pub why_not: BTreeMap<(Slot, String), String>,
    /// The lists, by path.
    pub lists: BTreeMap<&'static str, List>,
}

/// One piece of the first page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// Where it stands.
    pub slot: Slot,
    /// The sentence of why, as its card or its own page tells it.
    pub because: String,
    /// The facts that were used, told there too.
    pub facts: Vec<String>,
    /// Each step that brought it there, as it was kept.
    pub reasons: Vec<String>,
    /// What the rules ask for whose sentence this is.
    pub questions: Vec<String>,
}

/// One list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct List {
    /// Everything one reads there, but why it stands in this order.
    pub text: String,
    /// Why it does, where that is the reader's own.
    pub order: Option<String>,
}

impl Seen {
    /// What this customer sees, in a house on each database.
    pub async fn everywhere(customer: &Customer) -> Result<Vec<(&'static str, Self)>> {
        let mut seen = Vec::new();
        for house in House::everywhere().await? {
            let theirs = Self::in_house(&house, customer).await;
            seen.push((house.on, theirs.with_context(|| format!("{customer:?} on {}", house.on))?));
        }
        Ok(seen)
    }

    async fn in_house(house: &House, customer: &Customer) -> Result<Self> {
        house.welcome(std::slice::from_ref(customer)).await?;
        for (neighbour, question) in &NEIGHBOURS {
            house.welcome(std::slice::from_ref(neighbour)).await?;
            ask(&house.member(neighbour).await?, question).await?;
        }
        let visitor = house.visitor();
        for path in LISTS {
            let order = List::read(&visitor.page(path).await?)?.order;
            ensure!(order.is_none(), "{path} stands as it does for everybody, and says: {order:?}");
        }
        let person = contact::Entity::find().filter(contact::Column::EmailKey.eq(customer.email()));
        let person = person.one(house.app.db.read()).await?.context("they live here")?;
        let shelf = Shelf::load(&house.app).await?;
        let why_not = why_not(house, &shelf, &person).await?;
        let guest = house.member(customer).await?;
        let home = guest.page("/").await?;
        let mut lists = BTreeMap::new();
        for path in LISTS {
            lists.insert(path, List::read(&guest.page(path).await?)?);
        }
        Ok(Self { pieces: pieces(house, &shelf, &person, &guest, &home).await?, why_not, lists })
    }

    /// What stands on this first page and not on the other.
    pub fn without(&self, other: &Self) -> Vec<(&String, &Piece)> {
        self.pieces.iter().filter(|(slug, _)| !other.pieces.contains_key(*slug)).collect()
    }
}

impl List {
    fn read(page: &str) -> Result<Self> {
        let main = page.split("<main").nth(1).and_then(|main| main.split("</main>").next());
        let main = main.context("a page has its own part")?;
        let (before, rest) = main.split_once(" order\">").unwrap_or((main, ""));
        let (order, after) = rest.split_once("</p>").unwrap_or_default();
        let order = Some(readable(order)).filter(|order| !order.is_empty());
        Ok(Self { text: readable(&format!("<main{before}>{after}")), order })
    }
}

/// The words of a piece of HTML.
fn readable(html: &str) -> String {
    let words = html.split('<').enumerate().map(|(at, part)| match part.split_once('>') {
        Some((_, words)) => words,
        None if at == 0 => part,
        None => "",
    });
    let text = plain(&words.collect::<Vec<_>>().join(" "));
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Why anything else does not stand on the first page of this person, as the house would explain it now.
async fn why_not(
    house: &House,
    shelf: &Shelf,
    person: &contact::Model,
) -> Result<BTreeMap<(Slot, String), String>> {
    let now = house.app.clock.now();
    let profiles = audience::load_profiles(house.app.db.read(), &[person.id], now).await?;
    let profile = profiles.first().context("they have a profile")?;
    let past = Past::of(profile);
    let told = content::explain(profile, &shelf.catalogue, &shelf.rules, &past, &HOME, now);
    Ok(told.considered.into_iter().map(|one| ((one.slot, one.item.to_string()), one.why_not)).collect())
}

/// What the first page holds, each piece with why it stands there: as its card says it, and its own page, where these have
/// a place for it; at least one of them has.
async fn pieces(
    house: &House,
    shelf: &Shelf,
    person: &contact::Model,
    guest: &Guest,
    home: &str,
) -> Result<BTreeMap<String, Piece>> {
    let mut on_cards = BTreeMap::new();
    for card in home.split("<article").skip(1) {
        let card = card.split("</article>").next().unwrap_or_default();
        if let Some(href) = attributes(card, "href").into_iter().find(|href| href.contains("?why=")) {
            let why = why(card).with_context(|| format!("the card of {href} does not say why"))?;
            on_cards.insert(href, why);
        }
    }
    let mut pieces = BTreeMap::new();
    for href in attributes(home, "href").into_iter().filter(|href| href.contains("?why=")) {
        let page = guest.page(&href).await?;
        let panel = page.split("id=\"why\"").nth(1).and_then(|rest| rest.split("</section>").next());
        let (on_page, on_card) = (panel.and_then(why), on_cards.get(&href).cloned());
        if let (Some(page), Some(card)) = (&on_page, &on_card) {
            ensure!(page == card, "{href} says something else than its card: {page:?}, {card:?}");
        }
        let (because, facts) = on_page.or(on_card).with_context(|| format!("nobody says why {href}"))?;
        let (_, id) = href.split_once("?why=").context("it was chosen")?;
        let kept = choices::find(house.app.db.read(), person.account_id, person.id, id.parse()?).await?;
        let choice = kept.with_context(|| format!("{href} was not kept"))?.choice;
        let ours = shelf.rules.iter().filter(|rule| rule.because == because);
        let questions = ours.map(|rule| rule.when.to_string()).collect();
        let piece = Piece {
            slot: choice.slot,
            because,
            facts,
            reasons: choice.reasons.into_iter().map(|reason| reason.sentence).collect(),
            questions,
        };
        pieces.insert(choice.item.to_string(), piece);
    }
    Ok(pieces)
}

/// The sentence, and the facts beside it.
fn why(html: &str) -> Option<(String, Vec<String>)> {
    let inside = |from: &str, to: &str| {
        let ends = html.split(from).skip(1).map(|rest| rest.split(to).next().unwrap_or_default());
        ends.map(plain).collect::<Vec<_>>()
    };
    let because = inside("<div class=\"because\"><p>", "</p>").into_iter().next()?;
    Some((because, inside("<li>", "</li>")))
}

/// Somebody asks other customers.
async fn ask(guest: &Guest, title: &str) -> Result<()> {
    let token = form_token(&guest.page("/ask/new?q=x").await?)?.to_owned();
    let words = [("form_token", token.as_str()), ("title", title), ("details", ""), ("go", "post")];
    let posted = guest.post_with_file("/ask/new", &words, ("picture_file", b"")).await?;
    ensure!(posted.leads_to.is_some(), "the question was not posted: {posted:?}");
    Ok(())
}
