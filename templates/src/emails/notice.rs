//! A service letter: one that its reader asked for a moment ago, or for this very day.
//!
//! It sells nothing and watches nobody: no picture, no counted link, nothing to stop, since it comes once. Like every
//! letter it says who writes, why, and where we live.

use std::sync::LazyLock;

use serde::Serialize;
use tera::{Context, Tera};

use super::compile::{one_line, tidy_blank_lines, to_html};
use super::letter::is_web_address;
use super::source::shipped;
use super::{LetterError, Rendered};
use crate::BrandColor;

/// The name under which faults of this letter are told.
const NAME: &str = "notice";

/// Everything a service letter says, in finished words.
#[derive(Debug, Clone, Default)]
pub struct Notice {
    /// Who writes, for the From header.
    pub from_name: String,
    /// The vendor's name.
    pub vendor: String,
    /// The vendor's colour.
    pub colors: BrandColor,
    /// The subject.
    pub subject: String,
    /// What it is, on top.
    pub title: String,
    /// Paragraphs above the button.
    pub before: Vec<String>,
    /// The one thing to press.
    pub button: Option<NoticeButton>,
    /// A question with answers to tap.
    pub question: Option<NoticeQuestion>,
    /// Digits to be typed somewhere.
    pub code: Option<String>,
    /// Paragraphs under it.
    pub after: Vec<String>,
    /// Why this person got this letter, as one sentence.
    pub why_line: String,
    /// Where the sender can be reached by post.
    pub postal_address: String,
}

/// The button of a service letter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NoticeButton {
    /// What happens.
    pub label: String,
    /// Where it leads: a page of ours.
    pub url: String,
}

/// A question in a service letter. Each answer opens a page on which it is ready to confirm.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NoticeQuestion {
    /// The question.
    pub words: String,
    /// What there is to answer.
    pub answers: Vec<NoticeButton>,
}

impl Notice {
    /// Draws both bodies.
    pub fn draw(&self) -> Result<Rendered, LetterError> {
        let needed = [
            ("vendor", &self.vendor),
            ("subject", &self.subject),
            ("why_line", &self.why_line),
            ("postal_address", &self.postal_address),
        ];
        if let Some((field, _)) = needed.into_iter().find(|(_, value)| value.trim().is_empty()) {
            return Err(LetterError::Empty { letter: NAME.to_owned(), field });
        }
        let answers = self.question.iter().flat_map(|question| &question.answers);
        if self.button.iter().chain(answers).any(|button| !is_web_address(&button.url)) {
            return Err(LetterError::NotAnAddress { letter: NAME.to_owned(), field: "button" });
        }
        let lines = |lines: &[String]| lines.iter().map(|line| one_line(line)).collect::<Vec<_>>();
        let subject = one_line(&self.subject);
        let mut context = Context::new();
        context.insert("vendor", &one_line(&self.vendor));
        context.insert("colors", &self.colors);
        context.insert("subject", &subject);
        context.insert("title", &one_line(&self.title));
        context.insert("preview", &self.before.first().map(|line| one_line(line)).unwrap_or_default());
        context.insert("before", &lines(&self.before));
        context.insert("button", &self.button);
        context.insert("question", &self.question);
        context.insert("code", &self.code);
        context.insert("after", &lines(&self.after));
        context.insert("why_line", &one_line(&self.why_line));
        context.insert("postal_address", &one_line(&self.postal_address));
        let fill = |part: &str| {
            ENGINE
                .render(part, &context)
                .map_err(|source| LetterError::Fill { letter: NAME.to_owned(), source })
        };
        Ok(Rendered {
            from_name: one_line(&self.from_name),
            subject,
            text: tidy_blank_lines(&fill("notice.txt")?),
            html: fill("notice.html")?,
        })
    }
}

/// The frame of every service letter, compiled once.
static ENGINE: LazyLock<Tera> = LazyLock::new(|| {
    let html = to_html(&shipped("_notice/notice.mjml")).expect("a test draws the frame of service letters");
    let mut engine = Tera::new();
    engine
        .add_raw_templates([("notice.txt", shipped("_notice/notice.txt")), ("notice.html", html)])
        .expect("a test draws the frame of service letters");
    engine
});

#[cfg(test)]
mod tests {
    use super::*;

    fn sign_in() -> Notice {
        Notice {
            from_name: "Lakeshore".to_owned(),
            vendor: "Lakeshore".to_owned(),
            colors: BrandColor::default(),
            subject: "Your sign-in link".to_owned(),
            title: "Sign in".to_owned(),
            before: vec!["Hello Maria <b>.".to_owned(), "Press the button.".to_owned()],
            button: Some(NoticeButton {
                label: "Sign in".to_owned(),
                url: "https://help.lakeshore.example/sign-in/abc".to_owned(),
            }),
            question: Some(NoticeQuestion {
                words: "Did the answer help?".to_owned(),
                answers: vec![NoticeButton {
                    label: "Not really".to_owned(),
                    url: "https://help.lakeshore.example/useful/answer?page=/ask/x&answer=no".to_owned(),
                }],
            }),
            code: Some("012345".to_owned()),
            after: vec!["The code is for another browser.".to_owned()],
            why_line: "Somebody typed this address at our sign-in.".to_owned(),
            postal_address: "12 Harbor Street, Erie, PA 16507".to_owned(),
        }
    }

    #[test]
    fn a_service_letter_says_the_same_in_both_bodies_and_carries_nothing_that_watches() {
        let drawn = sign_in().draw().unwrap();
        for said in [
            "Press the button.",
            "012345",
            "https://help.lakeshore.example/sign-in/abc",
            "Did the answer help?",
            "https://help.lakeshore.example/useful/answer?page=/ask/x",
            "The code is for another browser.",
            "Somebody typed this address at our sign-in.",
            "12 Harbor Street",
        ] {
            assert!(drawn.text.contains(said), "text: {said}");
            assert!(drawn.html.contains(said), "html: {said}");
        }
        assert!(drawn.html.contains("Maria &lt;b&gt;") && drawn.text.contains("Maria <b>"));
        assert!(!drawn.html.contains("<img") && !drawn.html.contains("/c/") && !drawn.html.contains("/u/"));
    }

    #[test]
    fn without_a_button_or_a_code_none_is_drawn() {
        let bare = Notice { button: None, question: None, code: None, ..sign_in() };
        let drawn = bare.draw().unwrap();
        assert!(!drawn.html.contains("class=\"go\"") && !drawn.text.contains("012345"));
        assert!(!drawn.html.contains("/useful/") && !drawn.text.contains("/useful/"));
    }

    #[test]
    fn what_every_letter_must_carry_is_never_left_out_and_a_button_leads_to_a_page() {
        let homeless = Notice { postal_address: String::new(), ..sign_in() };
        assert!(matches!(homeless.draw(), Err(LetterError::Empty { field: "postal_address", .. })));
        let button = NoticeButton { label: "Go".to_owned(), url: "javascript:go".to_owned() };
        let astray = Notice { button: Some(button), ..sign_in() };
        assert!(matches!(astray.draw(), Err(LetterError::NotAnAddress { .. })));
    }
}
