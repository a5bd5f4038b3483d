//! A stack of an example, driven as a user would.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
    sync::OnceLock,
};

use serde_json::Value;
use tempfile::TempDir;

use crate::{loopback::Account, tools};

/// `PULUMI_HOME` with the plugin installed as a user installs it.
fn home() -> &'static Path {
    static HOME: OnceLock<TempDir> = OnceLock::new();
    HOME.get_or_init(|| {
        let home = TempDir::new().unwrap();
        let plugin = tools::plugin();
        let installed = Command::new(tools::made("bin/pulumi", "tools"))
            .args(["plugin", "install", "resource", "tenantstack", env!("CARGO_PKG_VERSION"), "--file"])
            .arg(plugin)
            .env("PULUMI_HOME", home.path())
            .env("PULUMI_SKIP_UPDATE_CHECK", "1")
            .output()
            .unwrap();
        assert!(installed.status.success(), "{}", told(&installed));
        home
    })
    .path()
}

fn told(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// What a run of the CLI said.
pub struct Said {
    pub success: bool,
    pub text: String,
    pub stdout: String,
}

impl Said {
    #[track_caller]
    pub fn well(self) -> Self {
        assert!(self.success, "{}", self.text);
        self
    }

    #[track_caller]
    pub fn badly(self) -> Self {
        assert!(!self.success, "should have failed:\n{}", self.text);
        self
    }

    /// The lines that say what failed.
    pub fn errors(&self) -> String {
        let lines: Vec<_> = self.text.lines().map(str::trim).filter(|line| line.starts_with("error:")).collect();
        lines.join("; ")
    }

    #[track_caller]
    pub fn saying(self, words: &str) -> Self {
        assert!(self.text.contains(words), "{words:?} is not in:\n{}", self.text);
        self
    }
}

/// What a stack is called, unless it has company.
const USUAL_NAME: &str = "test";

/// A stack in a folder of its own.
pub struct Stack {
    folder: TempDir,
    backend: PathBuf,
    pub account: Account,
    extra: Vec<(String, String)>,
}

impl Stack {
    /// Of the example of that name, with an account of its own.
    pub fn of_example(name: &str) -> Self {
        Stack::empty().with_example(name, USUAL_NAME)
    }

    /// A stack of that name of an example, in the account and the backend of another stack, whose outputs it can read.
    pub fn of_example_near(other: &Stack, example: &str, name: &str) -> Self {
        let mut stack = Stack::within(other.account.clone());
        stack.backend.clone_from(&other.backend);
        stack.with_example(example, name)
    }

    /// Of a program of `tests/engine/programs`, which shows what no example needs.
    pub fn of_program(folder: &str) -> Self {
        Stack::empty().with_folder(&tools::root().join("tests/engine/programs").join(folder), USUAL_NAME)
    }

    fn with_example(self, example: &str, name: &str) -> Self {
        self.with_folder(&tools::root().join("examples").join(example), name)
    }

    fn with_folder(self, folder: &Path, name: &str) -> Self {
        copy(folder, &self.program());
        self.prepare_as(name);
        self
    }

    /// Puts another folder of the examples beside the program, as it stands there.
    pub fn beside_it(&self, folder: &str) {
        let to = self.folder.path().join(folder);
        fs::create_dir(&to).unwrap();
        copy(&tools::root().join("examples").join(folder), &to);
    }

    /// Of a YAML program.
    pub fn of_yaml(program: &str) -> Self {
        Stack::beside(&Account::fresh(), program)
    }

    /// Of a YAML program, in an account that others use as well. It has the name of every other stack, and a state
    /// of its own: somebody else's.
    pub fn beside(account: &Account, program: &str) -> Self {
        let stack = Stack::within(account.clone());
        fs::write(stack.program().join("Pulumi.yaml"), program).unwrap();
        stack.prepare();
        stack
    }

    fn empty() -> Self {
        Stack::within(Account::fresh())
    }

    fn within(account: Account) -> Self {
        let folder = TempDir::new().unwrap();
        let backend = folder.path().join("state");
        fs::create_dir(&backend).unwrap();
        fs::create_dir(folder.path().join("program")).unwrap();
        Stack { folder, backend, account, extra: Vec::new() }
    }

    fn prepare(&self) {
        self.prepare_as(USUAL_NAME);
    }

    fn prepare_as(&self, name: &str) {
        self.link_packages();
        self.pulumi(&["stack", "init", name]).well();
    }

    /// Lets the program find the SDK, as an install from a registry would.
    fn link_packages(&self) {
        let program = self.program();
        if program.join("package.json").exists() {
            std::os::unix::fs::symlink(tools::made("node/node_modules", "sdk-build"), program.join("node_modules"))
                .unwrap();
        }
        if program.join("go.mod").exists() {
            self.go_replace();
        }
    }

    fn go_replace(&self) {
        let sdk = tools::root().join("sdk/go");
        let replace = format!("-replace=github.com/tenantstack/pulumi-tenantstack/sdk/go={}", sdk.display());
        for arguments in [vec!["mod", "edit", &replace], vec!["mod", "tidy"]] {
            let done = Command::new("go").args(arguments).current_dir(self.program()).output().unwrap();
            assert!(done.status.success(), "{}", told(&done));
        }
    }

    pub fn program(&self) -> PathBuf {
        self.folder.path().join("program")
    }

    /// Deletes what an engine that was killed had not yet written of its state: files beside it, which nobody needs.
    pub fn delete_empty_attributes(&self) {
        let state = self.backend.join(".pulumi");
        let done = Command::new("find").arg(state).args(["-name", "*.attrs", "-empty", "-delete"]).status().unwrap();
        assert!(done.success());
    }

    /// Writes another program into the folder.
    pub fn rewrite(&self, program: &str) {
        fs::write(self.program().join("Pulumi.yaml"), program).unwrap();
    }

    /// Sets a variable of the environment for all further runs; an empty value removes it.
    pub fn set(&mut self, name: &str, value: &str) {
        self.extra.push((name.to_owned(), value.to_owned()));
    }

    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(tools::made("bin/pulumi", "tools"));
        command
            .args(arguments)
            .args(["--non-interactive", "--color", "never"])
            .current_dir(self.program())
            .env("PATH", tools::search_path())
            .env("PULUMI_HOME", home())
            .env("PULUMI_BACKEND_URL", format!("file://{}", self.backend.display()))
            .env("PULUMI_CONFIG_PASSPHRASE", "test")
            .env("PULUMI_SKIP_UPDATE_CHECK", "1")
            .env("PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION", "1")
            .env("AWS_EC2_METADATA_DISABLED", "true")
            .envs(self.account.environment());
        for (name, value) in &self.extra {
            match value.is_empty() {
                true => command.env_remove(name),
                false => command.env(name, value),
            };
        }
        command
    }

    pub fn pulumi(&self, arguments: &[&str]) -> Said {
        let output = self.command(arguments).output().unwrap();
        Said {
            success: output.status.success(),
            text: format!("$ pulumi {}\n{}", arguments.join(" "), told(&output)),
            stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
        }
    }

    pub fn config(&self, key: &str, value: &str) {
        self.pulumi(&["config", "set", key, value]).well();
    }

    pub fn preview(&self) -> Said {
        self.pulumi(&["preview", "--diff"])
    }

    pub fn up(&self) -> Said {
        self.pulumi(&["up", "--yes", "--skip-preview"])
    }

    /// That neither another deployment nor a refresh finds anything to do, and that a deployment
    /// without changes changes nothing in AWS.
    #[track_caller]
    pub fn assert_settled(&self) {
        let calls = self.account.changes();
        self.pulumi(&["preview", "--diff", "--expect-no-changes"]).well();
        self.pulumi(&["up", "--yes", "--skip-preview", "--expect-no-changes"]).well();
        assert_eq!(self.account.changes(), calls, "an unchanged deployment changes nothing in AWS");
        self.pulumi(&["refresh", "--yes", "--skip-preview", "--expect-no-changes"]).well();
        self.pulumi(&["preview", "--diff", "--expect-no-changes"]).well();
    }

    /// Destroys everything and looks whether the account is as it was.
    #[track_caller]
    pub fn assert_destroys_cleanly(&self) {
        self.pulumi(&["destroy", "--yes", "--skip-preview"]).well();
        self.account.assert_empty();
        self.account.assert_all_requests_valid();
    }

    pub fn outputs(&self) -> Value {
        serde_json::from_str(&self.pulumi(&["stack", "output", "--json", "--show-secrets"]).well().stdout).unwrap()
    }

    /// The resources in the state, those of the engine's own included; secrets without their ciphers, which are others
    /// whenever the state is written.
    pub fn resources(&self) -> Vec<Value> {
        let mut resources = self.state()["deployment"]["resources"].as_array().cloned().unwrap_or_default();
        resources.iter_mut().for_each(without_ciphers);
        resources
    }

    /// The URN of the resource with that name.
    #[track_caller]
    pub fn urn(&self, name: &str) -> String {
        let end = format!("::{name}");
        let urns = self.resources().into_iter().filter_map(|resource| resource["urn"].as_str().map(ToOwned::to_owned));
        urns.into_iter().find(|urn| urn.ends_with(&end)).unwrap_or_else(|| panic!("no resource is called {name}"))
    }

    /// What the resource of that name says of itself.
    #[track_caller]
    pub fn outputs_of(&self, name: &str) -> Value {
        let urn = self.urn(name);
        self.resources().into_iter().find(|resource| resource["urn"] == urn.as_str()).unwrap()["outputs"].clone()
    }

    /// The state, decrypted.
    pub fn state(&self) -> Value {
        serde_json::from_str(&self.pulumi(&["stack", "export"]).well().stdout).unwrap()
    }
}

fn without_ciphers(value: &mut Value) {
    match value {
        Value::Object(object) => {
            object.remove("ciphertext");
            object.values_mut().for_each(without_ciphers);
        }
        Value::Array(items) => items.iter_mut().for_each(without_ciphers),
        _ => {}
    }
}

fn copy(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let copied = to.join(entry.file_name());
        if entry.file_type().unwrap().is_file() {
            fs::copy(entry.path(), copied).unwrap();
        } else if entry.file_name() != "node_modules" {
            fs::create_dir(&copied).unwrap();
            copy(&entry.path(), &copied);
        }
    }
}
