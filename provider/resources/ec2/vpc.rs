//! A VPC: a network of one's own in a region.

use aws_sdk_ec2::types::{self, VpcAttributeName};
use framework::{
    Choice, Resource,
    problem::Problems,
    property::{Choice as _, Cidr, Properties},
    resource::{Carried, Change, Look, Managed, Owner},
    value::Path,
};

use crate::{
    aws::{Aws, Cx, Findable, Result, Session, TagChange, Tags, answered, limits::waits, tags::ec2 as tagging},
    resources::ec2_calls::filter,
};

/// A virtual private cloud: a network of your own in one Region.
///
/// The component `tenantstack.Vpc` makes one with subnets, routes and gateways; use this resource when
/// you want to lay out a network yourself. AWS allows 5 VPCs a Region unless you ask for more
/// (Amazon VPC User Guide, "Amazon VPC quotas").
#[derive(Resource)]
#[resource(token = "ec2:Vpc", model = "AWS::EC2::VPC", id = "vpc_id")]
pub struct Vpc {
    /// The IPv4 addresses of the VPC, between a /16 and a /28 block, such as `10.0.0.0/16`.
    /// Absent only if they come from an IPAM pool.
    #[input(replaces, computed)]
    cidr_block: Option<Cidr>,
    /// The IPAM pool that the VPC's addresses come from, in place of `cidrBlock`.
    #[input(replaces, write_only)]
    ipv4_ipam_pool_id: Option<String>,
    /// The length of the prefix to take from the IPAM pool, from 16 to 28.
    #[input(replaces, write_only, range(16, 28))]
    ipv4_netmask_length: Option<i32>,
    /// Whether Amazon's DNS server answers in the VPC.
    #[input(default = true)]
    enable_dns_support: bool,
    /// Whether instances with public addresses get public DNS names. Needs `enableDnsSupport`;
    /// interface endpoints with private DNS need it.
    #[input(default = false)]
    enable_dns_hostnames: bool,
    /// On what hardware instances run. Going from `dedicated` back to `default` is done in place,
    /// any other change needs another VPC.
    #[input(replaces, default = Tenancy::Default)]
    instance_tenancy: Tenancy,
    /// Tags, beside the provider's default tags.
    #[input(default)]
    tags: Tags,

    /// The VPC's id.
    #[output(stable)]
    vpc_id: String,
    /// The id of the security group that AWS made with the VPC.
    #[output(stable)]
    default_security_group: String,
    /// The id of the network ACL that AWS made with the VPC.
    #[output(stable)]
    default_network_acl: String,
}

/// On what hardware the instances of a VPC run.
#[derive(Choice, Clone, Copy, Debug, PartialEq, Eq)]
#[choice(token = "ec2:Tenancy")]
pub enum Tenancy {
    /// On hardware shared with other accounts, unless an instance says otherwise.
    #[choice("default")]
    Default,
    /// On hardware of your own account only.
    #[choice("dedicated")]
    Dedicated,
}

impl Managed for Vpc {
    type Cloud = Aws;

    const OWNER: Carried = Carried::Tag { kind: "vpc" };

    fn rules(want: &Properties<'_, Self>, problems: &mut Problems) {
        if let Some(Some(block)) = want.get(fields::cidr_block)
            && !(16..=28).contains(&block.net().prefix_len())
        {
            problems.add(Path::of("cidrBlock"), "must be between a /16 and a /28 block");
        }
        match (want.has(fields::cidr_block), want.has(fields::ipv4_ipam_pool_id)) {
            (false, false) => problems.add(Path::of("cidrBlock"), "is required, unless ipv4IpamPoolId is given"),
            (true, true) if want.has(fields::ipv4_netmask_length) => {
                problems.add(Path::of("ipv4NetmaskLength"), "can't be given together with cidrBlock");
            }
            (true, false) if want.has(fields::ipv4_netmask_length) => {
                problems.add(Path::of("ipv4NetmaskLength"), "needs ipv4IpamPoolId");
            }
            _ => {}
        }
        if want.get(fields::enable_dns_hostnames) == Some(true) && want.get(fields::enable_dns_support) == Some(false) {
            problems.add(Path::of("enableDnsHostnames"), "needs enableDnsSupport");
        }
    }

    fn replaces(property: &str, _: &Properties<'_, Self>, want: &Properties<'_, Self>) -> Option<bool> {
        (property == fields::instance_tenancy.name())
            .then(|| want.get(fields::instance_tenancy) != Some(Tenancy::Default))
    }

    async fn create(cx: &Cx, want: &VpcInputs, owner: &Owner) -> Result<String> {
        let made = cx
            .ec2()
            .create_vpc()
            .set_cidr_block(want.cidr_block.map(|block| block.to_string()))
            .set_ipv4_ipam_pool_id(want.ipv4_ipam_pool_id.clone())
            .set_ipv4_netmask_length(want.ipv4_netmask_length)
            .instance_tenancy(want.instance_tenancy.text().into())
            .tag_specifications(tagging::tag_specification::<Vpc>(&want.tags, owner))
            .send()
            .await?;
        answered(made.vpc.and_then(|vpc| vpc.vpc_id), "vpcId")
    }

