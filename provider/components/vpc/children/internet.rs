//! The network's door to the Internet.

use framework::value::Output;

use super::site::Site;
use crate::resources::ec2::{InternetGatewayArgs, VpcGatewayAttachmentArgs};

/// The internet gateway's id, once it is attached.
pub fn describe(site: &Site<'_>) -> Output<String> {
    let role = "internet-gateway";
    let tags = site.tags.of(role).into();
    // A gateway leaves a VPC only when nothing in it has a public address any more: a new VPC can't wait for that.
    let gateway = site.one_for_each_vpc(role, InternetGatewayArgs { tags });
    let attachment = site.child(
        "internet-gateway-attachment",
        VpcGatewayAttachmentArgs {
            vpc_id: site.vpc.vpc_id().into(),
            internet_gateway_id: gateway.internet_gateway_id().into(),
            ..VpcGatewayAttachmentArgs::default()
        },
    );
    gateway.internet_gateway_id().after(&attachment.id())
}
