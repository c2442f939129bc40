//! `stray-photo-credit`.

use crate::declare_rule;
use crate::diagnostic::{Applicability, Finding, Fix};
use crate::document::blocks::{Block, MarkKind};
use crate::document::prose::{HIDDEN, sentences};
use crate::knowledge::residue::ResidueRule;
use crate::reading::residue::ResidueFound;
use crate::removal;
use crate::rule::Article;

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
    "stray-photo-credit", Note, "a picture credit in running text", fix: Unsafe
}

fn check(article: Article<'_>) -> Vec<Finding> {
    let content = &article.document.content;
    article
        .reading
        .residue(article.knowledge, ResidueRule::StrayPhotoCredit)
        .into_iter()
        .filter_map(|ResidueFound { residue, block: id, span: words }| {
            let block = &content.blocks[id];
            if is_under_its_picture(article, block) {
                return None;
            }
            // A line that is nothing else is marked as a whole.
            let text = block.prose.text();
            let is_a_line = sentences(text).len() == 1 && text.split_whitespace().count() <= LONGEST_LINE;
            let place = if is_a_line { block.span } else { words };
            let finding = Finding::new(place, residue.message.clone());
            let finding = finding.label("credit in the text").help(residue.help.clone());
            let edits = is_a_line.then(|| removal::of_block(article.document, id)).flatten();
            Some(match edits {
                Some(edits) => finding.fix(Fix {
                    message: "remove the credit".to_owned(),
                    applicability: Applicability::Unsafe,
                    edits,
                }),
                None => finding,
            })
        })
        .collect()
}

/// Words of the longest paragraph that is a credit and nothing else.
const LONGEST_LINE: usize = 12;

/// An italic line right under a picture is a caption, with or without a blank line between them.
fn is_under_its_picture(article: Article<'_>, block: &Block) -> bool {
    if block.place.figure {
        return true;
    }
    let text = block.prose.text();
    let count = |part: &str| part.chars().filter(|c| !c.is_whitespace() && *c != HIDDEN).count();
    let emphasised = block.marks.iter().filter(|it| it.kind == MarkKind::Emphasis);
    let italic: usize = emphasised.map(|it| count(&text[it.range.clone()])).sum();
    if italic == 0 || italic + 2 < count(text) {
        return false;
    }
    let source = article.document.source.text();
    article.document.content.image_before(block.span.end).is_some_and(|image| {
        let right_above = image.span.end <= block.span.start && {
            let between = &source[image.span.end..block.span.start];
            between.trim_matches(['*', '_', ')']).trim().is_empty()
        };
        right_above || block.span.contains(image.span)
    })
}
