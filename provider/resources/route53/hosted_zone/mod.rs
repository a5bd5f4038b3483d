//! A hosted zone: the records of a domain, and the name servers that answer with them.

mod associations;
mod settings;

use aws_sdk_route53::types;
use framework::{
    Object, Resource,
    error::Kind,
    problem::Problems,
    property::Properties,
    resource::{Carried, Change, Managed, Owner, Wait},
};

use crate::{
    aws::{
        Aws, Cx, Error, Result, TagChange, Tags, answered,
        limits::{codes, waits},
        tags::route53::{self as tagging, bare},
        unless_gone,
    },
    resources::{domain_name::DomainName, route53_calls as calls},
};

/// A hosted zone of Route 53: the records of a domain.
///
/// A public zone answers everybody once its domain is delegated to its name servers, at the registrar or by an NS
/// record in the zone above. Another zone has other name servers, so what would replace a zone is refused unless
/// `allowReplace` is true. A private zone answers the VPCs that are associated with it. Zones are the same in
/// all Regions. An account has 500 unless you ask for more (Amazon Route 53 Developer Guide, "Quotas").
///
/// Route 53 keeps a zone that has records beside its own NS and SOA. Deleting it fails then, and names them.
#[derive(Resource)]
#[resource(token = "route53:HostedZone", model = "AWS::Route53::HostedZone", id = "hosted_zone_id", holds_data)]
pub struct HostedZone {
    /// The domain, such as `example.com`. Case and a dot at its end mean nothing.
    #[input(replaces, length(1, 1024))]
    name: DomainName,
    /// What is said about the zone.
    #[input]
    hosted_zone_config: Option<HostedZoneConfig>,
    /// What else Route 53 does for the zone.
    #[input]
    hosted_zone_features: Option<HostedZoneFeatures>,
    /// Where the queries that a public zone answers are logged.
    #[input]
    query_logging_config: Option<HostedZoneQueryLoggingConfig>,
    /// The VPCs that a private zone answers; none for a public one. They need `enableDnsSupport` and
    /// `enableDnsHostnames`. A zone takes 300 unless you ask for more (Amazon Route 53 Developer Guide, "Quotas").
    /// A public zone doesn't become a private one: from none to some, and back, needs another zone.
    #[input(default, set)]
    vpcs: Vec<HostedZoneVpc>,
    /// The id of the reusable delegation set whose name servers a public zone gets. AWS chooses name servers when absent.
    #[input(replaces, length(1, 32))]
    delegation_set_id: Option<String>,
    /// Whether the zone may be replaced, with all that is in it: its domain has to be delegated anew then.
    #[input(write_only)]
    allow_replace: Option<bool>,
    /// Tags, beside the provider's default tags.
    #[input(default)]
    tags: Tags,

    /// The zone's id, such as `Z0123456789ABCDEFGHIJ`.
    #[output(stable)]
    hosted_zone_id: String,
    /// The zone's name servers, to which its domain has to be delegated; none for a private zone.
    #[output(stable)]
    name_servers: Vec<String>,
}

/// What is said about a hosted zone.
#[derive(Object, Clone, Debug, PartialEq, Eq)]
#[object(token = "route53:HostedZoneConfig")]
pub struct HostedZoneConfig {
    /// What the zone is for.
    #[field(length(0, 256))]
    pub comment: Option<String>,
}

/// What else Route 53 does for a hosted zone.
#[derive(Object, Clone, Debug, PartialEq, Eq)]
#[object(token = "route53:HostedZoneFeatures")]
pub struct HostedZoneFeatures {
    /// Whether a public zone's records can be changed within an hour of a failure of the Region us-east-1.
    pub enable_accelerated_recovery: Option<bool>,
}

/// Where the queries that a public hosted zone answers are logged.
#[derive(Object, Clone, Debug, PartialEq, Eq)]
#[object(token = "route53:HostedZoneQueryLoggingConfig")]
pub struct HostedZoneQueryLoggingConfig {
    /// The ARN of a log group in us-east-1, without `:*` at its end. A resource policy of CloudWatch Logs has
    /// to let Route 53 write to it.
    #[field(pattern(
        r"arn:[a-z0-9-]+:logs:[a-z0-9-]+:[0-9]{12}:log-group:[^:*]+",
        "the ARN of a log group, without :*"
    ))]
    pub cloud_watch_logs_log_group_arn: String,
}

/// A VPC that a private hosted zone answers.
#[derive(Object, Clone, Debug, PartialEq, Eq)]
#[object(token = "route53:HostedZoneVpc")]
pub struct HostedZoneVpc {
    /// The VPC.
    #[field(length(1, 1024))]
    pub vpc_id: String,
    /// The Region that the VPC is in.
    #[field(length(1, 64))]
    pub vpc_region: String,
}

impl Managed for HostedZone {
    type Cloud = Aws;

    const OWNER: Carried = Carried::Tag { kind: "route53:hostedzone" };

    const DELETED: &'static Wait = &waits::HOSTED_ZONE_DELETED;

