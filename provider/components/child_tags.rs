//! The tags of a component's children: the component's own, and a name each.

use framework::{cloud::Cloud, component::Scope, value::Output};

use crate::aws::Tags;

/// The key of the tag that AWS's console shows as a name.
const NAME: &str = "Name";

/// What all children of a component are tagged with.
#[derive(Clone)]
pub struct ChildTags {
    component: String,
    own: Output<Tags>,
}

impl ChildTags {
    /// The tags of the children of the component that is being described.
    pub fn new<C: Cloud>(scope: &Scope<C>, own: Option<Output<Tags>>) -> Self {
        ChildTags { component: scope.name().to_owned(), own: own.unwrap_or_else(|| Output::known(Tags::default())) }
    }

    /// The tags of one child: `Name` is its name in the program, unless the component's own tags have one.
    #[must_use]
    pub fn of(&self, role: &str) -> Output<Tags> {
        let name = format!("{}-{role}", self.component);
        self.own.map(move |own| named(&own, name))
    }
}

fn named(own: &Tags, name: String) -> Tags {
    let name = (NAME.to_owned(), name);
    let own = own.iter().map(|(key, value)| (key.to_owned(), value.to_owned()));
    std::iter::once(name).chain(own).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tags(pairs: &[(&str, &str)]) -> Tags {
        pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn a_child_is_named_unless_the_program_does() {
        let own = tags(&[("Team", "blue")]);
        assert_eq!(named(&own, "net-vpc".to_owned()), tags(&[("Team", "blue"), ("Name", "net-vpc")]));
        let own = tags(&[("Name", "ours")]);
        assert_eq!(named(&own, "net-vpc".to_owned()), own);
    }
}
