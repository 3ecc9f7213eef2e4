//! `rapport demo`: a made-up world of small companies in which the true effect is known, walked through the whole
//! house: imported, put on sides, asked, joined, written to over real SMTP, answered, renewed, and read.
//!
//! Nothing here takes a short cut past the doors that a real file, letter or click goes through.

mod mail;
mod place;
#[cfg(test)]
mod tests;
pub mod world;
mod year;

pub use place::{Place, prepare};
pub use year::{Demo, PROGRAM, Stages, live};
