//! What components share with each other, given in one of two ways: the object itself, which the same program
//! has made, or plain data, from another stack, another tool or by hand.

use framework::{
    component::{Component, Given, Scope},
    problem::Problems,
    value::{Output, Path},
};

use super::{Alb, Dns, Edge, Network, Vpc, Zone};
use crate::aws::Aws;

/// A shared thing of kind `K`, whose plain data is a `T`.
pub enum Shared<K, T> {
    /// The object.
    Object(Given<K>),
    /// The plain data.
    Data(Output<T>),
}

impl<K, T: Clone> Clone for Shared<K, T> {
    fn clone(&self) -> Self {
        match self {
            Shared::Object(object) => Shared::Object(object.clone()),
            Shared::Data(data) => Shared::Data(data.clone()),
        }
    }
}

impl<K: Component<Cloud = Aws>, T: Clone + Send + Sync + 'static> Shared<K, T> {
    /// The plain data, either way.
    pub fn data(&self, scope: &Scope<Aws>, of: impl FnOnce(K::Outputs) -> Output<T>) -> Output<T> {
        match self {
            Shared::Object(object) => of(scope.outputs_of(object)),
            Shared::Data(data) => data.clone(),
        }
    }
}

/// The two inputs by which a shared thing can be given.
#[derive(Clone, Copy)]
pub struct Ways {
    /// The input that takes the object.
    pub object: &'static str,
    /// The input that takes plain data.
    pub data: &'static str,
}

/// A network.
pub const NETWORK: Ways = Ways { object: "vpc", data: "network" };

/// A load balancer.
pub const BALANCER: Ways = Ways { object: "loadBalancer", data: "edge" };

/// A domain.
pub const ZONE: Ways = Ways { object: "dns", data: "zone" };

impl Ways {
    /// What was given, if anything was. Both at once is noted as a problem.
    pub fn either<K, T>(
        self,
        object: Option<&Given<K>>,
        data: Option<&Output<T>>,
        problems: &mut Problems,
    ) -> Option<Shared<K, T>>
    where
        T: Clone + Send + Sync + 'static,
    {
        match (object, data) {
            (Some(_), Some(_)) => {
                let reason = format!("can't be given beside {}: both are the same thing", self.object);
                problems.add(Path::of(self.data), reason);
                None
            }
            (Some(object), None) => Some(Shared::Object(object.clone())),
            (None, Some(data)) => Some(Shared::Data(data.clone())),
            (None, None) => None,
        }
    }

    /// What was given; that nothing was is noted as a problem.
    pub fn one<K, T>(
        self,
        object: Option<&Given<K>>,
        data: Option<&Output<T>>,
        problems: &mut Problems,
    ) -> Option<Shared<K, T>>
    where
        T: Clone + Send + Sync + 'static,
    {
        if object.is_none() && data.is_none() {
            let reason = format!("must be given, or {}, which is the same as plain data", self.data);
            problems.add(Path::of(self.object), reason);
        }
        self.either(object, data, problems)
    }
}

/// The network that a component must be given.
pub fn network(
    vpc: Option<&Given<Vpc>>,
    network: Option<&Output<Network>>,
    problems: &mut Problems,
) -> Option<Shared<Vpc, Network>> {
    NETWORK.one(vpc, network, problems)
}

/// A network as plain data.
pub fn network_of(scope: &Scope<Aws>, shared: &Shared<Vpc, Network>) -> Output<Network> {
    shared.data(scope, |vpc| vpc.network)
}

/// A domain as plain data.
pub fn zone_of(scope: &Scope<Aws>, shared: &Shared<Dns, Zone>) -> Output<Zone> {
    shared.data(scope, |dns| dns.zone)
}

/// A load balancer as plain data.
pub fn edge_of(scope: &Scope<Aws>, shared: &Shared<Alb, Edge>) -> Output<Edge> {
    shared.data(scope, |alb| alb.edge)
}
