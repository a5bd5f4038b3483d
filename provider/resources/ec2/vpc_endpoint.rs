//! A VPC endpoint: a private way from a VPC to a service.

use aws_sdk_ec2::types;
use framework::{
    Choice, Object, Resource,
    engine::Severity,
    problem::Problems,
    property::{Choice as _, Json, Properties},
    resource::{Carried, Change, Look, Managed, Owner, Wait},
};
use serde_json::json;

use crate::{
    aws::{
        Aws, Cx, Findable, Result, Session, TagChange, Tags, all_done, answered, limits::waits, tags::ec2 as tagging,
    },
    resources::{
        ec2_calls::{client_token, filter},
        exclusive::{exactly_one, given},
        set_change::SetChange,
    },
};

/// A VPC endpoint: a private way from a VPC to a service of AWS's, or of somebody else's.
///
/// A gateway endpoint (S3, DynamoDB) is a route and costs nothing. An interface endpoint is a network
/// interface in each of its subnets, and costs by the hour and by the gigabyte. A VPC takes 50 interface
/// endpoints, a Region 20 gateway endpoints, unless you ask for more (AWS PrivateLink Guide, "Quotas").
#[derive(Resource)]
#[resource(token = "ec2:VpcEndpoint", model = "AWS::EC2::VPCEndpoint", id = "vpc_endpoint_id", delete_first)]
pub struct VpcEndpoint {
    /// The VPC.
    #[input(replaces)]
    vpc_id: String,
    /// The service, such as `com.amazonaws.eu-west-1.s3`. Required, unless `serviceNetworkArn` or
    /// `resourceConfigurationArn` is given.
    #[input(replaces)]
    service_name: Option<String>,
    /// The ARN of a VPC Lattice service network, for the type `ServiceNetwork`.
    #[input(replaces)]
    service_network_arn: Option<String>,
    /// The ARN of a VPC Lattice resource configuration, for the types `Resource` and `Tunnel`.
    #[input(replaces)]
    resource_configuration_arn: Option<String>,
    /// The Region of the service, if it is another one.
    #[input(replaces)]
    service_region: Option<String>,
    /// What kind of way it is.
    #[input(replaces, default = VpcEndpointType::Gateway)]
    vpc_endpoint_type: VpcEndpointType,
    /// The route tables that lead to the service; for the type `Gateway` only.
    #[input(default, set)]
    route_table_ids: Vec<String>,
    /// The subnets that get a network interface, at most one in each zone; not for the type `Gateway`.
    #[input(default, set)]
    subnet_ids: Vec<String>,
    /// The security groups of the network interfaces; the VPC's default group when absent. Not for the
    /// types `Gateway` and `GatewayLoadBalancer`.
    #[input(set, computed)]
    security_group_ids: Option<Vec<String>>,
    /// Whether the service's own DNS names lead to the endpoint from inside of the VPC, which needs the VPC's
    /// `enableDnsSupport` and `enableDnsHostnames`. For the type `Interface`; AWS chooses when absent.
    #[input(computed)]
    private_dns_enabled: Option<bool>,
    /// What may be done through the endpoint, as a policy document; everything when absent.
    #[input]
    policy_document: Option<Json>,
    /// The kind of the endpoint's addresses; that of its subnets when absent.
    #[input(computed)]
    ip_address_type: Option<VpcEndpointIpAddressType>,
    /// How the endpoint's names are answered.
    #[input(computed)]
    dns_options: Option<VpcEndpointDnsOptions>,
    /// Tags, beside the provider's default tags.
    #[input(default)]
    tags: Tags,

    /// The endpoint's id.
    #[output(stable)]
    vpc_endpoint_id: String,
    /// What AWS says of it, in lower case: `available`, `pendingacceptance`, `failed`.
    state: String,
    /// The ids of its network interfaces.
    network_interface_ids: Vec<String>,
    /// Its names; the first one is that of the whole endpoint, the others are of single zones.
    dns_entries: Vec<VpcEndpointDnsEntry>,
}

/// What kind of way a VPC endpoint is.
#[derive(Choice, Clone, Copy, Debug, PartialEq, Eq)]
#[choice(token = "ec2:VpcEndpointType")]
pub enum VpcEndpointType {
    /// A route, to S3 or DynamoDB.
    #[choice("Gateway")]
    Gateway,
    /// Network interfaces with addresses of the VPC.
    #[choice("Interface")]
    Interface,
    /// A target of routes, to a Gateway Load Balancer.
    #[choice("GatewayLoadBalancer")]
    GatewayLoadBalancer,
    /// Network interfaces to a VPC Lattice service network.
    #[choice("ServiceNetwork")]
    ServiceNetwork,
    /// Network interfaces to a single resource of another VPC.
    #[choice("Resource")]
    Resource,
    /// A tunnel to a resource of another VPC.
    #[choice("Tunnel")]
    Tunnel,
}

