//! A small client: speaks the protocol with the real program over pipes, and keeps documents as an editor does.

use std::io::{BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use lsp_server::Message;
use serde_json::{Value, json};

use crate::program::{self, program, status, text};

/// Long enough for a busy machine and a debug build.
const PATIENCE: Duration = Duration::from_secs(120);

pub(crate) struct Client {
    pub(crate) child: Child,
    input: Option<ChildStdin>,
    messages: Receiver<Message>,
    /// Read, and not asked for yet.
    kept: Vec<Message>,
    requests: i32,
}

impl Client {
    /// A server that is told nothing yet.
    pub(crate) fn start(folder: &Path) -> Self {
        Self::start_with(folder, &[])
    }

    /// The same, with more arguments.
    pub(crate) fn start_with(folder: &Path, arguments: &[&str]) -> Self {
        let mut child = program(folder, &[&["lsp", "--today", "2026-11-23"], arguments].concat())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program runs");
        let output = child.stdout.take().expect("a pipe");
        let (sender, messages) = mpsc::channel();
        thread::spawn(move || {
            let mut output = BufReader::new(output);
            while let Ok(Some(message)) = Message::read(&mut output) {
                if sender.send(message).is_err() {
                    return;
                }
            }
        });
        let input = child.stdin.take();
        Self { child, input, messages, kept: Vec::new(), requests: 0 }
    }

    /// A server that is ready, for a client with all abilities that counts columns so.
    pub(crate) fn ready(folder: &Path, encodings: &[&str]) -> Self {
        Self::ready_with(folder, &capabilities(encodings))
    }

    pub(crate) fn ready_with(folder: &Path, capabilities: &Value) -> Self {
        let mut client = Self::start(folder);
        client.begin(folder, capabilities);
        client
    }

    /// Says hello, for a folder.
    pub(crate) fn begin(&mut self, folder: &Path, capabilities: &Value) {
        let folder = json!([{"uri": uri(folder), "name": "articles"}]);
        let params = json!({"processId": null, "capabilities": capabilities, "workspaceFolders": folder});
        self.request("initialize", &params);
        self.notify("initialized", &json!({}));
    }

    pub(crate) fn raw(&mut self, bytes: &str) {
        let input = self.input.as_mut().expect("an open pipe");
        input.write_all(bytes.as_bytes()).and_then(|()| input.flush()).expect("the program reads");
    }

    pub(crate) fn send(&mut self, message: &Value) {
        let body = message.to_string();
        self.raw(&format!("Content-Length: {}\r\n\r\n{body}", body.len()));
    }

    pub(crate) fn notify(&mut self, method: &str, params: &Value) {
        self.send(&json!({"jsonrpc": "2.0", "method": method, "params": params}));
    }

    /// Sends a request and returns its number.
    pub(crate) fn ask(&mut self, method: &str, params: &Value) -> i32 {
        self.requests += 1;
        self.send(&json!({"jsonrpc": "2.0", "id": self.requests, "method": method, "params": params}));
        self.requests
    }

    /// What was answered: a result, or the code of an error.
    pub(crate) fn answer(&mut self, id: i32) -> Result<Value, i32> {
        let is_it = |message: &Message| matches!(message, Message::Response(it) if it.id == id.into());
        let Message::Response(response) = self.wait_for(is_it) else { unreachable!() };
        response.response_result.map_err(|it| it.code)
    }

    pub(crate) fn request(&mut self, method: &str, params: &Value) -> Value {
        let id = self.ask(method, params);
        self.answer(id).unwrap_or_else(|code| panic!("{method}: error {code}"))
    }

    pub(crate) fn open(&mut self, uri: &str, version: i32, text: &str) {
        let document = json!({"uri": uri, "languageId": "markdown", "version": version, "text": text});
        self.notify("textDocument/didOpen", &json!({"textDocument": document}));
    }

    pub(crate) fn change(&mut self, uri: &str, version: i32, changes: &Value) {
        let document = json!({"uri": uri, "version": version});
        self.notify("textDocument/didChange", &json!({"textDocument": document, "contentChanges": changes}));
    }

    /// The next findings that are published for a document.
    pub(crate) fn published(&mut self, uri: &str) -> Value {
        let message = self.wait_for(|it| is_about(it, "textDocument/publishDiagnostics", uri));
        let Message::Notification(it) = message else { unreachable!() };
        it.params
    }

    /// The parameters of the next notification of a kind.
    pub(crate) fn told(&mut self, method: &str) -> Value {
        let message = self.wait_for(|it| matches!(it, Message::Notification(it) if it.method == method));
        let Message::Notification(it) = message else { unreachable!() };
        it.params
    }

    /// The next request of the server.
    pub(crate) fn asked(&mut self, method: &str) -> Value {
        let message = self.wait_for(|it| matches!(it, Message::Request(it) if it.method == method));
        let Message::Request(it) = message else { unreachable!() };
        it.params
    }

    /// All that comes until nothing comes for a while.
    pub(crate) fn rest(&mut self, quiet: Duration) -> Vec<Message> {
        while let Ok(message) = self.messages.recv_timeout(quiet) {
            self.kept.push(message);
        }
        std::mem::take(&mut self.kept)
    }

    pub(crate) fn close_input(&mut self) {
        self.input = None;
    }

    /// Says good-bye and returns the exit status.
    pub(crate) fn stop(mut self) -> i32 {
        assert_eq!(self.request("shutdown", &Value::Null), Value::Null);
        self.notify("exit", &Value::Null);
        self.status()
    }

    pub(crate) fn status(&mut self) -> i32 {
        let end = Instant::now() + PATIENCE;
        while Instant::now() < end {
            if let Some(status) = self.child.try_wait().expect("a status") {
                return status.code().expect("an exit status");
            }
            thread::sleep(Duration::from_millis(10));
        }
        panic!("the program does not end");
    }

    fn wait_for(&mut self, is_it: impl Fn(&Message) -> bool) -> Message {
        if let Some(at) = self.kept.iter().position(&is_it) {
            return self.kept.remove(at);
        }
        let end = Instant::now() + PATIENCE;
        loop {
            match self.messages.recv_timeout(end.saturating_duration_since(Instant::now())) {
                Ok(message) if is_it(&message) => return message,
                Ok(message) => self.kept.push(message),
                Err(RecvTimeoutError::Timeout) => panic!("no such message among {:?}", self.kept),
                Err(RecvTimeoutError::Disconnected) => panic!("the program is gone; it said {:?}", self.kept),
            }
        }
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub(crate) fn is_about(message: &Message, method: &str, uri: &str) -> bool {
    matches!(message, Message::Notification(it) if it.method == method && it.params["uri"] == uri)
}

pub(crate) fn capabilities(encodings: &[&str]) -> Value {
    json!({
        "general": {"positionEncodings": encodings},
        "textDocument": {
            "publishDiagnostics": {"relatedInformation": true, "versionSupport": true},
            "codeAction": {"codeActionLiteralSupport": {"codeActionKind": {"valueSet": ["quickfix", "source.fixAll"]}}},
            "hover": {"contentFormat": ["markdown", "plaintext"]},
        },
        "workspace": {
            "workspaceEdit": {"documentChanges": true},
            "didChangeWatchedFiles": {"dynamicRegistration": true},
        },
    })
}

pub(crate) fn uri(path: &Path) -> String {
    soreaid_lint::render::address::uri(path)
}

/// Where a position of the protocol stands in a text: counted here on its own, character by character.
pub(crate) fn byte(text: &str, position: &Value, is_utf16: bool) -> usize {
    let number = |it: &Value| usize::try_from(it.as_u64().expect("a number")).expect("a small number");
    let (line, character) = (number(&position["line"]), number(&position["character"]));
    let mut at = 0;
    for _ in 0..line {
        let rest = &text[at..];
        let end = rest.find(['\n', '\r']).expect("so many lines");
        at += end + if rest[end..].starts_with("\r\n") { 2 } else { 1 };
    }
    let mut units = 0;
    for it in text[at..].chars() {
        if units == character {
            return at;
        }
        units += if is_utf16 { it.len_utf16() } else { it.len_utf8() };
        at += it.len_utf8();
    }
    assert_eq!(units, character, "a column within its line");
    at
}

/// A text after edits as an action holds them.
pub(crate) fn edited(text: &str, edits: &Value, is_utf16: bool) -> String {
    let mut spans: Vec<(usize, usize, &str)> = edits
        .as_array()
        .expect("a list")
        .iter()
        .map(|it| {
            let (start, end) = (&it["range"]["start"], &it["range"]["end"]);
            (byte(text, start, is_utf16), byte(text, end, is_utf16), it["newText"].as_str().expect("a text"))
        })
        .collect();
    spans.sort_unstable();
    let mut text = text.to_owned();
    for (start, end, new) in spans.into_iter().rev() {
        text.replace_range(start..end, new);
    }
    text
}

/// What the command line finds, with the same day.
pub(crate) fn command_line(folder: &Path, paths: &[&str]) -> Vec<Value> {
    let report: Value = serde_json::from_str(&run(folder, paths)).expect("JSON");
    report["diagnostics"].as_array().expect("a list").clone()
}

/// What the program writes.
pub(crate) fn run(folder: &Path, arguments: &[&str]) -> String {
    let json = ["--today", "2026-11-23", "--fail-on", "never", "--format", "json"];
    let output = program::run(folder, &[&json, arguments].concat());
    assert_eq!(status(&output), 0);
    text(&output.stdout)
}
