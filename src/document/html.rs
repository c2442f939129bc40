//! Raw HTML inside Markdown: its text is prose, its tags are not.
//!
//! Tolerant by design: a tag that closes nothing closes nothing, and what is never closed ends with the file.

use super::blocks::{AddressKind, BlockKind, Image, MarkKind};
use super::builder::Builder;
use super::prose::Prose;
use crate::span::Span;

/// Reads HTML as Markdown hands it over, in pieces, and tells the builder.
#[derive(Default)]
pub(super) struct HtmlReader {
    /// Inside an element whose text is not for readers (`script`): its name.
    skipping: Option<String>,
    /// The HTML block that is being read, without what stands before its lines (a quote's `>`).
    pieces: Vec<Span>,
    /// What goes on in the next piece.
    unclosed: Option<Unclosed>,
}

/// Hidden markup that a piece ends in.
struct Unclosed {
    start: usize,
    close: &'static str,
    is_comment: bool,
}

const COMMENT: &str = "<!--";

/// How what no reader sees begins and ends: comments, CDATA sections, processing instructions and declarations.
const UNSEEN: &[(&str, &str)] = &[(COMMENT, "-->"), ("<![CDATA[", "]]>"), ("<?", "?>"), ("<!", ">")];

impl Unclosed {
    fn end(&self, builder: &mut Builder<'_>, end: usize) {
        if self.is_comment {
            builder.comment(Span::new(self.start, end));
        }
    }
}

impl HtmlReader {
    /// One line of an HTML block, or a part of one. They are read together at its end, for a tag may run over several.
    pub(super) fn block_line(&mut self, builder: &Builder<'_>, span: Span) {
        // Markdown leaves out carriage returns and the indentation of a list item.
        let goes_on = |last: &Span| {
            builder.file().get(last.end..span.start).is_some_and(|left_out| left_out.trim().is_empty())
        };
        match self.pieces.last_mut() {
            Some(last) if goes_on(last) => last.end = span.end,
            _ => self.pieces.push(span),
        }
    }

    pub(super) fn end_of_block(&mut self, builder: &mut Builder<'_>) {
        let pieces = std::mem::take(&mut self.pieces);
        for span in &pieces {
            self.read(builder, *span);
        }
        if let (Some(open), Some(last)) = (self.unclosed.take(), pieces.last()) {
            open.end(builder, last.end);
        }
    }

    /// One tag or comment within Markdown text.
    pub(super) fn inline(&mut self, builder: &mut Builder<'_>, span: Span) {
        self.read(builder, span);
        if let Some(open) = self.unclosed.take() {
            open.end(builder, span.end);
        }
    }

    fn read(&mut self, builder: &mut Builder<'_>, span: Span) {
        let file = builder.file();
        let mut at = span.start;
        while at < span.end {
            let rest = &file[at..span.end];
            if let Some(open) = self.unclosed.take() {
                let Some(length) = rest.find(open.close).map(|it| it + open.close.len()) else {
                    self.unclosed = Some(open);
                    return;
                };
                at += length;
                open.end(builder, at);
                continue;
            }
            let Some(open) = memchr::memchr(b'<', rest.as_bytes()) else {
                self.text(builder, at, rest);
                return;
            };
            if open > 0 {
                self.text(builder, at, &rest[..open]);
                at += open;
                continue;
            }
            if let Some((open, close)) = UNSEEN.iter().find(|(open, _)| rest.starts_with(open)) {
                self.unclosed = Some(Unclosed { start: at, close, is_comment: *open == COMMENT });
                at += open.len();
            } else if let Some((tag, length)) = Tag::at_start_of(rest) {
                self.tag(builder, &tag, Span::new(at, at + length));
                at += length;
            } else {
                self.text(builder, at, &rest[..1]);
                at += 1;
            }
        }
    }

    fn text(&mut self, builder: &mut Builder<'_>, start: usize, raw: &str) {
        if self.skipping.is_none() {
            builder.html_text(start, raw);
        }
    }

