//! The wait until a certificate is issued. Nothing stands in AWS for it.

use aws_sdk_acm::types::{CertificateDetail, CertificateStatus as Status};
use framework::{
    Resource,
    error::Kind,
    property::Properties,
    resource::{Carried, Change, Look, Managed, Owner},
};

use crate::{
    aws::{Aws, Cx, Error, Result, limits::waits},
    resources::{acm_calls as calls, domain_name::DomainName},
};

/// The wait until a certificate is issued, for what can only be made then, such as a listener.
///
/// It is apart from the certificate, as the records that prove whose its domains are can't be made before ACM tells
/// them. Nothing stands in AWS for it: deleting it changes nothing.
#[derive(Resource)]
#[resource(token = "certificatemanager:CertificateValidation", id = "certificate_arn")]
pub struct CertificateValidation {
    /// The ARN of the certificate. As an output it is there once the certificate is issued.
    #[input(replaces, length(20, 2048))]
    certificate_arn: String,
    /// The names of the records that were made for the validation: they are waited for, and ACM has to want no others.
    #[input(set)]
    validation_record_fqdns: Option<Vec<DomainName>>,
}

impl Managed for CertificateValidation {
    type Cloud = Aws;

    const OWNER: Carried = Carried::Nowhere;

    async fn create(cx: &Cx, want: &CertificateValidationInputs, _: &Owner) -> Result<String> {
        let found = calls::find(cx, &want.certificate_arn).await?.ok_or_else(|| gone(&want.certificate_arn))?;
        all_made(&found, want)?;
        Ok(want.certificate_arn.clone())
    }

    async fn settle(cx: &Cx, id: &str, want: &CertificateValidationInputs) -> Result<()> {
        let issued = || async {
            Ok(calls::find(cx, &want.certificate_arn).await?.map_or_else(calls::not_yet, |found| issuance(&found)))
        };
        cx.until(&waits::CERTIFICATE_ISSUED, id, issued).await
    }

    async fn read(cx: &Cx, id: &str) -> Result<Option<CertificateValidation>> {
        let names = cx.recorded::<Self>().get(fields::validation_record_fqdns).flatten();
        Ok(calls::find(cx, id)
            .await?
            .map(|_| CertificateValidation { certificate_arn: id.to_owned(), validation_record_fqdns: names }))
    }

    async fn update(cx: &Cx, id: &str, change: &Change<Self>) -> Result<()> {
        let found = calls::find(cx, id).await?.ok_or_else(|| gone(id))?;
        all_made(&found, change.wanted())
    }

    async fn delete(_: &Cx, id: &str, _: &Properties<'_, Self>) -> Result<()> {
        Err(Error::new(Kind::Gone, format!("AWS knows nothing of the wait for {id}")))
    }
}

fn gone(arn: &str) -> Error {
    Error::new(Kind::Gone, format!("there is no certificate {arn}"))
}

/// That the program makes all records that ACM wants to see, if it says which ones it makes.
fn all_made(found: &CertificateDetail, want: &CertificateValidationInputs) -> Result<()> {
    let Some(made) = &want.validation_record_fqdns else { return Ok(()) };
    let wanted = found.domain_validation_options().iter().filter_map(|option| option.resource_record());
    let mut lacking: Vec<_> = wanted.map(|record| DomainName::told(&record.name)).collect();
    lacking.retain(|name| !made.contains(name));
    lacking.sort();
    lacking.dedup();
    if lacking.is_empty() {
        return Ok(());
    }
    let names: Vec<_> = lacking.iter().map(DomainName::as_str).collect();
    let told = format!("validationRecordFqdns lacks {}, which ACM wants to see", names.join(", "));
    Err(Error::new(Kind::Invalid, told)
        .with_advice("Make a record for each of the certificate's domainValidationOptions"))
}

/// How far a certificate is.
fn issuance(found: &CertificateDetail) -> Look<()> {
    match found.status() {
        Some(Status::Issued) => Look::Ready(()),
        Some(Status::PendingValidation) | None => {
            Look::Pending(format!("PENDING_VALIDATION, and ACM hasn't seen {}", calls::missing(found).join(", ")))
        }
        Some(_) => Look::Failed(format!("the certificate is {}", calls::state(found))),
    }
}
