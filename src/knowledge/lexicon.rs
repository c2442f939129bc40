//! All words and phrases of all packs, in one place: one look at a word says which phrases can be near.

use std::cmp::Reverse;
use std::ops::Range;

use borsh::{BorshDeserialize, BorshSerialize};

use super::packed::{self, Number};
use super::packs::Sets;
use super::phrase::{Compiler, LastWord, PhraseError};
use super::program::{Parts, Program, Waiting, WordSet};
use super::vocabulary::{UNKNOWN, Vocabulary};
use crate::document::words::{Token, TokenKind, fold_word};

pub use super::program::Term;
pub use super::vocabulary::WordId;

/// A phrase found in a sentence: what it means, and its tokens within that sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit<M> {
    /// What the pack says that the phrase means.
    pub meaning: M,
    /// Token indices within the sentence.
    pub tokens: Range<usize>,
}

/// Which phrases a token can belong to.
#[derive(Default)]
struct Index {
    /// By word id: where its phrases begin in `places`; they end where those of the next word begin.
    starts: Vec<u32>,
    places: Vec<Place>,
    /// Beginnings of words with the phrase of each, sorted.
    prefixes: Vec<(String, Place)>,
    /// One bit for all prefixes whose first letters share a [`bit_of`].
    first_letters: Vec<u32>,
    /// The phrases of numbers.
    numbers: Vec<Place>,
}

/// A phrase, and by the highest bit whether the token is its anchor rather than its beginning.
type Place = u32;

const ANCHOR: Place = 1 << 31;

/// So many letters every prefix has at least.
const FIRST_LETTERS: usize = 3;

impl Index {
    /// Of phrases and the parts by which they are found.
    fn of(entries: &[(Place, Parts)], words: usize) -> Self {
        let mut by_word: Vec<(WordId, Place)> = Vec::new();
        let mut index = Self { first_letters: vec![0; FIRST_LETTER_BITS / 32], ..Self::default() };
        for (place, parts) in entries {
            by_word.extend(parts.words.iter().map(|&word| (word, *place)));
            index.prefixes.extend(parts.prefixes.iter().map(|prefix| (prefix.clone(), *place)));
            if parts.number {
                index.numbers.push(*place);
            }
        }
        by_word.sort_unstable();
        index.prefixes.sort_unstable();
        for (prefix, _) in &index.prefixes {
            match bit_of(prefix) {
                Some(bit) => index.first_letters[bit / 32] |= 1 << (bit % 32),
                None => index.first_letters.fill(u32::MAX),
            }
        }
        index.places = by_word.iter().map(|&(_, place)| place).collect();
        let start = |word: usize| by_word.partition_point(|&(it, _)| (it as usize) < word);
        index.starts = (0..=words + 1).map(|word| u32::try_from(start(word)).unwrap_or(u32::MAX)).collect();
        index
    }

    fn write(&self, out: &mut Vec<u8>) {
        for numbers in [&self.starts, &self.places, &self.first_letters, &self.numbers] {
            packed::write(numbers, out);
        }
        packed::write_texts(self.prefixes.iter().map(|it| &it.0).collect::<Vec<_>>().into_iter(), out);
        packed::write(&self.prefixes.iter().map(|it| it.1).collect::<Vec<Place>>(), out);
    }

    fn read(bytes: &mut &[u8]) -> Option<Self> {
        let [starts, places, first_letters, numbers] =
            [packed::read(bytes)?, packed::read(bytes)?, packed::read(bytes)?, packed::read(bytes)?];
        let prefixes = packed::read_texts(bytes)?.into_iter().zip(packed::read(bytes)?).collect();
        Some(Self { starts, places, prefixes, first_letters, numbers })
    }

