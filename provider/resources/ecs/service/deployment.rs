//! How a service goes from one set of tasks to the next.

use aws_sdk_ecs::types;
use framework::{Choice, Object, property::Json};

use super::json;
use crate::{
    aws::Result,
    resources::{
        collections::{Flag, Ordered, Unordered},
        wire::{Slot, Wire, wired, wired_choices},
    },
};

/// How a service goes from one set of tasks to the next.
#[derive(Object, Clone, Debug, Default, PartialEq)]
#[object(token = "ecs:DeploymentConfiguration")]
pub struct DeploymentConfiguration {
    /// The way. `ROLLING` when absent.
    pub strategy: Option<DeploymentStrategy>,
    /// How many of the desired tasks must work at any time, in percent; 100 when absent.
    #[field(range(0, 100))]
    pub minimum_healthy_percent: Option<i32>,
    /// How many tasks there may be at most, in percent of the desired; 200 when absent.
    #[field(range(100, 2147483647))]
    pub maximum_percent: Option<i32>,
    /// When Amazon ECS gives a deployment up whose tasks don't start.
    pub deployment_circuit_breaker: Option<DeploymentCircuitBreaker>,
    /// Alarms of CloudWatch that end a deployment.
    pub alarms: Option<DeploymentAlarms>,
    /// How many minutes both sets of tasks go on after the traffic has moved, for all strategies but `ROLLING`.
    #[field(range(0, 1440))]
    pub bake_time_in_minutes: Option<i32>,
    /// What runs, or is waited for, between the stages of a deployment.
    #[field(default)]
    pub lifecycle_hooks: Ordered<DeploymentLifecycleHook>,
    /// For the strategy `CANARY`.
    pub canary_configuration: Option<CanaryConfiguration>,
    /// For the strategy `LINEAR`.
    pub linear_configuration: Option<LinearConfiguration>,
    /// When a deployment counts as done before all of its tasks are there.
    pub early_success_criteria: Option<DeploymentEarlySuccessCriteria>,
}

/// A way to deploy.
#[derive(Choice, Clone, Copy, Debug, Default, PartialEq, Eq)]
#[choice(token = "ecs:DeploymentStrategy")]
pub enum DeploymentStrategy {
    /// Task after task is replaced.
    #[default]
    #[choice("ROLLING")]
    Rolling,
    /// All new tasks stand beside the old ones before traffic moves.
    #[choice("BLUE_GREEN")]
    BlueGreen,
    /// Traffic moves in equal steps.
    #[choice("LINEAR")]
    Linear,
    /// A small part of the traffic moves first, then the rest.
    #[choice("CANARY")]
    Canary,
}

/// When Amazon ECS gives a deployment up whose tasks don't start.
#[derive(Object, Clone, Debug, Default, PartialEq)]
#[object(token = "ecs:DeploymentCircuitBreaker")]
pub struct DeploymentCircuitBreaker {
    /// Whether it does.
    pub enable: bool,
    /// Whether the service then goes back to the last deployment that worked.
    pub rollback: bool,
    /// Whether a healthy task sets the count of failures back.
    pub reset_on_healthy_task: Option<bool>,
    /// How many failures it takes.
    pub threshold_configuration: Option<ThresholdConfiguration>,
}

/// How many failed tasks end a deployment.
#[derive(Object, Clone, Debug, Default, PartialEq)]
#[object(token = "ecs:ThresholdConfiguration")]
pub struct ThresholdConfiguration {
    /// What the value means.
    pub r#type: ThresholdType,
    /// The value.
    #[field(range(0, 2147483647))]
    pub value: i32,
}

/// What a number of failures means.
#[derive(Choice, Clone, Copy, Debug, Default, PartialEq, Eq)]
#[choice(token = "ecs:ThresholdType")]
pub enum ThresholdType {
    /// So many tasks.
    #[default]
    #[choice("COUNT")]
    Count,
    /// So many percent of the desired count, but 3 at least and 200 at most.
    #[choice("BOUNDED_PERCENT")]
    BoundedPercent,
    /// So many percent of the desired count.
    #[choice("UNBOUNDED_PERCENT")]
    UnboundedPercent,
}

