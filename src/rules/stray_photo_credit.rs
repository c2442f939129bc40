//! `stray-photo-credit`.

use crate::declare_rule;
use crate::diagnostic::Finding;
use crate::document::blocks::{BlockKind, MarkKind};
use crate::knowledge::residue::ResidueRule;
use crate::rule::Article;
use crate::span::Span;

declare_rule! {
    /// ## What it flags
    ///
    /// A picture credit that stands in running text: `Photo by … on …`, an agency's name as a line of its own. A
    /// credit in a caption, or in italics right under its picture, is where it belongs.
    ///
    /// ## Why it matters
    ///
    /// To a reader it is a sentence about nothing, and it often stays when the picture has gone.
    ///
    /// ## Example
    ///
    /// ```markdown
    /// Photo by Ann Lee on Unsplash
    /// ```
    ///
    /// ## Instead
    ///
    /// Put it into the caption of its picture, or remove it.
    "stray-photo-credit", Note, "a picture credit in running text"
}

fn check(article: Article<'_>) -> Vec<Finding> {
    article
        .reading
        .residue(article.knowledge, ResidueRule::StrayPhotoCredit)
        .into_iter()
        .filter(|(_, span)| !is_under_its_picture(article, *span))
        .map(|(residue, span)| Finding::new(span, residue.message.clone()).label("credit in the text").help(residue.help.clone()))
        .collect()
}

/// An italic line right under a picture is a caption.
fn is_under_its_picture(article: Article<'_>, span: Span) -> bool {
    let content = &article.document.content;
    let Some(id) = content.blocks.iter().position(|block| block.kind == BlockKind::Paragraph && block.span.contains(span)) else {
        return false;
    };
    let block = &content.blocks[id];
    let is_italic = block.marks.iter().any(|it| it.kind == MarkKind::Emphasis && it.range.len() + 2 >= block.prose.text().len());
    let follows_picture = content.images.iter().any(|image| {
        image.span.end <= block.span.start
            && article.document.source.text()[image.span.end..block.span.start].trim_matches(['*', '_', ')']).trim().is_empty()
    });
    (is_italic && follows_picture) || block.place.figure
}