    async fn settle(cx: &Cx, id: &str, want: &VpcInputs) -> Result<()> {
        cx.until(&waits::VPC_AVAILABLE, id, || async { Ok(availability(cx.find::<types::Vpc>(id).await?)) }).await?;
        // DNS support first, as host names need it; last when both are turned off.
        if want.enable_dns_support {
            set_dns_support(cx, id, true).await?;
            set_dns_hostnames(cx, id, want.enable_dns_hostnames).await
        } else {
            set_dns_hostnames(cx, id, false).await?;
            set_dns_support(cx, id, false).await
        }
    }

    async fn read(cx: &Cx, id: &str) -> Result<Option<Vpc>> {
        let Some(found) = cx.find::<types::Vpc>(id).await? else { return Ok(None) };
        Ok(Some(Vpc {
            enable_dns_support: attribute(cx, id, VpcAttributeName::EnableDnsSupport).await?,
            enable_dns_hostnames: attribute(cx, id, VpcAttributeName::EnableDnsHostnames).await?,
            default_security_group: default_security_group(cx, id).await?,
            default_network_acl: default_network_acl(cx, id).await?,
            cidr_block: found.cidr_block().and_then(|block| block.parse().ok()),
            ipv4_ipam_pool_id: None,
            ipv4_netmask_length: None,
            instance_tenancy: found
                .instance_tenancy()
                .and_then(|tenancy| Tenancy::from_text(tenancy.as_str()))
                .unwrap_or(Tenancy::Default),
            tags: tagging::tags(found.tags()),
            vpc_id: id.to_owned(),
        }))
    }

    async fn update(cx: &Cx, id: &str, change: &Change<Self>) -> Result<()> {
        if change.to(fields::instance_tenancy) == Some(Tenancy::Default) {
            cx.ec2().modify_vpc_tenancy().vpc_id(id).instance_tenancy(types::VpcTenancy::Default).send().await?;
        }
        tagging::retag(cx, id, &TagChange::of(change, fields::tags)).await
    }

    async fn delete(cx: &Cx, id: &str, _: &Properties<'_, Self>) -> Result<()> {
        cx.ec2().delete_vpc().vpc_id(id).send().await?;
        Ok(())
    }

    async fn blockers(cx: &Cx, id: &str) -> Result<Vec<String>> {
        let interfaces = cx
            .ec2()
            .describe_network_interfaces()
            .filters(filter("vpc-id", vec![id.to_owned()]))
            .into_paginator()
            .items()
            .send()
            .collect::<std::result::Result<Vec<_>, _>>()
            .await?;
        Ok(interfaces
            .iter()
            .map(|interface| {
                let id = interface.network_interface_id().unwrap_or_default();
                format!("network interface {id} ({})", interface.description().unwrap_or_default())
            })
            .collect())
    }
}

impl Findable for types::Vpc {
    fn id(&self) -> Option<&str> {
        self.vpc_id()
    }

    async fn fetch(session: &Session, ids: Vec<String>) -> Result<Vec<Self>> {
        let vpcs = session.ec2().describe_vpcs().filters(filter("vpc-id", ids));
        Ok(vpcs.into_paginator().items().send().try_collect().await?)
    }
}

fn availability(found: Option<types::Vpc>) -> Look<()> {
    match found.as_ref().and_then(types::Vpc::state) {
        Some(types::VpcState::Available) => Look::Ready(()),
        Some(state) => Look::Pending(state.to_string()),
        None => Look::Pending("not to be seen yet".to_owned()),
    }
}

async fn set_dns_support(cx: &Cx, id: &str, on: bool) -> Result<()> {
    if attribute(cx, id, VpcAttributeName::EnableDnsSupport).await? != on {
        let value = types::AttributeBooleanValue::builder().value(on).build();
        cx.ec2().modify_vpc_attribute().vpc_id(id).enable_dns_support(value).send().await?;
    }
    Ok(())
}

async fn set_dns_hostnames(cx: &Cx, id: &str, on: bool) -> Result<()> {
    if attribute(cx, id, VpcAttributeName::EnableDnsHostnames).await? != on {
        let value = types::AttributeBooleanValue::builder().value(on).build();
        cx.ec2().modify_vpc_attribute().vpc_id(id).enable_dns_hostnames(value).send().await?;
    }
    Ok(())
}

async fn attribute(cx: &Cx, id: &str, name: VpcAttributeName) -> Result<bool> {
    let seen = cx.ec2().describe_vpc_attribute().vpc_id(id).attribute(name).send().await?;
    let value = seen.enable_dns_support.or(seen.enable_dns_hostnames).and_then(|value| value.value);
    Ok(value.unwrap_or_default())
}

async fn default_security_group(cx: &Cx, id: &str) -> Result<String> {
    let found = cx
        .ec2()
        .describe_security_groups()
        .filters(filter("vpc-id", vec![id.to_owned()]))
        .filters(filter("group-name", vec!["default".to_owned()]))
        .send()
        .await?;
    answered(found.security_groups().first().and_then(|group| group.group_id().map(str::to_owned)), "groupId")
}

async fn default_network_acl(cx: &Cx, id: &str) -> Result<String> {
    let found = cx
        .ec2()
        .describe_network_acls()
        .filters(filter("vpc-id", vec![id.to_owned()]))
        .filters(filter("default", vec!["true".to_owned()]))
        .send()
        .await?;
    answered(found.network_acls().first().and_then(|acl| acl.network_acl_id().map(str::to_owned)), "networkAclId")
}
