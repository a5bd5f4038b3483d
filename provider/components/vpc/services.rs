//! The AWS services that the network has a way to of its own.

use framework::{problem::Problems, value::Path};

/// Services with gateway endpoints, which are free: "Gateway endpoints", AWS PrivateLink Guide.
const GATEWAYS: [&str; 2] = ["s3", "dynamodb"];

/// What people call services whose endpoints are called otherwise: "AWS services that integrate with AWS
/// PrivateLink", AWS PrivateLink Guide.
const CALLED_OTHERWISE: [(&str, &str); 9] = [
    ("cloudwatch", "logs, monitoring or events"),
    ("cloudwatch-logs", "logs"),
    ("ecr", "ecr.api and ecr.dkr"),
    ("elb", "elasticloadbalancing"),
    ("eventbridge", "events"),
    ("kinesis", "kinesis-streams"),
    ("secrets-manager", "secretsmanager"),
    ("ses", "email-smtp"),
    ("stepfunctions", "states"),
];

/// The services of a network that doesn't say which it wants.
#[must_use]
pub fn usual() -> Vec<String> {
    GATEWAYS.map(str::to_owned).into()
}

/// A service with an endpoint in the network.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Service(String);

impl Service {
    /// The services, unless one can't be told; then the reasons are noted.
    pub fn all(names: &[String], problems: &mut Problems) -> Option<Vec<Self>> {
        let at = Path::of("endpoints");
        let mut services: Vec<Service> = Vec::new();
        for (index, name) in names.iter().enumerate() {
            match Service::read(name).and_then(|service| service.fits(&services)) {
                Ok(service) => services.push(service),
                Err(reason) => problems.add(at.index(index), reason),
            }
        }
        (services.len() == names.len()).then_some(services)
    }

    fn read(name: &str) -> Result<Self, String> {
        if let Some((_, right)) = CALLED_OTHERWISE.iter().find(|(wrong, _)| *wrong == name) {
            return Err(format!("AWS has no endpoint that is called {name:?}; say {right}"));
        }
        if is_short_name(name) {
            return Ok(Service(name.to_owned()));
        }
        Err(format!(
            "must be the short name of a service, such as ecr.api for com.amazonaws.eu-west-1.ecr.api, not {name:?}"
        ))
    }

    fn fits(self, others: &[Service]) -> Result<Self, String> {
        if others.contains(&self) {
            return Err(format!("{} is in the list already", self.0));
        }
        Ok(self)
    }

    /// Whether its endpoint is an entry in route tables; others are network interfaces.
    #[must_use]
    pub fn is_gateway(&self) -> bool {
        GATEWAYS.contains(&self.0.as_str())
    }

    /// Its short name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.0
    }

    /// Its endpoint's full name in a region.
    #[must_use]
    pub fn full_name(&self, region: &str) -> String {
        format!("com.amazonaws.{region}.{}", self.0)
    }
}

/// Small letters, digits and dashes between dots; no full name.
fn is_short_name(name: &str) -> bool {
    let is_word = |word: &str| {
        let known = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        word.bytes().all(known) && word.starts_with(|first: char| first.is_ascii_alphanumeric()) && !word.ends_with('-')
    };
    let is_full = name.starts_with("com.") || name.starts_with("cn.com.") || name.starts_with("aws.");
    !is_full && name.split('.').all(is_word)
}
