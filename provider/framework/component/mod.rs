//! What a component is: a description of children, in typed handles.
//!
//! A component makes no call. [`Component::build`] is an ordinary function: it decides, in plain
//! values, and says which children there are and what flows between them. The framework registers
//! each child as soon as what it uses is known, and everything else at the same time.

mod args;
mod child;
mod construct;
mod erased;
mod forwarded;
mod inputs;
mod outputs;
mod reference;
mod registration;
mod scope;
mod secret_texts;
mod untold;

pub use args::{Args, Properties as ArgProperties, handed};
pub use child::{Child, Handle};
pub use construct::{Construction, construct};
pub use erased::{AnyComponent, Built};
pub use forwarded::{Forwarded, Forwarding};
pub use inputs::{Inputs, Reveal, inputs_of, plainly};
pub use outputs::Outputs;
pub use reference::Given;
pub use scope::{Scope, property_of};
pub use secret_texts::SecretTexts;

use crate::{cloud::Cloud, problem::Problems};

/// A component's name and description. `#[derive(Component)]` writes it.
pub trait Described {
    /// The token without the package: `index:Vpc`.
    const TOKEN: &'static str;

    /// The description in schema and docs.
    const DOC: &'static str;
}

/// A type of component.
pub trait Component: Described + Sized + Send + Sync + 'static {
    /// What a program says.
    type Inputs: Inputs;

    /// What it gets back.
    type Outputs: Outputs;

    /// The cloud that its children live in.
    type Cloud: Cloud;

    /// Says which children there are. Nothing is registered before it returns, and nothing at all
    /// when it returns problems.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the inputs, each with its path.
    fn build(scope: &Scope<Self::Cloud>, want: Self::Inputs) -> Result<Self::Outputs, Problems>;
}
