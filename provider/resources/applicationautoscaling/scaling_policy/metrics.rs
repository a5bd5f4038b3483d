//! Metrics of CloudWatch, and what is computed from them.

use std::collections::BTreeSet;

use aws_sdk_applicationautoscaling::types;
use framework::{Object, problem::Problems, value::Path};

use crate::aws::{Error, Result};

/// A metric, or an expression that is computed from metrics. Exactly one of `expression` and `metricStat`.
#[derive(Object, Clone, Debug, PartialEq, Eq)]
#[object(token = "applicationautoscaling:MetricDataQuery")]
pub struct MetricDataQuery {
    /// What expressions call it; unique in its list.
    #[field(
        length(1, 255),
        pattern("[a-z][a-zA-Z0-9_]*", "letters, digits and underscores, of which the first is a small letter")
    )]
    pub id: String,
    /// What is computed, from the ids of other elements of the list.
    #[field(length(1, 2048))]
    pub expression: Option<String>,
    /// The metric, and what of it.
    pub metric_stat: Option<MetricStat>,
    /// What it is, for people.
    pub label: Option<String>,
    /// Whether it is what is scaled by, rather than something that an expression is computed from. Exactly one of a
    /// list is.
    #[field(default = true)]
    pub return_data: bool,
}

/// A metric, and what of it.
#[derive(Object, Clone, Debug, PartialEq, Eq)]
#[object(token = "applicationautoscaling:MetricStat")]
pub struct MetricStat {
    /// The metric.
    pub metric: Metric,
    /// The statistic, such as `Average`, `Sum` or `p99`.
    #[field(length(1, 1023))]
    pub stat: String,
    /// The unit that the metric was published with, such as `Percent`.
    #[field(length(1, 1023))]
    pub unit: Option<String>,
}

/// A metric of CloudWatch.
#[derive(Object, Clone, Debug, PartialEq, Eq)]
#[object(token = "applicationautoscaling:Metric")]
pub struct Metric {
    /// The metric's name.
    #[field(length(1, 255))]
    pub metric_name: Option<String>,
    /// Whose metric it is, such as `AWS/ECS`.
    #[field(length(1, 255))]
    pub namespace: Option<String>,
    /// All the dimensions that it was published with.
    #[field(default)]
    pub dimensions: Vec<MetricDimension>,
}

/// A dimension of a metric.
#[derive(Object, Clone, Debug, PartialEq, Eq)]
#[object(token = "applicationautoscaling:MetricDimension")]
pub struct MetricDimension {
    /// The dimension's name.
    #[field(length(1, 255))]
    pub name: String,
    /// The dimension's value.
    #[field(length(1, 1024))]
    pub value: String,
}

/// Notes what is wrong in a list of metrics and expressions.
pub(super) fn check(queries: &[MetricDataQuery], at: &Path, problems: &mut Problems) {
    let mut ids = BTreeSet::new();
    for (index, query) in queries.iter().enumerate() {
        let at = at.index(index);
        if !ids.insert(&query.id) {
            problems.add(at.key("id"), "must be unique in its list");
        }
        match (&query.expression, &query.metric_stat) {
            (None, None) => problems.add(at, "needs one of expression, metricStat"),
            (Some(_), Some(_)) => problems.add(at.key("metricStat"), "can't be given together with expression"),
            _ => {}
        }
    }
    if !queries.is_empty() && queries.iter().filter(|query| query.return_data).count() != 1 {
        problems.add(at.clone(), "must have exactly one element whose returnData is true, which is its default");
    }
}

/// Application Auto Scaling has the same shapes twice, for two kinds of policies.
macro_rules! as_aws_has_them {
    ($query:ident, $stat:ident, $metric:ident, $dimension:ident) => {
        impl TryFrom<&MetricDataQuery> for types::$query {
            type Error = Error;

            fn try_from(want: &MetricDataQuery) -> Result<Self> {
                Ok(types::$query::builder()
                    .id(&want.id)
                    .set_expression(want.expression.clone())
                    .set_metric_stat(want.metric_stat.as_ref().map(TryInto::try_into).transpose()?)
                    .set_label(want.label.clone())
                    .return_data(want.return_data)
                    .build()?)
            }
        }

        impl TryFrom<&MetricStat> for types::$stat {
            type Error = Error;

            fn try_from(want: &MetricStat) -> Result<Self> {
                let call = types::$stat::builder().metric((&want.metric).try_into()?).stat(&want.stat);
                Ok(call.set_unit(want.unit.clone()).build()?)
            }
        }

        impl TryFrom<&Metric> for types::$metric {
            type Error = Error;

            fn try_from(want: &Metric) -> Result<Self> {
                let dimensions = want.dimensions.iter().map(TryInto::try_into).collect::<Result<Vec<_>>>()?;
                Ok(types::$metric::builder()
                    .set_metric_name(want.metric_name.clone())
                    .set_namespace(want.namespace.clone())
                    .set_dimensions((!dimensions.is_empty()).then_some(dimensions))
                    .build())
            }
        }

        impl TryFrom<&MetricDimension> for types::$dimension {
            type Error = Error;

            fn try_from(want: &MetricDimension) -> Result<Self> {
                Ok(types::$dimension::builder().name(&want.name).value(&want.value).build()?)
            }
        }

        impl From<types::$query> for MetricDataQuery {
            fn from(found: types::$query) -> Self {
                MetricDataQuery {
                    id: found.id,
                    expression: found.expression,
                    metric_stat: found.metric_stat.map(MetricStat::from),
                    label: found.label,
                    return_data: found.return_data != Some(false),
                }
            }
        }

        impl From<types::$stat> for MetricStat {
            fn from(found: types::$stat) -> Self {
                let metric = found.metric.unwrap_or_else(|| types::$metric::builder().build());
                MetricStat { metric: metric.into(), stat: found.stat, unit: found.unit }
            }
        }

        impl From<types::$metric> for Metric {
            fn from(found: types::$metric) -> Self {
                let dimensions = found.dimensions.unwrap_or_default().into_iter();
                Metric {
                    metric_name: found.metric_name,
                    namespace: found.namespace,
                    dimensions: dimensions
                        .map(|dimension| MetricDimension { name: dimension.name, value: dimension.value })
                        .collect(),
                }
            }
        }
    };
}

as_aws_has_them!(
    TargetTrackingMetricDataQuery,
    TargetTrackingMetricStat,
    TargetTrackingMetric,
    TargetTrackingMetricDimension
);
as_aws_has_them!(
    PredictiveScalingMetricDataQuery,
    PredictiveScalingMetricStat,
    PredictiveScalingMetric,
    PredictiveScalingMetricDimension
);
