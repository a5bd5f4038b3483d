//! An engine for tests of components: it makes whatever it is asked for, and remembers it.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, Mutex},
};

use framework::{
    cloud::{Cloud, Identity},
    component::{Component, construct},
    engine::{Monitor, Refused, Registered, Registration},
    property::{Decoding, Record},
    provider::{ConstructFailure, ConstructRequest},
    value::{Map, Path, Urn, Value},
};
use futures::{FutureExt, future::BoxFuture};

use crate::aws::{Aws, Config};

/// The outputs that children use of each other.
const OUTPUTS: [&str; 30] = [
    "allocationId",
    "cacheParameterGroupName",
    "cacheSubnetGroupName",
    "clusterName",
    "dbClusterIdentifier",
    "dbClusterParameterGroupName",
    "dbInstanceIdentifier",
    "dbParameterGroupName",
    "dbSubnetGroupName",
    "dnsName",
    "groupId",
    "internetGatewayId",
    "listenerArn",
    "listenerCertificateId",
    "loadBalancerName",
    "logGroupName",
    "name",
    "natGatewayId",
    "publicIp",
    "replicationGroupId",
    "roleName",
    "routeTableId",
    "ruleArn",
    "scalableTargetId",
    "securityGroupRuleId",
    "subnetId",
    "targetGroupArn",
    "targetGroupFullName",
    "vpcEndpointId",
    "vpcId",
];

/// The service that AWS writes into a resource's ARN, by what the output is called.
const ARNS: [(&str, &str); 6] = [
    ("arn", "logs"),
    ("dbClusterArn", "rds"),
    ("dbInstanceArn", "rds"),
    ("loadBalancerArn", "elasticloadbalancing"),
    ("serviceArn", "ecs"),
    ("taskDefinitionArn", "ecs"),
];

/// The engine.
struct Engine {
    registered: Mutex<BTreeMap<String, Registration>>,
    told: Map,
    preview: bool,
}

impl Engine {
    fn outputs(&self, wanted: &Registration) -> Map {
        let mut outputs: Map = wanted.inputs.iter().map(|(name, value)| (name.clone(), value.plain())).collect();
        for name in OUTPUTS {
            let value = Value::String(format!("{}.{name}", wanted.name));
            outputs.entry(name.to_owned()).or_insert(if self.preview { Value::Unknown } else { value });
        }
        for (name, service) in ARNS {
            let arn = format!("arn:aws:{service}:eu-west-1:123456789012:{}", wanted.name);
            outputs.insert(name.to_owned(), arn.into());
        }
        outputs.extend(self.told.clone());
        outputs
    }
}

impl Monitor for Engine {
    fn register(&self, wanted: Registration) -> BoxFuture<'_, Result<Registered, Refused>> {
        let registered = Registered {
            urn: urn(&wanted.name),
            id: if self.preview { String::new() } else { wanted.name.clone() },
            outputs: self.outputs(&wanted),
            skipped: false,
        };
        self.registered.lock().unwrap().insert(wanted.name.clone(), wanted);
        std::future::ready(Ok(registered)).boxed()
    }

    fn register_outputs(&self, _: Urn, _: Map) -> BoxFuture<'_, Result<(), Refused>> {
        std::future::ready(Ok(())).boxed()
    }

    fn outputs_of(&self, _: Urn) -> BoxFuture<'_, Result<Map, Refused>> {
        std::future::ready(Ok(Map::new())).boxed()
    }
}

fn urn(name: &str) -> Urn {
    Urn::new(format!("urn:pulumi:test::test::tenantstack:any::{name}"))
}

/// A component that was asked for.
pub struct Made {
    registered: BTreeMap<String, Registration>,
    outputs: Map,
}

/// A component of that name, in an engine that tells these outputs of everything.
pub async fn made<K: Component<Cloud = Aws>>(name: &str, inputs: Map, told: Map) -> Made {
    constructed::<K>(name, inputs, told, false).await
}

/// The same in a preview.
pub async fn previewed<K: Component<Cloud = Aws>>(name: &str, inputs: Map, told: Map) -> Made {
    constructed::<K>(name, inputs, told, true).await
}

/// AWS, as one run of the provider has it.
pub async fn aws() -> Arc<Aws> {
    let region = Map::from([("region".to_owned(), "eu-west-1".into())]);
    let config = Config::decode_fields(&region, &Path::root(), &mut Decoding::new());
    Arc::new(Aws::configure(config.unwrap()).await.unwrap())
}

async fn constructed<K: Component<Cloud = Aws>>(name: &str, inputs: Map, told: Map, preview: bool) -> Made {
    tried::<K>(aws().await, name, inputs, told, preview).await.unwrap()
}

/// A component, or why there is none.
pub async fn tried<K: Component<Cloud = Aws>>(
    aws: Arc<Aws>,
    name: &str,
    inputs: Map,
    told: Map,
    preview: bool,
) -> Result<Made, ConstructFailure> {
    let engine = Arc::new(Engine { registered: Mutex::default(), told, preview });
    let kind = format!("tenantstack:{}", K::TOKEN);
    let request = ConstructRequest { kind, name: name.to_owned(), inputs, preview, ..ConstructRequest::default() };
    let made = construct::<K>(request, aws, &Identity::default(), "tenantstack", engine.clone()).await?;
    let registered = std::mem::take(&mut *engine.registered.lock().unwrap());
    Ok(Made { registered, outputs: made.outputs })
}

impl Made {
    /// Every child by type and name, in alphabetical order.
    pub fn children(&self) -> Vec<String> {
        let custom = self.registered.values().filter(|registered| registered.custom);
        let mut children: Vec<_> =
            custom.map(|child| format!("{} {}", child.kind.trim_start_matches("tenantstack:"), child.name)).collect();
        children.sort();
        children
    }

    /// What was asked for under a name.
    pub fn asked(&self, name: &str) -> &Registration {
        self.registered.get(name).unwrap_or_else(|| panic!("{name} was not asked for"))
    }

    /// An input of a child.
    pub fn input(&self, child: &str, property: &str) -> Value {
        self.asked(child).inputs.get(property).map(Value::plain).unwrap_or_default()
    }

    /// An output of the component.
    pub fn output(&self, property: &str) -> Value {
        self.outputs.get(property).map(Value::plain).unwrap_or_default()
    }

    /// Whether an output is a secret.
    pub fn is_secret(&self, property: &str) -> bool {
        self.outputs[property].has_secret()
    }

    /// Everything that was asked for, by name.
    pub fn all(&self) -> impl Iterator<Item = (&String, &Registration)> {
        self.registered.iter()
    }

    /// The names of everything that an output comes from.
    pub fn sources(&self, property: &str) -> BTreeSet<String> {
        let urns = self.outputs.get(property).map(Value::dependencies).unwrap_or_default();
        urns.iter().map(|urn| urn.name().to_owned()).collect()
    }

    /// The names of everything that a child comes after, and is gone before, however far.
    pub fn before(&self, child: &str) -> BTreeSet<String> {
        let mut all = BTreeSet::new();
        let mut next = vec![child.to_owned()];
        while let Some(name) = next.pop() {
            let direct = self.asked(&name).dependencies.iter().map(|urn| urn.name().to_owned());
            next.extend(direct.filter(|name| all.insert(name.clone())));
        }
        all
    }
}
