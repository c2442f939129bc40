//! Makes blocks of what a parser sees.
//!
//! Markdown and raw HTML are told to one [`Builder`], so a list written in either is the same list afterwards.

use std::ops::Range;

use super::blocks::{
    Address, AddressKind, Block, BlockId, BlockKind, CellPlace, Content, Image, Item, Link, List, Mark,
    MarkKind, Place, Table, trim,
};
use super::prose::{HIDDEN, Prose};
use crate::config::Dialect;
use crate::span::Span;

/// Takes what a parser sees and makes blocks of it.
pub(super) struct Builder<'s> {
    file: &'s str,
    dialect: Dialect,
    pub(super) content: Content,
    open: Option<OpenBlock>,
    place: Place,
    lists: Vec<usize>,
    tables: Vec<usize>,
    /// How many blocks there were when the open cell began.
    cell_start: BlockId,
    marks: Vec<(MarkKind, usize)>,
    /// Links that are open: address, start of the source, start in visible text.
    links: Vec<(String, usize)>,
}

struct OpenBlock {
    kind: BlockKind,
    /// `None`: its span is that of its text.
    span: Option<Span>,
    prose: Prose,
    marks: Vec<Mark>,
    place: Place,
    html: bool,
}

impl<'s> Builder<'s> {
    pub(super) fn new(file: &'s str, dialect: Dialect, content: Content) -> Self {
        Self {
            file,
            dialect,
            content,
            open: None,
            place: Place::default(),
            lists: Vec::new(),
            tables: Vec::new(),
            cell_start: 0,
            marks: Vec::new(),
            links: Vec::new(),
        }
    }

