//! Numbers with no unit. Most of them count things and are no amounts, so the words on both sides have to allow it.

use super::cursor::Reader;
use super::number::Count;
use super::read::{bounded, is_pause};
use super::{Amount, Bound, Kind};

/// What may follow a number whose unit was left out. Any other word is the thing that it counts.
const FOLLOW: &[&str] = &[
    "is",
    "are",
    "was",
    "and",
    "or",
    "once",
    "if",
    "when",
    "while",
    "whilst",
    "for",
    "on",
    "off",
    "then",
    "with",
    "before",
    "after",
    "until",
    "but",
    "so",
    "as",
    "because",
    "since",
    "max",
    "maximum",
    "tops",
    "will",
    "would",
    "should",
    "may",
    "can",
    "a",
    "an",
    "each",
    "every",
    "to",
    "instead",
    "rather",
    "total",
    "altogether",
    "again",
    "twice",
    "daily",
    "the",
    "only",
    "at",
    "in",
    "per",
    "minimum",
    "plus",
    "without",
    "unless",
    "does",
    "maybe",
    "first",
    "over",
    "by",
    "during",
    "through",
    "from",
    "you",
    "your",
    "it",
    "they",
    "we",
    "not",
    "no",
    "never",
    "now",
    "just",
    "even",
    "straight",
    "both",
    "either",
    "apart",
    "later",
    "afterwards",
    "today",
    "tonight",
    "depending",
    "nightly",
    "till",
    "where",
    "though",
    "although",
];

/// What may stand before a number in words. Without one of these, "two will do" is a pronoun.
const LEADS: &[&str] = &[
    "for",
    "to",
    "than",
    "over",
    "above",
    "under",
    "below",
    "exceed",
    "exceeding",
    "about",
    "around",
    "after",
    "try",
    "least",
    "most",
    "beyond",
    "maximum",
    "max",
    "of",
    "like",
    "past",
];

/// `soreness at 24, 48, 72 and 96 hours`: what only has the unit of the last one in common.
fn is_of_a_series(reader: &Reader, at: usize) -> bool {
    const FEWEST: usize = 3;
    let joins = |at: usize| reader.any(at, &[",", "and", "or"]);
    let goes_on = |at: &usize| joins(at + 1) && reader.is_number(at + 2);
    let follows = |at: &usize| *at >= 2 && joins(at - 1) && reader.is_number(at - 2);
    let before = (0..FEWEST).scan(at, |at, _| follows(at).then(|| *at -= 2)).count();
    let behind = (0..FEWEST).scan(at, |at, _| goes_on(at).then(|| *at += 2)).count();
    FEWEST <= before + 1 + behind
}

/// A number with no unit, where the words around it leave room for one: "ice for 30", "10 is enough", "never above ten".
pub(super) fn bare(
    reader: &Reader,
    at: usize,
    floor: usize,
    count: &Count,
    found: &[Amount],
) -> Option<Amount> {
    // "1 minute 45": seconds.
    if reader.any(at.wrapping_sub(1), &["minute", "minutes", "min", "mins", "hour", "hours"]) {
        return None;
    }
    let is_first = at.checked_sub(1).is_none();
    // `11.00`, alone in a cell: an hour of the day.
    let is_clock = is_first
        && reader.tokens.len() == 1
        && reader.word(at).split_once('.').is_some_and(|(_, minutes)| minutes.len() == 2);
    if is_clock {
        return None;
    }
    // `for 15 minutes, or forty if it is a big muscle`
    let is_other_time = !is_first
        && reader.is(at - 1, "or")
        && found.last().is_some_and(|it| it.kind == Kind::Duration && at <= it.tokens.end + 2);
    let is_leading = !is_first && (reader.any(at - 1, LEADS) || is_other_time);
    let follows = !reader.is_word(count.end) && !reader.is_number(count.end) || reader.any(count.end, FOLLOW);
    let text = reader.word(at);
    let is_code = text.len() > 1 && text.starts_with('0') && !text.contains('.')
        || reader.is_dash(at.wrapping_sub(1))
            && reader.is_joined(at)
            && reader.is_joined(at - 1)
            && reader.is_word(at.wrapping_sub(2));
    let is_compound = reader.is_dash(count.end)
        && reader.is_joined(count.end)
        && reader.is_word(count.end + 1)
        && reader.is_joined(count.end + 1);
    let is_symbol = matches!(reader.word(count.end), "/" | ":" | "£" | "$" | "€" | "\"" | "″" | "x" | "×")
        && reader.is_joined(count.end);
    let is_writer_age = reader.before(at, 1) == ","
        && !is_leading
        && reader.before(at, 2).starts_with(|it: char| it.is_uppercase())
        && !reader.is_word(count.end);
    // `Out of ten, aim for a four.`
    let is_of_a_score = reader.before(at, 1) == "of" && reader.before(at, 2).eq_ignore_ascii_case("out");
    let is_huge = count.high >= 1000.0;
    // `I am 58 and walk every day`
    let is_own_age = !is_first && reader.any(at - 1, &["am", "i'm", "turned", "aged"]);
    let is_off = reader.is(count.end, "off") && is_pause(reader, at, found);
    let is_subject = count.low >= 3.0
        && reader.any(count.end, &["is", "are", "will", "should", "at", "max", "tops", "maximum"]);
    let is_pronoun = count.in_words && !is_leading && !is_subject && !count.is_range && !is_off
        || count.in_words && count.high < 2.0;
    if count.article
        || count.vague
        || count.is_fraction
        || !follows
        || is_code
        || is_compound
        || is_symbol
        || is_pronoun
        || is_writer_age
        || is_own_age
        || is_of_a_score
        || is_huge
        || is_of_a_series(reader, at)
    {
        return None;
    }
    if !is_first && reader.any(at - 1, &["x", "×"]) && at > floor {
        return Some(Amount {
            core: at..count.end,
            ..Amount::range(at - 1..count.end, Kind::Times, count.low, count.high)
        });
    }
    let amount = if is_off {
        let pause = Amount::range(at..count.end + 1, Kind::Interval, count.low / 60.0, count.high / 60.0);
        Amount { core: at..count.end, is_assumed: true, ..pause }
    } else {
        Amount::range(at..count.end, Kind::Bare, count.low, count.high)
    };
    let bound = if count.or_more { Bound::AtLeast } else { amount.bound };
    Some(bounded(reader, Amount { approximate: count.approximate, bound, ..amount }, floor))
}
