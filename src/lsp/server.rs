//! The state of a session, and what each message does to it. Waits for nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use gen_lsp_types::{
    CancelParams, Diagnostic as Shown, DidChangeTextDocumentParams, DidChangeWatchedFilesParams,
    DidChangeWatchedFilesRegistrationOptions, DidChangeWorkspaceFoldersParams, DidCloseTextDocumentParams,
    DidOpenTextDocumentParams, DidSaveTextDocumentParams, FileSystemWatcher, Id, InitializeParams,
    InitializeResult, LogMessageNotification, LogMessageParams, LspNotificationMethod as Told,
    LspRequestMethod as Asked, MessageType, PublishDiagnosticsNotification, PublishDiagnosticsParams,
    Registration, RegistrationParams, RegistrationRequest, ServerInfo, ShowMessageNotification,
    ShowMessageParams, TextDocumentItem, Uri,
};
use lsp_server::{ErrorCode, Message, Notification, Request, RequestId};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::abilities::Abilities;
use super::checks::{Answer, Checker, Job, Outcome, Trouble};
use super::documents::{Document, Question};
use super::transport::Outbox;
use super::{Ending, Event, Events, Options, workspace};
use crate::render::{address, terminal};

/// How long a document rests before it is checked.
const REST: Duration = Duration::from_millis(150);

/// A session.
pub(super) struct Server {
    outbox: Outbox,
    events: Events,
    options: Arc<Options>,
    phase: Phase,
    abilities: Arc<Abilities>,
    folders: Vec<PathBuf>,
    /// By URI, as the client writes it.
    documents: BTreeMap<String, Document>,
    checker: Arc<Checker>,
    /// How many revisions of documents there were.
    revisions: u64,
    /// Troubles that were told already under this configuration.
    told: BTreeSet<String>,
    /// Configurations that something is shown on.
    marked: BTreeSet<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    New,
    Running,
    ShutDown,
}

impl Server {
    /// A session that has not begun.
    pub(super) fn new(outbox: Outbox, events: Events, options: Arc<Options>) -> Self {
        let abilities = Arc::new(Abilities::default());
        let checker = Arc::new(Checker::new(Arc::clone(&options), Arc::clone(&abilities)));
        Self {
            outbox,
            events,
            options,
            phase: Phase::New,
            abilities,
            folders: Vec::new(),
            documents: BTreeMap::new(),
            checker,
            revisions: 0,
            told: BTreeSet::new(),
            marked: BTreeSet::new(),
        }
    }

    /// When there is something to do though nothing happens.
    pub(super) fn wakes_at(&self) -> Option<Instant> {
        self.documents.values().filter(|it| it.running.is_none()).filter_map(|it| it.due).min()
    }

    /// Lets the checks begin that are due.
    pub(super) fn start_checks(&mut self) {
        let now = Instant::now();
        for document in self.documents.values_mut() {
            if document.running.is_none() && document.due.is_some_and(|due| due <= now) {
                document.due = None;
                document.running = Some(document.revision);
                self.checker.start(Job::Document(Arc::new(document.snapshot())), self.events.clone());
            }
        }
    }

    /// Does what an event asks for; `Some` when the session is over.
    pub(super) fn take(&mut self, event: Event) -> Option<Ending> {
        match event {
            Event::Closed => return Some(Ending::Abrupt),
            Event::Malformed(why) => self.log(&why),
            Event::Checked(outcome) => self.take_outcome(*outcome),
            Event::Answered(answer) => self.take_answer(*answer),
            Event::Message(Message::Notification(it)) if it.method == Told::Exit.as_str() => {
                let is_orderly = self.phase == Phase::ShutDown;
                return Some(if is_orderly { Ending::Orderly } else { Ending::Abrupt });
            }
            Event::Message(Message::Notification(it)) => {
                let method = it.method.clone();
                // The net under everything: a fault of the program in one message must not end the session.
                let done = catch_unwind(AssertUnwindSafe(|| self.take_notification(it)));
                let done = done.unwrap_or_else(|_| Err("the program failed on it".to_owned()));
                if let Err(why) = done {
                    self.log(&format!("`{method}`: {why}"));
                }
            }
            Event::Message(Message::Request(it)) => {
                let id = it.id.clone();
                let done = catch_unwind(AssertUnwindSafe(|| self.take_request(it)));
                let done = done.unwrap_or_else(|_| {
                    Err((ErrorCode::InternalError, "the program failed on it; please report it".to_owned()))
                });
                if let Err((code, why)) = done {
                    self.outbox.refuse(id, code, &why);
                }
            }
            // Whether a client registers what it was asked to changes nothing.
            Event::Message(Message::Response(_)) => {}
        }
        None
    }

