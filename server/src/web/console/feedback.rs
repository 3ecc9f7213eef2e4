//! `/console/feedback`: what people say about pages and steps, and what is looked for in vain.

use std::collections::BTreeMap;

use axum::extract::State;
use axum::response::Html;
use chrono::TimeDelta;
use content::Item;
use templates::{CommentRow, DecidedRow, FeedbackListPage, PageAnswers, SearchRow, StepRow};

use super::{encoded, framed, rail};
use crate::app::App;
use crate::learning::steps;
use crate::shelf::Shelf;
use crate::store::decisions::{self, About, Decision, What};
use crate::store::feedback::{self, Kept, OfPage, OfStep};
use crate::store::unanswered;
use crate::web::error::PageError;
use crate::web::frame::Visit;
use crate::web::visitor::Staff;

pub(crate) mod deciding;

/// Where this page is.
pub const FEEDBACK: &str = "/console/feedback";
/// Where one thing is decided about.
pub const DECIDE: &str = "/console/feedback/decide";

/// So many days back steps and searches are counted.
pub(super) const DAYS: TimeDelta = TimeDelta::days(90);
/// Rows of each kind on the page.
const ROWS: u64 = 50;

type Decisions = BTreeMap<(About, String), Decision>;

/// Shows what people said lately, what nobody decided about first.
pub async fn list(
    State(app): State<App>,
    visit: Visit,
    staff: Staff,
    shelf: Shelf,
) -> Result<Html<String>, PageError> {
    let (db, now) = (app.db.read(), app.clock.now());
    let decisions = decisions::latest(db).await?;
    let pages = feedback::pages(db, now, ROWS).await?;
    let comments = feedback::comments(db, ROWS * 4).await?;
    let steps = feedback::steps(db, now - DAYS, ROWS).await?;
    let searches = unanswered::since(db, (now - DAYS).date_naive(), ROWS * 4).await?;
    let open = |about: About, subject: &str| !decisions.contains_key(&(about, subject.to_owned()));
    let page = FeedbackListPage {
        rail: rail(&app, &staff, FEEDBACK),
        heard_href: super::heard::HEARD.to_owned(),
        pages: pages.iter().map(of_page).collect(),
        comments: comments
            .into_iter()
            .filter(|kept| open(About::Comment, &kept.said.id.to_string()))
            .take(usize::try_from(ROWS).unwrap_or(usize::MAX))
            .map(comment)
            .collect(),
        steps: steps.iter().map(|step| of_step(&shelf, &decisions, step)).collect(),
        searches: searches
            .into_iter()
            .filter(|one| open(About::Search, &one.words))
            .take(usize::try_from(ROWS).unwrap_or(usize::MAX))
            .map(|one| SearchRow {
                decide_href: decide_href(About::Search, &one.words),
                words: one.words,
                count: one.count.unsigned_abs(),
                last_at: one.last_at,
            })
            .collect(),
        decided: decided(&shelf, decisions),
    };
    Ok(Html(app.templates.feedback_list(&framed(&app, &visit, &staff), &page)?))
}

fn of_page(row: &OfPage) -> PageAnswers {
    let share = |yes: i64, answers: i64| (answers > 0).then(|| percent(yes, answers));
    PageAnswers {
        href: address(&row.page),
        page: named(&row.about, &row.page),
        answers: row.answers.unsigned_abs(),
        yes: share(row.yes, row.answers),
        before: share(row.yes_before, row.answers_before)
            .map_or_else(|| "no answers".to_owned(), |share| format!("{share} of {}", row.answers_before)),
    }
}

/// "31 %", to the nearest.
pub(super) fn percent(part: i64, all: i64) -> String {
    format!("{} %", (part * 200 + all) / (2 * all.max(1)))
}

/// A page as staff call it.
fn named(about: &str, page: &str) -> String {
    match about {
        "letter" => match page.strip_prefix("notice.") {
            Some(kind) => format!("Service letter: {kind}"),
            None => format!("Letter: {page}"),
        },
        "call" => format!("Call, from {page}"),
        "answer" => format!("Answer, on {page}"),
        _ => page.to_owned(),
    }
}

