//! Industries: the codes and titles of NAICS 2022, from two digits (a sector) to six.

use std::{collections::HashMap, sync::LazyLock};

/// One industry of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Two to six digits, or a range of sectors: 31-33, 44-45, 48-49.
    pub code: String,
    /// Title, as the list writes it.
    pub title: String,
}

/// Why something is no industry of the list.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NaicsError {
    /// A number that is no code.
    #[error("no industry of NAICS 2022 has the code {code}{}", older(.wider.as_ref()))]
    Code {
        /// What was written.
        code: String,
        /// The nearest industry above it.
        wider: Option<Entry>,
    },
    /// A text that is no title.
    #[error("no industry of NAICS 2022 is called \"{title}\"{}", suggested(.near))]
    Title {
        /// What was written.
        title: String,
        /// The titles nearest to it.
        near: Vec<Entry>,
    },
}

/// The industry with this code or title. Titles are compared without regard to case; a title that several levels
/// share means the widest of them. A single sector of a range (32) means the range (31-33).
pub fn find(written: &str) -> Result<&'static Entry, NaicsError> {
    let tidy = written.trim();
    let is_code = tidy.starts_with(|c: char| c.is_ascii_digit());
    if is_code { by_code(tidy) } else { by_title(tidy) }
}

/// The industry with this code.
pub fn by_code(code: &str) -> Result<&'static Entry, NaicsError> {
    let code = code.trim().replace('–', "-");
    LIST.by_code.get(&code).map(|at| &LIST.entries[*at]).ok_or_else(|| {
        let known = |length: usize| code.get(..length).and_then(|start| LIST.by_code.get(start));
        let wider = (2..code.len()).rev().find_map(known).map(|at| LIST.entries[*at].clone());
        NaicsError::Code { code: code.clone(), wider }
    })
}

/// The industry with this title.
pub fn by_title(title: &str) -> Result<&'static Entry, NaicsError> {
    let key = key(title);
    LIST.by_title.get(&key).map(|at| &LIST.entries[*at]).ok_or_else(|| {
        let near = nearest(&key).into_iter().cloned().collect();
        NaicsError::Title { title: title.trim().to_owned(), near }
    })
}

/// Every industry, in the order of the list.
pub fn all() -> &'static [Entry] {
    &LIST.entries
}

/// The three titles nearest to what was written, nearest first; fewer when little comes near.
fn nearest(key: &str) -> Vec<&'static Entry> {
    let mut near: Vec<_> = LIST
        .by_title
        .iter()
        .map(|(title, at)| (strsim::jaro_winkler(key, title), *at))
        .filter(|(likeness, _)| *likeness > 0.82)
        .collect();
    near.sort_by(|(a, at_a), (b, at_b)| b.total_cmp(a).then(at_a.cmp(at_b)));
    near.into_iter().take(3).map(|(_, at)| &LIST.entries[at]).collect()
}

fn key(title: &str) -> String {
    title.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

fn older(wider: Option<&Entry>) -> String {
    wider
        .map(|entry| {
            format!(
                " (older editions had other codes; {} \"{}\" is the nearest above it)",
                entry.code, entry.title
            )
        })
        .unwrap_or_default()
}

fn suggested(entries: &[Entry]) -> String {
    let titles: Vec<_> =
        entries.iter().map(|entry| format!("\"{}\" ({})", entry.title, entry.code)).collect();
    if titles.is_empty() { String::new() } else { format!("; did you mean {}?", titles.join(" or ")) }
}

struct List {
    entries: Vec<Entry>,
    by_code: HashMap<String, usize>,
    by_title: HashMap<String, usize>,
}

static LIST: LazyLock<List> = LazyLock::new(|| {
    let rows = include_str!("../data/naics-2022.csv").lines().skip(1);
    let entries: Vec<Entry> = rows.map(entry).collect();
    let mut by_code = HashMap::new();
    let mut by_title = HashMap::new();
    for (at, entry) in entries.iter().enumerate() {
        by_code.insert(entry.code.clone(), at);
        if let Some((from, to)) = entry.code.split_once('-') {
            let bound = |text: &str| text.parse::<u32>().expect("the list is complete and checked by a test");
            by_code.extend((bound(from)..=bound(to)).map(|sector| (sector.to_string(), at)));
        }
        // The list goes from wide to narrow, so that the first entry with a title is the widest.
        by_title.entry(key(&entry.title)).or_insert(at);
    }
    List { entries, by_code, by_title }
});

/// A row is `code,level,parent,title`; only the title may hold commas, and then stands in quotes.
fn entry(row: &str) -> Entry {
    let mut cells = row.splitn(4, ',');
    let code = cells.next().unwrap_or_default().to_owned();
    let title = cells.nth(2).unwrap_or_default();
    let title = title.strip_prefix('"').and_then(|title| title.strip_suffix('"')).unwrap_or(title);
    Entry { code, title: title.replace("\"\"", "\"") }
}

#[cfg(test)]
mod tests {
    use super::{all, by_code, find};

    #[test]
    fn the_list_is_whole_and_each_code_finds_its_own_entry() {
        assert_eq!(all().len(), 2125);
        for entry in all() {
            assert_eq!(by_code(&entry.code), Ok(entry));
            assert!(!entry.title.is_empty() && find(&entry.title).is_ok(), "{entry:?}");
        }
    }

    #[test]
    fn a_sector_may_be_named_by_any_code_of_its_range_or_by_its_title() {
        for written in ["31-33", "32", "manufacturing", "  MANUFACTURING "] {
            assert_eq!(find(written).map(|entry| entry.code.as_str()), Ok("31-33"), "{written}");
        }
        assert_eq!(find("Soybean farming").map(|entry| entry.code.as_str()), Ok("11111"));
    }

    #[test]
    fn what_is_not_in_the_list_is_refused_with_what_comes_near() {
        let slip = find("Constructoin").expect_err("a slip").to_string();
        let start =
            "no industry of NAICS 2022 is called \"Constructoin\"; did you mean \"Construction\" (23)";
        assert!(slip.starts_with(start), "{slip}");
        let older = find("722110").expect_err("an older edition").to_string();
        assert!(older.contains("no industry of NAICS 2022 has the code 722110"), "{older}");
        assert!(older.contains("72"), "{older}");
    }
}
