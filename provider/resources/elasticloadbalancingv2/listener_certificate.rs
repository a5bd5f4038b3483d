//! A further certificate of a listener, for clients that ask for one of its names.

use framework::{
    Resource,
    error::Kind,
    problem::Problems,
    property::Properties,
    resource::{Carried, Managed, Owner},
};

use crate::{
    aws::{Aws, Cx, Error, Result, tags::elb as tagging, unless_gone},
    resources::load_balancing::certificates::Certificate,
};

/// A further certificate of a listener, for clients that ask for one of its names.
///
/// The certificate that all others see is the listener's own. An Application Load Balancer has 25 further ones unless
/// you ask for more (User Guide for Application Load Balancers, "Quotas for your Application Load Balancers").
#[derive(Resource)]
#[resource(
    token = "elasticloadbalancingv2:ListenerCertificate",
    model = "AWS::ElasticLoadBalancingV2::ListenerCertificate",
    id = "listener_certificate_id"
)]
pub struct ListenerCertificate {
    /// The listener.
    #[input(replaces)]
    listener_arn: String,
    /// The certificate: one. Another one is added before the old one is taken away.
    #[input(replaces, items(1, 1))]
    certificates: Vec<Certificate>,

    /// The id: the ARN of the listener, a bar, and that of the certificate.
    #[output(stable)]
    listener_certificate_id: String,
}

impl Managed for ListenerCertificate {
    type Cloud = Aws;

    const OWNER: Carried = Carried::Identity;

    fn rules(_: &Properties<'_, Self>, _: &mut Problems) {}

    async fn occupant(_: &Cx, want: &ListenerCertificateInputs) -> Result<Option<String>> {
        Ok(Some(id_of(want)))
    }

    async fn holder(cx: &Cx, want: &ListenerCertificateInputs) -> Result<Option<Owner>> {
        tagging::owner_of(cx, &want.listener_arn).await
    }

    /// AWS says yes to a certificate that the listener has already.
    async fn create(cx: &Cx, want: &ListenerCertificateInputs, _: &Owner) -> Result<String> {
        let id = id_of(want);
        let (listener, certificate) = parts(&id)?;
        if has(cx, listener, certificate).await? {
            return Err(Error::new(Kind::Exists, format!("{listener} has the certificate {certificate} already")));
        }
        let call = cx.elb().add_listener_certificates().listener_arn(listener);
        call.set_certificates(Some(want.certificates.iter().map(Certificate::to_aws).collect())).send().await?;
        Ok(id)
    }

    async fn read(cx: &Cx, id: &str) -> Result<Option<ListenerCertificate>> {
        let (listener, certificate) = parts(id)?;
        let has = unless_gone(has(cx, listener, certificate).await)?.unwrap_or_default();
        Ok(has.then(|| ListenerCertificate {
            listener_arn: listener.to_owned(),
            certificates: vec![Certificate { certificate_arn: certificate.to_owned() }],
            listener_certificate_id: id.to_owned(),
        }))
    }

    async fn delete(cx: &Cx, id: &str, _: &Properties<'_, Self>) -> Result<()> {
        let (listener, certificate) = parts(id)?;
        let certificate = Certificate { certificate_arn: certificate.to_owned() };
        cx.elb()
            .remove_listener_certificates()
            .listener_arn(listener)
            .certificates(certificate.to_aws())
            .send()
            .await?;
        Ok(())
    }
}

fn id_of(want: &ListenerCertificateInputs) -> String {
    let certificate = want.certificates.first().map(|certificate| certificate.certificate_arn.as_str());
    format!("{}|{}", want.listener_arn, certificate.unwrap_or_default())
}

/// The listener and the certificate that an id names.
fn parts(id: &str) -> Result<(&str, &str)> {
    id.split_once('|').ok_or_else(|| {
        let wanted = "must be the ARN of a listener, a bar, and the ARN of a certificate";
        Error::new(Kind::Invalid, format!("{id:?} {wanted}"))
    })
}

/// Whether the listener has it among the further ones. The one that it shows to all is listed too.
async fn has(cx: &Cx, listener: &str, certificate: &str) -> Result<bool> {
    let mut pages = cx.elb().describe_listener_certificates().listener_arn(listener).into_paginator().items().send();
    while let Some(shown) = pages.next().await {
        let shown = shown?;
        if shown.certificate_arn() == Some(certificate) && shown.is_default() != Some(true) {
            return Ok(true);
        }
    }
    Ok(false)
}
