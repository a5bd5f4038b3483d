//! A stack under the real engine.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    time::{Duration, Instant},
};

use tempfile::TempDir;

use crate::{loopback::Loopback, made};

/// A stack in a folder of its own.
pub struct Stack {
    folder: TempDir,
    environment: Vec<(&'static str, String)>,
}

impl Stack {
    /// A stack of a program in YAML, with nothing in it.
    pub fn of(aws: &Loopback, program: &str) -> Self {
        let stack = Stack { environment: aws.environment(), folder: TempDir::new().unwrap() };
        ["state", "home", "program"].iter().for_each(|name| fs::create_dir(stack.path(name)).unwrap());
        stack.write(program);
        stack.run(&["stack", "init", "bench"]);
        stack
    }

    /// Lets the program be another.
    pub fn write(&self, program: &str) {
        fs::write(self.path("program/Pulumi.yaml"), program).unwrap();
    }

    /// The state, as the file backend keeps it.
    pub fn state(&self) -> Vec<u8> {
        fs::read(self.path("state/.pulumi/stacks/bench/bench.json")).unwrap()
    }

    /// How long the CLI takes for that.
    pub fn run(&self, arguments: &[&str]) -> Duration {
        self.run_with(arguments, &[])
    }

    /// The same with more variables in its environment.
    pub fn run_with(&self, arguments: &[&str], environment: &[(&str, String)]) -> Duration {
        let pulumi = made("bin/pulumi", "tools");
        let hosts = pulumi.parent().map(Path::display).unwrap().to_string();
        let began = Instant::now();
        let output = Command::new(&pulumi)
            .args(arguments)
            .args(["--non-interactive", "--color", "never"])
            .current_dir(self.path("program"))
            .env("PATH", format!("{hosts}:{}", std::env::var("PATH").unwrap_or_default()))
            .env("PULUMI_HOME", self.path("home"))
            .env("PULUMI_BACKEND_URL", format!("file://{}", self.path("state").display()))
            .env("PULUMI_CONFIG_PASSPHRASE", "bench")
            .env("PULUMI_SKIP_UPDATE_CHECK", "1")
            .env("PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION", "1")
            .env("AWS_EC2_METADATA_DISABLED", "true")
            .envs(self.environment.iter().map(|(name, value)| (name, value)))
            .envs(environment.iter().map(|(name, value)| (name, value)))
            .output()
            .unwrap();
        let took = began.elapsed();
        let said = [&output.stdout, &output.stderr].map(|stream| String::from_utf8_lossy(stream)).concat();
        assert!(output.status.success(), "$ pulumi {}\n{said}", arguments.join(" "));
        took
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }
}
