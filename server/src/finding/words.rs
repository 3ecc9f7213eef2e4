//! What is kept of words that found nothing: neither addresses nor numbers that reach a person.

use content::search::LONGEST;

/// So many figures in a row are a telephone, card or account number.
const A_NUMBER: usize = 7;

/// The words in small letters with single spaces; "(address)" and "(number)" stand where something personal stood.
/// Nothing when nothing else is left.
pub fn kept(typed: &str) -> Option<String> {
    let typed: String = typed.chars().take(LONGEST).collect();
    let (mut kept, mut figures): (Vec<String>, Vec<&str>) = (Vec::new(), Vec::new());
    for word in typed.split_whitespace() {
        if word.chars().all(|letter| letter.is_numeric() || !letter.is_alphanumeric()) && !word.contains('@')
        {
            figures.push(word);
            continue;
        }
        put(&mut kept, &mut figures);
        if word.contains('@') {
            kept.push("(address)".to_owned());
        } else if count(word) >= A_NUMBER {
            kept.push("(number)".to_owned());
        } else {
            kept.push(word.to_lowercase());
        }
    }
    put(&mut kept, &mut figures);
    let says = |word: &String| {
        !["(address)", "(number)"].contains(&word.as_str()) && word.chars().any(char::is_alphanumeric)
    };
    let short: String = kept.join(" ").chars().take(LONGEST).collect();
    kept.iter().any(says).then_some(short)
}

/// Words of figures and marks that stand together are one number when they are long enough.
fn put(kept: &mut Vec<String>, figures: &mut Vec<&str>) {
    if figures.iter().map(|word| count(word)).sum::<usize>() >= A_NUMBER {
        kept.push("(number)".to_owned());
    } else {
        kept.extend(figures.iter().map(|word| (*word).to_owned()));
    }
    figures.clear();
}

fn count(word: &str) -> usize {
    word.chars().filter(|letter| letter.is_numeric()).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_reaches_a_person_is_not_kept() {
        let cases = [
            ("Fax  MACHINE", Some("fax machine")),
            ("mail from ana@bakery.example lost", Some("mail from (address) lost")),
            ("call +1 (555) 010-0199 fails", Some("call (number) fails")),
            ("account AB12345678 wrong", Some("account (number) wrong")),
            ("error 404 in step 3", Some("error 404 in step 3")),
            ("555-010-0199", None),
            ("ana@bakery.example", None),
            ("?!", None),
            ("", None),
        ];
        for (typed, keeps) in cases {
            assert_eq!(kept(typed).as_deref(), keeps, "{typed}");
        }
        assert!(kept(&"ä".repeat(1_000)).unwrap().chars().count() <= LONGEST);
    }
}
