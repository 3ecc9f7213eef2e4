//! Customers who differ from Maria in one fact, what that changes on their pages, and who says so.
//!
//! Each lives in a house of their own under the same name, so that nothing else tells them apart: not even the draw that
//! decides between pieces that fit equally well.

use anyhow::{Context, Result, ensure};

use super::house::{Customer, MARIA};
use super::pages::{Piece, Seen};

/// One fact in which somebody differs from Maria.
pub struct Difference {
    /// The fact, as a question asks for it.
    pub asked: &'static str,
    /// The fact, as a page tells the one it is about: Maria, and the other.
    pub told: [&'static str; 2],
    /// The lists that stand in an order of the reader's own by it, and how they say so.
    pub lists: &'static [(&'static str, &'static str)],
    /// Who they are.
    pub customer: Customer,
}

/// The six facts.
pub const DIFFERENCES: [Difference; 6] = [
    Difference {
        asked: "size",
        told: ["People in your business: 8", "People in your business: 60"],
        lists: &[("/ask", "the size of your business")],
        customer: Customer { employees: "60", ..MARIA },
    },
    Difference {
        asked: "industry",
        told: ["Your trade: Offices of Dentists", "Your trade: Full-Service Restaurants"],
        lists: &[("/learn", "your trade"), ("/ask", "your trade")],
        customer: Customer { industry: "722511", ..MARIA },
    },
    Difference {
        asked: "owns",
        told: ["What you have from us: phones", "What you have from us: internet"],
        lists: &[("/fix", "What you have from us"), ("/ask", "what you have from us")],
        customer: Customer { products: "internet;bookings;backup", ..MARIA },
    },
    Difference {
        asked: "user type",
        told: [
            "What you like: to work things through yourself",
            "What you like: to ask people who have done it",
        ],
        lists: &[],
        customer: Customer { user_type: "connector", ..MARIA },
    },
    Difference {
        asked: "level",
        told: ["How you are with this: new to this", "How you are with this: confident with this"],
        lists: &[("/ask", "how you are with this")],
        customer: Customer { level: "confident", ..MARIA },
    },
    Difference {
        asked: "stage",
        told: ["Your business is: well established", "Your business is: being handed on"],
        lists: &[],
        customer: Customer { stage: "handing-on", ..MARIA },
    },
];

impl Difference {
    /// Checks that every difference between the pages of Maria and of the other is explained, or says which is not.
    pub fn is_explained(&self, maria: &Seen, other: &Seen) -> Result<()> {
        self.changes_the_first_page(maria, other).context("on /")?;
        for (path, list) in &maria.lists {
            let (theirs, said) = (&other.lists[path], self.lists.iter().find(|(of, _)| of == path));
            ensure!(
                (list.text != theirs.text) == said.is_some(),
                "{path} is another for whom it should not be, or the same for whom it should be another:\n{}\n{}",
                list.text,
                theirs.text
            );
            for (whose, list) in [("Maria", list), ("the other", theirs)] {
                let order = list.order.as_deref().unwrap_or_default();
                let says = said.is_none_or(|(_, words)| order.contains(words));
                ensure!(says, "{path} does not say to {whose} that it goes by the fact: {order:?}");
            }
        }
        Ok(())
    }

    fn changes_the_first_page(&self, maria: &Seen, other: &Seen) -> Result<()> {
        let (came, went) = (other.without(maria), maria.without(other));
        let said = format!("{came:#?} in place of {went:#?}");
        ensure!(!came.is_empty(), "nothing came: {said}");
        let all = came.iter().map(|one| (one, maria)).chain(went.iter().map(|one| (one, other)));
        for ((slug, piece), elsewhere) in all {
            ensure!(!piece.because.is_empty() && !piece.reasons.is_empty(), "{slug} has no reason: {said}");
            let why_not = elsewhere.why_not.get(&(piece.slot, (*slug).clone()));
            ensure!(
                why_not.is_some_and(|why| !why.is_empty()),
                "nobody says why {slug} is not there: {said}"
            );
        }

        // A rule asks for the fact, its sentence stands there, and the fact beside it.
        let names = |piece: &Piece, told: &str| piece.facts.iter().any(|fact| fact == told);
        let by_rule = |piece: &Piece, told: &str| {
            names(piece, told) && piece.questions.iter().any(|question| question.contains(self.asked))
        };
        let came_by_rule = came.iter().any(|(_, piece)| by_rule(piece, self.told[1]));
        let went_by_rule = went.iter().any(|(_, piece)| by_rule(piece, self.told[0]));
        ensure!(came_by_rule || went_by_rule, "no rule explains it: {said}");
        // Whatever else came or went changed places with a piece that names the fact.
        let for_it = came.iter().filter(|(_, piece)| names(piece, self.told[1])).count();
        let against_it = went.iter().filter(|(_, piece)| names(piece, self.told[0])).count();
        let most = came.len().max(went.len());
        ensure!(for_it + against_it >= most, "{for_it} came for it and {against_it} went: {said}");
        Ok(())
    }
}
