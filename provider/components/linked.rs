//! A link as a service has it: what it is called, and what it opens, both as early as they can be known.

use framework::{
    component::Reveal,
    property::{Decode, Decoding},
    schema::{TypeSpec, Types},
    value::{Map, Output, Path, Resolved, Value},
};

use super::{Link, Permission};

/// What the types of components begin with that have links.
pub const OURS: &str = "tenantstack:index:";

/// The components whose links open a way in, and allow nothing.
const BEHIND_A_DOOR: [&str; 3] = ["AuroraPostgres", "Postgres", "Redis"];

/// The component whose links are read by ECS, and open and allow nothing.
const READ_BY_ECS: &str = "Secrets";

/// A link to something that a service uses.
#[derive(Clone)]
pub struct Linked {
    /// What it is called, where the component that makes the service knows; otherwise it is called after what it comes
    /// from.
    pub label: Option<String>,
    /// The link.
    pub link: Output<Link>,
    /// What it opens, where that is known before the link is.
    opens: Option<Opens>,
}

/// What a link opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Opens {
    /// Whether a security group has to let the service in.
    pub door: bool,
    /// Whether the service's role may do something.
    pub permissions: bool,
}

impl Opens {
    /// A way in, and nothing else.
    pub const DOOR: Opens = Opens { door: true, permissions: false };
    /// Nothing: what it brings is read by ECS.
    pub const NOTHING: Opens = Opens { door: false, permissions: false };
}

impl Linked {
    /// A link to a part of the same component, which is called by its role.
    #[must_use]
    pub fn to(role: &str, link: &Output<Link>, opens: Opens) -> Self {
        Linked { label: Some(role.to_owned()), link: link.clone(), opens: Some(opens) }
    }

    /// Whether a security group has to let the service in.
    #[must_use]
    pub fn has_door(&self) -> Output<bool> {
        self.foretold(|opens| Some(opens.door), |link| link.security_group_id.is_some() && link.port.is_some())
    }

    /// What the service's role may do.
    #[must_use]
    pub fn permissions(&self) -> Output<Vec<Permission>> {
        self.foretold(|opens| (!opens.permissions).then(Vec::new), |link| link.permissions.unwrap_or_default())
    }

    /// What the link says, or, while it isn't known, what is known of it all the same.
    fn foretold<T: Clone + Send + Sync + 'static>(
        &self,
        foresee: impl FnOnce(Opens) -> Option<T> + Send + 'static,
        look: impl FnOnce(Link) -> T + Send + 'static,
    ) -> Output<T> {
        let (link, opens) = (self.link.clone(), self.opens);
        Output::later(async move {
            let Resolved { value, secret, dependencies } = link.resolve().await;
            let value = value.map(look).or_else(|| opens.and_then(foresee));
            Resolved { value, secret, dependencies }
        })
    }
}

/// What the value of a link that may be unknown tells of what it opens: an object has its keys before their values are
/// known, and the links of our components all open the same.
fn foreseen(value: &Value) -> Option<Opens> {
    match value {
        Value::Secret(inner) => foreseen(inner),
        Value::Map(link) => Some(Opens {
            door: has(link, "securityGroupId") && has(link, "port"),
            permissions: has(link, "permissions"),
        }),
        Value::Output(output) => match &output.value {
            Some(inner) => foreseen(inner),
            None => output.dependencies.iter().find_map(|urn| of_component(urn.kind().strip_prefix(OURS)?)),
        },
        _ => None,
    }
}

fn has(link: &Map, key: &str) -> bool {
    link.get(key).is_some_and(|value| !value.is_null())
}

fn of_component(kind: &str) -> Option<Opens> {
    if kind == READ_BY_ECS {
        return Some(Opens::NOTHING);
    }
    BEHIND_A_DOOR.contains(&kind).then_some(Opens::DOOR)
}

impl Decode for Linked {
    fn spec(types: &mut Types) -> TypeSpec {
        Output::<Link>::spec(types)
    }

    fn from_known(value: &Value, at: &Path, to: &mut Decoding) -> Option<Self> {
        Self::decode(value, at, to)
    }

    fn decode(value: &Value, at: &Path, to: &mut Decoding) -> Option<Self> {
        let opens = foreseen(value);
        Output::decode(value, at, to).map(|link| Linked { label: None, link, opens })
    }
}

impl Reveal for Linked {
    fn reveal(&self) -> Option<Output<Value>> {
        self.link.reveal()
    }
}
