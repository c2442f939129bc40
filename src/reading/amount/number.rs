//! Numbers and ranges of numbers, in digits and in words, without their unit.

use super::cursor::{Reader, is_one_of};
use super::unit::unit_after;

/// How many: one number or the two ends of a range.
#[derive(Debug, Clone, Copy)]
#[expect(clippy::struct_excessive_bools, reason = "independent facts about one number")]
pub(super) struct Count {
    pub(super) low: f64,
    pub(super) high: f64,
    /// One past the last token.
    pub(super) end: usize,
    /// "a few", "several".
    pub(super) vague: bool,
    pub(super) approximate: bool,
    /// "30+".
    pub(super) or_more: bool,
    /// "a" or "an" alone: one, when a unit that is a whole word follows.
    pub(super) article: bool,
    /// Written in letters.
    pub(super) in_words: bool,
    /// Two ends were given.
    pub(super) is_range: bool,
    /// A broken number ("1/2", "½", "half a"): never a bare count.
    pub(super) is_fraction: bool,
}

impl Count {
    fn exact(value: f64, end: usize) -> Count {
        Count {
            low: value,
            high: value,
            end,
            vague: false,
            approximate: false,
            or_more: false,
            article: false,
            in_words: true,
            is_range: false,
            is_fraction: false,
        }
    }
}

/// A number or a range that starts at this token.
pub(super) fn count(reader: &Reader, at: usize) -> Option<Count> {
    let mut first = single(reader, at)?;
    if reader.word(first.end) == "+" {
        first.or_more = true;
        first.end += 1;
        return Some(first);
    }
    if first.article {
        return Some(first);
    }
    if let Some(more) = more_of(reader, first.end) {
        return Some(Count { end: more, or_more: true, ..first });
    }
    if let Some(next) = suffix_ish(reader, first.end) {
        first.approximate = true;
        first.end = next;
    }
    Some(range(reader, at, &first).unwrap_or(first))
}

/// "15 **or more** minutes", "fifteen-**plus** minutes": only with the unit after it, else it is the cue of a whole amount.
fn more_of(reader: &Reader, end: usize) -> Option<usize> {
    let more = reader.any_phrase(reader.past_dash(end), &["or more", "plus", "and more"])?;
    let is_measured = unit_after(reader, more, false).is_some() || reader.is(more, "times");
    is_measured.then_some(more)
}

/// One number at this token, with the words that make one: "a couple of", "half an", "three quarters of an".
pub(super) fn single(reader: &Reader, at: usize) -> Option<Count> {
    let word = reader.word(at);
    if reader.is_number(at) {
        return digits(reader, at);
    }
    let is_article = is_one_of(word, &["a", "an", "another"]);
    let bare_at = if is_article { reader.past_dash(at + 1) } else { at };
    if let Some(end) = reader.any_phrase(bare_at, &["couple of", "couple"]) {
        return Some(Count { approximate: true, ..Count::exact(2.0, end) });
    }
    if reader.is(bare_at, "few") {
        return Some(Count { high: 5.0, vague: true, approximate: true, ..Count::exact(2.0, bare_at + 1) });
    }
    if reader.is(at, "several") {
        return Some(Count { high: 7.0, vague: true, approximate: true, ..Count::exact(3.0, at + 1) });
    }
    if let Some(end) = reader.any_phrase(at, &["half a dozen", "a half dozen", "half dozen"]) {
        return Some(Count::exact(6.0, end));
    }
    if let Some((value, end)) = fraction_of(reader, bare_at) {
        return Some(Count { is_fraction: true, ..Count::exact(value, end) });
    }
    if is_article {
        return Some(after_article(reader, at));
    }
    let (value, end) = words(reader, at)?;
    let (value, end) = and_a_fraction(reader, value, end);
    Some(Count::exact(value, end))
}

