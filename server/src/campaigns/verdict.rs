//! Who was it? Judges one open or click: a person, a machine, or nobody can say.
//!
//! Mail scanners follow every link and privacy proxies load every picture, seconds after delivery and without anybody
//! looking. Nothing is dropped for that: each hit is kept with its verdict, the version of the rules and coarse
//! evidence, so that all of it can be judged again. Pure: evidence in, verdict out. There are no hidden trap links.

use segments::Verdict;
use serde::{Deserialize, Serialize};

mod agent;
mod burst;
mod network;
#[cfg(test)]
mod tests;

pub use agent::AgentFamily;
pub use burst::{Burst, Click, bursts};
pub use network::NetworkClass;

/// Version of the rules below. It changes whenever an answer may.
pub const RULES: i32 = 1;

/// A click this soon after delivery was nobody's finger.
const TOO_SOON_SECONDS: i64 = 5;

/// What was hit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The pixel.
    Open,
    /// A link.
    Click,
}

/// What is kept about one hit: never an address, never a full agent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// `GET`, `HEAD` or `other`.
    pub method: Method,
    /// Whether the request said that nobody asked for it yet.
    pub prefetch: bool,
    /// Which kind of program asked.
    pub agent: AgentFamily,
    /// From which kind of network.
    pub network: NetworkClass,
    /// Since the letter was handed over, when that is known.
    pub seconds: Option<i64>,
    /// The company it came in.
    #[serde(default)]
    pub burst: Burst,
}

/// How it was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Method {
    /// To read.
    #[serde(rename = "GET")]
    Get,
    /// To know whether it is there.
    #[serde(rename = "HEAD")]
    Head,
    /// Anything else.
    #[serde(rename = "other")]
    Other,
}

/// Judges one hit. The first rule that speaks decides.
pub fn judge(kind: Kind, evidence: &Evidence) -> Verdict {
    let too_soon = evidence.seconds.is_some_and(|seconds| seconds < TOO_SOON_SECONDS);
    let machine = evidence.method != Method::Get
        || evidence.prefetch
        || evidence.agent.is_machine()
        || evidence.network.is_machine()
        || evidence.burst.is_machine()
        || (kind == Kind::Click && too_soon);
    if machine {
        return Verdict::Machine;
    }
    match evidence.agent {
        AgentFamily::PictureProxy if too_soon => Verdict::Machine,
        AgentFamily::PictureProxy | AgentFamily::Unknown => Verdict::Unclear,
        _ => Verdict::Human,
    }
}
