//! Companies and people: taken in from files, given back as files, found to belong together, and forgotten.

mod cells;
pub mod erasing;
pub mod export;
pub mod families;
pub mod import;
pub mod joining;
