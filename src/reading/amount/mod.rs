//! Amounts in visible text: how long, how often, how hot, how much, each in one unit.
//!
//! Reads what is written, in one pass over the tokens. It does not decide what an amount belongs to, nor whether
//! a sentence forbids it: "never leave it on for more than 40 minutes" yields `Over` 40, and the negation is
//! the reader's of the sentence. Dates, times of day, money, telephone numbers and places in a document are no amounts.

mod age;
mod bare;
mod cue;
mod cursor;
mod dilution;
mod frequency;
mod furniture;
mod lead;
mod number;
mod open_end;
mod quantity;
mod read;
mod temperature;
mod unit;
mod until;

#[cfg(test)]
mod tests;

use std::ops::Range;

use borsh::{BorshDeserialize, BorshSerialize};

use crate::document::words::Token;

pub use open_end::OpenEnd;

/// The value of digits without a sign, or of a word for a number: `4`, `four`.
pub(super) fn small_number(word: &str) -> Option<f64> {
    let digits = || word.parse::<u16>().ok().map(f64::from);
    number::number_word(word).or_else(digits)
}

/// What an amount measures. `low` and `high` are in the unit named here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, BorshSerialize, BorshDeserialize)]
pub enum Kind {
    /// Minutes. Hours below 48 are a duration, too.
    Duration,
    /// Hours from one time to the next: "every 2–3 hours", "six hours apart", "20 minutes off".
    Interval,
    /// Times a day: "twice a day" is 2, "once a week" is 1/7.
    Frequency,
    /// Times with no period: "repeat three times", "3 sets".
    Times,
    /// Days: "for 10 days", "a fortnight", "72 hours", "the first 48 hours".
    Course,
    /// Degrees Celsius. See [`Amount::is_assumed`] for degrees with no scale.
    Temperature,
    /// Degrees with no scale, between 45 and 80: either scale is possible. As written.
    Degrees,
    /// Percent, and the strong part of a mixture: "equal parts" is 50, "undiluted" is 100.
    Percent,
    /// Milligrams. Counted tablets are multiplied; [`Amount::each`] is one of them.
    Dose,
    /// Milligrams per kilogram of body weight.
    WeightDose,
    /// Tablets, capsules, gummies.
    Tablets,
    /// Millilitres. A teaspoon is 5, a tablespoon 15, a fluid ounce 30, a glass 240.
    Volume,
    /// Drops. 20 are about one millilitre.
    Drops,
    /// Cups, of 240 ml.
    Cups,
    /// Years of age.
    Age,
    /// A number with no unit: "ice for 30", "10 is enough".
    Bare,
}

impl Kind {
    /// Whether it says how long or how often.
    pub const fn is_time(self) -> bool {
        !matches!(
            self,
            Self::Dose
                | Self::WeightDose
                | Self::Tablets
                | Self::Percent
                | Self::Volume
                | Self::Drops
                | Self::Cups
        )
    }

    /// Whether it tells how warm something is, in Celsius, in Fahrenheit or in degrees alone.
    pub const fn is_heat(self) -> bool {
        matches!(self, Self::Temperature | Self::Degrees)
    }
}

/// On which side of the numbers the amount may lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Bound {
    /// One value: `low` and `high` are equal.
    Exact,
    /// From `low` to `high`.
    Range,
    /// "up to", "no more than", "at most": `low` is not known.
    AtMost,
    /// "at least", "or more", "no less than": `high` is not known.
    AtLeast,
    /// "more than", "longer than", "over", "exceed". `low` and `high` are the named value or range: with a negation
    /// elsewhere in the sentence it is the most permitted, without one it is exceeded.
    Over,
    /// "less than", "under", "below": as `AtMost`, but a negation elsewhere turns it into a minimum.
    Under,
    /// No number says where it ends. `low` and `high`, if given, are a rough guess.
    Open,
}

/// One amount.
#[derive(Debug, Clone, PartialEq)]
pub struct Amount {
    /// The amount with its cues: "up to 30 minutes", "20 minutes max". Token indices.
    pub tokens: Range<usize>,
    /// The number and the unit alone. Token indices, within `tokens`.
    pub core: Range<usize>,
    /// What it measures, and so the unit of the numbers.
    pub kind: Kind,
    /// The lower end.
    pub low: Option<f64>,
    /// The upper end.
    pub high: Option<f64>,
    /// On which side of the numbers it lies.
    pub bound: Bound,
    /// "about", "or so", "a couple of".
    pub approximate: bool,
    /// "a few minutes", "several", "a short while", "regularly".
    pub vague: bool,
    /// The unit was not written, or only as a prime: "20'", "100 degrees".
    pub is_assumed: bool,
    /// The other value of a pair in °F and °C, in °C.
    pub second: Option<(f64, f64)>,
    /// Milligrams in one tablet, when tablets were counted.
    pub each: Option<f64>,
    /// How it ends, when no number says so.
    pub open_end: Option<OpenEnd>,
}

impl Amount {
    /// How many times a day something is done that often or with so many hours in between; `None` for what is no such amount.
    pub(super) fn times_a_day(&self) -> Option<f64> {
        const HOURS: f64 = 24.0;
        match self.kind {
            Kind::Frequency => self.high,
            Kind::Interval => {
                let hours = self.low.or(self.high).filter(|&hours| hours > 0.0)?;
                Some((HOURS / hours).floor().max(1.0))
            }
            _ => None,
        }
    }

    fn range(tokens: Range<usize>, kind: Kind, low: f64, high: f64) -> Amount {
        Amount {
            core: tokens.clone(),
            tokens,
            kind,
            low: Some(low),
            high: Some(high),
            bound: if high > low { Bound::Range } else { Bound::Exact },
            approximate: false,
            vague: false,
            is_assumed: false,
            second: None,
            each: None,
            open_end: None,
        }
    }

    fn exact(tokens: Range<usize>, kind: Kind, value: f64) -> Amount {
        Amount::range(tokens, kind, value, value)
    }
}

/// Finds every amount in one block of visible text, in order, not overlapping.
pub fn amounts(visible: &str, tokens: &[Token]) -> Vec<Amount> {
    let may_lead = lead::filter(visible);
    let Some(mut at) = tokens.iter().position(&may_lead) else { return Vec::new() };
    let word = |token: &Token| visible.get(token.start as usize..token.end as usize).unwrap_or_default();
    let words: Vec<&str> = tokens.iter().map(word).collect();
    let reader = cursor::Reader { tokens, words: &words };
    let mut found: Vec<Amount> = Vec::new();
    while at < tokens.len() {
        if !may_lead(&tokens[at]) {
            at += 1;
            continue;
        }
        let next = match lead::lead(&reader, at) {
            None => at + 1,
            Some(lead) => match read::read(&reader, at, lead, &found) {
                read::Reading::Amount(amount) => {
                    let end = amount.tokens.end;
                    found.push(amount);
                    end
                }
                read::Reading::NoAmount(end) => end,
            },
        };
        at = next.max(at + 1);
    }
    found
}
