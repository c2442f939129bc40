//! What has to change in an article so that a picture is marked as decoration, of which nothing has to be said to those
//! who cannot see it.
//!
//! HTML says so by an empty attribute. Markdown has no way to say it: empty brackets look like words that were forgotten,
//! and are reported as such. So a picture in Markdown becomes a tag, where that shows the same picture in the same place.

use crate::diagnostic::Edit;
use crate::document::Document;
use crate::document::blocks::{BlockId, Image};

/// The edit that marks the picture of an alternative text as decoration.
pub fn of_alt_text(document: &Document<'_>, alt: BlockId) -> Option<Edit> {
    let block = document.block(alt);
    let text = document.source.text();
    if block.html {
        let is_quoted = text[..block.span.start].ends_with(['"', '\'']);
        return is_quoted.then(|| Edit { span: block.span, text: String::new() });
    }
    let last = document.content.image_before(block.span.start + 1);
    let image = last.filter(|it| it.alt_span == Some(block.span))?;
    let can_be_tag = !document.dialect.mdx && is_plain(document, image) && !is_in_link(document, image);
    (can_be_tag && keeps_its_neighbours(text, image)).then(|| {
        let address = image.url.replace('&', "&amp;");
        Edit { span: image.span, text: format!("<img src=\"{address}\" alt=\"\">") }
    })
}

/// Whether it is written as `![words](address)` and nothing else: no title, no reference, no attributes, and no letter in its
/// address that means something else in a tag or a table.
fn is_plain(document: &Document<'_>, image: &Image) -> bool {
    let Some(alt) = image.alt_span else { return false };
    let written = format!("![{}]({})", document.source.slice(alt), image.url);
    let has_attributes = document.source.text()[image.span.end..].starts_with('{');
    document.source.slice(image.span) == written
        && !image.url.is_empty()
        && !image.url.contains(['"', '\'', '<', '>', '`', '{', '|', '\\'])
        && !has_attributes
}

/// To those who cannot see the picture, its words may be all that is said of where the link leads.
fn is_in_link(document: &Document<'_>, image: &Image) -> bool {
    let links = &document.content.links;
    let next = links.partition_point(|it| it.span.start < image.span.start);
    links[..next].last().is_some_and(|it| it.span.end > image.span.start)
}

/// Whether what stands around it stays Markdown. A tag with a line of its own makes HTML of all lines up to a blank one.
fn keeps_its_neighbours(text: &str, image: &Image) -> bool {
    let is_break = |it: char| matches!(it, '\n' | '\r');
    let after = text[image.span.end..].trim_start_matches(|it: char| it.is_whitespace() && !is_break(it));
    if !after.is_empty() && !after.starts_with(is_break) {
        return true;
    }
    // Only now, for a line can be as long as the file.
    let first = text[..image.span.start].rfind(is_break).map_or(0, |at| at + 1);
    let next_line = after.strip_prefix("\r\n").or_else(|| after.strip_prefix(is_break)).unwrap_or_default();
    let is_next_blank = next_line.split(is_break).next().is_none_or(|it| it.trim().is_empty());
    text[first..image.span.start].contains(char::is_alphabetic) || is_next_blank
}
