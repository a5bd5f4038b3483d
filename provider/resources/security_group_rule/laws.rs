//! What must hold between the properties of a rule.

use framework::{
    problem::Problems,
    property::{Cidr, FieldOf, Properties},
};

use super::{Ports, Protocol};
use crate::resources::{
    exclusive::{exactly_one, given},
    ipv6_cidr::Ipv6Cidr,
};

/// The properties that a rule's laws are about, by their names in one direction.
pub struct Names<R> {
    /// The group that the rule is part of.
    pub of_group: FieldOf<R, String>,
    /// The protocol.
    pub ip_protocol: FieldOf<R, Protocol>,
    /// The first port, or the ICMP type.
    pub from_port: FieldOf<R, Option<i32>>,
    /// The last port, or the ICMP code.
    pub to_port: FieldOf<R, Option<i32>>,
    /// A block of IPv4 addresses.
    pub cidr_ip: FieldOf<R, Option<Cidr>>,
    /// A block of IPv6 addresses.
    pub cidr_ipv6: FieldOf<R, Option<Ipv6Cidr>>,
    /// A list of blocks.
    pub prefix_list_id: FieldOf<R, Option<String>>,
    /// The members of a group.
    pub group_id: FieldOf<R, Option<String>>,
    /// The account of that group.
    pub group_owner_id: FieldOf<R, Option<String>>,
}

impl<R> Names<R> {
    /// Notes what is wrong between the properties of a rule.
    pub fn check(&self, want: &Properties<'_, R>, problems: &mut Problems) {
        self.check_peer(want, problems);
        if let Some(protocol) = want.get(self.ip_protocol) {
            match protocol.ports() {
                Ports::Range => self.check_range(want, &protocol, problems),
                Ports::TypeAndCode => self.check_type_and_code(want, &protocol, problems),
                Ports::None => self.check_no_ports(want, &protocol, problems),
            }
        }
    }

    /// Whether two rules would allow the same, so that AWS doesn't take the second beside the first.
    pub fn allow_the_same(&self, one: &Properties<'_, R>, other: &Properties<'_, R>) -> bool {
        let same_peer = one.get(self.cidr_ip) == other.get(self.cidr_ip)
            && one.get(self.cidr_ipv6) == other.get(self.cidr_ipv6)
            && one.get(self.prefix_list_id) == other.get(self.prefix_list_id)
            && one.get(self.group_id) == other.get(self.group_id);
        let same_ports = one.get(self.ip_protocol) == other.get(self.ip_protocol)
            && one.get(self.from_port) == other.get(self.from_port)
            && one.get(self.to_port) == other.get(self.to_port);
        same_peer && same_ports && one.get(self.of_group) == other.get(self.of_group)
    }

    fn check_peer(&self, want: &Properties<'_, R>, problems: &mut Problems) {
        let peers = [
            given(want, self.cidr_ip),
            given(want, self.cidr_ipv6),
            given(want, self.prefix_list_id),
            given(want, self.group_id),
        ];
        exactly_one(&peers, problems);
        if want.has(self.group_owner_id) && !want.has(self.group_id) {
            problems.add(want.path(self.group_owner_id), format!("needs {}", self.group_id.name()));
        }
    }

    fn check_range(&self, want: &Properties<'_, R>, protocol: &Protocol, problems: &mut Problems) {
        for port in [self.from_port, self.to_port] {
            match want.get(port) {
                _ if !want.has(port) => problems.add(want.path(port), format!("is required for {}", protocol.as_str())),
                Some(Some(-1)) => {
                    problems.add(want.path(port), format!("must be a port from 0 to 65535 for {}", protocol.as_str()))
                }
                _ => {}
            }
        }
        if let (Some(Some(from)), Some(Some(to))) = (want.get(self.from_port), want.get(self.to_port))
            && from > to
        {
            problems.add(want.path(self.to_port), format!("must not be less than {}", self.from_port.name()));
        }
    }

    fn check_type_and_code(&self, want: &Properties<'_, R>, protocol: &Protocol, problems: &mut Problems) {
        for (port, what) in [(self.from_port, "type"), (self.to_port, "code")] {
            let told = format!("an ICMP {what} from 0 to {}, or -1 for all", u8::MAX);
            match want.get(port) {
                _ if !want.has(port) => {
                    problems.add(want.path(port), format!("is required for {}: {told}", protocol.as_str()))
                }
                Some(Some(number)) if number > i32::from(u8::MAX) => {
                    problems.add(want.path(port), format!("must be {told}"))
                }
                _ => {}
            }
        }
        if let (Some(Some(-1)), Some(Some(0..))) = (want.get(self.from_port), want.get(self.to_port)) {
            problems.add(
                want.path(self.to_port),
                format!("must be -1, as {} is -1, which is all ICMP types", self.from_port.name()),
            );
        }
    }

    fn check_no_ports(&self, want: &Properties<'_, R>, protocol: &Protocol, problems: &mut Problems) {
        for port in [self.from_port, self.to_port].into_iter().filter(|port| want.has(*port)) {
            problems
                .add(want.path(port), format!("must be left out: protocol {} has no ports here", protocol.as_str()));
        }
    }
}
