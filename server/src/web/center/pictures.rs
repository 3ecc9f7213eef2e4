//! Pictures in questions: taken with the form, shown to whoever may read their question, and to nobody else.

use axum::extract::{Path, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use chrono::TimeDelta;
use templates::Words as Language;
use templates::center::{PictureView, Problem};
use uuid::{Builder, Uuid};

use super::asking::Typed;
use super::question::{is_asker, may_read};
use crate::app::App;
use crate::community::one_line;
use crate::community::picturing::{self, LARGEST, Refusal};
use crate::doors::Secret;
use crate::store::pictures::{self, Holder, Picture, Ready};
use crate::store::questions;
use crate::web::browser::Browser;
use crate::web::caller::{Caller, allowed};
use crate::web::error::PageError;
use crate::web::forms::Brought;
use crate::web::visitor::Reader;

/// Pictures of one person in a day. A question goes without one.
const A_DAY_OF_ONE: i32 = 20;
/// Pictures of visitors from one network in an hour.
const AN_HOUR_FROM_A_NETWORK: i32 = 40;
/// Letters that say what a picture shows.
const LONGEST_ALT: usize = 300;

/// Shows a picture to whoever may read its question. It is asked for anew each time, so that what is taken down is gone.
pub async fn show(
    State(app): State<App>,
    Path(id): Path<String>,
    browser: Browser,
    headers: HeaderMap,
    reader: Option<Reader>,
) -> Result<Response, PageError> {
    let (db, reader) = (app.db.read(), reader.as_ref());
    let id: Uuid = id.parse().map_err(|_| PageError::NotFound)?;
    if let Some((account, question, picture)) = pictures::posted(db, id).await? {
        let question = questions::of_account(db, account, question).await?.ok_or(PageError::NotFound)?;
        let shown = picture.hidden_why.is_none() || is_asker(&question, reader);
        if !(shown && may_read(&question, reader)) {
            return Err(PageError::NotFound);
        }
        return sent(&headers, &picture.hash, pictures::bytes(db, account, id)).await;
    }
    let waiting = pictures::draft(db, &holder(reader, &browser), id).await?.ok_or(PageError::NotFound)?;
    sent(&headers, &waiting.hash, pictures::draft_bytes(db, id)).await
}

/// Sends a picture, unless the browser has it already. Nothing in it is ever run.
pub(in crate::web) async fn sent(
    headers: &HeaderMap,
    hash: &str,
    bytes: impl Future<Output = Result<Option<Vec<u8>>, sea_orm::DbErr>>,
) -> Result<Response, PageError> {
    let tag = format!("\"{hash}\"");
    let has = headers.get(IF_NONE_MATCH).and_then(|tags| tags.to_str().ok());
    let known = [
        (CACHE_CONTROL, "private, no-cache".to_owned()),
        (CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox".to_owned()),
        (ETAG, tag.clone()),
    ];
    if has.is_some_and(|tags| tags.split(',').any(|one| one.trim() == tag)) {
        return Ok((StatusCode::NOT_MODIFIED, known).into_response());
    }
    let bytes = bytes.await?.ok_or(PageError::NotFound)?;
    Ok((known, [(CONTENT_TYPE, "image/jpeg")], bytes).into_response())
}

/// A picture as a page shows it.
pub(super) fn view(picture: &Picture) -> PictureView {
    PictureView {
        src: format!("/ask/pictures/{}", picture.id),
        alt: picture.alt.clone(),
        width: picture.width,
        height: picture.height,
        note: None,
    }
}

/// The picture that waits for this question, with what was typed of it.
pub(super) async fn waiting(
    app: &App,
    reader: Option<&Reader>,
    browser: &Browser,
    typed: &Typed,
) -> Result<Option<PictureView>, PageError> {
    let Ok(id) = typed.picture.parse() else { return Ok(None) };
    let picture = pictures::draft(app.db.read(), &holder(reader, browser), id).await?;
    Ok(picture.map(|picture| view(&Picture { alt: one_line(&typed.picture_alt), ..picture })))
}

/// What became of the picture that a form brought, or had brought before.
#[derive(Debug, Default)]
pub(super) struct Taken {
    /// The picture that goes with the question.
    pub(super) picture: Option<PictureView>,
    /// What is wrong with it.
    pub(super) problems: Vec<Problem>,
    /// The secret that a visitor's browser was given, to be known again.
    pub(super) secret: Option<Secret>,
}

impl Taken {
    /// What goes with the question when it is posted.
    pub(super) fn chosen(&self, typed: &Typed) -> Option<(Uuid, String)> {
        self.picture.as_ref().and_then(|picture| Some((typed.picture.parse().ok()?, picture.alt.clone())))
    }

    fn problem(&mut self, field: &'static str, words: String) {
        self.problems.push(Problem { field, words });
    }
}

/// Takes the picture of a form: a new one in place of the one from before, that one again, or none.
pub(super) async fn take(
    app: &App,
    words: &Language,
    (reader, browser, caller): (Option<&Reader>, &mut Browser, Caller),
    typed: &mut Typed,
    file: Option<Brought>,
) -> Result<Taken, PageError> {
    let mut taken = Taken::default();
    let before = before(app, (reader, browser), typed).await?;
    if before.is_none() && !typed.picture.is_empty() {
        taken.problem("picture_file", words.say("picture-problem-gone"));
    }
    let out = !typed.picture_out.is_empty() || typed.go == "without-picture";
    let mut now = before.clone().filter(|_| !out);
    if let Some(file) = file {
        match read(app, reader, caller, file).await? {
            Ok(ready) => {
                if reader.is_none() {
                    let secret = browser.secret_or_new();
                    browser.secret = Some(secret.clone());
                    taken.secret = Some(secret);
                }
                now = Some(keep(app, &holder(reader, browser), &ready).await?);
            }
            Err(key) => {
                let numbers = [("most", (LARGEST / 1024 / 1024).into()), ("count", A_DAY_OF_ONE.into())];
                taken.problem("picture_file", words.say_with(key, &numbers));
            }
        }
    }
    if let Some(before) = before.filter(|before| now.as_ref().is_none_or(|now| now.id != before.id)) {
        drop_it(app, &holder(reader, browser), before.id).await?;
    }
    typed.picture_out.clear();
    typed.picture = now.as_ref().map(|picture| picture.id.to_string()).unwrap_or_default();
    let Some(picture) = now else {
        if out {
            typed.picture_alt.clear();
        }
        return Ok(taken);
    };
    let alt = one_line(&typed.picture_alt);
    if alt.is_empty() {
        taken.problem("picture_alt", words.say("picture-problem-alt"));
    } else if alt.chars().count() > LONGEST_ALT {
        let most = [("most", LONGEST_ALT.into())];
        taken.problem("picture_alt", words.say_with("picture-problem-alt-long", &most));
    }
    taken.picture = Some(view(&Picture { alt, ..picture }));
    Ok(taken)
}

/// The picture that the form had brought before. One that was posted meanwhile is no loss: the question was sent twice.
async fn before(
    app: &App,
    (reader, browser): (Option<&Reader>, &Browser),
    typed: &mut Typed,
) -> Result<Option<Picture>, PageError> {
    let Ok(id) = typed.picture.parse() else { return Ok(None) };
    let (db, holder) = (app.db.read(), holder(reader, browser));
    if let Some(picture) = pictures::draft(db, &holder, id).await? {
        let now = app.clock.now();
        let txn = app.db.begin().await?;
        pictures::touch_draft(&txn, &holder, id, now).await?;
        txn.commit().await?;
        return Ok(Some(picture));
    }
    if let Some((account, question, _)) = pictures::posted(db, id).await?
        && questions::of_account(db, account, question).await?.is_some_and(|one| is_asker(&one, reader))
    {
        typed.picture.clear();
    }
    Ok(None)
}

/// Makes a file ready to be shown, or says in which words it is refused.
async fn read(
    app: &App,
    reader: Option<&Reader>,
    caller: Caller,
    file: Brought,
) -> Result<Result<Ready, &'static str>, PageError> {
    let held = match file {
        Brought::Whole(held) => held,
        Brought::TooLarge => return Ok(Err("picture-problem-large")),
        Brought::NoRoom => return Ok(Err("picture-problem-busy")),
    };
    let once_more = if let Some(reader) = reader {
        let day = TimeDelta::days(1);
        allowed(app, "picture of", reader.customer.id.as_bytes(), A_DAY_OF_ONE, day).await?
    } else {
        let hour = TimeDelta::hours(1);
        allowed(app, "picture from", &caller.network(), AN_HOUR_FROM_A_NETWORK, hour).await?
    };
    if !once_more {
        let often = if reader.is_some() { "picture-problem-often" } else { "picture-problem-busy" };
        return Ok(Err(often));
    }
    Ok(picturing::ready(held.bytes).await.map_err(|refusal| match refusal {
        Refusal::Kind => "picture-problem-kind",
        Refusal::Moving => "picture-problem-moving",
        Refusal::Vast => "picture-problem-vast",
        Refusal::Broken => "picture-problem-broken",
    }))
}

/// Whose a picture is until its question is posted.
fn holder(reader: Option<&Reader>, browser: &Browser) -> Holder {
    Holder {
        contact: reader.map(|reader| reader.customer.id),
        browser_hash: browser.secret.as_ref().map(Secret::hash),
    }
}

/// Keeps a picture until its question is posted, under a name that nobody guesses.
async fn keep(app: &App, holder: &Holder, ready: &Ready) -> Result<Picture, PageError> {
    let id = Builder::from_random_bytes(app.ids.random()).into_uuid();
    let txn = app.db.begin().await?;
    pictures::keep_draft(&txn, holder, id, ready, app.clock.now()).await?;
    txn.commit().await?;
    Ok(Picture {
        id,
        alt: String::new(),
        width: ready.width,
        height: ready.height,
        hash: ready.hash.clone(),
        hidden_why: None,
    })
}

async fn drop_it(app: &App, holder: &Holder, id: Uuid) -> Result<(), PageError> {
    let txn = app.db.begin().await?;
    pictures::drop_draft(&txn, holder, id).await?;
    txn.commit().await?;
    Ok(())
}
