//! A scalable target: bounds between which Application Auto Scaling moves a number.

mod schedule;
mod suspension;

use framework::{
    Resource,
    error::Kind,
    problem::Problems,
    property::{Choice as _, Properties},
    resource::{Carried, Change, Managed, Owner},
};

pub use schedule::{ScalableTargetAction, ScheduledAction};
pub use suspension::SuspendedState;

use crate::{
    aws::{
        Aws, Cx, Error, Result, TagChange, Tags, limits::codes, tags::application_autoscaling as tagging, unless_gone,
    },
    resources::scaling::{self, Place, Registered, ScalableDimension, ServiceNamespace, once_free},
};

/// A scalable target: between which bounds Application Auto Scaling moves a number, such as that of an ECS service's
/// tasks. When it moves is said by its scaling policies and its scheduled actions.
///
/// The number itself is AWS's affair from then on: below the least or above the greatest it is brought between them
/// at the next scaling activity. There is one target at a place at most, and one that stands there already isn't
/// changed, but has to be imported. Deregistering it takes its scaling policies and scheduled actions with it
/// (Application Auto Scaling API Reference, `DeregisterScalableTarget`). A service has 50 policies and 200 scheduled
/// actions for a target, unless you ask for more (Application Auto Scaling User Guide, "Quotas").
#[derive(Resource)]
#[resource(
    token = "applicationautoscaling:ScalableTarget",
    model = "AWS::ApplicationAutoScaling::ScalableTarget",
    id = "scalable_target_id"
)]
pub struct ScalableTarget {
    /// The service whose thing is scaled.
    #[input(replaces)]
    service_namespace: ServiceNamespace,
    /// The thing: its kind and what names it there, such as `service/my-cluster/my-service` or `cluster:my-database`
    /// (Application Auto Scaling API Reference, `RegisterScalableTarget`, has the form for each service).
    #[input(replaces, length(1, 1600))]
    resource_id: String,
    /// What of it is scaled.
    #[input(replaces)]
    scalable_dimension: ScalableDimension,
    /// The least that is scaled in to. Some services take 0, such as Amazon ECS, and then nothing is measured any
    /// more by which a policy would scale out.
    #[input]
    min_capacity: i32,
    /// The greatest that is scaled out to. The service's own quotas may be less.
    #[input]
    max_capacity: i32,
    /// What doesn't scale for now. Everything does when absent.
    #[input]
    suspended_state: Option<SuspendedState>,
    /// Other bounds at certain times: these and no others.
    #[input(default, set)]
    scheduled_actions: Vec<ScheduledAction>,
    /// The ARN of the role with which Application Auto Scaling scales. Only where the service has no service-linked
    /// role, such as Amazon EMR; AWS ignores it elsewhere, and never tells it then.
    #[input(write_only, length(1, 1600))]
    role_arn: Option<String>,
    /// Tags, beside the provider's default tags.
    #[input(default)]
    tags: Tags,

    /// The target's id: its `resourceId`, its `scalableDimension` and its `serviceNamespace`, as in
    /// `service/my-cluster/my-service|ecs:service:DesiredCount|ecs`.
    #[output(stable)]
    scalable_target_id: String,
    /// The target's ARN.
    #[output(stable)]
    scalable_target_arn: Option<String>,
}

impl Managed for ScalableTarget {
    type Cloud = Aws;

    const OWNER: Carried = Carried::NamedTag;

    fn rules(want: &Properties<'_, Self>, problems: &mut Problems) {
        let resource_id = want.get(fields::resource_id);
        let dimension = want.get(fields::scalable_dimension);
        scaling::check(want.get(fields::service_namespace), resource_id.as_deref(), dimension, problems);
        let (least, greatest) = (want.get(fields::min_capacity), want.get(fields::max_capacity));
        schedule::check_bounds(
            (want.path(fields::min_capacity), least),
            (want.path(fields::max_capacity), greatest),
            problems,
        );
        let actions = want.get(fields::scheduled_actions).unwrap_or_default();
        schedule::check(&actions, &want.path(fields::scheduled_actions), problems);
    }

    async fn occupant(_: &Cx, want: &ScalableTargetInputs) -> Result<Option<String>> {
        Ok(Some(place(want).to_string()))
    }

    async fn owner_of(cx: &Cx, id: &str) -> Result<Option<Owner>> {
        Registered::owner(cx, id).await
    }

