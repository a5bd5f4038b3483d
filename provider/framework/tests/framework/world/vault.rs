//! A vault: it holds data, and its name is its id.

use framework::{
    Resource,
    error::Result,
    problem::Problems,
    property::{EncodeRecord, Properties},
    resource::{Carried, Change, Cx, Managed, Owner},
};

use super::Fake;

/// A vault that holds data.
#[derive(Resource)]
#[resource(token = "storage:Vault", id = "name", holds_data, delete_first)]
pub struct Vault {
    /// The vault's name, of which there is one only.
    #[input(named(20), replaces, length(1, 20))]
    name: String,
    /// What its door is made of.
    #[input(replaces)]
    door: String,
    /// How often it is opened.
    #[input]
    hours: Option<String>,
    /// Whether it may be replaced, with all that is in it.
    #[input]
    allow_replace: Option<bool>,
}

impl Managed for Vault {
    type Cloud = Fake;

    const OWNER: Carried = Carried::Tag { kind: "vault" };

    const INSTEAD: &'static str = "Take the change back, or make a second vault";

    fn forbids(_: &Properties<'_, Self>, want: &Properties<'_, Self>, problems: &mut Problems) {
        if want.get(fields::door).as_deref() == Some("glass") {
            problems.add(want.path(fields::door), "can't become one of glass");
        }
    }

    fn is_beyond_repair(was: &Properties<'_, Self>) -> bool {
        was.get(fields::hours).flatten().as_deref() == Some("being pulled down")
    }

    async fn occupant(_: &Cx<Fake>, want: &VaultInputs) -> Result<Option<String>> {
        Ok(Some(want.name.clone()))
    }

    async fn create(cx: &Cx<Fake>, want: &VaultInputs, owner: &Owner) -> Result<String> {
        cx.world.make("createVault", "vault", Some(want.name.clone()), want.encode_fields(), Some(owner))
    }

    async fn read(cx: &Cx<Fake>, id: &str) -> Result<Option<Self>> {
        Ok(cx.world.look("describeVault", id)?.map(|thing| {
            let found = Properties::<Vault>::new(&thing.properties);
            Vault {
                name: id.to_owned(),
                door: found.get(fields::door).unwrap_or_default(),
                hours: found.get(fields::hours).flatten(),
                allow_replace: None,
            }
        }))
    }

    async fn update(cx: &Cx<Fake>, id: &str, change: &Change<Self>) -> Result<()> {
        match change.between(fields::hours) {
            Some((was, now)) => {
                let what = format!("{:?} to {:?}", was.flatten(), now);
                let value = framework::property::Encode::encode(&now);
                cx.world.change("changeVault", id, &what, [("hours".to_owned(), value)].into())
            }
            None => Ok(()),
        }
    }

    async fn delete(cx: &Cx<Fake>, id: &str, was: &Properties<'_, Self>) -> Result<()> {
        let name = was.get(fields::name).unwrap_or_else(|| id.to_owned());
        cx.world.delete("deleteVault", &name)
    }
}
