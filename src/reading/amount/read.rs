//! Reads the amount that starts at a token, and settles its kind, unit and bounds.

use super::bare::bare;
use super::cue::cues;
use super::cursor::Reader;
use super::lead::Lead;
use super::number::count;
use super::quantity::{Quantity, quantity};
use super::unit::{Dimension, Unit, unit};
use super::{Amount, Bound, Kind, age, dilution, frequency, furniture, open_end, temperature};

/// What stands at a lead.
pub(super) enum Reading {
    Amount(Amount),
    /// Nothing up to this token.
    NoAmount(usize),
}

/// Reads what stands at `at`. `found` holds the amounts before it.
pub(super) fn read(reader: &Reader, at: usize, lead: Lead, found: &[Amount]) -> Reading {
    let floor = found.last().map_or(0, |last| last.tokens.end);
    // `13 °C, give or take half a degree`
    if ["give or take", "plus or minus"].iter().any(|it| reader.phrase_before(at, it).is_some()) {
        return Reading::NoAmount(quantity(reader, at).map_or(at + 1, |it| it.end));
    }
    let amount = match lead {
        Lead::Number => {
            // "half and half" and "10 years old" come before what looks like the start of another number.
            let special = dilution::in_words(reader, at)
                .or_else(|| dilution::of_numbers(reader, at))
                .or_else(|| day_long(reader, at))
                .or_else(|| age::age(reader, at, floor));
            if let Some(special) = special {
                return Reading::Amount(special);
            }
            if let Some(end) = furniture::furniture(reader, at) {
                return Reading::NoAmount(end);
            }
            numeric(reader, at, floor, found)
        }
        Lead::Article => article(reader, at, floor, found),
        Lead::Phrase => phrase(reader, at, floor, found),
    };
    amount.map_or(Reading::NoAmount(at + 1), Reading::Amount)
}

fn numeric(reader: &Reader, at: usize, floor: usize, found: &[Amount]) -> Option<Amount> {
    if let Some(rate) = in_a_day(reader, at, floor, found) {
        return Some(rate);
    }
    if let Some(quantity) = quantity(reader, at) {
        if let Some(days) = frequency::days_of_a_week(reader, &quantity) {
            return Some(bounded(reader, days, floor));
        }
        return Some(measured(reader, &quantity, floor, found));
    }
    let count = count(reader, at)?;
    if let Some(hourly) = frequency::hourly(reader, at, &count) {
        return Some(hourly);
    }
    if let Some(times) = frequency::of_count(reader, at, &count) {
        return Some(bounded(reader, times, floor));
    }
    bare(reader, at, floor, &count, found)
}

fn article(reader: &Reader, at: usize, floor: usize, found: &[Amount]) -> Option<Amount> {
    // `1.5 °C an hour` is how fast.
    let is_speed = found.last().is_some_and(|it| it.tokens.end == at && it.kind.is_heat());
    if is_speed {
        return None;
    }
    if let Some(rate) =
        frequency::rate_of_amount(reader, at).filter(|rate| shares_clause(reader, rate, found))
    {
        return Some(in_sessions(reader, rate, found));
    }
    if let Some(quantity) =
        quantity(reader, at).filter(|quantity| !quantity.is_article || is_amount_of_one(reader, quantity))
    {
        return Some(measured(reader, &quantity, floor, found));
    }
    if let Some(times) = count(reader, at).and_then(|count| frequency::of_count(reader, at, &count)) {
        return Some(bounded(reader, times, floor));
    }
    open_end::open_end(reader, at).or_else(|| dilution::of_numbers(reader, at + 1))
}

/// Whether "a second", "a drop", "a day" is meant as an amount.
fn is_amount_of_one(reader: &Reader, quantity: &Quantity) -> bool {
    const BEFORE_A_STRETCH: &[&str] = &[
        "for", "in", "within", "after", "about", "than", "least", "just", "only", "under", "over", "take",
        "takes", "wait", "leave", "of", "until", "rest", "most", "to", "lasts", "last",
    ];
    let is_range = quantity.is_range;
    match quantity.unit {
        Unit::Calendar(days) if days <= 1.0 => {
            let is_another = reader.is(quantity.start, "another");
            is_range
                || quantity.high > quantity.low.min(1440.0)
                || !is_another && reader.any(quantity.start.wrapping_sub(1), BEFORE_A_STRETCH)
        }
        Unit::Drop => is_range || reader.any(quantity.end, &["of", "per"]),
        Unit::Clock(minutes) if minutes < 1.0 => {
            is_range
                || reader.any(quantity.start.wrapping_sub(1), &["for", "than", "within", "under"])
                    && !reader.is_word(quantity.end)
        }
        _ => true,
    }
}

