//! Finding scalable targets: many that are asked for at the same time are few calls.

use std::collections::BTreeMap;

use aws_sdk_applicationautoscaling::types;
use framework::{property::Choice as _, resource::Owner};

use super::{Place, ScalableDimension, ServiceNamespace};
use crate::aws::{Findable, Result, Session, limits::calls, tags::application_autoscaling as tagging, unless_gone};

/// A scalable target that stands in AWS, by its id.
#[derive(Clone, Debug)]
pub struct Registered {
    /// Its id: the text of its place.
    pub id: String,
    /// What Application Auto Scaling shows of it.
    pub target: types::ScalableTarget,
}

impl Registered {
    /// Whose the target at that place is, by its owner tag.
    ///
    /// # Errors
    ///
    /// What the calls fail with.
    pub async fn owner(session: &Session, id: &str) -> Result<Option<Owner>> {
        let found = session.find::<Registered>(id).await?;
        match found.and_then(|found| found.target.scalable_target_arn) {
            Some(arn) => Ok(unless_gone(tagging::owner_of(session, &arn).await)?.flatten()),
            None => Ok(None),
        }
    }
}

impl Findable for Registered {
    fn id(&self) -> Option<&str> {
        Some(&self.id)
    }

    async fn fetch(session: &Session, ids: Vec<String>) -> Result<Vec<Self>> {
        let mut found = Vec::new();
        for ((namespace, dimension), resources) in by_kind(&ids) {
            for resources in resources.chunks(calls::SCALABLE_TARGETS_AT_ONCE) {
                found.extend(described(session, namespace, dimension, resources.to_vec()).await?);
            }
        }
        Ok(found)
    }
}

/// One call describes those of one service and one dimension.
fn by_kind(ids: &[String]) -> BTreeMap<(ServiceNamespace, ScalableDimension), Vec<String>> {
    let mut kinds = BTreeMap::<_, Vec<_>>::new();
    for place in ids.iter().filter_map(|id| Place::parse(id)) {
        kinds.entry((place.namespace, place.dimension)).or_default().push(place.resource_id);
    }
    kinds
}

async fn described(
    session: &Session,
    namespace: ServiceNamespace,
    dimension: ScalableDimension,
    resources: Vec<String>,
) -> Result<Vec<Registered>> {
    let call = session
        .application_autoscaling()
        .describe_scalable_targets()
        .service_namespace(namespace.text().into())
        .scalable_dimension(dimension.text().into())
        .set_resource_ids(Some(resources));
    let targets: Vec<types::ScalableTarget> = call.into_paginator().items().send().try_collect().await?;
    let registered = |target: types::ScalableTarget| {
        let place = Place { namespace, resource_id: target.resource_id.clone(), dimension };
        Registered { id: place.to_string(), target }
    };
    Ok(targets.into_iter().map(registered).collect())
}
