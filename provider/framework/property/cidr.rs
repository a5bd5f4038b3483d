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
        read(text).map_err(|(wanted, given)| format!("{wanted}, not {given}"))
    }
}

/// The block, or what it must be and what it is.
fn read(text: &str) -> Result<Cidr, (&'static str, String)> {
    let no_block = |_| ("must be an IPv4 CIDR block such as 10.0.0.0/16", format!("{text:?}"));
    let net: Ipv4Net = text.parse().map_err(no_block)?;
    if net == net.trunc() {
        return Ok(Cidr(net));
    }
    Err(("must be a block without address bits beyond its prefix", format!("{text}: take {}", net.trunc())))
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
        let text = String::from_known(value, at, to)?;
        read(&text).map_err(|(wanted, given)| to.wrong(at, wanted, given)).ok()
    }
}

impl Encode for Cidr {
    fn encode(&self) -> Value {
        Value::String(self.to_string())
    }
}
