//! A reply that solved something, as the draft of a fix: a file to be read over, completed and imported.

use chrono::NaiveDate;

use crate::store::questions::Question;
use crate::store::replies::{Author, Badge, Reply};

/// Minutes that a draft claims until somebody has tried it.
const MINUTES: u16 = 5;

/// A file and its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// `can-the-front-desk-move-a-call.md`.
    pub name: String,
    /// The file, in the form that the import of items reads.
    pub text: String,
}

/// Writes the draft. It says of itself that nobody has reviewed it.
pub fn fix(question: &Question, reply: &Reply, vendor: &str, today: NaiveDate) -> Draft {
    let (name, kind, paid) = match &reply.author {
        Author::Customer { .. } => ("A customer".to_owned(), "peer", false),
        Author::Staff { name, badge: Badge::Expert, .. } => (name.clone(), "expert", true),
        Author::Staff { .. } => (format!("The {vendor} team"), "vendor", true),
    };
    let level = question.level.map_or("starter", |level| level.as_str());
    let products: Vec<&str> = question.product.iter().map(String::as_str).collect();
    let text = format!(
        "---\n\
         title: {title}\n\
         kind: support\n\
         format: fix\n\
         summary: {summary}\n\
         minutes: {MINUTES}\n\
         level: {level}\n\
         user_types: []\n\
         stages: []\n\
         products: {products}\n\
         trades: []\n\
         needs: []\n\
         language: {language}\n\
         author: {{name: {name}, kind: {kind}, independent: false, paid: {paid}}}\n\
         checked_on: {today}\n\
         review: draft from an answer in Ask & share, not reviewed\n\
         words: []\n\
         symptom: {title}\n\
         related: []\n\
         ---\n\
         {intro}\n\n\
         ## Try this\n\n\
         {steps}\n",
        title = quoted(&question.title),
        summary = quoted(&format!("What worked when somebody asked: {}", question.title)),
        products = quoted_list(&products),
        language = quoted(&question.language),
        name = quoted(&name),
        intro = plain(if question.details.is_empty() { &question.title } else { &question.details }),
        steps = plain(&reply.body),
    );
    let short = question.slug.rsplit_once('-').map_or(question.slug.as_str(), |(words, _)| words);
    Draft { name: format!("{short}.md"), text }
}

/// A text as YAML takes it whatever it holds: JSON's strings are YAML's.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

fn quoted_list(words: &[&str]) -> String {
    serde_json::Value::from(words.to_vec()).to_string()
}

/// Text that stays inside its step: a line that would begin another one does not.
fn plain(text: &str) -> String {
    let line = |line: &str| {
        let begins = line.trim_start().starts_with(['#', '-', '=']) && !line.trim_start().starts_with("- ");
        if begins { format!("\\{}", line.trim_start()) } else { line.to_owned() }
    };
    text.lines().map(line).collect::<Vec<_>>().join("\n")
}
