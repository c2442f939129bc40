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

use super::{commonness, inflection};
use crate::document::words::TokenKind;

/// Number of a known word; [`UNKNOWN`] for every other.
pub type WordId = u32;

/// The id of words that no phrase holds.
pub const UNKNOWN: WordId = 0;

/// A token as phrases see it.
#[derive(Debug, Clone, Copy)]
pub struct Term<'t> {
    /// Its word id.
    pub id: WordId,
    /// What it is.
    pub kind: TokenKind,
    /// Its text as written.
    pub text: &'t str,
}

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
    /// A prefix that is too short.
    #[error("`{0}`: `*` needs at least three letters before it")]
    ShortPrefix(String),
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Step {
    /// One of these words (or marks), sorted.
    Word(Box<[WordId]>),
    Prefix(Box<str>),
    Exact(Box<str>),
    Number,
    /// Any one word or number.
    Any,
    /// Marks that may stand inside a gap.
    SkipMarks,
    Start,
    End,
    /// Try the first, then the second.
    Split(usize, usize),
    Jump(usize),
    Found,
}

/// A compiled phrase.
#[derive(Debug, Clone, PartialEq)]
pub struct Phrase {
    steps: Vec<Step>,
    /// What every match holds somewhere, the rarest such part; `None` when all of it may be left out.
    pub anchor: Option<Anchor>,
}

/// A part that no match of a phrase is without: one of these.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Anchor {
    /// Any of these words.
    pub words: Vec<WordId>,
    /// Any word with one of these prefixes.
    pub prefixes: Vec<String>,
    /// A number.
    pub number: bool,
    /// How common it is in running text: about how often in a thousand words.
    pub commonness: f32,
}

impl Anchor {
    fn or(mut self, other: Self) -> Self {
        self.words.extend(other.words);
        self.prefixes.extend(other.prefixes);
        self.number |= other.number;
        self.commonness += other.commonness;
        self
    }
}

/// The rarest of the parts that have to be there.
fn rarest(anchors: Vec<Anchor>) -> Option<Anchor> {
    anchors.into_iter().min_by(|one, other| one.commonness.total_cmp(&other.commonness))
}

/// What a match can begin with.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Beginnings {
    /// Any of these words.
    pub words: Vec<WordId>,
    /// Any word with one of these prefixes.
    pub prefixes: Vec<String>,
    /// A number.
    pub number: bool,
}

impl Beginnings {
    /// Whether a match can begin with this token.
    pub fn hold(&self, term: &Term<'_>) -> bool {
        (term.id != UNKNOWN && self.words.binary_search(&term.id).is_ok())
            || (self.number && term.kind == TokenKind::Number)
            || (term.kind == TokenKind::Word && self.prefixes.iter().any(|it| starts_with(term.text, it)))
    }
}

/// More steps than any sensible phrase needs on any sentence.
const MOST_STEPS: usize = 20_000;

/// Whether the last word of a phrase is taken in its plural as well.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LastWord {
    /// Just as written.
    AsWritten,
    /// A noun: with its plural.
    Noun,
}

impl Phrase {
    /// Compiles a phrase; `intern` gives ids to its words.
    pub fn parse(
        phrase: &str,
        last_word: LastWord,
        intern: &mut dyn FnMut(&str) -> WordId,
    ) -> Result<Self, PhraseError> {
        let spread = spread_forms(phrase);
        let pieces = cut(&spread);
        if pieces.is_empty() {
            return Err(PhraseError::Empty);
        }
        let mut parser = Parser { pieces: &pieces, at: 0, steps: Vec::new(), intern, phrase, last_word };
        let anchor = rarest(parser.sequence()?);
        if parser.at < pieces.len() {
            return Err(PhraseError::Bracket(phrase.to_owned()));
        }
        parser.steps.push(Step::Found);
        let compiled = Self { steps: parser.steps, anchor };
        if compiled.beginnings().is_none() {
            return Err(PhraseError::OpenStart(phrase.to_owned()));
        }
        Ok(compiled)
    }

