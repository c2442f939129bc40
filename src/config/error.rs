//! What can be wrong with a configuration.

use std::path::PathBuf;

use crate::source::{Position, SourceError};

/// Why a configuration cannot be used.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{}", shown(.path, *.position, .message))]
pub struct ConfigError {
    /// The configuration.
    pub path: PathBuf,
    /// Where in it; `None`: the file as a whole.
    pub position: Option<Position>,
    /// What is wrong.
    pub message: String,
}

impl ConfigError {
    pub(super) fn unreadable(path: PathBuf, error: &SourceError) -> Self {
        Self { path, position: None, message: error.to_string() }
    }
}

fn shown(path: &std::path::Path, position: Option<Position>, message: &str) -> String {
    match position {
        Some(at) => format!("{}:{}:{}: {message}", path.display(), at.line, at.column),
        None => format!("{}: {message}", path.display()),
    }
}
