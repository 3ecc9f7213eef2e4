//! Customers who differ from Maria in one fact, and what that changes on their first page.
//!
//! Each lives in a house of their own under the same name, so that nothing else tells them apart: not even the draw that
//! decides between pieces that fit equally well.

use std::collections::BTreeMap;

use anyhow::{Context, Result, ensure};
use server::shelf::Shelf;

use super::guest::{attributes, plain};
use super::house::{Customer, House, MARIA};

/// One fact in which somebody differs from Maria.
pub struct Difference {
    /// The fact, as a question asks for it.
    pub asked: &'static str,
    /// The fact, as a page tells the one it is about: Maria, and the other.
    pub told: [&'static str; 2],
    /// Who they are.
    pub customer: Customer,
}

/// The six facts.
pub const DIFFERENCES: [Difference; 6] = [
    Difference {
        asked: "size",
        told: ["People in your business: 8", "People in your business: 60"],
        customer: Customer { employees: "60", ..MARIA },
    },
    Difference {
        asked: "industry",
        told: ["Your trade: Offices of Dentists", "Your trade: Full-Service Restaurants"],
        customer: Customer { industry: "722511", ..MARIA },
    },
    Difference {
        asked: "owns",
        told: ["What you have from us: phones", "What you have from us: internet"],
        customer: Customer { products: "internet;bookings;backup", ..MARIA },
    },
    Difference {
        asked: "user type",
        told: [
            "What you like: to work things through yourself",
            "What you like: to ask people who have done it",
        ],
        customer: Customer { user_type: "connector", ..MARIA },
    },
    Difference {
        asked: "level",
        told: ["How you are with this: new to this", "How you are with this: confident with this"],
        customer: Customer { level: "confident", ..MARIA },
    },
    Difference {
        asked: "stage",
        told: ["Your business is: well established", "Your business is: being handed on"],
        customer: Customer { stage: "handing-on", ..MARIA },
    },
];

/// Why somebody sees a piece, as its own page tells them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Why {
    /// The sentence.
    pub because: String,
    /// The facts that were used.
    pub facts: Vec<String>,
}

/// What the first page of this customer holds, each piece with why they see it: as its card says it, and as its own page
/// does, where that has a place for it.
pub async fn first_page(customer: &Customer) -> Result<(BTreeMap<String, Why>, Shelf)> {
    let house = House::on_sqlite().await?;
    house.welcome(std::slice::from_ref(customer)).await?;
    let guest = house.member(customer).await?;
    let home = guest.page("/").await?;
    let mut pieces = BTreeMap::new();
    for card in home.split("<article").skip(1) {
        let card = card.split("</article>").next().unwrap_or_default();
        let Some(href) = attributes(card, "href").into_iter().find(|href| href.contains("?why=")) else {
            continue;
        };
        let why = why(card).with_context(|| format!("the card of {href} does not say why"))?;
        let page = guest.page(&href).await?;
        if let Some(panel) = page.split("id=\"why\"").nth(1) {
            let panel = panel.split("</section>").next().unwrap_or_default();
            ensure!(
                self::why(panel).as_ref() == Some(&why),
                "{href} says something else than its card: {panel}"
            );
        }
        pieces.insert(href.split('?').next().unwrap_or_default().to_owned(), why);
    }
    Ok((pieces, Shelf::load(&house.app).await?))
}

fn why(html: &str) -> Option<Why> {
    let inside = |from: &str, to: &str| {
        let ends = html.split(from).skip(1).map(|rest| rest.split(to).next().unwrap_or_default());
        ends.map(plain).collect::<Vec<_>>()
    };
    let because = inside("<div class=\"because\"><p>", "</p>").into_iter().next()?;
    Some(Why { because, facts: inside("<li>", "</li>") })
}
