//! Mail: a courier that hands letters over SMTP stage by stage, and a built-in mailbox that takes them in.

pub mod courier;
pub mod mailbox;
