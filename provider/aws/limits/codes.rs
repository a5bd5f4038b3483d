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
    // "Error codes for the Amazon EC2 API"; "Errors" of each IAM and CloudWatch Logs call.
    (Ends(".NotFound"), Refused(Gone)),
    (Ends("NotFound"), Refused(Gone)),
    (Ends("NotFoundException"), Refused(Gone)),
    (Begins("NoSuch"), Refused(Gone)),
    (Is("Gateway.NotAttached"), Refused(Gone)),
    (Is("EntityAlreadyExists"), Refused(Exists)),
    (Has("AlreadyExists"), Refused(Exists)),
    (Is("Resource.AlreadyAssociated"), Refused(Exists)),
    (Ends(".Duplicate"), Refused(Exists)),
    (Ends(".AlreadyExists"), Refused(Exists)),
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
    (Begins("ResourceInUse"), Refused(Conflict)),
    (Ends(".InUse"), Refused(Conflict)),
    (Is("EntityTemporarilyUnmodifiable"), Refused(Conflict)),
    (Is("ConflictException"), Refused(Conflict)),
    (Is("InvalidState"), Refused(Conflict)),
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
