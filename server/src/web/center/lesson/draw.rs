//! One step as its page shows it.

use chrono::NaiveDate;
use content::{Format, Item, QuickCheck};
use templates::Words;
use templates::center::{
    Check, CheckAnswer, FeedbackStrip, Keep, LessonPage, LessonStep, Link, NextTime, OthersAsked, PlaceKind,
    Remind, RemindDay, SayThis, SheetStep, StepMark, Stuck, Task, WhyPanel,
};

use super::TICK;
use super::shown;
use crate::app::App;
use crate::learning::{reminders, steps};
use crate::router;
use crate::shelf::Shelf;
use crate::store::progress::Way;
use crate::store::questions::AskedOf;
use crate::web::center::asking::NEW;
use crate::web::center::learn::in_an_address;
use crate::web::center::{around, times};
use crate::web::error::PageError;
use crate::web::visitor::Reader;

/// One step, and what is known about the reader's way through it.
pub(super) struct Step<'a> {
    pub app: &'a App,
    pub words: &'a Words,
    pub shelf: &'a Shelf,
    pub item: &'a Item,
    pub names: &'a [String],
    pub at: usize,
    pub way: &'a Way,
    /// The place of the answer that was given to the quick check.
    pub answer: Option<usize>,
    /// Whether it was just said how clear the step is.
    pub answered: bool,
    /// The day on which the reader will be reminded.
    pub reminded: Option<NaiveDate>,
}

