//! Images that are built from a Dockerfile, by a recorded builder, into a repository of AWS on loopback.

use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::PathBuf,
    process::Stdio,
    time::{Duration, Instant},
};

use serde_json::{Value, json};

use crate::{stack::Stack, tools};

const PROGRAM: &str = r#"
name: images
runtime: yaml
resources:
  shop:
    type: tenantstack:ecr:Repository
    properties: { emptyOnDelete: true, imageTagMutability: IMMUTABLE }
  web:
    type: tenantstack:ecr:Image
    properties:
      repositoryName: "${shop.repositoryName}"
      context: app
      platform: linux/arm64
      args:
        VERSION: "1"
        TOKEN: { fn::secret: hunter2-of-the-build }
outputs:
  uri: "${web.imageUri}"
  digest: "${web.imageDigest}"
  hash: "${web.contentHash}"
"#;

/// The start of the calls by which an image gets into a repository.
const UPLOAD: [&str; 4] = ["InitiateLayerUpload", "UploadLayerPart", "CompleteLayerUpload", "PutImage"];

/// A builder that writes down what it was asked, and does what files beside it say.
pub struct Builder(PathBuf);

impl Builder {
    /// Puts the builder on the PATH of a stack, whose program gets a context `app`.
    pub fn of(stack: &mut Stack) -> Self {
        let builder = Builder::alone(stack);
        let app = stack.program().join("app");
        fs::create_dir_all(app.join("target")).unwrap();
        fs::write(app.join("Dockerfile"), "FROM scratch\nARG VERSION\nCOPY . /\n").unwrap();
        fs::write(app.join(".dockerignore"), "target\n").unwrap();
        fs::write(app.join("main.txt"), "one").unwrap();
        builder
    }

    /// Puts the builder on the PATH of a stack that has something to build.
    pub fn alone(stack: &mut Stack) -> Self {
        let folder = stack.program().parent().unwrap().join("builder");
        fs::create_dir(&folder).unwrap();
        fs::write(folder.join("runs"), "").unwrap();
        let program = folder.join("docker");
        fs::copy(tools::root().join("tests/builder/docker"), &program).unwrap();
        fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
        stack.set("PATH", &format!("{}:{}", folder.display(), tools::search_path()));
        Builder(folder)
    }

    pub fn is_told(&self, what: &str, how: &str) {
        fs::write(self.0.join(what), how).unwrap();
    }

    pub fn is_told_no_more(&self, what: &str) {
        fs::remove_file(self.0.join(what)).unwrap();
    }

    /// What it was started with, each time.
    pub fn runs(&self) -> Vec<Value> {
        let runs = fs::read_to_string(self.0.join("runs")).unwrap();
        runs.lines().map(|run| serde_json::from_str(run).unwrap()).collect()
    }
}

fn write(stack: &Stack, path: &str, text: &str) {
    fs::write(stack.program().join("app").join(path), text).unwrap();
}

fn uploads(stack: &Stack) -> Vec<String> {
    stack.account.changes().into_iter().filter(|call| UPLOAD.contains(&call.as_str())).collect()
}

#[test]
fn an_image_is_built_once_for_each_content() {
    let mut stack = Stack::of_yaml(PROGRAM);
    let builder = Builder::of(&mut stack);

    stack.preview().well();
    assert!(builder.runs().is_empty(), "a preview builds nothing");

    let said = stack.up().well();
    assert!(!said.text.contains("hunter2"), "{}", said.text);
    let first = stack.outputs();
    let uri = format!("{}.dkr.ecr.eu-west-1.amazonaws.com/", stack.account.id());
    assert!(first["uri"].as_str().unwrap().starts_with(&uri), "{first}");
    assert!(first["uri"].as_str().unwrap().ends_with(&format!("@{}", first["digest"].as_str().unwrap())), "{first}");
    let run = builder.runs().remove(0).to_string();
    assert!(run.contains("linux/arm64") && run.contains("VERSION") && !run.contains("hunter2"), "{run}");
    assert_eq!(uploads(&stack).len(), 2 * 3 + 1, "a configuration, a layer, and the image");

    stack.assert_settled();
    fs::write(stack.program().join("app/target/left-out"), "by .dockerignore").unwrap();
    stack.assert_settled();
    assert_eq!(builder.runs().len(), 1, "what is there isn't built again");

    write(&stack, "main.txt", "two");
    stack.preview().well().saying("contentHash").saying("1 to update").saying("2 unchanged");
    stack.up().well();
    let second = stack.outputs();
    assert_ne!((&first["uri"], &first["hash"]), (&second["uri"], &second["hash"]));
    assert_eq!(builder.runs().len(), 2);

    write(&stack, "main.txt", "one");
    stack.up().well();
    assert_eq!(stack.outputs(), first, "what was built once is there");
    assert_eq!(builder.runs().len(), 2);
    stack.assert_settled();

    delete_image(&stack, first["hash"].as_str().unwrap());
    stack.pulumi(&["refresh", "--yes", "--skip-preview"]).well();
    stack.up().well();
    assert_eq!(stack.outputs()["hash"], first["hash"]);
    assert_eq!(builder.runs().len(), 3, "what somebody deleted is built again");
    stack.assert_settled();
    stack.assert_destroys_cleanly();
}

