//! How long an editor waits for findings after a change of a 100 KB article.
//!
//! ```sh
//! cargo bench --bench server
//! ```
//!
//! Types into the real program over pipes, in both units of columns. The rest that the server lets a document have
//! before it checks is left out: each change is saved, which ends that rest. Beside it, the wait with the rest, and what
//! the check alone costs.

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use jiff::civil::date;
use serde_json::{Value, json};
use soreaid_lint::bundled;
use soreaid_lint::config::Settings;
use soreaid_lint::engine::Engine;
use soreaid_lint::source::Source;

const BYTES: usize = 100_000;
const CHANGES: i32 = 100;
const CHANGES_WITH_REST: i32 = 10;
const ARTICLE: &str = include_str!("../fixtures/articles/post-massage-soreness.md");
const URI: &str = "file:///articles/long.md";

#[expect(clippy::print_stdout, reason = "a benchmark prints what it measured")]
fn main() {
    let text = long_article();
    println!("{} bytes, {} findings, {CHANGES} changes", text.len(), check_alone(&text).1);
    println!("{:14} {:>9} {:>9}", "", "median", "slowest");
    show("utf-16", &waits(&text, "utf-16", CHANGES, Server::save));
    show("utf-8", &waits(&text, "utf-8", CHANGES, Server::save));
    show("with the rest", &waits(&text, "utf-8", CHANGES_WITH_REST, |_| {}));
    show("check alone", &check_alone(&text).0);
}

#[expect(clippy::print_stdout, reason = "a benchmark prints what it measured")]
fn show(what: &str, sorted: &[Duration]) {
    println!("{what:14} {:>9.1?} {:>9.1?}", sorted[sorted.len() / 2], sorted[sorted.len() - 1]);
}

/// The longest article of the fixtures, again and again under one front matter, each time in a part of its own.
fn long_article() -> String {
    let (front_matter, body) = ARTICLE.split_at(ARTICLE.rfind("\n---\n").expect("front matter") + 5);
    let mut text = front_matter.to_owned();
    for part in 1.. {
        if BYTES <= text.len() {
            break;
        }
        text.extend(["\n## Part ", &part.to_string(), " 😀\n", body]);
    }
    text
}

/// How long each check takes in this process, shortest first, and how much one finds.
fn check_alone(text: &str) -> (Vec<Duration>, usize) {
    let engine = Engine::new(bundled::knowledge, |_| true);
    let settings = Settings::new(date(2026, 11, 23));
    let source = Source::from_text("long.md", text);
    let mut count = 0;
    let mut checks: Vec<Duration> = (0..20)
        .map(|_| {
            let begun = Instant::now();
            count = engine.check(&source, &settings).expect("no packs").diagnostics.len();
            begun.elapsed()
        })
        .collect();
    checks.sort_unstable();
    (checks, count)
}

/// From each change until the findings of the text with it have arrived, shortest first.
fn waits(text: &str, encoding: &str, changes: i32, then: impl Fn(&mut Server)) -> Vec<Duration> {
    let mut server = Server::start(encoding);
    let document = json!({"uri": URI, "languageId": "markdown", "version": 0, "text": text});
    server.notify("textDocument/didOpen", &json!({"textDocument": document}));
    server.wait_for_version(0);
    // In the middle, at the end of a line.
    let line = text[..text.len() / 2].matches('\n').count() - 1;
    let at = json!({"line": line, "character": 1_000_000});
    let waits = (1..=changes).map(|version| {
        let begun = Instant::now();
        let change =
            json!([{"range": {"start": at, "end": at}, "text": if version % 6 == 0 { " " } else { "a" }}]);
        let document = json!({"uri": URI, "version": version});
        server.notify("textDocument/didChange", &json!({"textDocument": document, "contentChanges": change}));
        then(&mut server);
        server.wait_for_version(version);
        begun.elapsed()
    });
    let mut waits: Vec<Duration> = waits.collect();
    waits.sort_unstable();
    waits
}

/// The program, as an editor runs it.
struct Server {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

impl Server {
    fn start(encoding: &str) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_soreaid-lint"))
            .args(["lsp", "--today", "2026-11-23"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program runs");
        let input = child.stdin.take().expect("a pipe");
        let output = BufReader::new(child.stdout.take().expect("a pipe"));
        let mut server = Self { child, input, output };
        let capabilities = json!({
            "general": {"positionEncodings": [encoding]},
            "textDocument": {"publishDiagnostics": {"relatedInformation": true, "versionSupport": true}},
        });
        server.send(&json!({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {"capabilities": capabilities}}));
        server.wait_for(r#""id":1,"#);
        server.notify("initialized", &json!({}));
        server
    }

    /// Ends the rest.
    fn save(&mut self) {
        self.notify("textDocument/didSave", &json!({"textDocument": {"uri": URI}}));
    }

    fn notify(&mut self, method: &str, params: &Value) {
        self.send(&json!({"jsonrpc": "2.0", "method": method, "params": params}));
    }

    fn send(&mut self, message: &Value) {
        let body = message.to_string();
        write!(self.input, "Content-Length: {}\r\n\r\n{body}", body.len()).expect("the program reads");
    }

    fn wait_for_version(&mut self, version: i32) {
        self.wait_for(&format!(r#""version":{version}}}"#));
    }

    /// Waits for a message that holds these words; what it is made into is the client's business.
    fn wait_for(&mut self, words: &str) {
        loop {
            let mut header = String::new();
            while !header.ends_with("\r\n\r\n") {
                assert_ne!(self.output.read_line(&mut header).expect("a header"), 0, "the program goes on");
            }
            let length = header.trim().rsplit(' ').next().and_then(|it| it.parse().ok()).expect("a length");
            let mut body = vec![0; length];
            self.output.read_exact(&mut body).expect("a message");
            if memchr::memmem::find(&body, words.as_bytes()).is_some() {
                return;
            }
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
