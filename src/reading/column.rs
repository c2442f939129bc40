//! Numbers of a table whose unit stands over their column: `°C`, over 12.

use super::advice::Binder;
use super::amount::Kind;
use crate::document::blocks::BlockId;
use crate::document::words::tokens;

/// What a number without a unit counts.
#[derive(Debug, Clone, Copy)]
pub(super) struct ColumnUnit {
    /// What it measures.
    pub(super) kind: Kind,
    /// So much of the kind's own unit is one of it.
    scale: f64,
    /// What its zero is in the kind's own unit.
    zero: f64,
}

impl ColumnUnit {
    const fn new(kind: Kind, scale: f64) -> Self {
        Self { kind, scale, zero: 0.0 }
    }

    /// A number in the unit of its kind.
    pub(super) fn of(self, number: f64) -> f64 {
        self.zero + number * self.scale
    }
}

/// Minutes.
pub(super) const MINUTES: ColumnUnit = ColumnUnit::new(Kind::Duration, 1.0);

/// Units by the word that stands in a header, without its plural.
const BY_WORD: &[(&str, ColumnUnit)] = &[
    ("minute", MINUTES),
    ("min", MINUTES),
    ("hour", ColumnUnit::new(Kind::Duration, 60.0)),
    ("second", ColumnUnit::new(Kind::Duration, 1.0 / 60.0)),
    ("mg", ColumnUnit::new(Kind::Dose, 1.0)),
    ("cup", ColumnUnit::new(Kind::Cups, 1.0)),
    ("percent", PERCENT),
    ("celsius", CELSIUS),
    ("fahrenheit", FAHRENHEIT),
];

const PERCENT: ColumnUnit = ColumnUnit::new(Kind::Percent, 1.0);
const CELSIUS: ColumnUnit = ColumnUnit::new(Kind::Temperature, 1.0);
const FAHRENHEIT: ColumnUnit = ColumnUnit { kind: Kind::Temperature, scale: 1.0 / 1.8, zero: -32.0 / 1.8 };

/// Units by the sign that stands in a header.
const BY_SIGN: &[(&str, ColumnUnit)] =
    &[("°c", CELSIUS), ("℃", CELSIUS), ("°f", FAHRENHEIT), ("℉", FAHRENHEIT), ("%", PERCENT)];

impl Binder<'_> {
    /// The unit that stands over a cell. `Minute`, over 1, 2 and 3 in the first column, counts the rows.
    pub(super) fn unit_over(&self, block: BlockId) -> Option<ColumnUnit> {
        if self.document.block(block).place.cell.is_some_and(|it| it.column == 0) {
            return None;
        }
        self.unit_of(self.header_over(block)?.block)
    }

    /// The unit that a header names.
    fn unit_of(&self, header: BlockId) -> Option<ColumnUnit> {
        let text = self.document.block(header).prose.text();
        let lower = text.to_lowercase();
        let by_sign = BY_SIGN.iter().find(|(sign, _)| lower.contains(sign));
        let words = || tokens(&lower).into_iter().map(|it| it.text(&lower).trim_end_matches('s').to_owned());
        let by_word = || BY_WORD.iter().find(|(unit, _)| words().any(|it| it == *unit));
        by_sign.or_else(by_word).map(|(_, unit)| *unit)
    }
}
