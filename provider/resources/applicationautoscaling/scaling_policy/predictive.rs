//! Predictive scaling: load is forecast from its history.

use aws_sdk_applicationautoscaling::types;
use framework::{Choice, Object, problem::Problems, property::Choice as _, value::Path};

use super::predictive_metrics::PredictiveScalingMetricSpecification;
use crate::aws::Result;

/// Forecasts load from its history, and scales out before it comes. For Amazon ECS only.
#[derive(Object, Clone, Debug, PartialEq)]
#[object(token = "applicationautoscaling:PredictiveScalingPolicyConfiguration")]
pub struct PredictiveScalingPolicyConfiguration {
    /// What is forecast and what is scaled by. AWS takes one only as yet (Application Auto Scaling API Reference,
    /// `PredictiveScalingPolicyConfiguration`).
    #[field(set, items(1, 1))]
    pub metric_specifications: Vec<PredictiveScalingMetricSpecification>,
    /// Whether it is scaled, or only forecast.
    #[field(default = PredictiveScalingMode::ForecastOnly)]
    pub mode: PredictiveScalingMode,
    /// How many seconds before the forecast load the scaling begins.
    #[field(default = 300, range(0, 3600))]
    pub scheduling_buffer_time: i32,
    /// What happens when the forecast is close to or above the target's `maxCapacity`.
    #[field(default = PredictiveScalingMaxCapacityBreachBehavior::HonorMaxCapacity)]
    pub max_capacity_breach_behavior: PredictiveScalingMaxCapacityBreachBehavior,
    /// How far `maxCapacity` may be above the forecast, in percent of that. Required with `IncreaseMaxCapacity`, and
    /// only with it.
    #[field(range(0, 100))]
    pub max_capacity_buffer: Option<i32>,
}

/// Whether a forecast is acted upon.
#[derive(Choice, Clone, Copy, Debug, PartialEq, Eq)]
#[choice(token = "applicationautoscaling:PredictiveScalingMode")]
pub enum PredictiveScalingMode {
    /// It is scaled by the forecast.
    #[choice("ForecastAndScale")]
    ForecastAndScale,
    /// The forecast can be looked at, and nothing else happens.
    #[choice("ForecastOnly")]
    ForecastOnly,
}

/// What happens when a forecast is close to or above the target's greatest capacity.
#[derive(Choice, Clone, Copy, Debug, PartialEq, Eq)]
#[choice(token = "applicationautoscaling:PredictiveScalingMaxCapacityBreachBehavior")]
pub enum PredictiveScalingMaxCapacityBreachBehavior {
    /// It isn't exceeded.
    #[choice("HonorMaxCapacity")]
    HonorMaxCapacity,
    /// It is raised to the forecast, and the buffer.
    #[choice("IncreaseMaxCapacity")]
    IncreaseMaxCapacity,
}

impl PredictiveScalingPolicyConfiguration {
    /// Notes what doesn't go together.
    pub(super) fn check(&self, at: &Path, problems: &mut Problems) {
        use PredictiveScalingMaxCapacityBreachBehavior::{HonorMaxCapacity, IncreaseMaxCapacity};
        let buffer = at.key("maxCapacityBuffer");
        match (self.max_capacity_breach_behavior, self.max_capacity_buffer) {
            (IncreaseMaxCapacity, None) => {
                problems.add(buffer, "is required when maxCapacityBreachBehavior is IncreaseMaxCapacity");
            }
            (HonorMaxCapacity, Some(_)) => {
                problems.add(buffer, "can be given only when maxCapacityBreachBehavior is IncreaseMaxCapacity");
            }
            _ => {}
        }
        for (index, specification) in self.metric_specifications.iter().enumerate() {
            specification.check(&at.key("metricSpecifications").index(index), problems);
        }
    }

    pub(super) fn request(&self) -> Result<types::PredictiveScalingPolicyConfiguration> {
        let specifications = self.metric_specifications.iter().map(PredictiveScalingMetricSpecification::request);
        Ok(types::PredictiveScalingPolicyConfiguration::builder()
            .set_metric_specifications(Some(specifications.collect::<Result<_>>()?))
            .mode(self.mode.text().into())
            .scheduling_buffer_time(self.scheduling_buffer_time)
            .max_capacity_breach_behavior(self.max_capacity_breach_behavior.text().into())
            .set_max_capacity_buffer(self.max_capacity_buffer)
            .build()?)
    }

    pub(super) fn seen(found: types::PredictiveScalingPolicyConfiguration) -> Result<Self> {
        let specifications = found.metric_specifications.into_iter().map(PredictiveScalingMetricSpecification::seen);
        let mode = found.mode.and_then(|mode| PredictiveScalingMode::from_text(mode.as_str()));
        let behavior = found
            .max_capacity_breach_behavior
            .and_then(|behavior| PredictiveScalingMaxCapacityBreachBehavior::from_text(behavior.as_str()));
        Ok(PredictiveScalingPolicyConfiguration {
            metric_specifications: specifications.collect::<Result<_>>()?,
            mode: mode.unwrap_or(PredictiveScalingMode::ForecastOnly),
            scheduling_buffer_time: found.scheduling_buffer_time.unwrap_or(300),
            max_capacity_breach_behavior: behavior
                .unwrap_or(PredictiveScalingMaxCapacityBreachBehavior::HonorMaxCapacity),
            max_capacity_buffer: found.max_capacity_buffer,
        })
    }
}
