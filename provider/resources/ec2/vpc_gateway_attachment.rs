//! What puts an internet gateway or a VPN gateway into a VPC.

use aws_sdk_ec2::types;
use framework::{
    Resource,
    error::Kind,
    problem::Problems,
    property::Properties,
    resource::{Carried, Change, Look, Managed, Owner},
};

use crate::{
    aws::{Aws, Cx, Error, Findable, Result, Session, limits::waits, tags::ec2 as tagging},
    resources::{
        ec2_calls::filter,
        exclusive::{exactly_one, given},
    },
};

/// Attaches an internet gateway or a virtual private gateway to a VPC.
///
/// A VPC has at most one of each, and a gateway is in one VPC at a time. An internet gateway can't be
/// detached while something in the VPC has a public address, such as a NAT gateway or a load balancer.
///
/// Its id is that of AWS CloudFormation: `IGW|vpc-…` or `VGW|vpc-…`.
#[derive(Resource)]
#[resource(token = "ec2:VpcGatewayAttachment", model = "AWS::EC2::VPCGatewayAttachment", id = "attachment_id")]
pub struct VpcGatewayAttachment {
    /// The VPC that gets the gateway.
    #[input(replaces)]
    vpc_id: String,
    /// The internet gateway. Exactly one of this and `vpnGatewayId` must be given. Another one takes the
    /// old one's place without a replacement, but not while the VPC has public addresses.
    #[input]
    internet_gateway_id: Option<String>,
    /// The virtual private gateway.
    #[input]
    vpn_gateway_id: Option<String>,

    /// What is attached: `IGW`, an internet gateway, or `VGW`, a virtual private gateway.
    #[output(stable)]
    attachment_type: String,
    /// The attachment's id: its type and the VPC, as in `IGW|vpc-0123456789abcdef0`.
    #[output(stable)]
    attachment_id: String,
}

impl Managed for VpcGatewayAttachment {
    type Cloud = Aws;

    const OWNER: Carried = Carried::Identity;

    /// A VPC has one gateway of a kind at a time, and a gateway one VPC.
    fn deletes_first(was: &Properties<'_, Self>, want: &Properties<'_, Self>) -> bool {
        was.get(fields::vpc_id) == want.get(fields::vpc_id)
            || was
                .get(fields::internet_gateway_id)
                .flatten()
                .is_some_and(|gateway| want.get(fields::internet_gateway_id).flatten().as_ref() == Some(&gateway))
    }

    fn rules(want: &Properties<'_, Self>, problems: &mut Problems) {
        exactly_one(&[given(want, fields::internet_gateway_id), given(want, fields::vpn_gateway_id)], problems);
    }

    /// A gateway of the other kind is another attachment.
    fn replaces(property: &str, was: &Properties<'_, Self>, want: &Properties<'_, Self>) -> Option<bool> {
        (property != fields::vpc_id.name())
            .then(|| was.has(fields::internet_gateway_id) != want.has(fields::internet_gateway_id))
    }

    async fn occupant(_: &Cx, want: &VpcGatewayAttachmentInputs) -> Result<Option<String>> {
        Ok(Some(Place::wanted(want).id()))
    }

    async fn holder(cx: &Cx, want: &VpcGatewayAttachmentInputs) -> Result<Option<Owner>> {
        let vpc = cx.find::<types::Vpc>(&want.vpc_id).await?;
        Ok(vpc.and_then(|vpc| tagging::owner_of(vpc.tags())))
    }

    async fn create(cx: &Cx, want: &VpcGatewayAttachmentInputs, _: &Owner) -> Result<String> {
        let place = Place::wanted(want);
        place.attach(cx, gateway(want)).await?;
        Ok(place.id())
    }

    async fn settle(cx: &Cx, id: &str, _: &VpcGatewayAttachmentInputs) -> Result<()> {
        let place = Place::of_id(id)?;
        cx.until(&waits::GATEWAY_ATTACHED, id, || async { Ok(attached(place.look(cx).await?)) }).await
    }

