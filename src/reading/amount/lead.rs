//! Which tokens can start an amount. Almost every word of an article is turned away here, so this has to be quick.

use std::sync::LazyLock;

use super::cursor::{Reader, is_one_of};
use crate::document::words::{Token, TokenKind, hash_word};

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

/// Whether a token can start an amount, by a look that hardly costs anything.
pub(super) fn filter(visible: &str) -> impl Fn(&Token) -> bool {
    let table = &*TABLE;
    move |token| {
        let rest = visible.as_bytes().get(token.start as usize..).unwrap_or_default();
        match token.kind {
            TokenKind::Number => true,
            TokenKind::Mark => rest.starts_with(SLASH.as_bytes()) || rest.starts_with(APOSTROPHE.as_bytes()),
            TokenKind::Word => table.may_hold(token.hash) || starts_clinically(rest),
        }
    }
}

pub(super) fn lead(reader: &Reader, at: usize) -> Option<Lead> {
    match reader.kind(at)? {
        TokenKind::Number => Some(Lead::Number),
        TokenKind::Mark => mark_lead(reader, at, reader.word(at)),
        TokenKind::Word => {
            if starts_clinically(reader.word(at).as_bytes()) {
                return Some(Lead::Phrase);
            }
            let known = known(reader, at)?;
            may_go_on(reader, at, known).then_some(known.lead)
        }
    }
}

/// `q6h`.
fn starts_clinically(word: &[u8]) -> bool {
    matches!(word, [b'q' | b'Q', digit, ..] if digit.is_ascii_digit())
}

/// "400 mg/day", "5 drops/oz".
const SLASH: &str = "/";
/// "’til".
const APOSTROPHE: &str = "’";

fn mark_lead(reader: &Reader, at: usize, word: &str) -> Option<Lead> {
    let leads = match word {
        SLASH => reader.is_joined(at + 1) && super::unit::unit(reader, at + 1, false, false).is_some(),
        APOSTROPHE => reader.is(at + 1, "til"),
        _ => false,
    };
    leads.then_some(Lead::Phrase)
}

/// Whether the next word leaves room for an amount.
fn may_go_on(reader: &Reader, at: usize, found: &Known) -> bool {
    const AFTER_ARTICLE: &[&str] = &[
        "slow", "steady", "gentle", "count", "while", "bit", "short", "little", "wee", "brief", "long",
        "good", "limited", "quick", "moment", "time", "period", "full", "whole", "entire", "solid", "single",
        "further", "mere", "generous", "decent", "maximum", "level", "heaped", "heaping", "big", "small",
        "large", "extra", "couple", "fl", "fluid", "half", "max", "minimum",
    ];
    let next_at = reader.past_dash(at + 1);
    let next = reader.word(next_at);
    if found.lead == Lead::Article {
        return known(reader, next_at).is_some_and(|it| it.lead == Lead::Number)
            || reader.is_number(at + 1)
            || super::unit::spelled_out(next).is_some()
            || is_one_of(next, AFTER_ARTICLE)
            || super::unit::unit(reader, at + 1, true, false).is_some();
    }
    found.next.is_empty() || is_one_of(next, found.next)
}

/// A word that starts amounts.
#[derive(Debug, Clone, Copy)]
struct Known {
    word: &'static str,
    lead: Lead,
    /// The words of which one has to follow; empty where any can.
    next: &'static [&'static str],
}

/// What is known of a token's word.
fn known(reader: &Reader, at: usize) -> Option<&'static Known> {
    let table = &*TABLE;
    let mut slot = slot_of(reader.tokens.get(at)?.hash);
    loop {
        let known = table.slots[slot % SLOTS].as_ref()?;
        if known.word.eq_ignore_ascii_case(reader.word(at)) {
            return Some(known);
        }
        slot += 1;
    }
}

/// Room for the words that start amounts, with as much of it free.
const SLOTS: usize = 512;
/// Bits by which nearly every other word is turned away.
const BITS: usize = 4096;

/// The words that start amounts.
struct Table {
    /// Each at the slot of its [`hash_word`] or at the next free one.
    slots: Vec<Option<Known>>,
    bits: [u64; BITS / 64],
}

