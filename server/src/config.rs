//! Settings: `rapport.toml`, then the environment, then flags. Read once, typed, refused with the name of the key.

use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use templates::BrandColor;

mod hours;
mod networks;

pub use hours::Hours;
pub use networks::Networks;

/// All settings. A room is given the part it needs.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Settings {
    /// `sqlite://FILE` or `postgres://…`.
    pub database_url: SecretString,
    /// Address to serve on.
    pub listen: String,
    /// Address that people see, without a slash at the end.
    pub base_url: String,
    /// Proxies in front of us, whose word on where a request came from is taken.
    pub trusted_proxies: Networks,
    /// Where mail goes; empty means the built-in mailbox.
    pub smtp_url: SecretString,
    /// PEM file of authorities that a mail server's certificate may come from besides the public ones.
    pub smtp_ca_file: Option<PathBuf>,
    /// File of the root key; empty means `secret` in the data folder.
    pub secret_file: Option<PathBuf>,
    /// Folder for everything that is not in the database.
    pub data_dir: PathBuf,
    /// The company whose customers these are.
    pub vendor: Vendor,
    /// How fast and how patiently mail is handed over.
    pub mail: MailSettings,
    /// Questions among customers.
    pub community: Community,
}

/// Questions among customers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Community {
    /// When somebody of staff is there to answer, such as `mon-fri 09:00-17:00 America/New_York`; empty is never.
    pub on_duty: Hours,
}

/// The company whose customers these are, as letters and pages name it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Vendor {
    /// Its name.
    pub name: String,
    /// Its colour, as `#RRGGBB`; ours when left out. One in which words could not be read is refused.
    pub brand: Option<BrandColor>,
    /// File with its mark, an SVG or PNG picture; ours when left out.
    pub mark: Option<PathBuf>,
    /// Telephone number of a person who helps.
    pub phone: String,
    /// Postal address, which the law wants in every letter.
    pub postal_address: String,
    /// Who signs the letters; empty means whom each letter names.
    pub from_name: String,
    /// Address the letters come from.
    pub from_address: String,
}

/// How fast and how patiently mail is handed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct MailSettings {
    /// SMTP connections open at once.
    pub connections: usize,
    /// Messages claimed at once.
    pub batch: u64,
    /// Seconds a claim is good for, until a letter is on the wire.
    pub lease_seconds: u32,
    /// Seconds to wait for the answer to a whole letter. Without one, nobody knows whether it was taken.
    pub answer_seconds: u32,
    /// Tries before a message has failed.
    pub attempts: i32,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            database_url: "sqlite://rapport.db".to_owned().into(),
            listen: "127.0.0.1:8080".to_owned(),
            base_url: "http://127.0.0.1:8080".to_owned(),
            trusted_proxies: Networks::default(),
            smtp_url: String::new().into(),
            smtp_ca_file: None,
            secret_file: None,
            data_dir: PathBuf::from("rapport-data"),
            vendor: Vendor::default(),
            mail: MailSettings::default(),
            community: Community::default(),
        }
    }
}

impl Default for Vendor {
    fn default() -> Self {
        Self {
            name: "Lakeshore".to_owned(),
            brand: None,
            mark: None,
            phone: "555-0142".to_owned(),
            postal_address: "12 Harbor Street, Erie, PA 16507".to_owned(),
            from_name: String::new(),
            from_address: "dana@lakeshore.example".to_owned(),
        }
    }
}

impl Default for MailSettings {
    fn default() -> Self {
        Self { connections: 8, batch: 500, lease_seconds: 300, answer_seconds: 600, attempts: 8 }
    }
}

impl MailSettings {
    /// Seconds a node may hold a letter from its fence on: as long as it may take to write the fence, to say the dot on
    /// a line that stands still, and to wait for the answer; and a tenth of the answer more. So no lease ends before
    /// the dot was said or given up, and none before its answer is no longer waited for.
    pub fn fence_seconds(&self) -> u32 {
        self.writing_seconds()
            + self.stuck_seconds()
            + self.answer_seconds
            + (self.answer_seconds / 10).max(1)
    }

    /// Seconds after which a fence came too late: the dot is not said any more.
    pub fn writing_seconds(&self) -> u32 {
        self.answer_seconds.min(60)
    }

    /// Seconds that the final dot may take on a line that stands still (RFC 5321, 4.5.3.2.5).
    pub fn stuck_seconds(&self) -> u32 {
        self.answer_seconds.min(180)
    }
}

