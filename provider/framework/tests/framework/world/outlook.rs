//! An outlook: nothing in the cloud, and so the same for everybody who takes it.

use framework::{
    Resource,
    error::{Error, Kind, Result},
    property::Properties,
    resource::{Carried, Cx, Managed, Owner},
};

use super::Fake;

/// What is to be seen from here.
#[derive(Resource)]
#[resource(token = "people:Outlook", id = "view")]
pub struct Outlook {
    /// How far to look.
    #[input]
    far: Option<bool>,
    /// What is to be seen.
    view: String,
}

impl Managed for Outlook {
    type Cloud = Fake;

    const OWNER: Carried = Carried::Nowhere;

    async fn create(_: &Cx<Fake>, _: &OutlookInputs, _: &Owner) -> Result<String> {
        Ok("the sea".to_owned())
    }

    async fn read(_: &Cx<Fake>, id: &str) -> Result<Option<Self>> {
        Ok(Some(Outlook { far: None, view: id.to_owned() }))
    }

    async fn delete(_: &Cx<Fake>, id: &str, _: &Properties<'_, Self>) -> Result<()> {
        Err(Error::new(Kind::Gone, format!("{id} is nothing")))
    }
}
