//! What is said about an article: findings as rules make them, diagnostics as the engine hands them out.
//!
//! Plain data. Rendering, positions and suppression are the business of other modules.

use std::path::{Path, PathBuf};

use borsh::{BorshDeserialize, BorshSerialize};
use serde::{Deserialize, Serialize};

use crate::citation::Citation;
use crate::severity::Severity;
pub use crate::source::Place;
use crate::span::Span;

/// A place that belongs to a finding, with three or four words about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// The other article that it is in; `None`: the finding's own.
    pub path: Option<PathBuf>,
    /// Where.
    pub span: Span,
    /// What stands there; may be empty for a primary label.
    pub message: String,
}

/// Whether a fix keeps the meaning of the article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, BorshSerialize, BorshDeserialize)]
#[serde(rename_all = "lowercase")]
pub enum Applicability {
    /// Keeps every word that readers see.
    Safe,
    /// Adds, removes or changes what readers see: somebody should look.
    Unsafe,
}

/// One replacement of source bytes.
#[derive(Debug, Clone, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Edit {
    /// What is replaced.
    pub span: Span,
    /// What stands there afterwards.
    pub text: String,
}

/// A change that removes a finding.
#[derive(Debug, Clone, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Fix {
    /// What it does, as an action.
    pub message: String,
    /// Whether it may be applied unseen.
    pub applicability: Applicability,
    /// In source order, not overlapping.
    pub edits: Vec<Edit>,
}

/// What one rule says about one place of an article.
#[derive(Debug, Clone)]
pub struct Finding {
    /// Unset: the rule's own default.
    pub severity: Option<Severity>,
    /// One line that stands alone.
    pub message: String,
    /// The primary place.
    pub label: Label,
    /// Other places that matter.
    pub labels: Vec<Label>,
    /// Further sentences.
    pub notes: Vec<String>,
    /// What to write instead.
    pub help: Option<String>,
    /// Published sources.
    pub sources: Vec<Citation>,
    /// Changes that would remove the finding, the best first.
    pub fixes: Vec<Fix>,
}

impl Finding {
    /// A finding with nothing but its message and place.
    ///
    /// Words of the article may run over several lines; in the message they stand on one.
    pub fn new(span: Span, message: impl AsRef<str>) -> Self {
        Self {
            severity: None,
            message: one_line(message.as_ref()),
            label: Label { path: None, span, message: String::new() },
            labels: Vec::new(),
            notes: Vec::new(),
            help: None,
            sources: Vec::new(),
            fixes: Vec::new(),
        }
    }

    /// With a severity other than the rule's default.
    #[must_use]
    pub fn severity(mut self, severity: Severity) -> Self {
        self.severity = Some(severity);
        self
    }

    /// With words under the primary place.
    #[must_use]
    pub fn label(mut self, message: impl Into<String>) -> Self {
        self.label.message = message.into();
        self
    }

    /// With a second place.
    #[must_use]
    pub fn also(mut self, span: Span, message: impl Into<String>) -> Self {
        self.labels.push(Label { path: None, span, message: message.into() });
        self
    }

    /// With more places of one kind.
    #[must_use]
    pub fn also_each(self, spans: impl IntoIterator<Item = Span>, message: &str) -> Self {
        spans.into_iter().fold(self, |finding, span| finding.also(span, message))
    }

    /// With a second place, where there is one.
    #[must_use]
    pub fn also_if_any(self, span: Option<Span>, message: &str) -> Self {
        match span {
            Some(span) => self.also(span, message),
            None => self,
        }
    }

    /// With a second place in another article.
    #[must_use]
    pub fn also_in(mut self, path: &Path, span: Span, message: impl Into<String>) -> Self {
        self.labels.push(Label { path: Some(path.to_owned()), span, message: message.into() });
        self
    }

    /// With a further sentence.
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    /// With what to write instead.
    #[must_use]
    pub fn help(mut self, help: impl AsRef<str>) -> Self {
        self.help = Some(one_line(help.as_ref()));
        self
    }

    /// With published sources.
    #[must_use]
    pub fn sources(mut self, sources: impl IntoIterator<Item = Citation>) -> Self {
        self.sources.extend(sources);
        self
    }

    /// With a change that would remove it.
    #[must_use]
    pub fn fix(mut self, fix: Fix) -> Self {
        self.fixes.push(fix);
        self
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A second place of a diagnostic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Second {
    /// The other article that it is in; `None`: the diagnostic's own.
    pub path: Option<PathBuf>,
    /// Where.
    pub place: Place,
    /// Three or four words about it.
    pub message: String,
}

/// A finding as the engine hands it out: with its rule, file, final severity and fingerprint.
#[derive(Debug, Clone)]
pub struct Diagnostic {
    /// Kebab-case id of the rule.
    pub rule: &'static str,
    /// After configuration.
    pub severity: Severity,
    /// The article, as given or relative to the working directory.
    pub path: PathBuf,
    /// The primary place.
    pub place: Place,
    /// One line that stands alone.
    pub message: String,
    /// Words under the primary place.
    pub label: String,
    /// Other places that matter.
    pub labels: Vec<Second>,
    /// Further sentences.
    pub notes: Vec<String>,
    /// What to write instead.
    pub help: Option<String>,
    /// Published sources.
    pub sources: Vec<Citation>,
    /// Changes that would remove it.
    pub fixes: Vec<Fix>,
    /// Stays the same when lines move: rule, text of the place, and how many like it stand before.
    pub fingerprint: String,
}

impl Diagnostic {
    /// The second places within the article itself.
    pub fn labels_within(&self) -> impl Iterator<Item = &Second> {
        self.labels.iter().filter(|it| it.path.is_none())
    }

    /// The second places in other articles, each with its path.
    pub fn labels_elsewhere(&self) -> impl Iterator<Item = (&Path, &Second)> {
        self.labels.iter().filter_map(|it| Some((it.path.as_deref()?, it)))
    }
}
