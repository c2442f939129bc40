//! What the program knows: the packs of `rules/`, and those a user adds.
//!
//! The serde shape of each kind of entry stands in a file of its own; `packs` reads, merges and checks them.
//! Reads no article and opens no file.

pub mod cautions;
pub mod claims;
pub mod entry;
pub mod escalation;
pub mod packs;
pub mod red_flags;
pub mod remedies;
pub mod sources;

mod checks;
mod error;

pub use error::{PackError, PackPosition};
pub use packs::Packs;
