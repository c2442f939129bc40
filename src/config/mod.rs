//! What holds for a file: the configuration that was found for it, with defaults filled in.

mod discovery;
mod error;
mod file;
mod globs;
mod load;

pub use discovery::Configurations;
pub use error::ConfigError;
pub use file::Dialect;
pub use load::Configuration;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::locale::Locale;
use crate::severity::Severity;

/// The name that a configuration has to have to be found.
pub const FILE_NAME: &str = "soreaid-lint.yaml";

/// What the configuration says of a rule's severity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// Every finding of the rule gets this severity.
    At(Severity),
    /// The rule does not run.
    Off,
}

/// How severe findings are whose rule the configuration does not name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Profile {
    /// As the rules say.
    #[default]
    Recommended,
    /// Advice counts as a fault: a note is a warning.
    Strict,
    /// Faults that can harm nobody are advice: a warning is a note.
    Lenient,
}

impl Profile {
    /// What becomes of a severity.
    pub fn apply(self, severity: Severity) -> Severity {
        match (self, severity) {
            (Self::Strict, Severity::Note) => Severity::Warning,
            (Self::Lenient, Severity::Warning) => Severity::Note,
            _ => severity,
        }
    }
}

/// From which severity on findings make a run fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "they say it")]
pub enum FailOn {
    Error,
    #[default]
    Warning,
    Note,
    Never,
}

impl FailOn {
    /// Whether a finding of this severity makes the run fail.
    pub fn is_reached_by(self, severity: Severity) -> bool {
        match self {
            Self::Error => severity >= Severity::Error,
            Self::Warning => severity >= Severity::Warning,
            Self::Note => true,
            Self::Never => false,
        }
    }
}

/// The JSON Schema that front matter is held to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SchemaChoice {
    /// One that comes with the program, by name.
    Named(String),
    /// A file of the project.
    File(PathBuf),
}

/// An option that a rule knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RuleOption {
    /// Its key.
    pub name: &'static str,
    /// What it may be.
    pub kind: OptionKind,
}

/// What a rule's option may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OptionKind {
    /// One of these words.
    OneOf(&'static [&'static str]),
    /// A whole number, not negative.
    Count,
    /// `true` or `false`.
    Switch,
    /// A list of texts.
    Texts,
}

/// What the configuration has to know of a rule.
#[derive(Debug, Clone, Copy)]
pub struct RuleShape {
    /// Its id.
    pub id: &'static str,
    /// Its options.
    pub options: &'static [RuleOption],
}

/// The settings that hold for one file.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Unset: figures and numbers of every country count.
    pub locale: Option<Locale>,
    /// The day that date rules take for today.
    pub today: Date,
    /// By rule id.
    pub levels: BTreeMap<String, Level>,
    /// By rule id: options by name.
    pub options: BTreeMap<String, serde_json::Map<String, serde_json::Value>>,
    /// Rules that comments in an article cannot allow.
    pub non_suppressible: BTreeSet<String>,
    /// How severe everything else is.
    pub profile: Profile,
    /// What the Markdown holds beside Markdown.
    pub dialect: Dialect,
    /// The schema that the configuration chooses; `None`: the program's default.
    pub schema: Option<SchemaChoice>,
    /// Rule data to add or replace.
    pub packs: Vec<PathBuf>,
    /// From which severity on findings make a run fail.
    pub fail_on: FailOn,
}

impl Settings {
    /// No configuration at all.
    pub fn new(today: Date) -> Self {
        Self {
            locale: None,
            today,
            levels: BTreeMap::new(),
            options: BTreeMap::new(),
            non_suppressible: BTreeSet::new(),
            profile: Profile::default(),
            dialect: Dialect::default(),
            schema: None,
            packs: Vec::new(),
            fail_on: FailOn::default(),
        }
    }

    /// A rule's option.
    pub fn option(&self, rule: &str, name: &str) -> Option<&serde_json::Value> {
        self.options.get(rule)?.get(name)
    }
}
