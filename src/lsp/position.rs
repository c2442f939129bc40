//! Between bytes and what a client counts: lines from 0, columns in UTF-8 or UTF-16 units.
//!
//! The only place that knows UTF-16. A byte order mark that a client sends is a character of its line.

use gen_lsp_types::{Position, PositionEncodingKind, Range};

use crate::columns::Columns;
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

/// The places of a text, as a client counts them.
pub(super) struct Positions<'t> {
    text: &'t str,
    columns: Columns,
}

impl<'t> Positions<'t> {
    /// Looks for the lines of a text.
    pub(super) fn of(text: &'t str, encoding: Encoding) -> Self {
        let columns = match encoding {
            Encoding::Utf8 => Columns::of_bytes(text),
            Encoding::Utf16 => Columns::of(text, utf16_units),
        };
        Self { text, columns }
    }

    /// Where a byte stands. Bytes past the end count as the end.
    pub(super) fn position(&self, byte: usize) -> Position {
        let byte = byte.min(self.text.len());
        let line = self.columns.line(byte);
        let character = self.units(byte) - self.units(self.columns.starts[line]);
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
        let Some(&start) = self.columns.starts.get(line) else { return self.text.len() };
        let end = self.columns.starts.get(line + 1).copied().unwrap_or(self.text.len());
        let end = start + self.text[start..end].trim_end_matches(['\n', '\r']).len();
        let character = at.character as usize;
        let target = self.units(start).saturating_add(character);
        let Some(before) = self.columns.byte_before(target) else {
            return self.boundary(target.min(end));
        };
        let mut byte = self.boundary(before.max(start));
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

    fn units(&self, byte: usize) -> usize {
        self.columns.units(self.text, byte)
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