/// "a hundred", "a dozen", "a good 20"; else just one.
fn after_article(reader: &Reader, at: usize) -> Count {
    let next = at + 1;
    let scale = [("dozen", 12.0), ("hundred", 100.0), ("thousand", 1000.0)];
    if let Some((_, value)) = scale.iter().find(|(word, _)| reader.is(next, word)) {
        let (value, end) = rest_of_hundred(reader, *value, next + 1);
        return Count::exact(value, end);
    }
    let padded = [
        "good", "full", "solid", "further", "mere", "generous", "whole", "decent", "brief", "short", "quick",
    ];
    if reader.is(at, "another") || reader.any(next, &padded) {
        let number_at = if reader.any(next, &padded) { next + 1 } else { next };
        let is_number =
            reader.is_number(number_at) || words(reader, number_at).is_some() || reader.is(number_at, "half");
        if let Some(count) = is_number.then(|| single(reader, number_at)).flatten() {
            return count;
        }
    }
    Count { article: true, ..Count::exact(1.0, next) }
}

fn digits(reader: &Reader, at: usize) -> Option<Count> {
    let text = reader.word(at);
    if let Some(value) = vulgar_fraction(text) {
        let end = article_of(reader, at + 1);
        return Some(Count { in_words: false, is_fraction: true, ..Count::exact(value, end) });
    }
    if let Some((value, end)) = written_fraction(reader, at) {
        let end = article_of(reader, end);
        return Some(Count { in_words: false, is_fraction: true, ..Count::exact(value, end) });
    }
    let whole = parse(text)?;
    let next = at + 1;
    if let Some(part) = vulgar_fraction(reader.word(next)) {
        return Some(Count { in_words: false, is_fraction: true, ..Count::exact(whole + part, next + 1) });
    }
    if let Some((part, end)) = written_fraction(reader, next) {
        return Some(Count { in_words: false, is_fraction: true, ..Count::exact(whole + part, end) });
    }
    if reader.word(next) == "-"
        && reader.is_joined(next)
        && reader.is_joined(next + 1)
        && whole.fract() == 0.0
    {
        // "1-1/2 hours" is no range.
        if let Some((part, end)) = written_fraction(reader, next + 1) {
            return Some(Count { in_words: false, is_fraction: true, ..Count::exact(whole + part, end) });
        }
    }
    let (value, end) = and_a_fraction(reader, whole, next);
    Some(Count { in_words: false, ..Count::exact(value, end) })
}

/// "½ an hour", "1/2 of a cup".
fn article_of(reader: &Reader, at: usize) -> usize {
    reader.any_phrase(at, &["of an", "of a", "an", "a"]).unwrap_or(at)
}

/// Digits with separators. A comma before exactly three digits separates thousands; else it is a decimal comma.
pub(super) fn parse(text: &str) -> Option<f64> {
    let bytes = text.as_bytes();
    let (mut digits, mut divisor, mut in_decimals) = (0.0_f64, 1.0_f64, false);
    for (at, byte) in bytes.iter().enumerate() {
        match byte {
            b'0'..=b'9' => {
                digits = digits * 10.0 + f64::from(byte - b'0');
                if in_decimals {
                    divisor *= 10.0;
                }
            }
            b',' if !in_decimals && separates_thousands(&bytes[at + 1..]) => {}
            b'.' | b',' if !in_decimals => in_decimals = true,
            _ => return None,
        }
    }
    let value = digits / divisor;
    (value.is_finite() && !bytes.is_empty()).then_some(value)
}

fn separates_thousands(rest: &[u8]) -> bool {
    rest.iter().take_while(|byte| byte.is_ascii_digit()).count() == 3
}

fn vulgar_fraction(text: &str) -> Option<f64> {
    Some(match text {
        "¼" => 0.25,
        "½" => 0.5,
        "¾" => 0.75,
        "⅓" => 1.0 / 3.0,
        "⅔" => 2.0 / 3.0,
        "⅕" => 0.2,
        "⅖" => 0.4,
        "⅗" => 0.6,
        "⅘" => 0.8,
        "⅙" => 1.0 / 6.0,
        "⅚" => 5.0 / 6.0,
        "⅛" => 0.125,
        "⅜" => 0.375,
        "⅝" => 0.625,
        "⅞" => 0.875,
        _ => return None,
    })
}

