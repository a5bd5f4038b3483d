//! Which target a policy is of, by either of the two ways to say it.

use framework::{
    error::Kind,
    problem::Problems,
    property::{Choice as _, Properties},
};

use super::{ScalingPolicy, ScalingPolicyInputs, fields};
use crate::{
    aws::{Error, Result},
    resources::{
        exclusive::{at_most_one, given},
        scaling::{self, Place, ServiceNamespace},
    },
};

/// The properties that say it.
pub(super) const NAMES: [&str; 4] = [
    fields::scaling_target_id.name(),
    fields::service_namespace.name(),
    fields::resource_id.name(),
    fields::scalable_dimension.name(),
];

/// The target's id alone, or the three parts that it has.
pub(super) fn rules(want: &Properties<'_, ScalingPolicy>, problems: &mut Problems) {
    let id = given(want, fields::scaling_target_id);
    let parts = [
        given(want, fields::service_namespace),
        given(want, fields::resource_id),
        given(want, fields::scalable_dimension),
    ];
    if id.1 {
        parts.iter().for_each(|part| at_most_one(&[id, *part], problems));
        if let Some(Some(id)) = want.get(fields::scaling_target_id)
            && Place::parse(&id).is_none()
        {
            problems.add(
                want.path(fields::scaling_target_id),
                "must be the id of a scalable target: its resourceId, its scalableDimension and its serviceNamespace \
                 with bars between them, as in service/my-cluster/my-service|ecs:service:DesiredCount|ecs",
            );
        }
        return;
    }
    for (name, _) in parts.iter().filter(|(_, given)| !given) {
        problems.add(framework::value::Path::of(name), "is required, unless scalingTargetId is given");
    }
    scaling::check(
        want.get(fields::service_namespace).flatten(),
        want.get(fields::resource_id).flatten().as_deref(),
        want.get(fields::scalable_dimension).flatten(),
        problems,
    );
}

/// The place of the target, as far as it is known.
pub(super) fn of(want: &Properties<'_, ScalingPolicy>) -> Option<Place> {
    match want.get(fields::scaling_target_id)? {
        Some(id) => Place::parse(&id),
        None => Some(Place {
            namespace: want.get(fields::service_namespace)??,
            resource_id: want.get(fields::resource_id)??,
            dimension: want.get(fields::scalable_dimension)??,
        }),
    }
}

/// The place of the target.
pub(super) fn of_inputs(want: &ScalingPolicyInputs) -> Result<Place> {
    let missing = || Error::new(Kind::Invalid, "a scaling policy needs scalingTargetId, or all parts of that");
    match (&want.scaling_target_id, want.service_namespace, &want.resource_id, want.scalable_dimension) {
        (Some(id), ..) => Place::of_id(id),
        (None, Some(namespace), Some(resource_id), Some(dimension)) => {
            Ok(Place { namespace, resource_id: resource_id.clone(), dimension })
        }
        _ => Err(missing()),
    }
}

/// The service, the thing and the policy's name, as the policy's ARN has them:
/// `arn:aws:autoscaling:…:scalingPolicy:…:resource/ecs/service/apps/web:policyName/cpu`.
pub(super) fn parts(arn: &str) -> Result<(ServiceNamespace, &str, &str)> {
    let wrong = || Error::new(Kind::Invalid, format!("{arn:?} is not the ARN of a scaling policy"));
    let parts = || {
        let (_, of) = arn.split_once(":resource/")?;
        let (of, name) = of.split_once(":policyName/")?;
        let (namespace, resource_id) = of.split_once('/')?;
        Some((ServiceNamespace::from_text(namespace)?, resource_id, name))
    };
    parts().ok_or_else(wrong)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    const BEGIN: &str = "arn:aws:autoscaling:eu-west-1:123456789012:scalingPolicy:6d8972f3-efc8-437c-92d1-6270f29a66e7";

    #[test]
    fn an_arn_says_which_policy_it_is() {
        let policy = format!("{BEGIN}:resource/ecs/service/apps/web:policyName/cpu 60");
        assert_eq!(parts(&policy).unwrap(), (ServiceNamespace::Ecs, "service/apps/web", "cpu 60"));
        let policy = format!("{BEGIN}:resource/rds/cluster:orders:policyName/a:policyName/b");
        assert_eq!(parts(&policy).unwrap(), (ServiceNamespace::Rds, "cluster:orders", "a:policyName/b"));
    }

    #[test]
    fn what_is_no_policys_arn_is_refused() {
        for arn in [
            "",
            "cpu",
            BEGIN,
            "arn:aws:autoscaling:eu-west-1:123456789012:scalingPolicy:1:resource/moon/a:policyName/b",
        ] {
            assert!(parts(arn).is_err(), "{arn}");
        }
    }
}
