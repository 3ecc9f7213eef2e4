//! Where the firms are: states by weight, with cities, a postal prefix and a time zone.

/// One state of the United States as this world knows it.
pub(super) struct State {
    /// Two-letter code.
    pub(super) code: &'static str,
    /// How many firms, against the other states.
    pub(super) weight: u32,
    /// IANA name of the zone most of it keeps.
    pub(super) zone: &'static str,
    /// City and the first three digits of its postal codes.
    pub(super) cities: &'static [(&'static str, &'static str)],
}

/// The states, the largest first.
pub(super) const STATES: &[State] = &[
    state(
        "CA",
        14,
        LOS_ANGELES,
        &[("Fresno", "937"), ("San Jose", "951"), ("Long Beach", "908"), ("Sacramento", "958")],
    ),
    state("FL", 9, NEW_YORK, &[("Tampa", "336"), ("Orlando", "328"), ("Jacksonville", "322")]),
    state("TX", 9, CHICAGO, &[("Austin", "787"), ("Lubbock", "794"), ("Houston", "770"), ("Plano", "750")]),
    state("NY", 7, NEW_YORK, &[("Buffalo", "142"), ("Rochester", "146"), ("Brooklyn", "112")]),
    state("OH", 5, NEW_YORK, &[("Dayton", "454"), ("Toledo", "436"), ("Akron", "443")]),
    state("PA", 5, NEW_YORK, &[("Erie", "165"), ("Allentown", "181"), ("Pittsburgh", "152")]),
    state("IL", 5, CHICAGO, &[("Peoria", "616"), ("Rockford", "611"), ("Chicago", "606")]),
    state("GA", 4, NEW_YORK, &[("Macon", "312"), ("Savannah", "314"), ("Marietta", "300")]),
    state("NJ", 4, NEW_YORK, &[("Trenton", "086"), ("Newark", "071")]),
    state("NC", 4, NEW_YORK, &[("Durham", "277"), ("Asheville", "288"), ("Greensboro", "274")]),
    state("MI", 4, DETROIT, &[("Lansing", "489"), ("Grand Rapids", "495"), ("Flint", "485")]),
    state("MA", 3, NEW_YORK, &[("Worcester", "016"), ("Lowell", "018")]),
    state("WA", 3, LOS_ANGELES, &[("Spokane", "992"), ("Tacoma", "984")]),
    state("VA", 3, NEW_YORK, &[("Roanoke", "240"), ("Richmond", "232")]),
    state("AZ", 3, PHOENIX, &[("Tucson", "857"), ("Mesa", "852")]),
    state("CO", 3, DENVER, &[("Boulder", "803"), ("Pueblo", "810")]),
    state("WI", 3, CHICAGO, &[("Madison", "537"), ("Green Bay", "543"), ("Milwaukee", "532")]),
    state("MN", 3, CHICAGO, &[("Duluth", "558"), ("Rochester", "559")]),
    state("TN", 3, CHICAGO, &[("Memphis", "381"), ("Nashville", "372")]),
    state("MO", 2, CHICAGO, &[("Springfield", "658"), ("Columbia", "652")]),
    state("MD", 2, NEW_YORK, &[("Frederick", "217"), ("Baltimore", "212")]),
    state("UT", 2, DENVER, &[("Ogden", "844"), ("Provo", "846")]),
    state("OR", 2, LOS_ANGELES, &[("Salem", "973"), ("Eugene", "974")]),
    state("LA", 2, CHICAGO, &[("Lafayette", "705"), ("Shreveport", "711")]),
    state("KS", 1, CHICAGO, &[("Wichita", "672"), ("Topeka", "666")]),
    state("NM", 1, DENVER, &[("Albuquerque", "871"), ("Santa Fe", "875")]),
    state("ID", 1, BOISE, &[("Boise", "837"), ("Nampa", "836")]),
    state("ME", 1, NEW_YORK, &[("Portland", "041"), ("Bangor", "044")]),
    state("HI", 1, HONOLULU, &[("Hilo", "967"), ("Honolulu", "968")]),
];

const LOS_ANGELES: &str = "America/Los_Angeles";
const NEW_YORK: &str = "America/New_York";
const CHICAGO: &str = "America/Chicago";
const DENVER: &str = "America/Denver";
const DETROIT: &str = "America/Detroit";
const PHOENIX: &str = "America/Phoenix";
const BOISE: &str = "America/Boise";
const HONOLULU: &str = "Pacific/Honolulu";

const fn state(
    code: &'static str,
    weight: u32,
    zone: &'static str,
    cities: &'static [(&'static str, &'static str)],
) -> State {
    State { code, weight, zone, cities }
}
