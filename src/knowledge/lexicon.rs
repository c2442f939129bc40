//! All words and phrases of all packs, in one place: one look at a word says which phrases can be near.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::ops::Range;

use foldhash::fast::FixedState;

use super::commonness;
use super::phrase::{Beginnings, LastWord, Phrase, PhraseError, Term, UNKNOWN, WordId};
use crate::document::words::{Token, TokenKind, fold_word};

/// A phrase found in a sentence: what it means, and its tokens within that sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit<M> {
    /// What the pack says that the phrase means.
    pub meaning: M,
    /// Token indices within the sentence.
    pub tokens: Range<usize>,
}

/// A prefix, and the phrase that may begin with it.
type Prefixed = (Box<str>, u32);

/// Which phrases a token can belong to.
#[derive(Default)]
struct Index {
    /// By word id.
    words: Vec<Vec<u32>>,
    /// By the first three letters: prefix and phrase.
    prefixes: HashMap<[u8; 3], Vec<Prefixed>, FixedState>,
    numbers: Vec<u32>,
}

impl Index {
    fn add(&mut self, id: u32, words: &[WordId], prefixes: &[String], number: bool) {
        for &word in words {
            let word = word as usize;
            if self.words.len() <= word {
                self.words.resize(word + 1, Vec::new());
            }
            self.words[word].push(id);
        }
        for prefix in prefixes {
            let mut key = [0; 3];
            key.copy_from_slice(&prefix.as_bytes()[..3]);
            self.prefixes.entry(key).or_default().push((prefix.as_str().into(), id));
        }
        if number {
            self.numbers.push(id);
        }
    }

    /// The phrases of a token; `folded` is its word in lower case.
    fn of(&self, term: &Term<'_>, folded: &str, mut each: impl FnMut(u32)) {
        if term.kind == TokenKind::Number {
            self.numbers.iter().copied().for_each(&mut each);
        }
        self.words.get(term.id as usize).into_iter().flatten().copied().for_each(&mut each);
        if let Some(key) = folded.as_bytes().first_chunk::<3>() {
            for (prefix, id) in self.prefixes.get(key).into_iter().flatten() {
                if folded.starts_with(&**prefix) {
                    each(*id);
                }
            }
        }
    }
}

/// Phrases, each with a meaning, behind two indices: most by their first word, those that begin with common words by
/// the rarest word that they cannot be without.
pub struct Lexicon<M> {
    words: HashMap<Box<str>, WordId, FixedState>,
    /// By word id: about how often in a thousand words of running text.
    commonness: Vec<f32>,
    phrases: Vec<Entry<M>>,
    by_beginning: Index,
    by_anchor: Index,
}

struct Entry<M> {
    phrase: Phrase,
    beginnings: Beginnings,
    meaning: M,
}

impl<M> Default for Lexicon<M> {
    fn default() -> Self {
        Self {
            words: HashMap::default(),
            commonness: vec![0.0],
            phrases: Vec::new(),
            by_beginning: Index::default(),
            by_anchor: Index::default(),
        }
    }
}

/// Room to work in while one passage is searched.
#[derive(Default)]
pub struct Scratch {
    folded: String,
    candidates: Vec<u32>,
    waiting: Vec<(usize, usize)>,
    found: Vec<(usize, usize, u32)>,
}

