//! All words and phrases of all packs, in one place: one look at a word says which phrases can be near.

use std::cmp::Reverse;
use std::marker::PhantomData;
use std::ops::Range;

use borsh::{BorshDeserialize, BorshSerialize};

use super::guess::{Guess, Words, letter_bit, seconds};
use super::index::{ANCHOR, Index, Place};
use super::packed::{Number, Rows};
use super::packs::Sets;
use super::phrase::{Compiler, LastWord, PhraseError};
use super::program::{Parts, Program, Waiting};
use super::record::{Beginnings, Known, RECORD, Record};
use super::vocabulary::{UNKNOWN, Vocabulary, word_bit};
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

/// Phrases, each with a meaning, behind an index: most by their first word, those that begin with common words by the
/// rarest word that they cannot be without.
pub struct Lexicon<M> {
    vocabulary: Vocabulary,
    program: Program,
    /// A [`Record`] of each phrase.
    phrases: Rows<RECORD>,
    index: Index,
    /// The phrases that only take back what others say.
    exceptions: Index,
    meaning: PhantomData<M>,
}

/// What phrases mean, as far as a lexicon has to know: most exceptions need not be looked for, because what they take back
/// is not there.
pub trait Sense: Copy + BorshSerialize + BorshDeserialize {
    /// What it is to others.
    fn role(self) -> Role;
}

/// What a meaning is to others in its sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Says something by itself, and nothing takes it back.
    Alone,
    /// Of a kind that others take back; the kind is a bit.
    Excepted(u8),
    /// Only takes back what is of this kind.
    Excepts(u8),
}

/// Makes a lexicon.
pub struct LexiconBuilder<M> {
    compiler: Compiler,
    phrases: Vec<Known<M>>,
    /// What each is found by.
    places: Vec<(Place, Parts)>,
}

impl<M> Default for LexiconBuilder<M> {
    fn default() -> Self {
        Self { compiler: Compiler::default(), phrases: Vec::new(), places: Vec::new() }
    }
}

impl<M: Sense> LexiconBuilder<M> {
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
        let seconds = seconds(&self.compiler.program, compiled.first);
        let common = self.compiler.glossary.commonness(&parts);
        let beginnings = if parts.prefixes.is_empty() && !parts.number {
            let bits = parts.words.iter().fold(0, |bits, &word| bits | word_bit(word));
            Beginnings::Words { all: self.compiler.set(&parts.words), bits }
        } else {
            Beginnings::Letters(self.compiler.glossary.letters(&parts))
        };
        let begins_sentence = self.compiler.program.begins_sentence(compiled.first);
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
        self.phrases.push(Known {
            first_step: compiled.first,
            is_single: compiled.is_single,
            begins_sentence,
            beginnings,
            seconds,
            needs,
            meaning,
        });
        Ok(())
    }

    /// What was added, ready to be looked for.
    pub fn finish(self) -> Lexicon<M> {
        let Compiler { program, glossary, .. } = self.compiler;
        let words = glossary.vocabulary.len();
        let is_exception = |(place, _): &(Place, Parts)| {
            matches!(self.phrases[(place & !ANCHOR) as usize].meaning.role(), Role::Excepts(_))
        };
        let places = self.places.into_iter().map(|(place, parts)| (place, glossary.spelled_out(parts)));
        let (exceptions, places): (Vec<_>, Vec<_>) = places.partition(is_exception);
        let [index, exceptions] = [places, exceptions].map(|it| Index::of(&it, words));
        let phrases = self.phrases.iter().map(Known::to_row).collect();
        let meaning = PhantomData;
        Lexicon { vocabulary: glossary.vocabulary, program, phrases, index, exceptions, meaning }
    }
}

/// Room to work in, kept from one passage to the next.
#[derive(Default)]
pub struct Scratch {
    folded: String,
    others: Vec<Number>,
    candidates: Vec<u32>,
    guess: Guess,
    waiting: Waiting,
    /// First token, one past the last, phrase.
    places: Vec<(usize, usize, u32)>,
}

impl<M> Lexicon<M> {
    /// Appends it to bytes.
    pub fn write(&self, out: &mut Vec<u8>) {
        self.vocabulary.write(out);
        self.program.write(out);
        self.index.write(out);
        self.exceptions.write(out);
        self.phrases.write(out);
    }

    /// Takes what [`Lexicon::write`] wrote; `None` where the bytes are not that.
    pub fn read(bytes: &mut &'static [u8]) -> Option<Self> {
        Some(Self {
            vocabulary: Vocabulary::read(bytes)?,
            program: Program::read(bytes)?,
            index: Index::read(bytes)?,
            exceptions: Index::read(bytes)?,
            phrases: Rows::read(bytes)?,
            meaning: PhantomData,
        })
    }
}

impl<M: Sense> Lexicon<M> {
    /// The id of a token's word.
    pub fn word_id(&self, token: Token, visible: &str, scratch: &mut Scratch) -> WordId {
        let known = self.vocabulary.find(token.hash);
        if known != UNKNOWN || token.is_plain || token.kind != TokenKind::Word {
            return known;
        }
        fold_word(token.text(visible), &mut scratch.folded);
        // `the pack's cover`: a possessive is the word itself where it is not listed by its own.
        scratch.folded.strip_suffix("'s").map_or(UNKNOWN, |stem| self.vocabulary.number(stem))
    }

