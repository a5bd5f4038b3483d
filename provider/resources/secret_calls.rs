//! What calls about secrets have in common: looking at one, and its names.

use aws_sdk_secretsmanager::operation::describe_secret::DescribeSecretOutput;

use crate::aws::{Cx, Result, unless_gone};

/// The secret of an ARN or name, one in its recovery window included. The value itself isn't looked at.
///
/// # Errors
///
/// What the call fails with, unless it says that there is none.
pub async fn find(cx: &Cx, secret: &str) -> Result<Option<DescribeSecretOutput>> {
    unless_gone(cx.secrets_manager().describe_secret().secret_id(secret).send().await)
}

/// Whether a secret was scheduled for deletion.
#[must_use]
pub fn is_ending(found: &DescribeSecretOutput) -> bool {
    found.deleted_date.is_some()
}

/// How many characters Secrets Manager adds to a name in an ARN: a dash and six more.
///
/// Source: `ARN` of `CreateSecret`, AWS Secrets Manager API Reference.
const SUFFIX: usize = 7;

/// Whether two names mean the same secret: its name, and its ARN with or without what Secrets Manager adds.
#[must_use]
pub fn is_same(one: &str, other: &str) -> bool {
    let (arn, name) = match (resource(one), resource(other)) {
        (Some(of_one), None) => (of_one, other),
        (None, Some(of_other)) => (of_other, one),
        _ => return one == other,
    };
    arn == name || unsuffixed(arn) == Some(name)
}

/// What stands behind `:secret:` in an ARN.
fn resource(name: &str) -> Option<&str> {
    name.strip_prefix("arn:").and_then(|arn| arn.split_once(":secret:")).map(|(_, resource)| resource)
}

fn unsuffixed(resource: &str) -> Option<&str> {
    let (name, suffix) = resource.split_at_checked(resource.len().checked_sub(SUFFIX)?)?;
    suffix.starts_with('-').then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_has_a_name_and_an_arn() {
        let arn = |end: &str| format!("arn:aws:secretsmanager:eu-west-1:123456789012:secret:app/db{end}");
        assert!(is_same("app/db", "app/db") && is_same(&arn("-AbCdEf"), &arn("-AbCdEf")));
        assert!(
            is_same("app/db", &arn("-AbCdEf")) && is_same(&arn("-AbCdEf"), "app/db") && is_same(&arn(""), "app/db")
        );
        assert!(!is_same("app/db", "app/other") && !is_same(&arn("-AbCdEf"), &arn("-FeDcBa")));
        assert!(!is_same("app/db", &arn("2-AbCdEf")) && !is_same("b", &arn("")));
    }
}
