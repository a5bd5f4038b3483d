//! A link: what a service needs to use something else.

use std::collections::BTreeMap;

use framework::Object;

/// What a service needs to use something else, such as a database: every data component has one as its output
/// `link`. It can be written by hand for things that aren't ours.
#[derive(Object, Clone, Debug, Default, PartialEq, Eq)]
#[object(token = "index:Link")]
pub struct Link {
    /// Environment variables that the service is given.
    pub environment: Option<BTreeMap<String, String>>,
    /// Environment variables whose values are secrets, each with the ARN that ECS reads it from: of a Secrets
    /// Manager secret, with `:key::` behind it for one key of a JSON secret, or of a Systems Manager parameter.
    pub secrets: Option<BTreeMap<String, String>>,
    /// The security group that must let the service in.
    pub security_group_id: Option<String>,
    /// The port on which it must.
    #[field(range(1, 65535))]
    pub port: Option<i32>,
    /// What the service's own role may do.
    pub permissions: Option<Vec<Permission>>,
}

/// Something that a role may do.
#[derive(Object, Clone, Debug, PartialEq, Eq)]
#[object(token = "index:Permission")]
pub struct Permission {
    /// The actions, such as `s3:GetObject`.
    #[field(items(1, 100))]
    pub actions: Vec<String>,
    /// The ARNs of what they may be done to.
    #[field(items(1, 100))]
    pub resources: Vec<String>,
}
