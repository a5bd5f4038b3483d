//! Why the process ends.

use std::{io, time::Duration};

/// Why the process ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// Somebody asked for it. The engine does, once it needs us no more, and soon kills who stays.
    Asked,
    /// The engine is gone without a word, and nobody hurries us.
    Abandoned,
}

impl Ending {
    /// How long calls may take that are still being answered. Nothing starts or waits any more,
    /// but a request to the cloud that was sent should get its answer.
    pub fn patience(self) -> Duration {
        match self {
            Ending::Asked => Duration::from_millis(300),
            Ending::Abandoned => Duration::from_secs(60),
        }
    }
}

/// Watches for a reason to end, from now on. An engine that started us holds our stdin.
pub fn watch(started_by_engine: bool) -> io::Result<impl Future<Output = Ending>> {
    let asked = asked()?;
    let abandoned = abandoned(started_by_engine && stdin_is_held());
    Ok(async {
        tokio::select! {
            () = asked => Ending::Asked,
            () = abandoned => Ending::Abandoned,
        }
    })
}

#[cfg(unix)]
fn asked() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let (mut interrupt, mut terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

#[cfg(windows)]
fn asked() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::windows::{ctrl_break, ctrl_c};
    let (mut interrupt, mut terminate) = (ctrl_c()?, ctrl_break()?);
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

/// Nothing is ever written to our stdin; it ends with the engine.
async fn abandoned(held: bool) {
    if held {
        let _ = tokio::io::copy(&mut tokio::io::stdin(), &mut tokio::io::sink()).await;
    } else {
        std::future::pending().await
    }
}

/// Whether somebody is at the other end of stdin. A file, `/dev/null` say, ends at once and means nothing.
#[cfg(unix)]
fn stdin_is_held() -> bool {
    use std::{fs::File, os::fd::AsFd, os::unix::fs::FileTypeExt};
    let Ok(stdin) = io::stdin().as_fd().try_clone_to_owned() else { return false };
    let kind = File::from(stdin).metadata().map(|stdin| stdin.file_type());
    kind.is_ok_and(|kind| kind.is_fifo() || kind.is_socket())
}

#[cfg(windows)]
fn stdin_is_held() -> bool {
    true
}
