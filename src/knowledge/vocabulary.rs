//! The words that phrases hold, each with a number.
//!
//! A hash table of our own, because it is written down whole when the program is built: those of libraries would have to
//! be filled anew at every start.

use super::packed;
use crate::document::words::hash_word;

/// Number of a known word; 0 for every other.
pub type WordId = u32;

/// The id of words that no phrase holds.
pub(super) const UNKNOWN: WordId = 0;

/// Words by number, and numbers by word.
#[derive(Default)]
pub(super) struct Vocabulary {
    /// All words, one after the other.
    text: String,
    /// Where each word ends, the first of them being number 1.
    ends: Vec<u32>,
    /// Numbers of words, each at the place of its hash or at the next free one; a power of two, half empty at least.
    slots: Vec<WordId>,
    /// A part of the hash of the word in each slot, so that hardly any other word has to be looked at.
    tags: Vec<u8>,
}

impl Vocabulary {
    /// How many words there are; their numbers are 1 to this.
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The number of a word; [`UNKNOWN`] where it has none.
    pub(super) fn number(&self, word: &str) -> WordId {
        self.find(hash_word(word), |known| known == word.as_bytes())
    }

    /// The number of the word with this [`hash_word`] that is the one; [`UNKNOWN`] where there is none.
    pub(super) fn find(&self, hash: u32, is_it: impl Fn(&[u8]) -> bool) -> WordId {
        if self.slots.is_empty() { UNKNOWN } else { self.slots[self.slot_of(hash, is_it)] }
    }

    /// The number of a word, a new one when it has none.
    pub(super) fn add(&mut self, word: &str) -> WordId {
        let known = self.number(word);
        if known != UNKNOWN {
            return known;
        }
        self.text.push_str(word);
        self.ends.push(u32::try_from(self.text.len()).unwrap_or(u32::MAX));
        let id = WordId::try_from(self.ends.len()).unwrap_or(UNKNOWN);
        if self.slots.len() < self.ends.len() * 2 {
            self.slots = vec![UNKNOWN; (self.ends.len() * 4).next_power_of_two()];
            self.tags = vec![0; self.slots.len()];
            (1..id).for_each(|id| self.place(id));
        }
        self.place(id);
        id
    }

    pub(super) fn write(&self, out: &mut Vec<u8>) {
        packed::write_bytes(self.text.as_bytes(), out);
        packed::write(&self.ends, out);
        packed::write(&self.slots, out);
        packed::write_bytes(&self.tags, out);
    }

    /// Takes what [`Vocabulary::write`] wrote.
    pub(super) fn read(bytes: &mut &[u8]) -> Option<Self> {
        Some(Self {
            text: String::from_utf8(packed::read_bytes(bytes)?.to_vec()).ok()?,
            ends: packed::read(bytes)?,
            slots: packed::read(bytes)?,
            tags: packed::read_bytes(bytes)?.to_vec(),
        })
    }

    fn place(&mut self, id: WordId) {
        let word = self.word(id);
        let hash = hash_word(word);
        let slot = self.slot_of(hash, |known| known == word);
        self.slots[slot] = id;
        self.tags[slot] = tag_of(hash);
    }

    /// The slot of a word, or the free one where it would stand.
    fn slot_of(&self, hash: u32, is_it: impl Fn(&[u8]) -> bool) -> usize {
        let last = self.slots.len() - 1;
        let tag = tag_of(hash);
        let mut slot = hash as usize & last;
        loop {
            let id = self.slots[slot];
            if id == UNKNOWN || (self.tags[slot] == tag && is_it(self.word(id))) {
                return slot;
            }
            slot = (slot + 1) & last;
        }
    }

    fn word(&self, id: WordId) -> &[u8] {
        let index = id as usize - 1;
        let start = if index == 0 { 0 } else { self.ends[index - 1] };
        &self.text.as_bytes()[start as usize..self.ends[index] as usize]
    }
}

/// Bits that do not choose the slot.
fn tag_of(hash: u32) -> u8 {
    let [.., tag] = hash.to_le_bytes();
    tag
}

#[cfg(test)]
mod tests {
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
        let vocabulary = Vocabulary::read(&mut &*bytes).unwrap();
        assert_eq!(words.iter().map(|it| vocabulary.number(it)).collect::<Vec<WordId>>(), numbers);
        assert_eq!(vocabulary.number("word"), UNKNOWN);
        let in_any_case = |known: &[u8]| known.eq_ignore_ascii_case(b"Word7");
        assert_eq!(vocabulary.find(hash_word("Word7"), in_any_case), 8);
        assert_eq!(vocabulary.number("Word7"), UNKNOWN);
    }
}
