//! One block of prose as words: tokens, sentences, clauses.

use std::ops::Range;

use super::scope::Scope;
use crate::document::blocks::BlockId;
use crate::document::prose::sentences;
use crate::document::words::{Token, TokenKind, tokens};
use crate::knowledge::cues::Cue;
use crate::knowledge::lexicon::{Hit, Scratch, Term};
use crate::knowledge::{Knowledge, Meaning};

/// A block's words and what the packs know about them.
#[derive(Debug)]
pub struct Passage {
    /// Which block.
    pub block: BlockId,
    /// Its tokens.
    pub tokens: Vec<Token>,
    /// Token ranges of its sentences.
    pub sentences: Vec<Sentence>,
    /// What was found in it, by first token, the longest first.
    pub hits: Vec<Hit<Meaning>>,
    /// Which cues are among them: hardly any block holds what is asked for.
    cues: Cues,
    /// Which kinds of things are among them.
    kinds: u16,
    /// What stands over it: a heading, a lead-in, a quotation. Known once all passages are read.
    pub scope: Scope,
}

/// What an entry of a pack is, of which most passages hold none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Held {
    /// A remedy, or its use.
    Remedy,
    /// What is done with a remedy and should not be.
    Practice,
    /// What is a fault after something else.
    PracticeThen,
    /// A caution that goes with a remedy.
    Caution,
    /// A red flag.
    Sign,
    /// Somebody who can help.
    Helper,
    /// A claim.
    Claim,
    /// What careless publishing leaves behind.
    Residue,
}

impl Held {
    fn of(meaning: Meaning) -> Option<Self> {
        match meaning {
            Meaning::Remedy(_) | Meaning::RemedyUse(_) | Meaning::RemedyShort(_) => Some(Self::Remedy),
            Meaning::Practice(_) => Some(Self::Practice),
            Meaning::PracticeThen(_) => Some(Self::PracticeThen),
            Meaning::Caution(_) => Some(Self::Caution),
            Meaning::Sign(_) => Some(Self::Sign),
            Meaning::Helper(_) => Some(Self::Helper),
            Meaning::Claim(_) => Some(Self::Claim),
            Meaning::Residue(_) => Some(Self::Residue),
            _ => None,
        }
    }

    const fn bit(self) -> u16 {
        1 << self as u16
    }
}

/// A set of cues, by their bits.
#[derive(Debug, Clone, Copy, Default)]
struct Cues(u128);

impl Cues {
    fn of(cues: &[Cue]) -> Self {
        cues.iter().fold(Self::default(), |all, &cue| all.with(cue))
    }

    fn with(self, cue: Cue) -> Self {
        Self(self.0 | 1_u128.rotate_left(cue as u32))
    }

    fn share(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

/// A block's passage, among passages in order of their blocks.
pub fn passage_of(passages: &[Passage], block: BlockId) -> Option<&Passage> {
    passages.binary_search_by_key(&block, |it| it.block).ok().map(|index| &passages[index])
}

/// The first passage below a block, among passages in order of their blocks.
pub fn passage_below(passages: &[Passage], block: BlockId) -> Option<&Passage> {
    passages.get(passages.partition_point(|it| it.block <= block))
}

/// A sentence of a passage.
#[derive(Debug)]
pub struct Sentence {
    /// Its tokens.
    pub tokens: Range<usize>,
    /// Where its clauses end; the last one is the sentence's end.
    clause_ends: Vec<usize>,
    /// Whether it asks something.
    pub is_question: bool,
    /// Whether the answer to it refuses what it names. Known once all passages are read.
    pub is_refused: bool,
}

impl Sentence {
    /// The clauses, in order.
    pub fn clauses(&self) -> impl Iterator<Item = Range<usize>> + '_ {
        let mut start = self.tokens.start;
        self.clause_ends.iter().map(move |&end| std::mem::replace(&mut start, end)..end)
    }

    /// The clause that holds a token.
    pub fn clause_of(&self, token: usize) -> Range<usize> {
        self.clauses().find(|clause| clause.contains(&token)).unwrap_or_else(|| self.tokens.clone())
    }
}

impl Passage {
    /// Reads one block's visible text.
    pub fn read(block: BlockId, visible: &str, knowledge: &Knowledge, scratch: &mut Scratch) -> Self {
        let tokens = tokens(visible);
        let terms: Vec<Term<'_>> = tokens
            .iter()
            .map(|&token| {
                let id = knowledge.lexicon.word_id(token, visible, scratch);
                Term::new(id, token.kind, token.text(visible))
            })
            .collect();
        let mut hits: Vec<Hit<Meaning>> = Vec::with_capacity(tokens.len() / 2);
        let sentences = sentences(visible);
        let mut found = Vec::with_capacity(sentences.len());
        let mut from = 0;
        for sentence in sentences {
            let length = tokens[from..].partition_point(|token| (token.start as usize) < sentence.end);
            let whole = from..from + length;
            from = whole.end;
            for range in pieces(whole) {
                let first_hit = hits.len();
                knowledge.lexicon.find(&terms[range.clone()], scratch, |hit| {
                    let tokens = hit.tokens.start + range.start..hit.tokens.end + range.start;
                    hits.push(Hit { meaning: hit.meaning, tokens });
                });
                let clause_ends = clause_ends(&terms, &range, &hits[first_hit..]);
                let is_question = terms[range.clone()].iter().rev().take(3).any(|term| term.text == "?");
                found.push(Sentence { tokens: range, clause_ends, is_question, is_refused: false });
            }
        }
        let (mut cues, mut kinds) = (Cues::default(), 0);
        for hit in &hits {
            match hit.meaning {
                Meaning::Cue(cue) => cues = cues.with(cue),
                other => kinds |= Held::of(other).map_or(0, Held::bit),
            }
        }
        let scope = Scope::default();
        Self { block, tokens, sentences: found, hits, cues, kinds, scope }
    }

