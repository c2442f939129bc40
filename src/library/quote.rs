//! Places of an article with their words: all that a finding across articles has to know of a text, which may be gone by
//! then.

use borsh::{BorshDeserialize, BorshSerialize};

use crate::diagnostic::Place;
use crate::source::Source;
use crate::span::Span;

/// A place of an article.
#[derive(Debug, BorshSerialize, BorshDeserialize)]
pub struct Quote {
    /// Where.
    pub place: Place,
    /// What stands there, with one space between words.
    pub words: String,
}

/// The places of an article that findings across articles can be about.
#[derive(Debug, BorshSerialize, BorshDeserialize)]
pub struct Quotes {
    /// By span, each once.
    all: Vec<Quote>,
}

impl Quotes {
    /// The places of a text at these spans.
    pub(super) fn of(source: &Source, spans: impl Iterator<Item = Span>) -> Self {
        let mut spans: Vec<Span> = spans.collect();
        spans.sort_unstable();
        spans.dedup();
        let quote = |span| Quote {
            place: source.place(span),
            words: source.slice(span).split_whitespace().collect::<Vec<_>>().join(" "),
        };
        Self { all: spans.into_iter().map(quote).collect() }
    }

    /// The place at a span.
    pub fn at(&self, span: Span) -> Option<&Quote> {
        self.all.binary_search_by_key(&span, |it| it.place.span).ok().map(|at| &self.all[at])
    }

    /// Whether a text holds all of them.
    pub fn are_of(&self, source: &Source) -> bool {
        self.all.iter().all(|it| {
            source.holds(it.place.span)
                && source.slice(it.place.span).split_whitespace().eq(it.words.split_whitespace())
        })
    }
}