    async fn read(cx: &Cx, id: &str) -> Result<Option<VpcGatewayAttachment>> {
        let place = Place::of_id(id)?;
        Ok(place.look(cx).await?.map(|found| place.with(found.gateway)))
    }

    async fn update(cx: &Cx, id: &str, change: &Change<Self>) -> Result<()> {
        let place = Place::of_id(id)?;
        let present = place.look(cx).await?.map(|found| found.gateway);
        let wanted = gateway(change.wanted());
        if present.as_deref() == Some(wanted) {
            return Ok(());
        }
        if let Some(present) = present {
            place.detach(cx, &present).await?;
        }
        place.attach(cx, wanted).await
    }

    async fn delete(cx: &Cx, id: &str, was: &Properties<'_, Self>) -> Result<()> {
        let place = Place::of_id(id)?;
        let Some(found) = place.look(cx).await? else { return Err(place.empty()) };
        let ours = was.get(fields::internet_gateway_id).flatten().or(was.get(fields::vpn_gateway_id).flatten());
        if ours.is_some_and(|ours| ours != found.gateway) {
            return Err(place.empty());
        }
        // A VPN gateway takes its time to leave.
        if found.state == types::AttachmentStatus::Detaching.as_str() {
            Ok(())
        } else {
            place.detach(cx, &found.gateway).await
        }
    }

    async fn blockers(cx: &Cx, id: &str) -> Result<Vec<String>> {
        let in_vpc = filter("vpc-id", vec![Place::of_id(id)?.vpc]);
        let interfaces = cx.ec2().describe_network_interfaces().filters(in_vpc).into_paginator().items().send();
        let interfaces: Vec<types::NetworkInterface> = interfaces.try_collect().await?;
        Ok(interfaces.iter().filter_map(public_address).collect())
    }
}

/// The public address of a network interface, and what it belongs to.
fn public_address(interface: &types::NetworkInterface) -> Option<String> {
    let address = interface.association()?.public_ip()?;
    let id = interface.network_interface_id().unwrap_or_default();
    Some(format!("{address} of {id} ({})", interface.description().unwrap_or_default()))
}

fn gateway(want: &VpcGatewayAttachmentInputs) -> &str {
    want.internet_gateway_id.as_deref().or(want.vpn_gateway_id.as_deref()).unwrap_or_default()
}

fn attached(found: Option<Attached>) -> Look<()> {
    match found {
        // Internet gateways are `available` where VPN gateways are `attached`.
        Some(found) if ["available", "attached"].contains(&found.state.as_str()) => Look::Ready(()),
        Some(found) => Look::Pending(found.state),
        None => Look::Pending("not to be seen yet".to_owned()),
    }
}

/// The kinds of gateways.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Door {
    Internet,
    Vpn,
}

/// The place for one kind of gateway that every VPC has once.
struct Place {
    door: Door,
    vpc: String,
}

impl Place {
    fn wanted(want: &VpcGatewayAttachmentInputs) -> Self {
        let door = if want.internet_gateway_id.is_some() { Door::Internet } else { Door::Vpn };
        Place { door, vpc: want.vpc_id.clone() }
    }

    fn of_id(id: &str) -> Result<Self> {
        match id.split_once('|') {
            Some(("IGW", vpc)) => Ok(Place { door: Door::Internet, vpc: vpc.to_owned() }),
            Some(("VGW", vpc)) => Ok(Place { door: Door::Vpn, vpc: vpc.to_owned() }),
            _ => Err(Error::new(Kind::Invalid, format!("{id:?} must be IGW or VGW, a bar and a VPC: IGW|vpc-…"))),
        }
    }

