//! A new file in the starter library is part of the next build.

fn main() {
    for folder in ["library", "rules", "segments"] {
        println!("cargo::rerun-if-changed={folder}");
    }
}
