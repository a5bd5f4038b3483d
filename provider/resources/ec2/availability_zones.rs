//! The Availability Zones that a network is laid out in, chosen once.
//!
//! AWS adds zones to its Regions, and a list of "the first three" would change with it: every subnet behind
//! the new one would move. So the choice is kept in the state, and only `count` changes it.

use aws_sdk_ec2::types::{self, AvailabilityZoneState};
use framework::{
    Resource,
    error::Kind,
    property::Properties,
    resource::{Carried, Change, Managed, Owner},
};

use crate::{
    aws::{Aws, Cx, Error, Result, answered},
    resources::ec2_calls::filter,
};

/// The first Availability Zones of the Region by name, and the same ones ever after.
///
/// AWS is asked once: zones that it adds to the Region later, or closes for a while, change nothing. A greater
/// `count` adds the next zones at the end, a smaller one drops the last. Local Zones and Wavelength Zones are
/// not among them. Nothing is made in AWS.
///
/// Its id is the names that were chosen at first, joined by commas; importing `eu-west-1b,eu-west-1c` pins
/// these two in this order.
#[derive(Resource)]
#[resource(token = "ec2:AvailabilityZones", id = "pinned")]
pub struct AvailabilityZones {
    /// How many zones, from 1 to 6. Most Regions have three.
    #[input(range(1, 6))]
    count: i32,

    /// The zones' names, such as `eu-west-1a`, in the order in which they were chosen.
    #[output(stable)]
    names: Vec<String>,
    /// The zones' ids, which mean the same zones in every account, such as `euw1-az1`; in the order of `names`.
    #[output(stable)]
    zone_ids: Vec<String>,
    /// The names that were chosen at first, joined by commas.
    #[output(stable)]
    pinned: String,
}

impl Managed for AvailabilityZones {
    type Cloud = Aws;

    const OWNER: Carried = Carried::Nowhere;

    async fn foresee(cx: &Cx, want: &AvailabilityZonesInputs) -> Result<Option<AvailabilityZones>> {
        let zones = zones(cx).await?;
        let chosen = enough(chosen(Vec::new(), want.count, &zones), want.count, cx, &zones)?;
        AvailabilityZones::of(chosen.join(","), chosen, &zones, cx).map(Some)
    }

    async fn create(cx: &Cx, want: &AvailabilityZonesInputs, _: &Owner) -> Result<String> {
        let zones = zones(cx).await?;
        let chosen = enough(chosen(Vec::new(), want.count, &zones), want.count, cx, &zones)?;
        Ok(chosen.join(","))
    }

    async fn read(cx: &Cx, id: &str) -> Result<Option<AvailabilityZones>> {
        let zones = zones(cx).await?;
        let kept = kept(cx, id);
        let count = cx.recorded().get(fields::count).unwrap_or_else(|| length(&kept));
        AvailabilityZones::of(id.to_owned(), chosen(kept, count, &zones), &zones, cx).map(Some)
    }

    async fn update(cx: &Cx, id: &str, change: &Change<Self>) -> Result<()> {
        let zones = zones(cx).await?;
        let count = change.wanted().count;
        enough(chosen(kept(cx, id), count, &zones), count, cx, &zones).map(drop)
    }

    async fn delete(_: &Cx, id: &str, _: &Properties<'_, Self>) -> Result<()> {
        Err(Error::new(Kind::Gone, format!("AWS knows nothing of the choice of {id}")))
    }
}

impl AvailabilityZones {
    fn of(pinned: String, names: Vec<String>, zones: &[Zone], cx: &Cx) -> Result<Self> {
        let id_of = |name: &String| {
            let zone = zones.iter().find(|zone| zone.name == *name);
            let unknown = || Error::new(Kind::Invalid, format!("{} has no Availability Zone {name}", cx.region()));
            zone.map(|zone| zone.id.clone()).ok_or_else(unknown)
        };
        Ok(AvailabilityZones {
            count: length(&names),
            zone_ids: names.iter().map(id_of).collect::<Result<_>>()?,
            names,
            pinned,
        })
    }
}