/// The kind of a VPC endpoint's addresses.
#[derive(Choice, Clone, Copy, Debug, PartialEq, Eq)]
#[choice(token = "ec2:VpcEndpointIpAddressType")]
pub enum VpcEndpointIpAddressType {
    /// IPv4 alone.
    #[choice("ipv4")]
    Ipv4,
    /// IPv6 alone.
    #[choice("ipv6")]
    Ipv6,
    /// Both.
    #[choice("dualstack")]
    Dualstack,
}

/// How the names of a VPC endpoint are answered.
#[derive(Object, Clone, Debug, PartialEq, Eq)]
#[object(token = "ec2:VpcEndpointDnsOptions")]
pub struct VpcEndpointDnsOptions {
    /// The kind of addresses that the names are answered with.
    pub dns_record_ip_type: Option<VpcEndpointDnsRecordIpType>,
    /// Whose questions are answered with the endpoint's private addresses; for services with a gateway endpoint too.
    pub private_dns_only_for_inbound_resolver_endpoint: Option<VpcEndpointPrivateDnsResolvers>,
    /// Which domains of a service network or resource get private names. A change needs another endpoint.
    pub private_dns_preference: Option<VpcEndpointPrivateDnsPreference>,
    /// The domains that are meant by the preferences with `SPECIFIED_DOMAINS`: 1 to 10. A change needs another endpoint.
    #[field(items(1, 10), each(length(1, 255)))]
    pub private_dns_specified_domains: Option<Vec<String>>,
}

/// The kind of addresses that an endpoint's names are answered with.
#[derive(Choice, Clone, Copy, Debug, PartialEq, Eq)]
#[choice(token = "ec2:VpcEndpointDnsRecordIpType")]
pub enum VpcEndpointDnsRecordIpType {
    /// IPv4 alone.
    #[choice("ipv4")]
    Ipv4,
    /// IPv6 alone.
    #[choice("ipv6")]
    Ipv6,
    /// Both.
    #[choice("dualstack")]
    Dualstack,
    /// As the service says.
    #[choice("service-defined")]
    ServiceDefined,
}

/// Whose questions are answered with the endpoint's private addresses.
#[derive(Choice, Clone, Copy, Debug, PartialEq, Eq)]
#[choice(token = "ec2:VpcEndpointPrivateDnsResolvers")]
pub enum VpcEndpointPrivateDnsResolvers {
    /// Only those from outside, through an inbound resolver endpoint; the VPC's own go by the gateway endpoint.
    #[choice("OnlyInboundResolver")]
    OnlyInboundResolver,
    /// All.
    #[choice("AllResolvers")]
    AllResolvers,
}

/// Which domains of a service network or resource get private names.
#[derive(Choice, Clone, Copy, Debug, PartialEq, Eq)]
#[choice(token = "ec2:VpcEndpointPrivateDnsPreference")]
pub enum VpcEndpointPrivateDnsPreference {
    /// Those that are verified.
    #[choice("VERIFIED_DOMAINS_ONLY")]
    VerifiedDomainsOnly,
    /// All.
    #[choice("ALL_DOMAINS")]
    AllDomains,
    /// Those that are verified, and those that are listed.
    #[choice("VERIFIED_DOMAINS_AND_SPECIFIED_DOMAINS")]
    VerifiedDomainsAndSpecifiedDomains,
    /// Those that are listed.
    #[choice("SPECIFIED_DOMAINS_ONLY")]
    SpecifiedDomainsOnly,
}

/// A name of a VPC endpoint.
#[derive(Object, Clone, Debug, PartialEq, Eq)]
#[object(token = "ec2:VpcEndpointDnsEntry")]
pub struct VpcEndpointDnsEntry {
    /// The name.
    pub dns_name: Option<String>,
    /// The hosted zone that the name is in, for alias records.
    pub hosted_zone_id: Option<String>,
}

impl Managed for VpcEndpoint {
    type Cloud = Aws;

    const OWNER: Carried = Carried::Tag { kind: "vpc-endpoint" };

    const DELETED: &'static Wait = &waits::VPC_ENDPOINT_DELETED;

