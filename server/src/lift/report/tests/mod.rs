//! Reports of small worlds, worked out by hand.

mod answers;
mod counting;
mod holds;
mod stops;
mod world;
