//! Companies and people: taken in from files, given back as files, and found to belong together.

mod cells;
pub mod export;
pub mod families;
pub mod import;
pub mod joining;
