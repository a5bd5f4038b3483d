//! How the number of tasks follows what there is to do.

use framework::value::Output;

use super::{site::Site, traffic::Traffic};
use crate::components::arn::Arn;
use crate::resources::{
    applicationautoscaling::{
        PolicyType, PredefinedMetricSpecification, PredefinedMetricType, ScalableTargetArgs, ScalingPolicyArgs,
        TargetTrackingScalingPolicyConfiguration,
    },
    scaling::{ScalableDimension, ServiceNamespace},
};

/// The scalable target and its policies, if they are wanted.
pub fn describe(site: &Site<'_>, service_arn: &Output<String>, way: Option<&Traffic>) {
    let Some(scaling) = &site.plan.scaling else { return };
    let role = "scaling";
    let target = site.child(
        role,
        ScalableTargetArgs {
            service_namespace: ServiceNamespace::Ecs.into(),
            scalable_dimension: ScalableDimension::EcsServiceDesiredCount.into(),
            // What Application Auto Scaling calls the service: `service/my-cluster/my-service`.
            resource_id: service_arn.map(|arn| Arn::of(&arn).resource.to_owned()).into(),
            min_capacity: scaling.min.into(),
            max_capacity: scaling.max.into(),
            tags: site.tags.of(role).into(),
            ..ScalableTargetArgs::default()
        },
    );
    let none = Output::known(None);
    let requests = way.map_or_else(|| none.clone(), |way| way.label.map(Some));
    let policies = [
        ("scaling-cpu", scaling.cpu_percent, PredefinedMetricType::EcsServiceAverageCpuUtilization, &none),
        ("scaling-memory", scaling.memory_percent, PredefinedMetricType::EcsServiceAverageMemoryUtilization, &none),
        ("scaling-requests", scaling.requests_per_target, PredefinedMetricType::AlbRequestCountPerTarget, &requests),
    ];
    for (role, value, metric, label) in policies {
        let Some(value) = value else { continue };
        let configuration = label.map(move |resource_label| TargetTrackingScalingPolicyConfiguration {
            target_value: f64::from(value),
            predefined_metric_specification: Some(PredefinedMetricSpecification {
                predefined_metric_type: metric,
                resource_label,
            }),
            customized_metric_specification: None,
            scale_out_cooldown: None,
            scale_in_cooldown: None,
            disable_scale_in: false,
        });
        site.child(
            role,
            ScalingPolicyArgs {
                policy_type: PolicyType::TargetTrackingScaling.into(),
                scaling_target_id: target.scalable_target_id().into(),
                target_tracking_scaling_policy_configuration: configuration.into(),
                ..ScalingPolicyArgs::default()
            },
        );
    }
}
