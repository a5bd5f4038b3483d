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
        let net: Ipv6Net = text.parse().map_err(|_| "must be an IPv6 CIDR block such as 2001:db8::/32".to_owned())?;
        if net == net.trunc() {
            return Ok(Ipv6Cidr(net));
        }
        Err("must be an IPv6 CIDR block without address bits beyond its prefix".to_owned())
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
        let text = String::from_known(value, at, to)?;
        text.parse().map_err(|wanted: String| to.wrong(at, wanted, format!("{text:?}"))).ok()
    }
}

impl Encode for Ipv6Cidr {
    fn encode(&self) -> Value {
        Value::String(self.to_string())
    }
}
