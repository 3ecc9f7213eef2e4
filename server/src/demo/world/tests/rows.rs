//! What the files hold keeps the rules of their columns.

use std::collections::{HashMap, HashSet};

use super::*;

#[test]
fn every_row_keeps_the_rules_of_its_columns() {
    let world = world(11, 2_000);
    let ids = |kind, column: &str| -> HashSet<String> {
        let rows = rows(&world, kind);
        let ids: HashSet<String> = rows.iter().map(|row| row[column].clone()).collect();
        assert_eq!(ids.len(), rows.len(), "{column} names one row of {kind:?}");
        ids
    };
    let products = ids(Kind::Products, "code");
    let partners = ids(Kind::Partners, "external_id");
    let accounts = ids(Kind::Accounts, "external_id");
    ids(Kind::Contacts, "external_id");
    ids(Kind::Licences, "external_id");
    let date = |value: &str| value.parse::<chrono::NaiveDate>().expect("a date");

    let mut earlier = HashSet::new();
    for row in rows(&world, Kind::Accounts) {
        assert!(row["domain"].is_empty() || row["domain"].ends_with(".example"));
        assert!(row["employees"].is_empty() || row["employees"].parse::<u32>().is_ok());
        assert!(date(&row["founded_on"]) < world.parameters.start);
        assert!(known::<segments::Stage>(&row["stage"]), "{}", row["stage"]);
        assert!(known::<segments::Billing>(&row["billing"]), "{}", row["billing"]);
        assert!(known::<segments::Class>(&row["targeted_class"]), "{}", row["targeted_class"]);
        assert!(known::<segments::SizeBand>(&row["targeted_band"]), "{}", row["targeted_band"]);
        assert!(row["industry"].is_empty() || row["industry"].len() == 6);
        assert_eq!((row["country"].as_str(), row["region"].len(), row["postal_code"].len()), ("US", 2, 5));
        assert!(row["parent"].is_empty() || earlier.contains(&row["parent"]), "parents come first");
        assert!(row["partner"].is_empty() || partners.contains(&row["partner"]));
        earlier.insert(row["external_id"].clone());
    }
    for row in rows(&world, Kind::Contacts) {
        assert!(accounts.contains(&row["account"]));
        let (local, domain) = row["email"].split_once('@').expect("an address");
        assert!(!local.is_empty() && domain.ends_with(".example") && local.is_ascii());
        assert!(
            row["email"]
                .chars()
                .all(|letter| letter.is_ascii_lowercase() || ".-@0123456789".contains(letter))
        );
        assert!(row["timezone"].parse::<chrono_tz::Tz>().is_ok(), "{}", row["timezone"]);
        assert!(known::<segments::UserType>(&row["user_type"]), "{}", row["user_type"]);
        assert!(known::<segments::Level>(&row["level"]), "{}", row["level"]);
        for column in ["consent", "consent_at", "consent_source", "consent_wording"] {
            assert_eq!(row[column], "", "consent comes with joining");
        }
    }
    for row in rows(&world, Kind::Licences) {
        assert!(accounts.contains(&row["account"]) && products.contains(&row["product"]));
        let (starts_on, renews_on) = (date(&row["starts_on"]), date(&row["renews_on"]));
        assert!(starts_on <= world.parameters.start && renews_on > world.parameters.start);
        assert!(renews_on <= world.parameters.start + Days::new(365));
        assert!(row["seats"].parse::<u32>().expect("a count") > 0);
        assert!(row["amount"].parse::<f64>().expect("money") > 0.0);
        assert!(known::<segments::Billing>(&row["billed_by"]), "{}", row["billed_by"]);
    }
    for row in rows(&world, Kind::Usage) {
        assert!(accounts.contains(&row["account"]) && products.contains(&row["product"]));
        assert!(date(&row["on"]) < world.parameters.start);
    }
}

#[test]
fn every_industry_is_in_the_naics_2022_list() {
    for trade in trades::TRADES {
        assert!(segments::naics::by_code(trade.code).is_ok(), "{} is no NAICS 2022 code", trade.code);
    }
}

/// Whether the house knows this word of a closed list; an optional one may be missing.
fn known<W: std::str::FromStr>(word: &str) -> bool {
    word.is_empty() || word.parse::<W>().is_ok()
}

fn rows(world: &World, kind: Kind) -> Vec<HashMap<String, String>> {
    let text = file(world, kind);
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    reader.deserialize().map(|row| row.expect("every row has every column")).collect()
}
