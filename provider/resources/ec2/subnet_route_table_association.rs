//! What gives a route table to a subnet.

use aws_sdk_ec2::types::{self, RouteTableAssociationStateCode as State};
use framework::{
    Resource,
    property::Properties,
    resource::{Carried, Look, Managed, Owner},
};

use crate::{
    aws::{Aws, Cx, Findable, Result, Session, answered, limits::waits, tags::ec2 as tagging},
    resources::ec2_calls::filter,
};

/// Gives a route table to a subnet, in place of the VPC's main route table.
///
/// A subnet has one association at most, and AWS gives a new id to an association that it moves to another
/// table. So another table means another association, and the old one goes first: for about a second in
/// between the subnet uses the VPC's main route table.
#[derive(Resource)]
#[resource(
    token = "ec2:SubnetRouteTableAssociation",
    model = "AWS::EC2::SubnetRouteTableAssociation",
    id = "association_id"
)]
pub struct SubnetRouteTableAssociation {
    /// The subnet.
    #[input(replaces)]
    subnet_id: String,
    /// The route table, of the subnet's VPC.
    #[input(replaces)]
    route_table_id: String,

    /// The association's id, such as `rtbassoc-0123456789abcdef0`.
    #[output(stable)]
    association_id: String,
}

impl Managed for SubnetRouteTableAssociation {
    type Cloud = Aws;

    const OWNER: Carried = Carried::Identity;

    /// A subnet has one route table at a time.
    fn deletes_first(was: &Properties<'_, Self>, want: &Properties<'_, Self>) -> bool {
        was.get(fields::subnet_id) == want.get(fields::subnet_id)
    }

    async fn occupant(cx: &Cx, want: &SubnetRouteTableAssociationInputs) -> Result<Option<String>> {
        let of_subnet = filter("association.subnet-id", vec![want.subnet_id.clone()]);
        let found = associations(cx, of_subnet).await?.into_iter().find(|found| found.of(&want.subnet_id));
        Ok(found.and_then(|Association(found)| found.route_table_association_id))
    }

    async fn holder(cx: &Cx, want: &SubnetRouteTableAssociationInputs) -> Result<Option<Owner>> {
        let subnet = cx.find::<types::Subnet>(&want.subnet_id).await?;
        Ok(subnet.and_then(|subnet| tagging::owner_of(subnet.tags())))
    }

    async fn create(cx: &Cx, want: &SubnetRouteTableAssociationInputs, _: &Owner) -> Result<String> {
        let asked = cx.ec2().associate_route_table().subnet_id(&want.subnet_id).route_table_id(&want.route_table_id);
        answered(asked.send().await?.association_id, "associationId")
    }

    async fn settle(cx: &Cx, id: &str, _: &SubnetRouteTableAssociationInputs) -> Result<()> {
        cx.until(&waits::ROUTE_TABLE_ASSOCIATED, id, || async { Ok(associated(cx.find(id).await?)) }).await
    }

    async fn read(cx: &Cx, id: &str) -> Result<Option<SubnetRouteTableAssociation>> {
        let Some(Association(found)) = cx.find(id).await? else { return Ok(None) };
        Ok(Some(SubnetRouteTableAssociation {
            subnet_id: answered(found.subnet_id, "subnetId")?,
            route_table_id: answered(found.route_table_id, "routeTableId")?,
            association_id: id.to_owned(),
        }))
    }

    async fn delete(cx: &Cx, id: &str, _: &Properties<'_, Self>) -> Result<()> {
        cx.ec2().disassociate_route_table().association_id(id).send().await?;
        Ok(())
    }
}

fn associated(found: Option<Association>) -> Look<()> {
    let Some(Association(found)) = found else { return Look::Pending("not to be seen yet".to_owned()) };
    let Some(state) = found.association_state else { return Look::Ready(()) };
    match state.state {
        Some(State::Associated) | None => Look::Ready(()),
        Some(State::Failed) => Look::Failed(state.status_message.unwrap_or_default()),
        Some(other) => Look::Pending(other.to_string()),
    }
}

/// An association of a subnet, among those that its route table lists.
#[derive(Clone)]
struct Association(types::RouteTableAssociation);

impl Association {
    fn of(&self, subnet: &str) -> bool {
        self.0.subnet_id() == Some(subnet)
    }

    fn is_over(&self) -> bool {
        self.0.association_state().and_then(types::RouteTableAssociationState::state) == Some(&State::Disassociated)
    }
}

impl Findable for Association {
    fn id(&self) -> Option<&str> {
        self.0.route_table_association_id()
    }

    async fn fetch(session: &Session, ids: Vec<String>) -> Result<Vec<Self>> {
        associations(session, filter("association.route-table-association-id", ids)).await
    }
}

/// The associations in the route tables that a filter finds; these list all that they have.
async fn associations(session: &Session, those: types::Filter) -> Result<Vec<Association>> {
    let tables = session.ec2().describe_route_tables().filters(those).into_paginator().items().send();
    let tables: Vec<types::RouteTable> = tables.try_collect().await?;
    let all = tables.into_iter().flat_map(|table| table.associations.unwrap_or_default()).map(Association);
    Ok(all.filter(|found| !found.is_over()).collect())
}