    /// Whether something of this kind stands anywhere in it, be it ruled out by other words or not.
    pub fn holds(&self, kind: Held) -> bool {
        self.kinds & kind.bit() != 0
    }

    /// Adds the hashes of its words and numbers, so that two texts can be compared word by word.
    pub fn add_words(&self, words: &mut Vec<u64>) {
        words.reserve(self.tokens.len());
        for token in &self.tokens {
            if token.kind != TokenKind::Mark {
                words.push(token.hash);
            }
        }
    }

    /// The bytes of the visible text that tokens cover.
    pub fn visible(&self, tokens: &Range<usize>) -> Range<usize> {
        let Some(first) = self.tokens.get(tokens.start) else { return 0..0 };
        let last = tokens.end.max(tokens.start + 1) - 1;
        first.start as usize..self.tokens[last.min(self.tokens.len() - 1)].end as usize
    }

    /// Whether a token is a mark.
    pub fn has_mark(&self, token: usize) -> bool {
        self.tokens.get(token).is_some_and(|it| it.kind == TokenKind::Mark)
    }

    /// Whether a token is one of some words, whatever its case.
    pub(super) fn is_one_of(&self, visible: &str, token: usize, words: &[&str]) -> bool {
        let text = self.tokens.get(token).map(|it| it.text(visible));
        text.is_some_and(|it| words.iter().any(|word| word.eq_ignore_ascii_case(it)))
    }

    /// The sentence that holds a token, as an index.
    pub fn sentence_of(&self, token: usize) -> usize {
        self.sentences
            .partition_point(|sentence| sentence.tokens.end <= token)
            .min(self.sentences.len().saturating_sub(1))
    }

    /// The sentence before the one that holds a token.
    pub(super) fn sentence_before(&self, token: usize) -> Option<&Sentence> {
        self.sentences.get(self.sentence_of(token).checked_sub(1)?)
    }

    /// Whether somebody who can help stands within the tokens.
    pub fn names_helper(&self, tokens: &Range<usize>) -> bool {
        self.hits_in(tokens).any(|hit| matches!(hit.meaning, Meaning::Helper(_)))
    }

    /// How many tokens end in the visible text before a byte.
    pub fn tokens_before(&self, byte: usize) -> usize {
        self.tokens.partition_point(|token| (token.end as usize) <= byte)
    }

    /// Whether a phrase that says `this looks like it and is not` overlaps these tokens.
    pub fn is_ruled_out_by(&self, tokens: &Range<usize>, not: Meaning) -> bool {
        self.overlapping(tokens, not).any(|other| !self.begins_in_no_refusal(other))
    }

