//! What runs, or is waited for, between the stages of a deployment.

use aws_sdk_ecs::types;
use framework::{Choice, Object, property::Json};

use super::json;
use crate::{
    aws::Result,
    resources::{
        collections::Unordered,
        wire::{Slot, Wire, wired, wired_choices},
    },
};

/// What runs, or is waited for, between the stages of a deployment.
#[derive(Object, Clone, Debug, Default, PartialEq)]
#[object(token = "ecs:DeploymentLifecycleHook")]
pub struct DeploymentLifecycleHook {
    /// The ARN of the Lambda function.
    pub hook_target_arn: Option<String>,
    /// The ARN of the role by which Amazon ECS calls it.
    pub role_arn: Option<String>,
    /// The stages.
    #[field(items(1, 8))]
    pub lifecycle_stages: Unordered<DeploymentLifecycleStage>,
    /// What the hook is; a Lambda function when absent.
    pub target_type: Option<HookTargetType>,
    /// What the function is told, as JSON.
    pub hook_details: Option<Json>,
    /// How long the hook may take.
    pub timeout_configuration: Option<HookTimeoutConfiguration>,
}

/// A stage of a deployment.
#[derive(Choice, Clone, Copy, Debug, Default, PartialEq, Eq)]
#[choice(token = "ecs:DeploymentLifecycleStage")]
pub enum DeploymentLifecycleStage {
    /// More than one set of tasks is found at the beginning.
    #[default]
    #[choice("RECONCILE_SERVICE")]
    ReconcileService,
    /// Before the new tasks are started.
    #[choice("PRE_SCALE_UP")]
    PreScaleUp,
    /// After the new tasks were started.
    #[choice("POST_SCALE_UP")]
    PostScaleUp,
    /// While test traffic moves.
    #[choice("TEST_TRAFFIC_SHIFT")]
    TestTrafficShift,
    /// After test traffic has moved.
    #[choice("POST_TEST_TRAFFIC_SHIFT")]
    PostTestTrafficShift,
    /// Before traffic moves.
    #[choice("PRE_PRODUCTION_TRAFFIC_SHIFT")]
    PreProductionTrafficShift,
    /// While traffic moves.
    #[choice("PRODUCTION_TRAFFIC_SHIFT")]
    ProductionTrafficShift,
    /// After traffic has moved.
    #[choice("POST_PRODUCTION_TRAFFIC_SHIFT")]
    PostProductionTrafficShift,
}

/// What a hook is.
#[derive(Choice, Clone, Copy, Debug, Default, PartialEq, Eq)]
#[choice(token = "ecs:HookTargetType")]
pub enum HookTargetType {
    /// A Lambda function that says whether to go on.
    #[default]
    #[choice("AWS_LAMBDA")]
    AwsLambda,
    /// A pause, until somebody lets the deployment go on.
    #[choice("PAUSE")]
    Pause,
}

/// How long a hook may take.
#[derive(Object, Clone, Debug, Default, PartialEq)]
#[object(token = "ecs:HookTimeoutConfiguration")]
pub struct HookTimeoutConfiguration {
    /// For how many minutes.
    #[field(range(1, 20160))]
    pub timeout_in_minutes: Option<i32>,
    /// What happens then.
    pub action: Option<HookTimeoutAction>,
}

/// What happens when a hook takes too long.
#[derive(Choice, Clone, Copy, Debug, Default, PartialEq, Eq)]
#[choice(token = "ecs:HookTimeoutAction")]
pub enum HookTimeoutAction {
    /// The deployment is taken back.
    #[default]
    #[choice("ROLLBACK")]
    Rollback,
    /// It goes on.
    #[choice("CONTINUE")]
    Continue,
}

impl Wire for DeploymentLifecycleHook {
    type Aws = types::DeploymentLifecycleHook;

    fn to_aws(&self) -> Result<types::DeploymentLifecycleHook> {
        Ok(types::DeploymentLifecycleHook::builder()
            .set_hook_target_arn(self.hook_target_arn.clone())
            .set_role_arn(self.role_arn.clone())
            .set_lifecycle_stages(self.lifecycle_stages.put()?)
            .set_target_type(self.target_type.put()?)
            .set_hook_details(self.hook_details.as_ref().map(|details| json::to_aws(details.document())))
            .set_timeout_configuration(self.timeout_configuration.put()?)
            .build())
    }

    fn from_aws(aws: types::DeploymentLifecycleHook) -> Option<Self> {
        Some(DeploymentLifecycleHook {
            hook_target_arn: aws.hook_target_arn,
            role_arn: aws.role_arn,
            lifecycle_stages: Slot::take(aws.lifecycle_stages),
            target_type: Slot::take(aws.target_type),
            hook_details: aws.hook_details.map(|details| json::from_aws(details).into()),
            timeout_configuration: Slot::take(aws.timeout_configuration),
        })
    }
}

wired! {
    HookTimeoutConfiguration = types::DeploymentLifecycleHookTimeoutConfiguration {
        timeout_in_minutes set_timeout_in_minutes,
        action set_action,
    }
}

wired_choices! {
    DeploymentLifecycleStage = types::DeploymentLifecycleHookStage,
    HookTargetType = types::DeploymentLifecycleHookTargetType,
    HookTimeoutAction = types::DeploymentLifecycleHookAction,
}
