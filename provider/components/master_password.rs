//! The rotation of a master password that RDS manages: for a database by itself, and for a cluster.

use framework::{component::Scope, value::Output};

use crate::{
    aws::Aws,
    resources::secretsmanager::{RotationRules, RotationScheduleArgs, RotationScheduleHandle},
};

/// Describes how often the password in a secret of RDS's is rotated: every so many days, or not by itself.
///
/// RDS would rotate it every seven days, and containers read it only when they start.
pub fn rotation(scope: &Scope<Aws>, secret_arn: Output<String>, days: Option<i32>) -> RotationScheduleHandle {
    // A database that was imported, or made of a snapshot, may have a password that RDS doesn't manage.
    let is_managed = secret_arn.map(|arn| !arn.is_empty());
    scope.only_if(&is_managed).child(
        "password-rotation",
        RotationScheduleArgs {
            secret_id: secret_arn.into(),
            rotation_enabled: days.is_some().into(),
            rotation_rules: days.map(RotationRules::after).into(),
            ..RotationScheduleArgs::default()
        },
    )
}
