//! `stray-image-caption`.

use std::collections::{HashMap, HashSet};

use crate::decoration;
use crate::declare_rule;
use crate::diagnostic::{Applicability, Finding, Fix};
use crate::document::blocks::{Block, BlockId, BlockKind, Item};
use crate::document::prose::sentences;
use crate::document::words::{TokenKind, tokens};
use crate::removal;
use crate::knowledge::cues::Cue;
use crate::rule::Article;

declare_rule! {
    /// ## What it flags
    ///
    /// The tags of a stock photo that ended up in the text: `massage, masseur, spa`, as a paragraph, a list item, a
    /// heading or an alternative text. Several signals have to agree: small letters, three or more short items, no
    /// verb, other such lines in the article, words shared with them. Addresses, bylines, lists of ingredients after
    /// their lead-in and Title Case lists are left alone.
    ///
    /// ## Why it matters
    ///
    /// It is noise to a reader, and `doctor, massage` looks like advice to a machine.
    ///
    /// ## Example
    ///
    /// ```markdown
    /// massage, massage therapist, massage therapy
    /// ```
    ///
    /// ## Instead
    ///
    /// Remove the line. If the picture is there, describe it in its alternative text.
    ///
    /// The fix, which has to be asked for by `--unsafe-fixes`, removes the line. Of an alternative text it removes the tags
    /// and marks the picture as decoration: an `<img>` tag with `alt=""`. Markdown can be told so by that tag alone, as
    /// `![](spa.jpg)` is what `uninformative-alt-text` reports. So the picture is left as it is in MDX, in a link, with
    /// a title or a reference, and in the middle of lines that the tag would turn into HTML. Some sites leave out tags, as
    /// Hugo does unless `markup.goldmark.renderer.unsafe` is set: look at the picture there.
    "stray-image-caption", Warning, "stock-photo tags left in the text", fix: Unsafe
}

/// A line that looks like tags.
struct Candidate<'d> {
    block: BlockId,
    items: Vec<&'d str>,
}

/// All lines of an article that look like tags, in reading order.
struct Candidates<'d> {
    all: Vec<Candidate<'d>>,
    /// How often each of their items stands there.
    frequency: HashMap<&'d str, usize>,
    /// Whether one has three items or more.
    is_any_long: bool,
    /// The lists in which such a line is odd: most other items are sentences.
    odd_in: HashSet<usize>,
}

impl<'d> Candidates<'d> {
    fn of(article: Article<'d>) -> Self {
        let document = article.document;
        let blocks = &document.content.blocks;
        let all: Vec<Candidate<'_>> = (0..blocks.len())
            .filter(|&id| can_be_caption(article, id))
            .filter_map(|id| tag_items(blocks[id].prose.text()).map(|items| Candidate { block: id, items }))
            .collect();
        let mut frequency: HashMap<&str, usize> = HashMap::new();
        for item in all.iter().flat_map(|it| &it.items) {
            *frequency.entry(item).or_default() += 1;
        }
        let is_candidate = |id| all.binary_search_by_key(&id, |it| it.block).is_ok();
        // In a list of such items, every one is an item of the list; a lone one among sentences is not.
        let is_odd_in = |list: &usize| {
            let items = &document.content.lists[*list].items;
            let alike = items.iter().filter(|item| item.blocks.clone().any(is_candidate)).count();
            let is_text = |id| reads_as_text(document.block(id));
            let sentences = items.iter().filter(|item| item.blocks.clone().any(is_text)).count();
            alike * 3 <= items.len() && sentences * 2 >= items.len() && items.len() >= 2
        };
        let lists: HashSet<usize> =
            all.iter().filter_map(|it| blocks[it.block].place.item).map(|(list, _)| list).collect();
        let odd_in = lists.into_iter().filter(is_odd_in).collect();
        let is_any_long = all.iter().any(|it| it.items.len() >= 3);
        Self { all, frequency, is_any_long, odd_in }
    }
}

fn check(article: Article<'_>) -> Vec<Finding> {
    let candidates = Candidates::of(article);
    candidates
        .all
        .iter()
        .filter(|candidate| is_caption(article, candidate, &candidates))
        .map(|candidate| finding(article, candidate.block))
        .collect()
}

