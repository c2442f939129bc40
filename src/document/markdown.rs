//! Markdown events, turned into blocks.
//!
//! The body is parsed at its own offset: pulldown-cmark's metadata option would take `---` … `---` anywhere in
//! the body and hide it from every rule.

use std::borrow::Cow;

use pulldown_cmark::{Event, LinkType, Options, Parser, Tag, TagEnd};

use super::blocks::{AddressKind, BlockKind, Content, Image, MarkKind};
use super::builder::Builder;
use super::html::HtmlReader;
use super::prose::Prose;
use crate::config::Dialect;
use crate::span::Span;

/// Parses the body that begins at `offset` and adds what it holds.
pub(super) fn parse(file: &str, offset: usize, dialect: Dialect, content: &mut Content) {
    let file = &*with_line_feeds(file);
    let mut walk = Walk {
        builder: Builder::new(file, dialect, std::mem::take(content)),
        html: HtmlReader::default(),
        image: None,
        code: false,
    };
    let parser = Parser::new_ext(&file[offset..], options());
    for (_, definition) in parser.reference_definitions().iter() {
        let span = Span::new(definition.span.start + offset, definition.span.end + offset);
        walk.builder.address(span, &definition.dest, AddressKind::Definition);
    }
    for (event, range) in parser.into_offset_iter() {
        walk.event(event, Span::new(range.start + offset, range.end + offset));
    }
    *content = walk.builder.finish();
}

/// The same bytes, with a line feed for every carriage return that stands alone: to the parser, that ends no line.
fn with_line_feeds(file: &str) -> Cow<'_, str> {
    let bytes = file.as_bytes();
    let stands_alone = |&at: &usize| bytes.get(at + 1) != Some(&b'\n');
    let mut lone = memchr::memchr_iter(b'\r', bytes).filter(stands_alone).peekable();
    if lone.peek().is_none() {
        return Cow::Borrowed(file);
    }
    let mut text = String::with_capacity(file.len());
    for at in lone {
        text.push_str(&file[text.len()..at]);
        text.push('\n');
    }
    text.push_str(&file[text.len()..]);
    Cow::Owned(text)
}

fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_GFM
}

struct Walk<'s> {
    builder: Builder<'s>,
    html: HtmlReader,
    /// The picture whose alternative text is being read.
    image: Option<(Image, Prose, usize)>,
    /// Inside a code block.
    code: bool,
}

impl Walk<'_> {
    fn event(&mut self, event: Event<'_>, span: Span) {
        if self.image.is_some() {
            self.image_event(&event, span);
            return;
        }
        match event {
            Event::Start(tag) => self.start(tag, span),
            Event::End(tag) => self.end(tag, span),
            Event::Text(text) => {
                if !self.code {
                    self.builder.text(&text, span);
                }
            }
            Event::Code(_) | Event::InlineMath(_) | Event::DisplayMath(_) => self.builder.hidden(span, false),
            Event::Html(_) => self.html.block_line(&self.builder, span),
            Event::InlineHtml(_) => self.html.inline(&mut self.builder, span),
            Event::FootnoteReference(_) => self.builder.footnote_mark(span),
            Event::SoftBreak => self.builder.line_break(" ", span),
            Event::HardBreak => self.builder.line_break("\n", span),
            Event::Rule => {
                self.builder.open_block(BlockKind::Break, Some(span), false);
                self.builder.close_block();
            }
            Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>, span: Span) {
        let builder = &mut self.builder;
        match tag {
            Tag::Paragraph => builder.open_block(BlockKind::Paragraph, Some(span), false),
            Tag::Heading { level, id, .. } => {
                if let Some(id) = id {
                    builder.anchor(&id);
                }
                builder.open_block(BlockKind::Heading(level as u8), Some(span), false);
            }
            Tag::BlockQuote(_) => builder.open_quote(),
            Tag::CodeBlock(_) => {
                self.code = true;
                builder.open_block(BlockKind::Code, Some(span), false);
            }
            Tag::List(first) => builder.open_list(first, span),
            Tag::Item => builder.open_item(span),
            Tag::FootnoteDefinition(_) => builder.set_footnote(true),
            Tag::Table(_) => builder.open_table(span),
            Tag::TableHead => builder.open_row(true),
            Tag::TableRow => builder.open_row(false),
            Tag::TableCell => builder.open_cell(false, Some(span), false),
            Tag::Emphasis => builder.open_mark(MarkKind::Emphasis),
            Tag::Strong => builder.open_mark(MarkKind::Strong),
            Tag::Link { dest_url, link_type, .. } => {
                if link_type == LinkType::Inline {
                    builder.address(span, &dest_url, AddressKind::Link);
                }
                builder.open_link(dest_url.into_string(), span.start);
            }
            Tag::Image { dest_url, link_type, .. } => {
                if link_type == LinkType::Inline {
                    builder.address(span, &dest_url, AddressKind::Picture);
                }
                let image = Image {
                    span,
                    alt: Some(String::new()),
                    alt_span: None,
                    url: dest_url.into_string(),
                    html: false,
                    before: 0,
                };
                self.image = Some((image, Prose::default(), 1));
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd, span: Span) {
        let builder = &mut self.builder;
        match tag {
            TagEnd::Paragraph | TagEnd::Heading(_) => builder.close_block(),
            TagEnd::BlockQuote(_) => builder.close_quote(),
            TagEnd::CodeBlock => {
                self.code = false;
                builder.close_block();
            }
            TagEnd::HtmlBlock => self.html.end_of_block(builder),
            TagEnd::List(_) => builder.close_list(span.end),
            TagEnd::Item => builder.close_item(span.end),
            TagEnd::FootnoteDefinition => builder.set_footnote(false),
            TagEnd::Table => builder.close_table(),
            TagEnd::TableCell => builder.close_cell(),
            TagEnd::Emphasis => builder.close_mark(MarkKind::Emphasis),
            TagEnd::Strong => builder.close_mark(MarkKind::Strong),
            TagEnd::Link => builder.close_link(span.end),
            _ => {}
        }
    }

    /// Collects a picture's alternative text; pictures may be nested in it.
    fn image_event(&mut self, event: &Event<'_>, span: Span) {
        let file = self.builder.file();
        let Some((_, alt, depth)) = &mut self.image else { return };
        match event {
            Event::Start(Tag::Image { .. }) => *depth += 1,
            Event::End(TagEnd::Image) => *depth -= 1,
            Event::Text(text) | Event::Code(text) => alt.push(text, span, file),
            Event::SoftBreak | Event::HardBreak => alt.push_replaced(" ", span),
            _ => {}
        }
        if *depth == 0
            && let Some((mut image, alt, _)) = self.image.take()
        {
            image.alt = Some(alt.text().to_owned());
            image.alt_span = alt.span();
            self.builder.image(image, alt);
        }
    }
}
