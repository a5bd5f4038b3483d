//! Which names a domain's certificate is for, and which records prove that the domain is ours.

use framework::{problem::Problems, value::Path};

use crate::{
    components::covered::{base, wildcard},
    resources::domain_name::DomainName,
};

/// The names of a certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Names {
    /// The domain itself.
    pub domain: DomainName,
    /// The other names: everything one label below, then those of the program, each once.
    pub others: Vec<DomainName>,
}

impl Names {
    /// The names that the program wants. Those that aren't in the domain are noted as problems.
    pub fn of(domain: &DomainName, alternative: &[DomainName], problems: &mut Problems) -> Self {
        for (index, name) in alternative.iter().enumerate().filter(|(_, name)| !name.is_within(domain)) {
            let reason = format!("must be in {domain}, where the record stands that proves {name} to be yours");
            problems.add(Path::of("alternativeNames").index(index), reason);
        }
        let mut others: Vec<DomainName> = Vec::new();
        for name in std::iter::once(wildcard(domain)).chain(alternative.iter().cloned()) {
            if name != *domain && !others.contains(&name) {
                others.push(name);
            }
        }
        Names { domain: domain.clone(), others }
    }

    /// The names that are proven by a record each: a name and its wildcard share one.
    #[must_use]
    pub fn proven(&self) -> Vec<DomainName> {
        let mut proven = vec![self.domain.clone()];
        for name in self.others.iter().map(base) {
            if !proven.contains(&name) {
                proven.push(name);
            }
        }
        proven
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(alternative: &[&str]) -> (Names, Vec<String>) {
        let alternative: Vec<_> = alternative.iter().map(|name| DomainName::told(name)).collect();
        let mut problems = Problems::none();
        let names = Names::of(&DomainName::told("Example.com"), &alternative, &mut problems);
        (names, problems.iter().map(|problem| format!("{} {}", problem.path, problem.reason)).collect())
    }

    fn texts(names: &[DomainName]) -> Vec<&str> {
        names.iter().map(DomainName::as_str).collect()
    }

    #[test]
    fn each_name_stands_once_and_shares_its_record_with_its_wildcard() {
        let (names, problems) = names(&["example.com", "*.example.com", "*.eu.example.com", "EU.example.com"]);
        assert_eq!(problems, Vec::<String>::new());
        assert_eq!(names.domain.as_str(), "example.com");
        assert_eq!(texts(&names.others), ["*.example.com", "*.eu.example.com", "eu.example.com"]);
        assert_eq!(texts(&names.proven()), ["example.com", "eu.example.com"]);
    }

    #[test]
    fn names_of_other_domains_are_refused() {
        let (_, problems) = names(&["app.example.com", "example.org"]);
        assert_eq!(
            problems,
            ["alternativeNames[1] must be in example.com, where the record stands that proves example.org to be yours"]
        );
    }
}