/// Somebody deletes an image.
fn delete_image(stack: &Stack, tag: &str) {
    let all = stack.resources();
    let image = all.iter().find(|resource| resource["type"] == "tenantstack:ecr:Image").unwrap();
    let asked = json!({ "repositoryName": image["id"], "imageIds": [{ "imageTag": tag }] });
    stack.account.ask_json("ecr", "AmazonEC2ContainerRegistry_V20150921.BatchDeleteImage", &asked);
}

#[test]
fn a_layer_goes_in_parts() {
    let mut stack = Stack::of_yaml(PROGRAM);
    let builder = Builder::of(&mut stack);
    builder.is_told("padding", "5300000");
    stack.up().well();
    let parts = uploads(&stack).into_iter().filter(|call| call == "UploadLayerPart").count();
    assert_eq!(parts, 1 + 2, "the configuration, and what is more than 5 MiB");
    stack.assert_settled();
    stack.assert_destroys_cleanly();
}

#[test]
fn what_a_builder_says_when_it_fails_is_shown_without_secrets() {
    let mut stack = Stack::of_yaml(PROGRAM);
    let builder = Builder::of(&mut stack);
    builder.is_told("fail", "ERROR: failed to solve: no such file main.rs");
    let said = stack.up().badly().saying("exit code 1").saying("failed to solve: no such file main.rs");
    let said = said.saying("#2 ARG TOKEN=[secret]").saying("#2 ARG VERSION=1");
    assert!(!said.text.contains("hunter2"), "{}", said.text);
    assert!(uploads(&stack).is_empty());

    builder.is_told_no_more("fail");
    builder.is_told("damage", "");
    stack.up().badly().saying("is no image").saying("is damaged");
    assert!(uploads(&stack).is_empty());

    builder.is_told_no_more("damage");
    builder.is_told("touch", "while it is built");
    stack.up().badly().saying("a file in its context changed meanwhile");
    assert!(uploads(&stack).is_empty());

    builder.is_told_no_more("touch");
    stack.rewrite(&PROGRAM.replace("${shop.repositoryName}", "team/none"));
    stack.up().badly().saying("The repository with name 'team/none' does not exist");
    stack.rewrite(PROGRAM);
    stack.up().well();
    stack.assert_settled();
    builder.is_told("fail", "ERROR: not this time");
    write(&stack, "main.txt", "two");
    let said = stack.up().badly().saying("not this time");
    assert!(!said.text.contains("pulumi refresh"), "{}", said.text);
    builder.is_told_no_more("fail");
    stack.up().well();
    stack.assert_destroys_cleanly();
}

#[test]
fn without_a_builder_the_error_says_what_to_install() {
    let mut stack = Stack::of_yaml(PROGRAM);
    let builder = Builder::of(&mut stack);
    let engine = tools::made("bin/pulumi", "tools");
    stack.set("PATH", &engine.parent().unwrap().display().to_string());
    stack.up().badly().saying("there is no program `docker` on PATH").saying("Install Docker with its plugin buildx");

    let without_plugin = "#!/bin/sh\necho \"docker: 'buildx' is not a docker command.\" >&2; exit 1\n";
    builder.is_told("docker", without_plugin);
    stack.set("PATH", &format!("{}:{}", builder.0.display(), tools::search_path()));
    stack.up().badly().saying("`docker` has no plugin buildx").saying("Install Docker with its plugin buildx");
    stack.assert_destroys_cleanly();
}

#[test]
fn a_context_that_cant_be_built_is_refused_before_anything_is_made() {
    let mut stack = Stack::of_yaml(&PROGRAM.replace("context: app", "context: nowhere"));
    Builder::of(&mut stack);
    stack.preview().badly().saying("context").saying("must be a folder").saying("relative paths begin at");
    stack.rewrite(&PROGRAM.replace("context: app", "context: app\n      dockerfile: web.Dockerfile"));
    stack.preview().badly().saying("dockerfile").saying("must be a file in the context");
    stack.rewrite(&PROGRAM.replace("VERSION:", "1VERSION:"));
    stack.preview().badly().saying("args").saying("must be called as an ARG is");
    assert!(stack.account.changes().is_empty());
}

