//! `unmarked-heading`.

use crate::declare_rule;
use crate::diagnostic::{Applicability, Edit, Finding, Fix};
use crate::document::blocks::Block;
use crate::rule::Article;
use crate::source::Source;
use crate::span::Span;

declare_rule! {
    /// ## What it flags
    ///
    /// A line that acts as a heading and is not marked as one: a bold paragraph by itself, or, in an article without
    /// any marked heading, a short line in title case.
    ///
    /// ## Why it matters
    ///
    /// Screen readers and search engines find their way by headings, and so do tables of contents. A bold line is
    /// none to them.
    ///
    /// ## Example
    ///
    /// ```markdown
    /// **How hot should the bath be?**
    /// ```
    ///
    /// ## Instead
    ///
    /// `## How hot should the bath be?`
    "unmarked-heading", Warning, "a line that acts as a heading and is not marked as one", fix: Safe
}

fn check(article: Article<'_>) -> Vec<Finding> {
    let document = article.document;
    document
        .outline
        .headings
        .iter()
        .filter(|heading| !heading.marked)
        .map(|heading| {
            let block = document.block(heading.block);
            let text = block.prose.text().trim();
            let marks = "#".repeat(usize::from(heading.level));
            let finding = Finding::new(block.span, format!("`{text}` acts as a heading and is not marked as one"))
                .label("reads like a heading")
                .help(format!("write `{marks} {text}`"));
            match fix(article, block, &marks) {
                Some(fix) => finding.fix(fix),
                None => finding,
            }
        })
        .collect()
}

/// Marks the line; only where it is Markdown on one line of its own.
fn fix(article: Article<'_>, block: &Block, marks: &str) -> Option<Fix> {
    let source = article.document.source;
    let written = source.slice(block.span);
    if block.html || written.contains(['\n', '\r']) || !has_line_of_its_own(source, block.span) {
        return None;
    }
    let strong = |mark: &str| {
        let inside = written.strip_prefix(mark)?.strip_suffix(mark)?;
        (!inside.contains(mark)).then_some(inside)
    };
    let bare = strong("**").or_else(|| strong("__")).unwrap_or(written).trim();
    // A `#` at its end would close the heading and vanish.
    if bare.ends_with('#') {
        return None;
    }
    Some(Fix {
        message: "mark it as a heading".to_owned(),
        applicability: Applicability::Safe,
        edits: vec![Edit { span: block.span, text: format!("{marks} {bare}") }],
    })
}

/// Whether nothing else stands on its line, as a stray tag may.
fn has_line_of_its_own(source: &Source, span: Span) -> bool {
    let line = source.line_start(span.start).max(source.text_start());
    let before = &source.text()[line.min(span.start)..span.start];
    let after = source.text()[span.end..].split(['\n', '\r']).next().unwrap_or_default();
    before.trim().is_empty() && after.trim().is_empty()
}
