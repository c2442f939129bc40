//! Names of units, and what one of each is worth.

use super::cursor::{Reader, is_one_of};

/// A unit of measure, or a noun that counts as one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Unit {
    /// A stretch of time, in minutes, named in seconds, minutes or hours.
    Clock(f64),
    /// A stretch of time, in days, named in days or longer units.
    Calendar(f64),
    /// One breath lasts between three and six seconds.
    Breath,
    Celsius,
    Fahrenheit,
    /// Degrees of which the scale is not given.
    Degree,
    Percent,
    /// Milligrams.
    Mass(f64),
    /// Milligrams per kilogram of body weight.
    MassPerKilogram(f64),
    /// Millilitres.
    Volume(f64),
    Drop,
    Cup,
    Pinch,
    Tablet,
}

/// What kind of thing two amounts have to share to be the ends of one range.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dimension {
    Time,
    Temperature,
    Percent,
    Mass,
    MassPerKilogram,
    Volume,
    Drops,
    Cups,
    Pinches,
    Tablets,
}

impl Unit {
    pub(super) fn dimension(self) -> Dimension {
        match self {
            Unit::Clock(_) | Unit::Calendar(_) | Unit::Breath => Dimension::Time,
            Unit::Celsius | Unit::Fahrenheit | Unit::Degree => Dimension::Temperature,
            Unit::Percent => Dimension::Percent,
            Unit::Mass(_) => Dimension::Mass,
            Unit::MassPerKilogram(_) => Dimension::MassPerKilogram,
            Unit::Volume(_) => Dimension::Volume,
            Unit::Drop => Dimension::Drops,
            Unit::Cup => Dimension::Cups,
            Unit::Pinch => Dimension::Pinches,
            Unit::Tablet => Dimension::Tablets,
        }
    }

    /// The range in the dimension's unit: minutes, °C, mg, ml, or a plain count. Unknown degrees stay as they are.
    pub(super) fn convert(self, low: f64, high: f64) -> (f64, f64) {
        match self {
            Unit::Clock(factor)
            | Unit::Mass(factor)
            | Unit::MassPerKilogram(factor)
            | Unit::Volume(factor) => (low * factor, high * factor),
            Unit::Calendar(days) => (low * days * 1440.0, high * days * 1440.0),
            Unit::Breath => (low * 0.05, high * 0.1),
            Unit::Fahrenheit => (celsius(low), celsius(high)),
            _ => (low, high),
        }
    }
}

/// From degrees Fahrenheit.
pub(super) fn celsius(fahrenheit: f64) -> f64 {
    (fahrenheit - 32.0) / 1.8
}

/// The unit that follows a number, past the hyphen of "20-minute" and past adjectives ("two full weeks").
pub(super) fn unit_after(reader: &Reader, end: usize, article: bool) -> Option<(Unit, usize)> {
    const PADDING: &[&str] = &[
        "full",
        "whole",
        "entire",
        "solid",
        "good",
        "more",
        "extra",
        "additional",
        "further",
        "long",
        "short",
        "consecutive",
        "straight",
        "little",
        "level",
        "heaped",
        "heaping",
        "slow",
        "deep",
        "big",
        "small",
        "large",
        "single",
        "quick",
        "brief",
        "gentle",
        "maximum",
        "generous",
        "mere",
        "blissful",
        "glorious",
        "heavenly",
        "leisurely",
        "lovely",
        "peaceful",
        "precious",
        "quiet",
        "relaxing",
        "restful",
        "steady",
        "unbroken",
        "unhurried",
        "uninterrupted",
    ];
    let mut at = end;
    if reader.is_dash(at) {
        at += 1;
    }
    for _ in 0..2 {
        if let Some(found) = unit(reader, at, article, at == end) {
            return Some(found);
        }
        if !reader.any(at, PADDING) {
            return None;
        }
        at = reader.past_dash(at + 1);
    }
    unit(reader, at, article, false)
}

