//! A certificate of ACM, for load balancers and everything else that speaks TLS in AWS.

use aws_sdk_acm::types::{self, CertificateStatus as Status};
use framework::{
    Choice, Object, Resource,
    problem::Problems,
    property::{Choice as _, Properties},
    resource::{Carried, Change, Look, Managed, Owner, Wait},
};

use crate::{
    aws::{Aws, Cx, Result, TagChange, Tags, answered, limits::waits, tags::acm as tagging, unless_gone},
    resources::{
        acm_calls::{self as calls, idempotency_token},
        domain_name::DomainName,
    },
};

/// A certificate of AWS Certificate Manager (ACM).
///
/// A public one is issued once ACM sees that its domains are yours: by records that have to be made from
/// `domainValidationOptions`, and have to stay, as ACM looks for them again before it renews the certificate. This
/// resource is ready before that, as soon as ACM tells the records; `certificatemanager.CertificateValidation` waits
/// until the certificate is issued. ACM gives up after 72 hours, and the next `pulumi up` asks for another one.
///
/// Load balancers take certificates of their own Region, CloudFront those of us-east-1. A certificate has 10 names, and
/// an account 2,500 certificates, unless you ask for more (ACM User Guide, "Quotas").
#[derive(Resource)]
#[resource(
    token = "certificatemanager:Certificate",
    model = "AWS::CertificateManager::Certificate",
    id = "certificate_arn"
)]
pub struct Certificate {
    /// The domain, such as `example.com`, or `*.example.com` for all names one label below it. At most 64 characters:
    /// a longer name can be one of `subjectAlternativeNames`.
    #[input(
        replaces,
        length(1, 64),
        pattern(
            r"(\*\.)?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?",
            "a domain name of letters, digits and dashes; an asterisk may stand for its first label"
        )
    )]
    domain_name: DomainName,
    /// Further domains, each of up to 253 characters. `*.example.com` doesn't stand for `example.com`, nor for
    /// `a.b.example.com`.
    #[input(
        replaces,
        default,
        set,
        items(0, 100),
        each(
            length(1, 253),
            pattern(
                r"(\*\.)?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?",
                "a domain name of letters, digits and dashes; an asterisk may stand for its first label"
            )
        )
    )]
    subject_alternative_names: Vec<DomainName>,
    /// The kind and length of the key.
    #[input(replaces, default = CertificateKeyAlgorithm::Rsa2048)]
    key_algorithm: CertificateKeyAlgorithm,
    /// How ACM sees that the domains are yours. From `EMAIL` to `DNS` it can be changed; the other way needs another
    /// certificate. Means nothing for a private certificate.
    #[input(default = CertificateValidationMethod::Dns)]
    validation_method: CertificateValidationMethod,
    /// The ARN of the private certificate authority that issues the certificate. Public when absent.
    #[input(
        replaces,
        length(20, 2048),
        pattern(r"arn:[\w+=/,.@-]+:acm-pca:[\w+=/,.@-]*:[0-9]+:[\w+=,.@-]+(/[\w+=,.@-]+)*", "the ARN of a private CA")
    )]
    certificate_authority_arn: Option<String>,
    /// Whether the certificate can be exported with its key, which AWS charges for.
    #[input(replaces, default = CertificateExport::Disabled)]
    certificate_export: CertificateExport,
    /// Tags, beside the provider's default tags.
    #[input(default)]
    tags: Tags,

    /// The certificate's ARN.
    #[output(stable)]
    certificate_arn: String,
    /// Why the certificate is of no use any more, such as `FAILED (CAA_ERROR)` or `VALIDATION_TIMED_OUT`: the next
    /// `pulumi up` replaces it. None while it waits for its validation, and once it is issued.
    failure: Option<String>,
    /// How each domain is validated: the certificate's domain first, then the others by name. A domain and the asterisk
    /// below it share one record.
    domain_validation_options: Vec<CertificateDomainValidationOption>,
}

/// The kind and length of a certificate's key.
#[derive(Choice, Clone, Copy, Debug, PartialEq, Eq)]
#[choice(token = "certificatemanager:CertificateKeyAlgorithm")]
pub enum CertificateKeyAlgorithm {
    /// RSA with 1024 bits, for private certificates only.
    #[choice("RSA_1024")]
    Rsa1024,
    /// RSA with 2048 bits, which everything takes.
    #[choice("RSA_2048")]
    Rsa2048,
    /// RSA with 3072 bits.
    #[choice("RSA_3072")]
    Rsa3072,
    /// RSA with 4096 bits.
    #[choice("RSA_4096")]
    Rsa4096,
    /// ECDSA with the curve P-256.
    #[choice("EC_prime256v1")]
    EcPrime256v1,
    /// ECDSA with the curve P-384.
    #[choice("EC_secp384r1")]
    EcSecp384r1,
    /// ECDSA with the curve P-521.
    #[choice("EC_secp521r1")]
    EcSecp521r1,
}

