//! Deciding about one comment, one unclear step or one search that found nothing: with a reason and a name, and with
//! one note to everybody who asked to hear.

use axum::Extension;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use serde::Deserialize;
use serde_json::json;
use templates::{DecideOption, DecidePage, ENGLISH, FieldProblem};
use uuid::Uuid;

use super::{DAYS, DECIDE, FEEDBACK, address, percent, step};
use crate::app::App;
use crate::ids;
use crate::shelf::Shelf;
use crate::store::decisions::{self, About, Decision, What};
use crate::store::feedback::{self, Waiting};
use crate::store::notices::{self, Kind, Notice, Person};
use crate::web::console::{framed, rail};
use crate::web::error::{PageError, Plain};
use crate::web::forms::Checked;
use crate::web::frame::Visit;
use crate::web::visitor::Staff;

/// The longest words of a decision.
const LONGEST: usize = 500;

/// What is decided about, and the form as it was typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Deciding {
    about: String,
    subject: String,
    what: String,
    target: String,
    because: String,
    told: String,
}

/// Shows one thing to decide about.
pub async fn show(
    State(app): State<App>,
    visit: Visit,
    staff: Staff,
    shelf: Shelf,
    Query(form): Query<Deciding>,
) -> Result<Html<String>, PageError> {
    let thing = Thing::find(&app, &shelf, &form).await?;
    let form = Deciding { about: form.about, subject: form.subject, ..Deciding::default() };
    let page = thing.page(&app, &staff, &form, Vec::new());
    Ok(Html(app.templates.feedback_decide(&framed(&app, &visit, &staff), &page)?))
}

/// Keeps a decision, and queues one note to everybody who waits when there is something to tell them.
pub async fn create(
    State(app): State<App>,
    visit: Visit,
    staff: Staff,
    shelf: Shelf,
    Checked(form): Checked<Deciding>,
) -> Result<Response, PageError> {
    let thing = Thing::find(&app, &shelf, &form).await?;
    let decision = match thing.decision(&app, &staff, &form) {
        Ok(decision) => decision,
        Err(problems) => {
            let page = thing.page(&app, &staff, &form, problems);
            let html = app.templates.feedback_decide(&framed(&app, &visit, &staff), &page)?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, Extension(Plain), Html(html)).into_response());
        }
    };
    let told = sound(&form.told);
    let txn = app.db.begin().await?;
    decisions::keep(&txn, &decision).await?;
    if !told.is_empty() {
        for waiting in &thing.waiting {
            if feedback::noted(&txn, waiting.said.account, waiting.said.id, decision.at).await? {
                notices::queue(&txn, &note(&app, waiting, &thing.note_title, &told), decision.at).await?;
            }
        }
    }
    txn.commit().await?;
    Ok(Redirect::to(&format!("{FEEDBACK}#decided")).into_response())
}

/// One thing that people said.
struct Thing {
    about: About,
    title: String,
    lines: Vec<String>,
    href: Option<String>,
    waiting: Vec<Waiting>,
    /// The title of the note; empty where the note finds its own.
    note_title: String,
}

impl Thing {
    async fn find(app: &App, shelf: &Shelf, form: &Deciding) -> Result<Self, PageError> {
        let db = app.db.read();
        let about = About::ALL.into_iter().find(|about| about.word() == form.about);
        match about.ok_or(PageError::NotFound)? {
            About::Comment => {
                let id: Uuid = form.subject.parse().map_err(|_| PageError::NotFound)?;
                let kept = feedback::find_of_anybody(db, id).await?.ok_or(PageError::NotFound)?;
                let yes = if kept.said.yes { "yes" } else { "no" };
                Ok(Self {
                    about: About::Comment,
                    title: "A comment".to_owned(),
                    lines: vec![
                        format!("“{}”", kept.said.words),
                        format!("They said {yes} about {}.", kept.said.page),
                    ],
                    href: address(&kept.said.page),
                    waiting: feedback::waiting_for(db, id).await?,
                    note_title: String::new(),
                })
            }
            About::Step => {
                let (item, name) = form.subject.split_once('/').ok_or(PageError::NotFound)?;
                let all = feedback::steps(db, app.clock.now() - DAYS, u64::from(u16::MAX)).await?;
                let counted = all.into_iter().find(|one| one.item == item && one.step == name);
                let counted = counted.ok_or(PageError::NotFound)?;
                let there = step(shelf, item, name);
                let of = there.map_or_else(|| item.to_owned(), |(item, _)| item.title.clone());
                Ok(Self {
                    about: About::Step,
                    title: there.map_or_else(|| name.to_owned(), |(_, title)| title.to_owned()),
                    lines: vec![format!(
                        "A step of “{of}”. In the last 90 days {} of {} found it unclear: {}.",
                        counted.unclear,
                        counted.answers,
                        percent(counted.unclear, counted.answers)
                    )],
                    href: there.map(|_| format!("/learn/{item}/{name}")),
                    waiting: feedback::waiting_for_step(db, item, name).await?,
                    note_title: of,
                })
            }
            About::Search => {
                let words = form.subject.trim();
                let known = !words.is_empty() && words.chars().count() <= 200;
                Ok(Self {
                    about: About::Search,
                    title: known.then(|| words.to_owned()).ok_or(PageError::NotFound)?,
                    lines: vec!["Customers searched for these words and found nothing.".to_owned()],
                    href: None,
                    waiting: Vec::new(),
                    note_title: String::new(),
                })
            }
        }
    }

