//! Reports of small worlds, worked out by hand.

mod answers;
mod counting;
mod holds;
mod kept_apart;
mod stops;
mod world;
