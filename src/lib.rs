//! Reads wellness articles in Markdown and reports what could harm or mislead a reader.
//!
//! ```text
//! path ─► Source ─parse─► Document ─read─► Reading ─check─► Finding ─engine─► Diagnostic ─render─► out
//! ```
//!
//! Modules in reading order; each uses only those above it.

pub mod span;
pub mod spelling;
mod columns;
mod clock;
pub mod stamp;
pub mod source;
pub mod severity;
pub mod citation;
pub mod locale;
pub mod diagnostic;
pub mod config;
pub mod document;
pub mod removal;
pub mod decoration;
pub mod knowledge;
pub mod bundled;
pub mod reading;
pub mod schema;
pub mod suppression;
pub mod site;
pub mod surroundings;
pub mod library;
pub mod rule;
pub mod rules;
pub mod explain;
pub mod engine;
pub mod examples;
pub mod baseline;
pub mod fix;
pub mod overwrite;
pub mod cache;
pub mod report;
pub mod discover;
pub mod run;
pub mod render;
pub mod lsp;
pub mod init;
pub mod cli;
