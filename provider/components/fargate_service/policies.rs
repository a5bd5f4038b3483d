//! What the two roles of a service may do: as little as it needs, and nothing of anybody else's.

use std::collections::BTreeSet;

use framework::property::Json;
use serde_json::json;

use crate::{
    aws::limits::images,
    components::{Permission, arn::Arn},
};

/// Who may take the roles: tasks of this account and region.
#[must_use]
pub fn trust(cluster_arn: &str) -> Json {
    let Arn { partition, region, account, .. } = Arn::of(cluster_arn);
    Json::from(json!({
        "Version": "2012-10-17",
        "Statement": [{
            "Effect": "Allow",
            "Principal": { "Service": "ecs-tasks.amazonaws.com" },
            "Action": "sts:AssumeRole",
            "Condition": {
                "StringEquals": { "aws:SourceAccount": account },
                "ArnLike": { "aws:SourceArn": format!("arn:{partition}:ecs:{region}:{account}:*") },
            },
        }],
    }))
}

/// What ECS may do to start a task: write to its log group, pull its image, read its secrets.
///
/// `ecr:GetAuthorizationToken` is for all repositories or none: AWS knows no resource for it ("Actions defined by Amazon
/// Elastic Container Registry", Service Authorization Reference).
#[must_use]
pub fn execution<'a>(
    log_group: &str,
    images: impl IntoIterator<Item = &'a str>,
    secrets: impl IntoIterator<Item = &'a str>,
) -> Json {
    let group = log_group.trim_end_matches(":*");
    let mut statements =
        vec![allow(&["logs:CreateLogStream", "logs:PutLogEvents"], [format!("{group}:*")].into_iter())];
    let repositories: BTreeSet<_> = images.into_iter().filter_map(|image| repository_of(image, group)).collect();
    if !repositories.is_empty() {
        let pull = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"];
        statements.push(allow(&pull, repositories.into_iter()));
        statements.push(allow(&["ecr:GetAuthorizationToken"], ["*".to_owned()].into_iter()));
    }
    let secrets: BTreeSet<&str> = secrets.into_iter().map(bare).collect();
    let (parameters, secrets): (Vec<&str>, Vec<&str>) =
        secrets.into_iter().partition(|arn| Arn::of(arn).service == "ssm");
    if !secrets.is_empty() {
        statements.push(allow(&["secretsmanager:GetSecretValue"], secrets.into_iter().map(ToOwned::to_owned)));
    }
    if !parameters.is_empty() {
        statements.push(allow(&["ssm:GetParameters"], parameters.into_iter().map(ToOwned::to_owned)));
    }
    Json::from(json!({ "Version": "2012-10-17", "Statement": statements }))
}

/// What the containers may do: what was asked for, and to open a shell where that is wanted, for which AWS knows no
/// resource ("Actions defined by Amazon Session Manager Message Gateway Service", Service Authorization Reference).
#[must_use]
pub fn task(permissions: &[Permission], exec: bool) -> Json {
    let mut statements: Vec<_> = permissions
        .iter()
        .map(|permission| {
            let actions: Vec<&str> = permission.actions.iter().map(String::as_str).collect();
            allow(&actions, permission.resources.iter().cloned())
        })
        .collect();
    if exec {
        let shell = [
            "ssmmessages:CreateControlChannel",
            "ssmmessages:CreateDataChannel",
            "ssmmessages:OpenControlChannel",
            "ssmmessages:OpenDataChannel",
        ];
        statements.push(allow(&shell, ["*".to_owned()].into_iter()));
    }
    Json::from(json!({ "Version": "2012-10-17", "Statement": statements }))
}

/// Which images of a service stay: the latest, to which a deployment may go back; none that lost its tag.
#[must_use]
pub fn images() -> Json {
    let rule = |priority: u8, description: &str, selection: serde_json::Value| {
        json!({
            "rulePriority": priority,
            "description": description,
            "selection": selection,
            "action": { "type": "expire" },
        })
    };
    let untagged = json!({
        "tagStatus": "untagged",
        "countType": "sinceImagePushed",
        "countUnit": "days",
        "countNumber": images::UNTAGGED_DAYS,
    });
    let older = json!({ "tagStatus": "any", "countType": "imageCountMoreThan", "countNumber": images::KEPT });
    Json::from(json!({ "rules": [rule(1, "Without a tag", untagged), rule(2, "All but the latest", older)] }))
}

fn allow(actions: &[&str], resources: impl Iterator<Item = String>) -> serde_json::Value {
    json!({ "Effect": "Allow", "Action": actions, "Resource": resources.collect::<Vec<_>>() })
}

/// The ARN of the ECR repository that an image is in, in the partition of another ARN; none for other registries.
fn repository_of(image: &str, other: &str) -> Option<String> {
    let (host, path) = image.split_once('/')?;
    let (account, rest) = host.split_once(".dkr.ecr.")?;
    let region = rest.split('.').next()?;
    let partition = other.split(':').nth(1)?;
    let name = path.split(['@', ':']).next()?;
    Some(format!("arn:{partition}:ecr:{region}:{account}:repository/{name}"))
}

/// The ARN of a secret without the key, stage and version that may stand behind it.
fn bare(value_from: &str) -> &str {
    const PARTS_OF_A_SECRETS_ARN: usize = 7;
    let end = value_from.match_indices(':').nth(PARTS_OF_A_SECRETS_ARN - 1).map(|(at, _)| at);
    end.map_or(value_from, |end| &value_from[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    const GROUP: &str = "arn:aws:logs:eu-west-1:123456789012:log-group:web";

    #[test]
    fn nothing_is_allowed_that_is_not_needed() {
        let policy = execution(GROUP, ["ghcr.io/us/app:1.8"], []).to_string();
        assert!(
            policy.contains("log-group:web:*") && !policy.contains("ecr:") && !policy.contains("secrets"),
            "{policy}"
        );
    }

    #[test]
    fn an_image_of_ecr_is_pulled_from_its_repository_alone() {
        for image in ["app:1", "app@sha256:0", "app"] {
            let image = format!("123456789012.dkr.ecr.eu-west-1.amazonaws.com/team/{image}");
            let policy = execution(GROUP, [image.as_str()], []).to_string();
            assert!(policy.contains("arn:aws:ecr:eu-west-1:123456789012:repository/team/app\""), "{policy}");
        }
    }

    #[test]
    fn secrets_are_read_without_what_stands_behind_them() {
        let secret = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-a1b2c3";
        let parameter = "arn:aws:ssm:eu-west-1:123456789012:parameter/key";
        let keyed = format!("{secret}:password::");
        let policy = execution(GROUP, ["app"], [keyed.as_str(), secret, parameter]).to_string();
        assert_eq!(policy.matches("secret:db-a1b2c3\"").count(), 1, "{policy}");
        assert!(!policy.contains("password") && policy.contains("ssm:GetParameters"), "{policy}");
    }
}