    /// What was decided, or what is wrong with the form.
    fn decision(&self, app: &App, staff: &Staff, form: &Deciding) -> Result<Decision, Vec<FieldProblem>> {
        let mut problems = Vec::new();
        let mut wrong = |field: &str, words: &str| {
            problems.push(FieldProblem { field: field.to_owned(), words: words.to_owned() });
        };
        let options = self.options();
        let what = options.iter().copied().find(|what| what.word() == form.what);
        if what.is_none() {
            wrong("what", "Choose what is done about it.");
        }
        let target: Vec<&str> =
            form.target.split(',').map(str::trim).filter(|phrase| !phrase.is_empty()).collect();
        let target = (what == Some(What::Map)).then(|| target.join(", "));
        let same = |target: &String| target.to_lowercase() == self.title.to_lowercase();
        if target.as_ref().is_some_and(|target| target.is_empty() || same(target)) {
            wrong("target", "Write what it means in our words, such as Wi-Fi.");
        }
        let because = sound(&form.because);
        if because.chars().count() < 5 {
            wrong("because", "Write why, or what is to be written, in a sentence.");
        }
        match what {
            Some(what) if problems.is_empty() => Ok(Decision {
                id: app.ids.next(),
                about: self.about,
                subject: form.subject.trim().to_owned(),
                what,
                target,
                because,
                by: staff.member.email.clone(),
                at: app.clock.now(),
            }),
            _ => Err(problems),
        }
    }

    /// What can be decided about such a thing.
    fn options(&self) -> Vec<What> {
        What::ALL.into_iter().filter(|what| self.about == About::Search || *what != What::Map).collect()
    }

    fn page(&self, app: &App, staff: &Staff, form: &Deciding, problems: Vec<FieldProblem>) -> DecidePage {
        let option = |what: What| {
            let (label, hint) = match what {
                What::Map => ("It means something of ours", "A search for these words finds ours, at once."),
                What::Write => ("Write it", "A task: say below what is to be written or changed."),
                What::Ignore => ("Leave it as it is", "Nothing is done. Say below why."),
            };
            DecideOption {
                value: what.word().to_owned(),
                label: label.to_owned(),
                hint: hint.to_owned(),
                chosen: form.what == what.word(),
            }
        };
        DecidePage {
            rail: rail(app, staff, FEEDBACK),
            action: DECIDE.to_owned(),
            problems,
            about: self.about.word().to_owned(),
            subject: form.subject.clone(),
            title: self.title.clone(),
            lines: self.lines.clone(),
            href: self.href.clone(),
            options: self.options().into_iter().map(option).collect(),
            target: form.target.clone(),
            because: form.because.clone(),
            told: form.told.clone(),
            waiting: self.waiting.len() as u64,
        }
    }
}

/// The one note about what came of something.
fn note(app: &App, waiting: &Waiting, title: &str, told: &str) -> Notice {
    let language = waiting.language.as_deref().unwrap_or(ENGLISH);
    let title = if title.is_empty() {
        app.templates.words(language).say("feedback-note-title")
    } else {
        title.to_owned()
    };
    Notice {
        id: ids::named(waiting.said.id, "notice", "what came of it"),
        person: Some(Person { account: waiting.said.account, contact: waiting.contact }),
        kind: Kind::Note,
        address: waiting.address.clone(),
        data: json!({
            "language": language,
            "first_name": waiting.first_name,
            "title": title,
            "words": told,
            "path": address(&waiting.said.page).unwrap_or_else(|| "/heard".to_owned()),
        }),
        due_at: app.clock.now(),
    }
}

fn sound(words: &str) -> String {
    words.trim().chars().filter(|letter| *letter == '\n' || !letter.is_control()).take(LONGEST).collect()
}
