//! How alike two articles are, from a few hundred bytes of each.
//!
//! Of the runs of four words that an article holds, the smallest hashes are kept: a fair sample, and the same in every
//! article that holds the same runs. How many two samples share says how much the articles share.

use borsh::{BorshDeserialize, BorshSerialize};

use crate::document::blocks::BlockKind;
use crate::document::words::hash_runs;
use crate::reading::Reading;

/// How many hashes are kept.
const KEPT: usize = 128;
/// Words that are looked at as one.
const RUN: usize = 4;
/// An article of fewer words is a stub, and two stubs are alike by chance.
const FEWEST_WORDS: usize = 60;

/// A sample of an article's runs of words.
#[derive(Debug, Clone, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Sketch {
    /// Ascending, each once.
    hashes: Box<[u32]>,
}

impl Sketch {
    /// The sketch of an article's prose; `None` for a stub. Titles do not count: a copy may have got a new one.
    pub fn of(reading: &Reading<'_>) -> Option<Self> {
        let mut words = Vec::with_capacity(reading.passages.iter().map(|it| it.tokens.len()).sum());
        for passage in &reading.passages {
            let block = reading.document.block(passage.block);
            if block.kind.is_prose()
                && !matches!(block.kind, BlockKind::FrontMatter(_) | BlockKind::Heading(1))
            {
                passage.add_words(&mut words);
            }
        }
        (words.len() >= FEWEST_WORDS).then(|| Self { hashes: smallest(&words) })
    }

    /// The smallest hashes: articles that are alike share most of them.
    pub fn smallest(&self, count: usize) -> &[u32] {
        &self.hashes[..count.min(self.hashes.len())]
    }

    /// Of a hundred runs of words that either article holds, about how many both hold.
    pub fn likeness(&self, other: &Self) -> usize {
        let (mut one, mut two) = (self.hashes.iter().peekable(), other.hashes.iter().peekable());
        let (mut seen, mut shared) = (0, 0);
        // The smallest hashes of both together are a sample of what either holds. A sample that ends before is complete.
        while seen < KEPT {
            let (in_one, in_two) = match (one.peek(), two.peek()) {
                (None, None) => break,
                (Some(first), Some(second)) => (first <= second, second <= first),
                (first, second) => (first.is_some(), second.is_some()),
            };
            if in_one {
                one.next();
            }
            if in_two {
                two.next();
            }
            seen += 1;
            shared += usize::from(in_one && in_two);
        }
        shared * 100 / seen.max(1)
    }
}

fn upper_half(hash: u64) -> u32 {
    let [.., a, b, c, d] = hash.to_le_bytes();
    u32::from_le_bytes([a, b, c, d])
}

/// The smallest hashes of the runs of some words, each once.
fn smallest(words: &[u64]) -> Box<[u32]> {
    let hashes = || hash_runs::<RUN>(words).map(upper_half);
    // Hashes lie evenly: those that are kept lie below twice their share, if no more than half of them are repeated.
    let share = u32::try_from(words.len() / (2 * KEPT)).unwrap_or(u32::MAX);
    let most = u32::MAX / share.max(1);
    let mut kept = Vec::with_capacity(3 * KEPT);
    kept.extend(hashes().filter(|&it| it <= most));
    let mut kept = sorted(kept);
    if kept.len() < KEPT {
        kept = sorted(hashes().collect());
    }
    kept.truncate(KEPT);
    kept.into_boxed_slice()
}

fn sorted(mut hashes: Vec<u32>) -> Vec<u32> {
    hashes.sort_unstable();
    hashes.dedup();
    hashes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bundled;
    use crate::document::Document;
    use crate::source::Source;

    fn sketch(words: impl Iterator<Item = usize>) -> Option<Sketch> {
        let text: Vec<String> = words.map(|it| format!("word{it}")).collect();
        let source = Source::from_text("x.md", text.join(" "));
        let document = Document::parse(&source);
        Sketch::of(&Reading::of(&document, &bundled::knowledge()))
    }

    #[test]
    fn likeness_is_the_share_of_runs_in_common() {
        let whole = sketch(0..1000).expect("a sketch");
        assert_eq!(whole.likeness(&whole), 100);
        let half = sketch(500..1500).expect("a sketch");
        assert!((20..48).contains(&whole.likeness(&half)), "{}", whole.likeness(&half));
        assert_eq!(whole.likeness(&half), half.likeness(&whole));
        assert_eq!(whole.likeness(&sketch(2000..3000).expect("a sketch")), 0);
        let corrected = sketch((0..1000).map(|it| if it == 500 { 5000 } else { it })).expect("a sketch");
        assert!(95 < whole.likeness(&corrected));
    }

    #[test]
    fn a_short_article_is_not_like_a_long_one_that_holds_it() {
        let short = sketch(0..70).expect("a sketch");
        let long = sketch(0..140).expect("a sketch");
        assert!(short.likeness(&long) < 60, "{}", short.likeness(&long));
        assert!(sketch(0..59).is_none());
    }
}
