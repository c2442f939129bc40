//! What is kept of each article for checks across articles: small, owned, and never the text.
//!
//! ```text
//! Article ─Summary::of (in parallel)─► Summary… ─Library::of─► rules that look across ─► finding in one of them
//! ```
//!
//! A library is in the order of paths, so that what is found depends neither on threads nor on the order in which
//! articles were named. It says of no article whether a finding is allowed there: that is the engine's.

pub mod figure;
mod folded;
mod quote;
pub mod sketch;
mod summary;

pub use folded::Folded;
pub use quote::{Quote, Quotes};
pub use summary::{Address, Lead, Summary, Title};

use crate::diagnostic::Finding;

/// An article of a run, as the engine counts them.
pub type ArticleId = usize;

/// The articles that one rule looks at together.
pub struct Library<'s> {
    /// By path.
    pub articles: Vec<(ArticleId, &'s Summary)>,
}

impl<'s> Library<'s> {
    /// Puts articles in order.
    pub fn of(articles: impl IntoIterator<Item = (ArticleId, &'s Summary)>) -> Self {
        let mut articles: Vec<_> = articles.into_iter().collect();
        articles.sort_by(|(_, one), (_, other)| one.path.cmp(&other.path));
        Self { articles }
    }

    /// The same, with some of the articles alone.
    #[must_use]
    pub fn with(&self, takes: impl Fn(ArticleId) -> bool) -> Self {
        Self { articles: self.articles.iter().copied().filter(|(id, _)| takes(*id)).collect() }
    }
}

/// What a rule found in one article by looking at others.
pub type FoundAcross = (ArticleId, Finding);