#[test]
fn cancel_ends_the_builder_with_all_that_it_started() {
    let mut stack = Stack::of_yaml(PROGRAM);
    let builder = Builder::of(&mut stack);
    builder.is_told("hang", "");
    let mut command = stack.command(&["up", "--yes", "--skip-preview"]);
    let running = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let hanging = builder.0.join("hanging");
    let processes = soon(|| fs::read_to_string(&hanging).ok().filter(|text| text.ends_with('\n')));
    let interrupted = std::process::Command::new("kill").args(["-INT", &running.id().to_string()]).status().unwrap();
    assert!(interrupted.success());
    let said = running.wait_with_output().unwrap();
    let text = format!("{}{}", String::from_utf8_lossy(&said.stdout), String::from_utf8_lossy(&said.stderr));
    assert!(text.contains("the deployment was cancelled before the image was built"), "{text}");
    for process in processes.split_whitespace() {
        soon(|| (!is_running(process)).then_some(()));
    }
    builder.is_told_no_more("hang");
    stack.up().well();
    stack.assert_destroys_cleanly();
}

const SERVICE: &str = r#"
name: images
runtime: yaml
resources:
  net:
    type: tenantstack:Vpc
    properties: { nat: none }
  web:
    type: tenantstack:FargateService
    properties:
      vpc: "${net}"
      build: { context: app, args: { VERSION: "1" } }
      architecture: x86_64
      desiredCount: 1
outputs:
  uri: "${web.imageUri}"
"#;

/// What a preview would do, by type; what stays as it is left out.
fn foreseen(stack: &Stack) -> Vec<String> {
    let said: Value = serde_json::from_str(&stack.pulumi(&["preview", "--json"]).well().stdout).unwrap();
    let steps = said["steps"].as_array().unwrap().iter().filter(|step| step["op"] != "same");
    let mut types: Vec<_> = steps.map(|step| step["urn"].as_str().unwrap().split("::").nth(2).unwrap()).collect();
    types.sort_unstable();
    types.dedup();
    types.into_iter().map(|all| all.rsplit('$').next().unwrap().to_owned()).collect()
}

#[test]
fn a_service_runs_what_it_builds() {
    let mut stack = Stack::of_yaml(SERVICE);
    let builder = Builder::of(&mut stack);
    stack.preview().well();
    stack.up().well();
    let first = stack.outputs()["uri"].as_str().unwrap().to_owned();
    assert!(
        first.contains(".dkr.ecr.eu-west-1.amazonaws.com/web-repository-") && first.contains("@sha256:"),
        "{first}"
    );
    assert!(builder.runs()[0].to_string().contains("linux/amd64"), "{:?}", builder.runs());
    let tasks = |stack: &Stack| {
        let all = stack.resources().into_iter();
        all.filter(|resource| resource["type"] == "tenantstack:ecs:TaskDefinition").collect::<Vec<_>>()
    };
    assert!(tasks(&stack)[0]["outputs"].to_string().contains(&first), "{:?}", tasks(&stack));
    stack.assert_settled();
    assert_eq!(builder.runs().len(), 1, "what is there isn't built again");

    write(&stack, "main.txt", "two");
    assert_eq!(
        foreseen(&stack),
        ["tenantstack:ecr:Image", "tenantstack:ecs:Service", "tenantstack:ecs:TaskDefinition"]
    );
    stack.up().well();
    assert_ne!(stack.outputs()["uri"].as_str().unwrap(), first);
    assert!(!tasks(&stack)[0]["outputs"].to_string().contains(&first), "{:?}", tasks(&stack));
    assert_eq!(builder.runs().len(), 2);
    stack.assert_settled();
    stack.assert_destroys_cleanly();
}

/// Waits until something is there.
#[track_caller]
fn soon<T>(look: impl Fn() -> Option<T>) -> T {
    const LONG: Duration = Duration::from_secs(120);
    let begun = Instant::now();
    loop {
        match look() {
            Some(found) => return found,
            None if begun.elapsed() > LONG => panic!("waited in vain"),
            None => std::thread::sleep(Duration::from_millis(20)),
        }
    }
}

/// Whether a process is there and not only waited for.
fn is_running(process: &str) -> bool {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    stat.rsplit(')').next().is_some_and(|rest| !rest.trim().is_empty() && !rest.trim_start().starts_with('Z'))
}
