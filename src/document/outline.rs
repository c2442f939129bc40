//! Headings and sections, marked or not.
//!
//! Markdown and HTML headings count, and so do lines that act as headings: a bold paragraph by itself, and, in
//! an article that has no marked heading at all, a short line in title case (text pasted from elsewhere).

use super::blocks::{Block, BlockId, BlockKind, Content, MarkKind};
use super::words::{TokenKind, fold_word, tokens};

/// One heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// The block that holds its text.
    pub block: BlockId,
    /// 1 to 6; for an unmarked one, the level that it acts at.
    pub level: u8,
    /// Whether Markdown or HTML marks it as a heading.
    pub marked: bool,
    /// The heading that it stands under, as an index into [`Outline::headings`].
    pub parent: Option<usize>,
}

/// The headings of an article.
#[derive(Debug, Default)]
pub struct Outline {
    /// In reading order.
    pub headings: Vec<Heading>,
    /// For every block, the heading that it stands under (a heading stands under its parent).
    sections: Vec<Option<usize>>,
}

impl Outline {
    /// Finds the headings among the blocks.
    pub fn of(content: &Content) -> Self {
        let blocks = &content.blocks;
        let any_marked = blocks.iter().any(|block| matches!(block.kind, BlockKind::Heading(_)));
        let mut outline = Self { headings: Vec::new(), sections: Vec::with_capacity(blocks.len()) };
        let mut open: Vec<usize> = Vec::new();
        let mut last_marked_level = 1;
        for (id, block) in blocks.iter().enumerate() {
            let (level, marked) = match block.kind {
                BlockKind::Heading(level) => (level, true),
                BlockKind::Paragraph if acts_as_bold_heading(content, id) => {
                    ((last_marked_level + 1).min(6), false)
                }
                BlockKind::Paragraph if !any_marked && acts_as_plain_heading(content, id) => {
                    (if outline.headings.is_empty() && is_first_text(blocks, id) { 1 } else { 2 }, false)
                }
                _ => {
                    outline.sections.push(open.last().copied());
                    continue;
                }
            };
            if marked {
                last_marked_level = level;
            }
            while open.last().is_some_and(|&heading| outline.headings[heading].level >= level) {
                open.pop();
            }
            let parent = open.last().copied();
            outline.sections.push(parent);
            open.push(outline.headings.len());
            outline.headings.push(Heading { block: id, level, marked, parent });
        }
        outline
    }

    /// The heading that a block stands under.
    pub fn section_of(&self, block: BlockId) -> Option<usize> {
        self.sections.get(block).copied().flatten()
    }

    /// The headings that a block stands under, the innermost first.
    pub fn ancestors(&self, block: BlockId) -> impl Iterator<Item = &Heading> {
        std::iter::successors(self.section_of(block), |&heading| self.headings[heading].parent)
            .map(|heading| &self.headings[heading])
    }

    /// The heading that a block follows with nothing between them.
    pub fn heading_right_over(&self, block: BlockId) -> Option<&Heading> {
        self.ancestors(block).next().filter(|it| it.block + 1 == block)
    }

    /// The heading that this block is.
    pub fn heading_at(&self, block: BlockId) -> Option<&Heading> {
        self.headings
            .binary_search_by_key(&block, |heading| heading.block)
            .ok()
            .map(|index| &self.headings[index])
    }
}

fn is_first_text(blocks: &[Block], id: BlockId) -> bool {
    blocks[..id].iter().all(|block| matches!(block.kind, BlockKind::FrontMatter(_) | BlockKind::AltText))
        && !blocks[..id].iter().any(|block| matches!(block.kind, BlockKind::FrontMatter(_)))
}

const MOST_WORDS: usize = 16;

/// A paragraph that is bold from end to end, is no sentence and introduces no list by a colon.
fn acts_as_bold_heading(content: &Content, id: BlockId) -> bool {
    let block = &content.blocks[id];
    if !stands_free(block) || !block.is_all_strong() || block.marks.iter().any(|it| it.kind == MarkKind::Link)
    {
        return false;
    }
    let text = block.prose.text().trim();
    let words = count_words(text);
    (1..=MOST_WORDS).contains(&words)
        && !without_closing_quotes(text).ends_with(['.', '!', ':', ',', ';', '…'])
        && !text.contains('\n')
        && starts_like_heading(text)
        && !is_furniture(text)
        && follower(content, id).is_some_and(|next| !acts_alone(content, next))
}

/// `“I stayed for the biscuits.”` ends as a sentence does.
fn without_closing_quotes(text: &str) -> &str {
    text.trim_end_matches(['”', '’', '"', '\'', '»'])
}

/// Whether the next block cannot be what a heading introduces.
fn acts_alone(content: &Content, next: BlockId) -> bool {
    matches!(content.blocks[next].kind, BlockKind::Break)
}

