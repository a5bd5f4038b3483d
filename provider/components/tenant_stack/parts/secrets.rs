//! The secrets of a tenant.

use framework::{
    component::{ArgProperties, Forwarding, Inputs as _},
    property::{Decoding, Field, Record},
    value::{Map, Path},
};

use super::of_component;
use crate::components::secrets::SecretsInputs;

/// The secrets of a tenant.
#[derive(Clone)]
pub struct TenantSecrets(pub SecretsInputs);

impl Forwarding for TenantSecrets {
    const TOKEN: &'static str = "index:TenantSecrets";
    const DOC: &'static str =
        "The secrets of a tenant: a `Secrets` of its own, which every service of the tenant gets.";

    fn fields() -> Vec<&'static Field> {
        of_component(SecretsInputs::FIELDS, &[]).collect()
    }

    fn read(map: &Map, at: &Path, to: &mut Decoding) -> Option<Self> {
        SecretsInputs::decode_fields(map, at, to).map(TenantSecrets)
    }

    fn properties(&self) -> ArgProperties {
        self.0.properties()
    }
}
