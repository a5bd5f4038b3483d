//! A listener: a port of a load balancer, and what it does with what comes in there.

mod changes;
mod rules;
mod seen;

use aws_sdk_elasticloadbalancingv2::types;
use framework::{
    Choice, Object, Resource,
    error::Kind,
    problem::Problems,
    property::Properties,
    resource::{Carried, Change, Managed, Owner},
};

pub use crate::resources::load_balancing::{
    actions::{
        Action, ActionType, AuthenticateCognitoConfig, AuthenticateOidcConfig, FixedResponseConfig, ForwardConfig,
        JwtValidationClaim, JwtValidationClaimFormat, JwtValidationConfig, OnUnauthenticatedRequest, RedirectConfig,
        RedirectStatusCode, SecretText, TargetGroupStickinessConfig, TargetGroupTuple,
    },
    attributes::Attribute,
    certificates::Certificate,
    protocol::Protocol,
};

use crate::{
    aws::{Aws, Cx, Error, Result, TagChange, Tags, tags::elb as tagging, unless_gone},
    resources::{elasticloadbalancingv2::OnOff, load_balancing::calls},
};

/// A listener: a port of a load balancer, and what it does with what comes in there.
///
/// `defaultActions` are for what no `elasticloadbalancingv2.ListenerRule` is for. A balancer has 50 listeners unless
/// you ask for more (User Guide for Application Load Balancers, "Quotas for your Application Load Balancers").
#[derive(Resource)]
#[resource(
    token = "elasticloadbalancingv2:Listener",
    model = "AWS::ElasticLoadBalancingV2::Listener",
    id = "listener_arn"
)]
pub struct Listener {
    /// The load balancer.
    #[input(replaces)]
    load_balancer_arn: String,
    /// The port. Required, unless it is a gateway load balancer, which has none.
    #[input(range(1, 65535))]
    port: Option<i32>,
    /// What clients talk: `HTTP` or `HTTPS` to an application load balancer, any other to a network load balancer.
    /// Required, unless it is a gateway load balancer, which has none.
    #[input]
    protocol: Option<Protocol>,
    /// What is done with what comes in.
    #[input]
    default_actions: Vec<Action>,
    /// The certificate that clients see unless they ask for a name that another one is for: exactly one, for the
    /// protocols `HTTPS` and `TLS`. Others are `elasticloadbalancingv2.ListenerCertificate`.
    #[input(items(1, 1))]
    certificates: Option<Vec<Certificate>>,
    /// The policy that says which protocols and ciphers are spoken, for the protocols `HTTPS` and `TLS`, such as
    /// `ELBSecurityPolicy-TLS13-1-2-Res-2021-06`. AWS chooses when absent.
    #[input(computed, length(1, 256))]
    ssl_policy: Option<String>,
    /// What is preferred of HTTP/2 and HTTP/1: one policy, for the protocol `TLS`.
    #[input(default, set, items(0, 1))]
    alpn_policy: Vec<AlpnPolicy>,
    /// Whether clients have to show a certificate too, for the protocol `HTTPS`: not when absent.
    #[input]
    mutual_authentication: Option<MutualAuthentication>,
    /// Settings by name, as the Elastic Load Balancing API Reference lists them at `ListenerAttribute`. What is not
    /// named here is left as it is; what isn't named any more gets back the value that AWS gives a new listener.
    #[input(default, set)]
    listener_attributes: Vec<Attribute>,
    /// Tags, beside the provider's default tags.
    #[input(default)]
    tags: Tags,

    /// The listener's ARN.
    #[output(stable)]
    listener_arn: String,
}

/// What a listener prefers of HTTP/2 and HTTP/1.
#[derive(Choice, Clone, Copy, Debug, PartialEq, Eq)]
#[choice(token = "elasticloadbalancingv2:AlpnPolicy")]
pub enum AlpnPolicy {
    /// HTTP/1 alone.
    #[choice("HTTP1Only")]
    Http1Only,
    /// HTTP/2 alone.
    #[choice("HTTP2Only")]
    Http2Only,
    /// Both, HTTP/1 rather.
    #[choice("HTTP2Optional")]
    Http2Optional,
    /// Both, HTTP/2 rather.
    #[choice("HTTP2Preferred")]
    Http2Preferred,
    /// Nothing is negotiated.
    #[choice("None")]
    None,
}

