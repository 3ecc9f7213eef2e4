//! One made-up filling of every page of the center, in each of its states.
//!
//! People, companies and numbers are invented. The tests draw them all.

mod asking;
mod error;
mod fix;
mod from_letter;
mod home;
mod item;
mod join;
mod kept;
mod learning;
mod me;
mod saved;

use from_letter::{answer, choices_saved, sign_in, sign_in_expired, stop, stop_question};
use item::library_question_visitor;
use learning::{finish, finish_picks, learn, learn_nothing, lesson_visitor, reading};

pub use from_letter::choices;
pub use home::{home, home_bare, home_put_off, home_signed_out};
pub use item::library_question;
pub use learning::lesson_step;

use super::{Around, DonePage, FeedbackStrip, Moment, Place, PlaceKind, Why};
use crate::{Brand, ENGLISH, Face, Frame, RenderError, Templates, Theme};

mod search;
use search::{search, search_empty, search_nothing};

/// Draws every sample, each with its name.
pub fn draw_all(templates: &Templates, theme: Theme) -> Drawn {
    let (maria, anybody) = (frame(theme, Some("Maria Alvarez")), frame(theme, None));
    let mut all = places(templates, &maria, &anybody)?;
    all.extend(doors(templates, &maria, &anybody)?);
    all.extend(own(templates, &maria, &anybody)?);
    Ok(all)
}

