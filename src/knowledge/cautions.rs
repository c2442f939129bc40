//! The shape of `cautions`: the words for people who should take care, and for safety statements.

use borsh::{BorshDeserialize, BorshSerialize};
use serde::Deserialize;

use super::deferred::Named;
use super::entry::{Id, Phrase};

/// Somebody who should not use a remedy or should ask first, or a statement that makes it safer.
#[derive(Debug, Clone, BorshSerialize, BorshDeserialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Caution {
    /// How remedies name it.
    pub id: Id,
    /// What messages call it, in a writer's words.
    pub name: String,
    /// What sort of caution it is.
    pub kind: CautionKind,
    /// Phrases that mention it; the plural of the last word is matched as well.
    pub words: Vec<Phrase>,
    /// Phrases that look like it and are not.
    #[serde(default)]
    pub not: Vec<Phrase>,
    /// Sources by id; the remedy's own sources say who asks for it there.
    #[serde(default)]
    pub sources: Vec<String>,
    /// What has to pass for a mention, and what must not.
    #[serde(default)]
    pub examples: MentionExamples,
}

impl Named for Caution {
    fn id(&self) -> &str {
        &self.id.value
    }
}

/// What sort of caution it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, BorshSerialize, BorshDeserialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CautionKind {
    /// A condition or group of people.
    Condition,
    /// A statement about how to do it safely.
    Statement,
}

/// Texts for words that report nothing by themselves.
#[derive(Debug, Clone, Default, BorshSerialize, BorshDeserialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct MentionExamples {
    /// Texts that mention it.
    #[serde(default)]
    pub mentions: Vec<String>,
    /// Texts that do not.
    #[serde(default)]
    pub ignores: Vec<String>,
}
