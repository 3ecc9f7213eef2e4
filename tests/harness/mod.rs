//! What the tests stand on: a house with a database of its own, people to write to, and an outside mail server that
//! does what it is told.

mod campaign;
mod house;
mod node;
mod pages;
mod script;
mod server;
mod tls;
mod town;

pub use campaign::{Campaign, JOURNEY};
pub use house::{House, everywhere};
pub use node::{Node, row_of};
pub use pages::Pages;
pub use script::{Deed, Gate, Stage};
pub use server::{Mail, MailServer};
pub use tls::{Authority, Tls};
pub use town::{Person, Town};
