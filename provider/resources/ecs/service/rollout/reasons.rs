//! Why tasks fail: AWS's words, what they mean, and what to do about it.

/// What the words of AWS, or of a container, mean.
#[derive(Debug)]
pub struct Reason {
    /// All of these are said.
    pub said: &'static [&'static str],
    /// And one of these, where there are any.
    pub and_one_of: &'static [&'static str],
    /// What that means.
    pub what: &'static str,
    /// What to do.
    pub advice: &'static str,
}

const fn reason(
    said: &'static [&'static str],
    and_one_of: &'static [&'static str],
    what: &'static str,
    advice: &'static str,
) -> Reason {
    Reason { said, and_one_of, what, advice }
}

const ARCHITECTURE: &str = "the image is for another processor than runtimePlatform says";
const BUILD_FOR_IT: &str = "Build the image for the architecture in the task definition's runtimePlatform (`architecture` of a FargateService), or change that to the image's";
const NO_WAY_OUT: &str = "Give the subnets a way there: a NAT gateway, public addresses, or VPC endpoints (ecr.api, ecr.dkr, s3, secretsmanager, logs), and let the security groups reach it";

/// The rows; the first that fits counts.
///
/// Source: "Stopped tasks error messages", "CannotPullContainer task errors", "ResourceInitializationError errors" and
/// "Exit codes", Amazon ECS Developer Guide.
pub const REASONS: &[Reason] = &[
    reason(&["exec format error"], &[], ARCHITECTURE, BUILD_FOR_IT),
    reason(
        &["CannotPull"],
        &["matching platform", "no matching manifest", "does not match the specified platform"],
        ARCHITECTURE,
        BUILD_FOR_IT,
    ),
    reason(
        &["CannotPull"],
        &["not found", "manifest unknown", "does not exist", "NotFound"],
        "an image can't be found",
        "Check the image's name and tag, and that it was pushed to that registry",
    ),
    reason(
        &["CannotPull"],
        &["toomanyrequests", "rate limit"],
        "the registry refuses to give more images for now",
        "Log in to the registry with repositoryCredentials, or keep the image in Amazon ECR",
    ),
    reason(
        &["CannotPull"],
        &["denied", "unauthorized", "AccessDenied", "no basic auth", "403"],
        "the execution role may not pull the image",
        "Allow ecr:GetAuthorizationToken, ecr:BatchCheckLayerAvailability, ecr:GetDownloadUrlForLayer and ecr:BatchGetImage to the execution role, and the account in the repository's policy",
    ),
    reason(
        &["CannotPull"],
        &["timeout", "dial tcp", "deadline", "connection refused", "request canceled"],
        "the registry can't be reached from the task's subnets",
        NO_WAY_OUT,
    ),
    reason(
        &["CannotPull"],
        &["no space left"],
        "the image doesn't fit into the task's storage",
        "Give the task more ephemeralStorage, or make the image smaller",
    ),
    reason(
        &["CannotPull"],
        &[],
        "an image can't be pulled",
        "Check the image's name, that the execution role may pull it, and that the subnets reach the registry",
    ),
    reason(
        &["ResourceInitializationError"],
        &["log group does not exist", "failed to validate logger args", "log group"],
        "the log group can't be written to",
        "Make the log group before the service, and allow logs:CreateLogStream and logs:PutLogEvents to the execution role",
    ),
    reason(
        &["ResourceInitializationError"],
        &["timeout", "dial tcp", "deadline", "connection refused"],
        "a service of AWS can't be reached from the task's subnets",
        NO_WAY_OUT,
    ),
    reason(
        &["ResourceInitializationError"],
        &["did not contain json key", "invalid character", "retrieved secret"],
        "a secret doesn't have the key that the task definition names",
        "Check the part behind the ARN in valueFrom, and the secret's JSON",
    ),
    reason(
        &["ResourceInitializationError"],
        &[
            "ResourceNotFoundException",
            "can't find the specified secret",
            "ParameterNotFound",
            "invalid parameters",
            "AWSCURRENT",
        ],
        "a secret or parameter isn't there, or has no value",
        "Check valueFrom, and give the secret a value before the service is deployed",
    ),
    reason(
        &["ResourceInitializationError"],
        &["secret", "ssm", "AccessDenied"],
        "a secret can't be read by the execution role",
        "Allow secretsmanager:GetSecretValue, or ssm:GetParameters, for it to the execution role, and kms:Decrypt where it is encrypted with a key of yours",
    ),
    reason(
        &["ResourceInitializationError"],
        &["efs", "mount"],
        "a file system can't be mounted",
        "Check the file system, its mount targets in the task's subnets, and the security groups (port 2049)",
    ),
    reason(&["ResourceInitializationError"], &[], "the task's surroundings can't be made", "See what AWS says"),
    reason(
        &["OutOfMemory"],
        &[],
        "a container used more memory than it has",
        "Give the task or the container more memory, or let it use less",
    ),
    reason(
        &["CannotStartContainerError"],
        &["executable file not found", "no such file"],
        "the container's command isn't in the image",
        "Check command and entryPoint, and that the image has that file",
    ),
    reason(&["CannotStartContainerError"], &[], "a container can't be started", "See what AWS says"),
    reason(
        &["assume"],
        &["role"],
        "the task's roles can't be assumed",
        "Let ecs-tasks.amazonaws.com assume both roles, and check their names",
    ),
    reason(
        &["failed container health checks"],
        &[],
        "a container's health check fails",
        "Try the healthCheck's command in the container, and give a slow start a startPeriod",
    ),
    reason(
        &["health checks"],
        &["ELB", "target", "Target"],
        "the load balancer's health check fails",
        "Check that the container listens at that port, answers the path with the codes that the target group expects, and that its security group lets the load balancer in; give a slow start a healthCheckGracePeriodSeconds",
    ),
    reason(
        &["Capacity is unavailable"],
        &[],
        "AWS has no capacity for such tasks in these Availability Zones now",
        "Try again later, or give the service subnets in more Availability Zones",
    ),
    reason(
        &["unable to place a task"],
        &[],
        "no instance can take a task",
        "See what the service says; tasks need an instance with enough CPU, memory and ports",
    ),
    reason(
        &["limit"],
        &["vCPU", "concurrent"],
        "the account's quota of running tasks is used up",
        "Ask for more Fargate vCPUs in the Service Quotas console of this region",
    ),
    reason(
        &["Essential container in task exited"],
        &[],
        "a container ended",
        "See its last lines; a service's containers have to go on",
    ),
];

