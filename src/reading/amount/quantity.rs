//! A number with its unit: compounds ("1 hr 30 min"), ranges across units ("30 seconds to 2 minutes"), pairs of
//! °F and °C, and counted tablets.

use super::cursor::Reader;
use super::number::{self, Connector, Count, connector, count, past_fillers, single};
use super::unit::{Dimension, Unit, unit, unit_after};

/// A number or range with its unit, in the dimension's own unit: minutes, °C, mg, ml, percent or a plain count.
#[derive(Debug, Clone, Copy)]
#[expect(clippy::struct_excessive_bools, reason = "independent facts about one quantity")]
pub(super) struct Quantity {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) low: f64,
    pub(super) high: f64,
    pub(super) unit: Unit,
    pub(super) is_range: bool,
    pub(super) is_vague: bool,
    pub(super) is_approximate: bool,
    pub(super) or_more: bool,
    pub(super) is_article: bool,
    /// The other value of a °F and °C pair, in °C.
    pub(super) second: Option<(f64, f64)>,
    /// The dose of one tablet, when tablets are counted.
    pub(super) each: Option<f64>,
}

/// The quantity that starts at this token.
pub(super) fn quantity(reader: &Reader, at: usize) -> Option<Quantity> {
    let mut found = tablets_of(reader, at).or_else(|| of_one_unit(reader, at))?;
    if let Some(end) = reader
        .phrase(found.end, "or two")
        .filter(|end| found.is_article && unit_after(reader, *end, false).is_none())
    {
        // "a minute or two", "a drop or two".
        (found.high, found.end, found.is_range) = (found.low * 2.0, end, true);
        return Some(found);
    }
    if found.unit.dimension() == Dimension::Time {
        compound(reader, &mut found);
    }
    range_across_units(reader, at, &mut found);
    match found.unit.dimension() {
        Dimension::Temperature => pair(reader, &mut found),
        Dimension::Mass if found.each.is_none() => tablets_in_brackets(reader, &mut found),
        _ => {}
    }
    Some(found)
}

fn of_one_unit(reader: &Reader, at: usize) -> Option<Quantity> {
    if let Some(found) = clock_face(reader, at).or_else(|| counted_breaths(reader, at)) {
        return Some(found);
    }
    let count = count(reader, at)?;
    if let Some((unit, end)) = unit_after(reader, count.end, count.article) {
        return Some(measured(at, &count, unit, end));
    }
    // "1h30".
    let minutes = hours_and_minutes(reader.word(count.end)).filter(|_| reader.is_joined(count.end))?;
    let total = count.high * 60.0 + minutes;
    Some(Quantity { low: total, high: total, ..measured(at, &count, Unit::Clock(1.0), count.end + 1) })
}

fn measured(start: usize, count: &Count, unit: Unit, end: usize) -> Quantity {
    let (low, high) = unit.convert(count.low, count.high);
    Quantity {
        start,
        end,
        low,
        high,
        unit,
        is_range: count.is_range,
        is_vague: count.vague,
        is_approximate: count.approximate || unit == Unit::Breath,
        or_more: count.or_more,
        is_article: count.article,
        second: None,
        each: None,
    }
}

/// "1:30 hours".
fn clock_face(reader: &Reader, at: usize) -> Option<Quantity> {
    if !(reader.is_number(at)
        && reader.word(at + 1) == ":"
        && reader.is_number(at + 2)
        && reader.is_joined(at + 2))
    {
        return None;
    }
    let (unit, end) = unit_after(reader, at + 3, false)?;
    let Unit::Clock(factor) = unit else { return None };
    let value = number::parse(reader.word(at))? + number::parse(reader.word(at + 2))? / 60.0;
    let count = Count { low: value, high: value, ..single(reader, at)? };
    Some(measured(at, &count, Unit::Clock(factor), end))
}

