//! A NAT gateway: the way out for what has no public address.

use aws_sdk_ec2::types::{self, NatGatewayState as State};
use framework::{
    Choice, Resource,
    error::Kind,
    problem::Problems,
    property::{Choice as _, Properties},
    resource::{Carried, Change, Look, Managed, Owner, Wait},
    value::Path,
};

use crate::{
    aws::{Aws, Cx, Error, Findable, Result, Session, TagChange, Tags, answered, limits::waits, tags::ec2 as tagging},
    resources::{
        ec2_calls::{client_token, filter},
        exclusive::{at_most_one, given},
        nat_gateway_addresses as addresses,
    },
};

/// A NAT gateway: the way out to the internet, or to other networks, for what has no public address.
///
/// A public one needs an Elastic IP address, and an internet gateway attached to its VPC. AWS takes about two
/// minutes to make one, charges for it by the hour and by the gigabyte, and allows 5 in an Availability Zone
/// unless you ask for more (Amazon VPC User Guide, "Amazon VPC quotas").
///
/// An Elastic IP address serves one gateway at a time. So a change that needs another gateway deletes the old
/// one first, and for some minutes there is no way out, unless it gets another address too.
#[derive(Resource)]
#[resource(token = "ec2:NatGateway", model = "AWS::EC2::NatGateway", id = "nat_gateway_id")]
pub struct NatGateway {
    /// Whether it is in one Availability Zone, or in all of the VPC's.
    #[input(replaces, default = AvailabilityMode::Zonal)]
    availability_mode: AvailabilityMode,
    /// The subnet that a zonal gateway is in; for a public one a subnet with a route to an internet gateway.
    #[input(replaces)]
    subnet_id: Option<String>,
    /// The VPC that a regional gateway is in. A zonal one is in its subnet's.
    #[input(replaces, computed)]
    vpc_id: Option<String>,
    /// Whether it leads to the internet, or to other VPCs and your own networks only.
    #[input(replaces, default = ConnectivityType::Public)]
    connectivity_type: ConnectivityType,
    /// The allocation of the Elastic IP address of a zonal public gateway.
    #[input(replaces)]
    allocation_id: Option<String>,
    /// Its primary private address, one of the subnet's. AWS chooses when absent.
    #[input(replaces, computed)]
    private_ip_address: Option<String>,
    /// The allocations of further Elastic IP addresses of a public gateway, each for 55,000 more connections to
    /// one destination: one unless you ask for more (Amazon VPC User Guide, "NAT gateway basics").
    #[input(default, set)]
    secondary_allocation_ids: Vec<String>,
    /// Further private addresses, of the subnet: for a public gateway those of its further Elastic IP addresses,
    /// for a private one up to 31. AWS chooses when absent; an empty list removes them from a private gateway.
    #[input(set, computed)]
    secondary_private_ip_addresses: Option<Vec<String>>,
    /// How many further private addresses a private gateway has, where AWS shall choose them: 1 to 31.
    #[input(range(1, 31))]
    secondary_private_ip_address_count: Option<i32>,
    /// How many seconds connections may go on over an address that is taken away: 1 to 4000, 350 when absent
    /// (Amazon EC2 API Reference, "DisassociateNatGatewayAddress").
    #[input(write_only, range(1, 4000))]
    max_drain_duration_seconds: Option<i32>,
    /// Tags, beside the provider's default tags.
    #[input(default)]
    tags: Tags,

    /// The NAT gateway's id.
    #[output(stable)]
    nat_gateway_id: String,
    /// `available`, or `pending`, `failed`, `deleting`.
    state: String,
    /// The id of a zonal gateway's network interface.
    #[output(stable)]
    eni_id: Option<String>,
    /// The public address from which a public zonal gateway's traffic comes.
    #[output(stable)]
    public_ip: Option<String>,
    /// The route table that AWS made for a regional gateway.
    #[output(stable)]
    route_table_id: Option<String>,
    /// `enabled` when AWS extends a regional gateway to further Availability Zones itself.
    auto_provision_zones: Option<String>,
    /// `enabled` when AWS gives a regional gateway further addresses itself.
    auto_scaling_ips: Option<String>,
}

/// Where a NAT gateway leads.
#[derive(Choice, Clone, Copy, Debug, PartialEq, Eq)]
#[choice(token = "ec2:ConnectivityType")]
pub enum ConnectivityType {
    /// To the internet.
    #[choice("public")]
    Public,
    /// To other VPCs and to networks of your own.
    #[choice("private")]
    Private,
}

/// How many Availability Zones a NAT gateway is in.
#[derive(Choice, Clone, Copy, Debug, PartialEq, Eq)]
#[choice(token = "ec2:AvailabilityMode")]
pub enum AvailabilityMode {
    /// In that of its subnet.
    #[choice("zonal")]
    Zonal,
    /// In all that its VPC has network interfaces in; AWS provides its Elastic IP addresses.
    #[choice("regional")]
    Regional,
}

