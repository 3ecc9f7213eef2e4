//! Lessons as people go through them: what a step is called, what finishing is, and what comes after it.

pub mod finishing;
pub mod fixing;
pub mod reminders;
pub mod shelves;
pub mod steps;
