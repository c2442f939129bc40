//! Findings as a client takes them: what is wrong and what to do in the message, second places beside it.

use gen_lsp_types::{Diagnostic as Shown, DiagnosticRelatedInformation, DiagnosticSeverity, Location, Uri};

use super::position::Positions;
use crate::diagnostic::Diagnostic;
use crate::report::Failure;
use crate::severity::Severity;
use crate::source::Source;
use crate::span::Span;

/// What findings are said to come from.
pub(super) const SOURCE: &str = "soreaid-lint";

/// A finding; with `document`, its second places point there.
pub(super) fn shown(it: &Diagnostic, positions: &Positions<'_>, document: Option<&Uri>) -> Shown {
    let second = |uri: &Uri| -> Vec<DiagnosticRelatedInformation> {
        // One article is checked at a time, so that no place is in another.
        let labels = it.labels_within().filter(|label| !label.message.is_empty());
        labels
            .map(|label| DiagnosticRelatedInformation {
                location: Location::new(uri.clone(), positions.range(label.place.span)),
                message: label.message.clone(),
            })
            .collect()
    };
    let message = match &it.help {
        Some(help) => format!("{}\nhelp: {help}", it.message),
        None => it.message.clone(),
    };
    Shown {
        range: positions.range(it.place.span),
        severity: Some(severity(it.severity)),
        code: Some(it.rule.to_owned().into()),
        source: Some(SOURCE.to_owned()),
        message: message.into(),
        related_information: document.map(second).filter(|it| !it.is_empty()),
        data: Some(it.fingerprint.clone().into()),
        ..Shown::default()
    }
}

/// What is wrong with a configuration, in its own text: from where it was seen to the end of that line.
pub(super) fn trouble(failure: &Failure, configuration: &Source, positions: &Positions<'_>) -> Shown {
    let at = failure.position;
    let line =
        at.and_then(|at| configuration.lines().nth(at.line.saturating_sub(1))).unwrap_or(Span::empty(0));
    let before = configuration.slice(line).chars().take(at.map_or(0, |at| at.column.saturating_sub(1)));
    let start = line.start + before.map(char::len_utf8).sum::<usize>();
    Shown {
        range: positions.range(Span::new(start, line.end.max(start))),
        severity: Some(DiagnosticSeverity::Error),
        source: Some(SOURCE.to_owned()),
        message: failure.message.clone().into(),
        ..Shown::default()
    }
}

fn severity(it: Severity) -> DiagnosticSeverity {
    match it {
        Severity::Error => DiagnosticSeverity::Error,
        Severity::Warning => DiagnosticSeverity::Warning,
        Severity::Note => DiagnosticSeverity::Information,
    }
}
