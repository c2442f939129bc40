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
//! | `<medicine>` | the phrase that the pack keeps under this name |

use std::borrow::Cow;
use std::collections::HashMap;

use foldhash::fast::FixedState;

use super::glossary::Glossary;
use super::inflection;
use super::packs::Sets;
use super::program::{Parts, Program, Step, WordSet};
use super::vocabulary::WordId;
use crate::document::words::tokens;

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
    /// A name that stands for nothing.
    #[error("`{0}`: no pack has a set of this name; `<name>` stands for an entry of `sets`")]
    UnknownSet(String),
    /// What is no single word to an article, and so would never be found.
    #[error("`{0}`: `{1}` is not one word; put spaces between its parts")]
    SeveralWords(String, String),
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
    /// Whether it takes one token and asks nothing else.
    pub(super) is_single: bool,
    /// What every match begins with.
    pub(super) beginnings: Parts,
    /// What every match holds somewhere, the rarest such part first; none when all of it may be left out.
    pub(super) anchors: Vec<Anchor>,
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
    pub(super) glossary: Glossary,
    word_sets: HashMap<Vec<WordId>, WordSet, FixedState>,
    /// Phrases that others name.
    pub(super) sets: Sets,
}

impl Compiler {
    /// Adds a phrase to the program.
    pub(super) fn compile(&mut self, phrase: &str, last_word: LastWord) -> Result<Phrase, PhraseError> {
        let whole = expand(phrase, &self.sets)?;
        let spread = spread_forms(&whole);
        let pieces = cut(&spread);
        if pieces.is_empty() {
            return Err(PhraseError::Empty);
        }
        let mut parser = Parser { pieces: &pieces, at: 0, compiler: self, phrase, last_word };
        let nodes = parser.sequence()?;
        if parser.at < pieces.len() {
            return Err(PhraseError::Bracket(phrase.to_owned()));
        }
        let mut anchors = self.anchors(&nodes);
        anchors.sort_by(|one, other| one.commonness.total_cmp(&other.commonness));
        let first = self.next_step();
        self.emit(&nodes);
        self.program.push(Step::Found);
        let beginnings = self.program.beginnings(first);
        let beginnings = beginnings.ok_or_else(|| PhraseError::OpenStart(phrase.to_owned()))?;
        let is_single = self.program.step(first).takes_a_token() && self.next_step() == first + 2;
        Ok(Phrase { first, is_single, beginnings, anchors })
    }

    /// A set of words, which are sorted.
    pub(super) fn set(&mut self, words: &[WordId]) -> WordSet {
        if let Some(&known) = self.word_sets.get(words) {
            return known;
        }
        let set = self.program.add_set(words);
        self.word_sets.insert(words.to_vec(), set);
        set
    }

    /// The parts that a match of a sequence cannot be without.
    fn anchors(&self, sequence: &[Node]) -> Vec<Anchor> {
        sequence.iter().filter_map(|it| self.anchor(it)).collect()
    }

    fn anchor(&self, node: &Node) -> Option<Anchor> {
        let parts = match node {
            Node::Words(words) => Parts { words: words.clone(), ..Parts::default() },
            Node::Step(Step::Prefix(text)) => {
                let prefix = self.program.text(*text).to_owned();
                Parts { prefixes: vec![prefix], ..Parts::default() }
            }
            Node::Step(Step::Number) => Parts { number: true, ..Parts::default() },
            Node::Choice(ways) => {
                let each = ways.iter().map(|way| rarest(self.anchors(way)));
                return each.reduce(|one, other| Some(one?.or(other?)))?;
            }
            Node::Step(_) | Node::Optional(_) => return None,
        };
        Some(Anchor { commonness: self.glossary.commonness(&parts), parts })
    }

    fn next_step(&self) -> u32 {
        u32::try_from(self.program.len()).unwrap_or(u32::MAX)
    }

    /// Adds the steps of a sequence.
    fn emit(&mut self, sequence: &[Node]) {
        for node in sequence {
            match node {
                Node::Words(words) => {
                    let step = match **words {
                        [word] => Step::Word(word),
                        _ => Step::Among(self.set(words)),
                    };
                    self.program.push(step);
                }
                Node::Step(step) => self.program.push(*step),
                Node::Choice(ways) => self.emit_choice(ways),
                Node::Optional(body) => {
                    let way_out = self.emit_open();
                    self.emit(std::slice::from_ref(body));
                    self.program.set(way_out, Step::Or(self.next_step()));
                }
            }
        }
    }

