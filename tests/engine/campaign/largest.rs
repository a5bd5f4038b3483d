//! The `Vpc` with everything that it can have: what is interrupted.

use std::{collections::BTreeMap, sync::OnceLock};

use serde_json::json;

use crate::{loopback::Account, stack::Stack};

/// The engine's arguments for a deployment, and for its end.
pub const UP: [&str; 3] = ["up", "--yes", "--skip-preview"];
pub const DESTROY: [&str; 3] = ["destroy", "--yes", "--skip-preview"];

/// What stays in a program when networks come and go, so that the stack and its provider live on.
pub const ALONE: &str = "name: largest\nruntime: yaml\nresources:\n  other:\n    type: tenantstack:ec2:Eip\n";

/// A network of three zones, with NAT in each, endpoints of both kinds, and flow logs.
pub fn network(name: &str, options: &str) -> String {
    format!(
        r#"  {name}:
    type: tenantstack:Vpc
    properties:
      cidrBlock: 10.0.0.0/16
      availabilityZoneCount: 3
      mode: production
      nat: perZone
      endpoints: [s3, dynamodb, ecr.api, ecr.dkr, logs, secretsmanager]
      flowLogs: {{ retentionInDays: 365 }}
      tags: {{ team: platform }}
    options: {{ {options} }}
"#
    )
}

/// A program with these networks.
pub fn program(networks: &[String]) -> String {
    format!("{ALONE}{}", networks.concat())
}

/// The program that is interrupted.
pub fn largest() -> String {
    program(&[network("net", "")])
}

/// How many there are of each kind.
pub type Counts = BTreeMap<String, usize>;

/// How it goes when nothing interrupts it.
#[derive(Clone, Debug)]
pub struct Course {
    /// The calls of the deployment.
    pub up: Calls,
    /// The calls of its end.
    pub destroy: Calls,
    /// What it makes.
    pub whole: Counts,
}

/// How many calls a run makes.
#[derive(Clone, Copy, Debug)]
pub struct Calls {
    pub all: usize,
    /// Those that don't only look.
    pub changing: usize,
}

impl Course {
    /// The course of the largest network, measured once.
    pub fn undisturbed() -> &'static Course {
        static COURSE: OnceLock<Course> = OnceLock::new();
        COURSE.get_or_init(|| {
            let stack = Stack::of_yaml(&largest());
            stack.pulumi(&UP).well();
            let (up, whole) = (Calls::until_now(&stack.account), counts(&stack.account));
            stack.pulumi(&DESTROY).well();
            let both = Calls::until_now(&stack.account);
            stack.account.assert_empty();
            let destroy = Calls { all: both.all - up.all, changing: both.changing - up.changing };
            Course { up, destroy, whole }
        })
    }
}

impl Calls {
    fn until_now(account: &Account) -> Self {
        Calls { all: account.get("requests").as_array().unwrap().len(), changing: account.changes().len() }
    }
}

fn counts(account: &Account) -> Counts {
    let inventory = account.inventory();
    let kinds = inventory.as_object().unwrap().iter();
    let counts: Counts = kinds.map(|(kind, things)| (kind.clone(), things.as_array().unwrap().len())).collect();
    assert_ne!(json!(counts), json!({}), "nothing was deployed");
    counts
}
