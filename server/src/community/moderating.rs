//! What members of staff do: answer, join, hide and show, publish, look at somebody's posts first. All of it is kept
//! with who did it and why, in the same transaction.

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, DbErr};
use uuid::Uuid;

use super::answering;
use crate::app::App;
use crate::ids;
use crate::store::doors::{Member, Role};
use crate::store::following;
use crate::store::moderation::{self, Act, Done};
use crate::store::pictures;
use crate::store::questions::{self, Question};
use crate::store::replies::{self, Author, Badge, Reply};

/// Who did something, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Because {
    /// The member of staff.
    pub staff: Uuid,
    /// Their reason.
    pub why: String,
}

/// What a member of staff is to customers: their first name as their address has it, and their badge.
pub fn called(member: &Member) -> (String, Badge) {
    let badge = match member.role {
        Role::Expert => Badge::Expert,
        Role::Moderator => Badge::Moderator,
        _ => Badge::Team,
    };
    let before = member.email.split(['@', '.', '+', '_', '-']).next().unwrap_or_default();
    let mut letters = before.chars();
    let name = letters.next().map(|first| first.to_uppercase().chain(letters).collect());
    (name.unwrap_or_default(), badge)
}

/// Answers for the house. The same words of the same member are the same reply.
pub async fn answer(app: &App, question: &Question, member: &Member, body: &str) -> Result<(), DbErr> {
    let now = app.clock.now();
    let (name, badge) = called(member);
    let id = ids::named(member.id, "reply", &format!("{}|{body}", question.id));
    let author = Author::Staff { id: member.id, name, badge };
    let one = answering::written(question, id, author, body, now);
    let (house, question) = (app.clone(), question.clone());
    let because = Because { staff: member.id, why: String::new() };
    app.db
        .group()
        .commit(move |txn| {
            let (app, question, one, because) =
                (house.clone(), question.clone(), one.clone(), because.clone());
            Box::pin(async move {
                if replies::keep(txn, &one).await? {
                    answering::shown(&app, txn, &question, &one, now).await?;
                    log(&app, txn, &question, Some(one.id), Act::Answer, &because, now).await?;
                }
                Ok(())
            })
        })
        .await
}

/// Does something to a question, or to one reply to it; whether there was anything to do.
pub async fn act(
    app: &App,
    question: &Question,
    reply: Option<&Reply>,
    act: Act,
    because: &Because,
) -> Result<bool, DbErr> {
    let now = app.clock.now();
    let (house, question, reply, because) = (app.clone(), question.clone(), reply.cloned(), because.clone());
    app.db
        .group()
        .commit(move |txn| {
            let (app, question, reply, because) =
                (house.clone(), question.clone(), reply.clone(), because.clone());
            Box::pin(async move {
                let done = do_it(&app, txn, &question, reply.as_ref(), act, &because, now).await?;
                if done {
                    let about = reply.as_ref().map(|reply| reply.id);
                    log(&app, txn, &question, about, act, &because, now).await?;
                }
                Ok(done)
            })
        })
        .await
}

async fn do_it(
    app: &App,
    db: &impl ConnectionTrait,
    question: &Question,
    reply: Option<&Reply>,
    act: Act,
    because: &Because,
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let about = reply.map(|reply| reply.id);
    let whose = match reply.map(|reply| &reply.author) {
        None => Some((question.account, question.contact)),
        Some(Author::Customer { account, contact, .. }) => Some((*account, *contact)),
        Some(Author::Staff { .. }) => None,
    };
    Ok(match (act, reply) {
        (Act::Hide, None) => {
            moderation::settle(db, question, None, now).await?;
            questions::hide(db, question, &because.why, now).await?
        }
        (Act::Hide, Some(reply)) => {
            moderation::settle(db, question, about, now).await?;
            let hidden = replies::hide(db, reply, Some(&because.why)).await?;
            if question.accepted == about {
                questions::accept(db, question, question.contact, None, now).await?;
            }
            questions::count_replies(db, question, now).await?;
            hidden
        }
        (Act::Show, None) => questions::show(db, question, now).await?,
        (Act::Show, Some(reply)) => {
            let shown = replies::hide(db, reply, None).await?;
            questions::count_replies(db, question, now).await?;
            shown
        }
        (Act::Publish, None) => questions::publish(db, question, now).await?,
        (Act::Publish, Some(reply)) => {
            let published = replies::publish(db, reply).await?;
            if published {
                answering::shown(app, db, question, reply, now).await?;
            }
            published
        }
        (Act::Ban, _) => match whose {
            Some((account, contact)) => {
                moderation::ban(db, account, contact, now).await?;
                true
            }
            None => false,
        },
        (Act::Unban, _) => match whose {
            Some((account, contact)) => {
                moderation::unban(db, account, contact, now).await?;
                true
            }
            None => false,
        },
        (Act::Settle, _) => {
            moderation::settle(db, question, about, now).await?;
            true
        }
        (Act::HidePicture, None) => pictures::hide(db, question, Some(&because.why)).await?,
        (Act::ShowPicture, None) => pictures::hide(db, question, None).await?,
        (Act::Fix, Some(_)) => true,
        (Act::HidePicture | Act::ShowPicture, Some(_)) | (Act::Fix, None) | (Act::Answer | Act::Merge, _) => {
            false
        }
    })
}

/// Joins a question to another one: whoever asked or followed it hears of replies there.
pub async fn merge(
    app: &App,
    question: &Question,
    into: &Question,
    because: &Because,
) -> Result<bool, DbErr> {
    let now = app.clock.now();
    let (house, question, into, because) = (app.clone(), question.clone(), into.clone(), because.clone());
    app.db
        .group()
        .commit(move |txn| {
            let (app, question, into, because) =
                (house.clone(), question.clone(), into.clone(), because.clone());
            Box::pin(async move {
                if !into.is_public() || into.id == question.id {
                    return Ok(false);
                }
                let merged = questions::merge(txn, &question, &into, now).await?;
                if merged {
                    for person in following::followers(txn, &question).await? {
                        following::follow(txn, &into, person, now).await?;
                    }
                    log(&app, txn, &question, None, Act::Merge, &because, now).await?;
                }
                Ok(merged)
            })
        })
        .await
}

async fn log(
    app: &App,
    db: &impl ConnectionTrait,
    question: &Question,
    reply: Option<Uuid>,
    act: Act,
    because: &Because,
    at: DateTime<Utc>,
) -> Result<(), DbErr> {
    let (staff, why) = (because.staff, because.why.clone());
    moderation::log(db, question, &Done { id: app.ids.next(), reply, staff, act, why, at }).await
}
