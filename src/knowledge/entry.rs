//! What entries of every pack have in common: identifiers with their place, phrases, examples, locales.
//!
//! Knows nothing of a particular pack, and does not read phrases: see `phrase`.

use borsh::{BorshDeserialize, BorshSerialize};
use serde::Deserialize;
use serde_saphyr::Spanned;

use super::error::PackPosition;
use crate::locale::Locale;

/// A kebab-case identifier and the place where it stands.
#[derive(Debug, Clone, PartialEq, Eq, BorshSerialize, BorshDeserialize, Deserialize)]
#[serde(from = "Spanned<String>")]
pub struct Id {
    /// The identifier.
    pub value: String,
    /// Where it stands in its pack.
    pub position: PackPosition,
    /// Which of the packs that were read this is, by index.
    pub(super) pack: u16,
}

impl From<Spanned<String>> for Id {
    fn from(written: Spanned<String>) -> Self {
        Self { position: PackPosition::of(written.defined), value: written.value, pack: 0 }
    }
}

/// Words to look for, in the phrase grammar described at the head of `rules/remedies.yaml`.
pub type Phrase = String;

/// What an entry must find, and what it must leave alone. `soreaid-lint test` runs both.
#[derive(Debug, Clone, Default, BorshSerialize, BorshDeserialize, Deserialize)]
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
#[derive(Debug, Clone, BorshSerialize, BorshDeserialize, Deserialize)]
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
