//! Addresses: kept as they were typed, compared by a normalised key.

use std::fmt;

use email_address::{EmailAddress, Options};
use idna::AsciiDenyList;

/// Characters of an address at most (RFC 5321, 4.5.3.1.3).
const LONGEST: usize = 254;

/// An address that a mail server could take.
///
/// The key is what makes two addresses the same: the domain in lower case and as ASCII (IDNA 2008), the local part
/// untouched, since only its own server knows what it means.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Email {
    typed: String,
    key: String,
}

/// Why something is not an address. Written for whoever mends the file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EmailError {
    /// There is nothing.
    #[error("there is no e-mail address")]
    Empty,
    /// It is longer than any server takes.
    #[error("an e-mail address has at most {LONGEST} characters; this one has {0}")]
    Long(usize),
    /// It does not read as one.
    #[error("{0:?} is not an e-mail address; it should look like name@company.example")]
    Unreadable(String),
    /// Its domain cannot be one.
    #[error("{0:?} is not an e-mail address: its domain is not one that exists anywhere")]
    Domain(String),
}

impl Email {
    /// Reads an address, around which spaces are forgiven.
    pub fn parse(text: &str) -> Result<Self, EmailError> {
        let typed = text.trim();
        if typed.is_empty() {
            return Err(EmailError::Empty);
        }
        let length = typed.chars().count();
        if length > LONGEST {
            return Err(EmailError::Long(length));
        }
        let options = Options::default().without_display_text().without_domain_literal().with_required_tld();
        let parsed = EmailAddress::parse_with_options(typed, options)
            .map_err(|_| EmailError::Unreadable(typed.to_owned()))?;
        let domain = idna::domain_to_ascii_cow(parsed.domain().as_bytes(), AsciiDenyList::STD3)
            .map_err(|_| EmailError::Domain(typed.to_owned()))?;
        let key = format!("{}@{}", parsed.local_part(), domain.to_lowercase());
        Ok(Self { typed: typed.to_owned(), key })
    }

    /// The address as it was typed.
    pub fn typed(&self) -> &str {
        &self.typed
    }

    /// The normalised key, unique in the store; also what is said to a mail server.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// The domain of the key.
    pub fn domain(&self) -> &str {
        self.key.rsplit_once('@').map_or("", |(_, domain)| domain)
    }
}

impl fmt::Display for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.typed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_folds_the_domain_and_leaves_the_local_part() {
        for (typed, key) in [
            ("Jo@Example.COM", "Jo@example.com"),
            (" jo@example.com ", "jo@example.com"),
            ("jo@bücher.example", "jo@xn--bcher-kva.example"),
            ("jö@example.com", "jö@example.com"),
            ("o'neil+news@sub.example.co.uk", "o'neil+news@sub.example.co.uk"),
        ] {
            assert_eq!(Email::parse(typed).unwrap().key(), key, "{typed}");
        }
    }

    #[test]
    fn what_is_typed_is_kept() {
        let email = Email::parse("Jo@Bücher.example").unwrap();
        assert_eq!(email.typed(), "Jo@Bücher.example");
        assert_eq!(email.domain(), "xn--bcher-kva.example");
    }

    #[test]
    fn what_no_server_could_take_is_refused_in_plain_words() {
        for wrong in [
            "",
            "jo",
            "jo@",
            "@example.com",
            "jo@example",
            "jo@[127.0.0.1]",
            "Jo <jo@example.com>",
            "a@b@c.d",
            "jo@exa mple.com",
            "jo\r\n@example.com",
            "jo@-x-.com",
        ] {
            assert!(Email::parse(wrong).is_err(), "{wrong:?} was taken");
        }
        let words = Email::parse("jo@example").unwrap_err().to_string();
        assert!(words.contains("name@company.example"), "{words}");
        assert!(Email::parse(&format!("{}@example.com", "a".repeat(260))).is_err());
    }
}
