//! A cluster of Amazon ECS: where services and tasks live.

mod configuration;

use aws_sdk_ecs::types;
use framework::{
    Resource,
    error::Kind,
    problem::Problems,
    property::Properties,
    resource::{Carried, Change, Look, Managed, Owner},
};

pub use configuration::*;

use crate::{
    aws::{
        Aws, Cx, Error, Result, TagChange, Tags, answered,
        limits::{codes, waits},
        tags::ecs as tagging,
        unless_gone,
    },
    resources::wire::{Slot, Wire},
};

/// A cluster of Amazon ECS: where services and tasks live.
///
/// An account has 10,000 in a Region unless you ask for more (Amazon ECS Developer Guide, "Amazon ECS service
/// quotas"). AWS charges for what runs in it alone.
#[derive(Resource)]
#[resource(token = "ecs:Cluster", model = "AWS::ECS::Cluster", id = "cluster_name")]
pub struct Cluster {
    /// The cluster's name, unique in the account and Region. Made up from the resource's name when absent.
    #[input(
        replaces,
        named(255),
        length(1, 255),
        pattern(r"[a-zA-Z0-9_\-]+", "letters, digits, dashes and underscores")
    )]
    cluster_name: String,
    /// The capacity providers that tasks may run on: `FARGATE`, `FARGATE_SPOT`, and those of your own.
    #[input(default, set, items(0, 20))]
    capacity_providers: Vec<String>,
    /// How tasks are spread over capacity providers where a service or task doesn't say.
    #[input(default, set)]
    default_capacity_provider_strategy: Vec<CapacityProviderStrategyItem>,
    /// The cluster's settings. When absent they are as the account has chosen for new clusters.
    #[input(set, computed)]
    cluster_settings: Option<Vec<ClusterSetting>>,
    /// How exec sessions are recorded, and with which keys storage is encrypted.
    #[input]
    configuration: Option<ClusterConfiguration>,
    /// What the cluster's services use for Service Connect.
    #[input]
    service_connect_defaults: Option<ServiceConnectDefaults>,
    /// Tags, beside the provider's default tags.
    #[input(default)]
    tags: Tags,

    /// The cluster's ARN.
    #[output(stable)]
    arn: String,
}

impl Managed for Cluster {
    type Cloud = Aws;

    const OWNER: Carried = Carried::NamedTag;

    fn rules(want: &Properties<'_, Self>, problems: &mut Problems) {
        check_strategy(want, problems);
        check_logging(want, problems);
        if let Some(tags) = want.get(fields::tags) {
            tags.plain_only(&want.path(fields::tags), problems);
        }
    }

    async fn occupant(_: &Cx, want: &ClusterInputs) -> Result<Option<String>> {
        Ok(Some(want.cluster_name.clone()))
    }

    async fn owner_of(cx: &Cx, id: &str) -> Result<Option<Owner>> {
        Ok(find(cx, id).await?.and_then(|found| tagging::owner_of(found.tags())))
    }

    async fn create(cx: &Cx, want: &ClusterInputs, owner: &Owner) -> Result<String> {
        if find(cx, &want.cluster_name).await?.is_some() {
            // `CreateCluster` would answer as if it had made it.
            return Err(Error::new(Kind::Exists, format!("the cluster {} exists already", want.cluster_name)));
        }
        cx.until(&waits::ECS_ROLE_ASSUMABLE, &want.cluster_name, || ask(cx, want, owner)).await?;
        Ok(want.cluster_name.clone())
    }

    async fn settle(cx: &Cx, id: &str, _: &ClusterInputs) -> Result<()> {
        cx.until(&waits::CLUSTER_ACTIVE, id, || async { Ok(activity(find(cx, id).await?)) }).await
    }

