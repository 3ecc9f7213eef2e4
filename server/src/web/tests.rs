//! The pages through a real listener, as a browser, a mail program or a scanner would ask for them.

mod asking;
mod beside;
mod by_shelf;
mod center;
mod console;
mod doors;
mod drafts;
mod feedback;
mod fixing;
mod funnel;
mod helping;
mod holds;
mod join;
mod lessons;
mod letters;
mod look;
mod me;
mod me_business;
mod pictures;
mod saved;
mod searching;
mod sharing;
mod way_back;
mod why;
mod wishes;
mod world;
