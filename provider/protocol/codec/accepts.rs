//! What the receiver of an answer can take.

/// Which marks may be in an answer. Secrets, references and assets may be everywhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Accepts {
    pub(super) unknowns: Unknowns,
    pub(super) outputs: Outputs,
}

/// What becomes of a value that isn't known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unknowns {
    /// It is sent as the string that stands for it.
    Marked,
    /// It is sent as an output value without a value.
    AsOutputs,
    /// It is left out of maps, and null in lists: an answer that the engine refuses would make it
    /// forget a resource that exists.
    LeftOut,
}

/// What becomes of a value with its history.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outputs {
    /// It is sent as it is.
    Kept,
    /// It is sent without its dependencies, secret or unknown if it is so.
    Flattened,
}

impl Accepts {
    /// Inputs, and whatever else belongs to a preview: what isn't known may say so.
    pub const PLANS: Accepts = Accepts { unknowns: Unknowns::Marked, outputs: Outputs::Flattened };

    /// What goes into the state: everything is known.
    pub const FACTS: Accepts = Accepts { unknowns: Unknowns::LeftOut, outputs: Outputs::Flattened };

    /// Inputs of a resource that a component registers.
    pub const REGISTRATION: Accepts = Accepts { unknowns: Unknowns::Marked, outputs: Outputs::Kept };

    /// Outputs of a component: not known is possible in a real run as well, where nothing but an
    /// output value may say so.
    pub const COMPONENT: Accepts = Accepts { unknowns: Unknowns::AsOutputs, outputs: Outputs::Kept };

    /// Properties of a resource that was made, or would be.
    #[must_use]
    pub fn state(preview: bool) -> Accepts {
        if preview { Accepts::PLANS } else { Accepts::FACTS }
    }
}