/// The unit named at this token. After an article only whole words count ("a minute", never "a g").
pub(super) fn unit(reader: &Reader, at: usize, article: bool, follows_number: bool) -> Option<(Unit, usize)> {
    let word = reader.word(at);
    let next = at + 1;
    if let Some(found) = temperature(reader, at, follows_number) {
        return (!article).then_some(found);
    }
    match word {
        "%" => return Some((Unit::Percent, next)),
        "′" | "'" | "’" if follows_number => {
            return is_prime(reader, at).then_some((Unit::Clock(1.0), next));
        }
        "L" if !article => return Some((Unit::Volume(1000.0), next)),
        _ => {}
    }
    if reader.is(at, "per") && reader.any(next, &["cent", "cents"]) {
        return Some((Unit::Percent, next + 1));
    }
    if reader.any_phrase(at, &["fl oz", "fluid ounces", "fluid ounce", "fl"]).is_some() {
        let end = reader.any_phrase(at, &["fl oz", "fluid ounces", "fluid ounce"]);
        return end
            .or_else(|| (reader.word(at + 1) == "." && reader.is(at + 2, "oz")).then_some(at + 3))
            .map(|end| (Unit::Volume(30.0), end));
    }
    if let Some(unit) = spelled_out(word) {
        return Some((per_kilogram(reader, unit, next)).unwrap_or((unit, next)));
    }
    if article {
        return None;
    }
    let unit = abbreviation(word)?;
    if matches!(word, "s" | "S" | "h" | "H") && !follows_number {
        return None;
    }
    Some(per_kilogram(reader, unit, next).unwrap_or((unit, next)))
}

/// A unit named by a whole word.
pub(super) fn spelled_out(word: &str) -> Option<Unit> {
    let first = word.as_bytes().first()?.to_ascii_lowercase();
    let found = |names: &[&str]| is_one_of(word, names);
    Some(match first {
        b'b' if found(&["breath", "breaths"]) => Unit::Breath,
        b'c' if found(&["cup", "cups", "cupful", "cupfuls"]) => Unit::Cup,
        b'c' if found(&["capsule", "capsules", "caplet", "caplets"]) => Unit::Tablet,
        b'd' if found(&["day", "days"]) => Unit::Calendar(1.0),
        b'd' if found(&["drop", "drops"]) => Unit::Drop,
        b'f' if found(&["fortnight", "fortnights"]) => Unit::Calendar(14.0),
        b'g' if found(&["gallon", "gallons"]) => Unit::Volume(3785.0),
        b'g' if found(&["gram", "grams", "gramme", "grammes"]) => Unit::Mass(1000.0),
        b'g' if found(&["glass", "glasses", "glassful", "glassfuls"]) => Unit::Volume(240.0),
        b'g' if found(&["gummy", "gummies", "gelcap", "gelcaps"]) => Unit::Tablet,
        b'h' if found(&["hour", "hours"]) => Unit::Clock(60.0),
        b'l' if found(&["litre", "litres", "liter", "liters"]) => Unit::Volume(1000.0),
        b'm' if found(&["minute", "minutes"]) => Unit::Clock(1.0),
        b'm' if found(&["month", "months"]) => Unit::Calendar(30.0),
        b'm' if found(&["milligram", "milligrams", "milligramme", "milligrammes"]) => Unit::Mass(1.0),
        b'm' if found(&["microgram", "micrograms"]) => Unit::Mass(0.001),
        b'm' if found(&["millilitre", "millilitres", "milliliter", "milliliters"]) => Unit::Volume(1.0),
        b'n' if found(&["night", "nights"]) => Unit::Calendar(1.0),
        b'o' if found(&["ounce", "ounces"]) => Unit::Volume(30.0),
        b'p' if found(&["pint", "pints"]) => Unit::Volume(473.0),
        b'p' if found(&["percent", "percents"]) => Unit::Percent,
        b'p' if found(&["pinch", "pinches"]) => Unit::Pinch,
        b'p' if found(&["pill", "pills"]) => Unit::Tablet,
        b'q' if found(&["quart", "quarts"]) => Unit::Volume(946.0),
        b's' if found(&["second", "seconds"]) => Unit::Clock(1.0 / 60.0),
        b's' if found(&["softgel", "softgels"]) => Unit::Tablet,
        b't' if found(&["teaspoon", "teaspoons", "teaspoonful", "teaspoonfuls"]) => Unit::Volume(5.0),
        b't' if found(&["tablespoon", "tablespoons", "tablespoonful", "tablespoonfuls"]) => {
            Unit::Volume(15.0)
        }
        b't' if found(&["tablet", "tablets"]) => Unit::Tablet,
        b'w' if found(&["week", "weeks"]) => Unit::Calendar(7.0),
        b'y' if found(&["year", "years"]) => Unit::Calendar(365.0),
        _ => return None,
    })
}

