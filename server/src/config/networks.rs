//! Lists of networks, as settings hold them.

use std::net::IpAddr;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, de};

/// Networks such as `10.0.0.0/8` or `2001:db8::/32`; an address alone is a network of one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Networks(Vec<(u128, u32)>);

impl Networks {
    /// Whether this address lies in one of them.
    pub fn hold(&self, address: IpAddr) -> bool {
        let address = bits(address);
        let same = |start: u128, length: u32| length == 0 || (address ^ start) >> (128 - length) == 0;
        self.0.iter().any(|(start, length)| same(*start, *length))
    }
}

/// An IPv4 address stands where IPv6 has it, so that both are compared alike.
fn bits(address: IpAddr) -> u128 {
    match address {
        IpAddr::V4(address) => address.to_ipv6_mapped().to_bits(),
        IpAddr::V6(address) => address.to_bits(),
    }
}

fn network(text: &str) -> Result<(u128, u32), String> {
    let wrong = || format!("`{text}` should be a network such as 10.0.0.0/8, or an address");
    let (start, length) = text.split_once('/').map_or((text, None), |(start, length)| (start, Some(length)));
    let start: IpAddr = start.parse().map_err(|_| wrong())?;
    let (whole, before) = if start.is_ipv4() { (32, 96) } else { (128, 0) };
    let length = length.map_or(Ok(whole), str::parse::<u32>).map_err(|_| wrong())?;
    if length > whole {
        return Err(wrong());
    }
    Ok((bits(start), before + length))
}

impl FromStr for Networks {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let parts = text.split(',').map(str::trim).filter(|part| !part.is_empty());
        parts.map(network).collect::<Result<_, _>>().map(Self)
    }
}

impl<'de> Deserialize<'de> for Networks {
    /// A list in a file; in a variable one string with commas.
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Written {
            Line(String),
            List(Vec<String>),
        }
        let line = match Written::deserialize(from)? {
            Written::Line(line) => line,
            Written::List(list) => list.join(","),
        };
        line.parse().map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_lies_in_a_network_or_not() {
        let networks: Networks = "10.0.0.0/8, 127.0.0.1, 2001:db8::/32".parse().unwrap();
        for inside in ["10.1.2.3", "127.0.0.1", "2001:db8:1::1", "::ffff:10.1.2.3"] {
            assert!(networks.hold(inside.parse().unwrap()), "{inside}");
        }
        for outside in ["11.0.0.1", "127.0.0.2", "2001:db9::1"] {
            assert!(!networks.hold(outside.parse().unwrap()), "{outside}");
        }
        assert!("0.0.0.0/0".parse::<Networks>().unwrap().hold("192.0.2.1".parse().unwrap()));
        assert!(!Networks::default().hold("127.0.0.1".parse().unwrap()));
    }

    #[test]
    fn what_is_no_network_is_named() {
        for wrong in ["10.0.0.0/33", "proxy.example", "10.0.0/8", "::1/129"] {
            assert!(wrong.parse::<Networks>().unwrap_err().contains(wrong), "{wrong}");
        }
    }
}
