//! How it looks: every page and every e-mail, each behind one typed function.
//!
//! A page is a plain struct ([`ReportPage`] for instance) that the caller fills
//! with numbers and finished sentences, and a function of [`Templates`] that
//! draws it. What all pages of a visit share stands in one [`Frame`].
//!
//! Nothing here knows of a database, of HTTP or of the time: the same struct
//! always makes the same page.

pub mod center;
pub mod emails;
mod engine;
mod errors;
mod frame;

pub use engine::{Asset, RenderError, Templates, asset};
pub use errors::ErrorPage;
pub use frame::{Brand, Crumb, Face, Frame, Theme};
