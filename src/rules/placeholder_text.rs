//! `placeholder-text`.

use crate::declare_rule;
use crate::diagnostic::Finding;
use crate::knowledge::residue::ResidueRule;
use crate::rule::Article;
use crate::span::Span;

declare_rule! {
    /// ## What it flags
    ///
    /// Lorem ipsum, `TODO`, `Content coming soon`, an empty slot of a template (`[Your Name]`). A real announcement
    /// of something that is coming is none.
    ///
    /// ## Why it matters
    ///
    /// The reader finds a hole where the heading promised help.
    ///
    /// ## Example
    ///
    /// ```markdown
    /// Content coming soon.
    /// ```
    ///
    /// ## Instead
    ///
    /// Write the text, or leave the section out until it is there.
    "placeholder-text", Warning, "filler text, a note to do something, an empty slot"
}

fn check(article: Article<'_>) -> Vec<Finding> {
    article
        .reading
        .residue(article.knowledge, ResidueRule::PlaceholderText)
        .into_iter()
        // `Coming soon`, over what comes.
        .filter(|(residue, span)| residue.id.value != "coming-soon" || !heads_text(article, *span))
        .map(|(residue, span)| Finding::new(span, residue.message.clone()).label("to be filled in").help(residue.help.clone()))
        .collect()
}

/// Whether a place is in a heading with text under it.
fn heads_text(article: Article<'_>, span: Span) -> bool {
    let document = article.document;
    let heading = document.outline.headings.iter().find(|it| document.block(it.block).span.contains(span));
    heading.is_some_and(|it| {
        let next = document.content.blocks.get(it.block + 1);
        next.is_some_and(|next| next.kind.is_prose() && document.outline.heading_at(it.block + 1).is_none())
    })
}