    async fn read(cx: &Cx, id: &str) -> Result<Option<Cluster>> {
        let Some(found) = find(cx, id).await? else { return Ok(None) };
        let said = cx.recorded::<Self>();
        let configuration: Option<ClusterConfiguration> = Slot::take(found.configuration);
        let says_nothing = |configuration: &ClusterConfiguration| *configuration == said_by_nobody();
        let silent = !said.has(fields::configuration);
        Ok(Some(Cluster {
            capacity_providers: found.capacity_providers.unwrap_or_default(),
            default_capacity_provider_strategy: Slot::take(found.default_capacity_provider_strategy),
            cluster_settings: Slot::take(found.settings),
            configuration: configuration.filter(|found| !(silent && says_nothing(found))),
            service_connect_defaults: found
                .service_connect_defaults
                .and_then(|defaults| defaults.namespace)
                .filter(|namespace| !namespace.is_empty())
                .map(|namespace| as_said(namespace, said.get(fields::service_connect_defaults).flatten())),
            tags: tagging::tags(found.tags.as_deref().unwrap_or_default()),
            arn: answered(found.cluster_arn, "clusterArn")?,
            cluster_name: id.to_owned(),
        }))
    }

    async fn update(cx: &Cx, id: &str, change: &Change<Self>) -> Result<()> {
        let providers = change.to(fields::capacity_providers).is_some();
        if providers || change.to(fields::default_capacity_provider_strategy).is_some() {
            cx.until(&waits::CLUSTER_ACTIVE, id, || put_capacity_providers(cx, id, change.wanted())).await?;
        }
        update_words(cx, id, change).await?;
        let tags = TagChange::of(change, fields::tags);
        match find(cx, id).await?.filter(|_| !tags.is_empty()).and_then(|found| found.cluster_arn) {
            Some(arn) => tagging::retag(cx, &arn, &tags).await,
            None => Ok(()),
        }
    }

    async fn delete(cx: &Cx, id: &str, _: &Properties<'_, Self>) -> Result<()> {
        cx.ecs().delete_cluster().cluster(id).send().await?;
        Ok(())
    }

    async fn blockers(cx: &Cx, id: &str) -> Result<Vec<String>> {
        let services = cx.ecs().list_services().cluster(id).into_paginator().items().send();
        let services = services.collect::<std::result::Result<Vec<_>, _>>().await?;
        let tasks = cx.ecs().list_tasks().cluster(id).into_paginator().items().send();
        let tasks = tasks.collect::<std::result::Result<Vec<_>, _>>().await?;
        Ok(services.into_iter().chain(tasks).collect())
    }
}

fn check_strategy(want: &Properties<'_, Cluster>, problems: &mut Problems) {
    let Some(strategy) = want.get(fields::default_capacity_provider_strategy) else { return };
    let at = want.path(fields::default_capacity_provider_strategy);
    strategy_rules(&strategy, &at, problems);
    let Some(providers) = want.get(fields::capacity_providers) else { return };
    if strategy.iter().any(|item| !providers.contains(&item.capacity_provider)) {
        problems.add(at, "must name capacity providers that are in capacityProviders");
    }
}

fn check_logging(want: &Properties<'_, Cluster>, problems: &mut Problems) {
    let Some(exec) = want.get(fields::configuration).flatten().and_then(|found| found.execute_command_configuration)
    else {
        return;
    };
    let at = want.path(fields::configuration).key("executeCommandConfiguration").key("logConfiguration");
    match (exec.logging == ExecuteCommandLogging::Override, exec.log_configuration.is_some()) {
        (true, false) => problems.add(at, "is required when logging is OVERRIDE"),
        (false, true) => problems.add(at, "can be given only when logging is OVERRIDE"),
        _ => {}
    }
}

/// The cluster of that name, unless it is gone: AWS remembers those for a while as inactive.
async fn find(cx: &Cx, name: &str) -> Result<Option<types::Cluster>> {
    use types::ClusterField::{Configurations, Settings, Tags};
    let call = cx.ecs().describe_clusters().clusters(name).set_include(Some(vec![Configurations, Settings, Tags]));
    let answer = unless_gone(call.send().await)?;
    let found = answer.and_then(|answer| answer.clusters).unwrap_or_default().into_iter().next();
    Ok(found.filter(|cluster| cluster.status() != Some("INACTIVE")))
}

