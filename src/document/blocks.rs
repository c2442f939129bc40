//! The blocks of an article in reading order, and the lists, tables, pictures and links that hold them together.

use std::ops::Range;

use super::prose::Prose;
use crate::span::Span;

/// What a block is to a reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlockKind {
    /// Marked as a heading in Markdown or HTML; the level is 1 to 6.
    Heading(u8),
    /// Running text: a paragraph, a list item's text, a definition.
    Paragraph,
    /// A table cell.
    Cell,
    /// The words under a picture.
    Caption,
    /// What stands for a picture when it cannot be seen.
    AltText,
    /// A front-matter string that readers see.
    FrontMatter(FrontMatterRole),
    /// A code block; it holds no prose.
    Code,
    /// A thematic break.
    Break,
}

impl BlockKind {
    /// Whether the article speaks to its readers there; the words of a picture do not.
    pub const fn is_prose(self) -> bool {
        !matches!(self, Self::AltText | Self::Caption | Self::Code | Self::Break)
    }

    /// Whether readers take its words for advice: what stands under a picture is read, too.
    pub const fn can_advise(self) -> bool {
        self.is_prose() || matches!(self, Self::Caption)
    }
}

/// What a front-matter string is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FrontMatterRole {
    /// The article's title.
    Title,
    /// A description, summary or excerpt.
    Description,
    /// A question of a list of questions and answers.
    Question,
    /// An answer of such a list.
    Answer,
}

/// Index into [`Content::blocks`].
pub type BlockId = usize;

/// Where a block stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Place {
    /// How many block quotes are around it.
    pub quotes: u16,
    /// Its innermost list item: list, item.
    pub item: Option<(usize, usize)>,
    /// Its table cell.
    pub cell: Option<CellPlace>,
    /// Whether it is part of a footnote.
    pub footnote: bool,
    /// Whether it stands in a figure.
    pub figure: bool,
}

/// A cell's table, row and column; the header row is row 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CellPlace {
    /// Index into [`Content::tables`].
    pub table: usize,
    /// From 0, header row included.
    pub row: usize,
    /// From 0.
    pub column: usize,
}

/// How words within a block are marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MarkKind {
    /// Bold.
    Strong,
    /// Italic.
    Emphasis,
    /// A footnote's mark.
    Footnote,
    /// A link.
    Link,
}

/// Marked words, as a range of the block's visible text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// How.
    pub kind: MarkKind,
    /// Which.
    pub range: Range<usize>,
}

/// One block.
#[derive(Debug, Clone)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// All of it, markup included, without the white space around it.
    pub span: Span,
    /// What readers see.
    pub prose: Prose,
    /// Marked words in it.
    pub marks: Vec<Mark>,
    /// Where it stands.
    pub place: Place,
    /// Whether it was written in HTML.
    pub html: bool,
}

impl Block {
    /// Where the bold words end, in the visible text, that it begins with.
    pub fn strong_start(&self) -> Option<usize> {
        let first = self.marks.iter().find(|mark| mark.kind == MarkKind::Strong && mark.range.start == 0)?;
        Some(first.range.end)
    }

    /// Whether all of it is bold.
    pub fn is_all_strong(&self) -> bool {
        let text = self.prose.text();
        let strong: usize =
            self.marks.iter().filter(|mark| mark.kind == MarkKind::Strong).map(|mark| mark.range.len()).sum();
        !text.is_empty() && strong + 1 >= text.trim().len() && strong > 0
    }
}

/// A list in reading order.
#[derive(Debug, Clone)]
pub struct List {
    /// From the first marker to the end of the last item.
    pub span: Span,
    /// The first number of a numbered list.
    pub first_number: Option<u64>,
    /// The block right before it, at the same depth.
    pub lead_in: Option<BlockId>,
    /// Its items.
    pub items: Vec<Item>,
    /// The item that it stands in.
    pub within: Option<(usize, usize)>,
}

/// A list item.
#[derive(Debug, Clone)]
pub struct Item {
    /// From its marker on.
    pub span: Span,
    /// Its blocks, those of nested lists included.
    pub blocks: Range<BlockId>,
}

/// A table.
#[derive(Debug, Clone)]
pub struct Table {
    /// All of it.
    pub span: Span,
    /// Rows of cells; the header row, where there is one, is the first. A cell without text has no block.
    pub rows: Vec<Vec<Option<BlockId>>>,
    /// Whether the first row is a header.
    pub has_header: bool,
    /// The block right before it.
    pub lead_in: Option<BlockId>,
}

