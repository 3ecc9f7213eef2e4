//! Where something is out of order, in the words of accounts: `US-OH`, `US` or `Ohio`.

use std::fmt;

use sea_orm::sea_query::ExprTrait;
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QuerySelect};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::store::entities::account;

/// A country, a region, or a region of a country. One of the two is there.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// ISO 3166 code.
    pub country: Option<String>,
    /// State or region, as accounts have it.
    pub region: Option<String>,
}

impl Place {
    /// Reads `US-OH`, or `US` or `OH` alone: two capital letters before a line are a country, and so are two alone when an
    /// account is in that country.
    pub fn parse(text: &str, known: &[Self]) -> Option<Self> {
        let text = text.trim();
        let code = |text: &str| text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_uppercase());
        let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        match text.split_once('-') {
            Some((country, region)) if code(country) => {
                Some(Self { country: some(country), region: some(region.trim()) })
            }
            _ if text.is_empty() => None,
            _ if known.iter().any(|one| one.country.as_deref() == Some(text)) => {
                Some(Self { country: some(text), region: None })
            }
            _ => Some(Self { country: None, region: some(text) }),
        }
    }

    /// Whether an account that is there may be in this place: what nobody knows of it speaks not against it.
    pub fn may_hold(&self, there: &Self) -> bool {
        let fits = |wanted: &Option<String>, is: &Option<String>| match (wanted, is) {
            (Some(wanted), Some(is)) => wanted.to_lowercase() == is.to_lowercase(),
            _ => true,
        };
        fits(&self.country, &there.country) && fits(&self.region, &there.region)
    }
}

impl fmt::Display for Place {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.country, &self.region) {
            (Some(country), Some(region)) => write!(to, "{country}-{region}"),
            (country, region) => to.write_str(country.as_deref().or(region.as_deref()).unwrap_or_default()),
        }
    }
}

/// Where accounts are.
pub async fn known(db: &impl ConnectionTrait) -> Result<Vec<Place>, DbErr> {
    let rows: Vec<(Option<String>, Option<String>)> = account::Entity::find()
        .select_only()
        .columns([account::Column::Country, account::Column::Region])
        .filter(account::Column::Country.is_not_null().or(account::Column::Region.is_not_null()))
        .distinct()
        .into_tuple()
        .all(db)
        .await?;
    let mut known: Vec<_> = rows.into_iter().map(|(country, region)| Place { country, region }).collect();
    known.sort_by_key(ToString::to_string);
    Ok(known)
}

/// Where this account is, as far as anybody knows.
pub async fn of_account(db: &impl ConnectionTrait, account: Uuid) -> Result<Place, DbErr> {
    let row = account::Entity::find_by_id(account).one(db).await?;
    Ok(row.map(|row| Place { country: row.country, region: row.region }).unwrap_or_default())
}

/// Several places, as a form or a command has them; or the first one in which no account is.
pub fn read(text: &str, known: &[Place]) -> Result<Vec<Place>, String> {
    let mut places: Vec<Place> = Vec::new();
    for one in text.split(';').filter(|one| !one.trim().is_empty()) {
        let place = Place::parse(one, known).filter(|place| known.iter().any(|there| is_in(place, there)));
        let place = place.ok_or_else(|| one.trim().to_owned())?;
        if !places.contains(&place) {
            places.push(place);
        }
    }
    Ok(places)
}

/// The place in words: these, or the places themselves; nothing when it is everywhere.
pub fn in_words(words: &str, places: &[Place]) -> Option<String> {
    let words = match words.trim() {
        "" => places.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "),
        words => words.to_owned(),
    };
    Some(words).filter(|words| !words.is_empty())
}

/// Some places, for whoever wrote a wrong one.
pub fn some(known: &[Place]) -> String {
    match known {
        [] => "none".to_owned(),
        _ => known.iter().take(20).map(ToString::to_string).collect::<Vec<_>>().join(", "),
    }
}

/// Whether this account is known to be in the place.
fn is_in(place: &Place, there: &Place) -> bool {
    let named = |wanted: &Option<String>, is: &Option<String>| wanted.is_none() || is.is_some();
    named(&place.country, &there.country) && named(&place.region, &there.region) && place.may_hold(there)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(country: &str, region: &str) -> Place {
        let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        Place { country: some(country), region: some(region) }
    }

    #[test]
    fn a_place_is_written_as_accounts_have_it_and_a_wrong_one_is_named() {
        let known = [place("US", "OH"), place("CA", ""), place("", "Baden-Baden")];
        let read = |text: &str| super::read(text, &known);
        assert_eq!(read("US-OH; CA;US-OH"), Ok(vec![place("US", "OH"), place("CA", "")]));
        assert_eq!(read("OH;Baden-Baden"), Ok(vec![place("", "OH"), place("", "Baden-Baden")]));
        assert_eq!(read(" ; "), Ok(Vec::new()));
        assert_eq!(read("US;US-TX"), Err("US-TX".to_owned()));
        let told: Vec<_> = known.iter().map(ToString::to_string).collect();
        assert_eq!(told, ["US-OH", "CA", "Baden-Baden"]);
    }

    #[test]
    fn what_nobody_knows_of_an_account_speaks_not_against_a_place() {
        let ohio = place("US", "OH");
        let holds = |country: &str, region: &str| ohio.may_hold(&place(country, region));
        assert!(holds("US", "oh") && holds("US", "") && holds("", "") && holds("", "OH"));
        assert!(!holds("US", "PA") && !holds("CA", "OH"));
    }
}