    /// The phrases of a token; `folded` is room to work in.
    fn each(&self, term: &Term<'_>, folded: &mut String, mut each: impl FnMut(Place)) {
        match term.kind {
            TokenKind::Number => self.numbers.iter().copied().for_each(&mut each),
            TokenKind::Word if self.may_be_prefixed(term.text) => {
                fold_word(term.text, folded);
                if let Some(key) = folded.as_bytes().first_chunk::<FIRST_LETTERS>() {
                    let letters =
                        |prefix: &str| *prefix.as_bytes().first_chunk().unwrap_or(&[0; FIRST_LETTERS]);
                    let first = self.prefixes.partition_point(|(prefix, _)| letters(prefix) < *key);
                    let near =
                        self.prefixes[first..].iter().take_while(|(prefix, _)| letters(prefix) == *key);
                    near.filter(|(prefix, _)| folded.starts_with(prefix.as_str()))
                        .for_each(|&(_, place)| each(place));
                }
            }
            TokenKind::Word | TokenKind::Mark => {}
        }
        if let Some(&[start, end]) = self.starts.get(term.id as usize..).and_then(<[_]>::first_chunk) {
            self.places[start as usize..end as usize].iter().copied().for_each(&mut each);
        }
    }

    fn may_be_prefixed(&self, word: &str) -> bool {
        bit_of(word).is_none_or(|bit| self.first_letters[bit / 32] & 1 << (bit % 32) != 0)
    }
}

const FIRST_LETTER_BITS: usize = 2048;

/// The bit of a word's first letters; none where they are not plain letters.
fn bit_of(word: &str) -> Option<usize> {
    let letters = word.as_bytes().first_chunk::<FIRST_LETTERS>()?;
    letters.iter().try_fold(0, |bit, letter| {
        letter
            .is_ascii_alphabetic()
            .then_some((bit * 23 + usize::from(letter.to_ascii_lowercase())) % FIRST_LETTER_BITS)
    })
}

/// Phrases, each with a meaning, behind an index: most by their first word, those that begin with common words by the
/// rarest word that they cannot be without.
pub struct Lexicon<M> {
    vocabulary: Vocabulary,
    program: Program,
    phrases: Vec<Entry<M>>,
    index: Index,
}

struct Entry<M> {
    first_step: u32,
    /// Whether it is one word or number, of which nothing more has to be known.
    is_single: bool,
    /// Where to look for a phrase that was found by its anchor.
    beginnings: Beginnings,
    /// No sentence without one word of each has the phrase.
    needs: [Words; 2],
    meaning: M,
}

/// An entry as numbers, without its meaning.
const ROW: usize = 14;

impl<M> Entry<M> {
    fn to_row(&self) -> [u32; ROW] {
        let [a, b] = self.needs.map(Words::to_numbers);
        let (all, bits, is_anywhere) = match self.beginnings {
            Beginnings::Words { all, bits } => (all, bits, false),
            Beginnings::Anywhere => (WordSet::default(), 0, true),
        };
        let [low, high] = halves(bits);
        let kind = u32::from(self.is_single) | u32::from(is_anywhere) << 1;
        let first = [self.first_step, kind, all.first, u32::from(all.count), low, high];
        std::array::from_fn(|at| match at {
            0..6 => first[at],
            6..10 => a[at - 6],
            _ => b[at - 10],
        })
    }

    fn from_row(&row: &[Number; ROW], meaning: M) -> Self {
        let [first_step, kind, first, count, low, high, a0, a1, a2, a3, b0, b1, b2, b3] = row;
        let ([kind, ..], [low_count, high_count, ..]) = (kind, count);
        let number = u32::from_le_bytes;
        let all = WordSet { first: number(first), count: u16::from_le_bytes([low_count, high_count]) };
        let bits = u64::from(number(high)) << 32 | u64::from(number(low));
        Self {
            first_step: number(first_step),
            is_single: kind & 1 != 0,
            beginnings: if kind & 2 == 0 { Beginnings::Words { all, bits } } else { Beginnings::Anywhere },
            needs: [[a0, a1, a2, a3], [b0, b1, b2, b3]].map(Words::from_numbers),
            meaning,
        }
    }
}

fn halves(bits: u64) -> [u32; 2] {
    let bytes = bits.to_le_bytes();
    [0, 4].map(|from| u32::from_le_bytes(std::array::from_fn(|at| bytes[from + at])))
}

/// Which words a sentence or a part of a phrase holds, as bits: several words share one, so that it tells what is not
/// there and only guesses what is.
#[derive(Clone, Copy)]
struct Words(u128);