/// What exit codes mean.
///
/// Source: "Exit codes", Amazon ECS Developer Guide; POSIX: 128 and the number of the signal.
pub const EXIT_CODES: &[(i32, &str)] = &[
    (0, "it had nothing more to do"),
    (126, "the command can't be run"),
    (127, "the command isn't in the image"),
    (134, "it aborted"),
    (137, "it was killed, mostly for want of memory"),
    (139, "it crashed, by a wrong access to memory"),
    (143, "it was told to end"),
];

/// What a text means.
pub fn find(text: &str) -> Option<&'static Reason> {
    REASONS.iter().find(|row| {
        row.said.iter().all(|said| text.contains(said))
            && (row.and_one_of.is_empty() || row.and_one_of.iter().any(|said| text.contains(said)))
    })
}

/// What an exit code means, where that is known.
pub fn of_exit_code(code: i32) -> Option<&'static str> {
    EXIT_CODES.iter().find(|(known, _)| *known == code).map(|(_, meaning)| *meaning)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn what(text: &str) -> &'static str {
        find(text).map_or("", |row| row.what)
    }

    #[test]
    fn aws_s_words_mean_what_its_guide_says() {
        for (text, means) in [
            (
                "CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref docker.io/library/app:1.9: docker.io/library/app:1.9: not found",
                "an image can't be found",
            ),
            (
                "CannotPullContainerError: AccessDeniedException: not authorized to perform: ecr:BatchGetImage",
                "the execution role may not pull the image",
            ),
            (
                "CannotPullContainerError: ref pull has been retried 5 time(s): dial tcp 52.1.2.3:443: i/o timeout",
                "the registry can't be reached from the task's subnets",
            ),
            (
                "CannotPullContainerError: image Manifest does not contain descriptor matching platform 'linux/amd64'",
                ARCHITECTURE,
            ),
            (
                "CannotPullContainerError: toomanyrequests: You have reached your pull rate limit",
                "the registry refuses to give more images for now",
            ),
            (
                "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secret from asm: AccessDeniedException",
                "a secret can't be read by the execution role",
            ),
            (
                "ResourceInitializationError: unable to retrieve secret from asm: ResourceNotFoundException: Secrets Manager can't find the specified secret",
                "a secret or parameter isn't there, or has no value",
            ),
            (
                "ResourceInitializationError: unable to pull secrets or registry auth: dial tcp: i/o timeout",
                "a service of AWS can't be reached from the task's subnets",
            ),
            (
                "ResourceInitializationError: failed to validate logger args: The specified log group does not exist",
                "the log group can't be written to",
            ),
            ("OutOfMemoryError: Container killed due to memory usage", "a container used more memory than it has"),
            ("exec /usr/local/bin/app: exec format error", ARCHITECTURE),
            ("Task failed ELB health checks in (target-group arn:aws:…)", "the load balancer's health check fails"),
            ("Task failed container health checks", "a container's health check fails"),
            ("Essential container in task exited", "a container ended"),
            (
                "ECS was unable to assume the role 'arn:aws:iam::123456789012:role/x'",
                "the task's roles can't be assumed",
            ),
            ("something new", ""),
        ] {
            assert_eq!(what(text), means, "{text}");
        }
    }
}