fn phrase(reader: &Reader, at: usize, floor: usize, found: &[Amount]) -> Option<Amount> {
    if let Some(open) = open_end::open_end(reader, at) {
        return Some(open);
    }
    if let Some(often) = frequency::in_words(reader, at) {
        let often = in_sessions(reader, often, found);
        // In "70 mg per day or less" the cue is the dose's.
        let is_rate = reader.any(at, &["per", "each", "/"]);
        return Some(if is_rate { often } else { bounded(reader, often, floor) });
    }
    if let Some(mixed) = dilution::in_words(reader, at).or_else(|| temperature::in_words(reader, at)) {
        return Some(mixed);
    }
    if reader.any(at, &["per", "/", "every", "each"]) {
        return per_volume(reader, at);
    }
    if reader.any(at, &["full", "whole", "entire"]) && reader.is(at + 1, "hour") {
        return Some(bounded(reader, Amount::exact(at..at + 2, Kind::Duration, 60.0), floor));
    }
    if reader.any(at, &["count", "slow", "steady"]) {
        let counted = quantity(reader, at)?;
        return Some(measured(reader, &counted, floor, &[]));
    }
    None
}

/// "10 drops **per ounce**".
fn per_volume(reader: &Reader, at: usize) -> Option<Amount> {
    let (unit, end) = unit(reader, at + 1, false, false)?;
    let (low, high) = unit.convert(1.0, 1.0);
    (unit.dimension() == Dimension::Volume)
        .then(|| Amount { core: at + 1..end, ..Amount::range(at..end, Kind::Volume, low, high) })
}

/// "24/7".
fn day_long(reader: &Reader, at: usize) -> Option<Amount> {
    let is_always = reader.word(at) == "24" && reader.word(at + 1) == "/" && reader.word(at + 2) == "7";
    is_always.then(|| Amount {
        bound: Bound::Open,
        open_end: Some(open_end::OpenEnd::AllDay),
        ..Amount::exact(at..at + 3, Kind::Duration, 1440.0)
    })
}

/// "no more than 1,200 mg **in 24 hours**".
fn in_a_day(reader: &Reader, at: usize, floor: usize, found: &[Amount]) -> Option<Amount> {
    let preposition = (1..=3).filter_map(|step| at.checked_sub(step)).find(|it| {
        *it >= floor
            && !reader.any(*it, &["every"])
            && frequency::in_a_day(reader, *it).is_some_and(|end| end > at)
    })?;
    let end = frequency::in_a_day(reader, preposition)?;
    spreads(reader, preposition, found).then(|| Amount::exact(preposition..end, Kind::Frequency, 1.0))
}

/// Whether the last amount is one that "a day" can spread: in the same sentence, and close.
fn spreads(reader: &Reader, at: usize, found: &[Amount]) -> bool {
    let Some(last) = found.last() else { return false };
    let spreads = matches!(
        last.kind,
        Kind::Dose
            | Kind::WeightDose
            | Kind::Duration
            | Kind::Volume
            | Kind::Drops
            | Kind::Cups
            | Kind::Tablets
            | Kind::Bare
            | Kind::Times
    );
    let is_stretch = reader.any(
        at.wrapping_sub(1),
        &[
            "for", "within", "after", "about", "than", "least", "just", "only", "under", "over", "takes",
            "wait", "leave", "have", "such", "what", "until",
        ],
    );
    let is_near = at - last.tokens.end.min(at) <= 10;
    spreads && is_near && !is_stretch && !reader.sentence_ends_between(last.tokens.end, at)
}

