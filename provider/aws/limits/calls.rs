//! How a single call is made: attempts, timeouts, what may be repeated.

use std::time::Duration;

/// How often a call is tried when neither the configuration nor `AWS_MAX_ATTEMPTS` says so.
///
/// The SDK's own three are too few beside hundreds of parallel resources.
/// Source: pulumi-aws-native issue 690 (gave up after three), "Retry behavior", AWS SDKs and Tools Reference Guide.
pub const ATTEMPTS: u32 = 9;

/// How often a call is tried that can't reach its endpoint, so that a wrong endpoint fails in seconds.
///
/// Source: terraform-provider-aws, docs/retries-and-waiters.md (network errors are cut short).
pub const ATTEMPTS_TO_CONNECT: u32 = 4;

/// The longest pause between two attempts.
///
/// Source: "Retry behavior", AWS SDKs and Tools Reference Guide (20 seconds).
pub const LONGEST_PAUSE: Duration = Duration::from_secs(20);

/// How long to wait for a connection.
///
/// Source: "Smart configuration defaults", AWS SDKs and Tools Reference Guide (`standard`: 3.1 seconds).
pub const CONNECT: Duration = Duration::from_millis(3100);

/// How long to wait for an answer. AWS's control planes answer in seconds.
///
/// Source: botocore's default `read_timeout`, 60 seconds.
pub const ANSWER: Duration = Duration::from_secs(60);

/// How long a connection is kept that nobody uses. When AWS hangs up on a kept one just as a create
/// leaves through it, the answer is lost; so we hang up first.
///
/// Source: "Connection reuse", AWS SDKs and Tools: AWS's endpoints keep idle connections for 20 seconds and more.
pub const IDLE: Duration = Duration::from_secs(10);

/// How long a credential process, SSO, or the instance metadata service may take.
///
/// Source: AWS SDK for Rust, `LazyCacheBuilder::load_timeout` is 5 seconds, too short for a process
/// that asks a person; botocore waits for a process without a bound.
pub const CREDENTIALS: Duration = Duration::from_secs(60);

/// How calls begin that make something new each time they are repeated.
///
/// Source: the operation names in botocore's service models.
pub const MAKING: &[&str] = &[
    "Allocate",
    // Makes records, unless its body says otherwise: see `CLIENT_TOKENS`.
    "ChangeResourceRecordSets",
    "Copy",
    "Create",
    "Import",
    "Issue",
    "Provision",
    "Publish",
    "Purchase",
    "Register",
    "Replicate",
    "Request",
    "Restore",
    "Run",
    "Start",
];

/// The calls that begin so, and make nothing new when they are repeated.
///
/// Source: "RestoreSecret", AWS Secrets Manager API Reference (takes the date of deletion off).
pub const REPEATABLE: &[&str] = &["RestoreSecret"];

/// How calls begin that change nothing.
///
/// Source: the operation names in botocore's service models.
pub const LOOKING: &[&str] = &[
    "BatchCheck",
    "BatchGet",
    "Check",
    "Describe",
    "Estimate",
    "Filter",
    "Get",
    "Head",
    "List",
    "Lookup",
    "Query",
    "Search",
    "Select",
    "Test",
    "Validate",
    "Verify",
];

/// How a request's body shows that it may be repeated: a token by which AWS knows a repeated request, or a change of
/// records (our batches have one) after which nothing is left to do.
///
/// Source: members with the trait `smithy.api#idempotencyToken` in AWS's models, in each protocol's spelling.
pub const CLIENT_TOKENS: &[&str] = &[
    "&ClientToken=",
    "\"clientToken\":",
    "\"ClientToken\":",
    "\"clientRequestToken\":",
    "\"ClientRequestToken\":",
    "&IdempotencyToken=",
    "\"IdempotencyToken\":",
    "<CallerReference>",
    "<Action>UPSERT</Action>",
    "<Action>DELETE</Action>",
    "\"creatorRequestId\":",
    "\"CreatorRequestId\":",
];

/// How long finds are gathered before they leave as one call.
///
/// Ours: short beside the 20 to 100 ms that a call takes.
pub const GATHER: Duration = Duration::from_millis(10);

/// How many things one call asks for by id.
///
/// Source: "API request throttling", Amazon EC2 Developer Guide (smaller batches are less likely to time out);
/// describe calls accept up to 1,000.
pub const IDS_AT_ONCE: usize = 100;

/// How many hosted zones one call lists the tags of.
///
/// Source: "ListTagsForResources", Amazon Route 53 API Reference (`ResourceIds`: at most 10).
pub const ZONES_AT_ONCE: usize = 10;
/// How many scalable targets one call asks for.
///
/// Source: `ResourceIds` of `DescribeScalableTargets`, Application Auto Scaling API Reference (at most 50).
pub const SCALABLE_TARGETS_AT_ONCE: usize = 50;
/// How many load balancers, target groups, listeners or rules one call describes by ARN, or by their tags.
///
/// Source: `DescribeLoadBalancers` and `DescribeTags`, Elastic Load Balancing API Reference 2015-12-01 ("up to 20 in a
/// single call").
pub const BALANCING_ARNS_AT_ONCE: usize = 20;

/// How many keys one call lists.
///
/// Source: `Limit` of `ListKeys`, AWS KMS API Reference (1 to 1,000; 100 when absent).
pub const KEYS_PAGE: i32 = 1000;

/// Of how many keys the tags are asked for at once.
///
/// Ours: KMS takes 2,000 such calls a second ("Request quotas", AWS KMS Developer Guide).
pub const KEYS_AT_ONCE: usize = 16;

/// How many elements a page holds.
///
/// Source: `MaxResults` of the EC2 describe calls (5 to 1,000).
pub const PAGE: i32 = 1000;

/// How many record sets one call lists.
///
/// Source: "ListResourceRecordSets", Amazon Route 53 API Reference (`MaxItems`: at most 300).
pub const RECORDS_PAGE: i32 = 300;

/// For how long a create that was cut off may be taken up again.
///
/// Source: design.md, "Crash safety".
pub const ADOPTABLE: Duration = Duration::from_secs(24 * 60 * 60);
