//! The shape of `claims`: statements about remedies that mislead, and changes of medicine.

use borsh::{BorshDeserialize, BorshSerialize};
use serde::Deserialize;

use super::entry::{Examples, Id, Phrase};
use crate::severity::Severity;

/// A statement that misleads.
#[derive(Debug, Clone, BorshSerialize, BorshDeserialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Claim {
    /// How other entries name it.
    pub id: Id,
    /// What messages call it.
    pub name: String,
    /// The rule that reports it.
    #[serde(default)]
    pub rule: ClaimRule,
    /// How bad it is.
    pub severity: Severity,
    /// Phrases for it.
    pub phrases: Vec<Phrase>,
    /// If there are any, one of these has to stand before it in its sentence or in one of the two before.
    #[serde(default)]
    pub after: Vec<Phrase>,
    /// Whether signed quotations that praise what they are about make it, too: `"It worked for me." – Jane`.
    #[serde(default)]
    pub signed_quotes: bool,
    /// Phrases that stop it within its own clause.
    #[serde(default)]
    pub not: Vec<Phrase>,
    /// Why it is a fault.
    pub why: String,
    /// What to write instead.
    pub instead: String,
    /// Sources by id.
    #[serde(default)]
    pub sources: Vec<String>,
    /// What it must find and must leave alone.
    #[serde(default)]
    pub examples: Examples,
}

/// The rule that reports a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, BorshSerialize, BorshDeserialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ClaimRule {
    /// A claim that misleads.
    #[default]
    MisleadingHealthClaim,
    /// Evidence without a named source.
    UnsourcedEvidence,
    /// Telling readers to stop, replace or change prescribed medicine.
    MedicationChangeAdvice,
}

impl ClaimRule {
    /// The id of the rule.
    pub const fn id(self) -> &'static str {
        match self {
            Self::MisleadingHealthClaim => "misleading-health-claim",
            Self::UnsourcedEvidence => "unsourced-evidence",
            Self::MedicationChangeAdvice => "medication-change-advice",
        }
    }
}