    /// The phrases of one meaning that overlap some tokens, in their sentence.
    pub(super) fn overlapping(
        &self,
        tokens: &Range<usize>,
        meaning: Meaning,
    ) -> impl Iterator<Item = &Hit<Meaning>> {
        let overlaps = |other: &Range<usize>| other.start < tokens.end && tokens.start < other.end;
        self.hits_around(tokens.start)
            .filter(move |other| other.meaning == meaning && overlaps(&other.tokens))
    }

    /// Whether a phrase begins with a `not` that refuses nothing: the one of `why not use it for an hour`.
    pub fn begins_in_no_refusal(&self, phrase: &Hit<Meaning>) -> bool {
        let start = phrase.tokens.start;
        self.hits_around(start).any(|it| {
            it.meaning == Meaning::Cue(Cue::NotOnly) && it.tokens.start <= start && start < it.tokens.end
        })
    }

    /// What was found in the sentence of a token.
    pub fn hits_around(&self, token: usize) -> impl DoubleEndedIterator<Item = &Hit<Meaning>> {
        let sentence = self.sentences.get(self.sentence_of(token)).map_or(0..0, |it| it.tokens.clone());
        self.hits_in(&sentence)
    }

    /// What was found within a range of tokens.
    pub fn hits_in<'p>(
        &'p self,
        tokens: &Range<usize>,
    ) -> impl DoubleEndedIterator<Item = &'p Hit<Meaning>> + use<'p> {
        let end = tokens.end;
        self.hits_from(tokens).iter().filter(move |hit| hit.tokens.end <= end)
    }

    /// What begins within a range of tokens.
    fn hits_from(&self, tokens: &Range<usize>) -> &[Hit<Meaning>] {
        if self.tokens.len() <= tokens.len() {
            return &self.hits;
        }
        let first = self.hits.partition_point(|hit| hit.tokens.start < tokens.start);
        let rest = &self.hits[first..];
        // Most ranges are short.
        let count = rest.iter().position(|hit| tokens.end <= hit.tokens.start).unwrap_or(rest.len());
        &rest[..count]
    }

    /// Whether one of these cues stands within the tokens.
    pub fn has_cue(&self, tokens: &Range<usize>, cues: &[Cue]) -> bool {
        self.cues_in(tokens, cues).next().is_some()
    }

    /// Whether one of these cues stands anywhere in it.
    pub fn says(&self, cues: &[Cue]) -> bool {
        self.cues.share(Cues::of(cues))
    }

    /// Whether words are part of one of these cues: the `not` of `is not settling`.
    pub fn is_part_of_cue(&self, words: &Range<usize>, within: &Range<usize>, cues: &[Cue]) -> bool {
        self.cues_in(within, cues).any(|it| it.tokens.start <= words.start && words.end <= it.tokens.end)
    }

    /// The cues of these kinds within the tokens.
    pub fn cues_in<'p>(
        &'p self,
        tokens: &Range<usize>,
        cues: &'p [Cue],
    ) -> impl DoubleEndedIterator<Item = &'p Hit<Meaning>> {
        let end = tokens.end;
        let hits = if self.says(cues) { self.hits_from(tokens) } else { &[] };
        hits.iter().filter(move |hit| {
            hit.tokens.end <= end && matches!(hit.meaning, Meaning::Cue(cue) if cues.contains(&cue))
        })
    }
}

/// A sentence that is no sentence any more (a file without a full stop) is read in pieces, so that no part of the
/// reading looks at more than so many tokens at once.
fn pieces(sentence: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    const LONGEST: usize = 400;
    let end = sentence.end;
    sentence.step_by(LONGEST).map(move |start| start..(start + LONGEST).min(end))
}

