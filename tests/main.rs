//! The house through its front door.
