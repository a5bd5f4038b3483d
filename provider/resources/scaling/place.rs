//! Where a scalable target is: there is one target at a place at most.

use std::fmt;

use framework::{error::Kind, problem::Problems, property::Choice as _, value::Path};

use super::{ScalableDimension, ServiceNamespace};
use crate::aws::{Error, Result};

/// The place of a scalable target. Its text is the target's id:
/// `service/my-cluster/my-service|ecs:service:DesiredCount|ecs`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The service.
    pub namespace: ServiceNamespace,
    /// The thing, as Application Auto Scaling calls it.
    pub resource_id: String,
    /// What of it is scaled.
    pub dimension: ScalableDimension,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}|{}|{}", self.resource_id, self.dimension.text(), self.namespace.text())
    }
}

impl Place {
    /// The place that an id names.
    #[must_use]
    pub fn parse(id: &str) -> Option<Place> {
        let (rest, namespace) = id.rsplit_once('|')?;
        let (resource_id, dimension) = rest.rsplit_once('|')?;
        let place = Place {
            namespace: ServiceNamespace::from_text(namespace)?,
            resource_id: resource_id.to_owned(),
            dimension: ScalableDimension::from_text(dimension)?,
        };
        (!place.resource_id.is_empty()).then_some(place)
    }

    /// The place that an id names, or what such an id looks like.
    ///
    /// # Errors
    ///
    /// That the id names none.
    pub fn of_id(id: &str) -> Result<Place> {
        Place::parse(id).ok_or_else(|| {
            let example = "service/my-cluster/my-service|ecs:service:DesiredCount|ecs";
            let wrong = format!(
                "{id:?} is not the id of a scalable target, which is its resourceId, its scalableDimension and its \
                 serviceNamespace with bars between them: {example}"
            );
            Error::new(Kind::Invalid, wrong)
        })
    }
}

/// Notes what doesn't go together in a place, of which any part may be unknown: a dimension of another service, a
/// thing of another kind.
pub fn check(
    namespace: Option<ServiceNamespace>,
    resource_id: Option<&str>,
    dimension: Option<ScalableDimension>,
    problems: &mut Problems,
) {
    if let (Some(namespace), Some(dimension)) = (namespace, dimension)
        && !namespace.has(dimension)
    {
        problems.add(Path::of("scalableDimension"), "must be a dimension of the service that serviceNamespace names");
    }
    let names_service = |id: &str| {
        let parts: Vec<_> = id.split('/').collect();
        matches!(parts.as_slice(), ["service", cluster, service] if !cluster.is_empty() && !service.is_empty())
    };
    if namespace == Some(ServiceNamespace::Ecs) && resource_id.is_some_and(|id| !names_service(id)) {
        problems.add(
            Path::of("resourceId"),
            "must be service/<name of the cluster>/<name of the service> when serviceNamespace is ecs",
        );
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_read_as_it_is_written() {
        for id in [
            "service/apps/web|ecs:service:DesiredCount|ecs",
            "cluster:orders|rds:cluster:ReadReplicaCount|rds",
            "https://a.example.com/b|c|custom-resource:ResourceType:Property|custom-resource",
        ] {
            assert_eq!(Place::of_id(id).unwrap().to_string(), id);
        }
    }

    #[test]
    fn what_is_no_id_is_refused() {
        for id in [
            "",
            "service/apps/web",
            "service/apps/web|ecs:service:DesiredCount",
            "a|b|ecs",
            "|ecs:service:DesiredCount|ecs",
        ] {
            assert!(Place::of_id(id).is_err(), "{id}");
        }
    }
}
