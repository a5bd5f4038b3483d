//! A scaling policy: when, and by how much, Application Auto Scaling moves a target's number.

mod label;
mod metrics;
mod place;
mod predefined;
mod predictive;
mod predictive_metrics;
mod rules;
mod step;
mod target_tracking;

use aws_sdk_applicationautoscaling::types;
use framework::{
    Choice, Resource,
    error::Kind,
    problem::Problems,
    property::{Choice as _, Properties},
    resource::{Carried, Change, Managed, Owner},
};

pub use metrics::{Metric, MetricDataQuery, MetricDimension, MetricStat};
pub use predefined::PredefinedMetricType;
pub use predictive::{
    PredictiveScalingMaxCapacityBreachBehavior, PredictiveScalingMode, PredictiveScalingPolicyConfiguration,
};
pub use predictive_metrics::{
    PredictiveScalingCustomizedMetric, PredictiveScalingMetric, PredictiveScalingMetricSpecification,
    PredictiveScalingMetricType,
};
pub use step::{AdjustmentType, MetricAggregationType, StepAdjustment, StepScalingPolicyConfiguration};
pub use target_tracking::{
    CustomizedMetricSpecification, MetricStatistic, PredefinedMetricSpecification,
    TargetTrackingScalingPolicyConfiguration,
};

use crate::{
    aws::{Aws, Cx, Error, Result, answered},
    resources::scaling::{Place, Registered, ScalableDimension, ServiceNamespace, once_free},
};

/// A scaling policy of a scalable target: when, and by how much, its number is moved.
///
/// The target is named by `scalingTargetId`, or by `serviceNamespace`, `resourceId` and `scalableDimension`. The
/// alarms that AWS makes for target tracking are AWS's own: they come, change and go with the policy. A policy of
/// that name which this resource didn't make isn't touched.
#[derive(Resource)]
#[resource(
    token = "applicationautoscaling:ScalingPolicy",
    model = "AWS::ApplicationAutoScaling::ScalingPolicy",
    id = "arn"
)]
pub struct ScalingPolicy {
    /// The policy's name, unique in its target. Made up from the resource's name when absent.
    #[input(
        replaces,
        named(256),
        length(1, 256),
        pattern(r"[\x20-\x7E]+", "letters, digits, spaces and signs of ASCII")
    )]
    policy_name: String,
    /// What kind of policy it is. Each needs the configuration of its kind, and takes no other. Not each service takes
    /// each kind (Application Auto Scaling API Reference, `PutScalingPolicy`).
    #[input]
    policy_type: PolicyType,
    /// The target by its id, such as `scalableTargetId` of a `ScalableTarget`.
    #[input(replaces, write_only)]
    scaling_target_id: Option<String>,
    /// The service whose thing the target scales.
    #[input(replaces, computed)]
    service_namespace: Option<ServiceNamespace>,
    /// The thing that the target scales, such as `service/my-cluster/my-service`.
    #[input(replaces, computed, length(1, 1600))]
    resource_id: Option<String>,
    /// What of it the target scales.
    #[input(replaces, computed)]
    scalable_dimension: Option<ScalableDimension>,
    /// Holds a metric at a value. For the type `TargetTrackingScaling`, and required there.
    #[input]
    target_tracking_scaling_policy_configuration: Option<TargetTrackingScalingPolicyConfiguration>,
    /// Answers an alarm by steps. For the type `StepScaling`, and required there.
    #[input]
    step_scaling_policy_configuration: Option<StepScalingPolicyConfiguration>,
    /// Forecasts load. For the type `PredictiveScaling`, and required there.
    #[input]
    predictive_scaling_policy_configuration: Option<PredictiveScalingPolicyConfiguration>,

    /// The policy's ARN, which a CloudWatch alarm of step scaling has among its actions.
    #[output(stable)]
    arn: String,
}

/// A kind of scaling policy.
#[derive(Choice, Clone, Copy, Debug, PartialEq, Eq)]
#[choice(token = "applicationautoscaling:PolicyType")]
pub enum PolicyType {
    /// Forecasts load from its history.
    #[choice("PredictiveScaling")]
    PredictiveScaling,
    /// Answers an alarm by how far the metric is beyond its threshold.
    #[choice("StepScaling")]
    StepScaling,
    /// Holds a metric at a value.
    #[choice("TargetTrackingScaling")]
    TargetTrackingScaling,
}

impl Managed for ScalingPolicy {
    type Cloud = Aws;

    const OWNER: Carried = Carried::Identity;

    fn rules(want: &Properties<'_, Self>, problems: &mut Problems) {
        place::rules(want, problems);
        rules::check(want, problems);
    }

    /// The same target may be named in another way.
    fn replaces(property: &str, was: &Properties<'_, Self>, want: &Properties<'_, Self>) -> Option<bool> {
        let (was, want) = (place::of(was)?, place::of(want)?);
        place::NAMES.contains(&property).then(|| was != want)
    }

    async fn occupant(cx: &Cx, want: &ScalingPolicyInputs) -> Result<Option<String>> {
        let found = find(cx, &place::of_inputs(want)?, &want.policy_name).await?;
        Ok(found.map(|policy| policy.policy_arn))
    }

    async fn holder(cx: &Cx, want: &ScalingPolicyInputs) -> Result<Option<Owner>> {
        Registered::owner(cx, &place::of_inputs(want)?.to_string()).await
    }