/// Where clauses end: at strong marks, and before a joining word with which something new begins.
fn clause_ends(terms: &[Term<'_>], sentence: &Range<usize>, hits: &[Hit<Meaning>]) -> Vec<usize> {
    /// `so that it doesn't swell`, `so it can't rub off`
    const SO_THAT: &[&str] = &["that", "it", "they", "you", "we", "he", "she"];
    /// Stand before what readers are told to do.
    const LEADS: &[&str] = &["just", "simply", "please", "instead", "first", "maybe", "perhaps", "always"];
    let mut ends = Vec::new();
    // The `heat` of `avoid hot baths, heat packs and wine` begins the name of a remedy.
    let names = |at: usize| {
        hits.iter().any(|hit| {
            hit.tokens.start == at && hit.tokens.len() > 1 && matches!(hit.meaning, Meaning::Remedy(_))
        })
    };
    // `Never let it slip, let alone keep it on overnight`
    let goes_on = |at: usize| {
        is_word(&terms[at], &["let"]) && terms.get(at + 1).is_some_and(|it| is_word(it, &["alone"]))
    };
    // `for 35 minutes, after which the skin must rest`
    let is_after_which = |at: usize| {
        is_word(&terms[at], &["after", "before", "during", "by"])
            && terms.get(at + 1).is_some_and(|it| is_word(it, &["which"]))
    };
    let begins_action = |at: usize| {
        !names(at)
            && !goes_on(at)
            && hits.iter().any(|hit| {
                hit.tokens.start == at
                    && matches!(
                        hit.meaning,
                        Meaning::Cue(
                            Cue::Action | Cue::Forbid | Cue::Subject | Cue::Recommend | Cue::Condition
                        )
                    )
            })
    };
    for at in sentence.start + 1..sentence.end {
        let term = &terms[at];
        let before = &terms[at - 1];
        let clause_start = ends.last().copied().unwrap_or(sentence.start);
        let ends_here = if term.kind == TokenKind::Mark
            || goes_on_refusing(terms, hits, clause_start, at, sentence.end)
        {
            false
        } else if before.kind == TokenKind::Mark {
            match before.text {
                ";" | ":" | "–" | "—" | "→" | "(" | ")" | "?" => !(is_number_dash(terms, at)),
                "," => {
                    is_word(
                        term,
                        &["but", "then", "so", "yet", "because", "which", "though", "although", "while"],
                    ) || is_after_which(at)
                        || (is_word(term, &["and", "or"]) && at + 1 < sentence.end && begins_action(at + 1))
                        || begins_action(at)
                        // `If it hurts, just wait a week`
                        || (is_word(term, LEADS) && at + 1 < sentence.end && begins_action(at + 1))
                }
                _ => false,
            }
        } else {
            // Nearly every word is turned away by its first letter.
            let first = term.text.as_bytes().first().map_or(0, u8::to_ascii_lowercase);
            matches!(first, b'a' | b'b' | b'i' | b's' | b't' | b'u' | b'w')
                && (is_word(term, &["but", "because", "unless"])
                    || (is_word(term, &["so"]) && at + 1 < sentence.end && is_word(&terms[at + 1], SO_THAT))
                    || (is_word(term, &["if", "when", "whenever"]) && at > sentence.start)
                    || (is_word(term, &["and", "then"]) && at + 1 < sentence.end && begins_action(at + 1)))
        };
        if ends_here {
            ends.push(at);
        }
    }
    ends.push(sentence.end);
    ends
}

/// `Do not put heat on it, have a hot bath, or let anyone rub it`: what begins at `at`, behind a comma, is one more of the acts
/// that the clause forbids.
fn goes_on_refusing(
    terms: &[Term<'_>],
    hits: &[Hit<Meaning>],
    clause_start: usize,
    at: usize,
    sentence_end: usize,
) -> bool {
    let has = |at: usize, cue: Cue| {
        hits.iter().any(|hit| hit.tokens.start == at && hit.meaning == Meaning::Cue(cue))
    };
    let ends_the_list = |at: usize| is_word(&terms[at], &["or"]) && has(at + 1, Cue::Action);
    if terms[at - 1].text != "," || !(has(at, Cue::Action) || ends_the_list(at)) {
        return false;
    }
    // `do not`
    let refuses = has(clause_start, Cue::Forbid);
    refuses
        && (at..sentence_end)
            .take_while(|&at| terms[at].kind != TokenKind::Mark || terms[at].text == ",")
            .take_while(|&at| !is_word(&terms[at], &["but", "instead", "then"]))
            .any(ends_the_list)
}

/// `15 – 20`: a dash between numbers is a range.
fn is_number_dash(terms: &[Term<'_>], after_dash: usize) -> bool {
    matches!(terms[after_dash - 1].text, "–" | "—")
        && terms[after_dash].kind == TokenKind::Number
        && after_dash >= 2
        && terms[after_dash - 2].kind == TokenKind::Number
}

fn is_word(term: &Term<'_>, words: &[&str]) -> bool {
    words.iter().any(|word| term.text.eq_ignore_ascii_case(word))
}
