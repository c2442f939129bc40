//! A first configuration and a first schema for a project, from what its articles hold already.
//!
//! `survey` looks at every article once and keeps counts alone, so that ten thousand articles take no more memory than
//! a hundred. `schema`, `configuration` and `summary` put into text what it saw. Nothing here writes a file.

pub mod configuration;
pub mod country;
pub mod dates;
pub mod keys;
pub mod pieces;
pub mod schema;
pub mod sections;
pub mod share;
pub mod summary;
pub mod survey;

/// The name that the schema gets.
pub const SCHEMA_NAME: &str = "article.schema.json";