fn activity(found: Option<types::Cluster>) -> Look<()> {
    let Some(found) = found else { return Look::Pending("not to be seen yet".to_owned()) };
    match (found.status().unwrap_or_default(), found.attachments_status().unwrap_or_default()) {
        ("FAILED", _) => Look::Failed("AWS couldn't make it".to_owned()),
        (_, "UPDATE_FAILED") => Look::Failed("its capacity providers couldn't be attached".to_owned()),
        ("ACTIVE", "UPDATE_IN_PROGRESS") => Look::Pending("attaching its capacity providers".to_owned()),
        ("ACTIVE", _) => Look::Ready(()),
        (other, _) => Look::Pending(other.to_owned()),
    }
}

/// Asks for the cluster. In a new account the role by which Amazon ECS acts is made with the first cluster, and
/// may not be there in time.
async fn ask(cx: &Cx, want: &ClusterInputs, owner: &Owner) -> Result<Look<()>> {
    let call = cx
        .ecs()
        .create_cluster()
        .cluster_name(&want.cluster_name)
        .set_capacity_providers(Some(want.capacity_providers.clone()))
        .set_default_capacity_provider_strategy(want.default_capacity_provider_strategy.put()?)
        .set_settings(want.cluster_settings.put()?)
        .set_configuration(want.configuration.put()?)
        .set_service_connect_defaults(want.service_connect_defaults.as_ref().map(request).transpose()?)
        .set_tags(Some(tagging::for_create(&want.tags, owner)));
    match call.send().await.map_err(Error::from) {
        Ok(_) => Ok(Look::Ready(())),
        Err(error) if codes::says(&error, codes::ECS_ROLE_NOT_ASSUMABLE) => Ok(Look::Pending(error.to_string())),
        Err(error) => Err(error),
    }
}

fn request(defaults: &ServiceConnectDefaults) -> Result<types::ClusterServiceConnectDefaultsRequest> {
    Ok(types::ClusterServiceConnectDefaultsRequest::builder().namespace(&defaults.namespace).build()?)
}

/// AWS refuses this while it is at it, and while services use a capacity provider that goes.
async fn put_capacity_providers(cx: &Cx, id: &str, want: &ClusterInputs) -> Result<Look<()>> {
    let call = cx
        .ecs()
        .put_cluster_capacity_providers()
        .cluster(id)
        .set_capacity_providers(Some(want.capacity_providers.clone()))
        .set_default_capacity_provider_strategy(Some(want.default_capacity_provider_strategy.to_aws()?));
    match call.send().await.map_err(Error::from) {
        Ok(_) => Ok(Look::Ready(())),
        Err(error) if error.kind() == Kind::Conflict => Ok(Look::Pending(error.to_string())),
        Err(error) => Err(error),
    }
}

/// What one call changes: settings, configuration, Service Connect.
async fn update_words(cx: &Cx, id: &str, change: &Change<Cluster>) -> Result<()> {
    let settings = change.to(fields::cluster_settings).flatten();
    let configuration = change.to(fields::configuration).map(|wanted| wanted.unwrap_or_else(said_by_nobody));
    let defaults = change.to(fields::service_connect_defaults).map(Option::unwrap_or_default);
    if settings.is_none() && configuration.is_none() && defaults.is_none() {
        return Ok(());
    }
    let call = cx.ecs().update_cluster().cluster(id);
    let call = call.set_settings(settings.put()?).set_configuration(configuration.put()?);
    call.set_service_connect_defaults(defaults.as_ref().map(request).transpose()?).send().await?;
    Ok(())
}

/// What a cluster has of which nobody has said anything: exec sessions go where the task definition says.
fn said_by_nobody() -> ClusterConfiguration {
    let exec = ExecuteCommandConfiguration::default();
    ClusterConfiguration { execute_command_configuration: Some(exec), managed_storage_configuration: None }
}

/// AWS tells the namespace's ARN, whatever the program calls it by.
fn as_said(arn: String, said: Option<ServiceConnectDefaults>) -> ServiceConnectDefaults {
    said.filter(|said| !said.namespace.starts_with("arn:")).unwrap_or(ServiceConnectDefaults { namespace: arn })
}