fn abbreviation(word: &str) -> Option<Unit> {
    let first = word.chars().next()?.to_ascii_lowercase();
    let found = |names: &[&str]| is_one_of(word, names);
    Some(match first {
        'c' if found(&["cl"]) => Unit::Volume(10.0),
        'c' if word == "cc" => Unit::Volume(1.0),
        'd' if found(&["dl"]) => Unit::Volume(100.0),
        'g' if word == "g" || found(&["gm", "gms"]) => Unit::Mass(1000.0),
        'h' if found(&["h", "hr", "hrs"]) => Unit::Clock(60.0),
        'l' if found(&["l", "ltr", "ltrs"]) => Unit::Volume(1000.0),
        'm' if found(&["min", "mins", "minuets"]) => Unit::Clock(1.0),
        'm' if found(&["mg", "mgs"]) => Unit::Mass(1.0),
        'm' if found(&["mcg", "mcgs"]) => Unit::Mass(0.001),
        'µ' | 'μ' if matches!(word, "µg" | "μg") => Unit::Mass(0.001),
        'm' if found(&["ml", "mls"]) => Unit::Volume(1.0),
        'm' if found(&["mth", "mths"]) => Unit::Calendar(30.0),
        'o' if found(&["oz", "ozs"]) => Unit::Volume(30.0),
        'p' if found(&["pct"]) => Unit::Percent,
        's' if found(&["s", "sec", "secs"]) => Unit::Clock(1.0 / 60.0),
        't' if found(&["tsp", "tsps"]) => Unit::Volume(5.0),
        't' if found(&["tbsp", "tbsps", "tbs"]) => Unit::Volume(15.0),
        'w' if found(&["wk", "wks"]) => Unit::Calendar(7.0),
        'y' if found(&["yr", "yrs"]) => Unit::Calendar(365.0),
        _ => return None,
    })
}

/// "mg/kg", "mg per kilo".
fn per_kilogram(reader: &Reader, unit: Unit, next: usize) -> Option<(Unit, usize)> {
    let Unit::Mass(factor) = unit else { return None };
    let weighs =
        reader.any(next, &["/", "per"]) && reader.any(next + 1, &["kg", "kilo", "kilogram", "kilogramme"]);
    weighs.then_some((Unit::MassPerKilogram(factor), next + 2))
}

fn temperature(reader: &Reader, at: usize, follows_number: bool) -> Option<(Unit, usize)> {
    let word = reader.word(at);
    let scale = |at: usize| -> Option<Unit> {
        let word = reader.word(at);
        match word {
            "C" | "c" => Some(Unit::Celsius),
            "F" | "f" => Some(Unit::Fahrenheit),
            _ if is_one_of(word, &["celsius", "centigrade", "celcius"]) => Some(Unit::Celsius),
            _ if is_one_of(word, &["fahrenheit", "farenheit", "fahrenheits"]) => Some(Unit::Fahrenheit),
            _ => None,
        }
    };
    match word {
        "°" | "º" | "˚" => {
            return Some(scale(at + 1).map_or((Unit::Degree, at + 1), |unit| (unit, at + 2)));
        }
        // The masculine ordinal is a letter: the cutter of words joins it to the scale.
        "℃" | "ºC" => return Some((Unit::Celsius, at + 1)),
        "℉" | "ºF" => return Some((Unit::Fahrenheit, at + 1)),
        "C" | "F" if follows_number => return Some((scale(at)?, at + 1)),
        _ => {}
    }
    if is_one_of(word, &["degree", "degrees", "deg", "degs"]) {
        let next = if reader.word(at + 1) == "." && scale(at + 2).is_some() {
            at + 2
        } else {
            reader.past_dash(at + 1)
        };
        return Some(scale(next).map_or((Unit::Degree, at + 1), |unit| (unit, next + 1)));
    }
    if word.len() > 1 { scale(at).map(|unit| (unit, at + 1)) } else { None }
}

/// Whether this mark is the prime of "20'", rather than a closing quote, feet ("6'2") or a plural's apostrophe.
fn is_prime(reader: &Reader, at: usize) -> bool {
    let touches_more = reader.is_joined(at + 1) && (reader.is_word(at + 1) || reader.is_number(at + 1));
    if !reader.is_joined(at) || touches_more {
        return false;
    }
    let opens_quote =
        |it: usize| matches!(reader.word(it), "'" | "‘") && !reader.is_joined(it) && reader.is_joined(it + 1);
    reader.word(at) == "′" || !(at.saturating_sub(60)..at).any(opens_quote)
}
