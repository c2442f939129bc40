//! All words and phrases of all packs, in one place: one look at a word says which phrases can be near.

use std::cmp::Reverse;
use std::ops::Range;

use borsh::{BorshDeserialize, BorshSerialize};

use super::packed;
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
#[derive(Default, BorshSerialize, BorshDeserialize)]
struct Index {
    /// By word id: where its phrases begin in `phrases`; they end where those of the next word begin.
    #[borsh(serialize_with = "packed::write", deserialize_with = "packed::read")]
    starts: Vec<u32>,
    #[borsh(serialize_with = "packed::write", deserialize_with = "packed::read")]
    phrases: Vec<u32>,
    /// Beginnings of words with the phrase of each, sorted.
    prefixes: Vec<(String, u32)>,
    /// The bytes that prefixes begin with.
    first_letters: Vec<u8>,
    /// The phrases of numbers.
    numbers: Vec<u32>,
}

impl Index {
    /// Of phrases and the parts by which they are found.
    fn of(entries: &[(u32, Parts)], words: usize) -> Self {
        let mut by_word: Vec<(WordId, u32)> = Vec::new();
        let mut index = Self::default();
        for (phrase, parts) in entries {
            by_word.extend(parts.words.iter().map(|&word| (word, *phrase)));
            index.prefixes.extend(parts.prefixes.iter().map(|prefix| (prefix.clone(), *phrase)));
            if parts.number {
                index.numbers.push(*phrase);
            }
        }
        by_word.sort_unstable();
        index.prefixes.sort_unstable();
        index.first_letters = index.prefixes.iter().map(|(prefix, _)| prefix.as_bytes()[0]).collect();
        index.first_letters.dedup();
        index.phrases = by_word.iter().map(|&(_, phrase)| phrase).collect();
        let start = |word: usize| by_word.partition_point(|&(it, _)| (it as usize) < word);
        index.starts = (0..=words + 1).map(|word| u32::try_from(start(word)).unwrap_or(u32::MAX)).collect();
        index
    }

    /// The phrases of a token; `folded` is room to work in.
    fn each(&self, term: &Term<'_>, folded: &mut String, mut each: impl FnMut(u32)) {
        if term.kind == TokenKind::Number {
            self.numbers.iter().copied().for_each(&mut each);
        }
        if let Some(&[start, end]) = self.starts.get(term.id as usize..).and_then(<[_]>::first_chunk) {
            self.phrases[start as usize..end as usize].iter().copied().for_each(&mut each);
        }
        let first_letter = term.text.as_bytes().first().map_or(0, u8::to_ascii_lowercase);
        let may_be_prefixed = !first_letter.is_ascii() || self.first_letters.contains(&first_letter);
        if term.kind != TokenKind::Word || !may_be_prefixed {
            return;
        }
        fold_word(term.text, folded);
        // Every prefix has three letters at least.
        if let Some(key) = folded.as_bytes().first_chunk::<3>() {
            let first = self.prefixes.partition_point(|(prefix, _)| prefix.as_bytes()[..3] < key[..]);
            let near =
                self.prefixes[first..].iter().take_while(|(prefix, _)| prefix.as_bytes()[..3] == key[..]);
            near.filter(|(prefix, _)| folded.starts_with(prefix.as_str()))
                .for_each(|&(_, phrase)| each(phrase));
        }
    }
}

/// Phrases, each with a meaning, behind two indices: most by their first word, those that begin with common words by
/// the rarest word that they cannot be without.
#[derive(BorshSerialize, BorshDeserialize)]
pub struct Lexicon<M> {
    vocabulary: Vocabulary,
    program: Program,
    phrases: Vec<Entry<M>>,
    by_beginning: Index,
    by_anchor: Index,
}

#[derive(BorshSerialize, BorshDeserialize)]
struct Entry<M> {
    first_step: u32,
    /// Where to look for a phrase that was found by its anchor.
    beginnings: Beginnings,
    /// No sentence without one word of each has the phrase.
    needs: [Words; 2],
    meaning: M,
}

/// Which words a sentence or a part of a phrase holds, as bits: several words share one, so that it tells what is not
/// there and only guesses what is.
#[derive(Clone, Copy, BorshSerialize, BorshDeserialize)]
struct Words(u128);

impl Words {
    /// Any word at all.
    const ALL: Self = Self(u128::MAX);
    const NUMBER: u128 = 1;

