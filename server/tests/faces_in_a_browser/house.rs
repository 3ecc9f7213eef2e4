//! A demo world in a folder of its own, served by the program itself on a free port until this is dropped.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use tempfile::TempDir;

/// How long a small world may take to live its year.
const PATIENCE: Duration = Duration::from_mins(1);

/// The open house, and the links that sign in to each of its faces, once.
#[derive(Debug)]
pub struct House {
    pub member: String,
    pub admin: String,
    pub lead: String,
    demo: Child,
    _folder: TempDir,
}

impl House {
    /// Lives through the demo's year, and waits for the links.
    pub fn open() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let mut command = Command::new(env!("CARGO_BIN_EXE_rapport"));
        for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("RAPPORT_")) {
            command.env_remove(name);
        }
        command.env("RAPPORT_LISTEN", "127.0.0.1:0").current_dir(&folder);
        command.args(["demo", "--accounts", "120", "--dir", "world"]);
        command.stdin(Stdio::null()).stdout(Stdio::piped());
        let mut demo = command.spawn().expect("the program starts");
        let lines = BufReader::new(demo.stdout.take().expect("its output is ours")).lines();
        let mut house =
            Self { member: String::new(), admin: String::new(), lead: String::new(), demo, _folder: folder };

        let (tell, told) = mpsc::channel();
        thread::spawn(move || lines.map_while(Result::ok).try_for_each(|line| tell.send(line)));
        loop {
            let line = told.recv_timeout(PATIENCE).expect("the demo prints its links");
            let last = || line.split_whitespace().last().unwrap_or_default().to_owned();
            if line.contains("as a member") {
                house.member = last();
            } else if line.contains("as admin") {
                house.admin = last();
            } else if line.contains("as program lead") {
                house.lead = last();
            } else if line.starts_with("Signed in:") {
                break;
            }
        }
        assert!(!house.member.is_empty() && !house.admin.is_empty() && !house.lead.is_empty(), "{house:?}");
        house
    }

    /// A whole address from its path.
    pub fn page(&self, path: &str) -> String {
        let (base, _) = self.admin.split_once("/staff/").expect("the admin's link is a staff link");
        format!("{base}{path}")
    }
}

impl Drop for House {
    fn drop(&mut self) {
        self.demo.kill().ok();
        self.demo.wait().ok();
    }
}
