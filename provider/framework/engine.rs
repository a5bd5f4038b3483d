//! What the framework asks of the deployment engine, whatever wire leads to it.

use std::collections::{BTreeMap, BTreeSet};

use futures::future::BoxFuture;

use crate::value::{Map, Urn, Value};

/// How much a message matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// For somebody who looks for a mistake of the provider's.
    Debug,
    /// Worth knowing.
    Info,
    /// Something is not as it should be, and the deployment goes on.
    Warning,
    /// The deployment fails; the operation's own error says so too.
    Error,
}

/// The engine's log. Messages are sent without waiting; secrets must not be in them.
pub trait Log: Send + Sync {
    /// Shows a message with the resource that it concerns.
    fn log(&self, severity: Severity, urn: &Urn, message: String);

    /// Shows what is going on in the resource's line of the display, until the next one.
    fn status(&self, urn: &Urn, message: String);
}

/// A resource that a component asks the engine for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Registration {
    /// The full type token: `tenantstack:ec2:Subnet`.
    pub kind: String,
    /// The resource's name in the program.
    pub name: String,
    /// The component that it is part of.
    pub parent: Urn,
    /// Whether the provider makes it; a component is only recorded.
    pub custom: bool,
    /// Its inputs, with their marks.
    pub inputs: Map,
    /// What each input comes from.
    pub property_dependencies: BTreeMap<String, BTreeSet<Urn>>,
    /// Everything that it comes after.
    pub dependencies: BTreeSet<Urn>,
    /// The provider resource that it belongs to, `<urn>::<id>`; empty when the engine shall choose.
    pub provider: String,
    /// The providers that its own children inherit, by package.
    pub providers: BTreeMap<String, String>,
    /// How it is to be treated.
    pub options: Options,
}

/// How a resource is to be treated. What is absent is inherited.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Options {
    /// Whether deleting it is an error.
    pub protect: Option<bool>,
    /// Whether it stays in the cloud when it leaves the program.
    pub retain_on_delete: Option<bool>,
    /// Whether it is deleted before what replaces it is made.
    pub delete_before_replace: Option<bool>,
    /// Names under which it was known before.
    pub aliases: Vec<Alias>,
    /// The resource whose deletion takes this one along.
    pub deleted_with: Urn,
    /// Resources whose replacement replaces this one.
    pub replace_with: Vec<Urn>,
    /// A value whose change replaces it.
    pub replacement_trigger: Option<Value>,
    /// Property paths whose changes are passed over.
    pub ignore_changes: Vec<String>,
    /// Property paths whose changes replace it.
    pub replace_on_changes: Vec<String>,
    /// Outputs that are secret beside those that the schema marks.
    pub additional_secret_outputs: Vec<String>,
    /// How long its operations may take.
    pub timeouts: Timeouts,
    /// The user's hooks, by name.
    pub hooks: Option<Hooks>,
}

/// How long operations may take, as Go durations (`10m`); empty for the provider's own choice.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Timeouts {
    /// Making it.
    pub create: String,
    /// Changing it.
    pub update: String,
    /// Deleting it.
    pub delete: String,
    /// Reading it.
    pub read: String,
}

impl Timeouts {
    /// These, and `others` where nothing is said.
    #[must_use]
    pub fn or(&self, others: &Timeouts) -> Timeouts {
        let first = |own: &String, other: &String| if own.is_empty() { other.clone() } else { own.clone() };
        Timeouts {
            create: first(&self.create, &others.create),
            update: first(&self.update, &others.update),
            delete: first(&self.delete, &others.delete),
            read: first(&self.read, &others.read),
        }
    }
}

/// The user's hooks around a resource's operations, by name.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Hooks {
    /// Run before it is made.
    pub before_create: Vec<String>,
    /// Run after it is made.
    pub after_create: Vec<String>,
    /// Run before it is changed.
    pub before_update: Vec<String>,
    /// Run after it is changed.
    pub after_update: Vec<String>,
    /// Run before it is deleted.
    pub before_delete: Vec<String>,
    /// Run after it is deleted.
    pub after_delete: Vec<String>,
    /// Run when one of its operations fails.
    pub on_error: Vec<String>,
}

/// A name under which a resource was known before.
#[derive(Clone, Debug, PartialEq)]
pub enum Alias {
    /// The whole URN.
    Urn(Urn),
    /// The parts that were different; absent ones are as they are now.
    Spec {
        /// The name.
        name: String,
        /// The type.
        kind: String,
        /// The stack.
        stack: String,
        /// The project.
        project: String,
        /// The parent.
        parent: AliasParent,
    },
}

impl Alias {
    /// Another name, and all else as it is now.
    #[must_use]
    pub fn named(name: String) -> Self {
        let (kind, stack, project) = Default::default();
        Alias::Spec { name, kind, stack, project, parent: AliasParent::Same }
    }
}

/// The parent that a resource had before.
#[derive(Clone, Debug, PartialEq)]
pub enum AliasParent {
    /// The same as now.
    Same,
    /// Another one.
    Urn(Urn),
    /// None.
    None,
}

/// What the engine says of a registered resource.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Registered {
    /// The resource's URN.
    pub urn: Urn,
    /// Its id; empty while unknown, and for components.
    pub id: String,
    /// Its inputs and outputs.
    pub outputs: Map,
    /// Whether it failed, or was passed over, while the deployment goes on.
    pub skipped: bool,
}

/// Why the engine didn't register something; the deployment is over.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Refused(pub String);

/// The engine's side of a running deployment.
pub trait Monitor: Send + Sync {
    /// Asks for a resource, and waits until it is made.
    fn register(&self, wanted: Registration) -> BoxFuture<'_, Result<Registered, Refused>>;

    /// Says what a component's outputs are; once for each component.
    fn register_outputs(&self, urn: Urn, outputs: Map) -> BoxFuture<'_, Result<(), Refused>>;

    /// The outputs, so far, of a resource of this deployment.
    fn outputs_of(&self, urn: Urn) -> BoxFuture<'_, Result<Map, Refused>>;
}
