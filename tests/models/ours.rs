//! Our word: what the registry says of a type, what `Check` and `Diff` make of inputs.

use std::sync::OnceLock;

use framework::{
    cloud::Identity,
    problem::Problems,
    property::Field,
    provider::{CheckRequest, DiffRequest, Provider},
    resource::Difference,
    schema::Member,
    value::{Map, Urn, Value},
};
use serde_json::Value as Json;
use tenantstack::aws::Aws;

use crate::model::Model;

/// A type of resource.
pub struct Type {
    /// The token without the package.
    pub token: &'static str,
    /// AWS's name of it; empty for a type of our own.
    pub model: &'static str,
    /// The inputs, as the registry has them.
    pub inputs: Vec<&'static Field>,
    /// The outputs, as the registry has them.
    pub outputs: Vec<&'static Field>,
    /// What the schema says of it.
    pub schema: &'static Json,
}

impl From<Member> for Type {
    fn from(member: Member) -> Self {
        let Member { token, model, inputs, outputs, .. } = member;
        Type { token, model, inputs, outputs, schema: &schema()["resources"][format!("tenantstack:{token}")] }
    }
}

/// Every type of resource.
pub fn types() -> Vec<Type> {
    provider().registry().resources().map(|(_, resource)| Type::from(resource.member())).collect()
}

/// Every type of resource that AWS has a word on, as far as we have that word.
pub fn modelled() -> Vec<(Type, Model)> {
    let with_facts = |of: Type| match Model::of(of.model) {
        Some(model) => Some((of, model)),
        None => {
            println!("{} is left out here: see every_type_has_its_facts", of.token);
            None
        }
    };
    types().into_iter().filter(|of| !of.model.is_empty()).filter_map(with_facts).collect()
}

/// Every type of resource that AWS has a word on, and we haven't.
pub fn without_facts() -> Vec<Type> {
    types().into_iter().filter(|of| !of.model.is_empty() && Model::of(of.model).is_none()).collect()
}

#[test]
fn every_type_has_its_facts() {
    let missing: Vec<_> = without_facts().iter().map(|of| of.model).collect();
    assert!(
        missing.is_empty(),
        "tests/models/cfn-facts.json lacks {}, which the other tests leave out until then. Add it \
         (tests/models/extract.py says how to get target/cfn-lint):\n\n    \
         target/cfn-lint/bin/python tests/models/extract.py {}\n",
        missing.join(", "),
        missing.join(" ")
    );
}

/// The provider, configured. Nothing here makes it call AWS.
pub fn provider() -> &'static Provider<Aws> {
    static PROVIDER: OnceLock<Provider<Aws>> = OnceLock::new();
    PROVIDER.get_or_init(|| {
        let provider = tenantstack::provider();
        let config = [("region", "eu-west-1"), ("accessKey", "AKIAIOSFODNN7EXAMPLE"), ("secretKey", "none")];
        let config = config.map(|(name, value)| (name.to_owned(), Value::from(value)));
        let identity = Identity { id: Some("6f1c2a52-0000-4000-8000-000000000001".to_owned()), ..Identity::default() };
        let runtime = tokio::runtime::Runtime::new().unwrap();
        runtime.block_on(provider.configure(Map::from(config), identity)).expect("the configuration is right");
        provider
    })
}

/// The schema, as a document.
pub fn schema() -> &'static Json {
    static SCHEMA: OnceLock<Json> = OnceLock::new();
    SCHEMA.get_or_init(|| serde_json::from_str(&tenantstack::provider().schema()).unwrap())
}

impl Type {
    /// The input of that name.
    pub fn input(&self, name: &str) -> Option<&'static Field> {
        self.inputs.iter().find(|field| field.name == name).copied()
    }

    /// The named type that a part of the schema refers to, or the part itself.
    pub fn resolve(&self, node: &Json) -> Json {
        let named = node["$ref"].as_str().and_then(|reference| reference.strip_prefix("#/types/"));
        named.map_or_else(|| node.clone(), |name| schema()["types"][name].clone())
    }

    fn urn(&self) -> Urn {
        self.called("sample")
    }

    fn called(&self, name: &str) -> Urn {
        Urn::new(format!("urn:pulumi:stack::project::tenantstack:{}::{name}", self.token))
    }

    /// Checks new inputs, after those that the last run settled on.
    pub fn check_after(&self, olds: &Map, news: &Map) -> (Map, Problems) {
        let request =
            CheckRequest { urn: self.urn(), olds: olds.clone(), news: news.clone(), ..CheckRequest::default() };
        provider().check(request).expect("the type is known")
    }

    /// Checks the inputs of a new resource.
    pub fn check(&self, news: &Map) -> (Map, Problems) {
        self.check_after(&Map::new(), news)
    }

    /// What is wrong with the inputs of a new resource that a program calls so.
    pub fn problems_called(&self, name: &str, news: &Map) -> Problems {
        let request = CheckRequest { urn: self.called(name), news: news.clone(), ..CheckRequest::default() };
        provider().check(request).expect("the type is known").1
    }

    /// Whether the inputs are right.
    pub fn accepts(&self, news: &Map) -> bool {
        self.check(news).1.is_empty()
    }

    /// What differs between inputs; data may be lost.
    pub fn diff(&self, old: &Map, new: &Map) -> Difference {
        self.tried(old, new).expect("data may be lost")
    }

    /// What differs between inputs, or nothing where the change can't be made at all; data may be lost.
    pub fn tried(&self, old: &Map, new: &Map) -> Option<Difference> {
        // Unless the change is one of that very input.
        let is_tried = old.get("allowReplace") != new.get("allowReplace");
        let allowed = |map: &Map| match self.input("allowReplace") {
            Some(_) if !is_tried => {
                map.clone().into_iter().chain([("allowReplace".to_owned(), Value::Bool(true))]).collect()
            }
            _ => map.clone(),
        };
        let request = DiffRequest {
            urn: self.urn(),
            id: "id".to_owned(),
            old_inputs: allowed(old),
            news: allowed(new),
            ..DiffRequest::default()
        };
        provider().diff(&request).ok()
    }
}
