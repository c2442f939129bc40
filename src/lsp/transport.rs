//! Messages on streams: a header with a length, then JSON.
//!
//! Reading is done by hand: what is no message is reported and skipped, and no length that a client claims is believed
//! beyond what an article can hold.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::sync::mpsc::{self, Sender};
use std::thread::{self, JoinHandle};

use lsp_server::{Message, Request, RequestId, Response};
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
    let (sender, messages) = mpsc::channel::<Written>();
    let writer = thread::Builder::new().name("writer".to_owned()).spawn(move || {
        for Written(message) in messages {
            if output.write_all(&message).and_then(|()| output.flush()).is_err() {
                return;
            }
        }
    })?;
    Ok((Outbox(sender), writer))
}

/// A message as it goes to the client: made by whoever has the time.
pub(super) struct Written(Vec<u8>);

impl Written {
    /// A notification, without a tree of values in between: the findings of a long article are many.
    pub(super) fn notification<N: gen_lsp_types::Notification>(params: &impl Serialize) -> Self {
        #[derive(Serialize)]
        struct Told<'p, P> {
            jsonrpc: &'static str,
            method: String,
            params: &'p P,
        }
        let message = Told { jsonrpc: "2.0", method: N::METHOD.to_string(), params };
        // Our own messages have text for keys and finite numbers, so nothing in them cannot be written as JSON.
        let body = serde_json::to_vec(&message).unwrap_or_default();
        let mut written = format!("Content-Length: {}\r\n\r\n", body.len()).into_bytes();
        written.extend(body);
        Self(written)
    }
}

impl From<Message> for Written {
    fn from(message: Message) -> Self {
        let mut written = Vec::new();
        // A vector takes all that it is given.
        let _ = message.write(&mut written);
        Self(written)
    }
}

/// What goes to the client.
pub(super) struct Outbox(Sender<Written>);

impl Outbox {
    /// Tells the client something.
    pub(super) fn notify<N: gen_lsp_types::Notification>(&self, params: &N::Params) {
        self.send(Written::notification::<N>(params));
    }

    /// Asks the client for something; its answer is not waited for.
    pub(super) fn request<R: gen_lsp_types::Request>(&self, id: &str, params: &R::Params) {
        self.send(
            Message::from(Request::new(id.to_owned().into(), R::METHOD.to_string(), value(params))).into(),
        );
    }

    /// Answers a request.
    pub(super) fn answer(&self, id: RequestId, answer: &impl Serialize) {
        self.send(Message::from(Response::new_ok(id, value(answer))).into());
    }

    /// Refuses a request.
    pub(super) fn refuse(&self, id: RequestId, code: lsp_server::ErrorCode, why: &str) {
        self.send(Message::from(Response::new_err(id, code as i32, why.to_owned())).into());
    }

    /// Hands a message out.
    pub(super) fn send(&self, message: Written) {
        // A client that is gone is noticed by the reader.
        let _ = self.0.send(message);
    }
}

/// As for [`Written::notification`], nothing of it cannot be written.
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
