//! The rules of the house, held by reading its files: what leans on what, what stays pure, what lies where.
//!
//! Nothing here compiles, starts or fetches anything; only the list of addresses is asked of the house itself.

mod addresses;
mod crates;
mod documents;
mod floors;
mod habits;
mod places;
mod pure;
mod tree;
mod words;
