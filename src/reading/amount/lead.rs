//! Which tokens can start an amount. Almost every word of an article is turned away here, so this has to be quick.

use super::cursor::{Reader, is_one_of, same_word};
use crate::document::words::TokenKind;

/// What may start at a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lead {
    /// Digits, or a number word.
    Number,
    /// "a", "an", "another".
    Article,
    /// A word that starts a phrase, with or without a number in it.
    Phrase,
}

pub(super) fn lead(reader: &Reader, at: usize) -> Option<Lead> {
    let word = reader.word(at);
    match reader.kind(at)? {
        TokenKind::Number => Some(Lead::Number),
        TokenKind::Mark => mark_lead(reader, at, word),
        TokenKind::Word => word_lead(word).filter(|lead| may_go_on(reader, at, *lead)),
    }
}

/// "400 mg/day", "5 drops/oz", "’til".
fn mark_lead(reader: &Reader, at: usize, word: &str) -> Option<Lead> {
    let leads = match word {
        "/" => reader.is_joined(at + 1) && super::unit::unit(reader, at + 1, false, false).is_some(),
        "’" => reader.is(at + 1, "til"),
        _ => false,
    };
    leads.then_some(Lead::Phrase)
}

/// Whether the word after a frequent lead leaves room for an amount. Only for the words that stand in every sentence.
fn may_go_on(reader: &Reader, at: usize, lead: Lead) -> bool {
    const AFTER_ARTICLE: &[&str] = &[
        "slow", "steady", "gentle", "count", "while", "bit", "short", "little", "brief", "long", "good",
        "limited", "quick", "moment", "time", "period", "full", "whole", "entire", "solid", "single",
        "further", "mere", "generous", "decent", "maximum", "level", "heaped", "heaping", "big", "small",
        "large", "extra", "couple", "fl", "fluid", "half", "max", "minimum",
    ];
    let next = reader.word(reader.past_dash(at + 1));
    if lead == Lead::Article {
        return word_lead(next) == Some(Lead::Number)
            || reader.is_number(at + 1)
            || super::unit::spelled_out(next).is_some()
            || is_one_of(next, AFTER_ARTICLE)
            || super::unit::unit(reader, at + 1, true, false).is_some();
    }
    let word = reader.word(at);
    if same_word(word, "for") {
        return is_one_of(
            next,
            &["hours", "days", "weeks", "ages", "the", "as", "however", "a", "some", "short", "brief"],
        );
    }
    if is_one_of(word, &["most", "rest"]) {
        return same_word(next, "of");
    }
    if same_word(word, "when") {
        return same_word(next, "you");
    }
    if same_word(word, "as") {
        return is_one_of(next, &["long", "often", "many", "you"]);
    }
    !same_word(word, "on") || same_word(next, "alternate")
}

fn word_lead(word: &str) -> Option<Lead> {
    const LONGEST: usize = 12;
    if word.len() > LONGEST {
        return None;
    }
    let first = word.as_bytes().first()?.to_ascii_lowercase();
    let (numbers, phrases): (&[&str], &[&str]) = match first {
        b'a' => {
            if is_one_of(word, &["a", "an", "another"]) {
                return Some(Lead::Article);
            }
            (&[], &["all", "as", "around"])
        }
        b'c' => (&["couple"], &["count"]),
        b'd' => (&["dozen"], &["daily", "day", "drop", "doze", "dozing", "drift"]),
        b'e' => {
            (&["eight", "eleven", "eighteen", "eighty"], &["every", "each", "equal", "entire", "evening"])
        }
        b'f' => {
            (&["few", "four", "five", "fourteen", "fifteen", "forty", "fifty"], &["for", "fall", "falling"])
        }
        b'h' => (&["half", "hundred"], &["hourly", "hours", "however"]),
        b'i' => (&[], &["ice", "indefinitely"]),
        b'm' => (&[], &["morning", "mornings", "monthly", "most"]),
        b'n' => (&["nine", "nineteen", "ninety"], &["near", "nightly", "night", "nod", "nodding"]),
        b'o' => (&["one"], &["overnight", "once", "on"]),
        b'p' => (&[], &["per"]),
        b'q' => {
            let is_shorthand = word.as_bytes().get(1).is_some_and(u8::is_ascii_digit);
            return if is_shorthand {
                Some(Lead::Phrase)
            } else {
                is_one_of(word, &["quarter"]).then_some(Lead::Number)
            };
        }
        b'r' => (&[], &["regularly", "round", "rest"]),
        b's' => (
            &["several", "six", "seven", "sixteen", "seventeen", "sixty", "seventy"],
            &["short", "sleep", "sleeping", "some", "steady", "slow"],
        ),
        b't' => (
            &["two", "three", "ten", "twelve", "thirteen", "twenty", "thirty", "thousand", "third"],
            &["twice", "thrice", "throughout", "through", "till", "til"],
        ),
        b'u' => (&[], &["until", "undiluted", "untill"]),
        b'w' => (&[], &["while", "weekly", "whole", "warm", "when"]),
        b'b' => (&[], &["brief"]),
        b'z' => (&["zero"], &[]),
        _ => return None,
    };
    if is_one_of(word, numbers) {
        return Some(Lead::Number);
    }
    is_one_of(word, phrases).then_some(Lead::Phrase)
}
