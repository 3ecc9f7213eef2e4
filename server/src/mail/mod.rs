//! Mail: a courier that hands letters over SMTP stage by stage, and a built-in mailbox that takes them in.

pub mod courier;
pub mod headers;
mod line;
pub mod mailbox;
pub mod relay;
mod trust;
