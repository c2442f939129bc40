//! The words of all phrases while they are compiled, with what is known of each: how common it is, what it begins with.

use super::commonness;
use super::guess::letter_bit;
use super::program::Parts;
use super::vocabulary::{Vocabulary, WordId};

/// Words, each with what decides where phrases are looked for.
#[derive(Default)]
pub(super) struct Glossary {
    pub(super) vocabulary: Vocabulary,
    /// By word id less one.
    words: Vec<Known>,
}

struct Known {
    /// As phrases are compared: in lower case.
    text: String,
    /// About how often in a thousand words of running text.
    commonness: f32,
    /// The bits of what it begins with.
    letters: u64,
}

impl Glossary {
    /// The number of a word, a new one when it has none.
    pub(super) fn word(&mut self, word: &str) -> WordId {
        let id = self.vocabulary.add(word);
        if self.words.len() < self.vocabulary.len() {
            self.words.push(Known {
                text: word.to_owned(),
                commonness: commonness::of(word),
                letters: letter_bit(word.as_bytes()),
            });
        }
        id
    }

    /// About how often one of these parts stands in a thousand words.
    pub(super) fn commonness(&self, parts: &Parts) -> f32 {
        let numbers = if parts.number { commonness::OF_NUMBERS } else { 0.0 };
        let prefixes = if parts.prefixes.is_empty() { 0.0 } else { commonness::OF_RARE_WORDS };
        self.known(parts).map(|it| it.commonness).sum::<f32>() + numbers + prefixes
    }

    /// The bits of what words and numbers of these parts begin with.
    pub(super) fn letters(&self, parts: &Parts) -> u64 {
        let digits = (b'0'..=b'9').fold(0, |bits, digit| bits | letter_bit(&[digit]));
        let words = self.known(parts).map(|it| it.letters);
        let prefixes = parts.prefixes.iter().map(|it| letter_bit(it.as_bytes()));
        words.chain(prefixes).chain(parts.number.then_some(digits)).fold(0, |bits, it| bits | it)
    }

    /// The parts with all words of phrases that begin as they say, so that only other words have to be looked at by how
    /// they begin.
    pub(super) fn spelled_out(&self, mut parts: Parts) -> Parts {
        for (word, known) in (1..).zip(&self.words) {
            if parts.prefixes.iter().any(|it| known.text.starts_with(it.as_str())) {
                parts.words.push(word);
            }
        }
        parts.words.sort_unstable();
        parts.words.dedup();
        parts
    }

    fn known(&self, parts: &Parts) -> impl Iterator<Item = &Known> {
        parts.words.iter().map(|&word| &self.words[word as usize - 1])
    }
}
