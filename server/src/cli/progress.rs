//! Progress of long work: a bar on a terminal, plain lines elsewhere. Everything goes to stderr.

use std::io::IsTerminal;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

/// One stage of long work.
#[derive(Debug)]
pub struct Stage {
    name: String,
    bar: Option<ProgressBar>,
    began: Instant,
    said: Instant,
    done: u64,
    total: u64,
}

impl Stage {
    /// Begins a stage of `total` parts.
    pub fn begin(name: impl Into<String>, total: u64) -> Self {
        let name = name.into();
        let bar = std::io::stderr().is_terminal().then(|| {
            let style = ProgressStyle::with_template(
                "{msg:<38} {bar:30} {human_pos} of {human_len}  {per_sec}  {eta} left",
            );
            ProgressBar::new(total)
                .with_style(style.expect("the template is sound"))
                .with_message(name.clone())
        });
        Self { name, bar, began: Instant::now(), said: Instant::now(), done: 0, total }
    }

    /// Says how far it is.
    pub fn at(&mut self, done: u64) {
        self.done = done;
        match &self.bar {
            Some(bar) => bar.set_position(done),
            None if self.said.elapsed() > Duration::from_secs(10) => {
                self.said = Instant::now();
                eprintln!("{}: {done} of {}", self.name, self.total);
            }
            None => {}
        }
    }

    /// Ends it with one line: what was done, and how long it took.
    pub fn end(self, what: impl std::fmt::Display) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
        eprintln!("{}: {what} ({:.1} s)", self.name, self.began.elapsed().as_secs_f64());
    }
}