    fn take_request(&mut self, it: Request) -> Result<(), (ErrorCode, String)> {
        let invalid = |why| (ErrorCode::InvalidParams, why);
        match (self.phase, Asked::from(it.method.as_str())) {
            (Phase::New, Asked::Initialize) => {
                let params = read(it.params).map_err(invalid)?;
                self.initialize(it.id, &params);
            }
            (Phase::New, _) => {
                return Err((ErrorCode::ServerNotInitialized, "`initialize` comes first".to_owned()));
            }
            (Phase::ShutDown, _) | (_, Asked::Initialize) => {
                return Err((ErrorCode::InvalidRequest, "this is not the time for it".to_owned()));
            }
            (Phase::Running, Asked::Shutdown) => {
                self.phase = Phase::ShutDown;
                self.outbox.answer(it.id, &Value::Null);
            }
            (Phase::Running, Asked::TextDocumentCodeAction) => {
                self.ask(it.id, Question::Actions(read(it.params).map_err(invalid)?));
            }
            (Phase::Running, Asked::TextDocumentHover) => {
                self.ask(it.id, Question::Hover(read(it.params).map_err(invalid)?));
            }
            (Phase::Running, method) => {
                return Err((ErrorCode::MethodNotFound, format!("there is no `{method}` here")));
            }
        }
        Ok(())
    }

    fn take_notification(&mut self, it: Notification) -> Result<(), String> {
        if self.phase != Phase::Running {
            return Ok(());
        }
        match Told::from(it.method.as_str()) {
            Told::Initialized => self.begin(),
            Told::TextDocumentDidOpen => {
                let DidOpenTextDocumentParams { text_document } = read(it.params)?;
                self.open(text_document);
            }
            Told::TextDocumentDidChange => self.change(read(it.params)?),
            Told::TextDocumentDidSave => {
                let DidSaveTextDocumentParams { text_document, .. } = read(it.params)?;
                self.save(&text_document.uri);
            }
            Told::TextDocumentDidClose => {
                let DidCloseTextDocumentParams { text_document } = read(it.params)?;
                self.close(&text_document.uri);
            }
            Told::WorkspaceDidChangeConfiguration => self.forget_configurations(),
            Told::WorkspaceDidChangeWatchedFiles => {
                let DidChangeWatchedFilesParams { changes } = read(it.params)?;
                let mut paths = changes.iter().filter_map(|it| workspace::file(&it.uri));
                if paths.any(|path| workspace::may_configure(&path)) {
                    self.forget_configurations();
                }
            }
            Told::WorkspaceDidChangeWorkspaceFolders => {
                let DidChangeWorkspaceFoldersParams { event } = read(it.params)?;
                let removed: Vec<PathBuf> = event.removed.iter().filter_map(workspace::folder).collect();
                self.folders.retain(|it| !removed.contains(it));
                self.folders.extend(event.added.iter().filter_map(workspace::folder));
                self.forget_configurations();
            }
            Told::CancelRequest => self.cancel(read(it.params)?),
            _ => {}
        }
        Ok(())
    }

    fn initialize(&mut self, id: RequestId, params: &InitializeParams) {
        self.abilities = Arc::new(Abilities::of(&params.capabilities));
        self.folders = workspace::folders(params);
        self.checker = self.new_checker();
        self.phase = Phase::Running;
        let result = InitializeResult {
            capabilities: self.abilities.offer(),
            server_info: Some(ServerInfo {
                name: env!("CARGO_PKG_NAME").to_owned(),
                version: Some(env!("CARGO_PKG_VERSION").to_owned()),
            }),
        };
        self.outbox.answer(id, &result);
    }

