//! What a custom resource is, and the life cycle that every one of them gets for free.
//!
//! A resource says what its properties are (`#[derive(Resource)]`) and what the cloud is asked for
//! each verb ([`Managed`]). Everything else follows: checking, comparing, previews, adoption of what
//! an interrupted run left behind, settling, partial failure, import and refresh, deadlines, Cancel.

mod adopt;
pub mod cancel;
mod change;
mod check;
mod claims;
mod create;
mod cx;
mod delete;
mod diff;
mod erased;
mod forced;
mod operation;
mod owner;
mod pause;
mod read;
mod same;
mod taken;
mod update;
mod wait;

pub use adopt::Adoption;
pub use change::Change;
pub use check::{Autonaming, Naming, Wanted};
pub use cx::Cx;
pub use diff::{ChangeKind, Difference, PropertyChange, changes};
pub use erased::{AnyResource, Live};
pub use operation::{Failure, Made, Operation, ReadBack};
pub use owner::{Carried, Owner, Owners};
pub use wait::{Look, Wait};

use crate::{
    cloud::Cloud,
    problem::Problems,
    property::{EncodeRecord, Field, Properties},
    value::Map,
};

/// A type of resource, as `#[derive(Resource)]` reads it off a struct.
pub trait Resource: Sized + Send + Sync + 'static {
    /// The token without the package: `ec2:Subnet`.
    const TOKEN: &'static str;

    /// The cloud's own name of the type: `AWS::EC2::Subnet`. Empty for a type of our own.
    const MODEL: &'static str;

    /// The description in schema and docs.
    const DOC: &'static str;

    /// Inputs and outputs, in the order of the struct.
    const FIELDS: &'static [Field];

    /// The output that is also the id.
    const ID: &'static str;

    /// Whether the old one must go before the new one can be made.
    const DELETE_FIRST: bool;

    /// Whether replacing it loses data, so that it is refused unless the program allows it.
    const HOLDS_DATA: bool;

    /// The inputs alone, as plain values.
    type Inputs: EncodeRecord + Clone + Send + Sync + 'static;

    /// Every property that has a value.
    fn properties(&self) -> crate::value::Map;
}

/// What the calls of a resource's cloud fail with.
pub type ErrorOf<R> = <<R as Managed>::Cloud as Cloud>::Error;

/// What the cloud is asked for each verb.
///
/// The framework calls `create` at most once for a resource, after it looked for what an
/// interrupted run may have left; then `settle`, then `read`. `update` and `delete` get ids that
/// `create` returned or a user imported. Any of them may find the thing gone and say so with
/// [`Kind::Gone`](crate::error::Kind::Gone).
pub trait Managed: Resource {
    /// The cloud that it lives in.
    type Cloud: Cloud;

    /// How the owner token is carried.
    const OWNER: Carried;

    /// How long its deletion may be refused, or take.
    const DELETED: &'static Wait = <Self::Cloud as Cloud>::DELETED;

    /// What a program can do instead of a replacement that is refused, as data would be lost; for those that say
    /// `holds_data`.
    const INSTEAD: &'static str = "Take the change back";

