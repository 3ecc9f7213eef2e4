//! What the reader did here, what they allow, and what stands in the vendor's own columns.

use chrono::{DateTime, Utc};
use segments::{EventKind, Purpose, Verdict};
use templates::center::{Choice, FactGroup, KnownFact};

use super::super::times;
use super::Speaker;

impl Speaker<'_> {
    /// What the reader did here, and, where they allow it, with letters.
    pub(super) fn acts(&self) -> FactGroup {
        let profile = &self.known.profile;
        let counted = |key: &str, kinds: &[EventKind], by_hand: bool| {
            let theirs = profile.events.iter().filter(|event| {
                kinds.contains(&event.kind) && (!by_hand || event.verdict == Some(Verdict::Human))
            });
            let (count, last) =
                theirs.fold((0_u64, None), |(count, last), event| (count + 1, last.max(Some(event.at))));
            KnownFact {
                name: self.words.say(key),
                value: Some(self.words.say_with("me-times", &[("count", count.into())])),
                from: last.map_or_else(|| self.words.say("me-nothing-yet"), |at| self.on("me-last-on", at)),
                ..KnownFact::default()
            }
        };
        let mut opened = counted("me-opened", &[EventKind::Opened, EventKind::Clicked], true);
        opened.change_href = Some("/me/email".to_owned());
        if profile.allows_tracking(self.app.clock.now()) {
            opened.from = format!("{} · {}", opened.from, self.words.say("me-seen-by-consent"));
        } else {
            opened.from = self.words.say("me-not-watched");
        }
        let facts = [
            Some(counted("me-finished", &[EventKind::Completed], false)),
            Some(counted("me-looked", &[EventKind::Viewed], false)),
            Some(opened),
            self.seems(),
        ];
        self.group("did", "me-did", Some("me-did-lead"), facts.into_iter().flatten().collect())
    }

    /// How what they do says that they like to learn, with the acts behind it.
    fn seems(&self) -> Option<KnownFact> {
        let inferred = self.known.inferred.as_ref()?;
        let acts = inferred.evidence.iter().map(|one| {
            let key = format!("me-deed-{}", one.deed.as_str());
            let values =
                [("times", one.times.into()), ("day", times::day(self.words, one.last, self.zone).into())];
            self.words.say_with(&key, &values)
        });
        let acts = acts.collect::<Vec<_>>().join("; ");
        Some(KnownFact {
            name: self.words.say("me-seems"),
            value: Some(self.words.say(&format!("welcome-way-{}", inferred.user_type.as_str()))),
            from: self.words.say_with("me-seems-from", &[("acts", acts.into())]),
            change_href: Some("/me/facts/user-type".to_owned()),
            ..KnownFact::default()
        })
    }

    pub(super) fn allowed(&self) -> FactGroup {
        let name = |purpose: Purpose| match purpose {
            Purpose::Tracking => self.words.say("choices-see"),
            _ => self.words.say("me-letters"),
        };
        let given = |(purpose, at): (&Purpose, &DateTime<Utc>)| KnownFact {
            name: name(*purpose),
            value: Some(Choice::new(self.words, *purpose, true).label),
            from: self.on("me-allowed-since", *at),
            change_href: Some("/me/email".to_owned()),
            remove_action: None,
        };
        let mut facts: Vec<_> = self.known.profile.consents.iter().map(given).collect();
        if facts.is_empty() {
            facts.push(KnownFact {
                name: self.words.say("me-letters"),
                value: Some(self.words.say("me-allowed-nothing")),
                from: self.words.say("me-allowed-nothing-from"),
                change_href: Some("/me/email".to_owned()),
                remove_action: None,
            });
        }
        facts.push(self.pace());
        self.group("allowed", "me-allowed", Some("me-allowed-lead"), facts)
    }

    /// How often letters may come.
    fn pace(&self) -> KnownFact {
        let (pace, chosen_at) = self.known.pace;
        let nobody = || self.words.say("me-pace-nobody");
        KnownFact {
            name: self.words.say("me-pace"),
            value: Some(Choice::of_pace(self.words, pace, true).label),
            from: chosen_at.map_or_else(nobody, |at| self.on("me-from-told", at)),
            change_href: Some("/me/email".to_owned()),
            remove_action: None,
        }
    }

    /// Extra columns of the vendor's files, as they are.
    pub(super) fn notes(&self) -> Option<FactGroup> {
        let from = self.on("me-from-records", self.known.as_of.person);
        let note = |(name, value): (&String, &String)| KnownFact {
            name: name.clone(),
            value: Some(value.clone()),
            from: from.clone(),
            ..KnownFact::default()
        };
        let facts: Vec<_> = self.known.profile.traits.iter().map(note).collect();
        (!facts.is_empty()).then(|| self.group("notes", "me-notes", Some("me-notes-lead"), facts))
    }
}
