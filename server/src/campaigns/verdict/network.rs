//! From an address to the kind of network it lies in. The address itself is not kept.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use serde::{Deserialize, Serialize};

/// A kind of network.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NetworkClass {
    /// This machine, or a private network.
    Local,
    /// Apple's own, out of which its privacy protection loads.
    Apple,
    /// A mail security service's own.
    Gateway,
    /// Anywhere else.
    Other,
    /// Not known.
    Unknown,
}

/// 17/8 is Apple's.
const APPLE_4: [(Ipv4Addr, u8); 1] = [(Ipv4Addr::new(17, 0, 0, 0), 8)];
/// `2620:149::/32` is Apple's.
const APPLE_6: [(Ipv6Addr, u8); 1] = [(Ipv6Addr::new(0x2620, 0x149, 0, 0, 0, 0, 0, 0), 32)];
/// Ranges from which Microsoft, Proofpoint, Mimecast and Barracuda hand on and look into mail.
const GATEWAYS: [(Ipv4Addr, u8); 7] = [
    (Ipv4Addr::new(40, 92, 0, 0), 15),
    (Ipv4Addr::new(40, 107, 0, 0), 16),
    (Ipv4Addr::new(52, 100, 0, 0), 14),
    (Ipv4Addr::new(104, 47, 0, 0), 17),
    (Ipv4Addr::new(67, 231, 144, 0), 20),
    (Ipv4Addr::new(207, 211, 31, 0), 24),
    (Ipv4Addr::new(209, 222, 80, 0), 21),
];

impl NetworkClass {
    /// The kind of network an address lies in.
    pub fn of(address: Option<IpAddr>) -> Self {
        match address.map(|address| address.to_canonical()) {
            None => Self::Unknown,
            Some(IpAddr::V4(address)) if address.is_loopback() || address.is_private() => Self::Local,
            Some(IpAddr::V6(address)) if address.is_loopback() || address.is_unique_local() => Self::Local,
            Some(IpAddr::V4(address)) if APPLE_4.iter().any(|range| within_4(address, *range)) => Self::Apple,
            Some(IpAddr::V6(address)) if APPLE_6.iter().any(|range| within_6(address, *range)) => Self::Apple,
            Some(IpAddr::V4(address)) if GATEWAYS.iter().any(|range| within_4(address, *range)) => {
                Self::Gateway
            }
            Some(_) => Self::Other,
        }
    }

    /// Whether no person reads there.
    pub(super) fn is_machine(self) -> bool {
        matches!(self, Self::Apple | Self::Gateway)
    }
}

fn within_4(address: Ipv4Addr, (start, bits): (Ipv4Addr, u8)) -> bool {
    let shift = 32 - u32::from(bits);
    address.to_bits() >> shift == start.to_bits() >> shift
}

fn within_6(address: Ipv6Addr, (start, bits): (Ipv6Addr, u8)) -> bool {
    let shift = 128 - u32::from(bits);
    address.to_bits() >> shift == start.to_bits() >> shift
}
