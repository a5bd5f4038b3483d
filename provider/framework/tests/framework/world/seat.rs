//! A seat: told by who sits on it, and its id is the cloud's own.

use framework::{
    Resource,
    error::{Kind, Result},
    property::{EncodeRecord, Properties},
    resource::{Carried, Cx, Managed, Owner},
};

use super::Fake;

/// Who sits where. Everybody has one seat at most.
#[derive(Resource)]
#[resource(token = "people:Seat", id = "seat_id")]
pub struct Seat {
    /// Who sits.
    #[input(replaces)]
    person: String,
    /// In which row.
    #[input(replaces)]
    row: String,

    seat_id: String,
}

impl Managed for Seat {
    type Cloud = Fake;

    const OWNER: Carried = Carried::Identity;

    async fn occupant(cx: &Cx<Fake>, want: &SeatInputs) -> Result<Option<String>> {
        cx.world.find("findSeat", "seat", "person", &want.person)
    }

    async fn holder(cx: &Cx<Fake>, _: &SeatInputs) -> Result<Option<Owner>> {
        Ok(cx.world.ground())
    }

    async fn create(cx: &Cx<Fake>, want: &SeatInputs, _: &Owner) -> Result<String> {
        cx.world.make_apart("createSeat", "seat", ("person", Kind::Exists), want.encode_fields(), None)
    }

    async fn read(cx: &Cx<Fake>, id: &str) -> Result<Option<Self>> {
        Ok(cx.world.look("describeSeat", id)?.map(|thing| {
            let found = Properties::<Seat>::new(&thing.properties);
            Seat {
                person: found.get(fields::person).unwrap_or_default(),
                row: found.get(fields::row).unwrap_or_default(),
                seat_id: id.to_owned(),
            }
        }))
    }

    async fn delete(cx: &Cx<Fake>, id: &str, _: &Properties<'_, Self>) -> Result<()> {
        cx.world.delete("deleteSeat", id)
    }
}
