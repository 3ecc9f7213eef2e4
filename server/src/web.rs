//! The pages: what a visitor asks for, and what they see.

pub(crate) mod assets;
mod browser;
mod caller;
pub(crate) mod center;
pub(crate) mod console;
mod error;
mod forms;
mod frame;
mod headers;
pub(crate) mod health;
mod language;
pub(crate) mod layers;
pub mod listen;
pub(crate) mod look;
mod policy;
pub(crate) mod reports;
pub(crate) mod staff;
#[cfg(test)]
mod tests;
pub(crate) mod track;
mod visitor;
mod way_back;
pub(crate) mod wishes;

pub use policy::{Addresses, Listed, Policy};
