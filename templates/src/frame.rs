//! What every page of one visit shares: who reads, in which face, in which light.

use serde::Serialize;

/// The common part of a page. The server makes one for each request.
#[derive(Debug, Clone, Serialize)]
pub struct Frame {
    /// The content security policy's nonce of this one answer; a page writes it on its `<style>`.
    pub nonce: String,
    /// Where the house stands, without a slash at the end: `https://help.example`.
    pub base_url: String,
    /// The name of whoever is signed in, shown in the corner; `None` for a visitor.
    pub signed_in_as: Option<String>,
    /// Which of the faces this page belongs to.
    pub face: Face,
    /// The page's own address, where it ends with the question whether it was useful; empty where it does not.
    pub path: String,
    /// What the address of a door ends with, so that it leads back to this page: `?to=/learn`; empty where it leads home.
    pub way_back: String,
    /// The language it is said in: `en`.
    pub language: String,
    /// Light, dark, or as the reader's own system says.
    pub theme: Theme,
    /// Under whose name we speak.
    pub brand: Brand,
}

/// The faces of the house. A page's frame and its sign-in differ by face.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Face {
    /// The customer's resource center.
    Center,
    /// The marketer's workplace.
    Console,
    /// The leader's reports.
    Reports,
    /// Staff sign-in, before any of the others is open.
    Staff,
}

impl Face {
    /// Where this face begins.
    pub fn home(self) -> &'static str {
        match self {
            Self::Center => "/",
            Self::Console | Self::Staff => "/console",
            Self::Reports => "/reports",
        }
    }
}

/// The light a page is shown in. `System` follows `prefers-color-scheme`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Theme {
    /// As the reader's own system says.
    #[default]
    System,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

/// Whose name stands on the page: the vendor's for customers, "Rapport" for staff.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Brand {
    /// The name beside the mark.
    pub name: String,
    /// A few words under it, such as "Help and lessons"; empty for none.
    pub line: String,
    /// Rules that lay the vendor's own colour over the page; `None` for Rapport's.
    pub styles: Option<String>,
    /// Where the vendor's own mark lies; `None` for Rapport's.
    pub mark: Option<String>,
}

/// One step of the way here. The last one has no address: it is this page.
#[derive(Debug, Clone, Serialize)]
pub struct Crumb {
    /// What the reader sees.
    pub label: String,
    /// Where it leads.
    pub href: Option<String>,
}
