//! A record set: what a name server answers to questions of one name and type.

mod find;
mod laws;
mod parts;
mod place;
mod wire;

use aws_sdk_route53::types::ChangeAction;
use framework::{
    Resource,
    error::Kind,
    problem::Problems,
    property::Properties,
    resource::{Carried, Change, Managed, Owner},
};

pub use self::parts::*;
use self::{find::Found, place::Place};
use crate::{
    aws::{Aws, Cx, Error, Result, tags::route53 as tagging, unless_gone},
    resources::{domain_name::DomainName, route53_calls as calls},
};

/// A record set of a hosted zone: what is answered to questions of one name and type.
///
/// It has either values, with a time to live, or the alias of something in AWS. A record set that this resource didn't
/// make is never overwritten. It is ready once all of Route 53's name servers know it, usually within a minute.
///
/// Another name, type or set identifier is another record set. The old one goes first where Route 53 wouldn't have
/// both, and the name isn't answered in between. Zones are the same in all Regions. A zone takes 10,000 record
/// sets unless you ask for more, a record set 400 values (Amazon Route 53 Developer Guide, "Quotas").
#[derive(Resource)]
#[resource(token = "route53:RecordSet", model = "AWS::Route53::RecordSet", id = "record_set_id")]
pub struct RecordSet {
    /// The id of the hosted zone. Either this or `hostedZoneName` has to be given.
    #[input(
        replaces,
        computed,
        length(1, 32),
        pattern("[A-Z0-9]+", "a hosted zone's id, such as Z0123456789ABCDEFGHIJ")
    )]
    hosted_zone_id: Option<String>,
    /// The domain of the hosted zone, such as `example.com`, where the account has one zone of that name only. Programs
    /// that make the zone themselves had better give `hostedZoneId`: it says what has to be made first.
    #[input(replaces, write_only, length(1, 256))]
    hosted_zone_name: Option<DomainName>,
    /// The name, in full: `www.example.com`, or `*.example.com` for all names that have no record set of their own. Case,
    /// a dot at its end, and escapes such as `\052` for the asterisk mean nothing.
    #[input(replaces, length(1, 1024))]
    name: DomainName,
    /// The type of the record.
    #[input(replaces)]
    r#type: RecordSetType,
    /// What is answered in place of values: something in AWS, whose addresses Route 53 looks up itself.
    #[input]
    alias_target: Option<RecordSetAliasTarget>,
    /// For how many seconds the answer may be kept. Required with `resourceRecords`; an alias has its target's.
    #[input(range(0, 2_147_483_647))]
    ttl: Option<i64>,
    /// The values, each as the type wants it, such as `192.0.2.1` for A or `10 mail.example.com` for MX. Texts of the
    /// types TXT and SPF stand in quotation marks, each of up to 255 characters: `"v=spf1 -all"`, `"one" "two"`.
    #[input(set, items(1, 400), each(length(1, 4000)))]
    resource_records: Option<Vec<String>>,
    /// What tells record sets of the same name and type apart. Required with any of the routing policies.
    #[input(replaces, length(1, 128))]
    set_identifier: Option<String>,
    /// Weighted routing: which share of the questions is answered with this one, as part of the sum of all weights.
    #[input(range(0, 255))]
    weight: Option<i64>,
    /// Latency routing: the Region of what is answered, such as `eu-west-1`. CloudFormation calls it `Region`; here
    /// `region` says where calls are sent.
    #[input(length(1, 64))]
    latency_region: Option<String>,
    /// Failover routing: whether this one is answered as long as it is healthy, or when the other one isn't.
    #[input]
    failover: Option<RecordSetFailover>,
    /// Geolocation routing: where questions have to come from.
    #[input]
    geo_location: Option<RecordSetGeoLocation>,
    /// Geoproximity routing: where the thing stands that is answered.
    #[input]
    geo_proximity_location: Option<RecordSetGeoProximityLocation>,
    /// IP-based routing: the blocks of addresses that questions have to come from.
    #[input]
    cidr_routing_config: Option<RecordSetCidrRoutingConfig>,
    /// Multivalue answer routing: whether up to eight healthy record sets are answered together.
    #[input]
    multi_value_answer: Option<bool>,
    /// The id of the health check that says whether this record set may be answered.
    #[input(length(1, 64))]
    health_check_id: Option<String>,
    /// A remark that Route 53 keeps with the change.
    #[input(write_only, length(0, 256))]
    comment: Option<String>,

    /// The id: the hosted zone's, the name, the type and, where there is one, the set identifier, as in
    /// `Z0123456789ABCDEFGHIJ|www.example.com|A`.
    #[output(stable)]
    record_set_id: String,
}

impl Managed for RecordSet {
    type Cloud = Aws;

    const OWNER: Carried = Carried::Identity;

    fn rules(want: &Properties<'_, Self>, problems: &mut Problems) {
        laws::check(want, problems);
    }

    fn replaces(property: &str, _: &Properties<'_, Self>, _: &Properties<'_, Self>) -> Option<bool> {
        (property == "region").then_some(false)
    }

    fn deletes_first(was: &Properties<'_, Self>, want: &Properties<'_, Self>) -> bool {
        laws::collide(was, want)
    }

    async fn occupant(cx: &Cx, want: &RecordSetInputs) -> Result<Option<String>> {
        let place = Place::wanted(cx, want).await?;
        let there = unless_gone(calls::records_at(cx, &place.zone, &place.name).await)?.unwrap_or_default();
        let same = there.iter().find(|record| place.is_of(record));
        let in_the_way = same.or_else(|| there.iter().find(|record| place.collides_with(record)));
        Ok(in_the_way.map(|record| Place::of(&place.zone, record).to_string()))
    }

    async fn holder(cx: &Cx, want: &RecordSetInputs) -> Result<Option<Owner>> {
        tagging::owner_of(cx, &Place::wanted(cx, want).await?.zone).await
    }

    async fn create(cx: &Cx, want: &RecordSetInputs, _: &Owner) -> Result<String> {
        let place = Place::wanted(cx, want).await?;
        put(cx, &place, ChangeAction::Create, want).await?;
        Ok(place.to_string())
    }

    async fn settle(cx: &Cx, id: &str, _: &RecordSetInputs) -> Result<()> {
        calls::in_sync(cx, id).await
    }

    async fn read(cx: &Cx, id: &str) -> Result<Option<RecordSet>> {
        let _: Place = id.parse()?;
        Ok(cx.find::<Found>(id).await?.map(|found| wire::seen(id, &found, &cx.recorded())))
    }

    async fn update(cx: &Cx, id: &str, change: &Change<Self>) -> Result<()> {
        put(cx, &id.parse()?, ChangeAction::Upsert, change.wanted()).await
    }

    async fn delete(cx: &Cx, id: &str, _: &Properties<'_, Self>) -> Result<()> {
        let place: Place = id.parse()?;
        let Some(found) = cx.find::<Found>(id).await? else {
            return Err(Error::new(Kind::Gone, format!("{id} isn't there any more")));
        };
        calls::change(cx, (&place.zone, id), ChangeAction::Delete, found.record, None).await
    }
}

async fn put(cx: &Cx, place: &Place, action: ChangeAction, want: &RecordSetInputs) -> Result<()> {
    let set = wire::set(place, want)?;
    calls::change(cx, (&place.zone, &place.to_string()), action, set, want.comment.clone()).await
}
