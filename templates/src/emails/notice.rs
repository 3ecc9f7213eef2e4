//! A service letter: one that its reader asked for a moment ago, or for this very day.
//!
//! It sells nothing and watches nobody: no picture, no counted link. Like every letter it says who writes, why, where
//! we live, how to search and whom to call; one that a stop of letters stops says how to stop, and asks its one question.

use std::sync::LazyLock;

use serde::Serialize;
use tera::{Context, Tera};

use super::compile::{one_line, tidy_blank_lines, to_html};
use super::frame::{FrameWords, pieced};
use super::letter::is_web_address;
use super::source::shipped;
use super::{LetterError, Rendered};
use crate::{BrandColor, Words};

/// The name under which faults of this letter are told.
const NAME: &str = "notice";

/// Everything a service letter says, in finished words.
#[derive(Debug, Clone, Default)]
pub struct Notice {
    /// The person who writes, where the house has named one; the vendor otherwise.
    pub signer: Option<String>,
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
    /// Digits to be typed somewhere.
    pub code: Option<String>,
    /// Paragraphs under it.
    pub after: Vec<String>,
    /// Why this person got this letter, as one sentence.
    pub why_line: String,
    /// Where the sender can be reached by post.
    pub postal_address: String,
    /// The number that reaches a person.
    pub phone: Option<String>,
    /// Where the reader can look for something in their own words.
    pub search_url: String,
    /// The one-tap question.
    pub question: Option<NoticeQuestion>,
    /// Choices and the stop, for a letter that a stop of letters stops.
    pub ways_out: Option<WaysOut>,
}

/// The one-tap question of a service letter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NoticeQuestion {
    /// The question.
    pub text: String,
    /// "Yes": opens a page with the answer ready to confirm.
    pub yes_url: String,
    /// "Not really".
    pub no_url: String,
}

/// How the reader of a service letter gets fewer of them, or none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaysOut {
    /// The reader's e-mail choices.
    pub choices_url: String,
    /// The page that stops all e-mails.
    pub stop_url: String,
    /// The page that stops letters about this one question.
    pub leave_url: Option<String>,
}

/// The button of a service letter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NoticeButton {
    /// What happens.
    pub label: String,
    /// Where it leads: a page of ours.
    pub url: String,
}

impl Notice {
    /// Draws both bodies in the language of these words.
    pub fn draw(&self, words: &Words) -> Result<Rendered, LetterError> {
        let needed = [
            ("vendor", &self.vendor),
            ("subject", &self.subject),
            ("why_line", &self.why_line),
            ("postal_address", &self.postal_address),
        ];
        if let Some((field, _)) = needed.into_iter().find(|(_, value)| value.trim().is_empty()) {
            return Err(LetterError::Empty { letter: NAME.to_owned(), field });
        }
        if let Some((field, _)) = self.addresses().find(|(_, url)| !is_web_address(url)) {
            return Err(LetterError::NotAnAddress { letter: NAME.to_owned(), field });
        }
        let lines = |lines: &[String]| lines.iter().map(|line| one_line(line)).collect::<Vec<_>>();
        let subject = one_line(&self.subject);
        let signer = self.signer.as_deref().map(one_line).filter(|name| !name.is_empty());
        let mut context = Context::new();
        context.insert("vendor", &one_line(&self.vendor));
        context.insert("colors", &self.colors);
        context.insert("subject", &subject);
        context.insert("title", &one_line(&self.title));
        context.insert("preview", &self.before.first().map(|line| one_line(line)).unwrap_or_default());
        context.insert("before", &lines(&self.before));
        context.insert("button", &self.button);
        context.insert("code", &self.code);
        context.insert("after", &lines(&self.after));
        context.insert("why_line", &one_line(&self.why_line));
        context.insert("postal_address", &one_line(&self.postal_address));
        context.insert("language", words.language());
        context.insert("words", &FrameWords::of(words));
        context.insert("signer", &signer);
        context.insert("phone", &self.phone.as_deref().map(one_line).filter(|phone| !phone.is_empty()));
        context.insert("search_url", &self.search_url);
        context.insert("question", &self.question);
        if let Some(out) = &self.ways_out {
            context.insert("choices_url", &out.choices_url);
            context.insert("stop_url", &out.stop_url);
            context.insert("leave_url", &out.leave_url);
        }
        let fill = |part: &str| {
            ENGINE
                .render(part, &context)
                .map_err(|source| LetterError::Fill { letter: NAME.to_owned(), source })
        };
        Ok(Rendered {
            from_name: signer.unwrap_or_else(|| one_line(&self.vendor)),
            subject,
            text: tidy_blank_lines(&fill("notice.txt")?),
            html: fill("notice.html")?,
        })
    }