impl<M: Copy> Lexicon<M> {
    /// Adds a phrase.
    pub fn add(&mut self, phrase: &str, last_word: LastWord, meaning: M) -> Result<(), PhraseError> {
        /// So much rarer has an anchor to be that a second look at the sentence is worth it.
        const WORTH_IT: f32 = 0.5;
        let (words, weights) = (&mut self.words, &mut self.commonness);
        let compiled = Phrase::parse(phrase, last_word, &mut |word| intern(words, weights, word))?;
        let id = u32::try_from(self.phrases.len()).unwrap_or(u32::MAX);
        let beginnings = compiled.beginnings().ok_or_else(|| PhraseError::OpenStart(phrase.to_owned()))?;
        let of_numbers = if beginnings.number { commonness::OF_NUMBERS } else { 0.0 };
        let common: f32 = beginnings.words.iter().map(|&word| self.commonness[word as usize]).sum();
        match compiled.anchor.as_ref().filter(|it| it.commonness < (common + of_numbers) * WORTH_IT) {
            Some(anchor) => self.by_anchor.add(id, &anchor.words, &anchor.prefixes, anchor.number),
            None => {
                self.by_beginning.add(id, &beginnings.words, &beginnings.prefixes, beginnings.number);
            }
        }
        self.phrases.push(Entry { phrase: compiled, beginnings, meaning });
        Ok(())
    }

    /// The id of a token's word.
    pub fn word_id(&self, token: Token, visible: &str, buffer: &mut String) -> WordId {
        match token.kind {
            TokenKind::Number | TokenKind::Mark => {
                self.words.get(token.text(visible)).copied().unwrap_or(UNKNOWN)
            }
            TokenKind::Word => {
                fold_word(token.text(visible), buffer);
                self.words.get(buffer.as_str()).copied().unwrap_or_else(|| {
                    // `the pack's cover`: a possessive is the word itself where it is not listed by its own.
                    let stem = buffer.strip_suffix("'s").unwrap_or_default();
                    self.words.get(stem).copied().unwrap_or(UNKNOWN)
                })
            }
        }
    }

    /// Finds every phrase that begins anywhere in one sentence: by first token, the longest first.
    pub fn find(&self, sentence: &[Term<'_>], scratch: &mut Scratch, mut found: impl FnMut(Hit<M>)) {
        let Scratch { folded, candidates, waiting, found: places } = scratch;
        candidates.clear();
        places.clear();
        for (start, term) in sentence.iter().enumerate() {
            folded.clear();
            if term.kind == TokenKind::Word {
                fold_word(term.text, folded);
            }
            self.by_beginning.of(term, folded, |id| {
                let end = self.phrases[id as usize].phrase.match_at(sentence, start, waiting);
                places.extend(end.map(|end| (start, end, id)));
            });
            self.by_anchor.of(term, folded, |id| candidates.push(id));
        }
        candidates.sort_unstable();
        candidates.dedup();
        for &id in candidates.iter() {
            let entry = &self.phrases[id as usize];
            for start in 0..sentence.len() {
                if entry.beginnings.hold(&sentence[start]) {
                    let end = entry.phrase.match_at(sentence, start, waiting);
                    places.extend(end.map(|end| (start, end, id)));
                }
            }
        }
        places.sort_unstable_by_key(|&(start, end, id)| (start, Reverse(end), id));
        for &(start, end, id) in places.iter() {
            found(Hit { meaning: self.phrases[id as usize].meaning, tokens: start..end });
        }
    }
}

fn intern(words: &mut HashMap<Box<str>, WordId, FixedState>, weights: &mut Vec<f32>, word: &str) -> WordId {
    if let Some(&id) = words.get(word) {
        return id;
    }
    let id = WordId::try_from(words.len() + 1).unwrap_or(UNKNOWN);
    words.insert(word.into(), id);
    weights.push(commonness::of(word));
    id
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::words::tokens;

    fn matches(phrase: &str, text: &str) -> Option<String> {
        let mut lexicon = Lexicon::default();
        lexicon.add(phrase, LastWord::AsWritten, ()).unwrap();
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
        let mut lexicon = Lexicon::default();
        assert!(lexicon.add("... toxins", LastWord::AsWritten, ()).is_err());
        assert!(lexicon.add("(a b", LastWord::AsWritten, ()).is_err());
        assert!(lexicon.add("the? _", LastWord::AsWritten, ()).is_err());
        assert!(lexicon.add("", LastWord::AsWritten, ()).is_err());
    }
}
