//! The house through its front door.

mod tidy;
