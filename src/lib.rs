//! Reads wellness articles and reports what could harm or mislead a reader.
pub mod span;
pub mod source;
pub mod document;
pub mod diagnostic;
pub mod knowledge;
pub mod cli { //! Command line.
 /// Entry.
 pub fn main() -> std::process::ExitCode { std::process::ExitCode::SUCCESS } }
