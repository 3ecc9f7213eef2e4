//! A question with its replies, as one reader sees it.

use std::collections::{BTreeSet, HashMap};

use anyhow::Context;
use chrono_tz::Tz;
use content::markdown;
use segments::SizeBand;
use templates::center::{
    FollowButton, PictureView, PlaceKind, QuestionPage, ReplyView, StaffBadge, UsefulButton,
};
use templates::{Frame, Words};
use uuid::Uuid;

use super::super::ask::{self, initial, named};
use super::super::times::{self, moment};
use super::super::{around, pictures as pictures_of, shown};
use super::{helped, is_asker, is_private};
use crate::app::App;
use crate::shelf::Shelf;
use crate::store::following;
use crate::store::pictures;
use crate::store::questions::{self, Question, State};
use crate::store::replies::{self, Author, Badge, Reply};
use crate::web::error::PageError;
use crate::web::visitor::Reader;

/// The page for this reader, who may read it.
pub(super) async fn page(
    app: &App,
    shelf: &Shelf,
    frame: &Frame,
    reader: Option<&Reader>,
    question: &Question,
    noted: &str,
) -> Result<QuestionPage, PageError> {
    let (db, words) = (app.db.read(), app.templates.words(&frame.language));
    let me = reader.map(|reader| reader.customer.id);
    let mut replies = replies::of(db, question).await?;
    // One's own reply stands there for oneself while a person looks at it.
    replies.retain(|reply| reply.is_shown() || (reply.hidden_why.is_none() && me == Some(reply.author.id())));
    let people = replies.iter().map(|reply| reply.author.id()).chain([question.contact]);
    let names = questions::first_names(db, people).await?;
    let useful = replies::useful(db, question).await?;
    let asker = is_asker(question, reader);
    let path = question.path();
    let stands = matches!(question.state, State::Open | State::Answered | State::Solved);
    let zone = times::zone(reader);
    let seen = Seen { words, zone, names: &names, useful: &useful, me, asker, path: &path, noted, stands };
    let (accepted, mut others): (Vec<&Reply>, Vec<&Reply>) =
        replies.iter().partition(|reply| Some(reply.id) == question.accepted);
    // After the one that solved it an expert's word, then the others as they came.
    others.sort_by_key(|reply| !matches!(reply.author, Author::Staff { badge: Badge::Expert, .. }));
    let name = names.get(&question.contact).map(String::as_str);
    let follows = match me {
        Some(me) => Some(following::is_followed(db, question, me).await?),
        None => None,
    };
    let level = question.level.map(|level| words.say(&format!("level-{}", level.as_str())));
    let product = match &question.product {
        Some(code) => Some(named(app).await?.remove(code).unwrap_or_else(|| code.clone())),
        None => None,
    };
    let fix = question.problem.as_ref().and_then(|slug| slug.parse().ok());
    let mut page = QuestionPage {
        around: around(app, reader, Some(PlaceKind::Ask)),
        language: question.language.clone(),
        title: question.title.clone(),
        initial: initial(words, name),
        who: ask::who(words, name, question.trade.as_deref(), question.size),
        day: moment(words, question.at, zone),
        standing: ask::standing(question),
        first_post: question.first_post && question.state == State::Open,
        note: note(words, question, asker, noted),
        details_html: html(question, &question.details)?,
        picture: picture(app, words, question, asker).await?,
        chosen: [product, level].into_iter().flatten().collect(),
        fix: fix.and_then(|slug| shown::link(app, shelf, &slug)),
        accepted: None,
        replies: Vec::with_capacity(others.len()),
        useful: seen.button(Uuid::nil(), question.contact),
        follow: follows.filter(|_| stands).map(|on| FollowButton { action: format!("{path}/follow"), on }),
        share_url: question.is_public().then(|| format!("{}{path}", frame.base_url)),
        report_action: format!("{path}/report"),
        reported: noted == "reported",
        reply_action: me.filter(|_| stands).map(|_| format!("{path}/replies")),
        typed: String::new(),
        problems: Vec::new(),
    };
    if let Some(reply) = accepted.first() {
        page.accepted = Some(seen.reply(question, reply)?);
    }
    for reply in others {
        page.replies.push(seen.reply(question, reply)?);
    }
    Ok(page)
}

