//! Looks at one item at a time: how it reads, how old it is, who may see it.

use std::collections::BTreeMap;

use chrono::{Months, NaiveDate};

use crate::{
    catalogue::Catalogue,
    finding::Finding,
    item::{Item, Step},
    markdown::MarkdownError,
    names::{Format, Kind},
    reading,
};

/// A step longer than this is two steps.
const LONGEST_STEP: usize = 90;
/// What nobody has looked at for so long may no longer be true.
const STALE_AFTER: Months = Months::new(18);

/// Where a field of the front matter stands.
pub(super) fn line_of(source: &str, field: &str) -> Option<usize> {
    let names_it =
        |line: &str| line.strip_prefix(field).is_some_and(|rest| rest.trim_start().starts_with([':', '=']));
    source.lines().position(names_it).map(|at| at + 1)
}

pub(super) fn lint(item: &Item, today: NaiveDate, found: &mut Vec<Finding>) {
    age(item, today, found);
    steps(item, found);
    glossary(item, found);
    if let Err(wrong) = reads_easily(item, found) {
        found.push(Finding::error(
            &item.file,
            Some(item.body_line),
            format!("The text cannot be drawn: {wrong}."),
            "Make it shorter and flatter.",
        ));
    }
    if item.words.is_empty() {
        found.push(Finding::warning(
            &item.file,
            line_of(&item.source, "words"),
            "There are no search words.",
            "Add `words` that customers would type.",
        ));
    }
}

fn age(item: &Item, today: NaiveDate, found: &mut Vec<Finding>) {
    let checked = line_of(&item.source, "checked_on");
    if item.expired(today) {
        found.push(Finding::warning(
            &item.file,
            line_of(&item.source, "expires_on"),
            "Its last day has passed; nobody sees it.",
            "Check it and move `expires_on`, or take the file away.",
        ));
    }
    if item.checked_on > today {
        found.push(Finding::error(
            &item.file,
            checked,
            "`checked_on` lies in the future.",
            "Write the day somebody last looked at it.",
        ));
    } else if item.checked_on.checked_add_months(STALE_AFTER).is_some_and(|stale| stale < today) {
        found.push(Finding::warning(
            &item.file,
            checked,
            format!("It was last checked on {}, over 18 months ago.", item.checked_on),
            "Go through it once more and write today's date.",
        ));
    }
}

fn steps(item: &Item, found: &mut Vec<Finding>) {
    match item.format {
        Format::Quick | Format::Lesson => item.steps.iter().for_each(|step| {
            step_length(item, step, found);
            if step.do_it_now.is_empty() {
                found.push(Finding::warning(
                    &item.file,
                    Some(step.line),
                    format!("The step “{}” gives nothing to do.", step.title),
                    "End it with a line that begins **Do it now:**.",
                ));
            }
        }),
        Format::Fix => item.steps.iter().for_each(|step| step_length(item, step, found)),
        Format::Question if !item.steps.iter().any(|step| step.title.starts_with("Answer")) => {
            found.push(Finding::error(
                &item.file,
                Some(item.body_line),
                "The question has no answer.",
                "Write each answer under a heading that begins `## Answer`.",
            ));
        }
        Format::Question | Format::Article => {}
    }
}

/// A word that is explained stands in the text, or it explains nothing.
fn glossary(item: &Item, found: &mut Vec<Finding>) {
    let text = item.body.to_lowercase();
    for explained in item.glossary.iter().filter(|one| !text.contains(&one.word.to_lowercase())) {
        found.push(Finding::warning(
            &item.file,
            line_of(&item.source, "glossary"),
            format!("It explains “{}” and never uses it.", explained.word),
            "Explain the word as the text writes it, or take it out.",
        ));
    }
}

fn step_length(item: &Item, step: &Step, found: &mut Vec<Finding>) {
    let Ok(words) = reading::words(&step.body) else { return };
    if words > LONGEST_STEP {
        found.push(Finding::error(
            &item.file,
            Some(step.line),
            format!("The step “{}” has {words} words.", step.title),
            "Keep a step to 90 words: cut it, or make two.",
        ));
    }
}

/// The formulas know English only; other languages are left to their readers.
fn reads_easily(item: &Item, found: &mut Vec<Finding>) -> Result<(), MarkdownError> {
    let reading = reading::of_markdown(&item.body)?;
    let english = item.language == "en" || item.language.starts_with("en-");
    if let Some(reading) = reading.filter(|_| english) {
        if reading.ease < 50.0 {
            found.push(Finding::error(
                &item.file,
                Some(item.body_line),
                format!("It is hard to read: reading ease {:.0}.", reading.ease),
                "Use shorter words and sentences until it is 50 or more.",
            ));
        }
        if reading.grade > 12.0 {
            found.push(Finding::error(
                &item.file,
                Some(item.body_line),
                format!("It takes {:.0} years at school to read.", reading.grade),
                "Use shorter sentences until it takes 12 or fewer.",
            ));
        }
    }
    Ok(())
}

/// An item for products that nobody sells is seen by nobody who could use it.
pub(super) fn lint_audience(item: &Item, products: Option<&[String]>, found: &mut Vec<Finding>) {
    let Some(sold) = products else { return };
    let unknown: Vec<&str> =
        item.products.iter().map(String::as_str).filter(|code| !sold.iter().any(|one| one == code)).collect();
    if unknown.is_empty() {
        return;
    }
    let line = line_of(&item.source, "products");
    let nobody = unknown.len() == item.products.len()
        && (item.kind != Kind::Community && item.format != Format::Article);
    let right = format!("Use the products' codes: {}.", sold.join(", "));
    let named = format!("There is no product {}", unknown.join(", "));
    found.push(if nobody {
        Finding::error(&item.file, line, format!("{named}: nobody may see this."), right)
    } else {
        Finding::warning(&item.file, line, format!("{named}."), right)
    });
}

pub(super) fn lint_titles(catalogue: &Catalogue, found: &mut Vec<Finding>) {
    let mut seen = BTreeMap::new();
    for item in catalogue.iter() {
        if let Some(first) = seen.insert(item.title.to_lowercase(), &item.file) {
            found.push(Finding::warning(
                &item.file,
                line_of(&item.source, "title"),
                format!("{first} has the same title."),
                "Say in the title what is different here.",
            ));
        }
    }
}
