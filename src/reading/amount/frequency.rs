//! How often: times a day, hours between, and times without a period.

use super::cursor::Reader;
use super::number::{Count, single};
use super::quantity::Quantity;
use super::unit::Unit;
use super::{Amount, Bound, Kind};

/// A frequency or interval that does not start with a number: "twice a day", "daily", "every other day", "q6h".
pub(super) fn in_words(reader: &Reader, at: usize) -> Option<Amount> {
    once_or_twice(reader, at)
        .or_else(|| every(reader, at))
        .or_else(|| parts_of_the_day(reader, at))
        .or_else(|| adverb(reader, at))
        .or_else(|| clinical(reader, at))
}

/// What a count of times comes to: "3 times a day", "2x daily", "four doses in 24 hours", "three times", "3 sets".
pub(super) fn of_count(reader: &Reader, at: usize, count: &Count) -> Option<Amount> {
    let next = reader.past_dash(count.end);
    let is_cross = reader.any(next, &["x", "×"]);
    let is_times = is_cross
        || reader.any(next, &["times", "time", "sets", "set", "reps", "repetitions", "rounds", "cycles"]);
    let is_session = reader.any(
        next,
        &[
            "sessions",
            "doses",
            "applications",
            "treatments",
            "session",
            "dose",
            "application",
            "round",
            "shots",
            "goes",
        ],
    );
    let past_noun = if is_times || is_session { next + 1 } else { next };
    if let Some((factor, end)) = period(reader, past_noun) {
        let has_noun = past_noun > next;
        let is_rate_mark = reader.any(past_noun, &["/", "per"]);
        if has_noun || is_rate_mark && !count.article {
            return Some(frequency(at..end, count.low * factor, count.high * factor, count));
        }
    }
    // "10 times hotter" compares; "at a time" is no count.
    let compares =
        reader.any(past_noun, &["more", "as", "stronger", "hotter", "colder", "higher", "better", "the"]);
    if count.article || !is_times || compares {
        return None;
    }
    Some(with_kind(frequency(at..past_noun, count.low, count.high, count), Kind::Times))
}

/// "two-hourly", "4- to 6-hourly".
pub(super) fn hourly(reader: &Reader, at: usize, count: &Count) -> Option<Amount> {
    let next = reader.past_dash(count.end);
    (next > count.end && reader.is(next, "hourly"))
        .then(|| Amount::range(at..next + 1, Kind::Interval, count.low, count.high))
}

/// "three days a week" is a frequency, not a course.
pub(super) fn days_of_a_week(reader: &Reader, quantity: &Quantity) -> Option<Amount> {
    let is_days = quantity.unit == Unit::Calendar(1.0) && !quantity.is_article;
    let end = reader
        .any_phrase(
            quantity.end,
            &["a week", "per week", "each week", "every week", "out of seven", "/ week"],
        )
        .filter(|_| is_days)?;
    let per_day = |minutes: f64| minutes / 1440.0 / 7.0;
    let found =
        Amount::range(quantity.start..end, Kind::Frequency, per_day(quantity.low), per_day(quantity.high));
    Some(Amount { vague: quantity.is_vague, approximate: quantity.is_approximate, ..found })
}

/// "a day", "per day", "each day" after a dose or another amount that it spreads over the day.
pub(super) fn rate_of_amount(reader: &Reader, at: usize) -> Option<Amount> {
    if !(reader.any(at, &["a", "an", "per", "each", "/"])) {
        return None;
    }
    let (factor, end) = period(reader, at)?;
    Some(Amount::exact(at..end, Kind::Frequency, factor))
}

/// "in 24 hours", "in any 24-hour period".
pub(super) fn in_a_day(reader: &Reader, at: usize) -> Option<usize> {
    let prepositions = ["in", "per", "every", "over", "within", "during"];
    if !reader.any(at, &prepositions) {
        return None;
    }
    let mut next = at + 1;
    while reader.any(next, &["a", "any", "each", "one", "every", "the", "single"]) {
        next += 1;
    }
    let past_number =
        if reader.word(next) == "24" { next + 1 } else { reader.phrase(next, "twenty four")? };
    let unit_at = reader.past_dash(past_number);
    if !reader.any(unit_at, &["hours", "hour", "hrs", "hr", "h"]) {
        return None;
    }
    Some(if reader.any(unit_at + 1, &["period", "periods"]) { unit_at + 2 } else { unit_at + 1 })
}