impl Words {
    /// Any word at all.
    const ANY: Self = Self(u128::MAX);
    /// Stands for what every sentence holds.
    const ALWAYS: u128 = 1;
    const NUMBER: u128 = 2;

    fn of_sentence(sentence: &[Term<'_>]) -> Self {
        Self(sentence.iter().fold(Self::ALWAYS, |bits, term| {
            let number = if term.kind == TokenKind::Number { Self::NUMBER } else { 0 };
            bits | number | Self::bit(term.id)
        }))
    }

    fn of_parts(parts: &Parts) -> Self {
        if !parts.prefixes.is_empty() {
            return Self::ANY;
        }
        let number = if parts.number { Self::NUMBER } else { 0 };
        Self(parts.words.iter().fold(number, |bits, &word| bits | Self::bit(word)))
    }

    fn bit(word: WordId) -> u128 {
        if word == UNKNOWN { 0 } else { 4 << (word % 126) }
    }

    fn to_numbers(self) -> [u32; 4] {
        let bytes = self.0.to_le_bytes();
        std::array::from_fn(|at| u32::from_le_bytes(std::array::from_fn(|byte| bytes[at * 4 + byte])))
    }

    fn from_numbers(numbers: [Number; 4]) -> Self {
        Self(u128::from_le_bytes(*numbers.as_flattened().first_chunk().unwrap_or(&[0; 16])))
    }

    /// Whether a sentence can hold one of these.
    fn can_be_in(self, sentence: Self) -> bool {
        self.0 & sentence.0 != 0
    }
}

/// One bit for a word, which it shares with others; none for words that no phrase holds.
fn word_bit(word: WordId) -> u64 {
    if word == UNKNOWN { 0 } else { 1 << (word % 64) }
}

/// Where in a sentence a phrase can begin.
#[derive(Clone, Copy)]
enum Beginnings {
    /// At one of these words, of which the bits are a first guess.
    Words { all: WordSet, bits: u64 },
    /// At prefixes or numbers too: every place is tried.
    Anywhere,
}

/// Makes a lexicon.
pub struct LexiconBuilder<M> {
    compiler: Compiler,
    phrases: Vec<Entry<M>>,
    /// What each is found by.
    places: Vec<(Place, Parts)>,
}

impl<M> Default for LexiconBuilder<M> {
    fn default() -> Self {
        Self { compiler: Compiler::default(), phrases: Vec::new(), places: Vec::new() }
    }
}

impl<M> LexiconBuilder<M> {
    /// A lexicon whose phrases can name these sets.
    pub fn with(sets: Sets) -> Self {
        let mut builder = Self::default();
        builder.compiler.sets = sets;
        builder
    }

    /// Adds a phrase.
    pub fn add(&mut self, phrase: &str, last_word: LastWord, meaning: M) -> Result<(), PhraseError> {
        /// So much rarer has an anchor to be that a second look at the sentence is worth it.
        const WORTH_IT: f32 = 0.5;
        let compiled = self.compiler.compile(phrase, last_word)?;
        let id = u32::try_from(self.phrases.len()).unwrap_or(u32::MAX);
        let parts = compiled.beginnings;
        let common = self.compiler.commonness(&parts);
        let beginnings = if parts.prefixes.is_empty() && !parts.number {
            let bits = parts.words.iter().fold(0, |bits, &word| bits | word_bit(word));
            Beginnings::Words { all: self.compiler.set(&parts.words), bits }
        } else {
            Beginnings::Anywhere
        };
        let mut anchors = compiled.anchors.into_iter().peekable();
        let (place, looked_for) = match anchors.next_if(|it| it.commonness < common * WORTH_IT) {
            Some(anchor) => (id | ANCHOR, anchor.parts),
            None => (id, parts),
        };
        // What it is found by is there anyway.
        let mut others =
            anchors.map(|it| it.parts).filter(|it| *it != looked_for).map(|it| Words::of_parts(&it));
        let mut next = || others.next().unwrap_or(Words::ANY);
        let needs = [next(), next()];
        self.places.push((place, looked_for));
        self.phrases.push(Entry {
            first_step: compiled.first,
            is_single: compiled.is_single,
            beginnings,
            needs,
            meaning,
        });
        Ok(())
    }