    fn rules(want: &Properties<'_, Self>, problems: &mut Problems) {
        if let Some(tags) = want.get(fields::tags) {
            tags.plain_only(&want.path(fields::tags), problems);
        }
        if want.get(fields::vpcs).is_none_or(|vpcs| vpcs.is_empty()) {
            return;
        }
        let mut public = |at, given| {
            if given {
                problems.add(at, "can't be given for a private hosted zone, which is one with vpcs");
            }
        };
        public(want.path(fields::delegation_set_id), want.has(fields::delegation_set_id));
        public(want.path(fields::query_logging_config), want.has(fields::query_logging_config));
        let recovery = want.get(fields::hosted_zone_features).flatten();
        let recovers = recovery.is_some_and(|features| features.enable_accelerated_recovery == Some(true));
        public(want.path(fields::hosted_zone_features).key("enableAcceleratedRecovery"), recovers);
    }

    fn replaces(property: &str, was: &Properties<'_, Self>, want: &Properties<'_, Self>) -> Option<bool> {
        if property == fields::vpcs.name() {
            let is_public = |of: &Properties<'_, Self>| of.get(fields::vpcs).map(|vpcs| vpcs.is_empty());
            return is_public(was).zip(is_public(want)).map(|(was, want)| was != want);
        }
        (property == "region").then_some(false)
    }

    async fn occupant(cx: &Cx, want: &HostedZoneInputs) -> Result<Option<String>> {
        calls::zone_in_the_way(cx, want).await
    }

    async fn create(cx: &Cx, want: &HostedZoneInputs, owner: &Owner) -> Result<String> {
        let reference = tagging::caller_reference(owner).unwrap_or_else(calls::reference_of_nobody);
        let asked = cx
            .route53()
            .create_hosted_zone()
            .name(want.name.absolute())
            .caller_reference(&reference)
            .set_hosted_zone_config(settings::of_new(want))
            .set_vpc(want.vpcs.first().map(types::Vpc::from))
            .set_delegation_set_id(want.delegation_set_id.clone())
            .send()
            .await;
        match asked.map_err(Error::from) {
            Ok(made) => Ok(bare(&answered(made.hosted_zone, "HostedZone")?.id).to_owned()),
            // It was sent twice, as the first answer was lost.
            Err(error) if error.code() == Some(codes::CALLER_REFERENCE_USED) => {
                calls::zone_made_by(cx, &reference).await?.ok_or(error)
            }
            Err(error) => Err(error),
        }
    }

    async fn settle(cx: &Cx, id: &str, want: &HostedZoneInputs) -> Result<()> {
        tagging::complete(cx, id, &want.tags).await?;
        associations::bring(cx, id, &want.vpcs).await?;
        settings::bring(cx, id, want).await
    }

    async fn read(cx: &Cx, id: &str) -> Result<Option<HostedZone>> {
        let Some(found) = unless_gone(cx.route53().get_hosted_zone().id(id).send().await)? else { return Ok(None) };
        let zone = answered(found.hosted_zone, "HostedZone")?;
        let Some(tags) = unless_gone(tagging::tags(cx, id).await)? else { return Ok(None) };
        let logging = settings::logging(cx, id).await?;
        let set = found.delegation_set;
        Ok(Some(HostedZone {
            name: DomainName::told(&zone.name),
            hosted_zone_features: settings::features(&zone),
            hosted_zone_config: settings::config(&zone),
            query_logging_config: logging.map(HostedZoneQueryLoggingConfig::from),
            vpcs: found.vpcs.unwrap_or_default().into_iter().map(HostedZoneVpc::from).collect(),
            delegation_set_id: set.as_ref().and_then(|set| set.id()).map(|id| bare(id).to_owned()),
            allow_replace: None,
            tags,
            hosted_zone_id: bare(&zone.id).to_owned(),
            name_servers: set.map(|set| set.name_servers).unwrap_or_default(),
        }))
    }

    async fn update(cx: &Cx, id: &str, change: &Change<Self>) -> Result<()> {
        if let Some(config) = change.to(fields::hosted_zone_config) {
            let comment = config.and_then(|config| config.comment).unwrap_or_default();
            cx.route53().update_hosted_zone_comment().id(id).comment(comment).send().await?;
        }
        tagging::retag(cx, id, &TagChange::of(change, fields::tags)).await
    }

    async fn delete(cx: &Cx, id: &str, _: &Properties<'_, Self>) -> Result<()> {
        if let Some(log) = settings::logging(cx, id).await? {
            // A zone that stays keeps its log; a zone that goes would leave it behind.
            refuse_others(&records_of_others(cx, id).await?)?;
            settings::stop(cx, log).await?;
        }
        cx.route53().delete_hosted_zone().id(id).send().await?;
        Ok(())
    }

    async fn blockers(cx: &Cx, id: &str) -> Result<Vec<String>> {
        let mut named = records_of_others(cx, id).await?;
        let more = named.split_off(named.len().min(NAMED)).len();
        named.extend((more > 0).then(|| format!("and {more} more")));
        Ok(named)
    }
}

/// How many records an error names.
const NAMED: usize = 20;

/// The records beside those that Route 53 makes with a zone, in words.
async fn records_of_others(cx: &Cx, id: &str) -> Result<Vec<String>> {
    let zone = answered(cx.route53().get_hosted_zone().id(id).send().await?.hosted_zone, "HostedZone")?;
    let apex = DomainName::told(&zone.name);
    let records = calls::records_of(cx, id).await?;
    let others = records.iter().filter(|record| !calls::is_of_the_zone_itself(record, &apex));
    Ok(others.map(calls::told).collect())
}

fn refuse_others(records: &[String]) -> Result<()> {
    match records.is_empty() {
        true => Ok(()),
        false => Err(Error::new(Kind::Conflict, format!("it has {} records of others", records.len()))),
    }
}