    /// What every match begins with; `None` when that could be anything.
    pub fn beginnings(&self) -> Option<Beginnings> {
        let mut found = Beginnings::default();
        let mut waiting = vec![0];
        let mut seen = vec![false; self.steps.len()];
        while let Some(at) = waiting.pop() {
            if std::mem::replace(&mut seen[at], true) {
                continue;
            }
            match &self.steps[at] {
                Step::Word(words) => found.words.extend(words.iter().copied()),
                Step::Prefix(prefix) => found.prefixes.push(prefix.to_string()),
                Step::Exact(_) | Step::Start | Step::End | Step::SkipMarks => waiting.push(at + 1),
                Step::Number => found.number = true,
                Step::Split(first, second) => waiting.extend([*first, *second]),
                Step::Jump(to) => waiting.push(*to),
                Step::Any | Step::Found => return None,
            }
        }
        found.words.sort_unstable();
        found.words.dedup();
        Some(found)
    }

    /// Matches from `start` on within one sentence; one past the last token of the match. `waiting` is room to work in.
    pub fn match_at(
        &self,
        sentence: &[Term<'_>],
        start: usize,
        waiting: &mut Vec<(usize, usize)>,
    ) -> Option<usize> {
        waiting.clear();
        waiting.push((0, start));
        for _ in 0..MOST_STEPS {
            let (at, place) = waiting.pop()?;
            let next = match &self.steps[at] {
                Step::Found => return Some(place),
                Step::Jump(to) => Some((*to, place)),
                Step::Split(first, second) => {
                    waiting.push((*second, place));
                    Some((*first, place))
                }
                Step::Start => sentence[..place].iter().all(is_passed_over).then_some((at + 1, place)),
                Step::End => sentence[place..].iter().all(ends_sentence).then_some((at + 1, place)),
                Step::SkipMarks => {
                    let marks = sentence[place..].iter().take_while(|term| stands_in_gap(term)).count();
                    Some((at + 1, place + marks))
                }
                Step::Exact(text) => {
                    // The word itself is checked by the step that follows.
                    let place = pass_over(sentence, place, place > start);
                    sentence.get(place).filter(|term| is_written(term, text)).map(|_| (at + 1, place))
                }
                step => Self::take(step, sentence, place, place > start).map(|place| (at + 1, place)),
            };
            waiting.extend(next);
        }
        None
    }

    fn take(step: &Step, sentence: &[Term<'_>], place: usize, inside: bool) -> Option<usize> {
        let matches = |term: &Term<'_>| match step {
            Step::Word(words) => term.id != UNKNOWN && words.binary_search(&term.id).is_ok(),
            Step::Prefix(prefix) => term.kind == TokenKind::Word && starts_with(term.text, prefix),
            Step::Number => term.kind == TokenKind::Number,
            Step::Any => term.kind != TokenKind::Mark,
            _ => false,
        };
        if matches(sentence.get(place)?) {
            return Some(place + 1);
        }
        let place = pass_over(sentence, place, inside);
        matches(sentence.get(place)?).then_some(place + 1)
    }
}

/// Hyphens and quotes between the words of a phrase do not count.
fn pass_over(sentence: &[Term<'_>], place: usize, inside: bool) -> usize {
    if inside {
        place + sentence[place..].iter().take_while(|term| is_passed_over(term)).count()
    } else {
        place
    }
}

fn is_passed_over(term: &Term<'_>) -> bool {
    term.kind == TokenKind::Mark
        && matches!(
            term.text,
            "-" | "‑" | "‐" | "\"" | "“" | "”" | "'" | "‘" | "’" | "™" | "®" | "*" | "(" | "«" | "»"
        )
}

fn stands_in_gap(term: &Term<'_>) -> bool {
    is_passed_over(term)
        || (term.kind == TokenKind::Mark
            && matches!(term.text, "," | ")" | "–" | "—" | "/" | "&" | ":" | "…"))
}

fn ends_sentence(term: &Term<'_>) -> bool {
    is_passed_over(term)
        || (term.kind == TokenKind::Mark && matches!(term.text, "." | "!" | "?" | "…" | ")" | ":"))
}

fn is_written(term: &Term<'_>, text: &str) -> bool {
    term.text.chars().filter(|&c| c != '.').eq(text.chars())
}

fn starts_with(word: &str, prefix: &str) -> bool {
    let mut letters = word.chars().flat_map(char::to_lowercase);
    prefix.chars().all(|expected| letters.next() == Some(expected))
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

struct Parser<'p, 'i> {
    pieces: &'p [&'p str],
    at: usize,
    steps: Vec<Step>,
    intern: &'i mut dyn FnMut(&str) -> WordId,
    phrase: &'p str,
    last_word: LastWord,
}

impl Parser<'_, '_> {
    /// Compiles what stands up to a closing bracket, and gives the parts that have to be there.
    fn sequence(&mut self) -> Result<Vec<Anchor>, PhraseError> {
        let mut anchors = Vec::new();
        while let Some(&piece) = self.pieces.get(self.at) {
            if matches!(piece, ")" | "|") {
                break;
            }
            self.at += 1;
            let begin = self.steps.len();
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
                return Ok(Some(Anchor {
                    number: true,
                    commonness: commonness::OF_NUMBERS,
                    ..Anchor::default()
                }));
            }
            "..." => self.gap(6),
            _ if piece.starts_with("..") => {
                self.gap(piece[2..].parse().map_err(|_| PhraseError::Bracket(self.phrase.to_owned()))?);
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
            let split = self.steps.len();
            self.steps.push(Step::Split(split + 1, 0));
            let needed = rarest(self.sequence()?);
            anchor = anchor.zip(needed).map(|(others, own)| others.or(own));
            jumps.push(self.steps.len());
            self.steps.push(Step::Jump(0));
            let after = self.steps.len();
            match self.pieces.get(self.at) {
                Some(&"|") => {
                    self.at += 1;
                    self.steps[split] = Step::Split(split + 1, after);
                }
                Some(&")") => {
                    self.at += 1;
                    self.steps[split] = Step::Jump(split + 1);
                    for jump in jumps {
                        self.steps[jump] = Step::Jump(after);
                    }
                    return Ok(anchor);
                }
                _ => return Err(PhraseError::Bracket(self.phrase.to_owned())),
            }
        }
    }

    /// Makes what was compiled since `begin` optional: tried first, then passed over.
    fn make_optional(&mut self, begin: usize) {
        let moved = |to: usize| if to >= begin { to + 1 } else { to };
        let mut body = self.steps.split_off(begin);
        for step in &mut body {
            match step {
                Step::Split(first, second) => (*first, *second) = (moved(*first), moved(*second)),
                Step::Jump(to) => *to = moved(*to),
                _ => {}
            }
        }
        let after = begin + 1 + body.len();
        self.steps.push(Step::Split(begin + 1, after));
        self.steps.extend(body);
    }

    /// Up to `most` words, as few as possible.
    fn gap(&mut self, most: usize) {
        let after = self.steps.len() + most * 3;
        for _ in 0..most {
            let here = self.steps.len();
            self.steps.push(Step::Split(after, here + 1));
            self.steps.push(Step::SkipMarks);
            self.steps.push(Step::Any);
        }
        self.steps.push(Step::SkipMarks);
    }

    fn word(&mut self, piece: &str) -> Result<Anchor, PhraseError> {
        let piece = piece.strip_prefix('\\').unwrap_or(piece);
        let lower = piece.to_lowercase();
        if let Some(prefix) = lower.strip_suffix('*') {
            if prefix.chars().count() < 3 {
                return Err(PhraseError::ShortPrefix(self.phrase.to_owned()));
            }
            self.steps.push(Step::Prefix(prefix.into()));
            let prefixes = vec![prefix.to_owned()];
            return Ok(Anchor { prefixes, commonness: commonness::OF_RARE_WORDS, ..Anchor::default() });
        }
        let is_last = self.at == self.pieces.len();
        let forms = if let Some(exact) = piece.strip_prefix('=') {
            self.steps.push(Step::Exact(exact.into()));
            vec![exact.to_lowercase()]
        } else if let Some(stem) = lower.strip_suffix('~') {
            inflection::all_forms(stem)
        } else if is_last && self.last_word == LastWord::Noun {
            inflection::plural_forms(&lower)
        } else {
            vec![lower]
        };
        let mut ids: Vec<WordId> = forms.iter().map(|form| (self.intern)(form)).collect();
        ids.sort_unstable();
        ids.dedup();
        let commonness = forms.iter().map(|form| commonness::of(form)).sum();
        self.steps.push(Step::Word(ids.clone().into()));
        Ok(Anchor { words: ids, commonness, ..Anchor::default() })
    }
}
