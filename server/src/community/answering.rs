//! Answering: the reply, the letters to whoever waits for it, and what the one who asked says of it.

use anyhow::anyhow;
use chrono::{DateTime, SubsecRound, Utc};
use sea_orm::{ConnectionTrait, DbErr};
use segments::{Email, EventKind};
use serde_json::json;
use templates::ENGLISH;
use uuid::Uuid;

use super::{Posted, held};
use crate::app::App;
use crate::ids;
use crate::store::doors::Customer;
use crate::store::events::{self, NewEvent};
use crate::store::following;
use crate::store::notices::{self, Kind, Notice, Person};
use crate::store::questions::{self, Asker, Question};
use crate::store::replies::{self, Author, Reply};

/// Replies to a question. The same words of the same person are the same reply.
pub async fn reply(
    app: &App,
    question: &Question,
    by: &Asker,
    body: &str,
    network: &[u8],
) -> Result<Posted, DbErr> {
    let now = app.clock.now();
    let id = ids::named(by.contact, "reply", &format!("{}|{body}", question.id));
    let author =
        Author::Customer { account: by.account, contact: by.contact, trade: by.trade.clone(), size: by.size };
    let one = written(question, id, author, body, now);
    let (question, network, house) = (question.clone(), network.to_vec(), app.clone());
    let (account, contact) = (by.account, by.contact);
    let held = app
        .db
        .group()
        .commit(move |txn| {
            let (question, one) = (question.clone(), one.clone());
            let (network, app) = (network.clone(), house.clone());
            Box::pin(async move {
                if let Some(before) = replies::find(txn, &question, one.id).await? {
                    return Ok(before.held);
                }
                let held = held(&app, txn, (account, contact), &network).await?;
                let first_post = !questions::has_posted(txn, account, contact).await?;
                let one = Reply { held, first_post, ..one };
                replies::keep(txn, &one).await?;
                events::record(txn, &[answered(&question, &one, (account, contact), now)]).await?;
                if held.is_none() {
                    shown(&app, txn, &question, &one, now).await?;
                }
                Ok(held)
            })
        })
        .await?;
    Ok(Posted { id, held })
}

/// A reply as it is written first.
pub(super) fn written(
    question: &Question,
    id: Uuid,
    author: Author,
    body: &str,
    now: DateTime<Utc>,
) -> Reply {
    Reply {
        account: question.account,
        question: question.id,
        id,
        author,
        body: body.to_owned(),
        held: None,
        hidden_why: None,
        first_post: false,
        at: now,
    }
}

fn answered(
    question: &Question,
    one: &Reply,
    (account, contact): (Uuid, Uuid),
    now: DateTime<Utc>,
) -> NewEvent {
    NewEvent {
        contact: Some(contact.into()),
        value: Some(json!({ "about": "question", "id": question.id }).to_string()),
        product: question.product.clone(),
        recorded_at: now,
        ..NewEvent::of(
            ids::named(contact, "act", &format!("answered|{}", one.id)),
            account.into(),
            EventKind::Answered,
            now.trunc_subsecs(0),
        )
    }
}

/// A reply is shown now: the question counts it, and whoever follows hears of it, by one letter a day at most.
pub(super) async fn shown(
    app: &App,
    db: &impl ConnectionTrait,
    question: &Question,
    one: &Reply,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    questions::count_replies(db, question, now).await?;
    let mut people = following::followers(db, question).await?;
    people.retain(|person| *person != one.author.id());
    for person in questions::letters_for(db, &people).await? {
        // An address that is none any more gets no letter, and keeps nobody else from theirs.
        if let Ok(notice) = letter(app, question, one, &person, now) {
            notices::queue(db, &notice, now).await?;
        }
    }
    Ok(())
}

fn letter(
    app: &App,
    question: &Question,
    one: &Reply,
    to: &Customer,
    now: DateTime<Utc>,
) -> anyhow::Result<Notice> {
    let language = to.language.as_deref().unwrap_or(ENGLISH);
    let address = Email::parse(&to.email).map_err(|wrong| anyhow!("{wrong}"))?;
    Ok(Notice {
        id: ids::named(to.id, "answer", &format!("{}|{}", question.id, now.date_naive())),
        person: Some(Person { account: to.account, contact: to.id }),
        kind: Kind::Answer,
        address: address.key().to_owned(),
        data: json!({
            "language": language,
            "first_name": to.first_name,
            "title": question.title,
            "words": app.templates.words(language).say("ask-letter-words"),
            "path": question.path(),
            "account": question.account,
            "question": question.id,
            // Whether an answer of ours helped is asked right there.
            "asks": matches!(one.author, Author::Staff { .. })
                .then(|| format!("/useful/answer?page={}", question.path())),
        }),
        due_at: now,
    })
}

/// "This solved it", or no longer; only the one who asked may say so. Whether it was kept.
pub async fn accept(
    app: &App,
    question: &Question,
    contact: Uuid,
    reply: Option<Uuid>,
) -> Result<bool, DbErr> {
    let (question, now) = (question.clone(), app.clock.now());
    app.db
        .group()
        .commit(move |txn| {
            let question = question.clone();
            Box::pin(async move {
                if let Some(reply) = reply
                    && !replies::find(txn, &question, reply).await?.is_some_and(|reply| reply.is_shown())
                {
                    return Ok(false);
                }
                questions::accept(txn, &question, contact, reply, now).await
            })
        })
        .await
}