/// Alarms of CloudWatch that end a deployment.
#[derive(Object, Clone, Debug, Default, PartialEq)]
#[object(token = "ecs:DeploymentAlarms")]
pub struct DeploymentAlarms {
    /// The alarms' names.
    #[field(default)]
    pub alarm_names: Unordered<String>,
    /// Whether they do.
    pub enable: bool,
    /// Whether the service then goes back to the last deployment that worked.
    pub rollback: bool,
}

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

/// How the strategy `CANARY` moves traffic.
#[derive(Object, Clone, Debug, Default, PartialEq)]
#[object(token = "ecs:CanaryConfiguration")]
pub struct CanaryConfiguration {
    /// How much traffic moves first, in percent: 0.1 to 100.
    #[field(range(0, 100))]
    pub canary_percent: Option<f64>,
    /// How many minutes pass before the rest follows.
    #[field(range(0, 1440))]
    pub canary_bake_time_in_minutes: Option<i32>,
}

/// How the strategy `LINEAR` moves traffic.
#[derive(Object, Clone, Debug, Default, PartialEq)]
#[object(token = "ecs:LinearConfiguration")]
pub struct LinearConfiguration {
    /// How much traffic moves at each step, in percent: 3 to 100.
    #[field(range(3, 100))]
    pub step_percent: Option<f64>,
    /// How many minutes lie between two steps.
    #[field(range(0, 1440))]
    pub step_bake_time_in_minutes: Option<i32>,
}

/// When a deployment counts as done before all of its tasks are there.
#[derive(Object, Clone, Debug, Default, PartialEq)]
#[object(token = "ecs:DeploymentEarlySuccessCriteria")]
pub struct DeploymentEarlySuccessCriteria {
    /// Whether it does.
    #[field(default)]
    pub enable: Flag,
    /// How many of the desired tasks must be healthy, in percent.
    #[field(range(0, 100))]
    pub healthy_percent: Option<i32>,
    /// When the old tasks go.
    pub source_service_revision_cleanup: Option<SourceCleanup>,
}

/// When the old tasks of a deployment go.
#[derive(Choice, Clone, Copy, Debug, Default, PartialEq, Eq)]
#[choice(token = "ecs:SourceCleanup")]
pub enum SourceCleanup {
    /// Before it counts as done.
    #[default]
    #[choice("BLOCKING")]
    Blocking,
    /// Afterwards.
    #[choice("DEFERRED")]
    Deferred,
}

/// What runs deployments.
#[derive(Object, Clone, Debug, Default, PartialEq)]
#[object(token = "ecs:DeploymentController")]
pub struct DeploymentController {
    /// Who does.
    pub r#type: DeploymentControllerType,
}

/// Who runs deployments.
#[derive(Choice, Clone, Copy, Debug, Default, PartialEq, Eq)]
#[choice(token = "ecs:DeploymentControllerType")]
pub enum DeploymentControllerType {
    /// Amazon ECS.
    #[default]
    #[choice("ECS")]
    Ecs,
    /// AWS CodeDeploy.
    #[choice("CODE_DEPLOY")]
    CodeDeploy,
    /// Somebody else, by task sets.
    #[choice("EXTERNAL")]
    External,
}

/// That the next update begins a deployment, though nothing else changes.
#[derive(Object, Clone, Debug, Default, PartialEq)]
#[object(token = "ecs:ForceNewDeployment")]
pub struct ForceNewDeployment {
    /// Whether it does.
    pub enable_force_new_deployment: bool,
    /// A text whose change asks for another deployment.
    #[field(length(1, 255))]
    pub force_new_deployment_nonce: Option<String>,
}

