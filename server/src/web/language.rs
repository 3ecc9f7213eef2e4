//! Which languages a visitor reads, as their browser says it.

use axum::http::HeaderMap;
use axum::http::header::ACCEPT_LANGUAGE;

/// More than this many are not looked at.
const MOST: usize = 8;

/// The languages of an `Accept-Language` header, the dearest first: each as it stands, then without its region.
pub(super) fn languages(headers: &HeaderMap) -> Vec<String> {
    let said = headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let mut asked: Vec<(f32, &str)> = said.split(',').take(MOST).filter_map(one).collect();
    asked.sort_by(|(one, _), (two, _)| two.total_cmp(one));
    let with_roots = asked.into_iter().flat_map(|(_, tag)| [tag, tag.split('-').next().unwrap_or(tag)]);
    with_roots.map(str::to_owned).collect()
}

fn one(part: &str) -> Option<(f32, &str)> {
    let (tag, rest) = part.split_once(';').unwrap_or((part, ""));
    let weight = rest.trim().strip_prefix("q=").map_or(Some(1.0), |weight| weight.parse().ok())?;
    let tag = tag.trim();
    let sound =
        !tag.is_empty() && tag.len() <= 20 && tag.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    (sound && weight > 0.0).then_some((weight, tag))
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn of(value: &'static str) -> Vec<String> {
        languages(&HeaderMap::from_iter([(ACCEPT_LANGUAGE, HeaderValue::from_static(value))]))
    }

    #[test]
    fn languages_come_by_their_weight_and_each_brings_its_root() {
        assert_eq!(of("en;q=0.5, es-MX, fr;q=0.9"), ["es-MX", "es", "fr", "fr", "en", "en"]);
        assert_eq!(of("de;q=0, <script>, "), Vec::<String>::new());
        assert_eq!(languages(&HeaderMap::new()), Vec::<String>::new());
    }
}
