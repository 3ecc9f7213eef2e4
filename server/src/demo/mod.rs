//! `rapport demo`: a made-up world of small companies in which the true effect is known, walked through the whole
//! house.

pub mod world;
