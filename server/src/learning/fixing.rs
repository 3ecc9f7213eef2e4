//! Fixes as people go through them: what stands in one, and whether a step helped.

use chrono::{DateTime, SubsecRound, Utc};
use content::{Item, Step};
use sea_orm::DbErr;
use segments::EventKind;
use serde_json::json;
use uuid::Uuid;

use super::{finishing, steps};
use crate::app::App;
use crate::ids::{self, Ids};
use crate::store::events::{self, NewEvent};
use crate::store::fixes::{self, Tried};
use crate::store::progress::Learner;

/// What stands in a fix.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parts<'a> {
    /// How to see whether this is one's problem.
    pub is_this_you: Option<&'a Step>,
    /// What comes before the first step.
    pub before: Vec<&'a Step>,
    /// The steps to try, the quickest first.
    pub tries: Vec<Try<'a>>,
    /// What to do while it is not fixed.
    pub meanwhile: Vec<&'a Step>,
    /// What to say to a person.
    pub say: Option<&'a Step>,
    /// What keeps it from coming back.
    pub afterwards: Option<&'a Step>,
}

/// One step to try.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Try<'a> {
    /// Its name in what is kept.
    pub name: String,
    /// Its heading without "Step 1:".
    pub title: &'a str,
    /// What to do.
    pub step: &'a Step,
}

/// Takes a fix apart. "Step 1: …" is a step in any language; a fix without numbers is all steps.
pub fn parts(item: &Item) -> Parts<'_> {
    let names = steps::names(item);
    let is_try = |step: &Step| numbered(&step.title).is_some();
    let first = item.steps.iter().position(is_try);
    let (from, to) = match (first, item.steps.iter().rposition(is_try)) {
        (Some(first), Some(last)) => (first, last + 1),
        _ => (0, item.steps.len()),
    };
    let called = |step: &&Step, words: &str| step.title.trim().eq_ignore_ascii_case(words);
    let mut before: Vec<&Step> = item.steps[..from].iter().collect();
    let is_this_you = (!before.is_empty()).then(|| before.remove(0));
    let mut after: Vec<&Step> = item.steps[to..].iter().collect();
    let named = after.iter().position(|step| called(step, "What to say if you call"));
    let say = named.or_else(|| after.iter().rposition(|step| !step.say_this.is_empty()));
    let say = say.map(|at| after.remove(at));
    let named = after.iter().position(|step| called(step, "So it does not come back"));
    let afterwards = named.or_else(|| after.len().checked_sub(1)).map(|at| after.remove(at));
    let tries = item.steps[from..to].iter().zip(&names[from..to]).map(|(step, name)| Try {
        name: name.clone(),
        title: numbered(&step.title).unwrap_or(&step.title),
        step,
    });
    Parts { is_this_you, before, tries: tries.collect(), meanwhile: after, say, afterwards }
}

/// What follows "Step 1:" in a heading, when it begins so.
fn numbered(title: &str) -> Option<&str> {
    let (mark, rest) = title.split_once(": ")?;
    let (word, number) = mark.split_once(' ')?;
    let is_number = !number.is_empty() && number.chars().all(|digit| digit.is_ascii_digit());
    (is_number && word.chars().all(char::is_alphabetic)).then_some(rest.trim())
}

/// Keeps whether a step helped, of somebody we know or of nobody. A problem that is fixed is a fix that was finished.
pub async fn answer(
    app: &App,
    who: Option<Learner>,
    item: &str,
    step: &str,
    fixed: bool,
) -> Result<(), DbErr> {
    let now = app.clock.now();
    let day = now.date_naive();
    let id = who.map(|who| ids::named(who.contact, "fix-answer", &format!("{item}|{step}|{day}")));
    let tried = Tried {
        id: id.unwrap_or_else(|| Ids::of_the_machine().next()),
        account: who.map_or_else(Uuid::nil, |who| who.account),
        contact: who.map(|who| who.contact),
        item: item.to_owned(),
        step: step.to_owned(),
        fixed,
        at: now,
    };
    let event = who.map(|who| event(who, &tried, now));
    app.db
        .group()
        .commit(move |txn| {
            let (tried, event) = (tried.clone(), event.clone());
            Box::pin(async move {
                fixes::keep(txn, &tried).await?;
                events::record(txn, event.as_slice()).await?;
                Ok(())
            })
        })
        .await?;
    match who.filter(|_| fixed) {
        Some(who) => finishing::finish(app, who, item, None, None).await,
        None => Ok(()),
    }
}

fn event(who: Learner, tried: &Tried, now: DateTime<Utc>) -> NewEvent {
    let at = now.trunc_subsecs(0);
    let name = format!("fix|{}|{}|{}|{}", tried.item, tried.step, tried.fixed, at.timestamp());
    NewEvent {
        contact: Some(who.contact.into()),
        item: Some(tried.item.clone()),
        value: Some(json!({ "about": "fix", "step": tried.step, "fixed": tried.fixed }).to_string()),
        recorded_at: now,
        ..NewEvent::of(ids::named(who.contact, "act", &name), who.account.into(), EventKind::Form, at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shelf::Shelf;

    #[test]
    fn every_fix_of_the_library_has_steps_words_to_say_and_what_keeps_it_away() {
        let shelf = Shelf::starter().unwrap();
        let fixes = shelf.catalogue.iter().filter(|item| item.path().starts_with("/fix/"));
        let mut count = 0;
        for item in fixes {
            let parts = parts(item);
            count += 1;
            assert!(parts.tries.len() >= 3, "{}: {:?}", item.slug, parts.tries.len());
            let titled = |step: Option<&Step>, title: &str| step.is_some_and(|step| step.title == title);
            assert!(titled(parts.is_this_you, "Is this you?"), "{}", item.slug);
            assert!(titled(parts.say, "What to say if you call"), "{}", item.slug);
            assert!(titled(parts.afterwards, "So it does not come back"), "{}", item.slug);
            assert!(parts.tries.iter().all(|one| !one.title.starts_with("Step ")), "{}", item.slug);
        }
        assert!(count > 10, "{count} fixes");
    }

    #[test]
    fn a_numbered_heading_is_a_step_in_any_language_and_nothing_else_is() {
        assert_eq!(numbered("Step 1: Turn it off"), Some("Turn it off"));
        assert_eq!(numbered("Paso 12: Apágalo"), Some("Apágalo"));
        for other in ["Is this you?", "Step: one", "Step one: go", "2: go", "First, save the day: call"] {
            assert_eq!(numbered(other), None, "{other}");
        }
    }
}
