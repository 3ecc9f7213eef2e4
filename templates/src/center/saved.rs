//! `/saved`, `/saved/{shelf}`, and what other pages show of shelves.

use serde::Serialize;

use super::{Around, Link, Moment, PickKind, Problem};
use crate::{Frame, RenderError, Templates};

/// Everything a reader keeps, shares by a link, and can bring back.
#[derive(Debug, Clone, Default, Serialize)]
pub struct SavedPage {
    /// What surrounds the page.
    pub around: Around,
    /// Whether the reader is signed in: a visitor is told what shelves are for.
    pub signed_in: bool,
    /// Their shelves, in their order.
    pub shelves: Vec<ShelfRow>,
    /// Shelves to begin with; offered while there is none.
    pub starters: Vec<StarterOffer>,
    /// Shelves that colleagues show to the company.
    pub colleagues: Vec<ShelfCard>,
    /// Links that open now.
    pub links: Vec<SharedLink>,
    /// Shelves that were deleted and can be brought back.
    pub deleted: Vec<Deleted>,
    /// What just happened.
    pub note: Option<Noted>,
    /// What was typed as the name of a new shelf.
    pub typed: String,
    /// What was wrong with it.
    pub problems: Vec<Problem>,
    /// Where things are given to colleagues.
    pub team_href: Option<String>,
}

/// One shelf in the list.
#[derive(Debug, Clone, Serialize)]
pub struct ShelfRow {
    /// Its place on the page.
    pub anchor: String,
    /// Its name.
    pub title: String,
    /// Where it opens.
    pub href: String,
    /// "4 saved · your company sees it".
    pub line: String,
    /// How many pieces changed.
    pub fresh: usize,
    /// Where its up and down buttons post to.
    pub move_action: String,
}

/// One shelf to look at.
#[derive(Debug, Clone, Serialize)]
pub struct ShelfCard {
    /// Its name.
    pub title: String,
    /// Where it opens.
    pub href: String,
    /// A few words under it.
    pub line: String,
    /// How many pieces changed.
    pub fresh: usize,
}

/// A shelf that ships with the house.
#[derive(Debug, Clone, Serialize)]
pub struct StarterOffer {
    /// Its name.
    pub title: String,
    /// What stands on it, by title.
    pub holds: Vec<String>,
    /// Where its button posts to.
    pub action: String,
}

/// A link that opens now.
#[derive(Debug, Clone, Serialize)]
pub struct SharedLink {
    /// Its place on the page.
    pub anchor: String,
    /// What it shows.
    pub title: String,
    /// The whole address.
    pub url: String,
    /// The last day, in words.
    pub until: Moment,
    /// Where "End this link" posts to.
    pub end_action: String,
    /// Whether it was just made.
    pub new: bool,
}

/// A shelf that can be brought back.
#[derive(Debug, Clone, Serialize)]
pub struct Deleted {
    /// Its name.
    pub title: String,
    /// The last day, in words.
    pub until: Moment,
    /// Where "Bring it back" posts to.
    pub action: String,
}

/// What just happened, and how to undo it.
#[derive(Debug, Clone, Serialize)]
pub struct Noted {
    /// What.
    pub words: String,
    /// Where "Undo" posts to.
    pub undo_action: Option<String>,
}

/// One shelf, one's own or a colleague's.
#[derive(Debug, Clone, Default, Serialize)]
pub struct ShelfPage {
    /// What surrounds the page.
    pub around: Around,
    /// Its name.
    pub title: String,
    /// Whose it is, in words; left out for one's own.
    pub by: Option<String>,
    /// What stands on it.
    pub pieces: Vec<PieceRow>,
    /// What its owner can do with it.
    pub edit: Option<ShelfEdit>,
    /// Links that show it.
    pub links: Vec<SharedLink>,
    /// What just happened.
    pub note: Option<Noted>,
    /// What was wrong with a new name.
    pub problems: Vec<Problem>,
}

/// One item on a shelf.
#[derive(Debug, Clone, Serialize)]
pub struct PieceRow {
    /// Its place on the page.
    pub anchor: String,
    /// Which badge it carries.
    pub kind: PickKind,
    /// Its title.
    pub title: String,
    /// What it is, in a sentence.
    pub summary: String,
    /// Where it opens.
    pub href: String,
    /// How many minutes it takes.
    pub minutes: u32,
    /// Whether it changed since the reader last saw it.
    pub fresh: bool,
    /// Whether the reader finished it.
    pub done: bool,
    /// Where its up and down buttons post to; left out on a colleague's shelf.
    pub move_action: Option<String>,
    /// Where "Take it off" posts to.
    pub remove_action: Option<String>,
}

/// What the owner of a shelf can do with it.
#[derive(Debug, Clone, Serialize)]
pub struct ShelfEdit {
    /// The shelf, as forms name it.
    pub shelf: String,
    /// Where a new name is posted to.
    pub rename_action: String,
    /// What was typed as a new name, or the name it has.
    pub typed: String,
    /// Where "Show it to my company" posts to.
    pub company_action: String,
    /// Whether the company sees it.
    pub company: bool,
    /// Where a link is asked for.
    pub share_action: String,
    /// Where it can be given to a colleague.
    pub give_href: Option<String>,
    /// Where "Delete" posts to.
    pub delete_action: String,
}

/// Saving and sharing, on the page of an item.
#[derive(Debug, Clone, Serialize)]
pub struct SaveBox {
    /// Where saving posts to.
    pub action: String,
    /// Where a link is asked for.
    pub share_action: String,
    /// Where the item can be given to a colleague.
    pub give_href: Option<String>,
    /// The item, as forms name it.
    pub item: String,
    /// The page to come back to.
    pub back: String,
    /// Shelves to choose from.
    pub shelves: Vec<ShelfChoice>,
    /// Shelves it stands on.
    pub on: Vec<Link>,
}

/// A shelf to choose.
#[derive(Debug, Clone, Serialize)]
pub struct ShelfChoice {
    /// What the form sends.
    pub value: String,
    /// Its name.
    pub title: String,
}

/// Saving an item, when the form on its page was not complete.
#[derive(Debug, Clone, Serialize)]
pub struct SavePage {
    /// What surrounds the page.
    pub around: Around,
    /// The item's title.
    pub title: String,
    /// The form.
    pub form: SaveBox,
    /// What was typed as the name of a new shelf.
    pub typed: String,
    /// What was wrong.
    pub problems: Vec<Problem>,
}

/// The reader's shelves on their first page.
#[derive(Debug, Clone, Serialize)]
pub struct HomeShelves {
    /// The first of them.
    pub shelves: Vec<ShelfCard>,
    /// What colleagues gave them and is not done, with who gave it.
    pub given: Vec<Link>,
}

impl Templates {
    /// Draws everything a reader keeps.
    pub fn center_saved(&self, frame: &Frame, page: &SavedPage) -> Result<String, RenderError> {
        self.page("pages/center/saved.html", frame, page)
    }

    /// Draws one shelf.
    pub fn center_shelf(&self, frame: &Frame, page: &ShelfPage) -> Result<String, RenderError> {
        self.page("pages/center/shelf.html", frame, page)
    }

    /// Draws the form that saves an item.
    pub fn center_save(&self, frame: &Frame, page: &SavePage) -> Result<String, RenderError> {
        self.page("pages/center/save.html", frame, page)
    }
}