/// Whether "a day" belongs to the last amount, with nothing between them that starts another clause.
fn shares_clause(reader: &Reader, rate: &Amount, found: &[Amount]) -> bool {
    let at = rate.tokens.start;
    let Some(last) = found.last().filter(|_| spreads(reader, at, found)) else { return false };
    let between = last.tokens.end..at;
    // "ten minutes an hour" is no rate of drinking, and a duration stands close to its day.
    let is_hourly = rate.high.is_some_and(|high| high > 1.0);
    let is_strange = last.kind == Kind::Duration && (is_hourly || between.len() > 5);
    !is_strange
        && !reader.any(at.wrapping_sub(1), &["it", "to"])
        && !between.into_iter().any(|it| reader.any(it, &[",", ";", ":", "|", "(", "and", "or"]))
}

/// "two 15-minute sessions **a day**" are two a day, not one.
fn in_sessions(reader: &Reader, rate: Amount, found: &[Amount]) -> Amount {
    let Some(last) = found.last().filter(|last| last.kind == Kind::Duration && rate.kind == Kind::Frequency)
    else {
        return rate;
    };
    let names = [
        "sessions",
        "session",
        "rounds",
        "blocks",
        "bouts",
        "soaks",
        "stints",
        "slots",
        "periods",
        "treatments",
        "goes",
        "bursts",
    ];
    let is_named = (last.tokens.end..rate.tokens.start).any(|it| reader.any(it, &names));
    let start = last.core.start;
    let sessions = (1..=3)
        .filter_map(|step| start.checked_sub(step))
        .filter_map(|it| count(reader, it))
        .rfind(|it| it.end == start && !it.article);
    match sessions.filter(|_| is_named && last.tokens.end + 4 >= rate.tokens.start) {
        Some(count) => Amount {
            low: rate.low.map(|it| it * count.low),
            high: rate.high.map(|it| it * count.high),
            bound: if count.is_range { Bound::Range } else { rate.bound },
            ..rate
        },
        None => rate,
    }
}

fn measured(reader: &Reader, quantity: &Quantity, floor: usize, found: &[Amount]) -> Amount {
    let plain = |kind: Kind| Amount::range(quantity.start..quantity.end, kind, quantity.low, quantity.high);
    let amount = match quantity.unit.dimension() {
        Dimension::Time => time(reader, quantity, floor, found),
        Dimension::Temperature => temperature::temperature(reader, quantity, floor),
        Dimension::Percent => plain(Kind::Percent),
        Dimension::Mass => plain(Kind::Dose),
        Dimension::MassPerKilogram => plain(Kind::WeightDose),
        Dimension::Volume => plain(Kind::Volume),
        Dimension::Drops => plain(Kind::Drops),
        Dimension::Cups => plain(Kind::Cups),
        Dimension::Tablets => plain(Kind::Tablets),
        Dimension::Pinches => Amount { low: None, high: None, bound: Bound::Open, ..plain(Kind::Volume) },
    };
    let amount = Amount {
        vague: quantity.is_vague || quantity.unit == Unit::Pinch,
        approximate: quantity.is_approximate,
        second: quantity.second,
        each: quantity.each,
        bound: if quantity.or_more { Bound::AtLeast } else { amount.bound },
        ..amount
    };
    bounded(reader, amount, floor)
}

/// What stands behind a pause.
const APART: &[&str] = &["off in between", "off between", "in between", "apart", "gap", "break", "pause"];

/// What a pause lies between.
const ROUNDS: &[&str] = &[
    "rounds",
    "sessions",
    "applications",
    "doses",
    "uses",
    "goes",
    "each",
    "sets",
    "icings",
    "treatments",
    "sittings",
    "soaks",
    "dips",
    "plunges",
    "rubs",
    "them",
    "one",
    "any",
    "ice",
    "heat",
    "times",
    "and",
];

