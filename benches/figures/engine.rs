//! The real engine with a program of 300 resources of ours, beside one with none.

use std::fmt::Write as _;

use crate::{line, loopback::Loopback, plugin, seconds, stack::Stack};

/// How many of each kind, but for the one VPC: as many as EC2 makes without a pause, and a few.
const EACH: usize = 60;

/// The kinds, each with the properties of a YAML program.
const KINDS: [(&str, &str); 5] = [
    ("ec2:RouteTable", "{ vpcId: '${vpc.id}' }"),
    ("ec2:InternetGateway", "{}"),
    ("ec2:SecurityGroup", "{ vpcId: '${vpc.id}', groupDescription: bench }"),
    (
        "iam:Role",
        "{ assumeRolePolicyDocument: '{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"ec2.amazonaws.com\"},\"Action\":\"sts:AssumeRole\"}]}' }",
    ),
    ("logs:LogGroup", "{}"),
];

pub fn print() {
    let aws = Loopback::start();
    let (ours, none) = (Stack::of(&aws, &program(EACH)), Stack::of(&aws, &program(0)));
    let count = EACH * KINDS.len() + 1;
    println!("\n{:<58}{:>12}{:>12}", "engine, YAML", format!("{count} ours"), "none");
    for (what, arguments) in [
        ("preview", &["preview"][..]),
        ("up", &["up", "--yes", "--skip-preview"]),
        ("preview, nothing to do", &["preview", "--expect-no-changes"]),
        ("up, nothing to do", &["up", "--yes", "--skip-preview", "--expect-no-changes"]),
        ("destroy", &["destroy", "--yes", "--skip-preview"]),
    ] {
        println!("{what:<58}{:>12}{:>12}", seconds(ours.run(arguments)), seconds(none.run(arguments)));
    }
    line("CreateSecurityGroup calls", aws.count("CreateSecurityGroup"));
}

fn program(each: usize) -> String {
    let folder = plugin::binary().parent().unwrap().display();
    let mut text =
        format!("name: bench\nruntime: yaml\nplugins:\n  providers:\n    - name: tenantstack\n      path: {folder}\n");
    if each > 0 {
        text.push_str(
            "resources:\n  vpc:\n    type: tenantstack:ec2:Vpc\n    properties: { cidrBlock: 10.0.0.0/16 }\n",
        );
    }
    for (kind, properties) in KINDS {
        for number in 0..each {
            let name = format!("{}{number}", kind.split(':').next_back().unwrap().to_lowercase());
            let _ = write!(text, "  {name}:\n    type: tenantstack:{kind}\n    properties: {properties}\n");
        }
    }
    text
}
