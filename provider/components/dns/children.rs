//! The children of a domain.

use framework::{component::Scope, value::Output};

use super::{inputs::DnsInputs, names::Names, outputs::DnsOutputs};
use crate::{
    aws::Aws,
    components::{Zone, child_tags::ChildTags},
    resources::{
        certificatemanager::{
            CertificateArgs, CertificateDomainValidationOption, CertificateHandle, CertificateValidationArgs,
        },
        domain_name::DomainName,
        route53::{HostedZoneArgs, RecordSetArgs, RecordSetHandle, RecordSetType},
    },
};

/// For how many seconds the record of a certificate may be kept by others: its value never changes.
///
/// Source: AWS Certificate Manager User Guide, "DNS validation" (the records that its console makes: 300).
const RECORD_TTL: i64 = 300;

/// Describes everything of a domain.
pub fn describe(scope: &Scope<Aws>, want: &DnsInputs, names: &Names) -> DnsOutputs {
    let tags = ChildTags::new(scope, want.tags.clone());
    let (zone_id, name_servers) = zone(scope, want, &tags);
    let certificate_arn = match want.certificate {
        true => certificate(scope, &zone_id, names, &tags).map(Some),
        false => Output::known(None),
    };
    let domain = names.domain.clone();
    let zone = zone_id.join(&certificate_arn).map({
        let domain = domain.clone();
        move |(zone_id, certificate_arn)| Zone { zone_id, domain, certificate_arn }
    });
    DnsOutputs { zone_id, name_servers, domain: Output::known(domain), certificate_arn, zone }
}

/// The zone's id and its name servers: the program's, or those of one that is made.
fn zone(scope: &Scope<Aws>, want: &DnsInputs, tags: &ChildTags) -> (Output<String>, Output<Option<Vec<String>>>) {
    if let Some(given) = &want.zone_id {
        return (given.clone(), Output::known(None));
    }
    let role = "zone";
    let args =
        HostedZoneArgs { name: want.domain.clone().into(), tags: tags.of(role).into(), ..HostedZoneArgs::default() };
    let zone = scope.child(role, args);
    (zone.hosted_zone_id(), zone.name_servers().map(Some))
}

/// The certificate's ARN, once it is issued.
fn certificate(scope: &Scope<Aws>, zone_id: &Output<String>, names: &Names, tags: &ChildTags) -> Output<String> {
    let role = "certificate";
    let certificate = scope.child(
        role,
        CertificateArgs {
            domain_name: names.domain.clone().into(),
            subject_alternative_names: names.others.clone().into(),
            tags: tags.of(role).into(),
            ..CertificateArgs::default()
        },
    );
    let records: Vec<_> = names.proven().iter().map(|name| record(scope, zone_id, &certificate, name)).collect();
    let validation = scope.child(
        "certificate-validation",
        CertificateValidationArgs {
            certificate_arn: certificate.certificate_arn().into(),
            validation_record_fqdns: Output::all(records.iter().map(RecordSetHandle::name)).into(),
        },
    );
    validation.certificate_arn()
}

/// The record by which AWS sees that a name is ours.
fn record(
    scope: &Scope<Aws>,
    zone_id: &Output<String>,
    certificate: &CertificateHandle,
    name: &DomainName,
) -> RecordSetHandle {
    let options = certificate.domain_validation_options();
    let wanted = |part: fn(CertificateDomainValidationOption) -> Option<String>| {
        let name = name.clone();
        options.map(move |options| {
            let of_name = |option: &CertificateDomainValidationOption| DomainName::told(&option.domain_name) == name;
            let of_wildcard = |option: &CertificateDomainValidationOption| {
                option.domain_name.strip_prefix("*.").map(DomainName::told).as_ref() == Some(&name)
            };
            let found =
                options.iter().find(|option| of_name(option)).or(options.iter().find(|option| of_wildcard(option)));
            found.cloned().and_then(part).unwrap_or_default()
        })
    };
    scope.child(
        &format!("validation-{name}"),
        RecordSetArgs {
            hosted_zone_id: zone_id.into(),
            name: wanted(|option| option.resource_record_name).map(|name| DomainName::told(&name)).into(),
            r#type: RecordSetType::Cname.into(),
            ttl: RECORD_TTL.into(),
            resource_records: wanted(|option| option.resource_record_value).map(|value| vec![value]).into(),
            ..RecordSetArgs::default()
        },
    )
}
