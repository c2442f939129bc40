//! Which phrases a token can belong to: by its word, by how it begins, or as a number.

use std::ops::Range;

use super::packed::{Number, Numbers, Texts};
use super::program::{Parts, Term};
use super::vocabulary::UNKNOWN;
use crate::document::words::{TokenKind, fold_word};

/// A phrase, and by the highest bit whether the token is its anchor rather than its beginning.
pub(super) type Place = u32;

pub(super) const ANCHOR: Place = 1 << 31;

/// Phrases by the tokens that they are found by.
#[derive(Default)]
pub(super) struct Index {
    words: Drawers,
    /// By [`drawer_of`] the first letters.
    prefixes: Drawers,
    /// What a word begins with, in the order of the places of `prefixes`.
    beginnings: Texts,
    numbers: Numbers,
}

/// Places in numbered drawers.
#[derive(Default)]
struct Drawers {
    /// Where the places of a drawer begin; they end where those of the next one begin.
    starts: Numbers,
    places: Numbers,
}

impl Drawers {
    /// Of the drawers of places, sorted by them.
    fn of(sorted: impl Iterator<Item = (usize, Place)> + Clone, count: usize) -> Self {
        let mut starts = vec![0_u32; count + 1];
        sorted.clone().for_each(|(drawer, _)| starts[drawer + 1] += 1);
        (0..count).for_each(|drawer| starts[drawer + 1] += starts[drawer]);
        Self { starts: starts.into_iter().collect(), places: sorted.map(|it| it.1).collect() }
    }

    fn range(&self, drawer: usize) -> Range<usize> {
        match self.starts.all().get(drawer..).and_then(<[_]>::first_chunk) {
            Some(&[start, end]) => u32::from_le_bytes(start) as usize..u32::from_le_bytes(end) as usize,
            None => 0..0,
        }
    }

    fn write(&self, out: &mut Vec<u8>) {
        self.starts.write(out);
        self.places.write(out);
    }

    fn read(bytes: &mut &'static [u8]) -> Option<Self> {
        Some(Self { starts: Numbers::read(bytes)?, places: Numbers::read(bytes)? })
    }
}

impl Index {
    /// Of phrases and the parts by which they are found.
    pub(super) fn of(entries: &[(Place, Parts)], words: usize) -> Self {
        let mut by_word: Vec<(usize, Place)> = Vec::new();
        let mut by_prefix: Vec<(usize, &String, Place)> = Vec::new();
        let mut numbers = Vec::new();
        for (place, parts) in entries {
            by_word.extend(parts.words.iter().map(|&word| (word as usize, *place)));
            let prefixes = parts.prefixes.iter();
            by_prefix.extend(prefixes.map(|it| (drawer_of(it).unwrap_or(ODD), it, *place)));
            numbers.extend(parts.number.then_some(*place));
        }
        by_word.sort_unstable();
        by_prefix.sort_unstable();
        Self {
            words: Drawers::of(by_word.iter().copied(), words + 1),
            prefixes: Drawers::of(by_prefix.iter().map(|&(drawer, _, place)| (drawer, place)), ODD + 1),
            beginnings: by_prefix.into_iter().map(|(_, prefix, _)| prefix.as_str()).collect(),
            numbers: numbers.into_iter().collect(),
        }
    }

    pub(super) fn write(&self, out: &mut Vec<u8>) {
        self.words.write(out);
        self.prefixes.write(out);
        self.beginnings.write(out);
        self.numbers.write(out);
    }

    pub(super) fn read(bytes: &mut &'static [u8]) -> Option<Self> {
        Some(Self {
            words: Drawers::read(bytes)?,
            prefixes: Drawers::read(bytes)?,
            beginnings: Texts::read(bytes)?,
            numbers: Numbers::read(bytes)?,
        })
    }

    /// The phrases that are found by the word of a token.
    pub(super) fn of_word(&self, term: &Term<'_>) -> &[Number] {
        &self.words.places.all()[self.words.range(term.id as usize)]
    }

    /// Adds the phrases that are found by its being a number, or by how a word begins that no phrase holds: those of words
    /// that some phrase holds are found by the word. `room` is a text to work in.
    pub(super) fn add_others(&self, term: &Term<'_>, room: &mut String, found: &mut Vec<Number>) {
        match term.kind {
            TokenKind::Number => found.extend(self.numbers.all()),
            TokenKind::Word if term.id == UNKNOWN && FIRST_LETTERS <= term.text.len() => {
                self.add_beginnings(term.text, room, found);
            }
            TokenKind::Word | TokenKind::Mark => {}
        }
    }

    fn add_beginnings(&self, word: &str, room: &mut String, found: &mut Vec<Number>) {
        let drawer = drawer_of(word);
        if drawer.is_some_and(|drawer| self.prefixes.range(drawer).is_empty()) {
            return;
        }
        let is_plain = drawer.is_some() && word.bytes().all(|it| it.is_ascii_alphanumeric());
        if !is_plain {
            fold_word(word, room);
        }
        let word = if is_plain { word } else { room };
        let near = self.prefixes.range(drawer.or_else(|| drawer_of(word)).unwrap_or(ODD));
        for at in near {
            let beginning = self.beginnings.get(at);
            let start = word.as_bytes().get(..beginning.len());
            if start.is_some_and(|it| it.eq_ignore_ascii_case(beginning.as_bytes())) {
                found.push(self.prefixes.places.all()[at]);
            }
        }
    }
}

/// So many letters every beginning of words has at least.
const FIRST_LETTERS: usize = 3;
/// The drawer of what does not begin with plain letters.
const ODD: usize = 2048;

/// The drawer of a word by its first letters, which some share; none where they are not plain letters.
fn drawer_of(word: &str) -> Option<usize> {
    let letters = word.as_bytes().first_chunk::<FIRST_LETTERS>()?;
    letters.iter().try_fold(0, |drawer, letter| {
        letter.is_ascii_alphabetic().then_some((drawer * 23 + usize::from(letter | 0x20)) % ODD)
    })
}
