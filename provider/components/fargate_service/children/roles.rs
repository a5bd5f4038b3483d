//! The two roles of a service, made unless they are given.

use framework::{property::Json, value::Output};

use super::site::Site;
use crate::{
    components::{
        fargate_service::{containers::Said, policies},
        linked::Linked,
    },
    resources::iam::{RoleArgs, RoleHandle, RolePolicyArgs},
};

/// A role of a service.
pub struct Role {
    /// Its ARN.
    pub arn: Output<String>,
    /// Known when it may do what it has to.
    pub ready: Output<()>,
}

/// The role by which ECS starts a task.
pub fn execution(site: &Site<'_>, said: &Output<Said>) -> Role {
    if let Some(arn) = &site.want.execution_role_arn {
        return given(arn);
    }
    let role = made(site, "execution-role", "Starts the tasks of a service");
    let document = said.map(|said| policies::execution(&said.log_group, said.images(), said.secrets()));
    let policy = site.child("execution-policy", policy_of(&role, document));
    Role { arn: role.arn(), ready: policy.id().map(|_| ()) }
}

/// The role that the containers have.
pub fn task(site: &Site<'_>) -> Role {
    if let Some(arn) = &site.want.task_role_arn {
        return given(arn);
    }
    let role = made(site, "task-role", "What the containers of a service may do");
    let exec = site.plan.exec;
    let own = Output::all(site.want.permissions.iter().flatten().cloned());
    let links = Output::all(site.want.links.iter().flatten().map(Linked::permissions));
    let all = own.join(&links).map(|(own, links)| [own, links.concat()].concat());
    let document = all.map(move |all| policies::task(&all, exec));
    // A policy that allows nothing is none.
    let scope = site.scope.only_if(&all.map(move |all| exec || !all.is_empty()));
    let policy = scope.child("task-policy", policy_of(&role, document));
    Role { arn: role.arn(), ready: policy.id().map(|_| ()) }
}

fn given(arn: &Output<String>) -> Role {
    Role { arn: arn.clone(), ready: Output::known(()) }
}

fn made(site: &Site<'_>, role: &str, description: &str) -> RoleHandle {
    site.child(
        role,
        RoleArgs {
            assume_role_policy_document: site.cluster_arn.map(|arn| policies::trust(&arn)).into(),
            description: description.into(),
            permissions_boundary: site.want.permissions_boundary_arn.clone().into(),
            tags: site.tags.of(role).into(),
            ..RoleArgs::default()
        },
    )
}

fn policy_of(role: &RoleHandle, document: Output<Json>) -> RolePolicyArgs {
    RolePolicyArgs { role_name: role.role_name().into(), policy_document: document.into(), ..RolePolicyArgs::default() }
}
