//! The state of a session, and what each message does to it. Waits for nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use lsp_server::{ErrorCode, Message, Notification, Request, RequestId};
use lsp_types::notification::{
    Cancel, DidChangeConfiguration, DidChangeTextDocument, DidChangeWatchedFiles, DidChangeWorkspaceFolders,
    DidCloseTextDocument, DidOpenTextDocument, DidSaveTextDocument, Exit, Initialized, LogMessage,
    Notification as _, PublishDiagnostics, ShowMessage,
};
use lsp_types::request::{
    CodeActionRequest, HoverRequest, Initialize, RegisterCapability, Request as _, Shutdown,
};
use lsp_types::{
    CancelParams, Diagnostic as Shown, DidChangeTextDocumentParams, DidChangeWatchedFilesParams,
    DidChangeWatchedFilesRegistrationOptions, DidChangeWorkspaceFoldersParams, DidCloseTextDocumentParams,
    DidOpenTextDocumentParams, DidSaveTextDocumentParams, FileSystemWatcher, GlobPattern, InitializeParams,
    InitializeResult, LogMessageParams, MessageType, NumberOrString, PublishDiagnosticsParams, Registration,
    RegistrationParams, ServerInfo, ShowMessageParams, TextDocumentItem, Uri,
};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::abilities::Abilities;
use super::checks::{Checker, Job, Outcome, Trouble};
use super::documents::{Document, Question};
use super::transport::Outbox;
use super::{Ending, Event, Events, Today, actions, hover, workspace};
use crate::render::{address, terminal};

/// How long a document rests before it is checked.
const REST: Duration = Duration::from_millis(150);

