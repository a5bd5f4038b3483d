//! What of a policy goes together: its type, its configuration, and the service.

use framework::{
    problem::Problems,
    property::{Choice as _, Properties},
};

use super::{PolicyType, ScalingPolicy, fields, place};
use crate::resources::{exclusive::given, scaling::ServiceNamespace};

/// Notes what doesn't go together.
pub(super) fn check(want: &Properties<'_, ScalingPolicy>, problems: &mut Problems) {
    let service = service(want);
    if let Some(kind) = want.get(fields::policy_type) {
        check_configurations(want, kind, problems);
        if service.is_some_and(|service| !takes(service, kind)) {
            problems.add(want.path(fields::policy_type), "must be a kind of policy that the service takes");
        }
    }
    if let Some(Some(tracking)) = want.get(fields::target_tracking_scaling_policy_configuration) {
        tracking.check(service, &want.path(fields::target_tracking_scaling_policy_configuration), problems);
    }
    if let Some(Some(step)) = want.get(fields::step_scaling_policy_configuration) {
        step.check(&want.path(fields::step_scaling_policy_configuration), problems);
    }
    if let Some(Some(predictive)) = want.get(fields::predictive_scaling_policy_configuration) {
        predictive.check(&want.path(fields::predictive_scaling_policy_configuration), problems);
    }
}

/// The service, if that much of the place is known.
fn service(want: &Properties<'_, ScalingPolicy>) -> Option<ServiceNamespace> {
    place::of(want).map(|place| place.namespace).or_else(|| want.get(fields::service_namespace).flatten())
}

/// A policy has the configuration of its type, and no other.
fn check_configurations(want: &Properties<'_, ScalingPolicy>, kind: PolicyType, problems: &mut Problems) {
    for (of, (name, given)) in [
        (PolicyType::TargetTrackingScaling, given(want, fields::target_tracking_scaling_policy_configuration)),
        (PolicyType::StepScaling, given(want, fields::step_scaling_policy_configuration)),
        (PolicyType::PredictiveScaling, given(want, fields::predictive_scaling_policy_configuration)),
    ] {
        let at = framework::value::Path::of(name);
        match (of == kind, given) {
            (true, false) => problems.add(at, format!("is required when policyType is {}", of.text())),
            (false, true) => problems.add(at, format!("can be given only when policyType is {}", of.text())),
            _ => {}
        }
    }
}

/// Whether a service takes a kind of policy (Application Auto Scaling API Reference, `PutScalingPolicy`).
fn takes(service: ServiceNamespace, kind: PolicyType) -> bool {
    use ServiceNamespace::{
        Cassandra, Comprehend, Dynamodb, Ecs, Elasticache, Elasticmapreduce, Kafka, Lambda, Neptune,
    };
    match kind {
        PolicyType::TargetTrackingScaling => service != Elasticmapreduce,
        PolicyType::StepScaling => {
            ![Dynamodb, Comprehend, Lambda, Cassandra, Kafka, Elasticache, Neptune].contains(&service)
        }
        PolicyType::PredictiveScaling => service == Ecs,
    }
}
