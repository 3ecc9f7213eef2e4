//! What waits, and one question, as staff see them.

use anyhow::Context;
use chrono::{DateTime, TimeDelta, Utc};
use content::markdown;
use templates::{
    CommunityButton, CommunityLine, CommunityPage, CommunityPicture, CommunityQuestionPage, CommunityReply,
    CommunityReport, ENGLISH, WaitingRow,
};
use uuid::Uuid;

use super::super::rail;
use super::HERE;
use crate::app::App;
use crate::store::moderation;
use crate::store::pictures;
use crate::store::questions::{self, AskedOf, Held, Question, State};
use crate::store::replies::{self, Author, Badge, Reply};
use crate::web::center::ask;
use crate::web::error::PageError;
use crate::web::visitor::Staff;

/// Lines of each list at most.
const MOST: u64 = 100;
/// First posts of so many days.
const LATELY: TimeDelta = TimeDelta::days(7);
/// What waits longer is late.
const LATE: TimeDelta = TimeDelta::hours(24);

/// Everything that waits.
pub(super) async fn list(app: &App, staff: &Staff) -> Result<CommunityPage, PageError> {
    let (db, now) = (app.db.read(), app.clock.now());
    let experts = replies::experts(db).await?;
    let expert = |question: &Question| {
        let about = experts.iter().find(|(product, ..)| product.is_some() && *product == question.product);
        about.or_else(|| experts.first()).map(|(_, name, _)| name.clone())
    };
    let mut page = CommunityPage {
        rail: rail(app, staff, HERE),
        unanswered: Vec::new(),
        reports: Vec::new(),
        held: Vec::new(),
        first_posts: Vec::new(),
    };
    for one in questions::unanswered(db, MOST).await? {
        let row = row(app, &one, one.at, now).await?;
        page.unanswered.push(WaitingRow { expert: expert(&one), ..row });
    }
    for one in questions::held(db, MOST).await? {
        let row = row(app, &one, one.at, now).await?;
        page.held.push(WaitingRow { expert: expert(&one), ..row });
    }
    for reply in replies::held(db, MOST).await? {
        page.held.extend(about_reply(app, &reply, now).await?);
    }
    for one in questions::first_posts(db, now - LATELY, MOST).await? {
        page.first_posts.push(row(app, &one, one.at, now).await?);
    }
    for reply in replies::first_posts(db, now - LATELY, MOST).await? {
        page.first_posts.extend(about_reply(app, &reply, now).await?);
    }
    for report in moderation::reports(db, None, MOST).await? {
        let Some(one) = questions::of_account(db, report.account, report.question).await? else { continue };
        let about = if report.why.is_empty() { "no reason given".to_owned() } else { report.why };
        let row = row(app, &one, report.at, now).await?;
        page.reports.push(WaitingRow { about, ..row });
    }
    Ok(page)
}

async fn about_reply(app: &App, reply: &Reply, now: DateTime<Utc>) -> Result<Option<WaitingRow>, PageError> {
    let Some(one) = questions::of_account(app.db.read(), reply.account, reply.question).await? else {
        return Ok(None);
    };
    let about = format!("A reply of {}", author(app, reply).await?);
    Ok(Some(WaitingRow { about, ..row(app, &one, reply.at, now).await? }))
}

async fn row(
    app: &App,
    one: &Question,
    since: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<WaitingRow, PageError> {
    let waits = now - since;
    let badges = [
        (one.asked_of == AskedOf::Expert).then_some("For experts only"),
        one.first_post.then_some("First post"),
        one.held.map(held),
        (one.state == State::Hidden).then_some("Taken down"),
    ];
    Ok(WaitingRow {
        title: one.title.clone(),
        href: format!("{HERE}/{}", one.slug),
        about: asker(app, one).await?,
        age: age(waits),
        late: waits > LATE,
        badges: badges.into_iter().flatten().map(str::to_owned).collect(),
        expert: None,
    })
}

/// "3 hours".
fn age(waits: TimeDelta) -> String {
    let (count, one) = match waits {
        waits if waits < TimeDelta::hours(1) => (waits.num_minutes().max(0), "minute"),
        waits if waits < TimeDelta::hours(48) => (waits.num_hours(), "hour"),
        waits => (waits.num_days(), "day"),
    };
    if count == 1 { format!("1 {one}") } else { format!("{count} {one}s") }
}

fn held(why: Held) -> &'static str {
    match why {
        Held::Many => "Very many came from there",
        Held::Banned => "We look at their posts first",
    }
}

async fn asker(app: &App, one: &Question) -> Result<String, PageError> {
    let names = questions::first_names(app.db.read(), std::iter::once(one.contact)).await?;
    let words = app.templates.words(ENGLISH);
    Ok(ask::who(words, names.get(&one.contact).map(String::as_str), one.trade.as_deref(), one.size))
}

async fn author(app: &App, reply: &Reply) -> Result<String, PageError> {
    Ok(match &reply.author {
        Author::Customer { contact, trade, size, .. } => {
            let names = questions::first_names(app.db.read(), std::iter::once(*contact)).await?;
            let words = app.templates.words(ENGLISH);
            ask::who(words, names.get(contact).map(String::as_str), trade.as_deref(), *size)
        }
        Author::Staff { name, badge: Badge::Expert, .. } => format!("{name}, expert"),
        Author::Staff { name, badge: Badge::Moderator, .. } => format!("{name}, moderator"),
        Author::Staff { name, .. } => format!("{name}, our team"),
    })
}

