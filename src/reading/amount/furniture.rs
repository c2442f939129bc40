//! Numbers that are no amounts: dates, times of day, money, telephone numbers, places in a document, counts of people.

use super::cursor::{Reader, is_one_of};
use super::number::{self, number_word};

/// One past the last token of a number that is no amount, when one starts here.
pub(super) fn furniture(reader: &Reader, at: usize) -> Option<usize> {
    if !reader.is_number(at) {
        return named_place(reader, at)
            .or_else(|| share_of(reader, at))
            .or_else(|| hour_in_words(reader, at));
    }
    money(reader, at)
        .or_else(|| date(reader, at))
        .or_else(|| time_of_day(reader, at))
        .or_else(|| opening_hours(reader, at))
        .or_else(|| decade(reader, at))
        .or_else(|| telephone(reader, at))
        .or_else(|| named_place(reader, at))
        .or_else(|| share_of(reader, at))
        .or_else(|| feet(reader, at))
        .or_else(|| ordinal(reader, at))
        .or_else(|| list_number(reader, at))
}

/// More tokens than a sum, a date or an hour has. A row of numbers that goes on is asked about at each of them.
const LONGEST: usize = 16;

/// Skips "15-20", "15.99", "1 000" as one.
fn past_numbers(reader: &Reader, at: usize) -> usize {
    let mut end = at + 1;
    while end < at + LONGEST
        && (reader.is_dash(end) && reader.is_number(end + 1) || matches!(reader.word(end), "£" | "$" | "€"))
    {
        end += if reader.is_number(end + 1) { 2 } else { 1 };
    }
    end
}

fn money(reader: &Reader, at: usize) -> Option<usize> {
    let is_sum = matches!(reader.before(at, 1), "£" | "$" | "€" | "¥");
    let end = past_numbers(reader, at);
    let currency = [
        "dollars", "dollar", "pounds", "euros", "euro", "quid", "cents", "pence", "bucks", "usd", "gbp",
        "eur", "£", "$", "€",
    ];
    (is_sum || reader.any(end, &currency)).then_some(end)
}

const MONTHS: &[&str] = &[
    "january",
    "february",
    "march",
    "april",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "jan",
    "feb",
    "mar",
    "apr",
    "jun",
    "jul",
    "aug",
    "sep",
    "sept",
    "oct",
    "nov",
    "dec",
];

pub(super) fn is_month(word: &str) -> bool {
    word == "May" || word.starts_with(|it: char| it.is_ascii_uppercase()) && is_one_of(word, MONTHS)
}

fn date(reader: &Reader, at: usize) -> Option<usize> {
    let text = reader.word(at);
    for mark in ["-", "/", ".", "–"] {
        let parts = |step: usize| {
            reader.word(at + step) == mark && reader.is_joined(at + step) && reader.is_joined(at + step + 1)
        };
        if parts(1) && reader.is_number(at + 2) && parts(3) && reader.is_number(at + 4) {
            return Some(at + 5);
        }
    }
    if text.bytes().filter(|it| *it == b'.').count() > 1 {
        return Some(at + 1);
    }
    let day_end = if reader.any(at + 1, &["st", "nd", "rd", "th"]) { at + 2 } else { at + 1 };
    let past_of = if reader.is(day_end, "of") { day_end + 1 } else { day_end };
    let after_month = |end: usize| {
        let year = if reader.word(end) == "," { end + 1 } else { end };
        if is_year(reader.word(year)) { year + 1 } else { end }
    };
    if is_month(reader.before(at, 1)) {
        let end = past_numbers(reader, at).max(day_end);
        return Some(after_month(end));
    }
    if is_month(reader.word(past_of)) {
        return Some(after_month(past_of + 1));
    }
    // "2024", "1990s", "2019–2021", but "1995 mg" has a unit.
    let end = past_numbers(reader, at);
    let follows = reader.word(end);
    (is_year(text)
        && (super::unit::unit_after(reader, end, false).is_none() || follows.eq_ignore_ascii_case("s")))
    .then_some(end)
}

fn is_year(text: &str) -> bool {
    text.len() == 4
        && (text.starts_with("19") || text.starts_with("20"))
        && text.bytes().all(|it| it.is_ascii_digit())
}