/// A period that a count is spread over, as times per day for one time in it.
fn period(reader: &Reader, at: usize) -> Option<(f64, usize)> {
    if let Some(end) = in_a_day(reader, at) {
        return Some((1.0, end));
    }
    let adverbs =
        [("daily", 1.0), ("nightly", 1.0), ("weekly", 1.0 / 7.0), ("monthly", 1.0 / 30.0), ("hourly", 24.0)];
    if let Some((_, factor)) = adverbs.iter().find(|(word, _)| reader.is(at, word)) {
        return Some((*factor, at + 1));
    }
    if let Some(end) = reader.any_phrase(
        at,
        &[
            "throughout the day",
            "during the day",
            "over the day",
            "across the day",
            "over the course of the day",
            "through the day",
        ],
    ) {
        return Some((1.0, end));
    }
    let leads = [
        "in a single",
        "in any one",
        "in one",
        "in a",
        "in any",
        "of a",
        "over a",
        "a",
        "an",
        "per",
        "each",
        "every",
        "/",
    ];
    let noun = reader.any_phrase(at, &leads)?;
    let nouns = [
        ("day", 1.0),
        ("night", 1.0),
        ("evening", 1.0),
        ("morning", 1.0),
        ("week", 1.0 / 7.0),
        ("wk", 1.0 / 7.0),
        ("fortnight", 1.0 / 14.0),
        ("month", 1.0 / 30.0),
        ("year", 1.0 / 365.0),
        ("hour", 24.0),
    ];
    nouns.iter().find(|(word, _)| reader.is(noun, word)).map(|(_, factor)| (*factor, noun + 1))
}

fn once_or_twice(reader: &Reader, at: usize) -> Option<Amount> {
    let (low, high, end) = if let Some(end) = reader.any_phrase(at, &["once or twice", "once to twice"]) {
        (1.0, 2.0, end)
    } else if let Some(end) = reader.phrase(at, "two or three times") {
        (2.0, 3.0, end)
    } else if reader.is(at, "once") {
        (1.0, 1.0, at + 1)
    } else if reader.is(at, "twice") {
        (2.0, 2.0, at + 1)
    } else if reader.is(at, "thrice") {
        (3.0, 3.0, at + 1)
    } else {
        return None;
    };
    let end = reader.past_dash(end);
    // "twice or three times a day", "once, twice at most".
    let more = (reader.is(end, "or"))
        .then(|| single(reader, end + 1))
        .flatten()
        .filter(|more| reader.is(more.end, "times"));
    let (high, end) = more.map_or((high, end), |more| (more.high.max(high), more.end + 1));
    if let Some((factor, end)) = period(reader, end) {
        return Some(Amount::range(at..end, Kind::Frequency, low * factor, high * factor));
    }
    // "once" alone is mostly "as soon as".
    let is_multiple = reader.any(end, &["as", "the", "more"]);
    (high > 1.0 && !is_multiple).then(|| Amount::range(at..end, Kind::Times, low, high))
}

fn every(reader: &Reader, at: usize) -> Option<Amount> {
    // "the hot bath / day spa" is no rate.
    if !reader.any(at, &["every", "each", "per", "on", "/"])
        || reader.is(at, "/") && !reader.is_joined(at + 1)
    {
        return None;
    }
    let intervals = [
        ("every other day", 48.0),
        ("every second day", 48.0),
        ("every alternate day", 48.0),
        ("on alternate days", 48.0),
        ("every third day", 72.0),
        ("every other night", 48.0),
        ("every other morning", 48.0),
        ("every other evening", 48.0),
        ("every second night", 48.0),
        ("every other week", 336.0),
        ("every second week", 336.0),
        ("every other hour", 2.0),
        ("every second hour", 2.0),
        ("every half hour", 0.5),
        ("every half an hour", 0.5),
        ("every quarter hour", 0.25),
        ("every hour or two", 1.5),
        ("every hour", 1.0),
        ("each hour", 1.0),
        ("every minute", 1.0 / 60.0),
    ];
    if let Some((interval, hours, end)) =
        intervals.iter().find_map(|(phrase, hours)| Some((phrase, *hours, reader.phrase(at, phrase)?)))
    {
        // `Every minute counts.`
        if reader.any(end, &["counts", "matters", "helps"]) {
            return None;
        }
        let found = Amount::exact(at..end, Kind::Interval, hours);
        return Some(if interval.ends_with("or two") {
            Amount { low: Some(1.0), high: Some(2.0), bound: Bound::Range, ..found }
        } else {
            found
        });
    }
    let twice = [
        "every morning and evening",
        "every morning and night",
        "every morning and every evening",
        "every morning and every night",
        "each morning and evening",
        "each morning and night",
        "every day and night",
    ];
    if let Some(end) = reader.any_phrase(at, &twice) {
        return Some(Amount::exact(at..end, Kind::Frequency, 2.0));
    }
    let daily = [
        "every single day",
        "every single night",
        "every day",
        "each day",
        "per day",
        "every night",
        "each night",
        "every evening",
        "each evening",
        "every morning",
        "each morning",
        "per night",
        "every afternoon",
        "/ day",
        "/ night",
    ];
    if let Some(end) = reader.any_phrase(at, &daily) {
        return Some(Amount::exact(at..end, Kind::Frequency, 1.0));
    }
    let slower = [
        ("every week", 7.0),
        ("each week", 7.0),
        ("per week", 7.0),
        ("/ week", 7.0),
        ("every fortnight", 14.0),
        ("every month", 30.0),
        ("each month", 30.0),
        ("per month", 30.0),
    ];
    let (days, end) = slower.iter().find_map(|(phrase, days)| Some((*days, reader.phrase(at, phrase)?)))?;
    Some(Amount::exact(at..end, Kind::Frequency, 1.0 / days))
}

