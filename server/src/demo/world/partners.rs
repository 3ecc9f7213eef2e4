//! The eight partners that look after some of the customers.

/// One reseller or service firm.
pub struct Partner {
    /// `P1` to `P8`.
    pub external_id: &'static str,
    /// An invented name.
    pub name: &'static str,
    /// The region it works in.
    pub territory: &'static str,
    /// `gold`, `silver` or `registered`.
    pub tier: &'static str,
    /// Where its people read mail.
    pub email: &'static str,
    /// The products it may look after, by code, with semicolons between.
    pub qualified: &'static str,
}

/// All of them.
pub const PARTNERS: &[Partner] = &[
    partner(
        "P1",
        "Fennwick Office Systems",
        "Northeast",
        "gold",
        "desk@fennwick-office.example",
        "phones;internet;backup",
    ),
    partner("P2", "Quarrelmoor Networks", "Midwest", "gold", "hello@quarrelmoor.example", "phones;internet"),
    partner(
        "P3",
        "Saltbourne Digital",
        "Southeast",
        "silver",
        "team@saltbourne.example",
        "website;bookings;payments",
    ),
    partner("P4", "Hobble & Thorn IT", "Texas", "silver", "help@hobble-thorn.example", "backup;internet"),
    partner("P5", "Larkstead Telecom", "West", "silver", "office@larkstead.example", "phones"),
    partner("P6", "Drummelow Payments", "West", "registered", "sales@drummelow.example", "payments;bookings"),
    partner("P7", "Ivelgate Web Works", "Mountain", "registered", "studio@ivelgate.example", "website"),
    partner("P8", "Cresslow Business Care", "Southeast", "registered", "care@cresslow.example", "backup"),
];

const fn partner(
    external_id: &'static str,
    name: &'static str,
    territory: &'static str,
    tier: &'static str,
    email: &'static str,
    qualified: &'static str,
) -> Partner {
    Partner { external_id, name, territory, tier, email, qualified }
}
