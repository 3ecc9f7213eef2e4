//! Draws a page's template by its name. Letters, which marketers may write, have an engine of their own.
//!
//! Every template is part of the program. Whatever its name, it escapes for
//! HTML. Filters come from a short list, and a template that asks for another
//! one stops the program at its start.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use rust_embed::RustEmbed;
use serde::Serialize;
use tera::{Context, Tera};

use crate::words::{self, ENGLISH, Words, WordsError};
use crate::{Frame, figures};

mod filters;

pub use filters::Misuse;

/// Everything that can be drawn, in every language there is: one function for each page.
#[derive(Debug)]
pub struct Templates {
    english: Spoken,
    others: BTreeMap<String, Spoken>,
}

/// The templates as one language says them.
#[derive(Debug)]
struct Spoken {
    words: Arc<Words>,
    tera: Tera,
}

/// Why something could not be drawn.
#[derive(Debug, thiserror::Error)]
pub enum RenderError {
    /// A template is not UTF-8, so that it cannot be read at all.
    #[error("the template {0} is not text")]
    NotText(String),
    /// A template uses a filter outside the list, or `safe` where it may not.
    #[error("in the template {template}, line {line}: {misuse}")]
    Filter {
        /// The file.
        template: String,
        /// Where in the file.
        line: usize,
        /// What is wrong and what would be right.
        misuse: Misuse,
    },
    /// A template does not parse, or leans on one that does not exist.
    #[error("the templates could not be read")]
    Read(#[source] tera::Error),
    /// The words of a language cannot be read.
    #[error(transparent)]
    Words(#[from] WordsError),
    /// A value is missing, or of the wrong kind.
    #[error("we could not draw {template}")]
    Draw {
        /// The template that was asked for.
        template: String,
        /// What Tera says of it.
        source: tera::Error,
    },
}

impl Templates {
    /// Reads and checks every template of the house.
    pub fn new() -> Result<Self, RenderError> {
        let mut all = BTreeMap::new();
        for (language, words) in words::read()? {
            all.insert(language, Spoken::of(words)?);
        }
        let english = all.remove(ENGLISH).expect("reading the words begins with English");
        Ok(Self { english, others: all })
    }

    /// The same with a made-up language in place of English, whose words look like none: whatever still reads as
    /// English on a page was written into it by hand. For tests.
    pub fn disguised() -> Result<Self, RenderError> {
        Ok(Self { english: Spoken::of(Arc::new(words::pseudo()?))?, others: BTreeMap::new() })
    }

    /// The words of this language, or English.
    pub fn words(&self, language: &str) -> &Words {
        &self.spoken(language).words
    }

    /// Whether there are words of this language.
    pub fn speaks(&self, language: &str) -> bool {
        self.english.words.language() == language || self.others.contains_key(language)
    }

    /// Every language there are words of, English first.
    pub fn languages(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.english.words.language()).chain(self.others.keys().map(String::as_str))
    }

    fn spoken(&self, language: &str) -> &Spoken {
        self.others.get(language).unwrap_or(&self.english)
    }

    /// Draws one page: the template sees `frame`, `page` and the address of each stylesheet.
    pub(crate) fn page(
        &self,
        template: &str,
        frame: &Frame,
        page: &impl Serialize,
    ) -> Result<String, RenderError> {
        self.draw(template, frame, &context(frame, page))
    }

    /// Draws a page whose numbers were written and laid out beforehand: the template sees them as `drawing`.
    pub(crate) fn drawn_page(
        &self,
        template: &str,
        frame: &Frame,
        page: &impl Serialize,
        drawing: &impl Serialize,
    ) -> Result<String, RenderError> {
        let mut context = context(frame, page);
        context.insert("drawing", drawing);
        self.draw(template, frame, &context)
    }

    fn draw(&self, template: &str, frame: &Frame, context: &Context) -> Result<String, RenderError> {
        #[cfg(test)]
        tests::note(template);
        let drawn = self.spoken(&frame.language).tera.render(template, context);
        drawn.map_err(|source| RenderError::Draw { template: template.to_owned(), source })
    }
}

impl Spoken {
    fn of(words: Arc<Words>) -> Result<Self, RenderError> {
        let mut tera = bare();
        // Every name ends with nothing: so every name is escaped.
        tera.autoescape_on([""]);
        tera.register_function("say", words::in_templates(Arc::clone(&words)));
        tera.add_raw_templates(sources()?).map_err(RenderError::Read)?;
        Ok(Self { words, tera })
    }
}

fn context(frame: &Frame, page: &impl Serialize) -> Context {
    let mut context = Context::new();
    context.insert("frame", frame);
    context.insert("page", page);
    context.insert("home", frame.face.home());
    context
}

/// A file that a page asks for: a stylesheet, a script, the mark.
#[derive(Debug)]
pub struct Asset {
    /// What the file holds.
    pub bytes: Cow<'static, [u8]>,
    /// Its media type.
    pub mime: String,
    /// Changes when the file does: the address carries it, and so does the `ETag`.
    pub version: String,
}

/// Finds the file behind `/assets/{name}`.
pub fn asset(name: &str) -> Option<Asset> {
    let file = Assets::get(name)?;
    let version =
        file.metadata.sha256_hash()[..6].iter().fold(String::new(), |all, byte| format!("{all}{byte:02x}"));
    let mime = file.metadata.mimetype().to_owned();
    Some(Asset { bytes: file.data, mime, version })
}

/// The pages, layouts and pieces of pages.
#[derive(RustEmbed)]
#[folder = "pages/"]
#[prefix = "pages/"]
struct Pages;

/// What a browser fetches besides the page.
#[derive(RustEmbed)]
#[folder = "assets/"]
struct Assets;

/// Every template's name (its path under the crate) and text.
pub(crate) fn sources() -> Result<Vec<(String, String)>, RenderError> {
    Pages::iter().map(|name| read(&name, Pages::get(&name))).collect()
}

fn read(name: &str, file: Option<rust_embed::EmbeddedFile>) -> Result<(String, String), RenderError> {
    let bytes = file.map(|file| file.data.into_owned()).unwrap_or_default();
    let text = String::from_utf8(bytes).map_err(|_| RenderError::NotText(name.to_owned()))?;
    filters::check(&text).map_err(|(line, misuse)| RenderError::Filter {
        template: name.to_owned(),
        line,
        misuse,
    })?;
    Ok((name.to_owned(), text))
}

/// Tera, and what of ours a template may call.
fn bare() -> Tera {
    let mut tera = Tera::new();
    tera.register_filter("urlencode", tera_contrib::urlencode::urlencode);
    tera.register_filter("count", |number: u64, _: tera::Kwargs, _: &tera::State| figures::count(number));
    tera.register_filter("size", |bytes: u64, _: tera::Kwargs, _: &tera::State| figures::size(bytes));
    tera.register_filter(
        "moment",
        |at: &str, _: tera::Kwargs, _: &tera::State| -> tera::TeraResult<String> {
            let at = at.parse().map_err(|_| tera::Error::message(format!("`{at}` is not a moment")))?;
            Ok(figures::moment(at))
        },
    );
    tera.register_function("asset", |named: tera::Kwargs, _: &tera::State| -> tera::TeraResult<String> {
        let name: String = named.must_get("name")?;
        match asset(&name) {
            Some(found) => Ok(format!("/assets/{name}?v={}", found.version)),
            None => Err(tera::Error::message(format!("there is no asset called {name}"))),
        }
    });
    tera
}

#[cfg(test)]
mod tests;
