//! What a service is connected with: its network, load balancers, registries, volumes and metrics.

use crate::resources::{
    collections::Unordered,
    wire::{wired, wired_choices},
};
use aws_sdk_ecs::types;
use framework::{Choice, Object};

/// The network of a service's tasks.
#[derive(Object, Clone, Debug, Default, PartialEq)]
#[object(token = "ecs:NetworkConfiguration")]
pub struct NetworkConfiguration {
    /// For the network mode `awsvpc`.
    pub awsvpc_configuration: Option<AwsvpcConfiguration>,
}

/// Where the network interfaces of tasks are.
#[derive(Object, Clone, Debug, Default, PartialEq)]
#[object(token = "ecs:AwsvpcConfiguration")]
pub struct AwsvpcConfiguration {
    /// The subnets, up to 16, all of one VPC.
    #[field(items(1, 16))]
    pub subnets: Unordered<String>,
    /// The security groups, up to 5; the VPC's default one when there are none.
    #[field(default, items(0, 5))]
    pub security_groups: Unordered<String>,
    /// Whether tasks get public addresses.
    #[field(default = AssignPublicIp::Disabled)]
    pub assign_public_ip: AssignPublicIp,
}

/// Whether tasks get public addresses.
#[derive(Choice, Clone, Copy, Debug, Default, PartialEq, Eq)]
#[choice(token = "ecs:AssignPublicIp")]
pub enum AssignPublicIp {
    /// They don't.
    #[default]
    #[choice("DISABLED")]
    Disabled,
    /// They do.
    #[choice("ENABLED")]
    Enabled,
}

/// A load balancer's way to a container.
#[derive(Object, Clone, Debug, Default, PartialEq)]
#[object(token = "ecs:ServiceLoadBalancer")]
pub struct ServiceLoadBalancer {
    /// The ARN of the target group. A load balancer must use it already.
    pub target_group_arn: Option<String>,
    /// The name of a Classic Load Balancer, in place of a target group.
    pub load_balancer_name: Option<String>,
    /// The container that traffic goes to.
    pub container_name: Option<String>,
    /// Its port.
    #[field(range(0, 65535))]
    pub container_port: Option<i32>,
    /// For blue/green, linear and canary deployments: the second target group, and the rules that move traffic.
    pub advanced_configuration: Option<AdvancedConfiguration>,
}

/// How a load balancer moves traffic from one set of tasks to the next.
#[derive(Object, Clone, Debug, Default, PartialEq)]
#[object(token = "ecs:AdvancedConfiguration")]
pub struct AdvancedConfiguration {
    /// The ARN of the second target group.
    pub alternate_target_group_arn: Option<String>,
    /// The ARN of the listener rule, or listener, for all traffic.
    pub production_listener_rule: Option<String>,
    /// The ARN of the listener rule, or listener, for tests.
    pub test_listener_rule: Option<String>,
    /// The ARN of the role by which Amazon ECS changes the load balancer.
    pub role_arn: Option<String>,
}

/// A registry of Cloud Map that knows the service's tasks.
#[derive(Object, Clone, Debug, Default, PartialEq)]
#[object(token = "ecs:ServiceRegistry")]
pub struct ServiceRegistry {
    /// The ARN of the Cloud Map service.
    pub registry_arn: Option<String>,
    /// The port, for an SRV record.
    #[field(range(0, 65535))]
    pub port: Option<i32>,
    /// The container, for an SRV record with the network modes `bridge` and `host`.
    pub container_name: Option<String>,
    /// The container's port.
    #[field(range(0, 65535))]
    pub container_port: Option<i32>,
}

/// On which instances tasks may be placed. Not on Fargate.
#[derive(Object, Clone, Debug, Default, PartialEq)]
#[object(token = "ecs:ServicePlacementConstraint")]
pub struct ServicePlacementConstraint {
    /// The kind of constraint.
    pub r#type: PlacementConstraintType,
    /// An expression of the cluster query language, for `memberOf`.
    pub expression: Option<String>,
}

/// A kind of constraint.
#[derive(Choice, Clone, Copy, Debug, Default, PartialEq, Eq)]
#[choice(token = "ecs:PlacementConstraintType")]
pub enum PlacementConstraintType {
    /// Each task is on another instance.
    #[default]
    #[choice("distinctInstance")]
    DistinctInstance,
    /// Instances for which the expression is true.
    #[choice("memberOf")]
    MemberOf,
}

