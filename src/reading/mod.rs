//! What an article says.

use crate::document::Document;
use crate::knowledge::Knowledge;

/// An article, read.
pub struct Reading<'d> {
    /// What was read.
    pub document: &'d Document<'d>,
}

impl<'d> Reading<'d> {
    /// Reads it.
    pub fn of(document: &'d Document<'d>, _knowledge: &Knowledge) -> Self {
        Self { document }
    }
}
