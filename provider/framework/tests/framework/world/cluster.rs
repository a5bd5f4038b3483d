//! Components: a cluster of machines, and the store that it may have inside.

use framework::{
    Component, Inputs, Outputs,
    component::{Given, Scope},
    engine::{Options, Timeouts},
    problem::Problems,
    value::{Output, Path},
};

use super::{
    Fake,
    link::LinkArgs,
    machine::{MachineArgs, MachineHandle},
    vault::VaultArgs,
};

/// A store with a guard.
#[derive(Component)]
#[component(token = "index:Store")]
pub struct Store;

#[derive(Inputs, Clone)]
pub struct StoreInputs {
    /// What its door is made of.
    pub door: String,
    /// When it is open.
    pub hours: Option<Output<String>>,
    /// What stands at the door.
    pub signs: Option<Vec<Output<String>>>,
}

#[derive(Outputs, Clone)]
pub struct StoreOutputs {
    /// The name of the vault.
    pub vault: Output<String>,
}

impl framework::component::Component for Store {
    type Inputs = StoreInputs;
    type Outputs = StoreOutputs;
    type Cloud = Fake;

    fn build(scope: &Scope<Fake>, want: StoreInputs) -> Result<StoreOutputs, Problems> {
        if want.door == "paper" {
            return Err(Problems::one(Path::of("door"), "must be harder than paper"));
        }
        let hours = want.hours.map(|hours| scope.checked(&hours, |hours| open(&hours)));
        let hours = hours.map_or_else(Default::default, Into::into);
        let vault = scope.child("vault", VaultArgs { door: want.door.as_str().into(), hours, ..Default::default() });
        // No output comes from the guard.
        scope.child("guard", MachineArgs { zone: "door".into(), ..Default::default() });
        Ok(StoreOutputs { vault: vault.id() })
    }
}

/// The hours, unless they are none.
fn open(hours: &str) -> Result<String, String> {
    if hours == "never" { Err("a store must be open at times".to_owned()) } else { Ok(hours.to_owned()) }
}

/// A cluster of machines around a hub.
#[derive(Component)]
#[component(token = "index:Cluster")]
pub struct Cluster;

#[derive(Inputs, Clone)]
pub struct ClusterInputs {
    /// How many machines stand around the hub.
    #[field(default = 1i64, range(0, 5))]
    pub machines: i64,
    /// The zone of them all.
    pub zone: Option<Output<String>>,
    /// What opens them all.
    #[field(secret)]
    pub password: Option<Output<String>>,
    /// What the machines are for.
    #[field(pattern("[a-z]+", "small letters"))]
    pub purpose: Option<String>,
    /// The door of a store beside them.
    pub store: Option<String>,
    /// When that store is open.
    pub hours: Option<Output<String>>,
    /// A store that is there already.
    pub shared_store: Option<Given<Store>>,
    /// Whether the store is tied to the hub.
    pub tied: Option<Output<bool>>,
    /// Whether the machines come one after the other.
    #[field(default = false)]
    pub in_turn: bool,
}

#[derive(Outputs, Clone)]
pub struct ClusterOutputs {
    /// The hub's id.
    pub hub_id: Output<String>,
    /// The machines' addresses.
    pub addresses: Output<Vec<String>>,
    /// The name of the store's vault.
    pub vault: Output<Option<String>>,
    /// The hub's log.
    pub log_url: Output<Option<String>>,
}

impl framework::component::Component for Cluster {
    type Inputs = ClusterInputs;
    type Outputs = ClusterOutputs;
    type Cloud = Fake;

    fn build(scope: &Scope<Fake>, want: ClusterInputs) -> Result<ClusterOutputs, Problems> {
        let mut problems = Problems::none();
        if want.machines == 4 {
            problems.add(Path::of("machines"), "must not be 4: it is unlucky");
        }
        if want.purpose.as_deref() == Some("mischief") {
            problems.add(Path::of("purpose"), "must be good");
        }
        problems.into_result()?;

        let zone = want.zone.clone().unwrap_or_else(|| Output::known("middle".to_owned()));
        let password = want.password.clone().map_or_else(Default::default, Into::into);
        let hub = scope.child("hub", MachineArgs { zone: zone.clone().into(), password, ..Default::default() });
        let mut place = scope.after(&Output::known(()));
        let machines: Vec<_> = (0..want.machines)
            .map(|n| {
                let machine = place.child(
                    &format!("machine-{n}"),
                    MachineArgs { zone: zone.clone().into(), note: want.purpose.clone().into(), ..Default::default() },
                );
                if want.in_turn {
                    place = scope.after(&machine.id());
                }
                scope.with(own_options()).child(
                    &format!("link-{n}"),
                    LinkArgs { from: hub.machine_id().into(), to: machine.machine_id().into(), ..Default::default() },
                );
                machine
            })
            .collect();
        let vault = match (want.store, want.shared_store) {
            (Some(door), _) => {
                let signs = Some(vec![Output::known("ring".to_owned()), hub.address()]);
                let inside = StoreInputs { door, hours: Some(want.hours.unwrap_or_else(|| hub.address())), signs };
                Some(scope.component::<Store>("store", inside)?.vault)
            }
            (None, Some(given)) => Some(scope.outputs_of(&given).vault),
            (None, None) => None,
        };
        if let Some(vault) = &vault {
            let tied = want.tied.clone().unwrap_or_else(|| Output::known(true));
            scope.only_if(&tied).child("tie", LinkArgs { from: "hub".into(), to: vault.into(), ..Default::default() });
        }
        Ok(ClusterOutputs {
            hub_id: hub.id(),
            addresses: Output::all(machines.iter().map(MachineHandle::address)),
            vault: vault.map_or_else(|| Output::known(None), |vault| vault.map(Some)),
            log_url: hub.log_url(),
        })
    }
}

/// How links are treated.
fn own_options() -> Options {
    Options {
        protect: Some(true),
        timeouts: Timeouts { create: "1m".to_owned(), delete: "2m".to_owned(), ..Timeouts::default() },
        ..Options::default()
    }
}