    pub(super) fn file(&self) -> &'s str {
        self.file
    }

    pub(super) fn finish(mut self) -> Content {
        self.close_block();
        while !self.lists.is_empty() {
            self.close_list(self.file.len());
        }
        self.content.addresses.sort_by_key(|it| it.span);
        self.content
    }

    /// Opens a block; whatever was open is closed.
    pub(super) fn open_block(&mut self, kind: BlockKind, span: Option<Span>, html: bool) {
        self.close_block();
        let in_cell = self.place.cell.is_some() && kind == BlockKind::Paragraph;
        let kind = if in_cell { BlockKind::Cell } else { kind };
        self.open = Some(OpenBlock {
            kind,
            span,
            prose: Prose::default(),
            marks: Vec::new(),
            place: self.place,
            html,
        });
    }

    pub(super) fn close_block(&mut self) {
        let Some(mut open) = self.open.take() else { return };
        for (kind, start) in &mut self.marks {
            push_mark(&mut open.marks, *kind, *start..open.prose.text().len());
            *start = 0;
        }
        open.prose.trim_end();
        end_marks_with(&mut open.marks, open.prose.text().len());
        let hidden = no_prose(open.prose.text(), self.dialect);
        if !hidden.is_empty() && open.marks.is_empty() {
            open.prose.hide(&hidden);
        } else if !hidden.is_empty() {
            hide_under_marks(&mut open, &hidden);
        }
        let Some(span) = open.span.map(|span| trim(self.file, span)).or_else(|| open.prose.span()) else {
            return;
        };
        let empty_is_fine = matches!(open.kind, BlockKind::Code | BlockKind::Break | BlockKind::Heading(_));
        if open.prose.is_empty() && !empty_is_fine {
            return;
        }
        self.content.blocks.push(Block {
            kind: open.kind,
            span,
            prose: open.prose,
            marks: open.marks,
            place: open.place,
            html: open.html,
        });
    }

    fn prose(&mut self, html: bool) -> &mut Prose {
        if self.open.is_none() {
            self.open_block(BlockKind::Paragraph, None, html);
        }
        &mut self.open.as_mut().expect("a block was opened one line above").prose
    }

    /// Text as Markdown gives it.
    pub(super) fn text(&mut self, visible: &str, source: Span) {
        let file = self.file;
        self.prose(false).push(visible, source, file);
    }

    /// Text of raw HTML, white space not yet folded and entities not yet decoded.
    pub(super) fn html_text(&mut self, start: usize, raw: &str) {
        if self.open.is_none() && raw.trim().is_empty() {
            return;
        }
        super::html::push_text(self.prose(true), start, raw);
    }

    /// What is no prose but stands between words.
    pub(super) fn hidden(&mut self, source: Span, html: bool) {
        self.prose(html).push_replaced(HIDDEN.encode_utf8(&mut [0; 4]), source);
    }

    /// A line break within a block: `" "` for one that is not seen, `"\n"` for one that is.
    pub(super) fn line_break(&mut self, visible: &str, source: Span) {
        if let Some(open) = &mut self.open
            && !open.prose.is_empty()
        {
            open.prose.push_replaced(visible, source);
        }
    }

    pub(super) fn open_mark(&mut self, kind: MarkKind) {
        let at = self.open.as_ref().map_or(0, |open| open.prose.text().len());
        self.marks.push((kind, at));
    }

    pub(super) fn close_mark(&mut self, kind: MarkKind) {
        if let Some(index) = self.marks.iter().rposition(|&(open, _)| open == kind) {
            let (_, start) = self.marks.remove(index);
            if let Some(open) = &mut self.open {
                push_mark(&mut open.marks, kind, start..open.prose.text().len());
            }
        }
    }

    pub(super) fn footnote_mark(&mut self, source: Span) {
        self.open_mark(MarkKind::Footnote);
        self.hidden(source, false);
        self.close_mark(MarkKind::Footnote);
    }

    pub(super) fn open_link(&mut self, url: String, start: usize) {
        self.links.push((url, start));
        self.open_mark(MarkKind::Link);
    }

    pub(super) fn close_link(&mut self, end: usize) {
        self.close_mark(MarkKind::Link);
        if let Some((url, start)) = self.links.pop() {
            self.content.links.push(Link { span: Span::new(start, end), url });
        }
    }

    pub(super) fn image(&mut self, image: Image, alt: Prose) {
        let block = Block {
            kind: BlockKind::AltText,
            span: image.alt_span.unwrap_or(image.span),
            prose: alt,
            marks: Vec::new(),
            place: self.place,
            html: image.html,
        };
        let before = self.content.blocks.len();
        self.content.images.push(Image { before, ..image });
        if !block.prose.is_empty() {
            self.content.blocks.push(block);
        }
    }

    pub(super) fn open_quote(&mut self) {
        self.close_block();
        self.place.quotes = self.place.quotes.saturating_add(1);
    }

    pub(super) fn close_quote(&mut self) {
        self.close_block();
        self.place.quotes = self.place.quotes.saturating_sub(1);
    }

    pub(super) fn set_footnote(&mut self, inside: bool) {
        self.close_block();
        self.place.footnote = inside;
    }

    pub(super) fn set_figure(&mut self, inside: bool) {
        self.close_block();
        self.place.figure = inside;
    }

    pub(super) fn open_list(&mut self, first_number: Option<u64>, span: Span) {
        self.close_block();
        let lead_in = self.lead_in();
        let within = self.place.item;
        self.lists.push(self.content.lists.len());
        self.content.lists.push(List {
            span: trim(self.file, span),
            first_number,
            lead_in,
            items: Vec::new(),
            within,
        });
    }

    /// The block just before, when it stands at the same depth.
    fn lead_in(&self) -> Option<BlockId> {
        let before = self.content.blocks.len().checked_sub(1)?;
        let block = &self.content.blocks[before];
        let same_place = block.place.item == self.place.item && block.place.quotes == self.place.quotes;
        (same_place && matches!(block.kind, BlockKind::Paragraph | BlockKind::Heading(_))).then_some(before)
    }

    pub(super) fn close_list(&mut self, end: usize) {
        self.close_item(end);
        if let Some(list) = self.lists.pop() {
            let list = &mut self.content.lists[list];
            if list.span.is_empty() {
                list.span = trim(self.file, Span::new(list.span.start, end.max(list.span.start)));
            }
            self.place.item = list.within;
        }
    }

    pub(super) fn open_item(&mut self, span: Span) {
        let Some(&list) = self.lists.last() else {
            self.close_block();
            return;
        };
        self.close_item(span.start);
        let next = self.content.blocks.len();
        let items = &mut self.content.lists[list].items;
        items.push(Item { span: trim(self.file, span), blocks: next..next });
        self.place.item = Some((list, items.len() - 1));
    }

    /// Ends the open item of the innermost list, if there is one.
    pub(super) fn close_item(&mut self, end: usize) {
        self.close_block();
        let Some(&list) = self.lists.last() else { return };
        let Some((open_list, item)) = self.place.item else { return };
        if open_list != list {
            return;
        }
        let item = &mut self.content.lists[list].items[item];
        item.blocks.end = self.content.blocks.len();
        if item.span.is_empty() {
            item.span = trim(self.file, Span::new(item.span.start, end.max(item.span.start)));
        }
        self.place.item = self.content.lists[list].within;
    }

    pub(super) fn open_table(&mut self, span: Span) {
        self.close_block();
        let lead_in = self.lead_in();
        self.tables.push(self.content.tables.len());
        self.content.tables.push(Table {
            span: trim(self.file, span),
            rows: Vec::new(),
            has_header: false,
            lead_in,
        });
    }

    pub(super) fn close_table(&mut self) {
        self.close_block();
        self.tables.pop();
        self.place.cell = None;
    }

    pub(super) fn open_row(&mut self, header: bool) {
        self.close_block();
        if let Some(&table) = self.tables.last() {
            let table = &mut self.content.tables[table];
            table.has_header |= header && table.rows.is_empty();
            table.rows.push(Vec::new());
        }
    }

    pub(super) fn open_cell(&mut self, header: bool, span: Option<Span>, html: bool) {
        self.close_block();
        let Some(&index) = self.tables.last() else {
            self.open_block(BlockKind::Paragraph, None, html);
            return;
        };
        let table = &mut self.content.tables[index];
        if table.rows.is_empty() {
            table.rows.push(Vec::new());
        }
        let row = table.rows.len() - 1;
        table.has_header |= header && row == 0 && table.rows[0].is_empty();
        table.rows[row].push(None);
        let column = table.rows[row].len() - 1;
        self.place.cell = Some(CellPlace { table: index, row, column });
        self.cell_start = self.content.blocks.len();
        self.open_block(BlockKind::Cell, span, html);
    }

    pub(super) fn close_cell(&mut self) {
        self.close_block();
        let blocks = &self.content.blocks;
        if let Some(cell) = self.place.cell
            && let Some(text) = (self.cell_start..blocks.len()).find(|&id| blocks[id].kind == BlockKind::Cell)
        {
            self.content.tables[cell.table].rows[cell.row][cell.column] = Some(text);
        }
        self.place.cell = None;
    }

    pub(super) fn address(&mut self, span: Span, url: &str, kind: AddressKind) {
        self.content.addresses.push(Address { span: trim(self.file, span), url: url.to_owned(), kind });
    }

    pub(super) fn anchor(&mut self, name: &str) {
        self.content.anchors.push(name.to_owned());
    }

    pub(super) fn comment(&mut self, span: Span) {
        self.content.comments.push(span);
    }
}

