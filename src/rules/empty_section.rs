//! `empty-section`.

use crate::declare_rule;
use crate::diagnostic::Finding;
use crate::document::blocks::BlockKind;
use crate::rule::Article;

declare_rule! {
    /// ## What it flags
    ///
    /// A heading with nothing under it. A heading followed at once by a subheading is fine; a picture, table, list,
    /// quotation or code block is something.
    ///
    /// ## Why it matters
    ///
    /// It promises what the article does not hold: usually a section that got lost on the way.
    ///
    /// ## Example
    ///
    /// ```markdown
    /// ## Heat
    ///
    /// ## Rest
    /// ```
    ///
    /// ## Instead
    ///
    /// Write the section, or remove its heading.
    "empty-section", Warning, "a heading with nothing under it"
}

fn check(article: Article<'_>) -> Vec<Finding> {
    let document = article.document;
    let headings = &document.outline.headings;
    let mut findings = Vec::new();
    for (index, heading) in headings.iter().enumerate().filter(|(_, heading)| heading.marked) {
        let next = headings.get(index + 1);
        let end = next.map_or(document.content.blocks.len(), |next| next.block);
        let holds_text = (heading.block + 1..end).any(|id| document.block(id).kind != BlockKind::Break);
        let from = document.block(heading.block).span.end;
        let to = next.map_or(document.source.text().len(), |next| document.block(next.block).span.start);
        let images = &document.content.images;
        let next_image = images.get(images.partition_point(|it| it.span.start < from));
        let holds_picture = next_image.is_some_and(|it| it.span.end <= to);
        let holds_markup = holds_other_markup(&document.source.text()[from..to.max(from)]);
        let has_subsection = next.is_some_and(|next| next.level > heading.level);
        if holds_text || holds_picture || holds_markup || has_subsection {
            continue;
        }
        let block = document.block(heading.block);
        let text = block.prose.text();
        findings.push(
            Finding::new(block.span, format!("the section `{text}` is empty"))
                .label("nothing under it")
                .help("write the section, or remove its heading"),
        );
    }
    findings
}

/// Shortcodes, components and embedded media stand for something, though not for prose.
fn holds_other_markup(between: &str) -> bool {
    between.contains("{{") || between.contains("{%") || between.contains("<iframe") || between.contains("<video")
        || between.lines().any(|line| line.trim_start().starts_with('<') && !line.trim_start().starts_with("</")
            && !line.trim_start().starts_with("<!--"))
}
