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

    /// Whether Route 53 wouldn't have one here beside that one, of the same zone: a CNAME stands alone at its name, and
    /// of one type those with a set identifier don't stand beside one without.
    pub(super) fn collides_with(&self, record: &ResourceRecordSet) -> bool {
        let other = Place::of(&self.zone, record);
        let is_cname = |place: &Place| place.kind == "CNAME";
        self.name == other.name
            && match self.kind == other.kind {
                true => self.set == other.set || self.set.is_some() != other.set.is_some(),
                false => is_cname(self) || is_cname(&other),
            }
    }
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

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    fn place(id: &str) -> Place {
        id.parse().unwrap()
    }

    fn record(id: &str) -> ResourceRecordSet {
        let Place { name, kind, set, .. } = place(id);
        let record = ResourceRecordSet::builder().name(name.absolute()).r#type(kind.as_str().into());
        record.set_set_identifier(set).build().unwrap()
    }

    #[test]
    fn an_id_is_a_place() {
        for id in ["Z1|www.example.com|A", "Z1|*.example.com|TXT|one", "Z1|a\\057b.example.com|A|with | bars"] {
            assert_eq!(place(id).to_string(), id);
            assert!(place(id).is_of(&record(id)), "{id}");
        }
        assert_eq!(place("Z1|WWW.Example.com.|A"), place("Z1|www.example.com|A"));
        for wrong in ["", "Z1", "Z1|a.com", "Z1||A", "|a.com|A", "Z1|a..com|A"] {
            assert!(wrong.parse::<Place>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn what_cant_stand_beside_another_collides() {
        let collide = |one: &str, other: &str| place(one).collides_with(&record(other));
        for (one, other) in [
            ("Z1|a.com|A", "Z1|a.com|CNAME"),
            ("Z1|a.com|CNAME", "Z1|a.com|TXT"),
            ("Z1|a.com|A", "Z1|a.com|A|one"),
            ("Z1|a.com|A|one", "Z1|a.com|A|one"),
        ] {
            assert!(collide(one, other) && collide(other, one), "{one} and {other}");
        }
        for (one, other) in
            [("Z1|a.com|A", "Z1|a.com|AAAA"), ("Z1|a.com|A|one", "Z1|a.com|A|two"), ("Z1|a.com|CNAME", "Z1|b.com|A")]
        {
            assert!(!collide(one, other) && !collide(other, one), "{one} and {other}");
        }
    }
}
