//! `/ask/new`: one field first, what there is already, then the rest, then a look at it before it is posted.

use serde::Serialize;

use super::{Around, AskChoice, Field, Marked, PickKind, PictureView, Problem};
use crate::{Frame, RenderError, Templates};

/// Asking a question.
#[derive(Debug, Clone, Default, Serialize)]
pub struct AskingPage {
    /// What surrounds the page.
    pub around: Around,
    /// How far one has come.
    pub at: AskingStep,
    /// What is wrong with what was typed.
    pub problems: Vec<Problem>,
    /// The question as it was typed.
    pub title: String,
    /// What else was typed.
    pub details: String,
    /// Products to choose from; none where there is nothing to choose.
    pub products: Vec<AskChoice>,
    /// Known problems to choose from.
    pub fixes: Vec<AskChoice>,
    /// Levels to choose from.
    pub levels: Vec<AskChoice>,
    /// Whom to ask.
    pub asked_of: Vec<AskChoice>,
    /// Whether to write when there is an answer.
    pub follow: bool,
    /// The picture that goes with it.
    pub picture: Option<PictureView>,
    /// What the form calls that picture.
    pub picture_id: String,
    /// What it shows, as it was typed.
    pub picture_alt: String,
    /// What there is already.
    pub similar: Vec<Similar>,
    /// How it will look.
    pub preview: Option<AskingPreview>,
    /// For a visitor: where to sign in and where to join.
    pub doors: Option<AskingDoors>,
    /// Whether the words are kept in this browser until somebody is signed in.
    pub kept: bool,
    /// Whether the words come from before signing in.
    pub from_before: bool,
    /// Everything that was typed, as hidden fields.
    pub carried: Vec<Field>,
}

/// How far one has come.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum AskingStep {
    /// One field.
    #[default]
    First,
    /// The rest.
    Rest,
    /// A look at it.
    Preview,
}

/// Something that may answer it already.
#[derive(Debug, Clone, Serialize)]
pub struct Similar {
    /// Which badge it carries.
    pub kind: PickKind,
    /// Its title, in pieces.
    pub title: Vec<Marked>,
    /// Where it is.
    pub href: String,
}

/// A question as it will look.
#[derive(Debug, Clone, Serialize)]
pub struct AskingPreview {
    /// Who asks: first name, trade, size.
    pub who: String,
    /// What else there is to say: finished HTML, already sanitised by the caller.
    pub details_html: String,
    /// What was chosen, in words.
    pub chosen: Vec<String>,
    /// Who will see it, in words.
    pub seen_by: String,
}

/// Where somebody who is not signed in can go.
#[derive(Debug, Clone, Serialize)]
pub struct AskingDoors {
    /// Signing in.
    pub sign_in_href: String,
    /// Joining.
    pub join_href: String,
}

impl Templates {
    /// Draws the form to ask.
    pub fn center_asking(&self, frame: &Frame, page: &AskingPage) -> Result<String, RenderError> {
        self.page("pages/center/asking.html", frame, page)
    }
}
