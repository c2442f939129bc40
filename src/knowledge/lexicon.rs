//! All words and phrases of all packs, in one place: one look at a word says which phrases may begin there.

use std::collections::HashMap;
use std::ops::Range;

use foldhash::fast::FixedState;

use super::phrase::{LastWord, Phrase, PhraseError, Term, UNKNOWN, WordId};
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

/// Phrases, each with a meaning, behind an index by first word.
pub struct Lexicon<M> {
    words: HashMap<Box<str>, WordId, FixedState>,
    phrases: Vec<(Phrase, M)>,
    /// By word id: the phrases that may begin with it.
    by_word: Vec<Vec<u32>>,
    /// By the first three letters: prefix and phrase.
    by_prefix: HashMap<[u8; 3], Vec<Prefixed>, FixedState>,
    by_number: Vec<u32>,
}

impl<M> Default for Lexicon<M> {
    fn default() -> Self {
        Self {
            words: HashMap::default(),
            phrases: Vec::new(),
            by_word: vec![Vec::new()],
            by_prefix: HashMap::default(),
            by_number: Vec::new(),
        }
    }
}

impl<M: Copy> Lexicon<M> {
    /// Adds a phrase.
    pub fn add(&mut self, phrase: &str, last_word: LastWord, meaning: M) -> Result<(), PhraseError> {
        let words = &mut self.words;
        let compiled = Phrase::parse(phrase, last_word, &mut |word| intern(words, word))?;
        self.by_word.resize(self.words.len() + 1, Vec::new());
        let id = u32::try_from(self.phrases.len()).unwrap_or(u32::MAX);
        let beginnings = compiled.beginnings().ok_or_else(|| PhraseError::OpenStart(phrase.to_owned()))?;
        for word in beginnings.words {
            self.by_word[word as usize].push(id);
        }
        for prefix in beginnings.prefixes {
            let mut key = [0; 3];
            key.copy_from_slice(&prefix.as_bytes()[..3]);
            self.by_prefix.entry(key).or_default().push((prefix.into(), id));
        }
        if beginnings.number {
            self.by_number.push(id);
        }
        self.phrases.push((compiled, meaning));
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

    /// Finds every phrase that begins anywhere in one sentence.
    pub fn find(&self, sentence: &[Term<'_>], mut found: impl FnMut(Hit<M>)) {
        let mut buffer = String::new();
        for (start, term) in sentence.iter().enumerate() {
            if term.kind == TokenKind::Number {
                for &id in &self.by_number {
                    self.try_phrase(id, sentence, start, &mut found);
                }
            }
            for &id in &self.by_word[term.id as usize] {
                self.try_phrase(id, sentence, start, &mut found);
            }
            if term.kind == TokenKind::Word && term.text.len() >= 3 && !self.by_prefix.is_empty() {
                fold_word(term.text, &mut buffer);
                let Some(key) = buffer.as_bytes().first_chunk::<3>() else { continue };
                for (prefix, id) in self.by_prefix.get(key).into_iter().flatten() {
                    if buffer.starts_with(&**prefix) {
                        self.try_phrase(*id, sentence, start, &mut found);
                    }
                }
            }
        }
    }

    fn try_phrase(&self, id: u32, sentence: &[Term<'_>], start: usize, found: &mut impl FnMut(Hit<M>)) {
        let (phrase, meaning) = &self.phrases[id as usize];
        if let Some(end) = phrase.match_at(sentence, start) {
            found(Hit { meaning: *meaning, tokens: start..end });
        }
    }
}

fn intern(words: &mut HashMap<Box<str>, WordId, FixedState>, word: &str) -> WordId {
    if let Some(&id) = words.get(word) {
        return id;
    }
    let id = WordId::try_from(words.len() + 1).unwrap_or(UNKNOWN);
    words.insert(word.into(), id);
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
        lexicon.find(&terms, |hit| {
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
