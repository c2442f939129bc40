//! Reads wellness articles in Markdown and reports what could harm or mislead a reader.
//!
//! ```text
//! path ─► Source ─parse─► Document ─read─► Reading ─check─► Finding ─engine─► Diagnostic ─render─► out
//! ```
//!
//! Modules in reading order; each uses only those above it.

pub mod cli;
pub mod config;
pub mod diagnostic;
pub mod document;
pub mod engine;
pub mod knowledge;
pub mod reading;
pub mod render;
pub mod rule;
pub mod rules;
pub mod source;
pub mod span;
