//! What the firms do: common NAICS 2022 industries, how common they are and what such firms call themselves.

/// One industry.
pub(super) struct Trade {
    /// NAICS 2022 code, six digits.
    pub(super) code: &'static str,
    /// How many firms, against the other industries.
    pub(super) weight: u32,
    /// How large such firms are, against the middle of all (a factor on head count).
    pub(super) size: f64,
    /// What stands behind the invented word in a firm's name.
    pub(super) nouns: &'static [&'static str],
}

impl Trade {
    /// Whether such firms live by appointments, and so take to bookings.
    pub(super) fn by_appointment(&self) -> bool {
        ["6211", "6212", "6213", "8121", "8111", "7139", "5419", "6116", "8129", "2382"]
            .iter()
            .any(|prefix| self.code.starts_with(prefix))
    }

    /// Whether such firms are paid over a counter, and so take to payments.
    pub(super) fn over_the_counter(&self) -> bool {
        ["44", "45", "72", "8121", "8123"].iter().any(|prefix| self.code.starts_with(prefix))
    }
}

/// The industries, by their codes.
pub(super) const TRADES: &[Trade] = &[
    trade("111998", 14, 0.8, &["Farms", "Orchards", "Growers"]),
    trade("236115", 14, 1.1, &["Homes", "Builders"]),
    trade("236118", 26, 0.8, &["Remodeling", "Renovations", "Home Repair"]),
    trade("238160", 12, 1.2, &["Roofing", "Roofers"]),
    trade("238210", 22, 1.2, &["Electric", "Electrical"]),
    trade("238220", 26, 1.3, &["Plumbing", "Heating & Air", "Plumbing & Heating"]),
    trade("238320", 12, 0.8, &["Painting", "Painters"]),
    trade("238990", 14, 1.0, &["Paving", "Fencing", "Contracting"]),
    trade("311811", 10, 1.3, &["Bakery", "Bakehouse"]),
    trade("312120", 5, 1.8, &["Brewing", "Brewery"]),
    trade("323111", 9, 1.6, &["Printing", "Press"]),
    trade("326199", 4, 5.0, &["Plastics", "Molding"]),
    trade("332710", 12, 2.2, &["Machine", "Machining", "Tool & Die"]),
    trade("337110", 7, 1.4, &["Cabinets", "Millwork"]),
    trade("339950", 7, 1.2, &["Signs", "Sign Works"]),
    trade("423830", 10, 2.0, &["Equipment", "Industrial Supply"]),
    trade("423990", 12, 1.2, &["Supply", "Trading"]),
    trade("424480", 6, 2.4, &["Produce", "Fresh Foods"]),
    trade("441227", 6, 1.5, &["Cycles", "Powersports"]),
    trade("444140", 8, 1.4, &["Hardware"]),
    trade("445110", 9, 2.2, &["Market", "Grocers"]),
    trade("445131", 10, 1.1, &["Corner Store", "Mart"]),
    trade("445320", 10, 0.9, &["Wine & Spirits", "Cellars"]),
    trade("449110", 8, 1.1, &["Furniture", "Furnishings"]),
    trade("457110", 8, 1.7, &["Fuel Stop", "Service Station"]),
    trade("458110", 14, 0.9, &["Apparel", "Clothiers", "Boutique"]),
    trade("459110", 9, 1.0, &["Sporting Goods", "Outfitters"]),
    trade("459310", 7, 0.7, &["Florist", "Flowers"]),
    trade("459420", 10, 0.7, &["Gifts", "Gift Shop"]),
    trade("459999", 14, 0.7, &["Shop", "Goods"]),
    trade("484110", 14, 1.1, &["Hauling", "Local Freight"]),
    trade("484121", 12, 1.5, &["Trucking", "Freight Lines"]),
    trade("488410", 5, 1.0, &["Towing"]),
    trade("492110", 6, 1.3, &["Couriers", "Delivery"]),
    trade("512110", 6, 0.7, &["Pictures", "Film & Video"]),
    trade("522310", 8, 0.8, &["Mortgage", "Home Loans"]),
    trade("524210", 16, 0.9, &["Insurance Agency", "Insurance"]),
    trade("531210", 16, 0.7, &["Realty", "Real Estate"]),
    trade("531311", 8, 1.0, &["Property Care", "Property Management"]),
    trade("541110", 22, 0.8, &["Law Office", "Legal", "Attorneys"]),
    trade("541211", 16, 0.9, &["Accounting", "CPAs", "Bookkeeping"]),
    trade("541213", 6, 0.5, &["Tax Service"]),
    trade("541310", 8, 1.1, &["Architects", "Architecture"]),
    trade("541330", 12, 1.7, &["Engineering", "Engineers"]),
    trade("541430", 9, 0.6, &["Design", "Design Studio"]),
    trade("541511", 14, 1.3, &["Software", "Code Works"]),
    trade("541512", 14, 1.5, &["Systems", "Networks"]),
    trade("541611", 13, 0.7, &["Consulting", "Advisors"]),
    trade("541613", 10, 0.7, &["Marketing", "Brand Works"]),
    trade("541940", 10, 1.9, &["Animal Clinic", "Veterinary"]),
    trade("561612", 4, 4.0, &["Security", "Patrol"]),
    trade("561720", 16, 1.1, &["Cleaning", "Janitorial"]),
    trade("561730", 30, 0.9, &["Landscaping", "Lawn & Garden", "Grounds Care"]),
    trade("611620", 8, 0.9, &["Dance Studio", "Swim School", "Martial Arts"]),
    trade("611691", 5, 0.8, &["Tutoring", "Learning Rooms"]),
    trade("621111", 16, 1.8, &["Family Medicine", "Medical Group"]),
    trade("621210", 22, 1.6, &["Dental", "Family Dentistry"]),
    trade("621310", 14, 0.8, &["Chiropractic"]),
    trade("621340", 7, 1.5, &["Physical Therapy", "Therapy"]),
    trade("621610", 6, 4.0, &["Home Health", "Home Care"]),
    trade("624410", 16, 2.2, &["Child Care", "Early Learning"]),
    trade("713940", 12, 1.6, &["Fitness", "Gym"]),
    trade("721110", 10, 3.0, &["Inn", "Lodge", "Hotel"]),
    trade("722410", 9, 1.5, &["Tavern", "Taproom"]),
    trade("722511", 34, 2.6, &["Grill", "Kitchen", "Restaurant", "Bistro"]),
    trade("722513", 26, 2.0, &["Pizza", "Burgers", "Deli"]),
    trade("722515", 14, 1.4, &["Coffee", "Cafe", "Creamery"]),
    trade("811111", 34, 0.9, &["Auto Repair", "Garage", "Motor Service"]),
    trade("811121", 13, 1.1, &["Auto Body", "Collision"]),
    trade("811310", 7, 1.2, &["Equipment Repair", "Machine Repair"]),
    trade("812111", 6, 0.7, &["Barbers", "Barber Shop"]),
    trade("812112", 24, 0.8, &["Salon", "Hair Studio", "Beauty"]),
    trade("812310", 7, 0.6, &["Laundromat", "Wash House"]),
    trade("812910", 8, 0.8, &["Pet Grooming", "Kennels"]),
    trade("812990", 8, 0.7, &["Home Services", "Personal Services"]),
];

const fn trade(code: &'static str, weight: u32, size: f64, nouns: &'static [&'static str]) -> Trade {
    Trade { code, weight, size, nouns }
}
