//! The tokens in letters: self-contained, authenticated, bound to one purpose, showing no address.
//!
//! A token is the key id, what it names, and 128 bits of MAC under the key for its purpose, in base64url. It needs no
//! look-up to make, never expires, and outlives what it names. A stop token can only stop.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use subtle::ConstantTimeEq;
use uuid::Uuid;

use crate::keys::{KEY_ID, Keys};

const MAC: usize = 16;

/// What a letter's link names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Token {
    /// The pixel of one message.
    Open {
        /// The message.
        message: Uuid,
    },
    /// One numbered link of one message.
    Click {
        /// The message.
        message: Uuid,
        /// Its number in the letter.
        link: u16,
    },
    /// Stop every letter to one person.
    Stop {
        /// The person.
        contact: Uuid,
        /// The letter it stood in.
        message: Uuid,
    },
    /// Stop letters to one person about one question, and no others.
    Leave {
        /// The person.
        contact: Uuid,
        /// Home account of the question.
        account: Uuid,
        /// The question.
        question: Uuid,
    },
    /// See and change the e-mail choices of one person.
    Choices {
        /// The person.
        contact: Uuid,
        /// The letter it stood in.
        message: Uuid,
    },
}

/// The kinds of token, each with a key of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// See [`Token::Open`].
    Open,
    /// See [`Token::Click`].
    Click,
    /// See [`Token::Stop`].
    Stop,
    /// See [`Token::Leave`].
    Leave,
    /// See [`Token::Choices`].
    Choices,
}

impl Kind {
    fn purpose(self) -> &'static str {
        match self {
            Self::Open => "token/open",
            Self::Click => "token/click",
            Self::Stop => "token/stop",
            Self::Leave => "token/leave",
            Self::Choices => "token/choices",
        }
    }

    fn length(self) -> usize {
        match self {
            Self::Open => 16,
            Self::Click => 18,
            Self::Stop | Self::Choices => 32,
            Self::Leave => 48,
        }
    }
}

impl Token {
    /// Writes the token.
    pub fn write(self, keys: &Keys) -> String {
        let mut bytes = vec![KEY_ID];
        let kind = match self {
            Self::Open { message } => {
                bytes.extend(message.as_bytes());
                Kind::Open
            }
            Self::Click { message, link } => {
                bytes.extend(message.as_bytes());
                bytes.extend(link.to_be_bytes());
                Kind::Click
            }
            Self::Stop { contact, message } => {
                bytes.extend(contact.as_bytes());
                bytes.extend(message.as_bytes());
                Kind::Stop
            }
            Self::Leave { contact, account, question } => {
                bytes.extend(contact.as_bytes());
                bytes.extend(account.as_bytes());
                bytes.extend(question.as_bytes());
                Kind::Leave
            }
            Self::Choices { contact, message } => {
                bytes.extend(contact.as_bytes());
                bytes.extend(message.as_bytes());
                Kind::Choices
            }
        };
        let mac = keys.mac(kind.purpose(), &bytes);
        bytes.extend(&mac[..MAC]);
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// Reads a token of this kind; anything that we did not write is nothing.
    pub fn read(keys: &Keys, kind: Kind, text: &str) -> Option<Self> {
        if text.len() > 128 {
            return None;
        }
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        let (said, mac) = bytes.split_at_checked(1 + kind.length())?;
        let right = keys.mac(kind.purpose(), said);
        if mac.len() != MAC || !bool::from(right[..MAC].ct_eq(mac)) {
            return None;
        }
        let first = Uuid::from_slice(said.get(1..17)?).ok()?;
        let second = || Uuid::from_slice(said.get(17..33)?).ok();
        Some(match kind {
            Kind::Open => Self::Open { message: first },
            Kind::Click => {
                Self::Click { message: first, link: u16::from_be_bytes(said.get(17..19)?.try_into().ok()?) }
            }
            Kind::Stop => Self::Stop { contact: first, message: second()? },
            Kind::Leave => Self::Leave {
                contact: first,
                account: second()?,
                question: Uuid::from_slice(said.get(33..49)?).ok()?,
            },
            Kind::Choices => Self::Choices { contact: first, message: second()? },
        })
    }
}

/// The token in the link of a service letter. The letter may be written twice, with the same one; where the link is
/// checked only its hash is kept.
pub fn of_notice(keys: &Keys, notice: Uuid) -> String {
    URL_SAFE_NO_PAD.encode(&keys.mac("token/notice", notice.as_bytes())[..MAC])
}

/// The token in a link that a customer shares: 128 bits that nobody tells without the key. Its owner is shown the link
/// again as often as they like; where it is checked only its hash is kept.
pub fn of_share(keys: &Keys, share: Uuid) -> String {
    URL_SAFE_NO_PAD.encode(&keys.mac("token/share", share.as_bytes())[..MAC])
}

/// The six digits that stand beside that link, for a browser that did not ask for it.
pub fn code_of_notice(keys: &Keys, notice: Uuid) -> String {
    let mac = keys.mac("code/notice", notice.as_bytes());
    let number = u64::from_be_bytes(mac[..8].try_into().expect("a MAC has 32 bytes"));
    format!("{:06}", number % 1_000_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    const MESSAGE: Uuid = Uuid::from_u128(7);
    const CONTACT: Uuid = Uuid::from_u128(8);
    const HOME: Uuid = Uuid::from_u128(9);
    const QUESTION: Uuid = Uuid::from_u128(10);

    #[test]
    fn a_token_comes_back_as_it_was_written() {
        let keys = Keys::from_root([1; 32]);
        for (kind, token) in [
            (Kind::Open, Token::Open { message: MESSAGE }),
            (Kind::Click, Token::Click { message: MESSAGE, link: 513 }),
            (Kind::Stop, Token::Stop { contact: CONTACT, message: MESSAGE }),
            (Kind::Leave, Token::Leave { contact: CONTACT, account: HOME, question: QUESTION }),
            (Kind::Choices, Token::Choices { contact: CONTACT, message: MESSAGE }),
        ] {
            assert_eq!(Token::read(&keys, kind, &token.write(&keys)), Some(token));
        }
    }

    #[test]
    fn a_token_is_good_for_its_own_purpose_and_key_only() {
        let keys = Keys::from_root([1; 32]);
        let stop = Token::Stop { contact: CONTACT, message: MESSAGE }.write(&keys);
        assert_eq!(Token::read(&keys, Kind::Choices, &stop), None);
        assert_eq!(Token::read(&Keys::from_root([2; 32]), Kind::Stop, &stop), None);
    }

    #[test]
    fn a_token_with_one_changed_letter_is_nothing() {
        let keys = Keys::from_root([1; 32]);
        let right = Token::Open { message: MESSAGE }.write(&keys);
        for at in 0..right.len() {
            let mut wrong = right.clone().into_bytes();
            wrong[at] = if wrong[at] == b'A' { b'B' } else { b'A' };
            assert_eq!(Token::read(&keys, Kind::Open, std::str::from_utf8(&wrong).unwrap()), None);
        }
        assert_eq!(Token::read(&keys, Kind::Open, ""), None);
    }
}