    fn is_beyond_repair(was: &Properties<'_, Self>) -> bool {
        was.get(fields::state).is_some_and(|state| FAILED.contains(&state.as_str()))
    }

    fn rules(want: &Properties<'_, Self>, problems: &mut Problems) {
        let services = [
            given(want, fields::service_name),
            given(want, fields::service_network_arn),
            given(want, fields::resource_configuration_arn),
        ];
        exactly_one(&services, problems);
        let Some(kind) = want.get(fields::vpc_endpoint_type) else { return };
        let mut only_for = |fits: bool, property, given: bool| {
            if given && !fits {
                problems.add(property, format!("can't be given for the type {}", kind.text()));
            }
        };
        let is_gateway = kind == VpcEndpointType::Gateway;
        let some = |ids: Option<Vec<String>>| ids.is_none_or(|ids| !ids.is_empty());
        only_for(is_gateway, want.path(fields::route_table_ids), some(want.get(fields::route_table_ids)));
        only_for(!is_gateway, want.path(fields::subnet_ids), some(want.get(fields::subnet_ids)));
        only_for(!is_gateway, want.path(fields::security_group_ids), want.has(fields::security_group_ids));
        only_for(
            !is_gateway,
            want.path(fields::private_dns_enabled),
            want.get(fields::private_dns_enabled) == Some(Some(true)),
        );
    }

    fn replaces(property: &str, was: &Properties<'_, Self>, want: &Properties<'_, Self>) -> Option<bool> {
        if property != fields::dns_options.name() {
            return None;
        }
        let fixed = |of: &Properties<'_, Self>| {
            let options = of.get(fields::dns_options).flatten();
            options
                .map(|options| (options.private_dns_preference, options.private_dns_specified_domains))
                .unwrap_or_default()
        };
        Some(fixed(was) != fixed(want))
    }

    async fn create(cx: &Cx, want: &VpcEndpointInputs, owner: &Owner) -> Result<String> {
        let some = |ids: &Vec<String>| (!ids.is_empty()).then(|| ids.clone());
        let made = cx
            .ec2()
            .create_vpc_endpoint()
            .vpc_id(&want.vpc_id)
            .vpc_endpoint_type(want.vpc_endpoint_type.text().into())
            .set_service_name(want.service_name.clone())
            .set_service_network_arn(want.service_network_arn.clone())
            .set_resource_configuration_arn(want.resource_configuration_arn.clone())
            .set_service_region(want.service_region.clone())
            .set_route_table_ids(some(&want.route_table_ids))
            .set_subnet_ids(some(&want.subnet_ids))
            .set_security_group_ids(want.security_group_ids.clone())
            .set_private_dns_enabled(want.private_dns_enabled)
            .set_policy_document(want.policy_document.as_ref().map(ToString::to_string))
            .set_ip_address_type(want.ip_address_type.map(|kind| kind.text().into()))
            .set_dns_options(want.dns_options.as_ref().map(types::DnsOptionsSpecification::from))
            .tag_specifications(tagging::tag_specification::<VpcEndpoint>(&want.tags, owner))
            .set_client_token(client_token(owner))
            .send()
            .await?;
        answered(made.vpc_endpoint.and_then(|endpoint| endpoint.vpc_endpoint_id), "vpcEndpointId")
    }

    async fn settle(cx: &Cx, id: &str, _: &VpcEndpointInputs) -> Result<()> {
        let look = || async { Ok(availability(cx, id, cx.find::<types::VpcEndpoint>(id).await?)) };
        cx.until(&waits::VPC_ENDPOINT_AVAILABLE, id, look).await
    }

    async fn read(cx: &Cx, id: &str) -> Result<Option<VpcEndpoint>> {
        let found = cx.find::<types::VpcEndpoint>(id).await?.filter(|found| state_of(found) != "deleted");
        let said = cx.recorded::<Self>();
        found.map(|found| seen(id, found, &said)).transpose()
    }

    async fn update(cx: &Cx, id: &str, change: &Change<Self>) -> Result<()> {
        modify(cx, id, change).await?;
        tagging::retag(cx, id, &TagChange::of(change, fields::tags)).await
    }

    async fn delete(cx: &Cx, id: &str, _: &Properties<'_, Self>) -> Result<()> {
        let answer = cx.ec2().delete_vpc_endpoints().vpc_endpoint_ids(id).send().await?;
        all_done("ec2:DeleteVpcEndpoints", answer.unsuccessful())
    }
}

