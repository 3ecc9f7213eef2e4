//! The resource center: what a customer sees.
//!
//! Every page is filled by its caller with finished words; a block whose data is empty is not drawn, and so is
//! every link whose address is `None`: nothing here points to a page that may not exist.

mod accessibility;
mod answer;
mod article;
mod ask;
mod asking;
mod choices;
mod error;
mod fact;
mod farewell;
mod feedback;
mod finish;
mod fix;
mod heard;
mod home;
mod item;
mod join;
mod kept;
mod learn;
mod lesson;
mod library_question;
mod me;
mod message;
mod mine;
mod moment;
mod offline;
mod picture;
mod problems;
mod question;
pub mod samples;
mod saved;
mod search;
mod sessions;
mod shared;
mod sign_in;
mod stop;
mod team;
#[cfg(test)]
mod tests;
mod welcome;

use serde::Serialize;

pub use accessibility::AccessibilityPage;
pub use answer::{AnswerPage, FeedbackStrip};
pub use article::ArticlePage;
pub use ask::{AskChoice, AskFilter, AskPage, AskTab, AskWay, OthersAsked, QuestionRow, Standing};
pub use asking::{AskingDoors, AskingPage, AskingPreview, AskingStep, Similar};
pub use choices::{Choice, ChoicesPage, Saved};
pub use error::{CenterErrorPage, ErrorKind};
pub use fact::{FactAnswer, FactChoice, FactPage};
pub use farewell::FarewellPage;
pub use feedback::{FeedbackPage, Note};
pub use finish::{FinishPage, FollowUp};
pub use fix::{FixGroup, FixListPage, FixMark, FixPage, FixPerson, FixRow, FixStep, IncidentLine};
pub use heard::{HeardEntry, HeardPage};
pub use home::{
    Door, DoorKind, Exchange, ExpertCard, FixLine, HomePage, Join, NextWin, PickCard, PickKind, Progress,
    SaveTo,
};
pub use item::{Author, AuthorKind, Finish, Step, StepLink};
pub use join::{JoinPage, Typed};
pub use kept::{KeptField, KeptPage, KeptWhy};
pub use learn::{CarryOn, Field, FilterBy, FilterChoice, FilterRow, Job, LearnPage, LessonCard, Nothing};
pub use lesson::{
    Check, CheckAnswer, Explained, Keep, LessonPage, LessonStep, NextTime, Remind, RemindDay, SayThis,
    SheetStep, StepMark, Stuck, Task,
};
pub use library_question::{LibraryAnswer, LibraryQuestionPage};
pub use me::{Changed, FactGroup, KnownFact, MePage, OwnPage};
pub use message::{MessagePage, PostButton, Sign};
pub use mine::{MinePage, OwnLicence};
pub use moment::Moment;
pub use offline::OfflinePage;
pub use picture::PictureView;
pub use problems::Problem;
pub use question::{FollowButton, QuestionPage, ReplyView, StaffBadge, UsefulButton};
pub use saved::{
    Deleted, HomeShelves, Noted, PieceRow, SaveBox, SavePage, SavedPage, SharedLink, ShelfCard, ShelfChoice,
    ShelfEdit, ShelfPage, ShelfRow, StarterOffer,
};
pub use search::{Instead, Marked, SearchKinds, SearchPage, SearchResult, Turn};
pub use sessions::{SessionsPage, SignedInPlace};
pub use shared::{SharedItem, SharedPage, SharedPiece};
pub use sign_in::{SignInAskPage, SignInCodePage, SignInExpiredPage, SignInPage};
pub use stop::{DonePage, StopPage};
pub use team::{Choosable, Given, Received, TeamPage};
pub use welcome::{Answer as WelcomeAnswer, Products as WelcomeProducts, WelcomePage};

/// What surrounds every page of the center.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Around {
    /// The places that exist, in the order of the bar; with fewer than two there is no bar.
    pub places: Vec<Place>,
    /// The number that reaches a person, on every page.
    pub phone: Option<String>,
    /// The reader's e-mail choices, when we know whose.
    pub choices_href: Option<String>,
    /// Where the small search form in the header leads; left out where the page has its own.
    pub search_action: Option<String>,
    /// Where the script of the search form asks for suggestions.
    pub search_suggest: Option<String>,
    /// What we know about the reader, when they are signed in.
    pub me_href: Option<String>,
    /// Where stands what came of what customers said.
    pub heard_href: Option<String>,
    /// What we do so that everybody can use the center.
    pub accessibility_href: Option<String>,
    /// Where a visitor signs in.
    pub sign_in_href: Option<String>,
    /// Where "Sign out" posts to, for a reader who is signed in.
    pub sign_out_action: Option<String>,
    /// The token each form carries; empty when the request's origin is proof enough.
    pub form_token: String,
}

/// One of the five places of the center.
#[derive(Debug, Clone, Serialize)]
pub struct Place {
    /// Which one.
    pub kind: PlaceKind,
    /// Where it is.
    pub href: String,
    /// Whether this page lies in it.
    pub here: bool,
}

/// The five places of the center.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum PlaceKind {
    /// The first page.
    ForYou,
    /// Lessons.
    Learn,
    /// Common problems.
    Fix,
    /// Questions among customers.
    Ask,
    /// What the reader kept.
    Saved,
}

/// Why something is shown to this reader, in their words.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Why {
    /// One plain sentence.
    pub because: String,
    /// The facts that were used, each as the reader would say it.
    pub facts: Vec<String>,
    /// Where those facts can be changed.
    pub change_href: Option<String>,
}

/// Why an item is shown to this reader, and the way to say that it is not so.
#[derive(Debug, Clone, Serialize)]
pub struct WhyPanel {
    /// Why.
    pub why: Why,
    /// Where "That's not me" posts to; left out once it was pressed.
    pub not_me_action: Option<String>,
    /// What came of pressing it.
    pub noted: Option<String>,
}

/// A link with its words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Link {
    /// What the reader sees.
    pub label: String,
    /// Where it leads.
    pub href: String,
}