/// A short line in an article without marked headings that reads like one.
fn acts_as_plain_heading(content: &Content, id: BlockId) -> bool {
    let block = &content.blocks[id];
    let text = block.prose.text().trim();
    let words = count_words(text);
    if !stands_free(block)
        || !block.marks.is_empty()
        || !(1..=MOST_WORDS).contains(&words)
        || text.contains('\n')
        || text.ends_with(['.', '!', ':', ',', ';', '…', '"', '”', ')'])
        || !starts_like_heading(text)
        || is_furniture(text)
    {
        return false;
    }
    let Some(next) = follower(content, id) else { return false };
    let introduces_text = content.blocks[next].place.item.is_none()
        && content.blocks[next].kind == BlockKind::Paragraph
        && is_running_text(content.blocks[next].prose.text())
        || nothing_but_captions_until_text(content, next);
    let capitals = share_of_capitals(text);
    let title_case = capitals >= 0.6 && words >= 2;
    let byline = !text.contains(':') && text.matches(',').count() > 0 && words <= 5;
    if !introduces_text || byline {
        return false;
    }
    title_case
        || (words <= 8
            && !text.contains(',')
            && capitals > 0.0
            && !is_one_of_several_lines(&content.blocks, id))
}

/// Whether a line follows another short line without a full stop: a recipe, a poem. A title may stand above.
fn is_one_of_several_lines(blocks: &[Block], id: BlockId) -> bool {
    let Some(before) = id.checked_sub(1).filter(|&before| !is_first_text(blocks, before)) else {
        return false;
    };
    let block = &blocks[before];
    block.kind == BlockKind::Paragraph
        && stands_free(block)
        && starts_like_heading(block.prose.text())
        && !is_running_text(block.prose.text())
        && !block.prose.text().trim_end().ends_with(['.', '!', '?', ':'])
}

/// Captions and tag lines may stand between a heading and its text.
fn nothing_but_captions_until_text(content: &Content, next: BlockId) -> bool {
    content.blocks[next..].iter().take(3).find_map(|block| {
        let text = block.prose.text();
        match block.kind {
            BlockKind::Paragraph if is_running_text(text) && block.place.item.is_none() => Some(true),
            BlockKind::AltText | BlockKind::Caption => None,
            BlockKind::Paragraph if text.starts_with(char::is_lowercase) && text.contains(',') => None,
            _ => Some(false),
        }
    }) == Some(true)
}

fn stands_free(block: &Block) -> bool {
    let place = &block.place;
    place.quotes == 0 && place.item.is_none() && place.cell.is_none() && !place.footnote && !place.figure
}

fn follower(content: &Content, id: BlockId) -> Option<BlockId> {
    content.blocks.get(id + 1).map(|_| id + 1)
}

fn is_running_text(text: &str) -> bool {
    let text = text.trim();
    let sentence = text.trim_end_matches(['"', '”', '’', ')', ' ']).ends_with(['.', '!', '?', ':', '…']);
    sentence && count_words(text) >= 5
}

fn starts_like_heading(text: &str) -> bool {
    text.chars()
        .next()
        .is_some_and(|first| first.is_uppercase() || first.is_numeric() || !first.is_alphanumeric())
        // `— Ros, from the Tuesday group` signs what stands before.
        && !text.starts_with(['–', '—', '―'])
        && text.chars().any(char::is_alphabetic)
}

/// Bylines, dates and salutations, which stand by themselves and head nothing.
fn is_furniture(text: &str) -> bool {
    let mut folded = String::new();
    let mut words = tokens(text).into_iter().filter(|token| token.kind != TokenKind::Mark).map(|token| {
        fold_word(token.text(text), &mut folded);
        (folded.clone(), token.kind, token.text(text).starts_with(char::is_uppercase))
    });
    let Some((first, ..)) = words.next() else { return false };
    let rest: Vec<_> = words.collect();
    let second = rest.first().map_or("", |(word, ..)| word.as_str());
    let has_number = rest.iter().any(|(_, kind, _)| *kind == TokenKind::Number);
    let is_name = |from: usize| {
        let words = &rest[from.min(rest.len())..];
        (2..=6).contains(&words.len())
            && words.iter().all(|(word, _, capital)| {
                *capital || matches!(word.as_str(), "and" | "de" | "van" | "von" | "of")
            })
    };
    match first.as_str() {
        "by" => is_name(0),
        "words" | "text" | "story" | "written" | "reviewed" | "posted" | "published" | "edited"
            if second == "by" =>
        {
            is_name(1)
        }
        "updated" | "published" | "posted" | "reviewed" | "date" => has_number,
        "last" => has_number && matches!(second, "updated" | "reviewed" | "modified"),
        "dear" | "hi" | "hello" => rest.len() <= 3,
        "best" | "kind" | "warm" => rest.len() <= 2 && matches!(second, "wishes" | "regards"),
        _ => false,
    }
}

fn count_words(text: &str) -> usize {
    tokens(text).iter().filter(|token| token.kind != TokenKind::Mark).count()
}

/// Of the words that title case would capitalise, how many are.
fn share_of_capitals(text: &str) -> f64 {
    let (mut capitals, mut all) = (0_u32, 0_u32);
    for token in tokens(text).iter().filter(|token| token.kind == TokenKind::Word) {
        let word = token.text(text);
        let capital = word.starts_with(char::is_uppercase);
        if word.chars().count() > 3 || capital {
            all += 1;
            capitals += u32::from(capital);
        }
    }
    if all == 0 { 0.0 } else { f64::from(capitals) / f64::from(all) }
}
