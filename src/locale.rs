//! The countries that facts can differ by.

use std::fmt;

use borsh::{BorshDeserialize, BorshSerialize};
use serde::{Deserialize, Serialize};

/// A country whose emergency numbers, medicine limits and units hold.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    BorshSerialize,
    BorshDeserialize,
)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "country codes")]
pub enum Locale {
    Uk,
    Us,
    Eu,
    Ca,
    Au,
    Nz,
    Ie,
}

impl Locale {
    /// The word used in configuration and packs.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Uk => "uk",
            Self::Us => "us",
            Self::Eu => "eu",
            Self::Ca => "ca",
            Self::Au => "au",
            Self::Nz => "nz",
            Self::Ie => "ie",
        }
    }
}

impl fmt::Display for Locale {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.word())
    }
}
