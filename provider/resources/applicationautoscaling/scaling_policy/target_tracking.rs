//! Target tracking: a metric is held at a value.

use aws_sdk_applicationautoscaling::types;
use framework::{Choice, Object, problem::Problems, property::Choice as _, value::Path};

use super::{
    label,
    metrics::{self, MetricDataQuery, MetricDimension},
    predefined::PredefinedMetricType,
};
use crate::{
    aws::{Result, answered},
    resources::scaling::ServiceNamespace,
};

/// Holds a metric at a value: scales out while it is above, in while it is well below. Exactly one of
/// `predefinedMetricSpecification` and `customizedMetricSpecification`.
#[derive(Object, Clone, Debug, PartialEq)]
#[object(token = "applicationautoscaling:TargetTrackingScalingPolicyConfiguration")]
pub struct TargetTrackingScalingPolicyConfiguration {
    /// The value at which the metric is held, in the metric's own unit.
    pub target_value: f64,
    /// The metric, by a name that Application Auto Scaling knows.
    pub predefined_metric_specification: Option<PredefinedMetricSpecification>,
    /// The metric, or an expression of metrics.
    pub customized_metric_specification: Option<CustomizedMetricSpecification>,
    /// For how many seconds after scaling out the next scaling out may only add to it. When absent, as the service has
    /// it, which is 300 for Amazon ECS (Application Auto Scaling User Guide, "Define cooldown periods").
    pub scale_out_cooldown: Option<i32>,
    /// For how many seconds after scaling in there is no other scaling in. When absent, as the service has it, which
    /// is 300 for Amazon ECS (Application Auto Scaling User Guide, "Define cooldown periods").
    pub scale_in_cooldown: Option<i32>,
    /// Whether the policy never scales in.
    #[field(default = false)]
    pub disable_scale_in: bool,
}

/// A metric that Application Auto Scaling knows by name.
#[derive(Object, Clone, Debug, PartialEq, Eq)]
#[object(token = "applicationautoscaling:PredefinedMetricSpecification")]
pub struct PredefinedMetricSpecification {
    /// The metric's name.
    pub predefined_metric_type: PredefinedMetricType,
    /// Which target group's requests are meant by `ALBRequestCountPerTarget`, and required there: the last part of
    /// the load balancer's ARN, a slash, and the last part of the target group's ARN, as in
    /// `app/my-alb/778d41231b141a0f/targetgroup/my-targets/943f017f100becff`.
    #[field(length(1, 1023), pattern(label::FORM, label::IN_WORDS))]
    pub resource_label: Option<String>,
}

/// A metric of CloudWatch, or an expression of several: either `metrics` or the other properties.
#[derive(Object, Clone, Debug, PartialEq, Eq)]
#[object(token = "applicationautoscaling:CustomizedMetricSpecification")]
pub struct CustomizedMetricSpecification {
    /// The metric's name.
    pub metric_name: Option<String>,
    /// Whose metric it is, such as `AWS/ECS`.
    pub namespace: Option<String>,
    /// All the dimensions that it was published with.
    #[field(default)]
    pub dimensions: Vec<MetricDimension>,
    /// The metric's statistic.
    pub statistic: Option<MetricStatistic>,
    /// The unit that the metric was published with, such as `Percent`.
    pub unit: Option<String>,
    /// Metrics, and what is computed from them.
    #[field(default)]
    pub metrics: Vec<MetricDataQuery>,
}

/// A statistic of a metric.
#[derive(Choice, Clone, Copy, Debug, PartialEq, Eq)]
#[choice(token = "applicationautoscaling:MetricStatistic")]
pub enum MetricStatistic {
    /// The average.
    #[choice("Average")]
    Average,
    /// The greatest.
    #[choice("Maximum")]
    Maximum,
    /// The least.
    #[choice("Minimum")]
    Minimum,
    /// How many were measured.
    #[choice("SampleCount")]
    SampleCount,
    /// The sum.
    #[choice("Sum")]
    Sum,
}

impl TargetTrackingScalingPolicyConfiguration {
    /// Notes what doesn't go together, for a thing of that service.
    pub(super) fn check(&self, service: Option<ServiceNamespace>, at: &Path, problems: &mut Problems) {
        for (name, seconds) in
            [("scaleOutCooldown", self.scale_out_cooldown), ("scaleInCooldown", self.scale_in_cooldown)]
        {
            if seconds.is_some_and(|seconds| seconds < 0) {
                problems.add(at.key(name), "must not be negative");
            }
        }
        let (predefined, customized) = (&self.predefined_metric_specification, &self.customized_metric_specification);
        let here = at.key("customizedMetricSpecification");
        match (predefined, customized) {
            (None, None) => {
                problems.add(at.clone(), "needs one of predefinedMetricSpecification, customizedMetricSpecification");
            }
            (Some(_), Some(_)) => problems.add(here, "can't be given together with predefinedMetricSpecification"),
            (Some(metric), None) => metric.check(service, &at.key("predefinedMetricSpecification"), problems),
            (None, Some(metric)) => metric.check(&here, problems),
        }
    }