    fn of_sentence(sentence: &[Term<'_>]) -> Self {
        Self(sentence.iter().fold(0, |bits, term| {
            let number = if term.kind == TokenKind::Number { Self::NUMBER } else { 0 };
            bits | number | Self::bit(term.id)
        }))
    }

    fn of_parts(parts: &Parts) -> Self {
        if !parts.prefixes.is_empty() {
            return Self::ALL;
        }
        let number = if parts.number { Self::NUMBER } else { 0 };
        Self(parts.words.iter().fold(number, |bits, &word| bits | Self::bit(word)))
    }

    fn bit(word: WordId) -> u128 {
        if word == UNKNOWN { 0 } else { 1 << (1 + word % 127) }
    }

    /// Whether a sentence can hold one of these.
    fn can_be_in(self, sentence: Self) -> bool {
        self.0 == Self::ALL.0 || self.0 & sentence.0 != 0
    }
}

/// Where in a sentence a phrase can begin.
#[derive(Clone, Copy, BorshSerialize, BorshDeserialize)]
enum Beginnings {
    /// At one of these words.
    Words(WordSet),
    /// At prefixes or numbers too: every place is tried.
    Anywhere,
}

/// Makes a lexicon.
pub struct LexiconBuilder<M> {
    compiler: Compiler,
    phrases: Vec<Entry<M>>,
    by_beginning: Vec<(u32, Parts)>,
    by_anchor: Vec<(u32, Parts)>,
}

impl<M> Default for LexiconBuilder<M> {
    fn default() -> Self {
        Self {
            compiler: Compiler::default(),
            phrases: Vec::new(),
            by_beginning: Vec::new(),
            by_anchor: Vec::new(),
        }
    }
}

impl<M> LexiconBuilder<M> {
    /// Adds a phrase.
    pub fn add(&mut self, phrase: &str, last_word: LastWord, meaning: M) -> Result<(), PhraseError> {
        /// So much rarer has an anchor to be that a second look at the sentence is worth it.
        const WORTH_IT: f32 = 0.5;
        let compiled = self.compiler.compile(phrase, last_word)?;
        let id = u32::try_from(self.phrases.len()).unwrap_or(u32::MAX);
        let parts = compiled.beginnings;
        let common = self.compiler.commonness(&parts);
        let beginnings = if parts.prefixes.is_empty() && !parts.number {
            Beginnings::Words(self.compiler.set(&parts.words))
        } else {
            Beginnings::Anywhere
        };
        let mut anchors = compiled.anchors.into_iter().peekable();
        let (index, looked_for) = match anchors.next_if(|it| it.commonness < common * WORTH_IT) {
            Some(anchor) => (&mut self.by_anchor, anchor.parts),
            None => (&mut self.by_beginning, parts),
        };
        // What it is found by is there anyway.
        let mut others =
            anchors.map(|it| it.parts).filter(|it| *it != looked_for).map(|it| Words::of_parts(&it));
        let mut next = || others.next().unwrap_or(Words::ALL);
        let needs = [next(), next()];
        index.push((id, looked_for));
        self.phrases.push(Entry { first_step: compiled.first, beginnings, needs, meaning });
        Ok(())
    }

    /// What was added, ready to be looked for.
    pub fn finish(self) -> Lexicon<M> {
        let Compiler { program, vocabulary, .. } = self.compiler;
        let words = vocabulary.len();
        Lexicon {
            by_beginning: Index::of(&self.by_beginning, words),
            by_anchor: Index::of(&self.by_anchor, words),
            phrases: self.phrases,
            vocabulary,
            program,
        }
    }
}

/// Room to work in while one passage is searched.
#[derive(Default)]
pub struct Scratch {
    folded: String,
    candidates: Vec<u32>,
    waiting: Waiting,
    found: Vec<(usize, usize, u32)>,
}

impl<M: Copy> Lexicon<M> {
    /// The id of a token's word.
    pub fn word_id(&self, token: Token, visible: &str, buffer: &mut String) -> WordId {
        match token.kind {
            TokenKind::Number | TokenKind::Mark => self.vocabulary.number(token.text(visible)),
            TokenKind::Word => {
                let text = token.text(visible);
                if text.bytes().all(|it| it.is_ascii_lowercase()) {
                    return self.vocabulary.number(text);
                }
                fold_word(token.text(visible), buffer);
                let known = self.vocabulary.number(buffer);
                match buffer.strip_suffix("'s") {
                    // `the pack's cover`: a possessive is the word itself where it is not listed by its own.
                    Some(stem) if known == UNKNOWN => self.vocabulary.number(stem),
                    _ => known,
                }
            }
        }
    }

    /// Finds every phrase that begins anywhere in one sentence: by first token, the longest first.
    pub fn find(&self, sentence: &[Term<'_>], scratch: &mut Scratch, mut found: impl FnMut(Hit<M>)) {
        let Scratch { folded, candidates, waiting, found: places } = scratch;
        candidates.clear();
        places.clear();
        let words = Words::of_sentence(sentence);
        let can_be_there = |entry: &Entry<M>| entry.needs.iter().all(|needed| needed.can_be_in(words));
        for (start, term) in sentence.iter().enumerate() {
            self.by_beginning.each(term, folded, |id| {
                let entry = &self.phrases[id as usize];
                if can_be_there(entry)
                    && let Some(end) = self.program.match_at(entry.first_step, sentence, start, waiting)
                {
                    places.push((start, end, id));
                }
            });
            self.by_anchor.each(term, folded, |id| {
                if can_be_there(&self.phrases[id as usize]) {
                    candidates.push(id);
                }
            });
        }
        candidates.sort_unstable();
        candidates.dedup();
        for &id in candidates.iter() {
            let entry = &self.phrases[id as usize];
            let can_begin = |term: &Term<'_>| match entry.beginnings {
                Beginnings::Words(set) => {
                    term.id != UNKNOWN && self.program.members(set).binary_search(&term.id).is_ok()
                }
                Beginnings::Anywhere => true,
            };
            for start in (0..sentence.len()).filter(|&it| can_begin(&sentence[it])) {
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
        let mut buffer = String::new();
        let terms: Vec<_> = tokens
            .iter()
            .map(|&token| Term {
                id: lexicon.word_id(token, text, &mut buffer),
                kind: token.kind,
                text: token.text(text),
            })
            .collect();
        let mut first = None;
        lexicon.find(&terms, &mut Scratch::default(), |hit| {
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
    }

    #[test]
    fn refuses_phrases_that_begin_anywhere() {
        let mut lexicon = LexiconBuilder::default();
        assert!(lexicon.add("... toxins", LastWord::AsWritten, ()).is_err());
        assert!(lexicon.add("(a b", LastWord::AsWritten, ()).is_err());
        assert!(lexicon.add("the? _", LastWord::AsWritten, ()).is_err());
        assert!(lexicon.add("", LastWord::AsWritten, ()).is_err());
    }
}
