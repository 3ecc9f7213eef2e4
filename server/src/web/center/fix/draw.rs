//! One problem as its page shows it.

use content::{Format, Item};
use templates::Words;
use templates::center::{
    FixMark, FixPage, FixPerson, FixStep, IncidentLine, PlaceKind, Step, StepLink, WhyPanel,
};

use super::list::worked_for;
use super::status;
use crate::app::App;
use crate::learning::fixing::Parts;
use crate::router;
use crate::shelf::Shelf;
use crate::store::fixes;
use crate::store::incidents::Incident;
use crate::web::center::ask::others;
use crate::web::center::learn::{in_an_address, names, with_a_capital};
use crate::web::center::{around, keeping, shown, times};
use crate::web::error::PageError;
use crate::web::visitor::Reader;

/// After so many steps that did not help somebody is offered.
const ENOUGH: usize = 2;

/// One problem, and how far the reader came with it.
pub(super) struct Problem<'a> {
    pub app: &'a App,
    pub words: &'a Words,
    pub shelf: &'a Shelf,
    pub item: &'a Item,
    pub parts: Parts<'a>,
    /// How many steps did not help.
    pub tried: usize,
    /// The place of the step that just fixed it.
    pub fixed: Option<usize>,
}

impl Problem<'_> {
    /// The page.
    pub async fn page(&self, reader: Option<&Reader>, why: Option<WhyPanel>) -> Result<FixPage, PageError> {
        let (app, item, words, parts) = (self.app, self.item, self.words, &self.parts);
        let now = app.clock.now();
        let slug = item.slug.as_str();
        let worked = fixes::worked_for(app.db.read(), slug, now).await?;
        let section = |step: &content::Step| {
            Ok::<_, PageError>(Step { title: step.title.clone(), body_html: shown::html(item, &step.body)? })
        };
        let some = |step: Option<&content::Step>| step.map(section).transpose();
        let all =
            |steps: &[&content::Step]| steps.iter().map(|step| section(step)).collect::<Result<Vec<_>, _>>();
        Ok(FixPage {
            around: around(app, reader, Some(PlaceKind::Fix)),
            language: item.language.clone(),
            title: item.title.clone(),
            symptom: item.symptom.clone().unwrap_or_else(|| item.summary.clone()),
            author: shown::author(item),
            checked_on: words.day(item.checked_on),
            review: item.review.clone(),
            minutes: item.minutes.into(),
            level: shown::level(words, item),
            worked_for: worked.and_then(|worked| worked_for(words, &worked)),
            incidents: self.incidents(reader).await?,
            is_this_you: some(parts.is_this_you)?,
            before: all(&parts.before)?,
            marks: self.marks(),
            step: self.step()?,
            fixed: self.fixed.map(|at| parts.tries[at].title.to_owned()),
            person: self.person(),
            meanwhile: all(&parts.meanwhile)?,
            say: some(parts.say)?,
            afterwards: some(parts.afterwards)?,
            lesson: self.lesson(),
            asked: others::with_problem(app, (words, times::zone(reader)), self.shelf, item).await?,
            related: shown::related(app, self.shelf, item, &[Format::Fix, Format::Article]),
            call_href: format!("/useful/call?page={}", item.path()),
            save: keeping::save_box(app, reader, item, &item.path()).await?,
            why,
        })
    }

    fn marks(&self) -> Vec<FixMark> {
        let mark = |(at, one): (usize, &crate::learning::fixing::Try<'_>)| FixMark {
            title: one.title.to_owned(),
            href: if at == 0 { self.item.path() } else { format!("{}?tried={at}#step", self.item.path()) },
            tried: at < self.tried,
            here: at == self.tried && self.fixed.is_none(),
        };
        self.parts.tries.iter().enumerate().map(mark).collect()
    }

    /// The step that is to be tried now; none when it is fixed, or when there is no other.
    fn step(&self) -> Result<Option<FixStep>, PageError> {
        let Some(one) = self.parts.tries.get(self.tried).filter(|_| self.fixed.is_none()) else {
            return Ok(None);
        };
        let number = |place: usize| u32::try_from(place).unwrap_or(u32::MAX);
        let intro = if self.tried == 0 { self.item.intro.as_str() } else { "" };
        Ok(Some(FixStep {
            title: one.title.to_owned(),
            name: one.name.clone(),
            number: number(self.tried + 1),
            of: number(self.parts.tries.len()),
            intro_html: shown::html(self.item, intro)?,
            body_html: shown::html(self.item, &one.step.body)?,
            action: format!("{}/answer", self.item.path()),
        }))
    }

    /// Somebody to ask, told what was tried: after two steps that did not help, or when there is no other.
    fn person(&self) -> Option<FixPerson> {
        let given_up = self.tried >= ENOUGH || self.tried == self.parts.tries.len();
        if self.fixed.is_some() || !given_up {
            return None;
        }
        let tried: Vec<String> =
            self.parts.tries[..self.tried].iter().map(|one| one.title.to_owned()).collect();
        let list: Vec<String> = tried.iter().map(|title| format!("- {title}")).collect();
        Some(FixPerson {
            ask_href: router::leads_to("/ask/new").then(|| {
                let (title, list) = (in_an_address(&self.item.title), in_an_address(&list.join("\n")));
                let product = self.item.products.first().map_or("", String::as_str);
                format!(
                    "/ask/new?q={title}&tried={list}&product={product}&problem={}&asked_of=expert",
                    self.item.slug
                )
            }),
            all_tried: self.tried == self.parts.tries.len(),
            tried,
        })
    }

    /// The lesson after which it does not come back.
    fn lesson(&self) -> Option<StepLink> {
        let follow_up = self.item.follow_up.as_ref().and_then(|slug| shown::link(self.app, self.shelf, slug));
        let lessons = [Format::Quick, Format::Lesson];
        follow_up.or_else(|| shown::related(self.app, self.shelf, self.item, &lessons).into_iter().next())
    }

    async fn incidents(&self, reader: Option<&Reader>) -> Result<Vec<IncidentLine>, PageError> {
        let now = self.app.clock.now();
        let about = |one: &Incident| match &one.product {
            Some(product) => self.item.products.contains(product),
            None => true,
        };
        let open: Vec<_> = status::near(self.app, reader).await?.into_iter().filter(about).collect();
        if open.is_empty() {
            return Ok(Vec::new());
        }
        let (names, zone) = (names(self.app).await?, times::zone(reader));
        let line = |one: &Incident| {
            let name = |code: &str| names.get(code).cloned().unwrap_or_else(|| with_a_capital(code));
            let name = one.product.as_deref().map(name);
            status::line(self.words, name, one, zone, now)
        };
        Ok(open.iter().map(line).collect())
    }
}