/// "a count of ten", "count to 30": about a second each.
fn counted_breaths(reader: &Reader, at: usize) -> Option<Quantity> {
    let past_article = if reader.is(at, "a") { at + 1 } else { at };
    let past_padding =
        if reader.any(past_article, &["slow", "steady", "gentle"]) { past_article + 1 } else { past_article };
    if !(reader.is(past_padding, "count") && reader.any(past_padding + 1, &["of", "to"])) {
        return None;
    }
    let count = count(reader, past_padding + 2).filter(|count| !count.article)?;
    let found = measured(at, &count, Unit::Clock(1.0 / 60.0), count.end);
    Some(Quantity { is_approximate: true, ..found })
}

fn hours_and_minutes(word: &str) -> Option<f64> {
    let rest = word.strip_prefix(['h', 'H'])?;
    let digits = rest.trim_end_matches(|it: char| it.is_ascii_alphabetic());
    let unit = &rest[digits.len()..];
    (!digits.is_empty() && digits.len() <= 2 && matches!(unit, "" | "m" | "min" | "mins"))
        .then(|| digits.parse().ok())
        .flatten()
}

/// "an hour and a half", "1 hr 30 min", "2 hours and 15 minutes", "a minute or two".
fn compound(reader: &Reader, found: &mut Quantity) {
    let (Unit::Clock(_) | Unit::Calendar(_)) = found.unit else { return };
    let (one, _) = found.unit.convert(1.0, 1.0);
    if let Some(part) = reader.any_phrase(found.end, &["and a half", "and one half"]) {
        add(found, one * 0.5, part);
        return;
    }
    if let Some(part) = reader.any_phrase(found.end, &["and a quarter", "and one quarter"]) {
        add(found, one * 0.25, part);
        return;
    }
    if let Some(part) = reader.phrase(found.end, "and three quarters") {
        add(found, one * 0.75, part);
        return;
    }
    if found.is_range || found.is_vague {
        return;
    }
    let next = if reader.any(found.end, &["and", "&"]) { found.end + 1 } else { found.end };
    let Some(rest) = single(reader, next).filter(|rest| !rest.article && !rest.vague) else { return };
    if let Some((unit, end)) =
        unit_after(reader, rest.end, false).or_else(|| bare_m(reader, rest.end, found.unit))
    {
        let smaller = matches!((found.unit, unit), (Unit::Clock(large), Unit::Clock(small)) if small < large);
        let is_remainder = matches!(unit, Unit::Clock(small) if rest.high * small < one);
        if smaller && is_remainder {
            add(found, unit.convert(rest.high, rest.high).0, end);
        }
    }
}

/// The "m" of "1h 30m", which alone would be metres.
fn bare_m(reader: &Reader, at: usize, before: Unit) -> Option<(Unit, usize)> {
    (before == Unit::Clock(60.0) && reader.word(at) == "m").then_some((Unit::Clock(1.0), at + 1))
}

fn add(found: &mut Quantity, more: f64, end: usize) {
    found.low += more;
    found.high += more;
    found.end = end;
}

