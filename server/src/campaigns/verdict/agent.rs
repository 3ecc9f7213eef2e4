//! From the words of a user agent to the family it belongs to. The words themselves are not kept.

use serde::{Deserialize, Serialize};

/// A kind of program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AgentFamily {
    /// A browser.
    Browser,
    /// A mail program that shows letters itself.
    MailApp,
    /// Apple's privacy protection, which loads everything for everybody.
    ApplePrivacy,
    /// A mail provider's proxy for pictures: it may act for a reader, or on its own.
    PictureProxy,
    /// A mail gateway that looks into links.
    Gateway,
    /// A program that fetches: a library, a crawler, a monitor.
    Fetcher,
    /// None of these, or none named.
    Unknown,
}

/// Marks of gateways that look into links before the reader does.
const GATEWAYS: [&str; 13] = [
    "barracuda",
    "proofpoint",
    "mimecast",
    "symantec",
    "messagelabs",
    "fireeye",
    "trend micro",
    "trendmicro",
    "sophos",
    "forcepoint",
    "cisco",
    "safelinks",
    "ms-office; ms-preview",
];

/// Marks of proxies that fetch pictures for their readers.
const PROXIES: [&str; 4] = ["googleimageproxy", "yahoomailproxy", "yahoo mail proxy", "ggpht.com"];

/// Marks of programs that fetch.
const FETCHERS: [&str; 16] = [
    "bot",
    "crawl",
    "spider",
    "preview",
    "monitor",
    "headless",
    "curl/",
    "wget",
    "python",
    "java/",
    "okhttp",
    "go-http-client",
    "libwww",
    "httpclient",
    "node-fetch",
    "axios",
];

/// Marks of mail programs.
const MAIL_APPS: [&str; 6] = ["thunderbird", "outlook", "microsoft office", "applemail", "airmail", "k-9"];

/// Marks of browsers.
const BROWSERS: [&str; 6] = ["chrome/", "firefox/", "safari/", "edg/", "opera", "applewebkit/"];

impl AgentFamily {
    /// The family of an agent, from the words it sends.
    pub fn of(words: Option<&str>) -> Self {
        let words = words.unwrap_or_default().trim();
        // A bare name of 1998 is what Apple's privacy protection sends, and no browser does.
        if words == "Mozilla/5.0" {
            return Self::ApplePrivacy;
        }
        let words = words.to_ascii_lowercase();
        let has = |marks: &[&str]| marks.iter().any(|mark| words.contains(mark));
        if has(&PROXIES) {
            Self::PictureProxy
        } else if has(&GATEWAYS) {
            Self::Gateway
        } else if has(&FETCHERS) {
            Self::Fetcher
        } else if has(&MAIL_APPS) {
            Self::MailApp
        } else if has(&BROWSERS) {
            Self::Browser
        } else {
            Self::Unknown
        }
    }

    /// Whether no person stands behind it.
    pub(super) fn is_machine(self) -> bool {
        matches!(self, Self::ApplePrivacy | Self::Gateway | Self::Fetcher)
    }
}
