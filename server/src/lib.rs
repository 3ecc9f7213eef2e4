//! When, and through which door: pages, jobs, mail, campaigns and lift.
//!
//! From the top: `cli`, `router`, `web`; the feature rooms; `app`; `mail`; `store`; `ids`, `config`, `clock`,
//! `keys`. The feature rooms never import each other: what one leaves in a table, the next one finds there.

pub mod app;
pub mod campaigns;
pub mod catalogue;
pub mod cli;
pub mod clock;
pub mod clockwork;
pub mod community;
pub mod config;
pub mod demo;
pub mod doors;
pub mod finding;
pub mod ids;
pub mod keys;
pub mod learning;
pub mod lift;
pub mod mail;
pub mod mark;
pub mod notices;
pub mod profiles;
pub mod router;
pub mod shelf;
pub mod store;
#[cfg(test)]
mod testing;
pub mod tokens;
pub mod web;
