//! Compiled phrases: one flat program for all of them, and the machine that runs it over a sentence.
//!
//! Knows no text of packs: `phrase` compiles it. Flat, so that it is written and read back in one go when the program
//! is built and started.

use std::collections::HashSet;

use super::guess::{halves, whole};
use super::packed::{Numbers, Rows, Texts};
use super::vocabulary::{UNKNOWN, WordId, word_bit};
use crate::document::words::TokenKind;

/// A token as phrases see it.
#[derive(Debug, Clone, Copy)]
pub struct Term<'t> {
    /// Its word id.
    pub id: WordId,
    /// What it is.
    pub kind: TokenKind,
    /// Its text as written.
    pub text: &'t str,
    mark: MarkUse,
}

impl<'t> Term<'t> {
    /// A token with the id of its word.
    pub fn new(id: WordId, kind: TokenKind, text: &'t str) -> Self {
        let mark = if kind == TokenKind::Mark { MarkUse::of(text) } else { MarkUse::default() };
        Self { id, kind, text, mark }
    }

    /// Whether it does not count between the words of a phrase.
    pub(super) fn is_passed_over(&self) -> bool {
        self.mark.is_passed_over
    }
}

/// What a mark is to phrases.
#[derive(Debug, Clone, Copy, Default)]
struct MarkUse {
    /// Does not count between the words of a phrase.
    is_passed_over: bool,
    /// May stand in a gap.
    stands_in_gap: bool,
    /// May stand behind the last word of a sentence.
    ends_sentence: bool,
}

impl MarkUse {
    fn of(mark: &str) -> Self {
        let is_passed_over = matches!(
            mark,
            "-" | "‑" | "‐" | "\"" | "“" | "”" | "'" | "‘" | "’" | "™" | "®" | "*" | "(" | "«" | "»"
        );
        Self {
            is_passed_over,
            stands_in_gap: is_passed_over || matches!(mark, "," | ")" | "–" | "—" | "/" | "&" | ":" | "…"),
            ends_sentence: is_passed_over || matches!(mark, "." | "!" | "?" | "…" | ")" | ":"),
        }
    }
}

/// So many bytes a step takes.
const STEP: usize = 8;

/// What is done at one place of a phrase. A step that holds is followed by the next one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// This word or mark.
    Word(WordId),
    /// One of these words.
    Among(WordSet),
    /// One of these words comes next: none of the ways that follow can be gone otherwise.
    Ahead(WordSet),
    /// A word that begins so: index of a text.
    Prefix(u32),
    /// The next word is written so: index of a text.
    Exact(u32),
    Number,
    /// Any one word or number.
    Any,
    /// So many words at most, as few as possible, with the marks between them.
    Gap(u8),
    /// The sentence begins here.
    Start,
    /// The sentence ends here.
    End,
    /// Tries what follows, then this step.
    Or(u32),
    Jump(u32),
    Found,
}

impl Step {
    /// Whether it holds where one token is such, and takes that.
    pub(super) fn takes_a_token(self) -> bool {
        matches!(self, Self::Word(_) | Self::Among(_) | Self::Prefix(_) | Self::Number | Self::Any)
    }

    /// The step as bytes: what it does, with the size of a set or gap, and what it does it with.
    fn to_row(self) -> [u8; STEP] {
        let (kind, size, argument): (u8, u16, u32) = match self {
            Self::Word(word) => (0, 0, word),
            Self::Among(set) => (1, set.count, set.first),
            Self::Prefix(text) => (2, 0, text),
            Self::Exact(text) => (3, 0, text),
            Self::Number => (4, 0, 0),
            Self::Any => (5, 0, 0),
            Self::Gap(most) => (6, u16::from(most), 0),
            Self::Start => (7, 0, 0),
            Self::End => (8, 0, 0),
            Self::Or(step) => (9, 0, step),
            Self::Jump(step) => (10, 0, step),
            Self::Found => (11, 0, 0),
            Self::Ahead(set) => (12, set.count, set.first),
        };
        let ([low, high], [a, b, c, d]) = (size.to_le_bytes(), argument.to_le_bytes());
        [kind, 0, low, high, a, b, c, d]
    }

