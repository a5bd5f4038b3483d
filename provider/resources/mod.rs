//! One AWS resource a file, and the one list of them all.
//!
//! A new resource is a new file under its service, and a line in the list below. Schema, SDKs and docs
//! page follow from its type (`make generated`), and so do its tests, once `tests/models` has AWS's word
//! on it: see docs/adding-a-resource.md.

pub mod acm_calls;
pub mod cache_calls;
pub mod cache_parameters;
pub mod collections;
pub mod domain_name;
pub mod ec2_calls;
pub mod exclusive;
mod iam_policy;
pub mod ipv6_cidr;
pub mod kms_calls;
pub mod kms_key;
pub mod load_balancing;
pub mod moment;
pub mod nat_gateway_addresses;
mod policy_meaning;
pub mod rds_calls;
pub mod rds_changes;
pub mod rds_ending;
pub mod rds_laws;
pub mod rds_parameters;
pub mod rds_version;
pub mod rds_words;
pub mod route53_calls;
pub mod scaling;
pub mod secret_calls;
pub mod security_group_rule;
mod set_change;
pub mod subnet_group;
pub mod wire;

use framework::provider::Registry;

use crate::aws::Aws;

/// Declares the files and registers the types in them.
macro_rules! resources {
    ($($(#[$doc:meta])* $service:ident { $($file:ident :: $name:ident,)* })*) => {
        $(
            $(#[$doc])*
            #[allow(ambiguous_glob_reexports, reason = "each resource has its own module `fields`")]
            pub mod $service {
                $(pub mod $file; pub use $file::*;)*
            }
        )*

        /// Every type of resource that the provider offers.
        #[must_use]
        pub fn registry() -> Registry<Aws> {
            Registry::new()$($(.resource_type::<$service::$name>())*)*
        }
    };
}

resources! {
    /// Application Auto Scaling: numbers that follow demand.
    applicationautoscaling {
        scalable_target::ScalableTarget,
        scaling_policy::ScalingPolicy,
    }
    /// AWS Certificate Manager.
    certificatemanager {
        certificate::Certificate,
        certificate_validation::CertificateValidation,
    }
    /// Amazon EC2: networks.
    ec2 {
        availability_zones::AvailabilityZones,
        default_security_group::DefaultSecurityGroup,
        eip::Eip,
        flow_log::FlowLog,
        internet_gateway::InternetGateway,
        nat_gateway::NatGateway,
        route::Route,
        route_table::RouteTable,
        security_group::SecurityGroup,
        security_group_egress::SecurityGroupEgress,
        security_group_ingress::SecurityGroupIngress,
        subnet::Subnet,
        subnet_route_table_association::SubnetRouteTableAssociation,
        vpc::Vpc,
        vpc_endpoint::VpcEndpoint,
        vpc_gateway_attachment::VpcGatewayAttachment,
    }
    /// Amazon Elastic Container Registry: images of containers.
    ecr {
        image::Image,
        repository::Repository,
    }
    /// Amazon Elastic Container Service: clusters, task definitions, services.
    ecs {
        cluster::Cluster,
        service::Service,
        task_definition::TaskDefinition,
    }
    /// Amazon ElastiCache: caches.
    elasticache {
        parameter_group::ParameterGroup,
        replication_group::ReplicationGroup,
        subnet_group::SubnetGroup,
    }
    /// Elastic Load Balancing.
    elasticloadbalancingv2 {
        listener::Listener,
        listener_certificate::ListenerCertificate,
        listener_rule::ListenerRule,
        load_balancer::LoadBalancer,
        target_group::TargetGroup,
    }
    /// AWS Identity and Access Management.
    iam {
        role::Role,
        role_policy::RolePolicy,
    }
    /// AWS Key Management Service: keys.
    kms {
        alias::Alias,
        key::Key,
    }
    /// Amazon CloudWatch Logs.
    logs {
        log_group::LogGroup,
    }
    /// Amazon RDS: relational databases.
    rds {
        db_cluster::DbCluster,
        db_cluster_parameter_group::DbClusterParameterGroup,
        db_instance::DbInstance,
        db_parameter_group::DbParameterGroup,
        db_subnet_group::DbSubnetGroup,
    }
    /// Amazon Route 53: domains.
    route53 {
        hosted_zone::HostedZone,
        record_set::RecordSet,
    }
    /// AWS Secrets Manager.
    secretsmanager {
        rotation_schedule::RotationSchedule,
        secret::Secret,
    }
}
