//! A subnet: one block of a VPC's addresses in one Availability Zone.

use aws_sdk_ec2::types;
use framework::{
    Resource,
    problem::Problems,
    property::{Cidr, Properties},
    resource::{Carried, Change, Look, Managed, Owner},
    value::Path,
};

use crate::{
    aws::{Aws, Cx, Findable, Result, Session, TagChange, Tags, answered, limits::waits, tags::ec2 as tagging},
    resources::ec2_calls::filter,
};

/// A subnet of a VPC: a block of its addresses in one Availability Zone.
#[derive(Resource)]
#[resource(token = "ec2:Subnet", model = "AWS::EC2::Subnet", id = "subnet_id")]
pub struct Subnet {
    /// The VPC that the subnet is part of.
    #[input(replaces)]
    vpc_id: String,
    /// The subnet's IPv4 addresses, within the VPC's: between a /16 and a /28 block. AWS keeps five for itself.
    #[input(replaces)]
    cidr_block: Cidr,
    /// The zone, by name (`eu-west-1a`). AWS chooses when neither this nor `availabilityZoneId` is given.
    #[input(replaces, computed)]
    availability_zone: Option<String>,
    /// The zone, by the id that is the same in every account (`euw1-az1`).
    #[input(replaces, computed)]
    availability_zone_id: Option<String>,
    /// Whether network interfaces made here get a public IPv4 address.
    #[input(default = false)]
    map_public_ip_on_launch: bool,
    /// Tags, beside the provider's default tags.
    #[input(default)]
    tags: Tags,

    /// The subnet's id.
    #[output(stable)]
    subnet_id: String,
    /// The subnet's ARN.
    #[output(stable)]
    subnet_arn: String,
}

impl Managed for Subnet {
    type Cloud = Aws;

    const OWNER: Carried = Carried::Tag { kind: "subnet" };

    /// An address belongs to one subnet of a VPC at a time.
    fn deletes_first(was: &Properties<'_, Self>, want: &Properties<'_, Self>) -> bool {
        let overlap = was.get(fields::cidr_block).zip(want.get(fields::cidr_block)).is_none_or(|(was, want)| {
            let (was, want) = (was.net(), want.net());
            was.contains(&want) || want.contains(&was)
        });
        overlap && was.get(fields::vpc_id) == want.get(fields::vpc_id)
    }

    fn rules(want: &Properties<'_, Self>, problems: &mut Problems) {
        if let Some(block) = want.get(fields::cidr_block)
            && !(16..=28).contains(&block.net().prefix_len())
        {
            problems.add(Path::of("cidrBlock"), "must be between a /16 and a /28 block");
        }
    }

    async fn create(cx: &Cx, want: &SubnetInputs, owner: &Owner) -> Result<String> {
        let made = cx
            .ec2()
            .create_subnet()
            .vpc_id(&want.vpc_id)
            .cidr_block(want.cidr_block.to_string())
            .set_availability_zone(want.availability_zone.clone())
            .set_availability_zone_id(want.availability_zone_id.clone().filter(|_| want.availability_zone.is_none()))
            .tag_specifications(tagging::tag_specification::<Subnet>(&want.tags, owner))
            .send()
            .await?;
        answered(made.subnet.and_then(|subnet| subnet.subnet_id), "subnetId")
    }

    async fn settle(cx: &Cx, id: &str, want: &SubnetInputs) -> Result<()> {
        let subnet = cx
            .until(&waits::SUBNET_AVAILABLE, id, || async { Ok(availability(cx.find::<types::Subnet>(id).await?)) })
            .await?;
        if subnet.map_public_ip_on_launch != Some(want.map_public_ip_on_launch) {
            let value = types::AttributeBooleanValue::builder().value(want.map_public_ip_on_launch).build();
            cx.ec2().modify_subnet_attribute().subnet_id(id).map_public_ip_on_launch(value).send().await?;
        }
        Ok(())
    }

    async fn read(cx: &Cx, id: &str) -> Result<Option<Subnet>> {
        cx.find::<types::Subnet>(id).await?.map(Subnet::try_from).transpose()
    }

    async fn update(cx: &Cx, id: &str, change: &Change<Self>) -> Result<()> {
        tagging::retag(cx, id, &TagChange::of(change, fields::tags)).await
    }

    async fn delete(cx: &Cx, id: &str, _: &Properties<'_, Self>) -> Result<()> {
        cx.ec2().delete_subnet().subnet_id(id).send().await?;
        Ok(())
    }
}

impl TryFrom<types::Subnet> for Subnet {
    type Error = crate::aws::Error;

    fn try_from(found: types::Subnet) -> Result<Self> {
        Ok(Subnet {
            tags: tagging::tags(found.tags()),
            vpc_id: answered(found.vpc_id, "vpcId")?,
            cidr_block: answered(found.cidr_block.and_then(|block| block.parse().ok()), "cidrBlock")?,
            availability_zone: found.availability_zone,
            availability_zone_id: found.availability_zone_id,
            map_public_ip_on_launch: found.map_public_ip_on_launch.unwrap_or_default(),
            subnet_id: answered(found.subnet_id, "subnetId")?,
            subnet_arn: found.subnet_arn.unwrap_or_default(),
        })
    }
}

impl Findable for types::Subnet {
    fn id(&self) -> Option<&str> {
        self.subnet_id()
    }

    async fn fetch(session: &Session, ids: Vec<String>) -> Result<Vec<Self>> {
        let subnets = session.ec2().describe_subnets().filters(filter("subnet-id", ids));
        Ok(subnets.into_paginator().items().send().try_collect().await?)
    }
}

fn availability(found: Option<types::Subnet>) -> Look<types::Subnet> {
    match found {
        Some(subnet) if subnet.state() == Some(&types::SubnetState::Available) => Look::Ready(subnet),
        Some(subnet) => Look::Pending(subnet.state().map_or_else(String::new, ToString::to_string)),
        None => Look::Pending("not to be seen yet".to_owned()),
    }
}
