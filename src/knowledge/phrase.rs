//! Phrases: how packs write what to look for in prose.
//!
//! A phrase is words with a little grammar, compiled to a program over word ids and run from one token on. There
//! are no regular expressions, every gap is bounded, and the number of steps is too, so no phrase can be slow.
//!
//! | in a pack | stands for |
//! | --- | --- |
//! | `ice pack` | these words, in any case, with hyphens or quotes between them |
//! | `flush~` | every form of the word: flush, flushes, flushed, flushing |
//! | `detox*` | any word that begins so |
//! | `=TENS` | the word in just this case |
//! | `(draw\|pull) out` | one of them; `(draw\|pull)~` every form of each |
//! | `the? (very )?` | may be there |
//! | `...`, `..3` | up to six words, up to three words, within the sentence |
//! | `_`, `#` | one word, one number |
//! | `^`, `$` | begin of the sentence, end of the sentence |
//! | `\(`, `\?` | the mark itself |

use std::borrow::Cow;
use std::collections::HashMap;

use foldhash::fast::FixedState;

use super::program::{Parts, Program, Step, WordSet};
use super::vocabulary::{Vocabulary, WordId};
use super::{commonness, inflection};

/// What is wrong with the spelling of a phrase.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PhraseError {
    /// Brackets do not match.
    #[error("`{0}`: a bracket has no partner")]
    Bracket(String),
    /// A gap or a placeholder at the start would match everywhere.
    #[error("`{0}`: begins with something that is no word; a phrase has to begin with words")]
    OpenStart(String),
    /// Nothing to look for.
    #[error("an empty phrase")]
    Empty,
    /// A gap of more words than a sentence has.
    #[error("`{0}`: a gap is `...`, or `..` and a number up to 255")]
    Gap(String),
    /// A prefix that is too short.
    #[error("`{0}`: `*` needs at least three letters before it")]
    ShortPrefix(String),
}

/// Whether the last word of a phrase is taken in its plural as well.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LastWord {
    /// Just as written.
    AsWritten,
    /// A noun: with its plural.
    Noun,
}

/// A compiled phrase.
pub(super) struct Phrase {
    /// Its first step.
    pub(super) first: u32,
    /// What every match begins with.
    pub(super) beginnings: Parts,
    /// What every match holds somewhere, the rarest such part; `None` when all of it may be left out.
    pub(super) anchor: Option<Anchor>,
}

/// A part that no match of a phrase is without.
#[derive(Clone, Default)]
pub(super) struct Anchor {
    /// One of these.
    pub(super) parts: Parts,
    /// How common it is in running text: about how often in a thousand words.
    pub(super) commonness: f32,
}

impl Anchor {
    fn or(mut self, other: Self) -> Self {
        self.parts.words.extend(other.parts.words);
        self.parts.prefixes.extend(other.parts.prefixes);
        self.parts.number |= other.parts.number;
        self.commonness += other.commonness;
        self
    }
}

/// The rarest of the parts that have to be there.
fn rarest(anchors: Vec<Anchor>) -> Option<Anchor> {
    anchors.into_iter().min_by(|one, other| one.commonness.total_cmp(&other.commonness))
}

/// Compiles phrases into one program.
#[derive(Default)]
pub(super) struct Compiler {
    pub(super) program: Program,
    pub(super) vocabulary: Vocabulary,
    /// By word id less one: about how often in a thousand words of running text.
    commonness: Vec<f32>,
    sets: HashMap<Vec<WordId>, WordSet, FixedState>,
}

impl Compiler {
    /// Adds a phrase to the program.
    pub(super) fn compile(&mut self, phrase: &str, last_word: LastWord) -> Result<Phrase, PhraseError> {
        let spread = spread_forms(phrase);
        let pieces = cut(&spread);
        if pieces.is_empty() {
            return Err(PhraseError::Empty);
        }
        let first = as_u32(self.program.steps.len());
        let mut parser =
            Parser { pieces: &pieces, at: 0, steps: Vec::new(), first, compiler: self, phrase, last_word };
        let anchor = rarest(parser.sequence()?);
        if parser.at < pieces.len() {
            return Err(PhraseError::Bracket(phrase.to_owned()));
        }
        let steps = parser.steps;
        self.program.steps.extend(steps);
        self.program.steps.push(Step::Found);
        let beginnings = self.program.beginnings(first);
        let beginnings = beginnings.ok_or_else(|| PhraseError::OpenStart(phrase.to_owned()))?;
        Ok(Phrase { first, beginnings, anchor })
    }