impl Table {
    fn may_hold(&self, hash: u64) -> bool {
        let (at, bit) = Self::bit(hash);
        self.bits[at] & bit != 0
    }

    /// The bit of a word, by other parts of its hash than its slot.
    fn bit(hash: u64) -> (usize, u64) {
        let [.., low, high] = hash.to_le_bytes();
        let bit = usize::from(u16::from_le_bytes([low, high])) % BITS;
        (bit / 64, 1 << (bit % 64))
    }
}

/// The first slot to look for a word, by its hash.
fn slot_of(hash: u64) -> usize {
    let [low, high, ..] = hash.to_le_bytes();
    usize::from(u16::from_le_bytes([low, high])) % SLOTS
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut table = Table { slots: vec![None; SLOTS], bits: [0; BITS / 64] };
    let articles = ARTICLES.iter().map(|&word| (word, Lead::Article, &[][..]));
    let numbers = NUMBERS.iter().map(|&word| (word, Lead::Number, &[][..]));
    let phrases = PHRASES.iter().map(|&(word, next)| (word, Lead::Phrase, next));
    for (word, lead, next) in articles.chain(numbers).chain(phrases) {
        let hash = hash_word(word);
        let (at, bit) = Table::bit(hash);
        table.bits[at] |= bit;
        let mut slot = slot_of(hash);
        while table.slots[slot % SLOTS].is_some() {
            slot += 1;
        }
        table.slots[slot % SLOTS] = Some(Known { word, lead, next });
    }
    table
});

const ARTICLES: &[&str] = &["a", "an", "another"];

const NUMBERS: &[&str] = &[
    "couple",
    "dozen",
    "few",
    "half",
    "hundred",
    "quarter",
    "several",
    "thousand",
    "third",
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
    "thirty",
    "forty",
    "fifty",
    "sixty",
    "seventy",
    "eighty",
    "ninety",
];

/// First words of phrases, and what has to follow.
const PHRASES: &[(&str, &[&str])] = &[
    ("all", &["night", "day", "through", "evening", "afternoon", "morning"]),
    ("around", &["the"]),
    ("as", &["long", "often", "many", "you"]),
    ("brief", &[]),
    ("count", &[]),
    ("daily", &[]),
    ("day", &["and"]),
    ("doze", &["off"]),
    ("dozing", &["off"]),
    ("drift", &["off"]),
    ("drop", &["off"]),
    ("each", &[]),
    ("entire", &["night", "day", "evening", "hour"]),
    ("equal", &["parts", "amounts", "quantities"]),
    ("evening", &["and"]),
    ("every", &[]),
    ("fall", &["asleep"]),
    ("falling", &["asleep"]),
    ("full", &["hour"]),
    ("for", &["hours", "days", "weeks", "ages", "the", "as", "however", "a", "some", "short", "brief"]),
    ("hourly", &[]),
    ("hours", &["on", "at"]),
    ("however", &["long", "often"]),
    ("ice", &["cold"]),
    ("indefinitely", &[]),
    ("monthly", &[]),
    ("morning", &["noon", ",", "and", "&"]),
    ("mornings", &["and"]),
    ("most", &["of"]),
    ("near", &["freezing"]),
    ("night", &["and"]),
    ("nightly", &[]),
    ("nod", &["off"]),
    ("nodding", &["off"]),
    ("on", &["alternate"]),
    ("once", &[]),
    ("overnight", &[]),
    ("per", &[]),
    ("regularly", &[]),
    ("rest", &["of"]),
    ("round", &["the"]),
    ("short", &[]),
    ("sleep", &["with"]),
    ("sleeping", &["with"]),
    ("slow", &[]),
    ("some", &["while", "short", "little", "brief", "long", "good", "limited", "quick"]),
    ("steady", &[]),
    ("thrice", &[]),
    ("through", &["the"]),
    ("throughout", &["the"]),
    ("til", &[]),
    ("till", &[]),
    ("twice", &[]),
    ("undiluted", &[]),
    ("until", &[]),
    ("untill", &[]),
    ("warm", &[",", "not"]),
    ("weekly", &[]),
    ("when", &["you"]),
    ("while", &["you", "you're", "sleeping", "asleep", "napping"]),
    ("whole", &["night", "day", "evening", "hour"]),
];
