//! Strength of a mixture as the share of its strong part, in percent.

use super::cursor::Reader;
use super::number::{self, single};
use super::{Amount, Kind};

/// "equal parts", "half and half", "undiluted".
pub(super) fn in_words(reader: &Reader, at: usize) -> Option<Amount> {
    let halves =
        ["equal parts", "equal amounts", "equal quantities", "half and half", "half & half", "fifty fifty"];
    if let Some(end) = reader.any_phrase(at, &halves) {
        return Some(percent(at, end, 50.0));
    }
    (reader.is(at, "undiluted")).then(|| percent(at, at + 1, 100.0))
}

/// "1:4 ratio", "50/50", "one part oil to nine parts carrier".
pub(super) fn of_numbers(reader: &Reader, at: usize) -> Option<Amount> {
    in_parts(reader, at).or_else(|| ratio(reader, at))
}

fn in_parts(reader: &Reader, at: usize) -> Option<Amount> {
    let strong = single(reader, at)?;
    if !reader.any(strong.end, &["part", "parts"]) {
        return None;
    }
    // "one part essential oil to nine parts of carrier oil".
    let to = (strong.end + 1..strong.end + 7)
        .find(|it| reader.any(*it, &["to", "and", ":", "in", ",", "with"]))?;
    let weak = single(reader, to + 1).filter(|weak| reader.any(weak.end, &["part", "parts"]))?;
    let carriers = [
        "carrier",
        "water",
        "base",
        "coconut",
        "olive",
        "almond",
        "jojoba",
        "sunflower",
        "grapeseed",
        "lotion",
        "cream",
    ];
    // "four parts carrier to one part oil" names the weak part first.
    let is_weak_first = (strong.end..to).any(|it| reader.any(it, &carriers));
    let (strong, weak_part) = if is_weak_first { (weak.low, strong.low) } else { (strong.low, weak.low) };
    Some(percent(at, weak.end + 1, share(strong, weak_part)?))
}

fn ratio(reader: &Reader, at: usize) -> Option<Amount> {
    if !(reader.is_number(at) && reader.is_number(at + 2) && reader.is_joined(at + 2)) {
        return None;
    }
    let (first, second) = (reader.word(at), reader.word(at + 2));
    let end = at + 3;
    if reader.word(at + 1) == "/" {
        return (first == "50" && second == "50").then(|| percent(at, end, 50.0));
    }
    if reader.word(at + 1) != ":" {
        return None;
    }
    let names = ["ratio", "dilution", "mix", "mixture", "blend", "solution"];
    let is_named = reader.any(end, &names)
        || ["ratio", "dilute", "diluted"]
            .iter()
            .any(|name| (1..6).any(|step| reader.before(at, step).eq_ignore_ascii_case(name)));
    if !is_named {
        return None;
    }
    let end = if reader.any(end, &names) { end + 1 } else { end };
    Some(percent(at, end, share(number::parse(first)?, number::parse(second)?)?))
}

fn share(strong: f64, weak: f64) -> Option<f64> {
    let whole = strong + weak;
    (whole > 0.0).then(|| strong / whole * 100.0)
}

fn percent(start: usize, end: usize, value: f64) -> Amount {
    Amount::exact(start..end, Kind::Percent, value)
}
