//! An article, parsed: front matter, blocks in reading order, headings.
//!
//! [`Document::parse`] never fails: what is broken is data in it.

pub mod anchors;
pub mod blocks;
mod builder;
pub mod front_matter;
mod html;
mod markdown;
pub mod outline;
pub mod prose;
mod scalar;
pub mod words;
pub mod yaml;

use blocks::{Block, BlockId, BlockKind, Content, FrontMatterRole};
use front_matter::FrontMatter;
use outline::Outline;
use yaml::{Node, Value};

use crate::config::Dialect;
use crate::source::Source;
use crate::span::Span;

/// One parsed article.
#[derive(Debug)]
pub struct Document<'s> {
    /// Where it came from.
    pub source: &'s Source,
    /// What its Markdown holds beside Markdown.
    pub dialect: Dialect,
    /// The YAML at its top, if there is any.
    pub front_matter: Option<FrontMatter>,
    /// Blocks, lists, tables, pictures, links. Front-matter strings that readers see come first.
    pub content: Content,
    /// Its headings.
    pub outline: Outline,
    /// The block of its title: that of the front matter, else the first heading of level 1.
    pub title: Option<BlockId>,
}

impl<'s> Document<'s> {
    /// Parses an article of plain Markdown, with the shortcodes of Hugo and Liquid.
    pub fn parse(source: &'s Source) -> Self {
        Self::parse_as(source, Dialect::default())
    }

    /// Parses an article of a site's dialect.
    pub fn parse_as(source: &'s Source, dialect: Dialect) -> Self {
        let is_mdx = source.path().extension().is_some_and(|it| it == "mdx");
        let dialect = Dialect { mdx: dialect.mdx || is_mdx, ..dialect };
        let front_matter = FrontMatter::of(source);
        let body = front_matter.as_ref().map_or(source.text_start(), |it| it.end);
        let mut content = Content::default();
        if let Some(front_matter) = &front_matter {
            content.blocks = front_matter_prose(source, front_matter);
        }
        markdown::parse(source.text(), body, dialect, &mut content);
        let outline = Outline::of(&content);
        let is_title = |block: &Block| block.kind == BlockKind::FrontMatter(FrontMatterRole::Title);
        let title = content.blocks.iter().position(is_title).or_else(|| {
            let heading = outline.headings.iter().find(|heading| heading.level == 1)?;
            Some(heading.block)
        });
        Self { source, dialect, front_matter, content, outline, title }
    }

    /// A block by its id.
    pub fn block(&self, id: BlockId) -> &Block {
        &self.content.blocks[id]
    }

    /// Where something that is missing from the whole article is reported: its first line with text.
    pub fn first_line(&self) -> Span {
        let text = self.source.text();
        let start = self.source.text_start();
        let start = start + (text[start..].len() - text[start..].trim_start().len());
        let end = text[start..].find(['\n', '\r']).map_or(text.len(), |length| start + length);
        blocks::trim(text, Span::new(start, end))
    }
}

/// The strings of front matter that readers see: title, description, questions and answers.
fn front_matter_prose(source: &Source, front_matter: &FrontMatter) -> Vec<Block> {
    const DESCRIPTIONS: &[&str] =
        &["description", "summary", "excerpt", "subtitle", "intro", "lead", "dek", "standfirst"];
    const QUESTIONS: &[&str] = &["question", "q", "name"];
    const ANSWERS: &[&str] = &["answer", "a", "acceptedAnswer"];
    let mut blocks = Vec::new();
    let mut add = |role, node: &Node| {
        if let Some(prose) = node.prose(source.text()).filter(|prose| !prose.is_empty()) {
            let kind = BlockKind::FrontMatter(role);
            let place = blocks::Place::default();
            blocks.push(Block { kind, span: node.span, prose, marks: Vec::new(), place, html: false });
        }
    };
    let Some(Value::Mapping(entries)) = front_matter.root.as_ref().map(|root| &root.value) else {
        return Vec::new();
    };
    for entry in entries {
        if entry.key == "title" {
            add(FrontMatterRole::Title, &entry.value);
        } else if DESCRIPTIONS.contains(&entry.key.as_str()) {
            add(FrontMatterRole::Description, &entry.value);
        } else if let Value::Sequence(items) = &entry.value.value {
            for item in items {
                let part = |keys: &[&str]| keys.iter().find_map(|key| item.get(key));
                if let (Some(question), Some(answer)) = (part(QUESTIONS), part(ANSWERS)) {
                    add(FrontMatterRole::Question, &question.value);
                    add(FrontMatterRole::Answer, &answer.value);
                }
            }
        }
    }
    blocks
}
