//! All that is said about a finding beside its places, for formats that hold plain text: the published figures and
//! their sources go wherever the message goes, and so do places in other articles.

use std::path::Path;

use super::address;
use super::terminal::one_line as one_line_of;
use crate::diagnostic::{Diagnostic, Second};
use crate::report::Failure;

/// Places in other articles, notes, sources and what to write instead, each on its own.
pub fn particulars(it: &Diagnostic) -> Vec<String> {
    let mut lines: Vec<String> = it.labels_elsewhere().map(|(path, label)| elsewhere(path, label)).collect();
    lines.extend_from_slice(&it.notes);
    lines.extend(it.sources.iter().map(|it| format!("source: {}, {}, {}", it.publisher, it.title, it.url)));
    lines.extend(it.help.iter().map(|help| format!("help: {help}")));
    lines
}

/// A place in another article: `sleep.md:3:1: the same title`.
fn elsewhere(path: &Path, label: &Second) -> String {
    let at = label.place.start;
    format!("{}:{}:{}: {}", one_line_of(&address::plain(path)), at.line, at.column, label.message)
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
