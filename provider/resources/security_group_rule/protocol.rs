//! IP protocols, each under the one name that AWS gives it.

use std::str::FromStr;

use framework::{
    property::{Decode, Decoding, Encode},
    schema::{TypeSpec, Types},
    value::{Path, Value},
};

/// An IP protocol, as AWS calls it: by name if it is `tcp`, `udp`, `icmp` or `icmpv6`, otherwise by number; `-1` is all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Protocol(String);

/// What the ports of a rule mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ports {
    /// The first and the last port.
    Range,
    /// An ICMP type and code.
    TypeAndCode,
    /// Nothing: the protocol has none.
    None,
}

/// The protocols that AWS calls by name. Source: `IpPermission`, Amazon EC2 API Reference.
const NAMED: [(&str, &str); 5] = [("1", "icmp"), ("6", "tcp"), ("17", "udp"), ("58", "icmpv6"), ("all", "-1")];

impl Protocol {
    /// TCP.
    #[must_use]
    pub fn tcp() -> Self {
        Protocol("tcp".to_owned())
    }

    /// As AWS calls it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What the ports of a rule mean.
    #[must_use]
    pub fn ports(&self) -> Ports {
        match self.as_str() {
            "tcp" | "udp" => Ports::Range,
            "icmp" | "icmpv6" => Ports::TypeAndCode,
            _ => Ports::None,
        }
    }
}

impl FromStr for Protocol {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let lower = text.to_lowercase();
        if let Some((_, name)) = NAMED.iter().find(|(number, name)| lower == *number || lower == *name) {
            return Ok(Protocol((*name).to_owned()));
        }
        match lower.parse::<u8>() {
            Ok(number) => Ok(Protocol(number.to_string())),
            Err(_) => Err("must be tcp, udp, icmp, icmpv6, a protocol number, or -1 for all".to_owned()),
        }
    }
}

impl Decode for Protocol {
    fn spec(types: &mut Types) -> TypeSpec {
        String::spec(types)
    }

    fn from_known(value: &Value, at: &Path, to: &mut Decoding) -> Option<Self> {
        // YAML programs write protocol numbers as numbers.
        let text = match value {
            Value::Number(number) => number.to_string(),
            other => String::from_known(other, at, to)?,
        };
        text.parse().map_err(|wanted: String| to.wrong(at, wanted, format!("{text:?}"))).ok()
    }
}

impl Encode for Protocol {
    fn encode(&self) -> Value {
        Value::String(self.0.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn protocols_have_one_spelling() {
        for (said, meant) in
            [("TCP", "tcp"), ("6", "tcp"), ("58", "icmpv6"), ("all", "-1"), ("-1", "-1"), ("050", "50")]
        {
            assert_eq!(said.parse(), Ok(Protocol(meant.to_owned())));
        }
        for wrong in ["", "256", "-2", "http"] {
            assert!(wrong.parse::<Protocol>().is_err(), "{wrong}");
        }
    }
}
