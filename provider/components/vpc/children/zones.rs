//! The names of a network's zones: said by the program, or asked for once and then kept in the state.

use framework::{
    component::Scope,
    value::{Output, Resolved},
};

use crate::{
    aws::Aws,
    components::vpc::{layout::Slot, zones::Zones},
    resources::ec2::AvailabilityZonesArgs,
};

/// The zones' names, some of which may not be known yet.
pub struct ZoneNames {
    zones: Vec<(Slot, Output<String>)>,
    all: Output<Vec<String>>,
}

impl ZoneNames {
    /// The names that the program says, or a child that asks AWS.
    pub fn describe(scope: &Scope<Aws>, zones: &Zones) -> Self {
        let names: Vec<_> = match zones {
            Zones::Named(named) => named.iter().map(|(_, name)| Output::known(name.clone())).collect(),
            Zones::Counted(count) => {
                let args = AvailabilityZonesArgs { count: (*count).into() };
                let found = scope.child("zones", args).names();
                (0..zones.slots().len()).map(|index| nth(&found, index)).collect()
            }
        };
        let all = Output::all(names.iter().cloned());
        ZoneNames { zones: zones.slots().into_iter().zip(names).collect(), all }
    }

    /// All names, in the program's order.
    pub fn all(&self) -> &Output<Vec<String>> {
        &self.all
    }

    /// The name of one zone.
    pub fn of(&self, slot: Slot) -> Option<&Output<String>> {
        self.zones.iter().find(|(known, _)| *known == slot).map(|(_, name)| name)
    }
}

/// One of several names; unknown while the list is, or while it is still too short.
fn nth(names: &Output<Vec<String>>, index: usize) -> Output<String> {
    let names = names.clone();
    Output::later(async move {
        let names = names.resolve().await;
        let name = names.value.and_then(|names| names.into_iter().nth(index));
        Resolved { value: name, secret: names.secret, dependencies: names.dependencies }
    })
}
