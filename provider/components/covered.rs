//! What a certificate for a domain and everything one label below it covers.

use crate::resources::domain_name::DomainName;

/// What the name of a whole level begins with.
const WILDCARD: &str = "*.";

/// The name without the asterisk in front.
#[must_use]
pub fn base(name: &DomainName) -> DomainName {
    name.as_str().strip_prefix(WILDCARD).map_or_else(|| name.clone(), DomainName::told)
}

/// The name that stands for everything one label below.
#[must_use]
pub fn wildcard(name: &DomainName) -> DomainName {
    DomainName::told(&format!("{WILDCARD}{name}"))
}

/// Whether it covers a name: the domain, `app.` or `*.` in front of it, but nothing deeper.
#[must_use]
pub fn is_covered(name: &DomainName, domain: &DomainName) -> bool {
    let label = name.as_str().strip_suffix(domain.as_str()).and_then(|rest| rest.strip_suffix('.'));
    name == domain || label.is_some_and(|label| !label.is_empty() && !label.contains('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_label_below_is_covered() {
        let domain = DomainName::told("example.com");
        for covered in ["example.com", "Example.com.", "app.example.com", "*.example.com"] {
            assert!(is_covered(&DomainName::told(covered), &domain), "{covered}");
        }
        for other in ["a.b.example.com", "*.a.example.com", "example.org", "myexample.com", "com"] {
            assert!(!is_covered(&DomainName::told(other), &domain), "{other}");
        }
    }
}
