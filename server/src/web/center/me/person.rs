//! What is known about the person, and is theirs to change and to take away.

use chrono::{DateTime, Utc};
use segments::TypeSource;
use templates::center::{FactGroup, KnownFact};

use super::{Speaker, facts};
use crate::store::told::own::{GUESS, Own, RECORDS};

impl Speaker<'_> {
    pub(super) fn about_you(&self) -> FactGroup {
        let mut facts: Vec<_> = Own::ALL.into_iter().map(|own| self.own(own)).collect();
        let from = if self.known.as_of.joined_here {
            self.words.say("me-from-joining")
        } else {
            self.on("me-from-records", self.known.as_of.person)
        };
        let address = KnownFact {
            name: self.words.say("me-email"),
            value: Some(self.known.profile.email.clone()),
            from,
            ..KnownFact::default()
        };
        facts.insert(2, address);
        let no_phone = self.app.settings.vendor.phone.is_empty();
        let lead = if no_phone { "me-about-you-lead-no-phone" } else { "me-about-you-lead" };
        self.group("about-you", "me-about-you", Some(lead), facts)
    }

    /// A fact that is the reader's to change and to take away.
    fn own(&self, own: Own) -> KnownFact {
        let value = facts::value(&self.known.profile, own).map(|value| self.say_own(own, &value));
        let word = own.word();
        KnownFact {
            name: self.words.say(&format!("me-{word}")),
            from: self.source(own, value.is_some()),
            change_href: Some(format!("/me/facts/{word}")),
            remove_action: value.is_some().then(|| format!("/me/facts/{word}/remove")),
            value,
        }
    }

    fn say_own(&self, own: Own, value: &str) -> String {
        match own {
            Own::Level => self.words.say(&format!("welcome-level-{value}")),
            Own::UserType => self.words.say(&format!("welcome-way-{value}")),
            Own::Language if self.app.templates.speaks(value) => {
                self.app.templates.words(value).say("language-name")
            }
            Own::Timezone => facts::city(value),
            _ => value.to_owned(),
        }
    }

    fn source(&self, own: Own, known: bool) -> String {
        match self.known.told(own.word()) {
            Some(told) if told.source == GUESS => self.words.say("me-from-guess"),
            Some(told) if told.source == RECORDS => self.records_say(known, told.at),
            Some(told) if told.value.is_empty() => self.on("me-from-removed", told.at),
            Some(told) => self.on("me-from-told", told.at),
            None if !known => self.words.say("me-from-nowhere"),
            None if own == Own::UserType && self.guesses_user_type() => self.words.say("me-from-guess"),
            None if own == Own::FirstName && self.known.as_of.joined_here => {
                self.words.say("me-from-joining")
            }
            None => self.records_say(known, self.known.as_of.person),
        }
    }

    fn guesses_user_type(&self) -> bool {
        self.known.profile.user_type_source == Some(TypeSource::Inferred)
    }

    fn records_say(&self, known: bool, at: DateTime<Utc>) -> String {
        if known { self.on("me-from-records", at) } else { self.words.say("me-from-nowhere") }
    }
}
