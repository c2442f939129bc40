//! reviewdog's diagnostic format: findings with suggestions, which it turns into comments of a review.
//!
//! Its columns count the bytes of a line, from 1, and its ends are exclusive. A suggestion is one range; the edits of
//! a fix, which may be several, become one with the text between them.
//!
//! <https://github.com/reviewdog/reviewdog/tree/master/proto/rdf>

use std::io::{self, Write};

use serde::Serialize;
use serde_json::{Value, json};

use super::each::Each;
use super::{account, address};
use crate::diagnostic::{Diagnostic, Fix, Second};
use crate::report::{Failure, Report};
use crate::severity::Severity;
use crate::source::Source;
use crate::span::Span;

#[derive(Serialize)]
struct Document<D> {
    source: Value,
    diagnostics: D,
}

/// Writes the whole report.
pub fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let findings = || report.diagnostics.iter().map(|it| finding(it, report.sources.get(&it.path)));
    let document = Document {
        source: json!({ "name": env!("CARGO_PKG_NAME"), "url": env!("CARGO_PKG_REPOSITORY") }),
        diagnostics: Each(|| findings().chain(report.failures.iter().map(failure))),
    };
    serde_json::to_writer_pretty(&mut *out, &document)?;
    writeln!(out)
}

fn finding(it: &Diagnostic, source: Option<&Source>) -> Value {
    let severity = match it.severity {
        Severity::Error => "ERROR",
        Severity::Warning => "WARNING",
        Severity::Note => "INFO",
    };
    let path = address::plain(&it.path);
    let location = |span: Span| match source {
        Some(source) => json!({ "path": path, "range": range(source, span) }),
        None => json!({ "path": path }),
    };
    let related = |label: &Second| {
        let location = match &label.path {
            // Its columns count bytes, and the text of the other article may not be at hand.
            Some(path) => json!({ "path": address::plain(path), "range": line(label.place.start.line) }),
            None => location(label.place.span),
        };
        json!({ "message": label.message, "location": location })
    };
    let suggestions =
        source.map(|source| it.fixes.iter().filter_map(|fix| suggestion(source, fix)).collect::<Vec<_>>());
    json!({
        "message": account::lines(it),
        "location": location(it.place.span),
        "severity": severity,
        "code": { "value": it.rule },
        "suggestions": suggestions.unwrap_or_default(),
        "relatedLocations": it.labels.iter().map(related).collect::<Vec<_>>(),
    })
}

fn suggestion(source: &Source, fix: &Fix) -> Option<Value> {
    let whole = fix.edits.iter().map(|it| it.span).reduce(Span::to)?;
    let mut text = String::new();
    let mut at = whole.start;
    for edit in &fix.edits {
        text.push_str(source.slice(Span::new(at, edit.span.start)));
        text.push_str(&edit.text);
        at = edit.span.end;
    }
    Some(json!({ "range": range(source, whole), "text": text }))
}

fn failure(it: &Failure) -> Value {
    let mut location = json!({ "path": address::plain(&it.path) });
    if let Some(at) = it.position {
        // Its column counts characters, and there is no text to count bytes in.
        location["range"] = line(at.line);
    }
    json!({ "message": account::failure(it), "severity": "ERROR", "location": location })
}

fn line(line: usize) -> Value {
    json!({ "start": { "line": line } })
}

fn range(source: &Source, span: Span) -> Value {
    json!({ "start": position(source, span.start), "end": position(source, span.end) })
}

fn position(source: &Source, byte: usize) -> Value {
    let column = byte - source.line_start(byte) + 1;
    json!({ "line": source.position(byte).line, "column": column })
}
