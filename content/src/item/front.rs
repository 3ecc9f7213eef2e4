//! The front matter of an item, read field by field.

use std::collections::BTreeMap;

use gray_matter::{Matter, Pod, engine::YAML};

use super::{Author, Explained, Item, Step, body, plain::Watch};
use crate::{
    fields::{Fields, Value},
    finding::{Finding, Refused},
    names::{AuthorKind, Format, Kind, Trouble, either},
    slug::Slug,
};

/// More than this is no piece of content for one page.
const LONGEST_FILE: usize = 200_000;
/// Front matter is a screenful; more than this is something else.
const LONGEST_FRONT: usize = 8_000;

const FIELDS: &[&str] = &[
    "title",
    "kind",
    "format",
    "summary",
    "minutes",
    "level",
    "user_types",
    "stages",
    "products",
    "trades",
    "needs",
    "language",
    "author",
    "checked_on",
    "expires_on",
    "review",
    "words",
    "symptom",
    "group",
    "follow_up",
    "related",
    "outcomes",
    "glossary",
];
const A_SLUG: &str =
    "Write the short name of an item: small letters, digits and hyphens, the file's name without `.md`.";

pub(super) fn parse(file: &str, source: &str) -> Result<Item, Refused> {
    let source = source.strip_prefix('\u{feff}').unwrap_or(source);
    let slug = Slug::of_file(file).map_err(|wrong| {
        Refused::one(Finding::error(
            file,
            None,
            format!("The file's name is no short name: {wrong}."),
            "Name the file like answer-after-hours.md.",
        ))
    })?;
    let (values, body, body_line) = split(file, source)?;
    let mut fields = Fields::new(file, source, values);
    let item = read(&mut fields, slug, file, source, body, body_line);
    match item {
        Some(item) if fields.findings.is_empty() => Ok(item),
        _ => Err(Refused(fields.findings)),
    }
}

/// Parts front matter and body, and tells which line the body begins on.
fn split<'a>(file: &str, source: &'a str) -> Result<(BTreeMap<String, Value>, &'a str, usize), Refused> {
    let refuse =
        |line, sentence: &str, right: &str| Refused::one(Finding::error(file, line, sentence, right));
    if source.len() > LONGEST_FILE {
        return Err(refuse(None, "The file is over 200,000 bytes.", "Split it into several items."));
    }
    let fenced = "Begin the file with a line `---`, then the fields, then a line `---`, then the text.";
    let mut lines = source.split_inclusive('\n');
    if lines.next().map(str::trim_end) != Some("---") {
        return Err(refuse(Some(1), "There is no front matter.", fenced));
    }
    let mut front_end = source.find('\n').map_or(source.len(), |at| at + 1);
    let mut front_lines = 1;
    let mut watch = Watch::default();
    loop {
        let Some(line) = lines.next() else {
            return Err(refuse(Some(1), "The front matter never ends.", fenced));
        };
        front_end += line.len();
        front_lines += 1;
        if line.trim_end() == "---" {
            break;
        }
        if let Some(sentence) = watch.beyond_us(line) {
            return Err(refuse(Some(front_lines), sentence, "Write plain `field: value` lines and [lists]."));
        }
    }
    if front_end > LONGEST_FRONT {
        return Err(refuse(
            Some(1),
            "The front matter is over 8,000 bytes.",
            "Move text below the second `---`.",
        ));
    }
    let parsed = Matter::<YAML>::new().parse::<Pod>(&source[..front_end]).map_err(|wrong| {
        let line = yaml_line(&wrong.to_string()).map(|line| line + 1);
        refuse(
            line,
            &format!("The front matter is not sound YAML: {wrong}."),
            "Quote a text that holds `: ` or begins with a sign, and close every bracket.",
        )
    })?;
    match parsed.data.map(Value::from) {
        Some(Value::Table(values)) => Ok((values, &source[front_end..], front_lines + 1)),
        _ => Err(refuse(Some(1), "The front matter holds no fields.", fenced)),
    }
}

fn yaml_line(wrong: &str) -> Option<usize> {
    wrong.split_once("line ")?.1.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
}

fn one_of<T: Copy>(all: &[T], word: impl Fn(T) -> &'static str) -> String {
    format!("Write {}.", either(&all.iter().map(|name| word(*name)).collect::<Vec<_>>()))
}

