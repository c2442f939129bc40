//! GitLab's code quality report: a list of issues that merge requests compare.
//!
//! <https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format>

use std::hash::BuildHasher as _;
use std::io::{self, Write};

use foldhash::fast::FixedState;
use serde_json::{Value, json};

use super::each::Each;
use super::{account, address};
use crate::diagnostic::Diagnostic;
use crate::report::{Failure, Report};
use crate::severity::Severity;

/// Writes all findings, and what could not be done, as one list.
pub fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let issues = || report.diagnostics.iter().map(finding).chain(report.failures.iter().map(failure));
    serde_json::to_writer_pretty(&mut *out, &Each(issues))?;
    writeln!(out)
}

fn finding(it: &Diagnostic) -> Value {
    let path = address::plain(&it.path);
    json!({
        "description": account::one_line(it),
        "check_name": it.rule,
        "fingerprint": fingerprint(&[&path, &it.fingerprint]),
        "severity": severity(it.severity),
        "location": { "path": path, "lines": { "begin": it.place.start.line, "end": it.place.end.line } },
    })
}

fn failure(it: &Failure) -> Value {
    let path = address::plain(&it.path);
    json!({
        "description": account::failure(it),
        "check_name": "soreaid-lint",
        "fingerprint": fingerprint(&[&path, &it.message]),
        "severity": "blocker",
        "location": { "path": path, "lines": { "begin": it.position.map_or(1, |at| at.line) } },
    })
}

/// What could harm a reader is critical; a likely fault is major, as GitLab's own scanners have it; advice is info.
const fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "critical",
        Severity::Warning => "major",
        Severity::Note => "info",
    }
}

/// GitLab takes issues with one fingerprint for the same, wherever they are: the path belongs to it.
fn fingerprint(parts: &[&str]) -> String {
    format!("{:016x}", FixedState::with_seed(0).hash_one(parts))
}
