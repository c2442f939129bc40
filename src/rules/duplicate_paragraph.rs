//! `duplicate-paragraph`.

use std::collections::HashMap;

use foldhash::fast::FixedState;

use crate::declare_rule;
use crate::diagnostic::Finding;
use crate::document::blocks::BlockKind;
use crate::document::words::{TokenKind, fold_word, hash_run, tokens};
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
/// Paragraphs that share a run of this many words are compared as wholes.
const RUN: usize = 4;

fn check(article: Article<'_>) -> Vec<Finding> {
    let document = article.document;
    let mut first_with: HashMap<u64, usize, FixedState> = HashMap::default();
    let mut paragraphs: Vec<Paragraph<'_>> = Vec::new();
    let mut findings = Vec::new();
    for passage in &article.reading.passages {
        let block = document.block(passage.block);
        let place = &block.place;
        let is_paragraph = block.kind == BlockKind::Paragraph && place.item.is_none() && place.cell.is_none();
        if !is_paragraph || place.footnote {
            continue;
        }
        let text = block.prose.text();
        let words = passage.tokens.iter().filter(|it| it.kind != TokenKind::Mark).map(|it| it.hash).collect();
        let own = Paragraph { span: block.span, text, quoted: place.quotes > 0, words };
        if own.words.len() < FEWEST_WORDS {
            continue;
        }
        // Nine words in ten the same leave some run of four untouched, whichever ten are changed.
        let mut tried = Vec::new();
        let first = own.runs().filter_map(|run| first_with.get(&run).copied()).find(|&candidate| {
            !tried.contains(&candidate) && {
                tried.push(candidate);
                tried.len() <= 8 && repeats(&paragraphs[candidate], &own)
            }
        });
        if let Some(first) = first {
            findings.push(
                Finding::new(block.span, "this paragraph stands in the article twice")
                    .label("repeated here")
                    .also(paragraphs[first].span, "first used here")
                    .help("keep one of the two"),
            );
            continue;
        }
        first_with.reserve(own.words.len());
        for run in own.runs() {
            first_with.entry(run).or_insert(paragraphs.len());
        }
        paragraphs.push(own);
    }
    findings
}

/// What is compared of a paragraph.
struct Paragraph<'t> {
    span: Span,
    text: &'t str,
    /// Its words, by hash.
    words: Vec<u32>,
    quoted: bool,
}

impl Paragraph<'_> {
    /// Its runs of words, each as one number.
    fn runs(&self) -> impl Iterator<Item = u64> {
        self.words.windows(RUN).map(hash_run)
    }
}

/// Whether two paragraphs say the same of the same.
fn repeats(first: &Paragraph<'_>, second: &Paragraph<'_>) -> bool {
    first.quoted == second.quoted && are_alike(&first.words, &second.words) && {
        let (first, second) = (cases(first.text), cases(second.text));
        first.len() != second.len() || first == second
    }
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
fn are_alike(one: &[u32], other: &[u32]) -> bool {
    let longer = one.len().max(other.len());
    let needed = (longer * SAME_OF_TEN).div_ceil(10);
    let allowed = longer - needed;
    one.len().abs_diff(other.len()) <= allowed && common_words(one, other, allowed) >= needed
}

/// The length of the longest common subsequence, looking no further aside than `band` words.
fn common_words(one: &[u32], other: &[u32], band: usize) -> usize {
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
