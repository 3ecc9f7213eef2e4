//! From four files to a letter that can be drawn for anybody.
//!
//! The costly part, MJML to HTML, is done here, once. Before it every mark in braces is swapped for a token
//! without meaning, and afterwards swapped back: so the marks pass through the MJML engine untouched, whatever
//! they hold, and one that got lost, moved or doubled on the way is found now.

use std::borrow::Cow;
use std::fmt::Write as _;

use mrml::prelude::render::RenderOptions;
use serde::Serialize;
use tera::{Context, Tera};

use super::fault::{Fault, File};
use super::frame::{FrameWords, greeting, pieced};
use super::letter::{Letter, LetterError, PickLine, Rendered};
use super::meta::Meta;
use super::source::{FILE_LIMIT, Source, shipped};
use super::{fields, markup};
use crate::{Templates, Words};

/// The most an HTML body may weigh; larger ones are cut off by mail readers.
const HTML_LIMIT: usize = 102 * 1024;
/// The MJML engine recurses; this is ample for the fifty levels that [`markup::check`] lets a body have.
const STACK: usize = 8 * 1024 * 1024;
const TOKEN: &str = "qqmark";

/// A letter that was found sound, ready to be drawn.
#[derive(Debug)]
pub struct Compiled {
    meta: Meta,
    engine: Tera,
}

impl Compiled {
    /// Checks a letter and compiles it, or says everything that is wrong with it.
    pub fn new(source: &Source) -> Result<Self, Vec<Fault>> {
        let file = |name, text| File { letter: &source.name, name, text };
        let toml = file("email.toml", source.meta.as_str());
        let subject = file("subject.txt", source.subject.trim_end());
        let text = file("body.txt", source.text.as_str());
        let mjml = file("body.mjml", source.mjml.as_str());
        refuse(vec![toml, subject, text, mjml].into_iter().filter_map(too_large).collect())?;

        let meta = Meta::parse(toml)?;
        refuse(complaints(&meta, toml, subject, text, mjml))?;

        let framed = frame(&source.mjml, "mjml").replace("[[ language ]]", &meta.language);
        let html = to_html(&framed).map_err(|words| vec![mjml.fault_on(1, words)])?;
        let mut engine = Tera::new();
        let twin = frame(&source.text, "txt");
        for (name, words, of) in [
            ("subject.txt", subject.text, subject),
            ("preview.txt", &meta.preview, toml),
            ("question.txt", &meta.question, toml),
            ("label.txt", &meta.button.label, toml),
            ("body.txt", &twin, text),
            ("body.html", &html, mjml),
        ] {
            engine.add_raw_template(name, words).map_err(|error| vec![of.fault_on(1, error.to_string())])?;
        }
        Ok(Self { meta, engine })
    }

    /// What the letter is for.
    pub const fn meta(&self) -> &Meta {
        &self.meta
    }

    /// Fills the letter in for one reader. What its frame says comes from the words of the letter's language.
    pub fn draw(&self, letter: &Letter, templates: &Templates) -> Result<Rendered, LetterError> {
        letter.check(&self.meta.name)?;
        let from_name = one_line(letter.from_name.as_deref().unwrap_or(&self.meta.from_name));
        let picks = &letter.picks[..letter.picks.len().min(self.meta.picks.into())];
        let words = templates.words(&self.meta.language);
        let mut context = facts(letter, picks, &from_name, words);
        self.lend_links(letter, &mut context);

        let subject = one_line(&self.fill("subject.txt", &context)?);
        let question = Question {
            text: one_line(&self.fill("question.txt", &context)?),
            yes_url: &letter.yes_url,
            no_url: &letter.no_url,
        };
        let button = Button { label: one_line(&self.fill("label.txt", &context)?), url: &letter.button_url };
        context.insert("preview", &one_line(&self.fill("preview.txt", &context)?));
        context.insert("subject", &subject);
        context.insert("question", &question);
        context.insert("button", &button);

        let text = tidy_blank_lines(&self.fill("body.txt", &context)?);
        let html = self.fill("body.html", &context)?;
        if html.len() > HTML_LIMIT {
            let letter = self.meta.name.clone();
            return Err(LetterError::TooLarge { letter, bytes: html.len(), limit: HTML_LIMIT });
        }
        Ok(Rendered { from_name, subject, text, html })
    }

