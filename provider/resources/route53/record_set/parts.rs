//! What a record set is made of.

use framework::{Choice, Object};

use crate::resources::domain_name::DomainName;

/// The type of a record.
#[derive(Choice, Clone, Copy, Debug, PartialEq, Eq)]
#[choice(token = "route53:RecordSetType")]
pub enum RecordSetType {
    /// IPv4 addresses.
    #[choice("A")]
    A,
    /// IPv6 addresses.
    #[choice("AAAA")]
    Aaaa,
    /// Who may issue certificates for the domain.
    #[choice("CAA")]
    Caa,
    /// Another name, which answers for this one. Not for a zone's own domain.
    #[choice("CNAME")]
    Cname,
    /// The fingerprint of a key that signs the zone below.
    #[choice("DS")]
    Ds,
    /// How a web service is reached.
    #[choice("HTTPS")]
    Https,
    /// Servers that take mail.
    #[choice("MX")]
    Mx,
    /// Rules by which one name becomes another.
    #[choice("NAPTR")]
    Naptr,
    /// The name servers of the zone, or of the zone below.
    #[choice("NS")]
    Ns,
    /// The name of an address.
    #[choice("PTR")]
    Pointer,
    /// What the zone is. Route 53 makes it with the zone.
    #[choice("SOA")]
    Soa,
    /// Who may send mail. Better a TXT record.
    #[choice("SPF")]
    Spf,
    /// Servers and ports of a service.
    #[choice("SRV")]
    Srv,
    /// The fingerprint of an SSH server's key.
    #[choice("SSHFP")]
    Sshfp,
    /// How a service is reached.
    #[choice("SVCB")]
    Svcb,
    /// The certificate of a server.
    #[choice("TLSA")]
    Tlsa,
    /// Texts in quotation marks.
    #[choice("TXT")]
    Txt,
}

/// Something in AWS that is answered in place of values.
#[derive(Object, Clone, Debug, PartialEq, Eq)]
#[object(token = "route53:RecordSetAliasTarget")]
pub struct RecordSetAliasTarget {
    /// The target's name, such as a load balancer's; of a record set of the same zone its name.
    #[field(length(1, 1024))]
    pub dns_name: DomainName,
    /// The id of the hosted zone that the target is in: for a load balancer its canonical one, for a record set of
    /// the same zone that zone's.
    #[field(length(1, 32))]
    pub hosted_zone_id: String,
    /// Whether it is answered only as long as the target is healthy.
    #[field(default = false)]
    pub evaluate_target_health: bool,
}

/// Which of two record sets this one is.
#[derive(Choice, Clone, Copy, Debug, PartialEq, Eq)]
#[choice(token = "route53:RecordSetFailover")]
pub enum RecordSetFailover {
    /// The one that is answered as long as it is healthy.
    #[choice("PRIMARY")]
    Primary,
    /// The one that is answered when the other one isn't healthy.
    #[choice("SECONDARY")]
    Secondary,
}

/// Where questions have to come from. Either a continent or a country has to be given.
#[derive(Object, Clone, Debug, PartialEq, Eq)]
#[object(token = "route53:RecordSetGeoLocation")]
pub struct RecordSetGeoLocation {
    /// The continent: AF, AN, AS, EU, OC, NA or SA.
    #[field(length(2, 2))]
    pub continent_code: Option<String>,
    /// The country, by its two letters of ISO 3166-1; `*` for all that nothing else is said of.
    #[field(length(1, 2))]
    pub country_code: Option<String>,
    /// A state of the United States, or a region of Ukraine; the country has to be given, too.
    #[field(length(1, 3))]
    pub subdivision_code: Option<String>,
}

/// Where the thing stands that is answered. One of the Region, the Local Zone group and the coordinates has to be given.
#[derive(Object, Clone, Debug, PartialEq, Eq)]
#[object(token = "route53:RecordSetGeoProximityLocation")]
pub struct RecordSetGeoProximityLocation {
    /// The Region, such as `eu-west-1`.
    #[field(length(1, 64))]
    pub aws_region: Option<String>,
    /// The Local Zone group, such as `us-west-2-lax-1`.
    #[field(length(1, 64))]
    pub local_zone_group: Option<String>,
    /// The coordinates, for what isn't in AWS.
    pub coordinates: Option<RecordSetCoordinates>,
    /// By how much the area that it is answered in is made larger, or smaller where it is negative.
    #[field(range(-99, 99))]
    pub bias: Option<i32>,
}

/// Where something stands on Earth.
#[derive(Object, Clone, Debug, PartialEq, Eq)]
#[object(token = "route53:RecordSetCoordinates")]
pub struct RecordSetCoordinates {
    /// The latitude in degrees north, from -90 to 90, with two decimals at most.
    #[field(pattern(r"[-+]?[0-9]{1,2}(\.[0-9]{0,2})?", "degrees with two decimals at most, such as -12.34"))]
    pub latitude: String,
    /// The longitude in degrees east, from -180 to 180, with two decimals at most.
    #[field(pattern(r"[-+]?[0-9]{1,3}(\.[0-9]{0,2})?", "degrees with two decimals at most, such as -123.45"))]
    pub longitude: String,
}

/// The blocks of addresses that questions have to come from.
#[derive(Object, Clone, Debug, PartialEq, Eq)]
#[object(token = "route53:RecordSetCidrRoutingConfig")]
pub struct RecordSetCidrRoutingConfig {
    /// The id of the CIDR collection.
    #[field(pattern("[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}", "the id of a CIDR collection, a UUID"))]
    pub collection_id: String,
    /// The name of the location in it; `*` for all addresses that are in no other.
    #[field(length(1, 16), pattern(r"[0-9A-Za-z_\-*]+", "letters, digits and any of _-*"))]
    pub location_name: String,
}
