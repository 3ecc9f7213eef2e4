//! Forms of signed-in people carry a token that only our own page could have given them.
//!
//! The token is a MAC over the session, masked anew on every page, so that compressed answers tell nothing about it.
//! The layer that looks at the origin of a request is the other half; neither is left to a handler to remember.

use axum::body::{Body, Bytes};
use axum::extract::{FromRequest, Request};
use axum_extra::extract::Form;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use subtle::ConstantTimeEq;

use super::error::PageError;
use super::visitor::{self, Reader, Staff};
use crate::app::App;
use crate::doors::Secret;
use crate::ids::Ids;
use crate::keys::Keys;
use crate::store::doors::Audience;

mod bringing;

pub use bringing::{Bringing, Brought};

const PURPOSE: &str = "form";
const LENGTH: usize = 16;

/// A form whose token was right. Its route needs a signed-in visitor.
#[derive(Debug)]
pub struct Checked<T>(pub T);

/// A form that everyone may send; from a signed-in customer only with the token of our own page.
#[derive(Debug)]
pub struct Open<T> {
    /// Who sends it, when they are signed in.
    pub reader: Option<Reader>,
    /// What they say.
    pub form: T,
}

/// A form with nothing in it but its token.
#[derive(Debug, Deserialize)]
pub struct Button {}

/// A form whose token was not right: what was sent with it, and the token that would have been.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unsent {
    /// Each field with its name.
    pub fields: Vec<(String, String)>,
    /// A fresh token for the same form.
    pub token: String,
}

/// The part of every form that is ours.
#[derive(Deserialize)]
struct Token {
    #[serde(default)]
    form_token: String,
}

/// The token for the forms of a page drawn for this session.
pub fn token(keys: &Keys, session: &Secret) -> String {
    let mask = Ids::of_the_machine().random();
    let right = right(keys, session);
    let mut bytes = mask.to_vec();
    bytes.extend(mask.iter().zip(right).map(|(mask, byte)| mask ^ byte));
    URL_SAFE_NO_PAD.encode(bytes)
}

fn is_right(keys: &Keys, session: &Secret, token: &str) -> bool {
    let Ok(bytes) = URL_SAFE_NO_PAD.decode(token) else { return false };
    let Some((mask, masked)) = bytes.split_at_checked(LENGTH) else { return false };
    let said: Vec<u8> = mask.iter().zip(masked).map(|(mask, byte)| mask ^ byte).collect();
    said.len() == LENGTH && masked.len() == LENGTH && bool::from(said.ct_eq(&right(keys, session)))
}

fn right(keys: &Keys, session: &Secret) -> [u8; LENGTH] {
    keys.mac(PURPOSE, &session.hash())[..LENGTH].try_into().expect("a MAC has 32 bytes")
}

impl<T> FromRequest<App> for Checked<T>
where
    T: DeserializeOwned,
{
    type Rejection = PageError;

    async fn from_request(request: Request, app: &App) -> Result<Self, PageError> {
        let here = request.extensions();
        let session = here.get::<Staff>().map(|staff| staff.session.clone());
        let session = session.or_else(|| here.get::<Reader>().map(|reader| reader.session.clone()));
        let session = session.ok_or(PageError::SignedOut(Audience::Customer))?;
        let sent = carried::<T>(request, app).await?;
        if !is_right(&app.keys, &session, &sent.token) {
            return Err(PageError::Stale(sent.with(token(&app.keys, &session))));
        }
        Ok(Self(sent.form))
    }
}

impl<T> FromRequest<App> for Open<T>
where
    T: DeserializeOwned,
{
    type Rejection = PageError;

    async fn from_request(request: Request, app: &App) -> Result<Self, PageError> {
        let (parts, body) = request.into_parts();
        let reader = visitor::customer(&parts).await?;
        let sent = carried::<T>(Request::from_parts(parts, body), app).await?;
        match &reader {
            Some(reader) if !is_right(&app.keys, &reader.session, &sent.token) => {
                Err(PageError::Stale(sent.with(token(&app.keys, &reader.session))))
            }
            _ => Ok(Self { reader, form: sent.form }),
        }
    }
}

/// The token and the rest, read one by one: a name that stands several times, as boxes have it, is a list.
async fn carried<T: DeserializeOwned>(request: Request, app: &App) -> Result<Carried<T>, PageError> {
    let (parts, body) = request.into_parts();
    let bytes = Bytes::from_request(Request::from_parts(parts.clone(), body), app).await;
    let bytes = bytes.map_err(unreadable)?;
    let again = || Request::from_parts(parts.clone(), Body::from(bytes.clone()));
    let Form(Token { form_token }) = Form::from_request(again(), app).await.map_err(unreadable)?;
    let Form(fields) = Form::from_request(again(), app).await.map_err(unreadable)?;
    let Form(form) = Form::from_request(again(), app).await.map_err(unreadable)?;
    Ok(Carried { token: form_token, form, fields })
}

/// A form as it came: its token, what it says, and the same field by field.
struct Carried<T> {
    token: String,
    form: T,
    fields: Vec<(String, String)>,
}

impl<T> Carried<T> {
    fn with(self, token: String) -> Unsent {
        Unsent { fields: self.fields, token }
    }
}

fn unreadable<E>(_: E) -> PageError {
    PageError::Unreadable
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_good_for_its_session_and_looks_different_every_time() {
        let keys = Keys::from_root([3; 32]);
        let (mine, yours) = (Secret::new(), Secret::new());
        let (one, two) = (token(&keys, &mine), token(&keys, &mine));
        assert_ne!(one, two);
        assert!(is_right(&keys, &mine, &one) && is_right(&keys, &mine, &two));
        assert!(!is_right(&keys, &yours, &one));
        assert!(!is_right(&keys, &mine, "") && !is_right(&keys, &mine, "AAAA"));
        assert!(!is_right(&Keys::from_root([4; 32]), &mine, &one));
    }
}
