//! What a whole run found: plain data, which renderers turn into text.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::config::ConfigError;
use crate::diagnostic::Diagnostic;
use crate::severity::Severity;
use crate::source::{Position, Source};

/// Something that could not be done.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Failure {
    /// The file or folder that it is about.
    pub path: PathBuf,
    /// Where in it, if anywhere.
    pub position: Option<Position>,
    /// What happened.
    pub message: String,
}

impl Failure {
    /// A failure about a path as a whole.
    pub fn new(path: impl Into<PathBuf>, message: impl Into<String>) -> Self {
        Self { path: path.into(), position: None, message: message.into() }
    }
}

impl From<&ConfigError> for Failure {
    fn from(error: &ConfigError) -> Self {
        Self { path: error.path.clone(), position: error.position, message: error.message.clone() }
    }
}

/// An article that fixes changed, or would change.
#[derive(Debug)]
pub struct Change {
    /// Its text as it was.
    pub before: Source,
    /// Its text with the fixes.
    pub after: String,
    /// How many fixes.
    pub count: usize,
}

/// What came of a run.
#[derive(Debug, Default)]
pub struct Report {
    /// How many articles were checked.
    pub files: usize,
    /// By path, then position, then rule.
    pub diagnostics: Vec<Diagnostic>,
    /// Their paths.
    pub articles: Vec<PathBuf>,
    /// What a baseline knows of them, and is not reported.
    pub baselined: Vec<Diagnostic>,
    /// How many findings comments allowed.
    pub suppressed: usize,
    /// What could not be done, by path.
    pub failures: Vec<Failure>,
    /// The articles that have diagnostics.
    pub sources: BTreeMap<PathBuf, Source>,
    /// How many diagnostics are at or above the severity that makes the run fail, by severity.
    pub failing: BTreeMap<Severity, usize>,
    /// What fixes did, or would do.
    pub changes: Vec<Change>,
}

impl Report {
    /// How many diagnostics have this severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.diagnostics.iter().filter(|it| it.severity == severity).count()
    }

    /// How many fixes were applied, or would be.
    pub fn fixed(&self) -> usize {
        self.changes.iter().map(|it| it.count).sum()
    }

    /// How many diagnostics each rule has, the most first.
    pub fn statistics(&self) -> Vec<(&'static str, usize)> {
        let mut counts: BTreeMap<&'static str, usize> = BTreeMap::new();
        for diagnostic in &self.diagnostics {
            *counts.entry(diagnostic.rule).or_default() += 1;
        }
        let mut counts: Vec<_> = counts.into_iter().collect();
        counts.sort_by_key(|&(_, count)| std::cmp::Reverse(count));
        counts
    }
}
