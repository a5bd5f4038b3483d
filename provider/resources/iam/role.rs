//! An IAM role: what a service or a person may become, and what it may do then.

use aws_sdk_iam::types;
use framework::{
    Resource,
    problem::Problems,
    property::{Json, Properties},
    resource::{Carried, Change, Look, Managed, Owner},
};

use crate::{
    aws::{Aws, Cx, Result, TagChange, Tags, answered, limits::waits, tags::iam as tagging, unless_gone},
    resources::{iam_policy, set_change::SetChange},
};

/// An IAM role.
///
/// Policies of its own are resources too: `iam.RolePolicy`. IAM is the same in all Regions; another
/// `region` doesn't make another role. An account has 1,000 roles unless you ask for more (IAM User
/// Guide, "IAM and AWS STS quotas").
#[derive(Resource)]
#[resource(token = "iam:Role", model = "AWS::IAM::Role", id = "role_name")]
pub struct Role {
    /// The role's name, unique in the account whatever the case. Made up from the resource's name when absent.
    #[input(
        replaces,
        named(64),
        length(1, 64),
        pattern(r"[A-Za-z0-9_+=,.@\-]+", "letters, digits and any of _+=,.@-")
    )]
    role_name: String,
    /// The path in front of the name, such as `/services/`.
    #[input(
        replaces,
        default = "/",
        length(1, 512),
        pattern(r"/|/[\x21-\x7E]+/", "a path that begins and ends with a slash")
    )]
    path: String,
    /// Who may assume the role, as a policy document.
    #[input]
    assume_role_policy_document: Json,
    /// What the role is for.
    #[input(length(1, 1000), pattern(r"[\t\n\r\x20-\x7E\u{A1}-\u{FF}]*", "text of Latin letters and signs"))]
    description: Option<String>,
    /// For how many seconds a session may last, from 3600 (one hour) to 43200 (twelve).
    #[input(default = 3600, range(3600, 43200))]
    max_session_duration: i32,
    /// The ARN of the policy that bounds what the role's other policies may allow.
    #[input(length(20, 2048))]
    permissions_boundary: Option<String>,
    /// The ARNs of managed policies that are attached to the role: these and no others. When absent,
    /// what others attach is left alone. A role takes 10 unless you ask for more (IAM User Guide, "IAM and AWS STS quotas").
    #[input(
        set,
        each(pattern(
            "arn:(aws[^:]*)?:iam::([0-9]{12}|aws):policy/[A-Za-z0-9_+=,.@/-]+",
            "the ARN of a managed policy, such as arn:aws:iam::aws:policy/ReadOnlyAccess"
        ))
    )]
    managed_policy_arns: Option<Vec<String>>,
    /// Tags, beside the provider's default tags.
    #[input(default)]
    tags: Tags,

    /// The role's ARN.
    #[output(stable)]
    arn: String,
    /// The role's id, which no other role ever has, not even one of the same name: `AROA…`.
    #[output(stable)]
    role_id: String,
}

impl Managed for Role {
    type Cloud = Aws;

    const OWNER: Carried = Carried::NamedTag;

    fn rules(want: &Properties<'_, Self>, problems: &mut Problems) {
        if let Some(tags) = want.get(fields::tags) {
            tags.plain_only(&want.path(fields::tags), problems);
        }
        if let Some(document) = want.get(fields::assume_role_policy_document) {
            iam_policy::check(&document, &want.path(fields::assume_role_policy_document), problems);
        }
    }

    fn replaces(property: &str, _: &Properties<'_, Self>, _: &Properties<'_, Self>) -> Option<bool> {
        (property == "region").then_some(false)
    }

    async fn occupant(_: &Cx, want: &RoleInputs) -> Result<Option<String>> {
        Ok(Some(want.role_name.clone()))
    }

    async fn owner_of(cx: &Cx, id: &str) -> Result<Option<Owner>> {
        tagging::owner_of_role(cx, id).await
    }

    async fn create(cx: &Cx, want: &RoleInputs, owner: &Owner) -> Result<String> {
        cx.iam()
            .create_role()
            .role_name(&want.role_name)
            .path(&want.path)
            .assume_role_policy_document(want.assume_role_policy_document.to_string())
            .set_description(want.description.clone())
            .max_session_duration(want.max_session_duration)
            .set_permissions_boundary(want.permissions_boundary.clone())
            .set_tags(Some(tagging::for_create(&want.tags, owner)?))
            .send()
            .await?;
        Ok(want.role_name.clone())
    }

    async fn settle(cx: &Cx, id: &str, want: &RoleInputs) -> Result<()> {
        let attached = cx.until(&waits::IAM_PROPAGATED, id, || visible(cx, id)).await?;
        let Some(wanted) = &want.managed_policy_arns else { return Ok(()) };
        attach(cx, id, &SetChange::from_to(&attached, wanted)).await
    }

