//! What a record set must be, beyond its single properties.

use std::net::{Ipv4Addr, Ipv6Addr};

use framework::{
    problem::Problems,
    property::{Decode, FieldOf, Properties},
};

use super::{RecordSet, RecordSetType, fields};
use crate::resources::{
    domain_name::DomainName,
    exclusive::{at_most_one, exactly_one, given},
};

/// Notes what is wrong.
pub(super) fn check(want: &Properties<'_, RecordSet>, problems: &mut Problems) {
    exactly_one(&[given(want, fields::hosted_zone_id), given(want, fields::hosted_zone_name)], problems);
    exactly_one(&[given(want, fields::alias_target), given(want, fields::resource_records)], problems);
    time_to_live(want, problems);
    alias(want, problems);
    name(want, problems);
    values(want, problems);
    routing(want, problems);
    location(want, problems);
    proximity(want, problems);
}

fn time_to_live(want: &Properties<'_, RecordSet>, problems: &mut Problems) {
    let (records, ttl) = (want.has(fields::resource_records), want.has(fields::ttl));
    if records && !ttl {
        problems.add(want.path(fields::ttl), "is required with resourceRecords");
    }
    if ttl && want.has(fields::alias_target) {
        problems.add(want.path(fields::ttl), "can't be given together with aliasTarget, which has its target's");
    }
}

fn alias(want: &Properties<'_, RecordSet>, problems: &mut Problems) {
    if !want.has(fields::alias_target) {
        return;
    }
    if matches!(want.get(fields::r#type), Some(RecordSetType::Ns | RecordSetType::Soa)) {
        problems.add(want.path(fields::alias_target), "can't be given for the types NS and SOA");
    }
    if want.get(fields::multi_value_answer) == Some(Some(true)) {
        problems.add(want.path(fields::multi_value_answer), "can't be true together with aliasTarget");
    }
}

fn name(want: &Properties<'_, RecordSet>, problems: &mut Problems) {
    let (Some(name), Some(Some(zone))) = (want.get(fields::name), want.get(fields::hosted_zone_name)) else { return };
    if !name.is_within(&zone) {
        problems.add(want.path(fields::name), "must be a name in the domain of hostedZoneName");
    }
    if name == zone && want.get(fields::r#type) == Some(RecordSetType::Cname) {
        let told = "can't be CNAME for the zone's own domain: give an aliasTarget, with the type A";
        problems.add(want.path(fields::r#type), told);
    }
}

fn values(want: &Properties<'_, RecordSet>, problems: &mut Problems) {
    let (Some(kind), Some(Some(values))) = (want.get(fields::r#type), want.get(fields::resource_records)) else {
        return;
    };
    let at = want.path(fields::resource_records);
    if kind == RecordSetType::Cname && values.len() > 1 {
        problems.add(at.clone(), "must have one element for the type CNAME");
    }
    for (index, value) in values.iter().enumerate() {
        if let Some(law) = broken(kind, value) {
            problems.add(at.index(index), law);
        }
    }
}

/// What a value must be, where it isn't that.
fn broken(kind: RecordSetType, value: &str) -> Option<&'static str> {
    let is_name = |text: &str| text.parse::<DomainName>().is_ok();
    let (fits, law) = match kind {
        RecordSetType::A => (value.parse::<Ipv4Addr>().is_ok(), "must be an IPv4 address for the type A"),
        RecordSetType::Aaaa => (value.parse::<Ipv6Addr>().is_ok(), "must be an IPv6 address for the type AAAA"),
        RecordSetType::Cname => (is_name(value), "must be a domain name for the type CNAME"),
        RecordSetType::Ns => (is_name(value), "must be a domain name for the type NS"),
        RecordSetType::Mx => {
            let fits = value.split_once(' ').is_some_and(|(priority, host)| {
                priority.parse::<u16>().is_ok() && (is_name(host.trim()) || host.trim() == ".")
            });
            (fits, "must be a priority and a domain name for the type MX, such as 10 mail.example.com")
        }
        RecordSetType::Txt | RecordSetType::Spf => {
            let fits = value.len() > 1 && value.starts_with('"') && value.ends_with('"');
            (fits, "must be texts in quotation marks for the types TXT and SPF")
        }
        _ => (true, ""),
    };
    (!fits).then_some(law)
}

/// A routing policy takes a set identifier, and a set identifier a routing policy.
fn routing(want: &Properties<'_, RecordSet>, problems: &mut Problems) {
    let answers = want.get(fields::multi_value_answer) == Some(Some(true));
    let policies = [
        given(want, fields::weight),
        given(want, fields::latency_region),
        given(want, fields::failover),
        given(want, fields::geo_location),
        given(want, fields::geo_proximity_location),
        given(want, fields::cidr_routing_config),
        (fields::multi_value_answer.name(), answers),
    ];
    at_most_one(&policies, problems);
    let policy = policies.iter().find(|(_, given)| *given);
    let set = want.path(fields::set_identifier);
    match (policy, want.has(fields::set_identifier)) {
        (Some((policy, _)), false) => problems.add(set, format!("is required with {policy}")),
        (None, true) if want.get(fields::multi_value_answer).is_some() => {
            let names: Vec<_> = policies.iter().map(|(name, _)| *name).collect();
            problems.add(set, format!("is for routing policies alone: give one of {}", names.join(", ")));
        }
        _ => {}
    }
}

fn location(want: &Properties<'_, RecordSet>, problems: &mut Problems) {
    let Some(Some(location)) = want.get(fields::geo_location) else { return };
    let at = want.path(fields::geo_location);
    if location.continent_code.is_some() == location.country_code.is_some() {
        problems.add(at.clone(), "needs either continentCode or countryCode");
    }
    if location.subdivision_code.is_some() && location.country_code.is_none() {
        problems.add(at.key("subdivisionCode"), "needs countryCode beside it");
    }
}

fn proximity(want: &Properties<'_, RecordSet>, problems: &mut Problems) {
    let Some(Some(location)) = want.get(fields::geo_proximity_location) else { return };
    let given = [location.aws_region.is_some(), location.local_zone_group.is_some(), location.coordinates.is_some()];
    if given.iter().filter(|given| **given).count() != 1 {
        let told = "needs one of awsRegion, localZoneGroup, coordinates, and no other";
        problems.add(want.path(fields::geo_proximity_location), told);
    }
}

/// Whether Route 53 wouldn't have the new one while the old one is there. What isn't known yet may be the same.
pub(super) fn collide(was: &Properties<'_, RecordSet>, want: &Properties<'_, RecordSet>) -> bool {
    fn may_equal<T: Decode + PartialEq>(
        was: &Properties<'_, RecordSet>,
        want: &Properties<'_, RecordSet>,
        field: FieldOf<RecordSet, T>,
    ) -> bool {
        match (was.get(field), want.get(field)) {
            (Some(was), Some(want)) => was == want,
            _ => true,
        }
    }
    // A zone may be given by its id, and then by its name.
    let zones = [may_equal(was, want, fields::hosted_zone_id), may_equal(was, want, fields::hosted_zone_name)];
    let is_cname = |of: &Properties<'_, RecordSet>| of.get(fields::r#type) == Some(RecordSetType::Cname);
    zones.iter().any(|same| *same)
        && may_equal(was, want, fields::name)
        && (may_equal(was, want, fields::r#type) || is_cname(was) || is_cname(want))
}
