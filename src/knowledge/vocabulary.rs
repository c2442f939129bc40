//! The words that phrases hold, each with a number.
//!
//! A hash table of our own, because it is written down whole when the program is built: those of libraries would have to
//! be filled anew at every start. It keeps no letters: a word is known by its [`hash_word`], all 64 bits of it.

use super::packed::{Numbers, Rows};
use crate::document::words::hash_word;

/// Number of a known word; 0 for every other.
pub type WordId = u32;

/// The id of words that no phrase holds.
pub(super) const UNKNOWN: WordId = 0;

/// One bit for a word, which it shares with others: with all that no phrase holds, if need be.
pub(super) fn word_bit(word: WordId) -> u64 {
    1 << (word % 64)
}

/// Words by number, and numbers by word.
#[derive(Default)]
pub(super) struct Vocabulary {
    /// The hash of each word, the first of them being number 1.
    hashes: Rows<8>,
    /// Numbers of words, each at the place of its hash or at the next free one; a power of two, half empty at least.
    slots: Numbers,
}

impl Vocabulary {
    /// How many words there are; their numbers are 1 to this.
    pub(super) fn len(&self) -> usize {
        self.hashes.len()
    }

    /// The number of a word; [`UNKNOWN`] where it has none.
    pub(super) fn number(&self, word: &str) -> WordId {
        self.find(hash_word(word))
    }

    /// The number of the word with this [`hash_word`]; [`UNKNOWN`] where there is none.
    pub(super) fn find(&self, hash: u64) -> WordId {
        if self.slots.is_empty() { UNKNOWN } else { self.slots.number(self.slot_of(hash)) }
    }

    /// The number of a word, a new one when it has none.
    pub(super) fn add(&mut self, word: &str) -> WordId {
        let hash = hash_word(word);
        let known = self.find(hash);
        if known != UNKNOWN {
            return known;
        }
        self.hashes.push(hash.to_le_bytes());
        let id = WordId::try_from(self.hashes.len()).unwrap_or(UNKNOWN);
        if self.slots.len() < self.hashes.len() * 2 {
            let room = (self.hashes.len() * 4).next_power_of_two();
            self.slots = std::iter::repeat_n(UNKNOWN, room).collect();
            (1..id).for_each(|id| self.place(id));
        }
        self.place(id);
        id
    }

    pub(super) fn write(&self, out: &mut Vec<u8>) {
        self.hashes.write(out);
        self.slots.write(out);
    }

    /// Takes what [`Vocabulary::write`] wrote.
    pub(super) fn read(bytes: &mut &'static [u8]) -> Option<Self> {
        Some(Self { hashes: Rows::read(bytes)?, slots: Numbers::read(bytes)? })
    }

    fn hash_of(&self, id: WordId) -> u64 {
        u64::from_le_bytes(self.hashes.all()[id as usize - 1])
    }

    fn place(&mut self, id: WordId) {
        let slot = self.slot_of(self.hash_of(id));
        self.slots.set(slot, id.to_le_bytes());
    }

    /// The slot of a word, or the free one where it would stand.
    fn slot_of(&self, hash: u64) -> usize {
        let last = self.slots.len() - 1;
        let [low @ .., _, _, _, _] = hash.to_le_bytes();
        let mut slot = u32::from_le_bytes(low) as usize & last;
        loop {
            let id = self.slots.number(slot);
            if id == UNKNOWN || self.hash_of(id) == hash {
                return slot;
            }
            slot = (slot + 1) & last;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::packed::kept;
    use super::*;

    #[test]
    fn every_word_has_a_number_of_its_own() {
        let mut vocabulary = Vocabulary::default();
        assert_eq!(vocabulary.number("ice"), UNKNOWN);
        let words: Vec<String> = (0..1000).map(|it| format!("word{it}")).collect();
        let numbers: Vec<WordId> = words.iter().map(|it| vocabulary.add(it)).collect();
        assert_eq!(numbers, (1..=1000).collect::<Vec<WordId>>());
        assert_eq!(vocabulary.add("word7"), 8);
        let mut bytes = Vec::new();
        vocabulary.write(&mut bytes);
        let vocabulary = Vocabulary::read(&mut kept(bytes)).unwrap();
        assert_eq!(words.iter().map(|it| vocabulary.number(it)).collect::<Vec<WordId>>(), numbers);
        assert_eq!(vocabulary.number("word"), UNKNOWN);
        assert_eq!(vocabulary.number("Word7"), 8);
    }
}