    /// What was added, ready to be looked for.
    pub fn finish(self) -> Lexicon<M> {
        let Compiler { program, vocabulary, .. } = self.compiler;
        let words = vocabulary.len();
        Lexicon { index: Index::of(&self.places, words), phrases: self.phrases, vocabulary, program }
    }
}

/// Room to work in, kept from one passage to the next.
#[derive(Default)]
pub struct Scratch {
    folded: String,
    candidates: Vec<u32>,
    /// By token, the [`word_bit`].
    bits: Vec<u64>,
    waiting: Waiting,
    found: Vec<(usize, usize, u32)>,
}

impl<M: BorshSerialize + BorshDeserialize> Lexicon<M> {
    /// Appends it to bytes.
    pub fn write(&self, out: &mut Vec<u8>) {
        self.vocabulary.write(out);
        self.program.write(out);
        self.index.write(out);
        packed::write(&self.phrases.iter().flat_map(Entry::to_row).collect::<Vec<u32>>(), out);
        let meanings: Vec<u8> =
            self.phrases.iter().flat_map(|it| borsh::to_vec(&it.meaning).unwrap_or_default()).collect();
        packed::write_bytes(&meanings, out);
    }

    /// Takes what [`Lexicon::write`] wrote; `None` where the bytes are not that.
    pub fn read(bytes: &mut &[u8]) -> Option<Self> {
        let vocabulary = Vocabulary::read(bytes)?;
        let program = Program::read(bytes)?;
        let index = Index::read(bytes)?;
        let rows = packed::read_rows(bytes)?;
        let mut meanings = packed::read_bytes(bytes)?;
        let mut phrases = Vec::with_capacity(rows.len());
        for row in rows {
            phrases.push(Entry::from_row(row, M::deserialize(&mut meanings).ok()?));
        }
        Some(Self { vocabulary, program, phrases, index })
    }
}

impl<M: Copy> Lexicon<M> {
    /// The id of a token's word.
    pub fn word_id(&self, token: Token, visible: &str, scratch: &mut Scratch) -> WordId {
        let text = &visible.as_bytes()[token.start as usize..token.end as usize];
        match token.kind {
            TokenKind::Word if token.is_plain => {
                self.vocabulary.find(token.hash, |known| known == text || known.eq_ignore_ascii_case(text))
            }
            TokenKind::Number | TokenKind::Mark => self.vocabulary.find(token.hash, |known| known == text),
            TokenKind::Word => {
                let folded = &mut scratch.folded;
                fold_word(token.text(visible), folded);
                let known = self.vocabulary.find(token.hash, |known| known == folded.as_bytes());
                match folded.strip_suffix("'s") {
                    // `the pack's cover`: a possessive is the word itself where it is not listed by its own.
                    Some(stem) if known == UNKNOWN => self.vocabulary.number(stem),
                    _ => known,
                }
            }
        }
    }