    /// What [`Step::to_row`] gave.
    fn from_row([kind, _, low, high, a, b, c, d]: [u8; STEP]) -> Self {
        let argument = u32::from_le_bytes([a, b, c, d]);
        match kind {
            0 => Self::Word(argument),
            1 => Self::Among(WordSet { first: argument, count: u16::from_le_bytes([low, high]) }),
            2 => Self::Prefix(argument),
            3 => Self::Exact(argument),
            4 => Self::Number,
            5 => Self::Any,
            6 => Self::Gap(low),
            7 => Self::Start,
            8 => Self::End,
            9 => Self::Or(argument),
            10 => Self::Jump(argument),
            12 => Self::Ahead(WordSet { first: argument, count: u16::from_le_bytes([low, high]) }),
            _ => Self::Found,
        }
    }
}

/// Words of [`Program`], sorted, behind the two halves of their bits.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct WordSet {
    pub(super) first: u32,
    pub(super) count: u16,
}

/// The steps of all phrases, one after the other.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Program {
    steps: Rows<STEP>,
    /// The members of all word sets.
    members: Numbers,
    /// Prefixes, and words with their case.
    texts: Texts,
}

/// Parts of a phrase, one of which a match holds.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Parts {
    pub(super) words: Vec<WordId>,
    /// Beginnings of words.
    pub(super) prefixes: Vec<String>,
    /// Any number.
    pub(super) number: bool,
}

/// Where the machine goes on when a way has led nowhere: step and place in the sentence.
pub(super) type Waiting = Vec<(u32, usize)>;

/// More steps than any sensible phrase needs on any sentence.
const MOST_STEPS: usize = 20_000;

impl Program {
    pub(super) fn write(&self, out: &mut Vec<u8>) {
        self.steps.write(out);
        self.members.write(out);
        self.texts.write(out);
    }

    /// Takes what [`Program::write`] wrote.
    pub(super) fn read(bytes: &mut &'static [u8]) -> Option<Self> {
        Some(Self { steps: Rows::read(bytes)?, members: Numbers::read(bytes)?, texts: Texts::read(bytes)? })
    }

    /// How many steps there are.
    pub(super) fn len(&self) -> usize {
        self.steps.len()
    }

    /// What is done at a place.
    pub(super) fn step(&self, at: u32) -> Step {
        Step::from_row(self.steps.all()[at as usize])
    }

    pub(super) fn push(&mut self, step: Step) {
        self.steps.push(step.to_row());
    }

    pub(super) fn set(&mut self, at: usize, step: Step) {
        self.steps.set(at, step.to_row());
    }

    /// A prefix, or a word with its case.
    pub(super) fn text(&self, at: u32) -> &str {
        self.texts.get(at as usize)
    }

    /// The place of such a text, a new one where it has none.
    pub(super) fn place_of_text(&mut self, text: &str) -> u32 {
        let known = self.texts.iter().position(|it| it == text);
        as_u32(known.unwrap_or_else(|| {
            self.texts.push(text);
            self.texts.len() - 1
        }))
    }

    /// Adds a set of words, which are sorted.
    pub(super) fn add_set(&mut self, words: &[WordId]) -> WordSet {
        let first = as_u32(self.members.len());
        let bits = words.iter().fold(0, |bits, &word| bits | word_bit(word));
        self.members.extend(halves(bits).into_iter().chain(words.iter().copied()));
        WordSet { first, count: u16::try_from(words.len()).unwrap_or(u16::MAX) }
    }

    /// What every match of the phrase at `first` begins with; `None` when that could be anything.
    pub(super) fn beginnings(&self, first: u32) -> Option<Parts> {
        self.parts_of(&self.token_steps(vec![first])?)
    }