    fn emit_choice(&mut self, ways: &[Vec<Node>]) {
        /// Fewer ways are tried as soon as it is known whether one of them can be gone.
        const MANY: usize = 3;
        let Some((last, others)) = ways.split_last() else { return };
        if ways.len() >= MANY
            && let Some(mut words) = first_words_of_any(ways)
        {
            words.sort_unstable();
            words.dedup();
            let set = self.set(&words);
            self.program.push(Step::Ahead(set));
        }
        let mut ends = Vec::new();
        for way in others {
            let way_on = self.emit_open();
            self.emit(way);
            ends.push(self.emit_open());
            self.program.set(way_on, Step::Or(self.next_step()));
        }
        self.emit(last);
        for end in ends {
            self.program.set(end, Step::Jump(self.next_step()));
        }
    }

    /// Adds a step that is to be set once it is known where it leads to.
    fn emit_open(&mut self) -> usize {
        self.program.push(Step::Found);
        self.program.len() - 1
    }
}

/// Puts phrases in the place of their names: `<medicine>`.
fn expand<'p>(phrase: &'p str, sets: &Sets) -> Result<Cow<'p, str>, PhraseError> {
    // A `<` with a space after it is a mark of the text.
    let next_name = |text: &str| text.find('<').filter(|at| text[at + 1..].starts_with(char::is_alphabetic));
    let mut whole = Cow::Borrowed(phrase);
    while let Some(open) = next_name(&whole) {
        let unknown = || PhraseError::UnknownSet(phrase.to_owned());
        let (name, after) = whole[open + 1..].split_once('>').ok_or_else(unknown)?;
        // What a set holds names no other set, so that this comes to an end.
        let set = sets.get(name).filter(|it| next_name(it).is_none()).ok_or_else(unknown)?;
        whole = Cow::Owned(format!("{}{set}{after}", &whole[..open]));
    }
    Ok(whole)
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
                | b'+' | b'-' | b'%' => 1,
                b'.' if rest.starts_with("...") => 3,
                b'.' if rest.starts_with("..") => 2 + digits(&rest[2..]),
                b'\\' => 1 + rest[1..].chars().next().map_or(0, char::len_utf8),
                _ => rest
                    .find(['(', ')', '|', '?', ',', '[', ']', '!', ':', '/', '&', '+', '$', '-', '%', '\\'])
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

/// A piece of a phrase, understood.
enum Node {
    /// One of these words, sorted.
    Words(Vec<WordId>),
    /// What takes one step and is no known word.
    Step(Step),
    /// The first of these that fits.
    Choice(Vec<Vec<Node>>),
    /// Taken where it fits.
    Optional(Box<Node>),
}

/// The words that every match of one of some ways begins with; `None` where it can begin with something else.
fn first_words_of_any(ways: &[Vec<Node>]) -> Option<Vec<WordId>> {
    ways.iter().map(|way| first_words(way)).reduce(|one, other| Some([one?, other?].concat()))?
}

fn first_words(sequence: &[Node]) -> Option<Vec<WordId>> {
    let (first, rest) = sequence.split_first()?;
    match first {
        Node::Words(words) => Some(words.clone()),
        Node::Choice(ways) => first_words_of_any(ways),
        Node::Optional(body) => Some([first_words(std::slice::from_ref(body))?, first_words(rest)?].concat()),
        // The word itself stands behind it.
        Node::Step(Step::Exact(_)) => first_words(rest),
        Node::Step(_) => None,
    }
}

/// Adds a way to a choice. Single words are looked for at once, where none of the ways before them can take what they take.
fn add_way(ways: &mut Vec<Vec<Node>>, way: Vec<Node>) {
    if let [Node::Words(words)] = &*way {
        for earlier in ways.iter_mut().rev() {
            match &mut **earlier {
                [Node::Words(others)] => {
                    others.extend(words);
                    others.sort_unstable();
                    others.dedup();
                    return;
                }
                [Node::Words(firsts), ..] if firsts.iter().all(|it| !words.contains(it)) => {}
                _ => break,
            }
        }
    }
    ways.push(way);
}

struct Parser<'p> {
    pieces: &'p [&'p str],
    at: usize,
    compiler: &'p mut Compiler,
    phrase: &'p str,
    last_word: LastWord,
}

