//! The shape of `sources`: who published what the other packs say.

use borsh::{BorshDeserialize, BorshSerialize};
use serde::Deserialize;

use super::deferred::Named;
use super::entry::Id;

/// A publication.
#[derive(Debug, Clone, BorshSerialize, BorshDeserialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Source {
    /// How other entries name it.
    pub id: Id,
    /// The body, regulator, journal or maker that published it.
    pub publisher: String,
    /// Its title.
    pub title: String,
    /// Its address; the publisher's own where one is known.
    pub url: String,
    /// The year of the publication.
    #[serde(default)]
    pub year: Option<u16>,
    /// The day on which somebody last read it, `YYYY-MM-DD`.
    #[serde(default)]
    pub checked: Option<String>,
    /// How far it was read.
    pub status: SourceStatus,
}

impl Named for Source {
    fn id(&self) -> &str {
        &self.id.value
    }
}

/// How far a source was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, BorshSerialize, BorshDeserialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SourceStatus {
    /// The publisher's own page was read.
    Confirmed,
    /// A copy or a report of it was read.
    Mirror,
    /// Not read: it never stands alone behind an error.
    Memory,
}
