//! Visible text, and the exact way back to the bytes it came from.
//!
//! Markup is seen through: what a reader sees is one string, and every range of it maps to a source span. The two
//! differ in length (`&amp;` is one character and five bytes), so nothing but this map converts between them.

use std::ops::Range;

use crate::span::Span;

/// Stands in visible text for what is no prose: code, a bare address, a shortcode, a picture.
pub const HIDDEN: char = '\u{fffc}';

/// The visible text of one block with its source map.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Prose {
    text: String,
    pieces: Vec<Piece>,
}

/// A run of visible text that came from one run of source bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Piece {
    /// Where it begins in the visible text.
    at: usize,
    source: Span,
    /// Visible and source bytes are the same; otherwise the piece maps only as a whole.
    verbatim: bool,
}

impl Prose {
    /// The visible text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether there is nothing to see.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// The source of all of it; `None` when it is empty.
    pub fn span(&self) -> Option<Span> {
        Some(self.pieces.first()?.source.to(self.pieces.last()?.source))
    }

    /// The source span of a range of the visible text.
    ///
    /// A range that begins or ends within a replaced piece (an entity, a folded line break) takes all of it.
    pub fn source_span(&self, visible: Range<usize>) -> Span {
        let Some(first) = self.piece_at(visible.start) else { return Span::empty(0) };
        if visible.is_empty() {
            return Span::empty(self.source_start(first, visible.start));
        }
        let last = self.piece_at(visible.end - 1).unwrap_or(first);
        Span::new(self.source_start(first, visible.start), self.source_end(last, visible.end))
    }

    /// The text with hidden parts shown as they stand in the source: for comparing headings.
    pub fn with_hidden_shown(&self, source: &str) -> String {
        let mut shown = String::with_capacity(self.text.len());
        for (index, piece) in self.pieces.iter().enumerate() {
            let visible = &self.text[piece.at..self.piece_end(index)];
            shown.push_str(if visible.starts_with(HIDDEN) { &source[piece.source.range()] } else { visible });
        }
        shown
    }

    /// Appends source text that is seen as it is.
    pub(super) fn push_verbatim(&mut self, text: &str, start: usize) {
        if text.is_empty() {
            return;
        }
        let source = Span::new(start, start + text.len());
        match self.pieces.last_mut() {
            Some(last) if last.verbatim && last.source.end == start => last.source.end = source.end,
            _ => self.pieces.push(Piece { at: self.text.len(), source, verbatim: true }),
        }
        self.text.push_str(text);
    }

    /// Appends visible text that stands for other source bytes.
    pub(super) fn push_replaced(&mut self, visible: &str, source: Span) {
        if !visible.is_empty() {
            self.pieces.push(Piece { at: self.text.len(), source, verbatim: false });
            self.text.push_str(visible);
        }
    }

    /// Appends text of the source: verbatim where it is, as a whole where it was decoded.
    pub(super) fn push(&mut self, visible: &str, source: Span, file: &str) {
        if file.get(source.range()) == Some(visible) {
            self.push_verbatim(visible, source.start);
        } else {
            self.push_replaced(visible, source);
        }
    }

    /// Drops white space from the end.
    pub(super) fn trim_end(&mut self) {
        let length = self.text.trim_end().len();
        self.truncate(length);
    }

    fn truncate(&mut self, length: usize) {
        self.text.truncate(length);
        while self.pieces.last().is_some_and(|piece| piece.at >= length) {
            self.pieces.pop();
        }
        if let Some(last) = self.pieces.last_mut()
            && last.verbatim
        {
            last.source.end = last.source.start + (length - last.at);
        }
    }

    /// Replaces ranges of the visible text, given in order, by one hidden character each.
    pub(super) fn hide(&mut self, ranges: &[Range<usize>]) {
        if ranges.is_empty() {
            return;
        }
        let mut hidden = Self::default();
        let mut from = 0;
        for range in ranges {
            self.copy_to(&mut hidden, from..range.start);
            hidden.push_replaced(HIDDEN.encode_utf8(&mut [0; 4]), self.source_span(range.clone()));
            from = range.end;
        }
        self.copy_to(&mut hidden, from..self.text.len());
        *self = hidden;
    }