fn time(reader: &Reader, quantity: &Quantity, floor: usize, found: &[Amount]) -> Amount {
    let (low, high) = (quantity.low, quantity.high);
    let (start, end) = (quantity.start, quantity.end);
    let every = start.checked_sub(1).filter(|it| *it >= floor && reader.is(*it, "every"));
    let or_more = reader.any_phrase(end, &["or more", "or longer"]);
    let past = or_more.unwrap_or(end);
    // `a couple of hours' gap`
    let past = if reader.any(past, &["'", "’"]) { past + 1 } else { past };
    let apart = reader.any_phrase(past, APART).or_else(|| {
        // `for 45 minutes between classes` is how long.
        let lasts = start.checked_sub(1).is_some_and(|it| reader.is(it, "for"));
        let noun = if reader.is(past + 1, "the") { past + 2 } else { past + 1 };
        let is_between = reader.is(past, "between")
            && !reader.is_number(past + 1)
            && !(lasts && reader.is_word(noun) && !reader.any(noun, ROUNDS));
        let is_off = reader.is(past, "off") && is_pause(reader, start, found);
        (is_between || is_off).then_some(past + 1)
    });
    let is_clock = matches!(quantity.unit, Unit::Clock(_) | Unit::Breath);
    if let Some(every) = every {
        let interval = Amount::range(every..end, Kind::Interval, low / 60.0, high / 60.0);
        return Amount { core: start..end, ..interval };
    }
    if let Some(apart) = apart.filter(|_| is_clock) {
        let interval = Amount::range(start..apart, Kind::Interval, low / 60.0, high / 60.0);
        let bound = if or_more.is_some() { Bound::AtLeast } else { interval.bound };
        return Amount { core: start..end, bound, ..interval };
    }
    let is_window = high >= 720.0 && reader.any(start.wrapping_sub(1), &["first"]);
    if is_clock && high < 2880.0 && !is_window {
        return Amount::range(start..end, Kind::Duration, low, high);
    }
    Amount::range(start..end, Kind::Course, low / 1440.0, high / 1440.0)
}

/// "20 minutes on, 20 minutes **off**": a pause after a session, not a holiday.
pub(super) fn is_pause(reader: &Reader, start: usize, found: &[Amount]) -> bool {
    let Some(last) = found.last() else { return false };
    matches!(last.kind, Kind::Duration | Kind::Bare)
        && (last.tokens.end..start).any(|at| reader.any(at, &["on", "then"]))
        && !reader.sentence_ends_between(last.tokens.end, start)
}

fn is_every(reader: &Reader, amount: &Amount) -> bool {
    amount.kind == Kind::Interval && reader.is(amount.tokens.start, "every")
}

/// "no more than every four hours" allows longer pauses, not shorter ones.
fn turned(bound: Bound) -> Bound {
    match bound {
        Bound::AtMost => Bound::AtLeast,
        Bound::AtLeast => Bound::AtMost,
        Bound::Over => Bound::Under,
        Bound::Under => Bound::Over,
        Bound::Exact | Bound::Range | Bound::Open => bound,
    }
}

/// Adds the cues around the amount, and settles its bound by them.
pub(super) fn bounded(reader: &Reader, amount: Amount, floor: usize) -> Amount {
    let cues = cues(reader, floor, amount.tokens.start, amount.tokens.end);
    let is_prime = matches!(reader.word(amount.core.end.wrapping_sub(1)), "'" | "’" | "′");
    let mut amount = Amount {
        tokens: cues.start..cues.end,
        approximate: amount.approximate || cues.is_approximate,
        is_assumed: amount.is_assumed || is_prime,
        bound: cues
            .bound
            .map_or(amount.bound, |bound| if is_every(reader, &amount) { turned(bound) } else { bound }),
        ..amount
    };
    // "over four weeks" is during them, but "for over four weeks" is longer.
    let lasts = ["for", "well", "just", "lasts", "lasted", "last", "is", "not", "never", "or", "of", "a"];
    if amount.kind == Kind::Course
        && reader.is(cues.start, "over")
        && !reader.any(cues.start.wrapping_sub(1), &lasts)
    {
        amount.tokens.start += 1;
        amount.bound = if amount.high > amount.low { Bound::Range } else { Bound::Exact };
    }
    let first = amount.tokens.start.checked_sub(1).filter(|it| *it >= floor && reader.is(*it, "first"));
    if let Some(first) = first.filter(|_| amount.kind == Kind::Course && cues.bound.is_none()) {
        amount.tokens.start = if first > floor && reader.is(first - 1, "the") { first - 1 } else { first };
        amount.bound = Bound::AtMost;
    }
    match amount.bound {
        Bound::AtMost | Bound::Under => amount.low = None,
        Bound::AtLeast => amount.high = None,
        Bound::Exact | Bound::Range | Bound::Over | Bound::Open => {}
    }
    amount
}