/// Whether a block stands where a caption can end up.
fn can_be_caption(article: Article<'_>, id: BlockId) -> bool {
    let document = article.document;
    let block = document.block(id);
    let place = &block.place;
    let right_kind = match block.kind {
        BlockKind::Paragraph => place.quotes == 0 && !place.footnote && !place.figure,
        BlockKind::Heading(_) | BlockKind::AltText => true,
        _ => false,
    };
    if !right_kind {
        return false;
    }
    // What a line with a colon introduces is a list of things: `You will need:`.
    let before = id.checked_sub(1).map(|before| document.block(before));
    let introduced = before.is_some_and(|it| it.kind == BlockKind::Paragraph && it.prose.text().trim_end().ends_with(':'));
    let introduces_list = document.content.list_led_by(id).is_some();
    !introduces_list && (!introduced || place.item.is_some() || block.kind == BlockKind::AltText)
}

/// The comma-separated items of a line that could be tags.
fn tag_items(text: &str) -> Option<Vec<&str>> {
    let text = text.trim();
    // What most text is turned away by.
    if text.bytes().any(|it| it.is_ascii_uppercase() || it.is_ascii_digit()) || !text.contains(',') {
        return None;
    }
    let items: Vec<&str> = text.split(',').map(str::trim).collect();
    let is_tag = |item: &&str| {
        let words = item.split_whitespace().count();
        (1..=3).contains(&words)
            && item.len() <= 30
            && item.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '\'' | '’'))
            && item.chars().any(char::is_alphabetic)
            && !item.chars().any(char::is_uppercase)
            && !item.chars().any(|c| c.is_ascii_digit())
    };
    (items.len() >= 2 && items.len() <= 20 && items.iter().all(is_tag)).then_some(items)
}

fn is_caption(article: Article<'_>, candidate: &Candidate<'_>, candidates: &Candidates<'_>) -> bool {
    let document = article.document;
    let block = document.block(candidate.block);
    let others = candidates.all.len() - 1;
    let shares_words =
        candidate.items.iter().any(|item| candidates.frequency.get(item).copied().unwrap_or(0) > 1);
    if has_function_words(block.prose.text()) {
        return false;
    }
    let known_subject = article
        .reading
        .passage(candidate.block)
        .is_some_and(|passage| passage.says(&[Cue::StockPhoto]));
    if candidate.items.len() < 3 {
        let is_beside_a_longer_one = known_subject && candidates.is_any_long;
        return others >= 2 && shares_words || block.place.item.is_none() && is_beside_a_longer_one;
    }
    if let Some((list, _)) = block.place.item {
        return candidates.odd_in.contains(&list) || known_subject && is_alone_among_steps(article, list);
    }
    let repeats_item = {
        let mut words: Vec<&str> = candidate.items.iter().flat_map(|it| it.split_whitespace()).collect();
        let count = words.len();
        words.sort_unstable();
        words.dedup();
        words.len() < count
    };
    if let Some(label) = label_of(article, candidate.block) {
        // `You need`, and then what: only the subjects of stock photos speak against it.
        return known_subject && !introduces_things(label);
    }
    others > 0
        || shares_words
        || repeats_item
        || known_subject
        || block.kind == BlockKind::AltText
        || interrupts_text(article, candidate)
}

/// Whether all other items of a list, and there are some, tell readers to do something: `Switch your phone off`.
fn is_alone_among_steps(article: Article<'_>, list: usize) -> bool {
    /// So many steps has a list at most.
    const MOST: usize = 40;
    let items = &article.document.content.lists[list].items;
    let is_step = |item: &&Item| {
        let passage = article.reading.passage(item.blocks.start);
        passage.is_some_and(|it| it.has_cue(&(0..1), &[Cue::Action]))
    };
    (3..=MOST).contains(&items.len()) && items.iter().filter(is_step).count() + 1 == items.len()
}

