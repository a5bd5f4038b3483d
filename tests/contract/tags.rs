//! Tags: the user's, the provider's default ones and the owner tag don't disturb each other.

use std::collections::BTreeMap;

use framework::value::{Map, Value};
use serde_json::Value as Json;

use crate::{
    cases::{Case, concerned, keep},
    program::{SUBJECT, Subject},
    world::{Inventory, World},
};

/// The tag by which the provider knows what it made.
const OWNER: &str = "tenantstack:owner";

type Tags = BTreeMap<String, String>;

#[tokio::test(flavor = "multi_thread", worker_threads = 8)]
async fn tags_of_all_kinds_live_side_by_side() {
    let tagged = concerned("tags").into_iter().filter(|subject| subject.inputs().contains_key("tags"));
    let cases = tagged.map(|subject| Case::new(subject.token.clone(), side_by_side(subject)));
    keep("tags", cases.collect()).await;
}

async fn side_by_side(subject: Subject) -> Result<(), String> {
    let mut world = World::new();
    world.configure(defaults(&[("Team", "default"), ("Stage", "test")]));
    world.well_up(&subject.with()).await?;
    let mut made = seen(&world)?;
    let owner = made.remove(OWNER).ok_or("there is no owner tag")?;
    said(&made, &[("Name", "one"), ("Stage", "test"), ("Team", "default")])?;
    world.settled(&subject.with()).await?;

    // `Team` is now the user's own word, which wins.
    let change = subject.changes.iter().find(|change| change.property == "tags").ok_or("there is no change of tags")?;
    let changed = subject.having(&change.to);
    world.well_up(&changed).await?;
    said(&seen(&world)?, &[("Name", "two"), ("Stage", "test"), ("Team", "edge"), (OWNER, &owner)])?;
    world.settled(&changed).await?;

    world.configure(defaults(&[("Stage", "live"), ("Cost", "42")]));
    world.well_up(&changed).await?;
    said(&seen(&world)?, &[("Cost", "42"), ("Name", "two"), ("Stage", "live"), ("Team", "edge"), (OWNER, &owner)])?;
    world.settled(&changed).await?;

    world.configure(Map::new());
    let mut bare = change.to.clone();
    bare.remove("tags");
    world.well_up(&subject.having(&bare)).await?;
    said(&seen(&world)?, &[(OWNER, &owner)])?;
    world.settled(&subject.having(&bare)).await?;
    world.destroyed(&Inventory::new()).await
}

fn defaults(tags: &[(&str, &str)]) -> Map {
    let tags = tags.iter().map(|(key, value)| ((*key).to_owned(), Value::from(*value)));
    Map::from([("defaultTags".to_owned(), Value::Map(tags.collect()))])
}

/// The tags that AWS has.
fn seen(world: &World) -> Result<Tags, String> {
    let id = &world.state.get(SUBJECT).expect("it was made").id;
    let inventory = world.account.inventory();
    let things = inventory.as_object().expect("kinds").values().filter_map(Json::as_array).flatten();
    let thing = things.into_iter().find(|thing| thing["id"] == id.as_str()).ok_or("it isn't in the inventory")?;
    let tags = thing["tags"].as_object().expect("tags").iter();
    Ok(tags.map(|(key, value)| (key.clone(), value.as_str().unwrap_or_default().to_owned())).collect())
}

fn said(seen: &Tags, wanted: &[(&str, &str)]) -> Result<(), String> {
    let wanted: Tags = wanted.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
    if *seen == wanted { Ok(()) } else { Err(format!("the tags are {seen:?}, not {wanted:?}")) }
}
