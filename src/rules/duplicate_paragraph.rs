//! `duplicate-paragraph`.

use std::cmp::Reverse;

use crate::declare_rule;
use crate::diagnostic::Finding;
use crate::document::blocks::BlockKind;
use crate::document::words::{TokenKind, fold_word, hash_runs, tokens};
use crate::rule::Article;
use crate::span::Span;

declare_rule! {
    /// ## What it flags
    ///
    /// A paragraph of at least twelve words that stands in the article twice, word for word or with one word in ten
    /// changed. List items and table cells are no paragraphs, a quotation may repeat what the text says, and twins that
    /// speak of other cases (`left`, `right`; `week 1`, `week 2`) are two paragraphs.
    ///
    /// ## Why it matters
    ///
    /// It is what pasting leaves behind, and where one copy is corrected, the other stays wrong.
    ///
    /// ## Example
    ///
    /// The same advice on rollers at the beginning and at the end, with two words exchanged.
    ///
    /// ## Instead
    ///
    /// Keep one of the two.
    "duplicate-paragraph", Warning, "the same or nearly the same paragraph twice"
}

const FEWEST_WORDS: usize = 12;
/// Of ten words, so many have to be the same, in the same order.
const SAME_OF_TEN: usize = 9;
/// Words that are looked at as one.
const RUN: usize = 4;
/// With so many others a paragraph is compared as a whole.
const MOST_TRIED: usize = 8;

fn check(article: Article<'_>) -> Vec<Finding> {
    let paragraphs = paragraphs(article);
    let mut findings = Vec::new();
    for pairs in alike(&paragraphs).chunk_by(|one, other| one.second == other.second) {
        let second = &paragraphs[pairs[0].second];
        let first = pairs.iter().take(MOST_TRIED).find(|it| repeats(&paragraphs[it.first], second));
        if let Some(first) = first {
            findings.push(
                Finding::new(second.span, "this paragraph stands in the article twice")
                    .label("repeated here")
                    .also(paragraphs[first.first].span, "first used here")
                    .help("keep one of the two"),
            );
        }
    }
    findings
}

/// The paragraphs that are long enough.
fn paragraphs(article: Article<'_>) -> Vec<Paragraph<'_>> {
    let document = article.document;
    let mut found = Vec::new();
    for passage in &article.reading.passages {
        let block = document.block(passage.block);
        let place = &block.place;
        let is_paragraph = block.kind == BlockKind::Paragraph && place.item.is_none() && place.cell.is_none();
        if !is_paragraph || place.footnote || passage.tokens.len() < FEWEST_WORDS {
            continue;
        }
        let mut words = Vec::with_capacity(passage.tokens.len());
        passage.add_words(&mut words);
        if FEWEST_WORDS <= words.len() {
            found.push(Paragraph {
                span: block.span,
                text: block.prose.text(),
                quoted: place.quotes > 0,
                words,
            });
        }
    }
    found
}

/// Two paragraphs that share runs of words.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Pair {
    second: usize,
    first: usize,
}

