//! A link: told by what it connects, and without a tag.

use framework::{
    Resource,
    error::Result,
    property::{Encode, EncodeRecord, Properties},
    resource::{Carried, Change, Cx, Managed, Owner},
};

use super::Fake;

/// A link between two machines.
#[derive(Resource)]
#[resource(token = "compute:Link", id = "link_id")]
pub struct Link {
    /// Where it begins.
    #[input(replaces)]
    from: String,
    /// Where it ends.
    #[input(replaces)]
    to: String,
    /// Who made it.
    #[input(replaces)]
    maker: Option<String>,
    /// How wide it is. It can only be widened.
    #[input]
    width: Option<i64>,

    link_id: String,
}

impl Managed for Link {
    type Cloud = Fake;

    const OWNER: Carried = Carried::Identity;

    fn replaces(property: &str, was: &Properties<'_, Self>, want: &Properties<'_, Self>) -> Option<bool> {
        let width = |of: &Properties<'_, Self>| of.get(fields::width).flatten();
        (property == "width").then(|| width(want) < width(was))
    }

    fn deletes_first(was: &Properties<'_, Self>, want: &Properties<'_, Self>) -> bool {
        let ends = |of: &Properties<'_, Self>| (of.get(fields::from), of.get(fields::to));
        ends(was) == ends(want)
    }

    async fn occupant(_: &Cx<Fake>, want: &LinkInputs) -> Result<Option<String>> {
        Ok(Some(format!("{}/{}", want.from, want.to)))
    }

    async fn holder(cx: &Cx<Fake>, _: &LinkInputs) -> Result<Option<Owner>> {
        Ok(cx.world.ground())
    }

    async fn create(cx: &Cx<Fake>, want: &LinkInputs, _: &Owner) -> Result<String> {
        cx.world.make("createLink", "link", Some(format!("{}/{}", want.from, want.to)), want.encode_fields(), None)
    }

    async fn read(cx: &Cx<Fake>, id: &str) -> Result<Option<Self>> {
        Ok(cx.world.look("describeLink", id)?.map(|thing| {
            let found = Properties::<Link>::new(&thing.properties);
            Link {
                from: found.get(fields::from).unwrap_or_default(),
                to: found.get(fields::to).unwrap_or_default(),
                maker: found.get(fields::maker).flatten(),
                width: found.get(fields::width).flatten(),
                link_id: id.to_owned(),
            }
        }))
    }

    async fn update(cx: &Cx<Fake>, id: &str, change: &Change<Self>) -> Result<()> {
        match change.to(fields::width) {
            Some(width) => cx.world.change("changeLink", id, "width", [("width".to_owned(), width.encode())].into()),
            None => Ok(()),
        }
    }

    async fn delete(cx: &Cx<Fake>, id: &str, _: &Properties<'_, Self>) -> Result<()> {
        cx.world.delete("deleteLink", id)
    }
}
