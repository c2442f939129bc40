//! One line for each finding: `path:line:column: severity[rule]: message`, which Vim and Emacs read.

use std::io::{self, Write};

use super::terminal::one_line;
use crate::report::Report;

/// Writes all findings.
pub fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    for it in &report.diagnostics {
        let path = it.path.to_string_lossy();
        let path = one_line(&path);
        let at = it.place.start;
        let message = one_line(&it.message);
        writeln!(out, "{path}:{}:{}: {}[{}]: {message}", at.line, at.column, it.severity, it.rule)?;
    }
    Ok(())
}
