//! A load balancer: what clients connect to, in front of everything else.

mod changes;
mod rules;
mod seen;

use aws_sdk_elasticloadbalancingv2::types;
use framework::{
    Choice, Object, Resource,
    engine::Severity,
    error::Kind,
    problem::Problems,
    property::Properties,
    resource::{Carried, Change, Look, Managed, Owner},
};

use crate::{
    aws::{
        Aws, Cx, Error, Result, TagChange, Tags, answered,
        limits::{load_balancing as limits, waits},
        tags::elb as tagging,
        unless_gone,
    },
    resources::load_balancing::attributes::Attribute,
};

/// A load balancer: what clients connect to, and what passes their requests or connections on.
///
/// What it listens to are resources too: `elasticloadbalancingv2.Listener`. AWS takes two to four minutes to make
/// one, charges for it by the hour and by use, and allows 50 of each of the types `application` and `network` in a
/// Region unless you ask for more (User Guide for Application Load Balancers, "Quotas for your Application Load
/// Balancers").
#[derive(Resource)]
#[resource(
    token = "elasticloadbalancingv2:LoadBalancer",
    model = "AWS::ElasticLoadBalancingV2::LoadBalancer",
    id = "load_balancer_arn"
)]
pub struct LoadBalancer {
    /// The balancer's name, unique in the account and Region. Made up from the resource's name when absent.
    #[input(
        replaces,
        named(32),
        length(1, 32),
        never_begins("internal-"),
        pattern(
            r"[A-Za-z0-9]([A-Za-z0-9\-]*[A-Za-z0-9])?",
            "letters, digits and hyphens, with no hyphen at the beginning and at the end"
        )
    )]
    name: String,
    /// What kind of balancer it is.
    #[input(replaces, default = LoadBalancerType::Application)]
    r#type: LoadBalancerType,
    /// Whether it can be reached from the internet: `internet-facing`, as it is when absent, or `internal`. Not for
    /// the type `gateway`.
    #[input(replaces)]
    scheme: Option<Scheme>,
    /// The subnets that it has nodes in, at most one in each Availability Zone; for the type `application` two at
    /// least. Either these or `subnetMappings` are required.
    #[input(default, set)]
    subnets: Vec<String>,
    /// The subnets that it has nodes in, with the addresses that the nodes have there.
    #[input(default, set)]
    subnet_mappings: Vec<SubnetMapping>,
    /// The security groups of its nodes. An application balancer has the VPC's default group when absent, a network
    /// balancer none; one that was made without any can't get some later.
    #[input(set, computed)]
    security_groups: Option<Vec<String>>,
    /// The kind of its addresses.
    #[input(default = IpAddressType::Ipv4)]
    ip_address_type: IpAddressType,
    /// Settings by name, as the Elastic Load Balancing API Reference lists them at `LoadBalancerAttribute`. What is
    /// not named here is left as it is; what isn't named any more gets back the value that AWS gives a new balancer.
    #[input(default, set)]
    load_balancer_attributes: Vec<Attribute>,
    /// Whether traffic that comes through AWS `PrivateLink` has to keep the rules of the security groups, too. For
    /// the type `network`, with security groups.
    #[input(computed)]
    enforce_security_group_inbound_rules_on_private_link_traffic: Option<OnOff>,
    /// Whether each subnet gets a prefix of IPv6 addresses to send from, for listeners of UDP. For the type
    /// `network`, with the address type `dualstack`.
    #[input(computed)]
    enable_prefix_for_ipv6_source_nat: Option<OnOff>,
    /// The IPAM pool that public IPv4 addresses are taken from, for the type `application`.
    #[input(length(1, 1000))]
    ipv4_ipam_pool_id: Option<String>,
    /// The capacity that is there at any time, and paid for. When absent, what others reserve is left alone.
    #[input]
    minimum_load_balancer_capacity: Option<MinimumLoadBalancerCapacity>,
    /// Whether to wait until all of `minimumLoadBalancerCapacity` is there.
    #[input(write_only)]
    enable_capacity_reservation_provision_stabilize: Option<bool>,
    /// Tags, beside the provider's default tags.
    #[input(default)]
    tags: Tags,

    /// The balancer's ARN.
    #[output(stable)]
    load_balancer_arn: String,
    /// The balancer's name.
    #[output(stable)]
    load_balancer_name: String,
    /// The part of the ARN by which metrics know the balancer, such as `app/my-balancer/50dc6c495c0c9188`.
    #[output(stable)]
    load_balancer_full_name: String,
    /// The name that clients connect to.
    #[output(stable)]
    dns_name: String,
    /// The hosted zone that the name is in, for alias records.
    #[output(stable)]
    canonical_hosted_zone_id: Option<String>,
    /// The VPC that it is in.
    #[output(stable)]
    vpc_id: Option<String>,
    /// `active`, or `active_impaired`, `provisioning`, `failed`.
    state: String,
}

