//! Where a record set is: its zone, its name, its type and its set identifier. No two are at the same place.

use std::{fmt, str::FromStr};

use aws_sdk_route53::types::ResourceRecordSet;
use framework::{error::Kind, property::Choice as _};

use super::RecordSetInputs;
use crate::{
    aws::{Cx, Error, Result},
    resources::{domain_name::DomainName, route53_calls as calls},
};

/// The place of a record set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) zone: String,
    pub(super) name: DomainName,
    pub(super) kind: String,
    pub(super) set: Option<String>,
}

impl Place {
    /// Where a wanted one will be.
    pub(super) async fn wanted(cx: &Cx, want: &RecordSetInputs) -> Result<Self> {
        let zone = match (&want.hosted_zone_id, &want.hosted_zone_name) {
            (Some(id), _) => id.clone(),
            (None, Some(name)) => calls::zone_named(cx, name).await?,
            (None, None) => return Err(Error::new(Kind::Invalid, "needs one of hostedZoneId, hostedZoneName")),
        };
        let kind = want.r#type.text().to_owned();
        Ok(Place { zone, name: want.name.clone(), kind, set: want.set_identifier.clone() })
    }

    /// Where one of a zone is.
    pub(super) fn of(zone: &str, record: &ResourceRecordSet) -> Self {
        Place {
            zone: zone.to_owned(),
            name: DomainName::told(&record.name),
            kind: record.r#type.to_string(),
            set: record.set_identifier.clone(),
        }
    }

    /// Whether one of the same zone is here.
    pub(super) fn is_of(&self, record: &ResourceRecordSet) -> bool {
        Place::of(&self.zone, record) == *self
    }

    /// Whether Route 53 wouldn't have one here beside that one, of the same zone and name.
    pub(super) fn collides_with(&self, record: &ResourceRecordSet) -> bool {
        let other = Place::of(&self.zone, record);
        collide(&self.kind, &other.kind, self.set.as_deref() == other.set.as_deref()) && self.name == other.name
            || self.name == other.name && self.kind == other.kind && self.set.is_some() != other.set.is_some()
    }
}

/// Whether two record sets of one name can't be there together: a CNAME stands alone, and each place is taken once.
fn collide(kind: &str, other: &str, same_set: bool) -> bool {
    let is_alone = |kind: &str| kind == "CNAME";
    if kind == other { same_set } else { is_alone(kind) || is_alone(other) }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Place { zone, name, kind, set } = self;
        write!(f, "{zone}|{name}|{kind}")?;
        set.iter().try_for_each(|set| write!(f, "|{set}"))
    }
}

impl FromStr for Place {
    type Err = Error;

    fn from_str(id: &str) -> Result<Self> {
        let mut parts = id.splitn(4, '|');
        let wrong = || {
            let form = "<zone id>|<name>|<type>, with |<set identifier> where it has one";
            Error::new(Kind::Invalid, format!("{id:?} is not the id of a record set, which is {form}"))
        };
        let mut next = || parts.next().filter(|part| !part.is_empty()).ok_or_else(wrong);
        let (zone, name, kind) = (next()?, next()?, next()?);
        Ok(Place {
            zone: zone.to_owned(),
            name: name.parse().map_err(|_| wrong())?,
            kind: kind.to_owned(),
            set: parts.next().map(ToOwned::to_owned),
        })
    }
}