/// Whether a line stands between sentences that neither lead up to it nor go on after it.
fn interrupts_text(article: Article<'_>, candidate: &Candidate<'_>) -> bool {
    let document = article.document;
    let ends = |text: &str| text.trim_end().ends_with(['.', '!', '?']);
    let before = candidate.block.checked_sub(1).map(|before| document.block(before));
    let Some(before) = before.filter(|it| it.kind == BlockKind::Paragraph && ends(it.prose.text())) else { return false };
    let goes_on = document.content.blocks.get(candidate.block + 1).is_some_and(|next| {
        next.kind == BlockKind::Paragraph && next.prose.text().starts_with(char::is_lowercase)
    });
    let text = before.prose.text().trim_end();
    let last = sentences(text).pop().map_or(text, |range| &text[range]);
    let tells = candidate.items.iter().filter(|item| item.ends_with("ed")).count() > 1;
    !goes_on && !tells && !introduces_things(last)
}

/// The few words right before a line that could be its label: a heading, or a line without a full stop.
fn label_of(article: Article<'_>, id: BlockId) -> Option<&str> {
    let document = article.document;
    if document.block(id).kind != BlockKind::Paragraph {
        return None;
    }
    let before = document.block(id.checked_sub(1)?);
    let text = before.prose.text().trim();
    let right_kind = matches!(before.kind, BlockKind::Heading(_) | BlockKind::Paragraph) && before.place.item.is_none();
    let is_short = text.split_whitespace().count() <= 4 && !text.ends_with(['.', '!', '…']);
    (right_kind && is_short && tag_items(text).is_none()).then_some(text)
}

/// Whether a label announces a row of things: `Ingredients`, `What to bring`, `Areas`.
fn introduces_things(label: &str) -> bool {
    const STEMS: &[&str] = &[
        "need", "ingredient", "equipment", "kits", "bring", "material", "prop", "suppl", "muscle", "area", "target", "colour",
        "color", "size", "tool", "pack", "shopping", "gear", "include", "tag", "keyword", "topic", "filed", "categor",
        "parts", "flavour", "scent", "effect", "symptom", "trigger",
    ];
    let lower = label.to_lowercase();
    STEMS.iter().any(|stem| lower.split(|c: char| !c.is_alphabetic()).any(|word| word.starts_with(stem)))
}

/// A sentence, or a label with one: what real items of a list of advice hold.
fn reads_as_text(block: &Block) -> bool {
    let text = block.prose.text().trim();
    text.ends_with(['.', '!', '?']) || text.split_whitespace().count() >= 8
}

/// `and`, `or`, `the`, `with`: words that tags do without.
fn has_function_words(text: &str) -> bool {
    const WORDS: &[&str] = &[
        "and", "or", "the", "a", "an", "with", "of", "for", "to", "in", "on", "at", "is", "are", "then", "but", "not", "your",
        "you", "it", "from", "by", "if", "when", "as", "we", "they", "i", "no", "etc",
        "including", "such",
    ];
    tokens(text).iter().any(|token| token.kind == TokenKind::Word && WORDS.contains(&token.text(text)))
}

fn finding(article: Article<'_>, id: BlockId) -> Finding {
    let block = article.document.block(id);
    let text = block.prose.text().trim();
    let is_alt = block.kind == BlockKind::AltText;
    let message = if is_alt {
        format!("the alternative text `{text}` is a row of stock-photo tags")
    } else {
        format!("`{text}` is a row of stock-photo tags, not text")
    };
    let help = if is_alt { "say what the picture shows, in a few words" } else { "remove the line" };
    let finding = Finding::new(block.span, message).label("stock-photo tags").help(help);
    match fix(article, id) {
        Some(fix) => finding.fix(fix),
        None => finding,
    }
}

/// Nothing at all is said better by a picture that is marked as decoration.
fn fix(article: Article<'_>, id: BlockId) -> Option<Fix> {
    let document = article.document;
    let (message, edits) = if document.block(id).kind == BlockKind::AltText {
        ("mark the picture as decoration", vec![decoration::of_alt_text(document, id)?])
    } else {
        ("remove the line", removal::of_block(document, id)?)
    };
    Some(Fix { message: message.to_owned(), applicability: Applicability::Unsafe, edits })
}
