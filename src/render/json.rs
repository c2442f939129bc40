//! The JSON report, version 1: stable, described by `schemas/report.schema.json`.

use serde_json::{Value, json};

use crate::diagnostic::{Diagnostic, Place};

/// One diagnostic.
pub fn diagnostic(it: &Diagnostic) -> Value {
    json!({
        "rule": it.rule,
        "severity": it.severity,
        "path": it.path.to_string_lossy().replace('\\', "/"),
        "message": it.message,
        "start": position(&it.place, true),
        "end": position(&it.place, false),
        "labels": it.labels.iter().map(|(place, message)| json!({
            "message": message,
            "start": position(place, true),
            "end": position(place, false),
        })).collect::<Vec<_>>(),
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

fn position(place: &Place, start: bool) -> Value {
    let (at, byte) = if start { (place.start, place.span.start) } else { (place.end, place.span.end) };
    json!({ "line": at.line, "column": at.column, "byte": byte })
}