    fn kind(&self) -> &'static str {
        match self.door {
            Door::Internet => "IGW",
            Door::Vpn => "VGW",
        }
    }

    fn id(&self) -> String {
        format!("{}|{}", self.kind(), self.vpc)
    }

    fn with(&self, gateway: String) -> VpcGatewayAttachment {
        let (internet_gateway_id, vpn_gateway_id) = match self.door {
            Door::Internet => (Some(gateway), None),
            Door::Vpn => (None, Some(gateway)),
        };
        VpcGatewayAttachment {
            vpc_id: self.vpc.clone(),
            internet_gateway_id,
            vpn_gateway_id,
            attachment_type: self.kind().to_owned(),
            attachment_id: self.id(),
        }
    }

    async fn look(&self, cx: &Cx) -> Result<Option<Attached>> {
        Ok(match self.door {
            Door::Internet => cx.find::<OfInternet>(&self.vpc).await?.map(|found| found.0),
            Door::Vpn => cx.find::<OfVpn>(&self.vpc).await?.map(|found| found.0),
        })
    }

    async fn attach(&self, cx: &Cx, gateway: &str) -> Result<()> {
        match self.door {
            Door::Internet => {
                cx.ec2().attach_internet_gateway().vpc_id(&self.vpc).internet_gateway_id(gateway).send().await?;
            }
            Door::Vpn => {
                cx.ec2().attach_vpn_gateway().vpc_id(&self.vpc).vpn_gateway_id(gateway).send().await?;
            }
        }
        Ok(())
    }

    async fn detach(&self, cx: &Cx, gateway: &str) -> Result<()> {
        match self.door {
            Door::Internet => {
                cx.ec2().detach_internet_gateway().vpc_id(&self.vpc).internet_gateway_id(gateway).send().await?;
            }
            Door::Vpn => {
                cx.ec2().detach_vpn_gateway().vpc_id(&self.vpc).vpn_gateway_id(gateway).send().await?;
            }
        }
        Ok(())
    }

    fn empty(&self) -> Error {
        Error::new(Kind::Gone, format!("{} has no such gateway", self.vpc))
    }
}

/// A gateway in a VPC, found by the VPC.
#[derive(Clone)]
struct Attached {
    vpc: String,
    gateway: String,
    state: String,
}

impl Attached {
    fn new(gateway: Option<&str>, vpc: Option<&str>, state: Option<&types::AttachmentStatus>) -> Option<Self> {
        let state = state.map(types::AttachmentStatus::as_str).unwrap_or_default().to_owned();
        let is_there = state != types::AttachmentStatus::Detached.as_str();
        Some(Attached { vpc: vpc?.to_owned(), gateway: gateway?.to_owned(), state }).filter(|_| is_there)
    }
}

#[derive(Clone)]
struct OfInternet(Attached);

impl Findable for OfInternet {
    fn id(&self) -> Option<&str> {
        Some(&self.0.vpc)
    }

    async fn fetch(session: &Session, vpcs: Vec<String>) -> Result<Vec<Self>> {
        let gateways = session.ec2().describe_internet_gateways().filters(filter("attachment.vpc-id", vpcs));
        let gateways: Vec<types::InternetGateway> = gateways.into_paginator().items().send().try_collect().await?;
        let attached = gateways.iter().flat_map(|gateway| {
            let id = gateway.internet_gateway_id();
            gateway.attachments().iter().filter_map(move |seen| Attached::new(id, seen.vpc_id(), seen.state()))
        });
        Ok(attached.map(OfInternet).collect())
    }
}

#[derive(Clone)]
struct OfVpn(Attached);

impl Findable for OfVpn {
    fn id(&self) -> Option<&str> {
        Some(&self.0.vpc)
    }

    async fn fetch(session: &Session, vpcs: Vec<String>) -> Result<Vec<Self>> {
        let gateways = session.ec2().describe_vpn_gateways().filters(filter("attachment.vpc-id", vpcs)).send().await?;
        let attached = gateways.vpn_gateways().iter().flat_map(|gateway| {
            let id = gateway.vpn_gateway_id();
            gateway.vpc_attachments().iter().filter_map(move |seen| Attached::new(id, seen.vpc_id(), seen.state()))
        });
        Ok(attached.map(OfVpn).collect())
    }
}
