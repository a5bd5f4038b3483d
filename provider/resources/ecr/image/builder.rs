//! The user's own builder: `docker buildx`, found on PATH.

use std::{
    collections::VecDeque,
    io::{self, BufRead as _, BufReader, Read},
    path::Path,
    process::{Child, Command, ExitStatus, Stdio},
    thread,
    time::Duration,
};

use framework::error::Kind;
use tokio::{
    sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel},
    time::{sleep, sleep_until},
};

use super::recipe::Recipe;
use crate::aws::{Cx, Error, Result, limits::images};

/// The program, with the plugin that it has for builds.
const PROGRAM: &str = "docker";

/// The folder that the builder writes the image to, in the folder that it is started in.
pub(super) const IMAGE: &str = "image";

/// How the program says that it has no such plugin.
const NO_PLUGIN: [&str; 3] = ["is not a docker command", "unknown command: docker buildx", "unknown flag: --"];

/// How each line begins that tells of a step.
const STEP: char = '#';

/// How the plugin says that the engine that it works with can't hand an image out.
const NO_EXPORT: &str = "exporter is not supported for the docker driver";

/// How often to look whether a builder that says nothing more has ended.
const LOOK: Duration = Duration::from_millis(10);

/// Builds an image into a folder, and shows what the builder says.
///
/// `secrets` are shown to nobody.
///
/// # Errors
///
/// That there is no builder, that it failed, or that the deployment was cancelled.
pub(super) async fn build(cx: &Cx, recipe: &Recipe, secrets: &[String], into: &Path) -> Result<()> {
    let command = command(recipe, into).map_err(|error| failed(format!("its folder can't be found: {error}")))?;
    let mut builder = Builder::start(command)?;
    let building = async {
        let mut said = Said::new(secrets);
        let status = builder.until_it_ends(&mut said, |line| cx.operation().status(format!("building: {line}"))).await;
        Ok::<_, Error>((status, said))
    };
    let (status, said) = match cx.operation().deadline() {
        None => cx.operation().unless_cancelled("the image was built", building).await?,
        Some(deadline) => tokio::select! {
            done = cx.operation().unless_cancelled("the image was built", building) => done?,
            () = sleep_until(deadline) => return Err(too_slow()),
        },
    };
    let status = status.map_err(|error| failed(error.to_string()))?;
    if status.success() { Ok(()) } else { Err(said.why(status)) }
}

/// How the builder is started. The values of arguments don't stand in the command line, where everybody on the
/// machine sees them, but in the environment.
fn command(recipe: &Recipe, into: &Path) -> io::Result<Command> {
    let mut command = Command::new(PROGRAM);
    command.args(["buildx", "build", "--progress", "plain", "--platform", recipe.platform]);
    command.args(["--provenance=false", "--sbom=false"]);
    command.arg("--output").arg(format!("type=oci,dest={IMAGE},tar=false"));
    command.arg("--file").arg(std::path::absolute(recipe.dockerfile())?);
    if !recipe.target.is_empty() {
        command.args(["--target", &recipe.target]);
    }
    for (name, value) in &recipe.args {
        if is_the_builders_own(name) {
            command.arg("--build-arg").arg(format!("{name}={value}"));
        } else {
            command.arg("--build-arg").arg(name).env(name, value);
        }
    }
    command.arg(std::path::absolute(&recipe.context)?);
    command.current_dir(into).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    Ok(command)
}

/// Whether a variable of the environment means something to the builder itself.
fn is_the_builders_own(name: &str) -> bool {
    let upper = name.to_ascii_uppercase();
    std::env::var_os(name).is_some()
        || upper.ends_with("_PROXY")
        || ["DOCKER_", "BUILDX_", "BUILDKIT_"].iter().any(|own| upper.starts_with(own))
}

fn failed(why: String) -> Error {
    Error::new(Kind::Failed, format!("the image couldn't be built: {why}"))
}

fn too_slow() -> Error {
    failed("it isn't done, and its time is over".to_owned())
        .with_advice("Give it more time with the resource option `customTimeouts`")
}

fn nobody_builds(why: &str) -> Error {
    failed(why.to_owned()).with_advice(
        "Install Docker with its plugin buildx 0.10 or later (Docker Desktop has it; on Linux the packages docker-ce-cli \
         and docker-buildx-plugin), so that `docker buildx version` answers. Or build the image elsewhere, and name it \
         as `image`",
    )
}

/// A builder that runs, and doesn't outlive this.
struct Builder {
    child: Option<Child>,
    lines: UnboundedReceiver<String>,
}

impl Builder {
    fn start(mut command: Command) -> Result<Self> {
        let mut child = command.spawn().map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => nobody_builds("there is no program `docker` on PATH"),
            _ => failed(format!("`{PROGRAM}` doesn't start: {error}")),
        })?;
        let (sender, lines) = unbounded_channel();
        if let Some(output) = child.stdout.take() {
            hear(output, sender.clone());
        }
        if let Some(output) = child.stderr.take() {
            hear(output, sender);
        }
        Ok(Builder { child: Some(child), lines })
    }

    /// Hears everything, and shows the last of what came at once.
    async fn until_it_ends(&mut self, said: &mut Said<'_>, show: impl Fn(&str)) -> io::Result<ExitStatus> {
        while let Some(line) = self.lines.recv().await {
            let mut last = said.hear(&line);
            while let Ok(line) = self.lines.try_recv() {
                last = said.hear(&line);
            }
            show(&last);
        }
        loop {
            if let Some(status) = self.child.as_mut().map(Child::try_wait).transpose()?.flatten() {
                self.child = None;
                return Ok(status);
            }
            sleep(LOOK).await;
        }
    }
}

