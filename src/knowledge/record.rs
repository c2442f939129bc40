//! What is known of a phrase before it is tried, in one row of bytes: nearly all phrases are turned away by it.

use borsh::BorshDeserialize;

use super::guess::{Guess, Words, whole};
use super::lexicon::{Role, Sense};
use super::packed::Number;
use super::program::WordSet;

/// As many bytes as a line of a processor's cache holds.
pub(super) const RECORD: usize = 64;

/// A row, and what it is of: `number` 0 is its first step, 1 its flags and the size of its set, 2 the set, 3 and 4 the bits
/// of its beginnings, 5 and 6 those of its seconds, 7 to 14 what it needs, 15 its meaning.
#[derive(Clone, Copy)]
pub(super) struct Record<'l>(pub(super) &'l [u8; RECORD]);

const SINGLE: u8 = 1;
const OPEN: u8 = 1 << 1;
const BEGINS_SENTENCE: u8 = 1 << 2;
const EXCEPTS: u8 = 1 << 3;
const EXCEPTED: u8 = 1 << 4;

/// What a record is made of.
pub(super) struct Known<M> {
    pub(super) first_step: u32,
    /// Whether it is one word or number, of which nothing more has to be known.
    pub(super) is_single: bool,
    /// Whether it stands at the beginning of a sentence alone.
    pub(super) begins_sentence: bool,
    /// Where to look for a phrase that was found by its anchor.
    pub(super) beginnings: Beginnings,
    /// What can stand behind its first word, of which the bits are a first guess.
    pub(super) seconds: u64,
    /// No sentence without one word of each has the phrase.
    pub(super) needs: [Words; 2],
    pub(super) meaning: M,
}

/// Where in a sentence a phrase can begin.
#[derive(Clone, Copy)]
pub(super) enum Beginnings {
    /// At one of these words, of which the bits are a first guess.
    Words { all: WordSet, bits: u64 },
    /// At beginnings of words or at numbers too: at whatever begins with a letter or digit of these bits.
    Letters(u64),
}

impl Beginnings {
    /// The bits of the words that it can be, all where it can be others too.
    pub(super) fn bits(self) -> u64 {
        match self {
            Self::Words { bits, .. } => bits,
            Self::Letters(_) => u64::MAX,
        }
    }
}

impl<M: Sense> Known<M> {
    pub(super) fn to_row(&self) -> [u8; RECORD] {
        let (all, bits, open) = match self.beginnings {
            Beginnings::Words { all, bits } => (all, bits, 0),
            Beginnings::Letters(letters) => (WordSet::default(), letters, OPEN),
        };
        let (kind, role) = match self.meaning.role() {
            Role::Alone => (0, 0),
            Role::Excepted(kind) => (kind, EXCEPTED),
            Role::Excepts(kind) => (kind, EXCEPTS),
        };
        let single = if self.is_single { SINGLE } else { 0 };
        let begins = if self.begins_sentence { BEGINS_SENTENCE } else { 0 };
        let mut row = Vec::with_capacity(RECORD);
        row.extend(self.first_step.to_le_bytes());
        row.extend([single | open | begins | role, kind]);
        row.extend(all.count.to_le_bytes());
        row.extend(all.first.to_le_bytes());
        row.extend(bits.to_le_bytes());
        row.extend(self.seconds.to_le_bytes());
        row.extend(self.needs.iter().flat_map(|it| it.to_bytes()));
        row.extend(borsh::to_vec(&self.meaning).unwrap_or_default());
        row.resize(RECORD, 0);
        row.first_chunk().copied().unwrap_or([0; RECORD])
    }
}

impl Record<'_> {
    fn number(self, at: usize) -> Number {
        let numbers: &[Number; RECORD / 4] =
            self.0.as_chunks().0.first_chunk().unwrap_or(&[[0; 4]; RECORD / 4]);
        numbers[at]
    }

    fn has(self, flag: u8) -> bool {
        self.0[4] & flag != 0
    }

    pub(super) fn first_step(self) -> u32 {
        u32::from_le_bytes(self.number(0))
    }

    pub(super) fn is_single(self) -> bool {
        self.has(SINGLE)
    }

    pub(super) fn begins_sentence(self) -> bool {
        self.has(BEGINS_SENTENCE)
    }

    /// What others can take back of it, as a bit of its kind; none where nothing can.
    pub(super) fn kind_excepted(self) -> u8 {
        if self.has(EXCEPTED) { self.0[5] } else { 0 }
    }

    /// What it takes back of others.
    pub(super) fn kind_it_excepts(self) -> u8 {
        if self.has(EXCEPTS) { self.0[5] } else { 0 }
    }

    pub(super) fn beginnings(self) -> Beginnings {
        let bits = whole(self.number(3), self.number(4));
        if self.has(OPEN) {
            return Beginnings::Letters(bits);
        }
        let count = u16::from_le_bytes([self.0[6], self.0[7]]);
        Beginnings::Words { all: WordSet { first: u32::from_le_bytes(self.number(2)), count }, bits }
    }

    pub(super) fn seconds(self) -> u64 {
        whole(self.number(5), self.number(6))
    }

    /// Whether a sentence can hold it.
    pub(super) fn can_be_in(self, sentence: &Guess) -> bool {
        let needs = |at: usize| Words::from_numbers(std::array::from_fn(|it| self.number(at + it)));
        sentence.can_hold(needs(7)) && sentence.can_hold(needs(11))
    }

    /// `None` where the row is not one of a phrase.
    pub(super) fn meaning<M: BorshDeserialize>(self) -> Option<M> {
        M::deserialize(&mut &self.0[RECORD - 4..]).ok()
    }
}