/// "1/2", "3⁄4".
fn written_fraction(reader: &Reader, at: usize) -> Option<(f64, usize)> {
    if !(reader.is_number(at) && matches!(reader.word(at + 1), "/" | "⁄") && reader.is_number(at + 2)) {
        return None;
    }
    let above = parse(reader.word(at))?;
    let below = parse(reader.word(at + 2))?;
    (above >= 1.0 && above < below && below <= 8.0).then(|| (above / below, at + 3))
}

/// "two and a half", "1 and 1/2", "two-and-a-half".
fn and_a_fraction(reader: &Reader, whole: f64, end: usize) -> (f64, usize) {
    let and = reader.past_dash(end);
    if !reader.any(and, &["and", "&"]) {
        return (whole, end);
    }
    let part_at = reader.past_dash(and + 1);
    let words = [
        ("a half", 0.5),
        ("one half", 0.5),
        ("a quarter", 0.25),
        ("one quarter", 0.25),
        ("three quarters", 0.75),
        ("a third", 1.0 / 3.0),
    ];
    for (phrase, part) in words {
        if let Some(end) = reader.phrase(part_at, phrase) {
            return (whole + part, end);
        }
    }
    if let Some(part) = vulgar_fraction(reader.word(part_at)) {
        return (whole + part, part_at + 1);
    }
    match written_fraction(reader, part_at) {
        Some((part, end)) => (whole + part, end),
        None => (whole, end),
    }
}

/// "half an", "half", "a quarter of an", "three-quarters of a": a part of the unit that follows.
fn fraction_of(reader: &Reader, at: usize) -> Option<(f64, usize)> {
    let parts = [
        ("half", 0.5),
        ("quarter", 0.25),
        ("one quarter", 0.25),
        ("three quarters", 0.75),
        ("three quarter", 0.75),
        ("third of", 1.0 / 3.0),
        ("two thirds of", 2.0 / 3.0),
    ];
    let (value, end) = parts.iter().find_map(|(phrase, value)| Some((*value, reader.phrase(at, phrase)?)))?;
    Some((value, article_of(reader, end)))
}

/// A number in words, up to the thousands.
fn words(reader: &Reader, at: usize) -> Option<(f64, usize)> {
    if let Some((value, end)) = below_hundred(reader, at) {
        if reader.is(end, "hundred") {
            return Some(rest_of_hundred(reader, value * 100.0, end + 1));
        }
        if reader.is(end, "thousand") {
            return Some(rest_of_hundred(reader, value * 1000.0, end + 1));
        }
        if reader.is(end, "dozen") {
            return Some((value * 12.0, end + 1));
        }
        return Some((value, end));
    }
    let scale = [("dozen", 12.0), ("hundred", 100.0), ("thousand", 1000.0)];
    let (_, value) = scale.iter().find(|(word, _)| reader.is(at, word))?;
    Some(rest_of_hundred(reader, *value, at + 1))
}

/// "one hundred **and ten**", "two hundred **fifty**", "one thousand **two hundred**".
fn rest_of_hundred(reader: &Reader, value: f64, end: usize) -> (f64, usize) {
    if value < 100.0 {
        return (value, end);
    }
    let next = if reader.is(end, "and") { end + 1 } else { end };
    match below_hundred(reader, next) {
        Some((hundreds, past)) if value >= 1000.0 && reader.is(past, "hundred") => {
            rest_of_hundred(reader, value + hundreds * 100.0, past + 1)
        }
        Some((rest, past)) => (value + rest, past),
        None => (value, end),
    }
}

fn below_hundred(reader: &Reader, at: usize) -> Option<(f64, usize)> {
    let value = number_word(reader.word(at))?;
    if value < 20.0 {
        return Some((value, at + 1));
    }
    let ones_at = reader.past_dash(at + 1);
    match number_word(reader.word(ones_at)) {
        Some(ones) if (1.0..10.0).contains(&ones) => Some((value + ones, ones_at + 1)),
        _ => Some((value, at + 1)),
    }
}