impl Drop for Builder {
    fn drop(&mut self) {
        if let Some(mut child) = self.child.take() {
            end_all_that_it_started(&child);
            // It is gone already, or it ends now: there is nothing else to be done about it.
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

/// Ends the program and its plugins, which are processes of their own, in one group.
#[cfg(unix)]
fn end_all_that_it_started(child: &Child) {
    let group = child.id().to_string();
    let _ = Command::new("sh").args(["-c", "kill -s KILL -- \"-$0\"", &group]).stderr(Stdio::null()).status();
}

#[cfg(not(unix))]
fn end_all_that_it_started(_: &Child) {}

/// Passes on each line of what a program says.
fn hear(output: impl Read + Send + 'static, to: UnboundedSender<String>) {
    thread::spawn(move || {
        let lines = BufReader::new(output).split(b'\n').map_while(io::Result::ok);
        let heard = lines.map(|line| String::from_utf8_lossy(&line).trim_end().to_owned());
        heard.filter(|line| !line.is_empty()).try_for_each(|line| to.send(line))
    });
}

/// What a builder has said.
struct Said<'a> {
    secrets: &'a [String],
    last: VecDeque<String>,
    /// Whether a step of a build was told, which a program in it may end as it likes.
    has_begun: bool,
}

impl<'a> Said<'a> {
    fn new(secrets: &'a [String]) -> Self {
        Said { secrets, last: VecDeque::new(), has_begun: false }
    }

    /// Keeps a line, and returns it as it may be shown.
    fn hear(&mut self, line: &str) -> String {
        let open = self.secrets.iter().fold(line.to_owned(), |line, secret| line.replace(secret, "[secret]"));
        self.has_begun |= line.starts_with(STEP);
        self.last.push_back(open.clone());
        if self.last.len() > images::BUILDER_LINES_TOLD {
            self.last.pop_front();
        }
        open
    }

    /// Why a builder has failed.
    fn why(&self, status: ExitStatus) -> Error {
        let says = |words: &str| self.last.iter().any(|line| line.contains(words));
        let lines: Vec<&str> = self.last.iter().map(String::as_str).collect();
        let lines = lines.join("\n");
        if !self.has_begun && NO_PLUGIN.iter().any(|words| says(words)) {
            return nobody_builds(&format!("`docker` has no plugin buildx, or one that is too old. It says:\n{lines}"));
        }
        let how = status.code().map_or_else(|| status.to_string(), |code| format!("exit code {code}"));
        let error = failed(format!("`docker buildx build` failed ({how}). Its last lines:\n{lines}"));
        if says(NO_EXPORT) {
            return error.with_advice(
                "Docker's own image store can't hand an image out. Make a builder that can, once: `docker buildx create \
                 --driver docker-container --use`; or turn on Docker's containerd image store",
            );
        }
        error
    }
}

#[cfg(all(test, unix))]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use std::{collections::BTreeMap, os::unix::process::ExitStatusExt as _};

    use super::*;

    fn recipe(args: &[(&str, &str)]) -> Recipe {
        Recipe {
            context: "/context".into(),
            dockerfile: "docker/web".into(),
            target: "web".to_owned(),
            args: args.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect(),
            platform: "linux/arm64",
        }
    }

    fn arguments(command: &Command) -> Vec<String> {
        command.get_args().map(|argument| argument.to_string_lossy().into_owned()).collect()
    }

    #[test]
    fn values_of_arguments_are_in_the_environment_unless_the_builder_would_heed_them() {
        let command =
            command(&recipe(&[("TOKEN", "hush"), ("HTTPS_PROXY", "http://proxy")]), Path::new("/tmp")).unwrap();
        let said = arguments(&command).join(" ");
        assert!(said.contains("--build-arg HTTPS_PROXY=http://proxy --build-arg TOKEN /context"), "{said}");
        assert!(!said.contains("hush"), "{said}");
        let given: BTreeMap<_, _> = command.get_envs().collect();
        assert_eq!(given.get("TOKEN".as_ref() as &std::ffi::OsStr).unwrap().unwrap(), "hush");
        assert!(said.contains("--file /context/docker/web --target web"), "{said}");
    }

    #[test]
    fn a_failure_says_the_last_lines_without_secrets() {
        let secrets = ["hunter2".to_owned()];
        let mut said = Said::new(&secrets);
        (0..images::BUILDER_LINES_TOLD).for_each(|line| drop(said.hear(&format!("line {line}"))));
        assert_eq!(said.hear("using hunter2"), "using [secret]");
        let error = said.why(ExitStatus::from_raw(0x100)).to_string();
        assert!(error.contains("exit code 1") && error.contains("line 1\n") && error.contains("[secret]"), "{error}");
        assert!(!error.contains("line 0\n") && !error.contains("hunter2"), "{error}");
    }

    #[test]
    fn what_is_lacking_is_told_with_what_to_do() {
        let why = |lines: &str| {
            let mut said = Said::new(&[]);
            lines.lines().for_each(|line| drop(said.hear(line)));
            said.why(ExitStatus::from_raw(0x100)).to_string()
        };
        assert!(why("docker: 'buildx' is not a docker command.").contains("Install Docker"));
        assert!(why("docker: unknown command: docker buildx").contains("Install Docker"));
        assert!(why("ERROR: OCI exporter is not supported for the docker driver.").contains("buildx create"));
        assert!(why("unknown flag: --provenance").contains("Install Docker"));
        assert!(!why("ERROR: failed to solve").contains("Install Docker"));
        assert!(!why("#7 [3/4] RUN make\n#7 1.2 make: unknown flag: --fast").contains("Install Docker"));
    }
}