    fn copy_to(&self, target: &mut Self, visible: Range<usize>) {
        for (index, piece) in self.pieces.iter().enumerate() {
            let start = piece.at.max(visible.start);
            let end = self.piece_end(index).min(visible.end);
            if start < end {
                let text = &self.text[start..end];
                if piece.verbatim {
                    target.push_verbatim(text, piece.source.start + (start - piece.at));
                } else {
                    target.push_replaced(text, piece.source);
                }
            }
        }
    }

    fn piece_at(&self, visible: usize) -> Option<usize> {
        self.pieces.partition_point(|piece| piece.at <= visible).checked_sub(1)
    }

    fn piece_end(&self, index: usize) -> usize {
        self.pieces.get(index + 1).map_or(self.text.len(), |next| next.at)
    }

    fn source_start(&self, index: usize, visible: usize) -> usize {
        let piece = self.pieces[index];
        if piece.verbatim { piece.source.start + (visible - piece.at) } else { piece.source.start }
    }

    fn source_end(&self, index: usize, visible: usize) -> usize {
        let piece = self.pieces[index];
        if piece.verbatim { piece.source.start + (visible - piece.at) } else { piece.source.end }
    }
}

/// The sentences of visible text, as ranges without the white space around them.
///
/// A full stop ends none after an abbreviation (`e.g.`, `Dr.`), within a number or before a small letter. A
/// hard line break ends one, and a bullet begins one.
pub fn sentences(text: &str) -> Vec<Range<usize>> {
    /// What `…` begins with, as other marks do.
    const ELLIPSIS: u8 = "…".as_bytes()[0];
    let bytes = text.as_bytes();
    let stop =
        |from: usize| memchr::memchr3(b'.', b'!', b'?', &bytes[from..]).map_or(bytes.len(), |it| from + it);
    let other =
        |from: usize| memchr::memchr2(b'\n', ELLIPSIS, &bytes[from..]).map_or(bytes.len(), |it| from + it);
    let (mut next_stop, mut next_other) = (stop(0), other(0));
    let mut found = Vec::new();
    let mut start = 0;
    let mut at = 0;
    loop {
        if next_stop < at {
            next_stop = stop(at);
        }
        if next_other < at {
            next_other = other(at);
        }
        let mark = next_stop.min(next_other);
        let Some(character) = text[mark..].chars().next() else { break };
        at = mark + character.len_utf8();
        let ends = match character {
            '\n' => true,
            // `• Shower first • No diving`, typed in one paragraph
            '•' | '▪' | '●' => {
                push_trimmed(text, start..mark, &mut found);
                start = mark;
                false
            }
            '.' | '!' | '?' | '…' => {
                at = text.len() - text[at..].trim_start_matches(is_closing).len();
                ends_sentence(text, start, mark, at)
            }
            _ => false,
        };
        if ends {
            push_trimmed(text, start..at, &mut found);
            start = at;
        }
    }
    push_trimmed(text, start..text.len(), &mut found);
    found
}

fn push_trimmed(text: &str, range: Range<usize>, found: &mut Vec<Range<usize>>) {
    let sentence = &text[range.clone()];
    let start = range.start + (sentence.len() - sentence.trim_start().len());
    let end = range.start + sentence.trim_end().len();
    if start < end {
        found.push(start..end);
    }
}

fn is_closing(character: char) -> bool {
    matches!(character, '.' | '!' | '?' | '…' | '"' | '\'' | '”' | '’' | ')' | ']' | '»')
}

