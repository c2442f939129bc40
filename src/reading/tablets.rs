//! How many tablets make a dose, where the strength of one is named apart from their number: `Paracetamol 500 mg: two every
//! four hours`, `four Advil (200 mg each)`, `two, every four hours` beside `Paracetamol 500 mg` in a table.

use std::ops::Range;

use super::Reading;
use super::advice::Advice;
use super::amount::{Kind, small_number};
use super::passage::Passage;
use crate::document::blocks::BlockId;
use crate::knowledge::cues::Cue;

/// Tablets that readers are told to take.
pub(super) struct Tablets {
    /// At once, at most.
    pub(super) at_once: f64,
    /// Later in the day, if that is said so: `and two more at supper`.
    pub(super) later: f64,
    /// Where they are counted.
    pub(super) block: BlockId,
    /// The words for how many.
    pub(super) tokens: Range<usize>,
}

/// Nobody is told to take more at once.
const MOST: f64 = 12.0;

/// What stands behind a number of tablets that goes without their name: `two every four hours`, `four at once`.
const BEHIND: &[&str] = &[
    "every", "at", "with", "twice", "three", "four", "once", "a", "up", "now", "straight", "in", "before",
    "after", "when", "if", "tonight", "and", "each", "per", "tablets", "tablet", "caplets", "caplet",
    "capsules", "capsule", "pills", ",", ".", "(",
];

impl Reading<'_> {
    /// How many tablets of a strength readers are told to take; `None` where the strength is a dose by itself.
    pub(super) fn tablets_of(&self, strength: &Advice) -> Option<Tablets> {
        if strength.amount.each.is_some() || strength.amount.low != strength.amount.high {
            return None;
        }
        let passage = self.passage(strength.block)?;
        self.named_before(passage, strength)
            .or_else(|| self.counted_before(passage, strength))
            .or_else(|| self.told_after(passage, strength))
            .or_else(|| self.in_the_row(strength))
    }

    /// Whether it is said how many are the most: `2 tablets, then 1 after 6 hours; no more than 3 a day`.
    pub(super) fn is_limited(&self, tablets: &Tablets) -> bool {
        const LIMITS: &[&str] = &["max", "maximum", "most", "limit", "exceed"];
        /// So many tokens behind it that can be said.
        const FAR: usize = 80;
        let Some(passage) = self.passage(tablets.block) else { return false };
        let visible = self.document.block(tablets.block).prose.text();
        let from = tablets.tokens.end;
        (from..passage.tokens.len().min(from + FAR)).any(|at| {
            let is = |at, words: &[&str]| passage.is_one_of(visible, at, words);
            is(at, LIMITS) || is(at, &["more"]) && is(at + 1, &["than"])
        })
    }

    /// `four Advil, the regular 200 mg kind`, `two Aleve (220 mg each)`
    fn named_before(&self, passage: &Passage, strength: &Advice) -> Option<Tablets> {
        /// So many tokens behind the name its strength can stand.
        const NEAR: usize = 6;
        const OF_ONE: &[&str] = &["each", "tablets", "caplets", "capsules", "pills", "kind", "size", "ones"];
        let visible = self.document.block(strength.block).prose.text();
        let mention = &self.mentions[strength.mention];
        let amount = &strength.amount.tokens;
        let start = passage.sentences[passage.sentence_of(amount.start)].tokens.start;
        let is_behind = mention.block == strength.block
            && mention.tokens.end <= amount.start
            && amount.start <= mention.tokens.end + NEAR;
        // `take four Advil` is a use of it, number and all.
        let mut named = mention.tokens.start.saturating_sub(1).max(start)..mention.tokens.end;
        let at = named.find(|&at| is_behind && number_at(passage, visible, at).is_some())?;
        let at_once = number_at(passage, visible, at)?;
        // `200 mg each`, `200 mg tablets`, `the 200 mg kind`
        let is_of_one = (amount.end..amount.end + 2).any(|at| passage.is_one_of(visible, at, OF_ONE));
        let tokens = at..amount.end;
        is_of_one.then(|| with_later(passage, visible, strength.block, at_once, tokens))
    }

    /// `Two capsules. 300 mg of magnesium each.`, `two tablets every evening, each with 225 mg`
    fn counted_before(&self, passage: &Passage, strength: &Advice) -> Option<Tablets> {
        /// So many tokens before a strength its tablets can be counted, and so many behind it `each` can stand.
        const NEAR: usize = 5;
        /// So many where `each` says before it that what was counted has it.
        const FAR: usize = 12;
        let visible = self.document.block(strength.block).prose.text();
        let tokens = &strength.amount.tokens;
        let is_each = |mut around: Range<usize>| around.any(|at| passage.is_one_of(visible, at, &["each"]));
        let is_said_before = is_each(tokens.start.saturating_sub(2)..tokens.start);
        let reach = if is_said_before { FAR } else { NEAR };
        let counted = self.amounts_from(strength.block, tokens.start.saturating_sub(reach)).first();
        let counted = counted.filter(|it| it.kind == Kind::Tablets && it.tokens.end <= tokens.start)?;
        if !is_said_before && !is_each(tokens.end..tokens.end + NEAR) {
            return None;
        }
        let at_once = counted.high.filter(|it| (1.0..=MOST).contains(it))?;
        let all = counted.tokens.start..tokens.end;
        Some(with_later(passage, visible, strength.block, at_once, all))
    }

    /// `Paracetamol 500 mg: two every four hours`, `Ibuprofen 200 mg tablets. Take four at once.`
    fn told_after(&self, passage: &Passage, strength: &Advice) -> Option<Tablets> {
        /// So many tokens behind its strength a number can stand.
        const FAR: usize = 12;
        let visible = self.document.block(strength.block).prose.text();
        let from = strength.amount.tokens.end;
        let here = passage.sentence_of(strength.amount.tokens.start);
        let last = (here + 1).min(passage.sentences.len() - 1);
        let end = passage.sentences[last].tokens.end.min(from + FAR);
        // `500 mg. Three at a time`
        let begins = |at: usize| passage.sentences[passage.sentence_of(at)].tokens.start == at;
        let at = (from..end).find(|&at| {
            let leads = passage.is_one_of(visible, at - 1, &[":", "take", "swallow", "have", "give"]);
            (leads || begins(at)) && number_at(passage, visible, at).is_some()
        })?;
        let (at_once, end) = number_or(passage, visible, at)?;
        ends_as_tablets(passage, visible, end)
            .then(|| with_later(passage, visible, strength.block, at_once, at..end))
    }

    /// `two, every four hours`, in a cell of the row that `Paracetamol 500 mg` heads
    fn in_the_row(&self, strength: &Advice) -> Option<Tablets> {
        let cell = self.document.block(strength.block).place.cell?;
        let table = &self.document.content.tables[cell.table];
        // A column of what is the most in a day limits all the others.
        let is_of_the_day = |it: BlockId| {
            let header = self.document.block(it).place.cell.and_then(|it| table.header_over(it));
            header.and_then(|it| self.passage(it)).is_some_and(|it| it.says(&[Cue::DailyLabel]))
        };
        let others: Vec<BlockId> = table.others_in_row(cell).collect();
        if is_of_the_day(strength.block) || others.iter().any(|&it| is_of_the_day(it)) {
            return None;
        }
        others.into_iter().find_map(|block| {
            let passage = self.passage(block)?;
            let visible = self.document.block(block).prose.text();
            // `1` alone may count the rows.
            let (at_once, end) = number_or(passage, visible, 0).filter(|it| it.1 < passage.tokens.len())?;
            ends_as_tablets(passage, visible, end)
                .then(|| with_later(passage, visible, block, at_once, 0..end))
        })
    }

    /// How often a day tablets are taken, as their own passage says.
    pub(super) fn tablets_a_day(&self, tablets: &Tablets) -> Option<f64> {
        if tablets.later > 0.0 {
            return Some(1.0 + tablets.later / tablets.at_once);
        }
        let mut after = self.amounts_from(tablets.block, tablets.tokens.end).iter();
        after.find(|it| matches!(it.kind, Kind::Frequency | Kind::Interval))?.times_a_day()
    }
}

