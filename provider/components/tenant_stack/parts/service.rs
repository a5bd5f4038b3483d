//! A service of a tenant.

use framework::{
    Inputs,
    component::{ArgProperties, Forwarding, Inputs as _},
    property::{Decoding, Field, Record},
    value::{Map, Path},
};

use super::of_component;
use crate::components::fargate_service::FargateServiceInputs;

/// What the stack says to its services, or decides for them.
const OF_THE_STACK: [&str; 8] =
    ["cluster", "clusterArn", "loadBalancer", "edge", "public", "deletionProtection", "dns", "zone"];

/// A name is the stack's own, as several services share it.
const NAME_OF_ITS_OWN: [&str; 1] = ["domain"];

/// A service of a tenant.
#[derive(Clone)]
pub struct TenantService {
    /// What it is called.
    pub name: String,
    /// What it is.
    pub service: FargateServiceInputs,
}

/// What a service of a tenant says beside.
#[derive(Inputs, Clone)]
struct Called {
    /// What the service is called, unlike the tenant's others.
    #[field(
        length(1, 30),
        pattern("[a-z][a-z0-9-]*[a-z0-9]|[a-z]", "small letters, digits and dashes, a letter first")
    )]
    name: String,
}

impl Forwarding for TenantService {
    const TOKEN: &'static str = "index:TenantService";
    const DOC: &'static str = "A service of a tenant: a `FargateService` in the tenant's cluster, behind the tenant's \
                               balancer, linked to the tenant's database, cache and secrets.";

    fn fields() -> Vec<&'static Field> {
        let not_said_here = |field: &&Field| !OF_THE_STACK.contains(&field.name);
        let service = of_component(FargateServiceInputs::FIELDS, &NAME_OF_ITS_OWN).filter(not_said_here);
        Called::FIELDS.iter().chain(service).collect()
    }

    fn read(map: &Map, at: &Path, to: &mut Decoding) -> Option<Self> {
        let called = Called::decode_fields(map, at, to);
        let service = FargateServiceInputs::decode_fields(map, at, to);
        called.zip(service).map(|(called, service)| TenantService { name: called.name, service })
    }

    fn properties(&self) -> ArgProperties {
        let called = Called { name: self.name.clone() };
        called.properties().into_iter().chain(self.service.properties()).collect()
    }
}
