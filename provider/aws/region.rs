//! Where resources are: which region, in which partition of AWS.

use aws_config::profile::ProfileFileRegionProvider;
use framework::{
    error::{Error, Kind},
    property::{Field, Role, Rule, accepts, canonical},
    value::{Map, Value},
};

use super::config::Config;

/// The property that says where a resource is.
pub const REGION: &str = "region";

/// A partition of AWS: its name, how its regions begin, where its roles are assumed by those who name no region.
struct Partition {
    name: &'static str,
    regions: &'static str,
    home: &'static str,
}

/// Source: "Amazon Resource Names (ARNs)", IAM User Guide, and botocore's partitions.json. The last row is for all others.
const PARTITIONS: &[Partition] = &[
    Partition { name: "aws-cn", regions: "cn-", home: "cn-north-1" },
    Partition { name: "aws-us-gov", regions: "us-gov-", home: "us-gov-west-1" },
    Partition { name: "aws-iso", regions: "us-iso-", home: "us-iso-east-1" },
    Partition { name: "aws-iso-b", regions: "us-isob-", home: "us-isob-east-1" },
    Partition { name: "aws-iso-e", regions: "eu-isoe-", home: "eu-isoe-west-1" },
    Partition { name: "aws-iso-f", regions: "us-isof-", home: "us-isof-south-1" },
    Partition { name: "aws-eusc", regions: "eusc-", home: "eusc-de-east-1" },
    Partition { name: "aws", regions: "", home: "us-east-1" },
];

/// A region of AWS.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Region(String);

impl Region {
    /// The region of that name.
    #[must_use]
    pub fn named(name: &str) -> Self {
        Region(name.to_owned())
    }

    /// Its name: `eu-west-1`.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.0
    }

    /// Its partition: `aws`.
    #[must_use]
    pub fn partition(&self) -> &'static str {
        PARTITIONS.iter().find(|row| self.0.starts_with(row.regions)).map_or("aws", |row| row.name)
    }

    /// The region from which a role of a partition is assumed by somebody who names none.
    #[must_use]
    pub fn home_of(partition: Option<&str>) -> Self {
        let row = PARTITIONS.iter().find(|row| Some(row.name) == partition);
        Region::named(row.map_or("us-east-1", |row| row.home))
    }

    /// The provider's region: configured, of the environment, or of the profile. Looks at files, calls nobody.
    pub async fn of(config: &Config) -> Option<Self> {
        let set = |name: &&str| std::env::var(name).ok().filter(|region| !region.is_empty());
        let environment = || ["AWS_REGION", "AWS_DEFAULT_REGION"].iter().find_map(set);
        match config.region.clone().or_else(environment) {
            Some(name) => Some(Region(name)),
            None => of_profile(config).await,
        }
    }

    /// The region that a resource's inputs or outputs name.
    #[must_use]
    pub fn said_by(properties: &Map) -> Option<Self> {
        match properties.get(REGION).map(Value::plain) {
            Some(Value::String(name)) => Some(Region(name)),
            _ => None,
        }
    }
}

async fn of_profile(config: &Config) -> Option<Region> {
    use aws_config::meta::region::ProvideRegion;
    let mut profile = ProfileFileRegionProvider::builder();
    if let Some(name) = &config.profile {
        profile = profile.profile_name(name);
    }
    profile.build().region().await.map(|region| Region(region.to_string()))
}

/// That nothing says where a resource is.
#[must_use]
pub fn unknown() -> Error {
    Error::new(Kind::Invalid, "no AWS region is set").with_advice(
        "Run `pulumi config set tenantstack:region <region>`, set AWS_REGION, give the profile a region, or give the resource the property `region`",
    )
}

/// The input that every resource has.
pub const FIELD: Field = Field {
    name: REGION,
    doc: "The AWS region that the resource is in, such as `eu-west-1`; the provider's when absent.",
    role: Role::Input,
    required: false,
    always: true,
    default: None,
    secret: false,
    replaces: true,
    computed: true,
    write_only: false,
    stable: true,
    follows: &[],
    derived: false,
    set: false,
    named: None,
    rules: &[Rule::Pattern("[a-z]{2,4}(-[a-z]+)+-[0-9]+", "an AWS region such as eu-west-1")],
    spec: <Option<String> as framework::property::Decode>::spec,
    accepts: accepts::<Option<String>>,
    canonical: canonical::<Option<String>>,
    hide: <Option<String> as framework::property::Decode>::hide,
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regions_know_their_partition() {
        assert_eq!(Region::named("eu-west-1").partition(), "aws");
        assert_eq!(Region::named("cn-north-1").partition(), "aws-cn");
        assert_eq!(Region::named("us-gov-east-1").partition(), "aws-us-gov");
        assert_eq!(Region::home_of(Some("aws-cn")).name(), "cn-north-1");
        assert_eq!(Region::home_of(None).name(), "us-east-1");
    }

    #[test]
    fn an_unknown_region_is_nobodys() {
        assert_eq!(Region::said_by(&Map::from([(REGION.to_owned(), Value::Unknown)])), None);
    }
}
