//! SARIF 2.1.0, the interchange format of static analysis, which code scanning reads.
//!
//! <https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>

use std::io::{self, Write};
use std::path::Path;

use serde::Serialize;
use serde_json::{Value, json};

use super::each::Each;
use super::{account, address};
use crate::diagnostic::{Diagnostic, Fix, Place};
use crate::report::{Failure, Report};
use crate::rule::Rule;
use crate::rules::RULES;
use crate::severity::Severity;
use crate::source::Source;

#[derive(Serialize)]
struct Document<R> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run<R>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<R> {
    tool: Value,
    invocations: Value,
    column_kind: &'static str,
    results: R,
    properties: Value,
}

/// Writes the whole report as one run.
pub fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let run = Run {
        tool: json!({ "driver": {
            "name": env!("CARGO_PKG_NAME"),
            "version": env!("CARGO_PKG_VERSION"),
            "semanticVersion": env!("CARGO_PKG_VERSION"),
            "informationUri": env!("CARGO_PKG_REPOSITORY"),
            "rules": RULES.iter().map(|it| rule(it)).collect::<Vec<_>>(),
        } }),
        invocations: json!([{
            "executionSuccessful": report.failures.is_empty(),
            "toolExecutionNotifications": report.failures.iter().map(notification).collect::<Vec<_>>(),
        }]),
        // As `source` counts: a tab is one column, and so is an emoji.
        column_kind: "unicodeCodePoints",
        results: Each(|| report.diagnostics.iter().map(|it| result(it, report))),
        properties: json!({ "files": report.files, "suppressed": report.suppressed }),
    };
    let document =
        Document { schema: "https://json.schemastore.org/sarif-2.1.0.json", version: "2.1.0", runs: [run] };
    serde_json::to_writer_pretty(&mut *out, &document)?;
    writeln!(out)
}

fn rule(rule: &Rule) -> Value {
    let documentation = rule.markdown();
    json!({
        "id": rule.id,
        "name": in_camel_case(rule.id),
        "shortDescription": { "text": sentence(rule.summary) },
        "fullDescription": { "text": what_it_flags(&documentation) },
        "help": { "text": documentation, "markdown": documentation },
        "helpUri": concat!(env!("CARGO_PKG_REPOSITORY"), "#rules"),
        "defaultConfiguration": { "level": level(rule.severity) },
        "properties": { "tags": ["wellness", "content"] },
    })
}

/// What stands under the first heading, on one line.
fn what_it_flags(documentation: &str) -> String {
    let lines = documentation.lines().skip_while(|line| !line.starts_with("## ")).skip(1);
    let words = lines.take_while(|line| !line.starts_with("## ")).flat_map(str::split_whitespace);
    words.collect::<Vec<_>>().join(" ")
}

/// `empty-section` as `EmptySection`, the form that the format wants of a rule's name.
fn in_camel_case(id: &str) -> String {
    let words = id.split('-');
    words
        .flat_map(|word| word[..1].chars().map(|it| it.to_ascii_uppercase()).chain(word[1..].chars()))
        .collect()
}

/// One-line texts of this program begin small and end without a dot; the format wants a sentence.
fn sentence(text: &str) -> String {
    let mut characters = text.chars();
    let first = characters.next().map(|it| it.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}.", characters.as_str())
}

const fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

/// Of a longer place, in bytes, the text is left to the article: a report is no copy of it.
const LONGEST_SNIPPET: usize = 4096;

fn result(it: &Diagnostic, report: &Report) -> Value {
    let mut result = json!({
        "ruleId": it.rule,
        "ruleIndex": RULES.iter().position(|rule| rule.id == it.rule),
        "level": level(it.severity),
        "message": message(&account::lines(it)),
        "locations": [location(&it.path, &it.place, &it.label)],
        "relatedLocations": it.labels.iter().enumerate().map(|(index, label)| {
            let path = label.path.as_ref().unwrap_or(&it.path);
            let mut location = location(path, &label.place, &label.message);
            location["id"] = json!(index + 1);
            location
        }).collect::<Vec<_>>(),
        "partialFingerprints": { "soreaidLint/v1": it.fingerprint },
        "properties": { "notes": it.notes, "help": it.help, "sources": it.sources },
    });
    if let Some(source) = report.sources.get(&it.path) {
        if it.place.span.len() <= LONGEST_SNIPPET {
            let text = source.slice(it.place.span);
            result["locations"][0]["physicalLocation"]["region"]["snippet"] = json!({ "text": text });
        }
        result["fixes"] = it.fixes.iter().map(|it| fix(it, source)).collect();
    }
    result
}

fn location(path: &Path, place: &Place, label: &str) -> Value {
    let mut location = json!({ "physicalLocation": {
        "artifactLocation": artifact(path),
        "region": region(place),
    } });
    if !label.is_empty() {
        location["message"] = message(label);
    }
    location
}

fn artifact(path: &Path) -> Value {
    json!({ "uri": address::uri(path) })
}

fn region(place: &Place) -> Value {
    json!({
        "startLine": place.start.line,
        "startColumn": place.start.column,
        "endLine": place.end.line,
        "endColumn": place.end.column,
        "byteOffset": place.span.start,
        "byteLength": place.span.len(),
    })
}

fn fix(fix: &Fix, source: &Source) -> Value {
    let replacements = fix.edits.iter().map(|edit| {
        let place = Place {
            span: edit.span,
            start: source.position(edit.span.start),
            end: source.position(edit.span.end),
        };
        json!({ "deletedRegion": region(&place), "insertedContent": { "text": edit.text } })
    });
    json!({
        "description": message(&fix.message),
        "artifactChanges": [{
            "artifactLocation": artifact(source.path()),
            "replacements": replacements.collect::<Vec<_>>(),
        }],
        "properties": { "applicability": fix.applicability },
    })
}

fn notification(it: &Failure) -> Value {
    let mut physical = json!({ "artifactLocation": artifact(&it.path) });
    if let Some(at) = it.position {
        physical["region"] = json!({ "startLine": at.line, "startColumn": at.column });
    }
    json!({
        "level": "error",
        "message": message(&account::failure(it)),
        "locations": [{ "physicalLocation": physical }],
    })
}

/// Even a plain message may hold links, `[words](address)`, which viewers make live; words of an article make none.
fn message(text: &str) -> Value {
    if text.contains("](") {
        let text = text.replace('\\', "\\\\").replace('[', "\\[").replace(']', "\\]");
        return json!({ "text": text });
    }
    json!({ "text": text })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_an_article_make_no_link() {
        assert_eq!(message("see [1]"), json!({ "text": "see [1]" }));
        assert_eq!(message("[x](https://a.example)"), json!({ "text": "\\[x\\](https://a.example)" }));
    }

    #[test]
    fn every_rule_says_what_it_flags() {
        for it in RULES {
            let described = rule(it);
            assert!(!described["fullDescription"]["text"].as_str().is_none_or(str::is_empty), "{}", it.id);
        }
        assert_eq!(in_camel_case("empty-section"), "EmptySection");
    }
}