impl Managed for NatGateway {
    type Cloud = Aws;

    const OWNER: Carried = Carried::Tag { kind: "natgateway" };

    const DELETED: &'static Wait = &waits::NAT_GATEWAY_DELETED;

    /// An address or a private address serves one gateway at a time.
    fn deletes_first(was: &Properties<'_, Self>, want: &Properties<'_, Self>) -> bool {
        let keeps = |address: Option<Option<String>>, wanted: Option<Option<String>>| {
            address.flatten().is_some_and(|address| wanted.flatten().is_none_or(|wanted| wanted == address))
        };
        keeps(was.get(fields::allocation_id), want.get(fields::allocation_id))
            || keeps(was.get(fields::private_ip_address), want.get(fields::private_ip_address))
    }

    fn is_beyond_repair(was: &Properties<'_, Self>) -> bool {
        let lost = [State::Failed, State::Deleting, State::Deleted];
        was.get(fields::state).is_some_and(|state| lost.iter().any(|lost| lost.as_str() == state))
    }

    fn rules(want: &Properties<'_, Self>, problems: &mut Problems) {
        match want.get(fields::availability_mode) {
            Some(AvailabilityMode::Zonal) => zonal_rules(want, problems),
            Some(AvailabilityMode::Regional) => regional_rules(want, problems),
            None => {}
        }
    }

    async fn create(cx: &Cx, want: &NatGatewayInputs, owner: &Owner) -> Result<String> {
        let made = cx
            .ec2()
            .create_nat_gateway()
            .set_availability_mode(regional(want))
            .set_subnet_id(want.subnet_id.clone())
            .set_vpc_id(want.vpc_id.clone().filter(|_| want.subnet_id.is_none()))
            .connectivity_type(want.connectivity_type.text().into())
            .set_allocation_id(want.allocation_id.clone())
            .set_private_ip_address(want.private_ip_address.clone())
            .set_secondary_allocation_ids(given_list(&want.secondary_allocation_ids))
            .set_secondary_private_ip_addresses(want.secondary_private_ip_addresses.as_deref().and_then(given_list))
            .set_secondary_private_ip_address_count(want.secondary_private_ip_address_count)
            .tag_specifications(tagging::tag_specification::<NatGateway>(&want.tags, owner))
            .set_client_token(client_token(owner))
            .send()
            .await?;
        answered(made.nat_gateway.and_then(|gateway| gateway.nat_gateway_id), "natGatewayId")
    }

    async fn settle(cx: &Cx, id: &str, _: &NatGatewayInputs) -> Result<()> {
        let available = || async { Ok(availability(cx.find(id).await?)) };
        cx.until(&waits::NAT_GATEWAY_AVAILABLE, id, available).await.map_err(beyond_repair)?;
        cx.until(&waits::NAT_GATEWAY_ADDRESSES, id, || async { Ok(addresses::settled(cx.find(id).await?)) }).await
    }

    async fn read(cx: &Cx, id: &str) -> Result<Option<NatGateway>> {
        let found = cx.find::<types::NatGateway>(id).await?.filter(|found| found.state() != Some(&State::Deleted));
        let counts = cx.recorded::<NatGateway>().has(fields::secondary_private_ip_address_count);
        Ok(found.map(|found| NatGateway::seen(id, counts, &found)))
    }

    async fn update(cx: &Cx, id: &str, change: &Change<Self>) -> Result<()> {
        let other_addresses = change.to(fields::secondary_allocation_ids).is_some()
            || change.to(fields::secondary_private_ip_addresses).is_some()
            || change.to(fields::secondary_private_ip_address_count).is_some();
        if other_addresses {
            addresses::change(cx, id, change.wanted()).await?;
        }
        tagging::retag(cx, id, &TagChange::of(change, fields::tags)).await
    }

    async fn delete(cx: &Cx, id: &str, _: &Properties<'_, Self>) -> Result<()> {
        cx.ec2().delete_nat_gateway().nat_gateway_id(id).send().await?;
        Ok(())
    }
}

fn zonal_rules(want: &Properties<'_, NatGateway>, problems: &mut Problems) {
    if !want.has(fields::subnet_id) {
        problems.add(want.path(fields::subnet_id), "is required, unless availabilityMode is regional");
    }
    match want.get(fields::connectivity_type) {
        Some(ConnectivityType::Public) => {
            if !want.has(fields::allocation_id) {
                problems.add(want.path(fields::allocation_id), "is required, unless connectivityType is private");
            }
            refuse(&[given(want, fields::secondary_private_ip_address_count)], "a public NAT gateway", problems);
        }
        Some(ConnectivityType::Private) => {
            let public = [given(want, fields::allocation_id), secondary_allocations(want)];
            refuse(&public, "a private NAT gateway", problems);
        }
        None => {}
    }
    let private =
        [given(want, fields::secondary_private_ip_addresses), given(want, fields::secondary_private_ip_address_count)];
    at_most_one(&private, problems);
}

