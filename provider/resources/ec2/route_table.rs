//! A route table: where a subnet's traffic goes.

use aws_sdk_ec2::types;
use framework::{
    Resource,
    property::Properties,
    resource::{Carried, Change, Managed, Owner},
};

use crate::{
    aws::{Aws, Cx, Findable, Result, Session, TagChange, Tags, answered, tags::ec2 as tagging},
    resources::ec2_calls::{client_token, filter},
};

/// A route table of a VPC: where the traffic goes that leaves a subnet.
///
/// A new one knows the way to the VPC's own addresses; each `Route` adds another, up to 50 unless you ask
/// for more (Amazon VPC User Guide, "Amazon VPC quotas"), and each `SubnetRouteTableAssociation` gives it
/// to a subnet. Subnets without one use the table that AWS made with the VPC.
#[derive(Resource)]
#[resource(token = "ec2:RouteTable", model = "AWS::EC2::RouteTable", id = "route_table_id")]
pub struct RouteTable {
    /// The VPC that the route table is for.
    #[input(replaces)]
    vpc_id: String,
    /// Tags, beside the provider's default tags.
    #[input(default)]
    tags: Tags,

    /// The route table's id.
    #[output(stable)]
    route_table_id: String,
}

impl Managed for RouteTable {
    type Cloud = Aws;

    const OWNER: Carried = Carried::Tag { kind: "route-table" };

    async fn create(cx: &Cx, want: &RouteTableInputs, owner: &Owner) -> Result<String> {
        let made = cx
            .ec2()
            .create_route_table()
            .vpc_id(&want.vpc_id)
            .tag_specifications(tagging::tag_specification::<RouteTable>(&want.tags, owner))
            .set_client_token(client_token(owner))
            .send()
            .await?;
        answered(made.route_table.and_then(|table| table.route_table_id), "routeTableId")
    }

    async fn read(cx: &Cx, id: &str) -> Result<Option<RouteTable>> {
        let Some(found) = cx.find::<types::RouteTable>(id).await? else { return Ok(None) };
        Ok(Some(RouteTable {
            tags: tagging::tags(found.tags()),
            vpc_id: answered(found.vpc_id, "vpcId")?,
            route_table_id: id.to_owned(),
        }))
    }

    async fn update(cx: &Cx, id: &str, change: &Change<Self>) -> Result<()> {
        tagging::retag(cx, id, &TagChange::of(change, fields::tags)).await
    }

    async fn delete(cx: &Cx, id: &str, _: &Properties<'_, Self>) -> Result<()> {
        cx.ec2().delete_route_table().route_table_id(id).send().await?;
        Ok(())
    }

    async fn blockers(cx: &Cx, id: &str) -> Result<Vec<String>> {
        let Some(found) = cx.find::<types::RouteTable>(id).await? else { return Ok(Vec::new()) };
        let users = found.associations().iter().filter_map(|association| {
            association.subnet_id().or(association.gateway_id()).or(association.route_table_association_id())
        });
        Ok(users.map(ToOwned::to_owned).collect())
    }
}

impl Findable for types::RouteTable {
    fn id(&self) -> Option<&str> {
        self.route_table_id()
    }

    async fn fetch(session: &Session, ids: Vec<String>) -> Result<Vec<Self>> {
        let tables = session.ec2().describe_route_tables().filters(filter("route-table-id", ids));
        Ok(tables.into_paginator().items().send().try_collect().await?)
    }
}
