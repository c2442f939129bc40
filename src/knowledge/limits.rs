//! Limits put to use: which figures hold in a case and a country, and how far beyond them a value is.

use super::remedies::{Figure, Limit, Quantity, Remedy, Unit};
use crate::locale::Locale;
use crate::severity::Severity;

/// A case that some limits hold in alone, as packs write it: `neck`, `pregnancy`.
pub trait Case {
    /// Whether the passage is about this case.
    fn is(&self, case: &str) -> bool;
}

impl<F: Fn(&str) -> bool> Case for F {
    fn is(&self, case: &str) -> bool {
        self(case)
    }
}

/// A value beyond a limit.
#[derive(Debug, Clone, Copy)]
pub struct Beyond<'k> {
    /// By how much.
    pub severity: Severity,
    /// The limit that it is beyond.
    pub limit: &'k Limit,
}

/// The limits of one quantity that hold in a case and a country.
///
/// A limit for a case that holds replaces the general one. Without a locale, or in one that has no figure of its own,
/// every country's figure counts: a warning above the lowest, an error only above the highest.
pub fn limits_of<'k>(
    remedy: &'k Remedy,
    quantity: Quantity,
    case: &dyn Case,
    locale: Option<Locale>,
) -> Vec<&'k Limit> {
    let of_quantity = || remedy.limits.iter().filter(|it| it.quantity == quantity);
    let is_of = |limit: &Limit, locale| limit.locales.is_empty() || limit.locales.contains(&locale);
    let locale = locale.filter(|&locale| of_quantity().any(|it| is_of(it, locale)));
    let holds = |limit: &&Limit| match locale {
        Some(locale) => is_of(limit, locale),
        None => !limit.local_only,
    };
    let special: Vec<&Limit> = of_quantity()
        .filter(holds)
        .filter(|limit| limit.when.as_deref().is_some_and(|when| case.is(when)) && judges(limit))
        .collect();
    if !special.is_empty() {
        return special;
    }
    of_quantity().filter(holds).filter(|limit| limit.when.is_none()).collect()
}

/// Whether a limit can lead to a finding at all.
fn judges(limit: &Limit) -> bool {
    limit.warn.is_some() || limit.error.is_some()
}

/// Which side of a limit is the dangerous one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// More than the limit.
    Above,
    /// Less than the limit.
    Below,
    /// The limit or more: `at least 40 minutes` permits 40 and more.
    AtOrAbove,
}

/// How a value, in the unit that amounts of its kind use, stands to limits of one quantity; `None` when it is beyond none.
pub fn judge<'k>(limits: &[&'k Limit], value: f64, side: Side) -> Option<Beyond<'k>> {
    // Limits of one quantity are written in one unit.
    let value = value / limits.first()?.unit_factor();
    let beyond = |bound: f64| {
        // A twelfth of a per mille of slack: 104 °F is 40 °C.
        let slack = bound.abs() * 1e-6 + 1e-9;
        match side {
            Side::Above => value > bound + slack,
            Side::Below => value < bound - slack,
            Side::AtOrAbove => value >= bound - slack,
        }
    };
    let error_everywhere =
        limits.iter().filter(|limit| judges(limit)).all(|limit| limit.error.is_some_and(beyond));
    let worst = limits.iter().copied().rfind(|limit| limit.error.is_some_and(beyond));
    if let Some(limit) = worst.filter(|_| error_everywhere) {
        return Some(Beyond { severity: Severity::Error, limit });
    }
    let limit = limits
        .iter()
        .copied()
        .find(|limit| limit.warn.is_some_and(beyond) || limit.error.is_some_and(beyond))?;
    Some(Beyond { severity: Severity::Warning, limit })
}

impl Limit {
    /// The published figure in words: `20 minutes`.
    pub fn figure(&self) -> String {
        match self.value {
            Figure::Single(value) => self.measure(value),
            Figure::Range([low, high]) => format!("{low} to {}", self.measure(high)),
        }
    }

    /// The largest published figure, in its unit.
    pub fn most(&self) -> f64 {
        match self.value {
            Figure::Single(value) => value,
            Figure::Range([_, high]) => high,
        }
    }

    /// A number of its unit in words: `1 hour`, `40 °C`.
    pub fn measure(&self, value: f64) -> String {
        let unit = match self.unit {
            Unit::Minutes => "minutes",
            Unit::Hours => "hours",
            Unit::Days => "days",
            Unit::Weeks => "weeks",
            Unit::Celsius => "°C",
            Unit::Milligrams => "mg",
            Unit::Grams => "g",
            Unit::Percent => "%",
            Unit::Cups => "cups",
            Unit::Years => "years",
            Unit::LitresPerHour => "litres an hour",
            Unit::PerDay => "times a day",
        };
        let number = value.to_string();
        // All plurals end their first word in `s`.
        if number == "1" { format!("1 {}", unit.replacen('s', "", 1)) } else { format!("{number} {unit}") }
    }

    /// How many of the units that amounts of its kind use (minutes, hours, days, times a day, °C, mg) one of its own is.
    pub fn unit_factor(&self) -> f64 {
        match (self.quantity, self.unit) {
            (Quantity::Session, Unit::Hours) => 60.0,
            (Quantity::Session, Unit::Days) => 1440.0,
            (Quantity::Course, Unit::Weeks) => 7.0,
            (Quantity::Interval, Unit::Days) => 24.0,
            (Quantity::Interval, Unit::Minutes) => 1.0 / 60.0,
            (Quantity::DoseDaily | Quantity::DoseSingle, Unit::Grams) => 1000.0,
            _ => 1.0,
        }
    }
}
