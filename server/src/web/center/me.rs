//! `/me`: every fact we know about a reader, in their words, with where it came from and what they can do about it.

use axum::extract::{Query, State};
use axum::response::Html;
use chrono::{DateTime, Utc};
use segments::{EventKind, Inferred, Pace, Profile, Purpose, SizeBand, TypeSource, Verdict};
use serde::Deserialize;
use templates::Words;
use templates::center::{Changed, Choice, FactGroup, KnownFact, MePage, OwnPage};

use super::{around, frame, ways};
use crate::app::App;
use crate::router;
use crate::store::me::{self, AsOf};
use crate::store::told::own::{GUESS, Own, RECORDS};
use crate::store::told::{self, Kept};
use crate::store::{audience, products, wishes};
use crate::web::error::PageError;
use crate::web::frame::Visit;
use crate::web::visitor::Reader;

pub(crate) mod data;
pub(crate) mod facts;
pub(crate) mod farewell;

/// What was just done, in the address that a form leads back to.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Done {
    changed: Option<String>,
    removed: Option<String>,
    undone: Option<String>,
}

/// Shows everything.
pub async fn show(
    State(app): State<App>,
    visit: Visit,
    Query(done): Query<Done>,
    reader: Reader,
) -> Result<Html<String>, PageError> {
    let frame = frame(&app, &visit, Some(&reader));
    let words = app.templates.words(&frame.language);
    let known = Known::read(&app, &reader).await?;
    let speaker = Speaker { app: &app, words, known: &known };
    let groups = [
        Some(speaker.about_you()),
        Some(speaker.business()),
        speaker.products(),
        Some(speaker.acts()),
        Some(speaker.allowed()),
        speaker.notes(),
    ];
    let page = MePage {
        around: around(&app, Some(&reader), None),
        changed: changed(words, &done),
        groups: groups.into_iter().flatten().collect(),
        pages: pages(words),
        downloads: ["/me/data.json".to_owned(), "/me/data.txt".to_owned()],
        leave_href: "/me/leave".to_owned(),
        erase_href: "/me/erase".to_owned(),
    };
    Ok(Html(app.templates.center_me(&frame, &page)?))
}

/// Says what was just done; of a fact that is the reader's own it can be taken back.
fn changed(words: &Words, done: &Done) -> Option<Changed> {
    let own = |word: &Option<String>| word.as_deref().and_then(Own::find);
    let undo = |own: Own| format!("/me/facts/{}/undo", own.word());
    let said = |key: &str, undo_action| Some(Changed { words: words.say(key), undo_action });
    if done.undone.is_some() {
        said("me-undone", None)
    } else if done.removed.is_some() {
        said("me-removed", own(&done.removed).map(undo))
    } else if done.changed.is_some() {
        said("me-changed", own(&done.changed).map(undo))
    } else {
        None
    }
}

fn pages(words: &Words) -> Vec<OwnPage> {
    let all = [
        ("mail", "me-page-email", "me-page-email-hint", "/me/email"),
        ("layers", "me-page-mine", "me-page-mine-hint", "/mine"),
        ("save", "me-page-saved", "me-page-saved-hint", "/saved"),
        ("shield", "me-page-sessions", "me-page-sessions-hint", "/me/sessions"),
        ("check", "me-page-receipt", "me-page-receipt-hint", "/me/receipt"),
    ];
    let there = all.into_iter().filter(|(.., href)| router::leads_to(href));
    let page = |(icon, label, hint, href): (&'static str, &str, &str, &str)| OwnPage {
        icon,
        label: words.say(label),
        hint: words.say(hint),
        href: href.to_owned(),
    };
    there.map(page).collect()
}

/// Everything that is known.
struct Known {
    profile: Profile,
    told: Vec<Kept>,
    as_of: AsOf,
    colleagues: u64,
    products: Vec<products::Product>,
    inferred: Option<Inferred>,
    pace: (Pace, Option<DateTime<Utc>>),
}

impl Known {
    async fn read(app: &App, reader: &Reader) -> Result<Self, PageError> {
        let (db, id, account) = (app.db.read(), reader.customer.id, reader.customer.account);
        let profiles = audience::load_profiles(db, &[id], app.clock.now()).await?;
        let profile = profiles.into_iter().next().ok_or(PageError::NotFound)?;
        let person = wishes::person(db, id).await?.ok_or(PageError::NotFound)?;
        Ok(Self {
            inferred: ways::of(app, &profile).await?,
            profile,
            told: told::latest(db, account, id).await?,
            as_of: me::as_of(db, account, id).await?.ok_or(PageError::NotFound)?,
            colleagues: me::colleagues(db, account, id).await?,
            products: products::all(db).await?,
            pace: (person.pace, person.pace_at),
        })
    }

    fn told(&self, fact: &str) -> Option<&Kept> {
        self.told.iter().find(|kept| kept.fact == fact)
    }
}

/// Says what is known.
struct Speaker<'a> {
    app: &'a App,
    words: &'a Words,
    known: &'a Known,
}

