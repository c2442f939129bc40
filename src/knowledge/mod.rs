//! Packs.
mod inflection;
pub mod lexicon;
pub mod phrase;

/// All packs, compiled.
#[derive(Default)]
pub struct Knowledge {}
