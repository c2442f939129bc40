//! Why packs cannot be used, and where.

use std::fmt;
use std::path::PathBuf;

use borsh::{BorshDeserialize, BorshSerialize};
use thiserror::Error;

/// A place in a pack.
#[derive(Debug, Clone, Copy, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct PackPosition {
    /// From 1; 0 where it is not known.
    pub line: u64,
    /// In characters, from 1; 0 where it is not known.
    pub column: u64,
}

impl PackPosition {
    /// Somewhere in the file.
    pub const UNKNOWN: Self = Self { line: 0, column: 0 };

    /// Where the YAML reader saw it.
    pub fn of(location: serde_saphyr::Location) -> Self {
        Self { line: location.line(), column: location.column() }
    }
}

impl fmt::Display for PackPosition {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}:{}", self.line, self.column)
    }
}

/// Why packs cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum PackError {
    /// Not YAML, or not the shape of a pack.
    #[error("failed to read pack {}:{position}: {reason}", path.display())]
    Unreadable {
        /// The pack.
        path: PathBuf,
        /// Where.
        position: PackPosition,
        /// What the YAML reader says.
        reason: String,
    },
    /// Two entries of one pack have the same id.
    #[error("failed to read pack {}:{position}: `{id}` stands there twice", path.display())]
    DuplicateId {
        /// The pack.
        path: PathBuf,
        /// The second one.
        position: PackPosition,
        /// Its id.
        id: String,
    },
    /// An id that is not lower-case words joined by hyphens.
    #[error("failed to read pack {}:{position}: id `{id}` is not lower-case words joined by hyphens", path.display())]
    MalformedId {
        /// The pack.
        path: PathBuf,
        /// The entry.
        position: PackPosition,
        /// Its id.
        id: String,
    },
    /// A practice is given to a rule that reports no practices.
    #[error("failed to check pack {}:{position}: practice `{practice}` of `{entry}` is given to `{rule}`, which reports no practices", path.display())]
    NotOfPractices {
        /// The pack.
        path: PathBuf,
        /// The entry.
        position: PackPosition,
        /// Its id.
        entry: String,
        /// The practice.
        practice: String,
        /// The rule that it names.
        rule: String,
    },
    /// An entry names something that no pack has.
    #[error("failed to check pack {}:{position}: `{entry}` names the {kind} `{id}`, which no pack has", path.display())]
    UnknownReference {
        /// The pack.
        path: PathBuf,
        /// The entry.
        position: PackPosition,
        /// Its id.
        entry: String,
        /// What is named: source, caution, remedy, red flag, topic, circumstance, rule.
        kind: &'static str,
        /// The id that is not there.
        id: String,
    },
    /// A source that was read on no day of the calendar.
    #[error("failed to check pack {}:{position}: `{day}`, on which `{entry}` was checked, is no date such as 2026-03-01", path.display())]
    MalformedDate {
        /// The pack.
        path: PathBuf,
        /// The entry.
        position: PackPosition,
        /// Its id.
        entry: String,
        /// What is written for the day.
        day: String,
    },
    /// An entry that nobody published.
    #[error("failed to check pack {}:{position}: `{entry}` names no source", path.display())]
    NoSource {
        /// The pack.
        path: PathBuf,
        /// The entry.
        position: PackPosition,
        /// Its id.
        entry: String,
    },
    /// An error that rests on memory or custom alone.
    #[error("failed to check pack {}:{position}: {what} of `{entry}` is an error, and rests on no published source that was read", path.display())]
    UnprovenError {
        /// The pack.
        path: PathBuf,
        /// The entry.
        position: PackPosition,
        /// Its id.
        entry: String,
        /// The limit or practice.
        what: String,
    },
    /// An entry without an example of what it finds, or of what it leaves alone.
    #[error("failed to check pack {}:{position}: `{entry}` has no example under `{missing}`", path.display())]
    NoExample {
        /// The pack.
        path: PathBuf,
        /// The entry.
        position: PackPosition,
        /// Its id.
        entry: String,
        /// `flags` or `allows`.
        missing: &'static str,
    },
}
