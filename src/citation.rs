//! A published source, as findings show it.

use borsh::{BorshDeserialize, BorshSerialize};
use serde::Serialize;

/// A published source that stands behind a finding.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, BorshSerialize, BorshDeserialize)]
pub struct Citation {
    /// The document's title.
    pub title: String,
    /// Who published it.
    pub publisher: String,
    /// Where to read it.
    pub url: String,
}