    fn addresses(&self) -> impl Iterator<Item = (&'static str, &String)> {
        let button = self.button.iter().map(|button| ("button", &button.url));
        let asked = self.question.iter().flat_map(|asked| [&asked.yes_url, &asked.no_url]);
        let out = self
            .ways_out
            .iter()
            .flat_map(|out| [Some(&out.choices_url), Some(&out.stop_url), out.leave_url.as_ref()]);
        button
            .chain([("search_url", &self.search_url)])
            .chain(asked.map(|url| ("question", url)))
            .chain(out.flatten().map(|url| ("ways_out", url)))
    }
}

/// The frame of every service letter, compiled once.
static ENGINE: LazyLock<Tera> = LazyLock::new(|| {
    let html = to_html(&pieced(&shipped("_notice/notice.mjml"), "mjml"));
    let html = html.expect("a test draws the frame of service letters");
    let text = pieced(&shipped("_notice/notice.txt"), "txt");
    let mut engine = Tera::new();
    engine
        .add_raw_templates([("notice.txt", text), ("notice.html", html)])
        .expect("a test draws the frame of service letters");
    engine
});

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Templates;
    use crate::emails::samples::{answered, reminder, sign_in};

    fn drawn(notice: &Notice) -> Result<Rendered, LetterError> {
        notice.draw(Templates::new().unwrap().words(crate::ENGLISH))
    }

    #[test]
    fn every_service_letter_looks_as_it_did() {
        for (name, notice) in [("reminder", reminder()), ("answered", answered()), ("sign-in", sign_in())] {
            let mail = drawn(&notice).unwrap();
            let head = format!("From: {}\nSubject: {}\n\n", mail.from_name, mail.subject);
            insta::assert_snapshot!(format!("notice-{name}.txt"), head + &mail.text);
            insta::assert_snapshot!(format!("notice-{name}.html"), mail.html);
        }
    }

    #[test]
    fn a_service_letter_says_the_same_in_both_bodies_and_carries_nothing_that_watches() {
        let odd = Notice { before: vec!["Hello Maria <b>.".to_owned()], ..sign_in() };
        let drawn = drawn(&odd).unwrap();
        for said in [
            "012345",
            "https://help.lakeshore.example/sign-in/sample",
            "https://help.lakeshore.example/search",
            "Rather talk?",
            "555-0142",
            "You get this one letter because",
            "12 Harbor Street",
        ] {
            assert!(drawn.text.contains(said), "text: {said}");
            assert!(drawn.html.contains(said), "html: {said}");
        }
        assert!(drawn.html.contains("Maria &lt;b&gt;") && drawn.text.contains("Maria <b>"));
        assert!(!drawn.html.contains("<img") && !drawn.html.contains("/c/"));
        for body in [&drawn.text, &drawn.html] {
            assert!(!body.contains("/u/") && !body.contains("/p/"), "the key to the door comes in any case");
        }
    }

    #[test]
    fn a_letter_that_a_stop_stops_says_how_and_asks_its_one_question() {
        for notice in [reminder(), answered()] {
            let (asked, out) = (notice.question.clone().unwrap(), notice.ways_out.clone().unwrap());
            let mail = drawn(&notice).unwrap();
            for body in [&mail.text, &mail.html] {
                for said in [&asked.text, &asked.yes_url, &asked.no_url, &out.choices_url, &out.stop_url] {
                    assert!(body.replace("&amp;", "&").contains(said), "{said} in {body}");
                }
                assert_eq!(body.contains("/u/leave"), out.leave_url.is_some(), "{body}");
            }
            assert_eq!(mail.from_name, "Dana Okafor");
            assert!(mail.html.len() < 40_000, "{} bytes", mail.html.len());
        }
    }

    #[test]
    fn without_a_button_a_code_or_a_name_none_is_drawn_and_the_vendor_writes() {
        let bare =
            Notice { button: None, code: None, signer: Some(" ".to_owned()), phone: None, ..sign_in() };
        let mail = drawn(&bare).unwrap();
        assert!(!mail.html.contains("class=\"go\"") && !mail.text.contains("012345"));
        assert!(!mail.text.contains("Rather talk?") && !mail.html.contains("tel:"));
        assert_eq!(mail.from_name, "Lakeshore");
    }

    #[test]
    fn what_every_letter_must_carry_is_never_left_out_and_a_link_leads_to_a_page() {
        let homeless = Notice { postal_address: String::new(), ..sign_in() };
        assert!(matches!(drawn(&homeless), Err(LetterError::Empty { field: "postal_address", .. })));
        let button = NoticeButton { label: "Go".to_owned(), url: "javascript:go".to_owned() };
        let astray = Notice { button: Some(button), ..sign_in() };
        assert!(matches!(drawn(&astray), Err(LetterError::NotAnAddress { field: "button", .. })));
        let lost = Notice { search_url: String::new(), ..sign_in() };
        assert!(matches!(drawn(&lost), Err(LetterError::NotAnAddress { field: "search_url", .. })));
    }
}