/// Where a page is, when staff can go there.
pub(super) fn address(page: &str) -> Option<String> {
    (page.starts_with('/') && !page.contains('{')).then(|| page.to_owned())
}

fn comment(kept: Kept) -> CommentRow {
    CommentRow {
        page: named(kept.said.about.word(), &kept.said.page),
        yes: kept.said.yes,
        at: kept.said.at,
        member: kept.said.contact.is_some(),
        waits: kept.note_wanted && kept.noted_at.is_none(),
        decide_href: decide_href(About::Comment, &kept.said.id.to_string()),
        words: kept.said.words,
    }
}

fn of_step(shelf: &Shelf, decisions: &Decisions, row: &OfStep) -> StepRow {
    let subject = format!("{}/{}", row.item, row.step);
    let there = step(shelf, &row.item, &row.step);
    let decided = decisions.get(&(About::Step, subject.clone()));
    StepRow {
        item: shelf.catalogue.get(&row.item).map_or_else(|| row.item.clone(), |item| item.title.clone()),
        step: there.map_or_else(|| row.step.clone(), |(_, title)| title.to_owned()),
        href: there.map(|_| format!("/learn/{subject}")),
        share: percent(row.unclear, row.answers),
        answers: row.answers.unsigned_abs(),
        waiting: row.waiting.unsigned_abs(),
        decided: decided.map(|one| format!("{}: {} ({})", what(one), one.because, one.by)),
        decide_href: decide_href(About::Step, &subject),
    }
}

/// A step that there is, with its heading.
pub(super) fn step<'a>(shelf: &'a Shelf, item: &str, step: &str) -> Option<(&'a Item, &'a str)> {
    let item = shelf.catalogue.get(item)?;
    let at = steps::names(item).iter().position(|name| name == step)?;
    Some((item, item.steps[at].title.as_str()))
}

/// What was decided, what is still to be written first, then the newest.
fn decided(shelf: &Shelf, decisions: Decisions) -> Vec<DecidedRow> {
    let mut all: Vec<Decision> = decisions.into_values().collect();
    all.sort_by_key(|one| (one.what != What::Write, std::cmp::Reverse(one.at)));
    all.truncate(usize::try_from(ROWS).unwrap_or(usize::MAX));
    let row = |one: Decision| DecidedRow {
        what: what(&one),
        tone: if one.what == What::Write { "warn" } else { "" }.to_owned(),
        subject: match one.about {
            About::Search => format!("“{}”", one.subject),
            About::Comment => "A comment".to_owned(),
            About::Step => one
                .subject
                .split_once('/')
                .and_then(|(item, name)| step(shelf, item, name))
                .map_or_else(|| one.subject.clone(), |(item, title)| format!("{title} · {}", item.title)),
        },
        decide_href: decide_href(one.about, &one.subject),
        because: one.because,
        by: one.by,
        at: one.at,
    };
    all.into_iter().map(row).collect()
}

fn what(one: &Decision) -> String {
    match (one.what, &one.target) {
        (What::Map, Some(target)) => format!("Means {target}"),
        (What::Map, None) => "Means something of ours".to_owned(),
        (What::Write, _) => "To write".to_owned(),
        (What::Ignore, _) => "Left as it is".to_owned(),
    }
}

fn decide_href(about: About, subject: &str) -> String {
    format!("{DECIDE}?about={}&subject={}", about.word(), encoded(subject))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_rounded_to_the_nearest_and_of_nothing_is_none() {
        assert_eq!((percent(1, 3).as_str(), percent(2, 3).as_str()), ("33 %", "67 %"));
        assert_eq!(percent(0, 0), "0 %");
    }

    #[test]
    fn staff_can_go_to_a_page_and_to_no_letter_and_no_token() {
        assert_eq!(address("/fix/wifi"), Some("/fix/wifi".to_owned()));
        assert_eq!((address("welcome"), address("/p/{token}")), (None, None));
    }
}