/// Paragraphs that share enough runs of words to be compared as wholes, each with the first one that holds the run; those
/// that share the most come first.
fn alike(paragraphs: &[Paragraph<'_>]) -> Vec<Pair> {
    // Most runs stand in the article once, and two looks at each are cheaper than to sort them.
    let mut seen = Sieve::for_about(paragraphs.iter().map(|it| it.words.len()).sum());
    let mut again = seen.clone();
    for paragraph in paragraphs {
        for run in hash_runs::<RUN>(&paragraph.words) {
            if !seen.add(run) {
                again.add(run);
            }
        }
    }
    let mut runs: Vec<(u64, usize)> = Vec::new();
    for (at, paragraph) in paragraphs.iter().enumerate() {
        let repeated = hash_runs::<RUN>(&paragraph.words).filter(|&run| again.may_hold(run));
        runs.extend(repeated.map(|run| (run, at)));
    }
    runs.sort_unstable();
    let mut shared: Vec<Pair> = Vec::new();
    for same in runs.chunk_by(|one, other| one.0 == other.0) {
        let first = same[0].1;
        let others = same.iter().map(|it| it.1).filter(|&it| it != first);
        shared.extend(others.map(|second| Pair { second, first }));
    }
    shared.sort_unstable();
    let mut counted: Vec<(Pair, usize)> =
        shared.chunk_by(|one, other| one == other).map(|same| (same[0], same.len())).collect();
    counted.retain(|(pair, count)| fewest_shared(paragraphs[pair.second].words.len()) <= *count);
    counted.sort_by_key(|&(pair, count)| (pair.second, Reverse(count)));
    counted.into_iter().map(|(pair, _)| pair).collect()
}

/// A set that may hold more than was added to it, and never less.
#[derive(Clone)]
struct Sieve {
    bits: Vec<u64>,
}

impl Sieve {
    /// Room for about so many numbers, so that few are taken for others.
    fn for_about(count: usize) -> Self {
        Self { bits: vec![0; (count / 4).next_power_of_two()] }
    }

    fn place(&self, number: u64) -> (usize, u64) {
        let [slot @ .., _, _, _, _] = number.to_le_bytes();
        let slot = u32::from_le_bytes(slot) as usize & (self.bits.len() - 1);
        (slot, 1_u64.rotate_left((number >> 58) as u32))
    }

    /// Adds a number; whether it was not there.
    fn add(&mut self, number: u64) -> bool {
        let (slot, bit) = self.place(number);
        let is_new = self.bits[slot] & bit == 0;
        self.bits[slot] |= bit;
        is_new
    }

    fn may_hold(&self, number: u64) -> bool {
        let (slot, bit) = self.place(number);
        self.bits[slot] & bit != 0
    }
}

/// How many runs a paragraph of so many words shares at least with one that has nine words in ten the same. Each word
/// that is in it alone breaks as many runs as a run has words, each that the other puts between breaks one less. Half of
/// them may stand in a third paragraph, before both.
fn fewest_shared(words: usize) -> usize {
    let changed = words / SAME_OF_TEN;
    ((words + 1).saturating_sub(RUN + changed * (2 * RUN - 1)) / 2).max(1)
}

/// What is compared of a paragraph.
struct Paragraph<'t> {
    span: Span,
    text: &'t str,
    /// Its words, by hash.
    words: Vec<u64>,
    quoted: bool,
}

/// Whether two paragraphs say the same of the same.
fn repeats(first: &Paragraph<'_>, second: &Paragraph<'_>) -> bool {
    let same = first.words == second.words;
    first.quoted == second.quoted
        && (same
            || are_alike(&first.words, &second.words) && {
                let (first, second) = (cases(first.text), cases(second.text));
                first.len() != second.len() || first == second
            })
}

/// The words of a text that tell one case from its twins: sides, and what counts stages, weeks and steps.
fn cases(text: &str) -> Vec<String> {
    const SIDES: &[&str] = &[
        "left", "right", "upper", "lower", "inner", "outer", "front", "back", "top", "bottom", "hot", "cold", "warm", "cool",
        "heat", "ice", "morning", "evening", "men", "women",
    ];
    const COUNTED: &[&str] = &[
        "day", "week", "month", "stage", "phase", "step", "level", "round", "set", "type", "grade", "part", "session",
        "class", "exercise", "version", "option",
    ];
    let mut found = Vec::new();
    let mut folded = String::new();
    let mut after_counted = false;
    for token in tokens(text).iter().filter(|token| token.kind != TokenKind::Mark) {
        fold_word(token.text(text), &mut folded);
        let is_short = token.kind == TokenKind::Number || folded.len() <= 5;
        if SIDES.contains(&folded.as_str()) || (after_counted && is_short) {
            found.push(folded.clone());
        }
        after_counted = COUNTED.contains(&folded.as_str());
    }
    found
}

/// Whether two paragraphs have nine words in ten in common, in order.
fn are_alike(one: &[u64], other: &[u64]) -> bool {
    let longer = one.len().max(other.len());
    let needed = (longer * SAME_OF_TEN).div_ceil(10);
    let allowed = longer - needed;
    one.len().abs_diff(other.len()) <= allowed && common_words(one, other, allowed) >= needed
}

/// The length of the longest common subsequence, looking no further aside than `band` words.
fn common_words(one: &[u64], other: &[u64], band: usize) -> usize {
    let mut row = vec![0_usize; other.len() + 1];
    for (index, word) in one.iter().enumerate() {
        let from = index.saturating_sub(band);
        let to = (index + band + 1).min(other.len());
        let mut diagonal = row[from];
        for column in from..to {
            let above = row[column + 1];
            row[column + 1] =
                if other[column] == *word { diagonal + 1 } else { row[column + 1].max(row[column]) };
            diagonal = above;
        }
    }
    row.into_iter().max().unwrap_or(0)
}
