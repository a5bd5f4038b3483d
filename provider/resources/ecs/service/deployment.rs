//! How a service goes from one set of tasks to the next.

use crate::resources::{
    collections::{Flag, Ordered, Unordered},
    ecs::DeploymentLifecycleHook,
    wire::{wired, wired_choices},
};
use aws_sdk_ecs::types;
use framework::{Choice, Object};

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
}

wired_choices! {
    DeploymentStrategy = types::DeploymentStrategy,
    ThresholdType = types::ThresholdType,
    SourceCleanup = types::ServiceRevisionCleanup,
}
