//! Encryption of connections, which is turned on and off step by step, so that clients can follow.

use aws_sdk_elasticache::types;
use framework::resource::Change;

use super::{ReplicationGroup, TransitEncryptionMode as Mode, fields, look};
use crate::{
    aws::{Cx, Result},
    resources::wire::Wire,
};

/// What connections a group takes: without encryption, both, or encrypted ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Takes {
    Open,
    Both,
    Encrypted,
}

impl Takes {
    fn of(enabled: bool, mode: Mode) -> Self {
        match (enabled, mode) {
            (false, _) => Takes::Open,
            (true, Mode::Preferred) => Takes::Both,
            (true, Mode::Required) => Takes::Encrypted,
        }
    }

    /// The next step on the way to another: AWS takes no two at once.
    fn step_to(self, wanted: Self) -> Option<Self> {
        match (self, wanted) {
            (Takes::Open, Takes::Encrypted) | (Takes::Encrypted, Takes::Open) => Some(Takes::Both),
            (stands, wanted) => (stands != wanted).then_some(wanted),
        }
    }
}

/// Brings the encryption of connections to what is wanted.
pub(super) async fn bring(cx: &Cx, id: &str, change: &Change<ReplicationGroup>) -> Result<()> {
    let turned = change.to(fields::transit_encryption_enabled).is_some();
    if !turned && change.to(fields::transit_encryption_mode).flatten().is_none() {
        return Ok(());
    }
    let want = change.wanted();
    loop {
        let found = look::until_free(cx, id).await?;
        let enabled = found.transit_encryption_enabled() == Some(true);
        let mode = found.transit_encryption_mode.and_then(Mode::from_aws);
        // What the program doesn't say is as it was, or AWS's default.
        let wanted_mode = want.transit_encryption_mode.or(mode.filter(|_| !turned)).unwrap_or_default();
        let wanted = Takes::of(want.transit_encryption_enabled, wanted_mode);
        let Some(step) = Takes::of(enabled, mode.unwrap_or_default()).step_to(wanted) else { return Ok(()) };
        ask(cx, id, step).await?;
    }
}

async fn ask(cx: &Cx, id: &str, step: Takes) -> Result<()> {
    let mode = match step {
        Takes::Open => None,
        Takes::Both => Some(types::TransitEncryptionMode::Preferred),
        Takes::Encrypted => Some(types::TransitEncryptionMode::Required),
    };
    let call = cx.elasticache().modify_replication_group().replication_group_id(id).apply_immediately(true);
    call.transit_encryption_enabled(step != Takes::Open).set_transit_encryption_mode(mode).send().await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_is_gone_step_by_step() {
        use Takes::{Both, Encrypted, Open};
        for (from, to, way) in [
            (Open, Encrypted, vec![Both, Encrypted]),
            (Encrypted, Open, vec![Both, Open]),
            (Open, Both, vec![Both]),
            (Encrypted, Both, vec![Both]),
            (Both, Encrypted, vec![Encrypted]),
            (Open, Open, vec![]),
        ] {
            let steps: Vec<_> = std::iter::successors(from.step_to(to), |stands| stands.step_to(to)).collect();
            assert_eq!(steps, way, "{from:?} to {to:?}");
        }
    }
}