    /// About how often one of these parts stands in a thousand words.
    pub(super) fn commonness(&self, parts: &Parts) -> f32 {
        let numbers = if parts.number { commonness::OF_NUMBERS } else { 0.0 };
        parts.words.iter().map(|&word| self.commonness[word as usize - 1]).sum::<f32>() + numbers
    }

    /// A set of words, which are sorted.
    pub(super) fn set(&mut self, words: &[WordId]) -> WordSet {
        if let Some(&known) = self.sets.get(words) {
            return known;
        }
        let members = &mut self.program.members;
        let set =
            WordSet { first: as_u32(members.len()), count: u16::try_from(words.len()).unwrap_or(u16::MAX) };
        members.extend(words);
        self.sets.insert(words.to_vec(), set);
        set
    }

    fn word(&mut self, word: &str) -> WordId {
        let id = self.vocabulary.add(word);
        if self.commonness.len() < self.vocabulary.len() {
            self.commonness.push(commonness::of(word));
        }
        id
    }

    fn text(&mut self, text: &str) -> u32 {
        let texts = &mut self.program.texts;
        let known = texts.iter().position(|it| it == text);
        as_u32(known.unwrap_or_else(|| {
            texts.push(text.to_owned());
            texts.len() - 1
        }))
    }
}

fn as_u32(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

/// `(draw|pull)~` is short for `(draw~|pull~)`.
fn spread_forms(phrase: &str) -> Cow<'_, str> {
    let Some(mark) = phrase.find(")~") else { return Cow::Borrowed(phrase) };
    let mut open = mark;
    let mut depth = 1;
    while depth > 0 && open > 0 {
        open -= 1;
        depth += match phrase.as_bytes()[open] {
            b')' => 1,
            b'(' => -1,
            _ => 0,
        };
    }
    let inside = phrase[open..mark].replace('|', "~|");
    let spread = format!("{}{inside}~{}", &phrase[..open], &phrase[mark..].replacen(")~", ")", 1));
    Cow::Owned(spread_forms(&spread).into_owned())
}

/// Cuts a phrase into words and signs.
fn cut(phrase: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    for part in phrase.split_whitespace() {
        let mut rest = part;
        while !rest.is_empty() {
            let length = match rest.as_bytes()[0] {
                b'(' | b')' | b'|' | b'?' | b',' | b'^' | b'$' | b'[' | b']' | b'!' | b':' | b'/' | b'&'
                | b'+' | b'-' => 1,
                b'.' if rest.starts_with("...") => 3,
                b'.' if rest.starts_with("..") => 2 + digits(&rest[2..]),
                b'\\' => 1 + rest[1..].chars().next().map_or(0, char::len_utf8),
                _ => rest
                    .find(['(', ')', '|', '?', ',', '[', ']', '!', ':', '/', '&', '+', '$', '-', '\\'])
                    .unwrap_or(rest.len()),
            };
            let (piece, after) = rest.split_at(length.max(1));
            if piece != "-" {
                pieces.push(piece);
            }
            rest = after;
        }
    }
    pieces
}

fn digits(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}

struct Parser<'p> {
    pieces: &'p [&'p str],
    at: usize,
    steps: Vec<Step>,
    /// What the first of these steps is in the program.
    first: u32,
    compiler: &'p mut Compiler,
    phrase: &'p str,
    last_word: LastWord,
}