impl Step<'_> {
    /// The page.
    pub fn page(&self, reader: Option<&Reader>, why: Option<WhyPanel>) -> Result<LessonPage, PageError> {
        let (app, item, shelf) = (self.app, self.item, self.shelf);
        let intro = if self.at == 0 { item.intro.as_str() } else { "" };
        let fixes = shown::related(app, shelf, item, &[Format::Fix]);
        let follow_up = item.follow_up.as_ref().and_then(|slug| shown::link(app, shelf, slug));
        Ok(LessonPage {
            around: around(app, reader, Some(PlaceKind::Learn)),
            title: item.title.clone(),
            author: shown::author(item),
            checked_on: self.words.day(item.checked_on),
            review: item.review.clone(),
            minutes: item.minutes.into(),
            level: shown::level(self.words, item),
            steps: self.marks(),
            intro_html: shown::html(item, intro)?,
            step: self.step()?,
            sheet: self.sheet()?,
            keep: reader.map(|_| Keep {
                action: format!("{}/ticks", self.href(self.at)),
                finish_action: format!("{}/finish", item.path()),
                step: self.names[self.at].clone(),
            }),
            back_href: self.at.checked_sub(1).map(|before| self.href(before)),
            next: item
                .steps
                .get(self.at + 1)
                .map(|next| Link { label: next.title.clone(), href: self.href(self.at + 1) }),
            finish_href: format!("{}/finished", item.path()),
            stuck: Stuck {
                fix: fixes.into_iter().next(),
                peers_href: self.ask_href(AskedOf::Peers),
                expert_href: self.ask_href(AskedOf::Expert),
            },
            clear: FeedbackStrip {
                question: self.words.say("lesson-clear"),
                action: format!("{}/clear", self.href(self.at)),
            },
            answered: self.answered,
            next_time: (follow_up.is_some() || reader.is_some())
                .then(|| NextTime { next: follow_up, remind: reader.map(|reader| self.remind(reader)) }),
            asked: OthersAsked::default(),
            outcomes: item.outcomes.clone(),
            glossary: shown::glossary(item),
            save: None,
            why,
        })
    }

    /// Where others are asked, with this lesson and step filled in.
    fn ask_href(&self, whom: AskedOf) -> Option<String> {
        let values = [("title", self.item.title.as_str().into()), ("step", (self.at + 1).into())];
        let question = self.words.say_with("lesson-stuck-question", &values);
        let product = self.item.products.first().map_or("", String::as_str);
        router::leads_to(NEW).then(|| {
            let (question, product) = (in_an_address(&question), in_an_address(product));
            format!("{NEW}?q={question}&product={product}&asked_of={}", whom.word())
        })
    }

    fn remind(&self, reader: &Reader) -> Remind {
        let day = |day: NaiveDate| RemindDay { value: day.to_string(), label: self.words.short_day(day) };
        Remind {
            action: format!("{}/remind", self.href(self.at)),
            days: reminders::days(self.app.clock.now(), times::zone(Some(reader)))
                .into_iter()
                .map(day)
                .collect(),
            chosen: self.reminded.map(|day| self.words.day(day)),
        }
    }

    fn href(&self, at: usize) -> String {
        format!("{}/{}", self.item.path(), self.names[at])
    }

    fn marks(&self) -> Vec<StepMark> {
        let done = self.way.done();
        let mark = |(at, step): (usize, &content::Step)| StepMark {
            title: step.title.clone(),
            href: self.href(at),
            done: done.contains(self.names[at].as_str()),
            here: at == self.at,
        };
        self.item.steps.iter().enumerate().map(mark).collect()
    }

    fn step(&self) -> Result<LessonStep, PageError> {
        let (item, step) = (self.item, &self.item.steps[self.at]);
        let (point, rest) = step.text.split_once("\n\n").unwrap_or((step.text.as_str(), ""));
        let drawing = step.drawing.as_ref().and_then(|slug| self.shelf.drawing(slug));
        let number = |place: usize| u32::try_from(place).unwrap_or(u32::MAX);
        Ok(LessonStep {
            title: step.title.clone(),
            number: number(self.at + 1),
            of: number(item.steps.len()),
            point_html: shown::html(item, point)?,
            drawing_html: drawing.map(|drawing| drawing.svg.clone()),
            read_html: shown::html(item, rest)?,
            tasks: self.tasks(self.at)?,
            say: self.say(self.at)?,
            check: step.check.as_ref().map(|check| self.check(check)).transpose()?,
        })
    }

    /// Every step as it stands on paper.
    fn sheet(&self) -> Result<Vec<SheetStep>, PageError> {
        let on_paper = |(at, step): (usize, &content::Step)| {
            Ok(SheetStep { title: step.title.clone(), tasks: self.tasks(at)?, say: self.say(at)? })
        };
        self.item.steps.iter().enumerate().map(on_paper).collect()
    }

    /// What is to be done in the step at this place, with the reader's ticks.
    fn tasks(&self, at: usize) -> Result<Vec<Task>, PageError> {
        let (step, kept) = (&self.item.steps[at], self.way.steps.get(&self.names[at]));
        let task = |(name, task): (String, &String)| {
            Ok(Task {
                task_html: shown::line_html(self.item, task)?,
                ticked: kept.is_some_and(|kept| kept.ticks.contains(&name)),
                name: format!("{TICK}{name}"),
            })
        };
        steps::tasks(step).into_iter().zip(&step.do_it_now).map(task).collect()
    }

    /// The words to copy of the step at this place.
    fn say(&self, at: usize) -> Result<Vec<SayThis>, PageError> {
        let words = self.item.steps[at].say_this.iter();
        words.map(|words| Ok(SayThis { words_html: shown::html(self.item, words)? })).collect()
    }

    fn check(&self, check: &QuickCheck) -> Result<Check, PageError> {
        let given = self.answer.and_then(|place| check.answers.get(place));
        let answers = check.answers.iter().enumerate().map(|(place, answer)| CheckAnswer {
            text: answer.text.clone(),
            right: answer.right,
            chosen: self.answer == Some(place),
        });
        Ok(Check {
            action: self.href(self.at),
            question: check.question.clone(),
            answers: answers.collect(),
            answered: given.is_some(),
            right: given.is_some_and(|answer| answer.right),
            right_answer: check.right().text.clone(),
            explanation_html: shown::html(self.item, &check.explanation)?,
        })
    }
}
