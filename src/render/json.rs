//! The JSON report, version 1: stable, described by `schemas/report.schema.json`. Also one diagnostic a line.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::{Value, json};

use super::address::slashed;
use super::each::Each;
use crate::diagnostic::{Diagnostic, Place, Second};
use crate::report::{Failure, Report};
use crate::severity::Severity;

#[derive(Serialize)]
struct Document<D> {
    version: u8,
    tool: Value,
    summary: Value,
    diagnostics: D,
    failures: Vec<Value>,
}

/// Writes the whole report as one document.
pub fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let document = Document {
        version: 1,
        tool: json!({ "name": env!("CARGO_PKG_NAME"), "version": env!("CARGO_PKG_VERSION") }),
        summary: json!({
            "files": report.files,
            "errors": report.count(Severity::Error),
            "warnings": report.count(Severity::Warning),
            "notes": report.count(Severity::Note),
            "suppressed": report.suppressed,
            "baselined": report.baselined.len(),
            "fixed": report.fixed(),
        }),
        diagnostics: Each(|| report.diagnostics.iter().map(diagnostic)),
        failures: report.failures.iter().map(failure).collect(),
    };
    serde_json::to_writer_pretty(&mut *out, &document)?;
    writeln!(out)
}

/// Writes one diagnostic a line.
pub fn write_lines(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    for it in &report.diagnostics {
        serde_json::to_writer(&mut *out, &diagnostic(it))?;
        writeln!(out)?;
    }
    Ok(())
}

fn failure(it: &Failure) -> Value {
    json!({ "path": slashed(&it.path), "message": it.message })
}

fn diagnostic(it: &Diagnostic) -> Value {
    json!({
        "rule": it.rule,
        "severity": it.severity,
        "path": slashed(&it.path),
        "message": it.message,
        "start": position(&it.place, true),
        "end": position(&it.place, false),
        "labels": it.labels.iter().map(label).collect::<Vec<_>>(),
        "notes": it.notes,
        "help": it.help,
        "sources": it.sources,
        "fixes": it.fixes.iter().map(|fix| json!({
            "message": fix.message,
            "applicability": fix.applicability,
            "edits": fix.edits.iter().map(|edit| json!({
                "start_byte": edit.span.start,
                "end_byte": edit.span.end,
                "text": edit.text,
            })).collect::<Vec<_>>(),
        })).collect::<Vec<_>>(),
        "fingerprint": it.fingerprint,
    })
}

/// Names a path where the label is in another article.
fn label(it: &Second) -> Value {
    let mut label = json!({
        "message": it.message,
        "start": position(&it.place, true),
        "end": position(&it.place, false),
    });
    if let Some(path) = &it.path {
        label["path"] = json!(slashed(path));
    }
    label
}

fn position(place: &Place, start: bool) -> Value {
    let (at, byte) = if start { (place.start, place.span.start) } else { (place.end, place.span.end) };
    json!({ "line": at.line, "column": at.column, "byte": byte })
}
