//! Where a visitor was before they went to a door of ours, so that the door leads them back there.
//!
//! It travels in addresses: from the page to the door, through the letter, to the button. Whoever brings one may have
//! made it up, so it is looked at each time, and leads to nothing but a page of the center.

use axum::extract::Query;
use axum::http::Uri;
use serde::Deserialize;

use crate::router;

/// Doors: they hand on what they were told, and nobody is led back to them.
const DOORS: [&str; 3] = ["/sign-in", "/join", "/welcome"];
/// What is open to a customer and is no place to come back to.
const NO_PLACE: [&str; 8] =
    ["/staff", "/assets", "/healthz", "/readyz", "/me/left", "/me/erased", "/offline", "/search/suggest"];
/// The longest address that is handed on.
const LONGEST: usize = 400;

/// A page of ours with what stands behind its `?`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct WayBack(String);

/// What a door is told.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Told {
    to: String,
}

impl WayBack {
    /// The way back from a request: its own page; at a door, the page that the door was told.
    pub fn from(path: &str, query: &str) -> Option<Self> {
        if DOORS.iter().any(|door| within(path, door)) {
            let asked: Uri = format!("/?{query}").parse().ok()?;
            return Self::to(&Query::<Told>::try_from_uri(&asked).ok()?.to);
        }
        let there = if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") };
        Self::to(&there)
    }

    /// The way to this address, when it is one of ours that a customer can be at.
    fn to(address: &str) -> Option<Self> {
        let path = address.split('?').next().unwrap_or_default();
        let plain =
            |letter: char| letter.is_ascii_graphic() && !['\\', '#', '<', '>', '"', '{'].contains(&letter);
        let sound = address.starts_with('/')
            && address.len() <= LONGEST
            && address.chars().all(plain)
            // A file is kept, not come back to; and two dots lead elsewhere.
            && !path.contains(['.', '%'])
            && !DOORS.iter().chain(&NO_PLACE).any(|place| within(path, place))
            && address != "/"
            && router::is_page(path);
        sound.then(|| Self(address.to_owned()))
    }

    /// The address.
    pub fn path(&self) -> &str {
        &self.0
    }

    /// What a door's address ends with, to tell it where to lead back: `?to=/learn`, or nothing.
    pub fn told(way: Option<&Self>) -> String {
        let letter = |byte: u8| match byte {
            byte if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) => char::from(byte).to_string(),
            byte => format!("%{byte:02X}"),
        };
        way.map_or(String::new(), |way| format!("?to={}", way.0.bytes().map(letter).collect::<String>()))
    }
}

fn within(path: &str, place: &str) -> bool {
    path.strip_prefix(place).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(to: &str) -> Option<String> {
        WayBack::from("/sign-in", to).map(|way| way.path().to_owned())
    }

    #[test]
    fn a_page_tells_the_door_where_it_is_and_the_door_hands_it_on() {
        let way = WayBack::from("/search", "q=no+sound&kind=fix").unwrap();
        let query = WayBack::told(Some(&way));
        assert_eq!(query, "?to=/search%3Fq%3Dno%2Bsound%26kind%3Dfix");
        for door in ["/sign-in", "/sign-in/sent", "/join/confirm/{token}", "/welcome/life"] {
            assert_eq!(WayBack::from(door, &query[1..]).as_ref(), Some(&way), "{door}");
        }
        assert_eq!(told("to=%2Fsaved%2F7"), Some("/saved/7".to_owned()));
        assert_eq!(WayBack::told(None), "");
    }

    #[test]
    fn nothing_leads_to_another_house_to_staff_to_a_door_or_to_a_file() {
        for elsewhere in [
            "//evil.example",
            "/\\evil.example",
            "https://evil.example",
            "https:/evil.example",
            "javascript:alert(1)",
            "%2F%2Fevil.example",
            "/%2Fevil.example",
            "/learn/../console",
            "/learn/%2e%2e/console",
            "/learn/a%0d%0aLocation:x/b",
            "/learn/a\tb",
            "/console",
            "/console/outbox",
            "/staff/sign-in",
            "/reports",
            "/nothing-here",
            "/s/{token}",
            "/sign-in",
            "/join/not-yet",
            "/welcome/life",
            "/me/data.json",
            "/me/left",
            "/",
            "",
        ] {
            assert_eq!(WayBack::to(elsewhere), None, "{elsewhere}");
            assert_eq!(told(&format!("to={elsewhere}")), None, "{elsewhere}");
        }
        assert_eq!(WayBack::to(&format!("/search?q={}", "a".repeat(500))), None);
        assert_eq!(WayBack::from("/s/{token}", ""), None);
    }
}
