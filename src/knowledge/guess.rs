//! First guesses of what a sentence can hold, as bits that several words share: they tell what is not there, and only guess
//! what is. Most phrases are turned away by them.

use super::packed::Number;
use super::program::{Parts, Program, Term};
use super::vocabulary::{UNKNOWN, WordId};
use crate::document::words::TokenKind;

/// What a sentence holds.
#[derive(Default)]
pub(super) struct Guess {
    words: Words,
    /// By token, the [`word_bit`].
    bits: Vec<u64>,
    /// By token, the bits of what can be the next one for a phrase.
    nexts: Vec<u64>,
}

impl Guess {
    /// Notes what a sentence holds.
    pub(super) fn look_at(&mut self, sentence: &[Term<'_>]) {
        let number = |term: &Term<'_>| if term.kind == TokenKind::Number { NUMBER_BIT } else { 0 };
        self.bits.clear();
        self.bits.extend(sentence.iter().map(|term| word_bit(term.id) | number(term)));
        self.nexts.clear();
        self.nexts.resize(sentence.len(), ALWAYS);
        for at in (1..sentence.len()).rev() {
            let behind = if sentence[at].is_passed_over() { self.nexts[at] } else { 0 };
            self.nexts[at - 1] |= self.bits[at] | behind;
        }
        self.words = Words::of_sentence(sentence);
    }

    /// Whether it can hold one of some words.
    pub(super) fn can_hold(&self, words: Words) -> bool {
        self.words.0 & words.0 != 0
    }

    /// Whether a token can be one of the words of these bits.
    pub(super) fn can_be(&self, token: usize, bits: u64) -> bool {
        self.bits[token] & bits != 0
    }

    /// Whether a phrase with such [`seconds`] can go on behind a token.
    pub(super) fn can_go_on(&self, token: usize, seconds: u64) -> bool {
        self.nexts[token] & seconds != 0
    }
}

/// Which words a sentence or a part of a phrase holds.
#[derive(Clone, Copy, Default)]
pub(super) struct Words(u128);

impl Words {
    /// Any word at all.
    pub(super) const ANY: Self = Self(u128::MAX);
    /// Stands for what every sentence holds.
    const ALWAYS: u128 = 1;
    const NUMBER: u128 = 2;

    fn of_sentence(sentence: &[Term<'_>]) -> Self {
        Self(sentence.iter().fold(Self::ALWAYS, |bits, term| {
            let number = if term.kind == TokenKind::Number { Self::NUMBER } else { 0 };
            bits | number | Self::bit(term.id)
        }))
    }

    pub(super) fn of_parts(parts: &Parts) -> Self {
        if !parts.prefixes.is_empty() {
            return Self::ANY;
        }
        let number = if parts.number { Self::NUMBER } else { 0 };
        Self(parts.words.iter().fold(number, |bits, &word| bits | Self::bit(word)))
    }

    fn bit(word: WordId) -> u128 {
        if word == UNKNOWN { 0 } else { 4 << (word % 126) }
    }

    pub(super) fn to_numbers(self) -> [u32; 4] {
        let bytes = self.0.to_le_bytes();
        std::array::from_fn(|at| u32::from_le_bytes(std::array::from_fn(|byte| bytes[at * 4 + byte])))
    }

    pub(super) fn from_numbers(numbers: [Number; 4]) -> Self {
        Self(u128::from_le_bytes(*numbers.as_flattened().first_chunk().unwrap_or(&[0; 16])))
    }
}

/// One bit for a word, which it shares with others; none for words that no phrase holds.
pub(super) fn word_bit(word: WordId) -> u64 {
    if word == UNKNOWN { 0 } else { 1 << (word % 62) }
}

/// The bit of all numbers, besides those of their words.
const NUMBER_BIT: u64 = 1 << 63;

/// The bit of what need not be there.
const ALWAYS: u64 = 1 << 62;

/// The bits of what can stand behind the first word of a phrase; all where that can be anything or nothing.
pub(super) fn seconds(program: &Program, first: u32) -> u64 {
    let of = |parts: Parts| {
        let number = if parts.number { NUMBER_BIT } else { 0 };
        let is_open = !parts.prefixes.is_empty();
        if is_open { u64::MAX } else { parts.words.iter().fold(number, |bits, &it| bits | word_bit(it)) }
    };
    program.seconds(first).map_or(u64::MAX, of)
}
