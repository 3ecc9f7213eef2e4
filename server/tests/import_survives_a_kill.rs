//! Promise 11 for imports: what was kept survives `kill -9`, and the same command goes on to the same end.
//!
//! The program itself is killed three times at random moments, on SQLite and, where `RAPPORT_TEST_POSTGRES_URL`
//! names a server, on PostgreSQL.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use sea_orm::{ConnectionTrait, Database};
use server::ids::Ids;

/// Rows in the file.
const ROWS: u64 = 3_000;

#[test]
fn an_import_that_is_killed_three_times_ends_as_if_it_never_was() {
    for (name, url) in databases() {
        let seed: u64 = rand::random();
        let message = format!("seed {seed} on {name}");
        let mut random = StdRng::seed_from_u64(seed);
        let shop = Shop::open(url.as_deref());
        let killed: Vec<_> = [300..=900, 900..=1_500, 1_500..=2_100]
            .into_iter()
            .map(|lines| {
                let line = random.random_range(lines);
                shop.kill_after(line, Duration::from_millis(random.random_range(0..20)))
            })
            .collect();
        assert!(killed.contains(&true), "every run was done before it could be killed, {message}");

        let done = shop.rapport(&["import", "accounts", "accounts.csv", "--json"]);
        let count = |what: &str| done[what].as_u64().unwrap_or_else(|| panic!("{what} in {done}, {message}"));
        let refused = (0..ROWS).filter(|row| is_wrong(*row)).count() as u64;
        assert_eq!((count("rows"), count("refused")), (ROWS, refused), "{done}, {message}");
        assert_eq!(count("added") + count("same"), ROWS - refused, "{done}, {message}");

        let kept = shop.exported();
        let once: BTreeSet<_> = kept.iter().cloned().collect();
        let right: BTreeSet<_> = (0..ROWS).filter(|row| !is_wrong(*row)).map(external_id).collect();
        assert_eq!(kept.len(), once.len(), "an account was kept twice, {message}");
        assert_eq!(once, right, "{message}");

        let rejected: Vec<_> = shop.rejected();
        let right: Vec<_> = (0..ROWS).filter(|row| is_wrong(*row)).map(|row| row + 2).collect();
        assert_eq!(rejected, right, "lines of the rejects file, {message}");
    }
}

/// SQLite, and a PostgreSQL database of one's own where there is a server.
fn databases() -> Vec<(&'static str, Option<String>)> {
    let Ok(server) = std::env::var("RAPPORT_TEST_POSTGRES_URL") else {
        eprintln!("SKIPPED on PostgreSQL: RAPPORT_TEST_POSTGRES_URL is not set");
        return vec![("SQLite", None)];
    };
    let name = format!("test_{}", Ids::of_the_machine().next().simple());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let db = Database::connect(&server).await.unwrap();
        db.execute_unprepared(&format!("CREATE DATABASE {name}")).await.unwrap();
        db.close().await.unwrap();
    });
    let base = server.rsplit_once('/').expect("a URL with a database at its end").0;
    vec![("SQLite", None), ("PostgreSQL", Some(format!("{base}/{name}")))]
}

/// Every ninth row has no name, and every other one of these lacks its cells altogether.
fn is_wrong(row: u64) -> bool {
    row % 9 == 4
}

fn external_id(row: u64) -> String {
    format!("A{row:05}")
}

fn accounts() -> String {
    let mut text = "external_id,name,domain\n".to_owned();
    for row in 0..ROWS {
        let id = external_id(row);
        match (is_wrong(row), row % 2) {
            (true, 0) => writeln!(text, "{id}"),
            (true, _) => writeln!(text, "{id},,c{row}.example"),
            (false, _) => writeln!(text, "{id},Company {row},c{row}.example"),
        }
        .expect("a string takes all that is written");
    }
    text
}

/// A folder with the file, and a database.
struct Shop {
    folder: tempfile::TempDir,
    url: String,
}

impl Shop {
    fn open(url: Option<&str>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("accounts.csv"), accounts()).unwrap();
        let url = url.map_or_else(
            || format!("sqlite://{}", folder.path().join("rapport.db").display()),
            str::to_owned,
        );
        Self { folder, url }
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_rapport"));
        command.current_dir(self.folder.path()).args(arguments).stdin(Stdio::null());
        command.env("RAPPORT_DATABASE_URL", &self.url);
        command.env("RAPPORT_DATA_DIR", self.folder.path().join("data"));
        command
    }

    /// Kills an import a while after it has turned away this line or a later one; false when it was done before.
    fn kill_after(&self, line: u64, a_while: Duration) -> bool {
        let mut import = self.command(&["import", "accounts", "accounts.csv"]);
        let mut import = import.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        let began = Instant::now();
        let is_there = || self.rejected().last().is_some_and(|last| *last >= line);
        while !is_there() && import.try_wait().unwrap().is_none() {
            assert!(began.elapsed() < Duration::from_mins(1), "line {line} was never reached");
            sleep(Duration::from_millis(1));
        }
        sleep(a_while);
        import.kill().unwrap();
        import.wait().unwrap().signal() == Some(9)
    }

    /// What the program prints as JSON.
    fn rapport(&self, arguments: &[&str]) -> serde_json::Value {
        let done = self.command(arguments).output().unwrap();
        let said = String::from_utf8_lossy(&done.stderr);
        assert!(done.status.success(), "{arguments:?}: {said}");
        serde_json::from_slice(&done.stdout).unwrap()
    }

    /// External ids of the accounts that come back out.
    fn exported(&self) -> Vec<String> {
        let done = self.command(&["export", "accounts"]).output().unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        let mut reader = csv::Reader::from_reader(done.stdout.as_slice());
        reader.records().map(|row| row.unwrap()[0].to_owned()).collect()
    }

    /// The line numbers in the rejects file, as far as it is written.
    fn rejected(&self) -> Vec<u64> {
        lines_of(&self.folder.path().join("accounts.csv.rejected.csv"))
    }
}

fn lines_of(list: &Path) -> Vec<u64> {
    let text = fs::read_to_string(PathBuf::from(list)).unwrap_or_default();
    let whole = text.rfind('\n').map_or("", |end| &text[..end]);
    whole.lines().skip(1).map(|row| row.split(',').next().unwrap().parse().unwrap()).collect()
}
