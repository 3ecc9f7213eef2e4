//! That a program's letters pause, and what was decided about it.

use serde::Serialize;

/// What stands on top of a report whose program's letters have paused.
#[derive(Debug, Clone, Serialize)]
pub struct HoldNotice {
    /// How it stands; it decides colour and picture, never words.
    pub state: HoldState,
    /// "Letters of this program have paused since 3 March 2026. A lead decides."
    pub sentence: String,
    /// What the reading said, and what follows from a decision.
    pub detail: String,
    /// Where a lead decides; `None` for whoever may not, and once it is decided.
    pub form: Option<HoldForm>,
}

/// How a hold stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum HoldState {
    /// Nobody has decided.
    Open,
    /// The letters go on.
    GoesOn,
    /// The letters have ended.
    Ended,
}

/// The form by which a lead decides.
#[derive(Debug, Clone, Serialize)]
pub struct HoldForm {
    /// Where it posts to.
    pub action: String,
    /// What proves that it was ours.
    pub form_token: String,
    /// Which hold is decided.
    pub hold: String,
}