/// What was chosen before: the state knows, and on import the id.
fn kept(cx: &Cx, id: &str) -> Vec<String> {
    cx.recorded().get(fields::names).unwrap_or_else(|| id.split(',').map(ToOwned::to_owned).collect())
}

/// A zone of the Region.
#[derive(Clone, Debug)]
struct Zone {
    name: String,
    id: String,
    available: bool,
}

/// The Region's zones by name, without those that the account hasn't opted in to.
async fn zones(cx: &Cx) -> Result<Vec<Zone>> {
    let asked = cx
        .ec2()
        .describe_availability_zones()
        .filters(filter("zone-type", vec!["availability-zone".to_owned()]))
        .filters(filter("opt-in-status", vec!["opt-in-not-required".to_owned(), "opted-in".to_owned()]));
    let found = asked.send().await?.availability_zones.unwrap_or_default();
    let mut zones = found.into_iter().map(Zone::try_from).collect::<Result<Vec<_>>>()?;
    zones.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(zones)
}

impl TryFrom<types::AvailabilityZone> for Zone {
    type Error = Error;

    fn try_from(found: types::AvailabilityZone) -> Result<Self> {
        let available = found.state == Some(AvailabilityZoneState::Available);
        Ok(Zone { name: answered(found.zone_name, "zoneName")?, id: answered(found.zone_id, "zoneId")?, available })
    }
}

/// Those that are kept, fewer at the end or as many more as there are.
fn chosen(mut kept: Vec<String>, count: i32, zones: &[Zone]) -> Vec<String> {
    let count = usize::try_from(count).unwrap_or_default();
    kept.truncate(count);
    let lacking = count - kept.len();
    let next = zones.iter().filter(|zone| zone.available && !kept.contains(&zone.name));
    let next: Vec<String> = next.map(|zone| zone.name.clone()).take(lacking).collect();
    kept.extend(next);
    kept
}

fn enough(chosen: Vec<String>, count: i32, cx: &Cx, zones: &[Zone]) -> Result<Vec<String>> {
    if length(&chosen) == count {
        return Ok(chosen);
    }
    let available: Vec<_> = zones.iter().filter(|zone| zone.available).map(|zone| zone.name.as_str()).collect();
    Err(Error::new(
        Kind::Invalid,
        format!(
            "count: {} has no {count} Availability Zones for this account, only {}",
            cx.region(),
            available.join(", ")
        ),
    ))
}

fn length(names: &[String]) -> i32 {
    i32::try_from(names.len()).unwrap_or(i32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn zones(names: &[&str]) -> Vec<Zone> {
        let zone =
            |name: &&str| Zone { name: (*name).to_owned(), id: format!("id-{name}"), available: *name != "closed" };
        names.iter().map(zone).collect()
    }

    fn after(kept: &[&str], count: i32, zones: &[Zone]) -> Vec<String> {
        chosen(kept.iter().map(|name| (*name).to_owned()).collect(), count, zones)
    }

    #[test]
    fn a_new_choice_is_the_first_by_name_that_are_open() {
        assert_eq!(after(&[], 2, &zones(&["a", "closed", "d"])), ["a", "d"]);
    }

    #[test]
    fn what_was_chosen_stays_whatever_aws_adds() {
        assert_eq!(after(&["b", "d"], 2, &zones(&["a", "b", "c", "d"])), ["b", "d"]);
        assert_eq!(after(&["closed", "d"], 2, &zones(&["a", "closed", "d"])), ["closed", "d"]);
    }

    #[test]
    fn it_grows_and_shrinks_at_the_end() {
        assert_eq!(after(&["b", "d"], 3, &zones(&["a", "b", "c", "d"])), ["b", "d", "a"]);
        assert_eq!(after(&["b", "d", "a"], 2, &zones(&["a", "b", "c", "d"])), ["b", "d"]);
    }

    #[test]
    fn there_can_be_too_few() {
        assert_eq!(after(&[], 3, &zones(&["a", "b"])), ["a", "b"]);
    }
}