/// Whether clients have to show a certificate.
#[derive(Object, Clone, Debug, PartialEq, Eq)]
#[object(token = "elasticloadbalancingv2:MutualAuthentication")]
pub struct MutualAuthentication {
    /// What is done with their certificates.
    pub mode: MutualAuthenticationMode,
    /// The trust store with the authorities that are trusted, for the mode `verify`.
    pub trust_store_arn: Option<String>,
    /// Whether certificates that have expired are taken, in the mode `verify`: not when absent.
    pub ignore_client_certificate_expiry: Option<bool>,
    /// Whether clients are told which authorities are trusted, in the mode `verify`: `off` when absent.
    pub advertise_trust_store_ca_names: Option<OnOff>,
}

/// What is done with the certificates of clients.
#[derive(Choice, Clone, Copy, Debug, PartialEq, Eq)]
#[choice(token = "elasticloadbalancingv2:MutualAuthenticationMode")]
pub enum MutualAuthenticationMode {
    /// Nobody asks for them.
    #[choice("off")]
    Off,
    /// They go to the targets as they are.
    #[choice("passthrough")]
    Passthrough,
    /// They have to be of an authority that is trusted.
    #[choice("verify")]
    Verify,
}

impl Managed for Listener {
    type Cloud = Aws;

    const OWNER: Carried = Carried::NamedTag;

    fn rules(want: &Properties<'_, Self>, problems: &mut Problems) {
        rules::check(want, problems);
    }

    /// What this resource's own create made before, whatever its port was then; or else what has the port.
    async fn occupant(cx: &Cx, want: &ListenerInputs) -> Result<Option<String>> {
        let found = unless_gone(calls::listeners(cx, &want.load_balancer_arn).await)?.unwrap_or_default();
        match own(cx, &found).await? {
            Some(own) => Ok(Some(own)),
            None => Ok(at(&found, want.port)),
        }
    }

    async fn owner_of(cx: &Cx, id: &str) -> Result<Option<Owner>> {
        tagging::owner_of(cx, id).await
    }

    /// AWS says yes to a create of a listener that is there already with the same settings, be it somebody else's.
    async fn create(cx: &Cx, want: &ListenerInputs, owner: &Owner) -> Result<String> {
        let found = calls::listeners(cx, &want.load_balancer_arn).await?;
        if let Some(there) = at(&found, want.port) {
            return Err(Error::new(Kind::Exists, format!("the load balancer has a listener there: {there}")));
        }
        if let Some(own) = own(cx, &found).await? {
            return Err(Error::new(Kind::Exists, format!("an interrupted run has made {own}")));
        }
        changes::make(cx, want, owner).await
    }

    async fn settle(cx: &Cx, id: &str, want: &ListenerInputs) -> Result<()> {
        changes::complete(cx, id, want).await
    }

    async fn read(cx: &Cx, id: &str) -> Result<Option<Listener>> {
        let Some(found) = cx.find::<types::Listener>(id).await? else { return Ok(None) };
        let Some(tags) = tagging::tags(cx, id).await? else { return Ok(None) };
        let said = cx.recorded::<Listener>();
        let attributes = match seen::names_attributes(&said) {
            true => unless_gone(changes::attributes(cx, id).await)?,
            false => Some(Default::default()),
        };
        let Some(attributes) = attributes else { return Ok(None) };
        seen::seen(found, tags, attributes, &said).map(Some)
    }

    async fn update(cx: &Cx, id: &str, change: &Change<Self>) -> Result<()> {
        changes::change(cx, id, change).await?;
        tagging::retag(cx, id, &TagChange::of(change, fields::tags)).await
    }

    async fn delete(cx: &Cx, id: &str, _: &Properties<'_, Self>) -> Result<()> {
        cx.elb().delete_listener().listener_arn(id).send().await?;
        Ok(())
    }
}

/// The listener among these that an earlier create of this resource has made.
async fn own(cx: &Cx, among: &[types::Listener]) -> Result<Option<String>> {
    let Some(owner) = cx.owner().filter(|owner| !owner.is_nobody()) else { return Ok(None) };
    let arns = among.iter().filter_map(|listener| listener.listener_arn.clone()).collect();
    tagging::owned_among(cx, arns, owner).await
}

/// The listener among these that has that port.
fn at(among: &[types::Listener], port: Option<i32>) -> Option<String> {
    among.iter().find(|listener| listener.port() == port).and_then(|listener| listener.listener_arn.clone())
}