    fn tag(&mut self, builder: &mut Builder<'_>, tag: &Tag<'_>, span: Span) {
        let name = tag.name.to_ascii_lowercase();
        if tag.has_attributes() {
            note_addresses(builder, tag, &name, span);
        }
        if let Some(skipped) = &self.skipping {
            if tag.closing && *skipped == name {
                self.skipping = None;
            }
            return;
        }
        let inline = Some(span).filter(|_| !tag.closing);
        match name.as_str() {
            "script" | "style" | "template" | "svg" | "iframe" | "textarea" | "select" | "head"
            | "object" | "math" | "video" | "audio" | "canvas"
                if !tag.closing && !tag.self_closing =>
            {
                self.skipping = Some(name);
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                let level = name.as_bytes()[1] - b'0';
                open_or_close(builder, tag, BlockKind::Heading(level));
            }
            "figcaption" => open_or_close(builder, tag, BlockKind::Caption),
            "p" if tag.class_holds("caption") => open_or_close(builder, tag, BlockKind::Caption),
            // A term and what is said of it are one item, the term its label.
            "dt" if !tag.closing => {
                builder.open_item(Span::empty(span.start));
                builder.open_block(BlockKind::Paragraph, None, true);
            }
            "p" | "dt" | "dd" | "summary" | "caption" | "address" | "legend" => {
                open_or_close(builder, tag, BlockKind::Paragraph);
            }
            "ul" | "ol" | "dl" if tag.closing => builder.close_list(span.end),
            "ul" | "dl" => builder.open_list(None, Span::empty(span.start)),
            "ol" => builder.open_list(Some(1), Span::empty(span.start)),
            "li" if tag.closing => builder.close_item(span.end),
            "li" => builder.open_item(Span::empty(span.start)),
            "blockquote" if tag.closing => builder.close_quote(),
            "blockquote" => builder.open_quote(),
            "figure" => builder.set_figure(!tag.closing),
            "table" if tag.closing => builder.close_table(),
            "table" => builder.open_table(Span::empty(span.start)),
            "tr" if !tag.closing => builder.open_row(false),
            "td" | "th" if tag.closing => builder.close_cell(),
            "td" | "th" => builder.open_cell(name == "th", None, true),
            "strong" | "b" => mark(builder, tag, MarkKind::Strong),
            "em" | "i" => mark(builder, tag, MarkKind::Emphasis),
            "a" if tag.closing => builder.close_link(span.end),
            "a" => builder.open_link(tag.attribute("href").unwrap_or_default(), span.start),
            "br" => builder.line_break("\n", span),
            "hr" => {
                builder.open_block(BlockKind::Break, inline, true);
                builder.close_block();
            }
            "pre" => {
                builder.open_block(BlockKind::Code, inline, true);
                builder.close_block();
                self.skipping = (!tag.closing).then_some(name);
            }
            "code" | "kbd" | "samp" if !tag.closing => {
                builder.hidden(span, true);
                self.skipping = Some(name);
            }
            "img" if !tag.closing => image(builder, tag, span),
            _ if is_block_level(&name) => builder.close_block(),
            _ => {}
        }
    }
}

/// Where a tag leads to, and what leads to it. A film names its files in tags of its own.
fn note_addresses(builder: &mut Builder<'_>, tag: &Tag<'_>, name: &str, span: Span) {
    let (attribute, kind) = match name {
        "a" | "area" => ("href", AddressKind::HtmlLink),
        "img" | "video" | "audio" | "source" | "track" | "iframe" | "embed" => {
            ("src", AddressKind::HtmlMedia)
        }
        _ => ("", AddressKind::HtmlLink),
    };
    if let Some(url) = tag.attribute(attribute).filter(|_| !attribute.is_empty()) {
        builder.address(span, &url, kind);
    }
    for attribute in ["id", "name"] {
        if tag.text.contains(attribute)
            && let Some(anchor) = tag.attribute(attribute)
        {
            builder.anchor(&anchor);
        }
    }
}

fn open_or_close(builder: &mut Builder<'_>, tag: &Tag<'_>, kind: BlockKind) {
    if tag.closing {
        builder.close_block();
    } else {
        builder.open_block(kind, None, true);
    }
}

fn mark(builder: &mut Builder<'_>, tag: &Tag<'_>, kind: MarkKind) {
    if tag.closing {
        builder.close_mark(kind);
    } else {
        builder.open_mark(kind);
    }
}

fn image(builder: &mut Builder<'_>, tag: &Tag<'_>, span: Span) {
    let alt = tag.raw_attribute("alt");
    let mut prose = Prose::default();
    let mut alt_span = None;
    if let Some((offset, raw)) = alt {
        let start = span.start + offset;
        push_text(&mut prose, start, raw);
        prose.trim_end();
        alt_span = Some(Span::new(start, start + raw.len()));
    }
    let image = Image {
        span,
        alt: alt.map(|_| prose.text().to_owned()),
        alt_span,
        url: tag.attribute("src").unwrap_or_default(),
        html: true,
        before: 0,
    };
    builder.image(image, prose);
}

fn is_block_level(name: &str) -> bool {
    matches!(
        name,
        "div"
            | "section"
            | "article"
            | "main"
            | "header"
            | "footer"
            | "nav"
            | "aside"
            | "body"
            | "html"
            | "form"
            | "fieldset"
            | "details"
            | "center"
            | "dl"
            | "thead"
            | "tbody"
            | "tfoot"
            | "tr"
            | "hgroup"
            | "picture"
            | "button"
    )
}