/// How ACM sees that a domain is yours.
#[derive(Choice, Clone, Copy, Debug, PartialEq, Eq)]
#[choice(token = "certificatemanager:CertificateValidationMethod")]
pub enum CertificateValidationMethod {
    /// By a record in the domain. Renewed without anybody's doing, as long as the record stays.
    #[choice("DNS")]
    Dns,
    /// By a mail to the domain's usual addresses, whose link somebody has to follow, at each renewal again.
    #[choice("EMAIL")]
    Email,
}

/// Whether a certificate can be exported.
#[derive(Choice, Clone, Copy, Debug, PartialEq, Eq)]
#[choice(token = "certificatemanager:CertificateExport")]
pub enum CertificateExport {
    /// It can, with its key.
    #[choice("ENABLED")]
    Enabled,
    /// It can't: services of AWS use it.
    #[choice("DISABLED")]
    Disabled,
}

/// How one domain of a certificate is validated.
#[derive(Object, Clone, Debug, PartialEq, Eq)]
#[object(token = "certificatemanager:CertificateDomainValidationOption")]
pub struct CertificateDomainValidationOption {
    /// The domain, as the certificate has it.
    pub domain_name: String,
    /// The name of the record that has to be made; for `DNS` only.
    pub resource_record_name: Option<String>,
    /// The type of the record: `CNAME`.
    pub resource_record_type: Option<String>,
    /// The value of the record.
    pub resource_record_value: Option<String>,
}

/// The states from which a certificate doesn't come back.
const LOST: [Status; 4] = [Status::Failed, Status::ValidationTimedOut, Status::Expired, Status::Revoked];

impl Managed for Certificate {
    type Cloud = Aws;

    const OWNER: Carried = Carried::Tag { kind: "acm:certificate" };

    const DELETED: &'static Wait = &waits::CERTIFICATE_DELETED;

    fn rules(want: &Properties<'_, Self>, problems: &mut Problems) {
        if let Some(tags) = want.get(fields::tags) {
            tags.plain_only(&want.path(fields::tags), problems);
        }
        if want.has(fields::certificate_authority_arn) {
            return;
        }
        if want.get(fields::key_algorithm) == Some(CertificateKeyAlgorithm::Rsa1024) {
            let told = "can't be RSA_1024 without certificateAuthorityArn: public certificates have longer keys";
            problems.add(want.path(fields::key_algorithm), told);
        }
    }

    fn replaces(property: &str, was: &Properties<'_, Self>, _: &Properties<'_, Self>) -> Option<bool> {
        let by_mail = was.get(fields::validation_method) == Some(CertificateValidationMethod::Email);
        (property == fields::validation_method.name()).then_some(!by_mail)
    }

    fn is_beyond_repair(was: &Properties<'_, Self>) -> bool {
        was.get(fields::failure).flatten().is_some()
    }

    async fn create(cx: &Cx, want: &CertificateInputs, owner: &Owner) -> Result<String> {
        let names = others(&want.domain_name, &want.subject_alternative_names);
        let is_public = want.certificate_authority_arn.is_none();
        let made = cx
            .acm()
            .request_certificate()
            .domain_name(want.domain_name.as_str())
            .set_subject_alternative_names((!names.is_empty()).then_some(names))
            .key_algorithm(want.key_algorithm.text().into())
            .set_validation_method(is_public.then(|| want.validation_method.text().into()))
            .set_certificate_authority_arn(want.certificate_authority_arn.clone())
            .options(types::CertificateOptions::builder().export(want.certificate_export.text().into()).build())
            .set_tags(tagging::for_create(&want.tags, owner)?)
            .set_idempotency_token(idempotency_token(owner))
            .send()
            .await?;
        answered(made.certificate_arn, "CertificateArn")
    }

    async fn settle(cx: &Cx, id: &str, want: &CertificateInputs) -> Result<()> {
        let by_record = want.certificate_authority_arn.is_none();
        let by_record = by_record && want.validation_method == CertificateValidationMethod::Dns;
        cx.until(&waits::CERTIFICATE_RECORDS, id, || async {
            Ok(calls::find(cx, id).await?.map_or_else(calls::not_yet, |found| told(&found, by_record)))
        })
        .await
    }