/// What kind of balancer it is.
#[derive(Choice, Clone, Copy, Debug, PartialEq, Eq)]
#[choice(token = "elasticloadbalancingv2:LoadBalancerType")]
pub enum LoadBalancerType {
    /// For HTTP: it reads requests, and chooses by what they ask for.
    #[choice("application")]
    Application,
    /// For TCP, UDP and TLS: it passes connections on.
    #[choice("network")]
    Network,
    /// For appliances that look at all traffic, such as firewalls.
    #[choice("gateway")]
    Gateway,
}

/// Where a load balancer can be reached from.
#[derive(Choice, Clone, Copy, Debug, PartialEq, Eq)]
#[choice(token = "elasticloadbalancingv2:Scheme")]
pub enum Scheme {
    /// From the internet.
    #[choice("internet-facing")]
    InternetFacing,
    /// From its VPC, and from networks that are connected to it.
    #[choice("internal")]
    Internal,
}

/// The kind of a load balancer's addresses.
#[derive(Choice, Clone, Copy, Debug, PartialEq, Eq)]
#[choice(token = "elasticloadbalancingv2:IpAddressType")]
pub enum IpAddressType {
    /// IPv4 alone.
    #[choice("ipv4")]
    Ipv4,
    /// Both.
    #[choice("dualstack")]
    Dualstack,
    /// Both, but no public IPv4 addresses; for the type `application`.
    #[choice("dualstack-without-public-ipv4")]
    DualstackWithoutPublicIpv4,
}

/// On or off.
#[derive(Choice, Clone, Copy, Debug, PartialEq, Eq)]
#[choice(token = "elasticloadbalancingv2:OnOff")]
pub enum OnOff {
    /// On.
    #[choice("on")]
    On,
    /// Off.
    #[choice("off")]
    Off,
}

/// A subnet that a load balancer has a node in, with the addresses that the node has there.
#[derive(Object, Clone, Debug, PartialEq, Eq)]
#[object(token = "elasticloadbalancingv2:SubnetMapping")]
pub struct SubnetMapping {
    /// The subnet.
    pub subnet_id: String,
    /// The allocation of its Elastic IP address, for an internet-facing network balancer.
    pub allocation_id: Option<String>,
    /// Its private address, one of the subnet's, for an internal network balancer.
    pub private_ipv4_address: Option<String>,
    /// Its IPv6 address, one of the subnet's, for a network balancer.
    pub ipv6_address: Option<String>,
    /// The prefix of IPv6 addresses that it sends from, an /80 of the subnet, or `auto_assigned`.
    pub source_nat_ipv6_prefix: Option<String>,
}

/// The capacity that is there at any time.
#[derive(Object, Clone, Copy, Debug, PartialEq, Eq)]
#[object(token = "elasticloadbalancingv2:MinimumLoadBalancerCapacity")]
pub struct MinimumLoadBalancerCapacity {
    /// How much, in load balancer capacity units.
    #[field(range(1, 1_000_000))]
    pub capacity_units: i32,
}

impl Managed for LoadBalancer {
    type Cloud = Aws;

    const OWNER: Carried = Carried::NamedTag;

    fn rules(want: &Properties<'_, Self>, problems: &mut Problems) {
        rules::check(want, problems);
    }

    fn is_beyond_repair(was: &Properties<'_, Self>) -> bool {
        was.get(fields::state).is_some_and(|state| state == types::LoadBalancerStateEnum::Failed.as_str())
    }

    async fn occupant(cx: &Cx, want: &LoadBalancerInputs) -> Result<Option<String>> {
        named(cx, &want.name).await
    }

    async fn owner_of(cx: &Cx, id: &str) -> Result<Option<Owner>> {
        tagging::owner_of(cx, id).await
    }

    /// AWS says yes to a create of a balancer that is there already, be it somebody else's.
    async fn create(cx: &Cx, want: &LoadBalancerInputs, owner: &Owner) -> Result<String> {
        if let Some(there) = named(cx, &want.name).await? {
            return Err(Error::new(Kind::Exists, format!("there is a load balancer of that name: {there}")));
        }
        changes::make(cx, want, owner).await
    }