    fn lend_links(&self, letter: &Letter, context: &mut Context) {
        let mut links = self.meta.links.clone();
        for (name, url) in &mut links {
            if let Some(counted) = letter.links.get(name) {
                url.clone_from(counted);
            }
        }
        context.insert("links", &links);
    }

    fn fill(&self, part: &str, context: &Context) -> Result<String, LetterError> {
        let fill = |source| LetterError::Fill { letter: self.meta.name.clone(), source };
        self.engine.render(part, context).map_err(fill)
    }
}

#[derive(Serialize)]
struct Question<'a> {
    text: String,
    yes_url: &'a str,
    no_url: &'a str,
}

#[derive(Serialize)]
struct Button<'a> {
    label: String,
    url: &'a str,
}

/// A pick, with its minutes in words.
#[derive(Serialize)]
struct Pick<'a> {
    #[serde(flatten)]
    line: &'a PickLine,
    time: String,
}

/// The reader's facts, by field. A fact we do not have is not there at all: asking for it without an `if` is an error.
fn facts(letter: &Letter, picks: &[PickLine], from_name: &str, words: &Words) -> Context {
    let present = |text: &Option<String>| {
        let words = text.as_deref().map(one_line)?;
        (!words.is_empty()).then_some(words)
    };
    let mut context = Context::new();
    let first_name = present(&letter.first_name);
    context.insert("words", &FrameWords::of(words));
    context.insert("greeting", &greeting(words, first_name.as_deref()));
    context.insert("from_name", from_name);
    context.insert("vendor", &one_line(&letter.vendor));
    context.insert("colors", &letter.colors);
    context.insert("why_line", &one_line(&letter.why_line));
    context.insert("postal_address", &one_line(&letter.postal_address));
    let minutes = |line: &PickLine| words.say_with("minutes", &[("minutes", line.minutes.into())]);
    let timed: Vec<_> = picks.iter().map(|line| Pick { line, time: minutes(line) }).collect();
    context.insert("picks", &timed);
    context.insert("search_url", &letter.search_url);
    context.insert("choices_url", &letter.choices_url);
    context.insert("stop_url", &letter.stop_url);
    let maybe = [
        ("first_name", first_name),
        ("company", present(&letter.company)),
        ("phone", present(&letter.phone)),
        ("pixel_url", letter.pixel_url.clone()),
    ];
    for (name, value) in maybe {
        if let Some(value) = value {
            context.insert(name, &value);
        }
    }
    if let Some(pick) = picks.first() {
        context.insert("first_pick", pick);
    }
    if let Some(renewal) = &letter.renewal {
        context.insert("renewal", renewal);
    }
    context
}

fn refuse(faults: Vec<Fault>) -> Result<(), Vec<Fault>> {
    if faults.is_empty() { Ok(()) } else { Err(faults) }
}

fn too_large(file: File<'_>) -> Option<Fault> {
    let words =
        || format!("{} bytes are too many; a letter's file holds at most {FILE_LIMIT}", file.text.len());
    (file.text.len() > FILE_LIMIT).then(|| file.fault_on(1, words()))
}

fn complaints(meta: &Meta, toml: File<'_>, subject: File<'_>, text: File<'_>, mjml: File<'_>) -> Vec<Fault> {
    let mut faults = Vec::new();
    if meta.name != toml.letter {
        let words =
            format!("the letter calls itself `{}` but lies in the folder `{}`", meta.name, toml.letter);
        faults.push(toml.fault_on(1, words));
    }
    if subject.text.trim().is_empty() || subject.text.contains(['\n', '\r']) {
        faults.push(subject.fault_on(1, "the subject must be one line"));
    }
    let said = [&meta.preview, &meta.question, &meta.button.label];
    let said = said.into_iter().map(|words| File { text: words, ..toml });
    for file in said.chain([subject, text, mjml]) {
        faults.extend(fields::check(file, &meta.links));
    }
    faults.extend([subject, text].into_iter().flat_map(markup::addresses));
    faults.extend(markup::check(mjml));
    faults.extend(unlike_links(text, mjml));
    if let Some(at) = mjml.text.find(TOKEN) {
        faults.push(mjml.fault_at(at, format!("`{TOKEN}` cannot be part of a letter")));
    }
    faults
}