/// The value of one number word. Most words are told apart by their length and first letter.
pub(super) fn number_word(word: &str) -> Option<f64> {
    if !(3..=9).contains(&word.len()) {
        return None;
    }
    let candidates: &[(&str, f64)] = match word.as_bytes()[0].to_ascii_lowercase() {
        b'o' => &[("one", 1.0)],
        b't' => &[
            ("two", 2.0),
            ("three", 3.0),
            ("ten", 10.0),
            ("twelve", 12.0),
            ("thirteen", 13.0),
            ("twenty", 20.0),
            ("thirty", 30.0),
        ],
        b'f' => &[
            ("four", 4.0),
            ("five", 5.0),
            ("fourteen", 14.0),
            ("fifteen", 15.0),
            ("forty", 40.0),
            ("fifty", 50.0),
        ],
        b's' => &[
            ("six", 6.0),
            ("seven", 7.0),
            ("sixteen", 16.0),
            ("seventeen", 17.0),
            ("sixty", 60.0),
            ("seventy", 70.0),
        ],
        b'e' => &[("eight", 8.0), ("eleven", 11.0), ("eighteen", 18.0), ("eighty", 80.0)],
        b'n' => &[("nine", 9.0), ("nineteen", 19.0), ("ninety", 90.0)],
        b'z' => &[("zero", 0.0)],
        _ => return None,
    };
    candidates.iter().find(|(name, _)| word.eq_ignore_ascii_case(name)).map(|(_, value)| *value)
}

/// "20-ish".
fn suffix_ish(reader: &Reader, at: usize) -> Option<usize> {
    let next = reader.past_dash(at);
    (reader.any(next, &["ish", "odd"]) && reader.is_joined(next)).then_some(next + 1)
}

fn range(reader: &Reader, at: usize, first: &Count) -> Option<Count> {
    let (second_at, connector) = connector(reader, first.end)?;
    let is_after_between = reader.any(at.wrapping_sub(1), &["between"])
        || reader.phrase_before(at, "between the ages of").is_some();
    if connector == Connector::And && !is_after_between {
        return None;
    }
    let second_at = past_fillers(reader, second_at);
    let mut second = single(reader, second_at)?;
    if second.article || second.vague {
        return None;
    }
    if connector == Connector::Comma {
        // "5, 10 or 15 minutes": the last of the list is the upper end.
        if let Some((third_at, Connector::Or | Connector::Dash)) = self::connector(reader, second.end) {
            second = single(reader, past_fillers(reader, third_at)).filter(|third| !third.article)?;
        } else if !reader.any(first.end + 1, &["even", "or", "maybe", "perhaps", "possibly"]) {
            return None;
        }
    }
    // "one and a half" and "1½" are numbers of their own; a half that follows a whole is no upper end.
    let is_downward = second.high < first.low;
    if is_downward && matches!(connector, Connector::Or | Connector::Comma | Connector::And) {
        return None;
    }
    let mut end = second.end;
    let or_more = reader.word(end) == "+";
    if or_more {
        end += 1;
    }
    Some(Count {
        low: first.low.min(second.low),
        high: first.high.max(second.high),
        end,
        or_more,
        is_range: true,
        approximate: first.approximate || second.approximate,
        ..*first
    })
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Connector {
    Dash,
    To,
    Or,
    And,
    Comma,
}

/// The word or mark between the ends of a range, with the hyphen of "15- to 20-minute" before it.
pub(super) fn connector(reader: &Reader, end: usize) -> Option<(usize, Connector)> {
    let at = reader.past_dash(end);
    for (word, connector) in
        [("to", Connector::To), ("or", Connector::Or), ("and", Connector::And), ("till", Connector::To)]
    {
        if reader.is(at, word) {
            return Some((reader.past_dash(at + 1), connector));
        }
    }
    if at > end {
        return Some((at, Connector::Dash));
    }
    (reader.word(end) == ",").then_some((end + 1, Connector::Comma))
}

pub(super) fn past_fillers(reader: &Reader, at: usize) -> usize {
    let mut next = at;
    let fillers = [
        "at most",
        "up to",
        "at the most",
        "or even",
        "or maybe",
        "or",
        "even",
        "maybe",
        "perhaps",
        "possibly",
        "about",
    ];
    while let Some(end) = reader.any_phrase(next, &fillers) {
        next = end;
    }
    next
}
