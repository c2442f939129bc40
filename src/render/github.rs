//! Workflow commands of GitHub Actions: one line for each finding, which becomes an annotation of the change.
//!
//! <https://docs.github.com/actions/reference/workflow-commands-for-github-actions>

use std::io::{self, Write};

use super::terminal::safe;
use super::{account, address};
use crate::diagnostic::Diagnostic;
use crate::report::{Failure, Report};
use crate::severity::Severity;

/// Writes all findings, then what could not be done.
pub fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    for it in &report.diagnostics {
        finding(it, out)?;
    }
    for it in &report.failures {
        failure(it, out)?;
    }
    Ok(())
}

fn finding(it: &Diagnostic, out: &mut dyn Write) -> io::Result<()> {
    let command = match it.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    };
    let (start, end) = (it.place.start, it.place.end);
    write!(out, "::{command} file={},line={}", property(&address::plain(&it.path)), start.line)?;
    if start.line == end.line {
        write!(out, ",col={},endLine={},endColumn={}", start.column, end.line, end.column)?;
    } else {
        // GitHub drops columns of a place that runs over several lines, with a warning.
        write!(out, ",endLine={}", end.line)?;
    }
    writeln!(out, ",title={}::{}", property(it.rule), message(&account::lines(it)))
}

fn failure(it: &Failure, out: &mut dyn Write) -> io::Result<()> {
    write!(out, "::error file={}", property(&address::plain(&it.path)))?;
    if let Some(at) = it.position {
        write!(out, ",line={},col={}", at.line, at.column)?;
    }
    writeln!(out, ",title=soreaid-lint::{}", message(&account::failure(it)))
}

/// A line of a log is a command of its own: no text may begin a new one, nor colour the log.
fn message(text: &str) -> String {
    safe(text).replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// In front of the message a colon and a comma have a meaning, too.
fn property(text: &str) -> String {
    message(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_begins_another_command() {
        let hostile = "a%0A\r\n::error::b,c\u{1b}";
        assert_eq!(message(hostile), "a%250A%0D%0A::error::b,c\\u{1b}");
        assert_eq!(property(hostile), "a%250A%0D%0A%3A%3Aerror%3A%3Ab%2Cc\\u{1b}");
    }
}