    /// What every match of the phrase at `first` goes on with behind its first token; `None` when that could be anything
    /// or nothing.
    pub(super) fn seconds(&self, first: u32) -> Option<Parts> {
        let firsts = self.token_steps(vec![first])?;
        self.parts_of(&self.token_steps(firsts.into_iter().map(|step| step + 1).collect())?)
    }

    /// The steps by which the next token is taken; `None` when there need not be one, or it can be anything.
    fn token_steps(&self, mut waiting: Vec<u32>) -> Option<Vec<u32>> {
        let mut found = Vec::new();
        let mut seen = HashSet::new();
        while let Some(at) = waiting.pop() {
            if !seen.insert(at) {
                continue;
            }
            match self.step(at) {
                Step::Word(_) | Step::Among(_) | Step::Prefix(_) | Step::Number => found.push(at),
                Step::Ahead(_) | Step::Exact(_) | Step::Start | Step::End => waiting.push(at + 1),
                Step::Or(other) => waiting.extend([at + 1, other]),
                Step::Jump(to) => waiting.push(to),
                Step::Any | Step::Gap(_) | Step::Found => return None,
            }
        }
        Some(found)
    }

    /// What steps take; `None` where one takes anything.
    fn parts_of(&self, steps: &[u32]) -> Option<Parts> {
        let mut found = Parts::default();
        for &at in steps {
            match self.step(at) {
                Step::Word(word) => found.words.push(word),
                Step::Among(set) => found.words.extend(self.words_of(set)),
                Step::Prefix(text) => found.prefixes.push(self.text(text).to_owned()),
                Step::Number => found.number = true,
                _ => return None,
            }
        }
        found.words.sort_unstable();
        found.words.dedup();
        Some(found)
    }

    /// Whether the phrase at `first` can match at the beginning of a sentence alone.
    pub(super) fn begins_sentence(&self, first: u32) -> bool {
        self.step(first) == Step::Start
    }

    /// The words of a set, sorted.
    fn words_of(&self, set: WordSet) -> impl Iterator<Item = WordId> {
        let members = &self.members.all()[set.first as usize + 2..][..usize::from(set.count)];
        members.iter().map(|&it| u32::from_le_bytes(it))
    }

    /// Whether a word is one of a set.
    pub(super) fn has_member(&self, set: WordSet, word: WordId) -> bool {
        /// So few are looked through sooner than searched.
        const FEW: usize = 8;
        let [low, high, members @ ..] = &self.members.all()[set.first as usize..] else { return false };
        let bits = whole(*low, *high);
        word != UNKNOWN && bits & word_bit(word) != 0 && {
            let members = &members[..usize::from(set.count)];
            if members.len() <= FEW {
                members.contains(&word.to_le_bytes())
            } else {
                members.binary_search_by_key(&word, |&it| u32::from_le_bytes(it)).is_ok()
            }
        }
    }

