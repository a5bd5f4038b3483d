//! The process: what the engine starts, and how it ends.

mod arguments;
mod ending;

use std::{
    io::{self, Write},
    net::Ipv4Addr,
    process::ExitCode,
    sync::Arc,
};

use framework::{cloud::Cloud, provider::Provider};
use tokio::{net::TcpListener, runtime, time::timeout};

use self::arguments::Wanted;
use super::{engine_log::EngineLog, server::Server, trace};

/// How large the stacks of our threads may grow: what reads RDS's answers takes more than tokio's two MiB where the compiler
/// doesn't optimize. Memory that isn't touched costs nothing.
const STACK: usize = 16 * 1024 * 1024;

/// Does what the command line asks for, until it is done or the engine has gone.
#[must_use]
pub fn run<C: Cloud>(provider: Provider<C>) -> ExitCode {
    let done = match Wanted::by(std::env::args_os()) {
        Wanted::Schema => say(&provider.schema()),
        Wanted::Version => say(provider.version()),
        Wanted::Service { engine } => serve(provider, engine),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => complain(&error),
    }
}

fn say(line: &str) -> io::Result<()> {
    let mut stdout = io::stdout().lock();
    writeln!(stdout, "{line}")?;
    stdout.flush()
}

fn complain(error: &io::Error) -> ExitCode {
    // If even this fails, the exit code has to do.
    let _ = writeln!(io::stderr().lock(), "{error}");
    ExitCode::FAILURE
}

fn serve<C: Cloud>(provider: Provider<C>, engine: Option<String>) -> io::Result<()> {
    let runtime = runtime::Builder::new_multi_thread().thread_stack_size(STACK).enable_all().build()?;
    let done = runtime.block_on(service(Arc::new(provider), engine));
    // Waits for nobody: one thread still reads stdin.
    runtime.shutdown_background();
    done
}

/// Serves from before the port is known to anybody until there is a reason to end.
async fn service<C: Cloud>(provider: Arc<Provider<C>>, engine: Option<String>) -> io::Result<()> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    let port = listener.local_addr()?.port();
    let ending = ending::watch(engine.is_some())?;

    let server = Server::new(provider.clone(), log_to(&provider, engine));
    let calls = server.calls();
    let mut serving = tokio::spawn(server.serve(listener));
    say(&port.to_string())?;

    let ending = tokio::select! {
        ending = ending => ending,
        broken = &mut serving => return Err(io::Error::other(format!("the server stopped: {broken:?}"))),
    };
    // Connections that stand live on, so that calls get their answers.
    serving.abort();
    provider.cancel();
    // What doesn't end in time ends with the process.
    let _ = timeout(ending.patience(), calls.ended()).await;
    Ok(())
}

fn log_to<C: Cloud>(provider: &Provider<C>, engine: Option<String>) -> EngineLog {
    let log = EngineLog::start();
    if let Some(engine) = engine {
        log.connect(engine);
    }
    trace::forward_to(log.clone());
    provider.connect(Arc::new(log.clone()));
    log
}
