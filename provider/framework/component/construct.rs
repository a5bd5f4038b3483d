//! From the engine's request for a component to its outputs.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, Mutex},
};

use futures::{
    FutureExt, StreamExt,
    future::{BoxFuture, join_all},
    stream::FuturesUnordered,
};
use tokio::sync::Notify;

use super::{ArgProperties, Component, Outputs, Scope, untold::without_secrets};
use crate::{
    cloud::{Cloud, Identity},
    engine::{Monitor, Registered, Registration, Timeouts},
    problem::Problems,
    property::{Decoding, Field, Record, refuse_unknown_keys},
    provider::{ConstructFailure, ConstructRequest, Constructed},
    value::{Map, Output, OutputValue, Path, Resolved, UNKNOWN, Urn, Value},
};

/// A component in the making, and all that is inside it.
pub struct Construction<C: Cloud> {
    pub(super) cloud: Arc<C>,
    pub(super) package: String,
    pub(super) monitor: Arc<dyn Monitor>,
    pub(super) provider: String,
    pub(super) preview: bool,
    pub(super) timeouts: Timeouts,
    /// What every child depends on, because the structure depends on it.
    pub(super) shared_dependencies: BTreeSet<Urn>,
    /// Whether the structure depends on a secret, so that nothing inside may be shown.
    pub(super) all_secret: bool,
    failure: Mutex<Option<String>>,
    failed: Notify,
}

/// Everything that has to be done before a component is complete.
#[derive(Clone, Default)]
pub(super) struct Work(Arc<Mutex<Vec<BoxFuture<'static, ()>>>>);

impl Work {
    /// Adds something to be done.
    pub(super) fn add(&self, task: impl Future<Output = ()> + Send + 'static) {
        if let Ok(mut tasks) = self.0.lock() {
            tasks.push(task.boxed());
        }
    }

    fn take(&self) -> Vec<BoxFuture<'static, ()>> {
        self.0.lock().map(|mut tasks| std::mem::take(&mut *tasks)).unwrap_or_default()
    }
}

impl<C: Cloud> Construction<C> {
    /// Says what a nested component's outputs are, once its children are there.
    pub(super) async fn announce(
        self: Arc<Self>,
        urn: Output<Urn>,
        children: Vec<Output<Registered>>,
        outputs: ArgProperties,
    ) {
        join_all(children.iter().map(Output::resolve)).await;
        let Some(urn) = urn.resolve().await.value else { return };
        let outputs = mark(resolve_all(outputs).await, &urn, self.all_secret);
        if self.is_over() {
            return;
        }
        if let Err(refused) = self.monitor.register_outputs(urn, outputs).await {
            self.fail(refused.to_string());
        }
    }

    /// Whether something has failed, so that nothing more may be asked for.
    pub(super) fn is_over(&self) -> bool {
        self.failure().is_some()
    }

    /// Ends the construction; the first reason counts.
    pub(super) fn fail(&self, message: String) {
        if let Ok(mut failure) = self.failure.lock() {
            failure.get_or_insert(message);
        }
        self.failed.notify_one();
    }

    fn failure(&self) -> Option<String> {
        self.failure.lock().ok().and_then(|failure| failure.clone())
    }

    /// Does all of the work at once, until it is done or something has failed.
    async fn run(&self, work: &Work) -> Result<(), ConstructFailure> {
        let mut running: FuturesUnordered<_> = work.take().into_iter().collect();
        while !self.is_over() {
            tokio::select! {
                () = self.failed.notified() => break,
                done = running.next() => if done.is_none() { break },
            }
        }
        self.failure().map_or(Ok(()), |message| Err(ConstructFailure::Failed(message)))
    }
}

/// Makes a component.
///
/// # Errors
///
/// Everything that is wrong with its inputs, before anything is registered; or what failed first.
pub async fn construct<K: Component>(
    request: ConstructRequest,
    cloud: Arc<K::Cloud>,
    identity: &Identity,
    package: &str,
    monitor: Arc<dyn Monitor>,
) -> Result<Constructed, ConstructFailure> {
    let (want, notes) = read::<K>(&request);
    let structure_is_known = !notes.saw_unknown();
    let construction = Arc::new(Construction {
        cloud,
        package: package.to_owned(),
        provider: provider_for(&request, identity, package),
        monitor: monitor.clone(),
        preview: request.preview,
        timeouts: request.options.timeouts.clone(),
        shared_dependencies: notes.dependencies().clone(),
        all_secret: notes.saw_secret(),
        failure: Mutex::default(),
        failed: Notify::new(),
    });
    let (urn, told) = announced();
    let work = Work::default();
    let scope = Scope::new(construction.clone(), work.clone(), request.name.clone(), urn);
    // Described even if something is wrong already, so that all that is wrong is said at once. Nothing is made of it then.
    let described = want.filter(|_| structure_is_known).map(|want| K::build(&scope, want)).transpose();
    let described = described.map_err(|problems| without_secrets(problems, &request.inputs));
    let outputs =
        all_said(notes.into_problems(), described)?.map_or_else(unknown_outputs::<K>, Outputs::into_properties);
    let own = register_self(&request, kept::<K>(request.inputs.clone()), monitor.as_ref()).await?;
    drop(told.send(own.clone()));
    construction.run(&work).await?;
    let all_secret = construction.all_secret;
    let outputs = mark(resolve_all(outputs).await, &own, all_secret);
    construction.failure().map_or(Ok(()), |message| Err(ConstructFailure::Failed(message)))?;
    monitor
        .register_outputs(own.clone(), outputs.clone())
        .await
        .map_err(|refused| ConstructFailure::Failed(refused.to_string()))?;
    Ok(Constructed { urn: own, outputs })
}

