//! What a program gets back from a service.

use framework::{Outputs, value::Output};

/// The outputs of [`FargateService`](super::FargateService).
#[derive(Outputs, Clone)]
pub struct FargateServiceOutputs {
    /// The service's name.
    pub service_name: Output<String>,
    /// The service's ARN.
    pub service_arn: Output<String>,
    /// The ARN of the cluster that it runs in.
    pub cluster_arn: Output<String>,
    /// The ARN of the task definition, with its revision.
    pub task_definition_arn: Output<String>,
    /// The ARN of the role that the containers have.
    pub task_role_arn: Output<String>,
    /// The ARN of the role by which ECS pulls the image, reads secrets and writes logs.
    pub execution_role_arn: Output<String>,
    /// The security group of the tasks.
    pub security_group_id: Output<String>,
    /// The target group, of a service behind a balancer.
    pub target_group_arn: Output<Option<String>>,
    /// The log group that the containers write to.
    pub log_group_name: Output<String>,
    /// The image that runs.
    pub image_uri: Output<String>,
    /// Where the service answers, such as `https://app.example.com`; nowhere, if it isn't behind a balancer.
    pub url: Output<Option<String>>,
}
