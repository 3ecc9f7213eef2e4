//! The world, checked.

mod calibration;
mod families;
mod outcomes;
mod people;
mod rows;
mod shapes;

use chrono::Days;

use super::*;

fn world(seed: u64, accounts: usize) -> World {
    World::build(&Parameters::default_for(seed, accounts))
}

fn file(world: &World, kind: Kind) -> String {
    let mut bytes = Vec::new();
    world.write_csv(kind, &mut bytes).expect("memory takes every row");
    String::from_utf8(bytes).expect("names are plain text")
}

fn share(of: usize, all: usize) -> f64 {
    of as f64 / all as f64
}