    async fn read(cx: &Cx, id: &str) -> Result<Option<Role>> {
        let Some(found) = find(cx, id).await? else { return Ok(None) };
        let Some(attached) = unless_gone(attached(cx, id).await)? else { return Ok(None) };
        let recorded = cx.recorded::<Self>();
        // Nobody's word when the program says nothing of them; on import the role's own, if it has any.
        let imported = !recorded.has(fields::role_name);
        let ours = recorded.has(fields::managed_policy_arns) || (imported && !attached.is_empty());
        Ok(Some(Role {
            assume_role_policy_document: iam_policy::document(found.assume_role_policy_document().unwrap_or_default())?,
            tags: tagging::tags(found.tags()),
            description: found.description.filter(|text| !text.is_empty()),
            max_session_duration: answered(found.max_session_duration, "maxSessionDuration")?,
            permissions_boundary: found.permissions_boundary.and_then(|boundary| boundary.permissions_boundary_arn),
            managed_policy_arns: ours.then_some(attached),
            role_name: found.role_name,
            path: found.path,
            arn: found.arn,
            role_id: found.role_id,
        }))
    }

    async fn update(cx: &Cx, id: &str, change: &Change<Self>) -> Result<()> {
        if let Some(document) = change.to(fields::assume_role_policy_document) {
            cx.iam().update_assume_role_policy().role_name(id).policy_document(document.to_string()).send().await?;
        }
        update_words(cx, id, change).await?;
        if let Some(boundary) = change.to(fields::permissions_boundary) {
            bound(cx, id, boundary).await?;
        }
        if let Some(was) = change.was().get(fields::managed_policy_arns).flatten()
            && change.wanted().managed_policy_arns.is_none()
        {
            attach(cx, id, &SetChange::from_to(&was, &[])).await?;
        }
        tagging::retag_role(cx, id, &TagChange::of(change, fields::tags)).await
    }

    async fn delete(cx: &Cx, id: &str, was: &Properties<'_, Self>) -> Result<()> {
        let ours = was.get(fields::managed_policy_arns).flatten().unwrap_or_default();
        attach(cx, id, &SetChange::from_to(&ours, &[])).await?;
        cx.iam().delete_role().role_name(id).send().await?;
        Ok(())
    }

    async fn blockers(cx: &Cx, id: &str) -> Result<Vec<String>> {
        let attached = attached(cx, id).await?.into_iter().map(|arn| format!("attached policy {arn}"));
        let own = cx.iam().list_role_policies().role_name(id).into_paginator().items().send();
        let own = own.collect::<std::result::Result<Vec<_>, _>>().await?;
        let profiles = cx.iam().list_instance_profiles_for_role().role_name(id).into_paginator().items().send();
        let profiles = profiles.collect::<std::result::Result<Vec<_>, _>>().await?;
        let own = own.into_iter().map(|name| format!("policy {name}"));
        let profiles =
            profiles.into_iter().map(|profile| format!("instance profile {}", profile.instance_profile_name));
        Ok(attached.chain(own).chain(profiles).collect())
    }
}

async fn find(cx: &Cx, name: &str) -> Result<Option<types::Role>> {
    let answer = unless_gone(cx.iam().get_role().role_name(name).send().await)?;
    Ok(answer.and_then(|answer| answer.role))
}

/// The role's managed policies, once IAM knows the role where it lists them.
async fn visible(cx: &Cx, name: &str) -> Result<Look<Vec<String>>> {
    let pending = || Look::Pending("not to be seen yet".to_owned());
    if find(cx, name).await?.is_none() {
        return Ok(pending());
    }
    Ok(unless_gone(attached(cx, name).await)?.map_or_else(pending, Look::Ready))
}

async fn attached(cx: &Cx, name: &str) -> Result<Vec<String>> {
    let pages = cx.iam().list_attached_role_policies().role_name(name).into_paginator().items().send();
    let policies = pages.collect::<std::result::Result<Vec<_>, _>>().await?;
    Ok(policies.into_iter().filter_map(|policy| policy.policy_arn).collect())
}

async fn attach(cx: &Cx, name: &str, change: &SetChange) -> Result<()> {
    for arn in &change.add {
        cx.iam().attach_role_policy().role_name(name).policy_arn(arn).send().await?;
    }
    for arn in &change.remove {
        unless_gone(cx.iam().detach_role_policy().role_name(name).policy_arn(arn).send().await)?;
    }
    Ok(())
}

async fn bound(cx: &Cx, name: &str, boundary: Option<String>) -> Result<()> {
    match boundary {
        Some(arn) => {
            cx.iam().put_role_permissions_boundary().role_name(name).permissions_boundary(arn).send().await?;
        }
        None => {
            cx.iam().delete_role_permissions_boundary().role_name(name).send().await?;
        }
    }
    Ok(())
}

/// What one call changes: the description, which is empty where there is none, and the length of sessions.
async fn update_words(cx: &Cx, name: &str, change: &Change<Role>) -> Result<()> {
    let description = change.to(fields::description).map(Option::unwrap_or_default);
    let duration = change.to(fields::max_session_duration);
    if description.is_some() || duration.is_some() {
        let call = cx.iam().update_role().role_name(name);
        call.set_description(description).set_max_session_duration(duration).send().await?;
    }
    Ok(())
}