/// Cells that are farther apart than this are not read together: no table for people has so many columns.
const NEAR_CELLS: usize = 16;

impl Table {
    /// The cells near a cell in its row, itself among them.
    pub fn row_around(&self, cell: CellPlace) -> impl Iterator<Item = BlockId> {
        let row = self.rows.get(cell.row).map_or(&[][..], Vec::as_slice);
        let first = cell.column.saturating_sub(NEAR_CELLS).min(row.len());
        let past = (cell.column + NEAR_CELLS).min(row.len());
        row[first..past].iter().copied().flatten()
    }

    /// The cells near a cell in its row, without itself.
    pub fn others_in_row(&self, cell: CellPlace) -> impl Iterator<Item = BlockId> {
        let own = self.block_of(cell);
        self.row_around(cell).filter(move |&it| Some(it) != own)
    }

    /// The first cell of its row, before a cell: what the row is about.
    pub fn row_label(&self, cell: CellPlace) -> Option<BlockId> {
        self.row_around(cell).next().filter(|&it| Some(it) != self.block_of(cell))
    }

    fn block_of(&self, cell: CellPlace) -> Option<BlockId> {
        self.rows.get(cell.row)?.get(cell.column).copied().flatten()
    }

    /// What stands over a cell in the header, if there is one and the cell is not itself in it.
    pub fn header_over(&self, cell: CellPlace) -> Option<BlockId> {
        let is_under = self.has_header && cell.row > 0;
        self.rows[0].get(cell.column).copied().flatten().filter(|_| is_under)
    }

    /// What heads the row of a cell and its column.
    pub fn labels_of(&self, cell: CellPlace) -> impl Iterator<Item = BlockId> {
        self.row_label(cell).into_iter().chain(self.header_over(cell))
    }
}

/// A picture.
#[derive(Debug, Clone)]
pub struct Image {
    /// All of it.
    pub span: Span,
    /// Its alternative text; `None` when there is no such attribute at all (HTML).
    pub alt: Option<String>,
    /// Where the alternative text stands.
    pub alt_span: Option<Span>,
    /// Its address.
    pub url: String,
    /// Whether it is an HTML tag.
    pub html: bool,
    /// How many blocks come before it.
    pub before: BlockId,
}

/// A link.
#[derive(Debug, Clone)]
pub struct Link {
    /// All of it.
    pub span: Span,
    /// Its address.
    pub url: String,
}

/// What an address is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AddressKind {
    /// A link in Markdown.
    Link,
    /// A picture in Markdown.
    Picture,
    /// What links and pictures refer to by a name: `[name]: address`.
    Definition,
    /// A link in HTML.
    HtmlLink,
    /// A picture, film or sound in HTML.
    HtmlMedia,
}

/// An address where it is written: once for a definition, however many links refer to it.
#[derive(Debug, Clone)]
pub struct Address {
    /// The link, picture, tag or definition.
    pub span: Span,
    /// The address itself, escapes decoded.
    pub url: String,
    /// What it is for.
    pub kind: AddressKind,
}

/// What the body of an article holds.
#[derive(Debug, Default)]
pub struct Content {
    /// In reading order.
    pub blocks: Vec<Block>,
    /// In order of their beginnings.
    pub lists: Vec<List>,
    /// In order of their beginnings.
    pub tables: Vec<Table>,
    /// In reading order.
    pub images: Vec<Image>,
    /// In reading order.
    pub links: Vec<Link>,
    /// Every address that is written out, in reading order.
    pub addresses: Vec<Address>,
    /// Names that places have been given for links to lead to: `{#name}`, `id`, `name`.
    pub anchors: Vec<String>,
    /// HTML comments, delimiters included.
    pub comments: Vec<Span>,
}

impl Content {
    /// The last picture that begins before a byte.
    pub fn image_before(&self, byte: usize) -> Option<&Image> {
        self.images[..self.images.partition_point(|it| it.span.start < byte)].last()
    }

    /// The list that a block introduces.
    pub fn list_led_by(&self, block: BlockId) -> Option<&List> {
        const NEAR: usize = 4;
        let end = self.blocks.get(block)?.span.end;
        let first = self.lists.partition_point(|list| list.span.start < end);
        self.lists[first..].iter().take(NEAR).find(|list| list.lead_in == Some(block))
    }
}

/// A span without the white space at its ends.
pub(super) fn trim(file: &str, span: Span) -> Span {
    let text = &file[span.range()];
    let start = span.start + (text.len() - text.trim_start().len());
    let end = (span.start + text.trim_end().len()).max(start);
    Span::new(start, end)
}