    /// Packs and schemas may have any name, so every YAML and JSON file is watched.
    fn begin(&mut self) {
        if self.abilities.watches_files {
            let watcher =
                FileSystemWatcher { glob_pattern: "**/*.{yaml,yml,json}".to_owned().into(), kind: None };
            let options = DidChangeWatchedFilesRegistrationOptions { watchers: vec![watcher] };
            let registration = Registration {
                id: "configurations".to_owned(),
                method: Told::WorkspaceDidChangeWatchedFiles.to_string(),
                register_options: serde_json::to_value(options).ok(),
            };
            let params = RegistrationParams { registrations: vec![registration] };
            self.outbox.request::<RegistrationRequest>("watch", &params);
        }
        self.look_at_folders();
    }

    fn look_at_folders(&self) {
        for folder in &self.folders {
            self.checker.start(Job::Folder(folder.clone()), self.events.clone());
        }
    }

    fn open(&mut self, it: TextDocumentItem) {
        let path = workspace::path(&it.uri, &self.folders);
        let is_article = workspace::is_article(it.language_id.as_str(), &path);
        let document = Document {
            path,
            version: it.version,
            text: it.text,
            is_article,
            revision: self.next_revision(),
            due: is_article.then(Instant::now),
            running: None,
            checked: None,
            asked: Vec::new(),
            uri: it.uri.clone(),
        };
        self.documents.insert(it.uri.0, document);
    }

    fn change(&mut self, it: DidChangeTextDocumentParams) {
        let revision = self.next_revision();
        let Some(document) = self.documents.get_mut(&it.text_document.text_document_identifier.uri.0) else {
            return;
        };
        document.apply(it.content_changes, self.abilities.encoding);
        document.version = it.text_document.version;
        document.revision = revision;
        document.due = document.is_article.then(|| Instant::now() + REST);
        for (id, _) in document.asked.drain(..) {
            self.outbox.refuse(id, ErrorCode::ContentModified, "the document has changed meanwhile");
        }
    }

    fn save(&mut self, uri: &Uri) {
        // Not every client watches files.
        if workspace::file(uri).is_some_and(|path| workspace::may_configure(&path)) {
            self.forget_configurations();
        }
        let Some(document) = self.documents.get_mut(&uri.0) else { return };
        if document.due.is_some() {
            document.due = Some(Instant::now());
        }
    }

    fn close(&mut self, uri: &Uri) {
        let Some(document) = self.documents.remove(&uri.0) else { return };
        for (id, _) in document.asked {
            self.outbox.refuse(id, ErrorCode::ContentModified, "the document was closed meanwhile");
        }
        if document.is_article {
            self.publish(document.uri, Vec::new(), None);
        }
    }

    /// What was read of configurations, packs and schemas may be no longer so: all is read and checked anew.
    fn forget_configurations(&mut self) {
        self.checker = self.new_checker();
        self.told.clear();
        for uri in std::mem::take(&mut self.marked) {
            self.publish(Uri(uri), Vec::new(), None);
        }
        let due = Instant::now() + REST;
        let mut revision = self.revisions;
        for document in self.documents.values_mut() {
            revision += 1;
            document.revision = revision;
            document.path = workspace::path(&document.uri, &self.folders);
            document.due = document.is_article.then_some(due);
        }
        self.revisions = revision;
        self.look_at_folders();
    }

    fn take_outcome(&mut self, outcome: Outcome) {
        let Outcome { checked, troubles, by } = outcome;
        if let Some(mut checked) = checked
            && let Some(document) = self.documents.get_mut(&checked.revision.uri.0)
            && document.running == Some(checked.revision.number)
        {
            document.running = None;
            if document.revision == checked.revision.number {
                let (uri, version) = (document.uri.clone(), document.version);
                let published = checked.published.take();
                let checked = Arc::new(checked);
                for (id, question) in &document.asked {
                    let (id, question) = (id.clone(), question.clone());
                    by.answer(id, question, Arc::clone(&checked), self.events.clone());
                }
                document.checked = Some(checked);
                match published {
                    Some(message) => self.outbox.send(message),
                    None => self.publish(uri, Vec::new(), Some(version)),
                }
            }
        }
        if Arc::ptr_eq(&by, &self.checker) {
            for trouble in troubles {
                self.tell(trouble);
            }
        }
    }

