//! What of a target doesn't scale for now.

use aws_sdk_applicationautoscaling::types;
use framework::Object;

/// What doesn't scale for now.
#[derive(Object, Clone, Debug, Default, PartialEq, Eq)]
#[object(token = "applicationautoscaling:SuspendedState")]
pub struct SuspendedState {
    /// Whether policies don't scale in.
    #[field(default = false)]
    pub dynamic_scaling_in_suspended: bool,
    /// Whether policies don't scale out.
    #[field(default = false)]
    pub dynamic_scaling_out_suspended: bool,
    /// Whether scheduled actions do nothing.
    #[field(default = false)]
    pub scheduled_scaling_suspended: bool,
}

/// What AWS shows; nothing where the program says nothing, and everything scales.
pub(super) fn seen(found: Option<&types::SuspendedState>, said: bool) -> Option<SuspendedState> {
    let found = found.map(SuspendedState::from).unwrap_or_default();
    Some(found).filter(|found| said || *found != SuspendedState::default())
}

impl From<&types::SuspendedState> for SuspendedState {
    fn from(found: &types::SuspendedState) -> Self {
        SuspendedState {
            dynamic_scaling_in_suspended: found.dynamic_scaling_in_suspended() == Some(true),
            dynamic_scaling_out_suspended: found.dynamic_scaling_out_suspended() == Some(true),
            scheduled_scaling_suspended: found.scheduled_scaling_suspended() == Some(true),
        }
    }
}

impl From<&SuspendedState> for types::SuspendedState {
    fn from(want: &SuspendedState) -> Self {
        types::SuspendedState::builder()
            .dynamic_scaling_in_suspended(want.dynamic_scaling_in_suspended)
            .dynamic_scaling_out_suspended(want.dynamic_scaling_out_suspended)
            .scheduled_scaling_suspended(want.scheduled_scaling_suspended)
            .build()
    }
}