/// How tasks are spread over instances. Not on Fargate.
#[derive(Object, Clone, Debug, Default, PartialEq)]
#[object(token = "ecs:PlacementStrategy")]
pub struct PlacementStrategy {
    /// The strategy.
    pub r#type: PlacementStrategyType,
    /// What is spread or packed: `instanceId`, `attribute:ecs.availability-zone`, `cpu`, `memory`.
    pub field: Option<String>,
}

/// A way to place tasks.
#[derive(Choice, Clone, Copy, Debug, Default, PartialEq, Eq)]
#[choice(token = "ecs:PlacementStrategyType")]
pub enum PlacementStrategyType {
    /// Evenly over the field's values.
    #[default]
    #[choice("spread")]
    Spread,
    /// On as few instances as possible.
    #[choice("binpack")]
    Binpack,
    /// At random.
    #[choice("random")]
    Random,
}

/// Where the tags of a service's tasks come from.
#[derive(Choice, Clone, Copy, Debug, Default, PartialEq, Eq)]
#[choice(token = "ecs:PropagateTags")]
pub enum PropagateTags {
    /// From the service.
    #[default]
    #[choice("SERVICE")]
    Service,
    /// From the task definition.
    #[choice("TASK_DEFINITION")]
    TaskDefinition,
}

/// A target group of VPC Lattice.
#[derive(Object, Clone, Debug, Default, PartialEq)]
#[object(token = "ecs:VpcLatticeConfiguration")]
pub struct VpcLatticeConfiguration {
    /// The ARN of the role by which Amazon ECS manages the targets.
    pub role_arn: String,
    /// The ARN of the target group.
    pub target_group_arn: String,
    /// The name of the port mapping.
    pub port_name: String,
    /// For blue/green, linear and canary deployments.
    pub advanced_configuration: Option<VpcLatticeAdvancedConfiguration>,
}

/// How VPC Lattice moves traffic from one set of tasks to the next.
#[derive(Object, Clone, Debug, Default, PartialEq)]
#[object(token = "ecs:VpcLatticeAdvancedConfiguration")]
pub struct VpcLatticeAdvancedConfiguration {
    /// The ARN of the second target group.
    pub alternate_target_group_arn: Option<String>,
    /// The ARN of the listener rule for all traffic.
    pub production_listener_rule: Option<String>,
    /// The ARN of the listener rule for tests.
    pub test_listener_rule: Option<String>,
}

wired! {
    NetworkConfiguration = types::NetworkConfiguration {
        awsvpc_configuration set_awsvpc_configuration,
    }
    AwsvpcConfiguration = types::AwsVpcConfiguration {
        subnets set_subnets,
        security_groups set_security_groups,
        assign_public_ip set_assign_public_ip,
    }
    ServiceLoadBalancer = types::LoadBalancer {
        target_group_arn set_target_group_arn,
        load_balancer_name set_load_balancer_name,
        container_name set_container_name,
        container_port set_container_port,
        advanced_configuration set_advanced_configuration,
    }
    AdvancedConfiguration = types::AdvancedConfiguration {
        alternate_target_group_arn set_alternate_target_group_arn,
        production_listener_rule set_production_listener_rule,
        test_listener_rule set_test_listener_rule,
        role_arn set_role_arn,
    }
    ServiceRegistry = types::ServiceRegistry {
        registry_arn set_registry_arn,
        port set_port,
        container_name set_container_name,
        container_port set_container_port,
    }
    ServicePlacementConstraint = types::PlacementConstraint {
        r#type set_type,
        expression set_expression,
    }
    PlacementStrategy = types::PlacementStrategy {
        r#type set_type,
        field set_field,
    }
    VpcLatticeConfiguration = types::VpcLatticeConfiguration {
        role_arn set_role_arn,
        target_group_arn set_target_group_arn,
        port_name set_port_name,
        advanced_configuration set_advanced_configuration,
    }
    VpcLatticeAdvancedConfiguration = types::VpcLatticeAdvancedConfiguration {
        alternate_target_group_arn set_alternate_target_group_arn,
        production_listener_rule set_production_listener_rule,
        test_listener_rule set_test_listener_rule,
    }
}

wired_choices! {
    AssignPublicIp = types::AssignPublicIp,
    PlacementConstraintType = types::PlacementConstraintType,
    PlacementStrategyType = types::PlacementStrategyType,
    PropagateTags = types::PropagateTags,
}
