//! Messages on streams: a header with a length, then JSON.
//!
//! Reading is done by hand: what is no message is reported and skipped, and no length that a client claims is believed
//! beyond what an article can hold.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::sync::mpsc::{self, Sender};
use std::thread::{self, JoinHandle};

use lsp_server::{Message, Notification, Request, RequestId, Response};
use serde::Serialize;
use serde_json::Value;

use super::{Event, Events};
use crate::source::LARGEST;

/// An article of the largest size, each byte of it written as an escape.
const LONGEST: u64 = LARGEST * 6;

/// Reads messages on a thread of its own until the stream ends or the client says `exit`.
pub(super) fn listen(input: impl Read + Send + 'static, events: Events) -> io::Result<JoinHandle<()>> {
    thread::Builder::new().name("reader".to_owned()).spawn(move || {
        let mut input = BufReader::new(input);
        loop {
            let event = match read(&mut input) {
                Ok(Some(message)) => Event::Message(message),
                Err(error) if error.kind() == io::ErrorKind::InvalidData => {
                    Event::Malformed(error.to_string())
                }
                Ok(None) | Err(_) => Event::Closed,
            };
            let is_last = match &event {
                Event::Message(Message::Notification(it)) => it.method == "exit",
                event => matches!(event, Event::Closed),
            };
            if events.send(event).is_err() || is_last {
                return;
            }
        }
    })
}

/// Writes messages on a thread of its own, so that a client that does not read holds up nothing else.
pub(super) fn speak(mut output: impl Write + Send + 'static) -> io::Result<(Outbox, JoinHandle<()>)> {
    let (sender, messages) = mpsc::channel::<Message>();
    let writer = thread::Builder::new().name("writer".to_owned()).spawn(move || {
        for message in messages {
            if message.write(&mut output).is_err() {
                return;
            }
        }
    })?;
    Ok((Outbox(sender), writer))
}

/// What goes to the client.
pub(super) struct Outbox(Sender<Message>);

impl Outbox {
    /// Tells the client something.
    pub(super) fn notify<N: gen_lsp_types::Notification>(&self, params: &N::Params) {
        self.send(Notification::new(N::METHOD.to_string(), value(params)));
    }

    /// Asks the client for something; its answer is not waited for.
    pub(super) fn request<R: gen_lsp_types::Request>(&self, id: &str, params: &R::Params) {
        self.send(Request::new(id.to_owned().into(), R::METHOD.to_string(), value(params)));
    }

    /// Answers a request.
    pub(super) fn answer(&self, id: RequestId, answer: &impl Serialize) {
        self.send(Response::new_ok(id, value(answer)));
    }

    /// Refuses a request.
    pub(super) fn refuse(&self, id: RequestId, code: lsp_server::ErrorCode, why: &str) {
        self.send(Response::new_err(id, code as i32, why.to_owned()));
    }

    fn send(&self, message: impl Into<Message>) {
        // A client that is gone is noticed by the reader.
        let _ = self.0.send(message.into());
    }
}

/// Our own messages have text for keys and finite numbers, so nothing in them cannot be written as JSON.
fn value(it: &impl Serialize) -> Value {
    serde_json::to_value(it).unwrap_or_default()
}

/// The next message; `None` at the end of the stream. After an error of the kind `InvalidData` reading can go on.
fn read(input: &mut impl BufRead) -> io::Result<Option<Message>> {
    let Some(length) = read_header(input)? else { return Ok(None) };
    if LONGEST < length {
        io::copy(&mut input.take(length), &mut io::sink())?;
        return Err(invalid(format!("a message of {length} bytes is too long")));
    }
    let mut body = Vec::new();
    input.take(length).read_to_end(&mut body)?;
    if (body.len() as u64) < length {
        return Ok(None);
    }
    serde_json::from_slice(&body)
        .map(Some)
        .map_err(|error| invalid(format!("failed to read a message: {error}")))
}

/// The length that a header states.
fn read_header(input: &mut impl BufRead) -> io::Result<Option<u64>> {
    const LONGEST_LINE: u64 = 4096;
    let mut length = None;
    loop {
        let mut line = Vec::new();
        if input.take(LONGEST_LINE).read_until(b'\n', &mut line)? == 0 {
            return Ok(None);
        }
        let line = String::from_utf8_lossy(&line);
        let line = line.trim();
        if line.is_empty() {
            return length.map(Some).ok_or_else(|| invalid("a message without a length".to_owned()));
        }
        let Some((name, value)) = line.split_once(':') else {
            return Err(invalid("a line that is no header".to_owned()));
        };
        if name.eq_ignore_ascii_case("Content-Length") {
            let stated =
                value.trim().parse().map_err(|_| invalid("a length that is no number".to_owned()))?;
            length = Some(stated);
        }
    }
}

fn invalid(why: String) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, why)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is read of a stream: methods, and `?` for what is no message.
    fn methods(stream: &str) -> Vec<String> {
        let mut input = stream.as_bytes();
        let mut found = Vec::new();
        loop {
            match read(&mut input) {
                Ok(None) => return found,
                Ok(Some(Message::Notification(it))) => found.push(it.method),
                Ok(Some(_)) => found.push("other".to_owned()),
                Err(_) => found.push("?".to_owned()),
            }
        }
    }

    fn framed(body: &str) -> String {
        format!("Content-Length: {}\r\n\r\n{body}", body.len())
    }

    #[test]
    fn reads_on_after_what_is_no_message() {
        let good = framed(r#"{"jsonrpc":"2.0","method":"a"}"#);
        assert_eq!(methods(&format!("{good}{good}")), ["a", "a"]);
        assert_eq!(methods(&format!("{}{good}", framed("{"))), ["?", "a"]);
        assert_eq!(methods(&format!("{}{good}", framed("[1]"))), ["?", "a"]);
        assert_eq!(methods(&format!("nonsense\r\n{good}")), ["?", "a"]);
        assert_eq!(methods(&format!("Content-Length: x\r\n{good}")), ["?", "a"]);
        assert_eq!(methods(&format!("\r\n{good}")), ["?", "a"]);
    }

    #[test]
    fn a_length_is_not_believed() {
        assert!(methods("Content-Length: 10\r\n\r\n{").is_empty());
        assert_eq!(methods("Content-Length: 18446744073709551615\r\n\r\n{"), ["?"]);
        assert_eq!(methods("Content-Length: -1\r\n"), ["?"]);
    }

    #[test]
    fn other_headers_and_cases_are_read() {
        let body = r#"{"jsonrpc":"2.0","method":"a"}"#;
        let stream = format!("Content-Type: x; charset=utf-8\r\ncontent-length:{}\r\n\r\n{body}", body.len());
        assert_eq!(methods(&stream), ["a"]);
    }
}