fn regional_rules(want: &Properties<'_, NatGateway>, problems: &mut Problems) {
    if !want.has(fields::vpc_id) {
        problems.add(want.path(fields::vpc_id), "is required when availabilityMode is regional");
    }
    if want.get(fields::connectivity_type) == Some(ConnectivityType::Private) {
        problems.add(want.path(fields::connectivity_type), "must be public when availabilityMode is regional");
    }
    let zonal = [
        given(want, fields::subnet_id),
        given(want, fields::allocation_id),
        given(want, fields::private_ip_address),
        secondary_allocations(want),
        given(want, fields::secondary_private_ip_addresses),
        given(want, fields::secondary_private_ip_address_count),
    ];
    refuse(&zonal, "a regional NAT gateway", problems);
}

/// Whether there are any; Check fills in an empty list.
fn secondary_allocations(want: &Properties<'_, NatGateway>) -> (&'static str, bool) {
    let field = fields::secondary_allocation_ids;
    (field.name(), want.get(field).is_none_or(|ids| !ids.is_empty()))
}

fn refuse(of: &[(&'static str, bool)], whom: &str, problems: &mut Problems) {
    for (name, _) in of.iter().filter(|(_, given)| *given) {
        problems.add(Path::of(name), format!("can't be given for {whom}"));
    }
}

/// The mode, only where it isn't AWS's own.
fn regional(want: &NatGatewayInputs) -> Option<types::AvailabilityMode> {
    (want.availability_mode == AvailabilityMode::Regional).then_some(types::AvailabilityMode::Regional)
}

fn given_list(list: &[String]) -> Option<Vec<String>> {
    (!list.is_empty()).then(|| list.to_vec())
}

fn availability(found: Option<types::NatGateway>) -> Look<()> {
    match found.as_ref().and_then(types::NatGateway::state) {
        Some(State::Available) => Look::Ready(()),
        Some(State::Failed) => Look::Failed(found.map(reason).unwrap_or_default()),
        Some(state @ (State::Deleting | State::Deleted)) => Look::Failed(format!("it is {state}")),
        Some(state) => Look::Pending(state.to_string()),
        None => Look::Pending("not to be seen yet".to_owned()),
    }
}

fn reason(failed: types::NatGateway) -> String {
    let parts = [failed.failure_message, failed.failure_code.map(|code| format!("({code})"))];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// AWS never makes a failed gateway work: it takes another one.
fn beyond_repair(error: Error) -> Error {
    if error.kind() != Kind::Failed {
        return error;
    }
    error.with_advice("Remove the cause and run `pulumi up` again: another gateway takes its place")
}

impl NatGateway {
    fn seen(id: &str, counts: bool, found: &types::NatGateway) -> Self {
        let primary = found.nat_gateway_addresses().iter().find(|address| address.is_primary() != Some(false));
        let secondary: Vec<_> = addresses::secondary(found).collect();
        let is_regional = found.availability_mode() == Some(&types::AvailabilityMode::Regional);
        let is_private = found.connectivity_type() == Some(&types::ConnectivityType::Private);
        let primary = primary.filter(|_| !is_regional);
        let private = secondary.iter().filter_map(|address| address.private_ip.clone()).collect();
        NatGateway {
            availability_mode: if is_regional { AvailabilityMode::Regional } else { AvailabilityMode::Zonal },
            subnet_id: found.subnet_id.clone(),
            vpc_id: found.vpc_id.clone(),
            connectivity_type: if is_private { ConnectivityType::Private } else { ConnectivityType::Public },
            allocation_id: primary.and_then(|address| address.allocation_id.clone()),
            private_ip_address: primary.and_then(|address| address.private_ip.clone()),
            secondary_allocation_ids: secondary.iter().filter_map(|address| address.allocation_id.clone()).collect(),
            secondary_private_ip_addresses: Some(private).filter(|_| !counts),
            secondary_private_ip_address_count: i32::try_from(secondary.len()).ok().filter(|_| counts),
            max_drain_duration_seconds: None,
            tags: tagging::tags(found.tags()),
            nat_gateway_id: id.to_owned(),
            state: found.state().map(ToString::to_string).unwrap_or_default(),
            eni_id: primary.and_then(|address| address.network_interface_id.clone()),
            public_ip: primary.and_then(|address| address.public_ip.clone()),
            route_table_id: found.route_table_id.clone(),
            auto_provision_zones: found.auto_provision_zones().map(ToString::to_string),
            auto_scaling_ips: found.auto_scaling_ips().map(ToString::to_string),
        }
    }
}

impl Findable for types::NatGateway {
    fn id(&self) -> Option<&str> {
        self.nat_gateway_id()
    }

    async fn fetch(session: &Session, ids: Vec<String>) -> Result<Vec<Self>> {
        let gateways = session.ec2().describe_nat_gateways().filter(filter("nat-gateway-id", ids));
        Ok(gateways.into_paginator().items().send().try_collect().await?)
    }
}