/// Whether the mark at `mark`, with its closing quotes up to `after`, ends the sentence that began at `start`.
fn ends_sentence(text: &str, start: usize, mark: usize, after: usize) -> bool {
    let rest = &text[after..];
    let Some(gap) = rest.chars().next() else { return true };
    if !gap.is_whitespace() && gap != HIDDEN {
        return false;
    }
    let next = rest.trim_start().chars().next();
    if next.is_some_and(char::is_lowercase) {
        return false;
    }
    if text[mark..].starts_with('.') {
        let word = last_word(&text[start..mark]);
        if NEVER_LAST.iter().any(|it| word.eq_ignore_ascii_case(it)) {
            return false;
        }
        // `No. 5` and the answer `No.` look alike up to what follows.
        if word.eq_ignore_ascii_case("no") {
            return !next.is_some_and(|it| it.is_ascii_digit());
        }
        // An initial (`J. Smith`), or the number of a list item that is no list item to Markdown.
        let is_letter = word != "I" && word.chars().count() == 1 && word.chars().all(char::is_uppercase);
        // `at 800 W. Rest it …`: a unit.
        let before = text[start..mark].trim_end_matches(char::is_uppercase).trim_end();
        let is_initial = is_letter && !before.ends_with(|it: char| it.is_ascii_digit() || it == '°');
        let item_number = text[start..mark].trim().chars().all(|c| c.is_ascii_digit());
        return !is_initial && !item_number;
    }
    true
}

/// What stands behind the last white space or opening bracket.
fn last_word(text: &str) -> &str {
    let ends = |byte: &u8| matches!(byte, b' ' | b'\t'..=b'\r' | b'(' | b'[' | 0x80..);
    match text.bytes().rposition(|byte| ends(&byte)) {
        None => text,
        Some(at) if text.as_bytes()[at].is_ascii() => &text[at + 1..],
        // There is white space beyond ASCII, too.
        Some(_) => {
            text.rsplit(|c: char| c.is_whitespace() || matches!(c, '(' | '[')).next().unwrap_or_default()
        }
    }
}

/// Abbreviations that something always follows.
const NEVER_LAST: &[&str] = &[
    "e.g", "i.e", "eg", "ie", "dr", "mr", "mrs", "ms", "prof", "st", "vs", "cf", "fig", "approx", "ca", "al",
    "u.s", "u.k",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<&str> {
        sentences(text).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn abbreviations_and_decimals_end_no_sentence() {
        assert_eq!(
            split("Dr. Hart says 1.5 hours, e.g. twice. Then stop!"),
            ["Dr. Hart says 1.5 hours, e.g. twice.", "Then stop!"]
        );
        assert_eq!(split("He said \"rest.\" Then he left"), ["He said \"rest.\"", "Then he left"]);
        assert_eq!(split("Wait 5 min. after it. 2 more."), ["Wait 5 min. after it.", "2 more."]);
        assert_eq!(split("Must I? No. See No. 5."), ["Must I?", "No.", "See No. 5."]);
        assert_eq!(
            split("90 s at 800 W. J. Hart sat at 40 °C. Stop."),
            ["90 s at 800 W.", "J. Hart sat at 40 °C.", "Stop."]
        );
        assert_eq!(split("one\ntwo"), ["one", "two"]);
        assert_eq!(split("..."), ["..."]);
    }

    #[test]
    fn maps_visible_ranges_to_source() {
        let file = "a &amp; b";
        let mut prose = Prose::default();
        prose.push_verbatim("a ", 0);
        prose.push("&", Span::new(2, 7), file);
        prose.push_verbatim(" b", 7);
        assert_eq!(prose.text(), "a & b");
        assert_eq!(prose.source_span(2..3), Span::new(2, 7));
        assert_eq!(prose.source_span(0..5), Span::new(0, 9));
        assert_eq!(prose.source_span(4..5), Span::new(8, 9));
        prose.hide(std::slice::from_ref(&(0..1)));
        assert_eq!(prose.text(), "\u{fffc} & b");
        assert_eq!(prose.source_span(0..3), Span::new(0, 1));
    }
}
