//! Domain names, in the one form in which equal names are equal texts.
//!
//! Names know no case, may end in a dot, and Route 53 tells back what isn't plain as escapes: `\052.example.com.`
//! is `*.example.com`.

use std::{fmt, str::FromStr};

use framework::{
    property::{Decode, Decoding, Encode},
    schema::{TypeSpec, Types},
    value::{Path, Value},
};

/// A domain name: in small letters, without the dot at its end, with escapes for what isn't plain but the asterisk.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DomainName(String);

/// The most characters of a label ("DNS domain name format", Amazon Route 53 Developer Guide).
const LABEL: usize = 63;

/// The most characters of a name, dots included ("DNS domain name format", Amazon Route 53 Developer Guide).
const NAME: usize = 255;

impl DomainName {
    /// The name without a dot at its end.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The name as Route 53 writes it, with a dot at its end.
    #[must_use]
    pub fn absolute(&self) -> String {
        format!("{}.", self.0)
    }

    /// Whether it is that domain, or a name in it.
    #[must_use]
    pub fn is_within(&self, domain: &DomainName) -> bool {
        let rest = self.0.strip_suffix(&domain.0);
        rest.is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    }

    /// What AWS says, whatever it is.
    #[must_use]
    pub fn told(text: &str) -> Self {
        text.parse().unwrap_or_else(|_| DomainName(text.to_owned()))
    }
}

impl fmt::Display for DomainName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for DomainName {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let bytes = unescaped(text)?;
        let labels = bytes.strip_suffix(&[Byte::Dot]).unwrap_or(&bytes).split(|byte| *byte == Byte::Dot);
        let labels: Vec<_> = labels.collect();
        if labels.iter().any(|label| label.is_empty()) {
            return Err("must be a domain name such as example.com, without empty labels");
        }
        if bytes.len() > NAME {
            return Err("must have 255 characters at most");
        }
        if labels.iter().any(|label| label.len() > LABEL) {
            return Err("must have labels of 63 characters at most between its dots");
        }
        let written = labels.iter().map(|label| label.iter().map(Byte::written).collect::<String>());
        Ok(DomainName(written.collect::<Vec<_>>().join(".")))
    }
}

/// A part of a name.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Byte {
    /// A dot between two labels.
    Dot,
    /// A character of a label.
    Of(u8),
}

impl Byte {
    fn written(&self) -> String {
        match self {
            Byte::Dot => ".".to_owned(),
            Byte::Of(plain @ (b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'*')) => char::from(*plain).to_string(),
            Byte::Of(other) => format!("\\{other:03o}"),
        }
    }
}

/// The characters of a name, without escapes and in small letters.
fn unescaped(text: &str) -> Result<Vec<Byte>, &'static str> {
    let mut rest = text.as_bytes();
    let mut bytes = Vec::new();
    while let Some((first, behind)) = rest.split_first() {
        rest = behind;
        bytes.push(match first {
            b'.' => Byte::Dot,
            b'\\' => {
                let (digits, behind) = rest.split_at_checked(3).ok_or(ESCAPES)?;
                rest = behind;
                Byte::Of(octal(digits)?.to_ascii_lowercase())
            }
            plain @ 0x21..=0x7E => Byte::Of(plain.to_ascii_lowercase()),
            b' ' => return Err("must have no spaces; Route 53 writes them as \\040"),
            _ => return Err("must be in ASCII: write international names in Punycode, as xn--…"),
        });
    }
    Ok(bytes)
}

const ESCAPES: &str = "must have three octal digits behind each backslash, as \\052";

fn octal(digits: &[u8]) -> Result<u8, &'static str> {
    let digits = std::str::from_utf8(digits).ok().filter(|text| text.bytes().all(|digit| digit.is_ascii_digit()));
    let digits = digits.ok_or(ESCAPES)?;
    u8::from_str_radix(digits, 8).map_err(|_| ESCAPES)
}

impl Decode for DomainName {
    fn spec(types: &mut Types) -> TypeSpec {
        String::spec(types)
    }

    fn from_known(value: &Value, at: &Path, to: &mut Decoding) -> Option<Self> {
        let text = String::from_known(value, at, to)?;
        text.parse().map_err(|wanted: &str| to.wrong(at, wanted, format!("{text:?}"))).ok()
    }
}

framework::revealed_as_written!(DomainName);

impl Encode for DomainName {
    fn encode(&self) -> Value {
        Value::String(self.0.clone())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn the_same_name_is_the_same_text() {
        for (written, name) in [
            ("example.com", "example.com"),
            ("Example.COM.", "example.com"),
            ("\\052.example.com.", "*.example.com"),
            ("*.example.com", "*.example.com"),
            ("0/25.2.0.192.in-addr.arpa", "0\\05725.2.0.192.in-addr.arpa"),
            ("0\\05725.2.0.192.in-addr.arpa.", "0\\05725.2.0.192.in-addr.arpa"),
            ("\\101.example.com", "a.example.com"),
            ("a\\056b.example.com", "a\\056b.example.com"),
        ] {
            let name_of = |text: &str| text.parse::<DomainName>().unwrap();
            assert_eq!(name_of(written).as_str(), name, "{written}");
            assert_eq!(name_of(name_of(written).as_str()), name_of(written), "{written}");
        }
    }

    #[test]
    fn what_is_no_name_is_refused() {
        let long = format!("{}.com", "a".repeat(64));
        let longer = "a.".repeat(130);
        for wrong in
            ["", ".", "a..b", ".a", "exämple.com", "a b.com", "a\\05", "a\\999.com", "a\\+12.com", &long, &longer]
        {
            assert!(wrong.parse::<DomainName>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_name_is_in_its_domain() {
        let name = |text: &str| text.parse::<DomainName>().unwrap();
        assert!(name("example.com").is_within(&name("example.com")));
        assert!(name("a.example.com").is_within(&name("example.com")));
        assert!(!name("notexample.com").is_within(&name("example.com")));
        assert!(!name("com").is_within(&name("example.com")));
    }
}
