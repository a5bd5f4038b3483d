//! A resource's name in the whole of a stack.

use std::fmt;

/// `urn:pulumi:<stack>::<project>::<type chain>::<name>`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Urn(String);

impl Urn {
    /// The URN with that text; nothing is checked.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Urn(text.into())
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The types from the outermost component down to the resource, joined by `$`.
    #[must_use]
    pub fn type_chain(&self) -> &str {
        self.0.split("::").nth(2).unwrap_or_default()
    }

    /// The resource's own type.
    #[must_use]
    pub fn kind(&self) -> &str {
        self.type_chain().rsplit('$').next().unwrap_or_default()
    }

    /// The resource's name in the program, which may itself contain `::`.
    #[must_use]
    pub fn name(&self) -> &str {
        self.0.splitn(4, "::").nth(3).unwrap_or_default()
    }

    /// The stack's name.
    #[must_use]
    pub fn stack(&self) -> &str {
        self.0.split("::").next().and_then(|head| head.strip_prefix("urn:pulumi:")).unwrap_or_default()
    }

    /// The project's name.
    #[must_use]
    pub fn project(&self) -> &str {
        self.0.split("::").nth(1).unwrap_or_default()
    }

    /// Whether there is no URN.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Display for Urn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<String> for Urn {
    fn from(text: String) -> Self {
        Urn(text)
    }
}

impl From<&str> for Urn {
    fn from(text: &str) -> Self {
        Urn(text.to_owned())
    }
}
