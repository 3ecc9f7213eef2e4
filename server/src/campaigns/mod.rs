//! Campaigns: one letter to an audience, its comparison group, and what came of it. Their life, in order:
//! comparison, plan, compose, dispatch, responses.

pub mod comparison;
pub mod compose;
pub mod dispatch;
pub mod plan;
pub mod responses;
pub mod verdict;
pub mod wishes;
pub mod words;
