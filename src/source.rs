//! The text of one file: where it came from, what it holds, and which line and column a byte is on.
//!
//! The only module that reads files. It does not know what the text means.

use std::fmt;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use borsh::{BorshDeserialize, BorshSerialize};

use crate::columns::Columns;
use crate::span::Span;
use crate::stamp::Stamp;

/// Why a file could not be turned into text.
#[derive(Debug, thiserror::Error)]
pub enum SourceError {
    /// The operating system refused.
    #[error("failed to read: {0}")]
    Unreadable(#[from] std::io::Error),
    /// More than any article holds; its size in bytes.
    #[error("too large to be an article: {0} bytes, and at most {LARGEST} are read; split it, or exclude it")]
    TooLarge(u64),
    /// The bytes are not UTF-8; the offset of the first wrong byte.
    #[error("not UTF-8 text: byte {0} starts no valid character; save the file as UTF-8")]
    NotUtf8(usize),
}

/// The most that is read of one file, in bytes: a thousand times the size of a long article.
pub const LARGEST: u64 = 16 * 1024 * 1024;

/// A place as people count it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, BorshSerialize, BorshDeserialize)]
pub struct Position {
    /// Line, from 1. `\n`, `\r\n` and a lone `\r` end a line.
    pub line: usize,
    /// Column, from 1, in Unicode scalar values; a tab is one, a byte order mark is none.
    pub column: usize,
}

/// A span with both its ends as people count them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Place {
    /// In bytes.
    pub span: Span,
    /// Where it begins.
    pub start: Position,
    /// Where it ends, exclusive.
    pub end: Position,
}

/// One file's text.
pub struct Source {
    path: PathBuf,
    text: String,
    stamp: Option<Stamp>,
    columns: OnceLock<Columns>,
}

impl Source {
    /// Text that is in memory already, under the name that messages and configuration know it by.
    pub fn from_text(path: impl Into<PathBuf>, text: impl Into<String>) -> Self {
        Self { path: path.into(), text: text.into(), stamp: None, columns: OnceLock::new() }
    }

    /// Reads a file.
    pub fn read(path: &Path) -> Result<Self, SourceError> {
        #[expect(clippy::disallowed_methods, reason = "this is the one reader of files")]
        let file = std::fs::File::open(path)?;
        let metadata = file.metadata()?;
        let size = metadata.len();
        if size > LARGEST {
            return Err(SourceError::TooLarge(size));
        }
        // A device has no size and no end, and a file can grow while it is read.
        // What changes while it is read, or right after, has to get another stamp.
        let stamp = Stamp::of(&metadata).filter(Stamp::is_settled);
        let source = Self::from_bytes(path, read_all(file, size)?)?;
        Ok(Self { stamp, ..source })
    }

    /// Reads standard input to its end; `name` stands for it in messages.
    pub fn read_standard_input(name: &Path) -> Result<Self, SourceError> {
        Self::from_bytes(name, read_all(std::io::stdin().lock(), 0)?)
    }

    fn from_bytes(path: &Path, bytes: Vec<u8>) -> Result<Self, SourceError> {
        let text = String::from_utf8(bytes)
            .map_err(|error| SourceError::NotUtf8(error.utf8_error().valid_up_to()))?;
        Ok(Self::from_text(path, text))
    }

    /// The path as it was given.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The stamp that the file had before it was read; `None` where the text is no file's, the file was changed just then, or
    /// the system gives none.
    pub fn stamp(&self) -> Option<Stamp> {
        self.stamp
    }

    /// The whole text, byte order mark included.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text of a span.
    pub fn slice(&self, span: Span) -> &str {
        &self.text[span.range()]
    }

    /// Whether a span lies within the text, with characters whole.
    pub fn holds(&self, span: Span) -> bool {
        self.text.get(span.range()).is_some()
    }

