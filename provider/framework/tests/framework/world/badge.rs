//! A badge: told by its name, with its owner's tag on it.

use framework::{
    Resource,
    error::Result,
    property::{Encode, EncodeRecord, Properties},
    resource::{Carried, Change, Cx, Managed, Owner},
};

use super::Fake;

/// A badge that opens doors.
#[derive(Resource)]
#[resource(token = "people:Badge", id = "name")]
pub struct Badge {
    /// The badge's name, of which there is one only.
    #[input(named(20), replaces, length(1, 20), never_begins("id-"))]
    name: String,
    /// Its colour.
    #[input(replaces)]
    colour: Option<String>,
    /// What it opens.
    #[input]
    opens: Option<String>,
}

impl Managed for Badge {
    type Cloud = Fake;

    const OWNER: Carried = Carried::NamedTag;

    async fn occupant(_: &Cx<Fake>, want: &BadgeInputs) -> Result<Option<String>> {
        Ok(Some(want.name.clone()))
    }

    async fn owner_of(cx: &Cx<Fake>, id: &str) -> Result<Option<Owner>> {
        let found = cx.world.look("ownerOfBadge", id)?;
        Ok(found.and_then(|thing| thing.owner).map(|(token, asked)| Owner::new(token, asked)))
    }

    async fn create(cx: &Cx<Fake>, want: &BadgeInputs, owner: &Owner) -> Result<String> {
        cx.world.make("createBadge", "badge", Some(want.name.clone()), want.encode_fields(), Some(owner))
    }

    async fn read(cx: &Cx<Fake>, id: &str) -> Result<Option<Self>> {
        Ok(cx.world.look("describeBadge", id)?.map(|thing| {
            let found = Properties::<Badge>::new(&thing.properties);
            Badge {
                name: id.to_owned(),
                colour: found.get(fields::colour).flatten(),
                opens: found.get(fields::opens).flatten(),
            }
        }))
    }

    async fn update(cx: &Cx<Fake>, id: &str, change: &Change<Self>) -> Result<()> {
        match change.to(fields::opens) {
            Some(opens) => cx.world.change("changeBadge", id, "opens", [("opens".to_owned(), opens.encode())].into()),
            None => Ok(()),
        }
    }

    async fn delete(cx: &Cx<Fake>, id: &str, _: &Properties<'_, Self>) -> Result<()> {
        cx.world.delete("deleteBadge", id)
    }
}
