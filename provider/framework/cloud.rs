//! What a provider's cloud gives to the framework.

use std::{collections::BTreeMap, sync::Arc, time::SystemTime};

use crate::{
    error::{Error, Result},
    problem::Problems,
    property::{Field, Properties, Record},
    resource::{Owner, Wait},
    value::{Map, Urn},
};

/// The provider resource that this process serves.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Identity {
    /// Its URN; empty with engines that don't tell.
    pub urn: Urn,
    /// Its id, the same for the life of the stack; nothing while it is unknown, in a first preview.
    pub id: Option<String>,
}

/// A cloud, configured: what all resources of a provider share.
pub trait Cloud: Sized + Send + Sync + 'static {
    /// The provider's configuration.
    type Config: Record + Clone + Send + Sync + 'static;

    /// What a resource's calls go through: one for each place that resources can be in.
    type Session: Send + Sync + 'static;

    /// What the cloud's calls fail with; it carries the framework's own errors as well.
    type Error: From<Error> + Into<Error> + Send;

    /// The inputs that every resource has beside its own.
    const COMMON: &'static [Field];

    /// Takes the configuration. May read local files, makes no call.
    ///
    /// # Errors
    ///
    /// What is wrong with the configuration as a whole, each with its path.
    fn configure(config: Self::Config) -> impl Future<Output = Result<Self, Problems>> + Send;

    /// Notes what is wrong between properties of a configuration that may be incomplete.
    fn rules(config: &Properties<'_, Self::Config>, problems: &mut Problems);

    /// The configuration's properties whose change from `old` to `new` puts existing resources out of reach.
    fn unreachable_after(old: &Self::Config, new: &Self::Config) -> Vec<&'static str>;

    /// Completes a resource's inputs with what the configuration says for all.
    fn complete(&self, fields: &[&'static Field], inputs: &mut Map);

    /// The session for a resource with these inputs or outputs. Makes no call.
    ///
    /// # Errors
    ///
    /// When it can't be told where the resource is.
    fn session(&self, properties: &Map) -> Result<Arc<Self::Session>>;

    /// What the session knows that every resource shows among its outputs, such as its region.
    fn place(session: &Self::Session) -> Map;

    /// Everything of a kind that carries one of our owner tokens, by token; of several, the one that was made last.
    fn owned(
        session: &Self::Session,
        kind: &'static str,
    ) -> impl Future<Output = Result<BTreeMap<String, Owned>>> + Send;

    /// Takes the owner token off something, so that nothing finds it by that any more.
    fn retire(_session: &Self::Session, _kind: &'static str, _id: &str) -> impl Future<Output = Result<()>> + Send {
        async { Ok(()) }
    }

    /// Puts an owner's tag on something, in place of the one that it has.
    fn own(
        _session: &Self::Session,
        _kind: &'static str,
        _id: &str,
        _owner: &Owner,
    ) -> impl Future<Output = Result<()>> + Send {
        async { Ok(()) }
    }

    /// Whether the user wants what an interrupted run had made to be looked for at all.
    fn adopts_any(_session: &Self::Session) -> bool {
        true
    }

    /// Whether a resource that was made then may be adopted by a create that was cut off.
    fn adopts(session: &Self::Session, made: SystemTime) -> bool;

    /// What time it is, for the owner tags of new resources.
    fn now(session: &Self::Session) -> SystemTime;

    /// How long a new resource may take to be seen by every reader.
    const CONSISTENT: &'static Wait;

    /// How long what a new resource refers to may be unknown to the cloud after it was made.
    const REFERENCES_KNOWN: &'static Wait;

    /// How long to look for what a create made whose answer was lost.
    const REAPPEARS: &'static Wait;

    /// How long a deletion may be refused, or take.
    const DELETED: &'static Wait;
}

/// Something in the cloud that carries one of our owner tokens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Owned {
    /// Its id.
    pub id: String,
    /// When it was asked for.
    pub made: SystemTime,
}
