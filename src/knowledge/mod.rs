//! What the program knows: the packs of `rules/`, and those a user adds.
//!
//! The serde shape of each kind of entry stands in a file of its own; `packs` reads, merges and checks them;
//! `compile` turns them into one lexicon of phrases and the facts behind it. Reads no article and opens no file.

pub mod cautions;
pub mod claims;
pub mod cues;
pub mod entry;
pub mod escalation;
pub mod lexicon;
pub mod limits;
pub mod packs;
pub mod phrase;
pub mod red_flags;
pub mod remedies;
pub mod residue;
pub mod sources;

mod checks;
mod commonness;
mod compile;
mod deferred;
mod error;
mod forget;
mod glossary;
mod guess;
mod index;
mod inflection;
mod packed;
mod program;
mod record;
mod vocabulary;

pub use compile::{
    CautionId, CircumstanceId, ClaimId, FlagId, Knowledge, Meaning, PracticeId, RemedyId, ResidueId, TopicId,
};
pub use error::{PackError, PackPosition};
pub use packs::Packs;
