//! Who runs deployments, and where tasks run.

use crate::resources::wire::{wired, wired_choices};
use aws_sdk_ecs::types;
use framework::{Choice, Object};

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

wired! {
    DeploymentController = types::DeploymentController {
        r#type set_type,
    }
}

wired_choices! {
    DeploymentControllerType = types::DeploymentControllerType,
    AvailabilityZoneRebalancing = types::AvailabilityZoneRebalancing,
    LaunchType = types::LaunchType,
    SchedulingStrategy = types::SchedulingStrategy,
}
