//! The language server: the same findings as on the command line, while an article is being written.
//!
//! ```text
//! stdin ─transport─► Event ─server─► documents ─due─► checks (worker threads) ─Event─► server ─transport─► stdout
//! ```
//!
//! One loop owns all state; checks and answers to questions are made by workers, so that it never waits. Only these modules know the protocol, and only `position`
//! knows UTF-16. Nothing is written to the disk here: an editor applies the edits that it is given.

mod abilities;
mod actions;
mod allow;
mod checks;
mod diagnostics;
mod documents;
mod hover;
mod position;
mod server;
mod transport;
mod workspace;

use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::time::Instant;

use jiff::civil::Date;
use lsp_server::Message;

use checks::{Answer, Outcome};
use server::Server;

/// How a session ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// By `exit` after `shutdown`.
    Orderly,
    /// By `exit` alone, or because the client is gone.
    Abrupt,
}

/// What the loop is woken by.
enum Event {
    /// The client says something.
    Message(Message),
    /// The client sent something that is no message.
    Malformed(String),
    /// The client says no more.
    Closed,
    /// A check is done.
    Checked(Box<Outcome>),
    /// A question is answered.
    Answered(Box<Answer>),
}

/// What the command line says about a session.
pub struct Options {
    /// The day that date rules take for today; asked before each check, for a server may run for days.
    pub today: Box<dyn Fn() -> Date + Send + Sync>,
    /// The file of findings that are known and not shown.
    pub baseline: Option<PathBuf>,
}

/// Serves a client on standard input and output until it says `exit` or is gone.
pub fn serve(options: Options) -> io::Result<Ending> {
    let (events, inbox) = mpsc::channel();
    transport::listen(io::stdin(), events.clone())?;
    let (outbox, writer) = transport::speak(io::stdout())?;
    let mut server = Server::new(outbox, events, Arc::new(options));
    let ending = loop {
        let event = match server.wakes_at() {
            None => inbox.recv().ok(),
            Some(at) => match inbox.recv_timeout(at.saturating_duration_since(Instant::now())) {
                Ok(event) => Some(event),
                Err(RecvTimeoutError::Timeout) => {
                    server.start_checks();
                    continue;
                }
                Err(RecvTimeoutError::Disconnected) => None,
            },
        };
        if let Some(ending) = server.take(event.unwrap_or(Event::Closed)) {
            break ending;
        }
        server.start_checks();
    };
    // The writer ends when nobody can send to it, so that the last answer is written before the program ends.
    drop(server);
    let _ = writer.join();
    Ok(ending)
}

/// Where worker threads and the reader leave what happened.
type Events = Sender<Event>;
