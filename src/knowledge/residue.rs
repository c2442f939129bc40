//! The shape of `residue`: phrases that were never meant for readers, by the rule that reports them.

use borsh::{BorshDeserialize, BorshSerialize};
use serde::Deserialize;

use super::entry::{Id, Phrase};

/// One kind of residue.
#[derive(Debug, Clone, BorshSerialize, BorshDeserialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Residue {
    /// Kebab-case.
    pub id: Id,
    /// The rule that reports it.
    pub rule: ResidueRule,
    /// What to look for.
    pub phrases: Vec<Phrase>,
    /// Where given, one of these has to stand in the same paragraph.
    #[serde(default)]
    pub needs: Vec<Phrase>,
    /// What looks like it and is none.
    #[serde(default)]
    pub not: Vec<Phrase>,
    /// Whether a heading with text under it may say it: `Coming soon`, over what comes.
    #[serde(default)]
    pub not_over_text: bool,
    /// Whether it may stand in quotation marks within a sentence that says more: `It came back with “lorem ipsum” on page two.`
    #[serde(default)]
    pub not_quoted: bool,
    /// One line about it, lower case, without a final dot.
    pub message: String,
    /// What to do.
    pub help: String,
    /// Texts that are reported, and texts that are not.
    pub examples: ResidueExamples,
}

/// The rules that residue phrases can belong to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, BorshSerialize, BorshDeserialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the ids of rules")]
pub enum ResidueRule {
    StrayPhotoCredit,
    LeftoverMarkup,
    AssistantResidue,
    PlaceholderText,
}

/// Examples of residue, each a text of its own.
#[derive(Debug, Clone, Default, BorshSerialize, BorshDeserialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ResidueExamples {
    /// Reported.
    #[serde(default)]
    pub flags: Vec<String>,
    /// Not reported.
    #[serde(default)]
    pub allows: Vec<String>,
}

impl ResidueRule {
    /// Its id.
    pub const fn id(self) -> &'static str {
        match self {
            Self::StrayPhotoCredit => "stray-photo-credit",
            Self::LeftoverMarkup => "leftover-markup",
            Self::AssistantResidue => "assistant-residue",
            Self::PlaceholderText => "placeholder-text",
        }
    }
}
