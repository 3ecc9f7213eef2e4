//! Headers of letters that the mail library has no names for, and what may stand in a header at all.

use lettre::message::header::{Header, HeaderName, HeaderValue};

macro_rules! plain_header {
    ($(#[$doc:meta])* $name:ident, $text:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone)]
        pub struct $name(String);

        impl Header for $name {
            fn name() -> HeaderName {
                HeaderName::new_from_ascii_str($text)
            }

            fn parse(text: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
                Ok(Self(text.to_owned()))
            }

            fn display(&self) -> HeaderValue {
                HeaderValue::new(Self::name(), self.0.clone())
            }
        }
    };
}

plain_header! {
    /// RFC 2369: where to stop.
    ListUnsubscribe, "List-Unsubscribe"
}
plain_header! {
    /// RFC 8058: stopping takes one POST.
    ListUnsubscribePost, "List-Unsubscribe-Post"
}
plain_header! {
    /// RFC 3834: a machine wrote it, so no machine needs to answer.
    AutoSubmitted, "Auto-Submitted"
}

impl ListUnsubscribe {
    /// At this address.
    pub fn at(stop_url: &str) -> Self {
        Self(format!("<{stop_url}>"))
    }
}

impl ListUnsubscribePost {
    /// With one press in the mail program.
    pub fn one_click() -> Self {
        Self("List-Unsubscribe=One-Click".to_owned())
    }
}

impl AutoSubmitted {
    /// For letters that something a person did sets off.
    pub fn generated() -> Self {
        Self("auto-generated".to_owned())
    }
}

/// Header text in one line, without controls, cut at a whole character.
pub fn clean(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(200).collect()
}
