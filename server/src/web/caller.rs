//! Where a request comes from, and how often something may come from there.
//!
//! The address is the peer's. Where the peer is a proxy that the settings trust, it is the right-most address of
//! `X-Forwarded-For` that is no such proxy: whatever stands further left, the caller may have written.

use std::net::{IpAddr, SocketAddr};

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::HeaderMap;
use axum::http::request::Parts;
use chrono::TimeDelta;

use super::error::PageError;
use crate::app::App;
use crate::clock::Clock;
use crate::config::Networks;
use crate::store::limits;

/// Who asks, as far as an address tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Caller {
    /// The address, when it is known.
    pub address: Option<IpAddr>,
}

impl Caller {
    fn of(peer: Option<IpAddr>, headers: &HeaderMap, trusted: &Networks) -> Self {
        let lines = headers.get_all("x-forwarded-for").iter().filter_map(|line| line.to_str().ok());
        let hops: Vec<&str> = lines.flat_map(|line| line.split(',')).map(str::trim).collect();
        let mut address = peer;
        for hop in hops.into_iter().rev() {
            if !address.is_some_and(|known| trusted.hold(known)) {
                break;
            }
            let Some(before) = read(hop) else { break };
            address = Some(before);
        }
        Self { address }
    }

    /// The network of the address: /24 of IPv4, /56 of IPv6.
    pub fn network(self) -> Vec<u8> {
        match self.address.map(|address| address.to_canonical()) {
            Some(IpAddr::V4(address)) => address.octets()[..3].to_vec(),
            Some(IpAddr::V6(address)) => address.octets()[..7].to_vec(),
            None => Vec::new(),
        }
    }
}

/// An address, with or without a port.
fn read(hop: &str) -> Option<IpAddr> {
    let bare = hop.trim_matches(['[', ']']);
    bare.parse().ok().or_else(|| hop.parse::<SocketAddr>().ok().map(|hop| hop.ip()))
}

impl FromRequestParts<App> for Caller {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Self::Rejection> {
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|peer| peer.0.ip());
        Ok(Self::of(peer, &parts.headers, &app.settings.trusted_proxies))
    }
}

/// Counts that `who` (a network, a person) does `what`, and refuses past `most` times in this window.
pub(super) async fn limit(
    app: &App,
    what: &str,
    who: &[u8],
    most: i32,
    window: TimeDelta,
) -> Result<(), PageError> {
    if allowed(app, what, who, most, window).await? { Ok(()) } else { Err(PageError::TooOften) }
}

/// Counts that `who` does `what`; whether it is allowed once more in this window.
pub(super) async fn allowed(
    app: &App,
    what: &str,
    who: &[u8],
    most: i32,
    window: TimeDelta,
) -> Result<bool, PageError> {
    // Under a key: hashes of the few networks there are could be guessed.
    let key = app.keys.mac("limit", &[what.as_bytes(), b"|", who].concat());
    let now = Clock::Real.now();
    let counted = app
        .db
        .group()
        .commit(move |txn| Box::pin(async move { limits::allow(txn, &key, most, window, now).await }));
    Ok(counted.await?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn from(peer: &str, forwarded: &[&str]) -> String {
        let mut headers = HeaderMap::new();
        for line in forwarded {
            headers.append("x-forwarded-for", line.parse().unwrap());
        }
        let trusted = "10.0.0.0/8, ::1".parse().unwrap();
        let caller = Caller::of(peer.parse().ok(), &headers, &trusted);
        caller.address.map_or_else(String::new, |address| address.to_string())
    }

    #[test]
    fn an_address_is_believed_from_a_trusted_proxy_only() {
        assert_eq!(from("192.0.2.1", &["198.51.100.7"]), "192.0.2.1", "a stranger says what it likes");
        assert_eq!(from("10.0.0.1", &["198.51.100.7"]), "198.51.100.7");
        assert_eq!(from("10.0.0.1", &[]), "10.0.0.1");
        assert_eq!(from("10.0.0.1", &["203.0.113.9, 198.51.100.7, 10.0.0.2"]), "198.51.100.7");
        assert_eq!(
            from("::1", &["203.0.113.9", "198.51.100.7:4711"]),
            "198.51.100.7",
            "the last line counts"
        );
        assert_eq!(from("10.0.0.1", &["203.0.113.9, nonsense"]), "10.0.0.1", "nothing beyond nonsense");
    }

    #[test]
    fn neighbours_share_a_network() {
        let network = |address: &str| Caller { address: address.parse().ok() }.network();
        assert_eq!(network("192.0.2.1"), network("192.0.2.254"));
        assert_eq!(network("192.0.2.1"), network("::ffff:192.0.2.9"));
        assert_ne!(network("192.0.2.1"), network("192.0.3.1"));
        assert_eq!(network("2001:db8::1"), network("2001:db8:0:ff::1"));
        assert_ne!(network("2001:db8::1"), network("2001:db8:0:100::1"));
    }
}
