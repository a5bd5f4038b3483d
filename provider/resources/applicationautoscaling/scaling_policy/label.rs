//! Which target group's requests are meant.

use framework::{problem::Problems, value::Path};

/// The form of a label, as a regular expression.
pub(super) const FORM: &str = r"app/[^/]+/[^/]+/targetgroup/[^/]+/[^/]+";

/// The form of a label, in words.
pub(super) const IN_WORDS: &str = "the last part of a load balancer's ARN, a slash, and the last part of a target \
     group's ARN: app/my-alb/778d41231b141a0f/targetgroup/my-targets/943f017f100becff";

/// Notes a label that is missing, or that is given with a metric which isn't about a target group.
pub(super) fn check(metric: &str, given: bool, at: &Path, problems: &mut Problems) {
    let of_target_group = metric.contains("ALB");
    match (of_target_group, given) {
        (true, false) => {
            problems.add(at.key("resourceLabel"), format!("is required when predefinedMetricType is {metric}"));
        }
        (false, true) => {
            problems.add(at.key("resourceLabel"), format!("can't be given when predefinedMetricType is {metric}"));
        }
        _ => {}
    }
}