/// Both bodies must offer the same links; blocks count as what they hold.
fn unlike_links(text: File<'_>, mjml: File<'_>) -> Vec<Fault> {
    let lacking = |here: File<'_>, kind, there: File<'_>, other| {
        let (block_here, block_there) = (blocks(here.text, kind), blocks(there.text, other));
        let mine = fields::links_used(File { text: &block_here, ..here });
        let theirs = fields::links_used(File { text: &block_there, ..there });
        let words = |link: &String| {
            here.fault_on(
                1,
                format!("`{{{{ {link} }}}}` stands in {} but not here; both bodies say the same", there.name),
            )
        };
        theirs.difference(&mine).map(words).collect::<Vec<_>>()
    };
    let mut faults = lacking(text, "txt", mjml, "mjml");
    faults.extend(lacking(mjml, "mjml", text, "txt"));
    faults
}

/// Puts a body between the frame's head and foot, and its blocks in place.
fn frame(body: &str, kind: &str) -> String {
    let around = pieced(&shipped(&format!("_frame/frame.{kind}")), kind);
    blocks(&around.replace("[[ body ]]", body.trim_end()), kind)
}

/// Replaces `[[ picks ]]` and `[[ button ]]` by our own pieces.
fn blocks(body: &str, kind: &str) -> String {
    let mut body = Cow::Borrowed(body);
    for block in ["picks", "button"] {
        let mark = format!("[[ {block} ]]");
        if body.contains(&mark) {
            body = Cow::Owned(body.replace(&mark, shipped(&format!("_frame/{block}.{kind}")).trim_end()));
        }
    }
    body.into_owned()
}

/// Turns MJML into HTML, carrying its marks across unharmed.
pub(super) fn to_html(mjml: &str) -> Result<String, String> {
    let file = File { letter: "", name: "", text: mjml };
    let marks = fields::marks(file).map_err(|fault| fault.message)?;
    let mut bare = String::with_capacity(mjml.len());
    let mut at = 0;
    for (number, mark) in marks.iter().enumerate() {
        bare.push_str(&mjml[at..mark.start]);
        if mark.kind != '#' {
            write!(bare, "{TOKEN}{number}q").expect("a String takes whatever is written");
        }
        at = mark.end;
    }
    bare.push_str(&mjml[at..]);
    let mut html = on_a_large_stack(bare)?;
    let mut last = 0;
    for (number, mark) in marks.iter().enumerate().filter(|(_, mark)| mark.kind != '#') {
        let token = format!("{TOKEN}{number}q");
        let whole = &mjml[mark.start..mark.end];
        let places: Vec<usize> = html.match_indices(&token).map(|(place, _)| place).collect();
        let in_order = mark.kind == '{' || (places.len() == 1 && places[0] >= last);
        if places.is_empty() || !in_order {
            return Err(format!(
                "`{whole}` stands where the letter's layout loses or moves it; put it inside <mj-text> or <mj-raw>"
            ));
        }
        if mark.kind == '%' {
            last = places[0];
        }
        html = html.replace(&token, whole);
    }
    Ok(html)
}

fn on_a_large_stack(mjml: String) -> Result<String, String> {
    let render = move || {
        let root = mrml::parse(&mjml).map_err(|error| error.to_string())?;
        // No fonts: the engine's own list would load them from a third party.
        let options =
            RenderOptions { fonts: std::collections::HashMap::default(), ..RenderOptions::default() };
        root.element.render(&options).map_err(|error| error.to_string())
    };
    let thread =
        std::thread::Builder::new().stack_size(STACK).spawn(render).map_err(|error| error.to_string())?;
    thread.join().unwrap_or_else(|_| Err("the layout could not be worked out".to_owned()))
}

/// Makes a value safe for a header line: controls and runs of blanks become one blank.
pub(super) fn one_line(text: &str) -> String {
    text.split(|c: char| c.is_whitespace() || c.is_control())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// At most one blank line in a row, none at either end, no blanks at line ends.
pub(super) fn tidy_blank_lines(text: &str) -> String {
    let mut tidy = String::with_capacity(text.len());
    let mut blank = true;
    for line in text.lines().map(str::trim_end) {
        if !(line.is_empty() && blank) {
            tidy.push_str(line);
            tidy.push('\n');
        }
        blank = line.is_empty();
    }
    format!("{}\n", tidy.trim_end())
}