/// Every sample of a part of the center, each with its name.
pub type Drawn = Result<Vec<(&'static str, String)>, RenderError>;

/// What there is to learn, to mend and to read.
fn places(templates: &Templates, maria: &Frame, anybody: &Frame) -> Drawn {
    Ok(vec![
        ("home", templates.center_home(&at("/", maria), &home())?),
        ("home-signed-out", templates.center_home(anybody, &home_signed_out())?),
        ("home-put-off", templates.center_home(&at("/", maria), &home_put_off())?),
        ("home-bare", templates.center_home(anybody, &home_bare())?),
        ("fixes", templates.center_fix_list(&at("/fix", maria), &fix::list())?),
        ("fixes-empty", templates.center_fix_list(&at("/fix", anybody), &fix::list_empty())?),
        ("fix", templates.center_fix(&at(fix::PATH, anybody), &fix::begun())?),
        ("fix-two-tried", templates.center_fix(&at(fix::PATH, maria), &fix::two_tried())?),
        ("fix-all-tried", templates.center_fix(&at(fix::PATH, anybody), &fix::all_tried())?),
        ("fix-fixed", templates.center_fix(&at(fix::PATH, maria), &fix::fixed())?),
        ("feedback-no", templates.center_feedback(maria, &fix::feedback_no())?),
        ("feedback-yes", templates.center_feedback(anybody, &fix::feedback_yes())?),
        ("feedback-kept", templates.center_feedback(maria, &fix::feedback_kept())?),
        ("heard", templates.center_heard(&at("/heard", maria), &fix::heard())?),
        ("heard-none", templates.center_heard(&at("/heard", anybody), &fix::heard_none())?),
        ("library-question", templates.center_library_question(maria, &library_question())?),
        (
            "library-question-visitor",
            templates.center_library_question(anybody, &library_question_visitor())?,
        ),
        ("learn", templates.center_learn(maria, &learn())?),
        ("learn-nothing", templates.center_learn(anybody, &learn_nothing())?),
        ("lesson-step", templates.center_lesson(maria, &lesson_step())?),
        ("lesson-visitor", templates.center_lesson(anybody, &lesson_visitor())?),
        ("finish", templates.center_finish(maria, &finish())?),
        ("finish-picks", templates.center_finish(maria, &finish_picks())?),
        ("reading", templates.center_article(maria, &reading())?),
    ])
}

/// What letters lead to, the doors of the center, and what goes wrong.
fn doors(templates: &Templates, maria: &Frame, anybody: &Frame) -> Drawn {
    let english = templates.words(ENGLISH);
    Ok(vec![
        ("choices", templates.center_choices(anybody, &choices(templates.words(ENGLISH)))?),
        ("choices-saved", templates.center_choices(anybody, &choices_saved(templates.words(ENGLISH)))?),
        ("stop", templates.center_stop(anybody, &stop())?),
        ("stop-question", templates.center_stop(anybody, &stop_question())?),
        (
            "stopped-question",
            templates.center_done(anybody, &DonePage::stopped_of_question(english, around_a_letter()))?,
        ),
        (
            "stopped",
            templates.center_done(
                anybody,
                &DonePage::stopped(english, around_a_letter(), Some("/p/sample".to_owned())),
            )?,
        ),
        ("answer-no", templates.center_answer(anybody, &answer(false))?),
        ("answer-yes", templates.center_answer(anybody, &answer(true))?),
        ("answered", templates.center_done(anybody, &DonePage::answered(english, around_a_letter()))?),
        ("missing", templates.center_error(anybody, &error::missing())?),
        ("closed", templates.center_error(anybody, &error::closed())?),
        ("refused", templates.center_error(anybody, &error::refused())?),
        ("broken", templates.center_error(anybody, &error::broken())?),
        ("sign-in", templates.center_sign_in(anybody, &sign_in())?),
        ("sign-in-expired", templates.center_sign_in_expired(anybody, &sign_in_expired())?),
        ("sign-in-ask", templates.center_sign_in_ask(anybody, &join::sign_in_ask())?),
        ("sign-in-code", templates.center_sign_in_code(anybody, &join::sign_in_code())?),
        ("sessions", templates.center_sessions(maria, &join::sessions())?),
        ("join", templates.center_join(anybody, &join::join())?),
        ("join-refused", templates.center_join(anybody, &join::join_refused())?),
        ("join-sent", templates.center_message(anybody, &join::sent())?),
        ("join-confirm", templates.center_message(anybody, &join::confirm())?),
        ("join-too-many", templates.center_message(anybody, &join::too_many())?),
        ("offline", templates.center_offline(anybody, &join::offline())?),
        ("accessibility", templates.center_accessibility(maria, &join::accessibility())?),
        ("kept-stale", templates.center_kept(anybody, &kept::stale())?),
        ("kept-back", templates.center_kept(maria, &kept::back())?),
        ("kept-lost", templates.center_kept(anybody, &kept::lost())?),
        ("welcome", templates.center_welcome(maria, &join::welcome())?),
        ("welcome-size", templates.center_welcome(maria, &join::welcome_size())?),
    ])
}

/// What a reader keeps, asks and looks for.
fn own(templates: &Templates, maria: &Frame, anybody: &Frame) -> Drawn {
    Ok(vec![
        ("saved", templates.center_saved(maria, &saved::saved())?),
        ("saved-empty", templates.center_saved(maria, &saved::saved_empty())?),
        ("saved-visitor", templates.center_saved(anybody, &saved::saved_visitor())?),
        ("save", templates.center_save(maria, &saved::save())?),
        ("shelf", templates.center_shelf(maria, &saved::shelf())?),
        ("shelf-colleague", templates.center_shelf(maria, &saved::shelf_of_a_colleague())?),
        ("shelf-empty", templates.center_shelf(maria, &saved::shelf_empty())?),
        ("shared-item", templates.center_shared(anybody, &saved::shared_item())?),
        ("shared-shelf", templates.center_shared(anybody, &saved::shared_shelf())?),
        ("team", templates.center_team(maria, &saved::team())?),
        ("team-empty", templates.center_team(maria, &saved::team_empty())?),
        ("ask", templates.center_ask(maria, &asking::ask())?),
        ("ask-empty", templates.center_ask(anybody, &asking::ask_empty())?),
        ("asking", templates.center_asking(anybody, &asking::asking())?),
        ("asking-rest", templates.center_asking(maria, &asking::asking_rest())?),
        ("asking-picture", templates.center_asking(maria, &asking::asking_picture())?),
        ("asking-refused", templates.center_asking(anybody, &asking::asking_refused())?),
        ("asking-preview", templates.center_asking(maria, &asking::asking_preview())?),
        ("asking-visitor", templates.center_asking(anybody, &asking::asking_visitor())?),
        ("question-solved", templates.center_question(maria, &asking::question_solved())?),
        ("question-open", templates.center_question(anybody, &asking::question_open())?),
        ("question-refused", templates.center_question(maria, &asking::question_refused())?),
        ("me", templates.center_me(maria, &me::me())?),
        ("me-changed", templates.center_me(maria, &me::changed())?),
        ("me-stays", templates.center_me(maria, &me::stays())?),
        ("me-fact-words", templates.center_fact(maria, &me::role())?),
        ("me-fact-one", templates.center_fact(maria, &me::level())?),
        ("me-fact-list", templates.center_fact(maria, &me::timezone())?),
        ("me-fact-many", templates.center_fact(maria, &me::needs())?),
        ("me-leave", templates.center_farewell(maria, &me::leave())?),
        ("me-erase", templates.center_farewell(maria, &me::erase())?),
        ("mine", templates.center_mine(maria, &me::mine())?),
        ("mine-nothing", templates.center_mine(maria, &me::mine_nothing())?),
        ("search", templates.center_search(anybody, &search())?),
        ("search-nothing", templates.center_search(anybody, &search_nothing())?),
        ("search-empty", templates.center_search(anybody, &search_empty())?),
    ])
}

/// The same frame on a page that ends with the question whether it was useful.
fn at(path: &str, frame: &Frame) -> Frame {
    Frame { path: path.to_owned(), ..frame.clone() }
}

/// A frame of the center as the server makes one.
pub fn frame(theme: Theme, signed_in_as: Option<&str>) -> Frame {
    Frame {
        nonce: "bm9uY2U".to_owned(),
        base_url: "https://help.lakeshore.example".to_owned(),
        signed_in_as: signed_in_as.map(str::to_owned),
        face: Face::Center,
        path: String::new(),
        way_back: String::new(),
        language: crate::ENGLISH.to_owned(),
        theme,
        brand: Brand {
            name: "Lakeshore".to_owned(),
            line: "Help and learning".to_owned(),
            ..Brand::default()
        },
    }
}

fn signed_in(here: PlaceKind) -> Around {
    let place = |kind, href: &str| Place { kind, href: href.to_owned(), here: kind == here };
    Around {
        places: vec![
            place(PlaceKind::ForYou, "/"),
            place(PlaceKind::Learn, "/learn"),
            place(PlaceKind::Fix, "/fix"),
            place(PlaceKind::Ask, "/ask"),
            place(PlaceKind::Saved, "/saved"),
        ],
        phone: Some("555-0142".to_owned()),
        choices_href: Some("/p/sample".to_owned()),
        search_action: None,
        search_suggest: None,
        me_href: None,
        heard_href: None,
        accessibility_href: None,
        sign_in_href: None,
        sign_out_action: Some("/sign-out".to_owned()),
        form_token: "t0ken".to_owned(),
    }
}

fn signed_in_reader() -> Around {
    let nowhere = signed_in(PlaceKind::ForYou);
    let places = nowhere.places.into_iter().map(|place| Place { here: false, ..place });
    Around { places: places.collect(), ..nowhere }
}

fn around_a_letter() -> Around {
    Around { phone: Some("555-0142".to_owned()), ..Around::default() }
}

/// A moment at noon in Ohio.
fn moment(said: &str) -> Moment {
    Moment {
        said: said.to_owned(),
        at: "2026-03-03T12:00:00-05:00".to_owned(),
        title: "3 March 2026, 12:00 pm, America/New York".to_owned(),
    }
}

fn why(because: &str) -> Why {
    Why {
        because: because.to_owned(),
        facts: vec!["Products: phones".to_owned(), "Level: new to this, said on 3 March 2026".to_owned()],
        change_href: None,
    }
}

fn strip(question: &str) -> FeedbackStrip {
    FeedbackStrip { question: question.to_owned(), action: "/feedback".to_owned() }
}