    /// Finds every phrase that begins anywhere in one sentence: by first token, the longest first.
    pub fn find(&self, sentence: &[Term<'_>], scratch: &mut Scratch, mut found: impl FnMut(Hit<M>)) {
        let Scratch { folded, candidates, bits, waiting, found: places } = scratch;
        candidates.clear();
        places.clear();
        let words = Words::of_sentence(sentence);
        let can_be_there = |entry: &Entry<M>| entry.needs.iter().all(|needed| needed.can_be_in(words));
        for (start, term) in sentence.iter().enumerate() {
            self.index.each(term, folded, |place| {
                let id = place & !ANCHOR;
                let entry = &self.phrases[id as usize];
                if !can_be_there(entry) {
                    return;
                }
                if entry.is_single {
                    places.push((start, start + 1, id));
                } else if place == id {
                    let end = self.program.match_at(entry.first_step, sentence, start, waiting);
                    places.extend(end.map(|end| (start, end, id)));
                } else {
                    candidates.push(id);
                }
            });
        }
        candidates.sort_unstable();
        candidates.dedup();
        bits.clear();
        if !candidates.is_empty() {
            bits.extend(sentence.iter().map(|term| word_bit(term.id)));
        }
        for &id in candidates.iter() {
            let entry = &self.phrases[id as usize];
            let can_begin = |at: usize| match entry.beginnings {
                Beginnings::Words { all, bits: guess } => {
                    bits[at] & guess != 0 && self.program.has_member(all, sentence[at].id)
                }
                Beginnings::Anywhere => true,
            };
            for start in (0..sentence.len()).filter(|&it| can_begin(it)) {
                let end = self.program.match_at(entry.first_step, sentence, start, waiting);
                places.extend(end.map(|end| (start, end, id)));
            }
        }
        places.sort_unstable_by_key(|&(start, end, id)| (start, Reverse(end), id));
        for &(start, end, id) in places.iter() {
            found(Hit { meaning: self.phrases[id as usize].meaning, tokens: start..end });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::words::tokens;

    fn matches(phrase: &str, text: &str) -> Option<String> {
        let mut builder = LexiconBuilder::default();
        builder.add(phrase, LastWord::AsWritten, ()).unwrap();
        let lexicon = builder.finish();
        let tokens = tokens(text);
        let mut scratch = Scratch::default();
        let terms: Vec<_> = tokens
            .iter()
            .map(|&token| {
                let id = lexicon.word_id(token, text, &mut scratch);
                Term::new(id, token.kind, token.text(text))
            })
            .collect();
        let mut first = None;
        lexicon.find(&terms, &mut scratch, |hit| {
            let range = tokens[hit.tokens.start].start as usize..tokens[hit.tokens.end - 1].end as usize;
            first.get_or_insert_with(|| text[range].to_owned());
        });
        first
    }

    #[test]
    fn finds_phrases_through_hyphens_forms_gaps_and_choices() {
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(matches("hot water bottle", "A hot-water bottle."), some("hot-water bottle"));
        assert_eq!(
            matches("flush~ ... toxin~", "It flushes the nasty toxins out"),
            some("flushes the nasty toxins")
        );
        assert_eq!(matches("flush~ ..1 toxin~", "It flushes all the nasty toxins out"), None);
        assert_eq!(
            matches("flush~ ..12 $", "flush it all out with one more glass"),
            some("flush it all out with one more glass")
        );
        assert_eq!(matches("\\( add link \\)", "times (add link)"), some("(add link)"));
        assert_eq!(matches("\\( add link \\)", "add link"), None);
        assert_eq!(matches("(draw|pull)~ out", "pulling out"), some("pulling out"));
        assert_eq!(matches("(draw|pull) (it|them)? out", "they draw out"), some("draw out"));
        assert_eq!(matches("=TENS", "tens of"), None);
        assert_eq!(matches("=RICE method", "the R.I.C.E. method"), some("R.I.C.E. method"));
        assert_eq!(matches("^ here is", "Here is"), some("Here is"));
        assert_eq!(matches("^ here is", "And here is"), None);
        assert_eq!(matches("coming soon $", "Content coming soon."), some("coming soon"));
        assert_eq!(matches("detox*", "Detoxifying"), some("Detoxifying"));
        assert_eq!(matches("no pain ,? no gain", "No pain, no gain"), some("No pain, no gain"));
        assert_eq!(matches("ice for # minutes", "ice for 20 minutes"), some("ice for 20 minutes"));
        assert_eq!(matches("the pack", "the pack's cover"), some("the pack's"));
        assert_eq!(matches("(100%|fully) safe", "It is 100% safe"), some("100% safe"));
    }

    #[test]
    fn refuses_phrases_that_begin_anywhere() {
        let mut lexicon = LexiconBuilder::default();
        assert!(lexicon.add("... toxins", LastWord::AsWritten, ()).is_err());
        assert!(lexicon.add("(a b", LastWord::AsWritten, ()).is_err());
        assert!(lexicon.add("the? _", LastWord::AsWritten, ()).is_err());
        assert!(lexicon.add("", LastWord::AsWritten, ()).is_err());
        assert!(lexicon.add("ice@home", LastWord::AsWritten, ()).is_err());
    }
}
