//! What AWS's answer means: the one place where error codes are looked at.

use framework::error::Kind;

use super::{
    call::Call,
    limits::codes::{CODES, Code, Meaning},
};

/// What an error code, or without one the HTTP status, means.
#[must_use]
pub fn meaning(code: Option<&str>, status: u16) -> Meaning {
    let row = code.and_then(|code| CODES.iter().find(|(row, _)| row.fits(code)));
    match (row, status) {
        (Some((_, meaning)), _) => *meaning,
        (None, 429) => Meaning::Refused(Kind::Throttled),
        (None, 401) => Meaning::Refused(Kind::Unauthenticated),
        (None, 403) => Meaning::Refused(Kind::Forbidden),
        (None, 500..) => Meaning::Unsure,
        (None, _) => Meaning::Refused(Kind::Invalid),
    }
}

/// What the answer means for what happens next with the call.
#[must_use]
pub fn kind(call: Option<&Call>, code: Option<&str>, status: u16) -> Kind {
    match meaning(code, status) {
        Meaning::Refused(kind) => kind,
        Meaning::Unsure => unanswered(call),
    }
}

/// What it means for a call that no usable answer came.
#[must_use]
pub fn unanswered(call: Option<&Call>) -> Kind {
    if call.is_some_and(Call::looks) { Kind::Unavailable } else { Kind::Lost }
}

impl Code {
    fn fits(self, code: &str) -> bool {
        match self {
            Code::Is(text) => code == text,
            Code::Begins(text) => code.starts_with(text),
            Code::Ends(text) => code.ends_with(text),
            Code::Has(text) => code.contains(text),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(code: &str) -> Kind {
        kind(None, Some(code), 400)
    }

    #[test]
    fn codes_mean_what_aws_says() {
        for (code, means) in [
            ("InvalidSubnetID.NotFound", Kind::Gone),
            ("NoSuchEntity", Kind::Gone),
            ("NatGatewayNotFound", Kind::Gone),
            ("ResourceNotFoundException", Kind::Gone),
            ("InvalidVpcID.Malformed", Kind::Invalid),
            ("InvalidParameterValue", Kind::Invalid),
            ("DependencyViolation", Kind::Conflict),
            ("DeleteConflict", Kind::Conflict),
            ("InvalidIPAddress.InUse", Kind::Conflict),
            ("InvalidPermission.Duplicate", Kind::Exists),
            ("RouteAlreadyExists", Kind::Exists),
            ("ResourceAlreadyExistsException", Kind::Exists),
            ("EntityAlreadyExists", Kind::Exists),
            ("RepositoryAlreadyExistsException", Kind::Exists),
            ("LifecyclePolicyNotFoundException", Kind::Gone),
            ("ResourceExistsException", Kind::Exists),
            ("InvalidRequestException", Kind::Invalid),
            ("KMSInvalidStateException", Kind::Invalid),
            ("AlreadyExistsException", Kind::Exists),
            ("RepositoryNotEmptyException", Kind::Invalid),
            ("ObjectNotFoundException", Kind::Gone),
            ("ConcurrentUpdateException", Kind::Conflict),
            ("FailedResourceAccessException", Kind::Invalid),
            ("VpcLimitExceeded", Kind::Quota),
            ("LimitExceededException", Kind::Quota),
            ("RequestLimitExceeded", Kind::Throttled),
            ("ThrottlingException", Kind::Throttled),
            ("UnauthorizedOperation", Kind::Forbidden),
            ("AccessDeniedException", Kind::Forbidden),
            ("ExpiredToken", Kind::Unauthenticated),
            ("InvalidClientTokenId", Kind::Unauthenticated),
            ("LoadBalancerNotFound", Kind::Gone),
            ("DuplicateListener", Kind::Exists),
            ("PriorityInUse", Kind::Exists),
            ("ResourceInUse", Kind::Conflict),
            ("TooManyRules", Kind::Quota),
            ("TooManyUniqueTargetGroupsPerLoadBalancer", Kind::Quota),
            ("TooManyRequestsException", Kind::Throttled),
            ("DBSubnetGroupNotFoundFault", Kind::Gone),
            ("DBInstanceNotFound", Kind::Gone),
            ("DBInstanceAlreadyExists", Kind::Exists),
            ("DBClusterAlreadyExistsFault", Kind::Exists),
            ("InvalidDBInstanceState", Kind::Conflict),
            ("InvalidDBSubnetGroupStateFault", Kind::Conflict),
            ("InvalidDBSubnetGroupFault", Kind::Invalid),
            ("InvalidDBParameterGroupState", Kind::Conflict),
            ("InstanceQuotaExceeded", Kind::Quota),
            ("ReplicationGroupNotFoundFault", Kind::Gone),
            ("CacheParameterGroupNotFound", Kind::Gone),
            ("ReplicationGroupAlreadyExists", Kind::Exists),
            ("InvalidReplicationGroupState", Kind::Conflict),
            ("InvalidCacheParameterGroupState", Kind::Conflict),
            ("CacheSubnetGroupInUse", Kind::Conflict),
            ("NodeQuotaForCustomerExceeded", Kind::Quota),
            ("SnapshotFeatureNotSupportedFault", Kind::Invalid),
            ("SnapshotQuotaExceededFault", Kind::Quota),
            ("SomethingNew", Kind::Invalid),
        ] {
            assert_eq!(of(code), means, "{code}");
        }
    }

    #[test]
    fn a_failure_of_awss_own_is_lost_for_a_call_that_writes() {
        let write = Call::of_error("aws_sdk_ec2::operation::x::CreateSubnetError");
        let read = Call::of_error("aws_sdk_ec2::operation::x::DescribeSubnetsError");
        assert_eq!(kind(write.as_ref(), Some("InternalError"), 500), Kind::Lost);
        assert_eq!(kind(read.as_ref(), Some("InternalError"), 500), Kind::Unavailable);
        assert_eq!(kind(write.as_ref(), Some("InsufficientInstanceCapacity"), 500), Kind::Unavailable);
    }

    #[test]
    fn an_answer_without_a_code_goes_by_its_status() {
        assert_eq!(kind(None, None, 429), Kind::Throttled);
        assert_eq!(kind(None, None, 502), Kind::Lost);
        assert_eq!(kind(None, None, 404), Kind::Invalid);
    }
}