    pub(super) fn request(&self) -> Result<types::TargetTrackingScalingPolicyConfiguration> {
        let predefined = self.predefined_metric_specification.as_ref();
        let customized = self.customized_metric_specification.as_ref();
        Ok(types::TargetTrackingScalingPolicyConfiguration::builder()
            .target_value(self.target_value)
            .set_predefined_metric_specification(predefined.map(PredefinedMetricSpecification::request).transpose()?)
            .set_customized_metric_specification(customized.map(CustomizedMetricSpecification::request).transpose()?)
            .set_scale_out_cooldown(self.scale_out_cooldown)
            .set_scale_in_cooldown(self.scale_in_cooldown)
            .disable_scale_in(self.disable_scale_in)
            .build()?)
    }

    pub(super) fn seen(found: types::TargetTrackingScalingPolicyConfiguration) -> Result<Self> {
        let predefined = found.predefined_metric_specification.map(PredefinedMetricSpecification::seen);
        let customized = found.customized_metric_specification.map(CustomizedMetricSpecification::seen);
        Ok(TargetTrackingScalingPolicyConfiguration {
            target_value: found.target_value,
            predefined_metric_specification: predefined.transpose()?,
            customized_metric_specification: customized,
            scale_out_cooldown: found.scale_out_cooldown,
            scale_in_cooldown: found.scale_in_cooldown,
            disable_scale_in: found.disable_scale_in == Some(true),
        })
    }
}

impl PredefinedMetricSpecification {
    fn check(&self, service: Option<ServiceNamespace>, at: &Path, problems: &mut Problems) {
        let metric = self.predefined_metric_type;
        label::check(metric.text(), self.resource_label.is_some(), at, problems);
        if service.is_some_and(|service| !metric.is_of(service)) {
            let wrong = "must be a metric of the service that serviceNamespace names";
            problems.add(at.key("predefinedMetricType"), wrong);
        }
    }

    fn request(&self) -> Result<types::PredefinedMetricSpecification> {
        Ok(types::PredefinedMetricSpecification::builder()
            .predefined_metric_type(self.predefined_metric_type.text().into())
            .set_resource_label(self.resource_label.clone())
            .build()?)
    }

    fn seen(found: types::PredefinedMetricSpecification) -> Result<Self> {
        let known = PredefinedMetricType::from_text(found.predefined_metric_type.as_str());
        Ok(PredefinedMetricSpecification {
            predefined_metric_type: answered(known, "a predefinedMetricType that the provider knows")?,
            resource_label: found.resource_label,
        })
    }
}

impl CustomizedMetricSpecification {
    fn check(&self, at: &Path, problems: &mut Problems) {
        let of_one = [
            ("metricName", self.metric_name.is_some()),
            ("namespace", self.namespace.is_some()),
            ("statistic", self.statistic.is_some()),
        ];
        let others = [("dimensions", !self.dimensions.is_empty()), ("unit", self.unit.is_some())];
        if self.metrics.is_empty() {
            for (name, _) in of_one.iter().filter(|(_, given)| !given) {
                problems.add(at.key(name), "is required, unless metrics is given");
            }
            return;
        }
        for (name, _) in of_one.iter().chain(&others).filter(|(_, given)| *given) {
            problems.add(at.key(name), "can't be given together with metrics");
        }
        metrics::check(&self.metrics, &at.key("metrics"), problems);
    }

    fn request(&self) -> Result<types::CustomizedMetricSpecification> {
        let dimension =
            |of: &MetricDimension| Ok(types::MetricDimension::builder().name(&of.name).value(&of.value).build()?);
        let dimensions = self.dimensions.iter().map(dimension).collect::<Result<Vec<_>>>()?;
        let metrics = self.metrics.iter().map(TryInto::try_into).collect::<Result<Vec<_>>>()?;
        Ok(types::CustomizedMetricSpecification::builder()
            .set_metric_name(self.metric_name.clone())
            .set_namespace(self.namespace.clone())
            .set_dimensions((!dimensions.is_empty()).then_some(dimensions))
            .set_statistic(self.statistic.map(|statistic| statistic.text().into()))
            .set_unit(self.unit.clone())
            .set_metrics((!metrics.is_empty()).then_some(metrics))
            .build())
    }

    fn seen(found: types::CustomizedMetricSpecification) -> Self {
        let dimension = |of: types::MetricDimension| MetricDimension { name: of.name, value: of.value };
        CustomizedMetricSpecification {
            metric_name: found.metric_name,
            namespace: found.namespace,
            dimensions: found.dimensions.unwrap_or_default().into_iter().map(dimension).collect(),
            statistic: found.statistic.and_then(|statistic| MetricStatistic::from_text(statistic.as_str())),
            unit: found.unit,
            metrics: found.metrics.unwrap_or_default().into_iter().map(MetricDataQuery::from).collect(),
        }
    }
}
