//! The forty, one to a line.

use std::fmt;

/// A typical customer, by what choosing asks about.
pub struct Customer {
    /// NAICS code.
    pub trade: &'static str,
    /// What such a firm is called, for whoever reads the table.
    pub firm: &'static str,
    pub size: i32,
    pub stage: &'static str,
    pub user_type: Option<&'static str>,
    pub level: Option<&'static str>,
    pub products: &'static [&'static str],
    pub needs: &'static [&'static str],
    /// Trainings finished three weeks ago.
    pub finished: &'static [&'static str],
    /// Products whose seats, but for one, nobody uses.
    pub unused: &'static [&'static str],
    /// Days since they joined.
    pub member_for: i64,
}

impl fmt::Display for Customer {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { firm, size, stage, .. } = self;
        let (user_type, level) = (self.user_type.unwrap_or("any way"), self.level.unwrap_or("level unknown"));
        write!(
            out,
            "{firm}, {size} people, {stage}, {user_type}, {level}, has [{}]",
            self.products.join(" ")
        )?;
        for (what, list) in [("wants", self.needs), ("finished", self.finished), ("unused", self.unused)] {
            if !list.is_empty() {
                write!(out, ", {what} {}", list.join(" + "))?;
            }
        }
        if self.member_for < 60 { write!(out, ", joined {} days ago", self.member_for) } else { Ok(()) }
    }
}

const L: Option<&str> = Some("learner");
const C: Option<&str> = Some("connector");
const T: Option<&str> = Some("collaborator");
const NEW: Option<&str> = Some("starter");
const BY: Option<&str> = Some("getting-by");
const SURE: Option<&str> = Some("confident");

const fn new(
    firm: &'static str,
    trade: &'static str,
    size: i32,
    stage: &'static str,
    who: (Option<&'static str>, Option<&'static str>),
    products: &'static [&'static str],
) -> Customer {
    Customer {
        trade,
        firm,
        size,
        stage,
        user_type: who.0,
        level: who.1,
        products,
        needs: &[],
        finished: &[],
        unused: &[],
        member_for: 200,
    }
}

impl Customer {
    const fn wants(self, needs: &'static [&'static str]) -> Self {
        Self { needs, ..self }
    }

    const fn finished(self, finished: &'static [&'static str]) -> Self {
        Self { finished, ..self }
    }

    const fn unused(self, unused: &'static [&'static str]) -> Self {
        Self { unused, ..self }
    }

    const fn joined(self, member_for: i64) -> Self {
        Self { member_for, ..self }
    }
}

/// Differing by trade, size, stage, user type, level, products, needs and what they finished.
#[rustfmt::skip]
pub const CUSTOMERS: &[Customer] = &[
    new("plumber", "238220", 3, "starting-up", (L, NEW), &["phones"]).joined(5),
    new("plumber", "238220", 14, "established", (L, BY), &["phones", "payments"]).wants(&["fewer missed calls"]),
    new("roofer", "238160", 22, "growing", (T, SURE), &["phones", "backup"]),
    new("electrician", "238210", 2, "established", (C, NEW), &["phones", "internet"]),
    new("restaurant", "722511", 18, "established", (L, NEW), &["phones", "payments"]),
    new("restaurant", "722511", 30, "growing", (T, BY), &["payments", "bookings", "internet"]),
    new("bistro", "722511", 11, "established", (C, BY), &["bookings", "payments"]).wants(&["fewer missed appointments"]),
    new("coffee shop", "722515", 4, "starting-up", (L, NEW), &["internet", "payments"]).joined(20),
    new("pizza place", "722513", 9, "established", (None, None), &["phones"]),
    new("hair salon", "812112", 4, "established", (L, BY), &["bookings", "payments"]),
    new("hair salon", "812112", 1, "starting-up", (C, NEW), &["bookings"]),
    new("barber", "812111", 7, "growing", (T, SURE), &["bookings", "phones"]).finished(&["take-your-first-booking-online", "fill-the-gaps-in-your-day"]),
    new("dentist", "621210", 12, "established", (L, NEW), &["phones", "internet", "backup"]),
    new("dentist", "621210", 35, "growing", (T, BY), &["phones", "bookings", "backup"]).wants(&["fewer missed appointments"]),
    new("family doctor", "621111", 8, "handing-on", (T, BY), &["phones", "internet"]),
    new("physical therapist", "621340", 3, "starting-up", (C, NEW), &["bookings", "website"]),
    new("gift shop", "459420", 2, "starting-up", (L, NEW), &["payments", "website"]).wants(&["get found online"]),
    new("hardware store", "444140", 16, "established", (T, SURE), &["phones", "internet", "payments"]),
    new("grocer", "445110", 40, "growing", (L, BY), &["payments", "internet", "backup"]),
    new("clothes shop", "458110", 5, "handing-on", (C, BY), &["payments", "website"]),
    new("law office", "541110", 6, "established", (L, BY), &["phones", "backup"]),
    new("law office", "541110", 25, "growing", (T, SURE), &["backup", "bookings", "phones"]),
    new("accountant", "541211", 1, "starting-up", (L, NEW), &["backup", "website"]),
    new("accountant", "541211", 20, "established", (C, BY), &["backup", "internet"]),
    new("engineers", "541330", 120, "established", (T, SURE), &["phones", "internet", "backup"]).unused(&["phones"]),
    new("garage", "811111", 5, "established", (L, NEW), &["phones"]),
    new("garage", "811111", 9, "growing", (C, BY), &["phones", "bookings"]),
    new("body shop", "811121", 12, "handing-on", (L, SURE), &["phones", "payments"]),
    new("cleaners", "561720", 15, "growing", (T, BY), &["phones"]).unused(&["phones"]),
    new("gardener", "561730", 2, "starting-up", (L, NEW), &["payments"]),
    new("gardener", "561730", 8, "established", (C, BY), &["payments", "phones"]).wants(&["get paid faster"]),
    new("child care center", "624410", 14, "established", (T, BY), &["phones", "backup"]),
    new("child care center", "624410", 6, "starting-up", (L, NEW), &["phones", "website"]).joined(10),
    new("gym", "713940", 10, "growing", (L, BY), &["bookings", "website"]),
    new("yoga studio", "713940", 3, "established", (C, BY), &["bookings"]),
    new("dog groomer", "812910", 1, "starting-up", (C, NEW), &["phones"]).finished(&["greet-callers-after-hours"]),
    new("insurance agency", "524210", 7, "established", (L, SURE), &["phones", "website"]).finished(&["lock-your-work-email", "read-your-call-numbers"]),
    new("machine shop", "332710", 60, "handing-on", (T, SURE), &["backup", "internet"]),
    new("trucking firm", "484121", 28, "established", (None, BY), &["phones", "internet"]),
    new("estate agent", "531210", 4, "growing", (C, SURE), &["website", "phones"]),
];
