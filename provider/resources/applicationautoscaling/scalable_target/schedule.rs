//! Scheduled actions: other bounds of a target at certain times.

use std::collections::BTreeSet;

use aws_sdk_applicationautoscaling::types;
use framework::{Object, problem::Problems, property::Choice as _, value::Path};

use crate::{
    aws::{Cx, Result, unless_gone},
    resources::{
        moment::Moment,
        scaling::{Place, once_free},
    },
};

/// AWS's own time zone.
const UTC: &str = "UTC";

/// Other bounds of a target at certain times.
#[derive(Object, Clone, Debug, PartialEq, Eq)]
#[object(token = "applicationautoscaling:ScheduledAction")]
pub struct ScheduledAction {
    /// The action's name, unique in its target.
    #[field(
        length(1, 256),
        pattern(
            r"[^ \x00-\x1F\x7F-\x9F:/|]([^\x00-\x1F\x7F-\x9F:/|]*[^ \x00-\x1F\x7F-\x9F:/|])?",
            "a name without colons, slashes, bars and signs that can't be printed, and without spaces at its ends"
        )
    )]
    pub scheduled_action_name: String,
    /// When it happens: once, as in `at(2027-01-31T06:00:00)`; every so often, as in `rate(12 hours)`; or as in
    /// `cron(0 6 ? * MON-FRI *)`, with the fields minutes, hours, day of month, month, day of week and year.
    #[field(
        length(1, 1600),
        pattern(r"(at|rate|cron)\([^()]+\)", "an at, rate or cron expression, such as cron(0 6 ? * MON-FRI *)")
    )]
    pub schedule: String,
    /// The time zone in which at and cron expressions are read, such as `Europe/Berlin`.
    #[field(default = UTC, length(1, 1600))]
    pub timezone: String,
    /// When it begins to happen, such as `2027-01-31T06:00:00Z`. At once when absent.
    pub start_time: Option<Moment>,
    /// When it no longer happens, such as `2027-12-31T06:00:00Z`. Never when absent.
    pub end_time: Option<Moment>,
    /// The bounds from then on.
    pub scalable_target_action: Option<ScalableTargetAction>,
}

/// The bounds that a scheduled action sets: one of them, or both.
#[derive(Object, Clone, Debug, PartialEq, Eq)]
#[object(token = "applicationautoscaling:ScalableTargetAction")]
pub struct ScalableTargetAction {
    /// The least that is scaled in to. It is scaled out to at once when there is less.
    pub min_capacity: Option<i32>,
    /// The greatest that is scaled out to. It is scaled in to at once when there is more.
    pub max_capacity: Option<i32>,
}

/// Notes bounds that are none.
pub(super) fn check_bounds(least: (Path, Option<i32>), greatest: (Path, Option<i32>), problems: &mut Problems) {
    for (at, _) in [&least, &greatest].into_iter().filter(|(_, bound)| bound.is_some_and(|bound| bound < 0)) {
        problems.add(at.clone(), "must not be negative");
    }
    if let (Some(least), Some(most)) = (least.1, greatest.1)
        && least > most
    {
        problems.add(greatest.0, "must not be less than minCapacity");
    }
}

/// Notes actions of the same name, and actions that could do nothing.
pub(super) fn check(actions: &[ScheduledAction], at: &Path, problems: &mut Problems) {
    let mut names = BTreeSet::new();
    for (index, action) in actions.iter().enumerate() {
        let at = at.index(index);
        if !names.insert(&action.scheduled_action_name) {
            problems.add(at.key("scheduledActionName"), "must be unique among the target's scheduled actions");
        }
        if let (Some(start), Some(end)) = (action.start_time, action.end_time)
            && start >= end
        {
            problems.add(at.key("endTime"), "must be after startTime");
        }
        if let Some(bounds) = &action.scalable_target_action {
            let at = at.key("scalableTargetAction");
            if bounds.min_capacity.is_none() && bounds.max_capacity.is_none() {
                problems.add(at.clone(), "needs minCapacity, maxCapacity, or both");
            }
            check_bounds(
                (at.key("minCapacity"), bounds.min_capacity),
                (at.key("maxCapacity"), bounds.max_capacity),
                problems,
            );
        }
    }
}

