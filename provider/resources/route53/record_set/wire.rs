//! Record sets as Route 53 has them, and as programs do.

use std::net::Ipv6Addr;

use aws_sdk_route53::types;
use framework::property::{Choice as _, Properties};

use super::{
    RecordSet, RecordSetAliasTarget, RecordSetCidrRoutingConfig, RecordSetCoordinates, RecordSetFailover,
    RecordSetGeoLocation, RecordSetGeoProximityLocation, RecordSetInputs, RecordSetType, fields, find::Found,
    place::Place,
};
use crate::{aws::Result, resources::domain_name::DomainName};

/// What Route 53 is told.
pub(super) fn set(place: &Place, want: &RecordSetInputs) -> Result<types::ResourceRecordSet> {
    let set = types::ResourceRecordSet::builder()
        .name(place.name.absolute())
        .r#type(place.kind.as_str().into())
        .set_set_identifier(place.set.clone())
        .set_ttl(want.ttl)
        .set_resource_records(want.resource_records.as_deref().map(values).transpose()?)
        .set_alias_target(want.alias_target.as_ref().map(alias).transpose()?)
        .set_weight(want.weight)
        .set_region(want.latency_region.as_deref().map(Into::into))
        .set_failover(want.failover.map(|failover| failover.text().into()))
        .set_geo_location(want.geo_location.as_ref().map(location))
        .set_geo_proximity_location(want.geo_proximity_location.as_ref().map(proximity).transpose()?)
        .set_cidr_routing_config(want.cidr_routing_config.as_ref().map(blocks).transpose()?)
        .set_multi_value_answer(want.multi_value_answer.filter(|answers| *answers))
        .set_health_check_id(want.health_check_id.clone());
    Ok(set.build()?)
}

/// Each value once: Route 53 refuses repetitions.
fn values(wanted: &[String]) -> Result<Vec<types::ResourceRecord>> {
    let first = |(index, value): &(usize, &String)| !wanted[..*index].contains(value);
    let once = wanted.iter().enumerate().filter(first);
    once.map(|(_, value)| Ok(types::ResourceRecord::builder().value(value).build()?)).collect()
}

fn alias(wanted: &RecordSetAliasTarget) -> Result<types::AliasTarget> {
    let target = types::AliasTarget::builder().dns_name(wanted.dns_name.absolute());
    Ok(target.hosted_zone_id(&wanted.hosted_zone_id).evaluate_target_health(wanted.evaluate_target_health).build()?)
}

fn location(wanted: &RecordSetGeoLocation) -> types::GeoLocation {
    types::GeoLocation::builder()
        .set_continent_code(wanted.continent_code.clone())
        .set_country_code(wanted.country_code.clone())
        .set_subdivision_code(wanted.subdivision_code.clone())
        .build()
}

fn proximity(wanted: &RecordSetGeoProximityLocation) -> Result<types::GeoProximityLocation> {
    let coordinates = wanted.coordinates.as_ref().map(|at| {
        let coordinates = types::Coordinates::builder().latitude(&at.latitude);
        coordinates.longitude(&at.longitude).build()
    });
    Ok(types::GeoProximityLocation::builder()
        .set_aws_region(wanted.aws_region.clone())
        .set_local_zone_group(wanted.local_zone_group.clone())
        .set_coordinates(coordinates.transpose()?)
        .set_bias(wanted.bias)
        .build())
}

fn blocks(wanted: &RecordSetCidrRoutingConfig) -> Result<types::CidrRoutingConfig> {
    let config = types::CidrRoutingConfig::builder().collection_id(&wanted.collection_id);
    Ok(config.location_name(&wanted.location_name).build()?)
}