impl Findable for types::VpcEndpoint {
    fn id(&self) -> Option<&str> {
        self.vpc_endpoint_id()
    }

    async fn fetch(session: &Session, ids: Vec<String>) -> Result<Vec<Self>> {
        let by_id = filter("vpc-endpoint-id", ids);
        let pages = session.ec2().describe_vpc_endpoints().filters(by_id).into_paginator().items().send();
        Ok(pages.collect::<std::result::Result<_, _>>().await?)
    }
}

/// The states from which an endpoint doesn't come back.
const FAILED: [&str; 5] = ["failed", "rejected", "expired", "deleting", "deleted"];

/// AWS writes some states in lower case that the SDK knows in upper case.
fn state_of(endpoint: &types::VpcEndpoint) -> String {
    endpoint.state().map(|state| state.as_str().to_lowercase()).unwrap_or_default()
}

fn availability(cx: &Cx, id: &str, found: Option<types::VpcEndpoint>) -> Look<()> {
    let Some(endpoint) = found else { return Look::Pending("not to be seen yet".to_owned()) };
    let state = state_of(&endpoint);
    match state.as_str() {
        "available" => Look::Ready(()),
        "pendingacceptance" => {
            cx.operation().tell(Severity::Warning, format!("{id} can be used once the service's owner accepts it"));
            Look::Ready(())
        }
        failed if FAILED.contains(&failed) => Look::Failed(reason(&endpoint).unwrap_or(state)),
        _ => Look::Pending(state),
    }
}

/// Why AWS couldn't make the endpoint.
fn reason(endpoint: &types::VpcEndpoint) -> Option<String> {
    let last = endpoint.last_error().and_then(types::LastError::message);
    last.or(endpoint.failure_reason()).map(str::to_owned)
}

fn seen(id: &str, found: types::VpcEndpoint, said: &Properties<'_, VpcEndpoint>) -> Result<VpcEndpoint> {
    let policy = found.policy_document.as_deref().and_then(|text| serde_json::from_str::<serde_json::Value>(text).ok());
    let (state, wanted) = (state_of(&found), said.get(fields::dns_options).flatten());
    let groups = found.groups.unwrap_or_default().into_iter().filter_map(|group| group.group_id);
    Ok(VpcEndpoint {
        state,
        tags: tagging::tags(found.tags.as_deref().unwrap_or_default()),
        vpc_id: answered(found.vpc_id, "vpcId")?,
        service_name: found.service_name,
        service_network_arn: found.service_network_arn,
        resource_configuration_arn: found.resource_configuration_arn,
        service_region: found.service_region.filter(|_| said.has(fields::service_region)),
        vpc_endpoint_type: found
            .vpc_endpoint_type
            .and_then(|kind| VpcEndpointType::from_text(kind.as_str()))
            .unwrap_or(VpcEndpointType::Gateway),
        route_table_ids: found.route_table_ids.unwrap_or_default(),
        subnet_ids: found.subnet_ids.unwrap_or_default(),
        security_group_ids: Some(groups.collect()),
        private_dns_enabled: Some(found.private_dns_enabled.unwrap_or_default()),
        policy_document: policy
            .map(Json::from)
            .filter(|policy| said.has(fields::policy_document) || !allows_everything(policy)),
        ip_address_type: found.ip_address_type.and_then(|kind| VpcEndpointIpAddressType::from_text(kind.as_str())),
        dns_options: found.dns_options.map(|options| VpcEndpointDnsOptions::from(options).limited_to(wanted.as_ref())),
        vpc_endpoint_id: id.to_owned(),
        network_interface_ids: found.network_interface_ids.unwrap_or_default(),
        dns_entries: found.dns_entries.unwrap_or_default().into_iter().map(VpcEndpointDnsEntry::from).collect(),
    })
}

/// Whether it is the policy that AWS gives to endpoints without one.
fn allows_everything(policy: &Json) -> bool {
    let everything = json!({"Action": "*", "Effect": "Allow", "Principal": "*", "Resource": "*"});
    match policy.document().get("Statement") {
        Some(serde_json::Value::Array(statements)) => statements.as_slice() == [everything],
        statement => statement == Some(&everything),
    }
}

