//! Draws every sample page and letter into a folder, with its stylesheets, to be looked at in a browser.
//!
//! `cargo run -p templates --example draw -- FOLDER`, then serve the folder on
//! this machine: `python3 -m http.server --directory FOLDER --bind 127.0.0.1`.

use std::path::PathBuf;
use std::{env, fs};

use templates::{RenderError, Templates, Theme, asset, center, emails, samples};

#[derive(Debug, thiserror::Error)]
enum Trouble {
    #[error("say where to: draw FOLDER")]
    NoFolder,
    #[error(transparent)]
    File(#[from] std::io::Error),
    #[error(transparent)]
    Render(#[from] RenderError),
    #[error(transparent)]
    Letter(#[from] emails::LetterError),
}

fn main() -> Result<(), Trouble> {
    let folder = PathBuf::from(env::args_os().nth(1).ok_or(Trouble::NoFolder)?);
    fs::create_dir_all(folder.join("assets"))?;
    for name in [
        "rapport.css",
        "center.css",
        "copy.js",
        "report.css",
        "console.css",
        "print.js",
        "fix.css",
        "lesson.css",
        "lesson.js",
        "me.css",
        "saved.css",
        "ask.css",
        "ask.js",
        "search.css",
        "search.js",
        "mark.svg",
    ] {
        if let Some(file) = asset(name) {
            fs::write(folder.join("assets").join(name), &file.bytes)?;
        }
    }
    let templates = Templates::new()?;
    for (theme, ending) in [(Theme::Light, "light"), (Theme::Dark, "dark")] {
        for sample in samples::pages() {
            let html = (sample.draw)(&templates, theme)?;
            fs::write(folder.join(format!("{}.{ending}.html", sample.name)), html)?;
        }
        for (name, html) in center::samples::draw_all(&templates, theme)? {
            fs::write(folder.join(format!("center-{name}.{ending}.html")), html)?;
        }
    }
    for (name, letter) in emails::samples::draw_all(&templates)? {
        fs::write(folder.join(format!("letter-{name}.html")), letter.html)?;
        fs::write(folder.join(format!("letter-{name}.txt")), letter.text)?;
    }
    Ok(())
}