/// Its picture. One that a moderator took down is there for the one who asked, with the reason.
async fn picture(
    app: &App,
    words: &Words,
    question: &Question,
    asker: bool,
) -> Result<Option<PictureView>, PageError> {
    let Some(picture) = pictures::of_question(app.db.read(), question).await? else { return Ok(None) };
    let why = picture.hidden_why.clone();
    let note = why.map(|why| words.say_with("picture-hidden", &[("why", why.into())]));
    let shown = asker || note.is_none();
    Ok(shown.then(|| PictureView { note, ..pictures_of::view(&picture) }))
}

/// What a reply is called on the page.
pub(super) fn anchor(reply: Uuid) -> String {
    format!("r-{}", reply.simple())
}

/// What the reader should know first.
fn note(words: &Words, question: &Question, asker: bool, noted: &str) -> Option<String> {
    if !asker {
        return None;
    }
    match question.state {
        State::Hidden => {
            let why = question.hidden_why.clone().unwrap_or_default();
            Some(words.say_with("ask-note-hidden", &[("why", why.into())]))
        }
        _ if question.held.is_some() => Some(words.say("ask-note-held")),
        _ if noted == "posted" && is_private(question) => Some(words.say("ask-posted-private")),
        _ if noted == "posted" => Some(words.say("ask-posted")),
        _ if is_private(question) => Some(words.say("ask-note-private")),
        _ => None,
    }
}

/// What all replies of one page have in common for one reader.
struct Seen<'a> {
    words: &'a Words,
    zone: Tz,
    names: &'a HashMap<Uuid, String>,
    useful: &'a HashMap<Uuid, BTreeSet<Uuid>>,
    me: Option<Uuid>,
    asker: bool,
    path: &'a str,
    noted: &'a str,
    stands: bool,
}

impl Seen<'_> {
    fn reply(&self, question: &Question, reply: &Reply) -> Result<ReplyView, PageError> {
        let (name, badge) = match &reply.author {
            Author::Customer { contact, .. } => (self.names.get(contact).map(String::as_str), None),
            Author::Staff { name, badge, .. } => (Some(name.as_str()), Some(staff_badge(*badge))),
        };
        let (trade, size): (Option<&str>, Option<SizeBand>) = match &reply.author {
            Author::Customer { trade, size, .. } => (trade.as_deref(), *size),
            Author::Staff { .. } => (None, None),
        };
        let accepts = self.asker && self.stands && reply.is_shown();
        let (id, ours) = (anchor(reply.id), helped::is_ours(reply));
        let button = self.button(reply.id, reply.author.id());
        Ok(ReplyView {
            thanked: self.noted == helped::noted(&id),
            id,
            initial: initial(self.words, name),
            who: ask::who(self.words, name, trade, size),
            badge,
            day: moment(self.words, reply.at, self.zone),
            body_html: html(question, &reply.body)?,
            // Under an answer of ours one question is enough.
            useful: if ours { UsefulButton { action: None, ..button } } else { button },
            helped_action: (ours && self.stands)
                .then(|| format!("{}/answers/{}/helped", self.path, reply.id)),
            accept_action: accepts.then(|| format!("{}/accept", self.path)),
            first_post: reply.first_post,
            held: reply.held.is_some(),
        })
    }

    fn button(&self, reply: Uuid, author: Uuid) -> UsefulButton {
        let people = self.useful.get(&reply);
        let may = self.stands && self.me.is_some_and(|me| me != author);
        UsefulButton {
            count: people.map_or(0, |people| u32::try_from(people.len()).unwrap_or(u32::MAX)),
            action: may.then(|| format!("{}/useful", self.path)),
            reply: if reply.is_nil() { String::new() } else { reply.to_string() },
            mine: self.me.zip(people).is_some_and(|(me, people)| people.contains(&me)),
        }
    }
}

fn staff_badge(badge: Badge) -> StaffBadge {
    match badge {
        Badge::Expert => StaffBadge::Expert,
        Badge::Moderator => StaffBadge::Moderator,
        Badge::Team => StaffBadge::Team,
    }
}

/// A post as clean HTML. What was kept could be drawn when it was kept.
fn html(question: &Question, text: &str) -> Result<String, PageError> {
    Ok(markdown::post_to_html(text).with_context(|| format!("drawing the question {}", question.id))?)
}
