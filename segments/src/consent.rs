//! What a person allows us to write to them about, and how often.

use chrono::TimeDelta;

words! {
    /// What a consent is for. Service mail needs none, and sells nothing.
    Purpose, "purpose":
    /// Lessons and quick trainings.
    Training = "training",
    /// Fixes and support reading.
    Support = "support",
    /// Questions and answers of peers.
    Community = "community",
    /// News about the products.
    ProductNews = "product-news",
    /// Offers.
    Offers = "offers",
    /// Surveys and talks.
    Research = "research",
    /// Being seen to open and click; without it mail has no pixel and no personal links.
    Tracking = "tracking",
}

words! {
    /// How often a person wants letters. It only ever makes them fewer.
    Pace, "pace":
    /// Each when there is something for them.
    AsItHappens = "as-it-happens",
    /// Never two within 7 days.
    Weekly = "weekly",
    /// Never two within 30 days.
    Monthly = "monthly",
    /// None, although their consents stay.
    Never = "none",
}

impl Pace {
    /// The time after one letter in which no other may come, where there is such a time.
    pub fn gap(self) -> Option<TimeDelta> {
        match self {
            Self::Weekly => Some(TimeDelta::days(7)),
            Self::Monthly => Some(TimeDelta::days(30)),
            Self::AsItHappens | Self::Never => None,
        }
    }
}

impl Default for Pace {
    /// As long as nobody said otherwise.
    fn default() -> Self {
        Self::AsItHappens
    }
}