impl Settings {
    /// Reads the file (when it is there, or when it was named), the environment, then `flags` (key and value).
    pub fn read(file: Option<&Path>, flags: &[(&str, String)]) -> anyhow::Result<Self> {
        let path = file.unwrap_or(Path::new("rapport.toml"));
        let mut builder = config::Config::builder()
            .add_source(config::File::from(path).format(config::FileFormat::Toml).required(file.is_some()));
        for (key, value) in from_environment(std::env::vars())? {
            builder = builder.set_override(&key, value).with_context(|| format!("in the setting {key}"))?;
        }
        for (key, value) in flags {
            builder = builder
                .set_override(*key, value.clone())
                .with_context(|| format!("in the flag for {key}"))?;
        }
        let settings: Self =
            builder.build().and_then(config::Config::try_deserialize).with_context(|| {
                format!("settings ({}, then RAPPORT_… variables, then flags)", path.display())
            })?;
        settings.check()?;
        Ok(settings)
    }

    /// The file that holds the root key.
    pub fn secret_path(&self) -> PathBuf {
        self.secret_file.clone().unwrap_or_else(|| self.data_dir.join("secret"))
    }

    /// Where mail goes, or nothing when the built-in mailbox takes it.
    pub fn smtp(&self) -> Option<&str> {
        Some(self.smtp_url.expose_secret()).filter(|url| !url.is_empty())
    }

    /// Names every setting that is wrong, and what it should hold.
    fn check(&self) -> anyhow::Result<()> {
        let wrong: Vec<_> = self.wrong().collect();
        if wrong.is_empty() { Ok(()) } else { bail!("{}", wrong.join("\n")) }
    }

    fn wrong(&self) -> impl Iterator<Item = String> {
        let database = self.database_url.expose_secret();
        let known =
            ["sqlite:", "postgres://", "postgresql://"].iter().any(|start| database.starts_with(start));
        let loopback = ["http://127.0.0.1", "http://localhost", "http://[::1]"];
        // The host ends where a port or a path begins: 127.0.0.1.example is somebody else.
        let ends = |rest: &str| rest.is_empty() || rest.starts_with([':', '/']);
        let on_loopback = |start: &&str| self.base_url.strip_prefix(*start).is_some_and(ends);
        let public = self.base_url.starts_with("https://") || loopback.iter().any(on_loopback);
        [
            (known, "database_url should start with sqlite:// or postgres://"),
            (public, "base_url should start with https:// (http:// is for this machine only)"),
            (!self.base_url.ends_with('/'), "base_url should have no slash at its end"),
            ((1..=64).contains(&self.mail.connections), "mail.connections should be from 1 to 64"),
            ((1..=5_000).contains(&self.mail.batch), "mail.batch should be from 1 to 5000"),
            ((1..=86_400).contains(&self.mail.lease_seconds), "mail.lease_seconds should be from 1 to 86400"),
            ((1..=3_600).contains(&self.mail.answer_seconds), "mail.answer_seconds should be from 1 to 3600"),
            ((1..=100).contains(&self.mail.attempts), "mail.attempts should be from 1 to 100"),
            (!self.vendor.name.trim().is_empty(), "vendor.name should be the name that customers know"),
            (
                self.vendor.from_address.is_ascii()
                    && self.vendor.from_address.parse::<lettre::Address>().is_ok(),
                "vendor.from_address should be an address such as help@company.example, written in ASCII",
            ),
        ]
        .into_iter()
        .filter(|(sound, _)| !sound)
        .map(|(_, what)| what.to_owned())
        .chain(self.not_their_own())
    }
}

impl Settings {
    /// The made-up company of the demo has no business in real mail.
    fn not_their_own(&self) -> impl Iterator<Item = String> {
        let (own, made_up) = (&self.vendor, Vendor::default());
        let sends = self.smtp().is_some();
        [
            ("name", own.name == made_up.name),
            ("phone", own.phone == made_up.phone),
            ("postal_address", own.postal_address == made_up.postal_address || own.postal_address.is_empty()),
            ("from_address", own.from_address == made_up.from_address),
        ]
        .into_iter()
        .filter(move |(_, made_up)| sends && *made_up)
        .map(|(key, _)| format!("vendor.{key} should be your own, since smtp_url sends real letters"))
    }
}

/// Settings that are themselves the name of a file.
const FILES: [&str; 2] = ["secret_file", "smtp_ca_file"];

