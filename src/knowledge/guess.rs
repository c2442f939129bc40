//! First guesses of what a sentence can hold, as bits that several words share: they tell what is not there, and only guess
//! what is. Most phrases are turned away by them.

use super::packed::Number;
use super::program::{Parts, Program, Term};
use super::vocabulary::{UNKNOWN, WordId, word_bit};
use crate::document::words::TokenKind;

/// So many tokens are looked at together.
const CHUNK: usize = 64;

/// What a sentence holds.
#[derive(Default)]
pub(super) struct Guess {
    words: Words,
    /// By token, the [`word_bit`].
    bits: Vec<u64>,
    /// By token, the bits of what can be the next one for a phrase.
    nexts: Vec<u64>,
    /// Of each [`CHUNK`] of tokens, by bit, which of them have it.
    holders: Vec<[u64; 64]>,
    /// The first token that counts between the words of a phrase.
    first_word: usize,
}

impl Guess {
    /// Notes what a sentence holds.
    pub(super) fn look_at(&mut self, sentence: &[Term<'_>]) {
        let mut words = [1, 1];
        self.bits.clear();
        self.bits.extend(sentence.iter().map(|term| {
            let bit = word_bit(term.id);
            words[half_of(term.id)] |= bit;
            if term.kind != TokenKind::Number {
                return bit;
            }
            words[half_of(NUMBER)] |= word_bit(NUMBER);
            bit | word_bit(NUMBER)
        }));
        self.words = Words(words);
        self.first_word = sentence.iter().take_while(|term| term.is_passed_over()).count();
        self.nexts.clear();
        self.nexts.resize(sentence.len(), 0);
        let mut next = ALWAYS;
        for (at, term) in sentence.iter().enumerate().rev() {
            self.nexts[at] = next;
            let behind = if term.is_passed_over() { next } else { 0 };
            next = ALWAYS | self.bits[at] | behind;
        }
        self.holders.clear();
        for tokens in self.bits.chunks(CHUNK) {
            let mut holders = [0; 64];
            for (at, &bits) in tokens.iter().enumerate() {
                ones(bits).for_each(|bit| holders[bit] |= 1 << at);
            }
            self.holders.push(holders);
        }
    }

    /// The first token that counts between the words of a phrase: a phrase at the beginning of a sentence begins there
    /// or at a mark before it.
    pub(super) fn first_word(&self) -> usize {
        self.first_word
    }

    /// Whether it can hold one of some words.
    pub(super) fn can_hold(&self, words: Words) -> bool {
        self.words.0[0] & words.0[0] | self.words.0[1] & words.0[1] != 0
    }

    /// The tokens that can be one of the words of these bits, with such [`seconds`] behind them.
    pub(super) fn places(&self, bits: u64, seconds: u64) -> impl Iterator<Item = usize> {
        let of_chunk = move |(chunk, holders): (usize, &[u64; 64])| {
            ones(ones(bits).fold(0, |all, bit| all | holders[bit])).map(move |at| chunk * CHUNK + at)
        };
        let tokens = self.holders.iter().enumerate().flat_map(of_chunk);
        tokens.filter(move |&at| self.nexts[at] & seconds != 0)
    }

    /// Whether a phrase with such [`seconds`] can go on behind a token.
    pub(super) fn can_go_on(&self, token: usize, seconds: u64) -> bool {
        self.nexts[token] & seconds != 0
    }
}

/// The numbers of the bits that are set, the lowest first.
fn ones(mut bits: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let lowest = (bits != 0).then_some(bits.trailing_zeros() as usize);
        bits &= bits.wrapping_sub(1);
        lowest
    })
}

/// Which words a sentence or a part of a phrase holds.
#[derive(Clone, Copy, Default)]
pub(super) struct Words([u64; 2]);

impl Words {
    /// Any word at all.
    pub(super) const ANY: Self = Self([u64::MAX; 2]);

    pub(super) fn of_parts(parts: &Parts) -> Self {
        if !parts.prefixes.is_empty() {
            return Self::ANY;
        }
        let number = parts.number.then_some(NUMBER);
        let mut bits = [0; 2];
        parts.words.iter().copied().chain(number).for_each(|word| bits[half_of(word)] |= word_bit(word));
        Self(bits)
    }

    pub(super) fn to_bytes(self) -> impl Iterator<Item = u8> {
        self.0.into_iter().flat_map(u64::to_le_bytes)
    }

    pub(super) fn from_numbers([a, b, c, d]: [Number; 4]) -> Self {
        Self([whole(a, b), whole(c, d)])
    }
}

/// The two halves of some bits, the low one first.
pub(super) fn halves(bits: u64) -> [u32; 2] {
    let bytes = bits.to_le_bytes();
    [0, 4].map(|from| u32::from_le_bytes(std::array::from_fn(|at| bytes[from + at])))
}

/// What [`halves`] took apart.
pub(super) fn whole(low: Number, high: Number) -> u64 {
    u64::from(u32::from_le_bytes(high)) << 32 | u64::from(u32::from_le_bytes(low))
}

/// A bit for what a word or number begins with, which some share; all of them where it is no plain letter or digit.
pub(super) fn letter_bit(text: &[u8]) -> u64 {
    match text.first() {
        Some(letter) if letter.is_ascii_alphanumeric() => 1_u64.rotate_left(u32::from(letter | 0x20)),
        _ => u64::MAX,
    }
}

/// In which of two halves of bits a word stands.
fn half_of(word: WordId) -> usize {
    (word / 64 % 2) as usize
}

/// Shares its bit with all numbers.
const NUMBER: WordId = 77;

/// The bit of words that no phrase holds, which stands for what need not be there, too.
const ALWAYS: u64 = 1 << UNKNOWN;

/// The bits of what can stand behind the first word of a phrase; all where that can be anything or nothing.
pub(super) fn seconds(program: &Program, first: u32) -> u64 {
    let of = |parts: Parts| {
        let number = if parts.number { word_bit(NUMBER) } else { 0 };
        let is_open = !parts.prefixes.is_empty();
        if is_open { u64::MAX } else { parts.words.iter().fold(number, |bits, &it| bits | word_bit(it)) }
    };
    program.seconds(first).map_or(u64::MAX, of)
}