    async fn create(cx: &Cx, want: &ScalingPolicyInputs, _: &Owner) -> Result<String> {
        let place = place::of_inputs(want)?;
        // Putting a policy changes one that is there already.
        if find(cx, &place, &want.policy_name).await?.is_some() {
            let there = format!("the scalable target {place} has a policy {} already", want.policy_name);
            return Err(Error::new(Kind::Exists, there));
        }
        put(cx, &place, want).await
    }

    async fn read(cx: &Cx, id: &str) -> Result<Option<ScalingPolicy>> {
        let (namespace, resource_id, name) = place::parts(id)?;
        let named = described(cx, namespace, resource_id, None, name).await?;
        match named.into_iter().find(|policy| policy.policy_arn == id) {
            Some(found) => ScalingPolicy::seen(found).map(Some),
            None => Ok(None),
        }
    }

    async fn update(cx: &Cx, _: &str, change: &Change<Self>) -> Result<()> {
        let want = change.wanted();
        let differs = change.to(fields::policy_type).is_some()
            || change.to(fields::target_tracking_scaling_policy_configuration).is_some()
            || change.to(fields::step_scaling_policy_configuration).is_some()
            || change.to(fields::predictive_scaling_policy_configuration).is_some();
        if differs {
            put(cx, &place::of_inputs(want)?, want).await?;
        }
        Ok(())
    }

    async fn delete(cx: &Cx, id: &str, _: &Properties<'_, Self>) -> Result<()> {
        let (namespace, resource_id, name) = place::parts(id)?;
        let named = described(cx, namespace, resource_id, None, name).await?;
        let Some(found) = named.into_iter().find(|policy| policy.policy_arn == id) else {
            return Err(Error::new(Kind::Gone, format!("there is no scaling policy {id}")));
        };
        let call = cx
            .application_autoscaling()
            .delete_scaling_policy()
            .policy_name(found.policy_name)
            .service_namespace(found.service_namespace)
            .resource_id(found.resource_id)
            .scalable_dimension(found.scalable_dimension);
        once_free(cx, id, || async { Ok(call.clone().send().await.map(drop)?) }).await
    }
}

impl ScalingPolicy {
    fn seen(found: types::ScalingPolicy) -> Result<Self> {
        let policy_type = PolicyType::from_text(found.policy_type.as_str());
        let tracking = found.target_tracking_scaling_policy_configuration;
        let step = found.step_scaling_policy_configuration;
        let predictive = found.predictive_scaling_policy_configuration;
        Ok(ScalingPolicy {
            policy_name: found.policy_name,
            policy_type: answered(policy_type, "a policyType that the provider knows")?,
            scaling_target_id: None,
            service_namespace: ServiceNamespace::from_text(found.service_namespace.as_str()),
            resource_id: Some(found.resource_id),
            scalable_dimension: ScalableDimension::from_text(found.scalable_dimension.as_str()),
            target_tracking_scaling_policy_configuration: tracking
                .map(TargetTrackingScalingPolicyConfiguration::seen)
                .transpose()?,
            step_scaling_policy_configuration: step.map(StepScalingPolicyConfiguration::seen).transpose()?,
            predictive_scaling_policy_configuration: predictive
                .map(PredictiveScalingPolicyConfiguration::seen)
                .transpose()?,
            arn: found.policy_arn,
        })
    }
}

/// The policy of that name in the target at a place.
async fn find(cx: &Cx, place: &Place, name: &str) -> Result<Option<types::ScalingPolicy>> {
    let named = described(cx, place.namespace, &place.resource_id, Some(place.dimension), name).await?;
    Ok(named.into_iter().next())
}

/// The policies of that name for a thing, in one of its dimensions or in all.
async fn described(
    cx: &Cx,
    namespace: ServiceNamespace,
    resource_id: &str,
    dimension: Option<ScalableDimension>,
    name: &str,
) -> Result<Vec<types::ScalingPolicy>> {
    let call = cx
        .application_autoscaling()
        .describe_scaling_policies()
        .policy_names(name)
        .service_namespace(namespace.text().into())
        .resource_id(resource_id)
        .set_scalable_dimension(dimension.map(|dimension| dimension.text().into()));
    let found: Vec<types::ScalingPolicy> = call.into_paginator().items().send().try_collect().await?;
    let meant = |policy: &types::ScalingPolicy| policy.policy_name == name && policy.resource_id == resource_id;
    Ok(found.into_iter().filter(meant).collect())
}

/// Makes the policy, or changes it; its ARN.
async fn put(cx: &Cx, place: &Place, want: &ScalingPolicyInputs) -> Result<String> {
    let tracking = want.target_tracking_scaling_policy_configuration.as_ref();
    let step = want.step_scaling_policy_configuration.as_ref();
    let predictive = want.predictive_scaling_policy_configuration.as_ref();
    let call = cx
        .application_autoscaling()
        .put_scaling_policy()
        .policy_name(&want.policy_name)
        .service_namespace(place.namespace.text().into())
        .resource_id(&place.resource_id)
        .scalable_dimension(place.dimension.text().into())
        .policy_type(want.policy_type.text().into())
        .set_target_tracking_scaling_policy_configuration(
            tracking.map(TargetTrackingScalingPolicyConfiguration::request).transpose()?,
        )
        .set_step_scaling_policy_configuration(step.map(StepScalingPolicyConfiguration::request).transpose()?)
        .set_predictive_scaling_policy_configuration(
            predictive.map(PredictiveScalingPolicyConfiguration::request).transpose()?,
        );
    let made = once_free(cx, &want.policy_name, || async { Ok(call.clone().send().await?) }).await?;
    Ok(made.policy_arn)
}
