//! Remedies found in prose, and what the article does with each.

use std::ops::Range;

use super::food::Kitchen;
use super::passage::{Held, Passage};
use super::stance::{Stance, asks, begins_with_action, is_in_passing, stance_of};
use crate::document::Document;
use crate::document::blocks::BlockId;
use crate::knowledge::cues::Cue;
use crate::knowledge::lexicon::Hit;
use crate::knowledge::{Knowledge, Meaning, RemedyId};
use crate::span::Span;

/// A remedy named at one place.
#[derive(Debug, Clone)]
pub struct Mention {
    /// Which remedy.
    pub remedy: RemedyId,
    /// The block.
    pub block: BlockId,
    /// Its tokens in the block's passage.
    pub tokens: Range<usize>,
    /// Its place in the file.
    pub span: Span,
    /// What the article does with it.
    pub stance: Stance,
    /// Whether readers are told to use it, rather than told what it is good for.
    pub is_told: bool,
    /// Whether the remedy is what people do anyway: drinking, keeping on the move.
    pub is_everyday: bool,
}

/// No more hits than this overlap at one place.
const NEAR: usize = 12;

/// Words that name a remedy.
struct Words {
    remedy: RemedyId,
    tokens: Range<usize>,
    /// Whether they say that it is used: `ice it`.
    is_use: bool,
}

/// Finds the remedies that one passage names, in order, none overlapping. `before` holds what the article named so far.
pub(super) fn mentions(
    document: &Document<'_>,
    passage: &Passage,
    knowledge: &Knowledge,
    is_recipe: bool,
    before: &[Mention],
) -> Vec<Mention> {
    let block = document.block(passage.block);
    if !passage.holds(Held::Remedy) || !block.kind.can_advise() {
        return Vec::new();
    }
    let visible = block.prose.text();
    let kitchen = Kitchen::of(passage, visible, is_recipe);
    let mut found: Vec<Words> = Vec::new();
    for hit in &passage.hits {
        let (remedy, is_use) = match hit.meaning {
            Meaning::Remedy(remedy) => (remedy, false),
            Meaning::RemedyUse(remedy) => (remedy, true),
            Meaning::RemedyShort(remedy) if is_named_before(passage, visible, hit, before, &found) => {
                (remedy, false)
            }
            _ => continue,
        };
        let words = Words { remedy, tokens: hit.tokens.clone(), is_use };
        if !is_excluded(passage, &words)
            && !is_part_of_a_building(passage, visible, &words.tokens)
            && !kitchen.holds(knowledge.remedy(remedy), &words.tokens)
        {
            found.push(words);
        }
    }
    let names = chosen(&found, knowledge);
    names.into_iter().map(|it| mention(document, passage, knowledge, it)).collect()
}

/// Whether a phrase that is no remedy, though it looks like one, holds these words.
fn is_excluded(passage: &Passage, words: &Words) -> bool {
    passage.hits_around(words.tokens.start).any(|other| {
        other.meaning == Meaning::RemedyNot(words.remedy)
            && (words.is_use || other.tokens.start <= words.tokens.start)
            && words.tokens.start < other.tokens.end
            && words.tokens.end <= other.tokens.end
    })
}

/// `The plunge pool pump`, `the steam room door`: what follows the name is the thing that is meant.
fn is_part_of_a_building(passage: &Passage, visible: &str, words: &Range<usize>) -> bool {
    const PARTS: &[&str] = &[
        "pump",
        "pumps",
        "door",
        "doors",
        "filter",
        "filters",
        "key",
        "keys",
        "rota",
        "timetable",
        "corridor",
        "lock",
        "lights",
        "plumbing",
        "wiring",
        "roof",
        "builder",
        "builders",
        "engineer",
        "manual",
    ];
    // `the plunge` of `the plunge pool pump`
    let end = words.end + usize::from(passage.is_one_of(visible, words.end, &["pool", "room"]));
    passage.is_one_of(visible, end, PARTS)
}

/// Those of some words, in order, that name a remedy where they overlap with others.
fn chosen(found: &[Words], knowledge: &Knowledge) -> Vec<Words> {
    let mut kept: Vec<Words> = Vec::new();
    for (index, words) in found.iter().enumerate() {
        let Words { remedy, tokens, is_use } = words;
        // Hits are in order, so what overlaps is near.
        let near = &found[index.saturating_sub(NEAR)..(index + NEAR).min(found.len())];
        let is_beaten = || near.iter().any(|other| beats(other, words, knowledge));
        let is_taken = || {
            kept.iter().rev().take(NEAR).any(|other| {
                let related = knowledge.are_of_one_kind(other.remedy, *remedy);
                overlap(&other.tokens, tokens) && !(related && other.tokens == *tokens)
            })
        };
        // `add six drops of` and `drops of lavender oil` name it together, and the kind that it is.
        let is_same_use = |last: &&Words| {
            let related = knowledge.are_of_one_kind(last.remedy, *remedy);
            last.is_use && (last.remedy == *remedy || related) && last.tokens.end >= tokens.start
        };
        if let Some(last) = kept.last().filter(|_| !is_use).filter(is_same_use) {
            let start = last.tokens.start;
            let together = start..last.tokens.end.max(tokens.end);
            let is_named =
                kept.iter().rev().take(NEAR).any(|it| it.remedy == *remedy && it.tokens.start == start);
            if !is_named {
                kept.push(Words { remedy: *remedy, tokens: together.clone(), is_use: true });
            }
            let same = kept.iter_mut().rev().take_while(|it| it.tokens.start == start);
            same.for_each(|it| it.tokens = together.clone());
        } else if !is_beaten() && !is_taken() {
            kept.push(Words { remedy: *remedy, tokens: tokens.clone(), is_use: *is_use });
        }
    }
    kept
}

