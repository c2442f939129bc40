//! What holds for a file: the configuration that was found for it, with defaults filled in.

use std::collections::BTreeMap;
use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::diagnostic::Severity;

/// A country whose emergency numbers, medicine limits and units hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "country codes")]
pub enum Locale {
    Uk,
    Us,
    Eu,
    Ca,
    Au,
    Nz,
    Ie,
}

impl Locale {
    /// The word used in configuration and packs.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Uk => "uk",
            Self::Us => "us",
            Self::Eu => "eu",
            Self::Ca => "ca",
            Self::Au => "au",
            Self::Nz => "nz",
            Self::Ie => "ie",
        }
    }
}

impl fmt::Display for Locale {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.word())
    }
}

/// What the configuration says of a rule's severity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// Every finding of the rule gets this severity.
    At(Severity),
    /// The rule does not run.
    Off,
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
}

impl Settings {
    /// No configuration at all.
    pub fn new(today: Date) -> Self {
        Self { locale: None, today, levels: BTreeMap::new(), options: BTreeMap::new() }
    }

    /// A rule's option.
    pub fn option(&self, rule: &str, name: &str) -> Option<&serde_json::Value> {
        self.options.get(rule)?.get(name)
    }
}
