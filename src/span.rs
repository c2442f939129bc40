//! The one coordinate system: byte ranges of a whole file.
//!
//! Lines, columns and UTF-16 units are made from spans at the rim (`source`, `render`, `lsp`), never stored.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::ops::Range;

use borsh::{BorshDeserialize, BorshSerialize};

/// A byte range of a whole file, front matter and byte order mark included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, BorshSerialize, BorshDeserialize)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The bytes from `start` to before `end`.
    pub const fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// The empty span at `at`.
    pub const fn empty(at: usize) -> Self {
        Self { start: at, end: at }
    }

    /// Number of bytes.
    pub const fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether no byte lies in it.
    pub const fn is_empty(self) -> bool {
        self.start >= self.end
    }

    /// The smallest span that holds both.
    #[must_use]
    pub fn to(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// Whether `other` lies wholly inside.
    pub const fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share a byte.
    pub const fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// As a range, to slice text with.
    pub const fn range(self) -> Range<usize> {
        self.start..self.end
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        Self { start: range.start, end: range.end }
    }
}

/// Spans of which none overlaps another, to ask which of many places is touched.
#[derive(Debug, Default)]
pub struct Spans {
    /// By where each begins, with how many were added before it.
    starts: BTreeMap<usize, (Span, usize)>,
    added: usize,
}

impl Spans {
    /// Adds one.
    pub fn add(&mut self, span: Span) {
        self.starts.insert(span.start, (span, self.added));
        self.added += 1;
    }

    /// The place, in the order in which they were added, of the one that shares a byte with `span`.
    pub fn overlapping(&self, span: Span) -> Option<usize> {
        let (_, (last, place)) = self.starts.range(..span.end).next_back()?;
        last.overlaps(span).then_some(*place)
    }
}

impl FromIterator<Span> for Spans {
    fn from_iter<I: IntoIterator<Item = Span>>(spans: I) -> Self {
        let mut all = Self::default();
        spans.into_iter().for_each(|it| all.add(it));
        all
    }
}

/// Spans that may lie within each other, to find those that hold a place.
#[derive(Debug, Default)]
pub struct Layers {
    /// By where they begin, the longest first, each with its place in what they were made of.
    spans: Vec<(Span, usize)>,
    /// For each, the last one before it that goes on where it begins.
    around: Vec<Option<usize>>,
}

impl Layers {
    /// The places, in what they were made of, of the spans that hold a byte, the innermost first.
    pub fn holding(&self, byte: usize) -> impl Iterator<Item = usize> {
        let last = self.spans.partition_point(|(span, _)| span.start <= byte).checked_sub(1);
        let going_on = std::iter::successors(last, |&at| self.around[at]).map(|at| self.spans[at]);
        going_on.filter(move |(span, _)| byte < span.end).map(|(_, place)| place)
    }
}

impl FromIterator<Span> for Layers {
    fn from_iter<I: IntoIterator<Item = Span>>(spans: I) -> Self {
        let mut spans: Vec<(Span, usize)> =
            spans.into_iter().enumerate().map(|(place, span)| (span, place)).collect();
        spans.sort_by_key(|(span, place)| (span.start, Reverse(span.end), *place));
        let mut open: Vec<usize> = Vec::new();
        let mut around = Vec::with_capacity(spans.len());
        for (at, (span, _)) in spans.iter().enumerate() {
            while open.pop_if(|it| spans[*it].0.end <= span.start).is_some() {}
            around.push(open.last().copied());
            open.push(at);
        }
        Self { spans, around }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn layers_find_all_that_hold_a_byte() {
        let spans =
            [(0, 20), (2, 10), (2, 4), (3, 12), (6, 8), (15, 16)].map(|(start, end)| Span::new(start, end));
        let layers: Layers = spans.into_iter().collect();
        for byte in 0..21 {
            let mut found: Vec<usize> = layers.holding(byte).collect();
            found.sort_unstable();
            let expected: Vec<usize> =
                (0..spans.len()).filter(|&it| spans[it].start <= byte && byte < spans[it].end).collect();
            assert_eq!(found, expected, "at {byte}");
        }
    }
}