/// "30 seconds to 2 minutes", "10 minutes or even 15", "between half an hour and an hour".
fn range_across_units(reader: &Reader, at: usize, found: &mut Quantity) {
    if found.is_range && found.unit.dimension() != Dimension::Time || found.is_article && !found.is_time() {
        return;
    }
    let Some((next, connector)) = connector(reader, found.end) else { return };
    let is_after_between = reader.before(at, 1).eq_ignore_ascii_case("between");
    let next_at = past_fillers(reader, next);
    if connector == Connector::And && !is_after_between || connector == Connector::Comma && next_at == next {
        return;
    }
    let Some(mut second) = of_one_unit(reader, next_at) else {
        let is_even = next_at > next && reader.is(next_at - 1, "even");
        if let Some(count) = count(reader, next_at).filter(|count| is_even && !count.article) {
            let (_, high) = found.unit.convert(count.low, count.high);
            if high > found.high && found.unit != Unit::Fahrenheit {
                (found.high, found.end, found.is_range) = (high, count.end, true);
            }
        }
        return;
    };
    if second.unit.dimension() == Dimension::Time {
        compound(reader, &mut second);
    }
    let is_same = second.unit.dimension() == found.unit.dimension();
    let is_other_scale = found.unit.dimension() == Dimension::Temperature
        && second.unit != found.unit
        && found.unit != Unit::Degree;
    let first_high =
        if found.unit == Unit::Degree { second.unit.convert(found.high, found.high).0 } else { found.high };
    // `ten minutes – an hour is too long`
    let is_aside = second.is_article
        && connector == Connector::Dash
        && reader.any(second.end, &["is", "was", "would", "will", "can", "could", "may", "does"]);
    let is_next_of_list =
        is_aside || second.is_article && connector == Connector::Or && second.high < found.low;
    if !is_same || is_other_scale || is_next_of_list || second.is_vague || second.high < first_high {
        return;
    }
    if found.unit == Unit::Degree {
        // "39°–40°C": the scale stands once.
        found.low = second.unit.convert(found.low, found.low).0;
        found.unit = second.unit;
    }
    found.high = second.high;
    found.end = second.end;
    found.is_range = true;
    found.or_more |= second.or_more;
    if let (Unit::Clock(_), Unit::Calendar(_)) = (found.unit, second.unit) {
        found.unit = second.unit;
    }
}

impl Quantity {
    pub(super) fn is_time(&self) -> bool {
        self.unit.dimension() == Dimension::Time
    }
}

/// "104°F (40°C)", "38 °C/100 °F", "54°F or 12°C".
fn pair(reader: &Reader, found: &mut Quantity) {
    let other = match found.unit {
        Unit::Celsius => Unit::Fahrenheit,
        Unit::Fahrenheit => Unit::Celsius,
        _ => return,
    };
    let opening = reader.word(found.end);
    let closes = match opening {
        "(" => ")",
        "[" => "]",
        "/" | "," | "|" | "=" | "-" | "–" | "—" => "",
        _ if reader.any(found.end, &["or"]) => "",
        _ => return,
    };
    let mut next = found.end + 1;
    while reader.any(
        next,
        &["or", "about", "around", "roughly", "approximately", "approx", "~", "≈", "i.e.", "between"],
    ) {
        next += 1;
    }
    let next = sign_at(reader, next).map_or(next, |_| next + 1);
    let Some(mut count) = count(reader, next).filter(|count| !count.article) else { return };
    if let Some(upper) = reader
        .is(count.end, "and")
        .then(|| single(reader, count.end + 1))
        .flatten()
        .filter(|upper| !upper.article)
    {
        count = Count { high: upper.high, end: upper.end, ..count };
    }
    let Some((unit, end)) = unit_after(reader, count.end, false) else { return };
    let (count, unit, end) = second_of_pair(reader, count, unit, end);
    if unit != other {
        return;
    }
    let sign = if next > 0 && sign_at(reader, next - 1).is_some() { -1.0 } else { 1.0 };
    let (low, high) = unit.convert(count.low * sign, count.high * sign);
    found.second = Some((low.min(high), high.max(low)));
    found.end = if closes.is_empty() {
        end
    } else if reader.word(end) == closes {
        end + 1
    } else {
        end
    };
}

/// "(37°C–39°C)", "(50°–59°F)": the degrees stand at both ends.
fn second_of_pair(reader: &Reader, count: Count, unit: Unit, end: usize) -> (Count, Unit, usize) {
    let upper = connector(reader, end)
        .filter(|(_, connector)| matches!(connector, Connector::Dash | Connector::To | Connector::And))
        .and_then(|(next, _)| single(reader, next))
        .and_then(|upper| Some((upper, unit_after(reader, upper.end, false)?)));
    match upper {
        Some((upper, (scale, end))) if scale == unit || unit == Unit::Degree => {
            (Count { high: upper.high, ..count }, scale, end)
        }
        _ => (count, unit, end),
    }
}

