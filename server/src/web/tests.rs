//! The pages through a real listener, as a browser, a mail program or a scanner would ask for them.

mod asking;
mod center;
mod console;
mod doors;
mod holds;
mod join;
mod lessons;
mod letters;
mod look;
mod me;
mod saved;
mod searching;
mod sharing;
mod why;
mod wishes;
mod world;