/// The actions of the target at a place.
pub(super) async fn seen(cx: &Cx, place: &Place) -> Result<Vec<ScheduledAction>> {
    let call = cx
        .application_autoscaling()
        .describe_scheduled_actions()
        .service_namespace(place.namespace.text().into())
        .resource_id(&place.resource_id)
        .scalable_dimension(place.dimension.text().into());
    let found: Vec<types::ScheduledAction> = call.into_paginator().items().send().try_collect().await?;
    Ok(found.into_iter().map(ScheduledAction::from).collect())
}

/// Makes the target's actions those that are wanted, and no others.
pub(super) async fn bring(cx: &Cx, place: &Place, wanted: &[ScheduledAction]) -> Result<()> {
    let there = seen(cx, place).await?;
    for action in there.iter().filter(|action| must_go(action, wanted)) {
        remove(cx, place, &action.scheduled_action_name).await?;
    }
    for action in wanted.iter().filter(|action| !there.contains(action)) {
        put(cx, place, action).await?;
    }
    Ok(())
}

/// Whether an action isn't wanted, or has something that a call which changes it couldn't take away: what such a
/// call doesn't name stays, but for the start and the end (Application Auto Scaling API Reference, `PutScheduledAction`).
fn must_go(there: &ScheduledAction, wanted: &[ScheduledAction]) -> bool {
    let Some(wanted) = wanted.iter().find(|one| one.scheduled_action_name == there.scheduled_action_name) else {
        return true;
    };
    let bounds = |action: &ScheduledAction| {
        let bounds = action.scalable_target_action.as_ref();
        bounds.map_or([None, None], |bounds| [bounds.min_capacity, bounds.max_capacity])
    };
    bounds(there).iter().zip(bounds(wanted)).any(|(was, is)| was.is_some() && is.is_none())
}

async fn remove(cx: &Cx, place: &Place, name: &str) -> Result<()> {
    let call = cx
        .application_autoscaling()
        .delete_scheduled_action()
        .service_namespace(place.namespace.text().into())
        .resource_id(&place.resource_id)
        .scalable_dimension(place.dimension.text().into())
        .scheduled_action_name(name);
    once_free(cx, name, || async { unless_gone(call.clone().send().await).map(drop) }).await
}

async fn put(cx: &Cx, place: &Place, action: &ScheduledAction) -> Result<()> {
    let bounds = action.scalable_target_action.as_ref();
    let call = cx
        .application_autoscaling()
        .put_scheduled_action()
        .service_namespace(place.namespace.text().into())
        .resource_id(&place.resource_id)
        .scalable_dimension(place.dimension.text().into())
        .scheduled_action_name(&action.scheduled_action_name)
        .schedule(&action.schedule)
        .timezone(&action.timezone)
        .set_start_time(action.start_time.map(Moment::date_time))
        .set_end_time(action.end_time.map(Moment::date_time))
        .set_scalable_target_action(bounds.map(types::ScalableTargetAction::from));
    once_free(cx, &action.scheduled_action_name, || async { Ok(call.clone().send().await.map(drop)?) }).await
}

impl From<types::ScheduledAction> for ScheduledAction {
    fn from(found: types::ScheduledAction) -> Self {
        ScheduledAction {
            scheduled_action_name: found.scheduled_action_name,
            schedule: found.schedule,
            timezone: found.timezone.unwrap_or_else(|| UTC.to_owned()),
            start_time: found.start_time.map(Moment::from),
            end_time: found.end_time.map(Moment::from),
            scalable_target_action: found.scalable_target_action.map(ScalableTargetAction::from),
        }
    }
}

impl From<types::ScalableTargetAction> for ScalableTargetAction {
    fn from(found: types::ScalableTargetAction) -> Self {
        ScalableTargetAction { min_capacity: found.min_capacity, max_capacity: found.max_capacity }
    }
}

impl From<&ScalableTargetAction> for types::ScalableTargetAction {
    fn from(want: &ScalableTargetAction) -> Self {
        types::ScalableTargetAction::builder()
            .set_min_capacity(want.min_capacity)
            .set_max_capacity(want.max_capacity)
            .build()
    }
}
