//! The two policies of a repository, which have calls of their own: which images go, and who may use it.

use framework::{Object, property::Json, resource::Change};
use serde_json::Value;

use super::{Repository, RepositoryInputs, fields};
use crate::aws::{Cx, Error, Result, answered, unless_gone};

/// Which images go by themselves.
#[derive(Object, Clone, Debug, PartialEq)]
#[object(token = "ecr:LifecyclePolicy")]
pub struct LifecyclePolicy {
    /// The rules, as a document of 100 to 30,720 characters (Amazon ECR API Reference, `PutLifecyclePolicy`).
    #[field(length(100, 30720))]
    pub lifecycle_policy_text: Option<Json>,
    /// The account whose registry it is, twelve digits. That of the credentials when absent.
    #[field(length(12, 12), pattern("[0-9]{12}", "an account's number, twelve digits"))]
    pub registry_id: Option<String>,
}

/// Sets the policies that are wanted and aren't there yet: one without a text is none.
pub(super) async fn bring(cx: &Cx, name: &str, want: &RepositoryInputs) -> Result<()> {
    if let Some(wanted) = want.lifecycle_policy.as_ref().filter(|policy| policy.lifecycle_policy_text.is_some())
        && lifecycle(cx, name, Some(wanted.clone())).await?.as_ref() != Some(wanted)
    {
        set_lifecycle(cx, name, wanted).await?;
    }
    if let Some(wanted) = &want.repository_policy_text
        && access(cx, name).await?.as_ref() != Some(wanted)
    {
        cx.ecr().set_repository_policy().repository_name(name).policy_text(wanted.to_string()).send().await?;
    }
    Ok(())
}

async fn set_lifecycle(cx: &Cx, name: &str, want: &LifecyclePolicy) -> Result<()> {
    let call = cx.ecr().put_lifecycle_policy().repository_name(name).set_registry_id(want.registry_id.clone());
    call.set_lifecycle_policy_text(want.lifecycle_policy_text.as_ref().map(ToString::to_string)).send().await?;
    Ok(())
}

/// The policy that says which images go. ECR shows the registry always: it is of interest where the program named it.
pub(super) async fn lifecycle(cx: &Cx, name: &str, said: Option<LifecyclePolicy>) -> Result<Option<LifecyclePolicy>> {
    let Some(found) = unless_gone(cx.ecr().get_lifecycle_policy().repository_name(name).send().await)? else {
        // A policy without a text is none, which is what stands there.
        return Ok(said.filter(|said| said.lifecycle_policy_text.is_none()));
    };
    let names_registry = said.is_some_and(|said| said.registry_id.is_some());
    Ok(Some(LifecyclePolicy {
        lifecycle_policy_text: found.lifecycle_policy_text.as_deref().map(document).transpose()?,
        registry_id: found.registry_id.filter(|_| names_registry),
    }))
}

/// The policy that says who may use the repository.
pub(super) async fn access(cx: &Cx, name: &str) -> Result<Option<Json>> {
    let found = unless_gone(cx.ecr().get_repository_policy().repository_name(name).send().await)?;
    found.and_then(|found| found.policy_text).as_deref().map(document).transpose()
}

/// Takes away what isn't wanted any more; `settle`, which comes after it, sets what is.
pub(super) async fn update(cx: &Cx, name: &str, change: &Change<Repository>) -> Result<()> {
    let wanted = change.wanted();
    let no_text = wanted.lifecycle_policy.as_ref().is_none_or(|policy| policy.lifecycle_policy_text.is_none());
    if no_text && change.to(fields::lifecycle_policy).is_some() {
        unless_gone(cx.ecr().delete_lifecycle_policy().repository_name(name).send().await)?;
    }
    if let Some(None) = change.to(fields::repository_policy_text) {
        unless_gone(cx.ecr().delete_repository_policy().repository_name(name).send().await)?;
    }
    Ok(())
}

fn document(text: &str) -> Result<Json, Error> {
    answered(serde_json::from_str::<Value>(text).ok(), "a policy that is a JSON document").map(Json::from)
}
