//! A question in a list, and who asked or replied, as others see them.

use chrono_tz::Tz;
use content::Item;
use segments::SizeBand;
use templates::Words;
use templates::center::{Moment, QuestionRow, Standing};

use super::trade;
use crate::app::App;
use crate::store::questions::{self, AskedOf, Question, State};
use crate::store::replies;
use crate::web::center::times::moment;
use crate::web::error::PageError;

/// Questions as rows, with who asked, how many found them useful, and whether an expert replied.
pub(super) async fn rows(
    app: &App,
    words: &Words,
    zone: Tz,
    questions: &[Question],
) -> Result<Vec<QuestionRow>, PageError> {
    let db = app.db.read();
    let names = questions::first_names(db, questions.iter().map(|one| one.contact)).await?;
    let useful = replies::useful_to(db, questions).await?;
    let experts = replies::with_an_expert(db, questions).await?;
    let row = |one: &Question| {
        let name = names.get(&one.contact).map(String::as_str);
        QuestionRow {
            title: one.title.clone(),
            href: one.path(),
            initial: initial(words, name),
            who: who(words, name, one.trade.as_deref(), one.size),
            day: moment(words, one.at, zone),
            standing: standing(one),
            replies: one.replies,
            useful: useful.get(&one.id).map_or(0, |people| u32::try_from(*people).unwrap_or(u32::MAX)),
            expert: experts.contains(&one.id),
            first_post: one.first_post && one.state == State::Open,
            library: false,
        }
    };
    Ok(questions.iter().map(row).collect())
}

/// A question of the library as a row.
pub(super) fn of_library(words: &Words, item: &Item) -> QuestionRow {
    QuestionRow {
        title: item.title.clone(),
        href: item.path(),
        initial: initial(words, Some(&item.author.name)),
        who: item.author.name.clone(),
        day: Moment::on(item.checked_on, words.day(item.checked_on)),
        standing: Standing::Answered,
        replies: u32::try_from(item.steps.len()).unwrap_or(u32::MAX),
        useful: 0,
        expert: false,
        first_post: false,
        library: true,
    }
}

/// How a question stands, as its list says it.
pub fn standing(one: &Question) -> Standing {
    match one.state {
        State::Hidden => Standing::Hidden,
        State::Merged => Standing::Merged,
        _ if one.held.is_some() => Standing::Held,
        State::Solved => Standing::Solved,
        State::Open | State::Answered if one.asked_of == AskedOf::Expert => Standing::Private,
        State::Answered => Standing::Answered,
        State::Open => Standing::Open,
    }
}

/// First name, trade and size: never the company's name.
pub fn who(words: &Words, name: Option<&str>, code: Option<&str>, size: Option<SizeBand>) -> String {
    let name = name.map_or_else(|| words.say("ask-somebody"), str::to_owned);
    let size = size.map(|size| {
        let size = words.say(&format!("welcome-size-{}", size.as_str()));
        words.say_with("ask-people", &[("size", size.into())])
    });
    let parts = [Some(name), code.and_then(|code| trade(words, code)), size];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// The letter that stands for somebody.
pub fn initial(words: &Words, name: Option<&str>) -> String {
    let name = name.map_or_else(|| words.say("ask-somebody"), str::to_owned);
    name.chars()
        .find(|letter| letter.is_alphanumeric())
        .map(|letter| letter.to_uppercase().collect())
        .unwrap_or_default()
}