    /// Notes what is wrong between properties. Any of them may be unknown, absent or wrong by itself, and
    /// reads as nothing then.
    fn rules(_want: &Properties<'_, Self>, _problems: &mut Problems) {}

    /// What is found out from the inputs in Check, for the properties that say `derived`; what it leaves out isn't
    /// known yet. It may look at the user's own files, must not write, and is asked only where no problem was found.
    fn derive(_want: &Properties<'_, Self>, _problems: &mut Problems) -> Map {
        Map::new()
    }

    /// Whether a change of that property needs another resource, where that depends on the values; nothing
    /// where the field's own word holds.
    fn replaces(_property: &str, _was: &Properties<'_, Self>, _want: &Properties<'_, Self>) -> Option<bool> {
        None
    }

    /// Notes changes that can't be made at all, so that already a preview says so.
    fn forbids(_was: &Properties<'_, Self>, _want: &Properties<'_, Self>, _problems: &mut Problems) {}

    /// Whether the old one must go before its replacement can be made.
    fn deletes_first(_was: &Properties<'_, Self>, _want: &Properties<'_, Self>) -> bool {
        Self::DELETE_FIRST
    }

    /// Whether it has failed for good, by its outputs in the state: then it is replaced, not repaired. Where it holds
    /// data, that must be none that could still be lost.
    fn is_beyond_repair(_was: &Properties<'_, Self>) -> bool {
        false
    }

    /// The id of what has its name or its place, where no two can have the same. It is asked for what is in
    /// the way, and for what a call has made whose answer was lost.
    fn occupant(
        _cx: &Cx<Self::Cloud>,
        _want: &Self::Inputs,
    ) -> impl Future<Output = Result<Option<String>, ErrorOf<Self>>> + Send {
        async { Ok(None) }
    }

    /// Whose the thing with that id is, by the tag on it; for those that say [`Carried::NamedTag`].
    fn owner_of(_cx: &Cx<Self::Cloud>, _id: &str) -> impl Future<Output = Result<Option<Owner>, ErrorOf<Self>>> + Send {
        async { Ok(None) }
    }

    /// Whose the thing is that this one is a part of, by the tag on that; for those that say
    /// [`Carried::Identity`]. What is found there as it is wanted is ours only if this says so.
    fn holder(
        _cx: &Cx<Self::Cloud>,
        _want: &Self::Inputs,
    ) -> impl Future<Output = Result<Option<Owner>, ErrorOf<Self>>> + Send {
        async { Ok(None) }
    }

    /// What would be made, where that can be told without making it; for previews. May read, must not write.
    fn foresee(
        _cx: &Cx<Self::Cloud>,
        _want: &Self::Inputs,
    ) -> impl Future<Output = Result<Option<Self>, ErrorOf<Self>>> + Send {
        async { Ok(None) }
    }

    /// Asks for it and returns its id as soon as the cloud has accepted. Doesn't wait.
    fn create(
        cx: &Cx<Self::Cloud>,
        want: &Self::Inputs,
        owner: &Owner,
    ) -> impl Future<Output = Result<String, ErrorOf<Self>>> + Send;

    /// Waits until it can be used, and gives it what the create call has no word for. Safe to repeat.
    fn settle(
        _cx: &Cx<Self::Cloud>,
        _id: &str,
        _want: &Self::Inputs,
    ) -> impl Future<Output = Result<(), ErrorOf<Self>>> + Send {
        async { Ok(()) }
    }

    /// What stands in the cloud, or nothing.
    fn read(cx: &Cx<Self::Cloud>, id: &str) -> impl Future<Output = Result<Option<Self>, ErrorOf<Self>>> + Send;

    /// Changes what is different. Safe to repeat after it failed half-way.
    fn update(
        _cx: &Cx<Self::Cloud>,
        _id: &str,
        _change: &Change<Self>,
    ) -> impl Future<Output = Result<(), ErrorOf<Self>>> + Send {
        async { Ok(()) }
    }

    /// Asks for its end; the framework repeats it while something else still uses the thing, and
    /// then waits until it can't be read any more, unless the answer is that it is gone already.
    /// `was` is what the state says of it.
    fn delete(
        cx: &Cx<Self::Cloud>,
        id: &str,
        was: &Properties<'_, Self>,
    ) -> impl Future<Output = Result<(), ErrorOf<Self>>> + Send;

    /// Names what still uses it, once its deletion has been refused for a while.
    fn blockers(_cx: &Cx<Self::Cloud>, _id: &str) -> impl Future<Output = Result<Vec<String>, ErrorOf<Self>>> + Send {
        async { Ok(Vec::new()) }
    }
}
