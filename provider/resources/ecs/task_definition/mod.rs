//! A task definition of Amazon ECS: a family of revisions, of which the latest is what the program says.

mod as_said;
mod container;
mod container_parts;
mod container_resources;
mod container_surroundings;
mod laws;
mod platform;
mod revisions;
mod volumes;

use framework::{
    Resource,
    error::Kind,
    problem::Problems,
    property::Properties,
    resource::{Carried, Change, Managed, Owner},
};

pub use container::*;
pub use container_parts::*;
pub use container_resources::*;
pub use container_surroundings::*;
pub use platform::*;
pub use volumes::*;

use crate::aws::{Aws, Cx, Error, Result, TagChange, Tags, tags::ecs as tagging};

/// A task definition of Amazon ECS: the containers that run together, and what they may use.
///
/// It is a family: a name with numbered revisions, none of which AWS ever changes. Every change but that of the
/// family registers another revision, and `taskDefinitionArn` names it; a service that refers to that ARN then
/// deploys it. The latest revision and the one before it stay active, so that a service can go back; older ones that
/// were registered for this resource are deregistered. Deleting the resource deregisters all of its own.
///
/// Tasks and services go on with a revision that was deregistered, and services even start new tasks with it; only what
/// is new can't use it any more (Amazon ECS API Reference, "DeregisterTaskDefinition"). AWS keeps such revisions as
/// inactive.
///
/// A task definition has up to 10 containers and 64 KiB (Amazon ECS Developer Guide, "Amazon ECS service quotas").
/// AWS registers one a second, after the first 20 (Amazon ECS API Reference, "Request throttling for the Amazon ECS
/// API").
#[derive(Resource)]
#[resource(token = "ecs:TaskDefinition", model = "AWS::ECS::TaskDefinition", id = "family")]
pub struct TaskDefinition {
    /// The family's name. Made up from the resource's name when absent.
    #[input(
        replaces,
        named(255),
        length(1, 255),
        pattern(r"[a-zA-Z0-9_\-]+", "letters, digits, dashes and underscores")
    )]
    family: String,
    /// The containers, up to 10.
    #[input(items(1, 10))]
    container_definitions: Vec<ContainerDefinition>,
    /// Where the task can run. On Amazon EC2 when absent.
    #[input(default, set)]
    requires_compatibilities: Vec<Compatibility>,
    /// How many CPU units the task gets: 1024 are a vCPU. Required on Fargate: 256, 512, 1024, 2048, 4096, 8192 or
    /// 16384 (Amazon ECS Developer Guide, "Task CPU and memory").
    #[input(pattern("[0-9]{1,10}", "a number of CPU units, such as 256"))]
    cpu: Option<String>,
    /// How many MiB of memory the task gets. Required on Fargate, where the values depend on `cpu`.
    #[input(pattern("[0-9]{1,10}", "a number of MiB, such as 512"))]
    memory: Option<String>,
    /// The network of the containers: `awsvpc` on Fargate; `bridge` on Amazon EC2 when absent.
    #[input(computed)]
    network_mode: Option<NetworkMode>,
    /// The ARN or name of the role by which Amazon ECS acts for the task: pulls images, reads secrets, writes logs.
    #[input(length(1, 2048))]
    execution_role_arn: Option<String>,
    /// The ARN or name of the role that the containers have.
    #[input(length(1, 2048))]
    task_role_arn: Option<String>,
    /// The processor and the operating system that images are built for. Linux on 64-bit x86 when absent.
    #[input(computed)]
    runtime_platform: Option<RuntimePlatform>,
    /// Volumes that the containers can share.
    #[input(default, set)]
    volumes: Vec<Volume>,
    /// Storage on Fargate beyond the 20 GiB that each task has.
    #[input]
    ephemeral_storage: Option<EphemeralStorage>,
    /// On which instances tasks may be placed, up to 10 constraints. Not on Fargate.
    #[input(default, set, items(0, 10))]
    placement_constraints: Vec<TaskPlacementConstraint>,
    /// A proxy of App Mesh.
    #[input]
    proxy_configuration: Option<ProxyConfiguration>,
    /// Whose processes a container sees: its own when absent.
    #[input]
    pid_mode: Option<PidMode>,
    /// Whose shared memory a container sees. As Docker is configured when absent. Not on Fargate.
    #[input]
    ipc_mode: Option<IpcMode>,
    /// Whether the task takes faults that AWS Fault Injection Service makes.
    #[input(default = false)]
    enable_fault_injection: bool,
    /// Tags of each revision, beside the provider's default tags.
    #[input(default)]
    tags: Tags,

    /// The ARN of the latest revision.
    task_definition_arn: String,
    /// The number of the latest revision.
    revision: i32,
}

impl Managed for TaskDefinition {
    type Cloud = Aws;

    const OWNER: Carried = Carried::NamedTag;

    fn rules(want: &Properties<'_, Self>, problems: &mut Problems) {
        laws::check(want, problems);
        if let Some(tags) = want.get(fields::tags) {
            tags.plain_only(&want.path(fields::tags), problems);
        }
    }

    async fn occupant(_: &Cx, want: &TaskDefinitionInputs) -> Result<Option<String>> {
        Ok(Some(want.family.clone()))
    }

    async fn owner_of(cx: &Cx, id: &str) -> Result<Option<Owner>> {
        Ok(revisions::latest(cx, id).await?.and_then(|(_, tags)| tagging::owner_of(&tags)))
    }

    async fn create(cx: &Cx, want: &TaskDefinitionInputs, owner: &Owner) -> Result<String> {
        if revisions::latest(cx, &want.family).await?.is_some() {
            // Amazon ECS would register another revision of somebody's family.
            return Err(Error::new(Kind::Exists, format!("the task definition {} exists already", want.family)));
        }
        revisions::register(cx, want, tagging::for_create(&want.tags, owner)).await?;
        Ok(want.family.clone())
    }

    async fn read(cx: &Cx, id: &str) -> Result<Option<TaskDefinition>> {
        let latest = revisions::latest(cx, id).await?;
        latest.map(|(found, tags)| revisions::seen(&cx.recorded::<Self>(), found, &tags)).transpose()
    }

    async fn update(cx: &Cx, id: &str, change: &Change<Self>) -> Result<()> {
        revisions::bring(cx, id, change.wanted(), &TagChange::of(change, fields::tags)).await
    }

    async fn delete(cx: &Cx, id: &str, _: &Properties<'_, Self>) -> Result<()> {
        revisions::deregister_all(cx, id).await
    }
}
