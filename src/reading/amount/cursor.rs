//! Looking at the tokens of one block around a position. Out of range is an empty word, never a panic.

use crate::document::words::{Token, TokenKind};

/// The tokens of a block, with their texts.
#[derive(Clone, Copy)]
pub(super) struct Reader<'t> {
    pub(super) tokens: &'t [Token],
    pub(super) words: &'t [&'t str],
}

impl<'t> Reader<'t> {
    /// The text of the token, or nothing past either end.
    pub(super) fn word(&self, at: usize) -> &'t str {
        self.words.get(at).copied().unwrap_or_default()
    }

    /// The text of the token that stands `steps` before `at`.
    pub(super) fn before(&self, at: usize, steps: usize) -> &'t str {
        at.checked_sub(steps).map_or("", |earlier| self.word(earlier))
    }

    pub(super) fn is(&self, at: usize, word: &str) -> bool {
        same_word(self.word(at), word)
    }

    pub(super) fn any(&self, at: usize, words: &[&str]) -> bool {
        is_one_of(self.word(at), words)
    }

    pub(super) fn is_number(&self, at: usize) -> bool {
        self.kind(at) == Some(TokenKind::Number)
    }

    pub(super) fn is_word(&self, at: usize) -> bool {
        self.kind(at) == Some(TokenKind::Word)
    }

    pub(super) fn kind(&self, at: usize) -> Option<TokenKind> {
        self.tokens.get(at).map(|token| token.kind)
    }

    /// Any dash that stands between the ends of a range or inside a compound.
    pub(super) fn is_dash(&self, at: usize) -> bool {
        matches!(self.word(at), "-" | "‐" | "‑" | "‒" | "–" | "—" | "―" | "−" | "~" | "〜")
    }

    /// The position after an optional dash.
    pub(super) fn past_dash(&self, at: usize) -> usize {
        if self.is_dash(at) { at + 1 } else { at }
    }

    /// Whether no white space stands between this token and the one before it.
    pub(super) fn is_joined(&self, at: usize) -> bool {
        at.checked_sub(1)
            .and_then(|earlier| Some(self.tokens.get(earlier)?.end == self.tokens.get(at)?.start))
            .unwrap_or(false)
    }

    /// The position after these words, with dashes between them allowed.
    pub(super) fn phrase(&self, at: usize, phrase: &str) -> Option<usize> {
        if !starts_alike(self.word(at), phrase) {
            return None;
        }
        let mut next = at;
        for word in phrase.split(' ') {
            if next > at && self.is_dash(next) {
                next += 1;
            }
            if !self.is(next, word) {
                return None;
            }
            next += 1;
        }
        Some(next)
    }

    /// The position after the first of these phrases that stands here.
    pub(super) fn any_phrase(&self, at: usize, phrases: &[&str]) -> Option<usize> {
        let word = self.word(at);
        phrases.iter().filter(|phrase| starts_alike(word, phrase)).find_map(|phrase| self.phrase(at, phrase))
    }

    /// The position at which these words start, when they end just before `end`.
    pub(super) fn phrase_before(&self, end: usize, phrase: &str) -> Option<usize> {
        let last = self.before(end, 1).as_bytes().last()?;
        if phrase.as_bytes().last().is_some_and(|it| !it.eq_ignore_ascii_case(last)) {
            return None;
        }
        let start = end.checked_sub(phrase.split(' ').count())?;
        let matches = phrase.split(' ').enumerate().all(|(step, word)| self.is(start + step, word));
        matches.then_some(start)
    }

    /// Whether a sentence ends between the two positions.
    pub(super) fn sentence_ends_between(&self, from: usize, to: usize) -> bool {
        (from..to).any(|at| self.ends_sentence(at))
    }

    pub(super) fn ends_sentence(&self, at: usize) -> bool {
        matches!(self.word(at), "." | "!" | "?")
    }
}

/// Compares without regard to case, and takes a curly apostrophe for a straight one.
pub(super) fn same_word(word: &str, wanted: &str) -> bool {
    if same_letters(word, wanted) {
        return true;
    }
    if word.is_ascii() || !wanted.contains('\'') {
        return false;
    }
    let straight =
        word.chars().map(|it| if matches!(it, '’' | '‘' | 'ʼ') { '\'' } else { it.to_ascii_lowercase() });
    straight.eq(wanted.chars())
}

/// Compares without regard to case, the cheapest test first: most words are turned away by their length or first letter.
fn same_letters(word: &str, wanted: &str) -> bool {
    word.len() == wanted.len() && starts_alike(word, wanted) && word.eq_ignore_ascii_case(wanted)
}

/// Whether the first bytes are the same letter, which most phrases are turned away by.
pub(super) fn starts_alike(word: &str, phrase: &str) -> bool {
    match (word.as_bytes().first(), phrase.as_bytes().first()) {
        (Some(word), Some(phrase)) => word.eq_ignore_ascii_case(phrase),
        _ => false,
    }
}

pub(super) fn is_one_of(word: &str, words: &[&str]) -> bool {
    words.iter().any(|wanted| same_letters(word, wanted))
        || !word.is_ascii() && words.iter().any(|wanted| same_word(word, wanted))
}
