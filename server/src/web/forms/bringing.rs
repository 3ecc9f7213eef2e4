//! A form that may bring a file. Its words are bounded as those of every form; its file is held in memory up to a bound,
//! and read to its end beyond that, so that whoever typed the rest gets an answer and their words back.

use axum::extract::multipart::Field;
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::header::CONTENT_TYPE;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use tokio::sync::{Semaphore, SemaphorePermit};

use super::{Open, Unsent, is_right, token, unreadable};
use crate::app::App;
use crate::community::picturing::LARGEST;
use crate::web::error::PageError;
use crate::web::visitor::{self, Reader};

/// Parts of a form, at most.
const PARTS: usize = 40;
/// Bytes of all its words.
const WORDS: usize = 64 * 1024;

/// Files held at once on this node, so that they never fill its memory.
static ROOM: Semaphore = Semaphore::const_new(24);

/// A form that everyone may send and that may bring a file; from a signed-in customer only with the token of our page.
#[derive(Debug)]
pub struct Bringing<T> {
    /// Who sends it, when they are signed in.
    pub reader: Option<Reader>,
    /// What they say.
    pub form: T,
    /// What they bring.
    pub file: Option<Brought>,
}

/// A file that came with a form.
#[derive(Debug)]
pub enum Brought {
    /// All of it.
    Whole(Held),
    /// It is larger than any that we take.
    TooLarge,
    /// Too many are under way.
    NoRoom,
}

/// The bytes of a file, which take room as long as they are held.
#[derive(Debug)]
pub struct Held {
    /// All of them.
    pub bytes: Vec<u8>,
    _room: SemaphorePermit<'static>,
}

impl<T> FromRequest<App> for Bringing<T>
where
    T: DeserializeOwned,
{
    type Rejection = PageError;

    async fn from_request(request: Request, app: &App) -> Result<Self, PageError> {
        let kind = request.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
        if !kind.is_some_and(|kind| kind.starts_with("multipart/form-data")) {
            let Open { reader, form } = Open::from_request(request, app).await?;
            return Ok(Self { reader, form, file: None });
        }
        let (parts, body) = request.into_parts();
        let reader = visitor::customer(&parts).await?;
        let request = Request::from_parts(parts, body);
        let (mut said, file) =
            taken(Multipart::from_request(request, app).await.map_err(unreadable)?).await?;
        let given = said.remove("form_token");
        let given = given.as_ref().and_then(Value::as_str).unwrap_or_default();
        if let Some(reader) = &reader
            && !is_right(&app.keys, &reader.session, given)
        {
            let typed = |(name, value): (String, Value)| Some((name, value.as_str()?.to_owned()));
            let fields = said.into_iter().filter_map(typed).collect();
            return Err(PageError::Stale(Unsent { fields, token: token(&app.keys, &reader.session) }));
        }
        let form = serde_json::from_value(Value::Object(said)).map_err(unreadable)?;
        Ok(Self { reader, form, file })
    }
}

/// Every part: words by the name of their field, and the first file that is one.
async fn taken(mut form: Multipart) -> Result<(Map<String, Value>, Option<Brought>), PageError> {
    let (mut said, mut file, mut left, mut parts) = (Map::new(), None, WORDS, 0);
    while let Some(mut field) = form.next_field().await.map_err(unreadable)? {
        parts += 1;
        if parts > PARTS {
            return Err(PageError::Unreadable);
        }
        if field.file_name().is_some() {
            let brought = brought(&mut field).await?;
            file = file.or(brought);
            continue;
        }
        let name = field.name().unwrap_or_default().to_owned();
        let mut bytes = Vec::new();
        while let Some(chunk) = field.chunk().await.map_err(unreadable)? {
            left = left.checked_sub(chunk.len()).ok_or(PageError::Unreadable)?;
            bytes.extend_from_slice(&chunk);
        }
        said.insert(name, Value::String(String::from_utf8(bytes).map_err(unreadable)?));
    }
    Ok((said, file))
}

/// A file; none where nobody chose one.
async fn brought(field: &mut Field<'_>) -> Result<Option<Brought>, PageError> {
    let (room, mut bytes, mut size) = (ROOM.try_acquire().ok(), Vec::new(), 0_usize);
    while let Some(chunk) = field.chunk().await.map_err(unreadable)? {
        size = size.saturating_add(chunk.len());
        if room.is_none() || size > LARGEST {
            bytes = Vec::new();
        } else {
            bytes.extend_from_slice(&chunk);
        }
    }
    Ok(match room {
        _ if size == 0 => None,
        _ if size > LARGEST => Some(Brought::TooLarge),
        None => Some(Brought::NoRoom),
        Some(room) => Some(Brought::Whole(Held { bytes, _room: room })),
    })
}