/// Whether other words that overlap with these are what is named. The longest words win; among equally long ones, the entry
/// that stands first in the pack. A name beats a phrase of use that merely holds it.
fn beats(other: &Words, words: &Words, knowledge: &Knowledge) -> bool {
    if !overlap(&other.tokens, &words.tokens) {
        return false;
    }
    let is_same_remedy = other.remedy == words.remedy;
    // A kind of a remedy is that remedy, too: what is said of clove oil is said of an essential oil.
    let related = knowledge.are_of_one_kind(other.remedy, words.remedy);
    let is_whole = knowledge.is_part_of(words.remedy, other.remedy);
    let is_part = knowledge.is_part_of(other.remedy, words.remedy);
    let is_longer = other.tokens.len() > words.tokens.len()
        && (is_same_remedy || !other.is_use || words.is_use || is_whole);
    let is_first = other.tokens.len() == words.tokens.len()
        && !related
        && (other.remedy < words.remedy || is_same_remedy && words.is_use && !other.is_use);
    // `Sit in an ice bath`: what looked like the use of a bath ends in the name of something else.
    let ends_in_name = is_whole || other.tokens.end == words.tokens.end && !related && !is_part;
    let is_name_in_use = !other.is_use && words.is_use && !is_same_remedy && ends_in_name;
    is_longer || is_first || is_name_in_use
}

/// What an article does with the remedy that some words name.
fn mention(document: &Document<'_>, passage: &Passage, knowledge: &Knowledge, words: Words) -> Mention {
    let Words { remedy, tokens, is_use } = words;
    let prose = &document.block(passage.block).prose;
    let mut stance = stance_of(passage, prose.text(), &tokens);
    let sentence = &passage.sentences[passage.sentence_of(tokens.start)];
    let clause = sentence.clause_of(tokens.start);
    let is_use = is_use && !is_in_passing(passage, &clause, &tokens) && !asks(passage, sentence);
    if is_use && stance == Stance::Named {
        stance = Stance::Recommended;
    }
    // `Wash the rub off`
    if stance == Stance::Recommended && passage.has_cue(&clause, &[Cue::TakesOff]) {
        stance = Stance::Named;
    }
    // `Paracetamol is kinder to your stomach than ibuprofen`
    let is_worse =
        tokens.start.checked_sub(1).is_some_and(|at| passage.is_one_of(prose.text(), at, &["than"]));
    if stance == Stance::Recommended && is_worse {
        stance = Stance::Named;
    }
    let span = prose.source_span(passage.visible(&tokens));
    let is_told = is_use || begins_with_action(passage, &clause);
    let is_everyday = knowledge.remedy(remedy).everyday;
    Mention { remedy, block: passage.block, tokens, span, stance, is_told, is_everyday }
}

/// `The patch`, where a patch was named before, and no other thing of that name after it.
fn is_named_before(
    passage: &Passage,
    visible: &str,
    short: &Hit<Meaning>,
    before: &[Mention],
    here: &[Words],
) -> bool {
    const WHICH: &[&str] = &["the", "your", "this", "that", "my", "our", "each", "another"];
    /// So many remedies can be named in between.
    const FAR: usize = 128;
    let is_pointed_at =
        short.tokens.start.checked_sub(1).is_some_and(|at| passage.is_one_of(visible, at, WHICH));
    let shares_it = |remedy: RemedyId| {
        passage
            .hits_in(&short.tokens)
            .any(|it| it.tokens == short.tokens && it.meaning == Meaning::RemedyShort(remedy))
    };
    let mut named = before.iter().map(|it| it.remedy).chain(here.iter().map(|it| it.remedy)).rev().take(FAR);
    // `Epsom salts in the tub`: where they go. A pad over the patch is one more.
    let is_place = here.iter().rev().take(NEAR).map(|it| it.tokens.end).any(|end| {
        end + 2 == short.tokens.start && !passage.is_one_of(visible, end, &["over", "on", "with", "and"])
    });
    is_pointed_at
        && !is_place
        && named.find(|&it| shares_it(it)).is_some_and(|it| short.meaning == Meaning::RemedyShort(it))
}

fn overlap(one: &Range<usize>, other: &Range<usize>) -> bool {
    one.start < other.end && other.start < one.end
}
