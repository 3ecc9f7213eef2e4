//! What a person allows us to write to them about.

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