    async fn read(cx: &Cx, id: &str) -> Result<Option<Certificate>> {
        let Some(found) = calls::find(cx, id).await? else { return Ok(None) };
        let Some(tags) = unless_gone(tagging::tags(cx, id).await)? else { return Ok(None) };
        Certificate::seen(id, found, tags).map(Some)
    }

    async fn update(cx: &Cx, id: &str, change: &Change<Self>) -> Result<()> {
        if change.to(fields::validation_method) == Some(CertificateValidationMethod::Dns) {
            let options = types::CertificateOptions::builder().validation_method(types::ValidationMethod::Dns).build();
            cx.acm().update_certificate_options().certificate_arn(id).options(options).send().await?;
        }
        tagging::retag(cx, id, &TagChange::of(change, fields::tags)).await
    }

    async fn delete(cx: &Cx, id: &str, _: &Properties<'_, Self>) -> Result<()> {
        cx.acm().delete_certificate().certificate_arn(id).send().await?;
        Ok(())
    }

    async fn blockers(cx: &Cx, id: &str) -> Result<Vec<String>> {
        Ok(calls::find(cx, id).await?.and_then(|found| found.in_use_by).unwrap_or_default())
    }
}

/// The names beside the first one, which ACM adds itself.
fn others(first: &DomainName, names: &[DomainName]) -> Vec<String> {
    let mut others: Vec<_> = names.iter().filter(|name| *name != first).map(ToString::to_string).collect();
    others.sort();
    others.dedup();
    others
}

fn is_lost(found: &types::CertificateDetail) -> bool {
    found.status().is_some_and(|status| LOST.contains(status))
}

/// Whether ACM has said how every domain is validated.
fn told(found: &types::CertificateDetail, by_record: bool) -> Look<()> {
    match found.status() {
        _ if is_lost(found) => Look::Failed(format!("it is {}", calls::state(found))),
        Some(Status::PendingValidation) if by_record => {
            let options = found.domain_validation_options();
            let all = !options.is_empty() && options.iter().all(|option| option.resource_record.is_some());
            if all { Look::Ready(()) } else { Look::Pending("without its validation records".to_owned()) }
        }
        _ => Look::Ready(()),
    }
}

impl Certificate {
    fn seen(arn: &str, found: types::CertificateDetail, tags: Tags) -> Result<Self> {
        let failure = is_lost(&found).then(|| calls::state(&found));
        let domain_name = DomainName::told(&answered(found.domain_name, "DomainName")?);
        let names = found.subject_alternative_names.unwrap_or_default();
        let names = names.iter().map(|name| DomainName::told(name)).filter(|name| *name != domain_name);
        let mut options = found.domain_validation_options.unwrap_or_default();
        options.sort_by_cached_key(|option| {
            (DomainName::told(&option.domain_name) != domain_name, option.domain_name.clone())
        });
        let method = options.iter().find_map(|option| option.validation_method.clone());
        Ok(Certificate {
            subject_alternative_names: names.collect(),
            key_algorithm: found
                .key_algorithm
                .as_ref()
                .and_then(key_algorithm)
                .unwrap_or(CertificateKeyAlgorithm::Rsa2048),
            validation_method: method
                .and_then(|method| CertificateValidationMethod::from_text(method.as_str()))
                .unwrap_or(CertificateValidationMethod::Dns),
            certificate_authority_arn: found.certificate_authority_arn,
            certificate_export: found
                .options
                .and_then(|options| options.export)
                .and_then(|export| CertificateExport::from_text(export.as_str()))
                .unwrap_or(CertificateExport::Disabled),
            tags,
            certificate_arn: arn.to_owned(),
            failure,
            domain_validation_options: options.into_iter().map(CertificateDomainValidationOption::from).collect(),
            domain_name,
        })
    }
}

/// ACM writes a dash where its requests have an underscore: `RSA-2048`.
fn key_algorithm(found: &types::KeyAlgorithm) -> Option<CertificateKeyAlgorithm> {
    CertificateKeyAlgorithm::from_text(&found.as_str().replace('-', "_"))
}

impl From<types::DomainValidation> for CertificateDomainValidationOption {
    fn from(found: types::DomainValidation) -> Self {
        let record = found.resource_record;
        CertificateDomainValidationOption {
            domain_name: found.domain_name,
            resource_record_type: record.as_ref().map(|record| record.r#type.to_string()),
            resource_record_value: record.as_ref().map(|record| record.value.clone()),
            resource_record_name: record.map(|record| record.name),
        }
    }
}