const HALVES_OF_THE_DAY: &[&str] = &["am", "pm", "a.m.", "p.m.", "a.m", "p.m", "o'clock", "noon", "midnight"];

fn time_of_day(reader: &Reader, at: usize) -> Option<usize> {
    if reader.any(at + 1, HALVES_OF_THE_DAY) {
        return Some(at + 2);
    }
    if reader.word(at + 1) == ":"
        && reader.is_number(at + 2)
        && reader.is_joined(at + 2)
        && reader.word(at + 2).len() == 2
    {
        let mut end = at + 3;
        while reader.word(end) == ":" && reader.is_number(end + 1) {
            end += 2;
        }
        if super::quantity::quantity(reader, at).is_some_and(|found| found.end > end)
            || reader.any(end, &["ratio", "dilution", "mix"])
        {
            return None;
        }
        return Some(if reader.any(end, HALVES_OF_THE_DAY) { end + 1 } else { end });
    }
    let end = past_numbers(reader, at);
    if end > at + 1 && reader.any(end, HALVES_OF_THE_DAY) {
        return Some(end + 1);
    }
    // "at 7", "until 10", "by 6": an hour, unless a unit follows.
    let value = number::parse(reader.word(at))?;
    if says_which_half(reader, at) {
        return Some(end);
    }
    let is_hour = value <= 24.0 && reader.any(at.wrapping_sub(1), &["at", "until", "till", "by", "before"]);
    (is_hour && is_alone(reader, at, end)).then_some(end)
}

/// "in your 30s": years of a life, not seconds.
fn decade(reader: &Reader, at: usize) -> Option<usize> {
    let owners = ["my", "your", "our", "their", "his", "her", "the", "early", "mid", "late"];
    let owner = if reader.is_dash(at.wrapping_sub(1)) { at.wrapping_sub(2) } else { at.wrapping_sub(1) };
    let is_decade = reader.is(at + 1, "s") && reader.is_joined(at + 1) && reader.word(at).ends_with('0');
    (is_decade && reader.any(owner, &owners)).then_some(at + 2)
}

/// "9-5", "from 9 to 5": a range that runs down and has no unit.
fn opening_hours(reader: &Reader, at: usize) -> Option<usize> {
    let range = number::count(reader, at).filter(|range| range.is_range)?;
    let first = number::single(reader, at)?;
    let is_downward = first.low >= range.high && first.low > range.low;
    (is_downward && is_alone(reader, at, range.end)).then_some(range.end)
}

/// "half past 6", "a quarter to ten".
fn says_which_half(reader: &Reader, at: usize) -> bool {
    reader.any(at.wrapping_sub(1), &["past", "to"]) && reader.any(at.wrapping_sub(2), &["half", "quarter"])
}

fn hour_in_words(reader: &Reader, at: usize) -> Option<usize> {
    let value = number_word(reader.word(at))?;
    if says_which_half(reader, at) {
        return Some(at + 1);
    }
    let is_hour =
        (1.0..=12.0).contains(&value) && reader.any(at.wrapping_sub(1), &["at", "until", "till", "by"]);
    let is_said = reader.any(at + 1, HALVES_OF_THE_DAY);
    if is_said {
        return Some(at + 2);
    }
    (is_hour && is_alone(reader, at, at + 1) && !reader.any(at + 1, &["times", "sets"])).then_some(at + 1)
}

/// Whether no unit follows the number or range that starts here.
fn is_alone(reader: &Reader, at: usize, end: usize) -> bool {
    let quantity = super::quantity::quantity(reader, at);
    quantity.is_none() && !reader.is_word(end)
        || quantity.is_none()
            && reader.word(end + 1) != "%"
            && !reader.any(end, &["times", "x", "to", "or", "drops"])
}

