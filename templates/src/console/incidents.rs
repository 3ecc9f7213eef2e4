//! What is out of order: what there is and was, and the form by which staff say so.

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::{FieldProblem, Rail};
use crate::{Frame, RenderError, Templates};

/// What is and was out of order, and the form for more of it.
#[derive(Debug, Clone, Default, Serialize)]
pub struct IncidentListPage {
    /// The rail.
    pub rail: Rail,
    /// The form for a new one.
    pub form: IncidentForm,
    /// What is out of order now.
    pub open: Vec<IncidentRow>,
    /// What was.
    pub past: Vec<IncidentRow>,
}

/// One of them, to be changed.
#[derive(Debug, Clone, Serialize)]
pub struct IncidentPage {
    /// The rail.
    pub rail: Rail,
    /// What it says, to be changed.
    pub form: IncidentForm,
    /// As it stands.
    pub one: IncidentRow,
    /// Where "It is over", or "It is not over after all", posts to.
    pub turn_action: String,
    /// What was done to it, the oldest first.
    pub history: Vec<IncidentDone>,
}

/// The form.
#[derive(Debug, Clone, Default, Serialize)]
pub struct IncidentForm {
    /// Where it posts to.
    pub action: String,
    /// What was wrong with it.
    pub problems: Vec<FieldProblem>,
    /// As typed.
    pub typed: IncidentTyped,
    /// Codes and names of the products there are.
    pub products: Vec<(String, String)>,
    /// Some places in which accounts are: `US-OH, US-PA`.
    pub known_places: String,
}

/// The form, as typed.
#[derive(Debug, Clone, Default, Serialize)]
pub struct IncidentTyped {
    /// Code of the product, or nothing.
    pub product: String,
    /// Where accounts are that see it.
    pub places: String,
    /// The place in words.
    pub place: String,
    /// What customers notice.
    pub words: String,
    /// By when it should be over: `2026-03-03T15:00`.
    pub fix_by: String,
}

/// One of them.
#[derive(Debug, Clone, Serialize)]
pub struct IncidentRow {
    /// "Phones, Ohio".
    pub about: String,
    /// What customers notice.
    pub words: String,
    /// Since when.
    pub since: DateTime<Utc>,
    /// By when it should be over.
    pub fix_by: Option<DateTime<Utc>>,
    /// When it was over.
    pub ended_at: Option<DateTime<Utc>>,
    /// Its page.
    pub href: String,
}

/// What was done to one.
#[derive(Debug, Clone, Serialize)]
pub struct IncidentDone {
    /// "Said", "changed", "over" or "open again".
    pub what: String,
    /// Who did it.
    pub who: String,
    /// When.
    pub at: DateTime<Utc>,
}

impl Templates {
    /// Draws what is and was out of order.
    pub fn incident_list(&self, frame: &Frame, page: &IncidentListPage) -> Result<String, RenderError> {
        self.page("pages/console/incidents/list.html", frame, page)
    }

    /// Draws one of them, to be changed.
    pub fn incident(&self, frame: &Frame, page: &IncidentPage) -> Result<String, RenderError> {
        self.page("pages/console/incidents/show.html", frame, page)
    }
}
