//! The words that phrases hold, each with a number.

use std::hash::BuildHasher;
use std::io::{self, Read};

use borsh::{BorshDeserialize, BorshSerialize};
use foldhash::fast::FixedState;
use hashbrown::HashTable;

/// Number of a known word; 0 for every other.
pub type WordId = u32;

/// The id of words that no phrase holds.
pub(super) const UNKNOWN: WordId = 0;

/// Words by number, and numbers by word.
#[derive(Default, BorshSerialize)]
pub(super) struct Vocabulary {
    /// All words, one after the other.
    text: String,
    /// Where each word ends, the first of them being number 1.
    ends: Vec<u32>,
    #[borsh(skip)]
    numbers: HashTable<WordId>,
}

impl Vocabulary {
    /// How many words there are; their numbers are 1 to this.
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The number of a word; [`UNKNOWN`] where it has none.
    pub(super) fn number(&self, word: &str) -> WordId {
        let found = self.numbers.find(hash(word), |&id| self.word(id) == word);
        found.copied().unwrap_or(UNKNOWN)
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
        let (text, ends) = (&self.text, &self.ends);
        self.numbers.insert_unique(hash(word), id, |&id| hash(word_of(text, ends, id)));
        id
    }

    fn word(&self, id: WordId) -> &str {
        word_of(&self.text, &self.ends, id)
    }
}

impl BorshDeserialize for Vocabulary {
    fn deserialize_reader<R: Read>(reader: &mut R) -> io::Result<Self> {
        let text = String::deserialize_reader(reader)?;
        let ends = Vec::<u32>::deserialize_reader(reader)?;
        let mut numbers = HashTable::with_capacity(ends.len());
        for (id, _) in (1..).zip(&ends) {
            let of = |id: WordId| hash(word_of(&text, &ends, id));
            numbers.insert_unique(of(id), id, |&id| of(id));
        }
        Ok(Self { text, ends, numbers })
    }
}

fn word_of<'t>(text: &'t str, ends: &[u32], id: WordId) -> &'t str {
    let index = id as usize - 1;
    let start = if index == 0 { 0 } else { ends[index - 1] };
    &text[start as usize..ends[index] as usize]
}

fn hash(word: &str) -> u64 {
    FixedState::default().hash_one(word)
}
