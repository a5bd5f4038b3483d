//! Step scaling: an alarm's breach is answered by how far the metric is from its threshold.

use aws_sdk_applicationautoscaling::types;
use framework::{Choice, Object, problem::Problems, property::Choice as _, value::Path};

use crate::aws::{Result, answered};

/// Scales by steps, each for how far a metric is beyond the threshold of a CloudWatch alarm. The alarm is a resource
/// of its own, and has the policy's ARN among its actions.
#[derive(Object, Clone, Debug, PartialEq)]
#[object(token = "applicationautoscaling:StepScalingPolicyConfiguration")]
pub struct StepScalingPolicyConfiguration {
    /// How the adjustments of the steps are meant.
    pub adjustment_type: AdjustmentType,
    /// The steps, without a gap between them: up to 20 unless you ask for more (Application Auto Scaling User Guide,
    /// "Quotas").
    #[field(set)]
    pub step_adjustments: Vec<StepAdjustment>,
    /// The least that is added or removed at once, with `PercentChangeInCapacity` only.
    pub min_adjustment_magnitude: Option<i32>,
    /// For how many seconds a scaling is left to take effect before the next.
    #[field(default = 300)]
    pub cooldown: i32,
    /// How the metric's values are put together.
    #[field(default = MetricAggregationType::Average)]
    pub metric_aggregation_type: MetricAggregationType,
}

/// A step: how much is scaled while the metric is in a range. At least one of the bounds is given.
#[derive(Object, Clone, Debug, PartialEq)]
#[object(token = "applicationautoscaling:StepAdjustment")]
pub struct StepAdjustment {
    /// Where the step begins, as the metric's distance from the alarm's threshold. Without a limit when absent.
    pub metric_interval_lower_bound: Option<f64>,
    /// Where the step ends, as the metric's distance from the alarm's threshold. Without a limit when absent.
    pub metric_interval_upper_bound: Option<f64>,
    /// By how much is scaled, or to how much with `ExactCapacity`: less than 0 scales in.
    pub scaling_adjustment: i32,
}

/// How the adjustment of a step is meant.
#[derive(Choice, Clone, Copy, Debug, PartialEq, Eq)]
#[choice(token = "applicationautoscaling:AdjustmentType")]
pub enum AdjustmentType {
    /// So many more or fewer.
    #[choice("ChangeInCapacity")]
    ChangeInCapacity,
    /// Exactly so many.
    #[choice("ExactCapacity")]
    ExactCapacity,
    /// So many percent more or fewer.
    #[choice("PercentChangeInCapacity")]
    PercentChangeInCapacity,
}

/// How the values of a metric are put together.
#[derive(Choice, Clone, Copy, Debug, PartialEq, Eq)]
#[choice(token = "applicationautoscaling:MetricAggregationType")]
pub enum MetricAggregationType {
    /// Their average.
    #[choice("Average")]
    Average,
    /// The greatest.
    #[choice("Maximum")]
    Maximum,
    /// The least.
    #[choice("Minimum")]
    Minimum,
}

impl StepScalingPolicyConfiguration {
    /// Notes what doesn't go together.
    pub(super) fn check(&self, at: &Path, problems: &mut Problems) {
        if self.cooldown < 0 {
            problems.add(at.key("cooldown"), "must not be negative");
        }
        if let Some(least) = self.min_adjustment_magnitude {
            let at = at.key("minAdjustmentMagnitude");
            if self.adjustment_type != AdjustmentType::PercentChangeInCapacity {
                problems.add(at, "can be given only when adjustmentType is PercentChangeInCapacity");
            } else if least < 1 {
                problems.add(at, "must be 1 or more");
            }
        }
        let steps = at.key("stepAdjustments");
        for (index, step) in self.step_adjustments.iter().enumerate() {
            self.check_step(step, &steps.index(index), problems);
        }
        if let Some(wrong) = no_ladder(&self.step_adjustments) {
            problems.add(steps, wrong);
        }
    }

    fn check_step(&self, step: &StepAdjustment, at: &Path, problems: &mut Problems) {
        if self.adjustment_type == AdjustmentType::ExactCapacity && step.scaling_adjustment < 0 {
            problems.add(at.key("scalingAdjustment"), "must not be negative when adjustmentType is ExactCapacity");
        }
        match (step.metric_interval_lower_bound, step.metric_interval_upper_bound) {
            (None, None) => problems.add(at.clone(), "needs metricIntervalLowerBound or metricIntervalUpperBound"),
            (Some(lower), Some(upper)) if lower >= upper => {
                problems.add(at.key("metricIntervalUpperBound"), "must be greater than metricIntervalLowerBound");
            }
            _ => {}
        }
    }

