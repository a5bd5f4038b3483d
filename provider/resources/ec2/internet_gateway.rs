//! An internet gateway: a VPC's door to the internet.

use aws_sdk_ec2::types;
use framework::{
    Resource,
    property::Properties,
    resource::{Carried, Change, Managed, Owner},
};

use crate::{
    aws::{Aws, Cx, Findable, Result, Session, TagChange, Tags, answered, tags::ec2 as tagging},
    resources::ec2_calls::filter,
};

/// An internet gateway: the door through which a VPC's public addresses reach the internet, and are reached.
///
/// It does nothing by itself: a `VpcGatewayAttachment` puts it into a VPC, and a `Route` leads to it. AWS
/// allows as many in a Region as VPCs, 5 unless you ask for more (Amazon VPC User Guide, "Amazon VPC quotas").
#[derive(Resource)]
#[resource(token = "ec2:InternetGateway", model = "AWS::EC2::InternetGateway", id = "internet_gateway_id")]
pub struct InternetGateway {
    /// Tags, beside the provider's default tags.
    #[input(default)]
    tags: Tags,

    /// The internet gateway's id.
    #[output(stable)]
    internet_gateway_id: String,
}

impl Managed for InternetGateway {
    type Cloud = Aws;

    const OWNER: Carried = Carried::Tag { kind: "internet-gateway" };

    async fn create(cx: &Cx, want: &InternetGatewayInputs, owner: &Owner) -> Result<String> {
        let tags = tagging::tag_specification::<InternetGateway>(&want.tags, owner);
        let made = cx.ec2().create_internet_gateway().tag_specifications(tags).send().await?;
        answered(made.internet_gateway.and_then(|gateway| gateway.internet_gateway_id), "internetGatewayId")
    }

    async fn read(cx: &Cx, id: &str) -> Result<Option<InternetGateway>> {
        Ok(cx
            .find::<types::InternetGateway>(id)
            .await?
            .map(|found| InternetGateway { tags: tagging::tags(found.tags()), internet_gateway_id: id.to_owned() }))
    }

    async fn update(cx: &Cx, id: &str, change: &Change<Self>) -> Result<()> {
        tagging::retag(cx, id, &TagChange::of(change, fields::tags)).await
    }

    async fn delete(cx: &Cx, id: &str, _: &Properties<'_, Self>) -> Result<()> {
        cx.ec2().delete_internet_gateway().internet_gateway_id(id).send().await?;
        Ok(())
    }

    async fn blockers(cx: &Cx, id: &str) -> Result<Vec<String>> {
        let Some(found) = cx.find::<types::InternetGateway>(id).await? else { return Ok(Vec::new()) };
        let vpcs = found.attachments().iter().filter_map(|attachment| attachment.vpc_id());
        Ok(vpcs.map(|vpc| format!("{vpc}, to which it is attached")).collect())
    }
}

impl Findable for types::InternetGateway {
    fn id(&self) -> Option<&str> {
        self.internet_gateway_id()
    }

    async fn fetch(session: &Session, ids: Vec<String>) -> Result<Vec<Self>> {
        let gateways = session.ec2().describe_internet_gateways().filters(filter("internet-gateway-id", ids));
        Ok(gateways.into_paginator().items().send().try_collect().await?)
    }
}