    /// An answer about what is no longer so is dropped: its question is asked anew when the document is checked.
    fn take_answer(&mut self, answer: Answer) {
        let revision = &answer.checked.revision;
        let document = self.documents.get_mut(&revision.uri.0);
        let Some(document) = document.filter(|it| it.revision == revision.number) else { return };
        let Some(at) = document.asked.iter().position(|(id, _)| *id == answer.id) else { return };
        document.asked.remove(at);
        match answer.result {
            Ok(result) => self.outbox.answer(answer.id, &result),
            Err(why) => self.outbox.refuse(answer.id, ErrorCode::InternalError, &why),
        }
    }

    /// Troubles are told once; those of a configuration are shown in it, too.
    fn tell(&mut self, trouble: Trouble) {
        let failure = &trouble.failure;
        let path = failure.path.display();
        let message = match failure.position {
            Some(at) => format!("{path}:{}:{}: {}", at.line, at.column, failure.message),
            None => format!("{path}: {}", failure.message),
        };
        if !self.told.insert(message.clone()) {
            return;
        }
        let message = format!("soreaid-lint: {}", terminal::one_line(&message));
        self.outbox
            .notify::<ShowMessageNotification>(&ShowMessageParams { kind: MessageType::Error, message });
        let Some((path, shown)) = trouble.place else { return };
        let uri = self.uri_of(&path);
        self.marked.insert(uri.0.clone());
        self.publish(uri, vec![shown], None);
    }

    /// As the client writes it if it has the file open.
    fn uri_of(&self, path: &Path) -> Uri {
        let open = self.documents.values().find(|it| it.path == path);
        open.map_or_else(|| Uri(address::uri(path)), |it| it.uri.clone())
    }

    fn ask(&mut self, id: RequestId, question: Question) {
        let uri = match &question {
            Question::Actions(it) => &it.text_document.uri,
            Question::Hover(it) => &it.text_document_position_params.text_document.uri,
        };
        let Some(document) = self.documents.get_mut(&uri.0).filter(|it| it.is_article) else {
            return self.outbox.answer(id, &Value::Null);
        };
        if let Some(checked) = document.findings() {
            let (id, question) = (id.clone(), question.clone());
            self.checker.answer(id, question, Arc::clone(checked), self.events.clone());
        }
        // Somebody waits: there is no more rest.
        document.due = document.due.map(|_| Instant::now());
        document.asked.push((id, question));
    }

    fn cancel(&mut self, it: CancelParams) {
        let id: RequestId = match it.id {
            Id::Int(it) => it.into(),
            Id::String(it) => it.into(),
        };
        for document in self.documents.values_mut() {
            if let Some(at) = document.asked.iter().position(|(asked, _)| *asked == id) {
                document.asked.remove(at);
                self.outbox.refuse(id, ErrorCode::RequestCanceled, "as you wish");
                return;
            }
        }
    }

    fn new_checker(&self) -> Arc<Checker> {
        Arc::new(Checker::new(Arc::clone(&self.options), Arc::clone(&self.abilities)))
    }

    fn next_revision(&mut self) -> u64 {
        self.revisions += 1;
        self.revisions
    }

    fn publish(&self, uri: Uri, diagnostics: Vec<Shown>, version: Option<i32>) {
        self.outbox.notify::<PublishDiagnosticsNotification>(&PublishDiagnosticsParams {
            uri,
            diagnostics,
            version,
        });
    }

    fn log(&self, message: &str) {
        let message = terminal::one_line(message);
        self.outbox.notify::<LogMessageNotification>(&LogMessageParams { kind: MessageType::Error, message });
    }
}

fn read<T: DeserializeOwned>(params: Value) -> Result<T, String> {
    serde_json::from_value(params).map_err(|error| format!("failed to read what it says: {error}"))
}
