//! Front matter (being written elsewhere; replaced on merge).
use crate::source::Source;
use crate::span::Span;

/// Front matter.
#[derive(Debug)]
pub struct FrontMatter {
    /// Opening fence.
    pub fence: Span,
    /// Where the body starts.
    pub end: usize,
}

impl FrontMatter {
    /// Splits it off.
    pub fn of(source: &Source) -> Option<Self> {
        let start = source.text_start();
        let text = &source.text()[start..];
        if !text.starts_with("---\n") {
            return None;
        }
        let end = text.find("\n---\n")? + 5;
        Some(Self { fence: Span::new(start, start + 3), end: start + end })
    }
}
