//! One call to AWS, as far as retries, rates and errors care.

use std::fmt;

use aws_smithy_runtime_api::client::orchestrator::Metadata;
use aws_smithy_types::config_bag::{Storable, StoreReplace};

use super::{limits::calls, services::Service};

/// A call by name: `ec2:CreateSubnet`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// The service's name.
    pub service: String,
    /// The operation's name.
    pub operation: String,
    /// Whether the service is the same in all regions.
    pub global: bool,
    /// Whether the request carries a token by which AWS knows a repeated one.
    pub tokened: bool,
}

impl Storable for Call {
    type Storer = StoreReplace<Self>;
}

impl Call {
    /// The call that the SDK is about to send.
    #[must_use]
    pub fn sent(metadata: &Metadata, body: &[u8]) -> Self {
        let service = Service::with_id(metadata.service());
        Call {
            service: service.map_or_else(|| metadata.service().to_lowercase(), |service| service.name.to_owned()),
            operation: metadata.name().to_owned(),
            global: service.is_some_and(|service| service.global),
            tokened: calls::CLIENT_TOKENS.iter().any(|token| holds(body, token.as_bytes())),
        }
    }

    /// The call that an error type of the SDK's belongs to: `aws_sdk_ec2::operation::create_subnet::CreateSubnetError`.
    #[must_use]
    pub fn of_error(path: &str) -> Option<Self> {
        let (service, rest) = Service::of_type(path)?;
        let operation = rest.rsplit("::").next()?.strip_suffix("Error")?;
        Some(Call {
            service: service.name.to_owned(),
            operation: operation.to_owned(),
            global: service.global,
            tokened: false,
        })
    }

    /// Whether it changes nothing.
    #[must_use]
    pub fn looks(&self) -> bool {
        begins(&self.operation, calls::LOOKING)
    }

    /// Whether sending it twice could make two things.
    #[must_use]
    pub fn doubles(&self) -> bool {
        let repeatable = self.tokened || calls::REPEATABLE.contains(&self.operation.as_str());
        !repeatable && begins(&self.operation, calls::MAKING)
    }
}

impl fmt::Display for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.service, self.operation)
    }
}

fn begins(operation: &str, with: &[&str]) -> bool {
    with.iter().any(|begin| operation.starts_with(begin))
}

fn holds(body: &[u8], part: &[u8]) -> bool {
    body.windows(part.len()).any(|window| window == part)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(operation: &'static str, service: &'static str, body: &str) -> Call {
        Call::sent(&Metadata::new(operation, service), body.as_bytes())
    }

    #[test]
    fn a_create_doubles_unless_it_carries_a_token() {
        assert!(sent("CreateSubnet", "EC2", "Action=CreateSubnet&VpcId=vpc-1").doubles());
        assert!(!sent("CreateNatGateway", "EC2", "Action=CreateNatGateway&ClientToken=a1").doubles());
        assert!(!sent("DeleteSubnet", "EC2", "Action=DeleteSubnet&SubnetId=subnet-1").doubles());
        assert!(sent("RestoreDBInstanceFromDBSnapshot", "RDS", "").doubles());
        assert!(!sent("RestoreSecret", "Secrets Manager", "{}").doubles());
    }

    #[test]
    fn only_a_batch_that_makes_records_doubles() {
        let batch = |action: &str| format!("<Changes><Change><Action>{action}</Action></Change></Changes>");
        let doubles = |action| sent("ChangeResourceRecordSets", "Route 53", &batch(action)).doubles();
        assert_eq!(["CREATE", "UPSERT", "DELETE"].map(doubles), [true, false, false]);
    }

    #[test]
    fn a_value_that_looks_like_a_token_is_none() {
        assert!(sent("CreateVpc", "EC2", "Action=CreateVpc&Tag.1.Value=%26ClientToken%3D1").doubles());
    }

    #[test]
    fn calls_are_named_as_iam_names_them() {
        assert_eq!(sent("CreateLogGroup", "CloudWatch Logs", "{}").to_string(), "logs:CreateLogGroup");
        let path = std::any::type_name::<aws_sdk_ec2::operation::create_subnet::CreateSubnetError>();
        assert_eq!(Call::of_error(path).map(|call| call.to_string()).as_deref(), Some("ec2:CreateSubnet"));
    }

    #[test]
    fn the_sdk_calls_services_as_the_table_says() {
        let path = std::any::type_name::<aws_sdk_cloudwatchlogs::operation::create_log_group::CreateLogGroupError>();
        assert_eq!(Call::of_error(path).map(|call| call.to_string()).as_deref(), Some("logs:CreateLogGroup"));
    }
}
