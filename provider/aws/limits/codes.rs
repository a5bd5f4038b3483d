//! AWS's error codes, and what they mean for what happens next.

use framework::error::Kind;

/// Which codes a row is for.
#[derive(Clone, Copy, Debug)]
pub enum Code {
    /// Exactly this one.
    Is(&'static str),
    /// All that begin so.
    Begins(&'static str),
    /// All that end so.
    Ends(&'static str),
    /// All that have it somewhere.
    Has(&'static str),
}

/// What a code means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// AWS refused, and did nothing.
    Refused(Kind),
    /// AWS failed on the way: a call that writes may have been done.
    Unsure,
}

use Code::{Begins, Ends, Has, Is};
use Kind::{Conflict, Exists, Forbidden, Gone, Invalid, Quota, Throttled, Unauthenticated, Unavailable};
use Meaning::{Refused, Unsure};

/// The codes; the first row that fits counts. A code without a row goes by its HTTP status.
pub const CODES: &[(Code, Meaning)] = &[
    // "Error codes for the Amazon EC2 API" and "Common errors" in each service's API reference; SDK `THROTTLING_ERRORS`.
    (Is("RequestLimitExceeded"), Refused(Throttled)),
    (Is("BandwidthLimitExceeded"), Refused(Throttled)),
    (Is("TooManyRequestsException"), Refused(Throttled)),
    (Is("SlowDown"), Refused(Throttled)),
    (Is("PriorRequestNotComplete"), Refused(Throttled)),
    (Begins("RequestThrottled"), Refused(Throttled)),
    (Has("Throttl"), Refused(Throttled)),
    // "Common errors", AWS Security Token Service API Reference; "Error codes for the Amazon EC2 API".
    (Is("AuthFailure"), Refused(Unauthenticated)),
    (Begins("ExpiredToken"), Refused(Unauthenticated)),
    (Is("RequestExpired"), Refused(Unauthenticated)),
    (Is("TokenRefreshRequired"), Refused(Unauthenticated)),
    (Is("InvalidClientTokenId"), Refused(Unauthenticated)),
    (Is("InvalidAccessKeyId"), Refused(Unauthenticated)),
    (Begins("UnrecognizedClient"), Refused(Unauthenticated)),
    (Is("SignatureDoesNotMatch"), Refused(Unauthenticated)),
    (Begins("InvalidSignature"), Refused(Unauthenticated)),
    (Begins("IncompleteSignature"), Refused(Unauthenticated)),
    (Begins("MissingAuthenticationToken"), Refused(Unauthenticated)),
    (Begins("AccessDenied"), Refused(Forbidden)),
    (Is("UnauthorizedOperation"), Refused(Forbidden)),
    (Begins("NotAuthorized"), Refused(Forbidden)),
    (Is("OptInRequired"), Refused(Forbidden)),
    (Is("PendingVerification"), Refused(Forbidden)),
    (Begins("SubscriptionRequired"), Refused(Forbidden)),
    // "Errors" of each call, Amazon Route 53 API Reference. A VPC that is unknown may be too new for Route 53.
    (Is("InvalidVPCId"), Refused(Gone)),
    (Is("ConflictingDomainExists"), Refused(Exists)),
    (Is("HostedZoneNotEmpty"), Refused(Conflict)),
    (Is("TooManyHostedZones"), Refused(Quota)),
    (Is("DelegationSetNotAvailable"), Refused(Quota)),
    (Is("LimitsExceeded"), Refused(Quota)),
    (Is("InsufficientCloudWatchLogsResourcePolicy"), Refused(Invalid)),
    // "Error codes for the Amazon EC2 API"; "Errors" of each IAM and CloudWatch Logs call.
    (Ends(".NotFound"), Refused(Gone)),
    (Ends("NotFound"), Refused(Gone)),
    (Ends("NotFoundException"), Refused(Gone)),
    (Ends("NotFoundFault"), Refused(Gone)),
    (Begins("NoSuch"), Refused(Gone)),
    (Is("Gateway.NotAttached"), Refused(Gone)),
    (Is("EntityAlreadyExists"), Refused(Exists)),
    (Has("AlreadyExists"), Refused(Exists)),
    (Is("Resource.AlreadyAssociated"), Refused(Exists)),
    // "Errors" of `CreateSecret`, AWS Secrets Manager API Reference.
    (Is("ResourceExistsException"), Refused(Exists)),
    (Ends(".Duplicate"), Refused(Exists)),
    (Ends(".AlreadyExists"), Refused(Exists)),
    // "Errors" of each call, Amazon ElastiCache API Reference.
    (Ends("NotFoundFault"), Refused(Gone)),
    (Begins("InvalidReplicationGroupState"), Refused(Conflict)),
    (Begins("InvalidCacheClusterState"), Refused(Conflict)),
    (Begins("InvalidCacheParameterGroupState"), Refused(Conflict)),
    (Begins("InvalidUserGroupState"), Refused(Conflict)),
    (Is("CacheSubnetGroupInUse"), Refused(Conflict)),
    (Is("SubnetInUse"), Refused(Conflict)),
    (Begins("ClusterQuotaFor"), Refused(Quota)),
    (Begins("NodeQuotaFor"), Refused(Quota)),
    (Begins("TagQuotaPer"), Refused(Quota)),
    // "Errors" of the create calls, Elastic Load Balancing API Reference 2015-12-01.
    (Is("DuplicateLoadBalancerName"), Refused(Exists)),
    (Is("DuplicateTargetGroupName"), Refused(Exists)),
    (Is("DuplicateListener"), Refused(Exists)),
    (Is("PriorityInUse"), Refused(Exists)),
    (Is("DependencyViolation"), Refused(Conflict)),
    (Begins("DeleteConflict"), Refused(Conflict)),
    (Begins("IncorrectState"), Refused(Conflict)),
    (Is("IncorrectInstanceState"), Refused(Conflict)),
    (Begins("OperationAborted"), Refused(Conflict)),
    (Begins("ConcurrentModification"), Refused(Conflict)),
    // "Errors" of `RegisterScalableTarget`, Application Auto Scaling API Reference (with the HTTP status 500).
    (Is(CONCURRENT_UPDATE), Refused(Conflict)),
    (Begins("ResourceInUse"), Refused(Conflict)),
    (Ends(".InUse"), Refused(Conflict)),
    (Is("EntityTemporarilyUnmodifiable"), Refused(Conflict)),
    (Is("ConflictException"), Refused(Conflict)),
    (Is("InvalidState"), Refused(Conflict)),
    // "Errors" of each call, Amazon RDS API Reference: something else is going on there, or uses it.
    (Begins("InvalidDBInstanceState"), Refused(Conflict)),
    (Begins("InvalidDBClusterState"), Refused(Conflict)),
    (Begins("InvalidDBParameterGroupState"), Refused(Conflict)),
    (Begins("InvalidResourceState"), Refused(Conflict)),
    (Begins("InvalidDBSubnetGroupState"), Refused(Conflict)),
    (Begins("InvalidDBSubnetState"), Refused(Conflict)),
    // "Common errors" and "Errors" of each call, Amazon ECS API Reference.
    (Begins("ClusterContains"), Refused(Conflict)),
    (Is("UpdateInProgressException"), Refused(Conflict)),
    (Is("ServerException"), Unsure),
    (Is("ServiceNotActiveException"), Refused(Gone)),
    (Is("BlockedException"), Refused(Forbidden)),
    (Ends("LimitExceeded"), Refused(Quota)),
    (Begins("LimitExceeded"), Refused(Quota)),
    (Has("QuotaExceeded"), Refused(Quota)),
    // "Errors" of each call, Elastic Load Balancing API Reference 2015-12-01: TooManyRules, TooManyTargetGroups and their kin.
    (Begins("TooMany"), Refused(Quota)),
    (Is("TargetGroupAssociationLimit"), Refused(Quota)),
    (Is("CapacityReservationPending"), Refused(Conflict)),
    (Begins("Insufficient"), Refused(Unavailable)),
    (Begins("InternalError"), Unsure),
    (Begins("InternalFailure"), Unsure),
    (Begins("InternalServer"), Unsure),
    (Begins("ServiceUnavailable"), Unsure),
    (Begins("ServiceFailure"), Unsure),
    (Is("Unavailable"), Unsure),
    (Begins("RequestTimeout"), Refused(Unavailable)),
    (Begins("Invalid"), Refused(Invalid)),
    (Begins("Validation"), Refused(Invalid)),
];

/// How AWS says that it can't assume a role that was made just now; the code is `InvalidParameter`, which means anything.
///
/// Source: terraform-provider-aws internal/service/ec2 (flow log: retried as IAM propagation).
pub const ROLE_NOT_ASSUMABLE: &str = "Unable to assume given IAM role";

/// How Route 53 says why it takes no change of records; the code is `InvalidChangeBatch` for everything.
///
/// Source: terraform-provider-aws internal/service/route53 (record: the same texts).
pub mod change_batches {
    /// The code.
    pub const CODE: &str = "InvalidChangeBatch";
    /// There is such a record set already.
    pub const EXISTS: &str = "but it already exists";
    /// There is one that can't stand beside it, such as a CNAME.
    pub const CONFLICTS: &str = "conflicting RRSet";
    /// There is no such record set.
    pub const NOT_FOUND: &str = "not found";
    /// There is one with other values.
    pub const DIFFERS: &str = "do not match the current values";
}

/// Route 53 has made a hosted zone with this very caller reference.
///
/// Source: "CreateHostedZone", Amazon Route 53 API Reference.
pub const CALLER_REFERENCE_USED: &str = "HostedZoneAlreadyExists";

/// How Amazon ECS says that a role can't be assumed yet; the code is `InvalidParameterException`, which means anything.
///
/// Source: pulumi-aws issue 1041; terraform-provider-aws internal/service/ecs (retried as IAM propagation).
pub const ECS_ROLE_NOT_ASSUMABLE: &[&str] =
    &["Unable to assume the service linked role", "unable to assume the role", "Unable to assume role"];

/// Whether an error has one of these in its words.
#[must_use]
pub fn says(error: &impl std::fmt::Display, words: &[&str]) -> bool {
    let told = error.to_string();
    words.iter().any(|word| told.contains(word))
}

/// How Amazon ECS says that there is no such task definition; the code is `ClientException`, which means anything.
///
/// Source: terraform-provider-aws internal/service/ecs (task definition, `FindTaskDefinition`).
pub const NO_SUCH_TASK_DEFINITION: &[&str] = &["Unable to describe task definition"];

/// How Amazon ECS says that what a service needs isn't ready yet: a target group without a load balancer, a new cluster.
///
/// Source: terraform-provider-aws internal/service/ecs (service create: retried as propagation).
pub const NOT_READY_FOR_A_SERVICE: &[&str] =
    &["does not have an associated load balancer", "is not in ACTIVE state", "is not in an ACTIVE state"];
/// How ECR says that a repository isn't deleted without its images.
///
/// Source: "Errors" of `DeleteRepository`, Amazon ECR API Reference.
pub const REPOSITORY_NOT_EMPTY: &str = "RepositoryNotEmptyException";

/// How ECR says that there is no image of that tag.
///
/// Source: "Errors" of `DescribeImages`, Amazon ECR API Reference.
pub const NO_SUCH_IMAGE: &str = "ImageNotFoundException";

/// How ECR says that a repository has a layer already.
///
/// Source: "Errors" of `CompleteLayerUpload`, Amazon ECR API Reference.
pub const LAYER_EXISTS: &str = "LayerAlreadyExistsException";

/// How ECR says that a repository has an image under that tag already: the same, or another one where tags stay.
///
/// Source: "Errors" of `PutImage`, Amazon ECR API Reference.
pub const IMAGE_EXISTS: &[&str] = &["ImageAlreadyExistsException", "ImageTagAlreadyExistsException"];

/// How ECR says that parts of a layer came twice, or not in their order, or that it doesn't know of the upload.
///
/// Source: "Errors" of `UploadLayerPart` and `CompleteLayerUpload`, Amazon ECR API Reference.
pub const UPLOAD_UNDONE: &[&str] = &["InvalidLayerPartException", "UploadNotFoundException", "EmptyUploadException"];

/// How Application Auto Scaling says that another change of the same thing isn't done yet; it did nothing then.
///
/// Source: "Errors" of `RegisterScalableTarget` and `PutScalingPolicy`, Application Auto Scaling API Reference.
pub const CONCURRENT_UPDATE: &str = "ConcurrentUpdateException";

/// How Application Auto Scaling says that it couldn't look at the alarms of a policy.
///
/// Source: "Errors" of `PutScalingPolicy`, Application Auto Scaling API Reference.
pub const FAILED_RESOURCE_ACCESS: &str = "FailedResourceAccessException";

/// What stands in that answer where CloudWatch was only asked too often.
///
/// Source: terraform-provider-aws internal/service/appautoscaling (policy: retried).
pub const RESOURCES_ASKED_TOO_OFTEN: &str = "Rate exceeded";

/// How Secrets Manager says that a secret isn't in the state for a call, such as one that was scheduled for deletion.
///
/// Source: "Errors" of `DeleteSecret` and `UpdateSecret`, AWS Secrets Manager API Reference.
pub const SECRET_NOT_IN_STATE: &str = "InvalidRequestException";

/// How Secrets Manager says that a name is that of a secret in its recovery window; the code is
/// `InvalidRequestException`, which means anything.
///
/// Source: "Errors" of `CreateSecret`, AWS Secrets Manager API Reference; knowledge center, "delete-secrets-manager-secret".
pub const SECRET_SCHEDULED_FOR_DELETION: &[&str] = &["scheduled for deletion"];

/// How Secrets Manager says that a secret isn't deleted with its replicas; the code is `InvalidParameterException`.
///
/// Source: aws-nuke issue 1127 (the same text).
pub const SECRET_HAS_REPLICAS: &[&str] = &["still has replica regions"];

/// How Secrets Manager says that it can't use a key, perhaps because it was made just now.
///
/// Source: "Errors" of `CreateSecret`, AWS Secrets Manager API Reference.
pub const SECRET_KEY_UNUSABLE: &str = "EncryptionFailure";

/// How Secrets Manager says that a secret can't be rotated yet: a rotation is under way, or its function's permission is
/// too new. The codes are `InvalidRequestException` and `AccessDeniedException`, which mean anything.
///
/// Source: "RotateSecret", AWS Secrets Manager API Reference (a rotation under way); terraform-provider-aws
/// internal/service/secretsmanager (secret rotation: the function is retried).
pub const NOT_YET_ROTATABLE: &[&str] = &[
    "previous rotation isn",
    "revious rotation request is still in progress",
    "cannot invoke the specified Lambda function",
];

/// How KMS says that a key isn't in the state for a call, such as one that was scheduled for deletion.
///
/// Source: "Key states of AWS KMS keys", AWS KMS Developer Guide.
pub const KEY_NOT_IN_STATE: &str = "KMSInvalidStateException";

/// How KMS says that a key is disabled.
///
/// Source: "Errors" of `EnableKeyRotation`, AWS KMS API Reference.
pub const KEY_DISABLED: &str = "DisabledException";

/// How KMS says that it doesn't know whom a policy names, perhaps because it was made just now; the code is
/// `MalformedPolicyDocumentException`, which means anything.
///
/// Source: terraform-provider-aws internal/service/kms (key: retried as IAM propagation).
pub const KEY_POLICY_NAMES_UNKNOWN: &[&str] = &["invalid principals"];

/// How KMS says that nobody could change a policy any more, with the same code.
///
/// Source: `BypassPolicyLockoutSafetyCheck` of `PutKeyPolicy`, AWS KMS API Reference.
pub const KEY_POLICY_LOCKS_OUT: &[&str] = &["will not allow you to update the key policy"];

/// How Application Auto Scaling says that it doesn't know of an ECS service, perhaps because it was made just now;
/// the code is `ValidationException`, which means anything.
///
/// Source: terraform-provider-aws internal/service/appautoscaling (target: retried).
pub const ECS_SERVICE_UNKNOWN: &str = "ECS service doesn't exist";

/// How RDS says that it can't use the role for metrics of the operating system yet; the code is `InvalidParameterValue`,
/// which means anything.
///
/// Source: terraform-provider-aws internal/service/rds (instance: retried as IAM propagation).
pub const MONITORING_ROLE_NOT_ASSUMABLE: &[&str] = &["ENHANCED_MONITORING"];

/// How RDS says that there is a snapshot of that name.
///
/// Source: "Errors" of `DeleteDBInstance` and `DeleteDBCluster`, Amazon RDS API Reference.
pub const DB_SNAPSHOT_EXISTS: &[&str] = &["DBSnapshotAlreadyExists", "DBClusterSnapshotAlreadyExistsFault"];
/// How ElastiCache says that a group's nodes or its engine make no snapshots.
///
/// Source: "Errors" of `DeleteReplicationGroup`, Amazon ElastiCache API Reference.
pub const SNAPSHOTS_UNSUPPORTED: &str = "SnapshotFeatureNotSupportedFault";

/// How ElastiCache says that there is a snapshot of that name.
///
/// Source: "Errors" of `DeleteReplicationGroup`, Amazon ElastiCache API Reference.
pub const SNAPSHOT_EXISTS: &str = "SnapshotAlreadyExistsFault";

/// How ElastiCache says that there are too many snapshots.
///
/// Source: "Errors" of `DeleteReplicationGroup`, Amazon ElastiCache API Reference.
pub const TOO_MANY_SNAPSHOTS: &str = "SnapshotQuotaExceededFault";

/// How ElastiCache says that a group isn't in a state in which it can be changed or deleted.
///
/// Source: "Errors" of `DeleteReplicationGroup`, Amazon ElastiCache API Reference.
pub const REPLICATION_GROUP_BUSY: &str = "InvalidReplicationGroupState";
