//! The house through its front door: the program as it ships, real SMTP, both databases; and the rules of the house.

mod faults;
mod harness;
mod holds;
mod kill;
mod launched;
mod letters;
mod mailbox;
mod members;
mod promises;
mod refusals;
mod tidy;
