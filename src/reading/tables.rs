//! What the tables of an article are about, looked at once for all their cells.

use super::passage::Passage;
use crate::document::Document;
use crate::knowledge::Meaning;
use crate::knowledge::cues::Cue;

/// Units of what was read off a clock: a row of `0 min` begins a row of readings.
const TIMES: &[&str] = &["min", "mins", "minutes", "h", "hours", "s", "sec", "seconds"];

/// What is known of each table, by its index.
#[derive(Debug, Default)]
pub(super) struct Tables {
    prices: Vec<bool>,
    studies: Vec<bool>,
    remedies: Vec<bool>,
}

impl Tables {
    /// Looks at all cells of an article.
    pub(super) fn of(document: &Document<'_>, passages: &[Passage]) -> Self {
        let count = document.content.tables.len();
        let [prices, studies, remedies] = std::array::from_fn(|_| vec![false; count]);
        let mut tables = Self { prices, studies, remedies };
        for passage in passages {
            let Some(cell) = document.block(passage.block).place.cell else { continue };
            tables.prices[cell.table] |= passage.says(&[Cue::Booking]);
            tables.studies[cell.table] |= cell.row == 0 && passage.says(&[Cue::Trial]);
            let begins_at_nothing = || {
                let visible = document.block(passage.block).prose.text();
                passage.is_one_of(visible, 0, &["0"]) && passage.is_one_of(visible, 1, TIMES)
            };
            tables.studies[cell.table] |= cell.column == 0 && cell.row > 0 && begins_at_nothing();
            let names_one =
                |passage: &Passage| passage.hits.iter().any(|hit| matches!(hit.meaning, Meaning::Remedy(_)));
            tables.remedies[cell.table] |= cell.row > 0 && names_one(passage);
        }
        tables
    }

    /// Whether one of its cells speaks of prices, bookings or opening hours.
    pub(super) fn lists_prices(&self, table: usize) -> bool {
        self.prices[table]
    }

    /// Whether one of its rows names a remedy.
    pub(super) fn names_remedies(&self, table: usize) -> bool {
        self.remedies[table]
    }

    /// Whether its header speaks of the groups of a study, or its rows are readings from the beginning on.
    pub(super) fn shows_a_study(&self, table: usize) -> bool {
        self.studies[table]
    }
}