    /// Matches the phrase at `first` from `start` on within one sentence; one past the last token of the match.
    pub(super) fn match_at(
        &self,
        first: u32,
        sentence: &[Term<'_>],
        start: usize,
        waiting: &mut Waiting,
    ) -> Option<usize> {
        waiting.clear();
        let (mut at, mut place) = (first, start);
        for _ in 0..MOST_STEPS {
            let next = match self.step(at) {
                Step::Found => return Some(place),
                Step::Jump(to) => Some((to, place)),
                Step::Or(other) => {
                    waiting.push((other, place));
                    Some((at + 1, place))
                }
                Step::Gap(most) => {
                    // The shortest is tried first: it comes to lie on top.
                    let below = waiting.len();
                    let next = match self.step(at + 1) {
                        Step::Ahead(set) => Step::Among(set),
                        next => next,
                    };
                    let takes_a_token = next.takes_a_token();
                    let mut end = after_gap_marks(sentence, place);
                    for _ in 0..=most {
                        let term = sentence.get(end);
                        if !takes_a_token || term.is_some_and(|term| self.accepts(next, term)) {
                            waiting.push((at + 1, end));
                        }
                        match term {
                            Some(term) if term.kind != TokenKind::Mark => {
                                end = after_gap_marks(sentence, end + 1);
                            }
                            _ => break,
                        }
                    }
                    waiting[below..].reverse();
                    None
                }
                Step::Ahead(set) => {
                    self.take(Step::Among(set), sentence, place, place > start).map(|_| (at + 1, place))
                }
                Step::Start => {
                    sentence[..place].iter().all(|term| term.mark.is_passed_over).then_some((at + 1, place))
                }
                Step::End => {
                    sentence[place..].iter().all(|term| term.mark.ends_sentence).then_some((at + 1, place))
                }
                Step::Exact(text) => {
                    // The word itself is checked by the step that follows.
                    let place = if place > start { pass_over(sentence, place) } else { place };
                    let term = sentence.get(place);
                    term.filter(|term| is_written(term, self.text(text))).map(|_| (at + 1, place))
                }
                step => self.take(step, sentence, place, place > start).map(|place| (at + 1, place)),
            };
            (at, place) = match next {
                Some(next) => next,
                None => waiting.pop()?,
            };
        }
        None
    }

    /// One past the token that `step` takes. Inside a match, hyphens and quotes before it do not count.
    fn take(&self, step: Step, sentence: &[Term<'_>], place: usize, inside: bool) -> Option<usize> {
        if self.accepts(step, sentence.get(place)?) {
            return Some(place + 1);
        }
        let passed = if inside { pass_over(sentence, place) } else { place };
        (passed > place && self.accepts(step, sentence.get(passed)?)).then_some(passed + 1)
    }

    fn accepts(&self, step: Step, term: &Term<'_>) -> bool {
        match step {
            Step::Word(word) => term.id == word,
            Step::Among(set) => self.has_member(set, term.id),
            Step::Prefix(text) => term.kind == TokenKind::Word && starts_with(term.text, self.text(text)),
            Step::Number => term.kind == TokenKind::Number,
            Step::Any => term.kind != TokenKind::Mark,
            _ => false,
        }
    }
}

fn as_u32(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

/// Past the marks that may stand in a gap.
fn after_gap_marks(sentence: &[Term<'_>], mut place: usize) -> usize {
    while sentence.get(place).is_some_and(|term| term.mark.stands_in_gap) {
        place += 1;
    }
    place
}

fn pass_over(sentence: &[Term<'_>], place: usize) -> usize {
    place + sentence[place..].iter().take_while(|term| term.mark.is_passed_over).count()
}

fn is_written(term: &Term<'_>, text: &str) -> bool {
    term.text.chars().filter(|&c| c != '.').eq(text.chars())
}

fn starts_with(word: &str, prefix: &str) -> bool {
    let mut letters = word.chars().flat_map(char::to_lowercase);
    prefix.chars().all(|expected| letters.next() == Some(expected))
}

#[cfg(test)]
mod tests {
    use super::super::packed::kept;
    use super::*;

    #[test]
    fn what_is_written_is_read_back() {
        let steps = [
            Step::Word(70_000),
            Step::Among(WordSet { first: 90_000, count: 300 }),
            Step::Prefix(1),
            Step::Exact(2),
            Step::Number,
            Step::Any,
            Step::Gap(255),
            Step::Start,
            Step::End,
            Step::Or(80_000),
            Step::Jump(3),
            Step::Found,
            Step::Ahead(WordSet { first: 4, count: 2 }),
        ];
        let mut program = Program::default();
        for step in steps {
            program.push(step);
        }
        let set = program.add_set(&[1, 70_000]);
        assert_eq!(program.place_of_text("detox"), 0);
        let mut bytes = Vec::new();
        program.write(&mut bytes);
        let read = Program::read(&mut kept(bytes)).unwrap();
        assert_eq!(read, program);
        assert!((0..).zip(steps).all(|(at, step)| read.step(at) == step));
        assert!(read.has_member(set, 70_000) && !read.has_member(set, 2));
    }
}