    async fn create(cx: &Cx, want: &ScalableTargetInputs, owner: &Owner) -> Result<String> {
        let id = place(want).to_string();
        // Registering changes a target that is there already.
        if cx.find::<Registered>(&id).await?.is_some() {
            return Err(Error::new(Kind::Exists, format!("there is a scalable target {id} already")));
        }
        let call = registering(cx, want).set_tags(Some(tagging::for_create(&want.tags, owner)));
        once_free(cx, &id, || async { call.clone().send().await.map_err(known_soon).map(drop) }).await?;
        Ok(id)
    }

    async fn settle(cx: &Cx, id: &str, want: &ScalableTargetInputs) -> Result<()> {
        schedule::bring(cx, &Place::of_id(id)?, &want.scheduled_actions).await
    }

    async fn read(cx: &Cx, id: &str) -> Result<Option<ScalableTarget>> {
        let place = Place::of_id(id)?;
        let Some(found) = cx.find::<Registered>(id).await? else { return Ok(None) };
        let target = found.target;
        let tags = match target.scalable_target_arn() {
            Some(arn) => unless_gone(tagging::tags(cx, arn).await)?,
            None => Some(Tags::default()),
        };
        let Some(tags) = tags else { return Ok(None) };
        let suspension_said = cx.recorded::<Self>().has(fields::suspended_state);
        let scheduled_actions = schedule::seen(cx, &place).await?;
        Ok(Some(ScalableTarget {
            service_namespace: place.namespace,
            resource_id: place.resource_id,
            scalable_dimension: place.dimension,
            min_capacity: target.min_capacity,
            max_capacity: target.max_capacity,
            suspended_state: suspension::seen(target.suspended_state(), suspension_said),
            scheduled_actions,
            role_arn: None,
            tags,
            scalable_target_id: id.to_owned(),
            scalable_target_arn: target.scalable_target_arn,
        }))
    }

    async fn update(cx: &Cx, id: &str, change: &Change<Self>) -> Result<()> {
        let differs = change.to(fields::min_capacity).is_some()
            || change.to(fields::max_capacity).is_some()
            || change.to(fields::suspended_state).is_some()
            || change.to(fields::role_arn).is_some();
        if differs {
            let call = registering(cx, change.wanted());
            once_free(cx, id, || async { Ok(call.clone().send().await.map(drop)?) }).await?;
        }
        let tags = TagChange::of(change, fields::tags);
        if tags.is_empty() {
            return Ok(());
        }
        let found = cx.find::<Registered>(id).await?;
        match found.and_then(|found| found.target.scalable_target_arn) {
            Some(arn) => tagging::retag(cx, &arn, &tags).await,
            None => Ok(()),
        }
    }

    async fn delete(cx: &Cx, id: &str, _: &Properties<'_, Self>) -> Result<()> {
        let place = Place::of_id(id)?;
        let call = cx
            .application_autoscaling()
            .deregister_scalable_target()
            .service_namespace(place.namespace.text().into())
            .resource_id(place.resource_id)
            .scalable_dimension(place.dimension.text().into());
        once_free(cx, id, || async { Ok(call.clone().send().await.map(drop)?) }).await
    }
}

fn place(want: &ScalableTargetInputs) -> Place {
    Place {
        namespace: want.service_namespace,
        resource_id: want.resource_id.clone(),
        dimension: want.scalable_dimension,
    }
}

type Registering =
    aws_sdk_applicationautoscaling::operation::register_scalable_target::builders::RegisterScalableTargetFluentBuilder;

/// The call that registers a target, and changes one that is registered.
fn registering(cx: &Cx, want: &ScalableTargetInputs) -> Registering {
    cx.application_autoscaling()
        .register_scalable_target()
        .service_namespace(want.service_namespace.text().into())
        .resource_id(&want.resource_id)
        .scalable_dimension(want.scalable_dimension.text().into())
        .min_capacity(want.min_capacity)
        .max_capacity(want.max_capacity)
        .set_role_arn(want.role_arn.clone())
        .suspended_state((&want.suspended_state.clone().unwrap_or_default()).into())
}

/// An ECS service that was made just now may not be known everywhere: whoever asks looks again for a while.
fn known_soon(error: impl Into<Error>) -> Error {
    let error = error.into();
    match error.to_string() {
        message if message.contains(codes::ECS_SERVICE_UNKNOWN) => Error::new(Kind::Gone, message),
        _ => error,
    }
}
