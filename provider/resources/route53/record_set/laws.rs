//! What a record set must be, beyond its single properties.

use std::net::{Ipv4Addr, Ipv6Addr};

use framework::{problem::Problems, property::Properties};

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

/// Whether Route 53 wouldn't have the new one while the old one is there. What isn't known yet may be the same, and so
/// may a zone be that was given by its id, and then by its name.
pub(super) fn collide(was: &Properties<'_, RecordSet>, want: &Properties<'_, RecordSet>) -> bool {
    fn differ<T: PartialEq>(was: Option<T>, want: Option<T>) -> bool {
        was.zip(want).is_some_and(|(was, want)| was != want)
    }
    let by_id = differ(was.get(fields::hosted_zone_id).flatten(), want.get(fields::hosted_zone_id).flatten());
    let by_name = differ(was.get(fields::hosted_zone_name).flatten(), want.get(fields::hosted_zone_name).flatten());
    if by_id || by_name || differ(was.get(fields::name), want.get(fields::name)) {
        return false;
    }
    let (old, new) = (was.get(fields::r#type), want.get(fields::r#type));
    !differ(old, new) || [old, new].contains(&Some(RecordSetType::Cname))
}

#[cfg(test)]
mod tests {
    use framework::value::{Map, Value};

    use super::*;

    fn inputs(given: &[(&str, &str)]) -> Map {
        given.iter().map(|(name, value)| ((*name).to_owned(), Value::from(*value))).collect()
    }

    #[test]
    fn values_are_as_their_types_want_them() {
        use RecordSetType::{A, Aaaa, Cname, Mx, Srv, Txt};
        for (kind, right) in [
            (A, "192.0.2.1"),
            (Aaaa, "2001:db8::1"),
            (Cname, "example.com."),
            (Mx, "10 mail.example.com"),
            (Mx, "0 ."),
            (Txt, "\"v=spf1 -all\""),
            (Txt, "\"one\" \"two\""),
            (Srv, "1 2 3 example.com"),
        ] {
            assert_eq!(broken(kind, right), None, "{right}");
        }
        for (kind, wrong) in [
            (A, "2001:db8::1"),
            (A, "192.0.2"),
            (Aaaa, "192.0.2.1"),
            (Cname, "a..b"),
            (Mx, "mail.example.com"),
            (Txt, "open"),
            (Txt, "\""),
        ] {
            assert!(broken(kind, wrong).is_some(), "{wrong}");
        }
    }

    #[test]
    fn the_old_one_goes_first_only_where_route_53_wouldnt_have_both() {
        let old = inputs(&[("hostedZoneId", "Z1"), ("name", "a.example.com"), ("type", "A")]);
        let with = |name: &str, value: &str| {
            let mut new = old.clone();
            new.insert(name.to_owned(), Value::from(value));
            collide(&Properties::new(&old), &Properties::new(&new))
        };
        assert!(with("type", "CNAME") && with("setIdentifier", "one"));
        assert!(!with("type", "AAAA") && !with("name", "b.example.com") && !with("hostedZoneId", "Z2"));
        let by_name = inputs(&[("hostedZoneName", "example.com"), ("name", "a.example.com"), ("type", "A")]);
        assert!(collide(&Properties::new(&old), &Properties::new(&by_name)), "it may be the same zone");
    }
}
