//! The VPCs that a private hosted zone answers.

use aws_sdk_route53::types;

use super::HostedZoneVpc;
use crate::aws::{Cx, Result, unless_gone};

/// Associates those that are wanted and dissociates those that aren't; the last one of a zone can't go.
pub(super) async fn bring(cx: &Cx, id: &str, wanted: &[HostedZoneVpc]) -> Result<()> {
    if wanted.is_empty() {
        return Ok(());
    }
    let there = cx.route53().get_hosted_zone().id(id).send().await?.vpcs.unwrap_or_default();
    let there: Vec<_> = there.into_iter().map(HostedZoneVpc::from).collect();
    for vpc in wanted.iter().filter(|vpc| !there.contains(vpc)) {
        cx.route53().associate_vpc_with_hosted_zone().hosted_zone_id(id).vpc(vpc.into()).send().await?;
    }
    for vpc in there.iter().filter(|vpc| !wanted.contains(vpc)) {
        let call = cx.route53().disassociate_vpc_from_hosted_zone().hosted_zone_id(id).vpc(vpc.into());
        unless_gone(call.send().await)?;
    }
    Ok(())
}

impl From<&HostedZoneVpc> for types::Vpc {
    fn from(vpc: &HostedZoneVpc) -> Self {
        types::Vpc::builder().vpc_id(&vpc.vpc_id).vpc_region(vpc.vpc_region.as_str().into()).build()
    }
}

impl From<types::Vpc> for HostedZoneVpc {
    fn from(found: types::Vpc) -> Self {
        HostedZoneVpc {
            vpc_id: found.vpc_id.unwrap_or_default(),
            vpc_region: found.vpc_region.map(|region| region.to_string()).unwrap_or_default(),
        }
    }
}
