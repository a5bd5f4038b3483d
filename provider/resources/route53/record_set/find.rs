//! Looking at record sets: those of one zone that are asked for together come in few calls.

use std::collections::BTreeMap;

use aws_sdk_route53::types::ResourceRecordSet;

use super::place::Place;
use crate::aws::{Findable, Result, Session, limits::calls};

/// A record set, and where it is.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub(super) record: ResourceRecordSet,
    pub(super) zone: String,
    id: String,
}

impl Findable for Found {
    fn id(&self) -> Option<&str> {
        Some(&self.id)
    }

    async fn fetch(session: &Session, ids: Vec<String>) -> Result<Vec<Self>> {
        let mut zones = BTreeMap::<String, Vec<Place>>::new();
        for id in ids {
            let place: Place = id.parse()?;
            zones.entry(place.zone.clone()).or_default().push(place);
        }
        let mut found = Vec::new();
        for wanted in zones.into_values() {
            look(session, wanted, &mut found).await?;
        }
        Ok(found)
    }
}

/// Looks for those of one zone. Each page begins with one that is wanted, and may hold others: Route 53 lists names
/// in its own order, so those that are wanted together stand together.
async fn look(session: &Session, mut wanted: Vec<Place>, found: &mut Vec<Found>) -> Result<()> {
    while let Some(first) = wanted.first().cloned() {
        let most = if wanted.len() == 1 { 1 } else { calls::RECORDS_PAGE };
        let call = session.route53().list_resource_record_sets().hosted_zone_id(&first.zone).max_items(most);
        let call = call.start_record_name(first.name.absolute()).start_record_type(first.kind.as_str().into());
        let page = call.set_start_record_identifier(first.set.clone()).send().await?.resource_record_sets;
        wanted.remove(0);
        for record in page {
            let place = Place::of(&first.zone, &record);
            if place == first || wanted.contains(&place) {
                wanted.retain(|other| *other != place);
                found.push(Found { id: place.to_string(), zone: place.zone, record });
            }
        }
    }
    Ok(())
}
