//! A new file in the starter library is part of the next build.

fn main() {
    for folder in ["library", "rules", "segments", "shelves", "words", "drawings"] {
        println!("cargo::rerun-if-changed={folder}");
    }
}
