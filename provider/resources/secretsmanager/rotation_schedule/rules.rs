//! The schedule of a rotation, in a program's words and in those of AWS.

use aws_sdk_secretsmanager::types::{ExternalSecretRotationMetadataItem, RotationRulesType};
use framework::{Object, problem::Problems, value::Path};

/// When a secret is rotated. Exactly one of `automaticallyAfterDays` and `scheduleExpression` must be given.
#[derive(Object, Clone, Debug, PartialEq, Eq)]
#[object(token = "secretsmanager:RotationRules")]
pub struct RotationRules {
    /// How many days after one rotation the next one comes; a value that somebody puts counts as one.
    #[field(range(1, 1000))]
    pub automatically_after_days: Option<i32>,
    /// How long the window is open in which the rotation happens, in hours, such as `3h`. It must end before the next one,
    /// and before the next day by UTC. An hour when absent, or the rest of the day where the schedule is by days.
    #[field(length(2, 3), pattern("[0-9]+h", "a number of hours, such as 3h"))]
    pub duration: Option<String>,
    /// The schedule by UTC: `rate(10 days)`, `rate(12 hours)`, or `cron(0 4 ? * SUN *)` for each Sunday at four. No more
    /// often than every four hours.
    #[field(
        length(1, 256),
        pattern(r"(rate|cron)\([0-9A-Za-z#?*/, \-]+\)", "rate(…) or cron(…), such as rate(10 days)")
    )]
    pub schedule_expression: Option<String>,
}

/// Something that the partner of a managed external secret wants to know for its rotation.
#[derive(Object, Clone, Debug, PartialEq, Eq)]
#[object(token = "secretsmanager:ExternalSecretRotationMetadata")]
pub struct ExternalSecretRotationMetadata {
    /// What it is, in the partner's word.
    #[field(length(1, 256))]
    pub key: String,
    /// Its value.
    #[field(length(1, 2048))]
    pub value: String,
}

impl RotationRules {
    /// The rules that say so many days, and nothing else.
    #[must_use]
    pub fn after(days: i32) -> Self {
        RotationRules { automatically_after_days: Some(days), duration: None, schedule_expression: None }
    }

    pub(super) fn check(&self, at: &Path, problems: &mut Problems) {
        match (self.automatically_after_days, &self.schedule_expression) {
            (Some(_), Some(_)) => {
                problems.add(at.key("scheduleExpression"), "can't be given together with automaticallyAfterDays");
            }
            (None, None) => problems.add(at.clone(), "needs automaticallyAfterDays or scheduleExpression"),
            _ => {}
        }
    }

    /// What AWS tells, in the program's words where they mean the same. AWS counts the days of a schedule that it was given as
    /// an expression, too.
    pub(super) fn seen(found: &RotationRulesType, said: Option<RotationRules>) -> Self {
        let expression = found.schedule_expression().filter(|expression| !expression.is_empty());
        let days = found.automatically_after_days().and_then(|days| i32::try_from(days).ok()).filter(|days| *days > 0);
        let seen = RotationRules {
            automatically_after_days: days.filter(|_| expression.is_none()),
            duration: found.duration().filter(|hours| !hours.is_empty()).map(ToOwned::to_owned),
            schedule_expression: expression.map(ToOwned::to_owned),
        };
        said.filter(|said| said.is_same(&seen)).unwrap_or(seen)
    }

    pub(super) fn is_same(&self, other: &RotationRules) -> bool {
        self.duration == other.duration && self.told() == other.told()
    }

    /// The schedule as an expression.
    pub(super) fn told(&self) -> String {
        match (self.automatically_after_days, &self.schedule_expression) {
            (_, Some(expression)) => expression.clone(),
            (Some(1), None) => "rate(1 day)".to_owned(),
            (Some(days), None) => format!("rate({days} days)"),
            (None, None) => "no schedule".to_owned(),
        }
    }
}

impl From<&RotationRules> for RotationRulesType {
    fn from(want: &RotationRules) -> Self {
        RotationRulesType::builder()
            .set_automatically_after_days(want.automatically_after_days.map(i64::from))
            .set_duration(want.duration.clone())
            .set_schedule_expression(want.schedule_expression.clone())
            .build()
    }
}

impl From<ExternalSecretRotationMetadataItem> for ExternalSecretRotationMetadata {
    fn from(found: ExternalSecretRotationMetadataItem) -> Self {
        ExternalSecretRotationMetadata { key: found.key.unwrap_or_default(), value: found.value.unwrap_or_default() }
    }
}

impl From<&ExternalSecretRotationMetadata> for ExternalSecretRotationMetadataItem {
    fn from(want: &ExternalSecretRotationMetadata) -> Self {
        ExternalSecretRotationMetadataItem::builder().key(&want.key).value(&want.value).build()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn by(expression: &str) -> RotationRules {
        RotationRules {
            automatically_after_days: None,
            duration: None,
            schedule_expression: Some(expression.to_owned()),
        }
    }

    #[test]
    fn a_schedule_is_by_days_or_by_an_expression() {
        let told = |rules: &RotationRules| {
            let mut problems = Problems::default();
            rules.check(&Path::of("r"), &mut problems);
            problems.iter().map(|problem| format!("{} {}", problem.path, problem.reason)).collect::<Vec<_>>()
        };
        assert!(told(&RotationRules::after(7)).is_empty() && told(&by("rate(7 days)")).is_empty());
        let both = RotationRules { automatically_after_days: Some(7), ..by("rate(7 days)") };
        assert_eq!(told(&both), ["r.scheduleExpression can't be given together with automaticallyAfterDays"]);
        let neither = RotationRules { automatically_after_days: None, ..RotationRules::after(1) };
        assert_eq!(told(&neither), ["r needs automaticallyAfterDays or scheduleExpression"]);
    }

    #[test]
    fn what_means_the_same_is_told_in_the_programs_words() {
        let found = |days: i64, expression: &str| {
            RotationRulesType::builder().automatically_after_days(days).schedule_expression(expression).build()
        };
        assert_eq!(RotationRules::seen(&found(7, ""), None), RotationRules::after(7));
        assert_eq!(RotationRules::seen(&found(10, "rate(10 days)"), None), by("rate(10 days)"));
        let days = |days| Some(RotationRules::after(days));
        assert_eq!(RotationRules::seen(&found(10, "rate(10 days)"), days(10)), RotationRules::after(10));
        assert_eq!(RotationRules::seen(&found(1, "rate(1 day)"), days(1)), RotationRules::after(1));
        assert_eq!(RotationRules::seen(&found(7, "rate(7 days)"), days(10)), by("rate(7 days)"));
        assert_eq!(RotationRules::seen(&found(7, ""), Some(by("rate(7 days)"))), by("rate(7 days)"));
    }
}