fn parts_of_the_day(reader: &Reader, at: usize) -> Option<Amount> {
    let thrice = [
        "morning noon and night",
        "morning , noon and night",
        "morning , noon , and night",
        "morning , afternoon and evening",
    ];
    if let Some(end) = reader.any_phrase(at, &thrice) {
        return Some(Amount::exact(at..end, Kind::Frequency, 3.0));
    }
    let twice = [
        "morning and night",
        "morning and evening",
        "mornings and evenings",
        "mornings and nights",
        "morning and bedtime",
        "night and morning",
        "evening and morning",
        "morning & night",
        "morning & evening",
    ];
    let end = reader.any_phrase(at, &twice)?;
    Some(Amount::exact(at..end, Kind::Frequency, 2.0))
}

fn adverb(reader: &Reader, at: usize) -> Option<Amount> {
    // "daily life", "your daily walk", "a daily limit" describe; a bare adverb after a noun or a number tells how often.
    let describes = reader.any(
        at + 1,
        &[
            "life",
            "lives",
            "basis",
            "routine",
            "activities",
            "dose",
            "limit",
            "total",
            "maximum",
            "news",
            "living",
            "task",
            "tasks",
        ],
    );
    let is_owned = ["your", "our", "my", "their", "the", "his", "her", "of"]
        .iter()
        .any(|it| reader.before(at, 1).eq_ignore_ascii_case(it));
    let daily = [("daily", 1.0), ("nightly", 1.0), ("weekly", 1.0 / 7.0), ("monthly", 1.0 / 30.0)];
    if let Some((_, factor)) = daily.iter().find(|(word, _)| reader.is(at, word)) {
        return (!describes && !is_owned).then(|| Amount::exact(at..at + 1, Kind::Frequency, *factor));
    }
    if reader.is(at, "hourly") {
        return Some(Amount::exact(at..at + 1, Kind::Interval, 1.0));
    }
    if reader.is(at, "regularly") {
        return Some(Amount {
            vague: true,
            low: None,
            high: None,
            bound: Bound::Open,
            ..Amount::exact(at..at + 1, Kind::Frequency, 1.0)
        });
    }
    None
}

/// "q6h", "q4-6h".
fn clinical(reader: &Reader, at: usize) -> Option<Amount> {
    let rest = reader.word(at).strip_prefix(['q', 'Q'])?;
    let digits_end = rest.find(|it: char| !it.is_ascii_digit()).unwrap_or(rest.len());
    let (digits, unit) = rest.split_at(digits_end);
    let low: f64 = digits.parse().ok()?;
    let is_hours = |unit: &str| ["h", "hr", "hrs"].iter().any(|it| unit.eq_ignore_ascii_case(it));
    if is_hours(unit) {
        return Some(Amount::exact(at..at + 1, Kind::Interval, low));
    }
    if unit.is_empty() && reader.is_dash(at + 1) && is_hours(reader.word(at + 3)) {
        let high = super::number::parse(reader.word(at + 2))?;
        return Some(Amount::range(at..at + 4, Kind::Interval, low, high));
    }
    (unit.is_empty() && is_hours(reader.word(at + 1))).then(|| Amount::exact(at..at + 2, Kind::Interval, low))
}

fn frequency(tokens: std::ops::Range<usize>, low: f64, high: f64, count: &Count) -> Amount {
    let found = Amount::range(tokens, Kind::Frequency, low, high);
    let bound = if count.or_more { Bound::AtLeast } else { found.bound };
    Amount {
        vague: count.vague,
        approximate: count.approximate,
        bound,
        high: if count.or_more { None } else { found.high },
        ..found
    }
}

fn with_kind(amount: Amount, kind: Kind) -> Amount {
    Amount { kind, ..amount }
}