/// `RAPPORT_A__B=v` sets `a.b`; `RAPPORT_A__B_FILE=path` sets it from a file, for secrets.
fn from_environment(
    variables: impl Iterator<Item = (String, String)>,
) -> anyhow::Result<Vec<(String, String)>> {
    let mut found = Vec::new();
    for (name, value) in variables {
        let Some(key) = name.strip_prefix("RAPPORT_") else { continue };
        if key.starts_with("TEST_") || key == "LOG" || key == "CONFIG" {
            continue;
        }
        let key = key.to_lowercase().replace("__", ".");
        match key.strip_suffix("_file") {
            Some(plain) if !FILES.contains(&key.as_str()) => {
                let text = std::fs::read_to_string(&value)
                    .with_context(|| format!("{name} names the file {value}, which could not be read"))?;
                found.push((plain.to_owned(), text.trim().to_owned()));
            }
            _ => found.push((key, value)),
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(toml: &str) -> anyhow::Result<Settings> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("rapport.toml");
        std::fs::write(&path, toml).unwrap();
        Settings::read(Some(&path), &[])
    }

    #[test]
    fn an_unknown_key_is_refused_by_name() {
        let error = format!("{:#}", read("listn = \"127.0.0.1:1\"").unwrap_err());
        assert!(error.contains("listn"), "{error}");
    }

    #[test]
    fn a_flag_wins_over_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("rapport.toml");
        std::fs::write(&path, "listen = \"127.0.0.1:1\"").unwrap();
        let settings = Settings::read(Some(&path), &[("listen", "127.0.0.1:2".to_owned())]).unwrap();
        assert_eq!(settings.listen, "127.0.0.1:2");
    }

    #[test]
    fn plain_http_is_for_this_machine_only() {
        for elsewhere in ["http://example.com", "http://127.0.0.1.example.com", "http://localhost.example:80"]
        {
            let error = read(&format!("base_url = \"{elsewhere}\"")).unwrap_err().to_string();
            assert!(error.contains("https://"), "{elsewhere}: {error}");
        }
        assert!(read("base_url = \"http://localhost:80\"").is_ok());
    }

    #[test]
    fn every_wrong_setting_is_named_at_once() {
        let toml = "base_url = \"http://example.com/\"\n[mail]\nbatch = 0";
        let error = read(toml).unwrap_err().to_string();
        for name in ["base_url should start", "no slash", "mail.batch"] {
            assert!(error.contains(name), "{name}: {error}");
        }
        let toml =
            "[mail]\nlease_seconds = 0\nattempts = 0\nanswer_seconds = 0\n[vendor]\nfrom_address = \"Dana\"";
        let error = read(toml).unwrap_err().to_string();
        for name in ["mail.lease_seconds", "mail.attempts", "mail.answer_seconds", "vendor.from_address"] {
            assert!(error.contains(name), "{name}: {error}");
        }
    }

    #[test]
    fn real_mail_goes_out_under_the_name_and_address_of_a_real_company() {
        let error = read("smtp_url = \"smtp://127.0.0.1:25\"").unwrap_err().to_string();
        for key in ["vendor.name", "vendor.phone", "vendor.postal_address", "vendor.from_address"] {
            assert!(error.contains(key), "{key}: {error}");
        }
        let own = "smtp_url = \"smtp://127.0.0.1:25\"\n[vendor]\nname = \"Bayside\"\nphone = \"\"\n\
                   postal_address = \"1 Quay, Erie\"\nfrom_address = \"jo@bayside.example\"";
        read(own).unwrap();
    }

    #[test]
    fn a_brand_colour_is_refused_with_the_nearest_that_can_be_read() {
        let error = format!("{:#}", read("[vendor]\nbrand = \"#FFB300\"").unwrap_err());
        assert!(error.contains("too pale") && error.contains("the nearest that passes is #"), "{error}");
        assert!(read("[vendor]\nbrand = \"#8A1538\"").unwrap().vendor.brand.is_some());
    }

    #[test]
    fn a_lease_outlasts_the_fence_the_dot_and_the_answer() {
        for answer_seconds in [1, 5, 59, 60, 180, 600, 3_600] {
            let mail = MailSettings { answer_seconds, ..MailSettings::default() };
            let longest = mail.writing_seconds() + mail.stuck_seconds() + answer_seconds;
            assert!(mail.fence_seconds() > longest, "{answer_seconds}");
        }
        assert_eq!(MailSettings::default().stuck_seconds(), 180, "as long as RFC 5321 wants");
    }

    #[test]
    fn proxies_are_a_list_in_the_file_and_a_line_in_a_variable() {
        let list = read("trusted_proxies = [\"10.0.0.0/8\", \"::1\"]").unwrap();
        let line = read("trusted_proxies = \"10.0.0.0/8, ::1\"").unwrap();
        assert_eq!(list.trusted_proxies, line.trusted_proxies);
        let error = format!("{:#}", read("trusted_proxies = [\"our proxy\"]").unwrap_err());
        assert!(error.contains("our proxy") && error.contains("10.0.0.0/8"), "{error}");
    }

    #[test]
    fn a_secret_may_come_from_a_file() {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), "smtp://relay.example\n").unwrap();
        let variables = [("RAPPORT_SMTP_URL_FILE".to_owned(), file.path().display().to_string())];
        let found = from_environment(variables.into_iter()).unwrap();
        assert_eq!(found, [("smtp_url".to_owned(), "smtp://relay.example".to_owned())]);
    }

    #[test]
    fn a_setting_that_names_a_file_is_not_read_from_it() {
        let variables = [("RAPPORT_SMTP_CA_FILE".to_owned(), "nowhere.pem".to_owned())];
        let found = from_environment(variables.into_iter()).unwrap();
        assert_eq!(found, [("smtp_ca_file".to_owned(), "nowhere.pem".to_owned())]);
    }
}