/// One question.
pub(super) async fn question(
    app: &App,
    staff: &Staff,
    one: &Question,
) -> Result<CommunityQuestionPage, PageError> {
    let db = app.db.read();
    let (standing, tone) = standing(one);
    let stands = matches!(one.state, State::Open | State::Answered | State::Solved);
    let facts = [
        (one.asked_of == AskedOf::Expert).then(|| "For experts only".to_owned()),
        one.first_post.then(|| "First post".to_owned()),
        one.held.map(|why| held(why).to_owned()),
        one.product.clone(),
        one.level.map(|level| level.as_str().to_owned()),
        one.hidden_why.clone(),
        one.merged_into.as_ref().map(|into| format!("Joined to /ask/{into}")),
    ];
    let all = replies::of(db, one).await?;
    let mut shown = Vec::with_capacity(all.len());
    for reply in &all {
        shown.push(view(app, one, reply).await?);
    }
    let who = |id: Option<Uuid>| match id {
        None => "The question".to_owned(),
        Some(id) => {
            let at = all.iter().position(|reply| reply.id == id);
            at.and_then(|at| shown.get(at))
                .map_or_else(|| "A reply".to_owned(), |reply| format!("The reply of {}", reply.who))
        }
    };
    let reports = moderation::reports(db, Some(one), MOST).await?;
    let reports = reports.into_iter().map(|report| CommunityReport {
        about: who(report.reply),
        reply: report.reply.map(|id| id.to_string()).unwrap_or_default(),
        why: report.why,
        at: moment(report.at),
    });
    let reports: Vec<_> = reports.collect();
    let log = moderation::lines(db, one).await?.into_iter().map(|line| CommunityLine {
        by: line.by,
        act: act(&line.act).to_owned(),
        why: line.why,
        at: moment(line.at),
    });
    Ok(CommunityQuestionPage {
        rail: rail(app, staff, HERE),
        title: one.title.clone(),
        who: asker(app, one).await?,
        at: moment(one.at),
        standing: standing.to_owned(),
        tone: tone.to_owned(),
        facts: facts.into_iter().flatten().collect(),
        details_html: html(one, &one.details)?,
        picture: picture(app, one).await?,
        public_href: one.is_public().then(|| one.path()),
        action: format!("{HERE}/{}", one.slug),
        buttons: [
            (one.held.is_some() && stands).then_some(CommunityButton::Publish),
            stands.then_some(CommunityButton::Hide),
            (one.state == State::Hidden).then_some(CommunityButton::Show),
            Some(looking_first(moderation::is_banned(db, one.account, one.contact).await?)),
        ]
        .into_iter()
        .flatten()
        .collect(),
        stands,
        replies: shown,
        reports,
        log: log.collect(),
        problem: None,
        typed: String::new(),
    })
}

async fn picture(app: &App, one: &Question) -> Result<Option<CommunityPicture>, PageError> {
    let picture = pictures::of_question(app.db.read(), one).await?;
    Ok(picture.map(|picture| CommunityPicture {
        src: format!("{HERE}/{}/picture", one.slug),
        alt: picture.alt,
        width: picture.width,
        height: picture.height,
        button: if picture.hidden_why.is_some() {
            CommunityButton::ShowPicture
        } else {
            CommunityButton::HidePicture
        },
        hidden_why: picture.hidden_why,
    }))
}

async fn view(app: &App, one: &Question, reply: &Reply) -> Result<CommunityReply, PageError> {
    let banned = match &reply.author {
        Author::Customer { account, contact, .. } => {
            Some(moderation::is_banned(app.db.read(), *account, *contact).await?)
        }
        Author::Staff { .. } => None,
    };
    let badges = [
        (one.accepted == Some(reply.id)).then(|| "Solved it".to_owned()),
        reply.held.map(|why| held(why).to_owned()),
        reply.hidden_why.as_ref().map(|why| format!("Taken down: {why}")),
        reply.first_post.then(|| "First post".to_owned()),
    ];
    let hidden = reply.hidden_why.is_some();
    Ok(CommunityReply {
        id: reply.id.to_string(),
        who: author(app, reply).await?,
        at: moment(reply.at),
        badges: badges.into_iter().flatten().collect(),
        body_html: html(one, &reply.body)?,
        buttons: [
            (reply.held.is_some() && !hidden).then_some(CommunityButton::Publish),
            Some(if hidden { CommunityButton::Show } else { CommunityButton::Hide }),
            (!hidden).then_some(CommunityButton::Fix),
            banned.map(looking_first),
        ]
        .into_iter()
        .flatten()
        .collect(),
    })
}

/// The button beside somebody's posts.
fn looking_first(banned: bool) -> CommunityButton {
    if banned { CommunityButton::Unban } else { CommunityButton::Ban }
}

fn standing(one: &Question) -> (&'static str, &'static str) {
    match one.state {
        State::Hidden => ("Taken down", "bad"),
        State::Merged => ("Joined to another", ""),
        _ if one.held.is_some() => ("A person looks first", "warn"),
        State::Open => ("No reply yet", "warn"),
        State::Answered => ("Answered", "info"),
        State::Solved => ("Solved", "good"),
    }
}

/// What was done, in words.
fn act(word: &str) -> &str {
    match word {
        "answer" => "Answered",
        "merge" => "Joined to another",
        "hide" => "Taken down",
        "show" => "Put back",
        "publish" => "Shown to everyone",
        "fix" => "Draft of a fix",
        "ban" => "Posts are looked at first",
        "unban" => "Posts are shown at once again",
        "settle" => "Report settled, nothing changed",
        "hide-picture" => "Picture taken down",
        "show-picture" => "Picture put back",
        other => other,
    }
}

fn moment(at: DateTime<Utc>) -> String {
    at.format("%-d %B %Y, %H:%M UTC").to_string()
}

fn html(one: &Question, text: &str) -> Result<String, PageError> {
    Ok(markdown::post_to_html(text).with_context(|| format!("drawing the question {}", one.id))?)
}