    /// Where a byte offset stands. Offsets past the end count as the end.
    pub fn position(&self, byte: usize) -> Position {
        let (text, columns) = (self.text.as_str(), self.columns());
        let byte = byte.min(text.len());
        let line = columns.line(byte);
        let mut column = columns.units(text, byte) - columns.units(text, columns.starts[line]) + 1;
        if line == 0 && byte > 0 {
            column -= usize::from(self.text_start() > 0);
        }
        Position { line: line + 1, column }
    }

    /// A span with both its ends as people count them.
    pub fn place(&self, span: Span) -> Place {
        Place { span, start: self.position(span.start), end: self.position(span.end) }
    }

    /// The first byte of the line that a byte offset stands on.
    pub fn line_start(&self, byte: usize) -> usize {
        let columns = self.columns();
        columns.starts[columns.line(byte)]
    }

    /// Its lines from the first on, without what ends them and without a byte order mark.
    pub fn lines(&self) -> impl Iterator<Item = Span> {
        let starts = &self.columns().starts;
        let ends = starts.iter().skip(1).copied().chain([self.text.len()]);
        starts.iter().zip(ends).map(|(&start, end)| {
            let start = start.max(if start == 0 { self.text_start() } else { 0 });
            Span::new(start, start + self.text[start..end].trim_end_matches(['\n', '\r']).len())
        })
    }

    fn columns(&self) -> &Columns {
        self.columns.get_or_init(|| Columns::of(&self.text, count_characters))
    }

    /// The byte order mark's length: where the text proper begins.
    pub fn text_start(&self) -> usize {
        if self.text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 }
    }
}

/// The bytes of a file of the program's own; a pipe, which may never end, is none.
pub fn bytes(path: &Path) -> std::io::Result<Vec<u8>> {
    if !path.metadata()?.is_file() {
        return Err(std::io::ErrorKind::InvalidInput.into());
    }
    #[expect(clippy::disallowed_methods, reason = "this is the one reader of files")]
    std::fs::read(path)
}

/// All that a reader gives, of which so much is expected.
fn read_all(reader: impl Read, expected: u64) -> Result<Vec<u8>, SourceError> {
    let mut bytes = Vec::with_capacity(usize::try_from(expected).unwrap_or_default());
    reader.take(LARGEST + 1).read_to_end(&mut bytes)?;
    match bytes.len() as u64 {
        size if size > LARGEST => Err(SourceError::TooLarge(size)),
        _ => Ok(bytes),
    }
}

impl fmt::Debug for Source {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Source({}, {} bytes)", self.path.display(), self.text.len())
    }
}

fn count_characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|&&byte| byte & 0xC0 != 0x80).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str, byte: usize) -> (usize, usize) {
        let position = Source::from_text("x.md", text).position(byte);
        (position.line, position.column)
    }

    #[test]
    fn every_kind_of_line_ending_ends_a_line() {
        assert_eq!(at("a\nb", 2), (2, 1));
        assert_eq!(at("a\r\nb", 3), (2, 1));
        assert_eq!(at("a\rb", 2), (2, 1));
        assert_eq!(at("a\r\nb", 2), (1, 3));
    }

    #[test]
    fn lines_hold_no_line_ends_and_no_byte_order_mark() {
        let source = Source::from_text("x.md", "\u{feff}a\r\nb\rc\n\n");
        let lines: Vec<&str> = source.lines().map(|line| source.slice(line)).collect();
        assert_eq!(lines, ["a", "b", "c", "", ""]);
    }

    #[test]
    fn columns_count_characters_and_no_byte_order_mark() {
        assert_eq!(at("é😀x", 6), (1, 3));
        assert_eq!(at("\u{feff}x", 3), (1, 1));
        assert_eq!(at("\u{feff}x", 0), (1, 1));
        assert_eq!(at("\tx", 1), (1, 2));
    }

    #[test]
    fn columns_stay_right_across_the_stride() {
        let text = "ü".repeat(5000);
        assert_eq!(at(&text, 9000), (1, 4501));
        assert_eq!(at(&text, 10_000), (1, 5001));
    }
}
