//! Which addresses each subnet gets.
//!
//! A block follows from the VPC's own, the tier and the zone's slot, and from nothing else: not from
//! how many zones or tiers are in use. So whoever adds a zone, or a later version a tier, moves nothing
//! that is there.
//!
//! The VPC is cut into 64 parts. Each tier has room for [`SLOTS`] zones side by side, so that one block
//! names a whole tier in a firewall or a peering route:
//!
//! | parts | in `10.0.0.0/16` | each zone | for |
//! | --- | --- | --- | --- |
//! | 0–31 | `10.0.0.0/17` | /20, 4,091 addresses | private: every Fargate task, function and instance takes one |
//! | 32–39 | `10.0.128.0/19` | /22, 1,019 addresses | public: load balancers, NAT gateways |
//! | 40–47 | `10.0.160.0/19` | /22, 1,019 addresses | isolated: databases, caches |
//! | 48–63 | `10.0.192.0/18` | | nobody yet: kept for a later tier |

use std::net::Ipv4Addr;

use framework::{problem::Problems, property::Cidr, value::Path};
use ipnet::Ipv4Net;

/// How many zones a tier has room for: no region has more than six.
pub const SLOTS: u8 = 8;

/// The bits by which a part is smaller than the VPC: 64 parts.
const PART_BITS: u8 = 6;

/// AWS's limit of VPCs: "VPC CIDR blocks", Amazon VPC User Guide.
const LARGEST_VPC: u8 = 16;

/// The smallest subnet that a load balancer can stand in: "Subnets for your load balancer", User Guide for
/// Application Load Balancers. AWS makes smaller ones, which would fail with the first service.
const SMALLEST_SUBNET: u8 = 27;

/// The smallest VPC whose smallest subnets are of use.
const SMALLEST_VPC: u8 = SMALLEST_SUBNET - PART_BITS;

/// The addresses that AWS refuses to VPCs: "VPC CIDR blocks", Amazon VPC User Guide.
const REFUSED: [Ipv4Net; 4] = [
    Ipv4Net::new_assert(Ipv4Addr::new(0, 0, 0, 0), 8),
    Ipv4Net::new_assert(Ipv4Addr::new(127, 0, 0, 0), 8),
    Ipv4Net::new_assert(Ipv4Addr::new(169, 254, 0, 0), 16),
    Ipv4Net::new_assert(Ipv4Addr::new(224, 0, 0, 0), 4),
];

/// The addresses of a VPC that doesn't say which it wants.
#[must_use]
pub fn usual() -> Cidr {
    Cidr::from(Ipv4Net::new_assert(Ipv4Addr::new(10, 0, 0, 0), LARGEST_VPC))
}

/// What a subnet is for, which decides where its traffic may go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tier {
    /// Reached from the Internet, and reaches it.
    Public,
    /// Reaches the Internet through NAT.
    Private,
    /// Neither.
    Isolated,
}

impl Tier {
    /// Every tier.
    pub const ALL: [Tier; 3] = [Tier::Public, Tier::Private, Tier::Isolated];

    /// As it is called in the names of children.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Tier::Public => "public",
            Tier::Private => "private",
            Tier::Isolated => "isolated",
        }
    }

    /// The tier's first part, and the bits by which one of its subnets is smaller than the VPC.
    fn share(self) -> (u32, u8) {
        match self {
            Tier::Private => (0, 4),
            Tier::Public => (32, 6),
            Tier::Isolated => (40, 6),
        }
    }
}

/// A zone's place in the layout.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Slot(u8);

impl Slot {
    /// The slot of that index, from zero.
    #[must_use]
    pub fn at(index: usize) -> Option<Self> {
        u8::try_from(index).ok().filter(|index| *index < SLOTS).map(Slot)
    }

    /// The slot of a zone by the letter at the end of its name.
    #[must_use]
    pub fn lettered(letter: char) -> Option<Self> {
        ('a'..='z').position(|known| known == letter).and_then(Slot::at)
    }

    /// The role of a child that there is one of in each slot: `public-1`.
    #[must_use]
    pub fn role(self, of: &str) -> String {
        format!("{of}-{}", self.0 + 1)
    }
}

/// The addresses of a VPC that is large enough, and not too large.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Layout(Ipv4Net);

impl Layout {
    /// The layout of a VPC, unless its block can't be used; then that is noted.
    pub fn of(vpc: Cidr, problems: &mut Problems) -> Option<Self> {
        let reason = unusable(vpc.net());
        let layout = reason.is_none().then_some(Layout(vpc.net()));
        reason.into_iter().for_each(|reason| problems.add(Path::of("cidrBlock"), reason));
        layout
    }

    /// The VPC's own block.
    #[must_use]
    pub fn vpc(self) -> Cidr {
        Cidr::from(self.0)
    }

    /// The block of a subnet.
    #[must_use]
    pub fn block(self, tier: Tier, slot: Slot) -> Option<Cidr> {
        let (first_part, bits) = tier.share();
        let prefix = self.0.prefix_len() + bits;
        let part = 1_u32.checked_shl(u32::from(32 - self.0.prefix_len() - PART_BITS))?;
        let size = 1_u32.checked_shl(u32::from(32 - prefix))?;
        let first = u32::from(self.0.network()) + first_part * part + u32::from(slot.0) * size;
        Ipv4Net::new(Ipv4Addr::from(first), prefix).ok().map(Cidr::from)
    }
}

/// Why a block can't be a VPC of ours, and what can be done.
fn unusable(block: Ipv4Net) -> Option<String> {
    if let Some(refused) = refused(block) {
        return Some(format!("lies in {refused}, which AWS refuses to VPCs; take a private block such as {}", usual()));
    }
    let (nearest, limit) = match block.prefix_len() {
        ..LARGEST_VPC => (LARGEST_VPC, "AWS's largest VPC is a /16"),
        LARGEST_VPC..=SMALLEST_VPC => return None,
        _ => (SMALLEST_VPC, "each tier has room for eight zones, and a load balancer takes no subnet below a /27"),
    };
    let usable = Ipv4Net::new(block.network(), nearest).ok().filter(|net| refused(*net).is_none());
    let usable = usable.map_or_else(usual, Cidr::from);
    Some(format!("must be between a /{LARGEST_VPC} and a /{SMALLEST_VPC} block, not {block}: {limit}; take {usable}"))
}

fn refused(block: Ipv4Net) -> Option<Ipv4Net> {
    REFUSED.into_iter().find(|refused| refused.contains(&block))
}
