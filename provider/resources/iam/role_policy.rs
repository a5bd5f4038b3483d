//! A policy of a role's own.

use framework::{
    Resource,
    error::Kind,
    problem::Problems,
    property::{Json, Properties},
    resource::{Carried, Change, Managed, Owner},
};

use crate::{
    aws::{Aws, Cx, Error, Result, tags::iam::owner_of_role, unless_gone},
    resources::iam_policy,
};

/// A policy that is part of a role, and of no other.
///
/// All of a role's own policies together have up to 10,240 characters, white space not counted (IAM User
/// Guide, "IAM and AWS STS quotas"). A policy of that name which this resource didn't make isn't touched.
#[derive(Resource)]
#[resource(token = "iam:RolePolicy", model = "AWS::IAM::RolePolicy", id = "role_policy_id")]
pub struct RolePolicy {
    /// The role, by name.
    #[input(
        replaces,
        length(1, 64),
        pattern(r"[A-Za-z0-9_+=,.@\-]+", "a role's name: letters, digits and any of _+=,.@-")
    )]
    role_name: String,
    /// The policy's name, unique in its role. Made up from the resource's name when absent.
    #[input(
        replaces,
        named(128),
        length(1, 128),
        pattern(r"[A-Za-z0-9_+=,.@\-]+", "letters, digits and any of _+=,.@-")
    )]
    policy_name: String,
    /// What the role may do, as a policy document.
    #[input]
    policy_document: Json,

    /// The policy's id: the role's name and its own, as in `my-role|my-policy`.
    #[output(stable)]
    role_policy_id: String,
}

impl Managed for RolePolicy {
    type Cloud = Aws;

    const OWNER: Carried = Carried::Identity;

    fn rules(want: &Properties<'_, Self>, problems: &mut Problems) {
        if let Some(document) = want.get(fields::policy_document) {
            iam_policy::check(&document, &want.path(fields::policy_document), problems);
        }
    }

    fn replaces(property: &str, _: &Properties<'_, Self>, _: &Properties<'_, Self>) -> Option<bool> {
        (property == "region").then_some(false)
    }

    async fn occupant(_: &Cx, want: &RolePolicyInputs) -> Result<Option<String>> {
        Ok(Some(id_of(&want.role_name, &want.policy_name)))
    }

    async fn holder(cx: &Cx, want: &RolePolicyInputs) -> Result<Option<Owner>> {
        owner_of_role(cx, &want.role_name).await
    }

    async fn create(cx: &Cx, want: &RolePolicyInputs, _: &Owner) -> Result<String> {
        if find(cx, &want.role_name, &want.policy_name).await?.is_some() {
            let there = format!("role {} has a policy {} already", want.role_name, want.policy_name);
            return Err(Error::new(Kind::Exists, there));
        }
        put(cx, &want.role_name, &want.policy_name, &want.policy_document).await?;
        Ok(id_of(&want.role_name, &want.policy_name))
    }

    async fn read(cx: &Cx, id: &str) -> Result<Option<RolePolicy>> {
        let (role, policy) = parts(id)?;
        Ok(find(cx, role, policy).await?.map(|policy_document| RolePolicy {
            role_name: role.to_owned(),
            policy_name: policy.to_owned(),
            policy_document,
            role_policy_id: id.to_owned(),
        }))
    }

    async fn update(cx: &Cx, id: &str, change: &Change<Self>) -> Result<()> {
        let (role, policy) = parts(id)?;
        match change.to(fields::policy_document) {
            Some(document) => put(cx, role, policy, &document).await,
            None => Ok(()),
        }
    }

    async fn delete(cx: &Cx, id: &str, _: &Properties<'_, Self>) -> Result<()> {
        let (role, policy) = parts(id)?;
        cx.iam().delete_role_policy().role_name(role).policy_name(policy).send().await?;
        Ok(())
    }
}

fn id_of(role: &str, policy: &str) -> String {
    format!("{role}|{policy}")
}

fn parts(id: &str) -> Result<(&str, &str)> {
    id.split_once('|').ok_or_else(|| {
        Error::new(
            Kind::Invalid,
            format!("{id:?} is not the id of a role's policy, which is <role name>|<policy name>"),
        )
    })
}

async fn find(cx: &Cx, role: &str, policy: &str) -> Result<Option<Json>> {
    let answer = unless_gone(cx.iam().get_role_policy().role_name(role).policy_name(policy).send().await)?;
    answer.map(|answer| iam_policy::document(&answer.policy_document)).transpose()
}

async fn put(cx: &Cx, role: &str, policy: &str, document: &Json) -> Result<()> {
    let call = cx.iam().put_role_policy().role_name(role).policy_name(policy);
    call.policy_document(document.to_string()).send().await?;
    Ok(())
}
