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
    let first = word.as_bytes().first()?.to_ascii_lowercase();
    if first == b'q' && word.as_bytes().get(1).is_some_and(u8::is_ascii_digit) {
        // `q6h`.
        return Some(Lead::Phrase);
    }
    let lengths = LENGTHS.get(usize::from(first.wrapping_sub(b'a')))?;
    if u32::try_from(word.len()).ok().and_then(|length| lengths.checked_shr(length)).unwrap_or(0) & 1 == 0 {
        return None;
    }
    let is_it = |(lead, _): &&(&str, Lead)| lead.eq_ignore_ascii_case(word);
    leads_of(first).iter().find(is_it).map(|&(_, lead)| lead)
}

/// By first letter: the lengths of the words that start amounts, as bits.
const LENGTHS: [u32; 26] = {
    let mut lengths = [0; 26];
    let mut letter = 0;
    while letter < 26 {
        let leads = leads_of(b'a' + letter);
        let mut at = 0;
        while at < leads.len() {
            lengths[letter as usize] |= 1 << leads[at].0.len();
            at += 1;
        }
        letter += 1;
    }
    lengths
};

/// The words with this first letter that start amounts.
const fn leads_of(letter: u8) -> &'static [(&'static str, Lead)] {
    use Lead::{Article, Number, Phrase};
    match letter {
        b'a' => &[
            ("a", Article),
            ("an", Article),
            ("another", Article),
            ("all", Phrase),
            ("as", Phrase),
            ("around", Phrase),
        ],
        b'b' => &[("brief", Phrase)],
        b'c' => &[("couple", Number), ("count", Phrase)],
        b'd' => &[
            ("dozen", Number),
            ("daily", Phrase),
            ("day", Phrase),
            ("drop", Phrase),
            ("doze", Phrase),
            ("dozing", Phrase),
            ("drift", Phrase),
        ],
        b'e' => &[
            ("eight", Number),
            ("eleven", Number),
            ("eighteen", Number),
            ("eighty", Number),
            ("every", Phrase),
            ("each", Phrase),
            ("equal", Phrase),
            ("entire", Phrase),
            ("evening", Phrase),
        ],
        b'f' => &[
            ("few", Number),
            ("four", Number),
            ("five", Number),
            ("fourteen", Number),
            ("fifteen", Number),
            ("forty", Number),
            ("fifty", Number),
            ("for", Phrase),
            ("fall", Phrase),
            ("falling", Phrase),
        ],
        b'h' => &[
            ("half", Number),
            ("hundred", Number),
            ("hourly", Phrase),
            ("hours", Phrase),
            ("however", Phrase),
        ],
        b'i' => &[("ice", Phrase), ("indefinitely", Phrase)],
        b'm' => &[("morning", Phrase), ("mornings", Phrase), ("monthly", Phrase), ("most", Phrase)],
        b'n' => &[
            ("nine", Number),
            ("nineteen", Number),
            ("ninety", Number),
            ("near", Phrase),
            ("nightly", Phrase),
            ("night", Phrase),
            ("nod", Phrase),
            ("nodding", Phrase),
        ],
        b'o' => &[("one", Number), ("overnight", Phrase), ("once", Phrase), ("on", Phrase)],
        b'p' => &[("per", Phrase)],
        b'q' => &[("quarter", Number)],
        b'r' => &[("regularly", Phrase), ("round", Phrase), ("rest", Phrase)],
        b's' => &[
            ("several", Number),
            ("six", Number),
            ("seven", Number),
            ("sixteen", Number),
            ("seventeen", Number),
            ("sixty", Number),
            ("seventy", Number),
            ("short", Phrase),
            ("sleep", Phrase),
            ("sleeping", Phrase),
            ("some", Phrase),
            ("steady", Phrase),
            ("slow", Phrase),
        ],
        b't' => &[
            ("two", Number),
            ("three", Number),
            ("ten", Number),
            ("twelve", Number),
            ("thirteen", Number),
            ("twenty", Number),
            ("thirty", Number),
            ("thousand", Number),
            ("third", Number),
            ("twice", Phrase),
            ("thrice", Phrase),
            ("throughout", Phrase),
            ("through", Phrase),
            ("till", Phrase),
            ("til", Phrase),
        ],
        b'u' => &[("until", Phrase), ("undiluted", Phrase), ("untill", Phrase)],
        b'w' => {
            &[("while", Phrase), ("weekly", Phrase), ("whole", Phrase), ("warm", Phrase), ("when", Phrase)]
        }
        b'z' => &[("zero", Number)],
        _ => &[],
    }
}
