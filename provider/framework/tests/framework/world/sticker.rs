//! A sticker: told by its name, and nothing can be tagged on it.

use framework::{
    Resource,
    error::Result,
    property::{Encode, EncodeRecord, Json, Properties},
    resource::{Carried, Change, Cx, Managed, Owner},
};

use super::Fake;

/// A sticker with a text.
#[derive(Resource)]
#[resource(token = "people:Sticker", id = "name")]
pub struct Sticker {
    /// The sticker's name, of which there is one only.
    #[input(
        named(20),
        replaces,
        length(1, 20),
        pattern("[a-z][a-z0-9-]*", "small letters, digits and dashes, a letter first")
    )]
    name: String,
    /// What stands on it.
    #[input]
    text: Json,
}

impl Managed for Sticker {
    type Cloud = Fake;

    const OWNER: Carried = Carried::Identity;

    async fn occupant(_: &Cx<Fake>, want: &StickerInputs) -> Result<Option<String>> {
        Ok(Some(want.name.clone()))
    }

    async fn holder(cx: &Cx<Fake>, _: &StickerInputs) -> Result<Option<Owner>> {
        Ok(cx.world.ground())
    }

    async fn create(cx: &Cx<Fake>, want: &StickerInputs, _: &Owner) -> Result<String> {
        cx.world.make("createSticker", "sticker", Some(want.name.clone()), want.encode_fields(), None)
    }

    async fn read(cx: &Cx<Fake>, id: &str) -> Result<Option<Self>> {
        let found = cx.world.look("describeSticker", id)?;
        let text = found.and_then(|thing| Properties::<Sticker>::new(&thing.properties).get(fields::text));
        Ok(text.map(|text| Sticker { name: id.to_owned(), text }))
    }

    async fn update(cx: &Cx<Fake>, id: &str, change: &Change<Self>) -> Result<()> {
        match change.to(fields::text) {
            Some(text) => cx.world.change("changeSticker", id, "text", [("text".to_owned(), text.encode())].into()),
            None => Ok(()),
        }
    }

    async fn delete(cx: &Cx<Fake>, id: &str, _: &Properties<'_, Self>) -> Result<()> {
        cx.world.delete("deleteSticker", id)
    }
}
