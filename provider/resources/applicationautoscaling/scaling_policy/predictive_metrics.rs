//! What predictive scaling forecasts, and what it scales by.

use aws_sdk_applicationautoscaling::types;
use framework::{Choice, Object, problem::Problems, property::Choice as _, value::Path};

use super::{
    label,
    metrics::{self, MetricDataQuery},
};
use crate::aws::{Error, Result, answered};

/// What is forecast and what is scaled by: a pair of metrics that belong together, or a metric of each kind.
#[derive(Object, Clone, Debug, PartialEq)]
#[object(token = "applicationautoscaling:PredictiveScalingMetricSpecification")]
pub struct PredictiveScalingMetricSpecification {
    /// The value at which what is scaled by is held, in its own unit.
    pub target_value: f64,
    /// Both metrics, by a name that Application Auto Scaling knows.
    pub predefined_metric_pair_specification: Option<PredictiveScalingMetric>,
    /// What is scaled by, by a name that Application Auto Scaling knows.
    pub predefined_scaling_metric_specification: Option<PredictiveScalingMetric>,
    /// What is forecast, by a name that Application Auto Scaling knows.
    pub predefined_load_metric_specification: Option<PredictiveScalingMetric>,
    /// What is scaled by, as metrics and expressions.
    pub customized_scaling_metric_specification: Option<PredictiveScalingCustomizedMetric>,
    /// What is forecast, as metrics and expressions.
    pub customized_load_metric_specification: Option<PredictiveScalingCustomizedMetric>,
    /// How much there is, as metrics and expressions.
    pub customized_capacity_metric_specification: Option<PredictiveScalingCustomizedMetric>,
}

/// A metric, or a pair of metrics, that Application Auto Scaling knows by name.
#[derive(Object, Clone, Debug, PartialEq, Eq)]
#[object(token = "applicationautoscaling:PredictiveScalingPredefinedMetric")]
pub struct PredictiveScalingMetric {
    /// The name.
    pub predefined_metric_type: PredictiveScalingMetricType,
    /// Which target group's requests are meant, and required where they are: the last part of the load balancer's
    /// ARN, a slash, and the last part of the target group's ARN, as in
    /// `app/my-alb/778d41231b141a0f/targetgroup/my-targets/943f017f100becff`.
    #[field(length(1, 1023), pattern(label::FORM, label::IN_WORDS))]
    pub resource_label: Option<String>,
}

/// Metrics, and what is computed from them.
#[derive(Object, Clone, Debug, PartialEq, Eq)]
#[object(token = "applicationautoscaling:PredictiveScalingCustomizedMetric")]
pub struct PredictiveScalingCustomizedMetric {
    /// The metrics and expressions.
    #[field(set)]
    pub metric_data_queries: Vec<MetricDataQuery>,
}

/// A metric of predictive scaling that Application Auto Scaling knows by name: one that is forecast, one that is
/// scaled by, or a pair of both.
#[derive(Choice, Clone, Copy, Debug, PartialEq, Eq)]
#[choice(token = "applicationautoscaling:PredictiveScalingMetricType")]
pub enum PredictiveScalingMetricType {
    /// Both: all requests of a target group are forecast, and those for each target are scaled by.
    #[choice("ALBRequestCount")]
    AlbRequestCount,
    /// Scaled by: requests for each target of a target group.
    #[choice("ALBRequestCountPerTarget")]
    AlbRequestCountPerTarget,
    /// Scaled by: the service's average CPU use.
    #[choice("ECSServiceAverageCPUUtilization")]
    EcsServiceAverageCpuUtilization,
    /// Scaled by: the service's average memory use.
    #[choice("ECSServiceAverageMemoryUtilization")]
    EcsServiceAverageMemoryUtilization,
    /// Both: all CPU use of the service is forecast, and the average is scaled by.
    #[choice("ECSServiceCPUUtilization")]
    EcsServiceCpuUtilization,
    /// Both: all memory use of the service is forecast, and the average is scaled by.
    #[choice("ECSServiceMemoryUtilization")]
    EcsServiceMemoryUtilization,
    /// Forecast: all CPU use of the service.
    #[choice("ECSServiceTotalCPUUtilization")]
    EcsServiceTotalCpuUtilization,
    /// Forecast: all memory use of the service.
    #[choice("ECSServiceTotalMemoryUtilization")]
    EcsServiceTotalMemoryUtilization,
    /// Forecast: all requests of a target group.
    #[choice("TotalALBRequestCount")]
    TotalAlbRequestCount,
}

impl PredictiveScalingMetricSpecification {
    /// Notes what doesn't go together: there is a pair, or what is scaled by and what is forecast.
    pub(super) fn check(&self, at: &Path, problems: &mut Problems) {
        let scaling = [
            ("predefinedScalingMetricSpecification", self.predefined_scaling_metric_specification.is_some()),
            ("customizedScalingMetricSpecification", self.customized_scaling_metric_specification.is_some()),
        ];
        let load = [
            ("predefinedLoadMetricSpecification", self.predefined_load_metric_specification.is_some()),
            ("customizedLoadMetricSpecification", self.customized_load_metric_specification.is_some()),
        ];
        let capacity =
            ("customizedCapacityMetricSpecification", self.customized_capacity_metric_specification.is_some());
        if self.predefined_metric_pair_specification.is_some() {
            for (name, _) in scaling.iter().chain(&load).chain([&capacity]).filter(|(_, given)| *given) {
                problems.add(at.key(name), "can't be given together with predefinedMetricPairSpecification");
            }
        } else {
            one_of(&scaling, at, problems);
            one_of(&load, at, problems);
        }
        self.check_parts(at, problems);
    }

