//! Where data stands: in subnets without a way to or from the Internet.

use framework::{component::Scope, value::Output};

use super::{Network, child_tags::ChildTags};
use crate::{
    aws::Aws,
    resources::ec2::{SecurityGroupArgs, SecurityGroupHandle},
};

/// The security group of what keeps data. Links let services in; nothing goes out.
pub fn security_group(
    scope: &Scope<Aws>,
    description: &str,
    network: &Output<Network>,
    tags: &ChildTags,
) -> SecurityGroupHandle {
    let role = "security-group";
    scope.child(
        role,
        SecurityGroupArgs {
            group_description: description.into(),
            vpc_id: network.map(|network| network.vpc_id).into(),
            revoke_default_egress: true.into(),
            tags: tags.of(role).into(),
            ..SecurityGroupArgs::default()
        },
    )
}

/// The isolated subnets of a network. Two at least, for whatever keeps data wants a second zone to go to.
pub fn subnets(scope: &Scope<Aws>, network: &Output<Network>) -> Output<Vec<String>> {
    const ZONES: usize = 2;
    scope.checked(network, |network| {
        let found = network.isolated_subnet_ids;
        match found.len() {
            0 => Err("the network has no isolated subnets, in which data stands: give isolatedSubnetIds of two \
                      Availability Zones"
                .to_owned()),
            few if few < ZONES => {
                Err("the network has isolated subnets in one Availability Zone alone, and a database \
                                       needs two: raise availabilityZoneCount, or give isolatedSubnetIds"
                    .to_owned())
            }
            _ => Ok(found),
        }
    })
}