fn telephone(reader: &Reader, at: usize) -> Option<usize> {
    let text = reader.word(at);
    let is_plain = text.bytes().all(|it| it.is_ascii_digit());
    let is_called = reader.any(
        at.wrapping_sub(1),
        &["call", "dial", "ring", "phone", "text", "calling", "dialling", "ringing", "on", "tel", "+"],
    );
    if is_plain
        && (text.len() == 3 && is_called
            || text.len() >= 3 && text.starts_with('0')
            || text.len() > 6
            || matches!(text, "911" | "999" | "988" | "111" | "112"))
    {
        if super::unit::unit_after(reader, at + 1, false).is_some() && !text.starts_with('0') {
            return None;
        }
        let mut end = at + 1;
        while reader.is_number(end) || reader.is_dash(end) && reader.is_number(end + 1) {
            end += 1;
        }
        return Some(end);
    }
    // "(555) 123-4567".
    if text.len() == 3 && reader.word(at + 1) == ")" && reader.is_number(at + 2) && reader.is_dash(at + 3) {
        return Some(at + 5);
    }
    // "555-0199".
    let is_group = |it: usize| {
        reader.is_number(it) && reader.word(it).len() >= 3 && !reader.word(it).contains(['.', ','])
    };
    let grouped =
        is_group(at) && reader.is_dash(at + 1) && is_group(at + 2) && reader.word(at + 2).len() >= 4;
    (grouped && super::unit::unit_after(reader, at + 3, false).is_none()).then_some(at + 3)
}

/// "step 3 of 5", "page 17", "week 1", "day three", "No. 4", "#7", "vitamin B 12".
fn named_place(reader: &Reader, at: usize) -> Option<usize> {
    let places = [
        "step", "steps", "page", "pages", "chapter", "figure", "fig", "table", "part", "week", "weeks",
        "day", "days", "month", "level", "section", "question", "tip", "tips", "rule", "stage", "phase",
        "lesson", "version", "room", "type", "grade", "method", "point", "item", "exercise", "no", "number",
        "#", "§", "@", "option", "episode", "issue", "volume", "vol", "line", "lines", "route", "bus",
        "covid", "omega", "zone", "spf", "myth", "mistake", "reason",
    ];
    let name_at = at.checked_sub(1)?;
    let name_at = if matches!(reader.word(name_at), "." | "-")
        && (reader.is_joined(name_at))
        && (reader.is_joined(at) || reader.before(at, 2).eq_ignore_ascii_case("no"))
    {
        name_at.checked_sub(1)?
    } else {
        name_at
    };
    let is_place = reader.any(name_at, &places);
    // "no 20 minutes": a place has no unit. "two weeks 10 minutes" has a number before the name.
    if !is_place
        || super::quantity::quantity(reader, at).is_some()
        || reader.is_number(name_at.wrapping_sub(1))
    {
        return None;
    }
    let count = number::count(reader, at)?;
    if reader.any(count.end, &["times", "x", "×"]) {
        return None;
    }
    let past_of = if reader.any(count.end, &["of", "/"]) {
        number::count(reader, count.end + 1).map_or(count.end, |total| total.end)
    } else {
        count.end
    };
    Some(past_of)
}

/// "1 in 5 people", "two out of three", "3 of 5".
fn share_of(reader: &Reader, at: usize) -> Option<usize> {
    let part = number::single(reader, at).filter(|part| !part.article && !part.is_fraction && !part.vague)?;
    let whole_at = reader.any_phrase(part.end, &["in every", "in", "out of", "of"])?;
    let whole = number::single(reader, whole_at)
        .filter(|whole| !whole.article && !whole.is_fraction && whole.low > part.low)?;
    let is_measured = super::unit::unit_after(reader, whole.end, false).is_some();
    (!is_measured).then_some(whole.end)
}

/// `6'2"`, "6 ft".
fn feet(reader: &Reader, at: usize) -> Option<usize> {
    (matches!(reader.word(at + 1), "'" | "’" | "′") && reader.is_number(at + 2) && reader.is_joined(at + 2))
        .then_some(at + 3)
}

fn ordinal(reader: &Reader, at: usize) -> Option<usize> {
    let is_ordinal = reader.is_joined(at + 1) && reader.any(at + 1, &["st", "nd", "rd", "th"]);
    is_ordinal.then_some(at + 2)
}

/// "1. Wrap the pack", "2) Rest".
fn list_number(reader: &Reader, at: usize) -> Option<usize> {
    (at == 0 && matches!(reader.word(1), "." | ")") && reader.tokens.len() > 2).then_some(2)
}