fn push_mark(marks: &mut Vec<Mark>, kind: MarkKind, range: Range<usize>) {
    if !range.is_empty() {
        marks.push(Mark { kind, range });
    }
}

/// What is marked goes no further than the text, whose last white space may have been marked too.
fn end_marks_with(marks: &mut Vec<Mark>, length: usize) {
    marks.retain_mut(|mark| {
        mark.range.end = mark.range.end.min(length);
        mark.range.start < mark.range.end
    });
}

/// Hides ranges in a block that has marks: the marks' ranges shrink with the text.
fn hide_under_marks(open: &mut OpenBlock, hidden: &[Range<usize>]) {
    let moved = |at: usize| {
        let mut result = at;
        for range in hidden.iter().filter(|range| range.start < at) {
            result -= at.min(range.end) - range.start;
            result += if at >= range.end { HIDDEN.len_utf8() } else { 0 };
        }
        result
    };
    for mark in &mut open.marks {
        mark.range = moved(mark.range.start)..moved(mark.range.end);
    }
    open.prose.hide(hidden);
}

/// Shortcodes (`{{<…>}}` and `{{%…%}}` of Hugo, `{{…}}` and `{%…%}` of Liquid), expressions and imports of MDX, and
/// bare addresses, in order.
fn no_prose(text: &str, dialect: Dialect) -> Vec<Range<usize>> {
    if dialect.mdx && (text.starts_with("import ") || text.starts_with("export ")) {
        return std::iter::once(0..text.len()).collect();
    }
    let mut found = Vec::new();
    let mut never_closed = Vec::new();
    let mut at = 0;
    while let Some(offset) = memchr::memchr3(b'{', b':', b'w', &text.as_bytes()[at..]) {
        let here = at + offset;
        at = here + 1;
        let range = match text.as_bytes()[here] {
            b'{' => shortcode_at(text, here, dialect, &mut never_closed),
            b':' => address_at(text, here),
            _ => (text[here..].starts_with("www.") && starts_word(text, here))
                .then(|| here..address_end(text, here)),
        };
        if let Some(range) = range {
            at = range.end;
            found.push(range);
        }
    }
    found
}

/// `never_closed` remembers which ends no later text holds, so that the rest is not searched for them again and again.
fn shortcode_at(
    text: &str,
    start: usize,
    dialect: Dialect,
    never_closed: &mut Vec<&'static str>,
) -> Option<Range<usize>> {
    let rest = text.as_bytes();
    let is_hugo = matches!(rest.get(start + 2), Some(b'<' | b'%'));
    let close = match rest.get(start + 1)? {
        b'{' if (is_hugo && dialect.hugo) || (!is_hugo && dialect.liquid) => "}}",
        b'%' if dialect.liquid => "%}",
        _ if dialect.mdx => "}",
        _ => return None,
    };
    if never_closed.contains(&close) {
        return None;
    }
    let Some(length) = text[start..].find(close) else {
        never_closed.push(close);
        return None;
    };
    Some(start..start + length + close.len())
}

fn address_at(text: &str, colon: usize) -> Option<Range<usize>> {
    if !text[colon..].starts_with("://") {
        return None;
    }
    let scheme = text[..colon].bytes().rev().take_while(u8::is_ascii_alphabetic).count();
    let start = colon - scheme;
    (scheme > 1).then(|| start..address_end(text, colon))
}

fn address_end(text: &str, start: usize) -> usize {
    let length = text[start..]
        .find(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"'))
        .unwrap_or(text.len() - start);
    let address = &text[start..start + length];
    start + address.trim_end_matches(['.', ',', ';', '!', '?', ')', '\'', '”']).len()
}

fn starts_word(text: &str, at: usize) -> bool {
    text[..at].chars().next_back().is_none_or(|before| !before.is_alphanumeric())
}
