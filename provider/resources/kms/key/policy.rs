//! The policy of a key: who may use and administer it.

use aws_smithy_runtime_api::client::{orchestrator::HttpResponse, result::SdkError};
use aws_smithy_types::error::metadata::ProvideErrorMetadata;
use framework::{property::Json, resource::Look};
use serde_json::{Value, json};

use crate::{
    aws::{
        Cx, Error, Result, answered,
        limits::{codes, waits},
    },
    resources::{kms_calls as calls, policy_meaning},
};

/// The name of the only policy that a key has.
///
/// Source: `PolicyName` of `PutKeyPolicy`, AWS KMS API Reference.
const NAME: &str = "default";

/// The policy of a key; none where the program says none and it is the one that KMS gives to all.
pub(super) async fn seen(cx: &Cx, id: &str, arn: &str, said: Option<Json>) -> Result<Option<Json>> {
    let found = cx.kms().get_key_policy().key_id(id).policy_name(NAME).send().await?;
    let text = answered(found.policy, "Policy")?;
    let found = answered(serde_json::from_str::<Value>(&text).ok().map(Json::from), "a policy that is JSON")?;
    let is_usual = said.is_none() && allows(&found) == allows(&usual(arn));
    Ok((!is_usual).then(|| policy_meaning::as_said(said, found)))
}

/// Gives a key its policy, or the one that KMS gives to all.
pub(super) async fn put(cx: &Cx, id: &str, wanted: Option<Json>, bypass: Option<bool>) -> Result<()> {
    let policy = match wanted {
        Some(policy) => policy,
        None => {
            let found = answered(calls::find(cx, id).await?, "KeyMetadata")?;
            usual(&answered(found.arn, "Arn")?)
        }
    };
    let call = cx.kms().put_key_policy().key_id(id).policy_name(NAME).policy(policy.to_string());
    let call = call.bypass_policy_lockout_safety_check(bypass.unwrap_or_default());
    once_its_principals_are_known(cx, id, || call.clone().send()).await?;
    Ok(())
}

/// Sends a call with a policy. A role that was made just now isn't known to all of KMS yet.
pub(super) async fn once_its_principals_are_known<T, E, F, S>(cx: &Cx, id: &str, send: F) -> Result<T>
where
    T: Send,
    E: ProvideErrorMetadata + std::error::Error + Send + 'static,
    F: Fn() -> S + Send + Sync,
    S: Future<Output = Result<T, SdkError<E, HttpResponse>>> + Send,
{
    cx.until(&waits::IAM_PROPAGATED, id, || async {
        match send().await.map_err(Error::from) {
            Ok(done) => Ok(Look::Ready(done)),
            Err(error) if codes::says(&error, codes::KEY_POLICY_NAMES_UNKNOWN) => Ok(Look::Pending(error.to_string())),
            Err(error) if codes::says(&error, codes::KEY_POLICY_LOCKS_OUT) => Err(error.with_advice(
                "Let the policy allow `kms:PutKeyPolicy` to those who deploy, or to the account's root. \
                 bypassPolicyLockoutSafetyCheck: true makes KMS take it all the same, and then nobody can mend it",
            )),
            Err(error) => Err(error),
        }
    })
    .await
}

/// The policy that KMS gives to a key when it is told none.
///
/// Source: "Default key policy", AWS KMS Developer Guide.
fn usual(arn: &str) -> Json {
    let mut parts = arn.split(':');
    let (partition, account) = (parts.nth(1).unwrap_or_default(), parts.nth(2).unwrap_or_default());
    Json::from(json!({
        "Version": "2012-10-17",
        "Id": "key-default-1",
        "Statement": [{
            "Sid": "Enable IAM User Permissions",
            "Effect": "Allow",
            "Principal": { "AWS": format!("arn:{partition}:iam::{account}:root") },
            "Action": "kms:*",
            "Resource": "*"
        }]
    }))
}

/// What a policy allows and denies, without the names of itself and its statements.
fn allows(policy: &Json) -> Option<Vec<Value>> {
    let statements = policy_meaning::meaning(policy.document()).get("Statement")?.as_array()?.clone();
    let nameless = |statement: Value| match statement {
        Value::Object(mut parts) => {
            parts.remove("Sid");
            Value::Object(parts)
        }
        other => other,
    };
    Some(statements.into_iter().map(nameless).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    const ARN: &str = "arn:aws-cn:kms:cn-north-1:123456789012:key/0a1b";

    #[test]
    fn the_usual_policy_is_known_whatever_its_names() {
        let usual = usual(ARN);
        assert!(usual.to_string().contains("arn:aws-cn:iam::123456789012:root"), "{usual}");
        let mut other = usual.document().clone();
        other["Id"] = "key-default".into();
        other["Statement"][0]["Sid"] = "root".into();
        other["Statement"][0]["Principal"]["AWS"] = "123456789012".into();
        assert_eq!(allows(&Json::from(other.clone())), allows(&usual));
        other["Statement"][0]["Action"] = "kms:Get*".into();
        assert_ne!(allows(&Json::from(other)), allows(&usual));
    }
}
