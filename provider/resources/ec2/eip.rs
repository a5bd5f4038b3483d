//! An Elastic IP address: a public IPv4 address of one's own.

use aws_sdk_ec2::types;
use framework::{
    Choice, Resource,
    problem::Problems,
    property::Properties,
    resource::{Carried, Change, Managed, Owner},
};

use crate::{
    aws::{Aws, Cx, Findable, Result, Session, TagChange, Tags, answered, tags::ec2 as tagging},
    resources::{
        ec2_calls::filter,
        exclusive::{at_most_one, given},
    },
};

/// An Elastic IP address: a public IPv4 address that stays yours until you release it.
///
/// AWS charges for each by the hour, in use or not, and allows 5 a Region unless you ask for more (Amazon
/// VPC User Guide, "Amazon VPC quotas"). Its id is the allocation's, `eipalloc-…`.
#[derive(Resource)]
#[resource(token = "ec2:Eip", model = "AWS::EC2::EIP", id = "allocation_id")]
pub struct Eip {
    /// Where the address is used; there is only `vpc`.
    #[input(default = AddressDomain::Vpc)]
    domain: AddressDomain,
    /// An address to get: one of the account's own pools, or one that it has released and nobody has got since.
    #[input(replaces, write_only)]
    address: Option<String>,
    /// The pool of the account's own addresses (BYOIP) that the address comes from; Amazon's when absent.
    #[input(replaces, computed)]
    public_ipv4_pool: Option<String>,
    /// The IPAM pool that the address comes from.
    #[input(replaces, write_only)]
    ipam_pool_id: Option<String>,
    /// The zones that advertise the address, such as `us-east-1-wl1-bos-wlz-1`; all of the Region's when absent.
    #[input(replaces, computed)]
    network_border_group: Option<String>,
    /// An address that another account offers; accepting it moves the address here. The offer lasts seven days
    /// (Amazon VPC User Guide, "Transfer Elastic IP addresses").
    #[input(replaces, write_only)]
    transfer_address: Option<String>,
    /// The instance whose primary private address gets this public one.
    #[input]
    instance_id: Option<String>,
    /// Tags, beside the provider's default tags.
    #[input(default)]
    tags: Tags,

    /// The id of the allocation.
    #[output(stable)]
    allocation_id: String,
    /// The address itself.
    #[output(stable)]
    public_ip: String,
}

/// Where an Elastic IP address is used.
#[derive(Choice, Clone, Copy, Debug, PartialEq, Eq)]
#[choice(token = "ec2:AddressDomain")]
pub enum AddressDomain {
    /// In VPCs.
    #[choice("vpc")]
    Vpc,
}

/// The pool of addresses that don't come from one of the account's.
const AMAZONS: &str = "amazon";

impl Managed for Eip {
    type Cloud = Aws;

    const OWNER: Carried = Carried::Tag { kind: "elastic-ip" };

    fn rules(want: &Properties<'_, Self>, problems: &mut Problems) {
        let offered = given(want, fields::transfer_address);
        let chosen = [
            given(want, fields::address),
            given(want, fields::public_ipv4_pool),
            given(want, fields::ipam_pool_id),
            given(want, fields::network_border_group),
        ];
        chosen.into_iter().for_each(|chosen| at_most_one(&[offered, chosen], problems));
        at_most_one(&[given(want, fields::public_ipv4_pool), given(want, fields::ipam_pool_id)], problems);
    }

    async fn create(cx: &Cx, want: &EipInputs, owner: &Owner) -> Result<String> {
        let tags = tagging::tag_specification::<Eip>(&want.tags, owner);
        match &want.transfer_address {
            Some(offered) => accept(cx, offered, tags).await,
            None => allocate(cx, want, tags).await,
        }
    }

    async fn settle(cx: &Cx, id: &str, want: &EipInputs) -> Result<()> {
        match &want.instance_id {
            Some(instance) => associate(cx, id, instance).await,
            None => Ok(()),
        }
    }