/// A minus sign that belongs to the number after it: nothing stands close before it.
pub(super) fn sign_at(reader: &Reader, at: usize) -> Option<usize> {
    if reader.is(at, "minus") {
        return Some(at);
    }
    let is_sign =
        matches!(reader.word(at), "-" | "−" | "–") && reader.is_joined(at + 1) && reader.is_number(at + 1);
    let is_apart = !reader.is_joined(at) || matches!(reader.before(at, 1), "(" | "[");
    (is_sign && is_apart).then_some(at)
}

/// "two 500mg tablets", "one or two 200 mg tablets", "3 x 200 mg", "two tablets of 500 mg", "2 tablets (500 mg each)",
/// "three of the 200 mg ones".
fn tablets_of(reader: &Reader, at: usize) -> Option<Quantity> {
    let tablets = count(reader, at).filter(|count| !count.vague && !count.is_fraction && !count.or_more)?;
    let times = reader.any(tablets.end, &["x", "×"]);
    if let Some((Unit::Tablet, end)) = unit_after(reader, tablets.end, tablets.article) {
        let in_brackets = reader.word(end) == "(";
        if !in_brackets && !reader.any(end, &["of", "at"]) {
            return None;
        }
        let dose = dose(reader, end + 1)?;
        let says_each = reader.any(dose.end, &["each", "apiece"]);
        if in_brackets && !says_each {
            // "2 tablets (1,000 mg)" gives the total.
            let end = if reader.word(dose.end) == ")" { dose.end + 1 } else { dose.end };
            let each = (tablets.high > 0.0).then(|| dose.high / tablets.high);
            return Some(Quantity { start: at, end, each, ..dose });
        }
        let mut end = dose.end + usize::from(says_each);
        if in_brackets && reader.word(end) == ")" {
            end += 1;
        }
        return Some(multiplied(at, &tablets, &dose, end));
    }
    if tablets.article && !reader.is(at, "a") {
        return None;
    }
    let of_those = reader.any_phrase(tablets.end, &["of the", "of your", "of those"]);
    let dose_at = of_those.unwrap_or(if times { tablets.end + 1 } else { tablets.end });
    if dose_at == tablets.end && !reader.is_number(dose_at) {
        return None;
    }
    let dose = dose(reader, dose_at)?;
    // The noun may stand after the name of the medicine: "one 250 mg naproxen tablet".
    let noun = (0..3).map(|step| reader.past_dash(dose.end) + step).find_map(|at| {
        match unit(reader, at, true, false) {
            Some((Unit::Tablet, end)) => Some(end),
            _ => None,
        }
    });
    match noun {
        Some(end) => Some(multiplied(at, &tablets, &dose, end)),
        // "four 200 mg at once": two numbers in a row, and the second is a dose.
        None if times || tablets.high <= 12.0 && !tablets.article => {
            Some(multiplied(at, &tablets, &dose, dose.end))
        }
        None => None,
    }
}

/// "1,000 mg (two tablets)".
fn tablets_in_brackets(reader: &Reader, found: &mut Quantity) {
    if reader.word(found.end) != "(" {
        return;
    }
    let Some(tablets) = count(reader, found.end + 1).filter(|count| !count.article && count.high > 0.0)
    else {
        return;
    };
    let Some((Unit::Tablet, end)) = unit_after(reader, tablets.end, false) else { return };
    if reader.word(end) == ")" {
        found.each = Some(found.high / tablets.high);
        found.end = end + 1;
    }
}

fn dose(reader: &Reader, at: usize) -> Option<Quantity> {
    let count = single(reader, at).filter(|count| !count.article)?;
    let (unit, end) = unit_after(reader, count.end, false)?;
    (unit.dimension() == Dimension::Mass).then(|| measured(at, &count, unit, end))
}

fn multiplied(start: usize, tablets: &Count, dose: &Quantity, end: usize) -> Quantity {
    Quantity {
        start,
        end,
        low: dose.low * tablets.low,
        high: dose.high * tablets.high,
        is_range: tablets.is_range,
        is_approximate: tablets.approximate,
        each: Some(dose.high),
        ..*dose
    }
}