/// A session.
pub(super) struct Server {
    outbox: Outbox,
    events: Events,
    today: Today,
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
    pub(super) fn new(outbox: Outbox, events: Events, today: Today) -> Self {
        let abilities = Arc::new(Abilities::default());
        let checker = Arc::new(Checker::new(Arc::clone(&today), Arc::clone(&abilities)));
        Self {
            outbox,
            events,
            today,
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
                let job = Job::Document {
                    uri: document.uri.clone(),
                    revision: document.revision,
                    path: document.path.clone(),
                    text: document.text.clone(),
                };
                self.checker.start(job, self.events.clone());
            }
        }
    }

    /// Does what an event asks for; `Some` when the session is over.
    pub(super) fn take(&mut self, event: Event) -> Option<Ending> {
        match event {
            Event::Closed => return Some(Ending::Abrupt),
            Event::Malformed(why) => self.log(&why),
            Event::Checked(outcome) => self.take_outcome(*outcome),
            Event::Message(Message::Notification(it)) if it.method == Exit::METHOD => {
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
        match (self.phase, it.method.as_str()) {
            (Phase::New, Initialize::METHOD) => {
                let params = read(it.params).map_err(invalid)?;
                self.initialize(it.id, &params);
            }
            (Phase::New, _) => {
                return Err((ErrorCode::ServerNotInitialized, "`initialize` comes first".to_owned()));
            }
            (Phase::ShutDown, _) | (_, Initialize::METHOD) => {
                return Err((ErrorCode::InvalidRequest, "this is not the time for it".to_owned()));
            }
            (Phase::Running, Shutdown::METHOD) => {
                self.phase = Phase::ShutDown;
                self.outbox.answer(it.id, &Value::Null);
            }
            (Phase::Running, CodeActionRequest::METHOD) => {
                self.ask(it.id, Question::Actions(read(it.params).map_err(invalid)?));
            }
            (Phase::Running, HoverRequest::METHOD) => {
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
        match it.method.as_str() {
            Initialized::METHOD => self.begin(),
            DidOpenTextDocument::METHOD => {
                let DidOpenTextDocumentParams { text_document } = read(it.params)?;
                self.open(text_document);
            }
            DidChangeTextDocument::METHOD => self.change(read(it.params)?),
            DidSaveTextDocument::METHOD => {
                let DidSaveTextDocumentParams { text_document, .. } = read(it.params)?;
                self.save(&text_document.uri);
            }
            DidCloseTextDocument::METHOD => {
                let DidCloseTextDocumentParams { text_document } = read(it.params)?;
                self.close(&text_document.uri);
            }
            DidChangeConfiguration::METHOD => self.forget_configurations(),
            DidChangeWatchedFiles::METHOD => {
                let DidChangeWatchedFilesParams { changes } = read(it.params)?;
                let mut paths = changes.iter().filter_map(|it| workspace::file(&it.uri));
                if paths.any(|path| workspace::may_configure(&path)) {
                    self.forget_configurations();
                }
            }
            DidChangeWorkspaceFolders::METHOD => {
                let DidChangeWorkspaceFoldersParams { event } = read(it.params)?;
                let removed: Vec<PathBuf> = event.removed.iter().filter_map(workspace::folder).collect();
                self.folders.retain(|it| !removed.contains(it));
                self.folders.extend(event.added.iter().filter_map(workspace::folder));
                self.forget_configurations();
            }
            Cancel::METHOD => self.cancel(read(it.params)?),
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
            let watcher = FileSystemWatcher {
                glob_pattern: GlobPattern::String("**/*.{yaml,yml,json}".to_owned()),
                kind: None,
            };
            let options = DidChangeWatchedFilesRegistrationOptions { watchers: vec![watcher] };
            let registration = Registration {
                id: "configurations".to_owned(),
                method: DidChangeWatchedFiles::METHOD.to_owned(),
                register_options: serde_json::to_value(options).ok(),
            };
            let params = RegistrationParams { registrations: vec![registration] };
            self.outbox.request::<RegisterCapability>("watch", &params);
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
        let is_article = workspace::is_article(&it.language_id, &path);
        let document = Document {
            path,
            version: it.version,
            text: it.text,
            is_article,
            revision: self.next_revision(),
            due: is_article.then(Instant::now),
            running: None,
            checked: None,
            waiting: Vec::new(),
            uri: it.uri.clone(),
        };
        self.documents.insert(it.uri.as_str().to_owned(), document);
    }

    fn change(&mut self, it: DidChangeTextDocumentParams) {
        let revision = self.next_revision();
        let Some(document) = self.documents.get_mut(it.text_document.uri.as_str()) else { return };
        document.apply(it.content_changes, self.abilities.encoding);
        document.version = it.text_document.version;
        document.revision = revision;
        document.due = document.is_article.then(|| Instant::now() + REST);
        for (id, _) in document.waiting.drain(..) {
            self.outbox.refuse(id, ErrorCode::ContentModified, "the document has changed meanwhile");
        }
    }

    fn save(&mut self, uri: &Uri) {
        // Not every client watches files.
        if workspace::file(uri).is_some_and(|path| workspace::may_configure(&path)) {
            self.forget_configurations();
        }
        let Some(document) = self.documents.get_mut(uri.as_str()) else { return };
        if document.due.is_some() {
            document.due = Some(Instant::now());
        }
    }

    fn close(&mut self, uri: &Uri) {
        let Some(document) = self.documents.remove(uri.as_str()) else { return };
        for (id, _) in document.waiting {
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
            if let Ok(uri) = uri.parse() {
                self.publish(uri, Vec::new(), None);
            }
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
        let is_current = Arc::ptr_eq(&outcome.by, &self.checker);
        if let Some((uri, revision)) = outcome.document
            && let Some(document) = self.documents.get_mut(uri.as_str())
            && document.running == Some(revision)
        {
            document.running = None;
            if document.revision == revision {
                let findings = outcome.checked.findings.iter().map(|(_, shown)| shown.clone()).collect();
                let version = document.version;
                document.checked = Some((revision, outcome.checked));
                self.publish(uri.clone(), findings, Some(version));
                self.answer_waiting(&uri);
            }
        }
        if is_current {
            for trouble in outcome.troubles {
                self.tell(trouble);
            }
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
        self.outbox.notify::<ShowMessage>(&ShowMessageParams { typ: MessageType::ERROR, message });
        let Some((path, shown)) = trouble.place else { return };
        let Some(uri) = self.uri_of(&path) else { return };
        self.marked.insert(uri.as_str().to_owned());
        self.publish(uri, vec![shown], None);
    }

    /// As the client writes it if it has the file open.
    fn uri_of(&self, path: &Path) -> Option<Uri> {
        let open = self.documents.values().find(|it| it.path == path);
        open.map(|it| it.uri.clone()).or_else(|| address::uri(path).parse().ok())
    }

    fn ask(&mut self, id: RequestId, question: Question) {
        let uri = match &question {
            Question::Actions(it) => &it.text_document.uri,
            Question::Hover(it) => &it.text_document_position_params.text_document.uri,
        };
        let key = uri.as_str().to_owned();
        let Some(document) = self.documents.get_mut(&key).filter(|it| it.is_article) else {
            return self.outbox.answer(id, &Value::Null);
        };
        if document.findings().is_some() {
            return self.outbox.answer(id, &answer(document, &question, &self.abilities));
        }
        // Somebody waits: there is no more rest.
        document.due = document.due.map(|_| Instant::now());
        document.waiting.push((id, question));
    }

    fn answer_waiting(&mut self, uri: &Uri) {
        let Some(document) = self.documents.get_mut(uri.as_str()) else { return };
        for (id, question) in std::mem::take(&mut document.waiting) {
            self.outbox.answer(id, &answer(document, &question, &self.abilities));
        }
    }

    fn cancel(&mut self, it: CancelParams) {
        let id: RequestId = match it.id {
            NumberOrString::Number(it) => it.into(),
            NumberOrString::String(it) => it.into(),
        };
        for document in self.documents.values_mut() {
            if let Some(at) = document.waiting.iter().position(|(waiting, _)| *waiting == id) {
                document.waiting.remove(at);
                self.outbox.refuse(id, ErrorCode::RequestCanceled, "as you wish");
                return;
            }
        }
    }

    fn new_checker(&self) -> Arc<Checker> {
        Arc::new(Checker::new(Arc::clone(&self.today), Arc::clone(&self.abilities)))
    }

    fn next_revision(&mut self) -> u64 {
        self.revisions += 1;
        self.revisions
    }

    fn publish(&self, uri: Uri, diagnostics: Vec<Shown>, version: Option<i32>) {
        self.outbox.notify::<PublishDiagnostics>(&PublishDiagnosticsParams { uri, diagnostics, version });
    }

    fn log(&self, message: &str) {
        let message = terminal::one_line(message);
        self.outbox.notify::<LogMessage>(&LogMessageParams { typ: MessageType::ERROR, message });
    }
}

fn answer(document: &Document, question: &Question, abilities: &Abilities) -> Value {
    match question {
        Question::Actions(it) => serde_json::to_value(actions::actions(document, it, abilities)),
        Question::Hover(it) => {
            let at = it.text_document_position_params.position;
            serde_json::to_value(hover::hover(document, at, abilities))
        }
    }
    .unwrap_or_default()
}

fn read<T: DeserializeOwned>(params: Value) -> Result<T, String> {
    serde_json::from_value(params).map_err(|error| format!("failed to read what it says: {error}"))
}