    pub(super) fn request(&self) -> Result<types::StepScalingPolicyConfiguration> {
        let steps = self.step_adjustments.iter().map(StepAdjustment::request).collect::<Result<Vec<_>>>()?;
        Ok(types::StepScalingPolicyConfiguration::builder()
            .adjustment_type(self.adjustment_type.text().into())
            .set_step_adjustments(Some(steps))
            .set_min_adjustment_magnitude(self.min_adjustment_magnitude)
            .cooldown(self.cooldown)
            .metric_aggregation_type(self.metric_aggregation_type.text().into())
            .build())
    }

    pub(super) fn seen(found: types::StepScalingPolicyConfiguration) -> Result<Self> {
        let kind = found.adjustment_type.and_then(|kind| AdjustmentType::from_text(kind.as_str()));
        let aggregation =
            found.metric_aggregation_type.and_then(|kind| MetricAggregationType::from_text(kind.as_str()));
        Ok(StepScalingPolicyConfiguration {
            adjustment_type: answered(kind, "adjustmentType")?,
            step_adjustments: found
                .step_adjustments
                .unwrap_or_default()
                .into_iter()
                .map(StepAdjustment::from)
                .collect(),
            min_adjustment_magnitude: found.min_adjustment_magnitude,
            cooldown: found.cooldown.unwrap_or(300),
            metric_aggregation_type: aggregation.unwrap_or(MetricAggregationType::Average),
        })
    }
}

impl StepAdjustment {
    fn request(&self) -> Result<types::StepAdjustment> {
        Ok(types::StepAdjustment::builder()
            .set_metric_interval_lower_bound(self.metric_interval_lower_bound)
            .set_metric_interval_upper_bound(self.metric_interval_upper_bound)
            .scaling_adjustment(self.scaling_adjustment)
            .build()?)
    }
}

impl From<types::StepAdjustment> for StepAdjustment {
    fn from(found: types::StepAdjustment) -> Self {
        StepAdjustment {
            metric_interval_lower_bound: found.metric_interval_lower_bound,
            metric_interval_upper_bound: found.metric_interval_upper_bound,
            scaling_adjustment: found.scaling_adjustment,
        }
    }
}

/// Why steps don't make a ladder: they overlap, leave a gap, or end where more could come (Application Auto Scaling
/// User Guide, "Step adjustments").
fn no_ladder(steps: &[StepAdjustment]) -> Option<&'static str> {
    let lower = |step: &StepAdjustment| step.metric_interval_lower_bound.unwrap_or(f64::NEG_INFINITY);
    let upper = |step: &StepAdjustment| step.metric_interval_upper_bound.unwrap_or(f64::INFINITY);
    let mut ladder: Vec<_> = steps.iter().map(|step| (lower(step), upper(step))).collect();
    ladder.sort_by(|one, other| one.0.total_cmp(&other.0));
    let (Some(first), Some(last)) = (ladder.first(), ladder.last()) else { return Some("needs at least one step") };
    if ladder.windows(2).any(|pair| pair[0].1 > pair[1].0) {
        return Some("must have steps that don't overlap");
    }
    if ladder.windows(2).any(|pair| pair[0].1 < pair[1].0) {
        return Some("must have steps without a gap between them");
    }
    if first.0 < 0.0 && first.0.is_finite() {
        return Some("must have a step without metricIntervalLowerBound when another one begins below 0");
    }
    if last.1 > 0.0 && last.1.is_finite() {
        return Some("must have a step without metricIntervalUpperBound when another one ends above 0");
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn steps(bounds: &[(Option<f64>, Option<f64>)]) -> Vec<StepAdjustment> {
        let step = |(lower, upper): &(Option<f64>, Option<f64>)| StepAdjustment {
            metric_interval_lower_bound: *lower,
            metric_interval_upper_bound: *upper,
            scaling_adjustment: 1,
        };
        bounds.iter().map(step).collect()
    }

    #[test]
    fn steps_make_a_ladder() {
        for ladder in [
            &[(Some(0.0), None)][..],
            &[(None, Some(0.0))],
            &[(Some(10.0), None), (Some(0.0), Some(10.0))],
            &[(None, Some(-10.0)), (Some(-10.0), Some(0.0))],
            &[(None, Some(0.0)), (Some(0.0), None)],
        ] {
            assert_eq!(no_ladder(&steps(ladder)), None, "{ladder:?}");
        }
    }

    #[test]
    fn what_is_no_ladder_says_why() {
        for (ladder, why) in [
            (&[][..], "at least one"),
            (&[(Some(0.0), Some(10.0)), (Some(5.0), None)], "overlap"),
            (&[(Some(0.0), None), (Some(10.0), None)], "overlap"),
            (&[(Some(0.0), Some(5.0)), (Some(10.0), None)], "gap"),
            (&[(Some(-10.0), Some(0.0))], "metricIntervalLowerBound"),
            (&[(Some(0.0), Some(10.0))], "metricIntervalUpperBound"),
        ] {
            assert!(no_ladder(&steps(ladder)).is_some_and(|wrong| wrong.contains(why)), "{ladder:?}");
        }
    }
}