impl Parser<'_> {
    /// Reads what stands up to a closing bracket or the next choice.
    fn sequence(&mut self) -> Result<Vec<Node>, PhraseError> {
        let mut nodes = Vec::new();
        while let Some(&piece) = self.pieces.get(self.at) {
            if matches!(piece, ")" | "|") {
                break;
            }
            self.at += 1;
            let node = self.node(piece)?;
            if self.pieces.get(self.at) == Some(&"?") {
                self.at += 1;
                nodes.push(Node::Optional(Box::new(node)));
            } else {
                nodes.push(node);
            }
        }
        Ok(nodes)
    }

    fn node(&mut self, piece: &str) -> Result<Node, PhraseError> {
        let step = match piece {
            "(" => return self.choice(),
            "?" => return Err(PhraseError::Bracket(self.phrase.to_owned())),
            "^" => Step::Start,
            "$" => Step::End,
            "_" => Step::Any,
            "#" => return Ok(self.number()),
            "..." => Step::Gap(6),
            _ if piece.starts_with("..") => {
                let most = piece[2..].parse().map_err(|_| PhraseError::Gap(self.phrase.to_owned()))?;
                Step::Gap(most)
            }
            _ => return self.word(piece),
        };
        Ok(Node::Step(step))
    }

    /// A number in digits, or in words: `five`, `twenty five`. `one` is more often none.
    fn number(&mut self) -> Node {
        const ONES: [&str; 8] = ["two", "three", "four", "five", "six", "seven", "eight", "nine"];
        const OTHERS: [&str; 12] = [
            "ten", "eleven", "twelve", "fifteen", "twenty", "thirty", "forty", "fifty", "sixty", "seventy",
            "eighty", "ninety",
        ];
        let mut words = |all: &[&str]| {
            let mut found: Vec<WordId> = all.iter().map(|it| self.compiler.glossary.word(it)).collect();
            found.sort_unstable();
            Node::Words(found)
        };
        let ones = words(&ONES);
        let first = words(&[&ONES[..], &OTHERS[..]].concat());
        Node::Choice(vec![vec![Node::Step(Step::Number)], vec![first, Node::Optional(Box::new(ones))]])
    }

    /// `a | b)`, the opening bracket being read already.
    fn choice(&mut self) -> Result<Node, PhraseError> {
        let mut ways: Vec<Vec<Node>> = Vec::new();
        loop {
            let way = self.sequence()?;
            add_way(&mut ways, way);
            let mark = self.pieces.get(self.at);
            self.at += 1;
            match mark {
                Some(&"|") => {}
                Some(&")") => return Ok(Node::Choice(ways)),
                _ => return Err(PhraseError::Bracket(self.phrase.to_owned())),
            }
        }
    }

    /// Whether the word just read can be the last one: nothing follows it, save other ways of choices that end there.
    fn can_end_here(&self) -> bool {
        let mut rest = self.pieces[self.at..].iter();
        while let Some(&piece) = rest.next() {
            match piece {
                ")" => {}
                "|" => {
                    // The other ways, up to the bracket that ends them.
                    let mut open = 1_usize;
                    for &other in rest.by_ref() {
                        open = match other {
                            "(" => open + 1,
                            ")" => open - 1,
                            _ => open,
                        };
                        if open == 0 {
                            break;
                        }
                    }
                }
                _ => return false,
            }
        }
        true
    }

    fn word(&mut self, piece: &str) -> Result<Node, PhraseError> {
        let piece = piece.strip_prefix('\\').unwrap_or(piece);
        let lower = piece.to_lowercase();
        if let Some(prefix) = lower.strip_suffix('*') {
            if prefix.chars().count() < 3 {
                return Err(PhraseError::ShortPrefix(self.phrase.to_owned()));
            }
            return Ok(Node::Step(Step::Prefix(self.compiler.program.place_of_text(prefix))));
        }
        if tokens(piece.trim_end_matches('~').trim_start_matches('=')).len() > 1 {
            return Err(PhraseError::SeveralWords(self.phrase.to_owned(), piece.to_owned()));
        }
        let is_last = self.can_end_here();
        if let Some(exact) = piece.strip_prefix('=') {
            let word = self.compiler.glossary.word(&exact.to_lowercase());
            let step = Step::Exact(self.compiler.program.place_of_text(exact));
            return Ok(Node::Choice(vec![vec![Node::Step(step), Node::Words(vec![word])]]));
        }
        let forms = if let Some(stem) = lower.strip_suffix('~') {
            inflection::all_forms(stem)
        } else if is_last && self.last_word == LastWord::Noun {
            inflection::plural_forms(&lower)
        } else {
            vec![lower]
        };
        let mut words: Vec<WordId> = forms.iter().map(|form| self.compiler.glossary.word(form)).collect();
        words.sort_unstable();
        words.dedup();
        Ok(Node::Words(words))
    }
}
