//! The shape of `red-flags`: signs that need medical help, with the urgency each needs.

use borsh::{BorshDeserialize, BorshSerialize};
use serde::Deserialize;

use super::deferred::Named;
use super::entry::{Examples, Id, Phrase};

/// A sign, or group of signs, that needs medical help.
#[derive(Debug, Clone, BorshSerialize, BorshDeserialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RedFlag {
    /// How other entries name it.
    pub id: Id,
    /// What messages call it.
    pub name: String,
    /// The help it needs.
    pub urgency: Urgency,
    /// The least urgent help that is accepted without a finding, where sources differ.
    #[serde(default)]
    pub accepts: Option<Urgency>,
    /// Whether any article on sore muscles may be expected to know it.
    #[serde(default)]
    pub core: bool,
    /// Whether it is a sign in an article that is not on wellness, too (a magazine on farming), unless that is on a disease.
    #[serde(default)]
    pub anywhere: bool,
    /// Phrases for its signs.
    pub signs: Vec<Phrase>,
    /// Phrases for signs that make an urgent or routine flag an emergency.
    #[serde(default)]
    pub emergency_signs: Vec<Phrase>,
    /// Phrases that look like a sign and are not.
    #[serde(default)]
    pub not: Vec<Phrase>,
    /// Expected sensations, by phrase, that may be called normal.
    #[serde(default)]
    pub expected: Vec<Phrase>,
    /// What else is known.
    #[serde(default)]
    pub notes: Option<String>,
    /// Sources by id.
    pub sources: Vec<String>,
    /// What it must find and must leave alone.
    #[serde(default)]
    pub examples: Examples,
}

impl Named for RedFlag {
    fn id(&self) -> &str {
        &self.id.value
    }
}

/// How urgent help is, from least to most.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, BorshSerialize, BorshDeserialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Urgency {
    /// An appointment.
    Routine,
    /// The same day.
    Urgent,
    /// An ambulance or emergency department, at once.
    Emergency,
}
