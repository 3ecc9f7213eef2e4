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
    let one_of = |value: &str, allowed: &[&str]| assert!(allowed.contains(&value), "{value}");
    let date = |value: &str| value.parse::<chrono::NaiveDate>().expect("a date");

    let mut earlier = HashSet::new();
    for row in rows(&world, Kind::Accounts) {
        assert!(row["domain"].is_empty() || row["domain"].ends_with(".example"));
        assert!(row["employees"].is_empty() || row["employees"].parse::<u32>().is_ok());
        assert!(date(&row["founded_on"]) < world.parameters.start);
        one_of(&row["stage"], &["starting-up", "established", "growing", "handing-on"]);
        one_of(&row["billing"], &["vendor", "partner", "distributor"]);
        one_of(&row["targeted_class"], &["", "small", "midmarket"]);
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
        one_of(&row["user_type"], &["", "learner", "connector", "collaborator"]);
        one_of(&row["level"], &["", "starter", "getting-by", "confident"]);
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
        one_of(&row["billed_by"], &["vendor", "partner", "distributor"]);
    }
    for row in rows(&world, Kind::Usage) {
        assert!(accounts.contains(&row["account"]) && products.contains(&row["product"]));
        assert!(date(&row["on"]) < world.parameters.start);
    }
}

#[test]
fn every_industry_is_in_the_naics_2022_list() {
    let list = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data/naics-2022.csv");
    let Ok(list) = std::fs::read_to_string(&list) else {
        eprintln!("skipped: ../shared/data/naics-2022.csv is not there");
        return;
    };
    let known: HashSet<&str> = list.lines().filter_map(|line| line.split(',').next()).collect();
    for trade in trades::TRADES {
        assert!(known.contains(trade.code), "{} is no NAICS 2022 code", trade.code);
    }
}

fn rows(world: &World, kind: Kind) -> Vec<HashMap<String, String>> {
    let text = file(world, kind);
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    reader.deserialize().map(|row| row.expect("every row has every column")).collect()
}