    async fn read(cx: &Cx, id: &str) -> Result<Option<Eip>> {
        let Some(found) = cx.find::<types::Address>(id).await? else { return Ok(None) };
        Ok(Some(Eip {
            domain: AddressDomain::Vpc,
            address: None,
            tags: tagging::tags(found.tags()),
            public_ipv4_pool: found.public_ipv4_pool.filter(|pool| pool != AMAZONS),
            ipam_pool_id: None,
            network_border_group: found.network_border_group,
            transfer_address: None,
            instance_id: found.instance_id.filter(|instance| !instance.is_empty() && is_ours_to_say(cx)),
            allocation_id: id.to_owned(),
            public_ip: answered(found.public_ip, "publicIp")?,
        }))
    }

    async fn update(cx: &Cx, id: &str, change: &Change<Self>) -> Result<()> {
        if let Some((Some(Some(instance)), None)) = change.between(fields::instance_id) {
            disassociate(cx, id, &instance).await?;
        }
        tagging::retag(cx, id, &TagChange::of(change, fields::tags)).await
    }

    async fn delete(cx: &Cx, id: &str, was: &Properties<'_, Self>) -> Result<()> {
        if let Some(instance) = was.get(fields::instance_id).flatten() {
            disassociate(cx, id, &instance).await?;
        }
        // AWS finds an address of a border group only if the call names it.
        let group = cx.find::<types::Address>(id).await?.and_then(|found| found.network_border_group);
        cx.ec2().release_address().allocation_id(id).set_network_border_group(group).send().await?;
        Ok(())
    }

    async fn blockers(cx: &Cx, id: &str) -> Result<Vec<String>> {
        let user = cx.find::<types::Address>(id).await?.and_then(|found| found.network_interface_id);
        Ok(user.into_iter().map(|interface| format!("network interface {interface}")).collect())
    }
}

impl Findable for types::Address {
    fn id(&self) -> Option<&str> {
        self.allocation_id()
    }

    async fn fetch(session: &Session, ids: Vec<String>) -> Result<Vec<Self>> {
        let found = session.ec2().describe_addresses().filters(filter("allocation-id", ids)).send().await?;
        Ok(found.addresses.unwrap_or_default())
    }
}

async fn allocate(cx: &Cx, want: &EipInputs, tags: types::TagSpecification) -> Result<String> {
    let made = cx
        .ec2()
        .allocate_address()
        .domain(types::DomainType::Vpc)
        .set_address(want.address.clone())
        .set_public_ipv4_pool(want.public_ipv4_pool.clone())
        .set_ipam_pool_id(want.ipam_pool_id.clone())
        .set_network_border_group(want.network_border_group.clone())
        .tag_specifications(tags)
        .send()
        .await?;
    answered(made.allocation_id, "allocationId")
}

async fn accept(cx: &Cx, offered: &str, tags: types::TagSpecification) -> Result<String> {
    let made = cx.ec2().accept_address_transfer().address(offered).tag_specifications(tags).send().await?;
    answered(made.address_transfer.and_then(|transfer| transfer.allocation_id), "allocationId")
}

/// Whether the instance is this resource's word: a program that doesn't say one may leave the address to
/// a NAT gateway or to an association of its own. An import takes what is there.
fn is_ours_to_say(cx: &Cx) -> bool {
    let recorded = cx.recorded::<Eip>();
    recorded.has(fields::instance_id) || !recorded.has(fields::domain)
}

async fn associate(cx: &Cx, id: &str, instance: &str) -> Result<()> {
    let present = cx.find::<types::Address>(id).await?.and_then(|found| found.instance_id);
    if present.as_deref() != Some(instance) {
        cx.ec2().associate_address().allocation_id(id).instance_id(instance).allow_reassociation(true).send().await?;
    }
    Ok(())
}

/// Takes the address from that instance; from anything else that has it meanwhile, it doesn't.
async fn disassociate(cx: &Cx, id: &str, instance: &str) -> Result<()> {
    let present = cx.find::<types::Address>(id).await?.filter(|found| found.instance_id() == Some(instance));
    if let Some(association) = present.and_then(|found| found.association_id) {
        cx.ec2().disassociate_address().association_id(association).send().await?;
    }
    Ok(())
}