/// What Route 53 tells.
pub(super) fn seen(id: &str, found: &Found, said: &Properties<'_, RecordSet>) -> RecordSet {
    let Found { record: found, zone, .. } = found;
    RecordSet {
        hosted_zone_id: Some(zone.clone()),
        hosted_zone_name: None,
        name: DomainName::told(&found.name),
        r#type: RecordSetType::from_text(found.r#type.as_str()).unwrap_or(RecordSetType::A),
        alias_target: found.alias_target.as_ref().map(RecordSetAliasTarget::from),
        ttl: found.ttl,
        resource_records: said_values(found, said.get(fields::resource_records).flatten()),
        set_identifier: found.set_identifier.clone(),
        weight: found.weight,
        latency_region: found.region.as_ref().map(ToString::to_string),
        failover: found.failover.as_ref().and_then(|failover| RecordSetFailover::from_text(failover.as_str())),
        geo_location: found.geo_location.clone().map(RecordSetGeoLocation::from),
        geo_proximity_location: found.geo_proximity_location.clone().map(RecordSetGeoProximityLocation::from),
        cidr_routing_config: found.cidr_routing_config.clone().map(RecordSetCidrRoutingConfig::from),
        multi_value_answer: found.multi_value_answer,
        health_check_id: found.health_check_id.clone(),
        comment: None,
        record_set_id: id.to_owned(),
    }
}

/// The values, in the program's own words where they mean the same.
fn said_values(found: &types::ResourceRecordSet, said: Option<Vec<String>>) -> Option<Vec<String>> {
    let there: Vec<_> = found.resource_records.as_ref()?.iter().map(|record| record.value.clone()).collect();
    let meant = |values: &[String]| {
        let mut meant: Vec<_> = values.iter().map(|value| meaning(&found.r#type, value)).collect();
        meant.sort();
        meant.dedup();
        meant
    };
    Some(said.filter(|said| meant(said) == meant(&there)).unwrap_or(there))
}

/// What a value means: IPv6 addresses can be written in several ways, and names know no case.
fn meaning(kind: &types::RrType, value: &str) -> String {
    use types::RrType::{Aaaa, Cname, Mx, Ns, Ptr, Srv};
    match kind {
        Aaaa => value.parse().map_or_else(|_| value.to_owned(), |address: Ipv6Addr| address.to_string()),
        Cname | Mx | Ns | Ptr | Srv => value.trim_end_matches('.').to_ascii_lowercase(),
        _ => value.to_owned(),
    }
}

impl From<&types::AliasTarget> for RecordSetAliasTarget {
    fn from(found: &types::AliasTarget) -> Self {
        RecordSetAliasTarget {
            dns_name: DomainName::told(&found.dns_name),
            hosted_zone_id: found.hosted_zone_id.clone(),
            evaluate_target_health: found.evaluate_target_health,
        }
    }
}

impl From<types::GeoLocation> for RecordSetGeoLocation {
    fn from(found: types::GeoLocation) -> Self {
        RecordSetGeoLocation {
            continent_code: found.continent_code,
            country_code: found.country_code,
            subdivision_code: found.subdivision_code,
        }
    }
}

impl From<types::GeoProximityLocation> for RecordSetGeoProximityLocation {
    fn from(found: types::GeoProximityLocation) -> Self {
        let coordinates =
            |at: types::Coordinates| RecordSetCoordinates { latitude: at.latitude, longitude: at.longitude };
        RecordSetGeoProximityLocation {
            aws_region: found.aws_region,
            local_zone_group: found.local_zone_group,
            coordinates: found.coordinates.map(coordinates),
            bias: found.bias,
        }
    }
}

impl From<types::CidrRoutingConfig> for RecordSetCidrRoutingConfig {
    fn from(found: types::CidrRoutingConfig) -> Self {
        RecordSetCidrRoutingConfig { collection_id: found.collection_id, location_name: found.location_name }
    }
}

#[cfg(test)]
mod tests {
    use types::RrType;

    use super::*;

    #[test]
    fn what_means_the_same_is_no_difference() {
        let same = |kind: RrType, one: &str, other: &str| meaning(&kind, one) == meaning(&kind, other);
        assert!(same(RrType::Aaaa, "2001:0DB8:0::1", "2001:db8::1"));
        assert!(same(RrType::Cname, "Example.com.", "example.com"));
        assert!(same(RrType::Mx, "10 Mail.example.com", "10 mail.example.com."));
        assert!(!same(RrType::Txt, "\"One\"", "\"one\""));
        assert!(!same(RrType::A, "192.0.2.1", "192.0.2.2"));
    }
}
