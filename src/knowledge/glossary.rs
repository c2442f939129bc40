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
            self.words.push(Known { commonness: commonness::of(word), letters: letter_bit(word.as_bytes()) });
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

    fn known(&self, parts: &Parts) -> impl Iterator<Item = &Known> {
        parts.words.iter().map(|&word| &self.words[word as usize - 1])
    }
}
