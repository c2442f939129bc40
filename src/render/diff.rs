//! What fixes would change, as a unified diff that `patch -p0` and `git apply -p0` take.

use std::fmt::Write as _;
use std::io::{self, Write};

use similar::{Algorithm, ChangeTag, TextDiff};

use super::terminal::{one_line, safe};
use crate::report::Change;

/// Where a diff goes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// People read it: control characters are shown.
    Terminal,
    /// Programs read it: every byte as it is.
    Program,
}

/// Writes the diff of every change.
pub fn write(changes: &[Change], target: Target, out: &mut dyn Write) -> io::Result<()> {
    for change in changes {
        let diff = unified(change);
        match target {
            Target::Terminal => write!(out, "{}", safe(&diff))?,
            Target::Program => write!(out, "{diff}")?,
        }
    }
    Ok(())
}

/// Lines are what ends in a line feed, as for every program that reads diffs.
fn unified(change: &Change) -> String {
    let before: Vec<&str> = change.before.text().split_inclusive('\n').collect();
    let after: Vec<&str> = change.after.split_inclusive('\n').collect();
    let diff = TextDiff::configure().algorithm(Algorithm::Patience).diff_slices(&before, &after);
    let path = one_line(&change.before.path().display().to_string()).replace('\\', "/");
    let mut text = String::new();
    for hunk in diff.unified_diff().context_radius(3).iter_hunks() {
        if text.is_empty() {
            let _ = write!(text, "--- {path}\n+++ {path}\n");
        }
        let _ = writeln!(text, "{}", hunk.header());
        for line in hunk.iter_changes() {
            text.push(match line.tag() {
                ChangeTag::Equal => ' ',
                ChangeTag::Delete => '-',
                ChangeTag::Insert => '+',
            });
            text.push_str(line.value());
            if !line.value().ends_with('\n') {
                text.push_str("\n\\ No newline at end of file\n");
            }
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    fn diff(before: &str, after: &str) -> String {
        let before = Source::from_text("a.md", before);
        unified(&Change { before, after: after.to_owned(), count: 1 })
    }

    #[test]
    fn every_line_keeps_its_ending() {
        assert_eq!(diff("a\r\nb\r\n", "a\r\n"), "--- a.md\n+++ a.md\n@@ -1,2 +1 @@\n a\r\n-b\r\n");
        assert_eq!(
            diff("a", "b"),
            "--- a.md\n+++ a.md\n@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+b\n\\ No newline at end of file\n"
        );
        assert_eq!(diff("a\n", "a\n"), "");
    }
}