    /// Finds every phrase that begins anywhere in one sentence: by first token, the longest first.
    pub fn find(&self, sentence: &[Term<'_>], scratch: &mut Scratch, mut found: impl FnMut(Hit<M>)) {
        scratch.places.clear();
        scratch.guess.look_at(sentence);
        self.look_up(&self.index, |_| true, sentence, scratch);
        let kinds =
            scratch.places.iter().fold(0, |kinds, &(_, _, id)| kinds | self.phrase(id).kind_excepted());
        if kinds != 0 {
            let takes_back = |phrase: Record<'_>| phrase.kind_it_excepts() & kinds != 0;
            self.look_up(&self.exceptions, takes_back, sentence, scratch);
        }
        scratch.places.sort_unstable_by_key(|&(start, end, id)| (start, Reverse(end), id));
        for &(start, end, id) in &scratch.places {
            if let Some(meaning) = self.phrase(id).meaning() {
                found(Hit { meaning, tokens: start..end });
            }
        }
    }

    fn phrase(&self, id: u32) -> Record<'_> {
        Record(&self.phrases.all()[id as usize])
    }

    fn can_begin(&self, beginnings: Beginnings, term: &Term<'_>) -> bool {
        match beginnings {
            Beginnings::Words { all, .. } => self.program.has_member(all, term.id),
            Beginnings::Letters(letters) => letters & letter_bit(term.text.as_bytes()) != 0,
        }
    }

    /// The places of those phrases of an index that are wanted.
    fn look_up(
        &self,
        index: &Index,
        is_wanted: impl Fn(Record<'_>) -> bool,
        sentence: &[Term<'_>],
        scratch: &mut Scratch,
    ) {
        let Scratch { folded, others, candidates, guess, waiting, places } = scratch;
        candidates.clear();
        for (start, term) in sentence.iter().enumerate() {
            others.clear();
            index.add_others(term, folded, others);
            for &place in index.of_word(term).iter().chain(&*others) {
                let place = u32::from_le_bytes(place);
                let id = place & !ANCHOR;
                let phrase = self.phrase(id);
                if !is_wanted(phrase) {
                    continue;
                }
                if phrase.is_single() {
                    places.push((start, start + 1, id));
                } else if place != id {
                    if phrase.can_be_in(guess) {
                        candidates.push(id);
                    }
                } else if guess.can_go_on(start, phrase.seconds())
                    && phrase.can_be_in(guess)
                    && !(phrase.begins_sentence() && guess.first_word() < start)
                {
                    let end = self.program.match_at(phrase.first_step(), sentence, start, waiting);
                    places.extend(end.map(|end| (start, end, id)));
                }
            }
        }
        candidates.sort_unstable();
        candidates.dedup();
        for &id in candidates.iter() {
            let phrase = self.phrase(id);
            let beginnings = phrase.beginnings();
            let last = if phrase.begins_sentence() { guess.first_word() } else { sentence.len() };
            let places_for_it = guess.places(beginnings.bits(), phrase.seconds());
            for start in places_for_it.take_while(|&it| it <= last) {
                if !self.can_begin(beginnings, &sentence[start]) {
                    continue;
                }
                let end = self.program.match_at(phrase.first_step(), sentence, start, waiting);
                places.extend(end.map(|end| (start, end, id)));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::words::tokens;

    impl Sense for () {
        fn role(self) -> Role {
            Role::Alone
        }
    }

    fn terms<'t, M: Sense>(
        lexicon: &Lexicon<M>,
        text: &'t str,
        tokens: &[Token],
        scratch: &mut Scratch,
    ) -> Vec<Term<'t>> {
        let term =
            |&token: &Token| Term::new(lexicon.word_id(token, text, scratch), token.kind, token.text(text));
        tokens.iter().map(term).collect()
    }

    fn matches(phrase: &str, text: &str) -> Option<String> {
        matches_with(LastWord::AsWritten, phrase, text)
    }

    fn matches_with(last_word: LastWord, phrase: &str, text: &str) -> Option<String> {
        let mut builder = LexiconBuilder::default();
        builder.add(phrase, last_word, ()).unwrap();
        let lexicon = builder.finish();
        let tokens = tokens(text);
        let mut scratch = Scratch::default();
        let terms = terms(&lexicon, text, &tokens, &mut scratch);
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

    /// A word, and what takes it back.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
    enum Word {
        Said,
        Not,
    }

    impl Sense for Word {
        fn role(self) -> Role {
            match self {
                Self::Said => Role::Excepted(1),
                Self::Not => Role::Excepts(1),
            }
        }
    }

    #[test]
    fn looks_for_exceptions_only_where_there_is_something_to_take_back() {
        let mut builder = LexiconBuilder::default();
        builder.add("bath", LastWord::AsWritten, Word::Said).unwrap();
        builder.add("no ..1 bath", LastWord::AsWritten, Word::Not).unwrap();
        builder.add("never", LastWord::AsWritten, Word::Not).unwrap();
        let lexicon = builder.finish();
        let found = |text: &str| {
            let mut scratch = Scratch::default();
            let tokens = tokens(text);
            let terms = terms(&lexicon, text, &tokens, &mut scratch);
            let mut found = Vec::new();
            lexicon.find(&terms, &mut scratch, |hit| found.push((hit.tokens, hit.meaning)));
            found
        };
        assert_eq!(found("never a shower"), []);
        assert_eq!(found("never, no hot bath"), [(0..1, Word::Not), (2..5, Word::Not), (4..5, Word::Said)]);
    }

    #[test]
    fn nouns_match_in_the_plural_in_every_last_place() {
        let noun = |phrase: &str, text: &str| matches_with(LastWord::Noun, phrase, text);
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(noun("ice pack", "two ice packs"), some("ice packs"));
        assert_eq!(noun("kidney (disease|problem)", "kidney problems"), some("kidney problems"));
        assert_eq!(noun("(weak (kidney|heart)|kidney) trial", "weak kidneys trials"), None);
        assert_eq!(noun("bad (back|(stiff|sore) knee)", "bad sore knees"), some("bad sore knees"));
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