/// Whether a number that ends at a token counts tablets: they are named, or it stands alone.
fn ends_as_tablets(passage: &Passage, visible: &str, end: usize) -> bool {
    passage.tokens.len() <= end || passage.is_one_of(visible, end, BEHIND)
}

/// So many tablets in a block, with those that are taken later.
fn with_later(
    passage: &Passage,
    visible: &str,
    block: BlockId,
    at_once: f64,
    tokens: Range<usize>,
) -> Tablets {
    let sentence = &passage.sentences[passage.sentence_of(tokens.start)].tokens;
    let more = (tokens.end..sentence.end).filter(|&at| passage.is_one_of(visible, at + 1, &["more"]));
    let later = more.filter_map(|at| number_at(passage, visible, at)).sum();
    Tablets { at_once, later, block, tokens }
}

/// A number of tablets at a token.
fn number_at(passage: &Passage, visible: &str, at: usize) -> Option<f64> {
    let word = passage.tokens.get(at)?.text(visible);
    small_number(&word.to_lowercase()).filter(|it| (1.0..=MOST).contains(it))
}

/// A number from a token on, with the one that it goes up to: `one or two`. One past its last token.
fn number_or(passage: &Passage, visible: &str, at: usize) -> Option<(f64, usize)> {
    let first = number_at(passage, visible, at)?;
    let is_range = passage.is_one_of(visible, at + 1, &["or", "to", "-", "–"]);
    match number_at(passage, visible, at + 2).filter(|_| is_range) {
        Some(last) => Some((last, at + 3)),
        None => Some((first, at + 1)),
    }
}
