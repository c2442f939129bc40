//! Degrees: the sign, the scale that was left out, and words for a temperature.

use super::cursor::Reader;
use super::quantity::{Quantity, sign_at};
use super::unit::{Unit, celsius};
use super::{Amount, Kind};

/// The temperature of a number of degrees, in °C where the scale is known or can be told.
pub(super) fn temperature(reader: &Reader, quantity: &Quantity, floor: usize) -> Amount {
    let sign = quantity.start.checked_sub(1).filter(|it| *it >= floor).and_then(|it| sign_at(reader, it));
    let start = sign.unwrap_or(quantity.start);
    let below_zero = |value: f64| match (sign, quantity.unit) {
        (None, _) => value,
        // The scale's own number changes its sign, not the converted one.
        (Some(_), Unit::Fahrenheit) => celsius(-(value * 1.8 + 32.0)),
        (Some(_), _) => -value,
    };
    let ends = (below_zero(quantity.low), below_zero(quantity.high));
    let (low, high) = (ends.0.min(ends.1), ends.0.max(ends.1));
    let found = Amount::range(start..quantity.end, Kind::Temperature, low, high);
    if quantity.unit != Unit::Degree {
        return found;
    }
    let turns = ["angle", "angles", "bend", "bends", "turn", "turns", "rotation", "arc", "twist"];
    let bends = ["bend", "bent", "bending", "rotate", "tilt", "tilted", "angle"];
    let is_angle = reader.any(quantity.end, &turns)
        || (1..=6).filter_map(|step| quantity.start.checked_sub(step)).any(|it| reader.any(it, &bends));
    if is_angle || low > 45.0 && high < 80.0 || high > 230.0 {
        return Amount { kind: Kind::Degrees, ..found };
    }
    let (low, high) = if high >= 80.0 { (celsius(low), celsius(high)) } else { (low, high) };
    Amount { is_assumed: true, low: Some(low), high: Some(high), ..found }
}

/// Words for a temperature, with the range that they roughly mean.
pub(super) fn in_words(reader: &Reader, at: usize) -> Option<Amount> {
    let words = [
        ("ice cold", 0.0, 10.0),
        ("near freezing", 0.0, 2.0),
        ("warm , not hot", 36.0, 40.0),
        ("warm not hot", 36.0, 40.0),
    ];
    let (low, high, end) =
        words.iter().find_map(|(phrase, low, high)| Some((*low, *high, reader.phrase(at, phrase)?)))?;
    let found = Amount::range(at..end, Kind::Temperature, low, high);
    Some(Amount { vague: true, approximate: true, ..found })
}