/// One call for all that differs, and none where nothing does.
async fn modify(cx: &Cx, id: &str, change: &Change<VpcEndpoint>) -> Result<()> {
    let tables = SetChange::of(change, fields::route_table_ids);
    let subnets = SetChange::of(change, fields::subnet_ids);
    let groups = match change.wanted().security_group_ids {
        Some(_) => SetChange::of(change, fields::security_group_ids),
        None => SetChange::default(),
    };
    let policy = change.to(fields::policy_document);
    let private_dns = change.to(fields::private_dns_enabled).flatten();
    let addresses = change.to(fields::ip_address_type).flatten();
    let dns = change.to(fields::dns_options).flatten();
    let sets = [&tables, &subnets, &groups];
    if sets.iter().all(|set| set.is_empty()) && (&policy, private_dns, addresses, &dns) == (&None, None, None, &None) {
        return Ok(());
    }
    let ((add_tables, remove_tables), (add_subnets, remove_subnets)) = (tables.into_parts(), subnets.into_parts());
    let (add_groups, remove_groups) = groups.into_parts();
    cx.ec2()
        .modify_vpc_endpoint()
        .vpc_endpoint_id(id)
        .set_add_route_table_ids(add_tables)
        .set_remove_route_table_ids(remove_tables)
        .set_add_subnet_ids(add_subnets)
        .set_remove_subnet_ids(remove_subnets)
        .set_add_security_group_ids(add_groups)
        .set_remove_security_group_ids(remove_groups)
        .set_reset_policy((policy == Some(None)).then_some(true))
        .set_policy_document(policy.flatten().map(|policy| policy.to_string()))
        .set_private_dns_enabled(private_dns)
        .set_ip_address_type(addresses.map(|kind| kind.text().into()))
        .set_dns_options(dns.as_ref().map(types::DnsOptionsSpecification::from))
        .send()
        .await?;
    Ok(())
}

impl VpcEndpointDnsOptions {
    /// Only what the program says too: the rest is AWS's choice.
    fn limited_to(self, wanted: Option<&VpcEndpointDnsOptions>) -> Self {
        let Some(wanted) = wanted else { return self };
        VpcEndpointDnsOptions {
            dns_record_ip_type: wanted.dns_record_ip_type.and(self.dns_record_ip_type),
            private_dns_only_for_inbound_resolver_endpoint: wanted
                .private_dns_only_for_inbound_resolver_endpoint
                .and(self.private_dns_only_for_inbound_resolver_endpoint),
            private_dns_preference: wanted.private_dns_preference.and(self.private_dns_preference),
            private_dns_specified_domains: wanted
                .private_dns_specified_domains
                .as_ref()
                .and(self.private_dns_specified_domains),
        }
    }
}

impl From<types::DnsOptions> for VpcEndpointDnsOptions {
    fn from(found: types::DnsOptions) -> Self {
        let resolvers = |only_inbound| match only_inbound {
            true => VpcEndpointPrivateDnsResolvers::OnlyInboundResolver,
            false => VpcEndpointPrivateDnsResolvers::AllResolvers,
        };
        VpcEndpointDnsOptions {
            dns_record_ip_type: found
                .dns_record_ip_type
                .and_then(|kind| VpcEndpointDnsRecordIpType::from_text(kind.as_str())),
            private_dns_only_for_inbound_resolver_endpoint: found
                .private_dns_only_for_inbound_resolver_endpoint
                .map(resolvers),
            private_dns_preference: found
                .private_dns_preference
                .and_then(|preference| VpcEndpointPrivateDnsPreference::from_text(&preference)),
            private_dns_specified_domains: found.private_dns_specified_domains.filter(|domains| !domains.is_empty()),
        }
    }
}

impl From<&VpcEndpointDnsOptions> for types::DnsOptionsSpecification {
    fn from(want: &VpcEndpointDnsOptions) -> Self {
        let only_inbound = |resolvers| resolvers == VpcEndpointPrivateDnsResolvers::OnlyInboundResolver;
        types::DnsOptionsSpecification::builder()
            .set_dns_record_ip_type(want.dns_record_ip_type.map(|kind| kind.text().into()))
            .set_private_dns_only_for_inbound_resolver_endpoint(
                want.private_dns_only_for_inbound_resolver_endpoint.map(only_inbound),
            )
            .set_private_dns_preference(want.private_dns_preference.map(|preference| preference.text().to_owned()))
            .set_private_dns_specified_domains(want.private_dns_specified_domains.clone())
            .build()
    }
}

impl From<types::DnsEntry> for VpcEndpointDnsEntry {
    fn from(found: types::DnsEntry) -> Self {
        VpcEndpointDnsEntry { dns_name: found.dns_name, hosted_zone_id: found.hosted_zone_id }
    }
}