impl Speaker<'_> {
    fn vendor(&self) -> &str {
        &self.app.settings.vendor.name
    }

    fn on(&self, key: &str, at: DateTime<Utc>) -> String {
        let day = self.words.day(at.date_naive());
        self.words.say_with(key, &[("day", day.into()), ("vendor", self.vendor().into())])
    }

    fn group(&self, id: &'static str, title: &str, lead: Option<&str>, facts: Vec<KnownFact>) -> FactGroup {
        let vendor = || [("vendor", self.vendor().into())];
        FactGroup {
            id,
            title: self.words.say_with(title, &vendor()),
            lead: lead.map(|key| self.words.say_with(key, &vendor())),
            facts,
        }
    }

    fn about_you(&self) -> FactGroup {
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

    fn business(&self) -> FactGroup {
        let account = &self.known.profile.account;
        let place: Vec<_> =
            [&account.city, &account.region, &account.country].into_iter().flatten().collect();
        let place =
            (!place.is_empty()).then(|| place.into_iter().map(String::as_str).collect::<Vec<_>>().join(", "));
        let records = self.on("me-from-records", self.known.as_of.company);
        let plain = |key: &str, value: Option<String>| KnownFact {
            name: self.words.say(key),
            from: if value.is_some() { records.clone() } else { self.words.say("me-from-nowhere") },
            value,
            ..KnownFact::default()
        };
        let stage = account.said_stage.map(|stage| stage.as_str().to_owned());
        let life = |value: &str| self.words.say(&format!("welcome-life-{value}"));
        let trade = |value: &str| match value {
            "" => self.words.say("welcome-trade-other"),
            code => self.words.say(&format!("welcome-trade-{code}")),
        };
        let by_code = account.industry.as_deref().and_then(|code| segments::naics::by_code(code).ok());
        let people = account.employees.and_then(|count| u64::try_from(count).ok());
        let band = account.employees.and_then(SizeBand::of).map(|band| band.as_str().to_owned());
        let size = |value: &str| self.words.say(&format!("welcome-size-{value}"));
        let colleagues = [("count", self.known.colleagues.into())];
        let facts = vec![
            plain("me-company", Some(account.name.clone())),
            self.of_company("stage", plain("me-life", stage.as_deref().map(life)), stage.as_deref(), &life),
            self.of_company(
                "industry",
                plain("me-trade", by_code.map(|entry| entry.title.clone())),
                account.industry.as_deref(),
                &trade,
            ),
            self.of_company(
                "employees",
                plain(
                    "me-size",
                    people.map(|count| self.words.say_with("me-size-count", &[("count", count.into())])),
                ),
                band.as_deref(),
                &size,
            ),
            plain("me-place", place),
            KnownFact {
                name: self.words.say("me-colleagues"),
                value: Some(self.words.say_with("me-colleagues-count", &colleagues)),
                from: self.words.say("me-colleagues-from"),
                ..KnownFact::default()
            },
        ];
        self.group("business", "me-business", Some("me-business-lead"), facts)
    }

    /// A fact about the business, beside what the reader told us of it.
    fn of_company(
        &self,
        word: &str,
        fact: KnownFact,
        holds: Option<&str>,
        say: &dyn Fn(&str) -> String,
    ) -> KnownFact {
        let change_href = Some(format!("/me/facts/{word}"));
        let Some(told) = self.known.told(word) else { return KnownFact { change_href, ..fact } };
        let on = self.on("me-from-told", told.at);
        if holds == Some(told.value.as_str()) {
            return KnownFact { change_href, value: Some(say(&told.value)), from: on, ..fact };
        }
        let value = say(&told.value);
        let instead = self.words.say_with("me-told-instead", &[("value", value.into())]);
        KnownFact { change_href, from: format!("{} · {instead}", fact.from), ..fact }
    }

    fn products(&self) -> Option<FactGroup> {
        let named = |code: &str| {
            let known = self.known.products.iter().find(|product| product.code == code);
            known.map_or_else(|| code.to_owned(), |product| product.name.clone())
        };
        let mut facts = Vec::new();
        for licence in self.known.profile.account.in_force() {
            let name = named(&licence.product);
            if facts.iter().any(|fact: &KnownFact| fact.name == name) {
                continue;
            }
            let seats = licence.seats.and_then(|seats| u64::try_from(seats).ok());
            let day = self.words.day(licence.renews_on);
            let values = [("day", day.into()), ("vendor", self.vendor().into())];
            facts.push(KnownFact {
                value: Some(match seats {
                    Some(seats) => self.words.say_with("me-seats", &[("count", seats.into())]),
                    None => self.words.say("me-yes-have"),
                }),
                name,
                from: self.words.say_with("me-product-from", &values),
                ..KnownFact::default()
            });
        }
        (!facts.is_empty()).then(|| self.group("have", "me-have", Some("me-have-lead"), facts))
    }

    /// What the reader did here, and, where they allow it, with letters.
    fn acts(&self) -> FactGroup {
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
            let values = [("times", one.times.into()), ("day", self.words.day(one.last.date_naive()).into())];
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

    fn allowed(&self) -> FactGroup {
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
    fn notes(&self) -> Option<FactGroup> {
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