/// Appends raw HTML text to prose: white space folded to one space, entities decoded.
pub(super) fn push_text(prose: &mut Prose, start: usize, raw: &str) {
    let mut at = 0;
    while at < raw.len() {
        let rest = &raw[at..];
        let first = rest.as_bytes()[0];
        if first.is_ascii_whitespace() {
            let length = rest.bytes().take_while(u8::is_ascii_whitespace).count();
            let after_space = prose.is_empty() || prose.text().ends_with([' ', '\n']);
            if !after_space {
                prose.push_replaced(" ", Span::new(start + at, start + at + length));
            }
            at += length;
        } else if first == b'&'
            && let Some((decoded, length)) = entity(rest)
        {
            prose.push_replaced(&decoded, Span::new(start + at, start + at + length));
            at += length;
        } else {
            // A single space stays inside the run; anything longer or a line break ends it.
            let mut end = 1;
            let bytes = rest.as_bytes();
            while end < bytes.len() && bytes[end] != b'&' {
                let folded_space = bytes[end].is_ascii_whitespace()
                    && (bytes[end] != b' ' || bytes.get(end + 1).is_none_or(u8::is_ascii_whitespace));
                if folded_space {
                    break;
                }
                end += 1;
            }
            prose.push_verbatim(&rest[..end], start + at);
            at += end;
        }
    }
}

/// The entity at the start of `text`, decoded, and its length in bytes.
fn entity(text: &str) -> Option<(String, usize)> {
    let length = text.bytes().take(40).position(|byte| byte == b';')? + 1;
    let named = &text[1..length - 1];
    let well_formed =
        !named.is_empty() && named.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'#');
    if !well_formed {
        return None;
    }
    let decoded = htmlize::unescape(&text[..length]).into_owned();
    (decoded != text[..length]).then_some((decoded, length))
}

/// The length of the tag that `text` begins with; a `>` in quotes does not end it.
fn tag_end(text: &str) -> Option<usize> {
    let mut quote = None;
    for (at, byte) in text.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return Some(at + 1),
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
    }
    // An unbalanced quote: fall back to the first bracket.
    text.find('>').map(|end| end + 1)
}

struct Tag<'t> {
    name: &'t str,
    closing: bool,
    self_closing: bool,
    text: &'t str,
    attributes_start: usize,
}

impl<'t> Tag<'t> {
    /// The tag that begins with the `<` that `text` begins with, and how long it is.
    fn at_start_of(text: &'t str) -> Option<(Self, usize)> {
        let closing = text[1..].starts_with('/');
        let name_start = if closing { 2 } else { 1 };
        let name = &text[name_start..];
        let name = &name[..name.bytes().take_while(|b| b.is_ascii_alphanumeric() || *b == b'-').count()];
        if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return None;
        }
        let length = tag_end(text)?;
        let self_closing = text[..length].ends_with("/>");
        let attributes_start = name_start + name.len();
        Some((Self { name, closing, self_closing, text: &text[..length], attributes_start }, length))
    }

    /// Whether it may have attributes.
    fn has_attributes(&self) -> bool {
        !self.closing && self.text.len() > self.attributes_start + "/>".len()
    }

    /// An attribute's value, decoded.
    fn attribute(&self, name: &str) -> Option<String> {
        let (_, raw) = self.raw_attribute(name)?;
        Some(htmlize::unescape_attribute(raw).into_owned())
    }

    fn class_holds(&self, part: &str) -> bool {
        self.raw_attribute("class").is_some_and(|(_, class)| class.contains(part))
    }

    /// An attribute's value as it stands, and its offset in the tag.
    fn raw_attribute(&self, name: &str) -> Option<(usize, &'t str)> {
        let bytes = self.text.as_bytes();
        let mut at = self.attributes_start;
        while at < bytes.len() {
            while at < bytes.len() && (bytes[at].is_ascii_whitespace() || matches!(bytes[at], b'/' | b'>')) {
                at += 1;
            }
            let key_start = at;
            while at < bytes.len()
                && !bytes[at].is_ascii_whitespace()
                && !matches!(bytes[at], b'=' | b'>' | b'/')
            {
                at += 1;
            }
            if at == key_start {
                at += 1;
                continue;
            }
            let key = &self.text[key_start..at];
            while at < bytes.len() && bytes[at].is_ascii_whitespace() {
                at += 1;
            }
            let (start, end) = if bytes.get(at) == Some(&b'=') {
                at += 1;
                while at < bytes.len() && bytes[at].is_ascii_whitespace() {
                    at += 1;
                }
                let quote = bytes.get(at).copied().filter(|byte| matches!(byte, b'"' | b'\''));
                let start = at + usize::from(quote.is_some());
                let mut end = start;
                while end < bytes.len() {
                    let ends = match quote {
                        Some(quote) => bytes[end] == quote,
                        None => bytes[end].is_ascii_whitespace() || bytes[end] == b'>',
                    };
                    if ends {
                        break;
                    }
                    end += 1;
                }
                at = end + usize::from(quote.is_some());
                (start, end)
            } else {
                (at, at)
            };
            if key.eq_ignore_ascii_case(name) {
                return Some((start, self.text.get(start..end).unwrap_or_default()));
            }
        }
        None
    }
}
