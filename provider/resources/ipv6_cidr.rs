//! Blocks of IPv6 addresses.

use std::{fmt, str::FromStr};

use framework::{
    property::{Decode, Decoding, Encode},
    schema::{TypeSpec, Types},
    value::{Path, Value},
};
use ipnet::Ipv6Net;

/// An IPv6 CIDR block, such as `2001:db8::/32`, with no bits set beyond its prefix.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ipv6Cidr(Ipv6Net);

impl FromStr for Ipv6Cidr {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let net: Ipv6Net =
            text.parse().map_err(|_| format!("must be an IPv6 CIDR block such as 2001:db8::/32, not {text:?}"))?;
        if net == net.trunc() {
            return Ok(Ipv6Cidr(net));
        }
        Err(format!("{text} has address bits set beyond its prefix; the block that holds it is {}", net.trunc()))
    }
}

impl fmt::Display for Ipv6Cidr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Decode for Ipv6Cidr {
    fn spec(types: &mut Types) -> TypeSpec {
        String::spec(types)
    }

    fn from_known(value: &Value, at: &Path, to: &mut Decoding) -> Option<Self> {
        match String::from_known(value, at, to)?.parse() {
            Ok(cidr) => Some(cidr),
            Err(reason) => {
                to.problem(at, reason);
                None
            }
        }
    }
}

impl Encode for Ipv6Cidr {
    fn encode(&self) -> Value {
        Value::String(self.to_string())
    }
}
