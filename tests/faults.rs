//! Faults of mail servers, networks and nodes; each letter still goes out once, or is accounted for.

mod nodes;
mod pace;
mod records;
mod secrecy;
mod servers;
mod wishes;