/// What was described, unless something is wrong with what was said.
fn all_said<T>(mut problems: Problems, described: Result<T, Problems>) -> Result<T, ConstructFailure> {
    match described {
        Ok(described) if problems.is_empty() => Ok(described),
        Ok(_) => Err(ConstructFailure::Inputs(problems)),
        Err(more) => {
            // Where a value isn't one of those that are possible, what follows from it isn't worth saying.
            let said: Vec<_> = problems.iter().map(|problem| problem.path.clone()).collect();
            more.into_iter()
                .filter(|problem| !said.contains(&problem.path))
                .for_each(|problem| problems.add(problem.path, problem.reason));
            Err(ConstructFailure::Inputs(problems))
        }
    }
}

/// The component's URN as a value to come, and the one who will say it.
fn announced() -> (Output<Urn>, tokio::sync::oneshot::Sender<Urn>) {
    let (tell, hear) = tokio::sync::oneshot::channel::<Urn>();
    let urn = Output::later(async move { hear.await.map_or_else(|_| Resolved::unknown(), Resolved::known) });
    (urn, tell)
}

fn read<K: Component>(request: &ConstructRequest) -> (Option<K::Inputs>, Decoding) {
    let inputs: Map = request
        .inputs
        .iter()
        .filter(|(_, value)| !value.is_null())
        .map(|(name, value)| (name.clone(), with_dependencies(value, request.input_dependencies.get(name))))
        .collect();
    let mut notes = Decoding::new();
    refuse_unknown_keys(&inputs, K::Inputs::FIELDS, &Path::root(), &mut notes);
    let want = K::Inputs::decode_fields(&inputs, &Path::root(), &mut notes);
    (want, notes)
}

/// What the program says, as the state keeps it: what is a secret is marked, even if the program's language didn't.
fn kept<K: Component>(mut inputs: Map) -> Map {
    for field in K::Inputs::FIELDS {
        if let Some(value) = inputs.get_mut(field.name) {
            *value = field.hidden(value);
        }
    }
    inputs
}

/// The value, marked with what the program says the whole property comes from.
fn with_dependencies(value: &Value, dependencies: Option<&BTreeSet<Urn>>) -> Value {
    match dependencies.filter(|dependencies| !dependencies.is_empty()) {
        None => value.clone(),
        Some(dependencies) => Value::Output(Box::new(OutputValue {
            value: (*value != Value::Unknown).then(|| value.clone()),
            secret: false,
            dependencies: dependencies.clone(),
        })),
    }
}

fn provider_for(request: &ConstructRequest, identity: &Identity, package: &str) -> String {
    request.providers.get(package).cloned().unwrap_or_else(|| match identity.urn.is_empty() {
        true => String::new(),
        false => format!("{}::{}", identity.urn, identity.id.as_deref().unwrap_or(UNKNOWN)),
    })
}

async fn register_self(
    request: &ConstructRequest,
    inputs: Map,
    monitor: &dyn Monitor,
) -> Result<Urn, ConstructFailure> {
    let registration = Registration {
        kind: request.kind.clone(),
        name: request.name.clone(),
        parent: request.parent.clone(),
        custom: false,
        inputs,
        property_dependencies: request.input_dependencies.clone(),
        dependencies: request.dependencies.clone(),
        provider: String::new(),
        providers: request.providers.clone(),
        options: request.options.clone(),
    };
    let made = monitor.register(registration).await;
    made.map(|made| made.urn).map_err(|refused| ConstructFailure::Failed(refused.to_string()))
}

fn unknown_outputs<K: Component>() -> ArgProperties {
    let unknown = |field: &Field| (field.name, Output::unknown());
    K::Outputs::FIELDS.iter().map(unknown).collect()
}

async fn resolve_all(outputs: ArgProperties) -> Map {
    let values = join_all(outputs.iter().map(|(_, output)| output.resolve())).await;
    outputs.iter().map(|(name, _)| (*name).to_owned()).zip(values.into_iter().map(Resolved::into_value)).collect()
}

/// Lets every output depend on the component too, which its users must come after.
fn mark(outputs: BTreeMap<String, Value>, own: &Urn, all_secret: bool) -> Map {
    let marked = |value| match value {
        Value::Output(mut output) => {
            output.dependencies.insert(own.clone());
            output.secret |= all_secret;
            Value::Output(output)
        }
        other => other,
    };
    outputs.into_iter().map(|(name, value)| (name, marked(value))).collect()
}