    async fn settle(cx: &Cx, id: &str, want: &LoadBalancerInputs) -> Result<()> {
        let look = || async { Ok(availability(cx, id, cx.find(id).await?)) };
        let found = cx.until(&waits::LOAD_BALANCER_ACTIVE, id, look).await.map_err(beyond_repair)?;
        changes::complete(cx, id, want, &found).await
    }

    async fn read(cx: &Cx, id: &str) -> Result<Option<LoadBalancer>> {
        let Some(found) = cx.find::<types::LoadBalancer>(id).await? else { return Ok(None) };
        let Some(tags) = tagging::tags(cx, id).await? else { return Ok(None) };
        let Some(attributes) = unless_gone(changes::attributes(cx, id).await)? else { return Ok(None) };
        let said = cx.recorded::<LoadBalancer>();
        let capacity = match seen::names_capacity(&said) {
            true => seen::capacity(changes::capacity(cx, id).await, &said)?,
            false => None,
        };
        seen::seen(found, tags, attributes, capacity, &said).map(Some)
    }

    async fn update(cx: &Cx, id: &str, change: &Change<Self>) -> Result<()> {
        changes::change(cx, id, change).await?;
        tagging::retag(cx, id, &TagChange::of(change, fields::tags)).await
    }

    async fn delete(cx: &Cx, id: &str, _: &Properties<'_, Self>) -> Result<()> {
        match cx.elb().delete_load_balancer().load_balancer_arn(id).send().await {
            Ok(_) => Ok(()),
            Err(refusal) => Err(explained(cx, id, refusal.into()).await),
        }
    }
}

/// The ARN of the balancer of that name.
async fn named(cx: &Cx, name: &str) -> Result<Option<String>> {
    let found = unless_gone(cx.elb().describe_load_balancers().names(name).send().await)?;
    let mut balancers = found.and_then(|found| found.load_balancers).unwrap_or_default().into_iter();
    Ok(balancers.find(|balancer| balancer.load_balancer_name() == Some(name)).and_then(|it| it.load_balancer_arn))
}

fn availability(cx: &Cx, id: &str, found: Option<types::LoadBalancer>) -> Look<types::LoadBalancer> {
    use types::LoadBalancerStateEnum as State;
    let Some(found) = found else { return Look::Pending("not to be seen yet".to_owned()) };
    let reason = |found: &types::LoadBalancer| found.state().and_then(|state| state.reason()).map(str::to_owned);
    match found.state().and_then(types::LoadBalancerState::code) {
        Some(State::Active) => Look::Ready(found),
        Some(State::ActiveImpaired) => {
            let reason = reason(&found).unwrap_or_else(|| "it lacks what it needs to grow".to_owned());
            cx.operation().tell(Severity::Warning, format!("{id} works, but is impaired: {reason}"));
            Look::Ready(found)
        }
        Some(State::Failed) => Look::Failed(reason(&found).unwrap_or_else(|| "it failed".to_owned())),
        Some(state) => Look::Pending(state.to_string()),
        None => Look::Pending("in no state yet".to_owned()),
    }
}

/// AWS never makes a failed balancer work: it takes another one.
fn beyond_repair(error: Error) -> Error {
    if error.kind() != Kind::Failed {
        return error;
    }
    error.with_advice("Remove the cause and run `pulumi up` again: another balancer takes its place")
}

/// Why a deletion was refused, with what to do where that is the protection.
async fn explained(cx: &Cx, id: &str, refusal: Error) -> Error {
    let attributes = changes::attributes(cx, id).await.unwrap_or_default();
    let protected = attributes.get(limits::DELETION_PROTECTION).is_some_and(|value| value == "true");
    if !protected {
        return refusal;
    }
    refusal.with_advice(format!(
        "The balancer is protected. Set `deletionProtection: false` for the `Alb` or `FargateService` that it is part of, \
         or {} to \"false\" in its own loadBalancerAttributes, and run `pulumi up`; then it can be deleted",
        limits::DELETION_PROTECTION
    ))
}

/// The ARN's part by which metrics know something.
fn full_name(arn: &str) -> Result<String> {
    answered(arn.split_once(":loadbalancer/").map(|(_, name)| name.to_owned()), "loadBalancerArn")
}