    fn check_parts(&self, at: &Path, problems: &mut Problems) {
        for (name, part) in [
            ("predefinedMetricPairSpecification", &self.predefined_metric_pair_specification),
            ("predefinedScalingMetricSpecification", &self.predefined_scaling_metric_specification),
            ("predefinedLoadMetricSpecification", &self.predefined_load_metric_specification),
        ] {
            if let Some(metric) = part {
                let kind = metric.predefined_metric_type.text();
                label::check(kind, metric.resource_label.is_some(), &at.key(name), problems);
            }
        }
        for (name, part) in [
            ("customizedScalingMetricSpecification", &self.customized_scaling_metric_specification),
            ("customizedLoadMetricSpecification", &self.customized_load_metric_specification),
            ("customizedCapacityMetricSpecification", &self.customized_capacity_metric_specification),
        ] {
            if let Some(metric) = part {
                metrics::check(&metric.metric_data_queries, &at.key(name).key("metricDataQueries"), problems);
            }
        }
    }

    pub(super) fn request(&self) -> Result<types::PredictiveScalingMetricSpecification> {
        let customized = |metric: &Option<PredictiveScalingCustomizedMetric>| {
            metric.as_ref().map(PredictiveScalingCustomizedMetric::request).transpose()
        };
        Ok(types::PredictiveScalingMetricSpecification::builder()
            .target_value(self.target_value)
            .set_predefined_metric_pair_specification(
                self.predefined_metric_pair_specification.as_ref().map(TryInto::try_into).transpose()?,
            )
            .set_predefined_scaling_metric_specification(
                self.predefined_scaling_metric_specification.as_ref().map(TryInto::try_into).transpose()?,
            )
            .set_predefined_load_metric_specification(
                self.predefined_load_metric_specification.as_ref().map(TryInto::try_into).transpose()?,
            )
            .set_customized_scaling_metric_specification(customized(&self.customized_scaling_metric_specification)?)
            .set_customized_load_metric_specification(customized(&self.customized_load_metric_specification)?)
            .set_customized_capacity_metric_specification(customized(&self.customized_capacity_metric_specification)?)
            .build()?)
    }

    pub(super) fn seen(found: types::PredictiveScalingMetricSpecification) -> Result<Self> {
        let customized = |metric: Option<types::PredictiveScalingCustomizedMetricSpecification>| {
            metric.map(PredictiveScalingCustomizedMetric::from)
        };
        let pair = found.predefined_metric_pair_specification.map(TryInto::try_into).transpose()?;
        Ok(PredictiveScalingMetricSpecification {
            target_value: found.target_value,
            predefined_metric_pair_specification: pair,
            predefined_scaling_metric_specification: found
                .predefined_scaling_metric_specification
                .map(TryInto::try_into)
                .transpose()?,
            predefined_load_metric_specification: found
                .predefined_load_metric_specification
                .map(TryInto::try_into)
                .transpose()?,
            customized_scaling_metric_specification: customized(found.customized_scaling_metric_specification),
            customized_load_metric_specification: customized(found.customized_load_metric_specification),
            customized_capacity_metric_specification: customized(found.customized_capacity_metric_specification),
        })
    }
}

fn one_of(of: &[(&str, bool)], at: &Path, problems: &mut Problems) {
    let mut given = of.iter().filter(|(_, given)| *given).map(|(name, _)| *name);
    let Some(first) = given.next() else {
        let names: Vec<_> = of.iter().map(|(name, _)| *name).collect();
        problems.add(at.clone(), format!("needs predefinedMetricPairSpecification or one of {}", names.join(", ")));
        return;
    };
    for other in given {
        problems.add(at.key(other), format!("can't be given together with {first}"));
    }
}

impl PredictiveScalingCustomizedMetric {
    fn request(&self) -> Result<types::PredictiveScalingCustomizedMetricSpecification> {
        let queries = self.metric_data_queries.iter().map(TryInto::try_into).collect::<Result<_>>()?;
        let metric = types::PredictiveScalingCustomizedMetricSpecification::builder();
        Ok(metric.set_metric_data_queries(Some(queries)).build()?)
    }
}

impl From<types::PredictiveScalingCustomizedMetricSpecification> for PredictiveScalingCustomizedMetric {
    fn from(found: types::PredictiveScalingCustomizedMetricSpecification) -> Self {
        let queries = found.metric_data_queries.into_iter().map(MetricDataQuery::from);
        PredictiveScalingCustomizedMetric { metric_data_queries: queries.collect() }
    }
}

/// Application Auto Scaling has the same shape three times.
macro_rules! as_aws_has_it {
    ($($name:ident)*) => {
        $(
            impl TryFrom<&PredictiveScalingMetric> for types::$name {
                type Error = Error;

                fn try_from(want: &PredictiveScalingMetric) -> Result<Self> {
                    let metric = types::$name::builder().predefined_metric_type(want.predefined_metric_type.text());
                    Ok(metric.set_resource_label(want.resource_label.clone()).build()?)
                }
            }

            impl TryFrom<types::$name> for PredictiveScalingMetric {
                type Error = Error;

                fn try_from(found: types::$name) -> Result<Self> {
                    let known = PredictiveScalingMetricType::from_text(&found.predefined_metric_type);
                    Ok(PredictiveScalingMetric {
                        predefined_metric_type: answered(known, "a predefinedMetricType that the provider knows")?,
                        resource_label: found.resource_label,
                    })
                }
            }
        )*
    };
}

as_aws_has_it! {
    PredictiveScalingPredefinedMetricPairSpecification
    PredictiveScalingPredefinedScalingMetricSpecification
    PredictiveScalingPredefinedLoadMetricSpecification
}
