//! One reader's letter: the facts that go in, the mail that comes out.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::BrandColor;

/// Everything a letter may say about its reader, with every address ready made.
///
/// A missing fact is `None`, never an empty string: a letter that needs it is then refused for this reader
/// instead of going out half filled.
#[derive(Debug, Clone, Default)]
pub struct Letter {
    /// The person who writes; the letter's own `from_name` when `None`.
    pub from_name: Option<String>,
    /// The vendor's name, as customers know it.
    pub vendor: String,
    /// The reader's first name, for the greeting.
    pub first_name: Option<String>,
    /// The reader's company.
    pub company: Option<String>,
    /// Why this person got this letter, as one sentence.
    pub why_line: String,
    /// Where the sender can be reached by post.
    pub postal_address: String,
    /// The number that reaches a person.
    pub phone: Option<String>,
    /// The vendor's colour.
    pub colors: BrandColor,
    /// Where the one button leads.
    pub button_url: String,
    /// What was chosen for this reader, in order.
    pub picks: Vec<PickLine>,
    /// The licence that renews soon, for letters about it.
    pub renewal: Option<RenewalFacts>,
    /// "Yes" to the one-tap question: opens a page with the answer ready to confirm.
    pub yes_url: String,
    /// "No" to the one-tap question.
    pub no_url: String,
    /// The reader's e-mail choices.
    pub choices_url: String,
    /// Where the reader can look for something in their own words.
    pub search_url: String,
    /// The page that stops all e-mails.
    pub stop_url: String,
    /// The picture that tells of an opening; `None` for readers who did not agree to be watched.
    pub pixel_url: Option<String>,
    /// Counted addresses for the letter's own `[links]`; one left out goes out as the plain address.
    pub links: BTreeMap<String, String>,
}

/// One item picked for the reader, with the reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PickLine {
    /// The item's title.
    pub title: String,
    /// What it is, in a sentence.
    pub summary: String,
    /// How many minutes it takes.
    pub minutes: u32,
    /// Why this person is shown this, in a sentence.
    pub because: String,
    /// Where it opens.
    pub url: String,
}

/// Where one licence stands before it renews.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RenewalFacts {
    /// The product's name, as the customer knows it.
    pub product: String,
    /// The renewal date in words, "12 June 2026".
    pub renews_on: String,
    /// Days from today to that date.
    pub days_left: u32,
    /// Seats paid for.
    pub seats: u32,
    /// Seats somebody used in the product's window.
    pub seats_used: u32,
    /// Seats nobody used.
    pub seats_unused: u32,
    /// The partner or distributor who sends the bill; left out when the vendor does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub billed_by: Option<String>,
}

/// A drawn letter, both bodies saying the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendered {
    /// The person who writes, for the From header; one line.
    pub from_name: String,
    /// One line, free of controls.
    pub subject: String,
    /// The plain-text twin.
    pub text: String,
    /// The HTML body.
    pub html: String,
}

/// Why a letter cannot be drawn for one reader. Nothing half filled is ever handed out.
#[derive(Debug, thiserror::Error)]
pub enum LetterError {
    /// There is no such letter.
    #[error("there is no letter named `{name}`")]
    Unknown {
        /// The name asked for.
        name: String,
    },
    /// A fact that every letter must carry is empty.
    #[error("the letter `{letter}` needs `{field}`, and it is empty")]
    Empty {
        /// The letter's name.
        letter: String,
        /// The empty field of [`Letter`].
        field: &'static str,
    },
    /// A link that would not open a web page.
    #[error("`{field}` in the letter `{letter}` must be a web address that begins with https:// or http://")]
    NotAnAddress {
        /// The letter's name.
        letter: String,
        /// The field of [`Letter`].
        field: &'static str,
    },
    /// The letter is larger than mail readers show whole.
    #[error("the letter `{letter}` came out at {bytes} bytes; mail readers cut off what is over {limit}")]
    TooLarge {
        /// The letter's name.
        letter: String,
        /// The size of the HTML body.
        bytes: usize,
        /// The most it may be.
        limit: usize,
    },
    /// The words ask for something this reader does not have.
    #[error("the letter `{letter}` could not be filled in: {}", first_line(source))]
    Fill {
        /// The letter's name.
        letter: String,
        /// What the template engine found.
        source: tera::Error,
    },
}

fn first_line(error: &tera::Error) -> String {
    error.to_string().lines().next().unwrap_or_default().to_owned()
}

impl Letter {
    /// Sees that nothing every letter must carry is missing, and that every link is a web address.
    pub(super) fn check(&self, letter: &str) -> Result<(), LetterError> {
        let needed = [
            ("vendor", &self.vendor),
            ("why_line", &self.why_line),
            ("postal_address", &self.postal_address),
        ];
        if let Some((field, _)) = needed.into_iter().find(|(_, value)| value.trim().is_empty()) {
            return Err(LetterError::Empty { letter: letter.to_owned(), field });
        }
        match self.addresses().find(|(_, url)| !is_web_address(url)) {
            Some((field, _)) => Err(LetterError::NotAnAddress { letter: letter.to_owned(), field }),
            None => Ok(()),
        }
    }

    fn addresses(&self) -> impl Iterator<Item = (&'static str, &String)> {
        [
            ("button_url", &self.button_url),
            ("yes_url", &self.yes_url),
            ("no_url", &self.no_url),
            ("choices_url", &self.choices_url),
            ("search_url", &self.search_url),
            ("stop_url", &self.stop_url),
        ]
        .into_iter()
        .chain(self.pixel_url.iter().map(|url| ("pixel_url", url)))
        .chain(self.picks.iter().map(|pick| ("picks", &pick.url)))
        .chain(self.links.values().map(|url| ("links", url)))
    }
}

/// Whether a text is one absolute web address and nothing else.
pub(super) fn is_web_address(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    rest.is_some_and(|rest| !rest.is_empty() && !text.chars().any(|c| c.is_whitespace() || c.is_control()))
}
