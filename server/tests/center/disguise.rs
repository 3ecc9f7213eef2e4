//! A page whose words of ours stand in other letters: whatever still reads as English is the library's, the vendor's, a
//! customer's, or was written into a template or into code by hand.

use super::guest::{attributes, plain};
use super::house::Customer;

/// What stands on pages and is no word of ours: names that files and people brought, and what a test searches for.
const NAMES: &[&str] = &[
    "Lakeshore",
    "Rapport",
    "Phones",
    "Internet",
    "Backup",
    "Bookings",
    "Payments",
    "Website",
    "phones",
    "internet",
    "backup",
    "bookings",
    "payments",
    "Offices of Dentists",
    "Jo",
    "Lee",
    "voicemial",
    "quarkslibber",
    "Front desk",
    "Later",
    "Can the front desk move a call?",
    "The menu of the phone",
    "OH, US",
    "am,",
    "pm,",
    "UTC",
];
/// Dates are said by the language's own calendar.
const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// Everything that the starter library and the starter letters say, in one line.
pub struct Library(String);

impl Library {
    /// Reads it.
    pub fn read() -> Self {
        let library = content::embedded_sources().into_iter().map(|source| source.text);
        let letters = templates::emails::Source::starters();
        let letters = letters
            .iter()
            .flat_map(|letter| letter.files().map(|(_, text)| text.to_owned()))
            .collect::<Vec<_>>();
        let all: Vec<String> = library.chain(letters).collect();
        Self(bare(&all.join("\n")))
    }

    fn says(&self, words: &str) -> bool {
        self.0.contains(bare(words).trim_matches(|sign: char| ".:,…?!–- ".contains(sign)))
    }
}

/// Words without the marks of Markdown and files, in small letters and one line.
fn bare(text: &str) -> String {
    let signs: String = text.chars().filter(|sign| !"*_`\"#>\\[]".contains(*sign)).collect();
    squeezed(&signs).to_lowercase()
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The words on a page that read as English and are nobody's.
pub fn undisguised(html: &str, library: &Library, customer: &Customer) -> Vec<String> {
    let company = format!("The {} Company", customer.name);
    let english = |word: &str| word.chars().any(|letter| letter.is_ascii_alphabetic());
    let ours = |run: &String| {
        let mut rest = run.clone();
        for name in NAMES.iter().chain(&MONTHS).chain([&company.as_str()]) {
            rest = rest.replace(name, " ");
        }
        rest.split_whitespace()
            .any(|word| english(word) && !word.contains(['@', '/']) && !word.contains(".example"))
            && !library.says(run)
    };
    pieces(html).iter().flat_map(|piece| runs(piece)).filter(ours).collect()
}

/// What stands between disguised words: whatever was filled into a message, or all of what is none.
fn runs(piece: &str) -> Vec<String> {
    let disguised = |word: &str| word.chars().any(|letter| letter.is_alphabetic() && !letter.is_ascii());
    let mut runs = vec![Vec::new()];
    for word in piece.split_whitespace() {
        if disguised(word) {
            runs.push(Vec::new());
        } else {
            runs.last_mut().expect("there is one at least").push(word);
        }
    }
    runs.into_iter().filter(|run| !run.is_empty()).map(|run| run.join(" ")).collect()
}

/// Every run of words that somebody sees or hears, without what was written down as a reason with its facts.
fn pieces(html: &str) -> Vec<String> {
    let mut rest = html.to_owned();
    for (from, to) in [
        ("<script", "</script>"),
        ("<style", "</style>"),
        ("<svg", "</svg>"),
        ("<div class=\"because\"", "</div>"),
    ] {
        rest = without(&rest, from, to);
    }
    let heard =
        ["aria-label", "placeholder", "alt", "title"].into_iter().flat_map(|name| attributes(&rest, name));
    let seen = rest.split('<').filter_map(|part| part.split_once('>')).map(|(_, text)| plain(text));
    let lines = heard.chain(seen).collect::<Vec<_>>();
    let pieces = lines.iter().flat_map(|line| line.split('·'));
    pieces.map(squeezed).filter(|piece| !piece.is_empty()).collect()
}

fn without(html: &str, from: &str, to: &str) -> String {
    let mut parts = html.split(from);
    let mut kept = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        kept += part.split_once(to).map_or("", |(_, after)| after);
    }
    kept
}