/// Whether tasks are spread over Availability Zones again when they have become uneven.
#[derive(Choice, Clone, Copy, Debug, Default, PartialEq, Eq)]
#[choice(token = "ecs:AvailabilityZoneRebalancing")]
pub enum AvailabilityZoneRebalancing {
    /// They are.
    #[default]
    #[choice("ENABLED")]
    Enabled,
    /// They aren't.
    #[choice("DISABLED")]
    Disabled,
}

/// Where tasks run.
#[derive(Choice, Clone, Copy, Debug, Default, PartialEq, Eq)]
#[choice(token = "ecs:LaunchType")]
pub enum LaunchType {
    /// On AWS Fargate.
    #[default]
    #[choice("FARGATE")]
    Fargate,
    /// On Amazon EC2 instances of yours.
    #[choice("EC2")]
    Ec2,
    /// On servers outside of AWS.
    #[choice("EXTERNAL")]
    External,
}

/// How many tasks there are.
#[derive(Choice, Clone, Copy, Debug, Default, PartialEq, Eq)]
#[choice(token = "ecs:SchedulingStrategy")]
pub enum SchedulingStrategy {
    /// As many as desired.
    #[default]
    #[choice("REPLICA")]
    Replica,
    /// One on each instance. Not on Fargate.
    #[choice("DAEMON")]
    Daemon,
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
    DeploymentConfiguration = types::DeploymentConfiguration {
        strategy set_strategy,
        minimum_healthy_percent set_minimum_healthy_percent,
        maximum_percent set_maximum_percent,
        deployment_circuit_breaker set_deployment_circuit_breaker,
        alarms set_alarms,
        bake_time_in_minutes set_bake_time_in_minutes,
        lifecycle_hooks set_lifecycle_hooks,
        canary_configuration set_canary_configuration,
        linear_configuration set_linear_configuration,
        early_success_criteria set_early_success_criteria,
    }
    DeploymentCircuitBreaker = types::DeploymentCircuitBreaker {
        enable set_enable,
        rollback set_rollback,
        reset_on_healthy_task set_reset_on_healthy_task,
        threshold_configuration set_threshold_configuration,
    }
    ThresholdConfiguration = types::ThresholdConfiguration {
        r#type set_type,
        value set_value,
    }
    DeploymentAlarms = types::DeploymentAlarms {
        alarm_names set_alarm_names,
        enable set_enable,
        rollback set_rollback,
    }
    HookTimeoutConfiguration = types::DeploymentLifecycleHookTimeoutConfiguration {
        timeout_in_minutes set_timeout_in_minutes,
        action set_action,
    }
    CanaryConfiguration = types::CanaryConfiguration {
        canary_percent set_canary_percent,
        canary_bake_time_in_minutes set_canary_bake_time_in_minutes,
    }
    LinearConfiguration = types::LinearConfiguration {
        step_percent set_step_percent,
        step_bake_time_in_minutes set_step_bake_time_in_minutes,
    }
    DeploymentEarlySuccessCriteria = types::DeploymentEarlySuccessCriteria {
        enable set_enable,
        healthy_percent set_healthy_percent,
        source_service_revision_cleanup set_source_service_revision_cleanup,
    }
    DeploymentController = types::DeploymentController {
        r#type set_type,
    }
}

wired_choices! {
    DeploymentStrategy = types::DeploymentStrategy,
    ThresholdType = types::ThresholdType,
    DeploymentLifecycleStage = types::DeploymentLifecycleHookStage,
    HookTargetType = types::DeploymentLifecycleHookTargetType,
    HookTimeoutAction = types::DeploymentLifecycleHookAction,
    SourceCleanup = types::ServiceRevisionCleanup,
    DeploymentControllerType = types::DeploymentControllerType,
    AvailabilityZoneRebalancing = types::AvailabilityZoneRebalancing,
    LaunchType = types::LaunchType,
    SchedulingStrategy = types::SchedulingStrategy,
}
