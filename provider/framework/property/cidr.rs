//! Blocks of IPv4 addresses.

use std::{fmt, str::FromStr};

use ipnet::Ipv4Net;

use super::{Decode, Decoding, Encode};
use crate::{
    schema::{TypeSpec, Types},
    value::{Path, Value},
};

/// An IPv4 CIDR block, such as `10.0.0.0/16`, with no bits set beyond its prefix.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cidr(Ipv4Net);

impl Cidr {
    /// The network.
    #[must_use]
    pub fn net(self) -> Ipv4Net {
        self.0
    }
}

impl From<Ipv4Net> for Cidr {
    fn from(net: Ipv4Net) -> Self {
        Cidr(net.trunc())
    }
}

impl FromStr for Cidr {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let net: Ipv4Net =
            text.parse().map_err(|_| format!("must be an IPv4 CIDR block such as 10.0.0.0/16, not {text:?}"))?;
        if net == net.trunc() {
            return Ok(Cidr(net));
        }
        Err(format!("{text} has address bits set beyond its prefix; the block that holds it is {}", net.trunc()))
    }
}

impl fmt::Display for Cidr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Decode for Cidr {
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

impl Encode for Cidr {
    fn encode(&self) -> Value {
        Value::String(self.to_string())
    }
}
