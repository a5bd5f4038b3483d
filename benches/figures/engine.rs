//! The real engine with a program of 300 resources of ours, beside one with none.

use std::{
    fmt::Write as _,
    fs,
    path::Path,
    process::Command,
    time::{Duration, Instant},
};

use tempfile::TempDir;

use crate::{line, loopback::Loopback, made, plugin, seconds};

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

/// A stack in a folder of its own.
struct Stack {
    folder: TempDir,
    environment: Vec<(&'static str, String)>,
}

impl Stack {
    fn of(aws: &Loopback, program: &str) -> Self {
        let folder = TempDir::new().unwrap();
        let path = |name: &str| folder.path().join(name);
        ["state", "home", "program"].iter().for_each(|name| fs::create_dir(path(name)).unwrap());
        fs::write(path("program/Pulumi.yaml"), program).unwrap();
        let stack = Stack { environment: aws.environment(), folder };
        stack.run(&["stack", "init", "bench"]);
        stack
    }

    /// How long the CLI takes for that.
    fn run(&self, arguments: &[&str]) -> Duration {
        let pulumi = made("bin/pulumi", "tools");
        let path = |name: &str| self.folder.path().join(name);
        let hosts = pulumi.parent().map(Path::display).unwrap().to_string();
        let began = Instant::now();
        let output = Command::new(&pulumi)
            .args(arguments)
            .args(["--non-interactive", "--color", "never"])
            .current_dir(path("program"))
            .env("PATH", format!("{hosts}:{}", std::env::var("PATH").unwrap_or_default()))
            .env("PULUMI_HOME", path("home"))
            .env("PULUMI_BACKEND_URL", format!("file://{}", path("state").display()))
            .env("PULUMI_CONFIG_PASSPHRASE", "bench")
            .env("PULUMI_SKIP_UPDATE_CHECK", "1")
            .env("PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION", "1")
            .env("AWS_EC2_METADATA_DISABLED", "true")
            .envs(self.environment.iter().map(|(name, value)| (name, value)))
            .output()
            .unwrap();
        let took = began.elapsed();
        let said = [&output.stdout, &output.stderr].map(|stream| String::from_utf8_lossy(stream)).concat();
        assert!(output.status.success(), "$ pulumi {}\n{said}", arguments.join(" "));
        took
    }
}
