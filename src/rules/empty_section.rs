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

/// Shortcodes, components and embedded media stand for something, though not for prose; a tag that only lays out does not.
fn holds_other_markup(between: &str) -> bool {
    const LAYOUT: &[&str] = &["p", "br", "hr", "div", "span", "section", "article", "a", "b", "strong", "em", "i", "font",
        "center", "header", "main", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "small", "u"];
    if between.contains("{{") || between.contains("{%") {
        return true;
    }
    let mut rest = between;
    while let Some(open) = rest.find('<') {
        let tag = &rest[open + 1..];
        if let Some(comment) = tag.strip_prefix("!--") {
            rest = comment.find("-->").map_or("", |end| &comment[end + 3..]);
            continue;
        }
        let end = tag.find('>').unwrap_or(tag.len());
        let name = tag[..end].split(|c: char| !c.is_alphanumeric() && c != '-').next().unwrap_or_default();
        // A script fills an element that it knows by its id or its data.
        let is_filled = name == "div" && [" id=", " data-"].iter().any(|it| tag[..end].contains(it));
        if name.starts_with(char::is_alphabetic) && (is_filled || !LAYOUT.contains(&name.to_lowercase().as_str())) {
            return true;
        }
        rest = &tag[end..];
    }
    false
}
