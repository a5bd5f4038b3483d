//! Another resource, as a value.

use super::Urn;

/// A resource that a program passed as a value.
#[derive(Clone, Debug, PartialEq)]
pub struct Reference {
    /// The resource's URN.
    pub urn: Urn,
    /// Its id: absent for a component, unknown before it is made.
    pub id: ReferenceId,
    /// The version of the package that the resource comes from; may be empty.
    pub package_version: String,
}

/// The id of a referenced resource.
#[derive(Clone, Debug, PartialEq)]
pub enum ReferenceId {
    /// A component has no id.
    Component,
    /// A custom resource that is not made yet.
    Unknown,
    /// A custom resource's id.
    Known(String),
}
