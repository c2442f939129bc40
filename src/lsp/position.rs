//! Between bytes and what a client counts: lines from 0, columns in UTF-8 or UTF-16 units.
//!
//! The only place that knows UTF-16. A byte order mark that a client sends is a character of its line.

use gen_lsp_types::{Position, PositionEncodingKind, Range};

use crate::span::Span;

/// What a client counts columns in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Encoding {
    /// Bytes.
    Utf8,
    /// What every client understands.
    #[default]
    Utf16,
}

impl Encoding {
    /// Bytes, where a client offers them: nothing has to be counted then.
    pub(super) fn of(offered: &[PositionEncodingKind]) -> Self {
        if offered.contains(&PositionEncodingKind::UTF8) { Self::Utf8 } else { Self::Utf16 }
    }

    /// Its name in the protocol.
    pub(super) fn kind(self) -> PositionEncodingKind {
        match self {
            Self::Utf8 => PositionEncodingKind::UTF8,
            Self::Utf16 => PositionEncodingKind::UTF16,
        }
    }
}

/// The lines of a text, and how many units stand before every 4096th byte, so that a place in a very long line costs
/// no more than in a short one.
pub(super) struct Positions<'t> {
    text: &'t str,
    starts: Vec<usize>,
    /// Empty when units are bytes.
    units_before: Vec<usize>,
}

const STRIDE: usize = 4096;

impl<'t> Positions<'t> {
    /// Looks for the lines of a text; `\n`, `\r\n` and a lone `\r` end one.
    pub(super) fn of(text: &'t str, encoding: Encoding) -> Self {
        let bytes = text.as_bytes();
        let mut starts = vec![0];
        for at in memchr::memchr2_iter(b'\n', b'\r', bytes) {
            let splits_pair = bytes[at] == b'\r' && bytes.get(at + 1) == Some(&b'\n');
            if !splits_pair {
                starts.push(at + 1);
            }
        }
        let mut units_before = Vec::new();
        if encoding == Encoding::Utf16 && !text.is_ascii() {
            let mut count = 0;
            for chunk in bytes.chunks(STRIDE) {
                units_before.push(count);
                count += utf16_units(chunk);
            }
        }
        Self { text, starts, units_before }
    }

    /// Where a byte stands. Bytes past the end count as the end.
    pub(super) fn position(&self, byte: usize) -> Position {
        let byte = byte.min(self.text.len());
        let line = self.starts.partition_point(|&start| start <= byte) - 1;
        let character = self.units(byte) - self.units(self.starts[line]);
        Position::new(unsigned(line), unsigned(character))
    }

    /// Where a span stands.
    pub(super) fn range(&self, span: Span) -> Range {
        Range::new(self.position(span.start), self.position(span.end))
    }

    /// The byte at a place. A column past the line's words counts as their end, a line past the last as the end of the
    /// text, and the middle of a character as its beginning.
    pub(super) fn byte(&self, at: Position) -> usize {
        let line = at.line as usize;
        let Some(&start) = self.starts.get(line) else { return self.text.len() };
        let end = self.starts.get(line + 1).copied().unwrap_or(self.text.len());
        let end = start + self.text[start..end].trim_end_matches(['\n', '\r']).len();
        let character = at.character as usize;
        if self.units_before.is_empty() {
            return self.boundary(start.saturating_add(character).min(end));
        }
        let target = self.units(start).saturating_add(character);
        let stride = self.units_before.partition_point(|&before| before <= target).saturating_sub(1);
        let mut byte = self.boundary((stride * STRIDE).max(start));
        let mut units = self.units(byte);
        for character in self.text[byte..end.max(byte)].chars() {
            units += character.len_utf16();
            if target < units {
                break;
            }
            byte += character.len_utf8();
        }
        byte.min(end)
    }

    /// The bytes of a range, whichever end comes first.
    pub(super) fn span(&self, range: Range) -> Span {
        let (start, end) = (self.byte(range.start), self.byte(range.end));
        Span::new(start.min(end), start.max(end))
    }

    /// The nearest boundary of characters that is not behind a byte.
    fn boundary(&self, byte: usize) -> usize {
        (0..=byte).rev().find(|&it| self.text.is_char_boundary(it)).unwrap_or_default()
    }

    /// How many units stand before a byte.
    fn units(&self, byte: usize) -> usize {
        let Some(&before) = self.units_before.get(byte / STRIDE) else {
            // Past the last stride there is the end of the text alone.
            let last = self.units_before.len().saturating_sub(1);
            let Some(&before) = self.units_before.last() else { return byte };
            return before + utf16_units(&self.text.as_bytes()[last * STRIDE..byte]);
        };
        before + utf16_units(&self.text.as_bytes()[byte / STRIDE * STRIDE..byte])
    }
}

/// A character is counted at its first byte: two units if it has four bytes, else one.
fn utf16_units(bytes: &[u8]) -> usize {
    bytes.iter().map(|byte| usize::from(byte & 0xc0 != 0x80) + usize::from(0xf0 <= *byte)).sum()
}

/// No article that is read has so many lines or columns.
fn unsigned(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str, byte: usize, encoding: Encoding) -> (u32, u32) {
        let position = Positions::of(text, encoding).position(byte);
        (position.line, position.character)
    }

    #[test]
    fn columns_are_counted_in_the_units_of_the_client() {
        assert_eq!(at("é😀x", 6, Encoding::Utf16), (0, 3));
        assert_eq!(at("é😀x", 6, Encoding::Utf8), (0, 6));
        assert_eq!(at("a\r\né\rb", 6, Encoding::Utf16), (2, 0));
        assert_eq!(at("\u{feff}x", 3, Encoding::Utf16), (0, 1));
        assert_eq!(at("\u{feff}x", 3, Encoding::Utf8), (0, 3));
        assert_eq!(at("x", 9, Encoding::Utf16), (0, 1));
    }

    #[test]
    fn every_boundary_comes_back_to_itself() {
        let long = "ü😀x".repeat(3000);
        for text in ["", "a", "é😀x\r\n\u{feff}y\n\n😀", "a\rb\r\nc\n", &long] {
            for encoding in [Encoding::Utf8, Encoding::Utf16] {
                let positions = Positions::of(text, encoding);
                let ends = text.char_indices().map(|(at, _)| at).chain([text.len()]);
                // Within a pair of `\r\n` there is no place.
                for byte in ends.filter(|&at| !text[..at].ends_with('\r') || !text[at..].starts_with('\n')) {
                    assert_eq!(positions.byte(positions.position(byte)), byte, "{encoding:?}");
                }
            }
        }
    }

    #[test]
    fn places_that_do_not_exist_are_the_nearest_that_do() {
        let positions = Positions::of("a😀b\r\nc", Encoding::Utf16);
        assert_eq!(positions.byte(Position::new(0, 2)), 1);
        assert_eq!(positions.byte(Position::new(0, 3)), 5);
        assert_eq!(positions.byte(Position::new(0, 99)), 6);
        assert_eq!(positions.byte(Position::new(9, 0)), 9);
        assert_eq!(positions.byte(Position::new(u32::MAX, u32::MAX)), 9);
        let bytes = Positions::of("a😀b\r\nc", Encoding::Utf8);
        assert_eq!(bytes.byte(Position::new(0, 3)), 1);
        assert_eq!(bytes.byte(Position::new(0, u32::MAX)), 6);
        let turned = Range::new(Position::new(1, 1), Position::new(0, 0));
        assert_eq!(positions.span(turned), Span::new(0, 9));
    }
}
