//! AWS's refusals in our words.

use aws_credential_types::provider::error::CredentialsError;
use framework::error::Kind;

use super::wire::{Answer, Wire, ec2_error};
use crate::aws::{Error, credentials};

async fn refusal(status: u16, code: &'static str, message: &'static str) -> Error {
    let wire = Wire::saying(move |_, _| ec2_error(status, code, message));
    wire.session().await.ec2().create_subnet().send().await.unwrap_err().into()
}

#[tokio::test]
async fn forbidden_names_the_action_and_hides_the_blob() {
    let error = refusal(
        403,
        "UnauthorizedOperation",
        "You are not authorized. Encoded authorization failure message: c2VjcmV0",
    )
    .await;
    assert_eq!(error.kind(), Kind::Forbidden);
    assert_eq!(error.code(), Some("UnauthorizedOperation"));
    let told = error.to_string();
    assert!(told.starts_with("ec2:CreateSubnet: You are not authorized (UnauthorizedOperation, request req-1). Allow the IAM action ec2:CreateSubnet"), "{told}");
    assert!(!told.contains("c2VjcmV0"));
}

#[tokio::test]
async fn kinds_say_what_happens_next() {
    assert!(refusal(400, "InvalidVpcID.NotFound", "The vpc ID 'vpc-1' does not exist").await.is_gone());
    assert_eq!(refusal(400, "DependencyViolation", "has dependencies").await.kind(), Kind::Conflict);
    assert_eq!(refusal(400, "SubnetLimitExceeded", "too many").await.kind(), Kind::Quota);
    let expired = refusal(400, "ExpiredToken", "The security token included in the request is expired").await;
    assert_eq!(expired.kind(), Kind::Unauthenticated);
    assert!(expired.to_string().contains("renew"), "{expired}");
}

#[tokio::test]
async fn json_services_are_understood_too() {
    let body = r#"{"__type":"ResourceNotFoundException","message":"The specified log group does not exist."}"#;
    let wire = Wire::saying(move |_, _| Answer::Is(400, body.to_owned()));
    let error =
        Error::from(wire.session().await.logs().delete_log_group().log_group_name("x").send().await.unwrap_err());
    assert!(error.is_gone());
    assert!(error.to_string().starts_with("logs:DeleteLogGroup: The specified log group does not exist"), "{error}");
}

#[test]
fn a_request_that_lacks_something_is_our_mistake() {
    let error = Error::from(aws_sdk_iam::types::Tag::builder().build().unwrap_err());
    assert_eq!(error.kind(), Kind::Internal, "{error}");
}

#[test]
fn missing_credentials_say_where_we_looked() {
    let told = credentials::explained(&CredentialsError::not_loaded("nothing in the chain"));
    assert_eq!(told.kind(), Kind::Unauthenticated);
    assert!(told.to_string().contains("AWS_ACCESS_KEY_ID"));
}
