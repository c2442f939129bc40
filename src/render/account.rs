//! All that is said about a finding beside its places, for formats that hold plain text: the published figures and
//! their sources go wherever the message goes.

use crate::diagnostic::Diagnostic;
use crate::report::Failure;

/// Notes, sources and what to write instead, each on its own.
pub fn particulars(it: &Diagnostic) -> Vec<String> {
    let mut lines = it.notes.clone();
    lines.extend(it.sources.iter().map(|it| format!("source: {}, {}, {}", it.publisher, it.title, it.url)));
    lines.extend(it.help.iter().map(|help| format!("help: {help}")));
    lines
}

/// The message and all particulars, line by line.
pub fn lines(it: &Diagnostic) -> String {
    let mut lines = vec![it.message.clone()];
    lines.extend(particulars(it));
    lines.join("\n")
}

/// The same on one line.
pub fn one_line(it: &Diagnostic) -> String {
    let particulars = particulars(it);
    if particulars.is_empty() {
        return it.message.clone();
    }
    format!("{} ({})", it.message, particulars.join("; "))
}

/// What could not be done, on one line, for formats whose own place for a path is beside it.
pub fn failure(it: &Failure) -> String {
    format!("this could not be checked: {}", it.message)
}
