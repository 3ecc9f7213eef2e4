//! A house with a database and a folder of its own, used through its front door: the program as it ships.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use sea_orm::{ConnectionTrait, Database};
use server::config::{MailSettings, Settings, Vendor};
use server::ids::Ids;
use tempfile::TempDir;

use super::server::MailServer;
use super::tls::Authority;

/// Name, phone, postal address and sender of the company whose house it is.
const VENDOR: (&str, &str, &str, &str) =
    ("Bayside", "555-0177", "1 Quay, Erie, PA 16507", "jo@bayside.example");

fn vendor() -> Vendor {
    let (name, phone, postal_address, from_address) = VENDOR;
    Vendor {
        name: name.to_owned(),
        phone: phone.to_owned(),
        postal_address: postal_address.to_owned(),
        from_address: from_address.to_owned(),
        ..Vendor::default()
    }
}

/// One house. Its folder goes with it.
pub struct House {
    /// Which database, for messages.
    pub name: &'static str,
    /// How mail is handed over.
    pub mail: MailSettings,
    database: String,
    smtp: Option<String>,
    smtp_ca: Option<PathBuf>,
    folder: TempDir,
}

/// A house on SQLite, and one on PostgreSQL where `RAPPORT_TEST_POSTGRES_URL` names a server.
pub async fn everywhere() -> Vec<House> {
    let folder = tempfile::tempdir().expect("there is room for a folder");
    let sqlite = format!("sqlite://{}", folder.path().join("house.db").display());
    let mut houses = vec![House::at("SQLite", sqlite, folder)];
    match std::env::var("RAPPORT_TEST_POSTGRES_URL") {
        Ok(server) => {
            let name = format!("house_{}", Ids::of_the_machine().next().simple());
            let db = Database::connect(&server).await.expect("PostgreSQL can be reached");
            db.execute_unprepared(&format!("CREATE DATABASE {name}")).await.expect("we may make a database");
            db.close().await.expect("the connection closes");
            let base = server.rsplit_once('/').expect("the URL names a database at its end").0;
            let folder = tempfile::tempdir().expect("there is room for a folder");
            houses.push(House::at("PostgreSQL", format!("{base}/{name}"), folder));
        }
        Err(_) => eprintln!("SKIPPED on PostgreSQL: RAPPORT_TEST_POSTGRES_URL is not set"),
    }
    houses
}

impl House {
    fn at(name: &'static str, database: String, folder: TempDir) -> Self {
        Self { name, mail: MailSettings::default(), database, smtp: None, smtp_ca: None, folder }
    }

    /// Sends its mail to this server from now on.
    pub fn writes_through(&mut self, server: &MailServer) {
        self.writes_to(server.url());
    }

    /// Sends its mail to this address from now on.
    pub fn writes_to(&mut self, url: String) {
        self.smtp = Some(url);
    }

    /// Believes the certificates of this authority from now on.
    pub fn trusts(&mut self, authority: &Authority) {
        self.smtp_ca = Some(self.file("authority.pem", &authority.pem()));
    }

    /// Its folder.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Puts a file into its folder.
    pub fn file(&self, name: &str, text: &str) -> PathBuf {
        let path = self.folder().join(name);
        std::fs::write(&path, text).expect("there is room for a file");
        path
    }

    /// Its settings, for a node inside the test.
    pub fn settings(&self) -> Settings {
        Settings {
            database_url: self.database.clone().into(),
            smtp_url: self.smtp.clone().unwrap_or_default().into(),
            smtp_ca_file: self.smtp_ca.clone(),
            data_dir: self.folder().join("data"),
            vendor: vendor(),
            mail: self.mail,
            ..Settings::default()
        }
    }

    /// The program with these arguments, on these settings and no others.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_rapport-under-test"));
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("RAPPORT_") {
                command.env_remove(name);
            }
        }
        if let Some(file) = &self.smtp_ca {
            command.env("RAPPORT_SMTP_CA_FILE", file);
        }
        command
            .args(arguments)
            .current_dir(self.folder())
            .stdin(Stdio::null())
            .env("RAPPORT_DATABASE_URL", &self.database)
            .env("RAPPORT_DATA_DIR", self.folder().join("data"))
            .env("RAPPORT_SMTP_URL", self.smtp.as_deref().unwrap_or_default())
            .env("RAPPORT_VENDOR__NAME", VENDOR.0)
            .env("RAPPORT_VENDOR__PHONE", VENDOR.1)
            .env("RAPPORT_VENDOR__POSTAL_ADDRESS", VENDOR.2)
            .env("RAPPORT_VENDOR__FROM_ADDRESS", VENDOR.3)
            .env("RAPPORT_MAIL__CONNECTIONS", self.mail.connections.to_string())
            .env("RAPPORT_MAIL__BATCH", self.mail.batch.to_string())
            .env("RAPPORT_MAIL__LEASE_SECONDS", self.mail.lease_seconds.to_string())
            .env("RAPPORT_MAIL__ANSWER_SECONDS", self.mail.answer_seconds.to_string())
            .env("RAPPORT_MAIL__ATTEMPTS", self.mail.attempts.to_string());
        command
    }

    /// Runs the program to its end, which must be a good one, and answers what it printed.
    pub fn run(&self, arguments: &[&str]) -> String {
        let output = self.output(arguments);
        assert!(
            output.status.success(),
            "{}: rapport {} ended with {}: {}",
            self.name,
            arguments.join(" "),
            output.status,
            String::from_utf8_lossy(&output.stderr)
        );
        String::from_utf8(output.stdout).expect("the program prints UTF-8")
    }

    /// Runs the program to its end, which must be a refusal, and answers what it said.
    pub fn refusal(&self, arguments: &[&str]) -> String {
        let output = self.output(arguments);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(1), "{}: rapport {}: {said}", self.name, arguments.join(" "));
        said
    }

    fn output(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().expect("the program starts")
    }
}
