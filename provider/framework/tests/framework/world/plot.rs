//! A plot: where one is, no other can be.

use framework::{
    Resource,
    error::{Kind, Result},
    property::{EncodeRecord, Properties},
    resource::{Carried, Cx, Managed, Owner},
};

use super::Fake;

/// A piece of land.
#[derive(Resource)]
#[resource(token = "land:Plot", id = "plot_id")]
pub struct Plot {
    /// Where it is; anywhere when absent.
    #[input(replaces)]
    at: Option<String>,

    plot_id: String,
}

impl Managed for Plot {
    type Cloud = Fake;

    const OWNER: Carried = Carried::Tag { kind: "plot" };

    fn deletes_first(was: &Properties<'_, Self>, want: &Properties<'_, Self>) -> bool {
        want.has(fields::at) && was.get(fields::at) == want.get(fields::at)
    }

    async fn create(cx: &Cx<Fake>, want: &PlotInputs, owner: &Owner) -> Result<String> {
        match &want.at {
            Some(_) => {
                cx.world.make_apart("createPlot", "plot", ("at", Kind::Invalid), want.encode_fields(), Some(owner))
            }
            None => cx.world.make("createPlot", "plot", None, want.encode_fields(), Some(owner)),
        }
    }

    async fn read(cx: &Cx<Fake>, id: &str) -> Result<Option<Self>> {
        Ok(cx.world.look("describePlot", id)?.map(|thing| {
            let at = Properties::<Plot>::new(&thing.properties).get(fields::at).flatten();
            Plot { at, plot_id: id.to_owned() }
        }))
    }

    async fn delete(cx: &Cx<Fake>, id: &str, _: &Properties<'_, Self>) -> Result<()> {
        cx.world.in_its_time().await;
        cx.world.delete("deletePlot", id)
    }
}
