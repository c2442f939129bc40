//! What entries of every pack have in common: identifiers with their place, phrases, examples, locales.
//!
//! Knows nothing of a particular pack, and does not read phrases: see `phrase`.

use serde::Deserialize;
use serde_saphyr::Spanned;

pub use crate::config::Locale;

/// A kebab-case identifier and the place where it stands in its pack.
pub type Id = Spanned<String>;

/// Words to look for, in the phrase grammar described at the head of `rules/remedies.yaml`.
pub type Phrase = String;

/// What an entry must find, and what it must leave alone. `soreaid-lint test` runs both.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Examples {
    /// Texts that have to be reported.
    #[serde(default)]
    pub flags: Vec<FlaggedExample>,
    /// Texts in which none of the rules named under `flags` may report anything.
    #[serde(default)]
    pub allows: Vec<String>,
}

/// A text that has to be reported.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct FlaggedExample {
    /// A short article.
    pub text: String,
    /// The rule that has to report it.
    pub rule: String,
    /// The locale that has to be set for it; none where it is reported everywhere.
    #[serde(default)]
    pub locale: Option<Locale>,
}
