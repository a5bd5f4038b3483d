//! What a wire protocol asks a provider, in plain types.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use crate::{
    engine::Options,
    problem::Problems,
    resource::Autonaming,
    value::{Map, Urn},
};

/// Asks whether inputs are right, and for what they stand for.
#[derive(Clone, Debug, Default)]
pub struct CheckRequest {
    /// The resource.
    pub urn: Urn,
    /// The inputs that the last run settled on; empty for a new resource and for a replacement.
    pub olds: Map,
    /// What the program says now.
    pub news: Map,
    /// Random bytes, the same for all checks of one operation.
    pub seed: Vec<u8>,
    /// How the user wants names to be made up.
    pub autonaming: Option<Autonaming>,
}

/// Asks what would have to change.
#[derive(Clone, Debug, Default)]
pub struct DiffRequest {
    /// The resource.
    pub urn: Urn,
    /// Its id.
    pub id: String,
    /// The outputs in the state.
    pub olds: Map,
    /// The inputs in the state.
    pub old_inputs: Map,
    /// The inputs that are wanted.
    pub news: Map,
}

/// Asks for a new resource.
#[derive(Clone, Debug, Default)]
pub struct CreateRequest {
    /// The resource.
    pub urn: Urn,
    /// Its checked inputs.
    pub properties: Map,
    /// How long it may take; zero for the usual.
    pub timeout: Duration,
    /// Whether to only say what would be.
    pub preview: bool,
}

/// Asks what stands in the cloud. Without inputs and properties it is an import.
#[derive(Clone, Debug, Default)]
pub struct ReadRequest {
    /// The resource.
    pub urn: Urn,
    /// Its id.
    pub id: String,
    /// The inputs in the state.
    pub inputs: Option<Map>,
    /// The outputs in the state.
    pub properties: Option<Map>,
    /// How long it may take; zero for the usual.
    pub timeout: Duration,
}

/// Asks for a change in place.
#[derive(Clone, Debug, Default)]
pub struct UpdateRequest {
    /// The resource.
    pub urn: Urn,
    /// Its id.
    pub id: String,
    /// The outputs in the state.
    pub olds: Map,
    /// The inputs in the state.
    pub old_inputs: Map,
    /// The inputs that are wanted.
    pub news: Map,
    /// How long it may take; zero for the usual.
    pub timeout: Duration,
    /// Whether to only say what would be.
    pub preview: bool,
}

/// Asks for a resource's end.
#[derive(Clone, Debug, Default)]
pub struct DeleteRequest {
    /// The resource.
    pub urn: Urn,
    /// Its id.
    pub id: String,
    /// The outputs in the state.
    pub properties: Map,
    /// The inputs in the state.
    pub old_inputs: Map,
    /// How long it may take; zero for the usual.
    pub timeout: Duration,
}

/// Asks for a component and everything in it.
#[derive(Clone, Debug, Default)]
pub struct ConstructRequest {
    /// The full type token.
    pub kind: String,
    /// The name in the program.
    pub name: String,
    /// The resource that it is part of.
    pub parent: Urn,
    /// Its inputs, with their marks.
    pub inputs: Map,
    /// What each input comes from.
    pub input_dependencies: BTreeMap<String, BTreeSet<Urn>>,
    /// Everything that it comes after.
    pub dependencies: BTreeSet<Urn>,
    /// The providers for its children, by package.
    pub providers: BTreeMap<String, String>,
    /// How it is to be treated.
    pub options: Options,
    /// Whether this is a preview.
    pub preview: bool,
    /// The project's name.
    pub project: String,
    /// The stack's name.
    pub stack: String,
}

/// A component with everything in it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Constructed {
    /// Its URN.
    pub urn: Urn,
    /// Its outputs, with their marks.
    pub outputs: Map,
}

/// Why a component wasn't made.
#[derive(Clone, Debug, PartialEq)]
pub enum ConstructFailure {
    /// Its inputs are wrong; nothing was registered.
    Inputs(Problems),
    /// Something failed on the way.
    Failed(String),
}
