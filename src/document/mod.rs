//! An article, parsed.
pub mod words;