impl Parser<'_> {
    /// What the next step will be in the program.
    fn next(&self) -> u32 {
        self.first + as_u32(self.steps.len())
    }

    fn step(&mut self, number: u32) -> &mut Step {
        &mut self.steps[(number - self.first) as usize]
    }

    /// Compiles what stands up to a closing bracket, and gives the parts that have to be there.
    fn sequence(&mut self) -> Result<Vec<Anchor>, PhraseError> {
        let mut anchors = Vec::new();
        while let Some(&piece) = self.pieces.get(self.at) {
            if matches!(piece, ")" | "|") {
                break;
            }
            self.at += 1;
            let begin = self.next();
            let anchor = self.atom(piece)?;
            if self.pieces.get(self.at) == Some(&"?") {
                self.at += 1;
                self.make_optional(begin);
            } else {
                anchors.extend(anchor);
            }
        }
        Ok(anchors)
    }

    fn atom(&mut self, piece: &str) -> Result<Option<Anchor>, PhraseError> {
        match piece {
            "(" => return self.choice(),
            "?" => return Err(PhraseError::Bracket(self.phrase.to_owned())),
            "^" => self.steps.push(Step::Start),
            "$" => self.steps.push(Step::End),
            "_" => self.steps.push(Step::Any),
            "#" => {
                self.steps.push(Step::Number);
                let parts = Parts { number: true, ..Parts::default() };
                return Ok(Some(Anchor { parts, commonness: commonness::OF_NUMBERS }));
            }
            "..." => self.steps.push(Step::Gap(6)),
            _ if piece.starts_with("..") => {
                let most = piece[2..].parse().map_err(|_| PhraseError::Gap(self.phrase.to_owned()))?;
                self.steps.push(Step::Gap(most));
            }
            _ => return self.word(piece).map(Some),
        }
        Ok(None)
    }

    /// `a | b)`, the opening bracket being read already.
    fn choice(&mut self) -> Result<Option<Anchor>, PhraseError> {
        let mut jumps = Vec::new();
        let mut anchor: Option<Anchor> = Some(Anchor::default());
        loop {
            let split = self.next();
            self.steps.push(Step::Or(0));
            let needed = rarest(self.sequence()?);
            anchor = anchor.zip(needed).map(|(others, own)| others.or(own));
            jumps.push(self.next());
            self.steps.push(Step::Jump(0));
            let after = self.next();
            let mark = self.pieces.get(self.at);
            self.at += 1;
            match mark {
                Some(&"|") => *self.step(split) = Step::Or(after),
                Some(&")") => {
                    *self.step(split) = Step::Jump(split + 1);
                    for jump in jumps {
                        *self.step(jump) = Step::Jump(after);
                    }
                    return Ok(anchor);
                }
                _ => return Err(PhraseError::Bracket(self.phrase.to_owned())),
            }
        }
    }

    /// Makes what was compiled since `begin` optional: tried first, then passed over.
    fn make_optional(&mut self, begin: u32) {
        let mut body = self.steps.split_off((begin - self.first) as usize);
        for step in &mut body {
            if let Step::Or(to) | Step::Jump(to) = step {
                *to += u32::from(*to >= begin);
            }
        }
        self.steps.push(Step::Or(begin + 1 + as_u32(body.len())));
        self.steps.extend(body);
    }

    fn word(&mut self, piece: &str) -> Result<Anchor, PhraseError> {
        let piece = piece.strip_prefix('\\').unwrap_or(piece);
        let lower = piece.to_lowercase();
        if let Some(prefix) = lower.strip_suffix('*') {
            if prefix.chars().count() < 3 {
                return Err(PhraseError::ShortPrefix(self.phrase.to_owned()));
            }
            let text = self.compiler.text(prefix);
            self.steps.push(Step::Prefix(text));
            let parts = Parts { prefixes: vec![prefix.to_owned()], ..Parts::default() };
            return Ok(Anchor { parts, commonness: commonness::OF_RARE_WORDS });
        }
        let is_last = self.at == self.pieces.len();
        let forms = if let Some(exact) = piece.strip_prefix('=') {
            let text = self.compiler.text(exact);
            self.steps.push(Step::Exact(text));
            vec![exact.to_lowercase()]
        } else if let Some(stem) = lower.strip_suffix('~') {
            inflection::all_forms(stem)
        } else if is_last && self.last_word == LastWord::Noun {
            inflection::plural_forms(&lower)
        } else {
            vec![lower]
        };
        let mut words: Vec<WordId> = forms.iter().map(|form| self.compiler.word(form)).collect();
        words.sort_unstable();
        words.dedup();
        self.steps.push(match *words {
            [word] => Step::Word(word),
            _ => Step::Among(self.compiler.set(&words)),
        });
        let parts = Parts { words, ..Parts::default() };
        Ok(Anchor { commonness: self.compiler.commonness(&parts), parts })
    }
}