fn read(
    fields: &mut Fields<'_>,
    slug: Slug,
    file: &str,
    source: &str,
    body: &str,
    body_line: usize,
) -> Option<Item> {
    use segments::{Level, Stage, UserType};

    fields.refuse_unknown(FIELDS);
    let title = fields.needed_text("title", "Write what the page is called.");
    let kind = fields.needed::<Kind>("kind", &one_of(Kind::ALL, Kind::as_str));
    let format = fields.needed::<Format>("format", &one_of(Format::ALL, Format::as_str));
    let summary = fields.needed_text("summary", "Write in one sentence what the reader gets from it.");
    let minutes = fields.whole("minutes", 1..=240, "Write how many minutes it takes, from 1 to 240.");
    let level = fields.needed::<Level>("level", &one_of(Level::ALL, Level::as_str));
    let user_types = fields.list::<UserType>("user_types", &one_of(UserType::ALL, UserType::as_str));
    let stages = fields.list::<Stage>("stages", &one_of(Stage::ALL, Stage::as_str));
    let products = fields.list::<String>("products", "Write a list of product codes, such as [phones].");
    let trades =
        fields.list::<String>("trades", "Write a list of NAICS prefixes, such as [\"23\", \"6212\"].");
    let needs = fields.list::<String>("needs", "Write a list of needs, such as [fewer missed calls].");
    let language = fields.needed_text("language", "Write the language, such as en.");
    let author = author(fields);
    let checked_on = fields.date("checked_on");
    let expires_on = fields.date("expires_on");
    let review = fields.needed_text("review", "Write who looked it over, in the words the page shows.");
    let words = fields.list::<String>("words", "Write a list of words that people search with.");
    let symptom = fields.text("symptom", "Write what the customer notices.");
    let group = fields.given::<Trouble>("group", &one_of(Trouble::ALL, Trouble::as_str));
    let follow_up = fields.given::<Slug>("follow_up", A_SLUG);
    let related = fields.list::<Slug>("related", A_SLUG);
    let outcomes = fields.list::<String>("outcomes", "Write a list of what one can do afterwards.");
    let glossary = glossary(fields);

    if checked_on.is_none() && !fields.is_given("checked_on") {
        fields.refuse("checked_on", "is missing", "Write the day it was last checked, such as 2026-03-31.");
    }
    fields.refuse_no_trades("trades", &trades);
    let mut wrong = Vec::new();
    let (intro, steps) = body::split(body, body_line, &mut wrong);
    let wrong = wrong.into_iter().map(|one| Finding::error(file, Some(one.line), one.sentence, one.right));
    fields.findings.extend(wrong);
    check_shape(fields, kind, format, minutes, symptom.as_deref(), &steps);
    if body.trim().is_empty() {
        fields.findings.push(Finding::error(
            file,
            Some(body_line),
            "There is no text below the front matter.",
            "Write the piece below the second `---`.",
        ));
    }

    Some(Item {
        slug,
        title: title?,
        kind: kind?,
        format: format?,
        summary: summary?,
        minutes: u16::try_from(minutes?).ok()?,
        level: level?,
        user_types,
        stages,
        products,
        trades,
        needs,
        language: language?,
        author: author?,
        checked_on: checked_on?,
        expires_on,
        review: review?,
        words,
        symptom,
        group,
        follow_up,
        related,
        outcomes,
        glossary,
        body: body.trim().to_owned(),
        body_line,
        intro,
        steps,
        file: file.to_owned(),
        source: source.to_owned(),
    })
}

fn author(fields: &mut Fields<'_>) -> Option<Author> {
    let right = "Write author: {name: …, kind: vendor, independent: false, paid: true}.";
    let Some(mut inside) = fields.table("author", right) else {
        if !fields.is_given("author") {
            fields.refuse("author", "is missing", right);
        }
        return None;
    };
    inside.refuse_unknown(&["name", "kind", "independent", "paid"]);
    let name = inside.needed_text("name", "Write the author's name as the page shows it.");
    let kind = inside.needed::<AuthorKind>("kind", &one_of(AuthorKind::ALL, AuthorKind::as_str));
    let independent =
        inside.flag("independent", "Write true only if the vendor cannot tell them what to say.");
    let paid = inside.flag("paid", "Write true if the vendor paid for the piece, else false.");
    fields.findings.append(&mut inside.findings);
    Some(Author { name: name?, kind: kind?, independent: independent?, paid: paid? })
}

/// Words and their meanings; a table keeps them in the order of the alphabet.
fn glossary(fields: &mut Fields<'_>) -> Vec<Explained> {
    let right = "Write under `glossary:` one indented line for each word: the word, a colon, what it means.";
    let Some(mut inside) = fields.table("glossary", right) else { return Vec::new() };
    let words: Vec<String> = inside.names().map(ToOwned::to_owned).collect();
    let explained = words.into_iter().filter_map(|word| {
        let meaning = inside.needed_text(&word, right)?;
        Some(Explained { word, meaning })
    });
    let explained = explained.collect();
    fields.findings.append(&mut inside.findings);
    explained
}

/// What kind, format, minutes and body must be to each other.
fn check_shape(
    fields: &mut Fields<'_>,
    kind: Option<Kind>,
    format: Option<Format>,
    minutes: Option<i64>,
    symptom: Option<&str>,
    steps: &[Step],
) {
    let (Some(kind), Some(format)) = (kind, format) else { return };
    let fitting: &[&str] = match kind {
        Kind::Training => &["quick", "lesson", "article"],
        Kind::Support => &["fix", "article"],
        Kind::Community => &["question", "article"],
    };
    if !fitting.contains(&format.as_str()) {
        fields.refuse(
            "format",
            &format!("says \"{format}\", which no {kind} item is"),
            format!("Write {}.", either(fitting)),
        );
    }
    if format == Format::Quick && minutes.is_some_and(|minutes| minutes > 10) {
        fields.refuse(
            "minutes",
            "is over 10 for a quick training",
            "Shorten it to 10 minutes, or write format: lesson.",
        );
    }
    if format == Format::Fix && symptom.is_none() && !fields.is_given("symptom") {
        fields.refuse("symptom", "is missing", "Write what the customer notices, in the customer's words.");
    }
    if format != Format::Fix && fields.is_given("group") {
        fields.refuse("group", "stands on an item that is no fix", "Take it out, or write format: fix.");
    }
    let (file, teaches) = (fields.file().to_owned(), matches!(format, Format::Quick | Format::Lesson));
    for step in steps.iter().filter(|step| step.check.is_some() && !teaches) {
        fields.findings.push(Finding::error(
            &file,
            Some(step.line),
            format!("A {format} has no quick check."),
            "Take it out, or write format: quick or lesson.",
        ));
    }
    if format != Format::Article && steps.is_empty() {
        let wants = match format {
            Format::Question => "Write each answer under a `## Answer` heading.",
            _ => "Give each step a `## ` heading.",
        };
        let sentence = format!("A {format} without a `## ` heading has no steps.");
        fields.findings.push(Finding::error(&file, None, sentence, wants));
    }
}
